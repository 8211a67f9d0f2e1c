"""Ctrl+F: finds without diacritics over all fields, goes round, leaves no mark behind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.widgets.find_bar import FindBar
from tests.factories import make_proposal


@pytest.fixture
def page(qtbot):
    made = QWidget()
    column = QVBoxLayout(made)
    made.line, made.plain, made.rich = QLineEdit("Năng suất"), QPlainTextEdit(), QTextEdit()
    made.plain.setPlainText("😀 chất lượng\nnăng suất lao động")
    made.rich.setPlainText("NANG SUAT, năng suất")
    made.bar = FindBar(made)
    for widget in (made.bar, made.line, made.plain, made.rich):
        column.addWidget(widget)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def count(page):
    return page.bar.findChild(QWidget, "find-count").text()


def test_places_are_counted_marked_and_gone_round(page, qtbot):
    page.line.setCursorPosition(0)
    page.bar.open_bar()
    qtbot.keyClicks(page.bar.text, "nang suat")
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Return)
    assert count(page) == "1/4"
    assert page.line.selectedText() == "Năng suất"
    with qtbot.waitSignal(page.bar.reached) as reached:
        qtbot.keyClick(page.bar.text, Qt.Key.Key_Return)
    assert reached.args == [page.plain]
    assert page.plain.textCursor().selectedText() == "năng suất"
    assert len(page.rich.extraSelections()) == 2
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert count(page) == "4/4"


def test_escape_closes_leaves_no_mark_and_stays_at_the_place(page, qtbot):
    page.bar.open_bar()
    page.bar.text.setText("lao dong")
    page.bar.search()
    qtbot.keyClick(page.bar.text, Qt.Key.Key_Escape)
    assert page.bar.isHidden()
    assert page.plain.extraSelections() == []
    assert page.focusWidget() is page.plain
    assert page.plain.textCursor().selectedText() == "lao động"


def test_nothing_found_is_said_and_changes_nothing(page, qtbot):
    page.plain.setFocus()
    page.bar.open_bar()
    page.bar.text.setText("vàng bạc")
    page.bar.search()
    page.bar.next()
    assert count(page) == "Không thấy"
    page.bar.close_bar()
    assert page.focusWidget() is page.plain
    assert page.plain.toPlainText() == "😀 chất lượng\nnăng suất lao động"


def test_text_changed_meanwhile_is_searched_anew(page, qtbot):
    page.line.setCursorPosition(0)
    page.bar.open_bar()
    page.bar.text.setText("nang suat")
    page.bar.search()
    page.rich.setPlainText("")
    page.bar.next()
    assert count(page) == "2/2"


def test_a_selected_word_is_looked_for(page, qtbot):
    page.line.setFocus()
    page.line.setSelection(0, 4)
    page.bar.open_bar()
    assert page.bar.text.text() == "Năng"
    assert count(page) == "1/4"


def test_the_rail_follows_from_place_to_place(open_editor):
    editor = open_editor(make_proposal(objectives="chữ lạ qwx", results="chữ lạ qwx"))
    rail = editor.findChild(QListWidget, "list:sections")
    editor.head.commands["find"].trigger()
    editor.find_bar.text.setText("qwx")
    editor.find_bar.search()
    seen = [rail.currentItem().text().partition(".")[0]]
    editor.find_bar.next()
    seen.append(rail.currentItem().text().partition(".")[0])
    assert seen == ["III", "V"]
