"""Where a jump lands, and staying there while the page still settles.

Words of the checks, wrapped labels and pasted text change heights after a jump; what was jumped to
stays at its place until the person goes on: types, scrolls, clicks or goes to another field.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractSlider, QScrollArea, QWidget

from ncs_desktop.ui.widgets.fold import Fold

_LEAVES = (QEvent.Type.Wheel, QEvent.Type.MouseButtonPress)
_SETTLES = (QEvent.Type.LayoutRequest, QEvent.Type.Resize)


class Landing(QObject):
    """Belongs to one scroll area whose widget is already set."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self._area = area
        self._top: Callable[[], int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._land)
        for watched in (area.viewport(), area.widget()):
            if watched is not None:
                watched.installEventFilter(self)
        for fold in area.findChildren(Fold):
            fold.turning.connect(self.leave)
        self._bar.actionTriggered.connect(self._on_action)
        self._bar.rangeChanged.connect(self._on_range)

    def go(self, top: Callable[[], int]) -> None:
        """Bring ``top()``, in pixels of the area's widget, to the upper edge and keep it there."""
        self._top = top
        fields = self._area.widget()
        if fields is not None and (layout := fields.layout()) is not None:
            layout.activate()
        self._land()
        self._soon.start()

    @Slot()
    def leave(self) -> None:
        """The person goes on: whatever changes now, the page is scrolled no more."""
        self._top = None

    @Slot(int)
    def _on_action(self, action: int) -> None:
        if action != QAbstractSlider.SliderAction.SliderNoAction.value:
            self.leave()

    @Slot(int, int)
    def _on_range(self, _least: int, _most: int) -> None:
        if self._top is not None:
            self._soon.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See when the person goes on and when heights change; nothing is taken away."""
        if event.type() in _LEAVES:
            self.leave()
        elif event.type() in _SETTLES and self._top is not None:
            self._soon.start()
        return False

    @Slot()
    def _land(self) -> None:
        if self._top is not None:
            self._bar.setValue(max(self._top(), 0))


def top_of(widget: QWidget, within: QWidget) -> int:
    """Return where ``widget`` begins, in pixels of ``within``."""
    return widget.mapTo(within, widget.rect().topLeft()).y()
