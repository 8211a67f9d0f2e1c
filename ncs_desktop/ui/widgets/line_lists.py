"""Turning the selected lines into list items and back, by their literal markers."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor

from ncs_desktop.domain.blocks import marker_level
from ncs_desktop.ui.widgets.rich_text import EXTRA, set_hanging

_MARKER = re.compile(r"(-|\+|\d{1,3}\.|[a-zđ]\)) ")


def mark_lines(cursor: QTextCursor, marker: str) -> None:
    """Give every selected line ``marker`` (``1.`` counts up); remove it where all have it."""
    blocks = _selected(cursor)
    wanted = [f"{index}." if marker == "1." else marker for index in range(1, len(blocks) + 1)]
    present = [_marker_of(block) for block in blocks]
    remove = all(_same_kind(old, marker) for old in present)
    cursor.beginEditBlock()
    for block, old, new in zip(blocks, present, wanted, strict=True):
        _set_marker(block, old, "" if remove else new)
    cursor.endEditBlock()


def _selected(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd()).position()
    found = []
    while block.isValid() and block.position() <= last:
        found.append(block)
        block = block.next()
    return found


def _marker_of(block: QTextBlock) -> str:
    found = _MARKER.match(block.text())
    return found[1] if found else ""


def _same_kind(old: str, marker: str) -> bool:
    return old == marker or (marker == "1." and old[:1].isdigit())


def _set_marker(block: QTextBlock, old: str, new: str) -> None:
    edit = QTextCursor(block)
    if old:
        edit.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, len(old) + 1
        )
        edit.removeSelectedText()
    shape = QTextBlockFormat()
    if extra := block.blockFormat().property(EXTRA):
        shape.setProperty(EXTRA, extra)
    if new:
        edit.insertText(f"{new} ")
        set_hanging(shape, marker_level(new), new)
    edit.setBlockFormat(shape)
