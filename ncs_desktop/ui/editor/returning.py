"""Where the keyboard goes when the control it was on vanishes: to the field it belonged to.

Qt gives it to the next control in the Tab order, which may stand anywhere, even at the top of the
page; what is typed next would then be lost, or change something else.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ncs_desktop.ui.widgets.budget_card import BudgetCard
from ncs_desktop.ui.widgets.field_frame import FieldFrame


class Returning(QObject):
    """Knows the field of ``form`` that had the keyboard last, and gives it back to ``page``."""

    def __init__(self, form: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self._form, self._page = form, page
        self._last: QWidget | None = None

    def focus_moved(self, old: QWidget | None, now: QWidget | None) -> bool:
        """The keyboard went from ``old`` to ``now``; return whether it was called back."""
        place = self._place_left(old)
        if place is not None and place is not now:
            place.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if now is not None and self._form.isAncestorOf(now):
            self._last = now
        return False

    def _place_left(self, old: QWidget | None) -> QWidget | None:
        """Return the field that a control of the page which vanished belonged to."""
        if old is None or not isValid(old) or old.isVisible() or not self._page.isVisible():
            return None
        if not self._page.isAncestorOf(old):
            return None
        held: QWidget | None = old
        while held is not None and held is not self._page:
            place = held.editor if isinstance(held, FieldFrame) else held
            if isinstance(held, FieldFrame | BudgetCard) and held.isVisible():
                return place
            held = held.parentWidget()
        last = self._last
        return last if last is not None and isValid(last) and last.isVisible() else None
