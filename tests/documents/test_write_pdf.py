"""The PDF writer: text layer, fonts, determinism, anchors, speed of thought."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from ncs_desktop.documents.layout.fonts import face
from ncs_desktop.documents.layout.lines import break_lines
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    PageBreak,
    PageNumbers,
    Paper,
    Row,
    Rule,
    Text,
)
from ncs_desktop.documents.write_pdf import Anchor, Pdf, write_pdf
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.text import clean_text

from .parity_cases import parity_document
from .reading import pdf_text

DRAFT = Furniture(PageNumbers.FOOTER_OF_TOTAL, "A1-7KQ2-M9XD-r1", "BẢN NHÁP")


def pdf_of(*body: Element, furniture: Furniture | None = None) -> Pdf:
    return write_pdf([Document("Phiếu đề xuất", body, furniture=furniture or Furniture())])


def words_of(*runs: Run) -> list[str]:
    return pdf_text(pdf_of(Text(runs)).content).split()


def contents(pdf: Pdf) -> str:
    reader = PdfReader(io.BytesIO(pdf.content))
    return "\n".join(page.get_contents().get_data().decode("latin-1") for page in reader.pages)


def test_every_word_of_justified_text_can_be_found() -> None:
    sentence = "Phê duyệt Chương trình quốc gia hỗ trợ doanh nghiệp, fi fl ffi 9,5%. " * 30
    assert words_of(Run(sentence)) == sentence.split()


def test_remembered_lines_change_no_byte() -> None:
    document = parity_document(7)
    break_lines.cache_clear()
    fresh = write_pdf([document])
    narrow = replace(document, paper=replace(document.paper, right=45.0))
    write_pdf([narrow])
    hits = break_lines.cache_info().hits
    assert write_pdf([document]) == fresh
    assert break_lines.cache_info().hits > hits
    remembered = write_pdf([narrow])
    break_lines.cache_clear()
    assert write_pdf([narrow]) == remembered != fresh


def test_text_is_never_markup() -> None:
    assert words_of(Run("<b>&amp;</b> \\(x) %s {} <font size=9>")) == (
        ["<b>&amp;</b>", "\\(x)", "%s", "{}", "<font", "size=9>"]
    )


def test_characters_the_fonts_lack_are_drawn_and_found() -> None:
    pdf = pdf_of(Text((Run("trước 😀👍️ 中文字 sau", bold=True),)))
    assert pdf_text(pdf.content).split() == ["trước", "😀👍️", "中文字", "sau"]
    assert contents(pdf).count("ActualText") == 2


def test_more_letters_than_one_subset_holds() -> None:
    letters = "".join(
        chr(code)
        for code in range(0xA1, 0x250)
        if code != 0xAD and unicodedata.category(chr(code)).startswith("L")
    )
    assert "".join(words_of(Run(letters))) == letters


def test_decomposed_text_is_composed() -> None:
    assert words_of(Run(unicodedata.normalize("NFD", "Đề xuất nhiệm vụ"))) == [
        "Đề",
        "xuất",
        "nhiệm",
        "vụ",
    ]


def test_fonts_are_embedded_subsets() -> None:
    pdf = pdf_of(Text((Run("Đây "), Run("là", bold=True), Run(" chữ", italic=True))))
    fonts = PdfReader(io.BytesIO(pdf.content)).pages[0]["/Resources"]["/Font"]
    names = {font.get_object()["/BaseFont"] for font in fonts.values()}
    assert names == {
        "/AAAAAA+LiberationSerif",
        "/AAAAAA+LiberationSerif-Bold",
        "/AAAAAA+LiberationSerif-Italic",
    }
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts.values())
    assert len(pdf.content) < 40_000


def test_same_input_gives_same_bytes() -> None:
    first, second = (write_pdf([parity_document(seed) for seed in (3, 4)]) for _ in range(2))
    assert first == second


def test_title_is_kept_and_clock_and_author_are_not() -> None:
    reader = PdfReader(io.BytesIO(pdf_of(Text((Run("x"),))).content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Phiếu đề xuất"
    assert not reader.metadata.author
    assert reader.metadata["/CreationDate"].startswith("D:2000")
    assert reader.pdf_header >= "%PDF-1.4"


def test_documents_keep_their_own_paper_and_page_numbers() -> None:
    numbered = Furniture(PageNumbers.FOOTER_OF_TOTAL)
    two = Document("a", (Text((Run("một"),)), PageBreak(), Text((Run("hai"),))), furniture=numbered)
    wide = Document("b", (Text((Run("ba"),), anchor="budget"),), Paper(297.0, 210.0), numbered)
    pdf = write_pdf([two, wide])
    assert pdf.pages == (2, 1)
    assert pdf_text(pdf.content).split() == ["một", "1/2", "hai", "2/2", "ba", "1/1"]
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf.content)).pages]
    assert [round(box.width) for box in boxes] == [595, 595, 842]
    assert pdf.anchors == (Anchor("budget", 2, pytest.approx(20.0, abs=0.01)),)


def test_draft_mark_is_drawn_but_not_in_the_way_of_the_text() -> None:
    body = Text((Run("Nội dung"),))
    pdf = pdf_of(body, furniture=DRAFT)
    assert pdf_text(pdf.content).split() == ["Nội", "dung", "A1-7KQ2-M9XD-r1", "1/1"]
    assert contents(pdf).index("cm") < contents(pdf).index("Td")
    assert contents(pdf) != contents(pdf_of(body))


def test_underlines_leaders_and_rules_are_strokes() -> None:
    plain = contents(pdf_of(Text((Run("x"),))))
    assert " l S" not in plain
    for element in (Text((Run("x", underline=True),)), Text((), leader=True), Rule(20.0)):
        assert " l S" in contents(pdf_of(element))


def test_rise_of_a_last_script_ends_with_its_line() -> None:
    pdf = pdf_of(Text((Run("m"), Run("2", superscript=True))), Text((Run("x"),)))
    lines = contents(pdf).split("\n")
    assert any(line.endswith("0 Ts ET") for line in lines)


def test_no_documents_make_an_empty_file() -> None:
    assert write_pdf([]).pages == ()


_STYLED = st.builds(
    Run,
    st.text(max_size=80),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    superscript=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_STYLED, max_size=5), st.sampled_from(Align))
def test_any_text_can_be_written(runs: list[Run], align: Align) -> None:
    cell = Cell((Text(tuple(runs), Format(align=align)),))
    document = Document("x", (Text(tuple(runs)), Grid((160.0,), (Row((cell,)),))), furniture=DRAFT)
    assert write_pdf([document]) == write_pdf([document])


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="aăâđêôơưáàảãạ b-–/.,;“”…😀中", max_size=200))
def test_typed_words_are_in_the_text_layer(typed: str) -> None:
    found = "".join(words_of(Run(typed)))
    assert found.replace("\u00ad", "") == "".join(clean_text(typed).text.split())


def test_an_unbreakable_hyphen_and_an_empty_box_are_drawn_as_such() -> None:
    faces = face(False, False)
    assert faces.has("\u2011")
    assert faces.has("\u2610")
    line = Text((Run("a\u2011b \u2610 chọn"),))
    assert "a\u2011b \u2610 chọn" in pdf_text(write_pdf([Document("", (line,))]).content)
