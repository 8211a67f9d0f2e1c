from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.money import (
    LARGEST,
    AmbiguousMoney,
    BadMoney,
    complete_budget,
    counterpart_percent,
    format_dong,
    format_million,
    format_percent,
    parse_money,
    sentence_in_words,
)
from ncs_desktop.domain.proposal import Budget

AMOUNTS = st.integers(0, LARGEST) | st.integers(0, 15).flatmap(lambda n: st.integers(0, 10**n))


@pytest.mark.parametrize(
    "text",
    [
        "4.850.000.000", "4850 triệu", "4,85 tỷ", "4.85 tỷ", "4,85 tỉ", "4 tỷ 850 triệu",
        "4 tỷ, 850 triệu", "4tỷ850tr", "4850tr", "4850 tr.đ", "4.850tr. đồng", "4.850 trđ",
        "4.850,0 triệu đồng", "4850000000 đ", "4850000000 VNĐ", "4850000000đ", "VND 4.850.000.000",
        "4850000000", "4 850 000 000", "4\u00a0850\u202f000 000 ₫", "4,850,000,000", "4,850 tỷ",
        "4.850 triệu đồng (Bốn tỷ tám trăm năm mươi triệu đồng)", "4.850 trieu dong",
        "  4.850.000.000 đồng chẵn./.", "4850000 nghìn", "4.850.000k",
        "Bốn tỷ tám trăm năm mươi triệu đồng", "4.850.000.000 đồng Việt Nam",
    ],
)  # fmt: skip
def test_every_spelling_of_one_amount(text):
    assert parse_money(text) == 4_850_000_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("0 đồng", 0),
        ("1.234,5 triệu đồng", 1_234_500_000),
        ("1,234.5 triệu", 1_234_500_000),
        ("1.234.567,89 triệu", 1_234_567_890_000),
        ("4,857 triệu", 4_857_000),
        ("0,850 triệu", 850_000),
        ("1.500 đồng", 1_500),
        ("1,500 đ", 1_500),
        ("500k", 500_000),
        ("4 tỷ rưỡi", 4_500_000_000),
        ("một tỷ rưỡi", 1_500_000_000),
        ("5 trăm triệu đồng", 500_000_000),
        ("1 nghìn tỷ", 10**12),
        ("4 tỷ 850 đồng", 4_000_000_850),
        ("12 tỷ 345 triệu 678 nghìn 901 đồng", 12_345_678_901),
    ],
)
def test_amounts(text, amount):
    assert parse_money(text) == amount


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.500", (1_500, 1_500_000, 1_500_000_000)),
        ("1,500", (1_500, 1_500_000, 1_500_000_000)),
        ("1 500", (1_500, 1_500_000, 1_500_000_000)),
        ("4,850", (4_850, 4_850_000, 4_850_000_000)),
        ("4850", (4_850, 4_850_000, 4_850_000_000)),
        ("4,85", (4_850_000, 4_850_000_000)),
        ("4,850 triệu", (4_850_000, 4_850_000_000)),
        ("4.850 tỷ", (4_850_000_000, 4_850_000_000_000)),
        ("4 tỷ 850", (4_000_000_850, 4_850_000_000)),
        ("2tr5", (2_000_005, 2_500_000)),
    ],
)
def test_doubtful_amounts_are_asked_about(text, readings):
    with pytest.raises(AmbiguousMoney) as caught:
        parse_money(text)
    assert caught.value.code == "money.ambiguous"
    assert caught.value.readings == readings
    assert caught.value.params["text"] == text
    assert pickle.loads(pickle.dumps(caught.value)).readings == readings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.empty"),
        (" \u00a0", "money.empty"),
        ("-5 triệu", "money.negative"),
        ("−5.000.000 đồng", "money.negative"),
        ("âm năm triệu", "money.negative"),
        ("100000000000000000000", "money.too_large"),
        ("99 nghìn tỷ tỷ", "money.bad"),
        ("9" * 5_000, "money.bad"),
        ("2.000.000 tỷ", "money.too_large"),
        *((text, "money.bad") for text in (
            "abc", "đồng", "tr", "50%", "4-5 tỷ", "5 triệu/năm", "1.23.456", "4.850.00",
            "1.234,567,890", "4,85 đồng", "1,2345678 triệu", "4,5 tỷ rưỡi", "4 triệu 5 tỷ",
            "1 tỷ 1.500 triệu", "4,5 tỷ 20 triệu", "1e5 triệu", "khoảng 5 triệu", "(5 triệu)",
            "5 triệu USD", ",5 tỷ", "5,, tỷ", "²  triệu",
        )),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text, code):
    with pytest.raises(BadMoney) as caught:
        parse_money(text)
    assert caught.value.code == code


@given(AMOUNTS)
def test_what_is_printed_is_read_back(amount):
    assert parse_money(f"{format_dong(amount)} đồng") == amount
    assert parse_money(f"{format_dong(amount)} VNĐ") == amount
    assert parse_money(f"{format_million(amount)} triệu đồng") == amount
    assert parse_money(sentence_in_words(amount)) == amount
    with_words = f"{format_million(amount)} triệu đồng ({sentence_in_words(amount)})"
    assert parse_money(with_words) == amount


PIECES = "4 850 1.500 4,85 tỷ triệu nghìn đồng rưỡi tr , . ( )"


def reading(text):
    try:
        return parse_money(text)
    except NcsError as problem:
        return problem


@given(
    st.text()
    | st.text(st.sampled_from("0123456789., tỷriệuđồngkm-()"))
    | st.lists(st.sampled_from(PIECES.split())).map(" ".join)
)
def test_any_text_is_an_amount_or_a_named_problem(text):
    result = reading(text)
    if isinstance(result, int):
        assert 0 <= result <= LARGEST
    else:
        assert result.code.startswith("money.")


@given(AMOUNTS, st.sampled_from(["", " "]))
def test_a_bare_amount_is_never_misread(amount, space):
    for text in (str(amount), format_dong(amount), f"{amount:,}"):
        result = reading(space + text)
        assert result == amount or amount in result.readings


@pytest.mark.parametrize(
    ("amount", "dong", "million"),
    [
        (0, "0", "0"),
        (1, "1", "0,000001"),
        (4_850_000_000, "4.850.000.000", "4.850"),
        (2_450_500_000, "2.450.500.000", "2.450,5"),
        (1_234_567_891, "1.234.567.891", "1.234,567891"),
        (-100_000_000, "-100.000.000", "-100"),
        (-1_500_000, "-1.500.000", "-1,5"),
    ],
)
def test_format(amount, dong, million):
    assert format_dong(amount) == dong
    assert format_million(amount) == million


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (4_850_000_000, "Bốn tỷ tám trăm năm mươi triệu đồng"),
        (0, "Không đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (-916, "Âm chín trăm mười sáu đồng"),
        (10**15, "Một triệu tỷ đồng"),
        (10**15 + 1, "1.000.000.000.000.001 đồng"),
    ],
)
def test_sentence_in_words(amount, sentence):
    assert sentence_in_words(amount) == sentence


WHOLE = Budget(4_850_000_000, 2_900_000_000, 1_950_000_000)


@pytest.mark.parametrize(
    ("known", "percent"),
    [
        (Budget(4_850_000_000, 2_900_000_000), None),
        (Budget(4_850_000_000, None, 1_950_000_000), None),
        (Budget(None, 2_900_000_000, 1_950_000_000), None),
        (Budget(4_850_000_000, 2_900_000_000), Decimal(10)),
    ],
)
def test_two_amounts_give_the_third(known, percent):
    assert complete_budget(known, percent) == WHOLE


@pytest.mark.parametrize(
    ("known", "percent", "expected"),
    [
        (Budget(1_000), Decimal(40), Budget(1_000, 600, 400)),
        (Budget(None, 600), Decimal(40), Budget(1_000, 600, 400)),
        (Budget(None, None, 400), Decimal(40), Budget(1_000, 600, 400)),
        (Budget(100), Decimal("33.3"), Budget(100, 67, 33)),
        (Budget(100), Decimal(0), Budget(100, 100, 0)),
        (Budget(100), Decimal(100), Budget(100, 0, 100)),
        (Budget(None, 100), Decimal(100), Budget(None, 100)),
        (Budget(None, None, 100), Decimal(0), Budget(None, None, 100)),
        (Budget(), Decimal(40), Budget()),
        (Budget(100), None, Budget(100)),
        (Budget(100, 70, 20), Decimal(30), Budget(100, 70, 20)),
        (Budget(100, 170), None, Budget(100, 170)),
    ],
)
def test_an_amount_and_a_percentage(known, percent, expected):
    assert complete_budget(known, percent) == expected


@pytest.mark.parametrize("percent", [Decimal(-1), Decimal("100.01")])
def test_a_percentage_out_of_range(percent):
    with pytest.raises(BadMoney) as caught:
        complete_budget(Budget(100), percent)
    assert caught.value.code == "money.bad_percent"


@given(
    st.sampled_from(["total", "state_budget", "counterpart"]),
    st.integers(0, LARGEST),
    st.decimals(0, 100, places=2),
)
def test_a_completed_budget_adds_up_and_keeps_what_was_typed(name, amount, percent):
    budget = complete_budget(Budget(**{name: amount}), percent)
    assert getattr(budget, name) == amount
    if budget.total is not None and budget.counterpart is not None:
        assert budget.total == budget.state_budget + budget.counterpart
        assert budget.state_budget >= 0
        if name == "total":
            assert budget.counterpart == amount * int(percent * 100) // 10_000


def test_counterpart_percent():
    assert counterpart_percent(WHOLE) == Decimal("40.21")
    assert counterpart_percent(Budget(1_000, 600)) == Decimal(40)
    assert counterpart_percent(Budget(1_000)) is None
    assert counterpart_percent(Budget(0, 0, 0)) is None
    assert format_percent(Decimal("40.21")) == "40,21"
    assert format_percent(Decimal("40.00")) == "40"
    assert format_percent(Decimal(100)) == "100"
