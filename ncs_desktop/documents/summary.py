"""The summary table (bảng tổng hợp danh mục đề xuất): on landscape paper and as a workbook.

The official columns, two header rows, money in triệu đồng exact to the đồng. The official template
has no row of totals; ours is labelled «Tổng cộng».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from ncs_desktop.documents.compose_common import (
    SIGNING_ROOM,
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
from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, SheetRow, Workbook
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
DATA_SHEET = "Số liệu (đồng)"
MILLION = Decimal(1_000_000)


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
        one_line(" ".join(_title_lines(table, layout))),
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


def _title_lines(table: SummaryTable, layout: SummaryLayout) -> list[str]:
    context = {"verb": table.verb, "plan_year": str(table.plan_year)}
    return [fill(text, context).upper() for text in layout.title]


def _title(table: SummaryTable, layout: SummaryLayout) -> Iterator[Text]:
    titles = _title_lines(table, layout)
    for index, text in enumerate(titles):
        before = 10.0 if index == 0 else 0.0
        after = 8.0 if index == len(titles) - 1 else 0.0
        yield line(text, centered(12, 15.5, before, after), bold=True)


def _amount(budget: Budget, column: SummaryColumn) -> int | None:
    amount = getattr(budget, column.key.removeprefix("budget."))
    return amount if isinstance(amount, int) else None


def _shown(row: SummaryRow, column: SummaryColumn) -> str:
    if column.key in RANK_KEYS:
        return str(row.rank)
    if column.kind == MONEY:
        amount = _amount(row.budget, column)
        return "" if amount is None else format_million(amount)
    return row.text(column.key)


def _align(column: SummaryColumn) -> Align:
    if column.key in RANK_KEYS:
        return Align.CENTER
    return Align.RIGHT if column.kind == MONEY else Align.LEFT


def _lead(layout: SummaryLayout) -> int:
    """Return how many columns stand before the first amount: the width of «Tổng cộng»."""
    kinds = [column.kind for column in layout.columns]
    return kinds.index(MONEY) if MONEY in kinds else len(kinds)


def _note(table: SummaryTable) -> str:
    return INCOMPLETE.format(count=f"{table.incomplete:02d}") if table.incomplete else ""


def _grid(table: SummaryTable, layout: SummaryLayout, width: float) -> Grid:
    widths = _widths(table, layout, width)
    rows = [*_header_rows(layout)]
    for index, row in enumerate(table.rows, 1):
        cells = [_cell(_shown(row, column), _align(column)) for column in layout.columns]
        last = index == len(table.rows)  # the total and the signature never stand alone on a page
        splits = not last and _height(cells, widths) > SHORTEST_SPLIT
        rows.append(Row(tuple(cells), may_split=splits, keep_with_next=last))
    rows.append(_total_row(table, layout))
    return Grid(widths, tuple(rows), 2, padding=PADDING)


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    [row] = grid_slabs(Grid(tuple(widths), (Row(tuple(cells)),), padding=PADDING), 0.0)
    return row.height


def _header_rows(layout: SummaryLayout) -> tuple[Row, Row]:
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
    lead = _lead(layout)
    cells = [_cell(TOTAL, Align.CENTER, True, columns=lead)] if lead else []
    for index, column in enumerate(layout.columns[lead:], lead):
        last = index == len(layout.columns) - 1
        if column.kind == MONEY:
            amount = _amount(table.total, column) or 0
            cells.append(_cell(format_million(amount), Align.RIGHT, True))
        else:
            cells.append(_cell(_note(table) if last else ""))
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


def _widths(table: SummaryTable, layout: SummaryLayout, width: float) -> tuple[float, ...]:
    """Return the columns' widths, mm: the layout's shares, amounts never broken over lines."""
    widths = [column.width_share * width for column in layout.columns]
    for index, column in enumerate(layout.columns):
        if column.kind == MONEY:
            shown = [_shown(row, column) for row in table.rows]
            shown.append(format_million(_amount(table.total, column) or 0))
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


def _footer_lines(layout: SummaryLayout, heading: SummaryHeading) -> list[str]:
    context = {
        "date_line": blank_date_line(heading.place, None),
        "agency": one_line(heading.agency).upper(),
    }
    own = heading.kind != AGENCY and heading.agency and layout.footer_of_others
    return [fill(text, context) for text in own or layout.footer]


def _footer(layout: SummaryLayout, heading: SummaryHeading, width: float) -> Grid:
    date, *confirmation = _footer_lines(layout, heading)
    lines = [line(date, centered(13, 17), italic=True)]
    lines += [line(text, centered(13, 17), bold=True) for text in confirmation]
    half = round(width / 2, 1)
    height = round(6.0 * len(lines) + SIGNING_ROOM, 1)
    return side_by_side((half, round(width - half, 1)), (), lines, minimum_height=height)


def summary_workbook(
    table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading
) -> Workbook:
    """Return the table as a workbook: the official sheet, and the same figures in đồng."""
    title = one_line(" ".join(_title_lines(table, layout)))
    return Workbook(title, (_official_sheet(table, layout, heading), _data_sheet(table, layout)))


def _official_sheet(table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading) -> Sheet:
    widths = _widths(table, layout, summary_paper(heading).text_width)
    body = tuple(tuple(_sheet_cell(row, column) for column in layout.columns) for row in table.rows)
    return Sheet(
        "Bảng tổng hợp",
        widths,
        _sheet_header(layout),
        body,
        _sheet_total(table, layout),
        tuple(_sheet_above(table, layout, heading)),
        tuple(_sheet_below(layout, heading)),
        heading.paper,
    )


def _sheet_cell(row: SummaryRow, column: SummaryColumn) -> SheetCell:
    if column.kind == MONEY:
        return _millions(_amount(row.budget, column))
    return SheetCell(_shown(row, column), _align(column), size=CELL_SIZE)


def _millions(amount: int | None) -> SheetCell:
    """Return an amount in triệu đồng: a real number, with as many decimals as it needs."""
    if amount is None:
        return SheetCell(None, Align.RIGHT, size=CELL_SIZE)
    value = Decimal(amount) / MILLION
    return SheetCell(value, Align.RIGHT, size=CELL_SIZE, number_format=million_format([amount]))


def million_format(amounts: Sequence[int]) -> str:
    """Return the number format that shows triệu đồng of ``amounts`` to the đồng, no zero more."""
    decimals = max((_decimals(amount) for amount in amounts), default=0)
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _decimals(amount: int) -> int:
    rest = f"{abs(amount) % 1_000_000:06d}".rstrip("0")
    return len(rest)


def _sheet_header(layout: SummaryLayout) -> tuple[SheetRow, ...]:
    return tuple(
        tuple(
            SheetCell(
                "\n".join(
                    run.text for part in cell.content if isinstance(part, Text) for run in part.runs
                ),
                Align.CENTER,
                bold=True,
                size=CELL_SIZE,
                columns=cell.columns,
                rows=cell.rows,
            )
            for cell in row.cells
        )
        for row in _header_rows(layout)
    )


def _sheet_total(table: SummaryTable, layout: SummaryLayout) -> SheetRow:
    lead = _lead(layout)
    cells = (
        [SheetCell(TOTAL, Align.CENTER, bold=True, size=CELL_SIZE, columns=lead)] if lead else []
    )
    for index, column in enumerate(layout.columns[lead:], lead):
        last = index == len(layout.columns) - 1
        if column.kind != MONEY:
            cells.append(SheetCell(_note(table) if last else "", size=CELL_SIZE))
            continue
        amount = _amount(table.total, column) or 0
        cell = replace(_millions(amount), value=ColumnSum(Decimal(amount) / MILLION), bold=True)
        cells.append(cell)
    return tuple(cells)


def _sheet_above(
    table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading
) -> Iterator[SheetRow]:
    count = len(layout.columns)
    left = count * 4 // 10
    lines = [
        name
        for name in (heading.parent.upper(), (heading.agency or layout.left_head).upper())
        if name
    ]
    for index in range(max(len(lines), len(layout.right_head))):
        own = lines[index] if index < len(lines) else ""
        nation = layout.right_head[index] if index < len(layout.right_head) else ""
        bold = index == len(lines) - 1
        yield (
            SheetCell(own, Align.CENTER, bold=bold, size=12, columns=left),
            SheetCell(nation, Align.CENTER, bold=True, size=12, columns=count - left),
        )
    yield (SheetCell("", columns=count),)
    for text in _title_lines(table, layout):
        yield (SheetCell(text, Align.CENTER, bold=True, size=12, columns=count),)
    yield (SheetCell("", columns=count),)


def _sheet_below(layout: SummaryLayout, heading: SummaryHeading) -> Iterator[SheetRow]:
    count = len(layout.columns)
    left = count // 2
    yield (SheetCell("", columns=count),)
    for index, text in enumerate(_footer_lines(layout, heading)):
        shown = SheetCell(text, Align.CENTER, index > 0, index == 0, size=12, columns=count - left)
        yield (SheetCell("", columns=left), shown)


def _data_sheet(table: SummaryTable, layout: SummaryLayout) -> Sheet:
    """Return the same rows with integers in đồng, and which texts were shortened from the phiếu."""
    money = [column for column in layout.columns if column.kind == MONEY]
    names = {column.key: column.heading for column in layout.columns}
    headings = ["TT", "Tên nhiệm vụ", "Tổ chức chủ trì thực hiện"]
    headings += [column.heading for column in money] + ["Cột rút gọn từ phiếu"]
    header = tuple(SheetCell(text, Align.CENTER, bold=True) for text in headings)
    body = []
    for row in table.rows:
        shortened = ", ".join(names[key] for key in row.condensed if key in names)
        body.append(
            (
                SheetCell(row.rank, Align.CENTER),
                SheetCell(row.text("title")),
                SheetCell(row.text("lead_organization")),
                *(SheetCell(_amount(row.budget, column), Align.RIGHT) for column in money),
                SheetCell(shortened),
            )
        )
    sums = tuple(
        SheetCell(ColumnSum(Decimal(_amount(table.total, column) or 0), 0), Align.RIGHT, bold=True)
        for column in money
    )
    total = (SheetCell(TOTAL, Align.CENTER, bold=True, columns=3), *sums, SheetCell(_note(table)))
    widths = (11.0, 72.0, 39.0, *(29.0 for _ in money), 48.0)
    return Sheet(DATA_SHEET, widths, (header,), tuple(body), total)
