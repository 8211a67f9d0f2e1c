"""Days, hours and durations as Vietnamese offices write them, read and printed.

The line of place and date is that of NĐ 30/2020/NĐ-CP, Phụ lục I, II.4; its day is written after
signing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from ncs_desktop.domain.numbers import words_to_number
from ncs_desktop.domain.text import nfc

Month: TypeAlias = "tuple[int, int | None]"
"""A year and a month (1 … 12), the month None where only the year is told."""

BLANK = "……………"
"""A dotted blank, to be filled in by hand."""
_ROOM = " " * 6


def blank_date_line(place: str, year: int | None) -> str:
    """Return the line of place and date with day and month (and year if None) left blank."""
    shown = _ROOM if year is None else f" {year}"
    return f"{place or BLANK}, ngày{_ROOM}tháng{_ROOM}năm{shown}".rstrip()


def short_date(day: date) -> str:
    """Return ``05/01/2020``."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def clock(moment: datetime) -> str:
    """Return the hour as letters write it: ``16h00``."""
    return f"{moment.hour:02}h{moment.minute:02}"


_DAY_FORMS = (
    re.compile(r"(?:ngày )?(?P<d>\d{1,2}) ?([/.-]) ?(?P<m>\d{1,2}) ?\2 ?(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"),
    re.compile(r"(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}),? năm (?P<y>\d{4})"),
)


def parse_date(text: str) -> date | None:
    """Return the day of ``5/1/2020``, ``ngày 05 tháng 01 năm 2020`` or ``2020-01-05``."""
    plain = _plain(text)
    for form in _DAY_FORMS:
        found = form.fullmatch(plain)
        if found is not None:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a task takes: ``months``, and from which month to which (both included).

    ``months`` is what the text states, or else what its from–to spans; ``start`` and ``end`` are
    None where neither stated nor determined.
    """

    months: int | None
    start: Month | None = None
    end: Month | None = None

    @property
    def span(self) -> int | None:
        """Months from ``start`` to the end of ``end``; a bare year counts as a whole one."""
        return None if self.start is None or self.end is None else _span(self.start, self.end)


_YEAR = r"(?:19|20|21)\d\d"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _point_pattern(n: int) -> str:
    """Return the pattern of a month, quarter or year; its groups end in ``n``."""
    return (
        rf"(?:(?:ngày )?\d{{1,2}}[/.](?P<dm{n}>\d{{1,2}})[/.](?P<dy{n}>{_YEAR})"
        rf"|quý (?P<q{n}>iv|i{{1,3}}|[1-4])(?: ?[/.-] ?(?:năm )?| năm | )?(?P<qy{n}>{_YEAR})?"
        rf"|(?:tháng )?(?P<m{n}>1[0-2]|0?[1-9]) ?[/.-] ?(?P<y{n}>{_YEAR})"
        rf"|(?:ngày \d{{1,2}} )?tháng (?P<tm{n}>1[0-2]|0?[1-9])(?:,? năm (?P<ty{n}>{_YEAR}))?"
        rf"|(?:năm )?(?P<b{n}>{_YEAR}))(?!\d)"
    )


_TO = " ?(?:-|đến hết|cho đến|đến|tới hết|tới|và) ?"
_RANGE = re.compile(rf"(?<![\d/.]){_point_pattern(1)}{_TO}{_point_pattern(2)}")
_SINGLE = re.compile(rf"(?P<open>(?:từ|bắt đầu|kể từ) )?(?<![\d/.]){_point_pattern(1)}")
_NUMBER_WORDS = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|mốt|trăm|linh|lẻ"
_AMOUNT = re.compile(
    r"(?:(?<![\d/.,])(?<!\d-)(?P<digits>\d{1,3}(?:[.,]\d)?) ?"
    rf"|(?<!\w)(?P<words>(?:{_NUMBER_WORDS})(?: (?:{_NUMBER_WORDS}))*?) )"
    rf"(?:(?P<years>năm)(?! {_YEAR})|tháng(?! \d))(?P<half> rưỡi)?(?!\w)"
)
_RESTATED = re.compile(r" ?\((?:[^()\d]*|\d+)\)")


def parse_duration(text: str) -> Duration | None:
    """Return what section VIII says: a number of months, a from–to, or both; else None.

    Reads ``24 tháng``, ``2 năm``, ``một năm rưỡi``, ``01/2026 - 12/2027``, ``từ tháng 01 đến tháng
    12/2026``, ``Quý I/2026 - Quý IV/2027``, ``2026-2027`` and their mixtures. Where the months and
    the first month are known the last one is worked out. An end before its start is nothing. Only
    the first 500 characters are looked at.
    """
    plain = _RESTATED.sub("", _plain(text[:500]))
    months = _stated_months(plain)
    start, end = _ends(plain)
    if start is not None and end is not None:
        span = _span(start, end)
        return Duration(months or span, start, end) if span > 0 else None
    if start is None:
        return None if months is None else Duration(months)
    if months is not None and start[1] is not None:
        return Duration(months, start, _plus_months(start, months - 1))
    return Duration(months, start)


def _plain(text: str) -> str:
    spaced = " ".join(nfc(text).lower().split())
    return re.sub(r" ?[-–—−] ?", "-", spaced)


def _stated_months(plain: str) -> int | None:
    """Add up ``1 năm 6 tháng``; None where nothing or no whole number of months is stated."""
    total, place = Decimal(0), 0
    for found in _AMOUNT.finditer(plain):
        if total and plain[place : found.start()].strip() not in ("", "và"):
            break
        total, place = total + _amount(found), found.end()
    return int(total) if total > 0 and total == int(total) else None


def _amount(found: re.Match[str]) -> Decimal:
    digits = found["digits"]
    number = Decimal(digits.replace(",", ".") if digits else words_to_number(found["words"]) or 0)
    half = Decimal("0.5") if found["half"] else Decimal(0)
    return (number + half) * (12 if found["years"] else 1)


def _ends(plain: str) -> tuple[Month | None, Month | None]:
    found = _RANGE.search(plain)
    if found is not None:
        end = _point(found, 2, last=True)
        start = _point(found, 1, last=False, year=end[0] if end else None)
        return (start, end) if start and end else (None, None)
    singles = list(_SINGLE.finditer(plain))
    if len(singles) != 1:
        return None, None
    single = singles[0]
    start = _point(single, 1, last=False)
    return start, None if single["open"] or start is None else _point(single, 1, last=True)


def _point(found: re.Match[str], number: int, last: bool, year: int | None = None) -> Month | None:
    """Return the month a point names, of a quarter its first or ``last``; None without a year."""
    part = {
        name[:-1]: value for name, value in found.groupdict().items() if name[-1] == str(number)
    }
    told = next((part[name] for name in ("dy", "qy", "y", "ty", "b") if part[name]), None)
    whole_year = int(told) if told else year
    if whole_year is None:
        return None
    if part["q"]:
        return whole_year, _QUARTERS[part["q"]] * 3 - (0 if last else 2)
    month = part["dm"] or part["m"] or part["tm"]
    if month is not None and not 1 <= int(month) <= 12:
        return None
    return whole_year, int(month) if month else None


def _span(start: Month, end: Month) -> int:
    return (end[0] - start[0]) * 12 + (end[1] or 12) - (start[1] or 1) + 1


def _plus_months(start: Month, months: int) -> Month:
    years, month = divmod((start[1] or 1) - 1 + months, 12)
    return start[0] + years, month + 1
