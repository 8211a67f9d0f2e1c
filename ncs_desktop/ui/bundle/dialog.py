"""The assistant: sender, what the call asks for, files, and then the way to the office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import Finding, count_errors
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import slug
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.bundle.checklist import Checklist
from ncs_desktop.ui.bundle.files_list import FilesList
from ncs_desktop.ui.bundle.handover import HandOver
from ncs_desktop.ui.bundle.job import Order, Outcome, carry_out, findings_of, freeze, plan
from ncs_desktop.ui.bundle.letters_list import LettersList
from ncs_desktop.ui.bundle.rank import RankList
from ncs_desktop.ui.bundle.scans import ScansList
from ncs_desktop.ui.bundle.sender_form import TEXTS, SenderForm
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.work.bundling import sender_of

if TYPE_CHECKING:
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store

SENDER_SETTING = "sender"


class BundleDialog(QDialog):
    """Makes the print set or the bundle of one phiếu, or of several of one call in their rank."""

    told = Signal(str)
    frozen = Signal(str)

    def __init__(
        self,
        services: Services,
        proposals: Sequence[Proposal],
        call: Call,
        *,
        print_set: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._given = tuple(proposals)
        self._call = call
        self._print_set = print_set
        self._target: Path | None = None
        self._running: Task | None = None
        self.setObjectName("dialog:print-set" if print_set else "dialog:bundle")
        self.setWindowTitle(self.tr("Bộ in ký") if print_set else self.tr("Bộ nộp"))
        self.resize(780, 660)
        self._build()
        self.sender_form.show_sender(sender_of(self._given[0], call))
        self._plan()
        task = services.store.ask(_read_sender)
        task.done.connect(self._on_sender_known)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        self.notice = Notice()
        outer.addWidget(self.notice)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Tiến độ"))
        self._progress.hide()
        outer.addWidget(self._progress)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        self._inputs = QWidget()
        self._column = QVBoxLayout(self._inputs)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hand_over = HandOver(self._services)
        self.hand_over.hide()
        self.hand_over.open_folder.connect(self._open_folder)
        self.hand_over.open_file.connect(self._open_file)
        whole.addWidget(self._inputs)
        whole.addWidget(self.hand_over)
        whole.addStretch(1)
        area.setWidget(holder)
        outer.addWidget(area, 1)
        self._build_inputs()
        outer.addLayout(self._build_buttons())
        make_default(self._go)

    def _build_inputs(self) -> None:
        self._intro()
        self.rank = RankList(self._given)
        if len(self._given) > 1:
            self._part(self.tr("Thứ tự ưu tiên"), self.rank)
        self.sender_form = SenderForm()
        self._part(self.tr("Bên gửi"), self.sender_form)
        self.checklist = Checklist(self._call)
        self._part(self.tr("Hồ sơ đợt này cần"), self.checklist)
        self.letters = LettersList(self._services)
        self._part(self.tr("Văn bản kèm theo, soạn sẵn từ phiếu"), self.letters)
        self.files = FilesList(self._services)
        self.scans = ScansList(self._services, self._given)
        if not self._print_set:
            self._part(self.tr("Tệp gửi kèm"), self.files)
            self._part(self.tr("Bản quét phiếu đã ký (PDF, JPG, PNG, nếu có)"), self.scans)
        for changed in (
            self.rank.changed,
            self.sender_form.edited,
            self.files.changed,
            self.scans.changed,
        ):
            changed.connect(self._plan)
        self.files.refused.connect(self._on_failed)
        self._reason_head = label(self.tr("Lý do vẫn làm khi còn lỗi"), "heading")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("field:reason")
        self.reason.setAccessibleName(self.tr("Lý do vẫn làm khi còn lỗi"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(64)
        for widget in (self._reason_head, self.reason):
            self._column.addWidget(widget)
            widget.hide()

    def _part(self, title: str, widget: QWidget) -> None:
        self._column.addSpacing(6)
        self._column.addWidget(label(title, "heading"))
        self._column.addWidget(widget)

    def _intro(self) -> None:
        text = (
            self.tr(
                "Một tệp PDF gồm mọi giấy tờ cần in, ký và đóng dấu, tờ đầu ghi số trang từng loại."
            )
            if self._print_set
            else self.tr(
                "Một tệp nén gồm công văn, phiếu, cam kết và tệp gửi kèm; bản phiếu được chốt lại."
            )
        )
        self._column.addWidget(label(text, "quiet"))

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self._stop = button(self.tr("Dừng"), self._on_stop)
        self._stop.hide()
        self._close = button(self.tr("Thôi"), self.reject)
        text = self.tr("Lập bộ in ký…") if self._print_set else self.tr("Lập bộ nộp…")
        self._go = button(text, self._on_go, role="primary")
        self._go.setObjectName("button:make")
        for made in (self._stop, self._close, self._go):
            row.addWidget(made)
        return row

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The phiếu in their rank."""
        return self.rank.proposals

    @Slot(object)
    def _on_sender_known(self, kept: object) -> None:
        if not isinstance(kept, dict):
            return
        guessed = self.sender_form.value
        texts = {name: str(kept.get(name) or getattr(guessed, name)) for name in TEXTS}
        if texts["name"] == guessed.name or not guessed.name:
            self.sender_form.show_sender(
                Sender(kind=str(kept.get("kind") or guessed.kind), **texts)
            )
            self._plan()

    @Slot()
    def _plan(self) -> None:
        """Draft the letters and tick the list for what is chosen now."""
        sender = self.sender_form.value
        try:
            letters, dossier = plan(
                self._services.catalog, self.proposals, sender, self.files.paths, self.scans.paths
            )
        except NcsError as problem:
            self._go.setEnabled(False)
            self._on_failed(problem)
            return
        self.letters.show_letters(letters, sender)
        self.checklist.show_dossier(dossier)
        catalog, now = self._services.catalog, self._services.now()
        work = partial(findings_of, catalog, dossier, now)
        self._services.background.run(work).done.connect(self._on_checked)

    @Slot(object)
    def _on_checked(self, findings: list[Finding]) -> None:
        self.checklist.show_findings(findings, self._services.messages)

    @Slot()
    def _on_go(self) -> None:
        name = "bo-in-ky" if self._print_set else "bo-nop"
        suffix = "pdf" if self._print_set else "zip"
        kinds = self.tr("PDF (*.pdf)") if self._print_set else self.tr("Tệp nén (*.zip)")
        first = slug(self.proposals[0].title, 40)
        target = self._services.save_file(
            self, self.windowTitle(), f"{name}-{first}.{suffix}", kinds
        )
        if target is None:
            return
        self._target = target.with_suffix(f".{suffix}")
        order = Order(
            self.proposals,
            self.sender_form.value,
            self._target,
            self.letters.letters,
            self.files.paths,
            self.scans.paths,
            self.reason.toPlainText().strip() or None,
            self._print_set,
        )
        self._set_working(True)
        self.notice.say(self.tr("Đang lập bộ hồ sơ…"))
        services = self._services
        work = partial(carry_out, services.catalog, order, services.now())
        self._running = services.background.run_long(work)
        self._running.progressed.connect(self._on_progress)
        self._running.done.connect(self._on_done)
        self._running.failed.connect(self._on_failed)
        services.store.ask(partial(_keep_sender, order.sender))

    def _set_working(self, working: bool) -> None:
        self._go.setEnabled(not working)
        self._stop.setVisible(working)
        self._progress.setVisible(working)
        self._progress.setRange(0, 0)

    @Slot(int, int, str)
    def _on_progress(self, finished: int, total: int, text: str) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(finished)
        self.notice.say(self.tr("Đang lập: {name}").format(name=text))

    @Slot()
    def _on_stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self._set_working(False)
        self.notice.say(self._services.messages.text("ui.stopped"))

    def reject(self) -> None:
        """Close; work under way is stopped and writes nothing."""
        if self._running is not None and self._stop.isVisible():
            self._on_stop()
        super().reject()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._set_working(False)
        self.notice.say(self._services.sentence(problem), problem=True)

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        self._set_working(False)
        if not outcome.written:
            self._ask_reason(outcome)
            return
        self._inputs.hide()
        self._go.hide()
        self._close.setText(self.tr("Đóng"))
        if self._print_set:
            text = self.tr("Đã lập bộ in ký {pages} trang: {path}")
            self.notice.say(text.format(pages=outcome.pages, path=self._target))
            self.hand_over.show_folder_only()
            return
        self.notice.say(
            self.tr("Đã lập bộ nộp ({size} KB): {path}").format(
                size=max(outcome.size // 1024, 1), path=self._target
            )
        )
        self.hand_over.show_call(self._call, self._services.now(), outcome.warnings)
        reason = self.reason.toPlainText().strip() or None
        task = self._services.store.ask(
            partial(freeze, self.proposals, self._services.now(), reason)
        )
        task.done.connect(self._on_frozen)
        task.failed.connect(self._on_failed)

    def _ask_reason(self, outcome: Outcome) -> None:
        count = count_errors(list(outcome.findings))
        self._reason_head.show()
        self.reason.show()
        self.reason.setFocus()
        text = self.tr(
            "Hồ sơ còn {count} lỗi nên chưa lập; hãy đóng lại để sửa, hoặc ghi lý do vẫn làm."
        ).format(count=count)
        first = [
            self._services.messages.finding(finding)
            for finding in outcome.findings
            if finding.severity == "error" and finding.waived is None
        ][:3]
        self.notice.say("\n".join([text, *(f"• {line}" for line in first)]), problem=True)

    @Slot(object)
    def _on_frozen(self, frozen: list[Frozen]) -> None:
        self.frozen.emit(frozen[0].control_code)

    @Slot()
    def _open_folder(self) -> None:
        if self._target is not None:
            self._services.open_path(self._target.parent)

    @Slot()
    def _open_file(self) -> None:
        if self._target is not None:
            self._services.open_path(self._target)


def _read_sender(store: Store) -> object:
    return store.setting(SENDER_SETTING)


def _keep_sender(sender: Sender, store: Store) -> None:
    kept = {"kind": sender.kind, **{name: getattr(sender, name) for name in TEXTS}}
    store.set_setting(SENDER_SETTING, FrozenDict(kept))
