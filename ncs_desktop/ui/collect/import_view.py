"""Files coming in: what became of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.desk import Result
from ncs_desktop.ui.collect.jobs import FileLine
from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.widgets.labels import button, label

_PICTURES = {
    Result.NEW: "add",
    Result.UPDATED: "restore",
    Result.SAME: "copy",
    Result.REJECTED: "remove",
}


class FilesView(QWidget):
    """What became of every file; ``review_wanted(receipt)`` of a reading that is doubtful."""

    review_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self._count = label(self.tr("Chưa nhập tệp nào trong lần mở này."), "quiet")
        column.addWidget(self._count)
        self.list = QTableWidget(0, 3)
        self.list.setObjectName("list:imported")
        self.list.setAccessibleName(self.tr("Kết quả của từng tệp"))
        self.list.setHorizontalHeaderLabels(
            [self.tr("Kết quả"), self.tr("Tệp"), self.tr("Lý do, lưu ý")]
        )
        self.list.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.list.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.list.setTabKeyNavigation(False)
        self.list.setShowGrid(False)
        self.list.setWordWrap(True)
        self.list.verticalHeader().hide()
        self.list.setIconSize(QSize(16, 16))
        header = self.list.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 150)
        header.resizeSection(1, 280)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.review = button(self.tr("Đối chiếu bản đọc từ Word…"), self._review, picture="preview")
        self.review.setObjectName("button:review")
        self.review.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self.review)
        row.addStretch(1)
        column.addLayout(row)
        self._counts: Counter[Result] = Counter()
        self.list.itemSelectionChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self._review)

    def clear(self) -> None:
        """Forget what is shown."""
        self.list.setRowCount(0)
        self._counts.clear()

    def add(self, lines: Sequence[FileLine]) -> None:
        """Show what became of further files."""
        for line in lines:
            row = self.list.rowCount()
            self.list.insertRow(row)
            self._counts[line.result] += 1
            word = self.word(line.result)
            if line.receipt_id:
                word = f"{word}, {self.tr('cần đối chiếu')}"
            for column, text in enumerate((word, line.name, line.reason)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == 0:
                    item.setIcon(icon(_PICTURES[line.result]))
                    item.setData(Qt.ItemDataRole.UserRole, line.receipt_id)
                self.list.setItem(row, column, item)
            if line.reason:
                self.list.resizeRowToContents(row)
                self.list.setRowHeight(row, self.list.rowHeight(row) + 10)
        self._count.setText(self.summary)

    def reviewed(self, receipt_id: str) -> None:
        """Show that a reading was compared with its source."""
        for row in range(self.list.rowCount()):
            item = self.list.item(row, 0)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == receipt_id:
                item.setData(Qt.ItemDataRole.UserRole, "")
                item.setText(self.tr("Mới, đã đối chiếu"))
        self._on_chosen()

    @property
    def summary(self) -> str:
        """How many files came in as what."""
        text = self.tr("{new} mới, {updated} cập nhật, {same} đã có, {rejected} không đọc được.")
        return text.format(**{result.value: self._counts[result] for result in Result})

    @property
    def rejected(self) -> int:
        """How many files could not be used."""
        return self._counts[Result.REJECTED]

    def word(self, result: Result) -> str:
        """Return a result in words."""
        return {
            Result.NEW: self.tr("Mới"),
            Result.UPDATED: self.tr("Cập nhật"),
            Result.SAME: self.tr("Đã có"),
            Result.REJECTED: self.tr("Không nhận"),
        }[result]

    def _receipt(self) -> str:
        item = self.list.item(self.list.currentRow(), 0)
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole) or "")

    @Slot()
    def _on_chosen(self) -> None:
        self.review.setEnabled(bool(self._receipt()))

    @Slot()
    def _review(self, _item: object = None) -> None:
        if self._receipt():
            self.review_wanted.emit(self._receipt())
