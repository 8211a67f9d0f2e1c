from dataclasses import replace

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.blocks import ListItem, plain_text
from ncs_desktop.domain.dossier import DossierFile, Sender
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.letters import draft_commitment_letter, draft_proposal_letter
from ncs_desktop.domain.proposal import Commitment
from tests.factories import make_proposal

SENDER = Sender(
    "organization",
    "Công ty Cổ phần Tư vấn Năng suất Mê Kông",
    address="Số 18 Trần Hưng Đạo",
    place="An Giang",
    signer_title="GIÁM ĐỐC",
    signer_name="Trần Văn Lộc",
)
FILES = (
    DossierFile("letter", "Công văn đề xuất", ("docx",)),
    DossierFile("summary", "Bảng tổng hợp danh mục nhiệm vụ đề xuất"),
    DossierFile("form", "Phiếu đề xuất nhiệm vụ 1", proposal_id="1"),
    DossierFile("form", "Phiếu đề xuất nhiệm vụ 2", proposal_id="2"),
    DossierFile("commitment", "Văn bản cam kết", organization="Công ty A"),
    DossierFile("data", "Dữ liệu"),
    DossierFile("contents", "Danh mục hồ sơ"),
    DossierFile("attachment", "khảo sát.pdf"),
)


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="module")
def call(catalog):
    return catalog.call("an-giang-2026")


def draft(catalog, call, *proposals, sender=SENDER, files=FILES):
    template = catalog.letter("cong-van-de-xuat")
    return draft_proposal_letter(template, sender, proposals, call, files)


def paragraph(letter, start):
    lines = plain_text(letter.body).split("\n")
    return next(line for line in lines if line.startswith(start))


def test_letter_names_every_proposal_in_its_rank(catalog, call):
    second = make_proposal(title="Đào tạo chuyên gia.")
    letter = draft(catalog, call, make_proposal(title="Xây dựng mô hình"), second)
    ranked = [b for b in letter.body if isinstance(b, ListItem) and b.marker[0].isdigit()]
    assert [(item.marker, item.runs[0].text) for item in ranked] == [
        ("1.", "Xây dựng mô hình;"),
        ("2.", "Đào tạo chuyên gia."),
    ]
    assert "đề xuất 02 nhiệm vụ" in plain_text(letter.body)


def test_letter_sums_the_amounts_exactly_and_in_words(catalog, call):
    small = make_proposal(
        **{"budget.total": None, "budget.state_budget": 1, "budget.counterpart": 2}
    )
    text = paragraph(draft(catalog, call, make_proposal(), small), "Tổng kinh phí")
    assert "4.850.000.003 đồng" in text
    assert "ba đồng)" in text
    assert "2.900.000.001 đồng" in text
    assert "1.950.000.002 đồng" in text


def test_letter_states_the_sums_of_its_table_and_what_they_lack(catalog, call):
    unknown = make_proposal(
        **{"budget.total": None, "budget.state_budget": None, "budget.counterpart": 5}
    )
    text = paragraph(draft(catalog, call, make_proposal(), unknown), "Tổng kinh phí")
    assert text.startswith("Tổng kinh phí dự kiến: 4.850.000.000 đồng (Bằng chữ: Bốn tỷ")
    assert "1.950.000.005 đồng (chưa cộng số liệu còn thiếu của 01 nhiệm vụ)" in text
    alone = paragraph(draft(catalog, call, unknown), "Tổng kinh phí")
    assert alone.startswith("Tổng kinh phí dự kiến: …………… đồng (Bằng chữ: ……………)")
    assert "1.950.000.005 đồng" in text


def test_letter_says_where_the_total_is_not_that_of_both_sources(catalog, call):
    short = make_proposal(
        **{"budget.total": 300, "budget.state_budget": 150, "budget.counterpart": 50}
    )
    text = paragraph(draft(catalog, call, make_proposal(), short), "Tổng kinh phí")
    assert "đồng. Tổng kinh phí lớn hơn hai nguồn cộng lại 100 đồng, do số liệu" in text
    even = paragraph(draft(catalog, call, make_proposal()), "Tổng kinh phí")
    assert "hai nguồn" not in even


def test_letter_lists_a_commitment_to_two_tasks_under_each_of_them(catalog, call):
    """One enterprise signs one paper for each phiếu; both go along, so both are listed."""
    paper = "Văn bản cam kết của Công ty A"
    files = [
        DossierFile(role, name, proposal_id=of, organization=org)
        for of in ("1", "2")
        for role, name, org in (
            ("form", f"Phiếu đề xuất {of}", ""),
            ("commitment", paper, "Công ty A"),
            ("commitment", paper, "Công ty A"),
        )
    ]
    letter = draft(catalog, call, make_proposal(), make_proposal(), files=files)
    lines = plain_text(letter.body).split("\n")
    listed = [line.strip("- ;.") for line in lines if paper in line or "Phiếu đề xuất" in line]
    assert listed == ["Phiếu đề xuất 1", paper, "Phiếu đề xuất 2", paper]


def test_letter_lists_what_is_enclosed_and_nothing_else(catalog, call):
    letter = draft(catalog, call, make_proposal())
    items = [b.runs[0].text for b in letter.body if isinstance(b, ListItem) and b.marker == "-"]
    assert items == [
        "Bảng tổng hợp danh mục nhiệm vụ đề xuất;",
        "Phiếu đề xuất nhiệm vụ 1;",
        "Phiếu đề xuất nhiệm vụ 2;",
        "Văn bản cam kết của Công ty A;",
        "khảo sát.pdf.",
    ]


def test_letter_takes_its_words_from_the_call(catalog, call):
    letter = draft(catalog, call, make_proposal())
    assert letter.subject.endswith(
        "cấp quốc gia dự kiến thực hiện từ năm 2026 thuộc Chương trình 1322"
    )
    assert letter.addressees == ("Sở Khoa học và Công nghệ tỉnh An Giang",)
    assert "Công văn số 3347/BKHCN-TĐC ngày 24/07/2025" in plain_text(letter.body)
    assert letter.place == "An Giang"
    assert letter.number_symbol == ""


@pytest.mark.parametrize("call_id", ["nam-dinh-2024", "binh-phuoc-2025", "an-giang-2026"])
def test_no_placeholder_is_left_in_any_call(catalog, call_id):
    call = catalog.call(call_id)
    letter = draft(catalog, call, make_proposal())
    commitment = Commitment("Công ty A", "Xã B", "Ông C", "Giám đốc", ("co_fund",), 5)
    other = draft_commitment_letter(
        catalog.letter("van-ban-cam-ket"), make_proposal(), commitment, call
    )
    for drafted in (letter, other):
        text = "\n".join(
            (plain_text(drafted.body), drafted.subject, *drafted.addressees, *drafted.recipients)
        )
        assert "{" not in text
        assert "……" not in text
        assert drafted.note


def test_signer_is_the_sender_and_an_individual_signs_as_proposer(catalog, call):
    assert draft(catalog, call, make_proposal()).signer_title == "GIÁM ĐỐC"
    nobody = Sender("organization", "Công ty A")
    assert draft(catalog, call, make_proposal(), sender=nobody).signer_title == "THỦ TRƯỞNG ĐƠN VỊ"
    person = Sender("individual", "Lê Hoàng Ân", signer_name="Lê Hoàng Ân")
    letter = draft(catalog, call, make_proposal(), sender=person)
    assert letter.signer_title == "NGƯỜI ĐỀ XUẤT"
    assert letter.parent == ""


@pytest.mark.parametrize(
    ("kind", "title", "signed"),
    [
        ("agency", "Phó Giám đốc", "KT. Giám đốc\nPhó Giám đốc"),
        ("agency", " PHÓ  CHÁNH VĂN PHÒNG ", "KT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG"),
        ("agency", "Giám đốc", "Giám đốc"),
        ("agency", "TUQ. GIÁM ĐỐC\nPHÓ CHÁNH VĂN PHÒNG", "TUQ. GIÁM ĐỐC\nPHÓ CHÁNH VĂN PHÒNG"),
        ("agency", "Phó Giám đốc phụ trách", "Phó Giám đốc phụ trách"),
        ("agency", "Phó Giáo sư", "Phó Giáo sư"),
        ("organization", "Phó Giám đốc", "Phó Giám đốc"),
    ],
)
def test_a_deputy_of_an_agency_signs_for_its_head(catalog, call, kind, title, signed):
    sender = replace(SENDER, kind=kind, signer_title=title)
    letter = draft(catalog, call, make_proposal(), sender=sender)
    assert letter.signer_title == signed


def commitment_letter(catalog, call, **changes):
    values = {
        "organization": "Công ty TNHH Thủy sản Hòn Sóc",
        "address": "Xã Hòn Đất, tỉnh An Giang",
        "position": "Giám đốc",
        "scope": ("co_fund", "receive_results"),
        "amount": 850_000_000,
    }
    template = catalog.letter("van-ban-cam-ket")
    commitment = Commitment(**{**values, **changes})
    return draft_commitment_letter(template, make_proposal(), commitment, call)


def test_commitment_states_scope_amount_and_task(catalog, call):
    letter = commitment_letter(catalog, call)
    text = plain_text(letter.body)
    assert "850.000.000 đồng (Bằng chữ: Tám trăm năm mươi triệu đồng)" in text
    assert make_proposal().title in text
    assert [b.runs[0].text for b in letter.body if isinstance(b, ListItem)] == [
        "Đối ứng kinh phí thực hiện nhiệm vụ;",
        "Tiếp nhận hoặc ứng dụng kết quả, sản phẩm của nhiệm vụ.",
    ]
    assert "người đại diện: ……………, chức vụ: Giám đốc" in text
    assert letter.agency == "Công ty TNHH Thủy sản Hòn Sóc"
    assert letter.kind_title == "VĂN BẢN NHU CẦU VÀ CAM KẾT"
    assert letter.signer_title == "Giám đốc"


def test_commitment_without_money_says_nothing_of_money(catalog, call):
    letter = commitment_letter(catalog, call, scope=("cooperate",), amount=None)
    assert "đồng" not in plain_text(letter.body).replace("cộng đồng", "")


def test_commitment_whose_amount_is_open_leaves_room_for_it(catalog, call):
    text = plain_text(commitment_letter(catalog, call, amount=None).body)
    assert "…………… đồng (Bằng chữ: ……………)" in text


def test_commitment_without_scope_or_position_leaves_blanks(catalog, call):
    letter = commitment_letter(catalog, call, scope=(), position="")
    assert [b.runs[0].text for b in letter.body if isinstance(b, ListItem)] == ["……………."]
    assert letter.signer_title.startswith("ĐẠI DIỆN")


def test_one_task_is_not_said_to_be_ranked(catalog, call):
    one, two = make_proposal(), make_proposal(title="Đào tạo chuyên gia")
    assert "thứ tự ưu tiên" not in plain_text(draft(catalog, call, one).body)
    assert "thứ tự ưu tiên như sau:" in plain_text(draft(catalog, call, one, two).body)


def test_a_call_without_documents_leaves_no_empty_parenthesis(catalog, call):
    bare = replace(call, phrases=FrozenDict({**call.phrases, "letter_sources": ()}))
    text = paragraph(draft(catalog, bare, make_proposal()), "Thực hiện hướng dẫn")
    assert "triển khai" not in text
    assert text.endswith("thuộc Chương trình 1322;")
    assert "(triển khai " in plain_text(draft(catalog, call, make_proposal()).body)
