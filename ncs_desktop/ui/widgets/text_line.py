"""A line of text whose paste offers to convert text of an old font (TCVN3, VNI).

Qt gives a line no place to look at what is pasted, so the paste command itself is replaced: its
keys and its entry in the context menu. No letter is looked at.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from ncs_desktop.domain.blocks import Blocks, plain_text
from ncs_desktop.ui.widgets import paste_offer
from ncs_desktop.ui.widgets.paste import is_files, pasted_from_mime
from ncs_desktop.ui.widgets.text_menu import text_menu

LONGEST_LINE = 1_000_000
"""Qt cuts a line edit at 32,767 characters silently unless told otherwise."""


class TextLine(QLineEdit):
    """A line edit for a person's own words.

    Left alone it shows its beginning; it remembers where the cursor was.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        self._resume_at: int | None = None
        super().__init__(text, parent)
        self.setMaxLength(LONGEST_LINE)

    def setText(self, text: str | None) -> None:
        """Show ``text`` from its beginning; where a person is writing the cursor is theirs."""
        super().setText(text)
        if not self.hasFocus():
            self._resume_at = None
            self.setCursorPosition(0)

    def write_on_at(self, place: int) -> None:
        """Put the cursor at ``place``, at once or when a person is led here."""
        if self.hasFocus():
            self.setCursorPosition(place)
        else:
            self._resume_at = place

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on writing where it was left or at the end, unless a click or Tab chose a place."""
        super().focusInEvent(event)
        chosen = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)
        if (
            not self.cursorPosition()
            and not self.hasSelectedText()
            and event.reason() not in chosen
        ):
            at = len(self.text()) if self._resume_at is None else self._resume_at
            self.setCursorPosition(at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the beginning, unless a menu or another window is only in between."""
        super().focusOutEvent(event)
        between = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in between:
            self._resume_at = self.cursorPosition()
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste by our own command; every other key is Qt's."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self.paste_words()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take dragged text; files are the window's business."""
        if is_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu with our own paste in it."""
        self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Return the menu; it goes when it is closed."""
        return text_menu(self, paste=self.paste_words)

    @Slot()
    def paste_words(self) -> None:
        """Paste; text of an old font is put to the person first."""
        source = QApplication.clipboard().mimeData()
        offer = pasted_from_mime(source).offer if source.hasText() else None
        if offer is None:
            self.paste()
        else:
            self.insert(one_line(paste_offer.choose(offer, self)))


def one_line(blocks: Blocks) -> str:
    """Return the words of ``blocks`` on one line."""
    return " ".join(plain_text(blocks).split())
