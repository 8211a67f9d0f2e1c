"""The page follows the cursor: what a person writes is in sight, however far its field grows.

A text field scrolls only within itself; one that grows with its words pushes the cursor's line past
the edge of the window. After every key, paste, undo or click that line is brought back into sight;
where it is in sight already the page stays as it is. Who scrolls away is left alone until the next.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

Text = QLineEdit | QPlainTextEdit | QTextEdit
TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)
MARGIN = 8  # pixels left between the cursor's line and the edge it had vanished behind
_HOLDS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CaretInSight(QObject):
    """Scrolls ``area`` after the cursor; ``moved`` tells that a person goes on writing."""

    moved = Signal()

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area, self._bar = area, area.verticalScrollBar()
        self._field: Text | None = None
        self._following = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._reveal)
        self._bar.actionTriggered.connect(self._on_action)
        self._bar.rangeChanged.connect(self._on_range)

    def watch(self, now: QWidget | None) -> None:
        """Follow the cursor of ``now``, which the keyboard has gone to."""
        field = self._field
        if field is not None and isValid(field):
            field.removeEventFilter(self)
            field.cursorPositionChanged.disconnect(self._follow)
        self._field, self._following = None, False
        form = self._area.widget()
        if isinstance(now, TEXTS) and form is not None and form.isAncestorOf(now):
            self._field = now
            now.installEventFilter(self)
            now.cursorPositionChanged.connect(self._follow)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Hear keys that leave the cursor where it is too; nothing is taken away."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> None:
        if event.key() not in _HOLDS and not event.modifiers() & _COMMANDS:
            self._follow()

    @Slot()
    def _follow(self) -> None:
        if self._field is QApplication.focusWidget():
            self._following = True
            self.moved.emit()
            self._soon.start()

    @Slot(int)
    def _on_action(self, action: int) -> None:
        if action != QAbstractSlider.SliderAction.SliderNoAction.value:
            self._following = False

    @Slot(int, int)
    def _on_range(self, _least: int, _most: int) -> None:
        if self._following:
            self._soon.start()

    @Slot()
    def _reveal(self) -> None:
        field, viewport = self._field, self._area.viewport()
        if field is None or not self._following or not isValid(field) or not field.isVisible():
            return
        top, bottom = line_of(field, viewport)
        edge = viewport.height()
        if top < edge and bottom > 0 and QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return  # words half in sight must not slip away under a press of the mouse
        if top < 0:
            self._bar.setValue(self._bar.value() + top - MARGIN)
        elif bottom > edge:
            self._bar.setValue(self._bar.value() + bottom - edge + MARGIN)


def line_of(text: Text, within: QWidget) -> tuple[int, int]:
    """Return where the line with the cursor begins and ends, in pixels of ``within``."""
    line = text.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    start, height = text.mapTo(within, QPoint(0, 0)).y(), text.height()
    top, bottom = (min(max(round(edge), 0), height) for edge in (line.top(), line.bottom() + 1))
    return start + top, start + bottom
