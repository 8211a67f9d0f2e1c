"""Where a person is in the officer's table, while other lines come to be shown."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QObject, Slot

from ncs_desktop.ui.collect.cell_texts import OTHER
from ncs_desktop.ui.collect.data import DeskData, Words
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.table import DeskTable

_NEAR = 1000
"""Lines looked through for one that is still there."""


class KeptLine(QObject):
    """Keeps the current line, or the one after it where it left; a phiếu that returns is current.

    Nobody is put to the first line by what they did to another one: the next key would hit it.
    """

    def __init__(self, table: DeskTable, desk: CollectDesk) -> None:
        super().__init__(table)
        self._table, self._model = table, table.desk_model
        self._kept = self._returning = ""
        self._model.modelAboutToBeReset.connect(self._keep)
        self._model.filtered.connect(self._show)
        desk.returned.connect(self._expect)

    def show_data(self, data: DeskData, words: Words) -> None:
        """Show other data; the table stays where it is scrolled to if the line is the same."""
        table, model = self._table, self._model
        chosen = [model.entry(row).proposal_id for row in table.rows]
        near = model.near(table.currentIndex().row())
        bars = (table.verticalScrollBar(), table.horizontalScrollBar())
        down, across = (bar.value() for bar in bars)
        model.show_data(data, words)
        table.setColumnHidden(OTHER, not data.lines.others)
        table.fit_amounts(data.lines.widest)
        was, returning = self._kept, self._returning
        if model.row_of(returning) is not None:
            self._kept, self._returning, chosen = returning, "", []
        else:
            still = (one for one in islice(near, _NEAR) if model.row_of(one) is not None)
            self._kept = next(still, was)
        table.show_line(self._kept, chosen)
        bars[0].setValue(down)
        if self._kept != was:
            table.scrollTo(table.currentIndex())
        bars[1].setValue(across)

    @Slot()
    def _keep(self) -> None:
        row = self._table.currentIndex().row()
        if row >= 0:
            self._kept = self._model.entry(row).proposal_id

    @Slot()
    def _show(self) -> None:
        self._table.show_line(self._kept)

    @Slot(str)
    def _expect(self, proposal_id: str) -> None:
        self._returning = proposal_id
