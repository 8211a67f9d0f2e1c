"""What the page says while nothing has come in for the chosen call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from ncs_desktop.ui.widgets.labels import button, label


class EmptyDesk(QWidget):
    """Two ways to begin; dropping files anywhere is the third."""

    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        head = label(self.tr("Thả tệp hoặc cả thư mục đã nhận vào đây"), "title")
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(head)
        text = self.tr(
            "Nhận bộ nộp .zip, phiếu Word .docx, phiếu .json và thư .eml, .msg;"
            " tệp hỏng được báo riêng, không làm dừng các tệp khác."
        )
        note = label(text, "quiet")
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(note)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.addStretch(1)
        files = button(self.tr("Nhập tệp…"), self.files_wanted.emit, role="primary")
        files.setObjectName("button:import-files")
        folder = button(self.tr("Nhập thư mục…"), self.folder_wanted.emit, picture="folder")
        folder.setObjectName("button:import-folder")
        row.addWidget(files)
        row.addWidget(folder)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)


class NothingShown(QWidget):
    """What the table says where the filter leaves no phiếu; ``all_wanted`` to be without it."""

    all_wanted = Signal()

    def __init__(self, table: QTableView) -> None:
        super().__init__(table.viewport())
        self.setObjectName("nothing-shown")
        around = QVBoxLayout(table.viewport())
        around.addWidget(self)
        column = QVBoxLayout(self)
        column.addStretch(1)
        text = label(self.tr("Không còn phiếu nào theo bộ lọc đang chọn."), "quiet")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text)
        every = button(self.tr("Bỏ lọc, hiện tất cả phiếu"), self.all_wanted.emit)
        every.setObjectName("button:show-all")
        column.addWidget(every, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.hide()
