"""A check box whose words may need two lines; Qt's own never wraps."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ncs_desktop.ui.widgets.labels import label

_LONGEST = 120


class WrapCheck(QWidget):
    """Box and wrapping words; a click on either ticks it."""

    clicked = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self._text = text
        self._words = label(short(text))
        self._words.installEventFilter(self)
        if len(text) > _LONGEST:
            self.setToolTip(text)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self.clicked)
        self.box.toggled.connect(self._show_words)

    @Slot(bool)
    def _show_words(self, on: bool) -> None:
        """A chosen answer is read in full, the others by their beginning."""
        self._words.setText(" ".join(self._text.split()) if on else short(self._text))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A click on the words is a click on the box."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self.box.click()
            return True
        return False

    def is_checked(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_checked(self, on: bool) -> None:
        """Tick or untick, telling nobody."""
        self.box.setChecked(on)


def short(text: str) -> str:
    """Return ``text`` on one line; of a very long one its first clause, or its first words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    clause = re.match(rf"(.{{30,{_LONGEST}}}?)[;:.] ", line)
    return clause[1] if clause else line[:_LONGEST].rsplit(" ", 1)[0] + " …"
