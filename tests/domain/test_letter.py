from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.letter import fill


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Kính gửi: {authority}", "Kính gửi: Sở KH&CN"),
        ("{authority}, {authority}", "Sở KH&CN, Sở KH&CN"),
        ("Số: {number}/SKHCN", "Số: ……………/SKHCN"),
        ("Ông {empty}!", "Ông ……………!"),
        ("không có gì", "không có gì"),
        ("mở { mà không đóng", "mở { mà không đóng"),
        ("", ""),
    ],
)
def test_fill(text, filled):
    assert fill(text, {"authority": "Sở KH&CN", "empty": ""}) == filled


@given(st.text(st.characters(exclude_characters="{}")), st.text(min_size=1))
def test_a_value_is_put_in_as_it_stands(text, value):
    assert fill(text + "{x}" + text, {"x": value}) == text + value + text
