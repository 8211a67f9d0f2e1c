"""What the officer's desk adds to the table: both orders with their reasons, and the audit trail.

The lines come ready to read; this composer only knows which columns there are and how wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ncs_desktop.documents.page import Align
from ncs_desktop.documents.sheet import (
    LIST_SIZE,
    ColumnSum,
    Sheet,
    SheetCell,
    SheetRow,
    Workbook,
    list_sheet,
)
from ncs_desktop.documents.words import Words
from ncs_desktop.domain.proposal import Budget

_ORDER_COLUMNS = (
    ("rank", 14.0),
    ("council_rank", 15.0),
    ("title", 62.0),
    ("proposer", 38.0),
    ("budget_total", 28.0),
    ("status", 20.0),
    ("received", 22.0),
    ("channel", 18.0),
    ("lateness", 16.0),
    ("why", 40.0),
    ("council_why", 40.0),
    ("status_why", 34.0),
)
_TRAIL_COLUMNS = (
    ("number", 11.0),
    ("at", 30.0),
    ("who", 36.0),
    ("action", 40.0),
    ("subject", 70.0),
    ("act_why", 50.0),
    ("detail", 60.0),
    ("seal", 44.0),
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
    channel: str = ""
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


def with_orders(workbook: Workbook, lines: Sequence[OrderLine], words: Words) -> Workbook:
    """Return ``workbook`` with the sheet of both orders added at its end."""
    return replace(workbook, sheets=(*workbook.sheets, _order_sheet(lines, words)))


def _order_sheet(lines: Sequence[OrderLine], words: Words) -> Sheet:
    """Return the sheet of both orders; its sum is that of the lines that count."""
    money = [key for key, _ in _ORDER_COLUMNS].index("budget_total")
    body = tuple(_order_row(line) for line in lines)
    amount = sum(line.budget.total or 0 for line in lines if line.counted)
    total = (
        SheetCell(
            words("desk_report.total"), Align.CENTER, bold=True, size=LIST_SIZE, columns=money
        ),
        SheetCell(ColumnSum(Decimal(amount), 0), Align.RIGHT, bold=True, size=LIST_SIZE),
        SheetCell("", size=LIST_SIZE, columns=len(_ORDER_COLUMNS) - money - 1),
    )
    return _sheet(words, "orders", _ORDER_COLUMNS, body, total)


def _order_row(line: OrderLine) -> SheetRow:
    amount = line.budget.total if line.counted else None
    return (
        SheetCell(line.rank, Align.CENTER, size=LIST_SIZE),
        SheetCell(line.council_rank, Align.CENTER, size=LIST_SIZE),
        SheetCell(line.title, size=LIST_SIZE),
        SheetCell(line.proposer, size=LIST_SIZE),
        SheetCell(amount, Align.RIGHT, size=LIST_SIZE),
        *(
            SheetCell(text, size=LIST_SIZE)
            for text in (
                line.status,
                line.received,
                line.channel,
                line.lateness,
                line.reason,
                line.council_reason,
                line.status_reason,
            )
        ),
    )


def trail_workbook(title: str, lines: Sequence[TrailLine], words: Words) -> Workbook:
    """Return the audit trail as a workbook, a row for each act."""
    body = tuple(
        (
            SheetCell(line.number, Align.CENTER, size=LIST_SIZE),
            *(
                SheetCell(text, size=LIST_SIZE)
                for text in (line.at, line.who, line.action, line.subject, line.why)
            ),
            SheetCell(line.detail, size=8.0),
            SheetCell(line.seal, size=8.0),
        )
        for line in lines
    )
    return Workbook(title, (_sheet(words, "trail", _TRAIL_COLUMNS, body),))


def _sheet(
    words: Words,
    name: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[SheetRow],
    total: SheetRow | None = None,
) -> Sheet:
    headed = ((words(f"desk_report.column.{key}"), width) for key, width in columns)
    return list_sheet(words(f"desk_report.{name}"), headed, rows, total)
