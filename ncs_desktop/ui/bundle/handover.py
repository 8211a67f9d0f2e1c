"""The end of the way: where, by when and in what form the dossier is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.ui.calls.words import countdown
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label


class HandOver(QFrame):
    """The hand-over sheet, to be read or copied."""

    open_folder = Signal()
    open_file = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        self._head = label(self.tr("Nộp ở đâu, đến khi nào"), "heading")
        self._text = label()
        self._text.setObjectName("label:hand-over")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        self._copy = button(self.tr("Sao chép"), self._on_copy, picture="copy")
        row.addWidget(self._copy)
        opened = button(self.tr("Mở tệp"), self._on_open_file, picture="preview")
        opened.setObjectName("button:open-file")
        row.addWidget(opened)
        row.addWidget(button(self.tr("Mở thư mục"), self._on_open, picture="folder"))
        row.addStretch(1)
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addLayout(row)

    def show_call(self, call: Call, now: datetime, warnings: Sequence[Note]) -> None:
        """Show the office of ``call`` and what should be kept in mind."""
        office = call.authority
        lines = [
            (self.tr("Nơi nhận"), " – ".join(part for part in (office.unit, office.name) if part)),
            (self.tr("Địa chỉ"), office.address),
            (self.tr("Bản mềm gửi tới"), office.email),
            (self.tr("Định dạng bản mềm"), ", ".join(office.formats)),
            (self.tr("Hạn nộp"), countdown(call, now)),
        ]
        shown = [f"{name}: {value}" for name, value in lines if value]
        messages = self._services.messages
        shown += [f"• {messages.text(note.message, **note.params)}" for note in warnings]
        self._text.setText("\n".join(shown))
        self.show()

    def show_folder_only(self) -> None:
        """Offer just the folder, for a print set."""
        self._head.hide()
        self._text.hide()
        self._copy.hide()
        self.show()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())

    @Slot()
    def _on_open(self) -> None:
        self.open_folder.emit()

    @Slot()
    def _on_open_file(self) -> None:
        self.open_file.emit()
