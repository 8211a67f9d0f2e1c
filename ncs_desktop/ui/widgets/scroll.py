"""A page longer than its window: scrolled up and down, never sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class _Column(QWidget):
    """Scrolled only where the least height of its lines is more than there is."""

    def heightForWidth(self, width: int) -> int:
        """Return the height that cuts no line at ``width``."""
        column = self.layout()
        return column.minimumHeightForWidth(width) if column is not None else -1


class ColumnArea(QScrollArea):
    """Never narrower than what it shows."""

    def minimumSizeHint(self) -> QSize:
        """As wide as its content and the bar beside it; as low as there is need."""
        least, content = super().minimumSizeHint(), self.widget()
        if content is None:
            return least
        beside = self.verticalScrollBar().sizeHint().width()
        return QSize(content.minimumSizeHint().width() + beside, least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that the content needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def column_area(content: QWidget) -> QScrollArea:
    """Return an area that scrolls ``content`` up and down and is always wide enough for it."""
    return _shown(ColumnArea(), content)


def scrolled_column(holder: QWidget) -> QVBoxLayout:
    """Return the column of ``holder``, which scrolls where there is no height for all of it."""
    outer, content = QVBoxLayout(holder), _Column()
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(column_area(content))
    return QVBoxLayout(content)


def scrolled(content: QWidget) -> QScrollArea:
    """Return a frameless area that shows ``content`` at its own width."""
    return _shown(QScrollArea(), content)


def _shown(area: QScrollArea, content: QWidget) -> QScrollArea:
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area
