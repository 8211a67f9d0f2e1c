"""The shipped data is what the official papers print, and every mistake in it names its place."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.catalog import (
    CALL_FILE_LIMIT,
    Catalog,
    Messages,
    is_identifier,
    read_call,
    write_call,
)
from ncs_desktop.domain.call import DeadlineRule
from ncs_desktop.domain.errors import CatalogProblem, InputProblem, NcsError
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.form import FieldKind
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.paths import data_folder
from tests.factories import CODES, make_proposal

PROJECT = Path(__file__).resolve().parents[1]
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
    *("amount_words", "programme", "letter_sources", "legal_basis"),
}


def test_letters_use_only_the_documented_placeholders(catalog):
    assert set(catalog.letters) == {"cong-van-de-xuat", "van-ban-cam-ket"}
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
    for line in (layout.left_head, *layout.right_head, *layout.title[::2], layout.footer[1]):
        assert line in official
    assert {column.group for column in layout.columns if column.group} == {
        "Dự kiến kinh phí (triệu đồng)"
    }
    assert len(layout.columns) == 11


# ------------------------------------------------------------------------------ mistakes

CALL = "calls/an-giang-2026.toml"
MISTAKES = [
    (f"{FORM}.toml", 'code = "A1-ĐXNV"\n', "", "missing_key", "code", "text"),
    (f"{FORM}.toml", 'code = "A1-ĐXNV"', "code = 1", "wrong_type", "code", "text"),
    (f"{FORM}.toml", 'version = "tt15', 'version = "tt16', "wrong_name", "id", "a1-dxnv@tt16-2022"),
    (f"{FORM}.toml", "2022-12-01", '"1/12/2022"', "bad_date", "effective_from", "1/12/2022"),
    (f"{FORM}.toml", "2022-12-01", "2022-13-01", "not_toml", "", None),
    (f"{FORM}.toml", "page_size_pt", "page_size", "unknown_key", "page_size", "page_size"),
    (f"{FORM}.toml", 'align = "right"', 'align = "up"', "bad_value", "head[0].align", "up"),
    (
        f"{FORM}.toml",
        'field = "title", blank_lines',
        'field = "tittle", blank_lines',
        "unknown_field",
        "sections[0].lines",
        "tittle",
    ),
    (
        f"{FORM}.toml",
        'field = "objectives", blank',
        'field = "title", blank',
        "duplicate",
        "lines",
        "title",
    ),
    (f"{FORM}.toml", 'key = "urgency"', 'key = "title"', "duplicate", "fields", "title"),
    (f"{FORM}.toml", 'number = "II"', 'number = "I"', "duplicate", "sections", "I"),
    (f"{FORM}.toml", 'kind = "money"', 'kind = "cash"', "bad_value", "fields[9].kind", "cash"),
    (f"{FORM}.toml", 'key = "budget.total"', 'key = "Total"', "bad_value", "fields[9].key", None),
    (f"{FORM}.toml", "blank_lines = 2", "blank_lines = -1", "bad_value", None, -1),
    (f"{FORM}.toml", "blank_lines = 2", "lines = 2", "unknown_key", None, "lines"),
    (f"{FORM}.toml", "blank_lines = 2", "blank_lines = true", "wrong_type", None, "integer"),
    (f"{FORM}.toml", '{ label = "Trong đó:" }', "{}", "missing_key", None, "text"),
    (f"{FORM}.toml", 'kind = "choice"', 'kind = "text"', "bad_options", "fields[12].options", None),
    (f"{FORM}.toml", '"individual", label', '"organization", label', "duplicate", None, None),
    (
        f"{FORM}.toml",
        'field = "enclosures", blank',
        'field = "summary_note", blank',
        "not_printed",
        None,
        "summary_note",
    ),
    (f"{FORM}.toml", ', field = "enclosures"', "", "no_place", "fields", "enclosures"),
    (
        "a1-dxnv@tt07-2024.toml",
        'same_as = "a1-dxnv@tt15-2022"',
        'same_as = "a1-dxnv@tt14"',
        "unknown_form",
        "same_as",
        "a1-dxnv@tt14",
    ),
    (CALL, 'id = "an-giang-2026"', 'id = "an-giang"', "wrong_name", "id", "an-giang"),
    (CALL, 'id = "an-giang-2026"', 'id = "../x"', "bad_value", "id", "../x"),
    (CALL, "plan_year = 2026", "plan_year = 26", "bad_value", "plan_year", 26),
    (CALL, "issued = 2025-07-28", "issued = 7", "wrong_type", "issued", "date"),
    (CALL, "issued =", "isued =", "missing_key", "issued", "date"),
    (CALL, "at = 2025-08-10", "at = 2025-08-10T16:00:00", "wrong_type", None, "date"),
    (CALL, '"exclusive_day"', '"exclusive_minute"', "wrong_type", "deadlines[0].at", "minute"),
    (CALL, '"exclusive_day"', '"before"', "bad_value", "deadlines[0].rule", "before"),
    (CALL, "[[deadlines]]", "[deadlines]", "wrong_type", "deadlines", "tables"),
    (CALL, '"a1-dxnv@tt07-2024"]', '"b2@x"]', "unknown_form", "accepts[1]", "b2@x"),
    (CALL, "accepts = [", "accepts = [] #", "missing_key", "accepts", None),
    (CALL, "accepts = [", "accepts = [1, ", "wrong_type", "accepts[0]", "text"),
    (CALL, 'role = "letter"', 'role = "lettre"', "bad_value", "recipe.agency[0].role", "lettre"),
    (CALL, 'need = "required"', 'need = "must"', "bad_value", "recipe.agency[0].need", "must"),
    (
        CALL,
        'need = "required"',
        'need = "required_for:x"',
        "unknown_option",
        "recipe.agency[0].need",
        "x",
    ),
    (CALL, "[[recipe.agency]]", "[[recipe.agenci]]", "unknown_key", None, None),
    (CALL, '\nid = "training"', '\nid = "policy"', "duplicate", "priorities", "policy"),
    (CALL, '\nid = "training"', '\nid = "travel"', "unknown_option", "priorities[3].id", "travel"),
    (CALL, "C06 =", "C66 =", "unknown_rule", "severities.C66", "C66"),
    (CALL, 'C06 = "error"', 'C06 = "fatal"', "bad_value", "severities.C06", "fatal"),
    (CALL, "minimum_universities = 3", "x = 2020-01-01", "wrong_type", "options.x", "json"),
    (CALL, 'verb = "', 'verb = 3 # "', "wrong_type", "phrases.verb", "text"),
    (CALL, "[authority]", "[autority]", "missing_key", "authority", "table"),
    (CALL, "unit =", "units =", "unknown_key", "authority.units", None),
    ("rules.toml", 'severity = "error"', 'severity = "bad"', "bad_value", "F01.severity", "bad"),
    ("rules.toml", 'title = "Điền', 'name = "Điền', "missing_key", "F01.title", "text"),
    ("letters/van-ban-cam-ket.toml", "body = [", "bodies = [", "unknown_key", "bodies", None),
    ("letters/van-ban-cam-ket.toml", 'id = "van', 'id = "von', "wrong_name", "id", None),
    ("tables/bang-tong-hop.toml", "0.035", "0.5", "bad_shares", "columns", None),
    ("tables/bang-tong-hop.toml", '"rank"', '"title"', "duplicate", "columns", "title"),
    ("tables/bang-tong-hop.toml", 'kind = "money"', 'kind = "m"', "bad_value", None, "m"),
    ("rules.toml", "[F01]", "F01", "not_toml", "", None),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "key", "reason"),
    MISTAKES,
    ids=[f"{code}-{index}" for index, (_, _, _, code, _, _) in enumerate(MISTAKES)],
)
def test_a_mistake_names_file_key_and_reason(tmp_path, messages, file, old, new, code, key, reason):
    folder = copy_of_forms(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    many = "recipe.agency" in old
    (folder / file).write_text(text.replace(old, new, -1 if many else 1), encoding="utf-8")
    with pytest.raises(CatalogProblem) as raised:
        Catalog.load(folder)
    problem = raised.value
    assert problem.code == f"catalog.{code}"
    assert problem.params["path"] == str(folder / file)
    assert key is None or problem.params["key"] == key
    assert reason is None or problem.params["reason"] == reason
    assert problem.params["reason"] not in ("", None)
    sentence = messages.error(problem)
    assert str(folder / file) in sentence
    assert str(problem.params["key"]) in sentence
    assert "…" not in sentence.replace("«…»", "")


def copy_of_forms(tmp_path):
    return Path(shutil.copytree(data_folder("forms"), tmp_path / "Mẫu phiếu"))


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    folder = copy_of_forms(tmp_path)
    (folder / "rules.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogProblem) as raised:
        Catalog.load(folder)
    assert raised.value.params["path"] == str(folder / "rules.toml")


def test_a_missing_file_is_named(tmp_path):
    folder = copy_of_forms(tmp_path)
    (folder / "letters" / "van-ban-cam-ket.toml").unlink()
    (folder / "tables" / "bang-tong-hop.toml").unlink()
    catalog = Catalog.load(folder)
    with pytest.raises(CatalogProblem) as raised:
        catalog.letter("van-ban-cam-ket")
    assert raised.value.params["path"] == "letters/van-ban-cam-ket.toml"
    with pytest.raises(CatalogProblem) as raised:
        catalog.summary_layout()
    assert raised.value.code == "catalog.missing_file"


# ------------------------------------------------------------------------------ adding data only

NEW_FORM = """
id = "b2-thu"
version = "tt99-2027"
code = "B2"
title = "Phiếu thử"
legal_source = "Thông tư số 99/2027/TT-BKHCN"
effective_from = 2027-01-01
head = [{ text = "PHIẾU THỬ NĂM {plan_year}", bold = true }]
signature = [{ text = "NGƯỜI ĐỀ XUẤT" }]

[[sections]]
number = "I"
heading = "TÊN"
lines = [{ label = "Tên:", field = "title" }]

[[fields]]
key = "plan_year"
kind = "year"
label = "Năm"

[[fields]]
key = "title"
kind = "text"
label = "Tên"
required = true
"""
NEW_CALL = """
id = "can-tho-2028"
title = "Cần Thơ 2028"
plan_year = 2028
issued = 2027-05-01
accepts = ["b2-thu@tt99-2027"]

[authority]
name = "Sở Khoa học và Công nghệ thành phố Cần Thơ"

[[deadlines]]
stage = "Gửi Sở"
rule = "exclusive_minute"
at = 2027-07-01T17:00:00

[[recipe.agency]]
role = "form"
need = "required"
text = "Phiếu"

[severities]
F05 = "off"
"""


def test_a_form_and_a_call_are_added_by_two_files_and_no_code(tmp_path):
    folder = copy_of_forms(tmp_path)
    (folder / "b2-thu@tt99-2027.toml").write_text(NEW_FORM, encoding="utf-8")
    (folder / "calls" / "can-tho-2028.toml").write_text(NEW_CALL, encoding="utf-8")
    catalog = Catalog.load(folder)
    form, call = catalog.latest_form("b2-thu"), catalog.call("can-tho-2028")
    assert form.section_of("title").title == "I. TÊN"
    assert call.accepts == (form.full_id,)
    assert call.severity("F05") is Severity.OFF
    assert call.severity("F01") is Severity.ERROR
    assert call.deadline.end.isoformat() == "2027-07-01T17:00:00+07:00"
    assert not call.asks_for("letter", "agency")
    assert len(catalog.forms) == 3
    assert len(catalog.calls) == 4


# ------------------------------------------------------------------------------ call files


def test_a_call_file_gives_the_same_call_back(catalog):
    for call in catalog.calls.values():
        again = read_call(write_call(call), "tệp.ncs", catalog.rules)
        assert again == replace(call, own=True)
        assert write_call(again) == write_call(call)


def test_unknown_keys_of_a_call_file_are_kept_at_any_depth(catalog):
    tree = json.loads(write_call(catalog.call("nam-dinh-2024")))
    tree["new"] = {"a": [1, 2.5, None, True]}
    tree["authority"]["fax"] = "1"
    tree["deadlines"][1]["note"] = "x"
    tree["recipe"]["agency"][0]["copies"] = 3
    tree["recipe"]["club"] = []
    tree["severities"]["Z99"] = "error"
    call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    assert json.loads(write_call(call)) == tree
    assert json.loads(write_call(replace(call, deadlines=call.deadlines[:1])))["new"]


def test_a_call_file_may_leave_out_what_has_a_default(catalog):
    tree = json.loads(write_call(catalog.call("an-giang-2026")))
    for key in ("severities", "options", "phrases", "data_date", "source", "priorities"):
        del tree[key]
    call = read_call(json.dumps(tree).encode("utf-8-sig"), "x.ncs", catalog.rules)
    assert call.severity("C06") is Severity.WARNING
    assert call.priorities == ()
    assert call.options == {}


def test_texts_of_a_call_file_are_made_fit_for_paper(catalog):
    tree = json.loads(write_call(catalog.call("an-giang-2026")))
    tree["title"] = "An Giang\u0000 Đơ\u0323t"
    call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    assert call.title == "An Giang Đợt"


def test_a_time_with_a_zone_is_turned_to_vietnam(catalog):
    tree = json.loads(write_call(catalog.call("binh-phuoc-2025")))
    tree["deadlines"][0]["at"] = "2024-03-26T09:00:00+00:00"
    call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    assert call.deadline.at.isoformat() == "2024-03-26T16:00:00"


def _changed(**changes):
    def change(tree):
        for path, value in changes.items():
            *above, last = path.split("__")
            place = tree
            for name in above:
                place = place[int(name) if name.isdecimal() else name]
            place[last] = value
        return json.dumps(tree).encode()

    return change


@pytest.mark.parametrize(
    ("make", "code", "key"),
    [
        (lambda tree: b"", "not_a_call", None),
        (lambda tree: b"%PDF-1.7", "not_a_call", None),
        (lambda tree: b"\xff\x00", "not_a_call", None),
        (lambda tree: b"[]", "not_a_call", None),
        (lambda tree: b"[" * 100_000, "not_a_call", None),
        (lambda tree: b'{"format":"ncs-call","version":1e999}', "not_a_call", None),
        (lambda tree: b'{"format":"ncs-call","version":NaN}', "not_a_call", None),
        (lambda tree: b'{"format":"ncs-call","id":"a","id":"b"}', "duplicate", "id"),
        (_changed(format="ncs-proposal"), "not_a_call", None),
        (_changed(version=2), "newer_version", None),
        (_changed(version=True), "not_a_call", None),
        (_changed(version=0), "not_a_call", None),
        (_changed(id="con"), "bad_value", "id"),
        (_changed(id="../an-giang"), "bad_value", "id"),
        (_changed(id="a" * 61), "bad_value", "id"),
        (_changed(title="  "), "missing_key", "title"),
        (_changed(plan_year="2026"), "wrong_type", "plan_year"),
        (_changed(plan_year=True), "wrong_type", "plan_year"),
        (_changed(issued="2025-02-30"), "bad_date", "issued"),
        (_changed(authority=[]), "wrong_type", "authority"),
        (_changed(deadlines=[]), "missing_key", "deadlines"),
        (_changed(deadlines__0__at="9999-99-99"), "bad_date", "deadlines[0].at"),
        (_changed(deadlines__0__at="2025-08-10T10:00"), "wrong_type", "deadlines[0].at"),
        (_changed(deadlines__0__at=5), "wrong_type", "deadlines[0].at"),
        (_changed(recipe={}), "missing_key", "recipe.agency"),
        (_changed(recipe__agency=[1]), "wrong_type", "recipe.agency[0]"),
        (_changed(severities={"C01": "huge"}), "bad_value", "severities.C01"),
        (_changed(phrases={"verb": {"a": 1}}), "wrong_type", "phrases.verb"),
        (_changed(options=3), "wrong_type", "options"),
    ],
)
def test_a_hostile_call_file_gets_one_sentence(catalog, messages, make, code, key):
    content = make(json.loads(write_call(catalog.call("an-giang-2026"))))
    with pytest.raises(InputProblem) as raised:
        read_call(content, "Đợt lạ.ncs", catalog.rules)
    assert raised.value.code == f"call.{code}"
    assert key is None or raised.value.params["key"] == key
    sentence = messages.error(raised.value)
    assert "Đợt lạ.ncs" in sentence
    assert "\n" not in sentence


def test_a_huge_call_file_is_not_read(catalog):
    with pytest.raises(InputProblem) as raised:
        read_call(b" " * (CALL_FILE_LIMIT + 1), "x.ncs", catalog.rules)
    assert raised.value.code == "file.too_large"


CALL_KEYS = {
    *("id", "title", "plan_year", "issued", "authority", "deadlines", "accepts", "recipe"),
    *("priorities", "severities", "options", "phrases", "data_date", "source"),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=8,
)


@given(
    key=st.sampled_from(sorted(CALL_KEYS)),
    value=JSON,
)
def test_any_value_anywhere_is_a_call_or_a_sentence(catalog, messages, key, value):
    tree = json.loads(write_call(catalog.call("nam-dinh-2024")))
    tree[key] = value
    call, sentence = None, ""
    try:
        call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    except InputProblem as problem:
        sentence = messages.error(problem)
    if call is None:
        assert "x.ncs" in sentence
    else:
        assert read_call(write_call(call), "x.ncs", catalog.rules) == call


@given(content=st.binary(max_size=200))
def test_any_bytes_are_a_call_or_a_sentence(catalog, content):
    with pytest.raises(InputProblem):
        read_call(content, "x.ncs", catalog.rules)


# ------------------------------------------------------------------------------ own calls


def test_a_bad_own_call_is_left_out_and_told(tmp_path, catalog, messages):
    good = replace(catalog.call("an-giang-2026"), id="cua-toi")
    foreign = replace(good, id="la", accepts=("z9@x",))
    (tmp_path / "cua-toi.ncs").write_bytes(write_call(good))
    (tmp_path / "cũ.ncs").write_bytes(write_call(good))
    (tmp_path / "la.ncs").write_bytes(write_call(foreign))
    (tmp_path / "hỏng.ncs").write_bytes(b"{")
    (tmp_path / "trùng.ncs").write_bytes(write_call(catalog.call("nam-dinh-2024")))
    (tmp_path / "._cua-toi.ncs").write_bytes(b"\x00\x05")
    loaded = Catalog.load(own_calls=tmp_path)
    assert loaded.call("cua-toi").own
    assert not loaded.call("nam-dinh-2024").own
    assert sorted(problem.code for problem in loaded.problems) == [
        "call.no_known_form",
        "call.not_a_call",
        "call.twice",
        "call.twice",
    ]
    assert all(str(tmp_path) in messages.error(problem) for problem in loaded.problems)


def test_no_own_calls_is_nothing_special(tmp_path):
    assert Catalog.load(own_calls=tmp_path / "chưa có").problems == ()


@pytest.mark.parametrize("name", ["an-giang-2027", "a", "1322"])
def test_an_id_is_small_letters_digits_and_hyphens(name):
    assert is_identifier(name)


@pytest.mark.parametrize("name", ["", "A", "a_b", "-a", "a--b", "con", "lpt1", "đợt", "a/b", "."])
def test_what_no_file_name_could_carry_is_no_id(name):
    assert not is_identifier(name)


# ------------------------------------------------------------------------------ messages


def test_every_code_of_the_catalogue_has_a_sentence(messages):
    sources = [*(PROJECT / "ncs_desktop" / "catalog").glob("*.py")]
    sources += [PROJECT / "ncs_desktop" / "work" / "calls.py"]
    sources += [PROJECT / "ncs_desktop" / "cli" / "catalogue.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'"((?:catalog|call|form|file)\.[a-z_.]+)"', text))
    codes |= {f"catalog.{name}" for name in re.findall(r'mistake\(\s*"([a-z_]+)"', text)}
    assert len(codes) > 30
    assert codes <= set(messages.sentences)
    shared = ["missing_key", "wrong_type", "bad_value", "bad_date", "duplicate"]
    assert {f"call.{name}" for name in shared} <= set(messages.sentences)


def test_params_are_filled_in_and_expectations_explained(tmp_path):
    (tmp_path / "a.toml").write_text(
        '[a]\nb = "{path}: {key} phải là {reason}, {x}."\n[expected]\ntext = "chữ"\n',
        encoding="utf-8",
    )
    messages = Messages.load(tmp_path)
    problem = NcsError("a.b", path=Path("x"), key=["k", 1], reason="text")
    assert messages.error(problem) == "x: k, 1 phải là chữ, …."
    finding = Finding("A", Severity.INFO, None, "a.b", FrozenDict({"key": "{path}"}))
    assert messages.finding(finding).startswith("…: {path} phải là")
    with pytest.raises(KeyError):
        messages.text("a.c")


@pytest.mark.parametrize(
    ("content", "code", "key"),
    [
        ("[a]\nb = 1\n", "wrong_type", "a.b"),
        ('[a]\nc = "2"\n', "duplicate", "a.c"),
        ("[a\n", "not_toml", ""),
        ('a = "b"\n', "wrong_type", "a"),
    ],
)
def test_a_mistake_in_a_message_file_is_named(tmp_path, content, code, key):
    (tmp_path / "a.toml").write_text('[a]\nc = "1"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogProblem) as raised:
        Messages.load(tmp_path)
    assert raised.value.code == f"catalog.{code}"
    assert raised.value.params["path"] == str(tmp_path / "b.toml")
    assert raised.value.params["key"] == key


def test_every_sentence_is_one_line_and_vietnamese(messages):
    for key, sentence in messages.sentences.items():
        assert sentence.strip(), key
        assert "\n" not in sentence, key
