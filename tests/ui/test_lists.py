"""Lists while writing: Enter, Tab, Backspace and the buttons, and no word ever goes astray."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ncs_desktop.domain.blocks import Table, blocks_from_text, plain_text
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.ui.widgets import line_lists
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.rich_edit import RichTextEditor
from ncs_desktop.ui.widgets.rich_text import read_blocks
from tests.ui.conftest import type_text

KEY = Qt.Key


class Writer:
    """A section's editor between two other fields, written into by keys alone."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        column = QVBoxLayout(self.window)
        self.before, self.after = QLineEdit(), QLineEdit()
        self.editor = RichTextEditor(Field("results", "Kết quả", FieldKind.BLOCKS))
        for widget in (self.before, self.editor, self.after):
            column.addWidget(widget)
        self.window.show()
        self.window.activateWindow()
        self.text = self.editor.findChild(RichTextEdit)
        self.text.setFocus()
        qtbot.waitUntil(self.text.hasFocus)

    def holds(self, words, line=None):
        self.text.insert(blocks_from_text(words))
        if line is not None:
            block = self.text.document().findBlockByNumber(line)
            cursor = self.text.textCursor()
            cursor.setPosition(block.position() + block.length() - 1)
            self.text.setTextCursor(cursor)
        return self

    def at_start(self):
        """Put the cursor before the words of its item."""
        cursor = self.text.textCursor()
        cursor.setPosition(line_lists.words_start(cursor.block()))
        self.text.setTextCursor(cursor)
        return self

    def types(self, *pieces):
        for piece in pieces:
            if isinstance(piece, str):
                type_text(self.text, piece)
            else:
                self.qtbot.keyClick(self.text, piece)
        return self

    def press(self, name):
        self.action(name).trigger()
        return self

    def action(self, name):
        return self.editor._listing[("list", "numbers", "indent").index(name)]

    @property
    def lines(self):
        return self.text.toPlainText().split("\n")

    @property
    def levels(self):
        return [getattr(block, "level", 0) for block in read_blocks(self.text.document())]

    @property
    def shown(self):
        return [action.isChecked() for action in self.editor._listing]


@pytest.fixture
def writer(qtbot):
    return Writer(qtbot)


@pytest.mark.parametrize("enter", [KEY.Key_Return, KEY.Key_Enter])
def test_enter_begins_the_next_dash(writer, enter):
    writer.press("list").types("mot", enter, "hai", enter, "ba")
    assert writer.lines == ["- mot", "- hai", "- ba"]


def test_enter_begins_the_next_number(writer):
    writer.press("numbers").types("mot", KEY.Key_Return, "hai", KEY.Key_Return, "ba")
    assert writer.lines == ["1. mot", "2. hai", "3. ba"]


def test_enter_at_the_end_of_a_list_goes_on(writer):
    writer.holds("1. a\n2. b\n3. c").types(KEY.Key_Return, "d")
    assert writer.lines == ["1. a", "2. b", "3. c", "4. d"]


def test_enter_in_the_middle_counts_the_rest_on(writer):
    writer.holds("1. a\n2. b\n3. c\nhết\n4. d", line=0).types(KEY.Key_Return, "m")
    assert writer.lines == ["1. a", "2. m", "3. b", "4. c", "hết", "4. d"]


def test_letters_follow_the_official_order(writer):
    writer.holds("d) a").types(KEY.Key_Return, "b", KEY.Key_Return, "c")
    assert writer.lines == ["d) a", "đ) b", "e) c"]


def test_enter_splits_the_words_of_an_item(writer):
    writer.holds("- một hai")
    for _ in range(3):
        writer.types(KEY.Key_Left)
    writer.types(KEY.Key_Return)
    assert writer.lines == ["- một ", "- hai"]


def test_enter_on_an_empty_item_leaves_the_list(writer):
    writer.press("numbers").types("mot", KEY.Key_Return, KEY.Key_Return, "hai")
    assert writer.lines == ["1. mot", "hai"]
    assert writer.levels == [1, 0]


def test_backspace_behind_the_marker_makes_a_paragraph_and_counts_back(writer):
    writer.holds("1. a\n2. b\n3. c", line=1).types(KEY.Key_Left, KEY.Key_Backspace)
    assert writer.lines == ["1. a", "b", "2. c"]


def test_enter_outside_lists_is_a_plain_one(writer):
    writer.types("mot", KEY.Key_Return, "hai")
    assert writer.lines == ["mot", "hai"]


def test_one_step_undoes_an_enter(writer):
    writer.holds("1. a\n2. b", line=0).types(KEY.Key_Return)
    writer.text.undo()
    assert writer.lines == ["1. a", "2. b"]


def test_emphasis_goes_on_into_the_next_item(writer):
    writer.press("list")
    writer.editor._emphasis["bold"].trigger()
    writer.types("a", KEY.Key_Return, "b")
    assert [block.runs[0].bold for block in read_blocks(writer.text.document())] == [True, True]


def test_words_composed_by_backspaces_in_a_new_item(writer):
    writer.press("list").types("a", KEY.Key_Return, "d", "d", *[KEY.Key_Backspace] * 2, "đ")
    assert writer.lines == ["- a", "- đ"]


def test_buttons_follow_the_cursor(writer):
    writer.holds("- a\n+ b\n1. c\nd")
    seen = []
    for line in range(4):
        block = writer.text.document().findBlockByNumber(line)
        writer.text.setTextCursor(QTextCursor(block))
        seen.append(writer.shown)
    assert seen == [[True, False, False], [True, False, True], [False, True, False], [False] * 3]
    writer.press("numbers")
    assert writer.lines[3] == "2. d"
    assert writer.shown == [False, True, False]
    writer.press("numbers")
    assert writer.lines[3] == "d"


def _copied(words):
    made = QMimeData()
    made.setText(words)
    return made


def test_all_of_one_item_replaced_stays_an_item(writer):
    writer.press("numbers").types("cũ")
    writer.qtbot.keySequence(writer.text, QKeySequence(QKeySequence.StandardKey.SelectAll))
    writer.types("mới")
    assert writer.lines == ["1. mới"]
    writer.qtbot.keySequence(writer.text, QKeySequence(QKeySequence.StandardKey.SelectAll))
    writer.text.insertFromMimeData(_copied("dán"))
    assert writer.lines == ["1. dán"]
    writer.text.selectAll()
    writer.text.insertFromMimeData(_copied("lại"))
    assert writer.lines == ["1. lại"]
    writer.text.selectAll()
    writer.text.insertFromMimeData(_copied("- x\n- y"))
    assert writer.lines == ["- x", "- y"]


def test_a_list_pasted_into_an_empty_item_takes_its_place(writer):
    writer.press("list")
    writer.text.insertFromMimeData(_copied("1. x\n2. y"))
    assert writer.lines == ["1. x", "2. y"]


def test_tab_moves_an_item_down_and_up(writer):
    writer.holds("1. a\n2. b\n3. c\n4. d", line=1).at_start().types(KEY.Key_Tab)
    assert writer.lines == ["1. a", "a) b", "2. c", "3. d"]
    assert writer.levels == [1, 2, 1, 1]
    writer.types("b ", KEY.Key_End, KEY.Key_Return, "m").at_start()
    assert writer.lines == ["1. a", "a) b b", "b) m", "2. c", "3. d"]
    writer.types(KEY.Key_Backtab)
    assert writer.lines == ["1. a", "a) b b", "2. m", "3. c", "4. d"]
    assert writer.text.hasFocus()


def test_tab_under_a_dash_is_a_plus_and_back(writer):
    writer.press("list").types("a", KEY.Key_Return, KEY.Key_Tab, "b")
    assert writer.lines == ["- a", "+ b"]
    assert plain_text(read_blocks(writer.text.document())) == "- a\n+ b"
    writer.at_start().types(KEY.Key_Backtab)
    assert writer.lines == ["- a", "- b"]
    assert writer.press("indent").lines == ["- a", "+ b"]
    assert writer.press("indent").lines == ["- a", "- b"]


def test_tab_outside_lists_moves_on(writer):
    writer.types("a", KEY.Key_Tab)
    assert writer.after.hasFocus()


def test_back_tab_leaves_a_first_level_item(writer):
    writer.press("list").types("a", KEY.Key_Backtab)
    assert writer.before.hasFocus()
    assert writer.lines == ["- a"]


@pytest.mark.parametrize(("key", "goes"), [(KEY.Key_Tab, "after"), (KEY.Key_Backtab, "before")])
@pytest.mark.parametrize("column", [1, 2])
def test_tab_behind_words_of_an_item_goes_to_the_next_field(writer, key, goes, column):
    writer.holds("- a\n+ bc\n+ de", line=2)
    cursor = writer.text.textCursor()
    cursor.setPosition(cursor.block().position() + 2 + column)
    writer.text.setTextCursor(cursor)
    writer.types(key)
    assert getattr(writer, goes).hasFocus()
    assert writer.lines == ["- a", "+ bc", "+ de"]


def test_tab_at_the_last_item_of_the_last_field_changes_nothing(writer):
    writer.before.setEnabled(False)
    writer.after.setEnabled(False)
    writer.press("list").types("a", KEY.Key_Return, "b", KEY.Key_Tab)
    assert writer.lines == ["- a", "- b"]


def test_tab_moves_several_selected_items(writer):
    writer.holds("- a\n- bc\n- de", line=2)
    cursor = writer.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Up, QTextCursor.MoveMode.KeepAnchor)
    writer.text.setTextCursor(cursor)
    writer.types(KEY.Key_Tab)
    assert writer.lines == ["- a", "+ bc", "+ de"]
    writer.types(KEY.Key_Backtab)
    assert writer.lines == ["- a", "- bc", "- de"]
    assert writer.text.hasFocus()


def test_control_tab_leaves_a_list_and_changes_nothing(writer):
    writer.press("list").types("a")
    writer.qtbot.keyClick(writer.text, KEY.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert writer.after.hasFocus()
    assert writer.lines == ["- a"]


def test_an_item_in_a_cell_knows_nothing_of_other_cells(writer):
    writer.editor.insert_table()
    table = writer.text.document().rootFrame().childFrames()[0]
    for column in (0, 1):
        writer.text.setTextCursor(table.cellAt(0, column).firstCursorPosition())
        writer.press("numbers").types("x", KEY.Key_Return, "y")
    rows = next(b for b in read_blocks(writer.text.document()) if isinstance(b, Table)).rows
    assert [plain_text(cell) for cell in rows[0][:2]] == ["1. x\n2. y"] * 2


def _margins(writer):
    document = writer.text.document()
    found = (document.findBlockByNumber(at) for at in range(document.blockCount()))
    return [(block.blockFormat().leftMargin(), block.blockFormat().textIndent()) for block in found]


@pytest.mark.parametrize("before", ["đầu\n- a\n- b", "- a\n- b", "1. a\n+ b"])
@pytest.mark.parametrize("how", ["paste", "letters", "delete", "cut", "input method"])
def test_what_replaces_a_whole_text_keeps_no_indent_of_its_list(writer, before, how):
    writer.holds(before)
    writer.text.selectAll()
    if how == "paste":
        writer.text.insertFromMimeData(_copied("Mục tiêu chung\nhai"))
    elif how == "letters":
        writer.types("Mục")
    elif how == "delete":
        writer.types(KEY.Key_Delete)
    elif how == "cut":
        writer.text.cut()
    else:
        event = QInputMethodEvent()
        event.setCommitString("Mục")
        QApplication.sendEvent(writer.text, event)
    assert set(_margins(writer)) == {(0.0, 0.0)}
