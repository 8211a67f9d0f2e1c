"""The stories of a Word file as lines: tables that only lay out the form are taken apart.

A table is layout where its cells hold headings or labels of the form, or the blocks around it
(head, signature); every other table is content and stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise

from ncs_desktop.domain.blocks import Block, Blocks, ListItem, Table
from ncs_desktop.exchange.docx_reader import Story
from ncs_desktop.exchange.filled_anchors import ACCEPTED, Matcher, find_headings, number_of, overlap
from ncs_desktop.exchange.filled_grid import is_grid
from ncs_desktop.exchange.filled_labels import Labels
from ncs_desktop.exchange.filled_lines import Line, folded_words, is_numbering
from ncs_desktop.exchange.filled_words import TABLE_HEADS

_STRONG = ACCEPTED + 0.3
_FEW_WORDS = 14
_MANY_SECTIONS = 4
_HEADS = {folded_words(text) for text in TABLE_HEADS} - {("nam",), ("cong",), ("trong", "do")}
_HEADING_START = re.compile(r"\s*[IVX]{1,5}[.)]\s*\w.{8}")


class Source:
    """Turns blocks into lines for one form."""

    def __init__(
        self,
        headings: Matcher,
        labels: Sequence[Labels],
        around: frozenset[tuple[str, str]],
    ) -> None:
        self._headings, self._labels, self._around = headings, labels, around
        self._cells = count(1)
        self._boxes: dict[int, list[Line]] = {}
        self._seen = 0

    def body(self, blocks: Blocks, boxes: Sequence[Story]) -> list[Line]:
        """Return the lines of ``blocks``, those of text boxes after the paragraph they hang on."""
        anchored: dict[int, list[Line]] = {}
        for number, box in enumerate(boxes, 1):
            own = (replace(line, cell=-number) for line in self.lines(box.blocks))
            anchored.setdefault(box.anchor, []).extend(own)
        self._boxes, self._seen = anchored, 0
        lines = self.lines(blocks)
        rest = [line for own in self._boxes.values() for line in own]
        self._boxes = {}
        return [*lines, *rest]

    def _hung(self, paragraphs: int) -> Iterator[Line]:
        """Yield the lines of the text boxes that hang on the next ``paragraphs``."""
        for _ in range(paragraphs if self._boxes else 0):
            yield from self._boxes.pop(self._seen, ())
            self._seen += 1

    def lines(self, blocks: Blocks, cell: int = 0) -> list[Line]:
        """Return the lines of ``blocks`` in reading order."""
        return list(self._lines(blocks, cell))

    def _lines(self, blocks: Iterable[Block], cell: int) -> Iterator[Line]:
        for block in blocks:
            if not isinstance(block, Table):
                marker = block.marker if isinstance(block, ListItem) else ""
                level = block.level if isinstance(block, ListItem) else 1
                yield from self._parted(Line(block.runs, marker, level, cell=cell))
                yield from self._hung(1)
            elif not self._is_grid(block) and self._is_layout(block):
                yield from self._table(block)
            else:
                yield Line(table=block, cell=cell)
                yield from self._hung(_paragraphs(block))

    def _parted(self, line: Line) -> Iterator[Line]:
        """Yield ``line`` cut where a bold numbered heading follows plain text without a break."""
        begin = place = 0
        for before, run in pairwise(line.runs):
            place += len(before.text)
            if run.bold and not before.bold and _HEADING_START.match(run.text):
                found = find_headings([line.part(place)], self._headings)
                if max((heading.score for heading in found), default=0.0) >= _STRONG:
                    yield line.part(begin, place)
                    begin = place
        yield line.part(begin) if begin else line

    def _table(self, table: Table) -> Iterator[Line]:
        rows = [[self.lines(cell, next(self._cells)) for cell in row] for row in table.rows]
        rows = _heads_marked(_total_first(rows))
        index = 0
        while index < len(rows):
            below = rows[index + 1] if index + 1 < len(rows) else []
            if self._heads_columns(rows[index], below):
                yield from (
                    line
                    for pair in zip(rows[index], below, strict=True)
                    for cell in pair
                    for line in cell
                )
                index += 2
            else:
                yield from self._row(rows[index])
                index += 1

    def _row(self, cells: list[list[Line]]) -> Iterator[Line]:
        filled = [[line for line in cell if not line.blank or line.table] for cell in cells]
        filled = [cell for cell in filled if cell]
        while len(filled) > 1 and _is_number(filled[0]) and not filled[1][0].marker:
            number = filled[0][0].full
            filled = [[replace(filled[1][0], marker=number), *filled[1][1:]], *filled[2:]]
        first, second = filled if len(filled) == 2 else ([], [])
        above = len(first) - len(second)
        if len(second) > 1 and above >= 0 and self._all_labels(first[above:]):
            yield from first[:above]
            yield from (line for pair in zip(first[above:], second, strict=True) for line in pair)
        else:
            yield from (line for cell in filled for line in cell)

    def _all_labels(self, lines: Sequence[Line]) -> bool:
        return all(any(labels.is_label(line) for labels in self._labels) for line in lines)

    def _heads_columns(self, row: list[list[Line]], below: list[list[Line]]) -> bool:
        """Whether ``row`` holds nothing but labels, and ``below`` the values under them."""
        if len(row) < 2 or len(row) != len(below):
            return False
        heads = [line for cell in row for line in cell if not line.blank]
        values = [line for cell in below for line in cell if not line.blank]
        heads = [line for line in heads if not line.head]
        if len(heads) < 2 or any(sum(not line.blank for line in cell) != 1 for cell in row):
            return False
        return (
            bool(values)
            and self._all_labels(heads)
            and not any(self._all_labels([line]) for line in values)
        )

    def _is_grid(self, table: Table) -> bool:
        grid = any(labels.amounts and is_grid(table, labels) for labels in self._labels)
        return grid and not self._is_form(table)

    def _is_form(self, table: Table) -> bool:
        """Whether the rows of a table are sections of the form, amounts among them."""
        firsts = (self._first(cell) for row in table.rows[:80] for cell in row[:2])
        sections = {
            heading.section
            for line in firsts
            if line is not None
            for heading in find_headings([line], self._headings)
            if heading.score >= ACCEPTED
        }
        return len(sections) >= _MANY_SECTIONS

    def _is_layout(self, table: Table) -> bool:
        if len(table.rows) == 1 and len(table.rows[0]) == 1:
            return True
        return sum(self._weight(row) for row in table.rows[:80]) >= 2

    def _weight(self, row: tuple[Blocks, ...]) -> int:
        """Return how much a row speaks for layout: 2 is enough alone."""
        firsts = [self._first(cell) for cell in row]
        weight = labels = 0
        for index, line in enumerate(item for item in firsts[:6] if item is not None):
            labels += any(section.opens(line) not in (None, "-") for section in self._labels)
            if index > 1:
                continue
            if _around(line, self._around):
                weight = max(weight, 2)
            scores = [heading.score for heading in find_headings([line], self._headings)]
            best = max(scores, default=0.0)
            numbered = best >= _STRONG and number_of(line) is not None
            weight = max(weight, 2 if numbered else int(best >= ACCEPTED))
        every = sum(item is not None and not _is_head(item) for item in firsts)
        if labels >= 2 and labels == every:
            return 2
        return max(weight, int(labels > 0))

    def _first(self, cell: Blocks) -> Line | None:
        for block in cell:
            if isinstance(block, Table):
                inner = [line for row in block.rows for part in row if (line := self._first(part))]
                return inner[0] if inner else None
            line = Line(block.runs, block.marker if isinstance(block, ListItem) else "")
            if not line.blank:
                return line
        return None


def _paragraphs(table: Table) -> int:
    blocks = [block for row in table.rows for cell in row for block in cell]
    return sum(_paragraphs(block) if isinstance(block, Table) else 1 for block in blocks)


def _total_first(rows: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """Return ``rows`` with the column headed «Tổng» before those of single years."""
    heads = [folded_words(" ".join(line.full for line in cell)) for cell in rows[0]] if rows else []
    years = [place for place, words in enumerate(heads) if words[:1] == ("nam",) and len(words) < 4]
    totals = [place for place, words in enumerate(heads) if words[:1] in {("tong",), ("cong",)}]
    if len(totals) != 1 or not years or totals[0] < years[0]:
        return rows
    total, first = totals[0], years[0]
    return [
        rows[0],
        *(
            [*row[:first], row[total], *row[first:total], *row[total + 1 :]]
            if total < len(row)
            else row
            for row in rows[1:]
        ),
    ]


def _heads_marked(rows: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """Return ``rows`` with the general heads of columns in the first row marked as such."""
    for index, row in enumerate(rows[:1]):
        marked = [[replace(line, head=_is_head(line)) for line in cell] for cell in row]
        if any(line.head for cell in marked for line in cell):
            rows = [*rows[:index], marked, *rows[index + 1 :]]
    return rows


def _is_head(line: Line) -> bool:
    """Whether ``line`` heads a column without saying which field stands in it."""
    return line.table is None and folded_words(line.text.strip(" .:")) in _HEADS


def _around(line: Line, known: frozenset[tuple[str, str]]) -> bool:
    words = len(folded_words(line.text))
    return 4 <= words <= _FEW_WORDS * 3 and overlap(line.text, known) >= 0.9


def _is_number(cell: list[Line]) -> bool:
    line = cell[0]
    return len(cell) == 1 and line.table is None and is_numbering(line.full)
