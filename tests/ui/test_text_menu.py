"""The context menu of every text of the editor: Vietnamese, and undo is the page's own."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ncs_desktop.ui.proposals.desk import Opened
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.text_menu import text_menu
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text

ENTRIES = ["edit-undo", "edit-redo", "edit-cut", "edit-copy", "edit-paste", "edit-delete"]


@pytest.fixture
def editor(qtbot, window, ask_store):
    proposal = make_proposal(title="Một", objectives="Hai")
    ask_store(lambda store: store.save(proposal, NOW))
    window.open_editor(Opened(proposal))
    with qtbot.waitSignal(window.editor.checker.checked):
        pass
    return window.editor


def _menu(text):
    make = text.make_menu if hasattr(text, "make_menu") else lambda: text_menu(text)
    return {entry.objectName(): entry for entry in make().actions() if entry.objectName()}


@pytest.mark.parametrize(
    "key", ["title", "objectives", "contact_name", "budget.total", "budget.percent"]
)
def test_undo_in_the_menu_takes_back_the_step_of_the_page(editor, key):
    title = editor.findChild(QPlainTextEdit, "field:title")
    title.moveCursor(QTextCursor.MoveOperation.End)
    type_text(title, " hai")
    text = editor.findChild(QWidget, f"field:{key}")
    menu = _menu(text)
    assert [name for name in ENTRIES if name not in menu] == []
    menu["edit-undo"].trigger()
    assert editor.session.proposal.title == "Một"
    _menu(text)["edit-redo"].trigger()
    assert editor.session.proposal.title == "Một hai"


def test_the_menus_of_all_texts_hold_the_same_entries(editor):
    kinds = (QLineEdit, QPlainTextEdit, QTextEdit)
    texts = [text for kind in kinds for text in editor.fields.findChildren(kind)]
    held = {tuple(name for name in _menu(text) if name in ENTRIES) for text in texts}
    assert held == {tuple(ENTRIES)}


def test_cut_and_delete_in_the_menu_spare_the_marker(qtbot):
    for entry in ("edit-cut", "edit-delete"):
        edit = RichTextEdit()
        qtbot.addWidget(edit)
        source = QMimeData()
        source.setText("- một hai\n- ba bốn")
        edit.insertFromMimeData(source)
        cursor = edit.textCursor()
        cursor.setPosition(0)
        cursor.setPosition(edit.toPlainText().index("bốn"), QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        _menu(edit)[entry].trigger()
        assert edit.toPlainText() == "- bốn"


def test_without_a_page_around_it_the_menu_is_the_texts_own(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    type_text(line, "một")
    _menu(line)["edit-undo"].trigger()
    assert line.text() == ""
    assert line.contextMenuPolicy() == Qt.ContextMenuPolicy.DefaultContextMenu
