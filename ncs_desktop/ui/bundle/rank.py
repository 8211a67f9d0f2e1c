"""The rank of several phiếu in one dossier: the order in which the letter and table list them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.widgets.labels import button
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate


class RankList(QWidget):
    """Drag, or Alt and the arrow keys, or the buttons."""

    changed = Signal()

    def __init__(self, proposals: Sequence[Proposal], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of = {proposal.id: proposal for proposal in proposals}
        self._list = QListWidget()
        self._list.setObjectName("list:rank")
        self._list.setAccessibleName(self.tr("Thứ tự ưu tiên của các phiếu"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        self._list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self._list.setFixedHeight(min(40 + 34 * len(proposals), 220))
        for proposal in proposals:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, proposal.id)
            self._list.addItem(item)
        self._number()
        self._list.setCurrentRow(0)
        self._list.model().rowsMoved.connect(self._on_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("Lên (Alt+↑)"), self.up, picture="up"))
        row.addWidget(button(self.tr("Xuống (Alt+↓)"), self.down, picture="down"))
        row.addStretch(1)
        column.addLayout(row)
        for keys, act in (("Alt+Up", self.up), ("Alt+Down", self.down)):
            QShortcut(QKeySequence(keys), self, act)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The phiếu in their rank."""
        rows = range(self._list.count())
        return tuple(self._of[self._list.item(row).data(Qt.ItemDataRole.UserRole)] for row in rows)

    def show_order(self, ids: Sequence[str]) -> None:
        """Rank the phiếu as before; one that was not there yet comes last."""
        wanted = {proposal_id: rank for rank, proposal_id in enumerate(ids)}
        ordered = sorted(self.proposals, key=lambda item: wanted.get(item.id, len(wanted)))
        for row, proposal in enumerate(ordered):
            self._list.item(row).setData(Qt.ItemDataRole.UserRole, proposal.id)
        self._number()

    @property
    def names(self) -> dict[str, str]:
        """What each phiếu is called by its id, in their rank: its number and its title."""
        return {
            item.id: f"{rank}. {item.title or self.tr('Phiếu chưa có tên')}"
            for rank, item in enumerate(self.proposals, 1)
        }

    def _number(self) -> None:
        for row, name in enumerate(self.names.values()):
            self._list.item(row).setText(name)

    @Slot()
    def _on_moved(self) -> None:
        self._number()
        self.changed.emit()

    @Slot()
    def up(self) -> None:
        """Rank the chosen phiếu one higher."""
        self._move(-1)

    @Slot()
    def down(self) -> None:
        """Rank the chosen phiếu one lower."""
        self._move(1)

    def _move(self, step: int) -> None:
        row = self._list.currentRow()
        if 0 <= row + step < self._list.count() and row >= 0:
            item = self._list.takeItem(row)
            self._list.insertItem(row + step, item)
            self._list.setCurrentItem(item)
            self._on_moved()
