"""A table whose first columns stay in sight while the others are scrolled sideways."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget


class FrozenTable(QTableView):
    """Lays a second view of the first ``count`` columns over its own; both are one to a person."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self.frozen = QTableView(self)
        self.frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.frozen.setFrameShape(QFrame.Shape.NoFrame)
        for view in (self, self.frozen):
            view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
            view.setWordWrap(False)
            view.verticalHeader().hide()
            view.horizontalHeader().setHighlightSections(False)
        self.frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        mine, its = self.verticalScrollBar(), self.frozen.verticalScrollBar()
        mine.valueChanged.connect(its.setValue)
        its.valueChanged.connect(mine.setValue)
        self.frozen.clicked.connect(self.clicked)
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        self.frozen.horizontalHeader().sectionResized.connect(self._on_frozen_resized)
        self.horizontalHeader().geometriesChanged.connect(self._place)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model in both views."""
        super().setModel(model)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())
        if model is not None:
            model.modelReset.connect(self._hide_others)
        self._hide_others()

    def set_row_height(self, height: int) -> None:
        """Give the rows of both views one height."""
        for view in (self, self.frozen):
            view.verticalHeader().setDefaultSectionSize(height)

    @Slot()
    def _hide_others(self) -> None:
        for column in range(self._count, self.frozen.horizontalHeader().count()):
            self.frozen.setColumnHidden(column, True)
        self._place()

    @Slot(int, int, int)
    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if column < self._count:
            self.frozen.setColumnWidth(column, width)
            self._place()

    @Slot(int, int, int)
    def _on_frozen_resized(self, column: int, _before: int, width: int) -> None:
        if column < self._count and self.columnWidth(column) != width:
            self.setColumnWidth(column, width)

    @Slot()
    def _place(self) -> None:
        header, frame = self.horizontalHeader().height(), self.frameWidth()
        self.frozen.horizontalHeader().setFixedHeight(header)
        height = self.viewport().height() + header
        self.frozen.setGeometry(frame, frame, self.frozen_width, height)

    @property
    def frozen_width(self) -> int:
        """How much of the width the columns take that stay."""
        return sum(map(self.columnWidth, range(min(self._count, self.horizontalHeader().count()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns that stay as high as the table."""
        super().resizeEvent(event)
        self._place()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell in sight, not under the columns that stay."""
        if index.column() < self._count:
            bar, at = self.horizontalScrollBar(), self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            bar.setValue(at)
            return
        super().scrollTo(index, hint)
        hidden = self.frozen_width - self.visualRect(index).left()
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
