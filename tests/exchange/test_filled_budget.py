"""Amounts that stand in one sum: read by their names, or left open with all of them shown."""

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.blocks import Paragraph, Run
from ncs_desktop.exchange.docx_reader import Story, WordDocument
from ncs_desktop.exchange.filled_form import read_filled_form

WHOLE, STATE, OWN = 6_200_000_000, 4_340_000_000, 1_860_000_000
KEYS = ("budget.total", "budget.state_budget", "budget.counterpart")


def _read(*lines):
    texts = ("IX. DỰ KIẾN NHU CẦU KINH PHÍ", *lines)
    blocks = tuple(Paragraph((Run(text),)) for text in texts)
    form = Catalog.load().form("a1-dxnv@tt15-2022")
    return read_filled_form(WordDocument((Story("body", blocks),)), form)


@pytest.mark.parametrize(
    "text",
    [
        "4.340 triệu (NSNN) + 1.860 triệu (đối ứng) = 6.200 triệu",
        "1.860 triệu (đối ứng) + 4.340 triệu (NSNN) = 6.200 triệu",
        "NSNN: 4.340 tr.đ + Đối ứng: 1.860 tr.đ = Tổng: 6.200 tr.đ",
        "Tổng kinh phí: 6.200 triệu đồng = 4.340 triệu đồng (NSNN) + 1.860 triệu đồng (đối ứng)",
        "Tổng kinh phí: NSNN 4.340 triệu đồng + đối ứng 1.860 triệu đồng = 6.200 triệu đồng",
    ],
)
def test_a_sum_on_one_line_is_read_by_the_names_of_its_parts(text):
    read = _read(text)
    assert [read.field(key).value for key in KEYS] == [WHOLE, STATE, OWN]
    assert read.unplaced == ()


def test_a_sum_that_does_not_add_up_is_doubted():
    read = _read("4.340 triệu (NSNN) + 1.860 triệu (đối ứng) = 6.300 triệu")
    for key in KEYS:
        assert "filled.sum_differs" in [note.code for note in read.field(key).remarks]


@pytest.mark.parametrize(
    "text",
    [
        "4.340 triệu (NSNN) + 1.860 triệu = 6.200 triệu",
        "4.340 triệu (A) + 1.860 triệu (B) = 6.200 triệu",
        "4.340 triệu (NSNN) + 1.000 triệu (đối ứng) + 860 triệu (vốn vay) = 6.200 triệu",
    ],
)
def test_a_sum_whose_parts_are_not_all_named_gives_no_wrong_amount(text):
    read = _read(text)
    right = dict(zip(KEYS, (WHOLE, STATE, OWN), strict=True))
    for key in KEYS:
        field = read.field(key)
        value = None if field is None else field.value
        assert value in (None, right[key])


def test_another_line_with_an_amount_is_held_against_the_sum():
    read = _read(
        "Tổng kinh phí: 7.000 triệu đồng",
        "4.340 triệu (NSNN) + 1.860 triệu (đối ứng) = 6.200 triệu",
    )
    assert read.field("budget.total").confidence < 0.8
    assert read.field("budget.counterpart") is None
