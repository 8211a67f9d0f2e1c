"""Which of many dated copies to keep: all of the latest, then fewer the older they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from ncs_desktop.domain.call import VIETNAM


def kept(
    moments: Iterable[datetime],
    *,
    newest: int = 0,
    daily: int = 0,
    weekly: int = 0,
    monthly: int = 0,
) -> set[datetime]:
    """Return the moments to keep.

    The ``newest`` latest ones, and the last one of each of the latest ``daily`` days, ``weekly``
    ISO weeks and ``monthly`` months in which there is any, by Vietnam's calendar.
    """
    latest_first = sorted(moments, reverse=True)
    keep = set(latest_first[:newest])
    keep |= _last_of_each(latest_first, daily, lambda day: day.date())
    keep |= _last_of_each(latest_first, weekly, lambda day: day.isocalendar()[:2])
    keep |= _last_of_each(latest_first, monthly, lambda day: (day.year, day.month))
    return keep


def _last_of_each(
    latest_first: list[datetime], count: int, period: Callable[[datetime], object]
) -> set[datetime]:
    last: dict[object, datetime] = {}
    for moment in latest_first:
        last.setdefault(period(moment.astimezone(VIETNAM)), moment)
    return set(list(last.values())[:count])
