"""Blocks to QTextDocument and back, losing nothing.

A list marker stands as literal text at the start of its line, exactly as it is printed and as a
plain string carries it: what a person types (``- ``, ``1. ``) is what is stored, and no key is ever
intercepted. What Qt cannot show (level, unknown keys, paragraphs that merely look like list items)
rides along as format properties. ``normal`` says which spellings count as the same text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from ncs_desktop.domain.blocks import (
    Block,
    Blocks,
    ListItem,
    Paragraph,
    Run,
    Table,
    blocks_from_text,
)
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, freeze

_FIRST = int(QTextFormat.Property.UserProperty)
EXTRA, MARKER, LEVEL, LITERAL, FILLER, ABSENT = range(_FIRST + 1, _FIRST + 7)
_LINE_BREAK = "\u2028"
_INDENT_PX = 20.0


# --- what counts as the same text -----------------------------------------------------------


def normal(blocks: Blocks) -> Blocks:
    """Return ``blocks`` as an editor gives them back.

    Neighbouring runs of one style are joined, runs without text and tables without a cell dropped,
    and a text of nothing but one empty paragraph is no text.
    """
    kept = tuple(made for block in blocks if (made := _normal_block(block)) is not None)
    return () if kept == (Paragraph(),) else kept


def _normal_block(block: Block) -> Block | None:
    if isinstance(block, Table):
        rows = tuple(tuple(normal(cell) for cell in row) for row in block.rows)
        if not any(rows):
            return None
        return Table(rows, min(block.header_rows, len(rows)), block.extra)
    runs = tuple(_joined(block.runs))
    if isinstance(block, ListItem):
        return ListItem(runs, block.marker, block.level, block.extra)
    return Paragraph(runs, block.extra)


def _style(run: Run) -> tuple[object, ...]:
    return (run.bold, run.italic, run.underline, run.superscript, run.subscript, run.extra)


def _joined(runs: tuple[Run, ...]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if held is not None and _style(held) == _style(run):
            held = _with_text(held, held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _with_text(run: Run, text: str) -> Run:
    styles = (run.bold, run.italic, run.underline, run.superscript, run.subscript)
    return Run(text, *styles, run.extra)


# --- blocks into a document -----------------------------------------------------------------


def fill_document(document: QTextDocument, blocks: Blocks) -> None:
    """Replace the content of ``document`` by ``blocks``; its undo history starts anew."""
    document.setUndoRedoEnabled(False)
    document.clear()
    insert_blocks(QTextCursor(document), blocks)
    document.setUndoRedoEnabled(True)


def insert_blocks(cursor: QTextCursor, blocks: Blocks) -> None:
    """Write ``blocks`` at ``cursor``, whose own block takes the first of them."""
    cursor.beginEditBlock()
    fresh = True
    for block in normal(blocks):
        if isinstance(block, Table):
            if fresh:
                cursor.setBlockFormat(filler_format())
            _insert_table(cursor, block)
            fresh = False
            continue
        reuse = fresh or (_is_filler(cursor.block()) and cursor.block().length() == 1)
        block_format = _block_format(block)
        if reuse:
            cursor.setBlockFormat(block_format)
        else:
            cursor.insertBlock(block_format, QTextCharFormat())
        insert_runs(cursor, block)
        fresh = False
    cursor.endEditBlock()


def _block_format(block: Paragraph | ListItem) -> QTextBlockFormat:
    made = QTextBlockFormat()
    if block.extra:
        made.setProperty(EXTRA, _dump(block.extra))
    if isinstance(block, ListItem):
        set_item(made, block.marker, block.level)
    elif not _says_itself(block):
        made.setProperty(LITERAL, True)
    return made


def set_item(block_format: QTextBlockFormat, marker: str, level: int) -> None:
    """Make a line that begins with ``marker`` an item of ``level``, its marker hanging."""
    block_format.setProperty(MARKER, marker)
    block_format.setProperty(LEVEL, level)
    block_format.setLeftMargin(_INDENT_PX * level)
    width = QFontMetricsF(QGuiApplication.font()).horizontalAdvance(f"{marker} ")
    block_format.setTextIndent(-min(width, _INDENT_PX * level))


def _says_itself(block: Paragraph) -> bool:
    """Whether the text alone already reads as a paragraph, not as a list item."""
    read = blocks_from_text("".join(run.text for run in block.runs).replace("\n", _LINE_BREAK))
    return not read or isinstance(read[0], Paragraph)


def insert_runs(cursor: QTextCursor, block: Paragraph | ListItem) -> None:
    """Write the words of ``block`` at ``cursor``, into the line that is there."""
    if isinstance(block, ListItem):
        cursor.insertText(f"{block.marker} ".replace("\n", _LINE_BREAK), QTextCharFormat())
    for run in block.runs:
        cursor.insertText(run.text.replace("\n", _LINE_BREAK), _char_format(run))


def _char_format(run: Run) -> QTextCharFormat:
    made = QTextCharFormat()
    if run.bold:
        made.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        made.setFontItalic(True)
    if run.underline:
        made.setFontUnderline(True)
    if run.superscript or run.subscript:
        alignment = QTextCharFormat.VerticalAlignment
        both = alignment.AlignSuperScript if run.superscript else alignment.AlignSubScript
        made.setVerticalAlignment(both)
    extra = dict(run.extra)
    if run.superscript and run.subscript:
        made.setProperty(LITERAL, True)
    if extra:
        made.setProperty(EXTRA, _dump(run.extra))
    return made


def filler_format() -> QTextBlockFormat:
    """Return the mark of a line Qt needs beside a table and nobody wrote."""
    made = QTextBlockFormat()
    made.setProperty(FILLER, True)
    return made


def _is_filler(block: QTextBlock) -> bool:
    return bool(block.blockFormat().property(FILLER))


def table_format(header_rows: int, columns: int) -> QTextTableFormat:
    """Return the look of a table in the editor: thin lines, equal columns, full width.

    A hundredth of the width is left: Qt rounds columns up, and a bar to scroll by would appear.
    """
    made = QTextTableFormat()
    made.setHeaderRowCount(header_rows)
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setCellPadding(4)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 99))
    share = QTextLength(QTextLength.Type.PercentageLength, 100 / max(columns, 1))
    made.setColumnWidthConstraints([share] * columns)
    return made


def _insert_table(cursor: QTextCursor, block: Table) -> None:
    columns = max(block.columns, 1)
    made = table_format(block.header_rows, columns)
    if block.extra:
        made.setProperty(EXTRA, _dump(block.extra))
    table = cursor.insertTable(len(block.rows), columns, made)
    for row, cells in enumerate(block.rows):
        for column in range(columns):
            cell = table.cellAt(row, column)
            if column < len(cells):
                insert_blocks(cell.firstCursorPosition(), cells[column])
            else:
                absent = QTextCharFormat(cell.format())
                absent.setProperty(ABSENT, True)
                cell.setFormat(absent)
    cursor.setPosition(table.lastPosition() + 1)
    if cursor.block().length() == 1:
        cursor.setBlockFormat(filler_format())


# --- a document into blocks -----------------------------------------------------------------


def read_blocks(document: QTextDocument) -> Blocks:
    """Return the content of ``document`` as blocks."""
    return normal(tuple(_frame_blocks(document.rootFrame())))


def _frame_blocks(frame: QTextFrame) -> Iterator[Block]:
    yield from _walk(frame.begin())


def _cell_blocks(cell: QTextTableCell) -> Blocks:
    return normal(tuple(_walk(cell.begin())))


def _walk(iterator: Any) -> Iterator[Block]:
    while not iterator.atEnd():
        frame = iterator.currentFrame()
        if isinstance(frame, QTextTable):
            yield _read_table(frame)
        elif frame is not None:
            yield from _frame_blocks(frame)
        else:
            block = iterator.currentBlock()
            if not (_is_filler(block) and block.length() == 1):
                yield _read_block(block)
        iterator += 1


def _read_table(table: QTextTable) -> Table:
    made = table.format().toTableFormat()
    rows = []
    for row in range(table.rows()):
        cells = [table.cellAt(row, column) for column in range(table.columns())]
        own = [cell for cell in cells if cell.row() == row]
        contents = [_cell_blocks(cell) for cell in own]
        while contents and not contents[-1] and own[len(contents) - 1].format().property(ABSENT):
            contents.pop()
        rows.append(tuple(contents))
    return Table(tuple(rows), made.headerRowCount(), _load(made.property(EXTRA)))


def _read_block(block: QTextBlock) -> Block:
    shape = block.blockFormat()
    runs = tuple(_joined(tuple(_read_runs(block))))
    extra = _load(shape.property(EXTRA))
    if (item := item_of(block)) is not None:
        marker, level = item
        return ListItem(_cut(runs, len(marker) + 1), marker, level, extra)
    if block.textList() is not None:
        shown = block.textList().itemText(block).strip()
        bullet = shown if shown[:1].isalnum() else "-"
        return ListItem(runs, bullet, max(block.textList().format().indent(), 1), extra)
    return Paragraph(runs, extra)


def item_of(block: QTextBlock) -> tuple[str, int] | None:
    """Return marker and level of the list item that ``block`` reads as; None for other lines."""
    shape, text = block.blockFormat(), block.text()
    marker = str(shape.property(MARKER) or "")
    if shape.hasProperty(LEVEL) and text.startswith(f"{marker} ".replace("\n", _LINE_BREAK)):
        return marker, int(shape.property(LEVEL))
    typed = blocks_from_text(text)
    if typed and isinstance(typed[0], ListItem) and not shape.property(LITERAL):
        return typed[0].marker, typed[0].level
    return None


def _read_runs(block: QTextBlock) -> Iterator[Run]:
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        if fragment.isValid():
            yield _read_run(fragment.text(), fragment.charFormat())
        iterator += 1


def _read_run(text: str, shape: QTextCharFormat) -> Run:
    alignment = QTextCharFormat.VerticalAlignment
    both = bool(shape.property(LITERAL))
    return Run(
        text.replace(_LINE_BREAK, "\n"),
        bold=shape.fontWeight() >= QFont.Weight.DemiBold,
        italic=shape.fontItalic(),
        underline=shape.fontUnderline(),
        superscript=both or shape.verticalAlignment() == alignment.AlignSuperScript,
        subscript=both or shape.verticalAlignment() == alignment.AlignSubScript,
        extra=_load(shape.property(EXTRA)),
    )


def _cut(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    """Return ``runs`` without their first ``count`` characters."""
    kept = []
    for run in runs:
        if count >= len(run.text):
            count -= len(run.text)
            continue
        kept.append(_with_text(run, run.text[count:]) if count else run)
        count = 0
    return tuple(kept)


def _dump(extra: FrozenDict) -> str:
    return json.dumps(extra, ensure_ascii=False)


def _load(text: object) -> FrozenDict:
    return freeze(json.loads(text)) if isinstance(text, str) and text else EMPTY
