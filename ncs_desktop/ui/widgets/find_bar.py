"""The bar under Ctrl+F: finds text in all fields of a page without case and diacritics."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ncs_desktop.domain.text_search import find_folded
from ncs_desktop.ui import theme
from ncs_desktop.ui.widgets.labels import button, label

SEARCH_AFTER_MS = 120
_MOST_MARKED = 500
"""Highlights drawn in one field; more are found and counted all the same."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A place found; ``start`` and ``end`` in UTF-16 units."""

    widget: QLineEdit | QPlainTextEdit | QTextEdit
    start: int
    end: int


class FindBar(QFrame):
    """Finds in the text fields of ``page``; ``reached`` carries the field that holds the place."""

    reached = Signal(QWidget)
    closed = Signal()

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find-bar")
        self.setProperty("role", "bar")
        self._page = page
        self._places: list[_Place] = []
        self._at = -1
        self._marked: list[QPlainTextEdit | QTextEdit] = []
        self._returns_to: _Place | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SEARCH_AFTER_MS)
        self._soon.timeout.connect(self.search)
        self._build()
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        self.text = QLineEdit()
        self.text.setObjectName("find-text")
        self.text.setAccessibleName(self.tr("Tìm trong phiếu"))
        self.text.setPlaceholderText(self.tr("Tìm trong phiếu, gõ có dấu hay không dấu đều được"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.installEventFilter(self)
        self._count = label(role="quiet")
        self._count.setObjectName("find-count")
        self._count.setWordWrap(False)
        previous = button(self.tr("Trước"), self.previous, picture="up")
        previous.setToolTip(self.tr("Chỗ trước (Shift+Enter)"))
        following = button(self.tr("Sau"), self.next, picture="down")
        following.setToolTip(self.tr("Chỗ sau (Enter)"))
        close = button(self.tr("Đóng"), self.close_bar)
        close.setToolTip(self.tr("Đóng (Esc)"))
        row.addWidget(self.text, 1)
        for widget in (self._count, previous, following, close):
            row.addWidget(widget)

    @Slot()
    def open_bar(self) -> None:
        """Show the bar and take the keyboard; a selected word is looked for at once."""
        focused = self._page.focusWidget()
        self._returns_to = _cursor_of(focused)
        chosen = _selected(focused)
        self.show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if chosen:
            self.text.setText(chosen)
        self.text.selectAll()
        self.search()

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar; the keyboard goes to the place found, or back to cursor and choice."""
        self._soon.stop()
        self._unmark()
        found = self._places[self._at] if 0 <= self._at < len(self._places) else None
        self._places, self._at = [], -1
        self.hide()
        target = found or self._returns_to
        if target is not None:
            _select(target)
            target.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self._soon.start()

    @Slot()
    def search(self) -> None:
        """Look for the text anew and go to its first place from where the cursor was."""
        self._soon.stop()
        self._places = list(self._found(self.text.text()))
        self._at = self._first() if self._places else -1
        self._show()

    def _first(self) -> int:
        start = self._returns_to
        if start is None:
            return 0
        order = {widget: at for at, widget in enumerate(self._fields())}
        begin = (order.get(start.widget, 0), start.start)
        later = (
            at
            for at, place in enumerate(self._places)
            if (order[place.widget], place.start) >= begin
        )
        return next(later, 0)

    def _found(self, needle: str) -> list[_Place]:
        return [
            _Place(widget, start, end)
            for widget in self._fields()
            for start, end in _found_in(_text_of(widget), needle)
        ]

    def _fields(self) -> list[QLineEdit | QPlainTextEdit | QTextEdit]:
        kinds = (QLineEdit, QPlainTextEdit, QTextEdit)
        return [
            widget
            for widget in self._page.findChildren(QWidget)
            if isinstance(widget, kinds) and not self.isAncestorOf(widget) and not widget.isHidden()
        ]

    @Slot()
    def next(self) -> None:
        """Go to the next place; after the last comes the first."""
        self._step(1)

    @Slot()
    def previous(self) -> None:
        """Go to the place before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._soon.isActive():
            self.search()
            return
        before = self._places[self._at] if self._places else None
        self._places = list(self._found(self.text.text()))
        if self._places:
            at = self._places.index(before) if before in self._places else self._at - step
            self._at = (at + step) % len(self._places)
        self._show()

    def _show(self) -> None:
        self._unmark()
        needle = self.text.text().strip()
        if not self._places:
            self._at = -1
            self._count.setText(self.tr("Không thấy") if needle else "")
            return
        shown = self.tr("{number}/{count}").format(number=self._at + 1, count=len(self._places))
        self._count.setText(shown)
        self._mark()
        place = self._places[self._at]
        _select(place)
        self.reached.emit(place.widget)

    def _mark(self) -> None:
        by_field: dict[QPlainTextEdit | QTextEdit, list[_Place]] = {}
        for place in self._places:
            if not isinstance(place.widget, QLineEdit):
                by_field.setdefault(place.widget, []).append(place)
        for widget, places in by_field.items():
            marks = [_selection(widget, place) for place in places[:_MOST_MARKED]]
            widget.setExtraSelections(marks)
            self._marked.append(widget)

    def _unmark(self) -> None:
        for widget in self._marked:
            widget.setExtraSelections([])
        self._marked.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter go on; only this bar's own line is watched."""
        if watched is self.text and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._step(-1 if backwards else 1)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            return
        super().keyPressEvent(event)


def _text_of(widget: QLineEdit | QPlainTextEdit | QTextEdit) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText()


def _selected(widget: QWidget | None) -> str:
    if isinstance(widget, QLineEdit):
        return widget.selectedText()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        text = widget.textCursor().selectedText()
        return "" if "\u2029" in text else text
    return ""


def _cursor_of(widget: QWidget | None) -> _Place | None:
    """Return where the cursor of a text is, with what is chosen there."""
    if isinstance(widget, QLineEdit):
        chosen = widget.hasSelectedText()
        start = widget.selectionStart() if chosen else widget.cursorPosition()
        return _Place(widget, start, start + len(widget.selectedText()))
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        return _Place(widget, cursor.selectionStart(), cursor.selectionEnd())
    return None


def _found_in(text: str, needle: str) -> list[tuple[int, int]]:
    """Return the places in UTF-16 units, as Qt counts; Python counts characters."""
    places = find_folded(text, needle)
    if not text or ord(max(text)) <= 0xFFFF:
        return places
    units = [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]
    return [(units[start], units[end]) for start, end in places]


def _cursor(widget: QPlainTextEdit | QTextEdit, place: _Place) -> QTextCursor:
    cursor = QTextCursor(widget.document())
    cursor.setPosition(place.start)
    cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _selection(widget: QPlainTextEdit | QTextEdit, place: _Place) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    shape = QTextCharFormat()
    colours = theme.current()
    shape.setBackground(QColor(colours.accent_soft))
    shape.setForeground(widget.palette().color(QPalette.ColorRole.Text))
    shape.setFontUnderline(True)
    made.cursor = _cursor(widget, place)  # type: ignore[attr-defined,unused-ignore]
    made.format = shape  # type: ignore[attr-defined,unused-ignore]
    return made


def _select(place: _Place) -> None:
    widget = place.widget
    if isinstance(widget, QLineEdit):
        widget.setSelection(place.start, place.end - place.start)
        return
    widget.setTextCursor(_cursor(widget, place))
    widget.ensureCursorVisible()
