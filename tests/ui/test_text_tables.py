"""Tables while writing: Tab walks the cells, rows and columns come and go, the box fits them."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget

from ncs_desktop.domain.blocks import Table, plain_text
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.rich_edit import RichTextEditor
from ncs_desktop.ui.widgets.rich_text import read_blocks
from tests.factories import make_proposal
from tests.ui.conftest import type_text

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Writer:
    """A section's editor between two other fields, with a table in it."""

    def __init__(self, qtbot, text=""):
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
        self.types(text)
        self.editor.insert_table()

    def types(self, *pieces):
        for piece in pieces:
            if isinstance(piece, str):
                type_text(self.text, piece)
            else:
                QTest.keyClick(self.text, piece)
        return self

    def fill(self):
        """A letter in each cell, the cursor in the middle one."""
        self.types("a", *(piece for letter in "bcdefghi" for piece in (KEY.Key_Tab, letter)))
        return self.types(*[KEY.Key_Backtab] * 4)

    def choose(self, name):
        menu = self.text.make_menu()
        next(entry for entry in menu.actions() if entry.objectName() == f"table-{name}").trigger()
        menu.deleteLater()
        return self

    @property
    def blocks(self):
        return read_blocks(self.text.document())

    @property
    def table(self):
        (found,) = (block for block in self.blocks if isinstance(block, Table))
        return found

    @property
    def rows(self):
        return [" ".join(plain_text(cell) or "." for cell in row) for row in self.table.rows]


@pytest.fixture
def writer(qtbot):
    return Writer(qtbot)


def test_tab_goes_on_to_the_next_cell_and_back(writer):
    writer.types("một", KEY.Key_Tab, "hai ba", KEY.Key_Backtab, " bốn")
    assert writer.text.hasFocus()
    assert writer.rows == ["một bốn hai ba .", ". . .", ". . ."]


def test_tab_in_the_last_cell_begins_a_row(writer):
    writer.fill().types(*[KEY.Key_Tab] * 5, "k")
    assert writer.rows == ["a b c", "d e f", "g h i", "k . ."]
    assert writer.table.header_rows == 1


def test_back_tab_before_the_first_cell_and_control_tab_leave(writer):
    writer.types(KEY.Key_Backtab)
    assert writer.before.hasFocus()
    writer.text.setFocus()
    QTest.keyClick(writer.text, KEY.Key_Tab, CONTROL)
    assert writer.after.hasFocus()
    assert len(writer.rows) == 3


def test_tab_from_an_item_in_a_cell_goes_on(writer):
    writer.types("- a", KEY.Key_Tab, "b")
    assert writer.rows[0] == "- a b ."


@pytest.mark.parametrize(
    ("step", "rows"),
    [
        ("row-above", ["a b c", ". x .", "d e f", "g h i"]),
        ("row-below", ["a b c", "d e f", ". x .", "g h i"]),
        ("column-left", ["a . b c", "d x e f", "g . h i"]),
        ("column-right", ["a b . c", "d e x f", "g h . i"]),
        ("remove-row", ["a b c", "g xh i"]),
        ("remove-column", ["a c", "d xf", "g i"]),
    ],
)
def test_rows_and_columns_come_and_go_at_the_cell(writer, step, rows):
    writer.fill().choose(step).types("x")
    assert writer.rows == rows
    assert writer.table.header_rows == 1
    writer.text.document().undo()
    writer.text.document().undo()
    assert writer.rows == ["a b c", "d e f", "g h i"]


def test_selected_rows_go_together_and_the_header_is_known_again(writer):
    writer.fill()
    table = writer.text.textCursor().currentTable()
    cursor = table.cellAt(0, 0).firstCursorPosition()
    cursor.setPosition(table.cellAt(1, 0).lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    writer.text.setTextCursor(cursor)
    writer.choose("remove-row")
    assert writer.rows == ["g h i"]
    assert writer.table.header_rows == 0


def test_a_row_above_the_header_is_a_header(writer):
    writer.types("a").choose("row-above").types("x")
    assert writer.rows[:2] == ["x . .", "a . ."]
    assert writer.table.header_rows == 2


@pytest.mark.parametrize("steps", [["remove-table"], ["remove-row"] * 3, ["remove-column"] * 3])
def test_a_table_goes_and_the_words_around_it_stay_apart(qtbot, steps):
    writer = Writer(qtbot, "trước")
    cursor = QTextCursor(writer.text.document())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("sau")
    assert [plain_text((block,)) for block in writer.blocks][::2] == ["trước", "sau"]
    for step in steps:
        writer.choose(step)
    assert plain_text(writer.blocks) == "trước\nsau"
    writer.types("!")
    assert plain_text(writer.blocks) == "trước!\nsau"


def test_a_table_stands_below_the_line_and_leaves_no_empty_ones(qtbot):
    writer = Writer(qtbot, "một hai")
    assert [type(block).__name__ for block in writer.blocks] == ["Paragraph", "Table"]
    alone = Writer(qtbot)
    assert [type(block).__name__ for block in alone.blocks] == ["Table"]
    writer.choose("remove-table")
    writer.text.moveCursor(QTextCursor.MoveOperation.Start)
    writer.editor.insert_table()
    assert plain_text(writer.blocks).startswith("một hai\n")


def test_the_button_within_a_table_offers_rows_and_columns_and_nests_nothing(writer):
    writer.fill()
    writer.editor.insert_table()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = [entry.text() for entry in menu.actions() if entry.text()]
    menu.close()
    assert shown[:2] == ["Thêm hàng phía trên", "Thêm hàng phía dưới"]
    assert shown[-1] == "Xoá bảng"
    assert writer.rows == ["a b c", "d e f", "g h i"]


def test_the_menu_is_that_of_the_clicked_cell(writer):
    writer.fill()
    table = writer.text.textCursor().currentTable()
    place = writer.text.cursorRect(table.cellAt(0, 2).firstCursorPosition()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(0, 0))
    writer.text.contextMenuEvent(event)
    QApplication.activePopupWidget().close()
    writer.types("x")
    assert writer.rows[0] in ("a b xc", "a b cx")
    assert writer.editor._table.text() == "Hàng, cột của bảng"
    writer.text.moveCursor(QTextCursor.MoveOperation.End)
    assert writer.editor._table.text() == "Chèn bảng"


@pytest.mark.parametrize("columns", [3, 5, 8])
@pytest.mark.parametrize("width", [440, 447, 454, 461])
def test_a_pasted_table_fits_the_width_of_the_box(qtbot, columns, width):
    edit = RichTextEdit()
    qtbot.addWidget(edit)
    edit.show()
    source = QMimeData()
    row = "".join("<td>doanh nghiệp</td>" for _ in range(columns))
    source.setHtml(f"<table><tr>{row}</tr><tr>{row}</tr></table><p>hết</p>")
    edit.insertFromMimeData(source)
    edit.resize(width, edit.height())
    QApplication.processEvents()
    assert edit.document().size().width() <= edit.viewport().width()
    assert edit.horizontalScrollBar().maximum() == 0
    assert edit.verticalScrollBar().maximum() == 0


def test_undo_of_the_page_takes_a_row_back(editor):
    text = editor.findChild(RichTextEdit, "field:results")
    frame = editor.cards["V"].frames["results"].editor
    frame.insert_table()
    type_text(text, "một")
    frame.flush()
    menu = text.make_menu()
    next(entry for entry in menu.actions() if entry.objectName() == "table-row-below").trigger()
    menu.deleteLater()
    frame.flush()

    def rows():
        (table,) = (b for b in editor.session.proposal.blocks("results") if isinstance(b, Table))
        return len(table.rows)

    assert rows() == 4
    editor.tools.undo()
    assert rows() == 3
    editor.tools.redo()
    assert rows() == 4


@pytest.fixture
def editor(open_editor):
    return open_editor(make_proposal(results=""))
