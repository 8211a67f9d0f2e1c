"""The bin: phiếu put away, to be taken out again or deleted for good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.proposals.model import moment
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

if TYPE_CHECKING:
    from ncs_desktop.store.records import Listed
    from ncs_desktop.store.store import Store


class BinDialog(QDialog):
    """Lists what lies in the bin."""

    failed = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.setObjectName("dialog:bin")
        self.setWindowTitle(self.tr("Thùng rác"))
        self.setMinimumSize(560, 380)
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
        self._read()

    def _read(self) -> None:
        task = self._services.store.ask(_trashed)
        task.done.connect(self._show)
        task.failed.connect(self.failed)

    @Slot(object)
    def _show(self, lines: Sequence[Listed]) -> None:
        self._list.clear()
        for line in lines:
            when = moment(line.trashed_at) if line.trashed_at else ""
            title = line.title or self.tr("(chưa có tên)")
            item = QListWidgetItem(
                self.tr("{title}\nbỏ vào lúc {when}").format(title=title, when=when)
            )
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            self._list.addItem(item)
        self._note.setText("" if lines else self.tr("Thùng rác đang trống."))
        self._list.setCurrentRow(0)
        self._refresh_buttons()

    @Slot()
    def _refresh_buttons(self) -> None:
        chosen = self._list.currentItem() is not None
        self._restore.setEnabled(chosen)
        self._purge.setEnabled(chosen)

    def _current_id(self) -> str:
        return str(self._list.currentItem().data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_restore(self) -> None:
        self._ask(partial(_restore, self._current_id()))

    @Slot()
    def _on_purge(self) -> None:
        text = self.tr("Xóa hẳn phiếu này cùng mọi bản cũ của nó? Không lấy lại được nữa.")
        if self._services.ask.confirm(self, self.tr("Xóa hẳn"), text, self.tr("Xóa hẳn")):
            self._ask(partial(_purge, self._current_id()))

    def _ask(self, request: partial[None]) -> None:
        task = self._services.store.ask(request)
        task.done.connect(self._on_done)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_done(self, _result: object) -> None:
        self._read()


def _trashed(store: Store) -> list[Listed]:
    return store.summaries(trashed=True)


def _restore(proposal_id: str, store: Store) -> None:
    store.restore(proposal_id)


def _purge(proposal_id: str, store: Store) -> None:
    store.purge(proposal_id)
