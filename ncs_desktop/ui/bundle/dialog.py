"""The assistant: what goes into the print set or the bundle, and then the way to the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import count_errors
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.bundle.handover import HandOver
from ncs_desktop.ui.bundle.inputs import BundleInputs
from ncs_desktop.ui.bundle.job import Order, Outcome, carry_out, freeze, write_out
from ncs_desktop.ui.bundle.kept import size_words
from ncs_desktop.ui.bundle.kept_notice import KeptNotice
from ncs_desktop.ui.bundle.others import OthersNotice
from ncs_desktop.ui.calls.words import answer_countdown
from ncs_desktop.ui.saving import Saving
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.progress_strip import ProgressStrip
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.work.prepare import dossier_stem

if TYPE_CHECKING:
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store

_SHOWN_ERRORS = 3


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
        self._call = call
        self._print_set = print_set
        self._proposals = tuple(proposals)
        self._running: Saving | Task | None = None
        self._order: Order | None = None
        self._until: date | None = None
        ids = [proposal.id for proposal in proposals]
        services.store.ask(partial(_answer_until, ids)).done.connect(self._on_until)
        self.setObjectName("dialog:print-set" if print_set else "dialog:bundle")
        self.setWindowTitle(self.tr("Bộ in ký") if print_set else self.tr("Bộ nộp"))
        self.inputs = BundleInputs(services, proposals, call, print_set=print_set)
        self._build()
        open_at(self, 820, 700)
        self.inputs.planned.connect(self._go.setEnabled)
        self.inputs.planned.connect(self._print.setEnabled)
        self.inputs.failed.connect(self._on_failed)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        self.notice = KeptNotice(self._services, self.inputs.kept)
        outer.addWidget(self.notice)
        self.others = OthersNotice(self._services, self._proposals, print_set=self._print_set)
        self.others.wanted.connect(self._open_together)
        outer.addWidget(self.others)
        self._strip = ProgressStrip()
        self._strip.stop_wanted.connect(self._on_stop)
        outer.addWidget(self._strip)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        self._intro = label(self._intro_text(), "quiet")
        self.hand_over = HandOver(self._services)
        self.hand_over.hide()
        self._due = label("", "heading")
        self._due.setObjectName("label:due")
        self._due.hide()
        for widget in (self._due, self._intro, self.inputs, self.hand_over):
            whole.addWidget(widget)
        whole.addStretch(1)
        area.setWidget(holder)
        outer.addWidget(area, 1)
        outer.addLayout(self._build_buttons())
        make_default(self._go)

    @Slot(object)
    def _on_until(self, until: date | None) -> None:
        """Say first by when a request for supplement is to be answered."""
        self._until = until
        if until is not None:
            due = answer_countdown(until, self._services.now())
            self._due.setText(self.tr("Nộp bản bổ sung {due}.").format(due=due))
            self._due.show()

    def _intro_text(self) -> str:
        if self._print_set:
            return self.tr(
                "Một tệp PDF gồm mọi giấy tờ cần in, ký và đóng dấu; tờ đầu ghi số trang từng loại."
                " Lập xong, phiếu được chốt: giữ nguyên như bản in, mang mã kiểm soát trên từng"
                " trang; nếu còn sửa thì phải in và ký lại."
            )
        return self.tr(
            "Một tệp nén gồm công văn, phiếu, cam kết và tệp gửi kèm. Lập xong, phiếu được chốt:"
            " giữ nguyên như bản đã gửi; nếu còn sửa thì phải lập bộ nộp khác."
        )

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self._close = button(self.tr("Thôi"), self.reject)
        self._print = button(self.tr("In ngay…"), self._on_print, picture="print")
        self._print.setObjectName("button:print-now")
        self._print.setVisible(self._print_set)
        text = self.tr("Lưu PDF…") if self._print_set else self.tr("Lập bộ nộp…")
        self._go = button(text, self._on_go, role="primary")
        self._go.setObjectName("button:make")
        for made in (self._close, self._print, self._go):
            row.addWidget(made)
        return row

    @Slot()
    def _on_go(self) -> None:
        order = self._order = self.inputs.order
        name = "bo-in-ky" if self._print_set else "bo-nop"
        suffix = "pdf" if self._print_set else "zip"
        kinds = self.tr("PDF (*.pdf)") if self._print_set else self.tr("Tệp nén (*.zip)")
        name = f"{dossier_stem(name, order.sender.name, order.proposals)}.{suffix}"
        write = partial(write_out, self._services.catalog, order, self._services.now())
        saving = Saving(self._services, self, (self.windowTitle(), name, kinds), write)
        saving.done.connect(self._on_made)
        saving.failed.connect(self._on_failed)
        saving.progressed.connect(self._strip.show_progress)
        if saving.begin():
            self._begin(saving)

    @Slot()
    def _on_print(self) -> None:
        order = self._order = self.inputs.order
        work = partial(carry_out, self._services.catalog, order, self._services.now())
        task = self._services.background.run_long(work)
        task.done.connect(self._on_printable)
        task.failed.connect(self._on_failed)
        task.progressed.connect(self._strip.show_progress)
        self._begin(task)

    def _begin(self, running: Saving | Task) -> None:
        self._running = running
        self._set_working(True)
        self.notice.clear()
        self._strip.begin(self.tr("Đang lập bộ hồ sơ…"))
        self.inputs.keep()
        self.inputs.keep_sender()

    def _set_working(self, working: bool) -> None:
        for made in (self._go, self._print, self.others):
            made.setEnabled(not working)
        self.inputs.setEnabled(not working)
        self._strip.setVisible(working)

    @Slot()
    def _on_stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self._set_working(False)
        self.notice.say(self._services.messages.text("ui.stopped"))

    def done(self, code: int) -> None:
        """Close; work under way is stopped and writes nothing, what was chosen is kept."""
        if self._strip.isVisible():
            self._on_stop()
        self.inputs.close_down()
        super().done(code)

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._set_working(False)
        self.notice.say_problem(problem)

    @Slot(object)
    def _on_printable(self, outcome: Outcome) -> None:
        from ncs_desktop.ui.preview.printing import Printing  # noqa: PLC0415

        self._set_working(False)
        if outcome.content is None:
            self._ask_reason(outcome)
            return
        self._show_pages(outcome, self.tr("Bộ in ký có {pages} trang."))
        ask, folder = self._services.ask, self._services.folders.last
        printing = Printing(outcome.content, self.windowTitle(), ask, self, folder)
        printing.printed.connect(self._on_printed)
        printing.stopped.connect(self._on_print_stopped)
        printing.failed.connect(self._on_failed)

    @Slot(int, object)
    def _on_printed(self, pages: int, target: Path | None) -> None:
        """What is on paper is frozen; what the printer did not take is not."""
        from ncs_desktop.ui.preview.printing import sent_sentence  # noqa: PLC0415

        text = sent_sentence(pages, target)
        if target is None:
            self.notice.say(text)
        else:
            self._services.folders.last = target.parent
            self.notice.say_written(text, target, self._services.open_path)
        self._freeze()

    @Slot(int)
    def _on_print_stopped(self, pages: int) -> None:
        from ncs_desktop.ui.preview.printing import stopped_sentence  # noqa: PLC0415

        text = self.tr("Phiếu chưa được chốt; bấm «In ngay…» để in lại cả bộ.")
        self.notice.say(f"{stopped_sentence(pages)} {text}")

    @Slot(object)
    def _on_made(self, outcome: Outcome) -> None:
        self._set_working(False)
        if outcome.content is None:
            self._ask_reason(outcome)
            return
        assert isinstance(self._running, Saving)
        path = self._running.target
        assert path is not None
        if self._print_set:
            self._show_pages(outcome, self.tr("Đã lập bộ in ký {pages} trang: {path}"), path)
        else:
            text = self.tr("Đã lập bộ nộp ({size}): {path}")
            self.notice.say(text.format(size=size_words(len(outcome.content)), path=path))
            self.hand_over.show_call(
                self._call, self._services.now(), outcome.warnings, self._until
            )
            self._show_end()
        self.hand_over.show_file(path)
        self._freeze()

    def _show_pages(self, outcome: Outcome, text: str, path: object = "") -> None:
        self.notice.say(text.format(pages=outcome.pages, path=path))
        self.hand_over.show_papers(outcome.papers, outcome.warnings, outcome.pages)
        self._show_end()

    def _show_end(self) -> None:
        for widget in (self._intro, self.inputs, self.others):
            widget.hide()
        self._go.setVisible(self._print_set)
        self._close.setText(self.tr("Đóng"))

    def _freeze(self) -> None:
        """What goes out for signature is frozen, so that a later change is another revision."""
        assert self._order is not None
        work = partial(freeze, self._order.proposals, self._services.now(), self._order.reason)
        task = self._services.store.ask(work)
        task.done.connect(self._on_frozen)
        task.failed.connect(self._on_failed)

    def _ask_reason(self, outcome: Outcome) -> None:
        self.inputs.ask_reason()
        text = self.tr(
            "Hồ sơ còn {count} lỗi nên chưa lập; hãy đóng lại để sửa, hoặc ghi lý do vẫn làm."
        ).format(count=count_errors(outcome.findings))
        first = [
            self._services.messages.finding(finding)
            for finding in outcome.findings
            if finding.severity == "error" and finding.waived is None
        ][:_SHOWN_ERRORS]
        self.notice.say("\n".join([text, *(f"• {line}" for line in first)]), problem=True)

    @Slot(object)
    def _on_frozen(self, frozen: list[Frozen]) -> None:
        """Tell the code of the phiếu that was given first, wherever it is ranked."""
        assert self._order is not None
        ranked = [item.id for item in self._order.proposals]
        self.frozen.emit(frozen[ranked.index(self._proposals[0].id)].control_code)

    @Slot(list)
    def _open_together(self, proposals: list[Proposal]) -> None:
        """Go on with all of them in a dialog in the place of this one, which speaks through it."""
        joint = BundleDialog(
            self._services,
            proposals,
            self._call,
            print_set=self._print_set,
            parent=self.parentWidget(),
        )
        joint.frozen.connect(self.frozen)
        joint.finished.connect(self.finished)
        self.reject()
        joint.open()


def _answer_until(proposal_ids: Sequence[str], store: Store) -> date | None:
    from ncs_desktop.work.supplement import answer_until  # noqa: PLC0415

    return answer_until(store, proposal_ids)
