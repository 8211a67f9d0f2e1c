"""Which call is the new phiếu for? A person's own calls first, past ones marked."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import Call
from ncs_desktop.ui.calls.words import countdown
from ncs_desktop.ui.widgets.labels import label, make_default
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate


class NewDialog(QDialog):
    """Lets a person choose the call; ``chosen(call id, id of the phiếu to copy or "")``."""

    chosen = Signal(str, str)

    def __init__(
        self,
        catalog: Catalog,
        now: datetime,
        *,
        source: str = "",
        source_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self.setObjectName("dialog:new")
        self.setWindowTitle(self.tr("Lấy từ phiếu cũ") if source else self.tr("Lập phiếu mới"))
        open_at(self, 560, 380)
        column = QVBoxLayout(self)
        if source:
            note = self.tr("Phiếu mới lấy nội dung của phiếu {name}; phiếu cũ giữ nguyên.")
            column.addWidget(label(note.format(name=source_name)))
        column.addWidget(label(self.tr("Phiếu mới thuộc đợt đề xuất nào?"), "heading"))
        self._list = QListWidget()
        self._list.setObjectName("list:calls")
        self._list.setAccessibleName(self.tr("Các đợt đề xuất"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        for call in in_order(catalog):
            self._list.addItem(self._item(call, now))
        self._list.setCurrentRow(0)
        self._list.itemDoubleClicked.connect(self.accept)
        column.addWidget(self._list, 1)
        if source:
            note = self.tr(
                "Năm của phiếu mới lấy theo đợt bạn chọn;"
                " thời gian và kinh phí để trống cho bạn điền."
            )
            column.addWidget(label(note, "quiet"))
        hint = self.tr(
            "Chưa có đợt của bạn? Vào trang «Đợt đề xuất» để tạo từ đợt cũ hoặc mở tệp đợt."
        )
        column.addWidget(label(hint, "quiet"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton(self.tr("Lập phiếu"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "primary")
        go.setEnabled(self._list.count() > 0)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        make_default(go)
        self._list.setFocus()

    def _item(self, call: Call, now: datetime) -> QListWidgetItem:
        item = QListWidgetItem(f"{call.title}\n{call.authority.name} · {countdown(call, now)}")
        item.setData(Qt.ItemDataRole.UserRole, call.id)
        if call.deadline is not None and call.deadline.is_late(now):
            item.setForeground(self.palette().placeholderText())
        return item

    def accept(self) -> None:
        """Tell the choice and close."""
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole), self._source)
            super().accept()


def in_order(catalog: Catalog) -> list[Call]:
    """Return the calls as a person looks for them: own ones first, the latest year first."""
    return sorted(catalog.calls.values(), key=_rank)


def _rank(call: Call) -> tuple[bool, int, str]:
    return (not call.own, -call.plan_year, call.id)
