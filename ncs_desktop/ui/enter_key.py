"""Enter presses the button that has the keyboard, as Space does, in every window.

Qt lets Enter press only buttons it takes for a default: with the keyboard on «Thôi» it would press
«Ghi», and on a page nothing at all.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class EnterKey(QObject):
    """Watches the keys of whichever window is in front, as long as the program runs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusWindowChanged.connect(self._on_window)

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Make Enter on a button a Space; every other key goes its way."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        focused = QApplication.focusWidget()
        if (
            event.key() not in _ENTERS
            or event.modifiers() not in _PLAIN
            or not isinstance(focused, QPushButton | QToolButton)
            or QApplication.activePopupWidget() is not None
        ):
            return False
        if not event.isAutoRepeat():
            press(focused)
        return True


def press(focused: QWidget) -> None:
    """Press ``focused`` as Space does; what that leads to may take it away."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ")
        QApplication.sendEvent(focused, key)
