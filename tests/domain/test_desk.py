import time
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.call import VIETNAM, Deadline, DeadlineRule
from ncs_desktop.domain.desk import (
    Decision,
    DeskEntry,
    Ranking,
    Status,
    check_matrix,
    closes_circle,
    totals,
    totals_by_kind,
    undecided,
    worst_by_rule,
)
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.proposal import Budget

IDS = st.lists(st.text("abcdefgh", min_size=1, max_size=3), unique=True, min_size=1, max_size=12)
AMOUNTS = st.none() | st.integers(0, 10**13)


def entry(name, **changes):
    return replace(DeskEntry(name, "an-giang-2026", title=name), **changes)


@given(IDS, st.data())
def test_a_move_keeps_everybody_and_the_order_of_the_others(ids, data):
    ranking = Ranking(ids)
    moved, rank = data.draw(st.sampled_from(ids)), data.draw(st.integers(-3, 20))
    after = ranking.move_to(moved, rank)
    assert sorted(after.ids) == sorted(ids)
    assert after.rank(moved) == min(max(rank, 1), len(ids))
    assert after.without(moved) == ranking.without(moved)
    assert [after.rank(one) for one in after.ids] == list(range(1, len(ids) + 1))
    assert hash(after.move_to(moved, ranking.rank(moved))) == hash(ranking)


@given(IDS, st.data())
def test_up_and_down_undo_each_other_but_at_the_ends(ids, data):
    ranking = Ranking(ids)
    moved = data.draw(st.sampled_from(ids))
    if moved != ids[0]:
        assert ranking.move_up(moved).move_down(moved) == ranking
    else:
        assert ranking.move_up(moved) == ranking
    if moved == ids[-1]:
        assert ranking.move_down(moved) == ranking


def test_new_proposals_come_last_and_known_ones_stay():
    ranking = Ranking("ab").with_new("cbd")
    assert ranking.ids == ("a", "b", "c", "d")
    assert ranking.rank("x") is None
    assert ranking.move_up("x") is ranking
    assert ranking.move_to("x", 2).ids == ("a", "x", "b", "c", "d")


def test_entries_are_sorted_by_a_ranking_those_without_a_rank_last():
    entries = [entry(name) for name in "abcd"]
    found = Ranking("db").sort(entries)
    assert "".join(one.proposal_id for one in found) == "dbac"


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS, st.booleans()), max_size=20))
def test_totals_are_the_sum_of_what_counts(rows):
    entries = [
        entry(
            str(index),
            budget=Budget(*amounts),
            task_kind="training" if index % 2 else "policy",
            decisions={"x": Decision.REPLACED} if replaced else {},
        )
        for index, (*amounts, replaced) in enumerate(rows)
    ]
    counted = [amounts for *amounts, replaced in rows if not replaced]
    found = totals(entries)
    assert found.count == len(counted)
    assert found.incomplete == sum(None in amounts for amounts in counted)
    sums = [sum(amounts[index] or 0 for amounts in counted) for index in range(3)]
    assert found.budget == Budget(*sums)
    kinds = totals_by_kind(entries).values()
    assert sum(kind.budget.total for kind in kinds) == found.budget.total


@pytest.mark.parametrize(
    ("received", "late"),
    [
        (None, None),
        (datetime(2025, 8, 9, 23, 59, tzinfo=VIETNAM), False),
        (datetime(2025, 8, 10, 0, 0, tzinfo=VIETNAM), True),
    ],
)
def test_lateness_follows_the_meaning_of_the_deadline(received, late):
    deadline = Deadline("Sở", DeadlineRule.EXCLUSIVE_DAY, datetime(2025, 8, 10))
    assert entry("a", received_at=received).is_late(deadline) is late
    assert entry("a", received_at=received).is_late(None) is None


def test_the_matrix_shows_the_worst_finding_nobody_accepted():
    findings = [
        Finding("F06", Severity.WARNING, "contact_phone", "F06.phone"),
        Finding("F06", Severity.ERROR, "contact_email", "F06.email"),
        Finding("C01", Severity.INFO, None, "C01.x"),
        Finding("M01", Severity.ERROR, None, "M01.x", waived="Đã thống nhất"),
    ]
    worst = worst_by_rule(findings)
    assert worst == {"C01": Severity.INFO, "F06": Severity.ERROR}
    matrix = check_matrix([entry("a", findings=worst), entry("b")])
    assert matrix.codes == ("C01", "F06")
    assert (matrix.cell(0, 1), matrix.cell(1, 1)) == (Severity.ERROR, None)
    assert matrix.counts["F06"] == 1


def test_what_is_replaced_or_failed_does_not_go_on():
    assert entry("a").proposed
    assert not entry("a", status=Status.FAILED).proposed
    assert entry("a", status=Status.FAILED).counted
    replaced = entry("a", decisions={"b": Decision.REPLACED})
    assert not replaced.counted
    assert not replaced.proposed
    assert entry("a", decisions={"b": Decision.REPLACES, "c": Decision.DIFFERENT}).counted
    assert Decision.REPLACES.reverse is Decision.REPLACED
    assert Decision.DIFFERENT.reverse is Decision.DIFFERENT


def test_only_pairs_nobody_decided_are_suggested_and_once():
    entries = [entry("a", decisions={"b": Decision.DIFFERENT}), entry("b"), entry("c")]
    alike = {"a": ("b", "c"), "b": ("a",), "c": ("a", "z")}
    assert list(undecided(entries, alike)) == [("a", "c")]


def test_a_circle_of_replacements_is_seen_through_a_chain():
    entries = [
        entry("a", decisions={"b": Decision.REPLACED}),
        entry("b", decisions={"a": Decision.REPLACES, "c": Decision.REPLACED}),
        entry("c", decisions={"b": Decision.REPLACES}),
    ]
    assert closes_circle(entries, "a", "c")
    assert closes_circle(entries, "a", "b")
    assert not closes_circle(entries, "c", "a")
    assert not closes_circle(entries, "d", "a")


def _seconds(work):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def test_a_hundred_thousand_entries_are_no_burden():
    entries = [
        entry(f"Nhiệm vụ {number}", budget=Budget(3, 2, 1), search=f"nhiem vu {number} me kong")
        for number in range(100_000)
    ]
    ranking = Ranking(one.proposal_id for one in entries)
    assert _seconds(lambda: totals(entries)) < 10
    assert _seconds(lambda: ranking.move_to("Nhiệm vụ 7", 90_000)) < 5
    assert totals(entries).budget == Budget(300_000, 200_000, 100_000)
