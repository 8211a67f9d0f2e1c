"""Pasted HTML (Word, LibreOffice, Excel, web pages) into blocks, keeping every visible word.

Kept: bold, italic, underline, raised and lowered text, paragraphs, lists with their markers and
tables. Everything else stays behind and is named in ``dropped``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ncs_desktop.domain.blocks import Block, Blocks, Table
from ncs_desktop.domain.legacy import convert_by_font
from ncs_desktop.ui.widgets.markup import VOID, Piece, pieces
from ncs_desktop.ui.widgets.paste_look import Look, look_of, mso_level
from ncs_desktop.ui.widgets.paste_marks import counted_marker, shown_marker
from ncs_desktop.ui.widgets.paste_runs import Inline, blocks_of_line

_DEEPEST = 100
_DEEPEST_TABLE = 2
_MOST_COLUMNS = 63
"""As many as Word has."""
_PARAGRAPH_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset"  # noqa: SIM905
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre"
    " section summary table tbody td tfoot th thead title tr ul".split()
)
_TOLD_TAGS = {"img": "picture", "v:imagedata": "picture", "object": "picture", "video": "picture"}
_SCOPE = ("td", "th", "table")


@dataclass(slots=True)
class _List:
    ordered: bool
    style: str
    next: int


@dataclass(slots=True)
class _Flow:
    """A place that takes blocks: the whole text or one cell."""

    blocks: list[Block] = field(default_factory=list)
    line: list[Inline] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    marker: str | None = None
    level: int = 1


@dataclass(slots=True)
class _Grid:
    rows: list[list[Blocks]] = field(default_factory=list)
    header_rows: int = 0
    hanging: dict[int, int] = field(default_factory=dict)
    heading: bool = False


@dataclass(slots=True)
class _Open:
    name: str
    look: Look
    span: tuple[int, int] = (1, 1)


class HtmlReader:
    """Reads one paste; ``convert`` turns runs in old fonts (.VnTime, VNI-) into Unicode."""

    def __init__(self, convert: bool = False) -> None:
        self.dropped: set[str] = set()
        self.old_fonts = False
        self._convert = convert
        self._stack: list[_Open] = [_Open("", Look())]
        self._flows: list[_Flow] = [_Flow()]
        self._grids: list[_Grid | None] = []

    def read(self, html: str) -> Blocks:
        """Return the blocks of ``html``."""
        for piece in pieces(html):
            if piece.kind == "text":
                self._text(piece.name)
            elif piece.kind == "open":
                self._open(piece)
            elif piece.kind == "close":
                self._close(piece.name)
            elif piece.name in ("script", "iframe"):
                self.dropped.add("script")
            elif piece.name == "svg":
                self.dropped.add("picture")
        while len(self._stack) > 1:
            self._pop()
        self._flush()
        return tuple(self._flows[0].blocks)

    # --- text -------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        look, flow = self._stack[-1].look, self._flows[-1]
        if look.hidden:
            if text.strip():
                self.dropped.add(look.hidden)
            return
        if look.in_marker:
            flow.marker = (flow.marker or "") + text
            flow.level = max(flow.level, 1)
            return
        converted = convert_by_font(text, look.font)
        self.old_fonts = self.old_fonts or converted != text
        flow.line.append((converted if self._convert else text, look))

    def _flush(self) -> None:
        flow = self._flows[-1]
        if not any(text.strip() for text, _look in flow.line):
            flow.line.clear()
            return
        marker = None if flow.marker is None else shown_marker(flow.marker, flow.level)
        flow.blocks.extend(blocks_of_line(flow.line, marker, flow.level))
        flow.line.clear()
        flow.marker = None

    # --- tags -------------------------------------------------------------------------------

    def _open(self, piece: Piece) -> None:
        name = piece.name
        look, told = look_of(self._stack[-1].look, name, piece.attributes)
        self.dropped.update(told)
        if name in _TOLD_TAGS and not look.hidden:
            self.dropped.add(_TOLD_TAGS[name])
        if name == "br":
            self._flows[-1].line.append(("\v", self._stack[-1].look))
            return
        if name in _PARAGRAPH_TAGS:
            self._begin(name)
        if name in VOID or ":" in name or len(self._stack) >= _DEEPEST:
            return
        self._stack.append(_Open(name, look, _span(piece.attributes)))
        self._enter(name, piece.attributes)

    def _begin(self, name: str) -> None:
        """End what a new ``name`` ends: the line before it, an open item, cell or row."""
        self._flush()
        ends: dict[str, tuple[str, ...]] = {
            "li": ("li",),
            "td": ("td", "th"),
            "th": ("td", "th"),
            "tr": ("tr",),
        }
        ends |= {"p": ("p",), "option": ("option",)}
        bounds: tuple[str, ...] = (
            ("ul", "ol", "table") if name == "li" else ("table", "td", "th", "li")
        )
        if name in ("td", "th", "tr"):
            bounds = ("table",)
        for other in ends.get(name, ()):
            self._close(other, bounds)

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        flow = self._flows[-1]
        if name in ("ul", "ol"):
            style = attributes.get("type") or self._stack[-1].look.list_style
            start = attributes.get("start", "")
            first = int(start) if start.isdecimal() and len(start) < 5 else 1
            flow.lists.append(_List(name == "ol", style, first))
        elif name == "li":
            self._enter_item(flow, attributes)
        elif name == "table":
            deep = sum(grid is not None for grid in self._grids) >= _DEEPEST_TABLE
            self._grids.append(None if deep else _Grid())
        elif name in ("td", "th") and self._grid() is not None:
            self._flows.append(_Flow())
        elif name == "tr" and (grid := self._grid()) is not None:
            grid.rows.append([])
            grid.heading = True
        elif level := mso_level(attributes):
            flow.marker, flow.level = "", level

    def _enter_item(self, flow: _Flow, attributes: dict[str, str]) -> None:
        if not flow.lists:
            flow.lists.append(_List(False, "", 1))
        current = flow.lists[-1]
        value = attributes.get("value", "")
        if value.isdecimal() and len(value) < 5:
            current.next = int(value)
        flow.level = min(len(flow.lists), 9)
        flow.marker = counted_marker(current.next, current.style) if current.ordered else "•"
        current.next += 1

    def _grid(self) -> _Grid | None:
        return self._grids[-1] if self._grids else None

    # --- ends -------------------------------------------------------------------------------

    def _close(self, name: str, bounds: tuple[str, ...] = ()) -> None:
        """Close the innermost open ``name`` with all in it; ignore an end that nothing began."""
        if name in VOID:
            return
        stop: tuple[str, ...] = bounds or (() if name in (*_SCOPE, "tr") else _SCOPE)
        for index in range(len(self._stack) - 1, 0, -1):
            opened = self._stack[index].name
            if opened == name:
                while len(self._stack) > index:
                    self._pop()
                return
            if opened in stop or (name in ("td", "th", "tr") and opened == "table"):
                break
        if name in _PARAGRAPH_TAGS:
            self._flush()

    def _pop(self) -> None:
        name, span = self._stack[-1].name, self._stack[-1].span
        if name in _PARAGRAPH_TAGS:
            self._flush()
        self._stack.pop()
        flow, grid = self._flows[-1], self._grid()
        if name in ("ul", "ol") and flow.lists:
            flow.lists.pop()
        elif name in ("td", "th") and grid is not None and len(self._flows) > 1:
            self._end_cell(grid, name, span)
        elif name == "tr" and grid is not None:
            _end_row(grid)
        elif name == "table":
            self._grids.pop()
            if grid is not None:
                self._end_table(grid)
        elif name == "li" or not flow.lists:
            flow.marker = flow.marker if name not in _PARAGRAPH_TAGS else None

    def _end_cell(self, grid: _Grid, name: str, span: tuple[int, int]) -> None:
        cell = tuple(self._flows.pop().blocks)
        if not grid.rows:
            grid.rows.append([])
        row = grid.rows[-1]
        _fill_hanging(grid, row)
        if span != (1, 1):
            self.dropped.add("merged")
        columns = max(min(span[0], _MOST_COLUMNS - len(row)), 1)
        for column in range(columns):
            if span[1] > 1:
                grid.hanging[len(row)] = span[1]
            row.append(cell if column == 0 else ())
        inside_head = any(opened.name == "thead" for opened in self._stack)
        grid.heading = grid.heading and (name == "th" or inside_head)

    def _end_table(self, grid: _Grid) -> None:
        rows = tuple(tuple(row) for row in grid.rows if row)
        if any(any(row) for row in rows):
            self._flows[-1].blocks.append(Table(rows, min(grid.header_rows, len(rows))))


def _span(attributes: dict[str, str]) -> tuple[int, int]:
    def count(name: str) -> int:
        text = attributes.get(name, "")
        return max(min(int(text), 1000), 1) if text.isdecimal() and len(text) < 10 else 1

    return count("colspan"), count("rowspan")


def _fill_hanging(grid: _Grid, row: list[Blocks]) -> None:
    """Leave empty cells where a cell of a row above reaches down."""
    while grid.hanging.get(len(row), 0) > 1 and len(row) < _MOST_COLUMNS:
        grid.hanging[len(row)] -= 1
        row.append(())


def _end_row(grid: _Grid) -> None:
    row = grid.rows[-1] if grid.rows else []
    _fill_hanging(grid, row)
    if row and grid.heading and grid.header_rows == len(grid.rows) - 1:
        grid.header_rows = len(grid.rows)
