from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.store.thinning import kept
from tests.factories import NOW

DAY = timedelta(days=1)


def test_the_last_of_each_day_week_and_month_stays():
    moments = [NOW - number * DAY / 4 for number in range(4 * 400)]
    stay = kept(moments, daily=12, weekly=10, monthly=9)
    assert max(moments) in stay
    days = sorted({moment.date() for moment in stay}, reverse=True)
    assert days[:12] == [NOW.date() - number * DAY for number in range(12)]
    assert 20 <= len(stay) <= 31
    assert len({(day.year, day.month) for day in days}) == 9


def test_the_day_is_vietnams():
    evening, next_morning = (
        datetime(2025, 8, 5, 16, 0, tzinfo=UTC),
        datetime(2025, 8, 5, 18, 0, tzinfo=UTC),
    )
    assert kept([evening, next_morning], daily=2) == {evening, next_morning}
    assert kept([evening, evening + DAY / 24 / 2], daily=2) == {evening + DAY / 24 / 2}


moments = st.lists(
    st.datetimes(
        timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)
    )
)


@given(moments, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_never_more_than_asked_and_always_the_latest(moments, newest, daily, weekly, monthly):
    stay = kept(moments, newest=newest, daily=daily, weekly=weekly, monthly=monthly)
    assert stay <= set(moments)
    assert len(stay) <= newest + daily + weekly + monthly
    if moments and newest + daily + weekly + monthly:
        assert max(moments) in stay
