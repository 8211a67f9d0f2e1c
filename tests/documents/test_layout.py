"""Lines, tables and pages of the layout engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncs_desktop.documents.layout.breaks import split_words
from ncs_desktop.documents.layout.fonts import UNITS, face, scale
from ncs_desktop.documents.layout.lines import Line, break_lines
from ncs_desktop.documents.layout.pages import Page, lay_out
from ncs_desktop.documents.layout.prepare import SEPARATOR, prepare
from ncs_desktop.documents.layout.slabs import Stroke
from ncs_desktop.documents.layout.tables import BORDER, column_edges, grid_slabs
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
    Row,
    Rule,
    Text,
)
from ncs_desktop.domain.blocks import Run

PLAIN = Format(align=Align.LEFT, size=12.0, line_height=15.0)
PER_PAGE = 48
"""Lines of 15 pt that fit an A4 page with 20 mm margins."""


def text(words: str, form: Format = PLAIN, **more: object) -> Text:
    return Text((Run(words),) if words else (), form, **more)  # type: ignore[arg-type]


def texts(line: Line) -> str:
    return "".join(span.text for span in line.spans)


def shown(page: Page) -> list[str]:
    return [texts(mark) for _, _, mark in page.marks if isinstance(mark, Line) and mark.spans]


def pages(*body: Element, furniture: Furniture | None = None) -> list[Page]:
    document = Document("", body, furniture=furniture or Furniture())
    return lay_out(prepare(document))


def cell(*words: str) -> Cell:
    return Cell(tuple(text(word) for word in words))


class TestBreaks:
    @pytest.mark.parametrize(
        ("words", "pieces"),
        [
            ("một hai  ba", ["một ", "hai  ", "ba"]),
            ("ngày\u00a031", ["ngày\u00a031"]),
            ("tự-do 2021–2030", ["tự-", "do ", "2021–", "2030"]),
            ("-5 độ", ["-5 ", "độ"]),
            ("và/hoặc a/b", ["và/hoặc ", "a/b"]),
            ("xong . Hết ) !", ["xong . ", "Hết ) !"]),
            ("中文", ["中", "文"]),
            ("dòng\nmới", ["dòng\n", "mới"]),
            ("", []),
        ],
    )
    def test_a_line_may_end_here(self, words: str, pieces: list[str]) -> None:
        assert list(split_words(words)) == pieces

    @given(st.text(alphabet="aă -–—/.,;:()“”\n\u00a0中", max_size=40))
    def test_nothing_is_lost(self, words: str) -> None:
        assert "".join(split_words(words)) == words


class TestWidths:
    def test_width_is_counted_in_dots_of_the_font(self) -> None:
        assert scale(False, False, 10.0).units("a") == round(10 * UNITS * 909 / 2048)

    def test_all_vietnamese_letters_are_in_all_faces(self) -> None:
        letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))
        for bold in (False, True):
            for italic in (False, True):
                assert all(face(bold, italic).has(letter) for letter in letters)

    def test_joiners_and_controls_have_no_width(self) -> None:
        assert scale(False, False, 12.0).units("\u200b\u200d\ufe0f") == 0


class TestLines:
    def test_lines_fill_the_column_and_never_exceed_it(self) -> None:
        lines = break_lines(text("chữ Việt " * 60), 200.0)
        assert all(line.width <= 200.0 for line in lines)
        assert all(line.width > 150.0 for line in lines[:-1])

    def test_justified_lines_reach_the_edge_but_the_last(self) -> None:
        lines = break_lines(text("chữ Việt " * 60, replace(PLAIN, align=Align.JUSTIFY)), 200.0)
        for line in lines[:-1]:
            spaces = texts(line).count(" ")
            assert line.width + spaces * line.stretch == pytest.approx(200.0)
        assert lines[-1].stretch == 0

    def test_a_line_feed_ends_a_line_without_justifying_it(self) -> None:
        lines = break_lines(text("một hai\nba", replace(PLAIN, align=Align.JUSTIFY)), 200.0)
        assert [texts(line) for line in lines] == ["một hai", "ba"]
        assert lines[0].stretch == 0

    def test_first_indent_and_hanging_marker(self) -> None:
        form = replace(PLAIN, left_indent=10.0, first_indent=-5.0)
        lines = break_lines(text("chữ " * 60, form, marker="-"), 200.0)
        assert lines[0].head is not None
        assert lines[0].head[1] == pytest.approx(14.2)
        assert {round(line.x, 2) for line in lines} == {28.35}

    def test_marker_without_hanging_indent_is_text(self) -> None:
        line = break_lines(text("mục", replace(PLAIN, first_indent=10.0), marker="a)"), 200.0)[0]
        assert line.head is None
        assert texts(line) == "a) mục"

    def test_a_wide_marker_pushes_its_text_to_a_tab_stop(self) -> None:
        form = replace(PLAIN, left_indent=6.0, first_indent=-6.0)
        assert break_lines(text("mục", form, marker="Điều 12."), 300.0)[0].x == 72.0

    def test_a_word_of_400_letters_is_spread_over_lines(self) -> None:
        lines = break_lines(text("trước " + "dài" * 133 + " sau"), 200.0)
        assert "".join(texts(line) for line in lines) == "trước" + "dài" * 133 + " sau"
        assert texts(lines[0]) == "trước"
        assert all(line.width <= 200.0 for line in lines)

    def test_an_address_that_opens_a_paragraph_breaks_behind_a_slash(self) -> None:
        lines = break_lines(text("https://www.cuulongxanh.com.vn/vi/tin"), 74.0)
        assert texts(lines[0]) == "https://"

    def test_leader_runs_to_the_edge_or_is_left_out(self) -> None:
        long, short = (
            break_lines(text(words, leader=True), 200.0)[-1] for words in ("a", "a" * 36)
        )
        assert long.leader == (pytest.approx(long.width), 200.0)
        assert 0 < 200.0 - short.width < 12
        assert short.leader is None

    def test_scripts_are_smaller_and_shifted(self) -> None:
        runs = (Run("CO"), Run("2", subscript=True), Run("m"), Run("3", superscript=True))
        spans = break_lines(Text(runs, PLAIN), 200.0)[0].spans
        assert [span.style.size for span in spans] == [12.0, 6.95, 12.0, 6.95]
        assert spans[1].style.rise < 0 < spans[3].style.rise

    @settings(max_examples=60)
    @given(
        st.lists(
            st.builds(
                Run,
                st.text(alphabet="aừ -/.\n\u00a0😀", max_size=30),
                bold=st.booleans(),
                italic=st.booleans(),
            ),
            max_size=4,
        ),
        st.floats(5.0, 300.0),
    )
    def test_every_character_but_blanks_at_line_ends_is_set(
        self, runs: list[Run], width: float
    ) -> None:
        lines = break_lines(Text(tuple(runs), PLAIN), width)
        whole = "".join(run.text for run in runs)
        kept = "".join(texts(line) for line in lines)
        assert kept.replace(" ", "") == whole.replace(" ", "").replace("\n", "")


class TestPages:
    def test_an_empty_document_has_one_page(self) -> None:
        assert len(pages()) == 1

    def test_pages_break_where_the_text_area_ends(self) -> None:
        result = pages(*(text(str(number)) for number in range(PER_PAGE + 2)))
        assert [len(shown(page)) for page in result] == [PER_PAGE, 2]

    def test_no_widow_and_no_orphan(self) -> None:
        paragraph = text("chữ Việt " * 60)
        count = len(break_lines(paragraph, 453.55))
        one_left = pages(*[text("x")] * (PER_PAGE - 1), paragraph)
        one_over = pages(*[text("x")] * (PER_PAGE - count + 1), paragraph)
        assert len(shown(one_left[1])) == count
        assert len(shown(one_over[1])) == 2

    def test_a_heading_stays_with_its_text(self) -> None:
        heading = text("Đề mục", replace(PLAIN, keep_with_next=True))
        result = pages(*[text("x")] * (PER_PAGE - 1), heading, text("Nội dung"))
        assert shown(result[1]) == ["Đề mục", "Nội dung"]

    def test_kept_lines_move_together(self) -> None:
        paragraph = text("chữ Việt " * 60, replace(PLAIN, keep_lines=True))
        result = pages(*[text("x")] * (PER_PAGE - 3), paragraph)
        assert len(shown(result[0])) == PER_PAGE - 3

    def test_what_cannot_be_kept_together_flows_on(self) -> None:
        keep = replace(PLAIN, keep_with_next=True)
        result = pages(*(text(str(number), keep) for number in range(2 * PER_PAGE)))
        assert [len(shown(page)) for page in result] == [PER_PAGE, PER_PAGE]

    def test_spacing_adds_up_and_vanishes_at_the_top_of_a_page(self) -> None:
        spaced = replace(PLAIN, before=6.0, after=4.0)
        result = pages(
            text("a", spaced), text("b", spaced), *[text("x")] * (PER_PAGE - 2), text("c")
        )
        tops = [y for _, y, _ in result[0].marks]
        assert tops[1] - tops[0] == pytest.approx(25.0)
        assert result[1].marks[0][1] == result[0].marks[0][1] - 6.0

    def test_page_break(self) -> None:
        result = pages(text("a"), PageBreak(), PageBreak(), text("b"))
        assert [shown(page) for page in result] == [["a"], ["b"]]

    def test_numbers_of_total_and_footer(self) -> None:
        furniture = Furniture(PageNumbers.FOOTER_OF_TOTAL, "A1-X")
        result = pages(text("a"), PageBreak(), text("b"), furniture=furniture)
        assert [shown(page)[1:] for page in result] == [["A1-X", "1/2"], ["A1-X", "2/2"]]

    def test_letters_show_no_number_on_page_one(self) -> None:
        furniture = Furniture(PageNumbers.TOP_CENTER)
        result = pages(text("a"), PageBreak(), text("b"), furniture=furniture)
        assert [shown(page) for page in result] == [["a"], ["b", "2"]]

    def test_anchor_tells_page_and_height(self) -> None:
        result = pages(text("a"), PageBreak(), text("b"), text("c", anchor="title"))
        assert [page.anchors for page in result] == [[], [("title", pytest.approx(71.7))]]


class TestTables:
    def grid(self, count: int, **more: object) -> Grid:
        rows = tuple(Row((cell(str(number)), cell("x"))) for number in range(count))
        return Grid((30.0, 130.0), rows, **more)  # type: ignore[arg-type]

    def test_sixty_rows_flow_and_repeat_their_head(self) -> None:
        result = pages(self.grid(61, header_rows=1))
        assert len(result) == 2
        assert [shown(page)[0] for page in result] == ["0", "0"]
        rows = [words for page in result for words in shown(page)[2:] if words != "x"]
        assert rows == [str(number) for number in range(1, 61)]

    def test_rows_count_their_borders(self) -> None:
        heights = [slab.height for slab in grid_slabs(self.grid(3), 0.0)]
        assert heights == [15.0 + BORDER, 15.0 + BORDER, 15.0 + 2 * BORDER]
        assert {slab.height for slab in grid_slabs(self.grid(3, borders=False), 0.0)} == {15.0}

    def test_a_row_moves_whole(self) -> None:
        row = Row((cell(*"abcdef"), cell("x")))
        result = pages(*[text("t")] * (PER_PAGE - 3), Grid((30.0, 130.0), (row,)))
        assert len(shown(result[1])) == 7

    def test_a_row_taller_than_a_page_is_split_by_lines(self) -> None:
        words = " ".join(f"từ{number}" for number in range(3000))
        row = Row((cell("1"), Cell((text(words),))))
        result = pages(text("trước"), Grid((20.0, 60.0), (row,)), text("sau"))
        assert len(result) > 4
        assert shown(result[0])[0] == "trước"
        assert shown(result[-1])[-1] == "sau"
        found = " ".join(word for page in result for word in shown(page)).split()
        assert [word for word in found if word.startswith("từ")] == words.split()

    @pytest.mark.parametrize("may_split", [True, False])
    def test_a_row_goes_on_over_the_page_only_where_it_may(self, may_split: bool) -> None:
        words = " ".join(f"từ{number}" for number in range(60))
        row = Row((Cell((text(words),)),), may_split=may_split)
        document = Document("", (*[text("t")] * (PER_PAGE - 3), Grid((60.0,), (row,))))
        result = lay_out(prepare(document))
        assert len(result) == 2
        assert ("từ0" in " ".join(shown(result[0]))) is may_split
        assert "từ59" in " ".join(shown(result[1]))

    @pytest.mark.parametrize("room", [1, 2, 3])
    def test_a_row_that_may_split_is_cut_at_any_line_as_libreoffice_cuts_it(
        self, room: int
    ) -> None:
        form = replace(PLAIN, widows=True)
        lines = text(" ".join("dòngdòngdòng" for _ in range(4)), form)
        row = Row((Cell((lines,)), cell(*"abcd")), may_split=True)
        grid = Grid((30.0, 30.0), (row,), borders=False)
        result = pages(*[text("t")] * (PER_PAGE - room), grid)
        assert [len(shown(page)) for page in result] == [PER_PAGE + room, 2 * (4 - room)]

    def test_rows_bound_to_each_other_stay_together(self) -> None:
        rows = (Row((cell("a"),), keep_with_next=True), Row((cell("b"),)))
        result = pages(*[text("t")] * (PER_PAGE - 1), Grid((160.0,), rows, borders=False))
        assert shown(result[1]) == ["a", "b"]

    def test_a_table_bound_to_the_next_one_takes_it_along(self) -> None:
        upper = Grid((160.0,), (Row((cell("a"),), keep_with_next=True),))
        lower = Grid((160.0,), (Row((cell("b"),), minimum_height=30.0),), borders=False)
        result = pages(*[text("t")] * (PER_PAGE - 3), upper, lower)
        assert shown(result[1]) == ["a", "b"]

    def test_a_table_that_ends_a_document_leaves_no_empty_page_behind(self) -> None:
        for height in (15 * PER_PAGE - 16, 15 * PER_PAGE + 8, 15 * PER_PAGE + 8.3):
            first = replace(PLAIN, line_height=height - 30.0)
            grid = Grid((160.0,), (Row((cell("a", "b"),)),), borders=False)
            assert shown(pages(text("t", first), grid)[-1])[-1] == "b"

    def test_minimum_height(self) -> None:
        grid = Grid((160.0,), (Row((cell("a"),), minimum_height=20.0),), borders=False)
        assert grid_slabs(grid, 0.0)[0].height == pytest.approx(56.7, abs=0.05)

    def test_row_spans_share_the_height_of_their_rows(self) -> None:
        tall = Cell(cell(*"abcd").content, rows=2)
        grid = Grid((80.0, 80.0), (Row((tall, cell("x"))), Row((cell("y"),))), borders=False)
        assert [slab.height for slab in grid_slabs(grid, 0.0)] == [15.0, 45.0]

    def test_column_spans_give_their_text_the_width(self) -> None:
        wide = Cell((text("chữ Việt " * 9),), columns=2)
        narrow = Grid((80.0, 80.0), (Row((wide,)),), borders=False)
        assert grid_slabs(narrow, 0.0)[0].height == 15.0

    def test_borders_join_where_pages_break(self) -> None:
        tall = Cell((text("a"),), rows=60)
        rows = (Row((tall, cell("0"))), *(Row((cell(str(n)),)) for n in range(1, 60)))
        for page in pages(Grid((80.0, 80.0), rows)):
            strokes = [(y + mark.y1, mark) for _, y, mark in page.marks if isinstance(mark, Stroke)]
            across = [y for y, mark in strokes if mark.x2 - mark.x1 > 400]
            assert len(across) >= 1

    def test_tables_are_kept_apart_and_followed_by_a_line(self) -> None:
        grid = self.grid(1)
        body = prepare(Document("", (grid, grid))).body
        assert [type(element).__name__ for element in body] == ["Grid", "Text", "Grid", "Text"]
        assert body[1] == SEPARATOR

    def test_nested_table(self) -> None:
        inner = Cell((text("trên"), self.grid(2), text("dưới")))
        assert shown(pages(Grid((160.0,), (Row((inner,)),)))[0]) == [
            "trên",
            "0",
            "x",
            "1",
            "x",
            "dưới",
        ]

    def test_column_edges_are_whole_twips(self) -> None:
        edges = column_edges(Grid((10.0, 33.3, 116.7), ()))
        assert edges[0] == 0
        assert edges[-1] == pytest.approx(453.55)
        assert all((edge * 20) == pytest.approx(round(edge * 20)) for edge in edges)


def test_rule_is_centred() -> None:
    (_, _, stroke) = pages(Rule(40.0))[0].marks[0]
    assert isinstance(stroke, Stroke)
    assert stroke.x1 + stroke.x2 == pytest.approx(453.55)
    assert stroke.x2 - stroke.x1 == pytest.approx(113.4)


def test_preparing_twice_changes_nothing() -> None:
    spaced = replace(PLAIN, before=6.0, after=4.0)
    document = Document(
        "", (text("a\x00b\tc", spaced), text("đ", spaced), TestTables().grid(2), PageBreak())
    )
    once = prepare(document)
    assert prepare(once) == once
