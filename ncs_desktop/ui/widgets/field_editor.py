"""The editor of one field: what all kinds have in common, and the kinds that are one line.

An editor shows what the proposal holds, tells what a person made of it, and never validates while
typing: checks are the findings' business.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.domain.dates import parse_duration
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import changed_part, clean_text, fold
from ncs_desktop.ui.widgets import paste_offer
from ncs_desktop.ui.widgets.labels import label, set_role
from ncs_desktop.ui.widgets.paste import is_files, pasted_from_mime
from ncs_desktop.ui.widgets.text_line import TextLine
from ncs_desktop.ui.widgets.text_menu import text_menu
from ncs_desktop.ui.widgets.wrap_check import WrapCheck

_TALLEST = 260
_MOST_LINES = 12
"""px and lines up to which a text grows; a longer one scrolls."""
_YEAR_DIGITS = 4


class FieldEditor(QWidget):
    """Base of every field's editor; ``edited(key, value)`` carries the cleaned JSON value."""

    edited = Signal(str, object)
    undoable = Signal(str, object)
    """Something was taken out: the sentence that says so, and what puts it back."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def adopt(self, control: QWidget) -> None:
        """Make ``control`` the one that holds the value: its name, its accessible name."""
        control.setObjectName(f"field:{self.field.key}")
        control.setAccessibleName(self.field.label.rstrip(": "))
        self.column.addWidget(control)
        self.setFocusProxy(control)

    @abstractmethod
    def show_proposal(self, proposal: Proposal) -> None:
        """Show what ``proposal`` holds, telling nobody."""

    def flush(self) -> None:
        """Tell at once what was typed and not yet told; most editors tell every key at once."""


class LineEditor(FieldEditor):
    """A short text, phone, e-mail, year or duration on one line."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._line = TextLine()
        self.adopt(self._line)
        self._echo = label(role="quiet")
        self._echo.setVisible(False)
        self.column.addWidget(self._echo)
        self._line.textEdited.connect(self._on_edited)
        if field.kind is FieldKind.YEAR:
            self._line.setMinimumWidth(120)
            self._line.setMaximumWidth(240)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the value; a year is shown as its digits, or as what was typed in their place."""
        value = proposal.get(self.field.key)
        text = proposal.unread(self.field.key) if value is None else str(value)
        before = self._line.text()
        if text != before:
            self._line.setText(text)
            self._line.write_on_at(end_of_change(before, text))
        self._show_echo(text)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        value = clean_text(text).text
        self._show_echo(value)
        if self.field.kind is FieldKind.YEAR:
            self.edited.emit(self.field.key, _year(value.strip()))
        else:
            self.edited.emit(self.field.key, value)

    def _show_echo(self, text: str) -> None:
        said = ""
        if self.field.kind is FieldKind.YEAR and isinstance(_year(text.strip()), str):
            begun = text.strip().isdecimal() and len(text.strip()) < _YEAR_DIGITS
            said = "" if begun else self.tr("Năm phải là bốn chữ số, không kèm chữ khác.")
            set_role(self._echo, "error")
        elif self.field.kind is FieldKind.DURATION:
            read = parse_duration(text)
            if read is not None and read.months is not None:
                said = self.tr("Hiểu là {months} tháng").format(months=read.months)
        self._echo.setText(said)
        self._echo.setVisible(bool(said))


def _year(text: str) -> int | str | None:
    """Return the year of four digits, None where nothing is written, else the text itself."""
    if len(text) == _YEAR_DIGITS and text.isascii() and text.isdecimal():
        return int(text)
    return text or None


def end_of_change(before: str, after: str) -> int:
    """Return where in ``after`` what is new ends, counted as Qt counts letters."""
    start, _gone, come = changed_part(before, after)
    return len(after[: start + len(come)].encode("utf-16-le")) // 2


class GrowingText(QPlainTextEdit):
    """A plain text box as tall as its lines, however they wrap."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, then fit."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit letters of another size, also where they break into as many lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu with the page's undo in it."""
        text_menu(self).popup(event.globalPos())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text; files are the window's business."""
        return not is_files(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the words; text of an old font comes with an offer to convert it."""
        offer = pasted_from_mime(source).offer if source.hasText() else None
        if offer is None:
            super().insertFromMimeData(source)
        else:
            self.insertPlainText(plain_text(paste_offer.choose(offer, self)))

    @Slot()
    def _fit(self) -> None:
        """Measure the lines as they are laid out: letters may need more than the font's spacing."""
        document = self.document()
        layout, block, written = document.documentLayout(), document.begin(), 0.0
        while block.isValid():
            written += layout.blockBoundingRect(block).height()
            block = block.next()
        needed = max(written, self._lines * self.fontMetrics().lineSpacing())
        margins = 2 * (document.documentMargin() + self.frameWidth())
        self.setFixedHeight(min(ceil(needed + margins), self._tallest()))

    def _tallest(self) -> int:
        return max(_TALLEST, _MOST_LINES * self.fontMetrics().lineSpacing())


class PlainEditor(FieldEditor):
    """A text that may need several lines, such as the title; grows with its content."""

    def __init__(self, field: Field, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._text = GrowingText(lines)
        self.adopt(self._text)
        self._text.textChanged.connect(self._on_changed)
        self._showing = False

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the text as it stands."""
        text = self._shown(proposal)
        if text == self._text.toPlainText():
            return
        self._showing = True
        before = self._text.toPlainText()
        self._text.setPlainText(text)
        cursor = self._text.textCursor()
        cursor.setPosition(end_of_change(before, text))
        self._text.setTextCursor(cursor)
        self._showing = False

    def _shown(self, proposal: Proposal) -> str:
        return proposal.text(self.field.key)

    def _value(self, text: str) -> object:
        return text

    @Slot()
    def _on_changed(self) -> None:
        if not self._showing:
            text = clean_text(self._text.toPlainText()).text
            self.edited.emit(self.field.key, self._value(text))


class TextListEditor(PlainEditor):
    """A list of short texts, one a line; ``offered`` ones can be ticked above it."""

    def __init__(
        self, field: Field, offered: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(field, 2, parent)
        self._text.setPlaceholderText(self.tr("Mỗi dòng một mục"))
        self._offered = {fold(name): WrapCheck(name) for name in offered}
        self._names = dict(zip(self._offered, offered, strict=False))
        for place, (name, box) in enumerate(self._offered.items()):
            box.clicked.connect(partial(self._on_ticked, name))
            self.column.insertWidget(place, box)
        self._text.textChanged.connect(self._show_ticks)

    @property
    def _lines(self) -> tuple[str, ...]:
        return self._value(self._text.toPlainText())

    def _on_ticked(self, name: str) -> None:
        others = [line for line in self._lines if fold(line) != name]
        ticked = [self._names[name]] if self._offered[name].is_checked() else []
        self._text.setPlainText("\n".join([*others, *ticked]))

    @Slot()
    def _show_ticks(self) -> None:
        held = {fold(line) for line in self._lines}
        for name, box in self._offered.items():
            box.set_checked(name in held)

    def _shown(self, proposal: Proposal) -> str:
        stored = proposal.texts(self.field.key)
        return self._text.toPlainText() if self._lines == stored else "\n".join(stored)

    def _value(self, text: str) -> tuple[str, ...]:
        return tuple(line for line in text.split("\n") if line.strip())
