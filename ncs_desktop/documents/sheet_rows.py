"""Where the cells of a sheet stand, and how tall its rows must be for nothing to hide in print.

Excel does not grow a row by itself when a file is opened, shows at most 409 pt of it and takes at
most 32,767 characters into a cell. Heights are therefore computed from the text, and a row that
would be taller is continued in the rows below it, so that every word is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from ncs_desktop.documents.compose_common import text_width
from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, SheetRow

TALLEST_ROW = 400.0
"""Excel stops at 409 pt; a little less leaves room for its own rounding."""
LONGEST_TEXT = 32_767
LINE_FACTOR = 1.24
"""Height kept for a line of Times New Roman over its size: 1.15 by its metrics and 8 % to spare."""
_CELL_GAP = 1.4
"""What Excel keeps free left and right inside a cell, mm."""
_SAFETY = 1.02
_FILLED = 0.8
"""How full a line of a word without blanks is at least: it breaks at its hyphens and slashes."""
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One row of the sheet: (column from 1, cell), its height in pt, and the part it belongs to."""

    cells: tuple[tuple[int, SheetCell], ...]
    height: float
    part: str


def fitted(sheet: Sheet) -> Sheet:
    """Return ``sheet`` with columns wide enough for their numbers, which show as ### otherwise."""
    longest: dict[int, tuple[str, float]] = {}
    for row in (*sheet.body, *((sheet.total,) if sheet.total else ())):
        column = 0
        for cell in row:
            value = cell.value.value if isinstance(cell.value, ColumnSum) else cell.value
            if cell.columns == 1 and value is not None and not isinstance(value, str):
                text = f"{value:,}"
                if len(text) > len(longest.get(column, ("", 0.0))[0]):
                    longest[column] = (text, cell.size)
            column += cell.columns
    needed = {
        column: text_width(text, size, bold=True) * _SAFETY + 2 * _CELL_GAP
        for column, (text, size) in longest.items()
    }
    widths = (max(width, needed.get(column, 0.0)) for column, width in enumerate(sheet.widths))
    return replace(sheet, widths=tuple(widths))


def place_rows(sheet: Sheet) -> tuple[PlacedRow, ...]:
    """Return every row of ``sheet`` from the first on; parts: above, header, body, total, below."""
    placed: list[PlacedRow] = []
    placed += _place(sheet.above, "above", sheet.widths)
    placed += _place(sheet.header, "header", sheet.widths)
    placed += _place(sheet.body, "body", sheet.widths)
    placed += _place((sheet.total,) if sheet.total else (), "total", sheet.widths)
    placed += _place(sheet.below, "below", sheet.widths)
    return tuple(placed)


def _place(rows: Sequence[SheetRow], part: str, widths: Sequence[float]) -> Iterator[PlacedRow]:
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        column, cells = 1, []
        for cell in row:
            while (index, column) in taken:
                column += 1
            taken |= {
                (index + down, column + right)
                for down in range(cell.rows)
                for right in range(cell.columns)
            }
            cells.append((column, cell))
            column += cell.columns
        yield from _continued(cells, part, widths)


def _continued(
    cells: Sequence[tuple[int, SheetCell]], part: str, widths: Sequence[float]
) -> Iterator[PlacedRow]:
    """Yield the row, and as many rows below it as its longest text needs."""
    pieces = [(column, cell, _pieces(cell, _room(column, cell, widths))) for column, cell in cells]
    for turn in range(max((len(texts) for _, _, texts in pieces), default=1)):
        shown = []
        for column, cell, texts in pieces:
            if isinstance(cell.value, str):
                value = texts[turn] if turn < len(texts) else ""
                shown.append((column, replace(cell, value=value)))
            else:
                shown.append((column, cell if turn == 0 else replace(cell, value=None)))
        yield PlacedRow(tuple(shown), _row_height(shown, widths), part)


def _room(column: int, cell: SheetCell, widths: Sequence[float]) -> float:
    return max(sum(widths[column - 1 : column - 1 + cell.columns]) - _CELL_GAP, 2.0)


def _row_height(cells: Sequence[tuple[int, SheetCell]], widths: Sequence[float]) -> float:
    heights = [15.0]
    for column, cell in cells:
        if isinstance(cell.value, str) and cell.value:
            count = len(wrapped(cell.value, _room(column, cell, widths), cell.size, cell.bold))
            heights.append((count * cell.size * LINE_FACTOR + 3.0) / cell.rows)
    return min(float(ceil(max(heights))), 409.0)


def _pieces(cell: SheetCell, room: float) -> tuple[str, ...]:
    """Return the text of a cell cut into parts that one row can show."""
    if not isinstance(cell.value, str):
        return ("",)
    lines = wrapped(cell.value, room, cell.size, cell.bold)
    most = max(int((TALLEST_ROW - 3.0) / (cell.size * LINE_FACTOR)), 1)
    pieces, piece, used = [], "", 0
    for text in lines:
        if piece and (used == most or len(piece) + len(text) > LONGEST_TEXT):
            pieces.append(piece)
            piece, used = "", 0
        piece += text
        used += 1
    return (*(part.rstrip() for part in pieces), piece)


@lru_cache(2**12)
def wrapped(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Return the lines ``text`` takes in ``room`` mm; joined, they are the text again."""
    lines: list[str] = []
    blank = _width(" ", size, False)
    for paragraph in text.splitlines(keepends=True):
        start, used = len(lines), 0.0
        for word in _WORD.findall(paragraph):
            width = _width(word.rstrip(), size, bold) * _SAFETY
            if len(lines) == start or used + width > room:
                lines += _broken(word, width, room)
                used = _width(lines[-1].rstrip(), size, bold) * _SAFETY
            else:
                lines[-1] += word
                used += width
            used += blank
    return tuple(lines) or ("",)


@lru_cache(2**14)
def _width(word: str, size: float, bold: bool) -> float:
    """Return the width of a word, mm; a table repeats most of its words."""
    return text_width(word, size, bold=bold)


def _broken(word: str, width: float, room: float) -> list[str]:
    if width <= room or len(word) < 2:
        return [word]
    step = max(int(len(word) * room * _FILLED / width), 1)
    return [word[start : start + step] for start in range(0, len(word), step)]
