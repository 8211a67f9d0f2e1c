"""A grid becomes one slab a row: columns, spans, borders, repeated heads, over-tall rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate

from ncs_desktop.documents.layout.slabs import Slab, Stroke, stack
from ncs_desktop.documents.layout.units import points, twips
from ncs_desktop.documents.page import Cell, Grid

BORDER = 0.5
"""Thickness of table borders, pt."""


@dataclass(slots=True)
class _Placed:
    """A cell with the columns and rows it covers and its content."""

    row: int
    rows: int
    left: float
    right: float
    slabs: list[Slab]
    padding: float

    @property
    def height(self) -> float:
        return _height(self.slabs)


def _height(slabs: list[Slab]) -> float:
    return sum(slab.gap + slab.height for slab in slabs)


def grid_slabs(grid: Grid, width: float) -> list[Slab]:
    """Return a slab for every row of ``grid``; ``width`` is not used, a grid has its own."""
    del width
    border = BORDER if grid.borders else 0.0
    cells = _place_cells(grid)
    covering: list[list[_Placed]] = [[] for _ in grid.rows]
    for cell in cells:
        for index in range(cell.row, cell.row + cell.rows):
            covering[index].append(cell)
    slabs = []
    for index, height in enumerate(_row_heights(grid, cells, border)):
        slab = _row_slab(covering[index], index, height, border)
        if index + 1 == len(grid.rows):
            slab.height += border
        else:
            slab.tail = border
        slab.free = index > grid.header_rows and not grid.rows[index - 1].keep_with_next
        if any(cell.row < index for cell in covering[index]):
            slab.free = False
        slab.edge = _edge(grid) if border else None
        slab.may_split = grid.rows[index].may_split
        slabs.append(slab)
    heads = tuple(slabs[: grid.header_rows])
    for slab in slabs[grid.header_rows :]:
        slab.repeated = heads
    return slabs


def _edge(grid: Grid) -> Stroke:
    """Return the border that closes the table where a page ends or starts."""
    return Stroke(0.0, BORDER / 2, points(sum(grid.widths)), BORDER / 2, BORDER)


def column_edges(grid: Grid) -> list[float]:
    """Return the x of all column borders in pt: whole twips, on a grid of 1/10,000 of the table.

    LibreOffice keeps columns as such shares of the table's width; a twip decides where a line ends.
    """
    edges = [twips(points(edge)) for edge in accumulate(grid.widths, initial=0.0)]
    whole = edges[-1] or 1
    return [int(edge * 10_000 / whole + 0.5) * whole // 10_000 / 20 for edge in edges]


def _place_cells(grid: Grid) -> list[_Placed]:
    edges = column_edges(grid)
    taken: set[tuple[int, int]] = set()
    placed = []
    for index, row in enumerate(grid.rows):
        column = 0
        for cell in row.cells:
            while (index, column) in taken:
                column += 1
            if column >= len(grid.widths):
                break
            placed.append(_place_cell(grid, cell, index, column, edges))
            for down in range(cell.rows):
                taken.update((index + down, column + over) for over in range(cell.columns))
            column += cell.columns
    return placed


def _place_cell(grid: Grid, cell: Cell, index: int, column: int, edges: list[float]) -> _Placed:
    left, right = edges[column], edges[min(column + cell.columns, len(edges) - 1)]
    padding = points(grid.padding)
    slabs = stack(cell.content, max(right - left - 2 * padding, 1.0), grid_slabs)
    rows = min(cell.rows, len(grid.rows) - index)
    return _Placed(index, rows, left, right, slabs, padding)


def _row_heights(grid: Grid, cells: list[_Placed], border: float) -> list[float]:
    heights = [points(row.minimum_height) for row in grid.rows]
    for cell in cells:
        if cell.rows == 1:
            heights[cell.row] = max(heights[cell.row], cell.height + border)
    for cell in cells:
        if cell.rows > 1:
            last = cell.row + cell.rows - 1
            missing = cell.height + border - sum(heights[cell.row : last + 1])
            heights[last] += max(missing, 0.0)
    return heights


def _row_slab(cells: list[_Placed], index: int, height: float, border: float) -> Slab:
    """Return row ``index``, crossed by ``cells``, with the content of those that start in it."""
    started = [cell for cell in cells if cell.row == index]
    slab = Slab(height)
    for cell in started:
        _draw_content(slab, cell, border)
    if border:
        strokes = {stroke: None for cell in cells for stroke in _strokes(cell, index, height)}
        slab.marks += [(0.0, 0.0, stroke) for stroke in strokes]
    if all(cell.rows == 1 for cell in cells):
        slab.split = partial(_split_row, started, border)
        slab.least = max((_least(cell.slabs) for cell in started), default=0.0) + border
    return slab


def _least(slabs: list[Slab]) -> float:
    """Return the height of what must stay together at the start of ``slabs``."""
    height = 0.0
    for index, slab in enumerate(slabs):
        if index and slab.free:
            break
        height += slab.gap + slab.height
    return height


def _draw_content(slab: Slab, cell: _Placed, border: float) -> None:
    x, y = cell.left + cell.padding, border
    for strip in cell.slabs:
        y += strip.gap
        slab.marks += [(x + dx, y + dy, mark) for dx, dy, mark in strip.marks]
        slab.anchors += tuple((key, y + dy) for key, dy in strip.anchors)
        y += strip.height


def _strokes(cell: _Placed, index: int, height: float) -> Iterator[Stroke]:
    left, right, top = cell.left, cell.right, BORDER / 2
    bottom = height + top
    yield Stroke(left, top, left, bottom, BORDER)
    yield Stroke(right, top, right, bottom, BORDER)
    if cell.row == index:
        yield Stroke(left, top, right, top, BORDER)
    if cell.row + cell.rows == index + 1:
        yield Stroke(left, bottom, right, bottom, BORDER)


def _split_row(cells: list[_Placed], border: float, room: float) -> tuple[Slab, Slab] | None:
    """Cut a row where ``room`` pt end; None where not even one line of it fits."""
    heads, tails = [], []
    for cell in cells:
        head, tail = _cut(cell.slabs, room - border)
        heads.append(replace(cell, slabs=head))
        tails.append(replace(cell, slabs=tail))
    if not any(cell.slabs for cell in heads) or not any(cell.slabs for cell in tails):
        return None
    index = cells[0].row
    first, rest = (
        _row_slab(part, index, max(cell.height for cell in part) + border, border)
        for part in (heads, tails)
    )
    return first, rest


def _cut(slabs: list[Slab], room: float) -> tuple[list[Slab], list[Slab]]:
    used, cut = 0.0, 0
    for index, slab in enumerate(slabs):
        if index and slab.free:
            cut = index
        used += slab.gap + slab.height
        if used > room:
            break
    else:
        cut = len(slabs)
    rest = slabs[cut:]
    if rest and cut:
        rest = [replace(rest[0], gap=0.0), *rest[1:]]
    return slabs[:cut], rest
