"""The box that searches what its window shows: Ctrl+F leads to it, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from ncs_desktop.ui.icons import icon


class FilterLine(QLineEdit):
    """Named ``name`` to tests, ``spoken`` to a screen reader; ``hint`` stands in it while empty."""

    def __init__(self, name: str, spoken: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        keys = QKeySequence("Ctrl+F")
        self.setToolTip(f"{spoken} ({keys.toString()})")
        QShortcut(keys, self, self._go_here)

    @Slot()
    def _go_here(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
