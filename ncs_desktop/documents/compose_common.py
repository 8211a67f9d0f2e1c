"""What every composer needs: set lines, measured widths, and blocks bound to what follows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ncs_desktop.documents.layout.fonts import UNITS, scale
from ncs_desktop.documents.page import Align, Cell, Element, Format, Grid, Row, Text
from ncs_desktop.domain.blocks import Run

POINTS_PER_MM = 72 / 25.4
SIGNING_ROOM = 32.0
"""Room for a signature and a seal, mm; never less than 30."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide ``text`` is on one line, mm."""
    return scale(bold, False, size).units(text) / UNITS / POINTS_PER_MM


def line(
    text: str,
    format: Format,
    *,
    bold: bool = False,
    italic: bool = False,
    anchor: str | None = None,
) -> Text:
    """Return a paragraph of one run."""
    return Text((Run(text, bold=bold, italic=italic),) if text else (), format, anchor=anchor)


def balanced(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return ``text`` with line feeds that make its lines in ``width`` mm about equally long.

    The upper lines may be a little longer. For names and titles in the middle of a column, which
    look broken when one word is left over.
    """
    words = text.split()
    wide = width - 0.5
    count = len(_filled(words, size, wide, bold))
    if count < 2:
        return " ".join(words)
    least, most = wide / count / 1.5, wide
    while most - least > 0.5:
        middle = (least + most) / 2
        if len(_filled(words, size, middle, bold)) <= count:
            most = middle
        else:
            least = middle
    return "\n".join(_filled(words, size, most + 0.3 * (wide - most), bold))


def _filled(words: Sequence[str], size: float, width: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and text_width(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def one_line(text: str) -> str:
    """Return ``text`` with every stretch of white space a single space."""
    return " ".join(text.split())


def tidy_lines(runs: Iterable[Run]) -> tuple[tuple[Run, ...], ...]:
    """Return the visible lines of ``runs``: split at line breaks, outer white space removed.

    Blanks a person typed to move text about would print as crooked lines or empty paragraphs; the
    words themselves are never touched.
    """
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.replace("\t", " ").split("\n")
        lines[-1].append(run.with_text(first))
        lines.extend([run.with_text(part)] for part in rest)
    return tuple(tidy for tidy in map(_trim, lines) if tidy)


def _trim(runs: Sequence[Run]) -> tuple[Run, ...]:
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = kept[0].with_text(kept[0].text.lstrip())
        kept[-1] = kept[-1].with_text(kept[-1].text.rstrip())
    return tuple(kept)


def anchored(elements: Sequence[Element], key: str) -> tuple[Element, ...]:
    """Return ``elements`` with ``key`` as the anchor of the first text in them."""
    marked = list(elements)
    for index, element in enumerate(marked):
        if isinstance(element, Text):
            marked[index] = replace(element, anchor=key)
            break
        if isinstance(element, Grid) and element.rows and element.rows[0].cells:
            marked[index] = _anchored_grid(element, key)
            break
    return tuple(marked)


def _anchored_grid(grid: Grid, key: str) -> Grid:
    row, *rows = grid.rows
    cell, *cells = row.cells
    content = anchored(cell.content, key) or (Text(anchor=key),)
    row = replace(row, cells=(replace(cell, content=content), *cells))
    return replace(grid, rows=(row, *rows))


def bind_to_next(elements: Sequence[Element], count: int = 2) -> tuple[Element, ...]:
    """Return ``elements`` whose last ``count`` lines or rows stay with what follows them."""
    bound = list(elements)
    for index in range(len(bound) - 1, -1, -1):
        if count <= 0:
            break
        element = bound[index]
        if isinstance(element, Text):
            bound[index] = replace(element, format=replace(element.format, keep_with_next=True))
            count -= 1
        elif isinstance(element, Grid):
            first = max(len(element.rows) - count, 0)
            kept = tuple(replace(row, keep_with_next=True) for row in element.rows[first:])
            bound[index] = replace(element, rows=(*element.rows[:first], *kept))
            count -= len(element.rows)
    return tuple(bound)


def text_cell(
    text: str, format: Format, *, bold: bool = False, columns: int = 1, rows: int = 1
) -> Cell:
    """Return a cell with a paragraph for every line of ``text``."""
    lines = [one_line(part) for part in text.split("\n")]
    return Cell(tuple(line(part, format, bold=bold) for part in lines if part), columns, rows)


PLAIN = Format("Nội dung", Align.LEFT, 12.0, 15.5, after=3.0)
"""A paragraph of the sheets that are our own."""
_TABLE_CELL = Format("Ô bảng", Align.LEFT, 11.0, 14.0, 1.0, 1.0, widows=True)


def table_cell(
    text: str, align: Align = Align.LEFT, *, bold: bool = False, columns: int = 1
) -> Cell:
    """Return a cell of a table on a sheet of our own."""
    return text_cell(text, replace(_TABLE_CELL, align=align), bold=bold, columns=columns)


def table_header(texts: Iterable[str]) -> Row:
    """Return the head of such a table, which stays with the row below it."""
    cells = (table_cell(text, Align.CENTER, bold=True) for text in texts)
    return Row(tuple(cells), keep_with_next=True)


def with_total(rows: Sequence[Row], total: Row) -> tuple[Row, ...]:
    """Return ``rows`` and their row of totals, which keeps the last two of them on its page."""
    kept = (replace(row, keep_with_next=True) for row in rows[-2:])
    return (*rows[:-2], *kept, total)


def shared_width(width: float, *shares: float) -> tuple[float, ...]:
    """Return columns (mm) of about these shares of ``width`` that fill it to the tenth."""
    widths = [round(width * share, 1) for share in shares]
    widths[-1] = round(width - sum(widths[:-1]), 1)
    return tuple(widths)


def side_by_side(
    widths: Sequence[float], *cells: Sequence[Element], minimum_height: float = 0.0
) -> Grid:
    """Return one row of borderless cells without padding: a head, a signature block."""
    row = Row(tuple(Cell(tuple(cell)) for cell in cells), minimum_height=minimum_height)
    return Grid(tuple(widths), (row,), borders=False, padding=0.0)


def centered(size: float, line_height: float, before: float = 0.0, after: float = 0.0) -> Format:
    """Return the format of a centred line of a head, a title or a signature block."""
    return Format("Căn giữa", Align.CENTER, size, line_height, before, after, keep_with_next=True)
