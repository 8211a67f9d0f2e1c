"""How a table looks and answers where each of its rows is one thing of which a person chooses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget


class FittingTable(QTableView):
    """A table that fits its columns and rows to its letters whenever these change their size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = self.fontMetrics().height()
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.timeout.connect(self.fit)

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other columns and rows, once headings have them too."""
        super().changeEvent(event)
        letters = self.fontMetrics().height()
        if event.type() == QEvent.Type.FontChange and letters != self._letters:
            self._letters = letters
            self._fit_soon.start()

    @Slot()
    def fit(self) -> None:
        """Give columns and rows the room their words need."""

    def selectRow(self, row: int) -> None:
        """Choose one line alone; Qt's own would turn it off while Ctrl is held, as for Ctrl+Z."""
        selection = self.selectionModel()
        flags = selection.SelectionFlag.ClearAndSelect | selection.SelectionFlag.Rows
        index = self.model().index(row, max(self.currentIndex().column(), 0))
        selection.setCurrentIndex(index, flags)


def as_list(table: QTableView) -> None:
    """Let whole rows of ``table`` be chosen, nothing be edited in place, and Tab lead out of it."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )


def as_main_list(table: QTableView, row_height: int) -> None:
    """Make ``table`` the list of a page: rows of one height, several chosen, a menu."""
    as_list(table)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.verticalHeader().setDefaultSectionSize(row_height)
    table.horizontalHeader().setHighlightSections(False)
