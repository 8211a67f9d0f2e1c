"""Differences of two versions: which fields, which words, how many đồng."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.differences import Change, compare, word_pieces
from ncs_desktop.domain.proposal import Budget
from tests.factories import make_form, make_proposal

FORM = make_form()


def differences(**values):
    return compare(make_proposal(), make_proposal(**values), FORM)


def joined(pieces, *changes):
    return "".join(piece.text for piece in pieces if piece.change in changes)


def test_the_same_content_has_no_difference():
    found = differences()
    assert found.fields == ()
    assert found.budget == Budget(0, 0, 0)


def test_words_are_told_apart_within_a_field():
    (field,) = differences(
        title="Xây dựng mô hình mẫu áp dụng ISO 9001:2015 và công cụ Lean"
    ).fields
    assert (field.key, field.label) == ("title", "TÊN NHIỆM VỤ")
    changed = [(piece.change, piece.text) for piece in field.pieces]
    assert (Change.REMOVED, "điểm") in changed
    assert (Change.ADDED, "mẫu") in changed


def test_the_budget_is_compared_in_dong_and_shown_grouped():
    found = differences(**{"budget.total": 4_950_000_000, "budget.counterpart": 2_050_000_000})
    assert found.budget == Budget(100_000_000, 0, 100_000_000)
    assert [field.new for field in found.fields] == ["4.950.000.000", "2.050.000.000"]


def test_an_amount_missing_on_one_side_gives_no_delta():
    found = differences(**{"budget.total": None, "budget.counterpart": None})
    assert found.budget == Budget(None, 0, None)


def test_choices_lists_and_commitments_are_shown_for_a_person():
    found = differences(task_kind="policy", priorities=["policy", "training"], commitments=[])
    texts = {field.key: (field.old, field.new) for field in found.fields}
    assert texts["task_kind"] == ("pilot_model", "policy")
    assert texts["priorities"] == ("business_support", "policy\ntraining")
    assert "Thủy sản Hòn Sóc" in texts["commitments"][0]


def test_keys_this_version_does_not_know_are_compared_too():
    (field,) = differences(khoa_la={"a": 1}).fields
    assert (field.key, field.old, field.new) == ("khoa_la", "", "1")


def test_very_long_rewritten_text_is_done_at_once():
    old = " ".join(f"cu{number}" for number in range(30_000))
    new = " ".join(f"moi{number}" for number in range(30_000))
    assert [piece.text for piece in word_pieces(old, new)] == [old, new]


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
def test_the_pieces_are_the_whole_of_both_texts(old, new):
    pieces = word_pieces(old, new)
    assert joined(pieces, Change.KEPT, Change.REMOVED) == old
    assert joined(pieces, Change.KEPT, Change.ADDED) == new


@pytest.mark.parametrize("text", ["", "một\nhai"])
def test_equal_texts_are_one_kept_piece(text):
    assert joined(word_pieces(text, text), Change.KEPT) == text
