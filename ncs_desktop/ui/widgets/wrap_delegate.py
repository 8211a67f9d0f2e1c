"""Lines of a list that wrap and are always as tall as their words.

Qt measures a wrapping item at another width than it paints it, and cuts the last line off.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_AROUND, _TALL = 5, 100_000
BELOW = int(Qt.ItemDataRole.UserRole) + 20
"""Role of a line's pixels that are kept free below its words, for what stands upon it."""


class WrapDelegate(QStyledItemDelegate):
    """Measures each line at the width of the list."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        view.setWordWrap(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room picture and wrapped words need."""
        width = max(self._view.viewport().width(), 60)
        picture = option.decorationSize if index.data(Qt.ItemDataRole.DecorationRole) else QSize()
        around = 2 * self._frame
        beside = picture.width() + around if picture.isValid() else 0
        room = QRect(0, 0, width - around - beside - self._box(index), _TALL)
        text = str(index.data() or "")
        used = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        height = max(used.height(), picture.height()) + 2 * _AROUND
        return QSize(width, height + int(index.data(BELOW) or 0))

    def _box(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return the room a box to be ticked takes beside the words."""
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return 0
        style = self._view.style()
        return style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + 2 * self._frame

    @property
    def _frame(self) -> int:
        """The room Qt leaves free at each side of words, picture and box when it paints them."""
        return self._view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the words above what is kept free."""
        below = int(index.data(BELOW) or 0)
        if below:
            whole = QStyleOptionViewItem(option)
            self.initStyleOption(whole, index)
            panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
            self._view.style().drawPrimitive(panel, whole, painter, self._view)
            option = QStyleOptionViewItem(option)
            option.rect = option.rect.adjusted(0, 0, 0, -below)
        super().paint(painter, option, index)
