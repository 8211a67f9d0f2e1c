"""The editor of a long section: rich text with a toolbar, and no hook between keys and text.

Vietnamese input methods rewrite words by sending backspaces; anything that reacts to single keys
(completion, auto-formatting) would double letters. So formatting happens by toolbar and shortcut
only, and a list marker is ordinary text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFont,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QToolBar, QWidget

from ncs_desktop.domain.blocks import Blocks, blocks_from_text, value_from_blocks
from ncs_desktop.domain.form import Field
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.widgets.field_editor import FieldEditor
from ncs_desktop.ui.widgets.line_lists import mark_lines
from ncs_desktop.ui.widgets.rich_text import (
    fill_document,
    insert_blocks,
    read_blocks,
    table_format,
)

TELL_AFTER_MS = 120
_WIDGET_ONLY = Qt.ShortcutContext.WidgetShortcut
_SHORTEST_PX, _TALLEST_PX = 96, 520


class SafeDocument(QTextDocument):
    """A document that never loads anything, whatever pasted markup asks for."""

    def loadResource(self, _kind: int, _name: object) -> object:
        """Load nothing."""
        return None


class RichTextEdit(QTextEdit):
    """A text edit that takes in text, lists and tables, and grows with its content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        document = SafeDocument(self)
        document.setDocumentMargin(6)
        self.setDocument(document)
        self.setTabChangesFocus(True)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        document.documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        height = int(self.document().size().height()) + 2 * self.frameWidth() + 2
        self.setFixedHeight(max(_SHORTEST_PX, min(height, _TALLEST_PX)))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text in any form, nothing else."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words, emphasis, lists and tables; fonts, colours and pictures stay behind."""
        cursor = self.textCursor()
        blocks = blocks_from_mime(source)
        if cursor.currentTable() is not None or len(blocks) <= 1:
            cursor.insertText(clean_text(source.text()).text)
        else:
            cursor.removeSelectedText()
            if cursor.block().length() > 1:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            insert_blocks(cursor, blocks)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def blocks_from_mime(source: QMimeData) -> Blocks:
    """Return what the clipboard holds as blocks."""
    if not source.hasHtml():
        return blocks_from_text(clean_text(source.text()).text)
    document = SafeDocument()
    document.setHtml(clean_text(source.html()).text)
    return read_blocks(document)


class RichTextEditor(FieldEditor):
    """A long section: toolbar, text, and its blocks told shortly after the last key."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._bar = QToolBar()
        self._bar.setIconSize(QSize(18, 18))
        self._text = RichTextEdit()
        self.column.addWidget(self._bar)
        self.adopt(self._text)
        self._showing = False
        self._blocks: Blocks = ()
        self._tell_soon = QTimer(self)
        self._tell_soon.setSingleShot(True)
        self._tell_soon.setInterval(TELL_AFTER_MS)
        self._tell_soon.timeout.connect(self._tell)
        self._emphasis: dict[str, QAction] = {}
        self._build_bar()
        self._text.textChanged.connect(self._on_changed)
        self._text.currentCharFormatChanged.connect(self._show_emphasis)

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
        self._command("list", self.tr("Gạch đầu dòng"), partial(self._mark, "-"), "Ctrl+Shift+L")
        self._command("numbers", self.tr("Đánh số"), partial(self._mark, "1."), "Ctrl+Shift+N")
        self._command("indent", self.tr("Thụt vào ý con"), partial(self._mark, "+"), "")
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
        """Show the section; the cursor stays where the text is the same."""
        blocks = proposal.blocks(self.field.key)
        if blocks == self._blocks or self._tell_soon.isActive():
            return
        self._showing = True
        fill_document(self._text.document(), blocks)
        self._showing = False
        self._blocks = blocks

    @Slot()
    def _on_changed(self) -> None:
        if not self._showing:
            self._tell_soon.start()

    def flush(self) -> None:
        """Tell at once what was typed and not yet told."""
        if self._tell_soon.isActive():
            self._tell_soon.stop()
            self._tell()

    @Slot()
    def _tell(self) -> None:
        blocks = read_blocks(self._text.document())
        if blocks != self._blocks:
            self._blocks = blocks
            self.edited.emit(self.field.key, value_from_blocks(blocks))

    def _emphasize(self, name: str, on: bool) -> None:
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
        mark_lines(self._text.textCursor(), marker)
        self._text.setFocus()

    @Slot()
    def insert_table(self) -> None:
        """Insert a small table with a header row below the cursor's line."""
        cursor: QTextCursor = self._text.textCursor()
        cursor.insertTable(3, 3, table_format(1, 3))
        self._text.setTextCursor(cursor)
        self._text.setFocus()
