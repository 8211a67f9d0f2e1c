"""The lines of the officer's table by one of its columns: a way to look, the ranking stays."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from itertools import chain, compress
from typing import Any

from ncs_desktop.domain.collation import Key, collation_key
from ncs_desktop.domain.desk import DeskEntry, Status
from ncs_desktop.ui.collect.cell_texts import (
    ALIKE,
    CHECK,
    MONEY,
    OTHER,
    RANK,
    RECEIVED,
    STATUS,
    TOTAL,
    CellTexts,
)

_PART = 200
"""Keys made at once: some two milliseconds where they are of texts nobody sorted yet."""
_RUN = 1000
_MOST_TEXTS = 400_000


def rows_of(shown: Sequence[int], count: int) -> list[int]:
    """Return the row of each of ``count`` places, -1 where it is not shown."""
    rows = [-1] * count
    for row, place in enumerate(shown):
        rows[place] = row
    return rows


class Sorter:
    """Puts places in the order of a column; what a line does not tell comes last either way.

    The order holds until ``read`` or ``choose``; keys of texts are kept beyond that.
    """

    def __init__(self, texts: CellTexts) -> None:
        self.column, self.descending = RANK, False
        self._texts = texts
        self._order: list[int] | None = None
        self._keys: dict[str, Key] = {}

    @property
    def ranked(self) -> bool:
        """Whether the lines are wanted as they are ranked."""
        return self.column == RANK and not self.descending

    def choose(self, column: int, descending: bool) -> None:
        """Sort by ``column`` from now on."""
        self.column, self.descending = column, descending
        self._order = None

    def read(self, texts: CellTexts) -> None:
        """Forget the order: other lines, or the same in other places."""
        self._texts, self._order = texts, None

    def arrange(self, found: Sequence[int]) -> Generator[None, None, Sequence[int]]:
        """Return the places ``found``, which are in rank order, as they are wanted; in parts."""
        if self.ranked:
            return found
        if self._order is None:
            self._order = yield from self._sort()
        order = self._order
        if len(found) == len(order):
            return order
        wanted = bytearray(len(order))
        for place in found:
            wanted[place] = 1
        yield
        return list(compress(order, map(wanted.__getitem__, order)))

    def _sort(self) -> Generator[None, None, list[int]]:
        entries = self._texts.entries
        keys: list[Any] = []
        for start in range(0, len(entries), _PART):
            part = enumerate(entries[start : start + _PART], start)
            keys += [self._key(entry, place) for place, entry in part]
            yield
        known = [place for place, key in enumerate(keys) if key is not None]
        unknown = [place for place, key in enumerate(keys) if key is None]
        yield
        found = yield from _in_parts(known, keys.__getitem__, self.descending)
        return found + unknown

    def _key(self, entry: DeskEntry, place: int) -> Any:
        """Return what a cell is compared by; None where it tells nothing."""
        column, texts = self.column, self._texts
        if column == RANK:
            return texts.rank(place)
        if column == OTHER:
            return texts.other_rank(entry)
        if column in MONEY:
            budget = entry.budget
            return (budget.total, budget.state_budget, budget.counterpart)[column - TOTAL]
        if column == CHECK:
            points = entry.points
            return points.errors, points.warnings, points.infos
        if column == RECEIVED:
            return entry.received_at
        if column == STATUS:
            return tuple(Status).index(entry.status)
        return self._text_key(texts.text(entry, place, column))

    def _text_key(self, text: str) -> Key | None:
        if not text:
            return None
        found = self._keys.get(text)
        if found is None:
            if len(self._keys) >= _MOST_TEXTS:
                self._keys.clear()
            found = self._keys[text] = collation_key(text.casefold())
        return found

    @property
    def by_words(self) -> bool:
        """Whether the order depends on what is said of lines besides the data."""
        return self.column == ALIKE


def _in_parts(
    places: list[int], key: Callable[[int], Any], descending: bool
) -> Generator[None, None, list[int]]:
    """Sort ``places``: short runs, then two of them at a time; equal ones stay as they are."""
    runs: list[list[int]] = []
    for start in range(0, len(places), _RUN):
        runs.append(sorted(places[start : start + _RUN], key=key, reverse=descending))
        yield
    while len(runs) > 1:
        merged = []
        for at in range(0, len(runs), 2):
            merged.append(sorted(chain(*runs[at : at + 2]), key=key, reverse=descending))
            yield
        runs = merged
    return runs[0] if runs else []
