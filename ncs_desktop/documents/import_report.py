"""What an office received, as a workbook: each file's fate, each proposal's findings, changes.

The rows come ready to read; this composer only knows which columns there are and how wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """Everything the workbook shows; ``told`` is the count of the files in a sentence."""

    inputs: tuple[InputLine, ...]
    proposals: tuple[ProposalLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    differences: tuple[DifferenceLine, ...] = ()
    unplaced: tuple[UnplacedLine, ...] = ()
    told: str = ""


def import_workbook(report: ImportReport, words: Words) -> Workbook:
    """Return the workbook; a sheet without rows says so in one line."""
    return Workbook(
        words("import_report.title"),
        (
            _inputs(report, words),
            _proposals(report.proposals, words),
            _findings(report.findings, words),
            _differences(report.differences, words),
            _unplaced(report.unplaced, words),
        ),
    )


def _inputs(report: ImportReport, words: Words) -> Sheet:
    columns = (
        ("rank", 9.0),
        ("file", 74.0),
        ("result", 20.0),
        ("why", 88.0),
        ("received", 24.0),
        ("lateness", 20.0),
        ("count", 11.0),
        ("findings", 13.0),
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
        for index, line in enumerate(report.inputs, 1)
    ]
    told = SheetCell(report.told, bold=True, size=LIST_SIZE, columns=len(columns))
    return _sheet(words, "inputs", columns, rows, (told,) if report.told else None)


def _proposals(lines: Sequence[ProposalLine], words: Words) -> Sheet:
    columns = (
        ("rank", 9.0),
        ("title", 66.0),
        ("proposer", 40.0),
        ("check_code", 24.0),
        ("budget_total", 26.0),
        ("state_budget", 26.0),
        ("counterpart", 26.0),
        ("errors", 9.0),
        ("waived", 13.0),
        ("warnings", 11.0),
        ("alike", 45.0),
        ("file", 42.0),
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
        SheetCell(words("import_report.total"), Align.CENTER, bold=True, size=LIST_SIZE, columns=4),
        *(
            SheetCell(ColumnSum(Decimal(amount), 0), Align.RIGHT, bold=True, size=LIST_SIZE)
            for amount in sums
        ),
        SheetCell("", size=LIST_SIZE, columns=5),
    )
    return _sheet(words, "proposals", columns, rows, total)


def _findings(lines: Sequence[FindingLine], words: Words) -> Sheet:
    columns = (
        ("rank", 9.0),
        ("title", 66.0),
        ("code", 12.0),
        ("severity", 20.0),
        ("field", 45.0),
        ("message", 114.0),
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
    return _sheet(words, "findings", columns, rows)


def _differences(lines: Sequence[DifferenceLine], words: Words) -> Sheet:
    columns = (
        ("title", 44.0),
        ("versions", 30.0),
        ("field", 32.0),
        ("old", 52.0),
        ("new", 52.0),
        ("words", 52.0),
        ("delta", 26.0),
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
    return _sheet(words, "differences", columns, rows)


def _unplaced(lines: Sequence[UnplacedLine], words: Words) -> Sheet:
    columns = (("file", 90.0), ("unplaced", 170.0))
    rows = [(_text(line.source), _text(line.text)) for line in lines]
    return _sheet(words, "unplaced", columns, rows)


def _sheet(
    words: Words,
    name: str,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[SheetRow],
    total: SheetRow | None = None,
) -> Sheet:
    nothing = SheetCell(words("import_report.nothing"), size=LIST_SIZE, columns=len(columns))
    headed = ((words(f"import_report.column.{key}"), width) for key, width in columns)
    title = words(f"import_report.sheet.{name}")
    return list_sheet(title, headed, rows or ((nothing,),), total if rows else None)


def _text(text: str) -> SheetCell:
    return SheetCell(text, size=LIST_SIZE)


def _number(number: int) -> SheetCell:
    return SheetCell(number, Align.CENTER, size=LIST_SIZE)


def _amount(amount: int | None) -> SheetCell:
    return SheetCell(amount, Align.RIGHT, size=LIST_SIZE)
