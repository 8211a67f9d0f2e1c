"""The size of all letters in the window, as a factor of the system's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.ui.theme import Theme

_STEP, _SMALLEST, _LARGEST = 1.1, 0.7, 2.5
_USUAL = "ncs_usual_point_size"


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.property(_USUAL) is None:
        app.setProperty(_USUAL, app.font().pointSizeF())
    return app


def factor() -> float:
    """Return the present factor."""
    app = _app()
    return float(app.font().pointSizeF() / app.property(_USUAL))


def words() -> str:
    """Return the present factor as a person reads it."""
    text = QCoreApplication.translate("Zoom", "Cỡ chữ: {percent} %")
    return text.format(percent=round(100 * factor()))


def set_factor(wanted: float) -> None:
    """Set the factor, within what stays usable."""
    app = _app()
    font = app.font()
    font.setPointSizeF(app.property(_USUAL) * min(max(wanted, _SMALLEST), _LARGEST))
    app.setFont(font)
    for theme in app.findChildren(Theme):
        theme.apply()


def larger() -> None:
    """One step larger."""
    set_factor(factor() * _STEP)


def smaller() -> None:
    """One step smaller."""
    set_factor(factor() / _STEP)


def usual() -> None:
    """The system's own size."""
    set_factor(1.0)


def add_keys(window: QWidget, say: Callable[[str], object]) -> None:
    """Let Ctrl +, Ctrl − and Ctrl 0 work in ``window``; ``say`` is told the size they led to."""
    for name, keys, act in (
        ("zoom-in", ("Ctrl++", "Ctrl+="), larger),
        ("zoom-out", ("Ctrl+-",), smaller),
        ("zoom-usual", ("Ctrl+0",), usual),
    ):
        action = QAction(window)
        action.setObjectName(f"action:{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(partial(_act_and_say, act, say))
        window.addAction(action)


def _act_and_say(act: Callable[[], None], say: Callable[[str], object], _on: bool = False) -> None:
    act()
    say(words())
