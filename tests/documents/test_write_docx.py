"""The Word writer: styles, tables, fields, no foreign matter, same bytes."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

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
from ncs_desktop.documents.write_docx import write_docx
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.text import clean_text

from .parity_cases import parity_document

BODY = Format("Nội dung", Align.JUSTIFY, 13.0, 17.0, 0.0, 4.0, 0.0, 12.7)


def text(words: str, form: Format = BODY, **more: object) -> Text:
    return Text((Run(words),) if words else (), form, **more)  # type: ignore[arg-type]


def cell(*words: str, **more: int) -> Cell:
    return Cell(tuple(text(word) for word in words), **more)


def written(*body: Element, **more: object) -> bytes:
    return write_docx(Document("Phiếu đề xuất", body, **more))  # type: ignore[arg-type]


def opened(*body: Element, **more: object):
    return docx.Document(io.BytesIO(written(*body, **more)))


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_styles_are_real_and_carry_the_format() -> None:
    heading = Format("Đề mục", Align.LEFT, 14.0, 18.0, 0.0, 3.0, keep_with_next=True)
    document = opened(text("I. Tên", heading), text("Nội dung"), text("Nữa"))
    assert [p.style.name for p in document.paragraphs] == ["Đề mục", "Nội dung", "Nội dung"]
    style = document.styles["Nội dung"].paragraph_format
    assert (style.line_spacing, style.space_after) == (Pt(17), Pt(4))
    assert style.first_line_indent.mm == pytest.approx(12.7, abs=0.02)
    assert document.styles["Đề mục"].font.size == Pt(14)
    assert document.styles["Đề mục"].paragraph_format.keep_with_next
    assert document.paragraphs[1].paragraph_format.line_spacing is None


def test_only_deviations_are_formatted_directly() -> None:
    wide = Format("Nội dung", Align.CENTER, 13.0, 17.0, 0.0, 4.0, 0.0, 12.7)
    document = opened(text("a"), text("b"), text("c", wide))
    assert document.paragraphs[0].alignment is None
    assert document.paragraphs[2].alignment is not None
    assert document.paragraphs[2].paragraph_format.space_after is None


def test_font_is_times_new_roman_for_every_script() -> None:
    styles = part(written(text("x")), "word/styles.xml")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{script}="Times New Roman"' in styles
    assert 'w:lang w:val="vi-VN"' in styles


def test_runs_keep_their_styles_and_words() -> None:
    runs = (
        Run("đậm", bold=True),
        Run(" m"),
        Run("2", superscript=True),
        Run("\nx", underline=True),
    )
    paragraph = opened(Text(runs, BODY)).paragraphs[0]
    assert [run.text for run in paragraph.runs] == ["đậm", " m", "2", "\nx"]
    assert paragraph.runs[0].bold
    assert paragraph.runs[2].font.superscript
    assert paragraph.runs[3].underline


def test_marker_hangs_before_a_tab() -> None:
    form = Format("Gạch", left_indent=10.0, first_indent=-5.0)
    document = opened(text("mục", form, marker="-"), text("mục", BODY, marker="a)"))
    assert [p.text for p in document.paragraphs] == ["-\tmục", "a) mục"]
    assert document.styles["Gạch"].paragraph_format.first_line_indent.mm == pytest.approx(
        -5, abs=0.02
    )


def test_leader_is_a_dotted_tab_stop_at_the_edge() -> None:
    paragraph = opened(text("Địa chỉ:", leader=True)).paragraphs[0]
    (stop,) = paragraph.paragraph_format.tab_stops
    assert stop.position.mm == pytest.approx(160, abs=0.05)
    assert paragraph.text == "Địa chỉ:\t"


def test_rule_is_a_border() -> None:
    assert "<w:pBdr><w:bottom" in part(written(Rule(40.0), text("x")), "word/document.xml")


def test_tables_are_tables() -> None:
    rows = (
        Row((cell("TT"), cell("Kinh phí", columns=2))),
        Row((cell("1", rows=2), cell("a"), cell("b"))),
        Row((cell("c"), cell("d")), minimum_height=20.0),
    )
    content = written(Grid((20.0, 70.0, 70.0), rows, 1), text("sau"))
    xml = part(content, "word/document.xml")
    (table,) = docx.Document(io.BytesIO(content)).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["TT", "Kinh phí", "Kinh phí"],
        ["1", "a", "b"],
        ["1", "c", "d"],
    ]
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 3
    assert 'w:tblLayout w:type="fixed"' in xml
    assert [grid.get(qn("w:w")) for grid in table._tbl.tblGrid] == ["1134", "3968", "3969"]
    assert 'w:trHeight w:val="1134" w:hRule="atLeast"' in xml


def test_only_a_row_taller_than_a_page_may_split() -> None:
    rows = (Row((cell("a"),)), Row((cell("chữ " * 6000),)))
    assert part(written(Grid((160.0,), rows)), "word/document.xml").count("<w:cantSplit/>") == 1


def bound_table(**more: object) -> Grid:
    rows = (Row((cell("1"), cell("a"))), Row((cell("2"), cell("b")), keep_with_next=True))
    return Grid((40.0, 120.0), rows, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("gap", [True, False])
def test_a_table_and_the_signature_it_is_bound_to_are_one_table(gap: bool) -> None:
    """LibreOffice binds rows to rows, but no table to what follows it."""
    line = (Text((), Format(size=8.0, line_height=8.0, keep_with_next=True)),) if gap else ()
    signature = Grid((80.0, 80.0), (Row((cell(), cell("ký"))),), borders=False, padding=0.0)
    document = opened(bound_table(), *line, signature)
    (table,) = document.tables
    *data, last = (row._tr for row in table.rows)
    assert [[c.text for c in row.cells] for row in (table.rows[1], table.rows[-1])] == [
        ["2", "b", "b"],
        ["", "", "ký"],
    ]
    assert all(item.xpath(".//w:keepNext") for item in data[1:])
    assert {item.get(qn("w:val")) for item in last.xpath(".//w:tcBorders/*")} == {"nil"}
    assert {item.get(qn("w:w")) for item in last.xpath(".//w:tcMar/*")} == {"0"}
    [closing] = {item.get(qn("w:val")) for item in data[1].xpath(".//w:tcBorders/w:bottom")}
    assert closing == "single"
    assert [grid.get(qn("w:w")) for grid in table._tbl.tblGrid] == ["2268", "2267", "4536"]


@pytest.mark.parametrize(
    "follower",
    [
        Grid((80.0, 80.0), (Row((cell("x"), cell("y"))),)),
        Grid((80.0, 70.0), (Row((cell("x"), cell("y"))),), borders=False),
        text("x"),
    ],
)
def test_other_neighbours_of_a_table_stay_what_they_are(follower: Element) -> None:
    document = opened(bound_table(), follower)
    assert len(document.tables[0].rows) == 2
    assert "x" in "".join(document.element.body.itertext())


def test_a_repeated_head_says_its_height_where_a_cell_covers_two_rows() -> None:
    """LibreOffice cuts such a cell on the pages that repeat it."""
    tall = cell(*"abcd", rows=2)
    head = (Row((tall, cell("x"))), Row((cell("y"),)))
    xml = part(
        written(Grid((80.0, 80.0), (*head, Row((cell("1"), cell("2")))), 2)), "word/document.xml"
    )
    heights = [int(height) for height in re.findall(r'<w:trHeight w:val="(\d+)"', xml)]
    assert len(heights) == 2
    assert sum(heights) >= 4 * 17 * 20


def test_cells_leave_the_first_and_last_line_alone_where_their_format_lets_them() -> None:
    loose = Format("Ô bảng", Align.LEFT, 10.0, 12.0, widows=True)
    content = written(text("a", loose), text("b"))
    styles = part(content, "word/styles.xml")
    assert styles.count('<w:widowControl w:val="0"/>') == 1
    assert "widowControl" not in part(content, "word/document.xml")


def test_word_gets_a_paragraph_behind_every_last_table() -> None:
    grid = Grid((160.0,), (Row((Cell((Grid((100.0,), (Row((cell("x"),)),)),)),)),))
    document = opened(grid, grid)
    body = [etree.QName(element).localname for element in document.element.body]
    assert body == ["tbl", "p", "tbl", "p", "sectPr"]
    nested = document.tables[0].rows[0].cells[0]
    assert len(nested.tables) == 1
    assert nested.paragraphs[-1].text == ""


def test_page_break_stands_on_the_next_paragraph() -> None:
    document = opened(text("a"), PageBreak(), text("b"))
    assert document.paragraphs[1].paragraph_format.page_break_before


def test_paper_margins_and_orientation() -> None:
    section = opened(text("x"), paper=Paper(297.0, 210.0, 15.0, 15.0, 20.0, 10.0)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section.left_margin.mm == pytest.approx(20, abs=0.02)
    assert section.orientation == 1


def test_footer_has_code_and_fields() -> None:
    furniture = Furniture(PageNumbers.FOOTER_OF_TOTAL, "A1-7KQ2-M9XD-r1")
    footer = part(written(text("x"), furniture=furniture), "word/footer1.xml")
    assert "A1-7KQ2-M9XD-r1" in footer
    assert re.findall(r"> (\w+) </w:instrText>", footer) == ["PAGE", "NUMPAGES"]


def test_letters_have_no_number_on_page_one() -> None:
    content = written(text("x"), furniture=Furniture(PageNumbers.TOP_CENTER))
    assert "<w:titlePg/>" in part(content, "word/document.xml")
    assert " PAGE " in part(content, "word/header1.xml")
    assert " PAGE " not in part(content, "word/header2.xml")


def test_draft_mark_stands_in_the_headers() -> None:
    furniture = Furniture(PageNumbers.TOP_CENTER, "", "BẢN NHÁP")
    draft = written(text("x"), furniture=furniture)
    assert all('string="BẢN NHÁP"' in part(draft, f"word/header{n}.xml") for n in (1, 2))
    assert "BẢN NHÁP" not in part(written(text("x")), "word/header1.xml")


def test_file_holds_nothing_but_the_document() -> None:
    content = written(text("x"))
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist() == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/footer1.xml",
        "docProps/core.xml",
        "docProps/app.xml",
        "word/_rels/document.xml.rels",
    ]
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(b"External" in archive.read(name) for name in archive.namelist())
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert (properties.title, properties.author) == ("Phiếu đề xuất", "")
    assert len(content) < 10_000


def test_same_input_gives_same_bytes() -> None:
    assert write_docx(parity_document(5)) == write_docx(parity_document(5))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_survives(words: str) -> None:
    document = opened(text(words), text("z"))
    assert document.paragraphs[0].text == clean_text(words).text.replace("\t", "    ")
