"""What was opened over the editor gives the keyboard back where it was, the cursor unmoved."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)

from ncs_desktop.ui.guide.dialog import GuideWindow
from ncs_desktop.ui.widgets.fold import Fold
from ncs_desktop.ui.widgets.text_menu import text_menu
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, type_text

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def editor(qtbot, window, open_editor):
    opened = open_editor(make_proposal())
    bring_forward(qtbot, window)
    return opened


@pytest.fixture
def place(editor):
    """A cursor in the middle of a text, with a selection."""
    text = editor.findChild(QTextEdit, "field:objectives")
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    return text


def _is_back(place):
    cursor = place.textCursor()
    return place.hasFocus() and (cursor.anchor(), cursor.position()) == (3, 7)


def _leave(qtbot, window, opened):
    """Close by Esc what was opened over the window."""
    qtbot.waitUntil(opened.isActiveWindow)
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened.isVisible())
    window.activateWindow()


def test_guide(qtbot, window, place):
    window.show_guide()
    guide = window.findChild(GuideWindow)
    _leave(qtbot, window, guide)
    qtbot.waitUntil(lambda: _is_back(place))


def test_find_bar_that_found_nothing(qtbot, window, editor, place):
    editor.head.commands["find"].trigger()
    bar = editor.find_bar
    bar.text.clear()
    type_text(bar.text, "không có chữ nào như thế")
    bar.search()
    qtbot.keyClick(bar.text, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert _is_back(place)


def test_find_goes_on_from_the_cursor(qtbot, window, editor, place):
    editor.head.commands["find"].trigger()
    bar = editor.find_bar
    bar.text.clear()
    type_text(bar.text, "n")
    bar.search()
    qtbot.keyClick(bar.text, Qt.Key.Key_Escape)
    assert place.hasFocus()
    assert place.textCursor().selectionStart() >= 3


@pytest.mark.parametrize("name", ["history", "export", "bundle", "print-set"])
def test_dialogs(qtbot, window, editor, place, name):
    editor.head.commands[name].trigger()
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QDialog)))
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    _leave(qtbot, window, dialog)
    qtbot.waitUntil(lambda: _is_back(place))


def test_notice(qtbot, window, editor, place):
    editor.notice.say("Một câu.")
    close = next(w for w in editor.notice.findChildren(QWidget) if hasattr(w, "click"))
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert editor.notice.isHidden()
    qtbot.waitUntil(lambda: _is_back(place))


def test_filter_keeps_the_keyboard_when_all_is_loaded(qtbot, services):
    from ncs_desktop.ui.main_window import MainWindow

    made = MainWindow(services)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.list_painted):
        made.show()
    made.activateWindow()
    field = made.findChild(QLineEdit, "field:filter")
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
    with qtbot.waitSignal(made.ready, timeout=10_000):
        pass
    assert QApplication.focusWidget() is field
    made.close()


def test_a_vanished_button_leaves_the_keyboard_at_its_field(editor):
    frame = editor.cards["V"].frames["results"]
    decide = frame.findChild(QWidget, "decide:results")
    line = decide.parentWidget()
    for widget in (line, decide):
        line.show()
        decide.show()
        decide.setFocus()
        assert decide.hasFocus()
        widget.hide()
        assert frame.findChild(QTextEdit, "field:results").hasFocus()


def test_a_notice_closed_by_key_gives_the_keyboard_back(qtbot, editor, place):
    editor.notice.say("Một câu.")
    close = next(w for w in editor.notice.findChildren(QWidget) if hasattr(w, "click"))
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Space)
    assert editor.notice.isHidden()
    assert _is_back(place)


def test_a_click_between_the_fields_leaves_the_cursor_where_it_is(qtbot, editor, place):
    editor.show_widget(place)
    label = editor.card_at(place).findChild(QLabel)
    assert label.property("role") == "heading"
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert _is_back(place)


def test_tab_walks_the_form_from_top_to_bottom(editor):
    """Only what takes a commitment away comes last in its card, where no one meets it by habit.

    Help is passed by: what is typed after Tab is meant for a field.
    """
    editor.go_to_card(next(iter(editor.cards)))
    walked = []
    while editor.fields.isAncestorOf(widget := QApplication.focusWidget()):
        corner = widget.mapTo(editor.fields, QPoint(0, 0))
        name = widget.objectName() or str(widget.property("role"))
        if not name.endswith(".remove"):
            walked.append((corner.y(), corner.x(), name))
        leaves_by = CONTROL if isinstance(widget, QTextEdit) else NONE
        QTest.keyClick(widget, Qt.Key.Key_Tab, leaves_by)
    assert [step[:2] for step in walked] == sorted(step[:2] for step in walked), walked
    names = [name for _y, _x, name in walked]
    fields = ["field:title", "field:objectives", "field:results", "field:budget.total"]
    assert [name for name in names if name in fields] == fields
    assert editor.fields.findChildren(Fold)
    assert "fold" not in names


def test_tab_from_a_section_leads_to_the_next_writing_field(editor):
    """Help stands between them; text typed after Tab must not vanish in it."""
    for key, following in (("urgency", "objectives"), ("objectives", "contents")):
        text = editor.findChild(QTextEdit, f"field:{key}")
        text.setFocus()
        QTest.keyClick(text, Qt.Key.Key_Tab, CONTROL)
        assert QApplication.focusWidget().objectName() == f"field:{following}"


def test_help_is_turned_by_a_key_from_within_its_section(editor, place):
    """All of the section's help comes and goes; other sections and the cursor stay as they are."""
    shown = {key: card.findChildren(Fold) for key, card in editor.cards.items()}
    mine = shown.pop(editor.card_at(place).key)
    before = [fold.opened for folds in shown.values() for fold in folds]
    assert mine
    mine[0].open(False)
    for wanted in (True, False, True):
        QTest.keyClick(place, Qt.Key.Key_H, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        assert {fold.opened for fold in mine} == {wanted}
    assert [fold.opened for folds in shown.values() for fold in folds] == before
    assert _is_back(place)
    menu = text_menu(place)
    assert editor.head.commands["guidance"] in menu.actions()
    menu.deleteLater()


def test_a_section_without_help_says_so(editor):
    bare = next(card for card in editor.cards.values() if not card.findChildren(Fold))
    editor.go_to_card(bare.key)
    editor.head.commands["guidance"].trigger()
    assert editor.notice.text == "Mục này không có hướng dẫn."


def test_a_click_on_a_command_leaves_the_cursor_in_the_text(editor, place):
    """Of all buttons shown only ticks and «bỏ cam kết» take the keyboard, and the last leads on."""
    taking = {
        button.objectName().partition("[")[0]
        for button in editor.findChildren(QAbstractButton)
        if button.isVisible() and button.focusPolicy() & Qt.FocusPolicy.ClickFocus
        if not isinstance(button, QCheckBox)
    }
    assert taking <= {"button:commitments", "field:commitments"}
    for button in editor.findChildren(QToolButton):
        if button.property("role") == "fold" and button.isVisible():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    type_text(place, "x")
    assert place.hasFocus()
    assert "x" in place.toPlainText()
