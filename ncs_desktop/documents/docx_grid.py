"""Grids as Word tables: which become one table, where its columns end, which rows may split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, takewhile

from ncs_desktop.documents.layout.prepare import SEPARATOR
from ncs_desktop.documents.layout.tables import BORDER, grid_slabs
from ncs_desktop.documents.layout.units import MM, points, twips
from ncs_desktop.documents.page import Element, Grid, Row, Text

_LONG_ROW = 1_200
"""Characters from which a row is measured for being taller than a page."""
_NARROWEST = 100
"""Borders of columns nearer to each other than this, in twips, become one."""


def bound_grids(
    grid: Grid, following: Sequence[Element]
) -> Iterator[tuple[tuple[Element, ...], Grid]]:
    """Yield the borderless grids that ``grid`` is bound to, each with the empty lines above it.

    LibreOffice binds a row to the next one, but no table to what follows it: a signature block
    would stand alone on its page. What is bound therefore becomes one table.
    """
    width = sum(grid.widths)
    while grid.rows[-1:] and grid.rows[-1].keep_with_next:
        gap = tuple(takewhile(_is_bound_blank, following))
        lower, *following = following[len(gap) :] or (SEPARATOR,)
        if not isinstance(lower, Grid) or lower.borders or abs(sum(lower.widths) - width) > 0.05:
            return
        yield gap, lower
        grid = lower


def _is_bound_blank(element: Element) -> bool:
    return isinstance(element, Text) and not element.runs and element.format.keep_with_next


def with_tall_heads(grid: Grid) -> Grid:
    """Return ``grid`` whose repeated rows say their height.

    Where LibreOffice repeats them, it forgets what a cell over several of them needs.
    """
    heads = grid.rows[: grid.header_rows]
    if all(cell.rows == 1 for row in heads for cell in row.cells):
        return grid
    slabs = grid_slabs(replace(grid, rows=heads), 0.0)
    heights = [slab.height for slab in slabs]
    heights[-1] -= BORDER if grid.borders else 0.0
    told = (
        replace(row, minimum_height=height / MM) for row, height in zip(heads, heights, strict=True)
    )
    return replace(grid, rows=(*told, *grid.rows[grid.header_rows :]))


def column_ends(grids: Iterable[Grid]) -> list[int]:
    """Return the x of all column borders of one table of ``grids``, in twips, from 0 on."""
    ends: list[int] = []
    for grid in grids:
        ends = sorted({*ends, *own_ends(grid, ends)})
    return ends


def own_ends(grid: Grid, ends: Sequence[int]) -> list[int]:
    """Return where the columns of ``grid`` end in a table whose columns end at ``ends``."""
    own = (twips(points(end)) for end in accumulate(grid.widths, initial=0.0))
    return [_snapped(end, ends) for end in own]


def _snapped(end: int, ends: Sequence[int]) -> int:
    nearest = min(ends, key=lambda other: abs(other - end), default=end)
    return nearest if abs(nearest - end) < _NARROWEST else end


def splitting_rows(grid: Grid, page_height: float) -> set[int]:
    """Return the rows taller than a page: the only ones that may split over pages."""
    if max((_length(row) for row in grid.rows), default=0) < _LONG_ROW:
        return set()
    slabs = grid_slabs(grid, 0.0)
    room = page_height - sum(slab.height for slab in slabs[: grid.header_rows])
    return {index for index, slab in enumerate(slabs) if slab.height > room}


def _length(row: Row) -> int:
    return sum(_content_length(cell.content) for cell in row.cells)


def _content_length(elements: Iterable[Element]) -> int:
    length = 0
    for element in elements:
        if isinstance(element, Text):
            length += 40 + sum(len(run.text) for run in element.runs)
        elif isinstance(element, Grid):
            length += sum(map(_length, element.rows))
    return length
