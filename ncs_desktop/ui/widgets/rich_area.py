"""The text of a long section: lists shaped by keys, and no hook between keys and words.

Vietnamese input methods rewrite words by sending backspaces; anything that reacts to letters
(completion, auto-formatting) would double them. So formatting happens by toolbar and shortcut only,
and a list marker is ordinary text. The keys that shape a list are none an input method sends while
it writes a word: Enter, Tab, and Backspace right behind a marker, where no word is left to rewrite.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from ncs_desktop.domain.blocks import (
    Blocks,
    ListItem,
    Paragraph,
    plain_text,
)
from ncs_desktop.ui.widgets import line_lists, text_tables
from ncs_desktop.ui.widgets.paste import flush_left, is_files
from ncs_desktop.ui.widgets.paste_offer import pasted_blocks
from ncs_desktop.ui.widgets.rich_text import (
    insert_blocks,
    insert_runs,
    item_of,
)
from ncs_desktop.ui.widgets.text_menu import text_menu

_MODIFIERS = Qt.KeyboardModifier
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = {int(Qt.Key.Key_Tab): 1, int(Qt.Key.Key_Backtab): -1}
_SHORTEST_PX, _TALLEST_PX = 96, 520


class SafeDocument(QTextDocument):
    """A document that never loads anything, whatever pasted markup asks for."""

    def loadResource(self, _kind: int, _name: object) -> object:
        """Load nothing."""
        return None


class RichTextEdit(QTextEdit):
    """A text edit that takes in text, lists and tables, and ``grows`` with its content.

    ``pasted`` says in one sentence what a paste left behind; empty where it left nothing.
    ``step_ended`` comes where what follows is to be taken back by itself.
    """

    pasted = Signal(str)
    step_ended = Signal()

    def __init__(self, parent: QWidget | None = None, *, grows: bool = True) -> None:
        super().__init__(parent)
        document = SafeDocument(self)
        document.setDocumentMargin(6)
        self.setDocument(document)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        if not grows:
            return
        document.documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        height = int(self.document().size().height()) + 2 * self.frameWidth() + 2
        wanted = max(_SHORTEST_PX, min(height, _TALLEST_PX))
        if wanted != self.height() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave by Tab, but not from a table's cell or the beginning of a list item."""
        cursor, step = self.textCursor(), 1 if forward else -1
        if not self.isReadOnly() and (
            text_tables.can_step(cursor, step) or line_lists.tab_shifts(cursor, step)
        ):
            return False
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shape lists, walk tables by Enter, Tab, Backspace, Ctrl+A; other keys are the text's."""
        if self.isReadOnly() or not (self._removes_lines(event) or self._shapes_list(event)):
            selected = self.textCursor().hasSelection()
            super().keyPressEvent(event)
            if selected and not self.isReadOnly():
                line_lists.plain_again(self.textCursor())
        else:
            event.accept()
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let what an input method writes replace selected items as keys do."""
        written = (event.commitString() or event.preeditString()) and not self.isReadOnly()
        cursor = self.textCursor()
        if written and not self.remove_lines(written_over=True) and cursor.hasSelection():
            cursor.removeSelectedText()
            line_lists.plain_again(cursor)
        super().inputMethodEvent(event)

    def remove_lines(self, *, written_over: bool) -> bool:
        """Remove a selection of several lines that begins in an item; False where it is none."""
        cursor, shape = self.textCursor(), self.currentCharFormat()
        if self.isReadOnly() or not line_lists.remove_lines(cursor, written_over=written_over):
            return False
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(shape)
        return True

    def cut(self) -> None:
        """Cut; the item the selection begins in keeps its marker."""
        self.copy()
        self._delete()

    def _removes_lines(self, event: QKeyEvent) -> bool:
        """Take selected items out by key; a letter then goes to the text as any other."""
        if not self.textCursor().hasSelection():
            return False
        if event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
            return True
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return self.remove_lines(written_over=False)
        held = event.modifiers() & (_MODIFIERS.ControlModifier | _MODIFIERS.AltModifier)
        altgr = held == (_MODIFIERS.ControlModifier | _MODIFIERS.AltModifier)
        if event.text().isprintable() and event.text() and (altgr or not held):
            self.remove_lines(written_over=True)
        return False

    def _shapes_list(self, event: QKeyEvent) -> bool:
        cursor = self.textCursor()
        if cursor.block().layout().preeditAreaText():
            return False
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self._select_words(cursor)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _TABS:
            return self._tab(_TABS[event.key()], held)
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if event.text() == " ":
            return self._turn_item(cursor)
        done, shape = False, self.currentCharFormat()
        if event.key() in _ENTERS:
            done = line_lists.next_item(cursor)
        elif event.key() == Qt.Key.Key_Backspace:
            done = line_lists.unmark_behind_marker(cursor)
        if done:
            self.setTextCursor(cursor)
            self.setCurrentCharFormat(shape)
        return done

    def _turn_item(self, cursor: QTextCursor) -> bool:
        """Let the blank behind a typed marker end it; taken back, the marker is characters."""
        mark, shape = line_lists.typed_mark(cursor), self.currentCharFormat()
        if mark:
            cursor.insertText(" ")
            self.step_ended.emit()
            line_lists.turn_item(cursor, mark)
            self.setTextCursor(cursor)
            self.setCurrentCharFormat(shape)
            self.step_ended.emit()
        return bool(mark)

    def _tab(self, step: int, held: Qt.KeyboardModifier) -> bool:
        """Go to another cell, shift an item, or leave both by Ctrl+Tab."""
        cursor = self.textCursor()
        if held & _MODIFIERS.ControlModifier:
            return super().focusNextPrevChild(step > 0)
        if text_tables.step_cell(cursor, step):
            self.setTextCursor(cursor)
        elif line_lists.tab_shifts(cursor, step):
            line_lists.shift_items(cursor, step)
        return True

    def _select_words(self, cursor: QTextCursor) -> bool:
        """Select the words of a text that is one item: what replaces them stays that item."""
        start, end = line_lists.words_start(cursor.block()), self.document().characterCount() - 1
        selected = (cursor.selectionStart(), cursor.selectionEnd()) == (start, end)
        if self.document().blockCount() > 1 or start in (0, end) or selected:
            return False
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu with the page's undo in it, and cutting that spares markers.

        What is offered for a table is meant for the cell that was clicked.
        """
        clicked, held = self.cursorForPosition(event.pos()), self.textCursor()
        kept = held.selectionStart() <= clicked.position() <= held.selectionEnd()
        if event.reason() == event.Reason.Mouse and text_tables.table_of(clicked) and not kept:
            self.setTextCursor(clicked)
        self.make_menu().popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Return the menu; it goes when it is closed."""
        menu = text_menu(self, cut=self.cut, delete=self._delete)
        if text_tables.table_of(self.textCursor()) and not self.isReadOnly():
            menu.addSeparator()
            text_tables.add_steps(menu, self)
        return menu

    def _delete(self) -> None:
        if not self.remove_lines(written_over=False):
            self.textCursor().removeSelectedText()
            line_lists.plain_again(self.textCursor())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text in any form; files are the window's business."""
        return not is_files(source) and (source.hasText() or source.hasHtml())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words, emphasis, lists and tables; say what stayed behind."""
        blocks, said = pasted_blocks(source, self)
        self.insert(blocks)
        self.pasted.emit(said)

    def insert(self, blocks: Blocks) -> None:
        """Put ``blocks`` in the place of the selection; inside a table only their words."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if blocks:
            _spare_marker(cursor, onto_item=isinstance(blocks[0], ListItem))
        cursor.removeSelectedText()
        if cursor.atBlockStart():
            blocks = flush_left(blocks)
        begun = QTextCursor(cursor)
        begun.setKeepPositionOnInsert(True)
        if cursor.currentTable() is not None:
            cursor.insertText(plain_text(blocks))
        elif blocks:
            _insert_at(cursor, blocks)
        line_lists.plain_again(begun)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def _spare_marker(cursor: QTextCursor, *, onto_item: bool) -> None:
    """Keep the marker of the one item selected, or give an empty one away for a pasted one."""
    block = cursor.block()
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    if item_of(block) is None or block != cursor.document().findBlock(first):
        return
    start, end = line_lists.words_start(block), block.position() + block.length() - 1
    if onto_item and end == start:
        cursor.setPosition(block.position())
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    elif not onto_item and first < start < last == end:
        cursor.setPosition(start)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)


def _insert_at(cursor: QTextCursor, blocks: Blocks) -> None:
    first, rest = blocks[0], blocks
    if isinstance(first, Paragraph):
        insert_runs(cursor, first)
        rest = blocks[1:]
    if rest:
        if cursor.block().length() > 1:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        insert_blocks(cursor, rest)
