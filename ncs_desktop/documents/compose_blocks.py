"""Blocks a person wrote (paragraphs, lists, tables) set as elements of a page.

Every word is printed. What would only make the page crooked is not: empty paragraphs, blanks at the
ends of a line, ragged rows. A table is set smaller the more columns it has, and one too wide for
the paper is printed in strips of columns, one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ncs_desktop.documents.compose_common import bind_to_next, text_width, tidy_lines
from ncs_desktop.documents.page import Align, Cell, Element, Format, Grid, Row, Text
from ncs_desktop.domain.blocks import Block, Blocks, ListItem, Paragraph, Run, Table, plain_text

STRIP_COLUMNS = 12
"""More columns than this are printed in strips."""
NARROWEST_TABLE = 30.0
"""A table inside a cell narrower than this (mm) is printed as lines."""
LIST_STEP = 6.0
SIGN_OF_NUMBERS = re.compile(r"[\d.,%\s+\-–]*\d[\d.,%\s+\-–]*")
COUNTERS = ("TT", "STT", "SỐ TT")


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How blocks are set: the format of a paragraph and the width at hand, mm.

    ``list_indent`` is where the marker of a hanging list item stands; None sets list items as NĐ
    30/2020 sets them, with the first line of a paragraph.
    """

    paragraph: Format
    width: float
    list_indent: float | None = 4.0
    table_size: float = 12.0


def compose_blocks(blocks: Blocks, style: BlockStyle) -> tuple[Element, ...]:
    """Return ``blocks`` as elements; list items of one run of items share their indents.

    A line that ends with a colon stays on the page of what it announces.
    """
    elements: list[Element] = []
    hangs: dict[int, float] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, ListItem):
            hangs = hangs or _hangs(blocks[index:], style)
            composed: tuple[Element, ...] = tuple(_list_item(block, hangs, style))
        else:
            hangs = {}
            composed = tuple(_other(block, style))
        announces = composed and index + 1 < len(blocks) and _ends_with_colon(composed[-1])
        elements.extend(bind_to_next(composed, 1) if announces else composed)
    return tuple(elements)


def _other(block: Paragraph | Table, style: BlockStyle) -> Iterator[Element]:
    if isinstance(block, Table):
        return _table(block, style)
    return (Text(runs, style.paragraph) for runs in tidy_lines(block.runs))


def _ends_with_colon(element: Element) -> bool:
    return isinstance(element, Text) and bool(element.runs) and element.runs[-1].text[-1:] == ":"


def _hangs(blocks: Iterable[Block], style: BlockStyle) -> dict[int, float]:
    """Return for each level of the list that starts here the room its widest marker takes, mm."""
    hangs: dict[int, float] = {}
    for block in blocks:
        if not isinstance(block, ListItem):
            break
        room = text_width(block.marker, style.paragraph.size) + 1.8
        hangs[block.level] = max(hangs.get(block.level, 4.0), min(room, style.width / 4))
    return hangs


def _list_item(item: ListItem, hangs: dict[int, float], style: BlockStyle) -> Iterator[Text]:
    marker = item.marker.strip()
    format = _list_format(item.level, hangs[item.level], style)
    for runs in tidy_lines(item.runs):
        if marker:
            yield Text(runs, format, marker)
        else:
            yield Text(runs, replace(format, first_indent=max(format.first_indent, 0.0)))
        marker = ""


def _list_format(level: int, hang: float, style: BlockStyle) -> Format:
    step = min(level - 1, 5) * LIST_STEP
    plain = replace(style.paragraph, style="Danh sách")
    if style.list_indent is None:
        return replace(plain, first_indent=plain.first_indent + step)
    left = min(style.list_indent + step + hang, style.width / 2)
    return replace(plain, left_indent=left, first_indent=-min(hang, left))


def _table(table: Table, style: BlockStyle) -> Iterator[Element]:
    columns = table.columns
    rows = [row for row in table.rows if row]
    if not rows:
        return
    if style.width < NARROWEST_TABLE:
        yield from _as_lines(rows, style)
        return
    header_rows = min(table.header_rows, len(rows) - 1)
    for first in range(0, columns, STRIP_COLUMNS):
        strip = [
            [row[place] if place < len(row) else () for place in _strip(first, columns)]
            for row in rows
        ]
        yield _grid(strip, header_rows, style)
        yield Text((), Format(size=4.0, line_height=style.paragraph.after or 4.0))


def _strip(first: int, columns: int) -> range:
    return range(first, min(first + STRIP_COLUMNS, columns))


def _as_lines(rows: Sequence[Sequence[Blocks]], style: BlockStyle) -> Iterator[Text]:
    """Print the rows of a table there is no room for: one line a row."""
    for row in rows:
        runs: list[Run] = []
        for cell in row:
            text = " ".join(plain_text(cell).split())
            if text:
                runs.append(Run(f"; {text}" if runs else text))
        if runs:
            yield Text(tuple(runs), style.paragraph)


def _grid(rows: Sequence[Sequence[Blocks]], header_rows: int, style: BlockStyle) -> Grid:
    count = len(rows[0])
    size = style.table_size if count <= 6 else min(style.table_size, 10.5 if count <= 9 else 9.0)
    padding = 1.5 if count <= 9 else 0.8
    texts = [[plain_text(cell) for cell in row] for row in rows]
    widths = column_widths(texts, style.width, size, padding)
    aligns = [_column_align([row[place] for row in texts], header_rows) for place in range(count)]
    body = Format("Ô bảng", Align.LEFT, size, round(size * 1.25, 1), 1.0, 1.0, widows=True)
    heading = replace(body, style="Đầu cột", align=Align.CENTER)
    composed = []
    for index, row in enumerate(rows):
        cells = []
        for place, blocks in enumerate(row):
            format = heading if index < header_rows else replace(body, align=aligns[place])
            room = widths[place] - 2 * padding
            inner = BlockStyle(format, room, 0.0, min(size, 10.5))
            content = compose_blocks(_bold(blocks) if index < header_rows else blocks, inner)
            cells.append(Cell(content))
        composed.append(Row(tuple(cells)))
    return Grid(tuple(widths), tuple(composed), header_rows, padding=padding)


def _bold(blocks: Blocks) -> Blocks:
    return tuple(
        replace(block, runs=tuple(replace(run, bold=True) for run in block.runs))
        if isinstance(block, Paragraph | ListItem)
        else block
        for block in blocks
    )


def _column_align(texts: Sequence[str], header_rows: int) -> Align:
    """Numbers stand at the right, ranks in the middle, words and mixed columns at the left."""
    if any(text.strip().upper() in COUNTERS for text in texts[:header_rows]):
        return Align.CENTER
    body = [text for text in texts[header_rows:] if text.strip()]
    if body and all(SIGN_OF_NUMBERS.fullmatch(text) for text in body):
        return Align.RIGHT
    return Align.LEFT


def column_widths(
    rows: Sequence[Sequence[str]], width: float, size: float, padding: float
) -> tuple[float, ...]:
    """Return the widths (mm) of the columns: by content, each wide enough for its longest word.

    They add up to ``width``; ``rows`` hold the text of every cell.
    """
    count = len(rows[0])
    gap = 2 * padding + 0.6
    least, wanted = [0.0] * count, [0.0] * count
    for row in rows:
        for place, text in enumerate(row):
            words = text.split()
            longest = max((text_width(word, size, bold=True) for word in words), default=0.0)
            whole = max((text_width(part, size) for part in text.split("\n")), default=0.0)
            least[place] = max(least[place], min(longest + gap, width * 0.35))
            wanted[place] = max(wanted[place], min(whole + gap, width))
    floor = min(8.0, width / count / 2)
    least = [max(value, floor) for value in least]
    if sum(least) >= width:
        return _summing(least, width)
    extra = [max(want - low, 0.1) for want, low in zip(wanted, least, strict=True)]
    share = (width - sum(least)) / sum(extra)
    return _summing([low + more * share for low, more in zip(least, extra, strict=True)], width)


def _summing(parts: Sequence[float], width: float) -> tuple[float, ...]:
    scale = width / sum(parts)
    rounded = [round(part * scale, 2) for part in parts]
    rounded[-1] = round(width - sum(rounded[:-1]), 2)
    return tuple(rounded)
