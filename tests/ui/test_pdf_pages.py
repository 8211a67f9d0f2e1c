"""Pages of a PDF in memory: laid out anew they stand at their place, with one buffer each time."""

from __future__ import annotations

import io

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget
from reportlab.pdfgen.canvas import Canvas

from ncs_desktop.documents.page import Document, PageBreak, Text
from ncs_desktop.documents.write_pdf import write_pdf
from ncs_desktop.domain.blocks import Run
from ncs_desktop.ui.widgets.pdf_pages import PdfPages


def _pdf(pages: int) -> bytes:
    body = tuple(
        part for number in range(pages) for part in (Text((Run(f"Trang {number}"),)), PageBreak())
    )
    return write_pdf([Document("Phiếu", body[:-1])]).content


def test_pages_laid_out_anew_keep_their_place_and_let_the_old_go(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    pages = PdfPages(holder)
    QVBoxLayout(holder).addWidget(pages)
    holder.resize(400, 300)
    holder.show()
    pages.show_pdf(_pdf(3))
    bar = pages.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500, timeout=10_000)
    bar.setValue(420)
    for _ in range(3):
        pages.show_pdf(_pdf(4))
    assert pages.document().pageCount() == 4
    assert bar.value() == 420
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(pages.document().findChildren(QBuffer)) == 1
    holder.close()


def _plain(shade: float, rings: int) -> bytes:
    """Return three low pages of one shade, slow to draw where they have many rings."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(600, 300))
    for _ in range(3):
        canvas.setFillGray(shade)
        canvas.rect(0, 0, 600, 300, fill=1)
        for number in range(rings):
            canvas.circle(300, 150, 20 + number % 100)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_no_page_of_what_was_shown_before_stays_and_none_stays_empty(qtbot):
    """Fast typing lays out anew while pages are still being drawn."""
    before, after = _plain(0.0, 400), _plain(0.5, 0)
    holder = QWidget()
    qtbot.addWidget(holder)
    pages = PdfPages(holder)
    holder.resize(500, 800)
    pages.resize(500, 800)
    holder.show()

    def shown() -> set[int]:
        image = pages.viewport().grab().toImage()
        return {image.pixelColor(30, y).lightness() for y in (100, 380, 620)}

    for tick in range(24):
        pages.show_pdf(before)
        for _ in range(tick):
            QCoreApplication.processEvents()
        pages.show_pdf(after)
        qtbot.waitUntil(lambda: shown() == {128}, timeout=10_000)
    qtbot.waitUntil(lambda: len(holder.findChildren(QPdfDocument)) == 1)
    holder.close()
