"""Tables that hold the amounts of a section: items by source, sources by row, years beside a total.

Such a grid is turned into one line for each amount that stands where a source and the total meet,
as a clerk would have typed it («Ngân sách nhà nước: 4.340»). What its cells hold besides is kept:
column heads as words of the form, single items and years as a table that belongs to no field. A
grid without a total, or with two, says no amount: nothing is added up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from ncs_desktop.domain.blocks import Blocks, Run, Table, plain_text
from ncs_desktop.exchange.filled_labels import Labels
from ncs_desktop.exchange.filled_lines import Line, folded_words, is_numbering

Place: TypeAlias = tuple[int, int]
"""Row and cell."""
Amounts: TypeAlias = Mapping[str, tuple[Place, Place]]
"""Where the name and the amount of each field stand."""

_UNITS = {"trieu", "dong", "nghin", "ngan", "ty", "d", "tr", "trd", "vnd", "vnđ", "k"}
_NOTHING = {"", "-", "–", "không", "0"}
_BRACKETS = re.compile(r"\([^()]*\)")
_HEAD_ROWS = 3
_MOST_WORDS = 20
_MOST_ROWS = 200
_MOSTLY = 0.7
_MONEY_HEADS = {("thanh", "tien"), ("so", "tien"), ("kinh", "phi"), ("gia", "tri")}


def is_grid(table: Table, own: Labels) -> bool:
    """Whether ``table`` holds amounts of the section with labels ``own``, told apart or not."""
    cells = _texts(table)
    return _fits(cells) and (bool(_amounts(cells, own)) or _has_items(cells, own))


def _has_items(cells: Sequence[Sequence[str]], own: Labels) -> bool:
    """Whether several rows stand under columns that are called after sources."""
    heads = _heads(cells)
    named = any(len(_named(own, row, range(len(row)))) > 1 for row in cells[:heads])
    return named and sum(any(map(_is_sum, row)) for row in cells[heads:]) > 1


def grids_apart(lines: Iterable[Line], own: Labels) -> tuple[list[Line], list[Line]]:
    """Return ``lines`` with each grid as its amounts, and what is left of the grids."""
    kept: list[Line] = []
    beside: list[Line] = []
    for line in lines:
        found = _amounts(_texts(line.table), own) if line.table is not None else {}
        if line.table is None or not found:
            kept.append(line)
            continue
        kept += _statements(line, line.table, own, found)
        beside += _remainder(line, line.table, found)
    return kept, beside


def _texts(table: Table) -> list[list[str]]:
    return [[" ".join(plain_text(cell).split()) for cell in row] for row in table.rows[:_MOST_ROWS]]


def _fits(cells: Sequence[Sequence[str]]) -> bool:
    """Whether nearly every row is a head or says an amount, and no cell holds a whole text."""
    numeric = [any(_is_amount(text) and text not in _NOTHING for text in row) for row in cells]
    heads = _heads(cells)
    fit = sum(number or index < heads for index, number in enumerate(numeric))
    short = all(len(folded_words(text)) <= _MOST_WORDS for row in cells for text in row)
    return short and any(numeric) and fit >= _MOSTLY * len(cells)


def _amounts(cells: Sequence[Sequence[str]], own: Labels) -> Amounts:
    if not _fits(cells):
        return {}
    heads = _heads(cells)
    return _by_columns(cells, own, heads) or _by_rows(cells, own, heads)


def _heads(cells: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top are heads: no amounts, but the numbers of columns."""
    for index, row in enumerate(cells[:_HEAD_ROWS]):
        amounts = [_BRACKETS.sub("", text) for text in row if text and _is_amount(text)]
        if any(text == "0" or re.search(r"\d{2}", text) for text in amounts):
            return index
    return min(_HEAD_ROWS, len(cells))


def _is_amount(text: str) -> bool:
    if text.lower() in _NOTHING:
        return True
    words = folded_words(text)
    return any(word.isdigit() for word in words) and all(
        word.isdigit() or word in _UNITS for word in words
    )


def _by_columns(cells: Sequence[Sequence[str]], own: Labels, heads: int) -> Amounts:
    """Return the amounts where columns are sources: those of the total's row."""
    width = max(len(row) for row in cells)
    for index, row in enumerate(cells[:heads]):
        if len(row) != width:
            continue
        columns = _named(own, row, range(width))
        if len(columns) < 2 or _is_year_row(cells, heads):
            continue
        names = {key: (index, column) for key, column in columns.items()}
        names |= _above(cells[:index], own, min(columns.values()), names)
        total = _total_row(cells, own, heads)
        if total is None:
            return {}
        shift = width - len(cells[total])
        return {
            key: (name, (total, name[1] - shift))
            for key, name in names.items()
            if name[1] >= shift and _filled(cells[total][name[1] - shift])
        }
    return {}


def _is_year_row(cells: Sequence[Sequence[str]], heads: int) -> bool:
    """Whether every source comes again for each year, so that a head alone tells no amount."""
    return any(
        sum(folded_words(text)[:1] == ("nam",) and bool(re.search(r"\d{4}", text)) for text in row)
        > 1
        for row in cells[:heads]
    )


def _above(
    rows: Sequence[Sequence[str]], own: Labels, before: int, names: Mapping[str, Place]
) -> dict[str, Place]:
    """Return further names in head rows ``rows``, left of the column ``before``."""
    found: dict[str, Place] = {}
    for index, row in enumerate(rows):
        for key, column in _named(own, row, range(min(before, len(row)))).items():
            if key not in names:
                found[key] = (index, column)
    return found


def _named(own: Labels, row: Sequence[str], columns: Iterable[int]) -> dict[str, int]:
    """Return the column of each field named in ``row``; nothing where one is named twice."""
    found: dict[str, int] = {}
    for column in columns:
        key = own.key_of(_name(row[column]))
        if key in found:
            return {}
        if key:
            found[key] = column
    return found


def _name(text: str) -> str:
    text = _BRACKETS.sub(" ", text).strip(" -–+•*:.")
    return re.sub(r"^(?:[IVX]{1,4}|\d{1,2}|[a-h])\s*[.)]\s*", "", text)


def _total_row(cells: Sequence[Sequence[str]], own: Labels, heads: int) -> int | None:
    """Return the row of totals: the one called so, or the only one."""
    data = [index for index in range(heads, len(cells)) if any(map(_is_sum, cells[index]))]
    totals = [index for index in data if own.key_of(_name(_first(cells[index]))) == own.fields[0]]
    if len(totals) == 1:
        return totals[0]
    return data[0] if len(data) == 1 and not totals else None


def _is_sum(text: str) -> bool:
    return _is_amount(text) and bool(re.search(r"\d", text))


def _first(row: Sequence[str]) -> str:
    """Return the first cell that says more than a number."""
    return next((text for text in row if text and not is_numbering(text)), "")


def _filled(text: str) -> bool:
    return bool(text) and _is_amount(text)


def _by_rows(cells: Sequence[Sequence[str]], own: Labels, heads: int) -> Amounts:
    """Return the amounts where rows are sources: those of the column that holds the totals."""
    width = max(len(row) for row in cells)
    rows: dict[str, Place] = {}
    for index, row in enumerate(cells):
        first = _first(row)
        key = own.key_of(_name(first))
        if key and any(map(_filled, row[row.index(first) + 1 :])):
            if key in rows:
                return {}
            rows[key] = (index, row.index(first))
    if len(rows) < 2:
        return {}
    column = _sum_column(cells, rows, own, heads, width=width)
    if column is None:
        return {}
    return {key: (place, (place[0], len(cells[place[0]]) - column)) for key, place in rows.items()}


def _sum_column(
    cells: Sequence[Sequence[str]],
    rows: Mapping[str, Place],
    own: Labels,
    heads: int,
    *,
    width: int,
) -> int | None:
    """Return the column of the amounts, counted from the right from 1 on; None where unclear."""
    columns = []
    for column in range(1, width):
        if any(len(cells[row]) - column <= cell for row, cell in rows.values()):
            break
        texts = [cells[row][len(cells[row]) - column] for row, _ in rows.values()]
        head = " ".join(row[width - column] for row in cells[:heads] if len(row) == width)
        share = "%" in head or folded_words(head)[:2] == ("ty", "le")
        if all(map(_filled, texts)) and not share:
            columns.append((column, head))
    if len(columns) > 1:
        named = [item for item in columns if own.key_of(_name(item[1])) == own.fields[0]]
        money = [item for item in columns if folded_words(item[1])[:2] in _MONEY_HEADS]
        columns = named or money
    return columns[0][0] if len(columns) == 1 else None


# taking a grid apart --------------------------------------------------------------------------


def _statements(line: Line, table: Table, own: Labels, found: Amounts) -> Iterator[Line]:
    for key in own.fields:
        if key in found:
            (row, cell), (low, column) = found[key]
            name, amount = _run(table.rows[row][cell]), _run(table.rows[low][column])
            yield Line((name, Run(": "), amount), cell=line.cell)


def _remainder(line: Line, table: Table, found: Amounts) -> Iterator[Line]:
    """Yield heads of columns and rows, then the single items as one table."""
    used = set(chain.from_iterable(found.values()))
    rows_used = {row for _, (row, _) in found.values()}
    left: list[tuple[Blocks, ...]] = []
    for index, row in enumerate(table.rows):
        texts = [" ".join(plain_text(cell).split()) for cell in row]
        above = index < min(rows_used) and not any(map(_is_sum, texts))
        rest: list[Blocks] = []
        for column, (cell, text) in enumerate(zip(row, texts, strict=True)):
            if not text or (index, column) in used:
                continue
            numbered = is_numbering(text) and column < texts.index(_first(texts) or text)
            if above or (index in rows_used and (numbered or text == _first(texts))):
                yield Line((_run(cell),), cell=line.cell, head=True)
            else:
                rest.append(cell)
        left += [tuple(rest)] if rest else []
    if left:
        yield Line(table=replace(table, rows=tuple(left), header_rows=0), cell=line.cell)


def _run(cell: Blocks) -> Run:
    """Return the text of ``cell`` as one run."""
    return Run(" ".join(plain_text(cell).split()))
