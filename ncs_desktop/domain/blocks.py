r"""The block model: the value of a long section and the content of every document.

A block is a paragraph, a list item or a table. In JSON a long section is either a plain string
(``\n`` starts a new paragraph; a leading ``- ``, ``+ ``, ``1. `` or ``a) `` makes a list item) or a
list of block objects. Both are read into the same blocks, and blocks that a plain string can carry
are written back as that string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, JsonValue, freeze

STYLES = ("bold", "italic", "underline", "superscript", "subscript")
_MARKED_LINE = re.compile(r"(-|\+|\d{1,3}\.|[a-zđ]\)) (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; ``extra`` keeps keys this version does not know."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    superscript: bool = False
    subscript: bool = False
    extra: FrozenDict = EMPTY

    @property
    def plain(self) -> bool:
        """Whether the run carries nothing but its text."""
        return not self.extra and not any(getattr(self, style) for style in STYLES)

    def with_text(self, text: str) -> Run:
        """Return the run in the same style with another text; itself where nothing changes."""
        return self if text == self.text else replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: tuple[Run, ...] = ()
    extra: FrozenDict = EMPTY


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: ``marker`` is printed as it stands (``-``, ``+``, ``1.``, ``a)``)."""

    runs: tuple[Run, ...] = ()
    marker: str = "-"
    level: int = 1
    extra: FrozenDict = EMPTY


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, a cell being a tuple of blocks; the first rows may be headers."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]
    header_rows: int = 0
    extra: FrozenDict = EMPTY

    @property
    def columns(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


Block: TypeAlias = "Paragraph | ListItem | Table"
Blocks: TypeAlias = tuple[Block, ...]


def marker_level(marker: str) -> int:
    """Return the list level a bare marker implies: ``+`` stands under ``-``, all else is first."""
    return 2 if marker == "+" else 1


def blocks_from_text(text: str) -> Blocks:
    """Read a plain string: one block a line, list items by their leading marker."""
    return tuple(each_line(text))


def each_line(text: str) -> Iterator[Block]:
    """Yield the same blocks one by one, for who needs only the first."""
    return map(_block_from_line, text.split("\n") if text else ())


def _block_from_line(line: str) -> Block:
    found = _MARKED_LINE.match(line)
    if found is None:
        return Paragraph((Run(line),) if line else ())
    marker, rest = found[1], found[2]
    return ListItem((Run(rest),) if rest else (), marker, marker_level(marker))


def blocks_from_value(value: JsonValue, key: str = "") -> Blocks:
    """Read a section's JSON value; raise InputProblem naming ``key`` where the type is wrong."""
    if value is None:
        return ()
    if isinstance(value, str):
        return blocks_from_text(value)
    if not isinstance(value, list | tuple):
        raise _wrong(key, "blocks")
    return tuple(_block_from_json(item, f"{key}[{index}]") for index, item in enumerate(value))


def _wrong(key: str, expected: str) -> InputProblem:
    return InputProblem("proposal.wrong_type", key=key, expected=expected)


def _block_from_json(item: JsonValue, key: str) -> Block:
    if not isinstance(item, Mapping):
        raise _wrong(key, "block")
    kind = item.get("type")
    if kind == "paragraph":
        return Paragraph(_runs(item.get("runs"), key), _rest(item, "type", "runs"))
    if kind == "list_item":
        level, marker = item.get("level", 1), item.get("marker", "-")
        if not isinstance(level, int) or isinstance(level, bool) or not 1 <= level <= 9:
            raise _wrong(f"{key}.level", "level")
        if not isinstance(marker, str):
            raise _wrong(f"{key}.marker", "text")
        rest = _rest(item, "type", "runs", "level", "marker")
        return ListItem(_runs(item.get("runs"), key), marker, level, rest)
    if kind == "table":
        return _table(item, key)
    raise _wrong(f"{key}.type", "block_type")


def _rest(item: Mapping[str, JsonValue], *known: str) -> FrozenDict:
    rest = {name: freeze(value) for name, value in item.items() if name not in known}
    return FrozenDict(rest) if rest else EMPTY


def _runs(value: JsonValue, key: str) -> tuple[Run, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise _wrong(f"{key}.runs", "runs")
    runs = []
    for index, item in enumerate(value):
        where = f"{key}.runs[{index}]"
        if not isinstance(item, Mapping):
            raise _wrong(where, "run")
        text = item.get("text", "")
        if not isinstance(text, str):
            raise _wrong(f"{where}.text", "text")
        styles = {style: item.get(style, False) for style in STYLES}
        for style, on in styles.items():
            if not isinstance(on, bool):
                raise _wrong(f"{where}.{style}", "bool")
        runs.append(Run(text, extra=_rest(item, "text", *STYLES), **styles))
    return tuple(runs)


def _table(item: Mapping[str, JsonValue], key: str) -> Table:
    rows, header_rows = item.get("rows", ()), item.get("header_rows", 0)
    if not isinstance(rows, list | tuple):
        raise _wrong(f"{key}.rows", "rows")
    if not isinstance(header_rows, int) or isinstance(header_rows, bool) or header_rows < 0:
        raise _wrong(f"{key}.header_rows", "count")
    read = []
    for index, row in enumerate(rows):
        where = f"{key}.rows[{index}]"
        if not isinstance(row, list | tuple):
            raise _wrong(where, "row")
        read.append(
            tuple(blocks_from_value(cell, f"{where}[{column}]") for column, cell in enumerate(row))
        )
    return Table(tuple(read), header_rows, _rest(item, "type", "rows", "header_rows"))


def value_from_blocks(blocks: Iterable[Block]) -> JsonValue:
    """Return the JSON value of ``blocks``: a plain string where that says it all, else a list."""
    blocks = tuple(blocks)
    text = plain_text(blocks)
    if blocks_from_text(text) == blocks:
        return text
    return tuple(_block_to_json(block) for block in blocks)


def _block_to_json(block: Block) -> FrozenDict:
    if isinstance(block, Table):
        rows = tuple(tuple(value_from_blocks(cell) for cell in row) for row in block.rows)
        body = {"type": "table", "header_rows": block.header_rows, "rows": rows}
    elif isinstance(block, ListItem):
        body = {"type": "list_item", "level": block.level, "marker": block.marker}
        body["runs"] = tuple(_run_to_json(run) for run in block.runs)
    else:
        body = {"type": "paragraph", "runs": tuple(_run_to_json(run) for run in block.runs)}
    return FrozenDict({**block.extra, **body})


def _run_to_json(run: Run) -> FrozenDict:
    styles = {style: True for style in STYLES if getattr(run, style)}
    return FrozenDict({**run.extra, "text": run.text, **styles})


def plain_text(blocks: Iterable[Block]) -> str:
    """Return the text of ``blocks``: a line each, list markers kept, table cells behind tabs."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(plain_text(cell).replace("\n", " ") for cell in row)
        else:
            text = "".join(run.text for run in block.runs)
            yield f"{block.marker} {text}" if isinstance(block, ListItem) else text


def is_blank(blocks: Iterable[Block]) -> bool:
    """Whether ``blocks`` hold no visible character; a bare list marker counts as nothing."""
    for block in blocks:
        if isinstance(block, Table):
            if any(not is_blank(cell) for row in block.rows for cell in row):
                return False
        elif any(run.text.strip() for run in block.runs):
            return False
    return True
