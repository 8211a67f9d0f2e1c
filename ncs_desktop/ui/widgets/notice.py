"""A sentence in the page: what happened and what to do, with the action as a button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ncs_desktop.ui.widgets.labels import button, label, set_role

PASSING_MS = 6000
"""How long a sentence stays that nobody has to answer."""

Actions = tuple[tuple[str, Callable[[], object]], ...]
"""Buttons beside a sentence: each a label and what it does."""


class Notice(QFrame):
    """A bar that says one sentence; hidden while there is nothing to say.

    Its place is below what a person works on, so that nothing moves under the mouse. In a window
    with a button «Đóng» of its own a sentence has none (``closes`` is False).
    """

    def __init__(self, parent: QWidget | None = None, *, closes: bool = True) -> None:
        super().__init__(parent)
        self._closes = closes
        self.setObjectName("notice")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._text = label()
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._row.addWidget(self._text, 1)
        self._buttons: list[QWidget] = []
        self._actions: Actions = ()
        self._room: QWidget | None = None
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(PASSING_MS)
        self._passing.timeout.connect(self.clear)
        self.hide()

    def keep_room(self) -> None:
        """Keep the room of one line while there is nothing to say, so that nothing moves."""
        room = self.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.setSizePolicy(room)
        self._room = button(self.tr("Đóng"), self.clear)
        self._room.setParent(self)
        self._room.hide()
        self._hold_room()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._hold_room()

    def _hold_room(self) -> None:
        if self._room is not None:
            margins = self._row.contentsMargins()
            around = margins.top() + margins.bottom() + 2 * self.frameWidth()
            self.setMinimumHeight(self._room.sizeHint().height() + around)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def say(
        self,
        text: str,
        *,
        problem: bool = False,
        actions: Actions = (),
    ) -> None:
        """Show ``text`` with its ``actions``."""
        self._passing.stop()
        self._clear_buttons()
        set_role(self, "problem" if problem else "notice")
        self._text.setText(text)
        self._actions = actions
        for name, act in actions:
            self._add_button(name, act)
        if self._closes:
            self._add_button(self.tr("Đóng"), self.clear)
        self.show()

    def say_written(self, text: str, path: Path, show: Callable[[Path], object]) -> None:
        """Show ``text`` with the ways to the file that was written: ``show`` opens one."""
        actions = (
            (self.tr("Mở tệp"), partial(show, path)),
            (self.tr("Mở thư mục"), partial(show, path.parent)),
        )
        self.say(text, actions=actions)

    def say_in_passing(self, text: str) -> None:
        """Show ``text`` for a while; a problem, or what waits for an answer, is not covered."""
        waits = self.property("role") == "problem" or bool(self._actions)
        if not self.isHidden() and waits:
            return
        self.say(text)
        self._passing.start()

    def answer(self, text: str) -> None:
        """Show ``text`` in answer to a key for a while; what waits keeps its actions beside it."""
        if self.isHidden() or not self._actions:
            self.say_in_passing(text)
        elif self.property("role") != "problem":
            self.say(text, actions=self._actions)

    @Slot(str, object)
    def offer_undo(self, text: str, undo: Callable[[], object]) -> None:
        """Show what was done, with the way to take it back, once."""

        def take_back() -> None:
            self.clear()
            undo()

        self.say(text, actions=((self.tr("Hoàn tác"), take_back),))

    def _add_button(self, name: str, act: Callable[[], object]) -> None:
        made = button(name, act)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is
        self._row.addWidget(made)
        made.show()  # at once: a layout shows it only when the window is idle
        self._buttons.append(made)

    def _clear_buttons(self) -> None:
        for made in self._buttons:
            self._row.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._buttons.clear()

    @Slot()
    def clear_problem(self) -> None:
        """Take a problem back that is none any more; other sentences stay."""
        if self.property("role") == "problem":
            self.clear()

    @Slot()
    def clear_told(self) -> None:
        """Take back what was told, since something else begins; a problem stays."""
        if self.property("role") != "problem":
            self.clear()

    @Slot()
    def clear_plain(self) -> None:
        """Take back what was only said, since a person goes on; what offers something stays."""
        if not self._actions:
            self.clear_told()

    @Slot()
    def clear(self) -> None:
        """Say nothing any more."""
        self._passing.stop()
        self.hide()
        self._text.setText("")
