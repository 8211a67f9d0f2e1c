"""The text of one section under a person's hands: written anew, emptied, or one of two readings."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.room import lines_high

_LINES = 4
_BESIDE = 3
_REST_MS = 800


class SectionEditor(QWidget):
    """Shows a section's text; ``wanted(text)`` is what it is to be from now on.

    ``typed`` a moment after something was typed: words that are not in the section yet, or none.
    """

    wanted = Signal(str)
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._head = label(role="heading")
        column.addWidget(self._head)
        self._readings = QGridLayout()
        self._choices: list[QPushButton] = []
        column.addLayout(self._readings)
        self.text = QPlainTextEdit()
        self.text.setObjectName("field:section")
        self.text.setTabChangesFocus(True)
        lines_high(self.text, _LINES)
        self.text.textChanged.connect(self._on_edited)
        self._shown = ""
        column.addWidget(self.text)
        self._write = button(self.tr("Ghi vào mục"), self._on_write, picture="check")
        self._write.setObjectName("button:write-section")
        self._empty = button(self.tr("Xóa mục"), self._on_empty, picture="remove")
        self._empty.setObjectName("button:clear-section")
        column.addLayout(FlowLayout((self._write, self._empty)))
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self.typed)

    def show_section(
        self,
        name: str,
        text: str,
        readings: tuple[str, ...],
        editable: bool,
        typed: str | None = None,
    ) -> None:
        """Show a section; ``readings`` are amounts that may be meant.

        ``typed`` are words typed before that could not be written into the section.
        """
        self._head.setText(self.tr("Sửa mục: {name}").format(name=name))
        self.text.setAccessibleName(self._head.text())
        self._shown = text
        self.text.setPlainText(text if typed is None else typed)
        self.text.setReadOnly(not editable)
        self._empty.setEnabled(editable and bool(text))
        for old in self._choices:
            self._readings.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._choices = []
        for at, reading in enumerate(readings if editable else ()):
            made = button(self.tr("Lấy {text}").format(text=reading), partial(self._take, reading))
            made.setObjectName("button:take-reading")
            self._readings.addWidget(made, at // _BESIDE, at % _BESIDE)
            self._choices.append(made)
        self._on_edited()
        self._resting.stop()

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not in the section yet."""
        return self.text.toPlainText() != self._shown

    @Slot()
    def _on_edited(self) -> None:
        self._write.setEnabled(self.pending)
        self._resting.start()

    @Slot()
    def _on_write(self) -> None:
        self._take(self.text.toPlainText())

    @Slot()
    def _on_empty(self) -> None:
        self._take("")

    def _take(self, text: str, _checked: bool = False) -> None:
        """Want a text; the button pressed goes grey, and the next one must not get the keyboard."""
        self.text.setFocus()
        self.wanted.emit(text)
