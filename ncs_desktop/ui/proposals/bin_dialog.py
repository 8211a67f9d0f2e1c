"""The bin: phiếu put away, to be taken out again or deleted for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.money import format_million
from ncs_desktop.ui.proposals.model import ProposalsModel, moment
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

if TYPE_CHECKING:
    from ncs_desktop.store.records import Listed
    from ncs_desktop.store.store import Store

    Binned: TypeAlias = tuple[Sequence[Listed], Mapping[str, Mapping[str, int]]]


class BinDialog(QDialog):
    """Lists what lies in the bin, the last put away first.

    ``restore_wanted(id, name)``: whoever keeps the list does it and lets the bin be read again.
    ``purged(name)``: one was deleted for good. ``model`` knows how the list names phiếu and calls.
    """

    failed = Signal(object)
    restore_wanted = Signal(str, str)
    purged = Signal(str)

    def __init__(
        self, services: Services, model: ProposalsModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._model = model
        self._lines: Sequence[Listed] = ()
        self._seats: Mapping[str, Mapping[str, int]] = {}
        self.setObjectName("dialog:bin")
        self.setWindowTitle(self.tr("Thùng rác"))
        open_at(self, 560, 380)
        column = QVBoxLayout(self)
        self._note = label(role="quiet")
        self._list = QListWidget()
        self._list.setObjectName("list:bin")
        self._list.setAccessibleName(self.tr("Phiếu trong thùng rác"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        row = QHBoxLayout()
        self._restore = button(self.tr("Lấy lại"), self._on_restore, picture="restore")
        self._restore.setObjectName("button:restore")
        self._purge = button(self.tr("Xóa hẳn…"), self._on_purge, picture="trash")
        row.addWidget(self._restore)
        row.addWidget(self._purge)
        row.addStretch(1)
        row.addWidget(button(self.tr("Đóng"), self.accept))
        column.addWidget(self._note)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        self._list.currentRowChanged.connect(self._refresh_buttons)
        self.read()

    @Slot()
    def read(self) -> None:
        """Read anew what lies in the bin."""
        task = self._services.store.ask(_trashed)
        task.done.connect(self._show)
        task.failed.connect(self.failed)

    @Slot(object)
    def _show(self, binned: Binned) -> None:
        row = self._list.currentRow()
        self._lines, self._seats = binned
        lines = self._lines
        self._list.clear()
        for line in lines:
            self._list.addItem(QListWidgetItem(self._words(line)))
        self._note.setText(self.tr("Thùng rác đang trống."))
        self._note.setVisible(not lines)
        self._list.setCurrentRow(min(max(row, 0), len(lines) - 1))
        self._refresh_buttons()

    @Slot()
    def _refresh_buttons(self) -> None:
        chosen = self._list.currentItem() is not None
        self._restore.setEnabled(chosen)
        self._purge.setEnabled(chosen)

    def _words(self, line: Listed) -> str:
        """Return what tells a phiếu from another one of the same name."""
        money = self.tr("{total} triệu đồng")
        facts = (
            self._model.call_of(line),
            self.tr("chưa có kinh phí")
            if line.total is None
            else money.format(total=format_million(line.total)),
            self.tr("lưu lúc {when}").format(when=moment(line.saved_at)),
        )
        title = self._model.title(line)
        when = moment(line.trashed_at) if line.trashed_at else ""
        put_away = self.tr("bỏ vào thùng rác lúc {when}").format(when=when)
        words = [title, " · ".join(fact for fact in facts if fact), put_away]
        seat = self.tr("ở trang «Tổng hợp» ({call}): lấy lại thì về thứ tự {rank}")
        for call, rank in self._seats.get(line.id, {}).items():
            words.append(seat.format(call=self._model.call_name(call), rank=rank))
        return "\n".join(words)

    def _current(self) -> Listed:
        return self._lines[self._list.currentRow()]

    @Slot()
    def _on_restore(self) -> None:
        line = self._current()
        self.restore_wanted.emit(line.id, self._model.name(line))

    @Slot()
    def _on_purge(self) -> None:
        line = self._current()
        name = self._model.name(line)
        text = self.tr("Xóa hẳn phiếu {name} cùng mọi bản cũ? Không lấy lại được nữa.")
        asked = self.tr("Xóa hẳn")
        if self._services.ask.confirm(self, asked, text.format(name=name), asked):
            task = self._services.store.ask(partial(_purge, line.id, name))
            task.done.connect(self._on_purged)
            task.failed.connect(self.failed)

    @Slot(object)
    def _on_purged(self, name: str) -> None:
        self.purged.emit(name)
        self.read()


def _trashed(store: Store) -> Binned:
    lines = store.summaries(trashed=True)
    return lines, {line.id: seats for line in lines if (seats := store.seats(line.id))}


def _purge(proposal_id: str, name: str, store: Store) -> str:
    store.purge(proposal_id)
    return name
