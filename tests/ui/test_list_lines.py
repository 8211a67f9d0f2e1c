"""Selections of several lines in lists, and markers that stand once: as in Word, no word lost."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from ncs_desktop.domain.blocks import blocks_from_text
from ncs_desktop.ui.widgets.line_lists import typed_mark
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.rich_text import fill_document, item_of
from tests.factories import make_proposal
from tests.ui.conftest import type_text

KEY = Qt.Key
LIST = "1. một\n2. hai\n3. ba\n4. bốn"


def _edit(qtbot, text=""):
    made = RichTextEdit()
    qtbot.addWidget(made)
    fill_document(made.document(), blocks_from_text(text))
    return made


def _select(edit, first, last):
    text, cursor = edit.toPlainText(), edit.textCursor()
    cursor.setPosition(text.index(first))
    cursor.setPosition(text.index(last) + len(last), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def _select_upto(edit, first, before):
    text, cursor = edit.toPlainText(), edit.textCursor()
    cursor.setPosition(text.index(first))
    cursor.setPosition(text.index(before), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def _lines(edit):
    return edit.toPlainText().split("\n")


@pytest.mark.parametrize("key", [KEY.Key_Backspace, KEY.Key_Delete])
@pytest.mark.parametrize("begin", ["2. ", "2", "hai"])
def test_deleting_from_an_item_into_another_keeps_the_first_marker(qtbot, key, begin):
    edit = _edit(qtbot, LIST)
    _select_upto(edit, begin, "a\n4.")
    QTest.keyClick(edit, key)
    assert _lines(edit) == ["1. một", "2. a", "3. bốn"]


@pytest.mark.parametrize("begin", ["2. ", "hai"])
def test_whole_items_go_with_their_markers(qtbot, begin):
    edit = _edit(qtbot, LIST)
    _select_upto(edit, begin, "4. bốn")
    QTest.keyClick(edit, KEY.Key_Delete)
    assert _lines(edit) == ["1. một", "2. bốn"]
    assert item_of(edit.textCursor().block()) == ("2.", 1)


@pytest.mark.parametrize("begin", ["2. ", "hai"])
@pytest.mark.parametrize("upto", ["4. bốn", "bốn"])
def test_letters_over_whole_items_stand_in_the_first(qtbot, begin, upto):
    edit = _edit(qtbot, LIST)
    _select_upto(edit, begin, upto)
    type_text(edit, "mới")
    assert _lines(edit) == ["1. một", "2. mới", "3. bốn"]


def test_letters_over_parts_of_items_join_what_is_left(qtbot):
    edit = _edit(qtbot, "- một hai\n- ba bốn\nhết")
    _select(edit, "hai", "ba")
    type_text(edit, "và")
    assert _lines(edit) == ["- một và bốn", "hết"]


def test_enter_over_items_begins_the_next(qtbot):
    edit = _edit(qtbot, LIST)
    _select(edit, "hai", "ba")
    QTest.keyClick(edit, KEY.Key_Return)
    assert _lines(edit)[0] == "1. một"
    assert not [line for line in _lines(edit) if re.match(r"\d\. \d\.", line)]


def test_cutting_keeps_the_first_marker(qtbot):
    edit = _edit(qtbot, "- một hai\n- ba bốn")
    _select(edit, "hai", "ba")
    edit.cut()
    assert _lines(edit) == ["- một  bốn"]


def test_the_whole_text_goes_with_its_markers(qtbot):
    edit = _edit(qtbot, LIST)
    edit.selectAll()
    QTest.keyClick(edit, KEY.Key_Delete)
    assert edit.toPlainText() == ""


def test_a_typed_first_item_looks_like_the_items_enter_makes(qtbot):
    edit = _edit(qtbot)
    type_text(edit, "- một")
    QTest.keyClick(edit, KEY.Key_Return)
    type_text(edit, "hai")
    document = edit.document()
    shapes = [document.findBlockByNumber(at).blockFormat() for at in (0, 1)]
    assert len({(made.leftMargin(), made.textIndent(), made.indent()) for made in shapes}) == 1


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("- -", "- "),
        ("1. 1.", "1. "),
        ("2. 1.", "2. "),
        ("a) b)", "a) "),
        ("+ +", "+ "),
        ("1. -", "- "),
        ("- 3.", "3. "),
        ("  + -", None),
        ("- *", None),
        ("- •", None),
        ("- một -", None),
        ("- 12", None),
        ("-", None),
        ("một 1.", None),
    ],
)
def test_only_a_marker_right_behind_a_marker_is_taken_for_one(qtbot, line, left):
    edit = _edit(qtbot)
    edit.insertPlainText(line)
    type_text(edit, " ")
    assert edit.toPlainText() == (f"{line} " if left is None else left)


def test_a_selection_is_no_place_to_take_a_marker_away(qtbot):
    edit = _edit(qtbot)
    edit.insertPlainText("- -")
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
    assert not typed_mark(cursor)


def _typed(qtbot, text):
    """Return the items that come of typing ``text``; ``\t`` is the Tab key."""
    edit = _edit(qtbot)
    for character in text:
        if character == "\t":
            QTest.keyClick(edit, KEY.Key_Tab)
        else:
            type_text(edit, character)
    document, found = edit.document(), []
    for at in range(document.blockCount()):
        block = document.findBlockByNumber(at)
        found.append(f"{'>' * ((item_of(block) or ('', 1))[1] - 1)}{block.text()}")
    return found


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ("1. a\n- b\n- c\n2. d\n- e", ["1. a", ">- b", ">- c", "2. d", ">- e"]),
        ("1. a\n- b\nc\n2. d\n3. e", ["1. a", ">- b", ">- c", "2. d", "3. e"]),
        ("1. a\n\t- b\nc\n2. d", ["1. a", ">- b", ">- c", "2. d"]),
        ("1. a\nb\n- c\n3. d", ["1. a", "2. b", ">- c", "3. d"]),
        ("1. a\na) b\n- c\nb) d\n2. e", ["1. a", ">a) b", ">>- c", ">b) d", "2. e"]),
        ("1. a\n- b\n+ c\n- d\n2. e", ["1. a", ">- b", ">>+ c", ">- d", "2. e"]),
        ("- a\n+ b\nc\n- d", ["- a", ">+ b", ">+ c", "- d"]),
        ("- a\n1. b\nc", ["- a", "1. b", "2. c"]),
        ("- a\n1. b\n- c\n2. d", ["- a", "1. b", ">- c", "2. d"]),
        ("- a\n\t- b\nc", ["- a", ">- b", ">- c"]),
        ("1. a\n- 2. b", ["1. a", "2. b"]),
        ("1. - a\n1. b", ["- a", "1. b"]),
        ("1. a\na) b\n- c\n+ d", ["1. a", ">a) b", ">>- c", ">>- + d"]),
        ("1. a\n2. b\n- - c", ["1. a", "2. b", ">- c"]),
    ],
)
def test_a_mark_typed_in_an_item_makes_it_that_kind(qtbot, keys, lines):
    assert _typed(qtbot, keys) == lines


def test_items_below_count_on_when_one_becomes_a_dash_and_when_it_comes_back(qtbot):
    edit = _edit(qtbot, "1. một\n2. \n3. ba")
    cursor = edit.textCursor()
    cursor.setPosition(len("1. một\n2. "))
    edit.setTextCursor(cursor)
    type_text(edit, "- ")
    assert _lines(edit) == ["1. một", "- ", "2. ba"]
    type_text(edit, "2. x")
    assert _lines(edit) == ["1. một", "2. x", "3. ba"]


def test_undo_gives_back_the_characters_that_were_typed(qtbot):
    edit = _edit(qtbot)
    type_text(edit, "1. một\n- ")
    assert _lines(edit) == ["1. một", "- "]
    edit.undo()
    assert _lines(edit) == ["1. một", "2. - "]
    type_text(edit, "hai")
    assert _lines(edit) == ["1. một", "2. - hai"]


def test_undo_of_the_page_gives_back_the_characters_and_then_the_word(qtbot, open_editor):
    editor = open_editor(make_proposal(contents=""))
    field = editor.findChild(RichTextEdit, "field:contents")
    type_text(field, "1. một\n- hai")
    editor.flush()
    shown = []
    for _ in range(3):
        editor.head.commands["undo"].trigger()
        shown.append(_lines(field)[-1])
    assert shown[:2] == ["- ", "2. - "]


STEPS = st.one_of(
    st.sampled_from(["enter", "dash", "number", "letter", "paste"]),
    st.integers(0, 1).map(lambda at: ("backspace", "word")[at]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=25))
def test_markers_never_double_and_no_typed_word_is_lost(qtbot, steps):
    """Enter, typed markers, pastes and Backspace behind a marker, in any order."""
    edit, words = _edit(qtbot), []
    markers = {"dash": "- ", "number": "1. ", "letter": "a) "}
    for step in steps:
        if step == "enter":
            QTest.keyClick(edit, KEY.Key_Return)
        elif step in markers:
            at = edit.textCursor()
            if item_of(at.block()) or at.atBlockStart():
                _type_marker(edit, markers[step])
        elif step == "backspace":
            _unmark_only(edit)
        else:
            words.append(f"từ{len(words)}x")
            _put(edit, words[-1], pasted=step == "paste")
    text = edit.toPlainText()
    assert re.findall(r"từ\d+x", text) == words
    assert not re.search(r"(?m)^\s*(?:-|\w{1,2}[.)]) (?:-|\w{1,2}[.)]) ", text)


def _type_marker(edit, marker):
    """Write a marker where a person would: at the start of a line, or right behind Enter's own."""
    line = edit.textCursor().block().text()
    if not line or re.fullmatch(r"\s*(?:-|\w{1,2}[.)]) ", line):
        type_text(edit, marker)


def _unmark_only(edit):
    if re.fullmatch(r"\s*(?:-|\w{1,2}[.)]) ", edit.textCursor().block().text()):
        QTest.keyClick(edit, KEY.Key_Backspace)


def _put(edit, word, *, pasted):
    if pasted:
        source = QMimeData()
        source.setText(f"- {word}")
        edit.insertFromMimeData(source)
    else:
        type_text(edit, f"{word} ")


@pytest.mark.parametrize(
    ("first", "before"),
    [("1. một", "2. hai"), (". một", "2. hai"), ("2. hai", "4. bốn"), ("3. ba", "ốn")],
)
@pytest.mark.parametrize("words", ["đoạn văn", "đoạn văn\nđoạn nữa"])
def test_words_pasted_over_a_marker_stand_without_its_indent(qtbot, first, before, words):
    edit = _edit(qtbot, LIST)
    _select_upto(edit, first, before)
    source = QMimeData()
    source.setText(words)
    edit.insertFromMimeData(source)
    block = edit.document().firstBlock()
    while block.isValid():
        assert (item_of(block) is None) == (block.blockFormat().leftMargin() == 0), block.text()
        block = block.next()
