"""Ranking by keys: one place up or down, to the top or the bottom, to a place that is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from ncs_desktop.domain.desk import DeskEntry, Order
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.table import DeskTable
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Notice


class RankKeys(QObject):
    """Moves the current line among those shown; the store keeps it."""

    def __init__(
        self, services: Services, desk: CollectDesk, table: DeskTable, notice: Notice
    ) -> None:
        super().__init__(table)
        self._services, self._desk, self._table, self._notice = services, desk, table, notice
        self._model = table.desk_model
        self._told = ""
        table.moved.connect(self.move)
        self._model.rearranged.connect(self._on_rearranged)

    def connect_commands(self, commands: dict[str, QAction]) -> None:
        """Let the commands of the bar move the current line and sort."""
        self._ranking = commands["sort-rank"]
        for name, act in (
            ("rank-up", partial(self._step, -1)),
            ("rank-down", partial(self._step, 1)),
            ("rank-first", self._first),
            ("rank-last", self._last),
            ("rank-to", self._ask_place),
            ("rank-out", self._take_out),
            ("sort", self._table.sort_by_current),
            ("sort-rank", self._table.sort_as_ranked),
        ):
            commands[name].triggered.connect(act)

    def _step(self, by: int, _checked: bool = False) -> None:
        row = self._table.currentIndex().row()
        self.move(row, row + by)

    @Slot()
    def _first(self) -> None:
        self.move(self._table.currentIndex().row(), 0)

    @Slot()
    def _last(self) -> None:
        self.move(self._table.currentIndex().row(), self._model.rowCount() - 1)

    @Slot()
    def _ask_place(self) -> None:
        """Ask for a rank and move the current line there; among the lines shown, the nearest."""
        row = self._table.currentIndex().row()
        if row < 0:
            return
        if not self._model.in_rank_order:
            self._say_not_ranked()
            return
        title = self._model.entry(row).title
        now, most = self._model.rank(row) or 1, self._model.ranked_count
        text = self.tr("Đưa «{title}» đến thứ tự (1–{most}):").format(title=title, most=most)
        rank = self._services.ask.number(
            self._table.window(), self.tr("Chuyển đến thứ tự"), text, now, most
        )
        if rank is not None:
            self.move(row, self._model.row_of_rank(rank))
        self._table.setFocus()

    def _say_not_ranked(self) -> None:
        order = self._ranking.text()
        text = self.tr("Bảng đang sắp theo một cột. Chọn «{order}» rồi hãy đổi thứ tự.")
        self._told = text.format(order=order)
        self._notice.say(self._told, actions=((order, self._show_ranking),))

    @Slot()
    def unsay(self) -> None:
        """Take back that the table is sorted: it is not any more, or is not looked at."""
        if self._told and self._notice.text == self._told:
            self._notice.clear()
        self._told = ""

    @Slot()
    def _on_rearranged(self) -> None:
        if self._model.in_rank_order:
            self.unsay()

    def _show_ranking(self) -> None:
        self.unsay()
        self._table.sort_as_ranked()
        self._table.setFocus()

    @Slot()
    def _take_out(self) -> None:
        """Take the current line out of the council's order, from where it can be put back."""
        row = self._table.currentIndex().row()
        if row < 0 or self._model.order is not Order.COUNCIL:
            return
        entry = self._model.entry(row)
        if not entry.council_ranked:
            return
        back = partial(
            self._desk.take_into_council,
            entry.proposal_id,
            self._model.follower(row),
            entry.council_reason,
        )
        self._desk.take_out_of_council(entry.proposal_id)
        text = self.tr("Đã bỏ «{title}» khỏi thứ tự của hội đồng.").format(title=entry.title)
        self._desk.deeds.add(text, back)
        self._table.setFocus()

    def _take_in(self, entry: DeskEntry) -> None:
        """Put what the council has not placed yet at the end of its order, and say so."""
        self._desk.take_into_council(entry.proposal_id)
        text = self.tr("Đã đưa «{title}» vào cuối thứ tự của hội đồng.")
        self._desk.deeds.add(
            text.format(title=entry.title),
            partial(self._desk.take_out_of_council, entry.proposal_id),
        )

    @Slot(int, int)
    def move(self, row: int, target: int) -> None:
        """Put the line of ``row`` to where ``target`` stands."""
        if not 0 <= row < self._model.rowCount():
            return
        if not self._model.in_rank_order:
            self._say_not_ranked()
            return
        entry = self._model.entry(row)
        if self._model.order is Order.COUNCIL and not entry.council_ranked:
            self._take_in(entry)
            return
        follower = self._model.follower(row)
        moved, before = self._model.move(row, target)
        if moved:
            self._table.scrollTo(self._table.currentIndex())
            self._desk.place(entry.proposal_id, self._model.order, before)
            back = partial(self._desk.put_back, entry.proposal_id, self._model.order, follower)
            text = self.tr("Đã ghi thứ tự {rank} của «{title}».")
            rank = self._model.rank_of(entry.proposal_id)
            self._desk.deeds.add(text.format(rank=rank, title=entry.title), back)
            QTimer.singleShot(0, self, self._stay_in_sight)

    @Slot()
    def _stay_in_sight(self) -> None:
        """Keep the moved line in sight also where the notice took room from the table."""
        self._table.scrollTo(self._table.currentIndex())
