from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.places import PROVINCES, find_province, province_hint

BEFORE, AFTER, LATER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "units", "cities"),
    [
        (date(2023, 4, 20), 63, 5),
        (BEFORE, 63, 6),
        (AFTER, 34, 6),
        (date(2026, 4, 30), 34, 7),
        (LATER, 34, 9),
    ],
)
def test_how_many_units_stood_on_a_day(day, units, cities):
    standing = [province for province in PROVINCES if province.stood_on(day)]
    assert len(standing) == units
    assert len({province.name for province in standing}) == units
    assert sum(province.city for province in standing) == cities


def test_every_unit_that_ended_has_a_successor_that_stands():
    for province in PROVINCES:
        if province.until is not None:
            assert find_province(province.successor, province.until) is not None


@pytest.mark.parametrize(
    ("text", "day", "hints"),
    [
        ("phường Rạch Giá, tỉnh Kiên Giang", AFTER, [("tỉnh Kiên Giang", "tỉnh An Giang")]),
        ("phường Rạch Giá, tỉnh Kiên Giang", BEFORE, []),
        ("phường Rạch Giá, tỉnh An Giang", AFTER, []),
        ("Khu công nghiệp Hòa Xá, Nam Định.", AFTER, [("Nam Định", "tỉnh Ninh Bình")]),
        ("TỈNH NAM ĐỊNH", AFTER, [("tỉnh NAM ĐỊNH", "tỉnh Ninh Bình")]),
        ("tỉnh Bình Phước", AFTER, [("tỉnh Bình Phước", "tỉnh Đồng Nai")]),
        ("tỉnh Bình Phước", LATER, [("tỉnh Bình Phước", "thành phố Đồng Nai")]),
        ("tỉnh Đồng Nai", LATER, [("tỉnh Đồng Nai", "thành phố Đồng Nai")]),
        ("phường Biên Hòa, Đồng Nai", LATER, []),
        ("thành phố Đồng Nai", LATER, []),
        ("tỉnh  Hoà  Bình", AFTER, [("tỉnh Hoà Bình", "tỉnh Phú Thọ")]),
        (
            "tỉnh Bà Rịa-Vũng Tàu",
            AFTER,
            [("tỉnh Bà Rịa-Vũng Tàu", "Thành phố Hồ Chí Minh")],
        ),
        ("tỉnh Thừa Thiên Huế", date(2025, 1, 1), [("tỉnh Thừa Thiên Huế", "thành phố Huế")]),
        ("tỉnh Thừa Thiên Huế", date(2024, 12, 31), []),
        (
            "tỉnh Long An và tỉnh Bến Tre, tỉnh Long An",
            AFTER,
            [("tỉnh Long An", "tỉnh Tây Ninh"), ("tỉnh Bến Tre", "tỉnh Vĩnh Long")],
        ),
        ("Trường Đại học Kiên Giang, phường Rạch Giá, tỉnh An Giang", AFTER, []),
        ("Số 5 đường Hà Nam, phường Vị Xuyên, tỉnh Ninh Bình", AFTER, []),
        ("cấp tỉnh; toàn tỉnh", AFTER, []),
        ("", AFTER, []),
    ],
)
def test_province_hint(text, day, hints):
    assert list(province_hint(text, day)) == hints


@given(st.sampled_from(PROVINCES), st.dates(date(2008, 8, 1), date(2030, 1, 1)))
def test_the_right_name_is_never_doubted(province, day):
    if province.stood_on(day):
        assert province_hint(f"xã A, {province.title}", day) == ()
    else:
        for hint in province_hint(f"xã A, {province.title}", day):
            assert province_hint(hint.new, day) == ()
