"""Our own SVG icons, drawn in the theme's text colour at the sizes the window uses."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QToolBar,
    QToolButton,
)

from ncs_desktop.paths import data_folder
from ncs_desktop.ui import theme, zoom

_SIZES = (24, 48, 72)
_USUAL = "ncs_usual_icon_size"
_REST = "qt_toolbar_ext_button"
"""Qt's name of the button behind which a tool bar keeps the commands it has no room for."""
Holder = QAbstractButton | QToolBar | QAbstractItemView
"""What shows icons of a size of its own."""
_names: dict[int, str] = {}
"""Names of the icons handed out in the theme's own colour, by Qt's key of their contents."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """Return the icon ``name`` in ``colour``, or in the current theme's text colour."""
    colours = theme.current()
    made = _icon(name, colour or colours.text, colours.resting)
    if colour is None:
        _names[made.cacheKey()] = name
    return made


def set_icon_size(holder: Holder, usual: int) -> None:
    """Draw the icons of ``holder`` that many px large, and larger with larger letters."""
    holder.setProperty(_USUAL, usual)
    size = round(usual * zoom.factor())
    holder.setIconSize(QSize(size, size))
    rest = holder.findChild(QToolButton, _REST) if isinstance(holder, QToolBar) else None
    if rest is not None:  # Qt's own is black on a dark bar too
        rest.setIcon(icon("more"))


def draw_anew() -> None:
    """Give every button and command its icon in the colours and the size of the theme now."""
    for widget in QApplication.allWidgets():
        usual = widget.property(_USUAL)
        if usual and isinstance(widget, Holder):
            set_icon_size(widget, usual)
        for holder in (widget, *widget.actions()):
            if isinstance(holder, QAbstractButton | QAction):
                name = _names.get(holder.icon().cacheKey())
                if name is not None:
                    holder.setIcon(icon(name))


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    source = (data_folder("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(source, colour, size))
        made.addPixmap(_drawn(source, disabled, size), QIcon.Mode.Disabled)
    return made


def _drawn(source: str, colour: str, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode("utf-8")))
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
