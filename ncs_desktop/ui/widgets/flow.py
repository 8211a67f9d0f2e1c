"""Widgets beside each other, and on further lines where the window is too narrow for them all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_GAP = 6


class FlowLayout(QLayout):
    """As narrow as its widest widget; as many widgets in a line as its width takes."""

    def __init__(self, widgets: Sequence[QWidget], *, right: bool = False) -> None:
        """``right``: every line ends at the right edge, as the buttons of a dialog do."""
        super().__init__()
        self._right = right
        self._items: list[QLayoutItem] = []
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take ``item`` in behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than the widgets take."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """How many lines there are depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def setGeometry(self, room: QRect) -> None:
        """Put every widget at its place."""
        super().setGeometry(room)
        places = self._places(room.width())
        ends = {place.top(): place.right() + 1 for place in places}  # of each line
        for item, place in zip(self._items, places, strict=True):
            spare = room.width() - ends[place.top()] if self._right else 0
            item.setGeometry(place.translated(room.topLeft() + QPoint(spare, 0)))

    def sizeHint(self) -> QSize:
        """Return the size of all in one line."""
        sizes = [item.sizeHint() for item in self._items]
        width = sum(size.width() for size in sizes) + _GAP * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest widget."""
        least = QSize(0, 0)
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _places(self, width: int) -> list[QRect]:
        """Return where each item stands in that ``width``."""
        places: list[QRect] = []
        at, high = QPoint(0, 0), 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(width, item.sizeHint().height()))
            if at.x() and at.x() + size.width() > width:
                at, high = QPoint(0, at.y() + high + _GAP), 0
            places.append(QRect(at, size))
            at += QPoint(size.width() + _GAP, 0)
            high = max(high, size.height())
        return places
