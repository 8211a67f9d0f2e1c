"""What a page is stacked from: slabs, each a line or a table row with its drawing.

A page may break before a slab whose ``free`` is true. The gap above a slab vanishes at the top of
a page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from ncs_desktop.documents.layout.lines import Line, break_lines
from ncs_desktop.documents.layout.units import points
from ncs_desktop.documents.page import Element, Grid, PageBreak, Rule, Text

RULE_THICKNESS = 0.75
"""Thickness of the short rules under motto and agency, pt."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight solid line between two points, ``thickness`` in pt."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float


Mark: TypeAlias = "Line | Stroke"
Placed: TypeAlias = "tuple[float, float, Mark]"
"""A mark and where its own origin lies, from the slab's top left."""


@dataclass(slots=True)
class Slab:
    """One strip of the page: a line, or a table row, which ``split`` can cut at a height.

    ``repeated`` are the table's head rows, ``edge`` its border where a page ends or starts,
    ``least`` the height a cut row needs at least, ``tail`` the border it adds to a page's end.
    A row taller than a page is cut in any case, another one only where it ``may_split``.
    """

    height: float
    marks: list[Placed] = field(default_factory=list)
    gap: float = 0.0
    free: bool = True
    forced: bool = False
    anchors: tuple[tuple[str, float], ...] = ()
    repeated: tuple[Slab, ...] = ()
    edge: Stroke | None = None
    least: float = 0.0
    tail: float = 0.0
    split: Callable[[float], tuple[Slab, Slab] | None] | None = None
    may_split: bool = False


GridSlabs: TypeAlias = "Callable[[Grid, float], list[Slab]]"


def stack(elements: tuple[Element, ...], width: float, grid_slabs: GridSlabs) -> list[Slab]:
    """Return the slabs of ``elements`` set in a column of ``width`` pt."""
    slabs: list[Slab] = []
    gap, glued, forced = 0.0, True, False
    for element in elements:
        if isinstance(element, PageBreak):
            forced = True
            continue
        if isinstance(element, Text):
            new, after, keeps = _text_slabs(element, width), element.format.after, element.format
            bound = keeps.keep_with_next
        elif isinstance(element, Rule):
            new, after, bound = [_rule_slab(element, width)], element.after, False
        else:
            new, after, bound = grid_slabs(element, width), 0.0, _row_bound(element)
        if not new:
            continue
        if not forced:
            new[0].gap += gap
        new[0].free = not glued
        new[0].forced = forced
        slabs += new
        gap, glued, forced = after, bound, False
    if slabs and gap:
        slabs.append(Slab(0.0, gap=gap, free=False))
    return slabs


def _row_bound(grid: Grid) -> bool:
    return bool(grid.rows) and grid.rows[-1].keep_with_next


def _text_slabs(text: Text, width: float) -> list[Slab]:
    form = text.format
    lines = break_lines(text, width)
    last = len(lines) - 1
    slabs = [
        Slab(
            form.line_height,
            [(0.0, 0.0, line)],
            free=not form.keep_lines and (form.widows or 2 <= index <= last - 1),
        )
        for index, line in enumerate(lines)
    ]
    slabs[0].gap = form.before
    if text.anchor is not None:
        slabs[0].anchors = ((text.anchor, 0.0),)
    return slabs


def _rule_slab(rule: Rule, width: float) -> Slab:
    left = (width - points(rule.width)) / 2
    y = max(rule.before, 1.0) + RULE_THICKNESS / 2
    stroke = Stroke(left, y, width - left, y, RULE_THICKNESS)
    return Slab(max(rule.before, 1.0) + RULE_THICKNESS, [(0.0, 0.0, stroke)])
