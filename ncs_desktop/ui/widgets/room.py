"""The room there is on the screen: no dialog opens larger than that."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

_FRAME = QSize(24, 60)


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its usual size, or what the screen has room for with a frame about it."""
    room = dialog.screen().availableGeometry().size() - _FRAME
    dialog.resize(QSize(width, height).boundedTo(room))
