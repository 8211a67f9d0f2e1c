"""What is worked on and, beside it, what shows more of it: on the officer's page, in a letter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_LINES = 10
"""Lines of letters each of the two has at least; where that is too much, the page scrolls."""


class Beside(QSplitter):
    """Two widgets beside each other; below each other where letters are too large for that."""

    def __init__(
        self, views: QWidget, panel: QWidget, sizes: tuple[int, int], lines: int = _LINES
    ) -> None:
        super().__init__()
        self._lines = lines
        self.addWidget(views)
        self.addWidget(panel)
        self.setSizes(sizes)
        self.setStretchFactor(0, 1)
        self.setCollapsible(0, False)

    def _least(self) -> list[QSize]:
        lines = QSize(0, self._lines * self.fontMetrics().lineSpacing())
        shown = (self.widget(at) for at in range(self.count()))
        return [
            it.minimumSizeHint().expandedTo(it.minimumSize()).expandedTo(lines)
            for it in shown
            if it is not None and not it.isHidden()
        ]

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of the two, and as high as both need as they now stand."""
        least = self._least()
        heights = [size.height() for size in least]
        high = sum(heights) if self.orientation() is Qt.Orientation.Vertical else max(heights)
        return QSize(max(size.width() for size in least), high)

    def sizeHint(self) -> QSize:
        """No more than it needs: the page gives it all the room there is."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand below each other where the width is not enough for both."""
        super().resizeEvent(event)
        wide = sum(size.width() for size in self._least()) + self.handleWidth() <= self.width()
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if wanted is not self.orientation():
            self.setOrientation(wanted)
            self.updateGeometry()
