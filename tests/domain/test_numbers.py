from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.numbers import LIMIT, in_words, words_to_number


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1_001, "một nghìn không trăm linh một"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_015, "một nghìn không trăm mười lăm"),
        (10_000, "mười nghìn"),
        (100_001, "một trăm nghìn không trăm linh một"),
        (1_000_008, "một triệu không trăm linh tám"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_500_000_000, "một tỷ năm trăm triệu"),
        (2_450_000_000, "hai tỷ bốn trăm năm mươi triệu"),
        (3_050_005_000, "ba tỷ không trăm năm mươi triệu không trăm linh năm nghìn"),
        (1_000_000_000_005, "một nghìn tỷ không trăm linh năm"),
        (LIMIT, "một triệu tỷ"),
    ],
)
def test_in_words(number, spoken):
    assert in_words(number) == spoken
    assert words_to_number(spoken) == number


def test_the_spellings_of_the_south():
    said = "hai tỉ không trăm hai mươi bốn triệu một trăm lẻ năm ngàn không trăm hai mươi bốn"
    assert words_to_number(said) == 2_024_105_024


@pytest.mark.parametrize("number", [-1, LIMIT + 1])
def test_numbers_out_of_range(number):
    with pytest.raises(ValueError, match="outside"):
        in_words(number)


@given(
    st.integers(0, LIMIT) | st.integers(0, 15).flatmap(lambda n: st.integers(0, 10**n)),
    st.sampled_from(["linh", "lẻ"]),
    st.sampled_from(["tư", "bốn"]),
    st.sampled_from(["nghìn", "ngàn"]),
    st.sampled_from(["tỷ", "tỉ"]),
)
def test_words_say_the_number_and_no_other(number, linh, tu, nghin, ty):
    other = {"linh": linh, "tư": tu, "nghìn": nghin, "tỷ": ty}
    spelt = " ".join(other.get(word, word) for word in in_words(number).split())
    assert words_to_number(spelt) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Bốn tỷ, tám trăm năm mươi triệu đồng chẵn.", 4_850_000_000),
        ("một triệu không nghìn không trăm linh tám", 1_000_008),
        ("một tỷ rưỡi", 1_500_000_000),
        ("hai trăm rưỡi", 250),
        ("hai mươi", 20),
        ("một nghìn mười", 1_010),
    ],
)
def test_words_to_number(text, number):
    assert words_to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", "đồng", "trăm", "mươi", "linh năm", "rưỡi", "hai hai", "một nghìn năm",
        "bốn tỷ tám", "một triệu một triệu", "một nghìn một triệu", "ba tỷ tỷ", "12 triệu", "xin",
    ],
)  # fmt: skip
def test_words_that_say_no_number_or_two(text):
    assert words_to_number(text) is None


@given(
    st.text()
    | st.lists(st.sampled_from(["một", "hai", "mươi", "trăm", "tỷ", "triệu", "nghìn", "rưỡi"]))
)
def test_any_text_is_answered(text):
    text = text if isinstance(text, str) else " ".join(text)
    number = words_to_number(text)
    assert number is None or number >= 0
