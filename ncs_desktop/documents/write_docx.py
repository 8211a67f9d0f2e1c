"""A document to Word: real styles, real tables, exact line heights, fields in header and footer.

The body carries the same words, indents, spacing and table geometry as the layout our PDF is
drawn from, so that Word and LibreOffice break lines and pages at the same places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from ncs_desktop.documents.docx_grid import (
    bound_grids,
    column_ends,
    own_ends,
    splitting_rows,
    with_tall_heads,
)
from ncs_desktop.documents.docx_package import FONT, FOOTER_LINE, HEADER_LINE, pack
from ncs_desktop.documents.layout.lines import break_lines
from ncs_desktop.documents.layout.pages import FOOTER_SIZE, NUMBER_SIZE
from ncs_desktop.documents.layout.prepare import SEPARATOR, prepare
from ncs_desktop.documents.layout.units import points, text_height, text_width, twips
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Grid,
    PageBreak,
    Row,
    Rule,
    Text,
)
from ncs_desktop.domain.blocks import Run

_BARE = (
    '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/>'
    '<w:right w:val="nil"/></w:tcBorders><w:tcMar><w:left w:w="{padding}" w:type="dxa"/>'
    '<w:right w:w="{padding}" w:type="dxa"/></w:tcMar>'
)
_CLOSED = (
    '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
)
"""Looks of the cells of a row that differ from their table's."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What every part of the body needs: the styles by name, the height of a page in pt."""

    styles: dict[str, tuple[str, Format]]
    page_height: float


def write_docx(document: Document) -> bytes:
    """Return ``document`` as a .docx file; the same document gives the same bytes."""
    document = prepare(document)
    formats = Counter(_formats(document.body))
    formats[SEPARATOR.format] += 1
    styles: dict[str, tuple[str, Format]] = {}
    for form, _ in formats.most_common():
        styles.setdefault(form.style, (f"NCS{len(styles) + 1}", form))
    context = _Context(styles, text_height(document.paper))
    body = _elements(document.body, text_width(document.paper), context)
    return pack(document, body, _styles_part(styles))


def _formats(elements: Iterable[Element]) -> Iterator[Format]:
    for element in elements:
        if isinstance(element, Text):
            yield element.format
        elif isinstance(element, Grid):
            for row in element.rows:
                for cell in row.cells:
                    yield from _formats(cell.content)


def _styles_part(styles: dict[str, tuple[str, Format]]) -> str:
    fonts = "".join(f' w:{part}="{FONT}"' for part in ("ascii", "hAnsi", "eastAsia", "cs"))
    parts = [
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>"
        '<w:sz w:val="26"/><w:szCs w:val="26"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
        _style("Header", "header", Format("", Align.CENTER, NUMBER_SIZE, HEADER_LINE)),
        _style("Footer", "footer", Format("", Align.LEFT, FOOTER_SIZE, FOOTER_LINE)),
    ]
    parts += [_style(identity, name, form) for name, (identity, form) in styles.items()]
    return "".join(parts)


def _style(identity: str, name: str, form: Format) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph_format(form, None)}</w:pPr>'
        f"<w:rPr>{_size(form.size)}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


_ALIGN = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}


def _paragraph_format(form: Format, style: Format | None, tabs: str = "", top: str = "") -> str:
    """Return the properties of ``form`` that ``style`` does not already give, in schema order.

    ``top`` stands before the borders and ``tabs`` behind them, where the schema wants them.
    """
    parts = []
    for name, on, base in (
        ("keepNext", form.keep_with_next, style.keep_with_next if style else False),
        ("keepLines", form.keep_lines, style.keep_lines if style else False),
    ):
        if on != base:
            parts.append(f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>')
    parts.append(top)
    if form.widows != (style.widows if style else False):
        parts.append('<w:widowControl w:val="0"/>' if form.widows else "<w:widowControl/>")
    parts.append(tabs)
    spacing = (form.before, form.after, form.line_height)
    if style is None or spacing != (style.before, style.after, style.line_height):
        before, after, line = map(twips, spacing)
        parts.append(
            f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'
        )
    indents = (form.left_indent, form.first_indent)
    if style is None or indents != (style.left_indent, style.first_indent):
        parts.append(_indents(*indents))
    if style is None or form.align != style.align:
        parts.append(f'<w:jc w:val="{_ALIGN[form.align]}"/>')
    return "".join(parts)


def _indents(left: float, first: float) -> str:
    kind = "hanging" if first < 0 else "firstLine"
    return f'<w:ind w:left="{twips(points(left))}" w:{kind}="{twips(points(abs(first)))}"/>'


def _elements(elements: Sequence[Element], width: float, context: _Context) -> str:
    parts = []
    breaks = False
    index = 0
    while index < len(elements):
        element, index = elements[index], index + 1
        if isinstance(element, PageBreak):
            breaks = True
            continue
        if isinstance(element, Text):
            parts.append(_text(element, width, context, breaks))
        elif isinstance(element, Rule):
            parts.append(_rule(element, width))
        else:
            bound = list(bound_grids(element, elements[index:]))
            index += sum(len(gap) + 1 for gap, _ in bound)
            parts.append(_table(element, bound, context))
        breaks = False
    return "".join(parts)


def _text(text: Text, width: float, context: _Context, breaks: bool) -> str:
    form = text.format
    identity, style = context.styles[form.style]
    tabs = ""
    leads = text.leader and break_lines(text, width)[-1].leader is not None
    if leads:
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(width)}"/></w:tabs>'
    top = "<w:pageBreakBefore/>" if breaks else ""
    size = "" if form.size == style.size else _size(form.size)
    mark = f"<w:rPr>{size}</w:rPr>" if size else ""
    parts = [
        f'<w:p><w:pPr><w:pStyle w:val="{identity}"/>',
        _paragraph_format(form, style, tabs, top),
        f"{mark}</w:pPr>",
    ]
    if text.marker:
        hangs = form.first_indent < 0
        parts.append(_run(Run(text.marker if hangs else f"{text.marker} "), size))
        parts.append("<w:r><w:tab/></w:r>" if hangs else "")
    parts += [_run(run, size) for run in text.runs]
    parts.append("<w:r><w:tab/></w:r></w:p>" if leads else "</w:p>")
    return "".join(parts)


def _run(run: Run, size: str) -> str:
    properties = ""
    if run.bold:
        properties += "<w:b/><w:bCs/>"
    if run.italic:
        properties += "<w:i/><w:iCs/>"
    properties += size
    if run.underline:
        properties += '<w:u w:val="single"/>'
    if run.superscript != run.subscript:
        kind = "superscript" if run.superscript else "subscript"
        properties += f'<w:vertAlign w:val="{kind}"/>'
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    lines = escape(run.text).split("\n")
    shown = "<w:br/>".join(
        f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in lines
    )
    return f"<w:r>{properties}{shown}</w:r>"


def _rule(rule: Rule, width: float) -> str:
    side = twips((width - points(rule.width)) / 2)
    return (
        '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        f'</w:pBdr><w:spacing w:before="0" w:after="{twips(rule.after)}" '
        f'w:line="{twips(max(rule.before, 1.0))}" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _table(grid: Grid, bound: Sequence[tuple[tuple[Element, ...], Grid]], context: _Context) -> str:
    """Return ``grid``, and below it in the same table, but without borders, what it is bound to."""
    grid = with_tall_heads(grid)
    ends = column_ends([grid, *(lower for _, lower in bound)])
    widths = [right - left for left, right in pairwise(ends)]
    line = '"single" w:sz="4" w:space="0" w:color="000000"' if grid.borders else '"nil"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f"<w:{side} w:val={line}/>" for side in sides)
    padding = twips(points(grid.padding))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = _rows(grid, ends, context, closed=bool(bound and grid.borders))
    for gap, lower in bound:
        if gap:
            row = Row((Cell(gap, len(lower.widths)),), keep_with_next=True)
            rows += _rows(replace(lower, rows=(row,)), ends, context, bare=True)
        rows += _rows(lower, ends, context, bare=True)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{ends[-1]}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        f'<w:left w:w="{padding}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        f'<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(
    grid: Grid, ends: list[int], context: _Context, *, closed: bool = False, bare: bool = False
) -> str:
    """Return the rows of ``grid`` in a table whose columns end at ``ends``.

    ``closed`` draws the border below the last row also where ``bare`` rows without one follow.
    """
    own = own_ends(grid, ends)
    splits = splitting_rows(grid, context.page_height)
    running: dict[int, tuple[Cell, int]] = {}
    parts = []
    for index, row in enumerate(grid.rows):
        cells = iter(row.cells)
        column, shown = 0, ""
        look = _BARE.format(padding=twips(points(grid.padding))) if bare else ""
        if closed and index == len(grid.rows) - 1:
            look = _CLOSED
        while column < len(grid.widths):
            cell, left = running.pop(column, (None, 0))
            merge = "" if cell is None else "<w:vMerge/>"
            if cell is None:
                cell = next(cells, None) or Cell((SEPARATOR,))
                left = cell.rows
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
            end = min(column + cell.columns, len(grid.widths))
            content = (SEPARATOR,) if merge == "<w:vMerge/>" else cell.content
            if row.keep_with_next and index not in splits:
                content = tuple(map(_bound, content))
            width = own[end] - own[column]
            inner = max(width / 20 - 2 * points(grid.padding), 1.0)
            span = ends.index(own[end]) - ends.index(own[column])
            spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            shown += (
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merge}{look}</w:tcPr>'
                f"{_elements(content, inner, context)}</w:tc>"
            )
            if left > 1:
                running[column] = (cell, left - 1)
            column = end
        parts.append(f"<w:tr>{_row_properties(grid, index, index in splits)}{shown}</w:tr>")
    return "".join(parts)


def _bound(element: Element) -> Element:
    """Return ``element`` kept with the next: Word binds a row to the next by its paragraphs."""
    if isinstance(element, Text) and not element.format.keep_with_next:
        return replace(element, format=replace(element.format, keep_with_next=True))
    return element


def _row_properties(grid: Grid, index: int, splits: bool) -> str:
    row = grid.rows[index]
    properties = "" if splits or row.may_split else "<w:cantSplit/>"
    if row.minimum_height:
        height = twips(points(row.minimum_height))
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if index < grid.header_rows:
        properties += "<w:tblHeader/>"
    return f"<w:trPr>{properties}</w:trPr>" if properties else ""
