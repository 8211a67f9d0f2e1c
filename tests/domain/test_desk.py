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
    Status,
    check_matrix,
    closes_circle,
    placed_first,
    ranks,
    totals,
    totals_by_kind,
    undecided,
)
from ncs_desktop.domain.findings import Finding, Points, Severity, points_by_rule
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.summary import add_up

AMOUNTS = st.none() | st.integers(0, 10**13)


def entry(name, **changes):
    return replace(DeskEntry(name, "an-giang-2026", title=name), **changes)


@given(st.lists(st.booleans(), max_size=12))
def test_ranks_count_on_from_one_and_leave_out_what_was_replaced(replaced):
    entries = [
        entry(str(number), decisions={"other": Decision.REPLACED} if gone else {})
        for number, gone in enumerate(replaced)
    ]
    found = ranks(entries)
    assert list(found.values()) == list(range(1, replaced.count(False) + 1))
    assert list(found) == [one.proposal_id for one in entries if one.counted]


def test_those_placed_come_first_and_the_others_follow_as_they_stand():
    entries = [entry(name) for name in "abcd"]
    found = placed_first([entries[3], entries[1]], entries)
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
    budgets = [Budget(*amounts).completed() for amounts in counted]
    printed, incomplete = add_up(budgets)
    assert (found.budget, found.incomplete) == (printed, incomplete)
    assert found.uneven == sum(
        (one.total or 0) != (one.state_budget or 0) + (one.counterpart or 0) for one in budgets
    )
    kinds = totals_by_kind(entries).values()
    assert sum(kind.budget.total for kind in kinds) == found.budget.total


def test_what_did_not_pass_stays_out_of_the_sums_as_it_does_on_paper():
    entries = [
        entry("1", budget=Budget(10, 6, 4)),
        entry("2", budget=Budget(10, 6, 2)),
        entry("3", budget=Budget(5, 5, 0), status=Status.FAILED),
        entry("4", budget=Budget(7, 7, 0), decisions={"1": Decision.REPLACED}),
    ]
    found = totals(entries)
    assert found.budget == Budget(20, 12, 6)
    assert found.budget.unsourced == 2
    assert (found.count, found.uneven, found.failed, found.replaced) == (2, 1, 1, 1)
    assert totals(entries[:2]) + totals(entries[2:]) == found


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


def test_the_matrix_counts_each_finding_once_and_the_accepted_ones_apart():
    findings = [
        Finding("F06", Severity.WARNING, "contact_phone", "F06.phone"),
        Finding("F06", Severity.WARNING, "contact_phone", "F06.phone"),
        Finding("F06", Severity.ERROR, "contact_email", "F06.email"),
        Finding("C01", Severity.INFO, None, "C01.x"),
        Finding("M01", Severity.ERROR, None, "M01.x", waived="Đã thống nhất"),
    ]
    found = points_by_rule(findings)
    assert found == {
        "C01": Points(infos=1),
        "F06": Points(errors=1, warnings=1),
        "M01": Points(accepted=1),
    }
    assert [points.worst for points in found.values()] == [Severity.INFO, Severity.ERROR, None]
    assert entry("a", findings=found).points == Points(1, 1, 1, 1)
    assert entry("a", findings=found).points.count == 3
    matrix = check_matrix([entry("a", findings=found), entry("b")])
    assert matrix.codes == ("C01", "F06", "M01")
    assert (matrix.cell(0, 1), matrix.cell(1, 1)) == (found["F06"], None)
    assert matrix.counts["F06"] == 1
    assert matrix.counts["M01"] == 0


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
    assert _seconds(lambda: totals(entries)) < 10
    assert _seconds(lambda: ranks(entries)) < 5
    assert totals(entries).budget == Budget(300_000, 200_000, 100_000)
