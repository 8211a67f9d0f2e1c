"""Pasting keeps every visible word, never hangs, and says what it left behind."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from ncs_desktop.domain.blocks import ListItem, Paragraph, Run, Table, plain_text
from ncs_desktop.ui.widgets.paste import (
    blocks_from_html,
    pasted_from_mime,
    pasted_from_text,
    say_dropped,
)
from ncs_desktop.ui.widgets.paste_offer import PasteOfferDialog, pasted_blocks
from ncs_desktop.ui.widgets.paste_plain import plain_to_blocks
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.text_line import TextLine

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
</head><body lang=VI><!--StartFragment-->
<p class=MsoNormal><b><span style='font-size:14.0pt;font-family:"Times New Roman"'>Tính cấp
thiết<o:p></o:p></span></b></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Một
<i>hai</i>&nbsp; ba</p>
<p style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>a)<span>
&nbsp;&nbsp;</span></span><!--[endif]-->Con</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table border=1><thead><tr><th>TT</th><th>Tên</th></tr></thead>
<tr><td>1</td><td rowspan=2><p>x</p><p>y</p></td></tr><tr><td>2</td></tr></table>
<!--EndFragment--></body></html>"""


def text_of(blocks):
    """All text of runs, markers left out."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from text_of(cell)
        else:
            yield "".join(run.text for run in block.runs)


def words_of(blocks):
    return " ".join(text_of(blocks)).split()


def test_word_keeps_lists_tables_and_emphasis():
    heading, first, second, table = blocks_from_html(WORD).blocks
    assert heading == Paragraph((Run("Tính cấp thiết", bold=True),))
    assert first == ListItem((Run("Một "), Run("hai", italic=True), Run(" ba")), "-", 1)
    assert second == ListItem((Run("Con"),), "a)", 2)
    assert table.header_rows == 1
    assert plain_text((table,)) == "TT\tTên\n1\tx y\n2\t"


def test_what_was_dropped_is_said():
    pasted = blocks_from_html(
        '<p style="color:red">a <a href="http://x.example">b</a><img src="c.png"><script>d</script>'
        '<span style="display:none">e</span></p>'
    )
    assert words_of(pasted.blocks) == ["a", "b"]
    assert pasted.dropped == {"colour", "link", "picture", "script", "hidden"}
    said = say_dropped(pasted.dropped)
    assert said == (
        "Đã dán đủ chữ; không lấy theo: hình ảnh, chữ ẩn, địa chỉ liên kết, màu, mã lệnh."
    )
    assert say_dropped(frozenset()) == ""


def test_nested_lists_of_a_web_page():
    blocks = blocks_from_html(
        "<ul><li>a<ul><li>b<li>c<ol type=a start=3><li>d</ol></ul><li>e</ul><p>f"
    ).blocks
    shown = [(b.marker, b.level) if isinstance(b, ListItem) else None for b in blocks]
    assert shown == [("-", 1), ("+", 2), ("+", 2), ("c)", 3), ("-", 1), None]


def test_libreoffice_puts_paragraphs_into_items():
    html = '<ol><li><p style="margin:0"><font face="Arial">Một</font></p></li><li><p>Hai</p></ol>'
    blocks = blocks_from_html(html).blocks
    assert [(item.marker, item.runs[0].text) for item in blocks] == [("1.", "Một"), ("2.", "Hai")]


def test_excel_cells_become_a_table():
    html = (
        "<table><col width=64><tr height=20><td class=xl65>Năm</td><td>2026</td></tr>"
        "<tr><td colspan=100000000>Tổng</td></tr></table>"
    )
    (table,) = blocks_from_html(html).blocks
    assert table.columns <= 63
    assert words_of((table,)) == ["Năm", "2026", "Tổng"]


def test_a_bold_wrapper_that_says_normal_is_not_bold():
    (block,) = blocks_from_html(
        '<b style="font-weight:normal"><span style="font-weight:700">A</span> b</b>'
    ).blocks
    assert block.runs == (Run("A", bold=True), Run(" b"))


def test_lines_that_begin_with_a_marker_are_items():
    blocks = blocks_from_html("<p>Gồm:<br>- <b>một</b><br>1. hai</p>").blocks
    assert [getattr(block, "marker", "") for block in blocks] == ["", "-", "1."]
    assert blocks[1].runs == (Run("một", bold=True),)


_NAMES = "p|b|i|span|div|ul|ol|li|table|tr|td|th|thead|h1|br|a|sup|pre|o:p|font|blockquote"
TAGS = st.sampled_from([f"<{slash}{name}>" for name in _NAMES.split("|") for slash in ("", "/")])
WORDS = st.text(alphabet="ăâđêôơưáàxyz", min_size=2, max_size=5).map(lambda word: f" {word} ")
ODD = st.sampled_from(["<", "&nbsp;", "<!--", "-->", "<![if x]>", "<p style='mso-list:l0 level3'>"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(WORDS, WORDS, TAGS), max_size=40))
def test_every_visible_word_is_kept(parts):
    blocks = blocks_from_html("".join(parts)).blocks
    expected = [part.strip() for part in parts if not part.startswith("<")]
    assert Counter(words_of(blocks)) == Counter(expected)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(WORDS, TAGS, ODD), max_size=30))
def test_broken_markup_is_read_without_an_error(parts):
    plain_text(blocks_from_html("".join(parts)).blocks)


@pytest.mark.parametrize(
    "part",
    [
        "<!--",
        "<a<",
        "<a ",
        "<![",
        "<a b='",
        "</",
        "<script>",
        "<xml>",
        "<p>",
        "<table><td>",
        "<ul><li>",
        "<i>",
        "<td rowspan=1000 colspan=1000>",
        "a&nbsp;",
        "<",
    ],
)
def test_hostile_markup_takes_bounded_time_and_depth(part):
    start = time.perf_counter()
    plain_text(blocks_from_html(f"đầu {part * (60_000 // len(part))} cuối").blocks)
    assert time.perf_counter() - start < 50


def test_an_unclosed_quote_swallows_no_words():
    assert words_of(blocks_from_html('<a href="x>đầu</a> cuối').blocks) == ["đầu", "cuối"]


def test_text_in_an_old_font_comes_with_an_offer(qtbot):
    pasted = blocks_from_html('<p style="font-family:.VnTime">C«ng ty <b>cæ phÇn</b></p>')
    assert plain_text(pasted.blocks) == "C«ng ty cæ phÇn"
    assert pasted.offer.after_text == "Công ty cổ phần"
    assert pasted.offer.after[0].runs[1].bold
    dialog = PasteOfferDialog(pasted.offer)
    qtbot.addWidget(dialog)
    shown = [dialog.findChild(object, name).toPlainText() for name in ("text:before", "text:after")]
    assert shown == ["C«ng ty cæ phÇn", "Công ty cổ phần"]


def test_plain_text_that_reads_like_an_old_encoding_is_offered_too():
    offer = pasted_from_text("Coâng ty coå phaàn Naêng suaát").offer
    assert offer.after_text == "Công ty cổ phần Năng suất"
    assert pasted_from_text("Công ty cổ phần").offer is None
    assert pasted_from_text("Le café était fermé").offer is None


def test_plain_text_lists():
    blocks = plain_to_blocks("Gồm:\n• một\n   – con\n• hai\n1) ba\n\nKết.")
    shown = [(b.marker, b.level) if isinstance(b, ListItem) else None for b in blocks]
    assert shown == [None, ("-", 1), ("+", 2), ("-", 1), ("1)", 1), None]


def test_lines_of_columns_become_a_table_and_undo_turns_back(qtbot):
    area = RichTextEdit()
    qtbot.addWidget(area)
    source = QMimeData()
    source.setText("STT\tTên\tSố\n1.\tMô hình\t5\n2.\tBộ tài liệu\n")
    area.insertFromMimeData(source)
    assert area.textCursor().document().rootFrame().childFrames()
    area.undo()
    assert not area.textCursor().document().rootFrame().childFrames()
    (table,) = plain_to_blocks(source.text())
    assert isinstance(table, Table)
    assert plain_text((table,)) == "STT\tTên\tSố\n1.\tMô hình\t5\n2.\tBộ tài liệu\t"


@pytest.mark.parametrize("text", ["a\tb", "a\tb\nc", "\ta\n\tb", "1.\ta\n2.\tb", "-\ta\n-\tb"])
def test_tabs_that_part_no_columns_make_no_table(text):
    assert not any(isinstance(block, Table) for block in plain_to_blocks(text))


def test_wrapped_lines_are_joined_where_asked():
    text = (
        "Đào tạo năng suất chất lượng cho các doanh nghiệp nhỏ\n"
        "và vừa trên địa bàn tỉnh An Giang trong năm 2026.\nMục tiêu:\n- một"
    )
    assert len(plain_to_blocks(text)) == 4
    joined = plain_to_blocks(text, rejoin=True)
    assert len(joined) == 3
    assert (
        joined[0]
        .runs[0]
        .text.endswith("doanh nghiệp nhỏ và vừa trên địa bàn tỉnh An Giang trong năm 2026.")
    )


def test_the_clipboard_prefers_markup_and_falls_back_to_text(qapp):
    mime = QMimeData()
    mime.setText("- một")
    assert pasted_from_mime(mime).blocks == (ListItem((Run("một"),), "-", 1),)
    mime.setHtml("<p><b>hai</b></p>")
    assert pasted_from_mime(mime).blocks == (Paragraph((Run("hai", bold=True),)),)


@pytest.mark.parametrize(("answer", "expected"), [(1, "Công ty cổ phần"), (0, "C«ng ty cæ phÇn")])
def test_a_person_decides_about_old_fonts(qapp, monkeypatch, answer, expected):
    monkeypatch.setattr(PasteOfferDialog, "exec", lambda _dialog: answer)
    mime = QMimeData()
    mime.setHtml('<p style="font-family:.VnTime;color:red">C«ng ty cæ phÇn</p>')
    blocks, said = pasted_blocks(mime)
    assert plain_text(blocks) == expected
    assert said == "Đã dán đủ chữ; không lấy theo: phông và cỡ chữ, màu."


@pytest.mark.parametrize("way", ["keys", "menu"])
@pytest.mark.parametrize(("answer", "expected"), [(1, "Công ty cổ phần"), (0, "C«ng ty cæ phÇn")])
def test_a_line_offers_to_convert_too(qtbot, monkeypatch, way, answer, expected):
    monkeypatch.setattr(PasteOfferDialog, "exec", lambda _dialog: answer)
    line = TextLine("Tên: .")
    qtbot.addWidget(line)
    line.setCursorPosition(5)
    QApplication.clipboard().setText("C«ng ty\ncæ phÇn")
    if way == "keys":
        qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    else:
        menu = line.make_menu()
        next(act for act in menu.actions() if act.objectName() == "edit-paste").trigger()
        menu.deleteLater()
    assert line.text() == f"Tên: {expected}."
    line.undo()
    assert line.text() == "Tên: ."


def test_a_line_pastes_unicode_without_asking(qtbot, monkeypatch):
    monkeypatch.setattr(PasteOfferDialog, "exec", lambda _dialog: pytest.fail("asked"))
    line = TextLine()
    qtbot.addWidget(line)
    QApplication.clipboard().setText("Công ty cổ phần")
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "Công ty cổ phần"


@pytest.fixture
def box(qtbot):
    made = RichTextEdit()
    qtbot.addWidget(made)
    return made


def _clipboard(text, html=""):
    source = QMimeData()
    source.setText(text)
    if html:
        source.setHtml(html)
    return source


def test_words_cut_and_pasted_stay_apart_from_their_neighbours(box):
    box.setPlainText("một hai ba bốn")
    cursor = box.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(8, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    source = box.createMimeDataFromSelection()
    assert (source.text(), source.hasHtml()) == ("hai ", True)
    cursor.removeSelectedText()
    cursor.setPosition(7)
    box.setTextCursor(cursor)
    box.insertFromMimeData(source)
    assert box.toPlainText() == "một ba hai bốn"


@pytest.mark.parametrize("html", ["", "<p>\n <b>Sáu</b> bảy </p>"])
def test_blanks_at_both_ends_of_a_paste_part_the_words(box, html):
    box.setPlainText("Năm.tám")
    cursor = box.textCursor()
    cursor.setPosition(4)
    box.setTextCursor(cursor)
    box.insertFromMimeData(_clipboard("  Sáu bảy\u00a0", html))
    assert box.toPlainText() == "Năm. Sáu bảy tám"


def test_a_paste_at_the_beginning_of_a_line_is_not_indented(box):
    box.insertFromMimeData(_clipboard("   Kính gửi:\n   ông "))
    assert box.toPlainText() == "Kính gửi:\nông "
    box.insertFromMimeData(_clipboard("\nbà"))
    assert box.toPlainText() == "Kính gửi:\nông bà"


def test_a_blank_alone_is_pasted(box):
    box.setPlainText("haiba")
    cursor = box.textCursor()
    cursor.setPosition(3)
    box.setTextCursor(cursor)
    box.insertFromMimeData(_clipboard(" "))
    assert box.toPlainText() == "hai ba"


def test_an_item_and_a_cell_keep_the_blank_behind(box):
    assert pasted_from_mime(_clipboard("- một ")).blocks == (ListItem((Run("một "),), "-", 1),)
    table = "<table><tr><td>a</td></tr></table>"
    (block,) = pasted_from_mime(_clipboard("a ", table)).blocks
    assert plain_text((block,)) == "a"


def test_the_blank_behind_old_letters_stays_in_both_readings():
    offer = pasted_from_mime(_clipboard("C«ng ty cæ phÇn ", "")).offer
    assert (offer.before_text[-1], offer.after_text) == (" ", "Công ty cổ phần ")
