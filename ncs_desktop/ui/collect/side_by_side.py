"""Two versions or two phiếu side by side, field by field, only what differs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.collect.detail import Pair
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.room import open_at

_ABOVE_AND_BELOW = 10


class SideBySide(QDialog):
    """Three columns: field, left, right."""

    def __init__(self, pair: Pair, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog:side-by-side")
        self.setWindowTitle(self.tr("Xem cạnh nhau"))
        open_at(self, 1080, 640)
        column = QVBoxLayout(self)
        column.addWidget(label(self.tr("Chỉ hiện những mục khác nhau."), "quiet"))
        this, other = pair.files
        if this and other:
            text = self.tr("Trái: {this}; phải: {other}.").format(this=this, other=other)
            column.addWidget(label(text, "quiet"))
        table = QTableWidget(len(pair.differences.fields), 3)
        table.setObjectName("table:side-by-side")
        table.setAccessibleName(self.tr("Các mục khác nhau"))
        table.setHorizontalHeaderLabels([self.tr("Mục"), *self._heads(pair)])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.setWordWrap(True)
        for row, field in enumerate(pair.differences.fields):
            for at, text in enumerate((field.label, field.old, field.new)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
                table.setItem(row, at, item)
        header = table.horizontalHeader()
        header.resizeSection(0, 190)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(partial(self._fit_rows, table))
        column.addWidget(table, 1)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(button(self.tr("Đóng"), self.reject))
        column.addLayout(row_of_buttons)

    def _fit_rows(self, table: QTableWidget, *_sizes: int) -> None:
        """Give each row the room of its words, and some above and below them."""
        table.resizeRowsToContents()
        for row in range(table.rowCount()):
            table.setRowHeight(row, table.rowHeight(row) + _ABOVE_AND_BELOW)

    def _heads(self, pair: Pair) -> tuple[str, str]:
        if pair.other is None:
            return (
                self.tr("Bản đang tính ({code})").format(code=pair.codes[0]),
                self.tr("Bản gửi lại ({code})").format(code=pair.codes[1]),
            )
        if pair.rank is None:
            return self.tr("Phiếu này"), self.tr("Phiếu kia")
        return self.tr("Phiếu này"), self.tr("Phiếu kia (TT {rank})").format(rank=pair.rank)
