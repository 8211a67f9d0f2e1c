"""The line with the cursor is in sight after every key, paste, undo and jump, and nothing jumps."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ncs_desktop.ui.editor.caret import line_of
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, go_to, scroll, settle

LONG = "\n".join(f"Đoạn {number}: nâng cao năng suất." for number in range(1, 25))


@pytest.fixture
def editor(qtbot, window, open_editor):
    window.resize(1280, 700)
    opened = open_editor(make_proposal(objectives="", contents="", title=""))
    bring_forward(qtbot, window)
    settle()
    return opened


def in_sight(editor, field):
    top, bottom = line_of(field, editor._scroll.viewport())
    return 0 <= top < bottom <= editor._scroll.viewport().height()


def paste(field, text):
    QApplication.clipboard().setText(text)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()


def at_lower_edge(editor, field, room=40):
    """Scroll so that only ``room`` pixels of the field are in sight, at the lower edge."""
    bar, viewport = editor._scroll.verticalScrollBar(), editor._scroll.viewport()
    scroll(bar, bar.value() + field.mapTo(viewport, QPoint(0, 0)).y() - viewport.height() + room)


@pytest.mark.parametrize("key", ["objectives", "contents", "title"])
def test_pasted_words_are_followed(editor, key):
    field = go_to(editor, key)
    at_lower_edge(editor, field)
    paste(field, LONG)
    assert in_sight(editor, field)


@pytest.mark.parametrize("key", ["objectives", "contents"])
def test_every_new_line_is_followed(editor, key):
    field = go_to(editor, key)
    at_lower_edge(editor, field)
    for _ in range(40):
        QTest.keyClicks(field, "chu")
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()
        assert in_sight(editor, field)


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_A]
)
def test_a_key_brings_the_cursor_back_from_where_one_scrolled(editor, key):
    field = go_to(editor, "objectives")
    paste(field, LONG)
    for far in (0, editor._scroll.verticalScrollBar().maximum()):
        scroll(editor._scroll.verticalScrollBar(), far)
        assert not in_sight(editor, field)
        QTest.keyClick(field, key)
        settle()
        assert in_sight(editor, field)


def test_undo_and_redo_lead_to_the_line(editor):
    field = go_to(editor, "objectives")
    paste(field, LONG)
    paste(field, "\nHết.")
    scroll(editor._scroll.verticalScrollBar(), 0)
    for name in ("undo", "redo"):
        editor.head.commands[name].trigger()
        settle()
        assert in_sight(editor, field)


def test_a_jump_leads_to_the_line(editor):
    field = go_to(editor, "objectives")
    paste(field, LONG)
    go_to(editor, "title")
    editor.window().resize(1280, 480)
    settle()
    go_to(editor, "objectives")
    assert in_sight(editor, field)


def test_a_notice_below_does_not_cover_the_line(editor):
    field = go_to(editor, "objectives")
    at_lower_edge(editor, field)
    paste(field, LONG)
    editor.notice.say("Một câu dài để thông báo có nhiều dòng. " * 12)
    settle()
    assert in_sight(editor, field)


def test_nothing_moves_while_the_line_is_in_sight(editor):
    field = go_to(editor, "objectives")
    paste(field, LONG)
    bar = editor._scroll.verticalScrollBar()
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Up, n=3)
    field.setTextCursor(cursor)
    settle()
    before = bar.value()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Down):
        QTest.keyClick(field, key)
        settle()
        assert bar.value() == before


def test_who_scrolls_away_is_left_there(editor):
    field = go_to(editor, "objectives")
    paste(field, LONG)
    bar = editor._scroll.verticalScrollBar()
    scroll(bar, 0)
    editor.notice.say("Một câu dài để thông báo có nhiều dòng. " * 12)
    QTest.keyClick(field, Qt.Key.Key_Shift)
    settle()
    assert bar.value() == 0
