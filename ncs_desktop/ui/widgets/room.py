"""The room there is on the screen: no dialog is larger, none is lower than its words need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ncs_desktop.ui import zoom

FRAME = QSize(24, 60)


def room_of(dialog: QWidget) -> QSize:
    """Return what the screen has for a window within its frame."""
    return dialog.screen().availableGeometry().size() - FRAME


class _Grower(QObject):
    """Gives its dialog the height that its lines need at its width, as far as there is room."""

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that the dialog comes up, or that what it shows needs another size."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._grow()
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        dialog = self.parent()
        layout = dialog.layout() if isinstance(dialog, QWidget) else None
        if not isinstance(dialog, QWidget) or layout is None:
            return
        size = dialog.size().expandedTo(layout.totalMinimumSize())
        if layout.hasHeightForWidth():
            size = size.expandedTo(QSize(0, layout.totalMinimumHeightForWidth(size.width())))
        size = size.boundedTo(room_of(dialog))
        if size != dialog.size():
            dialog.resize(size)


def lines_high(edit: QPlainTextEdit, lines: int) -> None:
    """Make ``edit`` as high as so many lines of its letters."""
    edit.setFixedHeight(lines * edit.fontMetrics().lineSpacing() + 14)


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its usual size, larger with larger letters, within the room on the screen."""
    larger = max(zoom.factor(), 1.0)
    dialog.resize((QSize(width, height) * larger).boundedTo(room_of(dialog)))
    _Grower(dialog)
