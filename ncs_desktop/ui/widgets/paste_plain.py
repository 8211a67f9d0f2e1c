"""Pasted plain text into blocks: markers of every kind, indents as levels, wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncs_desktop.domain.blocks import Block, Blocks, ListItem, Paragraph, Run, Table, marker_level
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.paste_marks import shown_marker

_ITEM = re.compile(
    r"([ \t\u00a0]*)([-–—+*•●▪■◦‣·]|\d{1,3}[.)]|[A-Za-zđĐ]\)|[IVX]{1,5}\.)[ \t\u00a0]+(?=\S)"
)
_TAB_WIDTH = 4
_LEAST_ROWS = _LEAST_COLUMNS = 2
_ENDS_SENTENCE = (".", ":", ";", "!", "?", "…")


def plain_to_blocks(text: str, rejoin: bool = False) -> Blocks:
    """Return pasted plain ``text`` as blocks; blank lines are dropped.

    ``rejoin`` puts lines together again that were broken at a fixed width (e-mail, PDF): a line
    goes on where the one before it is nearly full and does not end a sentence. Lines that all hold
    tabs between words are a table's, as Excel copies it.
    """
    lines = [line for line in clean_text(text).text.split("\n") if line.strip()]
    if table := _table(lines):
        return (table,)
    if rejoin:
        lines = list(_rejoined(lines))
    return tuple(_blocks(lines))


def _table(lines: list[str]) -> Table | None:
    """Return the table of which every line holds two columns or more."""
    parts = [line.split("\t") for line in lines]
    if len(parts) < _LEAST_ROWS or any(
        sum(map(bool, map(str.strip, row))) < _LEAST_COLUMNS for row in parts
    ):
        return None
    width = max(map(len, parts))
    if width == _LEAST_COLUMNS and any(_ITEM.match(line) for line in lines):
        return None
    rows = (row + [""] * (width - len(row)) for row in parts)
    return Table(tuple(tuple((Paragraph((Run(cell.strip()),)),) for cell in row) for row in rows))


def _blocks(lines: list[str]) -> Iterator[Block]:
    indents: list[int] = []
    for line in lines:
        found = _ITEM.match(line)
        if found is None:
            indents.clear()
            kept = line.rstrip()
            yield Paragraph((Run(kept if "\t" in kept.strip() else kept.strip()),))
            continue
        width = len(found[1].expandtabs(_TAB_WIDTH))
        while indents and indents[-1] > width:
            indents.pop()
        if not indents or indents[-1] < width:
            indents.append(width)
        level = min(len(indents), 9)
        marker = shown_marker(found[2], level)
        yield ListItem(
            (Run(line[found.end() :].strip()),), marker, max(level, marker_level(marker))
        )


def _rejoined(lines: list[str]) -> Iterator[str]:
    full = max((len(line) for line in lines), default=0) * 3 // 4
    held = ""
    last = ""
    for line in lines:
        wrapped = held and len(last) >= full and not last.rstrip().endswith(_ENDS_SENTENCE)
        if wrapped and _ITEM.match(line) is None:
            held = f"{held.rstrip()} {line.strip()}"
        else:
            if held:
                yield held
            held = line
        last = line
    if held:
        yield held
