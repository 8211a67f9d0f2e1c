"""Workbooks to .xlsx: text that stays text, real numbers, rows tall enough, the same bytes always.

openpyxl would turn a text that begins with «=» into a formula, cut it at 32,767 characters without
a word and stamp the file with the present moment; none of that happens here. Sums are written with
their value, for programs that show a file without computing it.
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from datetime import datetime

from openpyxl import Workbook as XlsxBook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, Workbook
from ncs_desktop.documents.sheet_rows import LONGEST_TEXT, PlacedRow, fitted, place_rows
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.text import clean_text

FIXED_MOMENT = datetime(2000, 1, 1)
FIXED_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
CREATOR = "ncs-desktop"
FONT = "Times New Roman"
DEFAULT_SIZE = 12
DIGIT_PIXELS = 8
PAPER_SIZES = {"A4": 9, "A3": 8}
MARGIN_INCHES = 20 / 25.4
GRID_PARTS = ("header", "body", "total")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EMPTY_VALUE = r'(<c r="{at}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)'
_SIDE = Side("thin", "000000")
_BOX = Border(_SIDE, _SIDE, _SIDE, _SIDE)


def write_xlsx(workbook: Workbook) -> bytes:
    """Return the workbook as the bytes of an .xlsx file; the same workbook gives the same bytes."""
    book = XlsxBook()
    book.remove(book.active)
    _set_default_font(book)
    book.properties.title = workbook.title
    book.properties.creator = CREATOR
    book.properties.created = book.properties.modified = FIXED_MOMENT
    cached = {}
    for index, sheet in enumerate(workbook.sheets, 1):
        values = _write_sheet(book.create_sheet(sheet.name), sheet)
        cached[f"xl/worksheets/sheet{index}.xml"] = values
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return _repacked(buffer.getvalue(), cached)


def _set_default_font(book: XlsxBook) -> None:
    """Make Times New Roman 12 the font that column widths are counted in.

    Its digits are 8 pixels wide exactly; those of other sizes Excel and LibreOffice round each in
    its own way, so that LibreOffice would draw a wider sheet and shrink it to fit the paper.
    """
    font = Font(name=FONT, size=DEFAULT_SIZE, family=1)
    book._fonts = IndexedList()
    book._named_styles["Normal"].font = font


def _repacked(content: bytes, cached: dict[str, dict[str, str]]) -> bytes:
    """Return the same package with fixed dates and with the values of its sums filled in."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in source.namelist():
            part = source.read(name)
            for at, value in cached.get(name, {}).items():
                pattern = _EMPTY_VALUE.format(at=at).encode()
                part = re.sub(pattern, rb"\g<1><v>" + value.encode() + b"</v>", part, count=1)
            entry = zipfile.ZipInfo(name, FIXED_ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, part)
    return target.getvalue()


def _write_sheet(target: Worksheet, sheet: Sheet) -> dict[str, str]:
    """Write the rows; return the value of every sum by the place of its cell."""
    sheet = fitted(sheet)
    rows = place_rows(sheet)
    numbers = [number for number, row in enumerate(rows, 1) if row.part == "body"]
    body = (numbers[0], numbers[-1]) if numbers else None
    cached: dict[str, str] = {}
    looks: dict[tuple[object, ...], StyleArray] = {}
    for number, row in enumerate(rows, 1):
        target.row_dimensions[number].height = row.height
        for column, cell in row.cells:
            cached |= _write_cell(target, number, column, cell, body)
            _dress(target, number, column, cell, framed=row.part in GRID_PARTS, looks=looks)
    for index, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(index)].width = _characters(width)
    _set_page(target, sheet, rows)
    return cached


def _write_cell(
    target: Worksheet, number: int, column: int, cell: SheetCell, body: tuple[int, int] | None
) -> dict[str, str]:
    written: XlsxCell = target.cell(number, column)
    value = cell.value
    if isinstance(value, ColumnSum):
        letter = get_column_letter(column)
        inner = f"{letter}{body[0]}:{letter}{body[1]}" if body else "0"
        written.value = f"=ROUND(SUM({inner}),{value.digits})"
        written.number_format = cell.number_format
        return {written.coordinate: f"{value.value.normalize():f}"}
    if isinstance(value, str):
        _write_text(written, value)
    elif value is not None:
        written.value = value
        written.number_format = cell.number_format
    return {}


def _write_text(written: XlsxCell, text: str) -> None:
    """Write ``text`` as text and nothing else; «_x0041_» would be read as an escape by Excel."""
    if not text:
        return
    shown = _LOOKS_ESCAPED.sub("_x005F_", clean_text(text).text)
    if len(shown) > LONGEST_TEXT:
        raise InputProblem("sheet.text_too_long", cell=written.coordinate, limit=LONGEST_TEXT)
    written.value = shown
    written.data_type = "s"
    written.number_format = "@"
    written.quotePrefix = True


def _dress(
    target: Worksheet,
    number: int,
    column: int,
    cell: SheetCell,
    *,
    framed: bool,
    looks: dict[tuple[object, ...], StyleArray],
) -> None:
    """Give a written cell its look; ``looks`` keeps each look made once, for making is slow."""
    written = target.cell(number, column)
    single = cell.rows == cell.columns == 1
    kind = str if isinstance(cell.value, str) else type(cell.value)
    key = (framed, cell.align, cell.size, cell.bold, cell.italic, kind, cell.number_format)
    if single and key in looks:
        written._style = copy(looks[key])
        return
    last_row, last_column = number + cell.rows - 1, column + cell.columns - 1
    if framed:
        for row in target.iter_rows(number, last_row, column, last_column):
            for part in row:
                part.border = _BOX
    written.font = Font(name=FONT, size=cell.size, bold=cell.bold, italic=cell.italic)
    centered = cell.rows > 1 or cell.bold
    written.alignment = Alignment(
        cell.align.value, "center" if centered else "top", wrap_text=isinstance(cell.value, str)
    )
    if single:
        looks[key] = copy(written._style)
    else:
        target.merge_cells(
            start_row=number, start_column=column, end_row=last_row, end_column=last_column
        )


def _characters(width: float) -> float:
    """Return a width in mm as Excel counts it: digits of the default font, 7 pixels at 96 dpi."""
    return round(max(width / 25.4 * 96 / DIGIT_PIXELS, 1.0), 2)


def _set_page(target: Worksheet, sheet: Sheet, rows: tuple[PlacedRow, ...]) -> None:
    header = [number for number, row in enumerate(rows, 1) if row.part == "header"]
    if header:
        target.print_title_rows = f"{header[0]}:{header[-1]}"
        target.freeze_panes = target.cell(header[-1] + 1, 1)
    setup = target.page_setup
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.paperSize = PAPER_SIZES[sheet.paper]
    setup.fitToWidth, setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.page_margins = PageMargins(*(MARGIN_INCHES,) * 4, header=0.4, footer=0.4)
    target.print_options.horizontalCentered = True
    target.oddFooter.right.text = "&P/&N"
