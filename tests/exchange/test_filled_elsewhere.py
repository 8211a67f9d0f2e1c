"""Phiếu whose parts stand elsewhere or look otherwise than on the form, read all the same."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from ncs_desktop.catalog import Catalog
from ncs_desktop.exchange.docx_reader import read_docx
from ncs_desktop.exchange.filled_form import read_filled_form
from tests.exchange.filled_fixtures.clerks import encode
from tests.exchange.filled_fixtures.judge import lost_words

HEAD = ("PHIẾU ĐỀ XUẤT", "(Dự kiến thực hiện trong kế hoạch năm 2026)")
TASK = (
    "TÊN NHIỆM VỤ", "Hỗ trợ các hợp tác xã chè áp dụng TCVN",
    "TÍNH CẤP THIẾT CỦA NHIỆM VỤ", "Chè là cây trồng chủ lực.",
    "MỤC TIÊU CỦA NHIỆM VỤ", "20 hợp tác xã được chứng nhận.",
    "DỰ KIẾN CÁC NỘI DUNG CHÍNH CẦN THỰC HIỆN", "Rà soát quy trình.",
)  # fmt: skip
MONEY = (
    "DỰ KIẾN NHU CẦU KINH PHÍ",
    "Tổng kinh phí thực hiện nhiệm vụ: 6.200 triệu đồng",
    "Kinh phí Ngân sách nhà nước: 4.340 triệu đồng",
)
SENDER = (
    "THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ",
    "1. Tên tổ chức/cá nhân đề xuất: Liên minh Hợp tác xã tỉnh Thái Nguyên",
    "2. Địa chỉ: Số 5 đường Nha Trang",
    "3. Đầu mối liên hệ:",
    "- Họ và tên: Dương Thị Bích Loan     Chức vụ: Trưởng ban",
    "- Điện thoại: 0208 3855 462     Email: loan@lmhtx.example",
    "4. Tài liệu gửi kèm (nếu có):",
    "- Văn bản cam kết",
)
SIGNATURE = ("TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT", "(Ký tên và đóng dấu của tổ chức)")
HEADINGS = {*TASK[::2], MONEY[0], SENDER[0]}


def _document(*lines):
    document = Document()
    number = 0
    for line in lines:
        if line in HEADINGS:
            number += 1
            document.add_paragraph(f"{number}. {line}").runs[0].bold = True
        else:
            document.add_paragraph(line)
    return document


def _read(document):
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "phieu.docx")
    read = read_filled_form(word, Catalog.load().form("a1-dxnv@tt15-2022"))
    assert not lost_words(word, read)
    return read


def _value(read, key):
    field = read.field(key)
    return field.value if field else None


ORDERS = {
    "in front": (*HEAD, *SENDER, *TASK, *MONEY, *SIGNATURE),
    "after the title": (*HEAD, *TASK[:2], *SENDER, *TASK[2:], *MONEY, *SIGNATURE),
    "in front, no heading": (*HEAD, *SENDER[1:], *TASK, *MONEY, *SIGNATURE),
    "after the title, no heading": (*HEAD, *TASK[:2], *SENDER[1:], *TASK[2:], *MONEY, *SIGNATURE),
    "heading left at the end": (*HEAD, *SENDER[1:], *TASK, *MONEY, SENDER[0], *SIGNATURE),
}


@pytest.mark.parametrize("order", ORDERS)
def test_the_senders_section_is_found_wherever_it_stands(order):
    read = _read(_document(*ORDERS[order]))
    assert _value(read, "proposer_name") == "Liên minh Hợp tác xã tỉnh Thái Nguyên"
    assert _value(read, "contact_email") == "loan@lmhtx.example"
    assert _value(read, "enclosures") == ("Văn bản cam kết",)
    assert _value(read, "title") == TASK[1] or "no heading" in order
    assert _value(read, "budget.total") == 6_200 * 10**6


def _in_font(document, font, encoding=None):
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            name, text = encode(run.text, encoding) if encoding else (font, run.text)
            run.text, run.font.name = text, name or font
            run._r.rPr.rFonts.set(qn("w:cs"), name or font)
    return document


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_unicode_that_kept_the_name_of_an_old_font_is_left_alone(font):
    lines = (*HEAD, *TASK, *MONEY, "Kinh phí đối ứng: 1.860 triệu đồng", *SENDER, "30 tháng")
    read = _read(_in_font(_document(*lines), font))
    assert _value(read, "urgency") == "Chè là cây trồng chủ lực."
    assert _value(read, "budget.state_budget") == 4_340 * 10**6
    assert "30 tháng" in "\n".join([*_value(read, "enclosures"), *read.unplaced])


def test_old_text_is_still_converted():
    read = _read(_in_font(_document(*HEAD, *TASK, *MONEY, *SENDER), ".VnTime", "tcvn3"))
    assert _value(read, "urgency") == "Chè là cây trồng chủ lực."


def test_a_list_of_contents_is_no_form():
    contents = ("1. TÊN NHIỆM VỤ\t1", "2. TÍNH CẤP THIẾT CỦA NHIỆM VỤ………… 2")
    read = _read(_document(*contents, *HEAD, *TASK, *MONEY, *SENDER))
    assert _value(read, "title") == TASK[1]
    assert _value(read, "urgency") == TASK[3]


def test_a_translation_of_a_heading_is_no_value():
    lines = ("I. TÊN NHIỆM VỤ (Task title)", TASK[1], "II. TÍNH CẤP THIẾT / Urgency", TASK[3])
    read = _read(_document(*lines, *MONEY))
    assert (_value(read, "title"), _value(read, "urgency")) == (TASK[1], TASK[3])
    assert "(Task title)" in read.unplaced


def test_guidance_left_at_the_end_of_a_section_is_the_forms():
    guidance = Catalog.load().form("a1-dxnv@tt15-2022").sections[1].guidance
    read = _read(_document(*HEAD, *TASK[:4], guidance, *TASK[4:], *MONEY))
    assert _value(read, "urgency") == TASK[3]


def test_two_sections_under_one_heading_are_doubted():
    lines = (*TASK[:4], "III-IV. MỤC TIÊU VÀ NỘI DUNG CHÍNH CẦN THỰC HIỆN", "Rà soát", *MONEY)
    read = _read(_document(*HEAD, *lines))
    field = read.field("contents") or read.field("objectives")
    assert field.confidence < 0.8
    assert {"filled.before_missing", "filled.next_missing"} & {item.code for item in field.remarks}


@pytest.mark.parametrize(
    "line", ["KẾ HOẠCH NĂM: 2026", "(Dự kiến bắt đầu thực hiện từ năm 2026)", "kế hoạch năm…2026…"]
)
def test_the_year_however_it_is_worded(line):
    assert _value(_read(_document(HEAD[0], line, *TASK, *MONEY)), "plan_year") == 2026


def test_numbers_and_tables_of_enclosures():
    numbered = ("4. Tài liệu gửi kèm (nếu có):", "(1) Văn bản cam kết;", "4.2. Báo cáo")
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:6], *numbered))
    assert _value(read, "enclosures") == ("Văn bản cam kết", "Báo cáo")
    document = _document(*HEAD, *TASK, *MONEY, *SENDER[:7])
    for rows in (
        (("STT", "Tên tài liệu"), ("1", "Văn bản cam kết"), ("2", "Báo cáo")),
        (("Nơi nhận:\n- Như trên;", "KT. CHỦ TỊCH\nVũ Đình Khoa"),),
    ):
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph()
    assert _value(_read(document), "enclosures") == ("Văn bản cam kết", "Báo cáo")


def test_contacts_in_a_numbered_table_give_the_first_and_list_the_others():
    document = _document(*HEAD, *TASK, *MONEY, *SENDER[:4])
    table = document.add_table(rows=0, cols=5)
    for row in (
        ("STT", "Họ và tên", "Chức vụ", "Số điện thoại", "Email"),
        ("1", "Dương Thị Bích Loan", "Trưởng ban", "0208 3855 462", "loan@lmhtx.example"),
        ("2", "Lý Văn Bính", "Chuyên viên", "0912 333 444", "binh@lmhtx.example"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    read = _read(document)
    assert _value(read, "contact_name") == "Dương Thị Bích Loan"
    assert _value(read, "contact_phone") == "0208 3855 462"
    assert any("Lý Văn Bính" in text for text in read.unplaced)
    assert "STT" not in "\n".join(read.unplaced)


@pytest.mark.parametrize(
    ("line", "name", "position", "phone"),
    [
        ("Họ tên/Chức vụ: Ông Phan Văn Tèo - 0296 3 555 666",
         "Ông Phan Văn Tèo", None, "0296 3 555 666"),
        ("Người liên hệ: Phan Văn Tèo – GĐ – 0296 3555 666", "Phan Văn Tèo", "GĐ", "0296 3555 666"),
        ("Đầu mối liên hệ: Bà Lê Thị Hoa, 0912 345 678", "Bà Lê Thị Hoa", None, "0912 345 678"),
        ("Đầu mối liên hệ: Sở Công Thương - 0912 345 678", None, None, "0912 345 678"),
        ("Chức vụ: Nguyễn Văn Nhỏ 0907111222", "Nguyễn Văn Nhỏ", None, "0907111222"),
        ("Họ và tên: Phan Văn Tèo 0296 0 555 666", "Phan Văn Tèo", None, "0296 0 555 666"),
        ("Chức vụ: Chủ cơ sở 0907111222", None, None, "0907111222"),
    ],
)  # fmt: skip
def test_a_person_with_a_phone_beside_is_told_apart_and_doubted(line, name, position, phone):
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:2], line))
    wanted = {"contact_name": name, "contact_position": position, "contact_phone": phone}
    assert {key: _value(read, key) for key in wanted} == wanted
    assert all(read.field(key).confidence <= 0.7 for key in wanted if read.field(key))


@pytest.mark.parametrize(
    "lines",
    [
        ("Nguyễn Văn An, 0912 345 678",),
        ("Liên hệ", "Nguyễn Văn An, 0912 345 678"),
        ("3. Liên hệ:", "Ông Nguyễn Văn An - 0912 345 678", "Giám đốc"),
    ],
)
def test_a_person_with_a_phone_without_a_label_is_no_part_of_the_value_above(lines):
    for above in (SENDER[:3], SENDER[:2]):
        read = _read(_document(*HEAD, *TASK, *MONEY, *above, *lines))
        assert _value(read, "contact_name").endswith("Nguyễn Văn An")
        assert _value(read, "contact_phone") == "0912 345 678"
        assert read.field("contact_phone").confidence <= 0.7
        assert _value(read, "proposer_name") == "Liên minh Hợp tác xã tỉnh Thái Nguyên"
        assert _value(read, "proposer_address") in (None, "Số 5 đường Nha Trang")
        assert list(read.unplaced) == list(lines[2:])


def test_a_second_person_is_not_the_position_of_the_first():
    lines = ("Họ và tên: Dương Thị Bích Loan", "Nguyễn Văn An, 0912 345 678")
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:4], *lines))
    assert _value(read, "contact_position") is None
    assert any("Nguyễn Văn An" in text for text in read.unplaced)


CONTACTS = ("Họ và tên: Dương Thị Bích Loan", "Chức vụ: Trưởng ban", "Điện thoại: 0208 3855 462")


def test_an_address_after_the_contacts_is_the_address_and_no_e_mail():
    late = "Địa chỉ: Số 9 đường Bến Tượng"
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:2], *CONTACTS, late))
    assert _value(read, "proposer_address") == "Số 9 đường Bến Tượng"
    assert _value(read, "contact_email") is None


def test_a_second_address_after_the_contacts_is_listed():
    late = "Địa chỉ: Số 9 đường Bến Tượng"
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:3], *CONTACTS, late))
    assert _value(read, "proposer_address") == "Số 5 đường Nha Trang"
    assert _value(read, "contact_email") is None
    assert late in read.unplaced


def test_an_e_mail_given_as_the_address_is_an_e_mail():
    late = "Địa chỉ: loan@lmhtx.example"
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:2], *CONTACTS, late))
    assert _value(read, "contact_email") == "loan@lmhtx.example"
    assert _value(read, "proposer_address") is None


@pytest.mark.parametrize(
    "label", ["Người liên hệ, chức vụ, điện thoại", "Họ tên, chức vụ, điện thoại người liên hệ"]
)
def test_several_labels_before_one_value_are_no_part_of_the_line_above(label):
    line = f"{label}: Ông Phan Văn Tèo - Giám đốc - 0296 3 555 666"
    read = _read(_document(*HEAD, *TASK, *MONEY, *SENDER[:2], line))
    assert _value(read, "contact_phone") == "0296 3 555 666"
    above = [_value(read, key) for key in ("proposer_name", "proposer_address")]
    assert not any("chức vụ" in (text or "") for text in above)


def test_other_labels_below_the_name_are_no_part_of_it():
    lines = (*SENDER[:2], "Loại hình: ☒ Tổ chức  ☐ Cá nhân", "Điện thoại cơ quan: 0208 3750 111")
    read = _read(_document(*HEAD, *TASK, *MONEY, *lines, *SENDER[2:]))
    assert _value(read, "proposer_name") == "Liên minh Hợp tác xã tỉnh Thái Nguyên"
    assert _value(read, "contact_phone") == "0208 3855 462"


def test_a_word_that_also_is_a_number_is_no_amount():
    read = _read(_document(*HEAD, *TASK, MONEY[0], "Tổng kinh phí: Năm"))
    assert _value(read, "budget.total") is None
