"""Budgets in tables of every shape: the amounts where a source and the total meet, or none."""

import io

import pytest
from docx import Document

from ncs_desktop.catalog import Catalog
from ncs_desktop.exchange.docx_reader import read_docx
from ncs_desktop.exchange.filled_form import read_filled_form
from tests.exchange.filled_fixtures.judge import lost_words

TOTAL, STATE, OTHER = 6_200, 4_340, 1_860

ITEMS = (
    ("Nội dung", "Tổng số", "NSNN", "Đối ứng"),
    ("Khảo sát, rà soát", "1.200", "800", "400"),
    ("Chuyển giao tiêu chuẩn", "3.600", "2.640", "960"),
    ("Tập huấn", "1.400", "900", "500"),
    ("Tổng cộng", "6.200", "4.340", "1.860"),
)
GRIDS = {
    "items by source": ("Đơn vị tính: triệu đồng", ITEMS),
    "two rows of heads": (
        "",
        (
            ("TT", "Nội dung công việc", "Kinh phí (triệu đồng)", "", ""),
            ("", "", "Tổng", "NSNN", "Đối ứng"),
            *((str(number), *row) for number, row in enumerate(ITEMS[1:4], 1)),
            ("", "Cộng", "6.200", "4.340", "1.860"),
        ),
    ),
    "years by source": (
        "ĐVT: triệu đồng",
        (
            ("Năm", "Ngân sách nhà nước", "Đối ứng", "Tổng"),
            ("2026", "1.700", "700", "2.400"),
            ("2027", "2.640", "1.160", "3.800"),
            ("Tổng cộng", "4.340", "1.860", "6.200"),
        ),
    ),
    "sources by year": (
        "(Đơn vị: triệu đồng)",
        (
            ("Nguồn kinh phí", "Năm 2026", "Năm 2027", "Tổng cộng"),
            ("Ngân sách nhà nước", "1.700", "2.640", "4.340"),
            ("Đối ứng của doanh nghiệp", "700", "1.160", "1.860"),
            ("Tổng kinh phí", "2.400", "3.800", "6.200"),
        ),
    ),
    "one row in thousands": (
        "ĐVT: nghìn đồng",
        (("NSNN", "Đối ứng", "Tổng kinh phí"), ("4.340.000", "1.860.000", "6.200.000")),
    ),
    "shares before amounts": (
        "",
        (
            ("STT", "Nguồn vốn", "Tỷ lệ (%)", "Thành tiền (đồng)"),
            ("1", "NSNN", "70", "4.340.000.000"),
            ("2", "Đối ứng của doanh nghiệp", "30", "1.860.000.000"),
            ("", "Cộng", "100", "6.200.000.000"),
        ),
    ),
    "parts of a source below it": (
        "",
        (
            ("TT", "Nguồn", "Số tiền (triệu đồng)"),
            ("I", "Ngân sách nhà nước", "4.340"),
            ("II", "Đối ứng", "1.860"),
            ("1", "HTX chè Tân Hương", "930"),
            ("2", "HTX chè La Bằng", "930"),
            ("", "TỔNG CỘNG (I+II)", "6.200"),
        ),
    ),
    "total between the sources": (
        "ĐVT: Triệu đồng",
        (
            ("TT", "Khoản chi", "NSNN", "Tổng", "Đối ứng"),
            ("1", "Thuê khoán", "2.000", "3.000", "1.000"),
            ("2", "Thiết bị", "2.340", "3.200", "860"),
            ("", "Tổng", "4.340", "6.200", "1.860"),
        ),
    ),
}


def _read(*items):
    document = Document()
    for item in ("I. TÊN NHIỆM VỤ", "Trồng chè", "IX. DỰ KIẾN NHU CẦU KINH PHÍ", *items):
        if isinstance(item, str):
            document.add_paragraph(item)
            continue
        table = document.add_table(rows=0, cols=len(item[0]))
        for row in item:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "phieu.docx")
    read = read_filled_form(word, Catalog.load().form("a1-dxnv@tt15-2022"))
    assert not lost_words(word, read)
    return read


def _amounts(read):
    fields = [read.field(f"budget.{key}") for key in ("total", "state_budget", "counterpart")]
    return [field.value // 10**6 if field and field.value else None for field in fields]


@pytest.mark.parametrize("shape", GRIDS)
def test_amounts_stand_where_source_and_total_meet(shape):
    said, rows = GRIDS[shape]
    read = _read(*([said] if said else []), rows)
    assert _amounts(read) == [TOTAL, STATE, OTHER]


def test_a_source_that_gives_nothing_in_any_year_is_no_head():
    rows = (
        ("Nguồn", "Năm 2026", "Năm 2027", "Tổng"),
        ("Doanh nghiệp đối ứng", "0", "0", "0"),
        ("NSNN", "825", "825", "1.650"),
        ("Tổng cộng", "825", "825", "1.650"),
    )
    read = _read("ĐVT: triệu đồng", rows)
    assert _amounts(read) == [1_650, 1_650, None]
    assert read.field("budget.counterpart").value == 0


def test_heads_of_columns_are_words_of_the_form_and_items_are_listed():
    read = _read(*GRIDS["two rows of heads"])
    listed = "\n".join(read.unplaced)
    assert "Khảo sát, rà soát" in listed
    assert not any(head in listed for head in ("TT", "Nội dung công việc", "Cộng"))
    small = _read(GRIDS["shares before amounts"][1])
    assert list(small.unplaced) == ["70\n30\n100"]


def test_a_foreign_head_of_a_column_is_listed():
    rows = (("NSNN", "Đối ứng", "Tổng", "Quỹ Đổi mới Tân Hương"), ("4.340", "1.860", "6.200", "5"))
    read = _read("ĐVT: triệu đồng", rows)
    assert _amounts(read) == [TOTAL, STATE, OTHER]
    assert any("Quỹ Đổi mới Tân Hương" in text for text in read.unplaced)


def test_a_table_without_the_totals_row_gives_no_amount():
    assert _amounts(_read("Đơn vị tính: triệu đồng", ITEMS[:4])) == [None, None, None]


def test_two_rows_of_totals_give_no_amount():
    rows = (*ITEMS, ("Tổng", "6.300", "4.400", "1.900"))
    assert _amounts(_read("Đơn vị tính: triệu đồng", rows)) == [None, None, None]


def test_sources_that_come_again_for_each_year_give_no_amount():
    rows = (
        ("Nội dung", "NSNN", "Đối ứng", "NSNN", "Đối ứng"),
        ("Khảo sát", "1.200", "800", "400", "300"),
        ("Tổng cộng", "1.200", "800", "400", "300"),
    )
    assert _amounts(_read("Đơn vị tính: triệu đồng", rows)) == [None, None, None]


def test_a_table_that_differs_from_the_lines_makes_them_doubtful():
    lines = ("Tổng kinh phí: 6.500 triệu đồng", "NSNN: 4.340 triệu đồng")
    read = _read(*lines, "Chi tiết (triệu đồng):", ITEMS)
    total = read.field("budget.total")
    assert total.value == 6_500 * 10**6
    assert total.confidence <= 0.5
    assert "filled.more_amounts" in [item.code for item in total.remarks]


def test_a_table_of_tasks_in_another_section_stays_whole():
    document = Document()
    for text in ("III. MỤC TIÊU CỦA NHIỆM VỤ", "Trồng chè", "IV. NỘI DUNG", "Các việc:"):
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=4)
    for row in ITEMS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("IX. DỰ KIẾN NHU CẦU KINH PHÍ")
    document.add_paragraph("Tổng kinh phí: 6.200 triệu đồng")
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "phieu.docx")
    read = read_filled_form(word, Catalog.load().form("a1-dxnv@tt15-2022"))
    assert "Chuyển giao tiêu chuẩn" in read.field("contents").source
    assert read.field("budget.total").value == 6_200 * 10**6


def test_a_form_in_one_table_with_its_rows_numbered_on_is_no_table_of_amounts():
    labels = (
        ("Tên nhiệm vụ", "Trồng chè"),
        ("Tính cấp thiết", "Quyết định 1322/QĐ-TTg"),
        ("Mục tiêu", "05 mô hình"),
        ("Nội dung chính", "Khảo sát"),
        ("Kết quả, sản phẩm", "05 mô hình"),
        ("Hiệu quả", "Giảm hao hụt"),
        ("Địa điểm áp dụng", "An Giang"),
        ("Thời gian thực hiện", "24 tháng"),
        ("Tổng kinh phí", "6.200 triệu đồng"),
        ("NSNN", "4.340 triệu đồng"),
        ("Đối ứng", "1.860 triệu đồng"),
        ("Tên tổ chức đề xuất", "Công ty A"),
        ("Địa chỉ", "An Giang"),
    )
    document = Document()
    document.add_paragraph("PHIẾU ĐỀ XUẤT")
    table = document.add_table(rows=0, cols=3)
    for number, row in enumerate(labels, 1):
        for cell, text in zip(table.add_row().cells, (str(number), *row), strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "phieu.docx")
    read = read_filled_form(word, Catalog.load().form("a1-dxnv@tt15-2022"))
    assert _amounts(read) == [TOTAL, STATE, OTHER]
    assert read.field("title").value == "Trồng chè"
    assert read.field("application_sites").value == "An Giang"
    assert read.unplaced == ()
    assert not lost_words(word, read)
