from __future__ import annotations

import hashlib
import json
import pickle
import re
import unicodedata
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Budget, Commitment, id_from_digest, lookup
from tests.factories import make_proposal, make_values


def test_typed_views():
    proposal = make_proposal(title="  Một \n hai ", enclosures=["a", 5, "b"])
    assert proposal.form_id == "a1-dxnv@tt15-2022"
    assert proposal.title == "Một hai"
    assert proposal.plan_year == 2026
    assert proposal.texts("enclosures") == ("a", "b")
    assert proposal.budget == Budget(4_850_000_000, 2_900_000_000, 1_950_000_000)
    assert plain_text(proposal.blocks("contents")).startswith("1. Khảo sát")
    assert proposal.commitments[0] == Commitment(
        "Công ty TNHH Thủy sản Hòn Sóc",
        "Xã Hòn Đất, tỉnh An Giang",
        "",
        "Giám đốc",
        ("cooperate", "co_fund", "receive_results"),
        1_950_000_000,
    )


def test_a_commitment_with_nothing_in_it_is_none():
    empty = {"organization": "", "scope": [], "amount": None}
    made = make_proposal(commitments=[{}, {"organization": "Công ty A"}, empty]).commitments
    assert [item.organization for item in made] == ["Công ty A"]


def test_what_is_missing_or_of_another_type_is_empty():
    proposal = make_proposal(
        title=5, budget={"total": "1", "state_budget": True}, commitments="x", enclosures="y"
    )
    assert proposal.text("title") == proposal.text("nowhere") == ""
    assert proposal.budget == Budget()
    assert proposal.commitments == proposal.texts("enclosures") == ()
    assert proposal.get("title.deeper.still") is None
    assert lookup({"a": {"b": None}}, "a.b") is None


def test_a_change_is_a_new_proposal():
    before = make_proposal()
    after = before.with_value("budget.total", 1).with_value("extra.deep.key", ["x", {"y": 1}])
    assert before.amount("budget.total") == 4_850_000_000
    assert after.amount("budget.total") == 1
    assert after.amount("budget.counterpart") == 1_950_000_000
    assert after.get("extra.deep.key") == ("x", {"y": 1})
    assert make_proposal(title="x").with_value("title.part", 1).get("title") == {"part": 1}
    with pytest.raises(FrozenInstanceError):
        before.revision = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        before.values["title"] = "x"
    assert pickle.loads(pickle.dumps(after)) == after


def test_the_digest_is_that_of_the_contract():
    proposal = make_proposal()
    content = {
        "form": "a1-dxnv",
        "form_version": "tt15-2022",
        "call": "an-giang-2026",
        "values": make_values(),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert proposal.digest == hashlib.sha256(text.encode()).hexdigest()


def test_the_digest_covers_the_content_and_nothing_else():
    proposal = make_proposal()
    same = replace(
        proposal, id="x", revision=7, confirmations=FrozenDict({"C02": True}), waivers=()
    )
    assert same.digest == proposal.digest
    nfd = proposal.with_value("title", unicodedata.normalize("NFD", proposal.title))
    assert nfd.digest == proposal.digest
    for other in (
        proposal.with_value("budget.total", 4_850_000_001),
        proposal.with_value("x-unknown", None),
        replace(proposal, call="an-giang-2027"),
        replace(proposal, form_version="dieu66-tt07-2024"),
    ):
        assert other.digest != proposal.digest


@given(st.text(), st.integers(1, 999))
def test_control_code(title, revision):
    proposal = replace(make_proposal(title=title), revision=revision)
    code = proposal.control_code()
    pattern = rf"A1-([0-9A-HJKMNP-TV-Z]{{4}})-([0-9A-HJKMNP-TV-Z]{{4}})-r{revision}"
    found = re.fullmatch(pattern, code)
    assert found is not None
    number = 0
    for letter in found[1] + found[2]:
        number = number * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(letter)
    assert f"{number:010x}" == proposal.digest[:10]


def test_id_from_digest_is_stable():
    digest = make_proposal().digest
    assert id_from_digest(digest) == id_from_digest(digest)
    assert id_from_digest(digest) != id_from_digest("0" * 64)
    assert id_from_digest(digest)[14] == "5"


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (Budget(10, 6, None), Budget(10, 6, 4)),
        (Budget(10, None, 4), Budget(10, 6, 4)),
        (Budget(None, 6, 4), Budget(10, 6, 4)),
        (Budget(10, 6, 5), Budget(10, 6, 5)),
        (Budget(10, 11, None), Budget(10, 11, None)),
        (Budget(10, None, 11), Budget(10, None, 11)),
        (Budget(10), Budget(10)),
        (Budget(), Budget()),
    ],
)
def test_completed_budget(typed, completed):
    assert typed.completed() == completed
    assert completed.completed() == completed


def test_what_is_no_number_stands_beside_it_and_goes_with_the_next_number():
    proposal = make_proposal(budget={"total": 5, "state_budget": 2})
    typed = proposal.with_typed("budget.total", "4000")
    assert typed.get("budget") == {"total": None, "state_budget": 2, "total_unread": "4000"}
    assert (typed.number("budget.total"), typed.budget.unread) == ("4000", {"total"})
    assert typed.with_typed("budget.total", 5) == proposal
    assert proposal.with_value("budget.total_unread", "x").unread("budget.total") == ""


def test_nothing_follows_from_a_budget_with_an_unread_amount():
    proposal = make_proposal(budget={"total": 5, "counterpart": 2, "state_budget_unread": "4"})
    assert proposal.budget.completed().state_budget is None


def test_a_commitment_with_nothing_but_an_unread_amount_is_one():
    proposal = make_proposal(commitments=[{"amount": None, "amount_unread": "4000"}])
    assert [item.amount_unread for item in proposal.commitments] == ["4000"]


def test_the_line_of_an_office_concerns_the_table_alone():
    plain = make_proposal(summary_note="Của bên gửi", task_kind="training")
    line = FrozenDict(summary_note="", lead_organization="Viện A", title="Tên khác", later=5)
    lined = replace(plain, table_line=line)
    assert (lined.digest, lined.control_code()) == (plain.digest, plain.control_code())
    shown = lined.in_table()
    assert (shown.text("summary_note"), shown.text("lead_organization")) == ("", "Viện A")
    assert (shown.title, shown.text("task_kind")) == (plain.title, "training")
    assert shown.in_table() is shown
    assert shown.get("later") is None


def test_what_is_written_into_the_proposal_itself_goes_before_its_line():
    lined = replace(make_proposal(), table_line=FrozenDict(lead_organization="Viện A", later=5))
    assert lined.with_value("title", "Khác").table_line == lined.table_line
    changed = lined.with_value("lead_organization", "Viện B")
    assert changed.in_table().text("lead_organization") == "Viện B"
    assert changed.table_line == {"later": 5}
