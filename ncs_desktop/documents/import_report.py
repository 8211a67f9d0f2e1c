"""What an office received, as a workbook: each file's fate, each proposal's findings, changes.

The rows come ready to read; this composer only knows which columns there are and how wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ncs_desktop.documents.page import Align
from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, SheetRow, Workbook
from ncs_desktop.domain.proposal import Budget

TITLE = "Kết quả nhập hồ sơ"
SIZE = 10.0
TOTAL = "Tổng cộng"


@dataclass(frozen=True, slots=True)
class InputLine:
    """One file: what became of it and why; ``received`` and ``lateness`` empty where unknown."""

    source: str
    result: str
    reason: str = ""
    received: str = ""
    lateness: str = ""
    proposals: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One counted proposal in its rank; amounts in đồng, ``alike`` its possible duplicates.

    ``waived`` are the errors its sender accepted with a reason; ``errors`` are the others.
    """

    rank: int
    title: str
    proposer: str
    code: str
    budget: Budget
    source: str
    errors: int = 0
    waived: int = 0
    warnings: int = 0
    alike: str = ""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding of the proposal ranked ``rank``; ``title`` stands at its first finding only."""

    rank: int
    title: str
    code: str
    severity: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One field that differs between two versions; ``delta`` in đồng where it is an amount."""

    title: str
    versions: str
    field: str
    old: str
    new: str
    words: str
    delta: int | None = None


@dataclass(frozen=True, slots=True)
class UnplacedLine:
    """Text of a file that was placed in no field, or a doubt about what was."""

    source: str
    text: str


@dataclass(frozen=True)
class ImportReport:
    """Everything the workbook shows."""

    inputs: tuple[InputLine, ...]
    proposals: tuple[ProposalLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    differences: tuple[DifferenceLine, ...] = ()
    unplaced: tuple[UnplacedLine, ...] = ()


def import_workbook(report: ImportReport) -> Workbook:
    """Return the workbook; a sheet without rows says so in one line."""
    return Workbook(
        TITLE,
        (
            _inputs(report.inputs),
            _proposals(report.proposals),
            _findings(report.findings),
            _differences(report.differences),
            _unplaced(report.unplaced),
        ),
    )


def _inputs(lines: Sequence[InputLine]) -> Sheet:
    columns = (
        ("TT", 9.0),
        ("Tệp", 74.0),
        ("Kết quả", 20.0),
        ("Lý do, ghi chú", 88.0),
        ("Nhận lúc", 24.0),
        ("So với hạn", 20.0),
        ("Số phiếu", 11.0),
        ("Số điểm kiểm tra", 13.0),
    )
    rows = [
        (
            _number(index),
            _text(line.source),
            _text(line.result),
            _text(line.reason),
            _text(line.received),
            _text(line.lateness),
            _number(line.proposals),
            _number(line.findings),
        )
        for index, line in enumerate(lines, 1)
    ]
    return _sheet("Tệp đã nhận", columns, rows)


def _proposals(lines: Sequence[ProposalLine]) -> Sheet:
    columns = (
        ("TT", 9.0),
        ("Tên nhiệm vụ", 66.0),
        ("Tổ chức, cá nhân đề xuất", 40.0),
        ("Mã kiểm tra", 24.0),
        ("Tổng số (đồng)", 26.0),
        ("NSNN (đồng)", 26.0),
        ("Đối ứng (đồng)", 26.0),
        ("Lỗi", 9.0),
        ("Lỗi đã chấp nhận", 13.0),
        ("Cảnh báo", 11.0),
        ("Có thể trùng với", 45.0),
        ("Tệp", 42.0),
    )
    rows = [
        (
            _number(line.rank),
            _text(line.title),
            _text(line.proposer),
            _text(line.code),
            _amount(line.budget.total),
            _amount(line.budget.state_budget),
            _amount(line.budget.counterpart),
            _number(line.errors),
            _number(line.waived),
            _number(line.warnings),
            _text(line.alike),
            _text(line.source),
        )
        for line in lines
    ]
    sums = [
        sum(amount or 0 for amount in column)
        for column in zip(
            *((x.budget.total, x.budget.state_budget, x.budget.counterpart) for x in lines),
            strict=True,
        )
    ] or [0, 0, 0]
    total = (
        SheetCell(TOTAL, Align.CENTER, bold=True, size=SIZE, columns=4),
        *(
            SheetCell(ColumnSum(Decimal(amount), 0), Align.RIGHT, bold=True, size=SIZE)
            for amount in sums
        ),
        SheetCell("", size=SIZE, columns=5),
    )
    return _sheet("Phiếu được tính", columns, rows, total)


def _findings(lines: Sequence[FindingLine]) -> Sheet:
    columns = (
        ("TT", 9.0),
        ("Tên nhiệm vụ", 66.0),
        ("Mã", 12.0),
        ("Mức", 20.0),
        ("Mục", 45.0),
        ("Cần xem", 114.0),
    )
    rows = [
        (
            _number(line.rank),
            _text(line.title),
            _text(line.code),
            _text(line.severity),
            _text(line.field),
            _text(line.message),
        )
        for line in lines
    ]
    return _sheet("Điểm kiểm tra", columns, rows)


def _differences(lines: Sequence[DifferenceLine]) -> Sheet:
    columns = (
        ("Tên nhiệm vụ", 44.0),
        ("So sánh", 30.0),
        ("Mục", 32.0),
        ("Bản trước, hoặc bản thứ nhất", 52.0),
        ("Bản sau, hoặc bản thứ hai", 52.0),
        ("Từ bỏ đi [-…-], từ thêm vào [+…+]", 52.0),
        ("Chênh lệch (đồng)", 26.0),
    )
    rows = [
        (
            _text(line.title),
            _text(line.versions),
            _text(line.field),
            _text(line.old),
            _text(line.new),
            _text(line.words),
            _amount(line.delta),
        )
        for line in lines
    ]
    return _sheet("Khác biệt", columns, rows)


def _unplaced(lines: Sequence[UnplacedLine]) -> Sheet:
    columns = (("Tệp", 90.0), ("Chưa xếp vào mục nào, đọc chưa chắc chắn", 170.0))
    rows = [(_text(line.source), _text(line.text)) for line in lines]
    return _sheet("Chưa xếp vào mục", columns, rows)


def _sheet(
    name: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[SheetRow],
    total: SheetRow | None = None,
) -> Sheet:
    header = tuple(SheetCell(text, Align.CENTER, bold=True, size=SIZE) for text, _ in columns)
    widths = tuple(width for _, width in columns)
    body = tuple(rows) or ((SheetCell("Không có", size=SIZE, columns=len(columns)),),)
    return Sheet(name, widths, (header,), body, total if rows else None)


def _text(text: str) -> SheetCell:
    return SheetCell(text, size=SIZE)


def _number(number: int) -> SheetCell:
    return SheetCell(number, Align.CENTER, size=SIZE)


def _amount(amount: int | None) -> SheetCell:
    return SheetCell(amount, Align.RIGHT, size=SIZE)
