from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.dates import (
    Duration,
    blank_date_line,
    clock,
    parse_date,
    parse_duration,
    short_date,
)


def test_lines_to_be_written_in():
    assert blank_date_line("An Giang", 2026) == "An Giang, ngày      tháng      năm 2026"
    assert blank_date_line("An Giang", None) == "An Giang, ngày      tháng      năm"
    assert blank_date_line("", 2026).startswith("……………, ngày")


def test_short_forms():
    assert short_date(date(2020, 1, 5)) == "05/01/2020"
    assert clock(datetime(2024, 3, 26, 16, 0)) == "16h00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/10/2022", date(2022, 10, 12)),
        ("28/7/2025", date(2025, 7, 28)),
        ("5-1-2020", date(2020, 1, 5)),
        ("5.1.2020", date(2020, 1, 5)),
        ("2020-01-05", date(2020, 1, 5)),
        ("  Ngày 10  tháng 8 năm 2025 ", date(2025, 8, 10)),
        ("ngày 10/8/2025", date(2025, 8, 10)),
        ("31/02/2025", None),
        ("10/8", None),
        ("5/1-2020", None),
        ("tháng 8 năm 2025", None),
        ("", None),
    ],
)
def test_parse_date(text, day):
    assert parse_date(text) == day


@given(st.dates(date(1000, 1, 1)))
def test_printed_days_are_read_back(day):
    for text in (short_date(day), day.isoformat()):
        assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "months", "start", "end"),
    [
        ("24 tháng, từ tháng 01/2026 đến tháng 12/2027", 24, (2026, 1), (2027, 12)),
        ("24 tháng (từ tháng 1 năm 2026 đến tháng 12 năm 2027)", 24, (2026, 1), (2027, 12)),
        ("24 tháng kể từ tháng 3/2026", 24, (2026, 3), (2028, 2)),
        ("18 tháng", 18, None, None),
        ("24tháng", 24, None, None),
        ("2 năm", 24, None, None),
        ("12 tháng", 12, None, None),
        ("18 (mười tám) tháng", 18, None, None),
        ("mười tám (18) tháng", 18, None, None),
        ("24 tháng (hai mươi bốn tháng)", 24, None, None),
        ("2 năm (24 tháng)", 24, None, None),
        ("1 năm 6 tháng", 18, None, None),
        ("một năm rưỡi", 18, None, None),
        ("1,5 năm", 18, None, None),
        ("năm năm", 60, None, None),
        ("năm tháng", 5, None, None),
        ("Thời gian: 24 tháng kể từ ngày ký hợp đồng", 24, None, None),
        ("2026-2027", 24, (2026, None), (2027, None)),
        ("2026 – 2027", 24, (2026, None), (2027, None)),
        ("từ năm 2026 đến năm 2027", 24, (2026, None), (2027, None)),
        ("Năm 2026 và năm 2027", 24, (2026, None), (2027, None)),
        ("hai năm (2026-2027)", 24, (2026, None), (2027, None)),
        ("Trong năm 2026", 12, (2026, None), (2026, None)),
        ("Quý I/2026 - Quý IV/2027", 24, (2026, 1), (2027, 12)),
        ("Quý I - Quý IV/2026", 12, (2026, 1), (2026, 12)),
        ("Quý III năm 2026 đến quý 2 năm 2027", 12, (2026, 7), (2027, 6)),
        ("Quý II/2026", 3, (2026, 4), (2026, 6)),
        ("01/2026 – 12/2027", 24, (2026, 1), (2027, 12)),
        ("Từ tháng 01 đến tháng 12/2026", 12, (2026, 1), (2026, 12)),
        ("từ tháng 01 đến tháng 12 năm 2026", 12, (2026, 1), (2026, 12)),
        ("tháng 1-12/2026", 12, (2026, 1), (2026, 12)),
        ("Từ 01/01/2026 đến 31/12/2027", 24, (2026, 1), (2027, 12)),
        (
            "từ ngày 01 tháng 01 năm 2026 đến ngày 31 tháng 12 năm 2027",
            24, (2026, 1), (2027, 12),
        ),
        ("Từ 1/2026 đến hết năm 2027", 24, (2026, 1), (2027, None)),
        ("từ tháng 5/2026", None, (2026, 5), None),
    ],
)  # fmt: skip
def test_parse_duration(text, months, start, end):
    assert parse_duration(text) == Duration(months, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "", "chưa rõ", "24", "0 tháng", "24 - 36 tháng", "12/2027 - 01/2026", "tháng 13/2026",
        "các năm 2026, 2027, 2028", "theo quy định", "tháng này",
    ],
)  # fmt: skip
def test_what_is_no_duration(text):
    assert parse_duration(text) is None


def test_stated_months_and_span_may_differ():
    duration = parse_duration("18 tháng, từ 01/2026 đến 12/2027")
    assert duration is not None
    assert (duration.months, duration.span) == (18, 24)
    assert parse_duration("18 tháng").span is None


@given(st.integers(1900, 2199), st.integers(1, 12), st.integers(0, 120))
def test_months_and_ends_agree(year, month, further):
    years, last = divmod(month - 1 + further, 12)
    end = (year + years, last + 1)
    if end[0] > 2199:
        return
    text = f"từ tháng {month:02}/{year} đến tháng {end[1]}/{end[0]}"
    assert parse_duration(text) == Duration(further + 1, (year, month), end)
    opened = parse_duration(f"{further + 1} tháng, từ tháng {month}/{year}")
    assert opened == Duration(further + 1, (year, month), end)


@given(st.text() | st.text(st.sampled_from("0123456789/-. thángnămquýIVtừđếnrưỡi()"), max_size=60))
def test_any_text_is_answered(text):
    duration = parse_duration(text)
    assert duration is None or duration.months is None or duration.months > 0
    assert parse_date(text) is None or len(text) >= 8


def test_a_pasted_page_is_answered_at_once():
    assert parse_duration("một " * 100_000) is None
    assert parse_date(" " * 100_000) is None
