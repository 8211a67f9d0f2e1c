"""A text that can be folded away behind its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ncs_desktop.ui.widgets.labels import label


class Fold(QWidget):
    """Title with an arrow; the text below shows or hides.

    ``turning`` tells a click before anything moves. Tab passes by: what is typed after it is meant
    for a field. The editor turns folds by a key of its own.
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
        self._title.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title.setText(title)
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._text = label(text, "quiet")
        column.addWidget(self._title)
        column.addWidget(self._text)
        self._title.clicked.connect(self._turn)
        self.open(opened)

    @Slot()
    def _turn(self) -> None:
        self.turning.emit(self)
        self.open(not self.opened)

    @property
    def opened(self) -> bool:
        """Whether the text is shown."""
        return not self._text.isHidden()

    def open(self, opened: bool) -> None:
        """Show the text, or hide it."""
        self._text.setVisible(opened)
        self._title.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
