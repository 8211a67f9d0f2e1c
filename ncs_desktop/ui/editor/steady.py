"""What a person reads stays where it is while findings and notices above it come and go.

The place held is that of the field with the cursor; where that is out of sight, of what the mouse
is over; where it is over nothing, of what stands at the top. It is measured in the window: a notice
above the form moves the form too. A fold that is turned stays under the mouse.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ncs_desktop.ui.widgets.fold import Fold

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
        self._holding = True
        bar.setValue(bar.value() + moved)
        self._holding = False
