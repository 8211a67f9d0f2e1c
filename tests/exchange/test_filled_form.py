"""Phiếu filled in Word by many hands: every field found, no word lost, nothing guessed silently."""

import io
import shutil
import subprocess
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.blocks import Paragraph, Run, Table
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.docx_reader import Story, WordDocument, read_docx
from ncs_desktop.exchange.filled_form import read_filled_form
from tests.exchange.filled_fixtures.contents import CONTENTS
from tests.exchange.filled_fixtures.judge import judge, lost_words
from tests.exchange.filled_fixtures.variants import VARIANTS

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FILES = sorted(path for path in CORPORA.rglob("*") if path.suffix in {".docx", ".dotx", ".docm"})
NAMES = list(CONTENTS)
PAIRS = [
    (name, NAMES[(index + shift) % len(NAMES)])
    for index, name in enumerate(VARIANTS)
    for shift in (0, 3)
]
CONVERTED = ("official", "one_cell_each", "money_table", "short_words_no_numbers", "bold_values")


SHARED = {"total": 4_850_000_000, "state_budget": 3_200_000_000, "counterpart": 1_650_000_000}
"""đồng; the budget that several tests write in ways of their own."""


@cache
def _form():
    return Catalog.load().form("a1-dxnv@tt15-2022")


@cache
def _judged(variant, content):
    document = read_docx(VARIANTS[variant].write(_form(), CONTENTS[content]), "phieu.docx")
    read = read_filled_form(document, _form())
    return judge(_form(), VARIANTS[variant], CONTENTS[content], document, read), read


@pytest.mark.parametrize(("variant", "content"), PAIRS)
def test_a_clerks_phieu_is_read_field_by_field(variant, content):
    found, read = _judged(variant, content)
    assert found.complaints == []
    for key in VARIANTS[variant].lowered:
        assert read.field(key).confidence < 0.8


def test_accuracy_over_all_fixtures():
    judged = [_judged(*pair)[0] for pair in PAIRS]
    right, total = sum(item.right for item in judged), sum(item.total for item in judged)
    silent = [key for item in judged for key in item.silent]
    wrong = [key for item in judged for key in item.wrong_amounts]
    print(f"{len(judged)} files, {right}/{total} fields, silent {silent}, amounts {wrong}")
    assert right / total >= 0.98
    assert not silent
    assert not wrong


@pytest.fixture(scope="session")
def converted(tmp_path_factory):
    """The fixtures saved again by LibreOffice, by way of .odt and of .doc."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("saved-again")
    for index, name in enumerate(CONVERTED):
        content = VARIANTS[name].write(_form(), CONTENTS[NAMES[index]])
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def convert(kind, sources, target):
        subprocess.run(
            [office, profile, "--headless", "--convert-to", kind, "--outdir", target, *sources],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip

    sources = sorted(folder.glob("*.docx"))
    for kind in ("odt", "doc"):
        convert(kind, sources, folder / kind)
        convert("docx", sorted((folder / kind).glob(f"*.{kind}")), folder / f"from-{kind}")
    return folder


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["odt", "doc"])
@pytest.mark.parametrize("name", CONVERTED)
def test_saved_again_by_libreoffice(converted, name, kind):
    content = CONTENTS[NAMES[CONVERTED.index(name)]]
    document = read_docx((converted / f"from-{kind}" / f"{name}.docx").read_bytes(), name)
    found = judge(_form(), VARIANTS[name], content, document, read_filled_form(document, _form()))
    assert found.complaints == []


# amounts: nothing guessed -----------------------------------------------------------------------


def _budget(*lines):
    document = Document()
    for text in ("I. TÊN NHIỆM VỤ", "Đào tạo", "IX. DỰ KIẾN NHU CẦU KINH PHÍ", *lines):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "phieu.docx")
    read = read_filled_form(word, _form())
    assert not lost_words(word, read)
    return read


def _codes(read, key):
    return _codes_of(read.field(key))


def _codes_of(field):
    """The remarks but the one that section X is not in these short files."""
    return [item.code for item in field.remarks if item.code != "filled.next_missing"]


def test_words_that_contradict_the_digits_leave_the_amount_open():
    read = _budget("Tổng kinh phí: 4.850 triệu đồng (Bốn tỷ năm trăm tám mươi triệu đồng)")
    total = read.field("budget.total")
    assert total.value is None
    assert total.confidence < 0.5
    assert total.alternatives == ("4.850.000.000 đồng", "4.580.000.000 đồng")
    assert "filled.amounts_differ" in _codes(read, "budget.total")


def test_an_amount_without_unit_is_asked_about():
    read = _budget("Tổng kinh phí: 4.850", "Kinh phí NSNN: 2.900", "Kinh phí đối ứng: 1.950")
    for key in ("budget.total", "budget.state_budget", "budget.counterpart"):
        assert read.field(key).value is None
        assert "filled.ambiguous_amount" in _codes(read, key)
        assert len(read.field(key).alternatives) > 1


def test_words_settle_a_doubtful_amount():
    read = _budget("Tổng kinh phí: 4.850 (Bằng chữ: Bốn tỷ tám trăm năm mươi triệu đồng)")
    assert read.values["budget"]["total"] == 4_850_000_000


def test_a_total_that_is_not_the_sum_is_marked_on_all_three():
    read = _budget(
        "Tổng kinh phí: 3.000 triệu đồng",
        "Kinh phí NSNN: 2.000 triệu đồng",
        "Đối ứng: 900 triệu đồng",
    )
    assert read.values["budget"] == {
        "total": 3 * 10**9,
        "state_budget": 2 * 10**9,
        "counterpart": 900 * 10**6,
    }
    for key in ("budget.total", "budget.state_budget", "budget.counterpart"):
        assert read.field(key).confidence <= 0.5
        assert "filled.sum_differs" in _codes(read, key)


def test_a_second_amount_on_the_line_is_shown():
    read = _budget("Tổng kinh phí: 3.000 triệu đồng, năm 2026 là 1.200 triệu đồng")
    total = read.field("budget.total")
    assert total.value == 3 * 10**9
    assert total.confidence < 0.8
    assert "1.200.000.000 đồng" in total.alternatives
    assert any("1.200" in text for text in read.unplaced)


def test_an_amount_behind_the_heading_is_the_total_with_doubt():
    read = _budget("Khoảng 3.000 triệu đồng")
    assert read.values["budget"]["total"] == 3 * 10**9
    assert read.field("budget.total").confidence < 0.8


CLEAR = {
    "4.850.000 x 1.000 đồng": 4_850_000_000,
    "2.345.600 (1.000 đồng)": 2_345_600_000,
    "4. 850 . 000 . 000 đồng": 4_850_000_000,
    "4.850.000.000,00 VND": 4_850_000_000,
    "485.000.000": 485_000_000,
    "bốn nghìn tám trăm năm mươi triệu đồng": 4_850_000_000,
    "một tỉ sáu trăm năm chục triệu đồng": 1_650_000_000,
    "65,98% tương đương 3.200 triệu đồng": 3_200_000_000,
    "4.850 triệu đồng./.": 4_850_000_000,
}


@pytest.mark.parametrize("text", CLEAR)
def test_a_clear_amount_is_read_whatever_its_spelling(text):
    total = _budget(f"Tổng kinh phí: {text}").field("budget.total")
    assert total.value == CLEAR[text]
    assert not _codes_of(total)


DOUBTFUL = (
    "-3.200 triệu đồng", "âm 3.200 triệu đồng", "4.850.000.00 đồng", "4.85O triệu đồng",
    "2.425 triệu đồng/năm", "320 triệu đồng/mô hình x 10", "320 triệu đồng x 10 mô hình",
    "485 triệu đồng/mô hình x 10 mô hình = 4.850 triệu đồng", "từ 4.500 đến 4.850 triệu đồng",
    "4.500 triệu đồng - 4.850 triệu đồng", "4.850.000", "4850000", "200.000 USD",
)  # fmt: skip


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_touches_an_amount_leaves_it_open(text):
    total = _budget(f"Tổng kinh phí: {text}").field("budget.total")
    assert total.value is None
    assert total.confidence <= 0.5
    assert _codes_of(total)


@pytest.mark.parametrize("text", ["4 tỷ 850", "4 tỷ 850 đồng", "3 tỷ 2"])
def test_an_amount_as_spoken_is_said_to_be_one(text):
    total = _budget(f"Tổng kinh phí: {text}").field("budget.total")
    assert total.value in (4_850_000_000, 3_200_000_000)
    assert total.confidence < 0.8
    assert _codes_of(total) == ["filled.spoken_amount"]


def test_digits_left_beside_an_amount_make_it_doubtful():
    total = _budget("Tổng kinh phí: 4.850 triệu đồng (theo Quyết định 12)").field("budget.total")
    assert total.value == 4_850_000_000
    assert total.confidence <= 0.5
    assert _codes_of(total) == ["filled.amount_beside"]


@pytest.mark.parametrize(
    "unit", ["Đơn vị tính: 1.000 đồng", "ĐVT: 1.000đ", "(ĐVT: nghìn đồng)", "Đơn vị: 1000 đồng"]
)
def test_a_unit_declared_in_figures_counts_for_every_amount(unit):
    read = _budget(
        unit, "Tổng kinh phí: 4.850.000", "Kinh phí NSNN: 3.200.000", "Đối ứng: 1.650.000"
    )
    assert read.values["budget"] == SHARED


def test_units_and_years_in_the_brackets_of_a_label_are_no_amounts():
    read = _budget(
        "Tổng kinh phí (2026-2027): 4.850 triệu đồng",
        "Kinh phí NSNN (1.000đ): 3.200.000",
        "Đối ứng (03 doanh nghiệp): 1.650 triệu đồng",
    )
    assert read.values["budget"] == SHARED


def test_shares_of_several_companies_are_not_one_of_them():
    counterpart = _budget(
        "Tổng kinh phí: 4.850 triệu đồng",
        "Đối ứng:",
        "- Công ty A: 650 triệu đồng",
        "- Công ty B: 1.000 triệu đồng",
    ).field("budget.counterpart")
    assert counterpart.value is None
    assert counterpart.alternatives == ("650.000.000 đồng", "1.000.000.000 đồng")


# words of the sender are never taken for the form's -----------------------------------------------


def _read(*lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return _read_document(document)


def _read_document(document):
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "phieu.docx")
    read = read_filled_form(word, _form())
    assert not lost_words(word, read)
    return read


SENDERS_WORDS = {
    "II. TÍNH CẤP THIẾT CỦA NHIỆM VỤ (Trình bày rõ cơ sở khoa học và thực tiễn để luận giải, minh"
    " chứng về tầm quan trọng, tính thời sự; thêm số liệu 2.345 hộ lúa)": "2.345 hộ lúa",
    "I. TÊN NHIỆM VỤ (ghi ngắn gọn, dự án vùng Tứ giác Long Xuyên)": "vùng Tứ giác Long Xuyên",
    "VI. DỰ KIẾN HIỆU QUẢ ĐẠT ĐƯỢC CỦA NHIỆM VỤ VÀ TÁC ĐỘNG LAN TỎA ĐẾN CHUỖI GIÁ TRỊ": "GIÁ TRỊ",
    "Kinh phí Ngân sách nhà nước (đã thống nhất tại Thông báo 12): 3.200 triệu đồng":
        "(đã thống nhất tại Thông báo 12)",
}  # fmt: skip


@pytest.mark.parametrize("line", SENDERS_WORDS)
def test_words_added_to_those_of_the_form_are_listed(line):
    head = "IX. DỰ KIẾN NHU CẦU KINH PHÍ" if line.startswith("Kinh") else "VIII. THỜI GIAN"
    lines = (head, line) if line.startswith("Kinh") else (line, "Áp dụng 5S", head)
    read = _read(*lines)
    assert any(SENDERS_WORDS[line] in text for text in read.unplaced)
    assert not any(SENDERS_WORDS[line] in text for text in read.form_words)


@pytest.mark.parametrize(
    "text",
    [
        "(Trình bày rõ tại Báo cáo số 45/BC-SCT: năng suất chỉ đạt 62 triệu đồng/người)",
        "(Nêu rõ: giảm hao hụt còn 6%, 120 lượt cán bộ)",
    ],
)
def test_a_value_in_brackets_is_no_guidance(text):
    read = _read("III. MỤC TIÊU CỦA NHIỆM VỤ", text, "- Đào tạo", "IV. NỘI DUNG", "Khảo sát")
    assert text in read.field("objectives").source


NUMBERS = (
    ("10.1", "10.2", "10.3", "", "", "", "10.4"), ("10.1.", "10.2.", "10.3.", "", "", "", "10.4."),
    ("X.1", "X.2", "X.3", "", "", "", "X.4"), tuple("abcdefg"), tuple("1234567"),
    ("a)", "b)", "c)", "d)", "e)", "f)", "g)"),
)  # fmt: skip
ROWS = {
    "Tên tổ chức đề xuất": ("proposer_name", "Hiệp hội Lương thực"),
    "Địa chỉ đơn vị": ("proposer_address", "Số 12 Tôn Đức Thắng, phường Long Xuyên"),
    "Họ tên người liên hệ": ("contact_name", "Trần Thị Ngọc Hân"),
    "Chức vụ": ("contact_position", "Phó Chánh Văn phòng"),
    "Số điện thoại liên hệ": ("contact_phone", "0296 3852 147"),
    "Email": ("contact_email", "ngochan@angiang.example"),
    "Tài liệu gửi kèm": ("enclosures", ("Công văn số 15",)),
}


@pytest.mark.parametrize("numbers", NUMBERS)
def test_cells_that_only_number_the_next_row_belong_to_no_value(numbers):
    document = Document()
    table = document.add_table(rows=0, cols=3)
    rows = [("I", "TÊN NHIỆM VỤ", "Áp dụng 5S"), ("X", "THÔNG TIN VỀ TỔ CHỨC ĐỀ XUẤT", "")]
    rows += [
        (number, label, value if isinstance(value, str) else value[0])
        for number, (label, (_, value)) in zip(numbers, ROWS.items(), strict=True)
    ]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    read = _read_document(document)
    assert {key: read.field(key).value for key, _ in ROWS.values()} == dict(ROWS.values())
    assert not read.unplaced


# how clerks write it -----------------------------------------------------------------------------

CONTACTS = (
    "1. Tên tổ chức/cá nhân đề xuất Hiệp hội Lương thực",
    "2. Địa chỉ Số 12 Tôn Đức Thắng, phường Long Xuyên",
    "- Ông/bà: ThS. Trần Thị Ngọc Hân (Bà)     Chức vụ, đơn vị: Phó Chánh",
    "Văn phòng",
    "- ĐT: 0296 3852 147, ngochan@angiang.example",
    "- Họ và tên: Phạm Thị B",
)


def test_labels_as_clerks_write_them():
    read = _read(
        "I. TÊN NHIỆM VỤ", "Tên nhiệm vụ: Áp dụng 5S",
        "X. THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ", *CONTACTS,
    )  # fmt: skip
    assert dict(read.values) == {
        "title": "Áp dụng 5S",
        "proposer_name": "Hiệp hội Lương thực",
        "proposer_address": "Số 12 Tôn Đức Thắng, phường Long Xuyên",
        "contact_name": "ThS. Trần Thị Ngọc Hân (Bà)",
        "contact_position": "Phó Chánh Văn phòng",
        "contact_phone": "0296 3852 147",
        "contact_email": "ngochan@angiang.example",
    }
    assert _codes(read, "contact_position") == ["filled.wrapped"]
    assert read.unplaced == ("- Họ và tên: Phạm Thị B",)


def test_a_heading_run_together_with_the_text_before_it_is_found():
    document = Document()
    document.add_paragraph("I. TÊN NHIỆM VỤ")
    paragraph = document.add_paragraph("Áp dụng 5S")
    paragraph.add_run("II. TÍNH CẤP THIẾT CỦA NHIỆM VỤ").bold = True
    document.add_paragraph("Lúa gạo")
    read = _read_document(document)
    assert read.values["title"] == "Áp dụng 5S"
    assert "Lúa gạo" in read.field("urgency").source


def test_contacts_above_the_first_section_are_found():
    read = _read(
        *CONTACTS[:2], CONTACTS[4], "2. Địa chỉ: Số 12", "Email: a@b.example", "I. TÊN", "5S"
    )
    assert read.values["title"] == "5S"
    assert "proposer_address" in read.values


def test_parts_without_unit_are_settled_by_the_total():
    read = _budget("Tổng kinh phí: 4.850 triệu đồng", "NSNN: 3.200", "ĐƯ: 1.650")
    assert read.values["budget"] == SHARED
    for key in ("budget.state_budget", "budget.counterpart"):
        assert read.field(key).confidence < 0.8
        assert _codes(read, key) == ["filled.settled_by_sum"]


def test_two_totals_that_differ_are_both_shown():
    document_lines = ("5.000 triệu đồng", "Tổng kinh phí: 4.850 triệu đồng")
    read = _budget(*document_lines)
    assert read.field("budget.total").confidence <= 0.5
    (said,) = [item for item in read.field("budget.total").remarks if "amounts" in item.code]
    assert said.params["readings"] == "4.850.000.000 đồng / 5.000.000.000 đồng"


@pytest.mark.parametrize("mark", ["(tiếp theo)", "(Tiếp)", "- tiếp theo"])
def test_a_heading_printed_again_continues_its_section(mark):
    read = _read(
        "III. MỤC TIÊU CỦA NHIỆM VỤ",
        "Giảm hao hụt.",
        "IV. DỰ KIẾN CÁC NỘI DUNG CHÍNH CẦN THỰC HIỆN",
        "Khảo sát.",
        f"III. MỤC TIÊU CỦA NHIỆM VỤ {mark}",
        "Đào tạo 20 người.",
        "V. DỰ KIẾN KẾT QUẢ, SẢN PHẨM CỦA NHIỆM VỤ",
        "Báo cáo.",
    )
    assert read.field("objectives").source == "Giảm hao hụt.\nĐào tạo 20 người."
    assert read.field("contents").source == "Khảo sát."
    assert read.unplaced == ()


@pytest.mark.parametrize("last", ["Tổng (triệu đồng)", "Giai đoạn (triệu đồng)"])
def test_a_budget_by_years_gives_the_column_of_totals_or_nothing(last):
    document = Document()
    document.add_paragraph("IX. DỰ KIẾN NHU CẦU KINH PHÍ")
    table = document.add_table(rows=0, cols=4)
    for row in (
        ("Nguồn vốn", "Năm 2026", "Năm 2027", last),
        ("Tổng kinh phí", "1.850", "3.000", "4.850"),
        ("Ngân sách nhà nước", "1.200", "2.000", "3.200"),
        ("Đối ứng", "650", "1.000", "1.650"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    read = _read_document(document)
    wanted = (4_850, 3_200, 1_650) if last.startswith("Tổng") else (None, None, None)
    for key, amount in zip(("total", "state_budget", "counterpart"), wanted, strict=True):
        found = read.field(f"budget.{key}")
        assert found.value == (amount and amount * 10**6)
        assert _codes_of(found) == ([] if amount else ["filled.which_amount"])


# what Word hides --------------------------------------------------------------------------------

BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.mark.parametrize("on_heading", [True, False])
@pytest.mark.parametrize("filled", [True, False])
def test_a_text_box_fills_only_an_empty_section(on_heading, filled):
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    heading = document.add_paragraph("I. TÊN NHIỆM VỤ")
    below = document.add_paragraph("Đào tạo" if filled else "")
    document.add_paragraph("II. TÍNH CẤP THIẾT CỦA NHIỆM VỤ")
    document.add_paragraph("Lúa gạo")
    holder = heading if on_heading else below
    holder._p.append(parse_xml(BOX.format(text="Áp dụng 5S")))
    read = _read_document(document)
    title = read.field("title")
    assert title.value == ("Đào tạo" if filled else "Áp dụng 5S")
    assert ("Áp dụng 5S" in read.unplaced) is filled
    assert ("filled.text_box" in _codes_of(title)) is not filled
    assert (title.confidence >= 0.8) is filled


def test_the_soft_hyphen_is_a_letter_of_tcvn3_only():
    document = Document()
    document.add_paragraph("I. TÊN NHIỆM VỤ")
    for font, text in ((".VnTime", "l|ît"), ("Times New Roman", " nhân| lực")):
        run = (document.paragraphs[1] if font != ".VnTime" else document.add_paragraph()).add_run()
        run.font.name = font
        head, tail = text.split("|")
        run.add_text(head)
        run._r.append(parse_xml(f"<w:softHyphen {nsdecls('w')}/>"))
        run.add_text(tail)
    assert _read_document(document).field("title").value == "lượt nhân lực"


PICTURE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:imagedata/></v:shape>'
    "</w:pict></w:r>"
)


def test_pictures_are_counted_and_a_scan_is_said_to_be_one():
    document = Document()
    document.add_paragraph()._p.append(parse_xml(PICTURE))
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(InputProblem) as raised:
        read_docx(stream.getvalue(), "quet.docx")
    assert raised.value.code == "docx.only_pictures"
    document.add_paragraph("I. TÊN NHIỆM VỤ")
    stream = io.BytesIO()
    document.save(stream)
    assert read_docx(stream.getvalue(), "quet.docx").remarks == {"docx.pictures": 1}


def test_moved_text_is_said_to_be_moved():
    document = Document()
    for name in ("moveFrom", "moveTo"):
        paragraph = document.add_paragraph()
        run = "<w:r><w:t>Đào tạo</w:t></w:r>"
        paragraph._p.append(parse_xml(f'<w:{name} {nsdecls("w")} w:id="1">{run}</w:{name}>'))
    stream = io.BytesIO()
    document.save(stream)
    read = read_docx(stream.getvalue(), "phieu.docx")
    assert read.remarks == {"docx.moved": 1}
    assert [item.reason for item in read.dropped] == ["moved"]


# what is no phiếu -------------------------------------------------------------------------------


def test_another_document_is_all_unplaced():
    document = Document()
    document.add_paragraph("Kính gửi: Ủy ban nhân dân tỉnh An Giang")
    document.add_paragraph("Thực hiện mục tiêu của nhiệm vụ được giao, Sở báo cáo như sau.")
    stream = io.BytesIO()
    document.save(stream)
    word = read_docx(stream.getvalue(), "cong-van.docx")
    read = read_filled_form(word, _form())
    assert read.values == {}
    assert [item.code for item in read.remarks] == ["filled.no_form"]
    assert not lost_words(word, read)


def test_two_phieu_in_one_file_are_said_to_be_two():
    first = VARIANTS["official"].write(_form(), CONTENTS["short"])
    second = VARIANTS["official"].write(_form(), CONTENTS["agency"])
    joined = Document(io.BytesIO(first))
    for element in Document(io.BytesIO(second)).element.body:
        if element.tag.endswith("}p"):
            joined.element.body.insert_element_before(element, "w:sectPr")
    stream = io.BytesIO()
    joined.save(stream)
    word = read_docx(stream.getvalue(), "hai-phieu.docx")
    read = read_filled_form(word, _form())
    assert read.values["title"] == CONTENTS["short"]["title"]
    assert "filled.several_forms" in [item.code for item in read.remarks]
    assert not lost_words(word, read)


PIECES = st.sampled_from(
    (
        "I. TÊN NHIỆM VỤ", "III. MỤC TIÊU CỦA NHIỆM VỤ", "Mục tiêu:", "V. Khác", "(Trình bày rõ",
        "IX. DỰ KIẾN NHU CẦU KINH PHÍ", "Tổng kinh phí: 4.850", "triệu đồng (Bốn tỷ)", "NSNN 2 tỷ",
        "X. THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ", "Họ và tên:", "Chức vụ: Giám đốc",
        "Email: a@b.example", "0913 539 318", "………", "Tài liệu gửi kèm:", "kế hoạch năm 2026",
        "ngày 05 tháng 8 năm 2025", "GIÁM ĐỐC", "(Ký tên)", "- gạch đầu dòng", "Fax: 1", "không",
    )
)  # fmt: skip
LINES = st.lists(st.lists(PIECES | st.text(max_size=12), max_size=4).map(" ".join), max_size=14)


@settings(max_examples=150, deadline=None)
@example(["I. TÊN NHIỆM VỤ 0µ"], False)
@example(["NSNN 2 tỷ Họ và tên: Chức vụ: Giám đốc"], False)
@given(LINES, st.booleans())
def test_whatever_is_written_no_word_is_lost(lines, in_table):
    blocks = tuple(Paragraph((Run(" ".join(line.split())),)) for line in lines)
    if in_table:
        blocks = (Table(tuple(((block,),) for block in blocks)),)
    word = WordDocument((Story("body", blocks),))
    read = read_filled_form(word, _form())
    assert not lost_words(word, read)


def test_a_line_without_end_is_read_in_bounded_time():
    for text in ("1.000 " * 20_000, "Email: a " * 3_000, "Tổng kinh phí: " * 2_000):
        head = ("IX. DỰ KIẾN NHU CẦU KINH PHÍ", text)
        word = WordDocument((Story("body", tuple(Paragraph((Run(line),)) for line in head)),))
        begun = time.process_time()
        read_filled_form(word, _form())
        assert time.process_time() - begun < 10


def test_every_remark_has_its_sentence():
    messages = Messages.load()
    source = Path(__file__).resolve().parents[2] / "ncs_desktop" / "exchange"
    codes = Counter()
    for path in source.glob("filled_*.py"):
        for part in path.read_text(encoding="utf-8").split('"filled.')[1:]:
            codes[f"filled.{part.partition(chr(34))[0]}"] += 1
    params = dict.fromkeys(("heading", "text", "readings"), "x")
    assert codes
    for code in codes:
        assert messages.text(code, **params).endswith((".", "?"))


@pytest.mark.skipif(not FILES, reason="the public corpora are not at hand")
def test_public_files_lose_no_word():
    opened = 0
    for path in FILES:
        try:
            document = read_docx(path.read_bytes(), path.name)
        except InputProblem:
            continue
        opened += 1
        read = read_filled_form(document, _form())
        assert not lost_words(document, read), path.name
        for item in read.fields:
            assert 0 <= item.confidence <= 1
    assert opened > 100
