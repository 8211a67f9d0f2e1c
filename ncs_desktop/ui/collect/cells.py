"""Draws the cells of the big table: one look-up a cell, so that scrolling is smooth.

Measured on 10,000 lines at 1280 × 800: Qt's own delegate asks the model for seven roles a cell,
which alone takes 6 ms a painting.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.cell_texts import TITLE
from ncs_desktop.ui.collect.model import DeskModel

_MARGIN = 8
_KEPT = 20_000
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus


class CellDelegate(QStyledItemDelegate):
    """Paints text, its colour and the selection; everything else is left to the view."""

    def __init__(self, model: DeskModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._view = parent
        self._elided: dict[tuple[str, int, int], str] = {}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        rect: QRect = option.rect
        text, ink, align = self._model.look(index.row(), index.column())
        state = option.state
        if state & _SELECTED:
            painter.fillRect(rect, self._view.palette().brush(QPalette.ColorRole.Highlight))
        if text:
            usual = self._view.palette().color(QPalette.ColorRole.Text)
            painter.setPen(usual if ink is None else ink)
            room = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
            fitting = self._fitting(text, room.width(), option.fontMetrics)
            who = self._model.entry(index.row()).proposer_name if index.column() == TITLE else ""
            if who:
                room = self._draw_below(painter, room, fitting.count("\n") + 1, who)
            painter.drawText(room, align, fitting)
        if state & _FOCUSED:
            painter.setPen(QPen(self._view.palette().color(QPalette.ColorRole.Accent)))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_below(self, painter: QPainter, room: QRect, lines: int, text: str) -> QRect:
        """Draw ``text`` in one quiet line below so many lines; return the room above it.

        Names that begin and end alike are told apart by who proposes.
        """
        metrics = painter.fontMetrics()
        step = metrics.lineSpacing()
        top = room.top() + (room.height() - (lines + 1) * step) // 2
        pen = painter.pen()
        painter.setPen(QColor(theme.current().quiet))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(room.left(), top + lines * step, room.width(), step), left, shown)
        painter.setPen(pen)
        return QRect(room.left(), top, room.width(), lines * step)

    def _fitting(self, text: str, width: int, metrics: QFontMetrics) -> str:
        key = (text, width, metrics.height())
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) >= _KEPT:
                self._elided.clear()
            found = _two_lines(text, width, metrics)
            self._elided[key] = found
        return found


def _two_lines(text: str, width: int, metrics: QFontMetrics) -> str:
    """Break a long text once, between words; what the second line cannot hold goes.

    It goes from the middle: names that begin alike differ at their end.
    """
    text = " ".join(text.split())
    first, rest = text, ""
    while metrics.horizontalAdvance(first) > width and " " in first:
        first, _space, _last = first.rpartition(" ")
        rest = text[len(first) + 1 :]
    lines = [first, rest] if rest else [first]
    middle = Qt.TextElideMode.ElideMiddle
    return "\n".join(metrics.elidedText(line, middle, width) for line in lines)
