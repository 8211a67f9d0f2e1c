"""Slabs become pages: breaks, repeated table heads, page furniture, anchors."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ncs_desktop.documents.layout.lines import Line, Span, Style, style_of
from ncs_desktop.documents.layout.slabs import Placed, Slab, Stroke, stack
from ncs_desktop.documents.layout.tables import grid_slabs
from ncs_desktop.documents.layout.units import points, text_height, text_width
from ncs_desktop.documents.page import Document, PageNumbers, Paper

FOOTER_SIZE = 9.5
NUMBER_SIZE = 13.0
_TOLERANCE = 0.01


@dataclass(slots=True)
class Page:
    """One page: marks with their origins from the page's top left corner, in pt."""

    marks: list[Placed] = field(default_factory=list)
    anchors: list[tuple[str, float]] = field(default_factory=list)


def lay_out(document: Document) -> list[Page]:
    """Return the pages of a prepared document, at least one."""
    paper = document.paper
    slabs = stack(document.body, text_width(paper), grid_slabs)
    pages = _Stacker(paper).run(slabs)
    _furnish(document, pages)
    return pages


class _Stacker:
    """Fills one page after the other."""

    def __init__(self, paper: Paper) -> None:
        self.left, self.top = points(paper.left), points(paper.top)
        self.room = text_height(paper) + _TOLERANCE
        self.pages = [Page()]
        self.used = 0.0
        self.fresh = True
        self.edge: Stroke | None = None

    def run(self, slabs: list[Slab]) -> list[Page]:
        """Place all slabs, group by group: a group is what no page break should part."""
        start = 0
        for end in range(1, len(slabs) + 1):
            if end == len(slabs) or slabs[end].free:
                self._place_group(slabs[start:end])
                start = end
        return self.pages

    def _place_group(self, group: list[Slab]) -> None:
        first = group[0]
        if first.forced:
            self._next_page(None)
        need = sum(slab.gap + slab.height for slab in group[:-1]) + group[-1].gap
        need += self._least(group[-1])
        if not self.fresh and self.used + need > self.room and need <= self._full_room(first):
            self._next_page(first)
        for slab in group:
            self._place(slab)

    def _least(self, slab: Slab) -> float:
        """Return the height ``slab`` needs on its first page."""
        return slab.tail + (slab.least if slab.split and self._splits(slab) else slab.height)

    def _splits(self, slab: Slab) -> bool:
        return slab.may_split or slab.height > self._full_room(slab)

    def _full_room(self, slab: Slab) -> float:
        return self.room - sum(head.height for head in slab.repeated)

    def _place(self, slab: Slab) -> None:
        while self.used + self._gap(slab) + slab.height + slab.tail > self.room:
            if not slab.height:
                return
            parts = (
                slab.split(self.room - self.used - self._gap(slab) - slab.tail)
                if slab.split
                else None
            )
            if parts is not None and (self.fresh or self._splits(slab)):
                self._put(replace(parts[0], gap=slab.gap, edge=slab.edge))
                slab = replace(
                    parts[1],
                    repeated=slab.repeated,
                    edge=slab.edge,
                    free=slab.free,
                    may_split=slab.may_split,
                )
            elif self.fresh:
                break
            self._next_page(slab)
        self._put(slab)

    def _gap(self, slab: Slab) -> float:
        """Return the space above ``slab``: none at the top of a page it flows onto."""
        dropped = self.fresh and not slab.forced and len(self.pages) > 1
        return 0.0 if dropped else slab.gap

    def _put(self, slab: Slab) -> None:
        gap = self._gap(slab)
        top = self.top + self.used + gap
        page = self.pages[-1]
        page.marks += [(self.left + dx, top + dy, mark) for dx, dy, mark in slab.marks]
        page.anchors += [(key, top + dy) for key, dy in slab.anchors]
        self.used += gap + slab.height
        self.fresh, self.edge = False, slab.edge

    def _next_page(self, slab: Slab | None) -> None:
        """Start a page that ``slab`` continues: close the table's border, repeat its head."""
        if self.edge is not None:
            self._rule(self.edge)
        self.pages.append(Page())
        self.used, self.fresh = 0.0, True
        for head in slab.repeated if slab else ():
            self._put(replace(head, gap=0.0))
        self.fresh = True
        if slab is not None and slab.edge is not None:
            self._rule(slab.edge)

    def _rule(self, edge: Stroke) -> None:
        self.pages[-1].marks.append((self.left, self.top + self.used, edge))


def _furnish(document: Document, pages: list[Page]) -> None:
    """Add footer and page number to every page, now that their total is known."""
    paper, furniture = document.paper, document.furniture
    foot = points(paper.height) - points(paper.bottom) / 2
    left = points(paper.left)
    right = left + text_width(paper)
    small = style_of(False, False, size=FOOTER_SIZE)
    for number, page in enumerate(pages, 1):
        if furniture.footer:
            page.marks.append((left, foot, _label(small, furniture.footer)))
        if furniture.numbers is PageNumbers.FOOTER_OF_TOTAL:
            label = f"{number}/{len(pages)}"
            page.marks.append((right - small.width(label), foot, _label(small, label)))
        elif furniture.numbers is PageNumbers.TOP_CENTER and number > 1:
            style = style_of(False, False, size=NUMBER_SIZE)
            middle = (left + right - style.width(str(number))) / 2
            page.marks.append((middle, points(paper.top) / 2, _label(style, str(number))))


def _label(style: Style, text: str) -> Line:
    return Line((Span(style, text),), 0.0, 0.0)
