"""Who sends the dossier and signs its letter."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.text_line import TextLine

TEXTS = ("name", "parent", "address", "place", "signer_title", "signer_name")


class SenderForm(QWidget):
    """Fields of the sender; ``edited`` after every change."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._kind = QuietComboBox()
        self._kind.setObjectName("field:sender.kind")
        self._kind.setAccessibleName(self.tr("Bên gửi là"))
        for kind, text in (
            ("organization", self.tr("Tổ chức, doanh nghiệp")),
            ("agency", self.tr("Cơ quan nhà nước (sở, ngành, Ủy ban nhân dân)")),
            ("individual", self.tr("Cá nhân")),
        ):
            self._kind.addItem(text, kind)
        self._kind.activated.connect(self._on_edited)
        rows.addRow(label(self.tr("Bên gửi là")), self._kind)
        self._lines: dict[str, QLineEdit] = {}
        for name, text in zip(TEXTS, self._titles(), strict=True):
            line = TextLine()
            line.setObjectName(f"field:sender.{name}")
            line.setAccessibleName(text)
            line.textEdited.connect(self._on_edited)
            self._lines[name] = line
            name_label = label(text)
            name_label.setMinimumWidth(190)
            rows.addRow(name_label, line)

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Tên đơn vị gửi"),
            self.tr("Cơ quan chủ quản (nếu có)"),
            self.tr("Địa chỉ"),
            self.tr("Địa danh ghi trên công văn"),
            self.tr("Chức vụ người ký"),
            self.tr("Họ tên người ký"),
        )

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    def show_sender(self, sender: Sender) -> None:
        """Show ``sender``."""
        self._kind.setCurrentIndex(max(self._kind.findData(sender.kind), 0))
        for name, line in self._lines.items():
            line.setText(getattr(sender, name))

    def follow(self, name: str, before: str, now: str) -> None:
        """Take over what is typed elsewhere while a line is empty or says what stood there."""
        line = self._lines[name]
        if line.text().strip() in ("", before.strip()):
            line.setText(now)

    @property
    def value(self) -> Sender:
        """The sender as it now stands."""
        texts = {name: clean_text(line.text()).text.strip() for name, line in self._lines.items()}
        return Sender(kind=self._kind.currentData(), **texts)
