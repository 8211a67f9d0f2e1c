"""The assistant: sender, what the call asks for, files, and then the way to the office."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import count_errors
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import slug
from ncs_desktop.ui.bundle.files_list import FilesList
from ncs_desktop.ui.bundle.handover import HandOver
from ncs_desktop.ui.bundle.job import Order, Outcome, carry_out, freeze
from ncs_desktop.ui.bundle.sender_form import TEXTS, SenderForm
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.work.bundling import sender_of

if TYPE_CHECKING:
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store

SENDER_SETTING = "sender"


class BundleDialog(QDialog):
    """Makes the print set or the bundle of one phiếu."""

    told = Signal(str)
    frozen = Signal(str)

    def __init__(
        self,
        services: Services,
        proposal: Proposal,
        call: Call,
        *,
        print_set: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._proposal = proposal
        self._call = call
        self._print_set = print_set
        self._target: Path | None = None
        self.setObjectName("dialog:print-set" if print_set else "dialog:bundle")
        self.setWindowTitle(self.tr("Bộ in ký") if print_set else self.tr("Bộ nộp"))
        self.resize(760, 700)
        self._build()
        self.sender_form.show_sender(sender_of(proposal, call))
        self._show_checklist()
        task = services.store.ask(_read_sender)
        task.done.connect(self._on_sender_known)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        self.notice = Notice()
        outer.addWidget(self.notice)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        self._inputs = QWidget()
        self._column = QVBoxLayout(self._inputs)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hand_over = HandOver(self._services)
        self.hand_over.hide()
        self.hand_over.open_folder.connect(self._open_folder)
        whole.addWidget(self._inputs)
        whole.addWidget(self.hand_over)
        whole.addStretch(1)
        area.setWidget(holder)
        outer.addWidget(area, 1)
        self._intro()
        self.sender_form = SenderForm()
        self.sender_form.edited.connect(self._show_checklist)
        self._head(self.tr("Bên gửi"))
        self._column.addWidget(self.sender_form)
        self._head(self.tr("Hồ sơ đợt này cần"))
        self._checklist = label()
        self._checklist.setObjectName("label:checklist")
        self._column.addWidget(self._checklist)
        self.files = FilesList(self._services)
        self._scan = QLineEdit()
        if not self._print_set:
            self._build_files()
        self._reason_head = label(self.tr("Lý do vẫn làm khi còn lỗi"), "heading")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("field:reason")
        self.reason.setAccessibleName(self.tr("Lý do vẫn làm khi còn lỗi"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(64)
        for widget in (self._reason_head, self.reason):
            self._column.addWidget(widget)
            widget.hide()
        outer.addLayout(self._build_buttons())

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

    def _head(self, text: str) -> None:
        self._column.addSpacing(6)
        self._column.addWidget(label(text, "heading"))

    def _build_files(self) -> None:
        self._head(self.tr("Tệp gửi kèm"))
        self._column.addWidget(self.files)
        self._head(self.tr("Bản quét phiếu đã ký (PDF, nếu có)"))
        row = QHBoxLayout()
        self._scan.setObjectName("field:scan")
        self._scan.setAccessibleName(self.tr("Bản quét phiếu đã ký"))
        row.addWidget(self._scan, 1)
        row.addWidget(button(self.tr("Chọn…"), self._choose_scan, picture="folder"))
        self._column.addLayout(row)

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self._close = button(self.tr("Đóng"), self.reject)
        text = self.tr("Lập bộ in ký…") if self._print_set else self.tr("Đóng bộ nộp…")
        self._go = button(text, self._on_go, role="primary")
        self._go.setObjectName("button:make")
        row.addWidget(self._close)
        row.addWidget(self._go)
        return row

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
            self._show_checklist()

    @Slot()
    def _show_checklist(self) -> None:
        kind = self.sender_form.value.kind
        lines = []
        for item in self._call.recipe_for(kind):
            need = item.need == "required" or self._needed_for_task(item.need)
            word = self.tr("cần có") if need else self.tr("nếu có")
            lines.append(f"• {item.text.rstrip(';. ')} — {word}")
        nothing = self.tr("Đợt này không nêu hồ sơ cho loại bên gửi này.")
        self._checklist.setText("\n".join(lines) or nothing)

    def _needed_for_task(self, need: str) -> bool:
        return need.partition(":")[2] == self._proposal.text("task_kind") != ""

    @Slot()
    def _choose_scan(self) -> None:
        title = self.tr("Chọn bản quét đã ký")
        chosen = self._services.ask.open_files(self, title, self.tr("PDF (*.pdf)"))
        if chosen:
            self._scan.setText(str(chosen[0]))

    @Slot()
    def _on_go(self) -> None:
        name = "bo-in-ky" if self._print_set else "bo-nop"
        suffix = "pdf" if self._print_set else "zip"
        kinds = self.tr("PDF (*.pdf)") if self._print_set else self.tr("Tệp nén (*.zip)")
        target = self._services.ask.save_file(
            self, self.windowTitle(), f"{name}-{slug(self._proposal.title, 40)}.{suffix}", kinds
        )
        if target is None:
            return
        self._target = target.with_suffix(f".{suffix}")
        scan = self._scan.text().strip()
        order = Order(
            self._proposal,
            self.sender_form.value,
            self._target,
            self.files.paths,
            Path(scan) if scan else None,
            self.reason.toPlainText().strip() or None,
            self._print_set,
        )
        self._go.setEnabled(False)
        self.notice.say(self.tr("Đang lập bộ hồ sơ…"))
        services = self._services
        task = services.background.run(partial(carry_out, services.catalog, order, services.now()))
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)
        services.store.ask(partial(_keep_sender, order.sender))

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._go.setEnabled(True)
        self.notice.say(self._services.sentence(problem), problem=True)

    @Slot(object)
    def _on_done(self, outcome: Outcome) -> None:
        self._go.setEnabled(True)
        if not outcome.written:
            self._ask_reason(outcome)
            return
        self._inputs.hide()
        self._go.hide()
        if self._print_set:
            text = self.tr("Đã lập bộ in ký {pages} trang: {path}")
            self.notice.say(text.format(pages=outcome.pages, path=self._target))
            self.hand_over.show_folder_only()
            return
        self.notice.say(
            self.tr("Đã đóng bộ nộp ({size} KB): {path}").format(
                size=max(outcome.size // 1024, 1), path=self._target
            )
        )
        self.hand_over.show_call(self._call, self._services.now(), outcome.warnings)
        request = partial(
            freeze,
            self._proposal.id,
            self._services.now(),
            self.reason.toPlainText().strip() or None,
            self._proposal.form,
        )
        task = self._services.store.ask(request)
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
    def _on_frozen(self, frozen: Frozen) -> None:
        self.frozen.emit(frozen.control_code)

    @Slot()
    def _open_folder(self) -> None:
        if self._target is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target.parent)))


def _read_sender(store: Store) -> object:
    return store.setting(SENDER_SETTING)


def _keep_sender(sender: Sender, store: Store) -> None:
    kept = {"kind": sender.kind, **{name: getattr(sender, name) for name in TEXTS}}
    store.set_setting(SENDER_SETTING, FrozenDict(kept))
