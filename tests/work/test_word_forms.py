"""A form filled in Word: the same proposal again, doubts told, hostile files refused."""

from dataclasses import replace
from datetime import date

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import id_from_digest
from ncs_desktop.exchange.archive import read_archive
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.inputs import read_content, read_input, read_inputs
from ncs_desktop.work.prepare import form_files
from ncs_desktop.work.received import Inbox
from tests.factories import NOW, make_proposal
from tests.work.hostile import make_docx

PRINTED = ("title", "urgency", "contents", "duration", "budget", "contact_phone", "enclosures")


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="module")
def inbox(catalog):
    with Inbox(catalog, "an-giang-2026") as inbox:
        yield inbox


@pytest.fixture(scope="module")
def filled(catalog):
    return form_files(catalog, make_proposal(), ["docx"], draft=False)["docx"]


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def messages_of(loaded):
    return [note.message for note in loaded.notes]


def test_what_was_typed_comes_back_under_an_id_of_its_content(catalog, inbox, filled):
    (loaded,) = read_content(filled, "phiếu.docx", catalog, inbox=inbox)
    (again,) = read_content(filled, "khác.docx", catalog, inbox=inbox)
    proposal = loaded.proposal
    assert again.proposal == proposal
    assert proposal.id == id_from_digest(proposal.digest)
    assert (proposal.form_id, proposal.call) == ("a1-dxnv@tt15-2022", "an-giang-2026")
    for key in PRINTED:
        assert proposal.get(key) == make_proposal().get(key), key
    assert loaded.unplaced == ()


def test_without_a_call_the_year_in_the_form_decides_and_it_is_said(catalog, filled, tmp_path):
    path = tmp_path / "phieu.docx"
    path.write_bytes(filled)
    (loaded,) = read_input(path, catalog)
    assert loaded.proposal.call == "an-giang-2026"
    assert messages_of(loaded) == ["input.call_by_year"]
    newer = replace(catalog.call("an-giang-2026"), id="moi-2026", issued=date(2025, 9, 1))
    more = replace(catalog, calls={**catalog.calls, newer.id: newer})
    assert read_input(path, more)[0].proposal.call == "moi-2026"
    (asked,) = read_inputs([path], catalog, call_id="binh-phuoc-2025")
    assert asked.proposal.call == "binh-phuoc-2025"


def test_text_that_fits_nowhere_and_deleted_text_are_told(catalog, inbox):
    body = "".join(
        [
            paragraph("Lời nhắn riêng cho anh Ba"),
            paragraph("I. TÊN NHIỆM VỤ"),
            paragraph("Đào tạo chuyên gia năng suất"),
            '<w:p><w:del w:id="1"><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>',
        ]
    )
    (loaded,) = read_content(make_docx(body), "phieu.docx", catalog, inbox=inbox)
    assert loaded.proposal.title == "Đào tạo chuyên gia năng suất"
    assert "Lời nhắn riêng cho anh Ba" in loaded.unplaced
    assert {"input.unplaced", "input.deleted"} <= set(messages_of(loaded))


def test_a_letter_is_no_form(catalog, inbox):
    with pytest.raises(InputProblem) as caught:
        read_content(make_docx(paragraph("Giấy mời họp")), "giay-moi.docx", catalog, inbox=inbox)
    assert caught.value.code == "input.no_form"


def test_a_word_file_under_another_name_is_known_by_what_is_in_it(catalog, inbox, filled):
    (loaded,) = read_content(filled, "phiếu.zip", catalog, inbox=inbox)
    assert loaded.proposal.title == make_proposal().title


def test_a_grid_of_a_hundred_million_columns_holds_nobody_up(catalog, inbox):
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>{}</w:tc>'
    table = f"<w:tbl><w:tr>{cell.format(paragraph('Bảng lưới'))}</w:tr></w:tbl>"
    body = table + paragraph("I. TÊN NHIỆM VỤ") + paragraph("Mô hình điểm")
    (loaded,) = read_content(make_docx(body), "luoi.docx", catalog, inbox=inbox)
    assert loaded.proposal.title == "Mô hình điểm"


def test_what_overwhelms_the_reader_is_refused_and_the_next_file_read(catalog, inbox, filled):
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    with pytest.raises(InputProblem) as caught:
        read_content(make_docx(deep), "sau.docx", catalog, inbox=inbox)
    assert caught.value.code in {"docx.damaged", "isolation.crashed", "isolation.memory"}
    assert len(read_content(filled, "phiếu.docx", catalog, inbox=inbox)) == 1


def test_none_written_in_a_signed_form_comes_back_as_nothing(catalog, inbox):
    bare = make_proposal(enclosures=[])
    content = form_files(catalog, bare, ["docx"], draft=False)["docx"]
    (loaded,) = read_content(content, "phiếu.docx", catalog, inbox=inbox)
    assert loaded.proposal.texts("enclosures") == ()


def test_a_doubtful_section_is_told_with_the_words_it_was_read_from(catalog, inbox):
    lines = (
        "I. TÊN NHIỆM VỤ",
        "Mô hình điểm",
        "VII. KINH PHÍ",
        "Tổng kinh phí: 4.850 12 triệu đồng",
    )
    body = "".join(map(paragraph, lines))
    (loaded,) = read_content(make_docx(body), "phieu.docx", catalog, inbox=inbox)
    told = next(note for note in loaded.notes if note.message == "input.doubtful")
    assert any("4.850 12 triệu" in text for text in told.params["fields"])


def test_papers_that_go_with_a_phieu_are_none(catalog, inbox):
    """Their amounts would count as those of one more task."""
    office = Sender("agency", "Sở Khoa học và Công nghệ", "UBND tỉnh", "", "An Giang", "GIÁM ĐỐC")
    made = make_bundle(
        catalog, [make_proposal()], make_proposal().call, office, (), now=NOW, allow_errors="thử"
    )
    files = read_archive(made.content, "bo-nop.zip")
    papers = [name for name in files if name.endswith(".docx") and "phieu-a1" not in name]
    assert {name[0] for name in papers} >= {"1", "2"}
    for name in papers:
        with pytest.raises(InputProblem) as caught:
            read_content(files[name], name, catalog, inbox=inbox)
        assert caught.value.code == "input.no_form"


def test_a_summary_table_typed_by_hand_is_none(catalog, inbox):
    heads = [column.heading for column in catalog.summary_layout().columns]
    values = ("1", "Trồng chè", "Cty A", "Mục tiêu", "Nội dung", "01 mô hình", "24 tháng")
    rows = (heads, (*values, "4.850", "2.900", "1.950", ""))
    cells = ("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows)
    table = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    body = paragraph("BẢNG TỔNG HỢP DANH MỤC ĐỀ XUẤT NHIỆM VỤ") + f"<w:tbl>{table}</w:tbl>"
    with pytest.raises(InputProblem) as caught:
        read_content(make_docx(body), "bang.docx", catalog, inbox=inbox)
    assert caught.value.code == "input.no_form"
