"""Printing the very PDF the preview shows, in bands: small in memory, the window stays awake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QRect, QSize, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.domain.text import slug
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.widgets.pdf_pages import load_pdf
from ncs_desktop.ui.widgets.progress_strip import ProgressStrip
from ncs_desktop.ui.widgets.room import open_at

RESOLUTION = 300
"""Dots per inch; text stays sharp and a band stays small."""
BAND_HEIGHT = 300
"""Rows of dots drawn in one turn: 3 MB and some 30 ms for an A4 page 300 dpi wide."""


class PrintJob(QObject):
    """Sends the chosen pages to a printer, one band in each turn of the event loop.

    At its end exactly one of ``printed(pages, file or None)``, ``stopped(pages)`` and
    ``failed(problem)`` comes.
    """

    printed = Signal(int, object)
    stopped = Signal(int)
    failed = Signal(object)

    def __init__(self, document: QPdfDocument, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._printer = document, printer
        self._painter = QPainter()
        self._pages = chosen_pages(printer, document.pageCount())
        self._bands = self._draw()
        self._finished = 0
        self._window = PrintWindow(parent)
        self._window.strip.stop_wanted.connect(self.stop)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._draw_band)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.stop)  # no painter outlives its printer

    def begin(self) -> None:
        """Begin to print; where the printer cannot, say so at once."""
        if not self._painter.begin(self._printer):
            self._end()
            self.failed.emit(self._refused())
            return
        self._window.strip.begin(_tr("Đang in…"))
        self._window.open()
        self._turn.start()

    def _refused(self) -> EnvironmentProblem:
        return EnvironmentProblem("ui.printer_failed", name=self._printer.printerName() or "PDF")

    def _draw(self) -> Iterator[None]:
        for index, page in enumerate(self._pages):
            self._window.strip.show_progress(index, len(self._pages), _tr("Đang in…"))
            if index and not self._printer.newPage():
                raise self._refused()
            yield from draw_page(self._document, page, self._painter, self._printer.resolution())
            self._finished = index + 1

    @Slot()
    def _draw_band(self) -> None:
        try:
            next(self._bands)
        except StopIteration:
            self._end()
            sent = self._painter.end() and self._printer.printerState() != _ERROR
            if sent:
                name = self._printer.outputFileName()
                self.printed.emit(self._finished, Path(name) if name else None)
            else:
                self.failed.emit(self._refused())
        except EnvironmentProblem as problem:
            self._end()
            self._printer.abort()
            self._painter.end()
            self.failed.emit(problem)

    @Slot()
    def stop(self) -> None:
        """Print no more; what the printer has not begun is taken back."""
        if self._turn.isActive():
            self._end()
            self._printer.abort()
            self._painter.end()
            self.stopped.emit(self._finished)

    def _end(self) -> None:
        self._turn.stop()
        self._window.hide()
        self._window.setParent(None)
        self._window.deleteLater()


_ERROR = QPrinter.PrinterState.Error


class PrintWindow(QDialog):
    """How far the printing is, before the window the pages came from; closing it stops."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog:printing")
        self.setWindowTitle(_tr("In"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.strip = ProgressStrip()
        QVBoxLayout(self).addWidget(self.strip)
        open_at(self, 460, 0)

    def reject(self) -> None:
        """Take closing as the wish to stop."""
        self.strip.stop_wanted.emit()


class Printing(QObject):
    """The system's print dialog and what follows when it is accepted; signals as of PrintJob.

    The person is asked where the printer holds other paper than A4; where they say no, or close the
    dialog, nothing is printed and nothing told.
    """

    printed = Signal(int, object)
    stopped = Signal(int)
    failed = Signal(object)

    def __init__(
        self, content: bytes, title: str, ask: Ask, parent: QWidget, folder: Path | None = None
    ) -> None:
        """``folder`` is where a PDF goes in whose place no printer was chosen."""
        super().__init__(parent)
        self._parent, self._ask = parent, ask
        self._document = open_pdf(content, self)
        self._printer = _printer_for(self._document, title)
        self.dialog = QPrintDialog(self._printer, parent)
        self.dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
        self.dialog.setMinMax(1, max(self._document.pageCount(), 1))
        self.dialog.accepted.connect(self._on_accepted)
        file = self.dialog.findChild(QLineEdit, "filename")  # Qt's own dialog; Windows asks itself
        if folder is not None and file is not None:
            file.setText(str(folder / f"{slug(title) or 'phieu'}.pdf"))
        self.dialog.setModal(True)
        self.dialog.show()

    @Slot()
    def _on_accepted(self, _printer: QPrinter | None = None) -> None:
        """Print; the dialog's own signal brings the printer along once more."""
        paper = self._printer.pageLayout().pageSize()
        if not is_a4(paper) and not self._wants_other_paper(paper.name()):
            return
        job = PrintJob(self._document, self._printer, self._parent)
        job.printed.connect(self.printed)
        job.stopped.connect(self.stopped)
        job.failed.connect(self.failed)
        job.begin()

    def _wants_other_paper(self, name: str) -> bool:
        text = _tr("Máy in đang đặt giấy {name}, còn giấy tờ theo khổ A4; vẫn in chứ?")
        title, yes = _tr("Khổ giấy"), _tr("Vẫn in")
        return self._ask.confirm(self._parent, title, text.format(name=name), yes)


def sent_sentence(pages: int, target: Path | None = None) -> str:
    """Say that ``pages`` went to the printer, or into which file."""
    if target is not None:
        text = _tr("Đã in {pages} trang ra tệp {name} trong {folder}.")
        return text.format(pages=pages, name=target.name, folder=target.parent)
    return _tr("Đã gửi {pages} trang sang máy in.").format(pages=pages)


def stopped_sentence(pages: int) -> str:
    """Say that the printing was stopped after ``pages``."""
    return _tr("Đã dừng in sau {pages} trang.").format(pages=pages)


def _printer_for(document: QPdfDocument, title: str) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(RESOLUTION)
    printer.setDocName(title or "phieu")
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if document.pageCount():
        size = document.pagePointSize(0)
        if size.width() > size.height():
            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    return printer


def _tr(text: str) -> str:
    return QCoreApplication.translate("Printing", text)


def is_a4(paper: QPageSize) -> bool:
    """Whether ``paper`` is A4, whatever the printer's driver calls it."""
    return paper.isEquivalentTo(QPageSize(QPageSize.PageSizeId.A4))


def open_pdf(content: bytes, parent: QObject) -> QPdfDocument:
    """Return a loaded document that lives as long as ``parent``."""
    document = QPdfDocument(parent)
    load_pdf(document, content)
    return document


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, from 0: those of every range asked for, all where none was."""
    ranges = printer.pageRanges()
    return [page for page in range(count) if ranges.isEmpty() or ranges.contains(page + 1)]


def draw_page(
    document: QPdfDocument, page: int, painter: QPainter, resolution: int
) -> Iterator[None]:
    """Draw one page at its true size, one band at each step."""
    points: QSizeF = document.pagePointSize(page)
    whole = QSize(round(points.width() * resolution / 72), round(points.height() * resolution / 72))
    for top in range(0, whole.height(), BAND_HEIGHT):
        band = QRect(0, top, whole.width(), min(BAND_HEIGHT, whole.height() - top))
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(whole)
        options.setScaledClipRect(band)
        painter.drawImage(band, document.render(page, band.size(), options))
        yield
