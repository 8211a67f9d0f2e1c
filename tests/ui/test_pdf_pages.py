"""Pages of a PDF in memory: laid out anew they stand at their place, with one buffer each time."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
