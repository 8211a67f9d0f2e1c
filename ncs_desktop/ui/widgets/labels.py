"""Labels and buttons that never interpret user text as markup."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ncs_desktop.ui.icons import icon, set_icon_size


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a wrapping plain-text label; ``role`` names its look in the theme."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Change the look of ``widget`` to ``role``."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def level_with(name: QLabel, control: QWidget) -> None:
    """Set ``name``, which stands beside ``control``, on the height of its words."""
    name.setMinimumHeight(control.sizeHint().height())
    name.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def button(
    text: str, slot: Callable[[], object], *, role: str = "", picture: str = ""
) -> QPushButton:
    """Return a push button bound to ``slot``, which takes no argument."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if picture and role != "primary":
        made.setIcon(icon(picture))
        set_icon_size(made, 18)
    made.clicked.connect(slot)
    return made


def make_default(chosen: QPushButton) -> None:
    """Let Enter press ``chosen`` and no other button of its window.

    It has to be in the window's layout already: Qt forgets the default of a button that moves.
    """
    for other in chosen.window().findChildren(QPushButton):
        other.setAutoDefault(False)
    chosen.setDefault(True)
