"""A text that can be folded away behind its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ncs_desktop.ui.widgets.labels import label


class Fold(QWidget):
    """Title with an arrow; the text below shows or hides.

    ``turning`` tells it before anything moves.
    """

    turning = Signal(QWidget)

    def __init__(
        self, title: str, text: str, *, opened: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._title = QToolButton()
        self._title.setProperty("role", "fold")
        self._title.setText(title)
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._text = label(text, "quiet")
        column.addWidget(self._title)
        column.addWidget(self._text)
        self._title.clicked.connect(self._turn)
        self._open(opened)

    @Slot()
    def _turn(self) -> None:
        self.turning.emit(self)
        self._open(self._text.isHidden())

    def _open(self, opened: bool) -> None:
        self._text.setVisible(opened)
        self._title.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
