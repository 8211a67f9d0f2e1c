"""What a person reads stays where it is while findings and notices above it come and go.

The place held is that of the field with the cursor; where that is out of sight, of what the mouse
is over; where it is over nothing, of what stands at the top. It is measured in the window: a notice
above the form moves the form too. A fold that is turned stays under the mouse. Where words go at
the form's end, room below it takes their place until a person scrolls away from there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ncs_desktop.ui.widgets.fold import Fold

_MOST_ROOM = 160  # pixels below the form at most: what goes with a few lines of words
_MARGIN = 8  # pixels between the cursor's line and the edge it must not vanish behind


class Steady(QObject):
    """Scrolls the ``form`` of ``page`` in ``area`` so that the held widget keeps its place."""

    def __init__(self, area: QScrollArea, form: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self._area, self._form, self._page = area, form, page
        self._anchor: QWidget | None = None
        self._watched: list[QWidget] = []
        self._held = 0
        self._holding = False
        self._room = 0
        self._was = (0, 0)  # the height of the form and of what is seen of it
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self.choose)
        bar.rangeChanged.connect(self._hold)
        for fold in form.findChildren(Fold):
            fold.turning.connect(self.hold)

    @Slot()
    def choose(self) -> None:
        """Hold what is read now: the cursor moved, a person scrolled, or words are to come."""
        if self._holding:
            return
        self.hold(self._find())
        bar = self._area.verticalScrollBar()
        self._leave(max(bar.value() - (bar.maximum() - self._room), 0))

    @Slot(QWidget)
    def hold(self, anchor: QWidget | None) -> None:
        """Hold ``anchor`` where it is now."""
        if anchor is not self._anchor:
            self._watch(anchor)
        if anchor is not None:
            self._held = self._place(anchor)

    def _find(self) -> QWidget | None:
        form, viewport = self._form, self._area.viewport()
        focused = QApplication.focusWidget()
        if focused is not None and form.isAncestorOf(focused):
            top = focused.mapTo(viewport, QPoint(0, 0)).y()
            if top < viewport.height() and top + focused.height() > 0:
                return focused
        mouse = viewport.mapFromGlobal(QCursor.pos())
        if viewport.rect().contains(mouse):
            over = form.childAt(form.mapFrom(viewport, mouse))
            if over is not None:
                return over
        return form.childAt(form.width() // 2, self._area.verticalScrollBar().value() + _MARGIN)

    def _watch(self, anchor: QWidget | None) -> None:
        """Hear when ``anchor`` or what holds it is moved by a layout; scrolling is no such move."""
        for widget in filter(isValid, self._watched):
            widget.removeEventFilter(self)
        self._anchor, self._watched = anchor, []
        while anchor is not None and not anchor.isWindow():
            if anchor not in (self._form, self._area.viewport()):
                self._watched.append(anchor)
                anchor.installEventFilter(self)
            anchor = anchor.parentWidget()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow a move by scrolling; every event goes its way."""
        if event.type() == QEvent.Type.Move:
            self._hold()
        return False

    def _place(self, anchor: QWidget) -> int:
        return anchor.mapTo(anchor.window(), QPoint(0, 0)).y()

    @Slot()
    def _hold(self) -> None:
        anchor = self._anchor
        if anchor is None or not isValid(anchor) or self._holding or not self._page.isVisible():
            return
        moved = self._place(anchor) - self._held
        line = anchor.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        shown = anchor.mapTo(self._area.viewport(), QPoint(0, line.top() if line else 0)).y()
        if shown >= _MARGIN:
            moved = min(moved, shown - _MARGIN)
        bar = self._area.verticalScrollBar()
        wanted = bar.value() + moved
        more = min(wanted - bar.maximum(), self._gone())
        self._leave(self._room + max(more, 0))
        self._holding = True
        bar.setValue(wanted)
        self._holding = False

    def _gone(self) -> int:
        """Return by how many pixels the form became lower, 0 where the window changed too."""
        before, self._was = self._was, (self._form.height(), self._area.viewport().height())
        return max(before[0] - self._was[0], 0) if before[1] == self._was[1] else 0

    def _leave(self, room: int) -> None:
        """Leave so many pixels free below the form; less never moves what is in sight."""
        layout = self._form.layout()
        more = min(room, _MOST_ROOM) - self._room
        if layout is None or not more:
            return
        margins = layout.contentsMargins()
        margins.setBottom(margins.bottom() + more)
        self._room += more
        layout.setContentsMargins(margins)
