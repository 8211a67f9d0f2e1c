"""Printing the very PDF the preview shows, in bands, so that a page never takes 140 MB."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QRect, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.widgets.pdf_pages import load_pdf

RESOLUTION = 300
"""Dots per inch; text stays sharp and a band stays small."""
BAND_HEIGHT = 600
"""Rows of dots rendered at a time: about 6 MB for an A4 page 300 dpi wide."""


def print_pdf(parent: QWidget, content: bytes, title: str, ask: Ask) -> QPrintDialog:
    """Open the system's print dialog and print ``content`` when it is accepted.

    The person is asked where the printer holds other paper than A4.
    """
    document = open_pdf(content, parent)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(RESOLUTION)
    printer.setDocName(title or "phieu")
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if document.pageCount():
        size = document.pagePointSize(0)
        if size.width() > size.height():
            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, max(document.pageCount(), 1))
    dialog.accepted.connect(partial(_print, document, printer, partial(_other_paper, parent, ask)))
    dialog.setModal(True)
    dialog.show()
    return dialog


def _print(
    document: QPdfDocument,
    printer: QPrinter,
    other_paper: Callable[[str], bool],
    _accepted: QPrinter | None = None,
) -> None:
    """Print; the dialog's own signal brings the printer along once more."""
    paper = printer.pageLayout().pageSize()
    if is_a4(paper) or other_paper(paper.name()):
        print_pages(document, printer)


def _other_paper(parent: QWidget, ask: Ask, name: str) -> bool:
    text = _tr("Máy in đang đặt giấy {name}, còn giấy tờ theo khổ A4; vẫn in chứ?")
    return ask.confirm(parent, _tr("Khổ giấy"), text.format(name=name), _tr("Vẫn in"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Printing", text)


def is_a4(paper: QPageSize) -> bool:
    """Whether ``paper`` is A4, whatever the printer's driver calls it."""
    return paper.isEquivalentTo(QPageSize(QPageSize.PageSizeId.A4))


def open_pdf(content: bytes, parent: QWidget) -> QPdfDocument:
    """Return a loaded document that lives as long as ``parent``."""
    document = QPdfDocument(parent)
    load_pdf(document, content)
    return document


def print_pages(document: QPdfDocument, printer: QPrinter) -> int:
    """Send the chosen pages to ``printer`` and return how many there were."""
    first = (printer.fromPage() or 1) - 1
    last = (printer.toPage() or document.pageCount()) - 1
    pages = range(max(first, 0), min(last + 1, document.pageCount()))
    painter = QPainter(printer)
    for index, page in enumerate(pages):
        if index:
            printer.newPage()
        draw_page(document, page, painter, printer.resolution())
    painter.end()
    return len(pages)


def draw_page(document: QPdfDocument, page: int, painter: QPainter, resolution: int) -> None:
    """Draw one page at its true size, band by band."""
    points: QSizeF = document.pagePointSize(page)
    whole = QSize(round(points.width() * resolution / 72), round(points.height() * resolution / 72))
    for top in range(0, whole.height(), BAND_HEIGHT):
        band = QRect(0, top, whole.width(), min(BAND_HEIGHT, whole.height() - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        options.setScaledClipRect(band)
        painter.drawImage(band, document.render(page, band.size(), options))
