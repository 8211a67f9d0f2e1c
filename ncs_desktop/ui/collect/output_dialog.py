"""What leaves the desk: table, report, audit trail, the dossier for the office above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.desk import Order
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.ui.bundle.sender_form import SenderForm
from ncs_desktop.ui.collect import requests
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.jobs import Output, Written
from ncs_desktop.ui.collect.process import Progress, Stopped
from ncs_desktop.ui.collect.sums import amounts, left_out
from ncs_desktop.ui.collect.unseen import UnseenNotices
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.room import lines_high, open_at

_SHOWN_ERRORS = 4
_Actions = tuple[tuple[str, Callable[[], object]], ...]


class OutputDialog(QDialog):
    """Asks what is wanted and where to; the work itself runs beside the window.

    ``review_wanted(id)`` when a reading is to be compared with its source first, ``cut_wanted``
    when short texts are to be written first.
    """

    told = Signal(str)
    review_wanted = Signal(str)
    cut_wanted = Signal()

    def __init__(
        self, services: Services, desk: CollectDesk, order: Order, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._desk = services, desk
        self._paths: list[Path] = []
        self.setObjectName("dialog:output")
        self.setWindowTitle(self.tr("Xuất từ trang Tổng hợp"))
        open_at(self, 720, 640)
        self._build()
        self.order.setCurrentIndex(self.order.findData(order))
        self.paper.setCurrentIndex(self.paper.findData(desk.data.paper))
        sender = desk.data.sender or self._office()
        self.sender_form.show_sender(sender)
        known = desk.data.sender is not None
        self.sender_form.setVisible(not known)
        self._known.setVisible(known)
        names = (sender.name, sender.signer_title, sender.signer_name)
        self._known_text.setText("; ".join(filter(None, names)))
        self._on_ticked()
        request = partial(requests.still_cut, desk.call, services.catalog)
        services.store.ask(request).done.connect(self._tell_cut)

    @Slot(object)
    def _tell_cut(self, ids: frozenset[str]) -> None:
        """Say how many lines of the table say less than their phiếu, by the program's choice."""
        entries = self._desk.data.lines.entries
        count = sum(one.proposed and one.proposal_id in ids for one in entries)
        if not count:
            return
        text = self.tr(
            "{count} dòng còn đoạn do phần mềm cắt, bảng ghi «(rút gọn từ phiếu)». Vẫn xuất được;"
            " viết bản ngắn ở «Sửa dòng trong bảng»."
        )
        go = self.tr("Xem các dòng này"), self._on_cut
        self.cut.say(text.format(count=count), actions=(go,))

    def _on_cut(self) -> None:
        self.reject()
        self.cut_wanted.emit()

    def _office(self) -> Sender:
        """Return the office of the call as the sender, until a person says otherwise."""
        authority = self._services.catalog.call(self._desk.call).authority
        return Sender(
            "agency", authority.name, authority.parent, authority.address, authority.place
        )

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        self.notice = Notice()
        outer.addWidget(self.notice)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._build_inputs())
        outer.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("Đóng"), self.reject))
        self.go = button(self.tr("Chọn thư mục và xuất…"), self._on_go, role="primary")
        self.go.setObjectName("button:write")
        row.addWidget(self.go)
        outer.addLayout(row)

    def _add_reason(self, column: QVBoxLayout) -> None:
        """Add where the reason is written, below the boxes: it moves none of them as it comes."""
        self._reason_head = label(self.tr("Lý do vẫn gửi khi phiếu còn lỗi"), "heading")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("field:output.reason")
        self.reason.setAccessibleName(self.tr("Lý do vẫn gửi khi phiếu còn lỗi"))
        self.reason.setTabChangesFocus(True)
        lines_high(self.reason, 3)
        for widget in (self._reason_head, self.reason):
            column.addWidget(widget)
            widget.hide()

    def _build_inputs(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        self._add_boxes(column)
        self._add_reason(column)
        goes = label(self._going(), "quiet")
        goes.setObjectName("label:going")
        column.addWidget(goes)
        self.cut = Notice()
        self.cut.setObjectName("notice:still-cut")
        column.addWidget(self.cut)
        unseen = UnseenNotices(self._desk.data)
        unseen.wanted.connect(self._on_review)
        column.addWidget(unseen)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Xếp theo"), "heading"))
        self.order = QuietComboBox()
        self.order.setObjectName("field:output.order")
        self.order.setAccessibleName(self.tr("Xếp theo"))
        self.order.addItem(self.tr("Thứ tự của Sở"), Order.DEPARTMENT)
        self.order.addItem(self.tr("Thứ tự của hội đồng"), Order.COUNCIL)
        column.addWidget(self.order)
        self.unranked = label(role="quiet")
        self.unranked.setObjectName("label:unranked")
        column.addWidget(self.unranked)
        self.order.currentIndexChanged.connect(self._show_unranked)
        self._show_unranked()
        column.addSpacing(8)
        column.addWidget(label(self.tr("Khổ giấy của bảng tổng hợp"), "heading"))
        self.paper = QuietComboBox()
        self.paper.setObjectName("field:output.paper")
        self.paper.setAccessibleName(self.tr("Khổ giấy của bảng tổng hợp"))
        self.paper.addItem(self.tr("A4 ngang"), "A4")
        self.paper.addItem(self.tr("A3 ngang"), "A3")
        column.addWidget(self.paper)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Bên gửi (đầu bảng và công văn)"), "heading"))
        column.addWidget(self._build_known())
        self.sender_form = SenderForm()
        column.addWidget(self.sender_form)
        column.addStretch(1)
        return holder

    def _add_boxes(self, column: QVBoxLayout) -> None:
        """Add a box for every paper that can be written."""
        self.boxes: dict[str, QCheckBox] = {}
        for name, text, more, ticked in (
            (
                "table",
                self.tr("&Bảng tổng hợp (Excel, Word, PDF)"),
                self.tr("Kèm thứ tự và lý do."),
                True,
            ),
            (
                "report",
                self.tr("&Kết quả nhập (Excel, kèm tệp dữ liệu)"),
                self.tr(
                    "Từng tệp, điểm kiểm tra, thay đổi. Tệp dữ liệu (report.json) ghi cùng nội dung"
                    " cho phần mềm khác đọc, bạn không cần mở."
                ),
                True,
            ),
            (
                "dossier",
                self.tr("&Hồ sơ tổng hợp gửi cấp trên (tệp nén)"),
                self.tr("Mọi phiếu, bản quét, bảng tổng hợp và công văn."),
                False,
            ),
            ("trail", self.tr("&Nhật ký xử lý (Excel)"), self.tr("Ai làm gì, lúc nào."), False),
        ):
            box = QCheckBox(text)
            box.setObjectName(f"field:output.{name}")
            box.setAccessibleDescription(more)
            box.setChecked(ticked)
            box.toggled.connect(self._on_ticked)
            self.boxes[name] = box
            column.addWidget(box)
            column.addWidget(label(more, "quiet"))

    @Slot()
    def _show_unranked(self) -> None:
        """Say where the council's order leaves off."""
        going = [one for one in self._desk.data.lines.entries if one.proposed]
        count = sum(not one.council_ranked for one in going)
        told = self.order.currentData() == Order.COUNCIL and count > 0
        text = self.tr(
            "{count}/{all} phiếu chưa có thứ tự của hội đồng: đứng sau các phiếu đã xếp, theo thứ"
            " tự của Sở."
        )
        self.unranked.setText(text.format(count=count, all=len(going)))
        self.unranked.setVisible(told)

    @Slot(str)
    def _on_review(self, proposal_id: str) -> None:
        self.reject()
        self.review_wanted.emit(proposal_id)

    def _going(self) -> str:
        """Say what goes into the table and the letter, what stays out, which sums disagree."""
        totals = self._desk.data.totals
        lines = [
            self.tr("Vào bảng và hồ sơ: {count} phiếu; {amounts}.").format(
                count=totals.count, amounts=amounts(totals)
            )
        ]
        if left_out(totals):
            lines.append(self.tr("Để {left}.").format(left=left_out(totals)))
        if totals.uneven:
            text = self.tr(
                "{count} phiếu có tổng kinh phí khác NSNN cộng đối ứng: bảng và công văn in đúng"
                " từng số như phiếu ghi, hãy hỏi lại đơn vị trước khi gửi."
            )
            lines.append(text.format(count=totals.uneven))
        return "\n".join(lines)

    def _build_known(self) -> QWidget:
        """The sender in one line, where it was told before."""
        self._known = QWidget()
        row = QHBoxLayout(self._known)
        row.setContentsMargins(0, 0, 0, 0)
        self._known_text = label()
        row.addWidget(self._known_text, 1)
        change = button(self.tr("Sửa bên gửi…"), self._on_change_sender)
        change.setObjectName("button:change-sender")
        row.addWidget(change)
        return self._known

    @Slot()
    def _on_change_sender(self) -> None:
        self._known.hide()
        self.sender_form.show()

    @Slot()
    def _on_ticked(self) -> None:
        self.go.setEnabled(any(box.isChecked() for box in self.boxes.values()))
        asked = self.boxes["dossier"].isChecked()
        if self._has_errors or not asked:
            self._reason_head.setVisible(asked)
            self.reason.setVisible(asked)

    @property
    def _has_errors(self) -> bool:
        """Whether errors are known that stand against a dossier without a reason."""
        entries = self._desk.data.lines.entries
        return any(one.proposed and one.points.errors for one in entries)

    @Slot()
    def _on_go(self) -> None:
        self._write([name for name, box in self.boxes.items() if box.isChecked()])

    def _write(self, papers: Sequence[str]) -> None:
        """Ask for a folder and write ``papers`` there; for a reason before, where one is due."""
        if "dossier" in papers and self._has_errors and not self.reason.toPlainText().strip():
            self._ask_reason()
            return
        folder = self._services.save_folder(self, self.tr("Xuất vào thư mục"))
        if folder is None:
            return
        ticked = {name: name in papers for name in self.boxes}
        why = self.reason.toPlainText().strip()
        output = Output(
            self._desk.call,
            folder,
            self._desk.act(why),
            Order(self.order.currentData()),
            self.sender_form.value,
            str(self.paper.currentData()),
            **ticked,
        )
        job = self._desk.write_output(output)
        if job is None:
            self.notice.say(self.tr("Hãy chờ việc đang làm xong rồi xuất."), problem=True)
            return
        self.go.setEnabled(False)
        self.notice.say(self.tr("Đang lập các tệp…"))
        self._paths = []
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_written)
        job.failed.connect(partial(self._on_failed, papers))

    def _on_failed(self, papers: Sequence[str], problem: NcsError) -> None:
        self.go.setEnabled(True)
        another = papers if isinstance(problem, EnvironmentProblem) else ()
        sentence = self._services.sentence(problem)
        self.notice.say(sentence, problem=True, actions=self._another(another))

    def _another(self, papers: Sequence[str]) -> _Actions:
        """Offer another folder for ``papers`` that could not be written where they were to go."""
        if not papers:
            return ()
        return ((self.tr("Chọn thư mục khác…"), partial(self._write, papers)),)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self._paths += [path for path in progress.items if isinstance(path, Path)]

    @Slot(object)
    def _on_written(self, written: Written | Stopped) -> None:
        """Say what was written and, in the same place, what was not and why."""
        if isinstance(written, Stopped):
            written = Written(tuple(self._paths), stopped=True)
        self.go.setEnabled(True)
        lines = [self.tr("Đã dừng theo yêu cầu.")] if written.stopped else []
        if written.paths:
            done = self.tr("Đã xuất {count} tệp: {names}").format(
                count=len(written.paths), names=", ".join(path.name for path in written.paths)
            )
            lines.append(done)
            self.told.emit(done)
        if written.kept:
            text = self.tr("Tệp cũ trùng tên không bị ghi đè, đã đổi tên thành: {names}")
            lines.append(text.format(names=", ".join(path.name for path in written.kept)))
        lines += written.failed
        if written.errors:
            lines += self._against(written.errors)
        actions = self._another(written.elsewhere)
        if written.paths:
            folder = written.paths[0].parent
            opened = self.tr("Mở thư mục"), partial(self._services.open_path, folder)
            actions = (*actions, opened)
        problem = bool(written.errors or written.failed)
        self.notice.say("\n".join(lines), problem=problem, actions=actions)

    def _ask_reason(self) -> None:
        self._show_reason()
        errors = sum(one.points.errors for one in self._desk.data.lines.entries if one.proposed)
        text = self.tr(
            "Các phiếu vào hồ sơ gửi cấp trên còn {count} lỗi: hãy ghi lý do vẫn gửi ở ô bên dưới"
            " rồi xuất, hoặc bỏ chọn hồ sơ."
        )
        self.notice.say(text.format(count=errors), problem=True)

    def _show_reason(self) -> None:
        self._reason_head.show()
        self.reason.show()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._area.ensureWidgetVisible(self.reason)
        self.reason.setFocus()

    def _against(self, errors: Sequence[str]) -> list[str]:
        """Ask for a reason to hand on a dossier with errors; return what is to be said of them."""
        self._show_reason()
        text = self.tr(
            "Chưa lập hồ sơ gửi cấp trên vì các phiếu còn {count} lỗi;"
            " hãy yêu cầu bổ sung, hoặc ghi lý do vẫn gửi rồi xuất lại."
        ).format(count=len(errors))
        lines = [text, *(f"• {line}" for line in errors[:_SHOWN_ERRORS])]
        if len(errors) > _SHOWN_ERRORS:
            rest = len(errors) - _SHOWN_ERRORS
            lines.append(self.tr("… và {count} lỗi nữa").format(count=rest))
        return lines
