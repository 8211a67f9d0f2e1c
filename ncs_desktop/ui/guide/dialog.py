"""The guide's own window: contents on the left, the page on the right, search over everything."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QImage, QPalette, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.text_search import find_folded
from ncs_desktop.ui.guide.chapters import Chapter, guide_folder, read_chapters
from ncs_desktop.ui.widgets.filter_line import FilterLine
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.room import open_at

_WIDEST_PICTURE = 620


class GuidePage(QTextBrowser):
    """Shows a chapter; loads pictures of the guide's own folder and nothing else."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = {
            f"images/{path.name}": path for path in sorted((folder / "images").glob("*.png"))
        }
        self.setObjectName("text:guide")
        self.setAccessibleName(self.tr("Trang hướng dẫn"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(18)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the guide; nothing for any other address."""
        path = self._pictures.get(name.toString() if isinstance(name, QUrl) else name)
        if path is None or kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str(path))
        if picture.width() > _WIDEST_PICTURE:
            smooth = Qt.TransformationMode.SmoothTransformation
            return picture.scaledToWidth(_WIDEST_PICTURE, smooth)
        return picture

    def mark(self, wanted: str) -> None:
        """Highlight every place of ``wanted`` and show the first."""
        places = find_folded(self.toPlainText(), wanted)
        self.setExtraSelections([self._selection(start, end) for start, end in places])
        if places:
            self.setTextCursor(self._cursor(places[0][0], places[0][0]))
            self.ensureCursorVisible()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _selection(self, start: int, end: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
        shape.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
        made.cursor = self._cursor(start, end)  # type: ignore[attr-defined,unused-ignore]
        made.format = shape  # type: ignore[attr-defined,unused-ignore]
        return made


class GuideWindow(QWidget):
    """F1; stays open beside the program."""

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._folder = guide_folder() if folder is None else folder
        self._chapters = {chapter.name: chapter for chapter in read_chapters(self._folder)}
        self.setObjectName("window:guide")
        self.setWindowTitle(self.tr("Hướng dẫn sử dụng"))
        open_at(self, 960, 640)
        self._build()
        self._list.currentItemChanged.connect(self._on_chosen)
        self._search.textChanged.connect(self._on_sought)
        self._page.anchorClicked.connect(self._on_link)
        self._fill("")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self._search = FilterLine(
            "guide-search",
            self.tr("Tìm trong hướng dẫn"),
            self.tr("Tìm trong hướng dẫn, có dấu hay không đều được"),
        )
        column.addWidget(self._search)
        self._list = QListWidget()
        self._list.setObjectName("list:chapters")
        self._list.setAccessibleName(self.tr("Các mục hướng dẫn"))
        self._list.setWordWrap(True)
        self._page = GuidePage(self._folder)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._list)
        splitter.addWidget(self._page)
        splitter.setSizes([250, 700])
        splitter.setStretchFactor(1, 1)
        column.addWidget(splitter, 1)
        row = QHBoxLayout()
        self._found = label(role="quiet")
        row.addWidget(self._found, 1)
        close = button(self.tr("Đóng"), self.close)
        close.setShortcut("Esc")
        row.addWidget(close)
        column.addLayout(row)

    def show_chapter(self, name: str) -> None:
        """Open the page ``name``; an unknown one leaves the guide where it is."""
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self._list.setCurrentRow(row)

    def _fill(self, wanted: str) -> None:
        current = self._current()
        found = [
            chapter for chapter in self._chapters.values() if not wanted or _holds(chapter, wanted)
        ]
        self._list.clear()
        for chapter in found:
            item = QListWidgetItem(chapter.title)
            item.setData(Qt.ItemDataRole.UserRole, chapter.name)
            self._list.addItem(item)
        names = [chapter.name for chapter in found]
        self._list.setCurrentRow(names.index(current) if current in names else 0)
        self._found.setText("" if found else self.tr("Không thấy; hãy thử chữ khác."))

    def _current(self) -> str:
        item = self._list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_chosen(self) -> None:
        chapter = self._chapters.get(self._current())
        if chapter is not None:
            self._page.setMarkdown(chapter.text)
            self._page.mark(self._search.text().strip())

    @Slot(str)
    def _on_sought(self, text: str) -> None:
        self._fill(text.strip())
        self._on_chosen()

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        """Follow a link to another chapter; every other address stays shut."""
        self._search.clear()
        self.show_chapter(link.toString().removesuffix(".md"))


def _holds(chapter: Chapter, wanted: str) -> bool:
    return bool(find_folded(chapter.text.replace("**", ""), wanted))


def show_guide(parent: QWidget, chapter: str = "") -> GuideWindow:
    """Open the guide, or bring the one already open to the front."""
    window = parent.findChild(GuideWindow) or GuideWindow(parent)
    if chapter:
        window.show_chapter(chapter)
    window.show()
    window.raise_()
    window.activateWindow()
    return window
