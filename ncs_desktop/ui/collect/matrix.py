"""The check matrix: a line for every phiếu, a column for every rule that found something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from ncs_desktop.domain.desk import CheckMatrix, DeskEntry
from ncs_desktop.domain.findings import Points, Severity
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.cell_texts import points_text
from ncs_desktop.ui.collect.data import DeskData
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import label

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.INFO: "i"}
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


def _worst_first(matrix: CheckMatrix) -> tuple[str, ...]:
    """Return the rules that found errors before those that warned, by code within each."""
    order = tuple(_SIGNS)
    worst = dict.fromkeys(matrix.codes, len(order))
    for row in matrix.rows:
        for code, found in row.items():
            if found.worst is not None:
                worst[code] = min(worst[code], order.index(found.worst))
    return tuple(sorted(matrix.codes, key=lambda code: (worst[code], code)))


def _signs(found: Points) -> str:
    """Return the sign of each weight, with the number of points where there are several."""
    counts = zip(_SIGNS.values(), (found.errors, found.warnings, found.infos), strict=True)
    return " ".join(f"{sign} {count}" if count > 1 else sign for sign, count in counts if count)


class MatrixModel(QAbstractTableModel):
    """Titles in the first column, then signs for what each rule found."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._entries: Sequence[DeskEntry] = ()
        self._matrix = CheckMatrix((), ())

    def show_matrix(self, matrix: CheckMatrix, entries: Sequence[DeskEntry]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._entries = entries
        self._matrix = CheckMatrix(_worst_first(matrix), matrix.rows)
        self.endResetModel()

    def entry(self, row: int) -> DeskEntry:
        """Return the entry of a line."""
        return self._entries[row]

    def code(self, index: _Index) -> str:
        """Return the rule of a cell in which it found something; "" elsewhere."""
        at = index.column() - 1
        if at < 0 or self._matrix.cell(index.row(), at) is None:
            return ""
        return self._matrix.codes[at]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The title and the rules."""
        return 0 if parent.isValid() else len(self._matrix.codes) + 1

    def _rule(self, code: str) -> str:
        rule = self._services.catalog.rules.get(code)
        return f"{code}: {rule.title}" if rule else code

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return code and number of hits of a rule; its title as the tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return self.tr("Tên nhiệm vụ") if role == _DISPLAY else None
        code = self._matrix.codes[section - 1]
        if role == _DISPLAY:
            return f"{code}\n{self._matrix.counts[code]}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._rule(code)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return what a cell shows."""
        entry, column = self._entries[index.row()], index.column()
        if column == 0:
            shown = role in (_DISPLAY, Qt.ItemDataRole.ToolTipRole)
            return (entry.title or self.tr("(chưa có tên)")) if shown else None
        found = self._matrix.cell(index.row(), column - 1)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role == _DISPLAY:
            return _signs(found) if found else ""
        if role == Qt.ItemDataRole.ForegroundRole and found and found.worst:
            return self._ink(found.worst)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(self._matrix.codes[column - 1], found)
        return None

    def _ink(self, found: Severity) -> QColor:
        colours = theme.current()
        inks = {Severity.ERROR: colours.error, Severity.WARNING: colours.warning}
        return QColor(inks.get(found, colours.quiet))

    def _told(self, code: str, found: Points | None) -> str:
        if found is None:
            return self.tr("{rule} · không có điểm nào").format(rule=self._rule(code))
        return f"{self._rule(code)} · {points_text(found)}"


class MatrixView(QWidget):
    """The matrix with its legend; ``chosen(id, code)`` when a cell is pressed or activated."""

    chosen = Signal(str, str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MatrixModel(services)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        text = self.tr(
            "✕ lỗi, ▲ cảnh báo, i lưu ý, kèm số điểm nếu nhiều hơn một; số dưới mã quy tắc là số"
            " phiếu vướng."
            " Bấm vào một ô, hoặc Enter, để xem điểm ấy của phiếu."
        )
        column.addWidget(label(text, "quiet"))
        self.table = QTableView()
        self.table.setObjectName("table:matrix")
        self.table.setAccessibleName(self.tr("Ma trận kiểm tra: phiếu và quy tắc"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultSectionSize(52)
        self.table.activated.connect(self._on_activated)
        self.table.clicked.connect(self._on_activated)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_data(self, data: DeskData) -> None:
        """Show the matrix of a call."""
        self.model.show_matrix(data.matrix, data.matrix_entries)
        self.table.horizontalHeader().resizeSection(0, 330)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        code = self.model.code(index)
        self.chosen.emit(self.model.entry(index.row()).proposal_id, code)
