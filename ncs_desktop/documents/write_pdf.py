"""Documents to one PDF: pages drawn from the layout, fonts embedded as subsets, same bytes always.

Text is drawn as text and never read as markup. A character the fonts lack is drawn as □ while the
text layer keeps the character itself (``ActualText``), so no word is lost to search or copying.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from ncs_desktop.documents.layout.fonts import REPLACEMENT, Face, face, is_invisible
from ncs_desktop.documents.layout.lines import Line, Span, Style, count_spaces, style_of
from ncs_desktop.documents.layout.pages import Page, lay_out
from ncs_desktop.documents.layout.prepare import prepare
from ncs_desktop.documents.layout.slabs import Stroke
from ncs_desktop.documents.layout.units import MM, points
from ncs_desktop.documents.page import Document
from ncs_desktop.domain.text import nfc

_CREATOR = "ncs-desktop"
_LEADER = "[0 3] 0 d 1 J 0.9 w"
_ODD = "?"
_WATERMARK_SIZE = 96.0
_WATERMARK_GREY = 0.88
_WATERMARK_DIRECTION = (0.6428, 0.766)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the text of ``key`` starts: page counted over the whole file, mm from its top."""

    key: str
    page_index: int
    top_mm: float


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF file; ``pages`` counts the pages of each document in it."""

    content: bytes
    pages: tuple[int, ...]
    anchors: tuple[Anchor, ...]


def count_pages(document: Document) -> int:
    """Return how many pages ``document`` takes, without drawing them."""
    return len(lay_out(prepare(document)))


def write_pdf(
    documents: Sequence[Document],
    watch: Callable[[Sequence[Document]], Iterable[Document]] = iter,
) -> Pdf:
    """Return one PDF of all ``documents``, each with its own paper and page numbers.

    ``watch`` passes them through one by one, so that a caller can tell how far it is, or stop.
    """
    buffer = io.BytesIO()
    keywords = ", ".join(document.keywords for document in documents if document.keywords)
    canvas = _canvas(buffer, documents[0].title if documents else "", keywords)
    ink = _Ink(canvas)
    counts: list[int] = []
    anchors: list[Anchor] = []
    for document in map(prepare, watch(documents)):
        pages = lay_out(document)
        for index, page in enumerate(pages, sum(counts)):
            anchors += [Anchor(key, index, round(top / MM, 2)) for key, top in page.anchors]
            canvas.setPageSize((points(document.paper.width), points(document.paper.height)))
            canvas.addLiteral(_page_content(document, page, ink))
            canvas.showPage()
        counts.append(len(pages))
    canvas.save()
    return Pdf(buffer.getvalue(), tuple(counts), tuple(anchors))


def _canvas(buffer: io.BytesIO, title: str, keywords: str) -> Canvas:
    """Return an empty PDF whose bytes depend on nothing but what will be drawn."""
    rl_config.useA85 = 0
    body_font = face(False, False).font
    registerFont(body_font)
    canvas = Canvas(
        buffer,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 5),
        initialFontName=body_font.fontName,
    )
    canvas.setTitle(nfc(title))
    canvas.setCreator(_CREATOR)
    canvas.setProducer(_CREATOR)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setKeywords(nfc(keywords))
    return canvas


def _page_content(document: Document, page: Page, ink: _Ink) -> str:
    height = points(document.paper.height)
    parts = []
    if document.furniture.watermark:
        parts.append(ink.watermark(document))
    for x, y, mark in page.marks:
        if isinstance(mark, Stroke):
            parts.append(_stroke(mark, x, height - y))
        else:
            parts.append(ink.line(mark, x, height - y))
    return "\n".join(parts)


def _stroke(stroke: Stroke, x: float, y: float) -> str:
    return (
        f"{stroke.thickness:g} w {x + stroke.x1:.2f} {y - stroke.y1:.2f} m "
        f"{x + stroke.x2:.2f} {y - stroke.y2:.2f} l S"
    )


class _Codes(dict[int, str]):
    """Characters of one face → hexadecimal codes of its first subset; ``_ODD`` for all others."""

    def __init__(self, of: Face, canvas: Canvas) -> None:
        super().__init__()
        self._face, self._canvas = of, canvas

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if not self._face.has(character):
            self[code] = _ODD
        else:
            subset, data = self.place(character)
            self[code] = _ODD if subset else data
        return self[code]

    def place(self, character: str) -> tuple[int, str]:
        """Return subset and hexadecimal code of a character the font has."""
        ((subset, data),) = self._face.font.splitString(character, self._canvas._doc)
        return subset, data.hex()

    def name(self, subset: int) -> str:
        """Return the name the font subset has inside the file."""
        name: str = self._face.font.getSubsetInternalName(subset, self._canvas._doc)
        return name


@dataclass(slots=True)
class _Ink:
    """Turns lines into PDF operators with the font subsets of one file."""

    canvas: Canvas
    codes: dict[str, _Codes] = field(default_factory=dict)

    def line(self, line: Line, x: float, y: float) -> str:
        """Return the operators of a line whose top left corner is at ``x``, ``y``."""
        base = y - line.y
        parts = []
        if line.head is not None:
            span, head_x = line.head
            parts.append(self._text((span,), x + head_x, base, 0.0))
        if line.spans:
            parts.append(self._text(line.spans, x + line.x, base, line.stretch))
            if any(span.style.underline for span in line.spans):
                parts.append(_underlines(line, x + line.x, base))
        if line.leader is not None:
            start, end = line.leader
            parts.append(f"q {_LEADER} {x + start:.2f} {base:.2f} m {x + end:.2f} {base:.2f} l S Q")
        return "\n".join(parts)

    def _text(self, spans: tuple[Span, ...], x: float, y: float, stretch: float) -> str:
        parts = [f"BT {x:.3f} {y:.3f} Td {stretch:.4f} Tw"]
        for span in spans:
            if len(spans) > 1:
                parts.append(f"{span.style.rise:.2f} Ts")
            parts.append(self.show(span.style, span.text))
        parts.append("0 Ts ET" if len(spans) > 1 else "ET")
        return " ".join(parts)

    def show(self, style: Style, text: str) -> str:
        """Return the operators that show ``text`` at the current point."""
        codes = self.codes.get(style.face.name)
        if codes is None:
            codes = self.codes[style.face.name] = _Codes(style.face, self.canvas)
        shown = text.translate(codes)
        if _ODD not in shown:
            return f"{codes.name(0)} {style.size:g} Tf <{shown}> Tj"
        return " ".join(self._show_odd(codes, style, text))

    def _show_odd(self, codes: _Codes, style: Style, text: str) -> Iterator[str]:
        for known, group in groupby(text, style.face.has):
            part = "".join(group)
            if known:
                for subset, placed in groupby(map(codes.place, part), itemgetter(0)):
                    shown = "".join(code for _, code in placed)
                    yield f"{codes.name(subset)} {style.size:g} Tf <{shown}> Tj"
                continue
            boxes = "".join(REPLACEMENT for character in part if not is_invisible(character))
            if boxes:
                actual = b"\xfe\xff" + part.encode("utf-16-be")
                yield f"/Span <</ActualText <{actual.hex()}>>> BDC"
                yield self.show(style, boxes)
                yield "EMC"

    def watermark(self, document: Document) -> str:
        """Return the draft mark: large, grey, slanted, behind the text and out of its layer."""
        paper, text = document.paper, document.furniture.watermark
        cosine, sine = _WATERMARK_DIRECTION
        style = style_of(True, False, size=_WATERMARK_SIZE)
        half = style.width(text) / 2
        x = points(paper.width) / 2 - half * cosine + _WATERMARK_SIZE / 3 * sine
        y = points(paper.height) / 2 - half * sine - _WATERMARK_SIZE / 3 * cosine
        return (
            f"q {_WATERMARK_GREY} g {cosine} {sine} {-sine} {cosine} {x:.2f} {y:.2f} cm "
            f"/Span <</ActualText <feff>>> BDC BT {self.show(style, text)} ET EMC Q"
        )


def _underlines(line: Line, x: float, y: float) -> str:
    parts = []
    for span in line.spans:
        width = span.style.width(span.text) + line.stretch * count_spaces(span.text)
        if span.style.underline:
            low = y + span.style.rise - span.style.size * 0.12
            thick = span.style.size * 0.05
            parts.append(f"{thick:.2f} w {x:.2f} {low:.2f} m {x + width:.2f} {low:.2f} l S")
        x += width
    return "\n".join(parts)
