"""Differences as text: removed words red and struck, added ones green and underlined.

Colour is never the only sign: ``[−…]`` and ``[+…]`` stand around the words, for eyes that do not
tell red from green and for screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ncs_desktop.domain.differences import Change, Differences, Piece
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import changed_part
from ncs_desktop.ui import theme

_FIRST_WORD, _LAST_WORD = re.compile(r"^\S+"), re.compile(r"\S+$")
_CONTEXT = 90
"""Characters of unchanged text left standing on each side of a change."""


class DifferenceView(QTextEdit):
    """Shows the differences of two versions; nothing in it can be edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("text:differences")
        self.setAccessibleName(self.tr("Khác nhau giữa bản này và bản hiện tại"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)

    def say(self, text: str) -> None:
        """Show one plain sentence."""
        self.clear()
        self.setCurrentCharFormat(QTextCharFormat())
        self.setPlainText(text)

    def show_differences(self, found: Differences) -> None:
        """Show what differs, field by field, and what the budget differs by."""
        self.clear()
        cursor = self.textCursor()
        if not found.fields:
            cursor.insertText(self.tr("Bản này giống hệt bản hiện tại."))
        for number, field in enumerate(found.fields):
            if number:
                cursor.insertBlock()
                cursor.insertBlock()
            cursor.insertText(field.label, _heading())
            cursor.insertBlock()
            if field.old == field.new:
                cursor.insertText(self.tr("Chữ giữ nguyên, chỉ khác cách trình bày."), _quiet())
            else:
                self._insert_words(cursor, field.pieces)
        self._insert_budget(cursor, found.budget)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _insert_words(self, cursor: QTextCursor, found: Sequence[Piece]) -> None:
        pieces = list(_grouped(found))
        last = len(pieces) - 1
        for index, piece in enumerate(pieces):
            if piece.change is Change.KEPT:
                text = _shortened(piece.text, index > 0, index < last)
                cursor.insertText(text, QTextCharFormat())
            else:
                _insert_marked(cursor, piece)

    def _insert_budget(self, cursor: QTextCursor, delta: Budget) -> None:
        parts = (
            (self.tr("Tổng kinh phí"), delta.total),
            (self.tr("Ngân sách nhà nước"), delta.state_budget),
            (self.tr("Đối ứng"), delta.counterpart),
        )
        for name, amount in parts:
            if amount:
                cursor.insertBlock()
                sign = "+" if amount > 0 else "−"
                text = self.tr("{name}: {sign}{amount} đồng")
                shown = text.format(name=name, sign=sign, amount=format_dong(abs(amount)))
                cursor.insertText(shown, _heading())


def _grouped(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join changes with nothing but a blank between them: rewritten words read as one change."""
    removed = added = blank = ""
    for piece in (*pieces, Piece(Change.KEPT, "")):
        if piece.change is Change.KEPT and piece.text.isspace() and (removed or added):
            blank += piece.text
            continue
        if piece.change is not Change.KEPT:
            removed += blank + piece.text * (piece.change is Change.REMOVED)
            added += blank + piece.text * (piece.change is Change.ADDED)
            blank = ""
            continue
        if not (removed + added).strip():
            yield from _blank_change(removed, added)
        else:
            changed = (Change.REMOVED, removed), (Change.ADDED, added)
            yield from (Piece(change, text) for change, text in changed if text.strip())
        if blank or piece.text:
            yield Piece(Change.KEPT, blank + piece.text)
        removed = added = blank = ""


def _insert_marked(cursor: QTextCursor, piece: Piece) -> None:
    """Write changed words between their signs; blanks at both ends stay outside."""
    removed = piece.change is Change.REMOVED
    shape = _removed() if removed else _added()
    signs = QTextCharFormat()
    signs.setForeground(shape.foreground())
    words = piece.text.strip()
    lead, _words, trail = piece.text.partition(words) if words else ("", "", piece.text)
    if not words:
        words, trail = _blank_words(piece.text), "" if removed else trail
    before = cursor.block().text()[: cursor.positionInBlock()]
    if not removed and before.endswith("]") and not lead:
        lead = " "
    cursor.insertText(lead, QTextCharFormat())
    cursor.insertText("[−" if removed else "[+", signs)
    cursor.insertText(words, shape)
    cursor.insertText("]", signs)
    cursor.insertText(trail, QTextCharFormat())


def _blank_words(text: str) -> str:
    """Return what a person calls the blanks of ``text``."""
    if "\n" in text:
        return "¶"
    return QCoreApplication.translate("DifferenceView", "dấu cách")


def _blank_change(removed: str, added: str) -> Iterator[Piece]:
    """Yield what differs between two stretches of blanks, and what they share around it."""
    start, gone, come = changed_part(removed, added)
    for change, text in (
        (Change.KEPT, added[:start]),
        (Change.REMOVED, gone),
        (Change.ADDED, come),
        (Change.KEPT, added[start + len(come) :]),
    ):
        if text:
            yield Piece(change, text)


def _shortened(text: str, before: bool, after: bool) -> str:
    """Cut the middle of long unchanged text between words; keep what stands next to a change."""
    head, tail = _CONTEXT * before, _CONTEXT * after
    if len(text) <= head + tail + 40:
        return text
    begun, rest = text[:head], text[len(text) - tail :] if tail else ""
    if begun and not text[head].isspace():
        begun = _LAST_WORD.sub("", begun) or begun
    if rest and not text[-tail - 1].isspace():
        rest = _FIRST_WORD.sub("", rest) or rest
    return f"{begun.rstrip()} … {rest.lstrip()}"


def _heading() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.DemiBold)
    return made


def _quiet() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(theme.current().quiet))
    return made


def _removed() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(theme.current().error))
    made.setFontStrikeOut(True)
    return made


def _added() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(theme.current().good))
    made.setFontUnderline(True)
    return made
