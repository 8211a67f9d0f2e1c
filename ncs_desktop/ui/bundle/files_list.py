"""The files a person adds: by button or dropped from the file manager."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.work.attachments import MAGIC_OF, SIZE_LIMIT
from ncs_desktop.work.bundling import EMAIL_LIMIT


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
    """Paths with their sizes; reading them is the bundle's business.

    ``refused(problem)`` for a file of a kind or size that cannot be enclosed.
    """

    changed = Signal()
    refused = Signal(object)

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
        self._total = label(role="quiet")
        self._total.setObjectName("label:attachments-size")
        column.addWidget(self._list)
        column.addLayout(row)
        hint = self.tr(
            "Kéo thả tệp vào ô trên cũng được; nhận pdf, docx, xlsx, odt, ods, jpg, png, tif,"
            " mỗi tệp tới {limit} MB."
        )
        column.addWidget(label(hint.format(limit=SIZE_LIMIT // 2**20), "quiet"))
        column.addWidget(self._total)
        self._list.dropped.connect(self.add)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The chosen files in their order."""
        role = Qt.ItemDataRole.UserRole
        return tuple(Path(self._list.item(row).data(role)) for row in range(self._list.count()))

    @Slot(list)
    def add(self, paths: Sequence[Path]) -> None:
        """Add files that are not there yet."""
        for path in paths:
            if path.is_file() and path not in self.paths:
                problem = _problem(path)
                if problem is None:
                    self._append(path)
                else:
                    self.refused.emit(problem)
        self._show_total()

    def _append(self, path: Path) -> None:
        item = QListWidgetItem(f"{path.name} ({_size_words(path.stat().st_size)})")
        item.setData(Qt.ItemDataRole.UserRole, str(path))
        item.setToolTip(str(path))
        self._list.addItem(item)

    def _show_total(self) -> None:
        total = sum(path.stat().st_size for path in self.paths if path.is_file())
        text = self.tr("Cộng {size}").format(size=_size_words(total))
        if total > EMAIL_LIMIT:
            text += self.tr(": nhiều hộp thư không nhận thư quá {limit} MB.").format(
                limit=EMAIL_LIMIT // 2**20
            )
        self._total.setText(text if total else "")
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr("Tài liệu (*.pdf *.docx *.xlsx *.jpg *.jpeg *.png *.tif *.tiff)")
        self.add(self._services.ask.open_files(self, self.tr("Chọn tệp gửi kèm"), kinds))

    @Slot()
    def _remove(self) -> None:
        if self._list.currentRow() >= 0:
            self._list.takeItem(self._list.currentRow())
            self._show_total()


def _problem(path: Path) -> InputProblem | None:
    if path.suffix.lower().lstrip(".") not in MAGIC_OF:
        return InputProblem("prepare.attachment_type", name=path.name, known=", ".join(MAGIC_OF))
    size = path.stat().st_size
    if not size:
        return InputProblem("prepare.attachment_empty", name=path.name)
    if size > SIZE_LIMIT:
        limit = SIZE_LIMIT // 2**20
        return InputProblem("prepare.attachment_size", name=path.name, limit_mb=limit)
    return None


def _size_words(size: int) -> str:
    if size < 2**20:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / 2**20:.1f} MB".replace(".", ",")
