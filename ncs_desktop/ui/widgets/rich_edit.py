"""The editor of a long section: its text with a toolbar, told shortly after the last key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFont,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QToolBar, QWidget

from ncs_desktop.domain.blocks import (
    Blocks,
    value_from_blocks,
)
from ncs_desktop.domain.form import Field
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.widgets import line_lists, text_tables
from ncs_desktop.ui.widgets.field_editor import FieldEditor, end_of_change
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.rich_text import (
    fill_document,
    item_of,
    read_blocks,
)

TELL_AFTER_MS = 80
"""Quiet time after the last key before the section is told."""
TELL_AT_LATEST_MS = 1000
"""While a person types on and on, the section is told at least this often."""
_WIDGET_ONLY = Qt.ShortcutContext.WidgetShortcut


class RichTextEditor(FieldEditor):
    """A long section: toolbar, text, and its blocks told shortly after the last key."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._bar = QToolBar()
        set_icon_size(self._bar, 18)
        self._text = RichTextEdit()
        self.column.addWidget(self._bar)
        self.adopt(self._text)
        self._note = label(role="quiet")
        self._note.setObjectName(f"note:{field.key}")
        self._note.hide()
        self.column.addWidget(self._note)
        self._text.pasted.connect(self._say)
        self._text.step_ended.connect(self.flush)
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
        self._listing[-1].setToolTip(self.tr("Thụt vào ý con (Tab ở đầu ý)"))
        self._bar.addSeparator()
        self._table = self._command("table", self.tr("Chèn bảng"), self.insert_table, "")

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

    @Slot()
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

        within = text_tables.table_of(self._text.textCursor()) is not None
        self._table.setText(self.tr("Hàng, cột của bảng") if within else self.tr("Chèn bảng"))

    @Slot()
    def insert_table(self) -> None:
        """Insert a small table below the cursor's line; within one offer its rows and columns."""
        cursor: QTextCursor = self._text.textCursor()
        if text_tables.table_of(cursor) is not None:
            menu = self.table_menu()
            menu.popup(self._bar.mapToGlobal(self._bar.actionGeometry(self._table).bottomLeft()))
            return
        text_tables.insert_table(cursor)
        self._text.setTextCursor(cursor)
        self._text.setFocus()

    def table_menu(self) -> QMenu:
        """Return what can be done to the table with the cursor; it goes when it is closed."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        text_tables.add_steps(menu, self._text)
        return menu
