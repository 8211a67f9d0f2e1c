"""The top of the officer's page: which call, and the filter."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.views import View
from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.proposals.new_dialog import in_order
from ncs_desktop.ui.widgets.field_editor import QuietComboBox
from ncs_desktop.ui.widgets.labels import label


class DeskHead(QWidget):
    """Title, call and filter in one row; ``view_chosen(view)`` when others are to be shown."""

    view_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        title = label(self.tr("Tổng hợp"), "title")
        title.setWordWrap(False)
        row.addWidget(title)
        self.calls = QuietComboBox()
        self.calls.setObjectName("field:desk-call")
        self.calls.setAccessibleName(self.tr("Đợt đang tổng hợp"))
        self.calls.setMinimumWidth(160)
        row.addWidget(self.calls, 1)
        self.filter = QLineEdit()
        self.filter.setObjectName("field:desk-filter")
        self.filter.setAccessibleName(self.tr("Lọc bảng tổng hợp"))
        self.filter.setPlaceholderText(self.tr("Lọc, gõ không dấu cũng được"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(160)
        self.filter.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        row.addWidget(self.filter)

        self.views = QuietComboBox()
        self.views.setObjectName("field:desk-view")
        self.views.setAccessibleName(self.tr("Chỉ hiện phiếu"))
        for view, text in self._view_names():
            self.views.addItem(text, view)
        row.addWidget(self.views)
        self.views.currentIndexChanged.connect(self._on_view)

    def _view_names(self) -> tuple[tuple[View, str], ...]:
        return (
            (View.ALL, self.tr("Tất cả phiếu")),
            (View.RESUBMITTED, self.tr("Có bản gửi lại")),
            (View.DOUBTFUL, self.tr("Cần đối chiếu bản Word")),
            (View.NEW, self.tr("Mới nhận")),
            (View.NEEDS_SUPPLEMENT, self.tr("Cần bổ sung")),
            (View.PASSED, self.tr("Đạt")),
            (View.FAILED, self.tr("Không đạt")),
            (View.ERRORS, self.tr("Có lỗi")),
            (View.LATE, self.tr("Quá hạn")),
            (View.ALIKE, self.tr("Nghi trùng")),
            (View.UNEVEN, self.tr("Kinh phí lệch tổng")),
        )

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
