"""Beside the table: requests for supplement, and for each point whether what came back meets it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.supplement import PointState
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.detail import Asked, Detail
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.scroll import scrolled_column
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

_REQUEST = int(Qt.ItemDataRole.UserRole)
_POINT, _SEEN = _REQUEST + 1, _REQUEST + 2


class RequestsTab(QWidget):
    """All requests about one phiếu; ``judged(request, point, met, against)`` by a person.

    ``against`` tells whether the program says otherwise.
    """

    judged = Signal(str, str, object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = scrolled_column(self)
        column.setContentsMargins(8, 8, 0, 0)
        self._note = label(role="quiet")
        column.addWidget(self._note)
        self.list = QListWidget()
        self.list.setObjectName("list:points")
        self.list.setAccessibleName(self.tr("Các điểm đã yêu cầu bổ sung"))
        self.list.setItemDelegate(WrapDelegate(self.list))
        self.list.currentItemChanged.connect(self._on_current)
        column.addWidget(self.list, 1)
        rows = [QHBoxLayout(), QHBoxLayout()]
        self._buttons = []
        for name, text, met in (
            ("met", self.tr("Coi là đáp ứng"), True),
            ("unjudge", self.tr("Theo phần mềm"), None),
            ("unmet", self.tr("Coi là chưa đáp ứng"), False),
        ):
            made = button(text, partial(self._judge, met))
            made.setObjectName(f"button:point-{name}")
            rows[met is False].addWidget(made)
            self._buttons.append(made)
        for row in rows:
            row.addStretch(1)
            column.addLayout(row)

    @property
    def count(self) -> int:
        """Number of points asked for."""
        return sum(bool(self.list.item(row).data(_POINT)) for row in range(self.list.count()))

    def show_detail(self, detail: Detail) -> None:
        """Show the requests about one phiếu, the latest first."""
        at = self.list.currentRow()
        self.list.clear()
        for asked in detail.asked:
            self._add_head(asked)
            states = (
                {state.point.id: state for state in asked.returned.states}
                if (asked.returned)
                else {}
            )
            for point, words in asked.points:
                self._add_point(asked, point, words, states.get(point))
        if detail.asked:
            self._note.setText(
                self.tr("Xem bản gửi lại rồi chọn; cán bộ quyết định, phần mềm chỉ xét giúp.")
            )
        else:
            self._note.setText(self.tr("Chưa gửi yêu cầu bổ sung nào cho phiếu này."))
        self.list.setCurrentRow(at if 0 <= at < self.list.count() else 1)
        self._on_current()

    def _add_head(self, asked: Asked) -> None:
        day = asked.record.asked_at.astimezone(VIETNAM).strftime("%d/%m/%Y")
        if asked.returned is None:
            text = self.tr("Yêu cầu ngày {day}: chưa có bản gửi lại").format(day=day)
        elif asked.returned.met:
            text = self.tr("Yêu cầu ngày {day}: đã đáp ứng đủ").format(day=day)
        else:
            text = self.tr("Yêu cầu ngày {day}: đã có bản gửi lại").format(day=day)
        item = QListWidgetItem(text)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.list.addItem(item)

    def _add_point(self, asked: Asked, point: str, words: str, state: PointState | None) -> None:
        colours = theme.current()
        if state is None or state.met is None:
            sign, ink = self.tr("? Chưa rõ"), colours.quiet
            if state is not None and state.changed:
                sign = self.tr("? Có sửa, cần xem")
        elif state.met:
            sign, ink = self.tr("✓ Đã đáp ứng"), colours.good
        else:
            sign, ink = self.tr("✕ Chưa đáp ứng"), colours.error
        if state is not None and state.overruled:
            sign = self.tr("{sign} (cán bộ xác định)").format(sign=sign)
        item = QListWidgetItem(f"{sign}: {words}")
        item.setForeground(QColor(ink))
        item.setData(_REQUEST, asked.record.id)
        item.setData(_POINT, point)
        item.setData(_SEEN, state.seen if state is not None else None)
        self.list.addItem(item)

    @Slot()
    def _on_current(self) -> None:
        item = self.list.currentItem()
        for made in self._buttons:
            made.setEnabled(item is not None and bool(item.data(_POINT)))

    def _judge(self, met: bool | None, _checked: bool = False) -> None:
        item = self.list.currentItem()
        if item is not None and item.data(_POINT):
            seen = item.data(_SEEN)
            against = met is not None and seen is not None and met is not seen
            self.judged.emit(item.data(_REQUEST), item.data(_POINT), met, against)
