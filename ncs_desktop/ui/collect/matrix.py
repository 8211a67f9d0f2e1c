"""The check matrix: a line for every phiếu, a column for every rule that found something."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from ncs_desktop.domain.desk import CheckMatrix, DeskEntry, Order, check_matrix
from ncs_desktop.domain.findings import Points, Severity
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.cell_texts import SIGNS, points_text, signed
from ncs_desktop.ui.collect.data import DeskData
from ncs_desktop.ui.collect.frozen import FrozenTable
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import label

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIRST, _TITLE, _LETTERS = 2, 1, 18
_ABOVE_AND_BELOW = 10
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


def _worst_first(matrix: CheckMatrix) -> tuple[str, ...]:
    """Return the rules that found errors before those that warned, by code within each."""
    order = tuple(SIGNS)
    worst = dict.fromkeys(matrix.codes, len(order))
    for row in matrix.rows:
        for code, found in row.items():
            if found.worst is not None:
                worst[code] = min(worst[code], order.index(found.worst))
    return tuple(sorted(matrix.codes, key=lambda code: (worst[code], code)))


def _signs(found: Points) -> str:
    """Return the sign of each weight, with the number of points where there are several."""
    return " ".join(f"{sign} {count}" if count > 1 else sign for sign, count in signed(found))


class MatrixModel(QAbstractTableModel):
    """Rank and title in the first columns, then signs for what each rule found."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._entries: Sequence[DeskEntry] = ()
        self._ranks: Sequence[int | None] = ()
        self._matrix = CheckMatrix((), ())
        self._by_council = False

    def show_matrix(
        self,
        matrix: CheckMatrix,
        entries: Sequence[DeskEntry],
        ranks: Sequence[int | None],
        *,
        by_council: bool = False,
    ) -> None:
        """Replace everything; ``by_council`` tells whose ranks they are, as the table does."""
        self.beginResetModel()
        self._by_council = by_council
        self._entries, self._ranks = entries, ranks
        self._matrix = CheckMatrix(_worst_first(matrix), matrix.rows)
        self.endResetModel()

    def entry(self, row: int) -> DeskEntry:
        """Return the entry of a line."""
        return self._entries[row]

    def code(self, index: _Index) -> str:
        """Return the rule of a cell in which it found something; "" elsewhere."""
        at = index.column() - _FIRST
        if at < 0 or self._matrix.cell(index.row(), at) is None:
            return ""
        return self._matrix.codes[at]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Rank, title and the rules."""
        return 0 if parent.isValid() else len(self._matrix.codes) + _FIRST

    def _rule(self, code: str) -> str:
        rule = self._services.catalog.rules.get(code)
        return f"{code}: {rule.title}" if rule else code

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return code, title in short and number of hits of a rule; its title as the tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != _TITLE:
            return int(Qt.AlignmentFlag.AlignCenter)
        if section < _FIRST:
            rank = self.tr("TT HĐ") if self._by_council else self.tr("TT")
            return (rank, self.tr("Tên nhiệm vụ"))[section] if role == _DISPLAY else None
        code = self._matrix.codes[section - _FIRST]
        if role == _DISPLAY:
            rule = self._services.catalog.rules.get(code)
            short = wrap(rule.title if rule else "", _LETTERS, max_lines=2, placeholder="…")
            hits = self.tr("{count} phiếu").format(count=self._matrix.counts[code])
            return "\n".join((code, *short, hits))
        return self._rule(code) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows."""
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return None if column == _TITLE else int(Qt.AlignmentFlag.AlignCenter)
        if column < _FIRST:
            shown = role in (_DISPLAY, Qt.ItemDataRole.ToolTipRole)
            rank, entry = self._ranks[index.row()], self._entries[index.row()]
            name = entry.title or self.tr("(chưa có tên)")
            name = "\n".join(filter(None, (name, entry.proposer_name)))
            return (str(rank or "—"), name)[column] if shown else None
        found = self._matrix.cell(index.row(), column - _FIRST)
        if role == _DISPLAY:
            return _signs(found) if found else ""
        if role == Qt.ItemDataRole.ForegroundRole and found:
            return self._ink(found.worst)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(self._matrix.codes[column - _FIRST], found)
        return None

    def _ink(self, found: Severity | None) -> QColor:
        colours = theme.current()
        inks = {Severity.ERROR: colours.error, Severity.WARNING: colours.warning}
        return QColor(inks.get(found or Severity.INFO, colours.quiet))

    def _told(self, code: str, found: Points | None) -> str:
        if found is None:
            return self.tr("{rule} · không có điểm nào").format(rule=self._rule(code))
        return f"{self._rule(code)} · {points_text(found)}"


class MatrixView(QWidget):
    """The matrix with its legend; ``chosen(id, code)`` when a cell is pressed or activated.

    It is made of the lines as they are ranked when somebody looks at it.
    """

    chosen = Signal(str, str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MatrixModel(services)
        self._data = DeskData("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        text = self.tr(
            "✕ lỗi, ▲ cảnh báo, i lưu ý, ✓ người nộp đã chấp nhận kèm lý do; có số nếu nhiều hơn"
            " một."
            " Bấm vào một ô, hoặc Enter, để xem điểm ấy của phiếu."
        )
        column.addWidget(label(text, "quiet"))
        self.whole = label(role="quiet")
        self.whole.hide()
        column.addWidget(self.whole)
        self.table = FrozenTable(_FIRST)
        self.table.setObjectName("table:matrix")
        self.table.setAccessibleName(self.tr("Ma trận kiểm tra: phiếu và quy tắc"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setColumnWidth(_TITLE, 220)
        self.table.activated.connect(self._on_activated)
        self.table.clicked.connect(self._on_activated)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_data(self, data: DeskData) -> None:
        """Show the matrix of a call."""
        self._data = data
        if self.isVisible():
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other rows and columns, once headings have them too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            QTimer.singleShot(0, self, self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the lines as they are ranked by now."""
        super().showEvent(event)
        self._show()

    @Slot()
    def _show(self) -> None:
        lines, header = self._data.lines, self.table.horizontalHeader()
        self.table.set_row_height(2 * self.table.fontMetrics().lineSpacing() + _ABOVE_AND_BELOW)
        self.model.show_matrix(
            check_matrix(lines.entries),
            tuple(lines.entries),
            tuple(lines.ranks),
            by_council=self._data.order is Order.COUNCIL,
        )
        for section in range(header.count()):
            if section != _TITLE:
                header.resizeSection(section, header.sectionSizeHint(section))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        code = self.model.code(index)
        self.chosen.emit(self.model.entry(index.row()).proposal_id, code)
