"""The table of the officer's page: lines are ranked by dragging or by Alt+↑/↓."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from ncs_desktop.ui import theme, zoom
from ncs_desktop.ui.collect.cell_texts import (
    ALIKE,
    CHECK,
    COUNTERPART,
    LEAD,
    MONEY,
    NOTE,
    OTHER,
    PROPOSER,
    RANK,
    RECEIVED,
    SECTIONS,
    STATE,
    STATUS,
    TITLE,
    TOTAL,
)
from ncs_desktop.ui.collect.cells import CellDelegate
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.widgets.tables import FittingTable, as_main_list

_WIDTHS = {
    RANK: 40,
    OTHER: 60,
    TITLE: 196,
    PROPOSER: 132,
    TOTAL: 76,
    STATE: 76,
    COUNTERPART: 80,
    CHECK: 86,
    ALIKE: 84,
    RECEIVED: 118,
    STATUS: 84,
    NOTE: 240,
    LEAD: 132,
    **dict.fromkeys(SECTIONS, 200),
}
_FIRST = (RANK, OTHER, TITLE, TOTAL, CHECK, ALIKE, STATUS, RECEIVED)
"""What has to be seen without scrolling, beside the panel of a window 1280 px wide."""
_MARGINS = 22
_ROW_HEIGHT = 52
_ABOVE_AND_BELOW = 6
_LEAST_WIDE = 416
"""px beside the panel, on a small screen: rank, title, total and what the checks say."""


class DeskTable(FittingTable):
    """Shows the desk; ``moved(row, target)`` when a line was dragged to where another stands."""

    moved = Signal(int, int)
    chosen = Signal()

    def __init__(self, model: DeskModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("table:collect")
        self.setAccessibleName(self.tr("Bảng tổng hợp các phiếu"))
        self.desk_model = model
        self._dropping: int | None = None
        self._column = RANK
        self._widest: Sequence[str] = ("",) * len(MONEY)
        self._widened: dict[int, tuple[int, int]] = {}
        self._fitted = self.fontMetrics().height()
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, self))
        as_main_list(self, _ROW_HEIGHT)
        self.setMinimumWidth(_LEAST_WIDE)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        self.sort_as_ranked()
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)
        model.rearranged.connect(self._show_rearranged)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, round(width * zoom.factor()))
            header.setSectionHidden(column, column in SECTIONS)
        for place, column in enumerate(_FIRST):
            header.moveSection(header.visualIndex(column), place)
        header.moveSection(header.visualIndex(LEAD), header.visualIndex(PROPOSER))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)

    def sort_as_ranked(self) -> None:
        """Show the lines as they are ranked again."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def sort_by_current(self) -> None:
        """Sort by the column of the current cell, as a click on its heading does."""
        header, column = self.horizontalHeader(), self.currentIndex().column()
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if header.sortIndicatorSection() != column:
            header.setSortIndicator(column, ascending)
        elif header.sortIndicatorOrder() == ascending:
            header.setSortIndicator(column, descending)
        else:
            self.sort_as_ranked()

    @Slot()
    def _show_rearranged(self) -> None:
        """Begin at the top, in the ranking at the current line; no title is cut by its arrow."""
        if self.desk_model.in_rank_order:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self.scrollToTop()
        header = self.horizontalHeader()
        for column in _WIDTHS:
            least = 0 if header.isSectionHidden(column) else header.sectionSizeHint(column)
            if header.sectionSize(column) < least:
                header.resizeSection(column, header.sectionSizeHint(column))

    def _own_width(self, column: int) -> int:
        """Return how wide a column would be had it not been widened for its words."""
        width = self.horizontalHeader().sectionSize(column)
        widened, before = self._widened.get(column, (width, width))
        return before if widened == width else width

    def fit_amounts(self, widest: Sequence[str]) -> None:
        """Make room for the ``widest`` amount of each column, now and in other letters."""
        self._widest = widest
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Make room in each row for a name and who proposes; no amount, time or title is cut.

        Columns grow and shrink with the letters, also those whose width a person chose.
        """
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        ratio, self._fitted = metrics.height() / self._fitted, metrics.height()
        lines = 3 * metrics.lineSpacing() + _ABOVE_AND_BELOW
        self.verticalHeader().setDefaultSectionSize(max(_ROW_HEIGHT, lines))
        texts = {**dict(zip(MONEY, self._widest, strict=True)), RECEIVED: "00:00 00/00/0000 ·"}
        for column in _WIDTHS:
            title = header.sectionSizeHint(column)
            wanted = max(title, metrics.horizontalAdvance(texts.get(column, "")) + _MARGINS)
            own = round(self._own_width(column) * ratio)
            if not header.isSectionHidden(column) and header.sectionSize(column) != max(
                own, wanted
            ):
                header.resizeSection(column, max(own, wanted))
                self._widened[column] = header.sectionSize(column), own

    def columns_menu(self) -> QMenu:
        """Return the columns to be shown or hidden; rank and title always stay."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in _WIDTHS:
            if column not in (RANK, OTHER, TITLE):
                title = str(self.desk_model.headerData(column, Qt.Orientation.Horizontal))
                action = menu.addAction(title.replace("\n", " "))
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(column))
                action.toggled.connect(partial(self._show_column, column))
        return menu

    def _show_column(self, column: int, shown: bool) -> None:
        self.setColumnHidden(column, not shown)
        hint = self.horizontalHeader().sectionSizeHint(column)
        if shown and self.columnWidth(column) < hint:
            self.setColumnWidth(column, max(hint, round(_WIDTHS[column] * zoom.factor())))

    @Slot(QPoint)
    def _choose_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell that another line is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._column = current.column()
        if current.row() != previous.row():
            self.chosen.emit()

    def show_line(self, proposal_id: str, chosen: Sequence[str] = ()) -> None:
        """Make a phiếu the current line, in the column where a person is; else the first one.

        Where several were ``chosen``, they all are again.
        """
        row = self.desk_model.row_of(proposal_id) if proposal_id else None
        if row is not None or self.desk_model.rowCount():
            index = self.model().index(row or 0, self._column)
            self.selectRow(index.row())
            only_current = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, only_current)
        if len(chosen) > 1:
            self._choose([self.desk_model.row_of(other) for other in chosen])

    def _choose(self, rows: Sequence[int | None]) -> None:
        selection = self.selectionModel()
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        for row in rows:
            if row is not None:
                selection.select(self.model().index(row, 0), flags)

    @property
    def rows(self) -> list[int]:
        """The selected rows from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take only own lines; files go on to the page."""
        self._only_own(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take only own lines, anywhere in the table, and show between which they would fall.

        Qt itself draws no line here and refuses the drop: its rows are no place to drop on.
        """
        if event.source() is not self:
            event.ignore()
            return
        super().dragMoveEvent(event)
        if self.desk_model.in_rank_order:
            self._show_gap(self._gap(event.position().toPoint()))
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the drop line away."""
        self._show_gap(None)
        super().dragLeaveEvent(event)

    def _gap(self, at: QPoint) -> int:
        """Return before which row a line let go at ``at`` falls: the nearer edge of a row."""
        index = self.indexAt(at)
        if not index.isValid():
            return self.model().rowCount() if at.y() > 0 else 0
        return index.row() + (at.y() > self.visualRect(index).center().y())

    def _show_gap(self, gap: int | None) -> None:
        if gap != self._dropping:
            self._dropping = gap
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, and where a dragged one would fall."""
        super().paintEvent(event)
        if self._dropping is None or not self.model().rowCount():
            return
        last = self.model().rowCount() - 1
        y = self.rowViewportPosition(min(self._dropping, last))
        if self._dropping > last:
            y += self.rowHeight(last)
        painter = QPainter(self.viewport())
        bar = QRect(0, max(y - 2, 0), self.viewport().width(), 3)
        painter.fillRect(bar, QColor(theme.current().accent))
        painter.end()

    def _only_own(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the dragged line was dropped; the model moves it."""
        gap = self._gap(event.position().toPoint())
        self._show_gap(None)
        row = self.currentIndex().row()
        target = gap - (gap > row)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if row != target:
            self.moved.emit(row, target)
