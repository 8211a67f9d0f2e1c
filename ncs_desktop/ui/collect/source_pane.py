"""The text of the file a phiếu was read from, and the way to the file itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label

_SOUGHT = 60


class SourcePane(QWidget):
    """``marked`` when a person has marked some of the text."""

    marked = Signal()
    failed = Signal(object)

    def __init__(
        self, services: Services, reading: SourceReading, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._reading = services, reading
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = label(self.tr("Chữ trong tệp gốc"), "heading")
        head.setWordWrap(False)
        opened = button(self.tr("Mở tệp gốc"), self._on_open, picture="preview")
        opened.setObjectName("button:open-original")
        column.addLayout(FlowLayout((head, opened)))
        self.text = QPlainTextEdit(reading.source)
        self.text.setObjectName("text:source")
        self.text.setAccessibleName(self.tr("Chữ trong tệp gốc"))
        self.text.setPlaceholderText(
            self.tr("Không đọc được chữ trong tệp này. Hãy mở tệp gốc rồi gõ vào các mục bên phải.")
        )
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.selectionChanged.connect(self.marked)
        column.addWidget(self.text, 1)

    @property
    def marked_text(self) -> str:
        """What is marked; "" nothing."""
        return self.text.textCursor().selectedText().replace("\u2029", "\n")

    def show_words(self, words: str, start: int = -1) -> None:
        """Mark where ``words`` stand, which is no marking by a person.

        They are looked for from ``start``, where their section begins (-1 unknown): an amount may
        stand in other sections too. Where there are none the section's heading is marked, and
        where that is not known either, nothing is.
        """
        line = next((part for part in words.split("\n") if part), "")
        document = self.text.document()
        cursor = QTextCursor()
        for place in (max(start, 0), 0):
            if line and cursor.isNull():
                cursor = document.find(_beginning(line), place)
        if cursor.isNull() and start >= 0:
            cursor = QTextCursor(document.findBlock(start))
            line = cursor.block().text()
            cursor.setPosition(start + len(line), QTextCursor.MoveMode.KeepAnchor)
        known = not cursor.isNull()
        if known:
            end = cursor.selectionStart() + len(line)
            block = cursor.block()
            if block.text()[cursor.selectionStart() - block.position() :].startswith(line):
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor = self.text.textCursor()
            cursor.clearSelection()
        self.text.blockSignals(True)
        self.text.setTextCursor(cursor)
        self.text.blockSignals(False)
        if known:
            self.text.centerCursor()

    @Slot()
    def _on_open(self) -> None:
        """Show the original in the desktop's own program, as a copy that may be changed."""
        try:
            path = self._services.copies.write(self._reading.name, self._reading.original)
        except NcsError as problem:
            self.failed.emit(problem)
            return
        self._services.open_path(path)


def _beginning(line: str) -> str:
    """Return what is looked for of a long line: its first whole words."""
    return line if len(line) <= _SOUGHT else line[:_SOUGHT].rpartition(" ")[0] or line[:_SOUGHT]
