from dataclasses import replace
from decimal import Decimal

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.compose_common import text_width
from ncs_desktop.documents.layout.lines import Line
from ncs_desktop.documents.layout.pages import lay_out
from ncs_desktop.documents.layout.prepare import prepare
from ncs_desktop.documents.page import Grid, PageNumbers, Text
from ncs_desktop.documents.sheet import ColumnSum
from ncs_desktop.documents.sheet_rows import place_rows
from ncs_desktop.documents.summary import SummaryHeading, compose_summary
from ncs_desktop.documents.summary_sheet import million_format, summary_workbook
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.summary import build_summary
from tests.documents.elements import all_grids, lines
from tests.factories import make_proposal

HEADING = SummaryHeading("Sở Công Thương", "Ủy ban nhân dân tỉnh An Giang", "An Giang")


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="module")
def layout(catalog):
    return catalog.summary_layout()


def budget(total, state, counterpart):
    return freeze({"total": total, "state_budget": state, "counterpart": counterpart})


def build(catalog, *proposals):
    form = catalog.form("a1-dxnv@tt15-2022")
    return build_summary(proposals, catalog.call("an-giang-2026"), form)


@pytest.fixture
def table(catalog):
    exact = make_proposal(budget=budget(2_450_500_000, 2_450_500_000, 0), title="Hai")
    return build(catalog, make_proposal(title="Một"), exact)


def test_table_reads_as_the_official_template(table, layout):
    printed = lines(compose_summary(table, layout, HEADING))
    assert printed[:19] == [
        "ỦY BAN NHÂN DÂN TỈNH AN GIANG",
        "SỞ CÔNG THƯƠNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BẢNG TỔNG HỢP DANH MỤC ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA",
        "DỰ KIẾN THỰC HIỆN TỪ NĂM 2026 THUỘC CHƯƠNG TRÌNH QUỐC GIA HỖ TRỢ DOANH NGHIỆP",
        "NÂNG CAO NĂNG SUẤT CHẤT LƯỢNG SẢN PHẨM HÀNG HÓA GIAI ĐOẠN 2021-2030",
        "TT",
        "Tên nhiệm vụ",
        "Tổ chức chủ trì thực hiện",
        "Mục tiêu",
        "Nội dung chính",
        "Dự kiến kết quả/ sản phẩm và yêu cầu đạt được",
        "Thời gian thực hiện",
        "Dự kiến kinh phí (triệu đồng)",
        "Ghi chú",
        "Tổng số",
        "NSNN",
        "Đối ứng",
    ]
    assert printed[-2:] == [
        "An Giang, ngày      tháng      năm",
        "(XÁC NHẬN CỦA SỞ/NGÀNH/ĐỊA PHƯƠNG)",
    ]


def test_an_organization_confirms_its_table_under_its_own_name(table, layout):
    heading = SummaryHeading("Công ty Mê Kông", place="An Giang", kind="organization")
    assert lines(compose_summary(table, layout, heading))[-1] == "XÁC NHẬN CỦA CÔNG TY MÊ KÔNG"
    assert "XÁC NHẬN CỦA CÔNG TY MÊ KÔNG" in str(summary_workbook(table, layout, heading))


def test_who_confirms_the_table_leaves_no_single_word_on_a_line(table, layout):
    name = "Trường Cao đẳng Kỹ thuật Long Xuyên"
    heading = SummaryHeading(name, place="An Giang", kind="organization")
    confirmation = lines(compose_summary(table, layout, heading))[-1]
    assert confirmation.replace("\n", " ") == f"XÁC NHẬN CỦA {name.upper()}"
    upper, lower = confirmation.split("\n")
    assert len(lower) > len(upper) / 2


def test_names_in_the_workbook_leave_no_single_word_on_a_line(table, layout):
    name = "Trường Cao đẳng Kỹ thuật và Kinh tế Long Xuyên"
    heading = SummaryHeading(name, place="An Giang", kind="organization")
    sheet = summary_workbook(table, layout, heading).sheets[0]
    for cell in (sheet.above[0][0], sheet.below[-1][1]):
        assert name.upper() in cell.value.replace("\n", " ")
        upper, lower = cell.value.split("\n")
        assert len(lower) > len(upper) / 2


def test_amounts_are_exact_millions_and_the_total_is_labelled_ours(table, layout):
    printed = lines(compose_summary(table, layout, HEADING))
    total = printed.index("Tổng cộng")
    assert printed[total + 1 : total + 4] == ["7.300,5", "5.350,5", "1.950"]
    assert printed[total - 3 : total] == ["2.450,5", "2.450,5", "0"]


def test_template_placeholder_stands_where_no_agency_is_named(table, layout):
    assert lines(compose_summary(table, layout, SummaryHeading()))[0] == "(SỞ, NGÀNH VÀ ĐỊA PHƯƠNG)"


@pytest.mark.parametrize(("name", "size"), [("A4", (297, 210)), ("A3", (420, 297))])
def test_paper_lies_across_and_the_grid_fills_it(table, layout, name, size):
    document = compose_summary(table, layout, SummaryHeading(paper=name))
    assert (document.paper.width, document.paper.height) == size
    assert document.furniture.numbers is PageNumbers.TOP_CENTER
    grid = next(grid for grid in all_grids(document.body) if grid.borders)
    assert sum(grid.widths) == pytest.approx(document.paper.text_width)
    assert len(grid.widths) == 11
    assert grid.header_rows == 2


def test_header_spans_cover_eleven_columns_in_two_rows(table, layout):
    document = compose_summary(table, layout, HEADING)
    grid = next(grid for grid in all_grids(document.body) if grid.borders)
    upper, lower = (row.cells for row in grid.rows[:2])
    assert sum(cell.columns for cell in upper) == 11
    assert [cell.rows for cell in upper] == [2] * 7 + [1, 2]
    assert [cell.columns for cell in upper] == [1] * 7 + [3, 1]
    assert len(lower) == 3
    assert all(sum(cell.columns for cell in row.cells) == 11 for row in grid.rows[2:])


def test_several_tasks_stand_on_a_page_however_long_their_phieu(catalog, layout):
    text = "Khảo sát, đánh giá thực trạng năng suất tại các nhà máy xay xát lúa gạo. " * 40
    long = make_proposal(objectives=text, contents=text, results=text)
    table = build(catalog, *[replace(long, id=str(number)) for number in range(12)])
    pages = lay_out(prepare(compose_summary(table, layout, HEADING)))
    assert len(pages) <= 6
    sheet = summary_workbook(table, layout, HEADING).sheets[0]
    assert all(row.height < 230 for row in place_rows(sheet) if row.part == "body")


def test_large_amounts_are_never_broken_over_lines(catalog, layout):
    huge = build(catalog, make_proposal(budget=budget(10**15 - 1, 10**15 - 1, 0)))
    document = compose_summary(huge, layout, HEADING)
    grid = next(grid for grid in all_grids(document.body) if grid.borders)
    assert sum(grid.widths) == pytest.approx(document.paper.text_width)
    assert min(grid.widths[7:9]) > 25
    assert min(grid.widths) > 3


def test_signature_stays_with_the_total(table, layout):
    *_, grid, gap, footer = compose_summary(table, layout, HEADING).body
    assert isinstance(grid, Grid)
    assert grid.rows[-1].keep_with_next
    assert isinstance(gap, Text)
    assert gap.format.keep_with_next
    assert footer.rows[0].minimum_height >= 40


def test_missing_amounts_are_told_in_the_total_row(catalog, layout):
    unknown = make_proposal(budget=budget(None, 5, None))
    printed = lines(compose_summary(build(catalog, unknown), layout, HEADING))
    assert "Chưa cộng số liệu còn thiếu của 01 nhiệm vụ" in printed


def words_of(pages):
    return [
        " ".join(
            span.text for _, _, mark in page.marks if isinstance(mark, Line) for span in mark.spans
        )
        for page in pages
    ]


@pytest.mark.parametrize("count", range(3, 13))
def test_the_last_page_holds_a_task_beside_the_total_and_the_signature(catalog, layout, count):
    tasks = [replace(make_proposal(title=f"Việc {n}."), id=str(n)) for n in range(1, count + 1)]
    table = build(catalog, *tasks)
    last = words_of(lay_out(prepare(compose_summary(table, layout, HEADING))))[-1]
    assert f"Việc {count}." in last
    assert "Tổng cộng" in last
    assert "XÁC NHẬN" in last


def test_a_long_row_starts_on_the_first_page_and_its_signature_is_never_alone(catalog, layout):
    text = " ".join(["kết quả đạt được"] * 400)
    long = build(catalog, make_proposal(summary_results=text, summary_contents=text))
    pages = lay_out(prepare(compose_summary(long, layout, HEADING)))
    words = words_of(pages)
    assert "kết quả đạt được" in words[0]
    assert "Tổng cộng" in words[-1]
    assert "XÁC NHẬN" in words[-1]


def test_workbook_holds_the_official_sheet_and_the_one_in_dong(table, layout):
    workbook = summary_workbook(table, layout, HEADING)
    official, plain = workbook.sheets
    assert official.name == "Bảng tổng hợp"
    assert plain.name == "Số liệu (đồng)"
    assert [cell.value for cell in official.body[1][7:10]] == [
        Decimal("2450.5"),
        Decimal("2450.5"),
        Decimal(0),
    ]
    assert [cell.value for cell in plain.body[1][3:6]] == [2_450_500_000, 2_450_500_000, 0]
    assert [cell.value for cell in official.total[1:4]] == [
        ColumnSum(Decimal("7300.5")),
        ColumnSum(Decimal("5350.5")),
        ColumnSum(Decimal(1950)),
    ]
    assert [cell.value.value for cell in plain.total[1:4]] == [
        7_300_500_000,
        5_350_500_000,
        1_950_000_000,
    ]


def test_second_sheet_says_which_texts_were_shortened(catalog, layout):
    long = make_proposal(contents="\n".join(["- Một việc rất dài của nhiệm vụ."] * 60))
    plain = summary_workbook(build(catalog, long), layout, HEADING).sheets[1]
    assert plain.body[0][-1].value == "Nội dung chính"


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([4_850_000_000], "#,##0"),
        ([2_450_500_000, 10**6], "#,##0.0"),
        ([1], "#,##0.000000"),
        ([650_250_000], "#,##0.00"),
        ([], "#,##0"),
    ],
)
def test_number_format_shows_the_dong_and_no_zero_more(amounts, expected):
    assert million_format(amounts) == expected


def test_an_empty_table_still_has_its_total(catalog, layout):
    table = build(catalog)
    assert "Tổng cộng" in lines(compose_summary(table, layout, HEADING))
    assert summary_workbook(table, layout, HEADING).sheets[0].body == ()


def test_the_sheet_has_the_lines_under_both_headings(table, layout):
    """As on paper: as long as the motto, and under a part of the office's name."""
    above = summary_workbook(table, layout, HEADING).sheets[0].above
    own, nation = next(row for row in above if set(str(row[0].value)) == {"_"})
    motto = text_width(layout.right_head[-1], 12, bold=True)
    for cell, length in (
        (own, 0.42 * text_width("SỞ CÔNG THƯƠNG", 12, bold=True)),
        (nation, motto),
    ):
        drawn = text_width(str(cell.value), cell.size, bold=True)
        assert abs(drawn - length) < 2
    assert own.columns + nation.columns == len(layout.columns)
