"""The pages of a PDF held in memory, shown under each other."""

from __future__ import annotations

from itertools import cycle

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

_MARKS = 64
"""So many requests that only mark a moment are told apart from each other."""


def load_pdf(document: QPdfDocument, content: bytes) -> None:
    """Load ``content``; the document reads from it as long as it shows it."""
    earlier = document.findChildren(QBuffer)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    for one in earlier:
        one.deleteLater()


class PdfPages(QPdfView):
    """Shows all pages at the width there is, and keeps its place when they are laid out anew.

    Documents belong to ``parent``: as a child of the view one would go when the view is half gone,
    and tell it so, which ends the process.

    Pages are drawn by a thread, in the order they were asked for. One that is being drawn while
    another content is loaded would be kept by Qt's view as if it were new, and one asked for
    during the loading of its document would never come. So each content has a document of its own,
    and a request for a pixel or so marks where the old pages end: when that is answered, what was
    drawn until then is forgotten, and with it the documents before.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = parent
        self._left: list[QPdfDocument] = []
        self._marks, self._mark = cycle(range(1, _MARKS + 1)), 0
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setDocument(QPdfDocument(parent))
        renderer = self.findChild(QPdfPageRenderer)
        assert renderer is not None
        self._renderer: QPdfPageRenderer = renderer
        renderer.pageRendered.connect(self._on_rendered)

    def show_pdf(self, content: bytes) -> None:
        """Show ``content`` where the pages before it stood."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self._left.append(self.document())
        document = QPdfDocument(self._holder)
        load_pdf(document, content)
        self.setDocument(document)
        self._mark = self._renderer.requestPage(0, QSize(1, next(self._marks)))
        bar.setValue(place)

    def _on_rendered(
        self, _page: int, _size: QSize, _image: object, _options: object, number: int
    ) -> None:
        """Once what was shown before is through, draw the pages anew and let it go."""
        if number != self._mark:
            return
        for document in self._left:
            document.deleteLater()
        self._left.clear()
        document = self.document()
        document.statusChanged.emit(document.status())
