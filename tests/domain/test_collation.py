from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.collation import collation_key

ORDERED = [
    "Bài 1; Bài 2",
    "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
    "ba bà bả bã bá bạ",
    "bạ; Bà Rịa - Vũng Tàu; Bạc Liêu",
    "Hà Nội; Hải Phòng; Hậu Giang",
    "Đà Nẵng; Đắk Lắk; Đồng Nai",
    "Cần Thơ; Đà Nẵng; Hà Nội",
    "an; ăn; ân; anh",
    "1 việc; Ăn; 😀",
]


@pytest.mark.parametrize("line", ORDERED)
def test_order(line):
    if line == "an; ăn; ân; anh":
        expected = ["an", "anh", "ăn", "ân"]
    else:
        expected = line.split("; ") if ";" in line else line.split()
    shuffled = expected.copy()
    random.Random(1322).shuffle(shuffled)
    assert sorted(shuffled, key=collation_key) == expected


@given(st.text(), st.text())
def test_equal_keys_mean_equal_text(one, other):
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    if collation_key(one)[:2] != collation_key(other)[:2]:
        assert not same
    assert not same or collation_key(one) == collation_key(other)


@given(st.text(st.sampled_from("aáàâấđDĐ b")))
def test_order_does_not_depend_on_the_normal_form(text):
    assert collation_key(unicodedata.normalize("NFD", text)) == collation_key(text)
