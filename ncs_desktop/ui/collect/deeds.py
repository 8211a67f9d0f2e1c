"""What the officer decided last and the way back: one undo for the page, by key and by notice."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ncs_desktop.ui.widgets.notice import Notice

_MOST = 100
"""How many decisions can be taken back, one after the other."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision in a sentence, and what takes it back."""

    text: str
    undo: Callable[[], object]


class Deeds(QObject):
    """The decisions since the table last changed otherwise, the newest first to be taken back.

    ``added(text)`` when one is to be told ("" when it shows by itself), ``taken_back(text)``, and
    ``forgotten`` when there is no way back any more.
    """

    added = Signal(str)
    taken_back = Signal(str)
    forgotten = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deeds: deque[Deed] = deque(maxlen=_MOST)

    def add(self, text: str, undo: Callable[[], object], *, quiet: bool = False) -> None:
        """Remember what was just done; ``quiet`` where the table shows it plainly enough."""
        self._deeds.append(Deed(text, undo))
        self.added.emit("" if quiet else text)

    @Slot()
    def take_back(self) -> None:
        """Take the newest decision back."""
        if self._deeds:
            deed = self._deeds.pop()
            deed.undo()
            self.taken_back.emit(deed.text)

    @Slot()
    def forget(self) -> None:
        """Forget everything: what came in, was sent out or was refused meanwhile stands between."""
        self._deeds.clear()
        self.forgotten.emit()


class UndoNotice(QObject):
    """Tells each decision in the page's notice, where «Hoàn tác» does what Ctrl+Z does."""

    def __init__(self, deeds: Deeds, notice: Notice, page: QWidget) -> None:
        super().__init__(page)
        self._deeds, self._notice = deeds, notice
        self._told = ""
        undo = QAction(self.tr("Hoàn tác"), page)
        undo.setObjectName("action:undo")
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        undo.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.triggered.connect(deeds.take_back)
        page.addAction(undo)
        deeds.added.connect(self._on_added)
        deeds.taken_back.connect(self._on_taken_back)
        deeds.forgotten.connect(self._clear)

    @Slot(str)
    def _on_added(self, text: str) -> None:
        self._clear()
        if text:
            self._told = text
            actions = ((self.tr("Hoàn tác"), self._deeds.take_back),)
            self._notice.say(text, actions=actions)

    @Slot(str)
    def _on_taken_back(self, text: str) -> None:
        """Close what told of it; what was told no more is said, so that the key is not silent."""
        told = self._told == text == self._notice.text
        self._clear()
        if not told:
            self._notice.say_in_passing(self.tr("Đã hoàn tác: {what}").format(what=text))

    @Slot()
    def _clear(self) -> None:
        """Take back what was told of an earlier decision; other sentences stay."""
        if self._told and self._notice.text == self._told:
            self._notice.clear()
        self._told = ""
