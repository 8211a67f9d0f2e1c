"""Proposal files: what is read is what stood there; each mistake names file, key and type."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.form import Option
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.proposal import Waiver, id_from_digest
from ncs_desktop.exchange.proposal_json import read_proposal, write_proposal
from tests.factories import make_form, make_proposal, make_values

FORM = make_form()


def lookup(full_id):
    if full_id != FORM.full_id:
        raise InputProblem("form.unknown", form=full_id)
    return FORM


def make_tree(**changes):
    tree = {
        "format": "ncs-proposal",
        "version": 1,
        "form": "a1-dxnv",
        "form_version": "tt15-2022",
        "call": "an-giang-2026",
        "values": make_values(),
    }
    return {**tree, **changes}


def read(tree):
    content = tree if isinstance(tree, bytes) else json.dumps(tree, ensure_ascii=True).encode()
    return read_proposal(content, "phieu.json", lookup)


def refusal(tree):
    with pytest.raises(InputProblem) as caught:
        read(tree)
    return caught.value


def test_a_file_without_id_and_revision_gets_both_from_its_content():
    proposal = read(make_tree()).proposal
    assert proposal.id == id_from_digest(proposal.digest)
    assert proposal.revision == 1
    assert read(make_tree()).proposal == proposal


def test_unknown_keys_anywhere_are_kept_and_written_back():
    values = make_values(ghi_chu={"a": [1, 2.5, None, {"b": True}]})
    values["budget"]["nguon_khac"] = 7
    values["commitments"][0]["ma_so_thue"] = "0100109106"
    values["contents"] = [
        {"type": "paragraph", "runs": [{"text": "x", "mau": "đỏ"}], "can_le": "giữa"}
    ]
    waiver = {"code": "F05", "reason": "Đã hỏi Sở", "at": "", "by": "", "so": 3}
    tree = make_tree(values=values, nguon={"x": 1}, waivers=[waiver], confirmations={"C02": True})
    written = json.loads(write_proposal(read(tree).proposal))
    assert {key: written[key] for key in tree} == tree


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(extra=_JSON, text=st.text(), amount=st.none() | st.integers(-(10**14), 10**14))
def test_writing_and_reading_again_changes_nothing(extra, text, amount):
    first = make_proposal(urgency=text, **{"budget.total": amount, "la": extra})
    try:
        once = read(write_proposal_loosely(first)).proposal
    except InputProblem as problem:
        assert problem.code == "proposal.duplicate_key"  # noqa: PT017  two keys equal once clean
        return
    again = read(write_proposal(once)).proposal
    assert again == once
    assert again.digest == once.digest
    assert write_proposal(again) == write_proposal(once)


def write_proposal_loosely(proposal):
    """As another program would: every character escaped, lone surrogates included."""
    return json.dumps(make_tree(id=proposal.id, values=proposal.values)).encode()


def test_waivers_confirmations_and_revision_survive():
    proposal = make_proposal()
    waiver = Waiver("F05", "Đã hỏi Sở", "2025-08-05T09:00:00+07:00", "Minh Khuê")
    changed = type(proposal)(
        proposal.id,
        proposal.form,
        proposal.form_version,
        proposal.call,
        proposal.values,
        revision=3,
        confirmations=freeze({"C02": True}),
        waivers=(waiver,),
        extra=freeze({"la": 1}),
    )
    assert read(write_proposal(changed)).proposal == changed


def test_text_is_composed_and_what_no_file_can_carry_is_dropped_with_a_note():
    tree = make_tree(values=make_values(title="Mo\u0302 hi\u0300nh\u0000 \ud800x\r\ny"))
    loaded = read(tree)
    assert loaded.proposal.text("title") == "Mô hình x\ny"
    (note,) = loaded.notes
    assert (note.message, note.params["key"], note.params["count"]) == ("notes.dropped", "title", 2)


def test_a_note_names_the_place_inside_lists():
    values = make_values(enclosures=["tốt", "x\u0001"])
    (note,) = read(make_tree(values=values)).notes
    assert note.params["key"] == "enclosures[1]"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_notepad_writes_are_read(encoding):
    content = json.dumps(make_tree(), ensure_ascii=False).encode(encoding)
    assert read(content).proposal.text("contact_name") == "Nguyễn Thị Minh Khuê"


WRONG_FILES = {
    b"": "proposal.empty",
    b" \n": "proposal.empty",
    b"%PDF-1.7\n": "proposal.not_json",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3": "proposal.not_text",
    b"{": "proposal.not_json",
    b"[]": "proposal.other_format",
    b"{}": "proposal.other_format",
    b'{"format": "novelWriter", "version": 1}': "proposal.other_format",
    b'{"format": "ncs-call", "version": 1}': "proposal.is_call",
    b'{"format": "ncs-proposal", "version": 2}': "proposal.newer",
    b'{"format": "ncs-proposal"}': "proposal.expected.positive",
    b'{"a": 1, "a": 2}': "proposal.duplicate_key",
    b'{"a": NaN}': "proposal.bad_number",
    b'{"a": 1e999}': "proposal.bad_number",
    b'{"a": ' + b"9" * 5000 + b"}": "proposal.not_readable",
    b"[" * 100_000: "proposal.not_readable",
    b"[" * 200 + b"]" * 200: "proposal.too_deep",
}


@pytest.mark.parametrize("content", WRONG_FILES, ids=lambda content: repr(content[:30]))
def test_a_file_that_is_no_proposal_is_refused_in_its_own_words(content):
    problem = refusal(content)
    assert problem.code == WRONG_FILES[content]
    assert problem.params["file"] == "phieu.json"


def test_an_unknown_form_is_refused():
    assert refusal(make_tree(form_version="tt99-2099")).code == "form.unknown"


WRONG_VALUES = [
    ("plan_year", "2026", "year", "plan_year"),
    ("plan_year", True, "year", "plan_year"),
    ("title", 5, "text", "title"),
    ("title", ["a"], "text", "title"),
    ("urgency", 1, "blocks", "urgency"),
    ("urgency", [1], "block", "urgency[0]"),
    ("urgency", [{"type": "picture"}], "block_type", "urgency[0].type"),
    ("urgency", [{"type": "paragraph", "runs": [{"text": 1}]}], "text", "urgency[0].runs[0].text"),
    ("results", [{"type": "table", "rows": [[1]]}], "blocks", "results[0].rows[0][0]"),
    ("budget", 5, "object", "budget"),
    ("budget", {"total": "4 tỷ"}, "amount", "budget.total"),
    ("budget", {"total": 1.5}, "amount", "budget.total"),
    ("budget", {"total": 10**15}, "amount", "budget.total"),
    ("proposer_kind", "company", "choice", "proposer_kind"),
    ("enclosures", "một tệp", "text_list", "enclosures"),
    ("enclosures", ["một", 2], "text", "enclosures[1]"),
    ("commitments", {}, "commitments", "commitments"),
    ("commitments", [3], "object", "commitments[0]"),
    ("commitments", [{"amount": "1 tỷ"}], "amount", "commitments[0].amount"),
    ("commitments", [{"scope": [1]}], "text", "commitments[0].scope[0]"),
]


@pytest.mark.parametrize(("key", "value", "expected", "where"), WRONG_VALUES)
def test_a_wrong_type_names_key_and_expectation(key, value, expected, where):
    problem = refusal(make_tree(values=make_values(**{key: value})))
    assert problem.code == f"proposal.expected.{expected}"
    assert problem.params["key"] == where


@pytest.mark.parametrize(
    ("key", "value", "expected", "where"),
    [
        ("values", [], "object", "values"),
        ("call", 5, "text", "call"),
        ("id", "không phải", "uuid", "id"),
        ("id", 5, "uuid", "id"),
        ("revision", 0, "positive", "revision"),
        ("revision", "1", "positive", "revision"),
        ("confirmations", {"C02": 1}, "bool", "confirmations.C02"),
        ("waivers", {}, "list", "waivers"),
        ("waivers", [{"code": "F05", "reason": 5}], "text", "waivers[0].reason"),
        ("waivers", [{"reason": "x"}], "text", "waivers[0].code"),
        ("table_line", [], "object", "table_line"),
        ("table_line", {"summary_note": 5}, "text", "table_line.summary_note"),
        ("table_line", {"lead_organization": ["A"]}, "text", "table_line.lead_organization"),
        ("table_line", {"task_kind": "khác"}, "choice", "table_line.task_kind"),
    ],
)
def test_a_wrong_type_beside_the_values_is_named_too(key, value, expected, where):
    problem = refusal(make_tree(**{key: value}))
    assert (problem.code, problem.params["key"]) == (f"proposal.expected.{expected}", where)


def test_the_line_of_the_table_stands_beside_the_values_and_is_written_back():
    line = {"lead_organization": "Viện\vA", "summary_note": "Ghi chú", "title": 5, "later": [1]}
    plain, lined = (read(make_tree(**more)).proposal for more in ({}, {"table_line": line}))
    assert (lined.values, lined.digest) == (plain.values, plain.digest)
    assert lined.in_table().text("lead_organization") == "Viện A"
    assert lined.in_table().title == plain.title
    again = read_proposal(write_proposal(lined), "b.json", lookup).proposal
    assert again == lined
    assert again.table_line["later"] == (1,)
    assert read(make_tree(table_line=None)).proposal == plain


def test_nulls_and_missing_values_are_a_matter_of_the_checks():
    values = make_values(budget=None, urgency=None, title=None, commitments=None, enclosures=None)
    assert read(make_tree(values=values)).proposal.budget.total is None
    assert read(make_tree(values={})).proposal.values == {}


def test_an_unknown_scope_of_a_commitment_is_refused_with_its_key():
    tree = make_tree()
    tree["values"]["commitments"][0]["scope"] = ["cooperate", "la"]
    form = lookup("a1-dxnv@tt15-2022")
    options = (Option("cooperate", "Phối hợp"), Option("co_fund", "Đối ứng"))
    fields = tuple(
        replace(field, options=options) if field.key == "commitments" else field
        for field in form.fields
    )
    with pytest.raises(InputProblem) as caught:
        read_proposal(json.dumps(tree).encode(), "a.json", lambda _: replace(form, fields=fields))
    assert caught.value.code == "proposal.expected.choice"
    assert caught.value.params["key"] == "commitments[0].scope[1]"
    assert caught.value.params["options"] == "cooperate, co_fund"


def test_a_break_inside_a_line_of_a_single_line_field_is_a_space():
    tree = make_tree()
    tree["values"]["proposer_address"] = "Số 18\vphường Long Xuyên"
    tree["values"]["contents"] = "Việc một\vviệc hai"
    loaded = read_proposal(json.dumps(tree).encode(), "a.json", lookup)
    assert loaded.proposal.text("proposer_address") == "Số 18 phường Long Xuyên"
    assert loaded.proposal.get("contents") == "Việc một\nviệc hai"


def test_marks_of_writing_direction_are_dropped_and_counted():
    tree = make_tree()
    tree["values"]["title"] = "Mô hình \u202e001\u202c\u200b"
    loaded = read_proposal(json.dumps(tree).encode(), "a.json", lookup)
    assert loaded.proposal.text("title") == "Mô hình 001"
    (note,) = loaded.notes
    assert (note.params["key"], note.params["count"]) == ("title", 3)
