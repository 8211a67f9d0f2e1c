import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.compose_common import text_width
from ncs_desktop.documents.sheet import ColumnSum, Sheet, SheetCell, Workbook
from ncs_desktop.documents.sheet_rows import LONGEST_TEXT, place_rows, wrapped
from ncs_desktop.documents.summary import SummaryHeading
from ncs_desktop.documents.summary_sheet import summary_workbook
from ncs_desktop.documents.write_xlsx import write_xlsx
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.summary import build_summary
from tests.factories import make_proposal

PAYLOADS = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "#N/A",
    "#REF!",
    "TRUE",
    "001234",
    "0919012186",
    "1/2",
    "2026-01-01",
    "1e10",
    "12%",
    "{=1+1}",
    "<b>&amp;\"'",
    "]]>",
    "  hai  dấu cách  ",
    "😀 Nguyễn Ánh",
    "=",
)


def sheet_of(*texts, width=40.0, **changes):
    body = tuple((SheetCell(text), SheetCell(1)) for text in texts)
    header = ((SheetCell("Chữ", bold=True), SheetCell("Số", bold=True)),)
    return Sheet("Một", (width, 20.0), header, body, **changes)


def written(*sheets):
    return write_xlsx(Workbook("Thử", sheets))


def opened(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def summary(*proposals, paper="A4"):
    catalog = Catalog.load()
    form = catalog.form("a1-dxnv@tt15-2022")
    table = build_summary(proposals, catalog.call("an-giang-2026"), form)
    heading = SummaryHeading("Sở Công Thương", "UBND tỉnh An Giang", "An Giang", paper)
    return summary_workbook(table, catalog.summary_layout(), heading)


def budget(total, state, counterpart):
    return freeze({"total": total, "state_budget": state, "counterpart": counterpart})


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_stays_text_whatever_it_looks_like(payload):
    content = written(sheet_of(payload))
    cell = opened(content).active.cell(2, 1)
    assert (cell.value or "") == payload
    assert cell.data_type != "f"
    assert cell.number_format == "@"
    assert cell.quotePrefix
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_an_empty_text_leaves_its_cell_empty():
    content = written(sheet_of(""))
    assert opened(content).active.cell(2, 1).value is None
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b't="inlineStr"></c>' not in sheet


def test_what_looks_like_an_escape_is_escaped_for_excel():
    cell = opened(written(sheet_of("mã _x0041_ và _x"))).active.cell(2, 1)
    assert cell.value == "mã _x005F_x0041_ và _x"


def test_characters_no_file_can_carry_do_not_stop_the_writing():
    cell = opened(written(sheet_of("a\x00b\x0bc\ud800d\ufffee"))).active.cell(2, 1)
    assert cell.value == "ab\ncde"


def test_the_same_workbook_gives_the_same_bytes():
    workbook = summary(make_proposal(), make_proposal(title="Hai"))
    assert write_xlsx(workbook) == write_xlsx(workbook)


def test_the_file_tells_no_moment_and_no_author():
    parts = zipfile.ZipFile(io.BytesIO(write_xlsx(summary(make_proposal()))))
    assert {item.date_time for item in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert "openpyxl" not in core


AMOUNTS = st.lists(
    st.tuples(st.integers(0, 10**13), st.integers(0, 10**13)), min_size=1, max_size=5
)


@settings(max_examples=25, deadline=None)
@given(AMOUNTS)
def test_totals_are_the_rounded_sums_of_what_stands_above_them(amounts):
    proposals = [make_proposal(budget=budget(a + b, a, b)) for a, b in amounts]
    content = write_xlsx(summary(*proposals))
    formulas, values = opened(content), opened(content, data_only=True)
    expected = (
        sum(a + b for a, b in amounts),
        sum(a for a, _ in amounts),
        sum(b for _, b in amounts),
    )
    for sheet, first, digits, unit in (("Bảng tổng hợp", 8, 6, 10**6), ("Số liệu (đồng)", 4, 0, 1)):
        ranks = [
            cell.row for cell in formulas[sheet]["A"] if str(cell.value) in "12345" and cell.value
        ]
        total = next(cell.row for cell in formulas[sheet]["A"] if cell.value == "Tổng cộng")
        for offset, dong in enumerate(expected):
            letter = get_column_letter(first + offset)
            formula = formulas[sheet][f"{letter}{total}"].value
            assert formula == f"=ROUND(SUM({letter}{ranks[0]}:{letter}{total - 1}),{digits})"
            stored = values[sheet][f"{letter}{total}"].value
            assert round(Decimal(repr(stored)) * unit) == dong
            rows = [values[sheet][f"{letter}{row}"].value for row in range(ranks[0], total)]
            assert round(sum(Decimal(repr(v)) for v in rows if v is not None) * unit) == dong


def test_amounts_are_numbers_in_millions_and_in_dong():
    book = opened(write_xlsx(summary(make_proposal(budget=budget(2_450_500_001, 5, None)))))
    official, plain = book["Bảng tổng hợp"], book["Số liệu (đồng)"]
    row = next(cell.row for cell in official["A"] if cell.value == "1")
    assert official.cell(row, 8).value == 2450.500001
    assert official.cell(row, 8).number_format == "#,##0.000000"
    assert plain.cell(2, 4).value == 2_450_500_001
    assert plain.cell(2, 6).value == 2_450_499_996


@pytest.mark.parametrize(("paper", "code"), [("A4", "9"), ("A3", "8")])
def test_table_prints_across_one_page_wide_with_its_header_repeated(paper, code):
    sheet = opened(write_xlsx(summary(make_proposal(), paper=paper)))["Bảng tổng hợp"]
    header = next(cell.row for cell in sheet["A"] if cell.value == "TT")
    assert sheet.print_title_rows == f"${header}:${header + 1}"
    assert sheet.freeze_panes == f"A{header + 2}"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == code
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert f"H{header}:J{header}" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_rows_are_tall_enough_for_their_longest_text():
    sheet = sheet_of("một dòng", " ".join(["hai mươi chữ"] * 30))
    rows = opened(written(sheet)).active.row_dimensions
    assert rows[2].height < 20
    assert rows[3].height >= len(wrapped(sheet.body[1][0].value, 38.2, 11)) * 11 * 1.2
    assert rows[3].height <= 409


@pytest.mark.parametrize("word", ["chữ ", "x", "dòng\n"])
def test_a_text_no_row_can_show_continues_below_and_loses_nothing(word):
    text = (word * 20_000).strip()
    sheet = opened(written(sheet_of(text, "sau", width=30.0))).active
    cells = [sheet.cell(row, 1).value or "" for row in range(2, sheet.max_row)]
    assert all(len(cell) <= LONGEST_TEXT for cell in cells)
    assert "".join(cells).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(
        " ", ""
    )
    assert max(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)) <= 409
    assert [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)].count(1) == 2


def test_continued_rows_do_not_disturb_the_sum():
    body = ((SheetCell("chữ " * 3000), SheetCell(5)), (SheetCell("b"), SheetCell(7)))
    total = (SheetCell("Tổng cộng"), SheetCell(ColumnSum(Decimal(12), 0)))
    sheet = Sheet("Một", (30.0, 20.0), ((SheetCell("A"), SheetCell("B")),), body, total)
    active = opened(written(sheet), data_only=True).active
    assert active.cell(active.max_row, 2).value == 12
    assert len(place_rows(sheet)) > 4
    numbers = [active.cell(row, 2).value for row in range(2, active.max_row)]
    assert sum(number or 0 for number in numbers) == 12


def test_a_sum_over_no_rows_is_zero():
    sheet = Sheet("Một", (30.0,), ((SheetCell("A"),),), (), (SheetCell(ColumnSum(Decimal(0))),))
    assert opened(written(sheet)).active.cell(2, 1).value == "=ROUND(SUM(0),6)"


@given(st.text("aă b-\n\t", max_size=300), st.floats(3, 60))
def test_wrapping_keeps_every_character(text, room):
    assert "".join(wrapped(text, room, 10)) == text


def test_merged_cells_push_their_neighbours_aside():
    header = (
        (SheetCell("A", rows=2), SheetCell("B", columns=2)),
        (SheetCell("b1"), SheetCell("b2")),
    )
    rows = place_rows(Sheet("Một", (10.0, 10.0, 10.0), header, ()))
    assert [[column for column, _ in row.cells] for row in rows] == [[1, 2], [2, 3]]


@pytest.mark.parametrize("room", [18.0, 26.0, 40.0])
def test_a_long_name_has_the_lines_it_takes_broken_at_its_hyphens(room):
    name = "tho-muc-nhan/phieu-de-xuat-nhiem-vu-khoa-hoc-va-cong-nghe/ban-cuoi-cung-da-ky.docx"
    needed, used = 1, 0.0
    for part in re.findall(r"[^-/]+[-/]?", name):
        width = text_width(part, 10)
        needed, used = (needed, used + width) if used + width <= room else (needed + 1, width)
    assert len(wrapped(name, room, 10)) >= needed
    assert "".join(wrapped(name, room, 10)) == name


def test_columns_are_counted_in_the_digits_of_the_default_font():
    """Excel and LibreOffice count widths in digits of the font that the style Normal names."""
    sheet = Sheet("S", (26.0,), (), ((SheetCell("a", size=10.0, bold=True),),))
    with zipfile.ZipFile(io.BytesIO(write_xlsx(Workbook("T", (sheet,))))) as package:
        styles = package.read("xl/styles.xml").decode()
    fonts = re.findall(r"<font>.*?</font>", styles)
    [normal] = re.findall(r'<cellStyleXfs.*?fontId="(\d+)"', styles)
    assert 'sz val="12"' in fonts[int(normal)]
    assert "<b " not in fonts[int(normal)]


@pytest.mark.parametrize("amount", [7, 339_148_839_488, -3_228_500_000, Decimal("10470.123456")])
def test_no_number_is_wider_than_its_column(amount):
    total = SheetCell(ColumnSum(Decimal(amount) * 30), bold=True, size=10.0)
    sheet = Sheet("S", (9.0, 9.0), (), ((SheetCell("x"), SheetCell(amount, size=10.0)),) * 30,
                  (SheetCell("Tổng"), total))  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(Workbook("T", (sheet,)))))
    width = book["S"].column_dimensions["B"].width * 8 / 96 * 25.4
    assert width > text_width(f"{Decimal(amount) * 30:,}", 10.0, bold=True) + 1.8
    assert book["S"].column_dimensions["A"].width * 8 / 96 * 25.4 == pytest.approx(9.0, abs=0.05)


def test_a_row_is_hardly_taller_than_its_lines():
    sheet = Sheet("Bảng", (40.0,), (), ((SheetCell("\n".join("abcdefghij" * 2), size=10),),))
    [row] = place_rows(sheet)
    assert 20 * 11.5 * 1.05 < row.height < 20 * 11.5 * 1.09 + 4
