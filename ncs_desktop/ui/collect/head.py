"""The top of the officer's page: which call, and the filter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.views import View
from ncs_desktop.ui.calls.words import countdown, every_minute
from ncs_desktop.ui.proposals.new_dialog import in_order
from ncs_desktop.ui.widgets.elided import ElidedLabel
from ncs_desktop.ui.widgets.filter_line import FilterLine
from ncs_desktop.ui.widgets.labels import label, set_role
from ncs_desktop.ui.widgets.quiet import QuietComboBox

_NARROWEST = 132
"""px of each field where letters are so large that not all have the room they want."""


class DeskHead(QWidget):
    """Title, call, filter; below them the deadline. ``view_chosen(view)`` when others are wanted.

    ``now`` tells the time; how long there is left is told anew every minute.
    """

    view_chosen = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._call: Call | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(6)
        column.addLayout(row)
        self.deadline = ElidedLabel()
        self.deadline.setObjectName("label:desk-deadline")
        self.deadline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(self.deadline)
        self._minutes = every_minute(self, self.show_deadline)
        title = label(self.tr("Tổng hợp"), "title")
        title.setWordWrap(False)
        row.addWidget(title)
        self.calls = QuietComboBox()
        self.calls.setObjectName("field:desk-call")
        self.calls.setAccessibleName(self.tr("Đợt đang tổng hợp"))
        self.calls.setMinimumWidth(_NARROWEST)
        self.calls.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(self.calls, 1)
        self.filter = FilterLine(
            "field:desk-filter",
            self.tr("Lọc bảng tổng hợp"),
            self.tr("Lọc, gõ không dấu cũng được"),
        )
        self.filter.setMinimumWidth(_NARROWEST)
        row.addWidget(self.filter)

        self.views = QuietComboBox()
        self.views.setObjectName("field:desk-view")
        self.views.setAccessibleName(self.tr("Chỉ hiện phiếu"))
        self.views.setMinimumWidth(_NARROWEST)
        for view, text in self._view_names():
            self.views.addItem(text, view)
        row.addWidget(self.views)
        self.views.currentIndexChanged.connect(self._on_view)

    def _view_names(self) -> tuple[tuple[View, str], ...]:
        return (
            (View.ALL, self.tr("Tất cả phiếu")),
            (View.RESUBMITTED, self.tr("Có bản gửi lại")),
            (View.DOUBTFUL, self.tr("Cần đối chiếu bản gốc")),
            (View.NEW, self.tr("Mới nhận")),
            (View.NEEDS_SUPPLEMENT, self.tr("Cần bổ sung")),
            (View.PASSED, self.tr("Đạt")),
            (View.FAILED, self.tr("Không đạt")),
            (View.ERRORS, self.tr("Có lỗi")),
            (View.LATE, self.tr("Quá hạn")),
            (View.ALIKE, self.tr("Nghi trùng")),
            (View.UNEVEN, self.tr("Kinh phí lệch tổng")),
            (View.CUT, self.tr("Chưa có bản ngắn")),
        )

    def show_call(self, call: Call) -> None:
        """Show the deadline of the call whose desk is shown."""
        self._call = call
        self.show_deadline()

    @Slot()
    def show_deadline(self) -> None:
        """Show how long there is left now, or since when it is over."""
        call = self._call
        if call is None:
            return
        now = self._now()
        text = self.tr("Hạn nộp: {left}").format(left=countdown(call, now))
        if text != self.deadline.text():
            self.deadline.setText(text)
            self.deadline.setToolTip(text)
        late = call.deadline is not None and call.deadline.is_late(now)
        set_role(self.deadline, "warning" if late else "quiet")

    @Slot()
    def _on_view(self) -> None:
        self.view_chosen.emit(View(self.views.currentData()))

    def want(self, view: View) -> None:
        """Choose which phiếu are wanted; the text of the filter goes."""
        self.filter.clear()
        self.views.setCurrentIndex(self.views.findData(view))

    def show_calls(self, catalog: Catalog, wanted: object) -> None:
        """Offer the calls; ``wanted`` is chosen where there is such a call, else the latest."""
        self.calls.clear()
        for call in in_order(catalog):
            self.calls.addItem(call.title, call.id)
        known = self.calls.findData(wanted) if isinstance(wanted, str) else -1
        self.calls.setCurrentIndex(max(known, 0))
