"""What leaves the desk: table, report, audit trail, the dossier for the office above."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
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
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.bundle.sender_form import SenderForm
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.jobs import Output, Written
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.field_editor import QuietComboBox
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice

_SHOWN_ERRORS = 4


class OutputDialog(QDialog):
    """Asks what is wanted and where to; the work itself runs beside the window."""

    told = Signal(str)

    def __init__(
        self, services: Services, desk: CollectDesk, order: Order, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._desk = services, desk
        self.setObjectName("dialog:output")
        self.setWindowTitle(self.tr("Xuất từ trang Tổng hợp"))
        self.resize(720, 640)
        self._build()
        self.order.setCurrentIndex(self.order.findData(order))
        sender = desk.data.sender or self._office()
        self.sender_form.show_sender(sender)
        self._on_ticked()

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
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._build_inputs())
        outer.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("Đóng"), self.reject))
        self.go = button(self.tr("Chọn thư mục và xuất…"), self._on_go, role="primary")
        self.go.setObjectName("button:write")
        row.addWidget(self.go)
        outer.addLayout(row)

    def _build_inputs(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        self.boxes: dict[str, QCheckBox] = {}
        for name, text, ticked in (
            ("table", self.tr("&Bảng tổng hợp (Excel, Word, PDF), kèm thứ tự và lý do"), True),
            ("report", self.tr("&Kết quả nhập: từng tệp, điểm kiểm tra, thay đổi (Excel)"), True),
            ("dossier", self.tr("&Hồ sơ tổng hợp gửi cấp trên (tệp nén, có công văn)"), False),
            ("trail", self.tr("&Nhật ký xử lý (Excel)"), False),
        ):
            box = QCheckBox(text)
            box.setObjectName(f"field:output.{name}")
            box.setChecked(ticked)
            box.toggled.connect(self._on_ticked)
            self.boxes[name] = box
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Xếp theo"), "heading"))
        self.order = QuietComboBox()
        self.order.setObjectName("field:output.order")
        self.order.setAccessibleName(self.tr("Xếp theo"))
        self.order.addItem(self.tr("Thứ tự của Sở"), Order.DEPARTMENT)
        self.order.addItem(self.tr("Thứ tự của hội đồng"), Order.COUNCIL)
        column.addWidget(self.order)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Bên gửi (đầu bảng và công văn)"), "heading"))
        self.sender_form = SenderForm()
        column.addWidget(self.sender_form)
        self._reason_head = label(self.tr("Lý do vẫn gửi khi phiếu còn lỗi"), "heading")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("field:output.reason")
        self.reason.setAccessibleName(self.tr("Lý do vẫn gửi khi phiếu còn lỗi"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(64)
        column.addWidget(self._reason_head)
        column.addWidget(self.reason)
        self._reason_head.hide()
        self.reason.hide()
        column.addStretch(1)
        return holder

    @Slot()
    def _on_ticked(self) -> None:
        self.go.setEnabled(any(box.isChecked() for box in self.boxes.values()))

    @Slot()
    def _on_go(self) -> None:
        folder = self._services.save_folder(self, self.tr("Xuất vào thư mục"))
        if folder is None:
            return
        ticked = {name: box.isChecked() for name, box in self.boxes.items()}
        why = self.reason.toPlainText().strip()
        output = Output(
            self._desk.call,
            folder,
            self._desk.act(why),
            Order(self.order.currentData()),
            self.sender_form.value,
            **ticked,
        )
        job = self._desk.write_output(output)
        if job is None:
            self.notice.say(self.tr("Hãy chờ việc đang làm xong rồi xuất."), problem=True)
            return
        self.go.setEnabled(False)
        self.notice.say(self.tr("Đang lập các tệp…"))
        job.done.connect(self._on_written)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self.go.setEnabled(True)
        self.notice.say(self._services.sentence(problem), problem=True)

    @Slot(object)
    def _on_written(self, written: Written) -> None:
        self.go.setEnabled(True)
        if written.errors:
            self._say_errors(written)
            return
        folder = written.paths[0].parent if written.paths else None
        text = self.tr("Đã xuất {count} tệp: {names}").format(
            count=len(written.paths), names=", ".join(path.name for path in written.paths)
        )
        actions: tuple[tuple[str, Callable[[], object]], ...] = ()
        if folder is not None:
            url = QUrl.fromLocalFile(str(folder))
            actions = ((self.tr("Mở thư mục"), partial(QDesktopServices.openUrl, url)),)
        self.notice.say(text, actions=actions)
        self.told.emit(text)

    def _say_errors(self, written: Written) -> None:
        self._reason_head.show()
        self.reason.show()
        self.reason.setFocus()
        text = self.tr(
            "Chưa lập hồ sơ gửi cấp trên vì các phiếu còn {count} lỗi;"
            " hãy yêu cầu bổ sung, hoặc ghi lý do vẫn gửi rồi xuất lại."
        ).format(count=len(written.errors))
        first = [f"• {line}" for line in written.errors[:_SHOWN_ERRORS]]
        if len(written.errors) > _SHOWN_ERRORS:
            first.append("…")
        self.notice.say("\n".join([text, *first]), problem=True)
