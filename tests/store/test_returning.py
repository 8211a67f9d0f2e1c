"""A frozen revision comes back by its words; decisions about findings open nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Waiver
from ncs_desktop.work.kept import SCAN, kept_files
from tests.factories import NOW, make_proposal

MINUTE = timedelta(minutes=1)


@pytest.fixture
def signed(store):
    """A frozen revision with its scan, and the proposal."""
    proposal = make_proposal()
    store.save(proposal, NOW)
    frozen = store.freeze(proposal.id, NOW + MINUTE, None)
    store.attach(proposal.id, SCAN, "ban-ky.pdf", b"%PDF", NOW + 2 * MINUTE)
    return proposal, frozen


def test_decisions_about_findings_leave_a_revision_frozen_and_its_scan_valid(store, signed):
    proposal, frozen = signed
    for decided in (
        replace(proposal, confirmations=FrozenDict({"C02": True})),
        replace(proposal, waivers=(Waiver("T05", "Đã hỏi Sở"),)),
    ):
        assert store.return_to_frozen(decided, NOW + 5 * MINUTE).changed
        assert store.load(proposal.id) == decided
        assert store.frozen(proposal.id) == frozen
        assert store.summaries()[0].control_code == frozen.control_code
        assert [item.outdated for item in kept_files(store, [decided])] == [False]
    assert {version.control_code for version in store.history(proposal.id)} == {frozen.control_code}
    assert store.version(store.history(proposal.id)[-1].id) == proposal


def test_the_same_words_are_the_frozen_revision_again(store, signed):
    proposal, frozen = signed
    edited = replace(proposal.with_value("title", "Khác"), revision=2)
    store.save(edited, NOW + 5 * MINUTE)
    assert [item.outdated for item in kept_files(store, [edited])] == [True]
    store.return_to_frozen(proposal, NOW + 6 * MINUTE)
    assert store.load(proposal.id) == proposal
    assert store.summaries()[0].control_code == frozen.control_code
    assert store.frozen(proposal.id) == frozen
    assert [item.outdated for item in kept_files(store, [proposal])] == [False]
    assert store.version(store.history(proposal.id)[0].id) == edited
    assert not store.return_to_frozen(proposal, NOW + 7 * MINUTE).changed
    store.save(edited, NOW + 8 * MINUTE)
    assert store.load(proposal.id) == edited


def test_other_words_never_come_under_a_frozen_revision(store, signed):
    proposal, _frozen = signed
    for other in (proposal.with_value("title", "Khác"), replace(proposal, revision=2)):
        with pytest.raises(InputProblem) as caught:
            store.return_to_frozen(other, NOW)
        assert caught.value.code == "store.frozen"


def test_the_open_revision_is_the_first_that_nobody_else_knows(store):
    proposal = make_proposal()
    store.save(proposal, NOW)
    assert store.open_revision(proposal.id) == 1
    store.freeze(proposal.id, NOW, None)
    assert store.open_revision(proposal.id) == 2
    store.save(replace(proposal.with_value("title", "Khác"), revision=2), NOW)
    assert store.open_revision(proposal.id) == 2
    came = replace(proposal.with_value("title", "Từ máy khác"), revision=5)
    store.take_in([came], NOW)
    assert store.open_revision(proposal.id) == 6
    assert [item.revision for item in store.frozen_revisions(proposal.id)] == [1]
