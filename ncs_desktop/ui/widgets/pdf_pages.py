"""The pages of a PDF held in memory, shown under each other."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget


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

    The document belongs to ``parent``: as a child of the view it would go when the view is half
    gone, and tell it so, which ends the process.
    """

    def __init__(self, parent: QWidget) -> None:
        document = QPdfDocument(parent)
        super().__init__(parent)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setDocument(document)

    def show_pdf(self, content: bytes) -> None:
        """Show ``content`` where the pages before it stood."""
        bar = self.verticalScrollBar()
        place = bar.value()
        load_pdf(self.document(), content)
        bar.setValue(place)
