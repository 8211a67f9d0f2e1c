"""The neutral document: styled text, grids and page furniture, on paper of a given size.

Composers build it from the field's objects; writers turn it into PDF and Word and know nothing of
forms. All lengths are millimetres, all sizes and line heights points. Lines have an exact height,
so that our PDF, Word and LibreOffice break pages at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from ncs_desktop.domain.blocks import Run


class Align(StrEnum):
    """Horizontal alignment of a text."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Format:
    """How a text is set; ``style`` names the real Word style the paragraph gets.

    ``line_height`` is exact, in pt. Indents are in mm from the left edge of the text area;
    ``first_indent`` may be negative for a hanging marker. ``before``/``after`` are pt and add up
    between neighbours (no collapsing). ``widows`` lets a page end after the first line or begin
    with the last one: for cells, where LibreOffice heeds neither.
    """

    style: str = "Nội dung"
    align: Align = Align.JUSTIFY
    size: float = 13.0
    line_height: float = 17.0
    before: float = 0.0
    after: float = 0.0
    left_indent: float = 0.0
    first_indent: float = 0.0
    keep_with_next: bool = False
    keep_lines: bool = False
    widows: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of runs.

    ``marker`` is printed at the first line's indent and the text starts at ``left_indent``
    (hanging list item). ``leader`` draws a dotted line from the end of the text to the right edge.
    ``anchor`` is the key of the field or section it shows, for jumping from preview to editor.
    """

    runs: tuple[Run, ...] = ()
    format: Format = Format()
    marker: str = ""
    leader: bool = False
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A short solid line, centred in its column: under the motto, under an agency's name."""

    width: float
    before: float = 1.0
    after: float = 3.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; spanned-over cells are left out of their rows."""

    content: tuple[Element, ...] = ()
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``keep_with_next`` binds it to the row (or text) after it.

    A row never splits over pages unless it is taller than a page or ``may_split`` allows it.
    """

    cells: tuple[Cell, ...]
    keep_with_next: bool = False
    minimum_height: float = 0.0
    may_split: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns of ``widths`` mm; the first ``header_rows`` repeat on every page."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    header_rows: int = 0
    borders: bool = True
    padding: float = 1.9
    """Left and right inside every cell, mm."""


Element: TypeAlias = "Text | Rule | PageBreak | Grid"


class PageNumbers(StrEnum):
    """Where page numbers stand."""

    NONE = "none"
    FOOTER_OF_TOTAL = "footer_of_total"
    """``n/m`` at the right of the footer, the furniture's text at its left."""
    TOP_CENTER = "top_center"
    """NĐ 30/2020: centred in the top margin, none on page 1."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page around the text; ``watermark`` marks a draft."""

    numbers: PageNumbers = PageNumbers.NONE
    footer: str = ""
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper and margins in mm; the default is the phiếu's A4 portrait."""

    width: float = 210.0
    height: float = 297.0
    top: float = 20.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 20.0

    @property
    def text_width(self) -> float:
        """Width of the text area, mm."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the text area, mm."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Document:
    """One document; ``title`` and ``keywords`` are properties of the file, never on the paper."""

    title: str
    body: tuple[Element, ...]
    paper: Paper = field(default_factory=Paper)
    furniture: Furniture = field(default_factory=Furniture)
    keywords: str = ""
