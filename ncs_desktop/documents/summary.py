"""The summary table (bảng tổng hợp danh mục đề xuất) on landscape paper.

The official columns, two header rows, money in triệu đồng exact to the đồng. The official template
has no row of totals; ours is labelled «Tổng cộng».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ncs_desktop.documents.compose_common import (
    SIGNING_ROOM,
    balanced,
    bind_to_next,
    centered,
    line,
    one_line,
    side_by_side,
    text_cell,
    text_width,
)
from ncs_desktop.documents.layout.tables import grid_slabs
from ncs_desktop.documents.letter import agency_lines
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    PageNumbers,
    Paper,
    Row,
    Rule,
    Text,
)
from ncs_desktop.domain.dates import blank_date_line
from ncs_desktop.domain.letter import fill
from ncs_desktop.domain.money import format_million
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.summary import (
    INCOMPLETE,
    SummaryColumn,
    SummaryLayout,
    SummaryRow,
    SummaryTable,
)

TOTAL = "Tổng cộng"
AGENCY = "agency"
MONEY = "money"
RANK_KEYS = ("rank", "tt", "TT")
PAPERS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
MARGIN = 20.0
CELL_SIZE, CELL_LINE, PADDING = 10.0, 12.2, 1.1
SHORTEST_SPLIT = 5 * CELL_LINE
"""Height (pt) from which a row may go on over the page."""


@dataclass(frozen=True, slots=True)
class SummaryHeading:
    """Who sends the table; the template's own placeholder stands where ``agency`` is empty.

    ``paper`` is A4 or A3, always landscape; ``kind`` is the sender's: the official footer is one of
    state bodies, an organization confirms under its own name.
    """

    agency: str = ""
    parent: str = ""
    place: str = ""
    paper: str = "A4"
    kind: str = AGENCY


def summary_paper(heading: SummaryHeading) -> Paper:
    """Return the landscape paper of a heading, 20 mm around."""
    width, height = PAPERS[heading.paper]
    return Paper(width, height, MARGIN, MARGIN, MARGIN, MARGIN)


def compose_summary(
    table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading
) -> Document:
    """Return the table as a landscape document; the date and the signature are left to a person."""
    paper = summary_paper(heading)
    grid = _grid(table, layout, paper.text_width)
    elements = (
        _head(layout, heading, paper.text_width),
        *_title(table, layout),
        *bind_to_next((grid, line("", Format(size=8.0, line_height=8.0))), 2),
        _footer(layout, heading, paper.text_width),
    )
    return Document(
        one_line(" ".join(title_lines(table, layout))),
        elements,
        paper,
        Furniture(PageNumbers.TOP_CENTER),
    )


def _head(layout: SummaryLayout, heading: SummaryHeading, width: float) -> Grid:
    left = round(width * 0.42, 1)
    name = heading.agency or layout.left_head
    nation, *motto = layout.right_head
    right: list[Element] = [line(nation, centered(12, 15), bold=True)]
    for text in motto:
        right.append(line(text, centered(13, 17), bold=True))
        right.append(Rule(round(text_width(text, 13, bold=True), 1)))
    agency = agency_lines(heading.parent, name, left)
    return side_by_side((left, round(width - left, 1)), agency, right)


def title_lines(table: SummaryTable, layout: SummaryLayout) -> list[str]:
    """Return the lines of the title, in capitals."""
    context = {"verb": table.verb, "plan_year": str(table.plan_year)}
    return [fill(text, context).upper() for text in layout.title]


def _title(table: SummaryTable, layout: SummaryLayout) -> Iterator[Text]:
    titles = title_lines(table, layout)
    for index, text in enumerate(titles):
        before = 10.0 if index == 0 else 0.0
        after = 8.0 if index == len(titles) - 1 else 0.0
        yield line(text, centered(12, 15.5, before, after), bold=True)


def amount_of(budget: Budget, column: SummaryColumn) -> int | None:
    """Return the amount (đồng) of a column, None where it is unknown."""
    amount = getattr(budget, column.key.removeprefix("budget."))
    return amount if isinstance(amount, int) else None


def shown_text(row: SummaryRow, column: SummaryColumn) -> str:
    """Return what the cell of a row shows on paper."""
    if column.key in RANK_KEYS:
        return str(row.rank)
    if column.kind == MONEY:
        amount = amount_of(row.budget, column)
        return "" if amount is None else format_million(amount)
    return row.text(column.key)


def column_align(column: SummaryColumn) -> Align:
    """Return how the cells of a column are aligned."""
    if column.key in RANK_KEYS:
        return Align.CENTER
    return Align.RIGHT if column.kind == MONEY else Align.LEFT


def columns_before_money(layout: SummaryLayout) -> int:
    """Return how many columns stand before the first amount: the width of «Tổng cộng»."""
    kinds = [column.kind for column in layout.columns]
    return kinds.index(MONEY) if MONEY in kinds else len(kinds)


def total_note(table: SummaryTable) -> str:
    """Return what the row of totals says of amounts that are missing."""
    return INCOMPLETE.format(count=f"{table.incomplete:02d}") if table.incomplete else ""


def _grid(table: SummaryTable, layout: SummaryLayout, width: float) -> Grid:
    widths = column_widths(table, layout, width)
    rows = [*header_rows(layout)]
    for index, row in enumerate(table.rows, 1):
        cells = [_cell(shown_text(row, column), column_align(column)) for column in layout.columns]
        last = index == len(table.rows)  # the total and the signature never stand alone on a page
        splits = not last and _height(cells, widths) > SHORTEST_SPLIT
        rows.append(Row(tuple(cells), may_split=splits, keep_with_next=last))
    rows.append(_total_row(table, layout))
    return Grid(widths, tuple(rows), 2, padding=PADDING)


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    [row] = grid_slabs(Grid(tuple(widths), (Row(tuple(cells)),), padding=PADDING), 0.0)
    return row.height


def header_rows(layout: SummaryLayout) -> tuple[Row, Row]:
    """Return the two rows of headings, those above several columns in the upper one."""
    upper: list[Cell] = []
    lower: list[Cell] = []
    for group, columns in groupby(layout.columns, lambda column: column.group):
        members = list(columns)
        if group is None:
            upper += [_cell(column.heading, Align.CENTER, True, rows=2) for column in members]
        else:
            upper.append(_cell(group, Align.CENTER, True, columns=len(members)))
            lower += [_cell(column.heading, Align.CENTER, True) for column in members]
    return Row(tuple(upper), keep_with_next=True), Row(tuple(lower), keep_with_next=True)


def _total_row(table: SummaryTable, layout: SummaryLayout) -> Row:
    lead = columns_before_money(layout)
    cells = [_cell(TOTAL, Align.CENTER, True, columns=lead)] if lead else []
    for index, column in enumerate(layout.columns[lead:], lead):
        last = index == len(layout.columns) - 1
        if column.kind == MONEY:
            amount = amount_of(table.total, column) or 0
            cells.append(_cell(format_million(amount), Align.RIGHT, True))
        else:
            cells.append(_cell(total_note(table) if last else ""))
    return Row(tuple(cells), keep_with_next=True)


def _cell(
    text: str,
    align: Align = Align.LEFT,
    bold: bool = False,
    *,
    columns: int = 1,
    rows: int = 1,
) -> Cell:
    format = Format("Ô bảng", align, CELL_SIZE, CELL_LINE, 0.5, 0.5, widows=True)
    return text_cell(text, format, bold=bold, columns=columns, rows=rows)


def column_widths(table: SummaryTable, layout: SummaryLayout, width: float) -> tuple[float, ...]:
    """Return the columns' widths, mm: the layout's shares, amounts never broken over lines."""
    widths = [column.width_share * width for column in layout.columns]
    for index, column in enumerate(layout.columns):
        if column.kind == MONEY:
            shown = [shown_text(row, column) for row in table.rows]
            shown.append(format_million(amount_of(table.total, column) or 0))
            widest = max(text_width(text, CELL_SIZE, bold=True) for text in shown)
            widths[index] = max(widths[index], widest + 2 * PADDING + 0.5)
    money = sum(
        size for size, column in zip(widths, layout.columns, strict=True) if column.kind == MONEY
    )
    others = sum(widths) - money
    scale = (width - money) / others
    shared = [
        round(size if column.kind == MONEY else size * scale, 1)
        for size, column in zip(widths, layout.columns, strict=True)
    ]
    widest_text = max(range(len(shared)), key=lambda index: shared[index])
    shared[widest_text] = round(shared[widest_text] + width - sum(shared), 1)
    return tuple(shared)


def footer_lines(layout: SummaryLayout, heading: SummaryHeading) -> list[str]:
    """Return place and date, and who confirms the table below them."""
    context = {
        "date_line": blank_date_line(heading.place, None),
        "agency": one_line(heading.agency).upper(),
    }
    own = heading.kind != AGENCY and heading.agency and layout.footer_of_others
    return [fill(text, context) for text in own or layout.footer]


def _footer(layout: SummaryLayout, heading: SummaryHeading, width: float) -> Grid:
    date, *confirmation = footer_lines(layout, heading)
    half = round(width / 2, 1)
    lines = [line(date, centered(13, 17), italic=True)]
    for text in confirmation:
        shown = balanced(text, 13, round(width - half, 1), bold=True)
        lines.append(line(shown, centered(13, 17), bold=True))
    height = round(6.0 * len(lines) + SIGNING_ROOM, 1)
    return side_by_side((half, round(width - half, 1)), (), lines, minimum_height=height)
