"""Which formats, and into which folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.room import open_at


class ExportDialog(QDialog):
    """Asks how and where to write the phiếu; ``chosen(folder, formats)`` when it is accepted."""

    chosen = Signal(object, list)

    def __init__(self, services: Services, *, draft: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setObjectName("dialog:export")
        self.setWindowTitle(self.tr("Xuất phiếu"))
        open_at(self, 480, 0)
        column = QVBoxLayout(self)
        if draft:
            note = self.tr("Phiếu chưa chốt nên bản in có chữ «BẢN NHÁP».")
            column.addWidget(label(note, "warning"))
        self._formats: dict[str, QCheckBox] = {}
        for name, text in (
            ("docx", self.tr("Word (.docx)")),
            ("pdf", self.tr("PDF (.pdf)")),
            ("json", self.tr("Dữ liệu để gửi hoặc nhập lại (.json)")),
        ):
            box = QCheckBox(text)
            box.setObjectName(f"field:format.{name}")
            box.setChecked(name != "json")
            box.toggled.connect(self._refresh)
            self._formats[name] = box
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Thư mục")))
        row = QHBoxLayout()
        self.folder = QLineEdit(str(services.folders.last))
        self.folder.setObjectName("field:folder")
        self.folder.setAccessibleName(self.tr("Thư mục"))
        self.folder.textChanged.connect(self._refresh)
        row.addWidget(self.folder, 1)
        row.addWidget(button(self.tr("Chọn…"), self._choose, picture="folder"))
        column.addLayout(row)
        column.addSpacing(8)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self.buttons.addButton(self.tr("Xuất"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setProperty("role", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        make_default(self._go)

    @Slot()
    def _choose(self) -> None:
        folder = self._services.save_folder(self, self.tr("Chọn thư mục"))
        if folder is not None:
            self.folder.setText(str(folder))

    @property
    def formats(self) -> list[str]:
        """The ticked formats."""
        return [name for name, box in self._formats.items() if box.isChecked()]

    @Slot()
    def _refresh(self) -> None:
        self._go.setEnabled(bool(self.formats and self.folder.text().strip()))

    def accept(self) -> None:
        """Tell the choice and close."""
        self.chosen.emit(Path(self.folder.text().strip()), self.formats)
        super().accept()
