"""A table of a section as lines of one cell: «Mô hình điểm (5 mô hình)», as a person says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ncs_desktop.domain.blocks import Table, plain_text
from ncs_desktop.domain.text import fold

_NUMBERS = ("tt", "stt", "so tt", "so thu tu")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("ten", "san pham", "noi dung", "ket qua"),
    "unit": ("don vi", "dvt"),
    "count": ("so luong",),
}
"""How the headings of a list of products begin."""
_LONGEST_NUMBER = 3
"""Digits of a row's number; a year is none."""


def row_lines(table: Table) -> Iterator[str]:
    """Yield a line for each row, without the heading rows and the numbers of the rows.

    A heading need not be marked as one: a first row that begins with «STT», or names the columns of
    a list of products, is a heading where rows follow it.
    """
    rows = [[" ".join(plain_text(cell).split()) for cell in row] for row in table.rows]
    marked = min(table.header_rows, len(rows) - 1)
    if marked <= 0 and len(rows) > 1 and _is_heading(rows[0]):
        marked = 1
    columns = _columns(rows[marked - 1]) if marked > 0 else {}
    width = len(rows[marked - 1]) if marked > 0 else 0
    for row in rows[max(marked, 0) :]:
        yield _counted(row, columns) if columns and len(row) == width else _listed(row)


def _is_heading(row: Sequence[str]) -> bool:
    return bool(row) and (_is_number_heading(row[0]) or bool(_columns(row)))


def _is_number_heading(text: str) -> bool:
    return fold(text).rstrip(".") in _NUMBERS


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Return where name, unit and count stand; nothing where one of them is not told."""
    found: dict[str, int] = {}
    for index, text in enumerate(heading):
        for kind, begins in _COLUMNS.items():
            if kind not in found and fold(text).startswith(begins):
                found[kind] = index
                break
    return found if len(found) == len(_COLUMNS) else {}


def _counted(row: Sequence[str], columns: Mapping[str, int]) -> str:
    """Return «name (count unit): the rest» of a row of a list of products."""
    name, unit, count = (row[columns[kind]] for kind in ("name", "unit", "count"))
    if not name or not count:
        return _listed(row)
    others = [text for index, text in enumerate(row) if text and index not in columns.values()]
    rest = "; ".join(others[1:] if others and _is_number(others[0]) else others)
    shown = f"{name} ({f'{count} {unit}'.strip()})"
    return f"{shown}: {rest}" if rest else shown


def _listed(row: Sequence[str]) -> str:
    """Return «name: one; another» of any other row."""
    texts = [text for text in row if text]
    if len(texts) > 1 and _is_number(texts[0]):
        del texts[0]
    return ": ".join(filter(None, (*texts[:1], "; ".join(texts[1:]))))


def _is_number(text: str) -> bool:
    digits = text.rstrip(".)")
    return digits.isdigit() and len(digits) <= _LONGEST_NUMBER
