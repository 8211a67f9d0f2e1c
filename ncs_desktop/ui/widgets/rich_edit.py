"""The editor of a long section: rich text with a toolbar, and no hook between keys and text.

Vietnamese input methods rewrite words by sending backspaces; anything that reacts to letters
(completion, auto-formatting) would double them. So formatting happens by toolbar and shortcut only,
and a list marker is ordinary text. The keys that shape a list are none an input method sends while
it writes a word: Enter, Tab, and Backspace right behind a marker, where no word is left to rewrite.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QToolBar, QWidget

from ncs_desktop.domain.blocks import (
    Blocks,
    ListItem,
    Paragraph,
    plain_text,
    value_from_blocks,
)
from ncs_desktop.domain.form import Field
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.widgets import line_lists
from ncs_desktop.ui.widgets.field_editor import FieldEditor, end_of_change
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.paste import is_files
from ncs_desktop.ui.widgets.paste_offer import pasted_blocks
from ncs_desktop.ui.widgets.rich_text import (
    fill_document,
    insert_blocks,
    insert_runs,
    item_of,
    read_blocks,
    table_format,
)

TELL_AFTER_MS = 80
"""Quiet time after the last key before the section is told."""
TELL_AT_LATEST_MS = 1000
"""While a person types on and on, the section is told at least this often."""
_WIDGET_ONLY = Qt.ShortcutContext.WidgetShortcut
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
    """

    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, grows: bool = True) -> None:
        super().__init__(parent)
        document = SafeDocument(self)
        document.setDocumentMargin(6)
        self.setDocument(document)
        self.setTabChangesFocus(True)
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
        """Leave by Tab, but not out of a list item, which Tab moves to another level."""
        if not self.isReadOnly() and line_lists.can_shift(self.textCursor(), 1 if forward else -1):
            return False
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shape lists by Enter, Tab, Backspace and Ctrl+A; every other key is the text's."""
        if self.isReadOnly() or not self._shapes_list(event):
            super().keyPressEvent(event)
        else:
            event.accept()
            self.ensureCursorVisible()

    def _shapes_list(self, event: QKeyEvent) -> bool:
        cursor = self.textCursor()
        if cursor.block().layout().preeditAreaText():
            return False
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self._select_words(cursor)
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _TABS:
            step = _TABS[event.key()]
            if held & Qt.KeyboardModifier.ControlModifier:  # the way out of a list
                return super().focusNextPrevChild(step > 0)
            line_lists.shift_items(cursor, step)
            return True
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if event.text() == " ":
            return line_lists.take_marker_once(cursor)
        done, shape = False, self.currentCharFormat()
        if event.key() in _ENTERS:
            done = line_lists.next_item(cursor)
        elif event.key() == Qt.Key.Key_Backspace:
            done = line_lists.unmark_behind_marker(cursor)
        if done:
            self.setTextCursor(cursor)
            self.setCurrentCharFormat(shape)
        return done

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
        if cursor.currentTable() is not None:
            cursor.insertText(plain_text(blocks))
        elif blocks:
            _insert_at(cursor, blocks)
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


class RichTextEditor(FieldEditor):
    """A long section: toolbar, text, and its blocks told shortly after the last key."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._bar = QToolBar()
        self._bar.setIconSize(QSize(18, 18))
        self._text = RichTextEdit()
        self.column.addWidget(self._bar)
        self.adopt(self._text)
        self._note = label(role="quiet")
        self._note.setObjectName(f"note:{field.key}")
        self._note.hide()
        self.column.addWidget(self._note)
        self._text.pasted.connect(self._say)
        self._showing = False
        self._blocks: Blocks = ()
        self._tell_soon = self._timer(TELL_AFTER_MS)
        self._tell_latest = self._timer(TELL_AT_LATEST_MS)
        self._emphasis: dict[str, QAction] = {}
        self._build_bar()
        self._text.textChanged.connect(self._on_changed)
        self._text.currentCharFormatChanged.connect(self._show_emphasis)
        self._text.cursorPositionChanged.connect(self._show_list)

    def _timer(self, interval: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval)
        made.timeout.connect(self._tell)
        return made

    def _build_bar(self) -> None:
        standard = QKeySequence.StandardKey
        self._toggle("bold", self.tr("Đậm"), QKeySequence(standard.Bold))
        self._toggle("italic", self.tr("Nghiêng"), QKeySequence(standard.Italic))
        self._toggle("underline", self.tr("Gạch chân"), QKeySequence(standard.Underline))
        self._toggle("superscript", self.tr("Chỉ số trên"), QKeySequence("Ctrl+."))
        self._toggle("subscript", self.tr("Chỉ số dưới"), QKeySequence("Ctrl+,"))
        scripts = QActionGroup(self)
        scripts.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for name in ("superscript", "subscript"):
            scripts.addAction(self._emphasis[name])
        self._bar.addSeparator()
        self._listing = [
            self._command(name, text, act, keys)
            for name, text, act, keys in (
                ("list", self.tr("Gạch đầu dòng"), partial(self._mark, "-"), "Ctrl+Shift+L"),
                ("numbers", self.tr("Đánh số"), partial(self._mark, "1."), "Ctrl+Shift+N"),
                ("indent", self.tr("Thụt vào ý con"), self._indent, ""),
            )
        ]
        for action in self._listing:
            action.setCheckable(True)
        self._bar.addSeparator()
        self._command("table", self.tr("Chèn bảng"), self.insert_table, "")

    def _toggle(self, name: str, text: str, keys: QKeySequence) -> None:
        action = self._command(name, text, partial(self._emphasize, name), keys)
        action.setCheckable(True)
        self._emphasis[name] = action

    def _command(
        self, name: str, text: str, act: Callable[..., object], keys: QKeySequence | str
    ) -> QAction:
        action = self._bar.addAction(icon(name), text)
        if keys:
            action.setShortcut(keys)
            action.setToolTip(f"{text} ({action.shortcut().toString()})")
        self._text.addAction(action)
        action.setShortcutContext(_WIDGET_ONLY)
        action.triggered.connect(act)
        return action

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the section; the cursor goes to what is new in it."""
        blocks = proposal.blocks(self.field.key)
        if blocks == self._blocks or self._tell_soon.isActive():
            return
        before = self._text.toPlainText()
        self._showing = True
        fill_document(self._text.document(), blocks)
        self._showing = False
        self._blocks = blocks
        self._say("")
        cursor = self._text.textCursor()
        cursor.setPosition(end_of_change(before, self._text.toPlainText()))
        self._text.setTextCursor(cursor)

    @Slot(str)
    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    @Slot()
    def _on_changed(self) -> None:
        self._show_list()
        if not self._showing:
            self._tell_soon.start()
            if not self._tell_latest.isActive():
                self._tell_latest.start()

    def flush(self) -> None:
        """Tell at once what was typed and not yet told."""
        if self._tell_soon.isActive():
            self._tell()

    @Slot()
    def _tell(self) -> None:
        self._tell_soon.stop()
        self._tell_latest.stop()
        blocks = read_blocks(self._text.document())
        if blocks != self._blocks:
            self._blocks = blocks
            self.edited.emit(self.field.key, value_from_blocks(blocks))

    def _emphasize(self, name: str, _checked: bool = False) -> None:
        on = self._emphasis[name].isChecked()
        made = QTextCharFormat()
        if name == "bold":
            made.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
        elif name == "italic":
            made.setFontItalic(on)
        elif name == "underline":
            made.setFontUnderline(on)
        else:
            alignment = QTextCharFormat.VerticalAlignment
            raised = (
                alignment.AlignSuperScript if name == "superscript" else alignment.AlignSubScript
            )
            made.setVerticalAlignment(raised if on else alignment.AlignNormal)
        self._text.mergeCurrentCharFormat(made)

    @Slot(QTextCharFormat)
    def _show_emphasis(self, shape: QTextCharFormat) -> None:
        alignment = QTextCharFormat.VerticalAlignment
        on = {
            "bold": shape.fontWeight() >= QFont.Weight.DemiBold,
            "italic": shape.fontItalic(),
            "underline": shape.fontUnderline(),
            "superscript": shape.verticalAlignment() == alignment.AlignSuperScript,
            "subscript": shape.verticalAlignment() == alignment.AlignSubScript,
        }
        for name, action in self._emphasis.items():
            action.setChecked(on[name])

    def _mark(self, marker: str, _checked: bool = False) -> None:
        line_lists.mark_lines(self._text.textCursor(), marker)
        self._show_list()
        self._text.setFocus()

    def _indent(self, deeper: bool) -> None:
        cursor = self._text.textCursor()
        if line_lists.can_shift(cursor, 1 if deeper else -1):
            line_lists.shift_items(cursor, 1 if deeper else -1)
        else:
            line_lists.mark_lines(cursor, "+")
        self._show_list()
        self._text.setFocus()

    @Slot()
    def _show_list(self) -> None:
        """Let the buttons say what the line with the cursor is."""
        marker, level = item_of(self._text.textCursor().block()) or ("", 0)
        counted = line_lists.is_counted(marker)
        states = (level > 0 and not counted, level > 0 and counted, level > 1)
        for action, on in zip(self._listing, states, strict=True):
            action.setChecked(on)

    @Slot()
    def insert_table(self) -> None:
        """Insert a small table with a header row below the cursor's line."""
        cursor: QTextCursor = self._text.textCursor()
        cursor.insertTable(3, 3, table_format(1, 3))
        self._text.setTextCursor(cursor)
        self._text.setFocus()
