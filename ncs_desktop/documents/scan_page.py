"""A photographed or scanned page (JPEG, PNG) as a one-page PDF on A4; the same input, same bytes.

Signed papers come back as pictures as often as PDF; the bundle keeps each scan as ``da-ky.pdf``.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ncs_desktop.domain.errors import InputProblem

_JPEG, _PNG, _PDF = b"\xff\xd8\xff", b"\x89PNG\r\n", b"%PDF-"
_MOST_PIXELS = 120_000_000
"""A0 at 300 dpi; more is no page but a way to fill the memory."""
_MARGIN = 14.0


def scan_to_pdf(content: bytes, name: str) -> bytes:
    """Return ``content`` as PDF: a PDF as it is, a picture fitted to an A4 page (margin in pt).

    Raises InputProblem ``scan.kind`` for other files and ``scan.unreadable`` for a broken picture.
    """
    return content if content.startswith(_PDF) else scans_to_pdf([(name, content)])


def scans_to_pdf(pictures: Sequence[tuple[str, bytes]]) -> bytes:
    """Return pictures (name, content) as one PDF, a page each; raises as ``scan_to_pdf`` does."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1)
    for name, content in pictures:
        if content.startswith(_PDF) and len(pictures) > 1:
            raise InputProblem("scan.several", name=name)
        if not content.startswith((_JPEG, _PNG)):
            raise InputProblem("scan.kind", name=name)
        try:
            picture = ImageReader(io.BytesIO(content))
            width, height = picture.getSize()
            if not 0 < width * height <= _MOST_PIXELS:
                raise InputProblem("scan.unreadable", name=name)
            _draw_page(canvas, picture, width, height)
        except (OSError, ValueError, SyntaxError) as problem:
            raise InputProblem("scan.unreadable", name=name) from problem
    canvas.save()
    return buffer.getvalue()


def _draw_page(canvas: Canvas, picture: ImageReader, width: float, height: float) -> None:
    paper = landscape(A4) if width > height else A4
    canvas.setPageSize(paper)
    room = (paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN)
    scale = min(room[0] / width, room[1] / height)
    shown = (width * scale, height * scale)
    canvas.drawImage(
        picture, (paper[0] - shown[0]) / 2, (paper[1] - shown[1]) / 2, shown[0], shown[1]
    )
    canvas.showPage()
