"""Tables within a rich text: put in, walked by Tab, and given or relieved of rows and columns.

Each step is one edit, so that one undo takes it back. Columns share the width of the box.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextTable
from PySide6.QtWidgets import QMenu, QTextEdit

from ncs_desktop.ui.widgets.rich_text import ABSENT, filler_format, table_format

_ROWS = _COLUMNS = 3


def table_of(cursor: QTextCursor) -> QTextTable | None:
    """Return the table ``cursor`` stands in, or None."""
    table: QTextTable | None = cursor.currentTable()
    return table


def insert_table(cursor: QTextCursor) -> None:
    """Put a small table with a header row below the line of ``cursor``, which enters it."""
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    _no_line_of_its_own(cursor)
    table = cursor.insertTable(_ROWS, _COLUMNS, table_format(1, _COLUMNS))
    cursor.setPosition(table.lastPosition() + 1)
    _no_line_of_its_own(cursor)
    cursor.endEditBlock()
    cursor.setPosition(table.firstPosition())


def _no_line_of_its_own(cursor: QTextCursor) -> None:
    """Let an empty line beside a table be room to write in, not an empty paragraph."""
    if cursor.block().length() == 1:
        cursor.setBlockFormat(filler_format())


def can_step(cursor: QTextCursor, step: int) -> bool:
    """Whether ``step_cell`` leads anywhere: within a table, but not before its first cell."""
    table = table_of(cursor)
    return table is not None and _number(table, cursor) + step >= 0


def _number(table: QTextTable, cursor: QTextCursor) -> int:
    cell = table.cellAt(cursor)
    return int(cell.row() * table.columns() + cell.column())


def step_cell(cursor: QTextCursor, step: int) -> bool:
    """Go to the next cell or the one before; behind the last one a row begins.

    Return False before the first cell and outside of a table.
    """
    table = table_of(cursor)
    if table is None or not can_step(cursor, step):
        return False
    columns, place = table.columns(), _number(table, cursor) + step
    if place >= table.rows() * columns:
        _insert_rows(table, table.rows())
    cursor.setPosition(table.cellAt(place // columns, place % columns).lastPosition())
    return True


def add_row(cursor: QTextCursor, offset: int) -> None:
    """Add a row above (0) or below (1) the cell of ``cursor``, which goes there."""
    table = table_of(cursor)
    if table is not None:
        first, count, column, _columns = _selected(cursor, table)
        row = first + (count if offset else 0)
        _insert_rows(table, row)
        cursor.setPosition(table.cellAt(row, column).firstPosition())


def _insert_rows(table: QTextTable, row: int) -> None:
    edit = QTextCursor(table.document())
    edit.beginEditBlock()
    header = table.format().headerRowCount()
    table.insertRows(row, 1)
    _make_new(table, row, 1, 0, table.columns())
    _share(table, header + (row < header))
    edit.endEditBlock()


def add_column(cursor: QTextCursor, offset: int) -> None:
    """Add a column left (0) or right (1) of the cell of ``cursor``, which goes there."""
    table = table_of(cursor)
    if table is None:
        return
    row, _rows, first, count = _selected(cursor, table)
    column = first + (count if offset else 0)
    edit = QTextCursor(table.document())
    edit.beginEditBlock()
    table.insertColumns(column, 1)
    _make_new(table, 0, table.rows(), column, 1)
    _share(table, table.format().headerRowCount())
    edit.endEditBlock()
    cursor.setPosition(table.cellAt(row, column).firstPosition())


def _make_new(table: QTextTable, row: int, rows: int, column: int, columns: int) -> None:
    """Take from new cells what Qt copied from their neighbours."""
    for y in range(row, row + rows):
        for x in range(column, column + columns):
            cell = table.cellAt(y, x)
            shape = cell.format()
            shape.clearProperty(ABSENT)
            cell.setFormat(shape)
            inside = cell.firstCursorPosition()
            inside.setBlockFormat(QTextBlockFormat())
            inside.setBlockCharFormat(QTextCharFormat())


def remove_rows(cursor: QTextCursor) -> None:
    """Remove the selected rows, or the one ``cursor`` stands in; with the last one the table."""
    table = table_of(cursor)
    if table is None:
        return
    row, rows, column, _columns = _selected(cursor, table)
    if rows == table.rows():
        _remove_table(table, cursor)
        return
    edit = QTextCursor(table.document())
    edit.beginEditBlock()
    header = table.format().headerRowCount()
    table.removeRows(row, rows)
    _share(table, header - min(rows, max(header - row, 0)))
    edit.endEditBlock()
    cursor.setPosition(table.cellAt(min(row, table.rows() - 1), column).firstPosition())


def remove_columns(cursor: QTextCursor) -> None:
    """Remove the selected columns, or that of ``cursor``; with the last one the table."""
    table = table_of(cursor)
    if table is None:
        return
    row, _rows, column, columns = _selected(cursor, table)
    if columns == table.columns():
        _remove_table(table, cursor)
        return
    edit = QTextCursor(table.document())
    edit.beginEditBlock()
    table.removeColumns(column, columns)
    _share(table, table.format().headerRowCount())
    edit.endEditBlock()
    cursor.setPosition(table.cellAt(row, min(column, table.columns() - 1)).firstPosition())


def remove_table(cursor: QTextCursor) -> None:
    """Remove the table ``cursor`` stands in with all it holds."""
    table = table_of(cursor)
    if table is not None:
        _remove_table(table, cursor)


def _remove_table(table: QTextTable, cursor: QTextCursor) -> None:
    """Remove ``table``; Qt would join the lines above and below it into one."""
    before = table.firstPosition() - 1
    below = table.document().findBlock(table.lastPosition() + 1)
    shape, words = below.blockFormat(), below.length() > 1
    edit = QTextCursor(table.document())
    edit.beginEditBlock()
    table.removeRows(0, table.rows())
    edit.setPosition(before)
    if words and edit.atBlockStart():
        edit.setBlockFormat(shape)
    elif words:
        edit.insertBlock(shape)
    edit.endEditBlock()
    cursor.setPosition(before)


def _selected(cursor: QTextCursor, table: QTextTable) -> tuple[int, int, int, int]:
    """Return first row, rows, first column and columns of the selection."""
    if cursor.hasComplexSelection():
        return cast("tuple[int, int, int, int]", cursor.selectedTableCells())
    cell = table.cellAt(cursor)
    return cell.row(), 1, cell.column(), 1


def _share(table: QTextTable, header_rows: int) -> None:
    """Let the columns share the width anew, the table's own marks kept."""
    shape = table.format()
    shape.setHeaderRowCount(header_rows)
    shape.setColumnWidthConstraints(
        table_format(header_rows, table.columns()).columnWidthConstraints()
    )
    table.setFormat(shape)


def table_steps() -> tuple[tuple[str, str, Callable[[QTextCursor], None]], ...]:
    """Return what can be done to a table: name, words, step."""
    return (
        ("row-above", _tr("Thêm hàng phía trên"), partial(add_row, offset=0)),
        ("row-below", _tr("Thêm hàng phía dưới"), partial(add_row, offset=1)),
        ("column-left", _tr("Thêm cột bên trái"), partial(add_column, offset=0)),
        ("column-right", _tr("Thêm cột bên phải"), partial(add_column, offset=1)),
        ("remove-row", _tr("Xoá hàng"), remove_rows),
        ("remove-column", _tr("Xoá cột"), remove_columns),
        ("remove-table", _tr("Xoá bảng"), remove_table),
    )


def add_steps(menu: QMenu, edit: QTextEdit) -> None:
    """Offer in ``menu`` what can be done to the table ``edit``'s cursor stands in."""
    for number, (name, words, step) in enumerate(table_steps()):
        if number == 4:
            menu.addSeparator()
        action = menu.addAction(words)
        action.setObjectName(f"table-{name}")
        action.triggered.connect(partial(_do, edit, step))


def _do(edit: QTextEdit, step: Callable[[QTextCursor], None], _checked: bool = False) -> None:
    cursor = edit.textCursor()
    step(cursor)
    edit.setTextCursor(cursor)
    edit.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Table", text)
