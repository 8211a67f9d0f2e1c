"""The context menu of a text: Qt's entries, with undo, redo and help of its page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

_OF_PAGE = {"edit-undo": "action:undo", "edit-redo": "action:redo"}
"""Qt's entries, and the commands of a page that take steps back across all its fields."""


def text_menu(text: QLineEdit | QPlainTextEdit | QTextEdit, **own: Callable[[], object]) -> QMenu:
    """Return the menu of ``text``; it goes when it is closed.

    ``own`` names what the text does in its own way: ``cut``, ``paste``, ``delete``.
    """
    menu = text.createStandardContextMenu()
    menu.aboutToHide.connect(menu.deleteLater)
    acts = {f"edit-{name}": act for name, act in own.items()}
    for entry in menu.actions():
        name = entry.objectName()
        command = _command(text, _OF_PAGE.get(name, ""))
        act = acts.get(name) if command is None else command.trigger
        if act is not None:
            entry.triggered.disconnect()
            entry.triggered.connect(lambda _checked=False, act=act: act())
        if command is not None:
            entry.setEnabled(command.isEnabled() and not text.isReadOnly())
    guidance = _command(text, "action:guidance")
    if guidance is not None:
        menu.addSeparator()
        menu.addAction(guidance)
    return menu


def _command(widget: QWidget, name: str) -> QAction | None:
    """Return the command ``name`` of the page around ``widget``."""
    around: QWidget | None = widget
    while around is not None and name:
        for action in around.actions():
            if action.objectName() == name:
                return action
        around = around.parentWidget()
    return None
