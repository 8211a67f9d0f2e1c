import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.form import compose_form
from ncs_desktop.documents.page import Align, Grid, PageNumbers, Text
from ncs_desktop.domain.json_tree import freeze
from tests.documents.elements import all_grids, all_texts, lines, shown, words
from tests.factories import make_proposal

OFFICIAL_BLANK = """\
Mẫu A1-ĐXNV
15/2022/TT-BKHCN
PHIẾU ĐỀ XUẤT
NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA THUỘC CHƯƠNG TRÌNH QUỐC GIA HỖ TRỢ DOANH NGHIỆP \
NÂNG CAO NĂNG SUẤT VÀ CHẤT LƯỢNG SẢN PHẨM, HÀNG HÓA GIAI ĐOẠN 2021-2030
(Dự kiến thực hiện trong kế hoạch năm……….. )
I. TÊN NHIỆM VỤ
……
……
II. TÍNH CẤP THIẾT CỦA NHIỆM VỤ (Trình bày rõ cơ sở khoa học và thực tiễn để luận giải, minh chứng \
về tầm quan trọng, tính thời sự, cấp thiết của nhiệm vụ; tác động và ảnh hưởng đến hoạt động thúc \
đẩy nâng cao năng suất chất lượng nền kinh tế, ngành kinh tế, địa phương hoặc doanh nghiệp; cơ sở \
pháp lý đề xuất nhiệm vụ;...)
……
……
III. MỤC TIÊU CỦA NHIỆM VỤ
……
……
IV. DỰ KIẾN CÁC NỘI DUNG CHÍNH CẦN THỰC HIỆN
……
……
V. DỰ KIẾN KẾT QUẢ, SẢN PHẨM CỦA NHIỆM VỤ
……
……
VI. DỰ KIẾN HIỆU QUẢ ĐẠT ĐƯỢC CỦA NHIỆM VỤ
……
……
VII. DỰ KIẾN TỔ CHỨC/DOANH NGHIỆP/ĐỊA ĐIỂM ÁP DỤNG, ỨNG DỤNG KẾT QUẢ, SẢN PHẨM TẠO RA
……
……
VIII. YÊU CẦU VỀ THỜI GIAN THỰC HIỆN NHIỆM VỤ
……
IX. DỰ KIẾN NHU CẦU KINH PHÍ
Tổng kinh phí thực hiện nhiệm vụ: ……
Trong đó:
Kinh phí Ngân sách nhà nước: ……
Kinh phí đối ứng từ tổ chức, doanh nghiệp: ……
X. THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ
1. Tên tổ chức/cá nhân đề xuất:
……
2. Địa chỉ:
……
3. Đầu mối liên hệ:
- Họ và tên: ……
Chức vụ: ……
- Điện thoại: ……
Email: ……
4. Tài liệu gửi kèm (nếu có):
……
……
……
TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT
(Ký tên và đóng dấu của tổ chức)
""".splitlines()
"""The blank form of the ministry (Bình Phước 2024), line by line; «……» is a dotted leader."""

FILLED_END = """\
VIII. YÊU CẦU VỀ THỜI GIAN THỰC HIỆN NHIỆM VỤ
24 tháng, từ tháng 01/2026 đến tháng 12/2027
IX. DỰ KIẾN NHU CẦU KINH PHÍ
Tổng kinh phí thực hiện nhiệm vụ: 4.850.000.000 đồng \
(Bằng chữ: Bốn tỷ tám trăm năm mươi triệu đồng)
Trong đó:
Kinh phí Ngân sách nhà nước: 2.900.000.000 đồng
Kinh phí đối ứng từ tổ chức, doanh nghiệp: 1.950.000.000 đồng
X. THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ
1. Tên tổ chức/cá nhân đề xuất:
Công ty Cổ phần Tư vấn Năng suất Mê Kông
2. Địa chỉ:
Số 18 đường Trần Hưng Đạo, phường Long Xuyên, tỉnh An Giang
3. Đầu mối liên hệ:
- Họ và tên: Nguyễn Thị Minh Khuê
Chức vụ: Phó Giám đốc
- Điện thoại: 0296 3 123 456
Email: du-an@nangsuatmekong.example
4. Tài liệu gửi kèm (nếu có):
- Văn bản cam kết đối ứng của Công ty TNHH Thủy sản Hòn Sóc
TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT
(Ký tên và đóng dấu của tổ chức)
""".splitlines()


@pytest.fixture(scope="module")
def form():
    return Catalog.load().form("a1-dxnv@tt15-2022")


def value_lines(document, key):
    texts = list(all_texts(document.body))
    start = next(index for index, text in enumerate(texts) if text.anchor == key)
    end = next((index for index in range(start + 1, len(texts)) if texts[index].anchor), len(texts))
    return [shown(text) for text in texts[start:end] if shown(text)]


def test_blank_form_is_the_official_form_line_by_line(form):
    document = compose_form(form, None, draft=False)
    assert lines(document) == OFFICIAL_BLANK
    assert document.furniture.numbers is PageNumbers.NONE
    assert not document.furniture.footer


def test_filled_form_prints_every_value_under_its_label(form):
    document = compose_form(form, make_proposal(), draft=False)
    printed = lines(document)
    assert printed[4] == "(Dự kiến thực hiện trong kế hoạch năm 2026)"
    assert printed[printed.index(FILLED_END[0]) :] == FILLED_END
    assert value_lines(document, "contents")[:2] == [
        "1. Khảo sát hiện trạng tại 05 doanh nghiệp.",
        "2. Đào tạo 150 lượt cán bộ.",
    ]


def test_headings_of_a_filled_form_are_those_of_the_blank_one_in_order(form):
    blank = [line for line in OFFICIAL_BLANK if line != "……"][5:]
    labels = [line.removesuffix(" ……") for line in blank]
    printed = iter(lines(compose_form(form, make_proposal(), draft=False)))
    for label in labels:
        assert any(line.startswith(label) for line in printed), label


def test_head_lines_are_set_as_on_the_official_form(form):
    first, second, title, *_ = all_texts(compose_form(form, None, draft=False).body)
    assert first.format.align is second.format.align is Align.RIGHT
    assert first.runs[0].bold
    assert not second.runs[0].bold
    assert title.format.align is Align.CENTER
    assert title.runs[0].bold


def test_guidance_stands_in_italics_in_the_paragraph_of_its_heading(form):
    heading = next(
        text
        for text in all_texts(compose_form(form, None, draft=False).body)
        if text.anchor == "II"
    )
    bold, italic = heading.runs
    assert bold.bold
    assert not bold.italic
    assert italic.italic
    assert not italic.bold
    assert heading.format.keep_with_next


def test_no_heading_can_stand_at_the_foot_of_a_page(form):
    document = compose_form(form, make_proposal(), draft=False)
    numbers = [section.number for section in form.sections]
    headings = [text for text in all_texts(document.body) if text.anchor in numbers]
    assert len(headings) == 10
    assert all(text.format.keep_with_next for text in headings)


def test_empty_field_of_a_filled_form_keeps_its_dotted_lines(form):
    document = compose_form(form, make_proposal(contents="", contact_position=""), draft=False)
    assert value_lines(document, "contents")[:2] == ["……", "……"]
    assert value_lines(document, "contact_position") == ["Chức vụ: ……"]


def test_the_amount_that_follows_from_the_others_is_printed(form):
    document = compose_form(form, make_proposal(**{"budget.counterpart": None}), draft=False)
    assert value_lines(document, "budget.counterpart")[0].endswith(": 1.950.000.000 đồng")


def test_amounts_that_do_not_add_up_are_printed_as_typed(form):
    document = compose_form(form, make_proposal(**{"budget.counterpart": 1}), draft=False)
    assert value_lines(document, "budget.counterpart")[0].endswith(": 1 đồng")
    assert value_lines(document, "budget.total")[0].startswith(
        "Tổng kinh phí thực hiện nhiệm vụ: 4.850.000.000 đồng"
    )


def test_an_amount_that_would_be_negative_is_left_blank(form):
    proposal = make_proposal(**{"budget.total": 1, "budget.counterpart": None})
    document = compose_form(form, proposal, draft=False)
    assert value_lines(document, "budget.counterpart")[0].endswith("……")


def test_draft_is_marked_and_carries_no_control_code(form):
    furniture = compose_form(form, make_proposal(), draft=True, control_code="A1-X").furniture
    assert furniture.watermark == "BẢN NHÁP"
    assert "A1-X" not in furniture.footer
    assert furniture.numbers is PageNumbers.FOOTER_OF_TOTAL


def test_frozen_form_shows_its_control_code_on_every_page(form):
    furniture = compose_form(form, make_proposal(), draft=False, control_code="A1-X-r2").furniture
    assert furniture.footer.endswith("A1-X-r2")
    assert not furniture.watermark


@pytest.mark.parametrize("enclosures", [[], ["Một"], ["Một", "Hai", "Ba"]])
def test_signature_block_is_bound_to_the_two_lines_before_it(form, enclosures):
    document = compose_form(form, make_proposal(enclosures=enclosures), draft=False)
    *_, before, last, signature = document.body
    assert isinstance(signature, Grid)
    assert signature.rows[0].minimum_height >= 30 + 2 * 5.9
    left = signature.rows[0].cells[0]
    assert not left.content
    assert signature.widths[0] == signature.widths[1] == 80.0
    assert isinstance(before, Text)
    assert before.format.keep_with_next
    assert last.format.keep_with_next


def test_every_printed_field_has_exactly_one_anchor(form):
    document = compose_form(form, make_proposal(), draft=False)
    anchors = Counter(text.anchor for text in all_texts(document.body) if text.anchor)
    printed = {key for section in form.sections for key in section.field_keys} | {"plan_year"}
    assert printed <= set(anchors)
    assert set(anchors.values()) == {1}


def test_blank_lines_a_person_typed_leave_no_empty_paragraph(form):
    proposal = make_proposal(objectives="\n\n  Một  \n \n\t- \n- Hai\n\n")
    document = compose_form(form, proposal, draft=False)
    assert value_lines(document, "objectives")[:2] == ["Một", "-"]
    assert all(text.runs or text.leader for text in all_texts(document.body))


def test_markers_of_one_list_share_their_indents(form):
    proposal = make_proposal(contents="\n".join(f"{number}. Việc" for number in range(1, 13)))
    document = compose_form(form, proposal, draft=False)
    items = [text for text in all_texts(document.body) if text.marker.endswith(".")]
    assert len(items) == 12
    assert len({(item.format.left_indent, item.format.first_indent) for item in items}) == 1
    assert items[0].format.first_indent < 0 < items[0].format.left_indent


def test_a_line_that_announces_a_list_stays_with_it(form):
    proposal = make_proposal(contents="Gồm:\n- Một;\n- Hai.\nKết:")
    texts = list(all_texts(compose_form(form, proposal, draft=False).body))
    keeps = {shown(text): text.format.keep_with_next for text in texts}
    assert keeps["Gồm:"]
    assert not keeps["- Một;"]
    assert not keeps["Kết:"]


def test_deeper_items_stand_further_in(form):
    proposal = make_proposal(contents="- Một\n+ Hai")
    one, two = (
        text
        for text in all_texts(compose_form(form, proposal, draft=False).body)
        if text.marker and text.runs[0].text in ("Một", "Hai")
    )
    assert one.format.left_indent < two.format.left_indent


def table(rows, header_rows=1):
    return freeze([{"type": "table", "header_rows": header_rows, "rows": rows}])


def bordered(document):
    return [grid for grid in all_grids(document.body) if grid.borders]


def test_ragged_rows_become_a_full_grid_as_wide_as_the_text(form):
    rows = [["TT", "Sản phẩm", "Số lượng"], ["1"], [], ["2", "Bộ tài liệu", "01 bộ", "thêm"]]
    document = compose_form(form, make_proposal(results=table(rows)), draft=False)
    (grid,) = bordered(document)
    assert {len(row.cells) for row in grid.rows} == {4}
    assert sum(grid.widths) == pytest.approx(160.0)
    assert grid.header_rows == 1
    assert {"thêm", "01"} <= set(words(document))


def test_numbers_of_a_table_stand_at_the_right_and_words_at_the_left(form):
    rows = [
        ["TT", "Công đoạn", "Sản lượng", "Hao hụt", "Ghi chú"],
        ["1", "Xay xát", "12.500", "8%", "5"],
        ["2", "Đóng gói", "980", "3,5%", "đạt"],
    ]
    document = compose_form(form, make_proposal(contents=table(rows)), draft=False)
    (grid,) = bordered(document)
    aligns = [cell.content[0].format.align.value for cell in grid.rows[1].cells]
    assert aligns == ["center", "left", "right", "right", "left"]


def test_a_wide_table_is_printed_in_strips_and_keeps_every_cell(form):
    rows = [[f"c{row}x{column}" for column in range(30)] for row in range(3)]
    document = compose_form(form, make_proposal(results=table(rows)), draft=False)
    grids = bordered(document)
    assert [len(grid.widths) for grid in grids] == [12, 12, 6]
    assert all(sum(grid.widths) == pytest.approx(160.0) for grid in grids)
    assert {cell for row in rows for cell in row} <= set(words(document))


def test_a_table_in_a_cell_stays_inside_its_cell(form):
    inner = [{"type": "table", "header_rows": 0, "rows": [["a", "b"], ["c"]]}]
    document = compose_form(form, make_proposal(results=table([["x", inner]], 0)), draft=False)
    outer, *nested = bordered(document)
    assert all(sum(grid.widths) <= outer.widths[1] for grid in nested)
    assert {"a", "b", "c", "x"} <= set(words(document))


def test_long_contact_values_get_the_room_they_need(form):
    proposal = make_proposal(contact_email="phong-tieu-chuan-chat-luong@vidu.example")
    document = compose_form(form, proposal, draft=False)
    widths = [grid.widths for grid in document.body if isinstance(grid, Grid)][:-1]
    assert len(set(widths)) == 1
    assert widths[0][1] > widths[0][0]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12)
LINES = st.lists(WORDS, max_size=6).map(" ".join)
PLAIN = st.lists(
    st.sampled_from(["", "- ", "+ ", "12. ", "a) "]).flatmap(
        lambda marker: LINES.map(lambda text: marker + text)
    ),
    max_size=5,
).map("\n".join)
RUNS = st.lists(
    st.fixed_dictionaries({"text": LINES}, optional={"bold": st.booleans()}), max_size=3
)
PARAGRAPHS = st.fixed_dictionaries({"type": st.just("paragraph"), "runs": RUNS})
ITEMS = st.fixed_dictionaries(
    {"type": st.just("list_item"), "runs": RUNS, "level": st.integers(1, 9)}
)
CELLS = PLAIN | st.lists(PARAGRAPHS | ITEMS, max_size=2)
TABLES = st.fixed_dictionaries(
    {
        "type": st.just("table"),
        "header_rows": st.integers(0, 2),
        "rows": st.lists(st.lists(CELLS, max_size=4), max_size=3),
    }
)
BLOCKS = PLAIN | st.lists(PARAGRAPHS | ITEMS | TABLES, max_size=4)


BARE_MARKER = re.compile(r"(-|\+|\d{1,3}\.|[a-zđ]\)) \s*")


def typed_words(value):
    """The words of a value as a person would count them; a marker without text is no word."""
    if isinstance(value, str):
        lines = [line for line in value.split("\n") if not BARE_MARKER.fullmatch(line)]
        return Counter(" ".join(lines).split())
    if isinstance(value, dict):
        if "runs" in value:
            return Counter("".join(run["text"] for run in value["runs"]).split())
        return typed_words([cell for row in value["rows"] for cell in row])
    return sum(map(typed_words, value), Counter())


@settings(max_examples=150, deadline=None)
@given(urgency=BLOCKS, results=BLOCKS, title=PLAIN, name=LINES, enclosures=st.lists(LINES))
def test_every_word_typed_stands_on_the_paper(form, urgency, results, title, name, enclosures):
    proposal = make_proposal(
        urgency=freeze(urgency),
        results=freeze(results),
        title=title,
        contact_name=name,
        enclosures=enclosures,
    )
    document = compose_form(form, proposal, draft=True)
    typed = typed_words([urgency, results, *enclosures, title]) + Counter(name.split())
    assert not typed - Counter(words(document))
    assert all(
        sum(grid.widths) <= 160.01 and min(grid.widths) > 0 for grid in all_grids(document.body)
    )


def test_document_title_is_one_line(form):
    document = compose_form(form, make_proposal(title="Xây dựng\n mô  hình"), draft=False)
    assert document.title.endswith("Xây dựng mô hình")


def test_leader_dots_never_follow_a_value(form):
    document = compose_form(form, make_proposal(), draft=False)
    assert not [text for text in all_texts(document.body) if text.leader]


def test_sections_follow_each_other_in_roman_order(form):
    document = compose_form(form, None, draft=False)
    numbers = [section.number for section in form.sections]
    order = [text.anchor for text in all_texts(document.body) if text.anchor in numbers]
    assert order == numbers
    assert all(one != two for one, two in pairwise(order))


def test_a_form_to_be_signed_leaves_no_room_where_nothing_is_asked(form):
    person = make_proposal(proposer_kind="individual", contact_position="", enclosures=[])
    signed = compose_form(form, person, draft=False)
    assert [text.strip() for text in value_lines(signed, "contact_position")] == ["Chức vụ:"]
    assert value_lines(signed, "enclosures")[0] == "Không"
    draft = compose_form(form, person, draft=True)
    assert value_lines(draft, "contact_position") == ["Chức vụ: ……"]
    assert value_lines(draft, "enclosures")[0] == "……"


def test_the_amounts_are_never_parted_by_a_page(form):
    document = compose_form(form, make_proposal(), draft=False)
    texts = list(all_texts(document.body))
    start = next(index for index, text in enumerate(texts) if text.anchor == "IX")
    end = next(index for index, text in enumerate(texts) if text.anchor == "budget.counterpart")
    assert all(text.format.keep_with_next for text in texts[start:end])
    assert not texts[end].format.keep_with_next
