"""The list as a table model, fast for ten thousand lines, and the filter that ignores marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ncs_desktop.domain.call import shown_moment
from ncs_desktop.domain.collation import collation_key
from ncs_desktop.domain.money import format_million
from ncs_desktop.domain.text import fold
from ncs_desktop.ui.proposals.samples import sample_ids

if TYPE_CHECKING:
    from ncs_desktop.domain.call import Call
    from ncs_desktop.store.records import Listed

_Index = QModelIndex | QPersistentModelIndex
TITLE, CALL, TOTAL, STATE, SAVED = range(5)
_ROOT = QModelIndex()
_NAME_LENGTH = 80


class ProposalsModel(QAbstractTableModel):
    """Lines of the list; filtering swaps the visible lines in one step, without a proxy."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Listed] = ()
        self._visible: Sequence[Listed] = ()
        self._copied: Mapping[str, str] = {}
        self._filter = ""
        self._calls: Mapping[str, Call] = {}
        self._sort_column, self._descending = SAVED, True

    def show_lines(self, lines: Sequence[Listed], copied: Mapping[str, str] | None = None) -> None:
        """Replace all lines; ``copied`` has by id the titles copies had when they were made."""
        self._all = lines
        self._copied = copied or {}
        self._rebuild()

    def name_calls(self, calls: Mapping[str, Call]) -> None:
        """Show calls by name; the names in full stand in the tooltips."""
        self._calls = calls
        self._rebuild()

    def filter_by(self, text: str) -> None:
        """Show the lines that hold every word of ``text``, marks and case aside."""
        self._filter = fold(text)
        self._rebuild()

    def _rebuild(self) -> None:
        self.beginResetModel()
        wanted = self._filter.split()
        lines = [line for line in self._all if self._matches(line, wanted)]
        self._visible = sorted(lines, key=self._sort_key, reverse=self._descending)
        self.endResetModel()

    def _matches(self, line: Listed, wanted: list[str]) -> bool:
        if not wanted:
            return True
        text = line.search or fold(f"{line.title} {line.proposer_name}")
        return all(word in text for word in wanted)

    def _sort_key(self, line: Listed) -> Any:
        if self._sort_column == TOTAL:
            return line.total if line.total is not None else -1
        if self._sort_column == SAVED:
            return line.saved_at
        if self._sort_column == TITLE:  # marks aside, so that a copy stands beside its source
            return collation_key(line.title.casefold())
        return collation_key(self._text(line, self._sort_column).casefold())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self._sort_column = column
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._rebuild()

    @property
    def total_count(self) -> int:
        """Number of lines before filtering."""
        return len(self._all)

    def line(self, row: int) -> Listed:
        """Return the line shown in ``row``."""
        return self._visible[row]

    def rows(self) -> dict[str, int]:
        """Return by id the row of every line that is shown."""
        return {line.id: row for row, line in enumerate(self._visible)}

    def row_of(self, proposal_id: str) -> int | None:
        """Return the row that shows ``proposal_id``, or None."""
        rows = (row for row, line in enumerate(self._visible) if line.id == proposal_id)
        return next(rows, None)

    def holds(self, proposal_id: str) -> bool:
        """Whether ``proposal_id`` is in the list, shown or filtered away."""
        return any(line.id == proposal_id for line in self._all)

    def name_of(self, proposal_id: str) -> str:
        """Return the phiếu's title and call as a sentence names them, or nothing."""
        found = next((line for line in self._all if line.id == proposal_id), None)
        return "" if found is None else self.name(found)

    def name(self, line: Listed) -> str:
        """Return title and call as a sentence names them: «Tên» (An Giang · 2026)."""
        title = shorten(self.title(line), _NAME_LENGTH, placeholder="…")
        call = self.call_of(line)
        return f"«{title}» ({call})" if call else f"«{title}»"

    def call_of(self, line: Listed) -> str:
        """Return the short name of the phiếu's call; empty while calls are not read yet."""
        return self.call_name(line.call)

    def call_name(self, call_id: str) -> str:
        """Return the short name of a call; empty while calls are not read yet."""
        call = self._calls.get(call_id)
        if call is not None:
            return call.short_title
        return self.tr("đợt chưa có trên máy này") if self._calls else ""

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of visible lines."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == TOTAL:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Tên nhiệm vụ"),
            self.tr("Đợt đề xuất"),
            self.tr("Kinh phí (triệu đồng)"),
            self.tr("Trạng thái"),
            self.tr("Lưu lần cuối"),
        )[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        line = self._visible[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (TITLE, CALL):
            call = self._calls.get(line.call) if index.column() == CALL else None
            return self._text(line, index.column()) if call is None else call.title
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == TOTAL:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, line: Listed, column: int) -> str:
        if column == TITLE:
            return self.title(line)
        if column == CALL:
            return self.call_of(line)
        if column == TOTAL:
            return "" if line.total is None else format_million(line.total)
        if column == STATE:
            return self._state(line)
        return "" if line.damaged else moment(line.saved_at)

    def title(self, line: Listed) -> str:
        """Return the title as the list shows it; samples, and copies not yet renamed, say so."""
        if line.damaged:
            return self.tr("(không đọc được phiếu {id})").format(id=line.id[:8])
        title = line.title or self.tr("(chưa có tên)")
        if line.id in sample_ids():
            return self.tr("[mẫu] {title}").format(title=title)
        if self._copied.get(line.id) == line.title:
            return self.tr("[lấy từ phiếu cũ] {title}").format(title=title)
        return title

    def _state(self, line: Listed) -> str:
        if line.frozen:
            return self.tr("Đã chốt {code}").format(code=line.control_code)
        return self.tr("Đang soạn")


def moment(at: datetime) -> str:
    """Return a moment in Vietnam's time, as a person writes it."""
    return shown_moment(at)
