"""The neutral workbook: sheets of typed cells with the furniture a printed table needs.

Composers build it, ``write_xlsx`` writes it. Widths are millimetres, sizes points. A sheet is
divided into what stands above the table, its header, its body and what stands below, so that sums,
repeated rows and frozen panes follow from the parts and no row number is ever written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from ncs_desktop.documents.page import Align


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """The sum of the body's numbers in this column, as ``ROUND(SUM(…),digits)``.

    ``value`` is the same sum computed here: it is stored beside the formula, so that a program that
    only shows files (a phone, Excel's protected view) shows it too.
    """

    value: Decimal
    digits: int = 6


CellValue: TypeAlias = "str | int | Decimal | ColumnSum | None"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: text stays text (``=1+1`` too), a number is a real number with ``format``.

    ``columns``/``rows`` merge it with its neighbours; spanned-over cells are left out.
    """

    value: CellValue = None
    align: Align = Align.LEFT
    bold: bool = False
    italic: bool = False
    size: float = 11.0
    number_format: str = "#,##0"
    columns: int = 1
    rows: int = 1


SheetRow: TypeAlias = tuple[SheetCell, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``above`` and ``below`` print without borders, the rest as a grid."""

    name: str
    widths: tuple[float, ...]
    header: tuple[SheetRow, ...]
    body: tuple[SheetRow, ...]
    total: SheetRow | None = None
    above: tuple[SheetRow, ...] = ()
    below: tuple[SheetRow, ...] = ()
    paper: str = "A4"
    landscape: bool = True


@dataclass(frozen=True)
class Workbook:
    """The sheets of one file; ``title`` goes to the file's properties."""

    title: str
    sheets: tuple[Sheet, ...]


LIST_SIZE = 10.0
"""Type size (pt) of the sheets that are our own lists."""


def list_sheet(
    name: str,
    columns: Iterable[tuple[str, float]],
    rows: Sequence[SheetRow],
    total: SheetRow | None = None,
) -> Sheet:
    """Return a sheet of one header row over ``rows``; ``columns`` are headings and widths (mm)."""
    headings, widths = zip(*columns, strict=True)
    header = tuple(SheetCell(text, Align.CENTER, bold=True, size=LIST_SIZE) for text in headings)
    return Sheet(name, widths, (header,), tuple(rows), total)
