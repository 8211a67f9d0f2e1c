"""The shipped data is what the official papers print, word for word."""

import re
from pathlib import Path

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import DeadlineRule
from ncs_desktop.domain.errors import CatalogProblem, InputProblem
from ncs_desktop.domain.form import FieldKind
from ncs_desktop.domain.letter import NATION
from ncs_desktop.paths import data_folder
from tests.factories import CODES, make_proposal

PROJECT = Path(__file__).resolve().parents[2]
REFERENCE = PROJECT.parent / "shared" / "reference"
FORM = "a1-dxnv@tt15-2022"
PRINTED = """\
Mẫu A1-ĐXNV
15/2022/TT-BKHCN
PHIẾU ĐỀ XUẤT
NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ CẤP QUỐC GIA THUỘC CHƯƠNG TRÌNH QUỐC GIA HỖ TRỢ DOANH NGHIỆP \
NÂNG CAO NĂNG SUẤT VÀ CHẤT LƯỢNG SẢN PHẨM, HÀNG HÓA GIAI ĐOẠN 2021-2030
(Dự kiến thực hiện trong kế hoạch năm {plan_year})
I. TÊN NHIỆM VỤ
[title 2]
II. TÍNH CẤP THIẾT CỦA NHIỆM VỤ (Trình bày rõ cơ sở khoa học và thực tiễn để luận giải, minh \
chứng về tầm quan trọng, tính thời sự, cấp thiết của nhiệm vụ; tác động và ảnh hưởng đến hoạt \
động thúc đẩy nâng cao năng suất chất lượng nền kinh tế, ngành kinh tế, địa phương hoặc doanh \
nghiệp; cơ sở pháp lý đề xuất nhiệm vụ;...)
[urgency 2]
III. MỤC TIÊU CỦA NHIỆM VỤ
[objectives 2]
IV. DỰ KIẾN CÁC NỘI DUNG CHÍNH CẦN THỰC HIỆN
[contents 2]
V. DỰ KIẾN KẾT QUẢ, SẢN PHẨM CỦA NHIỆM VỤ
[results 2]
VI. DỰ KIẾN HIỆU QUẢ ĐẠT ĐƯỢC CỦA NHIỆM VỤ
[effectiveness 2]
VII. DỰ KIẾN TỔ CHỨC/DOANH NGHIỆP/ĐỊA ĐIỂM ÁP DỤNG, ỨNG DỤNG KẾT QUẢ, SẢN PHẨM TẠO RA
[application_sites 2]
VIII. YÊU CẦU VỀ THỜI GIAN THỰC HIỆN NHIỆM VỤ
[duration 1]
IX. DỰ KIẾN NHU CẦU KINH PHÍ
Tổng kinh phí thực hiện nhiệm vụ: [budget.total 0]
Trong đó:
Kinh phí Ngân sách nhà nước: [budget.state_budget 0]
Kinh phí đối ứng từ tổ chức, doanh nghiệp: [budget.counterpart 0]
X. THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ
1. Tên tổ chức/cá nhân đề xuất: [proposer_name 1]
2. Địa chỉ: [proposer_address 1]
3. Đầu mối liên hệ:
- Họ và tên: [contact_name 0] Chức vụ: [contact_position 0]
- Điện thoại: [contact_phone 0] Email: [contact_email 0]
4. Tài liệu gửi kèm (nếu có): [enclosures 3]
TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT
(Ký tên và đóng dấu của tổ chức)"""


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="module")
def messages():
    return Messages.load()


def printed(form):
    lines = [line.text for line in form.head]
    for section in form.sections:
        lines.append(f"{section.title} {section.guidance}".strip())
        for line in section.lines:
            parts = [
                f"{part.label} [{part.field} {line.blank_lines}]" if part.field else part.label
                for part in line.parts
            ]
            lines.append(" ".join(part.strip() for part in parts))
    return lines + [line.text for line in form.signature]


def flat(text):
    """One line without leaders, marks of the text conversion and doubled spaces."""
    text = re.sub(r"\*+|^#+ ", "", text, flags=re.MULTILINE)
    text = re.sub(r"…[….]*|\.{5,}", " ", text)
    return " ".join(text.split())


def reference(prefix):
    found = sorted(REFERENCE.glob(f"{prefix}_*.txt"))
    if not found:
        pytest.skip("the official papers are not beside this project")
    return found[0].read_text(encoding="utf-8")


# ------------------------------------------------------------------------------ the form


def test_the_form_prints_exactly_these_lines(catalog):
    assert printed(catalog.form(FORM)) == PRINTED.splitlines()


def test_the_form_is_the_official_one_word_for_word(catalog):
    official = reference("003").split("Mẫu A1-ĐXNV \n", 1)[1]
    ours = re.sub(r"\[[^]]*\]|\{plan_year\}", " ", "\n".join(printed(catalog.form(FORM))[1:]))
    assert flat(ours) == flat(official)


def test_each_blank_has_as_many_dotted_lines_as_the_official_form(catalog):
    official = reference("003").split("PHIẾU ĐỀ XUẤT", 1)[1]
    counts = []
    for line in official.splitlines():
        if re.fullmatch(r"\s*…{10,}\s*", line):
            counts[-1] += 1
        elif line.strip() and not line.startswith(("\x0c", "mailto")):
            counts.append(0)
    wanted = [line.blank_lines for s in catalog.form(FORM).sections for line in s.lines]
    assert [count for count in counts if count] == [count for count in wanted if count]


def test_every_field_of_the_contract_is_there(catalog):
    form = catalog.form(FORM)
    kinds = {field.key: field.kind for field in form.fields}
    blocks = ["urgency", "objectives", "contents", "results", "effectiveness", "application_sites"]
    assert all(kinds[key] is FieldKind.BLOCKS for key in blocks)
    supplement = {field.key for field in form.supplement}
    assert supplement == {
        *("proposer_kind", "lead_organization", "task_kind", "priorities", "programme_groups"),
        *("programme_justification", "universities", "university_field", "commitments"),
        *("summary_objectives", "summary_contents", "summary_results", "summary_note"),
    }
    assert set(make_proposal().values) - {"budget"} <= set(kinds)
    assert all(field.help and field.label for field in form.fields)
    assert all(section.advice for section in form.sections)


def test_required_is_what_the_official_form_does_not_call_optional(catalog):
    form = catalog.form(FORM)
    free = {field.key for field in form.fields if field.printed and not field.required}
    assert free == {"enclosures", "contact_position"}
    assert not any(field.required for field in form.supplement)


def test_the_later_version_prints_the_same_and_says_what_is_not_known(catalog):
    first, later = catalog.form(FORM), catalog.form("a1-dxnv@tt07-2024")
    assert printed(later) == printed(first)
    assert later.fields == first.fields
    assert later.effective_from is None
    assert "Chưa biết" in later.note
    assert later.code == "A1-ĐXNV"


def test_the_newest_form_is_the_one_whose_first_day_in_force_is_known(catalog):
    assert catalog.latest_form("a1-dxnv").full_id == FORM


def test_unknown_names_are_told(catalog, messages):
    for ask in (catalog.form, catalog.latest_form, catalog.call):
        with pytest.raises(InputProblem) as raised:
            ask("khong-co")
        assert "khong-co" in messages.error(raised.value)
    with pytest.raises(CatalogProblem):
        catalog.letter("khong-co")
    assert catalog.form_of(make_proposal()).full_id == FORM


# ------------------------------------------------------------------------------ the calls


SOURCES = {"nam-dinh-2024": "000", "an-giang-2026": "002", "binh-phuoc-2025": "003"}


@pytest.mark.parametrize("call_id", SOURCES)
def test_a_call_quotes_its_letter_word_for_word(catalog, call_id):
    call = catalog.call(call_id)
    letter = flat(reference(SOURCES[call_id]))
    confirmations = call.options["confirmations"]
    quotes = [priority.text for priority in call.priorities]
    quotes += [item.text for items in call.recipe.values() for item in items]
    quotes += [call.deadlines[0].text, confirmations["C02"], confirmations["C03"]]
    quotes += [call.phrases["call_subject"], call.authority.address, call.authority.email]
    quotes += [call.authority.unit, call.phrases["verb"]]
    missing = [
        quote for quote in quotes if flat(quote).replace("+ ", "") not in letter.replace("+ ", "")
    ]
    assert not missing


def test_deadlines_mean_what_their_words_say(catalog):
    first = {call_id: catalog.call(call_id).deadlines[0] for call_id in SOURCES}
    assert {call_id: (item.rule, item.end.isoformat()) for call_id, item in first.items()} == {
        "nam-dinh-2024": (DeadlineRule.INCLUSIVE_DAY, "2023-04-21T00:00:00+07:00"),
        "binh-phuoc-2025": (DeadlineRule.INCLUSIVE_MINUTE, "2024-03-26T16:01:00+07:00"),
        "an-giang-2026": (DeadlineRule.EXCLUSIVE_DAY, "2025-08-10T00:00:00+07:00"),
    }
    assert first["an-giang-2026"].last_working_day.isoformat() == "2025-08-08"
    ministry = catalog.call("nam-dinh-2024").deadlines[1]
    assert ministry.end.isoformat() == "2023-04-28T17:01:00+07:00"


@pytest.mark.parametrize(
    ("call_id", "agency", "organization", "individual"),
    [
        ("nam-dinh-2024", "letter summary form commitment", "letter form commitment", ""),
        ("binh-phuoc-2025", "letter form commitment", "letter form commitment", ""),
        (
            "an-giang-2026",
            "letter summary form commitment",
            "letter summary form commitment",
            "",
        ),
    ],
)
def test_each_kind_of_sender_is_asked_for_its_own_documents(
    catalog, call_id, agency, organization, individual
):
    call = catalog.call(call_id)
    roles = {kind: " ".join(item.role for item in items) for kind, items in call.recipe.items()}
    assert roles == {
        "agency": agency,
        "organization": organization,
        "individual": individual or "form commitment",
    }


def test_priorities_keep_the_order_of_their_call(catalog):
    orders = {call.id: [item.id for item in call.priorities] for call in catalog.calls.values()}
    later = ["policy", "communication", "business_support", "training", "standards"]
    assert orders == {
        "nam-dinh-2024": ["policy", "business_support", "training", "standards", "communication"],
        "binh-phuoc-2025": later,
        "an-giang-2026": later,
    }


def test_every_rule_has_a_weight_in_every_call(catalog):
    assert list(catalog.rules) == CODES
    for call in catalog.calls.values():
        assert list(call.severities) == CODES


@pytest.mark.parametrize(
    ("code", "nam_dinh", "binh_phuoc", "an_giang"),
    [
        ("C01", "error", "error", "error"),
        ("C02", "info", "info", "info"),
        ("C05", "error", "warning", "warning"),
        ("C06", "error", "warning", "error"),
        ("C11", "warning", "warning", "warning"),
        ("F08", "info", "info", "info"),
        ("T05", "warning", "warning", "warning"),
        ("M01", "error", "error", "error"),
    ],
)
def test_a_rule_weighs_what_its_call_says(catalog, code, nam_dinh, binh_phuoc, an_giang):
    weights = {call.id: call.severity(code).value for call in catalog.calls.values()}
    assert weights == {
        "nam-dinh-2024": nam_dinh,
        "binh-phuoc-2025": binh_phuoc,
        "an-giang-2026": an_giang,
    }


def test_calls_name_offices_and_no_telephone():
    for path in data_folder("forms").glob("calls/*.toml"):
        assert not re.search(r"0\d{2,3}[ .]?\d{3}[ .]?\d{3}", path.read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------ letters, table


PLACEHOLDERS = {
    *("agency", "call_title", "plan_year", "verb", "authority", "authority_parent", "count"),
    *("titles", "enclosures", "total", "total_words", "state_budget", "counterpart", "title"),
    *("proposer", "organization", "address", "representative", "position", "scope", "amount"),
    *("amount_words", "programme", "letter_sources", "legal_basis", "points", "until"),
}


def test_letters_use_only_the_documented_placeholders(catalog):
    assert set(catalog.letters) >= {"cong-van-de-xuat", "van-ban-cam-ket"}
    for letter in catalog.letters.values():
        texts = [letter.subject, letter.kind_title, *letter.body, *letter.addressees]
        used = {name for text in texts for name in re.findall(r"\{(.*?)\}", text)}
        assert used <= PLACEHOLDERS
        assert "chương trình soạn" in letter.note
        assert letter.body[-1].endswith("./.")


def test_the_summary_table_is_the_official_one(catalog):
    layout = catalog.summary_layout()
    official = reference("000")
    headings = [column.heading for column in layout.columns if column.group is None]
    group = [column.heading for column in layout.columns if column.group]
    assert "\t".join([*headings[:7], "Dự kiến kinh phí (triệu đồng)", "", "", headings[7]]) in (
        official
    )
    assert "\t".join(group) in official
    nation, motto = layout.right_head
    assert nation == NATION
    for line in (layout.left_head, nation.replace("HÒA", "HOÀ"), motto, *layout.title[::2]):
        assert line in official
    assert layout.footer[1] in official
    assert {column.group for column in layout.columns if column.group} == {
        "Dự kiến kinh phí (triệu đồng)"
    }
    assert len(layout.columns) == 11
