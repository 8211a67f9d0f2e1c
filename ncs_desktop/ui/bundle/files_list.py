"""The files a person adds: by button or dropped from the file manager; kept with the phiếu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.ui.bundle.kept import Kept, local_files, size_words
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.work.attachments import SIZE_LIMIT
from ncs_desktop.work.bundling import EMAIL_LIMIT
from ncs_desktop.work.kept import OWN_FILE


class DropList(QListWidget):
    """A list that takes files dropped onto it."""

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take files anywhere in the list."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        self.dropped.emit(local_files(event.mimeData()))
        event.acceptProposedAction()


class FilesList(QWidget):
    """Names with their sizes, and how much all of it weighs in an e-mail."""

    def __init__(self, services: Services, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._kept = kept
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._list = DropList()
        self._list.setObjectName("list:attachments")
        self._list.setAccessibleName(self.tr("Tệp gửi kèm"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFixedHeight(5 * self.fontMetrics().height() + 16)
        row = QHBoxLayout()
        add = button(self.tr("Thêm tệp…"), self._choose, picture="add")
        add.setObjectName("button:add-attachment")
        self._drop = button(self.tr("Bỏ tệp đang chọn"), self._remove, picture="remove")
        self._drop.setObjectName("button:remove-attachment")
        row.addWidget(add)
        row.addWidget(self._drop)
        row.addStretch(1)
        self._total = label(role="quiet")
        self._total.setObjectName("label:attachments-size")
        column.addWidget(self._list)
        column.addLayout(row)
        hint = self.tr(
            "Kéo thả tệp vào ô trên cũng được; nhận pdf, docx, xlsx, odt, ods, jpg, png, tif,"
            " mỗi tệp tới {limit} MB. Tệp được giữ cùng phiếu cho lần mở sau."
        )
        column.addWidget(label(hint.format(limit=SIZE_LIMIT // 2**20), "quiet"))
        column.addWidget(self._total)
        self._list.dropped.connect(self.add)
        self._list.itemSelectionChanged.connect(self._on_chosen)
        QShortcut(QKeySequence("Del"), self._list, self._remove).setContext(
            Qt.ShortcutContext.WidgetShortcut
        )
        kept.changed.connect(self._show)
        kept.working.connect(self._on_working)
        self._on_chosen()

    @property
    def names(self) -> tuple[str, ...]:
        """The names shown, in their order."""
        return tuple(item.name for item in self._kept.enclosed)

    @Slot(list)
    def add(self, paths: list[Path]) -> None:
        """Keep further files."""
        self._kept.add(paths, OWN_FILE)

    @Slot(bool)
    def _on_working(self, working: bool) -> None:
        if working:
            self._total.setText(self.tr("Đang đọc và cất tệp…"))
        else:
            self._show_total()

    @Slot()
    def _show(self) -> None:
        row = self._list.currentRow()
        self._list.clear()
        for file in self._kept.enclosed:
            item = QListWidgetItem(f"{size_words(file.size)} · {file.name}")
            item.setToolTip(file.name)
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, self._list.count() - 1))
        self._show_total()
        self._on_chosen()

    def _show_total(self) -> None:
        scans = self._kept.valid_scans
        total = sum(file.size for file in (*self._kept.enclosed, *scans))
        text = self.tr("Tệp gửi kèm và bản quét cộng {size}").format(size=size_words(total))
        if total > EMAIL_LIMIT:
            text += self.tr(
                ": nhiều hộp thư không nhận thư quá {limit} MB; hãy quét đen trắng 200–300 dpi,"
                " hoặc gửi qua đường khác."
            ).format(limit=EMAIL_LIMIT // 2**20)
        self._total.setText(text if total else "")

    @Slot()
    def _on_chosen(self) -> None:
        self._drop.setEnabled(self._list.currentRow() >= 0)

    @Slot()
    def _choose(self) -> None:
        kinds = self.tr(
            "Tài liệu (*.pdf *.docx *.xlsx *.doc *.xls *.odt *.ods *.jpg *.jpeg *.png *.tif *.tiff)"
        )
        self.add(self._services.open_files(self, self.tr("Chọn tệp gửi kèm"), kinds))

    @Slot()
    def _remove(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._kept.enclosed):
            self._kept.remove(self._kept.enclosed[row])
