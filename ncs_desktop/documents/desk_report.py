"""What the officer's desk adds to the table: both orders with their reasons, and the audit trail.

The lines come ready to read; this composer only knows which columns there are and how wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ncs_desktop.documents.page import Align
from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, SheetRow, Workbook
from ncs_desktop.domain.proposal import Budget

ORDER_SHEET, TRAIL_SHEET = "Thứ tự và lý do", "Nhật ký xử lý"
TOTAL = "Tổng cộng"
SIZE = 10.0
_ORDER_COLUMNS = (
    ("Thứ tự của Sở", 14.0),
    ("Thứ tự của hội đồng", 15.0),
    ("Tên nhiệm vụ", 62.0),
    ("Tổ chức, cá nhân đề xuất", 38.0),
    ("Tổng kinh phí (đồng)", 28.0),
    ("Trạng thái", 20.0),
    ("Nhận lúc", 22.0),
    ("So với hạn", 16.0),
    ("Lý do của Sở", 40.0),
    ("Lý do của hội đồng", 40.0),
    ("Lý do trạng thái", 34.0),
)
_TRAIL_COLUMNS = (
    ("Số", 11.0),
    ("Lúc", 30.0),
    ("Người làm", 36.0),
    ("Việc", 40.0),
    ("Đối tượng", 70.0),
    ("Lý do", 50.0),
    ("Chi tiết", 60.0),
    ("Mã dòng", 44.0),
)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One proposal with its place in both orders; a rank that is None has not been given.

    ``counted`` tells whether its amount is part of the sum of the table.
    """

    rank: int | None
    council_rank: int | None
    title: str
    proposer: str
    budget: Budget
    status: str
    received: str = ""
    lateness: str = ""
    reason: str = ""
    council_reason: str = ""
    status_reason: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One act: number, moment, who, what, on what, why, in which way, and the seal of its row."""

    number: int
    at: str
    who: str
    action: str
    subject: str
    why: str
    detail: str
    seal: str


def with_orders(workbook: Workbook, lines: Sequence[OrderLine]) -> Workbook:
    """Return ``workbook`` with the sheet of both orders added at its end."""
    return replace(workbook, sheets=(*workbook.sheets, order_sheet(lines)))


def order_sheet(lines: Sequence[OrderLine]) -> Sheet:
    """Return the sheet of both orders; its sum is that of the lines that count."""
    money = next(index for index, (name, _) in enumerate(_ORDER_COLUMNS) if "(đồng)" in name)
    body = tuple(_order_row(line) for line in lines)
    amount = sum(line.budget.total or 0 for line in lines if line.counted)
    total = (
        SheetCell(TOTAL, Align.CENTER, bold=True, size=SIZE, columns=money),
        SheetCell(ColumnSum(Decimal(amount), 0), Align.RIGHT, bold=True, size=SIZE),
        SheetCell("", size=SIZE, columns=len(_ORDER_COLUMNS) - money - 1),
    )
    return _sheet(ORDER_SHEET, _ORDER_COLUMNS, body, total)


def _order_row(line: OrderLine) -> SheetRow:
    amount = line.budget.total if line.counted else None
    return (
        SheetCell(line.rank, Align.CENTER, size=SIZE),
        SheetCell(line.council_rank, Align.CENTER, size=SIZE),
        SheetCell(line.title, size=SIZE),
        SheetCell(line.proposer, size=SIZE),
        SheetCell(amount, Align.RIGHT, size=SIZE),
        *(
            SheetCell(text, size=SIZE)
            for text in (
                line.status,
                line.received,
                line.lateness,
                line.reason,
                line.council_reason,
                line.status_reason,
            )
        ),
    )


def trail_workbook(title: str, lines: Sequence[TrailLine]) -> Workbook:
    """Return the audit trail as a workbook, a row for each act."""
    body = tuple(
        (
            SheetCell(line.number, Align.CENTER, size=SIZE),
            *(
                SheetCell(text, size=SIZE)
                for text in (line.at, line.who, line.action, line.subject, line.why)
            ),
            SheetCell(line.detail, size=8.0),
            SheetCell(line.seal, size=8.0),
        )
        for line in lines
    )
    return Workbook(title, (_sheet(TRAIL_SHEET, _TRAIL_COLUMNS, body),))


def _sheet(
    name: str,
    columns: Sequence[tuple[str, float]],
    body: tuple[SheetRow, ...],
    total: SheetRow | None = None,
) -> Sheet:
    header = tuple(SheetCell(text, Align.CENTER, bold=True, size=SIZE) for text, _ in columns)
    widths = tuple(width for _, width in columns)
    return Sheet(name, widths, (header,), body, total)
