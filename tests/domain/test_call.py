from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.call import VIETNAM, Deadline, DeadlineRule, moment_words
from ncs_desktop.domain.findings import Severity
from tests.factories import make_call

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1))


def local(*parts):
    return datetime(*parts, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("rule", "at", "last_in_time", "first_late", "working_day"),
    [
        (
            DeadlineRule.INCLUSIVE_DAY,
            datetime(2023, 4, 20),
            local(2023, 4, 20, 23, 59, 59),
            local(2023, 4, 21),
            date(2023, 4, 20),
        ),
        (
            DeadlineRule.INCLUSIVE_MINUTE,
            datetime(2024, 3, 26, 16, 0),
            local(2024, 3, 26, 16, 0, 59),
            local(2024, 3, 26, 16, 1),
            date(2024, 3, 26),
        ),
        (
            DeadlineRule.EXCLUSIVE_DAY,
            datetime(2025, 8, 10),
            local(2025, 8, 9, 23, 59, 59),
            local(2025, 8, 10),
            date(2025, 8, 8),
        ),
        (
            DeadlineRule.EXCLUSIVE_MINUTE,
            datetime(2023, 3, 22, 17, 0),
            local(2023, 3, 22, 16, 59, 59),
            local(2023, 3, 22, 17, 0),
            date(2023, 3, 22),
        ),
    ],
)
def test_the_four_ways_to_word_a_deadline(rule, at, last_in_time, first_late, working_day):
    deadline = Deadline("so", rule, at)
    assert not deadline.is_late(last_in_time)
    assert deadline.is_late(first_late)
    assert deadline.end == first_late
    assert deadline.last_working_day == working_day


def test_another_time_zone_is_the_same_moment():
    deadline = Deadline("so", DeadlineRule.INCLUSIVE_MINUTE, datetime(2024, 3, 26, 16, 0))
    assert not deadline.is_late(datetime(2024, 3, 26, 9, 0, tzinfo=UTC))
    assert deadline.is_late(datetime(2024, 3, 26, 9, 1, tzinfo=UTC))


@given(st.sampled_from(DeadlineRule), MOMENTS)
def test_lateness_begins_at_the_end_and_the_working_day_is_safe(rule, at):
    deadline = Deadline("so", rule, at)
    assert deadline.is_late(deadline.end)
    assert not deadline.is_late(deadline.end - timedelta(microseconds=1))
    assert deadline.last_working_day.weekday() < 5
    assert (
        deadline.last_working_day < deadline.end.date()
        or deadline.end.time() > local(2020, 1, 1).time()
    )
    assert deadline.end.date() - deadline.last_working_day <= timedelta(days=3)


@given(MOMENTS)
def test_a_deadline_that_includes_is_later_than_one_that_excludes(at):
    ends = {rule: Deadline("so", rule, at).end for rule in DeadlineRule}
    assert ends[DeadlineRule.INCLUSIVE_DAY] - ends[DeadlineRule.EXCLUSIVE_DAY] == timedelta(days=1)
    assert ends[DeadlineRule.INCLUSIVE_MINUTE] - ends[DeadlineRule.EXCLUSIVE_MINUTE] == timedelta(
        minutes=1
    )


def test_a_call_answers_what_it_asks():
    call = make_call(severities={"F01": Severity.ERROR, "C09": Severity.OFF})
    assert call.deadline is call.deadlines[0]
    assert call.severity("F01") is Severity.ERROR
    assert call.severity("C09") is Severity.OFF
    assert call.severity("F02") is Severity.WARNING
    assert call.asks_for("summary", "agency")
    assert not make_call(recipe={}).asks_for("summary", "agency")
    assert make_call(recipe={}).recipe_for("individual") == ()
    assert make_call(deadlines=()).deadline is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-22T13:10:59+07:00", "13:10 22/11/2026"),
        ("2026-11-22T06:10:59+00:00", "13:10 22/11/2026"),
        ("2026-11-22T13:10", "13:10 22/11/2026"),
        ("hôm qua", "hôm qua"),
        ("", ""),
    ],
)
def test_a_moment_is_told_as_a_person_reads_it(written, said):
    assert moment_words(written) == said
