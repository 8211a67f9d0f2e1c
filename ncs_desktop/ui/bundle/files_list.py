"""The files a person adds: by button or dropped from the file manager."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label


class DropList(QListWidget):
    """A list that takes files dropped onto it."""

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files anywhere in the list."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        self.dropped.emit([Path(url.toLocalFile()) for url in urls])
        event.acceptProposedAction()


class FilesList(QWidget):
    """Paths with their sizes; reading them is the bundle's business."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._list = DropList()
        self._list.setObjectName("list:attachments")
        self._list.setAccessibleName(self.tr("Tệp gửi kèm"))
        self._list.setFixedHeight(96)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("Thêm tệp…"), self._choose, picture="add"))
        row.addWidget(button(self.tr("Bỏ tệp đang chọn"), self._remove, picture="remove"))
        row.addStretch(1)
        hint = label(self.tr("hoặc kéo thả tệp vào ô trên"), "quiet")
        hint.setWordWrap(False)
        row.addWidget(hint)
        column.addWidget(self._list)
        column.addLayout(row)
        self._list.dropped.connect(self.add)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The chosen files in their order."""
        role = Qt.ItemDataRole.UserRole
        return tuple(Path(self._list.item(row).data(role)) for row in range(self._list.count()))

    @Slot(list)
    def add(self, paths: Sequence[Path]) -> None:
        """Add files that are not there yet."""
        known = set(self.paths)
        for path in paths:
            if path.is_file() and path not in known:
                size = max(path.stat().st_size // 1024, 1)
                item = QListWidgetItem(f"{path.name} ({size} KB)")
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                item.setToolTip(str(path))
                self._list.addItem(item)

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Tài liệu (*.pdf *.docx *.xlsx *.jpg *.jpeg *.png *.tif *.tiff)")
        self.add(self._services.ask.open_files(self, self.tr("Chọn tệp gửi kèm"), kinds))

    @Slot()
    def _remove(self) -> None:
        if self._list.currentRow() >= 0:
            self._list.takeItem(self._list.currentRow())
