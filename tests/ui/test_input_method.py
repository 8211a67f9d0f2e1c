"""Input methods write Vietnamese by backspaces: every text keeps exactly what a plain box would."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ncs_desktop.domain.blocks import ListItem, Table, plain_text
from ncs_desktop.domain.money import BadMoney, parse_money
from ncs_desktop.ui.widgets.line_lists import mark_lines
from tests.factories import make_proposal
from tests.ui.conftest import type_text
from tests.ui.test_access import open_dialogs

TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)
PIECES = ("- dd", "\b\bđ", "a", "\bá", " 4,8", "\b\b5 tyr", "\b\b\btỷ", "\b\by\b")
"""«dd» becomes «đ», «as» becomes «á», as Telex does it: backspaces, then the letter."""
MONEY = ("4,85 tyr", "\b\bỷ")


def texts_of(root):
    """Return what below ``root`` a person types into, by the name of its field."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.objectName().startswith("field:") and isinstance(widget, TEXTS)
    ]


def rewrite(qtbot, widget, pieces):
    for character in "".join(pieces):
        if character == "\b":
            qtbot.keyClick(widget, Qt.Key.Key_Backspace)
        else:
            type_text(widget, character)


def words(widget):
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def assert_writes_as_a_plain_box(qtbot, field, pieces=PIECES):
    plain = QLineEdit() if isinstance(field, QLineEdit) else QPlainTextEdit()
    qtbot.addWidget(plain)
    field.clear()
    for widget in (field, plain):
        rewrite(qtbot, widget, pieces)
    assert words(field) == words(plain), field.objectName()
    return words(plain)


@pytest.fixture
def editor(open_editor):
    commitments = [{"organization": "", "scope": [], "amount": None}]
    return open_editor(make_proposal(enclosures=[], budget={}, commitments=commitments))


def test_every_field_of_the_form(qtbot, editor):
    fields = texts_of(editor)
    assert len(fields) > 20
    for field in fields:
        typed = assert_writes_as_a_plain_box(qtbot, field)
        editor.flush()
        key = field.objectName().removeprefix("field:")
        stored = editor.session.proposal.get(key)
        if isinstance(stored, str) and editor.session.form.find(key) is not None:
            assert stored == typed, key


@pytest.mark.parametrize("name", ["budget.total", "budget.state_budget", "budget.counterpart"])
def test_money_is_read_as_it_was_written(qtbot, editor, name):
    field = editor.findChild(QLineEdit, f"field:{name}")
    typed = assert_writes_as_a_plain_box(qtbot, field, MONEY)
    assert editor.session.proposal.get(name) == parse_money(typed) == 4_850_000_000
    with pytest.raises(BadMoney):
        parse_money("4,85 tyr")


def test_table_cells_and_list_items(qtbot, editor):
    field = editor.findChild(QTextEdit, "field:results")
    field.clear()
    editor.cards["V"].frames["results"].editor.insert_table()
    table = field.textCursor().document().rootFrame().childFrames()[0]
    for row, column in ((0, 0), (1, 2)):
        field.setTextCursor(table.cellAt(row, column).firstCursorPosition())
        rewrite(qtbot, field, ("Dd", "\b\bĐ", "ooj", "\b\b\bộ"))
    field.moveCursor(QTextCursor.MoveOperation.End)
    mark_lines(field.textCursor(), "-")
    rewrite(qtbot, field, ("y", "s", "\b\bý"))
    editor.flush()
    blocks = editor.session.proposal.blocks("results")
    table = next(block for block in blocks if isinstance(block, Table))
    item = next(block for block in blocks if isinstance(block, ListItem))
    assert plain_text(table.rows[0][0]) == plain_text(table.rows[1][2]) == "Độ"
    assert item.runs[0].text == "ý"


def test_find_bar(qtbot, editor):
    editor.head.commands["find"].trigger()
    bar = editor.find_bar
    assert_writes_as_a_plain_box(qtbot, bar.text)
    bar.hide()


def test_every_page(qtbot, window):
    seen = set()
    for name in window.bar.names:
        window.show_page(name)
        for field in texts_of(window):
            if field.isEnabled() and not field.isReadOnly() and field.objectName() not in seen:
                assert_writes_as_a_plain_box(qtbot, field)
                seen.add(field.objectName())
    assert {"field:filter", "field:desk-filter"} <= seen


def test_every_dialog(qtbot, services, window, catalog):
    seen = 0
    for dialog in open_dialogs(services, window, catalog):
        for field in texts_of(dialog):
            if field.isEnabled() and not field.isReadOnly():
                assert_writes_as_a_plain_box(qtbot, field)
                seen += 1
    assert seen > 10
