"""What the receiving office asks of this phiếu: its words, each leading to its field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.dates import short_date
from ncs_desktop.domain.supplement import SupplementRequest
from ncs_desktop.ui.widgets.labels import button, label

_MOST_LINES = 4


class AskedPoints(QFrame):
    """A strip above the form; ``wanted(field)`` for a point, ``done_wanted`` by a person."""

    wanted = Signal(str)
    done_wanted = Signal()

    def __init__(self, request: SupplementRequest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("asked")
        self.setProperty("role", "notice")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        row = QHBoxLayout()
        row.addWidget(label(self._title(request), "heading"), 1)
        done = button(self.tr("Đã bổ sung xong"), self.done_wanted.emit, picture="check")
        done.setObjectName("button:asked-done")
        row.addWidget(done)
        column.addLayout(row)
        self.list = QListWidget()
        self.list.setObjectName("list:asked")
        self.list.setAccessibleName(self.tr("Các điểm được yêu cầu bổ sung"))
        self.list.setWordWrap(True)
        for number, point in enumerate(request.points, 1):
            item = QListWidgetItem(f"{number}. {' '.join(point.words.split())}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, point.field or "")
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        column.addWidget(self.list)

    def _title(self, request: SupplementRequest) -> str:
        agency = request.agency or self.tr("Cơ quan tiếp nhận")
        text = self.tr("{agency} yêu cầu bổ sung {count} điểm").format(
            agency=agency, count=len(request.points)
        )
        if request.until is None:
            return text
        return self.tr("{text}, trước ngày {day}").format(text=text, day=short_date(request.until))

    def sizeHint(self) -> QSize:
        """Room for a few points; more of them scroll."""
        lines = min(self.list.count(), _MOST_LINES)
        self.list.setFixedHeight(lines * 3 * self.fontMetrics().lineSpacing() // 2 + 8)
        return super().sizeHint()

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        field = item.data(Qt.ItemDataRole.UserRole)
        if field:
            self.wanted.emit(field)
