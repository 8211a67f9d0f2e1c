"""The table of the officer's page as a model: fast for 100,000 lines, filtered without a proxy."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from ncs_desktop.domain.desk import DeskEntry, Order, Totals, totals
from ncs_desktop.domain.views import View
from ncs_desktop.ui.background.slices import Slices, whole
from ncs_desktop.ui.collect.cell_texts import LAST, MONEY, OTHER, RANK, SECTIONS, CellTexts
from ncs_desktop.ui.collect.data import DeskData, Lines, Words
from ncs_desktop.ui.collect.sorting import Sorter, rows_of

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_ALIGN, _INK = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ForegroundRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)

_MANY = 5000
"""After the first entries and so many further ones the garbage collector leaves alone what there
is: looking through the whole program takes it 80 ms, through 100,000 entries 100 ms, in the middle
of scrolling."""
_PART = 1000
"""Entries added up at once: some half a millisecond."""


class DeskModel(QAbstractTableModel):
    """Entries in one of the orders; what a filter leaves is shown in one step.

    ``filtered`` when other lines are shown because of the filter, ``added_up`` when
    ``shown_totals``, the sum of what is shown, is known. Both come before ``filter_by`` returns
    unless there is so much to look through that the window would stop answering. ``rearranged``
    follows ``filtered`` where the lines are shown by another column than before.
    """

    filtered = Signal()
    rearranged = Signal()
    added_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.order = Order.DEPARTMENT
        self.shown_totals: Totals | None = None
        self._words = Words()
        self._lines = Lines()
        self._texts = CellTexts(self.order, self._lines, self._words)
        self._all_totals = totals(())
        self._text, self.view = "", View.ALL
        self._sorter = Sorter(self._texts)
        self.in_rank_order = True
        self._shown_by = (RANK, False)
        self._rows: list[int] = []
        self._shown: Sequence[int] = range(0)
        self._slices = Slices(self)
        self._spared = 0

    @property
    def _entries(self) -> list[DeskEntry]:
        return self._lines.entries

    def show_data(self, data: DeskData, words: Words) -> None:
        """Replace everything; sorted lines stay where they are until they are sorted anew."""
        self.beginResetModel()
        before, shown = self._lines, self._shown
        self.order, self._words = data.order, words
        self._lines, self._all_totals = data.lines, data.totals
        self._texts = CellTexts(self.order, self._lines, words)
        self._sorter.read(self._texts)
        ranked = self._sorter.ranked
        self._show(whole(self._found()) if ranked else self._lines.places_of(before, shown))
        self.endResetModel()
        self._slices.run(self._add_up() if ranked else self._follow())
        if self._entries and len(self._entries) > self._spared:
            self._spared = len(self._entries) + _MANY
            gc.freeze()

    def show_words(self, words: Words) -> None:
        """Change what cells say besides the data."""
        self._words = words
        self._texts = CellTexts(self.order, self._lines, words)
        if self._sorter.by_words:
            self._sorter.read(self._texts)
        if self.view in (View.ALIKE, View.CUT) or self._sorter.by_words:
            self._slices.run(self._filter())
        elif self._shown:
            last = self.index(len(self._shown) - 1, LAST)
            self.dataChanged.emit(self.index(0, 0), last)

    def _number(self, start: int, end: int) -> None:
        """Count ranks anew from ``start`` to before ``end``; what does not count has none."""
        ranks, entries = self._lines.ranks, self._entries
        ranked_before = (ranks[place] for place in range(start - 1, -1, -1))
        before = next((rank for rank in ranked_before if rank is not None), 0)
        for place in range(start, end):
            entry = entries[place]
            ranked = entry.proposed and (self.order is Order.DEPARTMENT or entry.council_ranked)
            before += ranked
            ranks[place] = before if ranked else None
            self._lines.places[entry.proposal_id] = place

    # --- filter -----------------------------------------------------------------------------

    def filter_by(self, text: str) -> None:
        """Show the entries that hold every word of ``text``, marks and case aside."""
        if text != self._text:
            self._text = text
            self._slices.run(self._filter())

    def show_view(self, view: View) -> None:
        """Show the entries of ``view`` among those that hold the text."""
        if view is not self.view:
            self.view = view
            self._slices.run(self._filter())

    @property
    def filtering(self) -> bool:
        """Whether the filter is still being followed."""
        return self._slices.busy

    def finish(self) -> None:
        """Follow the filter to the end at once."""
        self._slices.finish()

    def _filter(self) -> Iterator[None]:
        """Look for the text, show what was found, add it up; in parts."""
        found = yield from self._found()
        self.beginResetModel()
        was_sorted = self._shown_by
        self._show(found)
        self.shown_totals = None
        self.endResetModel()
        self.filtered.emit()
        if self._shown_by != was_sorted:
            self.rearranged.emit()
        yield
        yield from self._add_up()

    def _follow(self) -> Iterator[None]:
        """Put the lines of new data where they belong; nothing moves where they stand there."""
        found = yield from self._found()
        if found != self._shown:
            self._rearrange(found)
            self.filtered.emit()
            yield
        yield from self._add_up()

    def _rearrange(self, found: Sequence[int]) -> None:
        """Show the places ``found``; where only their order is new the table stays scrolled."""
        if len(found) != len(self._shown):
            self.beginResetModel()
            self._show(found)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        held = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._show(found)
        rows = rows_of(found, len(self._entries)) if held else []
        for index, place in held:
            self.changePersistentIndex(index, self.index(rows[place], index.column()))
        self.layoutChanged.emit()

    def _found(self) -> Generator[None, None, Sequence[int]]:
        """Return the places of the lines that are wanted, in the order they are wanted."""
        finder = self._lines.finder
        yield from finder.search(self._text)
        found = finder.find(self._text)
        if self.view is not View.ALL:
            found = yield from self._chosen(found)
        return (yield from self._sorter.arrange(found))

    def _show(self, places: Sequence[int]) -> None:
        self._shown, self._rows = places, []
        self._shown_by = (self._sorter.column, self._sorter.descending)
        self.in_rank_order = self._sorter.ranked

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the lines by a column, a negative one for the ranking; nothing else changes.

        By the text of a section nothing is sorted: it is read of the lines that are seen alone.
        """
        if column in SECTIONS:
            column = -1
        descending = column >= 0 and order == Qt.SortOrder.DescendingOrder
        self._sorter.choose(max(column, RANK), descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, LAST)
        self._slices.run(self._filter())

    def _chosen(self, found: Sequence[int]) -> Generator[None, None, list[int]]:
        chosen = self._words.chooser(self.view)
        kept: list[int] = []
        for start in range(0, len(found), _PART):
            part = found[start : start + _PART]
            kept += [place for place in part if chosen(self._entries[place])]
            yield
        return kept

    def _add_up(self) -> Iterator[None]:
        self.shown_totals = None
        shown, found = self._shown, totals(())
        if len(shown) == len(self._entries):
            found = self._all_totals
        else:
            for start in range(0, len(shown), _PART):
                found += totals(self._entries[place] for place in shown[start : start + _PART])
                yield
        self.shown_totals = found
        self.added_up.emit()

    @property
    def total_count(self) -> int:
        """Number of entries before filtering."""
        return len(self._entries)

    def shown_entries(self) -> list[DeskEntry]:
        """Return what the filter leaves."""
        return [self._entries[place] for place in self._shown]

    # --- entries and ranks ------------------------------------------------------------------

    def entry(self, row: int) -> DeskEntry:
        """Return the entry shown in ``row``."""
        return self._entries[self._shown[row]]

    def find_entry(self, proposal_id: str) -> DeskEntry | None:
        """Return the entry of ``proposal_id``, shown or not."""
        place = self._lines.places.get(proposal_id)
        return None if place is None else self._entries[place]

    def near(self, row: int) -> Iterator[str]:
        """Tell the id of a shown ``row``, those below it, then those above it; none of row -1.

        Whatever is shown later, it tells what is shown now.
        """
        shown, entries = self._shown if row >= 0 else (), self._entries
        places = chain(shown[row:], reversed(shown[:row]))
        return (entries[place].proposal_id for place in places)

    def row_of(self, proposal_id: str) -> int | None:
        """Return the row that shows ``proposal_id``, or None."""
        place = self._lines.places.get(proposal_id)
        if place is None:
            return None
        if self.in_rank_order:
            row = bisect_left(self._shown, place)
            return row if row < len(self._shown) and self._shown[row] == place else None
        if not self._rows:
            self._rows = rows_of(self._shown, len(self._entries))
        return None if self._rows[place] < 0 else self._rows[place]

    def rank_of(self, proposal_id: str) -> int | None:
        """Return the rank of ``proposal_id``, shown or not."""
        place = self._lines.places.get(proposal_id)
        return None if place is None else self._lines.ranks[place]

    def rank(self, row: int) -> int | None:
        """Return the rank shown in ``row``."""
        return self._lines.ranks[self._shown[row]]

    @property
    def ranked_count(self) -> int:
        """Number of entries that have a rank in this order."""
        return next((rank for rank in reversed(self._lines.ranks) if rank is not None), 0)

    def row_of_rank(self, rank: int) -> int:
        """Return the row that shows ``rank``; where it is not shown, the next one, or the last."""
        ranks = self._lines.ranks
        for row, place in enumerate(self._shown):
            shown = ranks[place]
            if shown is not None and shown >= rank:
                return row
        return len(self._shown) - 1

    def move(self, row: int, target: int) -> tuple[bool, str | None]:
        """Put the entry of ``row`` to where ``target`` stands now; what lies between gives way.

        Returns whether it moved and the id of the entry before which it now stands in the whole
        order (None: last). Only what is shown ``in_rank_order`` is moved.
        """
        if not self.in_rank_order or row == target:
            return False, None
        if not (0 <= row < len(self._shown) and 0 <= target < len(self._shown)):
            return False, None
        start, end = self._shown[row], self._shown[target]
        low, high = min(start, end), max(start, end)
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        self._entries.insert(end, self._entries.pop(start))
        self._number(low, high + 1)
        shift = 1 if start > end else -1
        if not isinstance(self._shown, range):
            moved = (
                end if place == start else place + shift if low <= place <= high else place
                for place in self._shown
            )
            self._shown = sorted(moved)
        step = 1 if row > target else -1
        first, last = min(row, target), max(row, target)
        for index in held:
            at = index.row()
            new = target if at == row else at + step if first <= at <= last else at
            self.changePersistentIndex(index, self.index(new, index.column()))
        self._lines.finder.move(start, end)
        self._sorter.read(self._texts)
        self.layoutChanged.emit()
        if self._slices.busy:
            self._slices.run(self._filter())
        return True, self._follower(end)

    def follower(self, row: int) -> str | None:
        """Return the id of what is ranked right after the entry of a shown ``row``; None: last."""
        return self._follower(self._shown[row])

    def _follower(self, place: int) -> str | None:
        if place + 1 >= len(self._entries):
            return None
        following = self._entries[place + 1]
        ranked = self.order is Order.DEPARTMENT or following.council_ranked
        return following.proposal_id if ranked else None

    # --- Qt ---------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of shown entries."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else LAST + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Lines can be chosen and dragged."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        drag = Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled
        return usual | drag | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines are moved; without this Qt refuses every drop."""
        return Qt.DropAction.MoveAction

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _ALIGN and section in (RANK, OTHER):
            return _CENTRE
        if role == _ALIGN and section in MONEY:
            return _RIGHT
        if role == _TIP and section not in SECTIONS:
            return self.tr("Bấm để sắp theo cột này; bấm lần thứ ba thì bỏ sắp.")
        if role != _DISPLAY:
            return None
        return self._title(section)

    def _title(self, section: int) -> str:
        """Return the title of a column; where lines are sorted by it an arrow stands behind."""
        title = self._texts.title(section)
        if self._sorter.ranked or section != self._sorter.column:
            return title
        first, *rest = title.split("\n")
        return "\n".join((f"{first} {'▼' if self._sorter.descending else '▲'}", *rest))

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows."""
        if role not in (_DISPLAY, _TIP, _ALIGN, _INK, _SPOKEN):
            return None
        column = index.column()
        if role == _ALIGN:
            return _CENTRE if column <= OTHER else _RIGHT if column in MONEY else None
        place = self._shown[index.row()]
        entry = self._entries[place]
        if role == _INK:
            return self._texts.ink(entry, column)
        if role == _DISPLAY:
            return self._texts.text(entry, place, column)
        text = self._texts.words(entry, place, column)
        if role == _SPOKEN:
            title = self.headerData(column, Qt.Orientation.Horizontal)
            return f"{title}: {text or self.tr('trống')}"
        return text

    def look(self, row: int, column: int) -> tuple[str, QColor | None, int]:
        """Return text, colour and alignment of a cell at once, for the delegate that draws it."""
        place = self._shown[row]
        entry = self._entries[place]
        align = _CENTRE if column <= OTHER else _RIGHT if column in MONEY else _LEFT
        return self._texts.text(entry, place, column), self._texts.ink(entry, column), align
