"""The summary table as a workbook: the official sheet, and the same figures in đồng.

The first sheet has the columns, header rows and widths of the paper, with amounts as real numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ncs_desktop.documents.compose_common import balanced, one_line, text_width
from ncs_desktop.documents.page import Align, Text
from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, SheetRow, Workbook
from ncs_desktop.documents.summary import (
    CELL_SIZE,
    MONEY,
    TOTAL,
    SummaryHeading,
    amount_of,
    column_align,
    column_widths,
    columns_before_money,
    footer_lines,
    header_rows,
    shown_text,
    summary_paper,
    title_lines,
    total_note,
)
from ncs_desktop.domain.summary import SummaryColumn, SummaryLayout, SummaryRow, SummaryTable

DATA_SHEET = "Số liệu (đồng)"
MILLION = Decimal(1_000_000)
_NAME_SIZE = 12.0
_SHOWN = 0.95
"""Share of a cell's width that letters surely have in every program."""
_STROKE, _RULE_SIZE, _AGENCY_RULE = "_", 4.0, 0.42


def summary_workbook(
    table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading
) -> Workbook:
    """Return the table as a workbook: the official sheet, and the same figures in đồng."""
    title = one_line(" ".join(title_lines(table, layout)))
    return Workbook(title, (_official_sheet(table, layout, heading), _data_sheet(table, layout)))


def _official_sheet(table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading) -> Sheet:
    widths = column_widths(table, layout, summary_paper(heading).text_width)
    body = tuple(tuple(_sheet_cell(row, column) for column in layout.columns) for row in table.rows)
    return Sheet(
        "Bảng tổng hợp",
        widths,
        _sheet_header(layout),
        body,
        _sheet_total(table, layout),
        tuple(_sheet_above(table, layout, heading, widths)),
        tuple(_sheet_below(layout, heading, widths)),
        heading.paper,
    )


def _sheet_cell(row: SummaryRow, column: SummaryColumn) -> SheetCell:
    if column.kind == MONEY:
        return _millions(amount_of(row.budget, column))
    return SheetCell(shown_text(row, column), column_align(column), size=CELL_SIZE)


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
        for row in header_rows(layout)
    )


def _sheet_total(table: SummaryTable, layout: SummaryLayout) -> SheetRow:
    lead = columns_before_money(layout)
    cells = (
        [SheetCell(TOTAL, Align.CENTER, bold=True, size=CELL_SIZE, columns=lead)] if lead else []
    )
    for index, column in enumerate(layout.columns[lead:], lead):
        last = index == len(layout.columns) - 1
        if column.kind != MONEY:
            cells.append(SheetCell(total_note(table) if last else "", size=CELL_SIZE))
            continue
        amount = amount_of(table.total, column) or 0
        cell = replace(_millions(amount), value=ColumnSum(Decimal(amount) / MILLION), bold=True)
        cells.append(cell)
    return tuple(cells)


def _sheet_above(
    table: SummaryTable, layout: SummaryLayout, heading: SummaryHeading, widths: Sequence[float]
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
        shown = _balanced(own, bold, widths[:left])
        yield (
            SheetCell(shown, Align.CENTER, bold=bold, size=12, columns=left),
            SheetCell(nation, Align.CENTER, bold=True, size=12, columns=count - left),
        )
    name = _balanced(lines[-1], True, widths[:left]).split("\n")
    under_own = _rule(max(text_width(part, _NAME_SIZE, bold=True) for part in name) * _AGENCY_RULE)
    under_nation = _rule(text_width(layout.right_head[-1], _NAME_SIZE, bold=True))
    yield (replace(under_own, columns=left), replace(under_nation, columns=count - left))
    yield (SheetCell("", columns=count),)
    for text in title_lines(table, layout):
        yield (SheetCell(text, Align.CENTER, bold=True, size=12, columns=count),)
    yield (SheetCell("", columns=count),)


def _rule(length: float) -> SheetCell:
    """Return the line under a heading, ``length`` mm: a sheet has it as a row of small letters."""
    count = round(length / text_width(_STROKE, _RULE_SIZE, bold=True))
    return SheetCell(_STROKE * count, Align.CENTER, bold=True, size=_RULE_SIZE)


def _balanced(text: str, bold: bool, widths: Sequence[float]) -> str:
    """Return a name with the line feeds it needs in columns of ``widths``; a line shows whole."""
    return balanced(text, _NAME_SIZE, sum(widths) * _SHOWN, bold=bold)


def _sheet_below(
    layout: SummaryLayout, heading: SummaryHeading, widths: Sequence[float]
) -> Iterator[SheetRow]:
    count = len(layout.columns)
    left = count // 2
    yield (SheetCell("", columns=count),)
    for index, text in enumerate(footer_lines(layout, heading)):
        words = _balanced(text, True, widths[left:]) if index else text
        shown = SheetCell(words, Align.CENTER, index > 0, index == 0, size=12, columns=count - left)
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
                *(SheetCell(amount_of(row.budget, column), Align.RIGHT) for column in money),
                SheetCell(shortened),
            )
        )
    totals = (Decimal(amount_of(table.total, column) or 0) for column in money)
    sums = (SheetCell(ColumnSum(amount, 0), Align.RIGHT, bold=True) for amount in totals)
    label = SheetCell(TOTAL, Align.CENTER, bold=True, columns=3)
    total = (label, *sums, SheetCell(total_note(table)))
    widths = (11.0, 72.0, 39.0, *(29.0 for _ in money), 48.0)
    return Sheet(DATA_SHEET, widths, (header,), tuple(body), total)
