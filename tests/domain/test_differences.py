"""Differences of two revisions: nothing invented, nothing lost, quick on the longest section."""

import itertools
import random
import time

from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.differences import (
    WordChange,
    budget_delta,
    differences,
    word_changes,
)
from ncs_desktop.domain.proposal import Budget
from tests.factories import make_form, make_proposal

TEXTS = st.text(alphabet=st.sampled_from("ab ấ.\n-\t"), max_size=40)


def side(changes, kind):
    return "".join(change.text for change in changes if change.kind in ("same", kind))


@given(TEXTS, TEXTS)
def test_words_make_up_both_texts(old, new):
    changes = word_changes(old, new)
    assert side(changes, "removed") == old
    assert side(changes, "added") == new
    assert all(change.text for change in changes)
    assert all(first.kind != second.kind for first, second in itertools.pairwise(changes))


def test_one_word_in_a_long_line():
    assert word_changes("Đào tạo 150 lượt cán bộ.", "Đào tạo 200 lượt cán bộ.") == (
        WordChange("same", "Đào tạo "),
        WordChange("removed", "150 "),
        WordChange("added", "200 "),
        WordChange("same", "lượt cán bộ."),
    )


def test_fields_come_in_the_order_of_the_form_with_their_official_heading():
    old = make_proposal()
    new = old.with_value("objectives", "- Giảm tối thiểu 20% tỷ lệ hao hụt nguyên liệu.")
    new = new.with_value("title", f"{old.title} tại An Giang").with_value("task_kind", "training")
    found = differences(old, new, make_form())
    assert [difference.key for difference in found] == ["title", "objectives", "task_kind"]
    assert found[0].label == "I. TÊN NHIỆM VỤ"
    assert WordChange("removed", "15% ") in found[1].words
    assert (found[2].old, found[2].new) == ("pilot_model", "training")


def test_money_is_read_as_dong_and_its_change_is_exact():
    old = make_proposal()
    new = old.with_value("budget.total", 4_900_000_000)
    (found,) = differences(old, new, make_form())
    assert (found.old, found.new) == ("4.850.000.000 đồng", "4.900.000.000 đồng")
    assert budget_delta(old, new) == Budget(50_000_000, 0, 0)


def test_an_amount_that_was_not_typed_counts_as_nothing():
    empty = make_proposal(budget=None)
    assert budget_delta(empty, empty) == Budget()
    assert budget_delta(empty, make_proposal()).total == 4_850_000_000


def test_emphasis_alone_is_a_difference_without_words():
    old = make_proposal(urgency="Cần thiết")
    bold = [{"type": "paragraph", "runs": [{"text": "Cần thiết", "bold": True}]}]
    (found,) = differences(old, old.with_value("urgency", bold), make_form())
    assert found.style_only
    assert found.words == (WordChange("same", "Cần thiết"),)


def test_another_spelling_of_the_same_value_is_no_difference():
    old = make_proposal(urgency="Cần thiết")
    same = [{"type": "paragraph", "runs": [{"text": "Cần thiết"}]}]
    assert differences(old, old.with_value("urgency", same), make_form()) == ()


def test_commitments_and_lists_are_compared_as_lines():
    old = make_proposal()
    commitments = [{**old.get("commitments")[0], "amount": 1}]
    new = old.with_value("commitments", commitments).with_value("enclosures", ["Một", "Hai"])
    found = {difference.key: difference for difference in differences(old, new, make_form())}
    assert set(found) == {"commitments", "enclosures"}
    assert found["commitments"].new.endswith("; 1 đồng")
    assert found["enclosures"].new == "Một\nHai"


def test_the_longest_sections_are_compared_quickly():
    chance = random.Random(1322)
    syllables = [f"tiếng{number}" for number in range(900)]
    weights = [1 / (number + 5) for number in range(900)]
    old = chance.choices(syllables, weights, k=12_000)
    edited = [word if chance.random() > 0.02 else "sửa" for word in old]
    lines = "\n".join(" ".join(edited[at : at + 60]) for at in range(0, len(edited), 60))
    text = " ".join(old)
    start = time.perf_counter()
    few = word_changes(text, " ".join(edited))
    others = (" ".join(chance.sample(old, len(old))), lines, "\n" * 50_000, "a " * 25_000)
    for new in others:
        changes = word_changes(text, new)
        assert side(changes, "removed") == text
        assert side(changes, "added") == new
    assert sum(len(change.text) for change in few if change.kind == "removed") < len(text) / 20
    assert time.perf_counter() - start < 10
