import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.layout.lines import Line
from ncs_desktop.documents.layout.pages import lay_out
from ncs_desktop.documents.layout.prepare import prepare
from ncs_desktop.documents.letter import compose_letter
from ncs_desktop.documents.page import Align, Grid, PageNumbers, Rule, Text
from ncs_desktop.domain.blocks import Table, blocks_from_text
from ncs_desktop.domain.dossier import DossierFile, Sender
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.letters import draft_proposal_letter
from tests.documents.elements import all_texts, lines, shown
from tests.factories import make_proposal


def make_letter(**changes):
    values = {
        "template": "cong-van-de-xuat",
        "parent": "Ủy ban nhân dân tỉnh An Giang",
        "agency": "Sở Công Thương",
        "number_symbol": "/SCT-KT",
        "place": "An Giang",
        "subject": "V/v đề xuất nhiệm vụ",
        "kind_title": "",
        "addressees": ("Sở Khoa học và Công nghệ tỉnh An Giang.",),
        "body": blocks_from_text("Thực hiện công văn.\n- Một;\n- Hai.\nTrân trọng."),
        "recipients": ("Như trên;", "Lưu: VT."),
        "signer_title": "KT. Giám đốc\nPhó Giám đốc",
        "signer_name": "Nguyễn Văn Bình",
        "note": "Lời văn do chương trình soạn",
    }
    return Letter(**{**values, **changes})


def find(document, start):
    return next(text for text in all_texts(document.body) if shown(text).startswith(start))


def test_letter_reads_as_the_decree_lays_it_out():
    assert lines(compose_letter(make_letter())) == [
        "ỦY BAN NHÂN DÂN\nTỈNH AN GIANG",
        "SỞ CÔNG THƯƠNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/SCT-KT",
        "V/v đề xuất nhiệm vụ",
        "An Giang, ngày      tháng      năm",
        "Kính gửi: Sở Khoa học và Công nghệ tỉnh An Giang",
        "Thực hiện công văn.",
        "- Một;",
        "- Hai.",
        "Trân trọng./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Nguyễn Văn Bình",
    ]


@pytest.mark.parametrize(
    ("start", "size", "bold", "italic", "align"),
    [
        ("ỦY BAN", 12, False, False, Align.CENTER),
        ("SỞ CÔNG", 12, True, False, Align.CENTER),
        ("CỘNG HÒA", 12, True, False, Align.CENTER),
        ("Độc lập", 13, True, False, Align.CENTER),
        ("Số:", 13, False, False, Align.CENTER),
        ("V/v", 12, False, False, Align.CENTER),
        ("An Giang, ngày", 13, False, True, Align.CENTER),
        ("Kính gửi:", 14, False, False, Align.CENTER),
        ("Thực hiện", 14, False, False, Align.JUSTIFY),
        ("Nơi nhận:", 12, True, True, Align.LEFT),
        ("- Như trên", 11, False, False, Align.LEFT),
        ("KT. GIÁM", 14, True, False, Align.CENTER),
        ("Nguyễn", 14, True, False, Align.CENTER),
    ],
)
def test_type_follows_the_table_of_the_decree(start, size, bold, italic, align):
    text = find(compose_letter(make_letter()), start)
    assert text.format.size == size
    assert text.format.align is align
    assert [(run.bold, run.italic) for run in text.runs] == [(bold, italic)]


def test_body_has_the_indent_and_spacing_of_the_decree():
    format = find(compose_letter(make_letter()), "Thực hiện").format
    assert format.first_indent == 12.7
    assert format.after >= 6
    assert 14 * 1.15 <= format.line_height <= 14 * 1.15 * 1.5


def test_page_is_the_one_of_the_decree():
    document = compose_letter(make_letter())
    paper = document.paper
    assert (paper.width, paper.height) == (210, 297)
    assert (paper.top, paper.bottom, paper.left, paper.right) == (20, 20, 30, 20)
    assert document.furniture.numbers is PageNumbers.TOP_CENTER
    assert not document.furniture.footer


def test_head_fits_the_text_and_has_both_rules():
    head = compose_letter(make_letter()).body[0]
    assert isinstance(head, Grid)
    assert not head.borders
    assert sum(head.widths) == pytest.approx(160)
    left, right = head.rows[0].cells
    agency = next(part for part in left.content if isinstance(part, Rule))
    motto = next(part for part in right.content if isinstance(part, Rule))
    assert 10 <= agency.width <= head.widths[0] / 2
    assert 55 < motto.width < head.widths[1]


def test_private_sender_has_only_its_own_name_at_the_head():
    letter = make_letter(parent="", agency="Công ty A", number_symbol="")
    printed = lines(compose_letter(letter))
    assert printed[0] == "CÔNG TY A"
    assert printed[3].endswith("/……………")


def test_several_addressees_stand_below_with_dashes_in_line():
    letter = make_letter(addressees=("Sở A.", "Sở B;", "Sở C"))
    document = compose_letter(letter)
    start = lines(document).index("Kính gửi:")
    assert lines(document)[start + 1 : start + 4] == ["- Sở A;", "- Sở B;", "- Sở C."]
    items = [find(document, f"- Sở {name}").format for name in "ABC"]
    assert len({(item.left_indent, item.first_indent) for item in items}) == 1
    assert items[0].left_indent > find(document, "Kính gửi:").format.left_indent


@pytest.mark.parametrize("end", ["Trân trọng", "Trân trọng.", "Trân trọng./.", "Trân trọng ./."])
def test_body_ends_with_the_end_mark_once(end):
    printed = lines(compose_letter(make_letter(body=blocks_from_text(end))))
    assert "Trân trọng./." in printed


@pytest.mark.parametrize(
    ("given", "shown_names"),
    [
        ((), None),
        (("Như trên",), ["- Như trên;", "- Lưu: VT."]),
        (("- Như trên", "Lưu: VT, KT", "Sở C"), ["- Như trên;", "- Sở C;", "- Lưu: VT, KT."]),
    ],
)
def test_recipients_end_with_the_file_copy(given, shown_names):
    printed = lines(compose_letter(make_letter(recipients=given)))
    if shown_names is None:
        assert "Nơi nhận:" not in printed
    else:
        start = printed.index("Nơi nhận:")
        assert printed[start + 1 : start + 1 + len(shown_names)] == shown_names


@pytest.mark.parametrize("name", ["", "Nguyễn Văn Bình"])
def test_signer_has_room_to_sign_and_never_stands_alone(name):
    document = compose_letter(make_letter(signer_name=name))
    *_, before, last, block = document.body
    assert block.rows[0].minimum_height >= 30 + 2 * 18 / 72 * 25.4
    if name:
        assert find(document, name).format.before >= 30 / 25.4 * 72
    assert all(text.format.keep_with_next for text in (before, last))


def test_kind_title_stands_in_the_middle_with_its_subject_and_no_vv():
    letter = make_letter(kind_title="Văn bản cam kết", subject="Tham gia nhiệm vụ")
    document = compose_letter(letter)
    printed = lines(document)
    at = printed.index("VĂN BẢN CAM KẾT")
    assert printed[at + 1] == "Tham gia nhiệm vụ"
    assert not [line for line in printed if line.startswith("V/v")]
    assert any(isinstance(part, Rule) for part in document.body)
    assert find(document, "VĂN BẢN").runs[0].bold


def test_whose_draft_it_is_stands_in_the_title_and_not_on_the_paper():
    document = compose_letter(make_letter())
    assert "bản dự thảo do phần mềm gợi ý" in document.title
    assert "Lời văn" not in " ".join(lines(document))
    assert "bản dự thảo" not in compose_letter(make_letter(note="")).title


def test_note_in_brackets_of_a_signer_is_not_set_as_an_office():
    letter = make_letter(signer_title="ĐẠI DIỆN\n(Ký tên)", signer_name="")
    note = find(compose_letter(letter), "(Ký tên)")
    assert note.runs[0].italic
    assert not note.runs[0].bold


def test_drafted_letter_goes_through_whole():
    catalog = Catalog.load()
    call = catalog.call("an-giang-2026")
    files = (DossierFile("form", "Phiếu đề xuất nhiệm vụ"),)
    sender = Sender("organization", "Công ty A", place="An Giang")
    letter = draft_proposal_letter(
        catalog.letter("cong-van-de-xuat"), sender, [make_proposal()], call, files
    )
    printed = " ".join(lines(compose_letter(letter)))
    for block in letter.body:
        assert " ".join("".join(run.text for run in block.runs).rstrip("./").split()) in printed
    assert all(isinstance(part, Text | Grid | Rule) for part in compose_letter(letter).body)


def test_a_signature_below_a_table_never_stands_alone_on_its_page():
    """The last row of the table goes with it, in our PDF as in Word and LibreOffice."""
    rows = tuple(
        (blocks_from_text(str(number)), blocks_from_text("việc phải làm")) for number in range(55)
    )
    alone = []
    for count in range(25, 55):
        letter = make_letter(body=(Table(rows[:count]),))
        last = lay_out(prepare(compose_letter(letter)))[-1]
        words = [
            span.text for _, _, mark in last.marks if isinstance(mark, Line) for span in mark.spans
        ]
        if str(count - 1) not in words:
            alone.append(count)
    assert alone == []


def test_only_as_much_of_the_body_goes_with_the_signature_as_keeps_it_company():
    """A last paragraph of two lines is enough: what stands before it fills the page above."""
    long = "Công ty chịu trách nhiệm thực hiện các nội dung cam kết trên đây trong suốt thời gian. "
    document = compose_letter(make_letter(body=blocks_from_text(f"{long}\n{long}\nHết")))
    *_, first, second, last, _block = document.body
    assert [text.format.keep_with_next for text in (first, second, last)] == [False, True, True]
    document = compose_letter(make_letter(body=blocks_from_text(f"{long}\n{long}")))
    *_, first, last, _block = document.body
    assert [text.format.keep_with_next for text in (first, last)] == [False, True]


def test_a_letter_that_overflows_its_page_by_little_is_set_tighter_and_no_other():
    """One page instead of two, the second of which would hold a signature and two lines."""
    heights, pages = [], []
    for count in range(10, 24):
        body = blocks_from_text("\n".join(["Công ty cam kết phối hợp thực hiện nhiệm vụ."] * count))
        document = compose_letter(make_letter(body=body))
        heights.append(find(document, "Công ty cam").format.line_height)
        pages.append(len(lay_out(prepare(document))))
    assert pages == sorted(pages)
    tight = [at for at, height in enumerate(heights) if height < max(heights)]
    assert tight
    assert all(pages[at] == 1 for at in tight)
    assert min(heights) >= 14 * 1.15
    assert heights[0] == heights[-1] == 18
