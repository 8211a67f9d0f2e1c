"""Where a section begins in the text of a file, and the amounts that stand in it."""

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.work.source_places import amounts_of, section_start

SOURCE = """I. TÊN NHIỆM VỤ
Mô hình điểm, vốn điều lệ 5 tỷ đồng
{heading}
Tổng: khoảng 950.000.000 đ, trong đó NSNN 700 triệu đồng (75%)
Đối ứng: 250 triệu, tổng nhắc lại 950 triệu đồng
X. THÔNG TIN VỀ TỔ CHỨC ĐỀ XUẤT
Doanh thu 12 tỷ đồng"""


@pytest.fixture(scope="module")
def form():
    return Catalog.load().latest_form("a1-dxnv")


@pytest.mark.parametrize(
    "heading",
    ["IX. DỰ KIẾN NHU CẦU KINH PHÍ", "ix/ Kinh phí:", "Mục IX - Nhu cầu kinh phí", "Về kinh phí"],
)
def test_the_section_of_the_money_is_found_however_its_heading_is_worded(form, heading):
    source = SOURCE.format(heading=heading)
    assert section_start(source, form, "budget.total") == source.index(heading)
    amounts = amounts_of(source, form, form.find("budget.total"))
    assert amounts == ("950.000.000 đồng", "700.000.000 đồng", "250.000.000 đồng")


def test_without_the_section_nothing_is_offered(form):
    source = "I. TÊN NHIỆM VỤ\nVốn 5 tỷ đồng"
    assert section_start(source, form, "budget.total") == -1
    assert amounts_of(source, form, form.find("budget.total")) == ()


def test_only_money_gets_amounts(form):
    assert amounts_of(SOURCE.format(heading="IX. KINH PHÍ"), form, form.find("title")) == ()


def test_words_that_several_sections_end_with_lead_to_none(form):
    source = SOURCE.format(heading="PHIẾU ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ")
    assert section_start(source, form, "objectives") == -1
    named = source + "\nIII. MỤC ĐÍCH NHIỆM VỤ HƯỚNG TỚI"
    assert section_start(named, form, "objectives") == named.index("III.")
