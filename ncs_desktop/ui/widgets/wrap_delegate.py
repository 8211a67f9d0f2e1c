"""Lines of a list that wrap and are always as tall as their words.

Qt measures a wrapping item at another width than it paints it, and cuts the last line off.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

_MARGIN, _AROUND, _TALL = 6, 5, 100_000


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
        """Return the room the wrapped words need."""
        width = max(self._view.viewport().width(), 60)
        room = QRect(0, 0, width - 2 * _MARGIN, _TALL)
        text = str(index.data() or "")
        used = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return QSize(width, used.height() + 2 * _AROUND)
