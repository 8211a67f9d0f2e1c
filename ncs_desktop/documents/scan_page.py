"""A photographed or scanned page (JPEG, PNG) as a one-page PDF on A4; the same input, same bytes.

Signed papers come back as pictures as often as PDF; the bundle keeps each scan as ``da-ky.pdf``.
"""

from __future__ import annotations

import io

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
    if content.startswith(_PDF):
        return content
    if not content.startswith((_JPEG, _PNG)):
        raise InputProblem("scan.kind", name=name)
    try:
        picture = ImageReader(io.BytesIO(content))
        width, height = picture.getSize()
        if not 0 < width * height <= _MOST_PIXELS:
            raise InputProblem("scan.unreadable", name=name)
        return _page(picture, width, height)
    except (OSError, ValueError, SyntaxError) as problem:
        raise InputProblem("scan.unreadable", name=name) from problem


def _page(picture: ImageReader, width: float, height: float) -> bytes:
    paper = landscape(A4) if width > height else A4
    room = (paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN)
    scale = min(room[0] / width, room[1] / height)
    shown = (width * scale, height * scale)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=paper, invariant=1, pageCompression=1)
    canvas.drawImage(
        picture, (paper[0] - shown[0]) / 2, (paper[1] - shown[1]) / 2, shown[0], shown[1]
    )
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
