from dataclasses import replace
from datetime import UTC, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.proposal import Proposal, Waiver
from ncs_desktop.store.records import Outcome, from_body, to_body
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal

MINUTE = timedelta(minutes=1)


def code_of(call, *arguments):
    with pytest.raises((InputProblem, EnvironmentProblem)) as caught:
        call(*arguments)
    return caught.value.code


def test_a_saved_proposal_comes_back_and_is_listed(store):
    proposal = make_proposal()
    saved = store.save(proposal, NOW)
    assert saved.changed
    assert saved.at == NOW
    assert store.load(proposal.id) == proposal
    [line] = store.summaries()
    assert (line.id, line.title, line.call) == (proposal.id, proposal.title, "an-giang-2026")
    assert (line.total, line.state_budget, line.counterpart) == (
        4_850_000_000,
        2_900_000_000,
        1_950_000_000,
    )
    assert line.saved_at == NOW.astimezone(UTC)
    assert "mo hinh diem" in line.search
    assert "me kong" in line.search
    assert not line.frozen
    assert not line.damaged


def test_the_list_shows_the_amount_that_two_others_imply(store):
    store.save(make_proposal(**{"budget.counterpart": None}), NOW)
    assert store.summaries()[0].counterpart == 1_950_000_000
    assert store.load(make_proposal().id).budget.counterpart is None


def test_saving_the_same_again_changes_nothing(store):
    store.save(make_proposal(), NOW)
    assert not store.save(make_proposal(), NOW + MINUTE).changed
    assert store.summaries()[0].saved_at == NOW


def test_confirmations_alone_are_worth_a_save(store):
    proposal = make_proposal()
    store.save(proposal, NOW)
    confirmed = replace(proposal, confirmations=freeze({"C02": True}))
    assert store.save(confirmed, NOW).changed
    assert store.load(proposal.id) == confirmed


def test_typing_within_ten_minutes_is_one_version(store):
    for minute in range(25):
        title = f"Tên dài dần {'a' * minute}"
        store.save(make_proposal(title=title), NOW + minute * MINUTE)
    history = store.history(make_proposal().id)
    assert [version.number for version in history] == [3, 2, 1]
    titles = [store.version(version.id).title for version in history]
    assert titles == [f"Tên dài dần {'a' * minute}" for minute in (24, 19, 9)]
    assert [version.current for version in history] == [True, False, False]


def test_deleting_much_text_keeps_what_was_there(store):
    store.save(make_proposal(), NOW)
    store.save(make_proposal(urgency="", contents="", objectives=""), NOW + MINUTE)
    latest, before = store.history(make_proposal().id)
    assert store.version(latest.id).text("urgency") == ""
    assert store.version(before.id) == make_proposal()


def test_another_window_never_overwrites_a_version(store, store_path):
    store.save(make_proposal(), NOW)
    with Store.open(store_path) as other:
        other.save(make_proposal(title="Từ cửa sổ khác"), NOW + MINUTE)
    store.save(make_proposal(title="Từ cửa sổ này"), NOW + 2 * MINUTE)
    assert len(store.history(make_proposal().id)) == 3


def test_old_autosaves_are_thinned_to_one_a_day(store):
    for number in range(120):
        moment = NOW + number * timedelta(hours=3)
        store.save(make_proposal(title=f"Lần {number}"), moment)
    history = store.history(make_proposal().id)
    assert 30 < len(history) < 60
    titles = [store.version(version.id).title for version in history]
    assert titles[:31] == [f"Lần {number}" for number in range(119, 88, -1)]


def test_a_frozen_revision_never_changes(store):
    proposal = make_proposal()
    store.save(proposal, NOW)
    frozen = store.freeze(proposal.id, NOW, "Thiếu chức vụ")
    assert frozen.control_code == proposal.control_code()
    assert frozen.digest == proposal.digest
    assert store.freeze(proposal.id, NOW + MINUTE, None) == frozen
    assert store.frozen(proposal.id) == frozen
    assert store.summaries()[0].control_code == frozen.control_code
    changed = proposal.with_value("title", "Khác")
    assert code_of(store.save, changed, NOW) == "store.frozen"
    assert not store.save(proposal, NOW + MINUTE).changed
    assert store.load(proposal.id) == proposal
    store.save(replace(changed, revision=2), NOW + MINUTE)
    assert store.frozen(proposal.id) is None
    assert store.frozen(proposal.id, 1) == frozen
    assert [version.frozen for version in store.history(proposal.id)] == [False, True]
    assert code_of(store.save, proposal, NOW) == "store.older_revision"


def test_what_comes_in_never_costs_what_is_there(store):
    first = make_proposal()
    assert store.take_in([first], NOW) == [Outcome.NEW]
    assert store.take_in([first], NOW) == [Outcome.SAME]
    other = first.with_value("title", "Bản khác cùng lần sửa")
    assert store.take_in([other], NOW) == [Outcome.UPDATED]
    assert store.load(first.id) == other
    newer = replace(first.with_value("title", "Lần sửa 3"), revision=3)
    older = replace(first.with_value("title", "Lần sửa 2"), revision=2)
    assert store.take_in([newer, older], NOW) == [Outcome.UPDATED, Outcome.OLDER]
    assert store.load(first.id) == newer
    assert store.take_in([first, other, newer, older], NOW) == [Outcome.SAME] * 4
    kept = [store.version(version.id) for version in store.history(first.id)]
    assert kept == [older, newer, other, first]


def test_what_comes_in_under_a_frozen_revision_becomes_the_next_one(store):
    proposal = make_proposal()
    store.save(proposal, NOW)
    store.freeze(proposal.id, NOW, None)
    other = proposal.with_value("title", "Từ máy khác")
    assert store.take_in([other], NOW) == [Outcome.UPDATED]
    assert store.load(proposal.id) == replace(other, revision=2)
    assert store.take_in([other, proposal], NOW) == [Outcome.SAME, Outcome.SAME]
    assert store.frozen(proposal.id, 1).digest == proposal.digest


def test_the_bin_gives_back_and_only_it_can_be_emptied(store, numbered):
    kept, thrown = numbered(1), numbered(2)
    store.save(kept, NOW)
    store.save(thrown, NOW)
    store.attach(thrown.id, "attachment", "a.pdf", b"a", NOW)
    store.freeze(thrown.id, NOW, None)
    assert code_of(store.purge, thrown.id) == "store.not_in_bin"
    store.trash(thrown.id, NOW)
    assert [line.id for line in store.summaries()] == [kept.id]
    assert [line.id for line in store.summaries(trashed=True)] == [thrown.id]
    store.restore(thrown.id, NOW)
    assert len(store.summaries()) == 2
    store.trash(thrown.id, NOW)
    assert store.take_in([thrown], NOW) == [Outcome.SAME]
    assert len(store.summaries()) == 1
    store.purge(thrown.id)
    assert store.summaries(trashed=True) == []
    assert store.history(thrown.id) == []
    assert code_of(store.load, thrown.id) == "store.unknown_proposal"
    assert store.load(kept.id) == kept


def test_attachments_are_kept_by_content(store, store_path):
    proposal = make_proposal()
    store.save(proposal, NOW)
    added = store.attach(proposal.id, "signed_scan", "Bản ký số 1.pdf", b"%PDF", NOW)
    again = store.attach(proposal.id, "attachment", "Bản sao.pdf", b"%PDF", NOW + MINUTE)
    assert store.attachments(proposal.id) == [added, again]
    assert (added.size, added.revision, added.role) == (4, 1, "signed_scan")
    assert added.sha256 == again.sha256
    assert [path.name for path in (store_path.parent / "content").iterdir()] == [added.sha256]
    store.detach(again.id, NOW)
    assert store.attachments(proposal.id) == [added]
    assert store.content(added.sha256) == b"%PDF"


def test_a_changed_content_is_noticed_and_mended_by_attaching_again(store, store_path):
    proposal = make_proposal()
    store.save(proposal, NOW)
    added = store.attach(proposal.id, "attachment", "a.pdf", b"%PDF", NOW)
    (store_path.parent / "content" / added.sha256).write_bytes(b"%PDE")
    assert code_of(store.content, added.sha256) == "store.content_damaged"
    store.attach(proposal.id, "attachment", "a.pdf", b"%PDF", NOW)
    assert store.content(added.sha256) == b"%PDF"


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("load", ("x",), "store.unknown_proposal"),
        ("version", ("x",), "store.unknown_version"),
        ("detach", ("x", NOW), "store.unknown_attachment"),
        ("trash", ("x", NOW), "store.unknown_proposal"),
        ("restore", ("x", NOW), "store.unknown_proposal"),
        ("freeze", ("x", NOW, None), "store.unknown_proposal"),
        ("attach", ("x", "attachment", "a", b"", NOW), "store.unknown_proposal"),
    ],
)
def test_what_the_store_does_not_know_is_named(store, method, arguments, code):
    assert code_of(getattr(store, method), *arguments) == code


def test_find_takes_an_id_its_beginning_or_a_whole_title(store, numbered):
    first, second = numbered(1), replace(numbered(2), id="abcd" + numbered(2).id[4:])
    for proposal in (first, second):
        store.save(proposal, NOW)
    assert [line.id for line in store.find(first.id)] == [first.id]
    assert [line.id for line in store.find("ABCD")] == [second.id]
    assert [line.id for line in store.find("nhiem vu so 2")] == [second.id]
    assert store.find("abc") == []
    assert store.find("") == []
    assert len(store.find("0000")) == 1


def test_settings_keep_any_json(store):
    value = {"danh sách": [1, None, True, {"a": 1.5}]}
    assert store.setting("profile") is None
    store.set_setting("profile", value)
    store.set_setting("profile", {**value, "b": "ô"})
    assert store.setting("profile") == freeze({**value, "b": "ô"})


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("kho") / "ncs.sqlite") as opened:
        yield opened


any_text = st.text(st.characters(codec="utf-8")) | st.sampled_from(["\x00", "Ô\u0302", "\ud800"])
any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | any_text
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(any_text, inner, max_size=4),
    max_leaves=12,
)
known = st.sampled_from(["title", "proposer_name", "lead_organization", "budget", "urgency"])
any_object = st.dictionaries(known | any_text, any_json, max_size=6)
waivers = st.builds(Waiver, any_text, any_text, any_text, any_text, any_object.map(freeze))


@settings(max_examples=150, deadline=None)
@given(
    values=any_object,
    extra=any_object,
    confirmations=any_object,
    waived=st.lists(waivers, max_size=2),
    revision=st.integers(1, 10**9),
)
def test_any_proposal_survives_the_store(
    shared_store, values, extra, confirmations, waived, revision
):
    proposal = Proposal(
        id=str(uuid4()),
        form="a1-dxnv",
        form_version="tt15-2022",
        call="an-giang-2026",
        values=freeze(values),
        revision=revision,
        confirmations=freeze(confirmations),
        waivers=tuple(waived),
        extra=freeze(extra),
    )
    assert from_body(to_body(proposal)) == proposal
    shared_store.save(proposal, NOW)
    assert shared_store.load(proposal.id) == proposal
    assert shared_store.load(proposal.id).digest == proposal.digest
    assert not any(line.damaged for line in shared_store.summaries())
