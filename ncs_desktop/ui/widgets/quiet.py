"""Boxes that leave the wheel to the page around them: it neither changes them nor takes them up.

Qt gives the keyboard to a box the wheel is turned over; the next letter typed would choose there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QDateTimeEdit, QSpinBox, QTimeEdit, QWidget

if TYPE_CHECKING:
    _Box = QWidget
else:
    _Box = object


class _Quiet(_Box):
    """The wheel goes on to the page; the keyboard comes by Tab or a click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page around it."""
        event.ignore()


class QuietComboBox(_Quiet, QComboBox):
    """One of several answers."""


class QuietSpinBox(_Quiet, QSpinBox):
    """A whole number."""


class QuietDateEdit(_Quiet, QDateEdit):
    """A day."""


class QuietTimeEdit(_Quiet, QTimeEdit):
    """An hour."""


class QuietDateTimeEdit(_Quiet, QDateTimeEdit):
    """A day and an hour."""
