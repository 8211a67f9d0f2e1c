"""Any two of four figures give the rest; a typed amount is never changed."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.money import format_dong, format_percent
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.ui.widgets.budget_card import BudgetCard, SplitBar
from ncs_desktop.ui.widgets.budget_state import AMOUNTS, BudgetState
from ncs_desktop.work.inputs import read_content
from ncs_desktop.work.prepare import form_files
from ncs_desktop.work.received import Inbox
from tests.factories import make_proposal
from tests.ui.conftest import type_text

MONEY = st.integers(0, 10**13)
FIELDS = tuple(Field(f"budget.{name}", FieldKind.MONEY, name) for name in AMOUNTS)


@given(total=MONEY, state=MONEY)
def test_two_amounts_give_the_third_where_it_makes_sense(total, state):
    made = BudgetState().with_amount("total", total).with_amount("state_budget", state)
    assert made.budget.total == total
    assert made.budget.state_budget == state
    if total >= state:
        assert made.computed == {"counterpart"}
        assert made.difference == 0
    else:
        assert made.budget.counterpart is None


@given(total=MONEY, percent=st.integers(0, 100))
def test_total_and_percentage_give_both_parts_to_the_dong(total, percent):
    made = BudgetState().with_amount("total", total).with_percent(str(percent))
    assert made.computed == {"state_budget", "counterpart"}
    assert made.budget.state_budget + made.budget.counterpart == total
    assert made.budget.counterpart == total * percent // 100


@given(amounts=st.tuples(MONEY, MONEY, MONEY))
def test_three_typed_amounts_stay_and_show_their_difference(amounts):
    made = BudgetState()
    for name, amount in zip(AMOUNTS, amounts, strict=True):
        made = made.with_amount(name, amount)
    total, state, counterpart = amounts
    assert made.difference == total - state - counterpart
    other = made.with_amount("total", total + 1)
    assert (other.budget.state_budget, other.budget.counterpart) == (state, counterpart)


@given(amounts=st.tuples(MONEY, MONEY, MONEY), typed=MONEY, key=st.sampled_from(AMOUNTS))
def test_opened_amounts_that_do_not_add_up_are_all_as_typed(amounts, typed, key):
    opened = Budget(*amounts)
    assume(opened.unsourced)
    made = BudgetState.of(opened).with_amount(key, typed)
    assert made.budget == replace(opened, **{key: typed})


@given(state=MONEY, counterpart=MONEY, more=MONEY)
def test_where_opened_amounts_agree_the_one_nobody_touched_follows(state, counterpart, more):
    opened = BudgetState.of(Budget(state + counterpart, state, counterpart))
    assert opened.computed == frozenset()
    total = counterpart + more
    follows = opened.with_amount("total", total)
    assert follows.budget == Budget(total, more, counterpart)
    assert follows.replaced == ({} if more == state else {"state_budget": state})
    both = follows.with_amount("state_budget", state)
    assert (both.budget.total, both.budget.state_budget) == (total, state)
    all_three = both.with_amount("counterpart", counterpart)
    assert all_three.budget == Budget(total, state, counterpart)
    assert all_three.difference == more - state


def test_an_opened_amount_stays_where_nothing_sensible_follows():
    made = BudgetState.of(Budget(24, 17, 7)).with_amount("total", 5)
    assert made.budget == Budget(5, 17, 7)
    assert made.difference == -19
    assert BudgetState.of(Budget(24, 17, 7)).with_amount("total", "rác").shown("state_budget") == 17


def test_a_share_that_is_taken_back_gives_the_amounts_back():
    opened = BudgetState.of(Budget(24, 17, 7))
    shared = opened.with_percent("50")
    assert shared.budget == Budget(24, 12, 12)
    assert shared.replaced == {"state_budget": 17, "counterpart": 7}
    assert shared.with_percent("").budget == Budget(24, 17, 7)


STEPS = st.lists(
    st.tuples(st.sampled_from(AMOUNTS), st.one_of(st.none(), st.integers(0, 30), st.just("rác"))),
    max_size=12,
)
OPENED = st.builds(Budget, *(st.one_of(st.none(), st.integers(0, 30)) for _ in AMOUNTS))


@given(opened=OPENED, steps=STEPS)
def test_what_was_typed_stands_whatever_else_is_typed_in_any_order(opened, steps):
    made, typed = BudgetState.of(opened), {}
    for key, amount in steps:
        made = made.with_amount(key, amount)
        typed[key] = amount
        for name, value in typed.items():
            assert value is None or made.shown(name) == value
        again = BudgetState.of(made.budget, made.unread)
        assert [again.shown(name) for name in AMOUNTS] == [made.shown(name) for name in AMOUNTS]
    last = BudgetState.of(opened)
    for key, amount in typed.items():
        last = last.with_amount(key, amount)
    assert last.budget == made.budget


def test_emptied_amount_is_computed_again():
    made = BudgetState.of(Budget(10, 4, 5)).with_amount("counterpart", None)
    assert made.budget == Budget(10, 4, 6)


def _card(qtbot):
    card = BudgetCard(FIELDS)
    qtbot.addWidget(card)
    card.show_proposal(make_proposal(budget={"total": None, "state_budget": None}))
    return card, {
        name: card.findChild(QLineEdit, f"field:budget.{name}") for name in (*AMOUNTS, "percent")
    }


def test_card_reads_every_spelling_and_tells_the_computed_figure(qtbot):
    card, lines = _card(qtbot)
    told = {}
    card.edited.connect(lambda key, value: told.update({key: value}))
    type_text(lines["total"], "4,85 tỷ")
    type_text(lines["state_budget"], "2900 triệu")
    assert told == {
        "budget.total": 4_850_000_000,
        "budget.state_budget": 2_900_000_000,
        "budget.counterpart": 1_950_000_000,
    }
    assert lines["counterpart"].text() == "1.950.000.000"
    assert lines["percent"].text() == "40,21"
    assert lines["total"].text() == "4,85 tỷ"


def test_card_shows_the_difference_in_dong_and_changes_nothing(qtbot):
    card, lines = _card(qtbot)
    for name, text in (("total", "3 tỷ"), ("state_budget", "2 tỷ"), ("counterpart", "900 triệu")):
        lines[name].clear()
        type_text(lines[name], text)
    assert "100.000.000" in card.findChild(object, "label:budget-difference").text()
    assert lines["total"].text() == "3 tỷ"


def test_ambiguous_amount_is_asked_about_not_guessed(qtbot):
    card, lines = _card(qtbot)
    told = []
    card.edited.connect(lambda key, value: told.append((key, value)))
    type_text(lines["total"], "1.500")
    assert told[-1] == ("budget.total", "1.500")
    edit = lines["total"].parent()
    readings = [button.text() for button in edit.findChildren(object) if hasattr(button, "click")]
    assert len(readings) >= 2


def test_what_could_not_be_read_stays_while_other_figures_are_typed(qtbot):
    _card_shown, lines = _card(qtbot)
    type_text(lines["total"], "4000")
    type_text(lines["state_budget"], "2 tỷ")
    assert lines["total"].text() == "4000"
    assert "Chưa rõ đơn vị" in lines["total"].parent().echo


def _typed_at(lines, **texts):
    for name, text in texts.items():
        lines[name].selectAll()
        QTest.keyClick(lines[name], Qt.Key.Key_Backspace)
        type_text(lines[name], text)


def _taken(card, proposal):
    """Return what the session makes of everything the card tells."""
    kept = [proposal]
    card.edited.connect(lambda key, value: kept.append(kept[-1].with_typed(key, value)))
    return kept


def test_an_amount_that_cannot_be_read_is_kept_and_shown_again_with_its_readings(qtbot):
    card, lines = _card(qtbot)
    kept = _taken(card, make_proposal(budget={"total": None}))
    _typed_at(lines, total="4000", state_budget="2 tỷ", counterpart="rác")
    again, shown = _card(qtbot)
    again.show_proposal(kept[-1])
    assert kept[-1].get("budget") == {
        "total": None,
        "total_unread": "4000",
        "state_budget": 2 * 10**9,
        "counterpart_unread": "rác",
    }
    assert {name: line.text() for name, line in shown.items()} == {
        "total": "4000",
        "state_budget": "2.000.000.000",
        "counterpart": "rác",
        "percent": "",
    }
    assert "Chưa rõ đơn vị" in shown["total"].parent().echo
    readings = shown["total"].parent().findChildren(QPushButton)
    readings[0].click()
    assert shown["total"].text() != "4000"


def test_nothing_is_computed_in_the_place_of_what_cannot_be_read(qtbot):
    card, lines = _card(qtbot)
    kept = _taken(card, make_proposal(budget={"total": None}))
    _typed_at(lines, total="5 tỷ", counterpart="2 tỷ", state_budget="4000")
    assert kept[-1].budget.completed().state_budget is None
    _typed_at(lines, state_budget="")
    assert lines["state_budget"].text() == ""
    assert kept[-1].amount("budget.state_budget") == 3 * 10**9
    assert kept[-1].unread("budget.state_budget") == ""


def test_a_share_without_an_amount_is_kept_until_there_is_one(qtbot):
    card, lines = _card(qtbot)
    kept = _taken(card, make_proposal(budget={"total": None}))
    _typed_at(lines, percent="30", total="4000")
    assert lines["percent"].text() == "30"
    again, shown = _card(qtbot)
    again.show_proposal(kept[-1])
    assert shown["percent"].text() == "30"
    later = _taken(again, kept[-1])
    _typed_at(shown, total="1 tỷ")
    assert later[-1].get("budget") == {
        "total": 10**9,
        "state_budget": 700_000_000,
        "counterpart": 300_000_000,
    }


def test_a_share_that_is_none_is_kept_beside_amounts(qtbot):
    card, lines = _card(qtbot)
    kept = _taken(card, make_proposal(budget={"total": None}))
    _typed_at(lines, total="1 tỷ", state_budget="700 triệu", percent="ba mươi")
    again, shown = _card(qtbot)
    again.show_proposal(kept[-1])
    assert shown["percent"].text() == "ba mươi"


def test_a_share_that_is_none_is_said_beside_it_until_it_is_one(qtbot):
    card, lines = _card(qtbot)
    kept = _taken(card, make_proposal(budget={"total": None}))
    said = card.findChild(QLabel, "label:budget-percent")
    for odd in ("120", "abc", "-5"):
        _typed_at(lines, total="1 tỷ", percent=odd)
        assert not said.isHidden()
        assert odd in said.text()
        assert "0 đến 100" in said.text()
        assert lines["percent"].text() == odd == kept[-1].unread("budget.percent")
    _typed_at(lines, state_budget="600 triệu", percent="130")
    assert not said.isHidden()
    assert card._marks["percent"].text() == ""
    _typed_at(lines, percent="", state_budget="")
    _typed_at(lines, percent="30")
    assert said.isHidden()
    assert kept[-1].amount("budget.counterpart") == 300_000_000


AGREEING = {"total": 2_400_000_000, "state_budget": 1_700_000_000, "counterpart": 700_000_000}


def _opened(qtbot, budget):
    card, lines = _card(qtbot)
    card.show_proposal(make_proposal(budget=budget))
    return card, lines


def test_what_was_computed_follows_again_after_opening(qtbot):
    card, lines = _opened(qtbot, AGREEING)
    kept = _taken(card, make_proposal(budget=AGREEING))
    _typed_at(lines, total="2,5 tỷ")
    assert lines["state_budget"].text() == "1.800.000.000"
    assert card._marks["state_budget"].text() == "tự tính"
    assert kept[-1].get("budget") == AGREEING | {
        "total": 2_500_000_000,
        "state_budget": 1_800_000_000,
    }
    said = card.findChild(QLabel, "label:budget-replaced")
    assert "1.700.000.000" in said.text()
    assert not said.isHidden()
    card.show_proposal(kept[0])
    assert said.isHidden()
    assert card._marks["total"].text() == card._marks["state_budget"].text() == ""
    assert lines["state_budget"].text() == "1.700.000.000"


@pytest.mark.parametrize("kind", ["docx", "json"])
def test_in_a_phieu_that_came_as_a_file_an_amount_follows_too(qtbot, catalog, kind):
    made = make_proposal(budget=AGREEING)
    content = form_files(catalog, made, [kind], draft=False)[kind]
    with Inbox(catalog, made.call) as inbox:
        (loaded,) = read_content(content, f"phiếu.{kind}", catalog, inbox=inbox)
    card, lines = _card(qtbot)
    card.show_proposal(loaded.proposal)
    kept = _taken(card, loaded.proposal)
    assert kept == [loaded.proposal]
    _typed_at(lines, counterpart="900 triệu")
    assert kept[-1].get("budget") == AGREEING | {
        "state_budget": 1_500_000_000,
        "counterpart": 900_000_000,
    }


def test_what_was_typed_stays_known_where_a_change_is_taken_back(qtbot):
    card, lines = _opened(qtbot, AGREEING)
    kept = _taken(card, make_proposal(budget=AGREEING))
    _typed_at(lines, total="2,5 tỷ", state_budget="1,6 tỷ")
    before = next(one for one in kept if one.amount("budget.state_budget") == 1_800_000_000)
    card.show_proposal(before)
    _typed_at(lines, counterpart="800 triệu")
    assert lines["total"].text() == "2,5 tỷ"
    assert lines["state_budget"].text() == "1.700.000.000"


def test_an_emptied_amount_shows_what_follows_when_it_is_left(qtbot):
    card, lines = _opened(qtbot, AGREEING)
    card.show()
    line = lines["state_budget"]
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert line.text() == ""
    assert line.placeholderText() == "1.700.000.000"
    assert card._marks["state_budget"].text() == "tự tính"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "1.700.000.000"


def test_an_amount_that_is_not_in_the_data_is_shown_in_grey_as_it_is_printed(qtbot):
    told = []
    card, lines = _opened(qtbot, AGREEING | {"state_budget": None})
    card.edited.connect(lambda key, value: told.append((key, value)))
    line = lines["state_budget"]
    assert (line.text(), line.placeholderText()) == ("", "1.700.000.000")
    assert told == []
    _typed_at(lines, total="2,5 tỷ")
    assert line.text() == "1.800.000.000"


def test_the_split_is_drawn_and_told_only_where_the_amounts_add_up(qtbot):
    card, lines = _opened(qtbot, AGREEING)
    bar, told = card.findChild(SplitBar), card.findChild(QLabel, "label:budget-split")
    assert told.text() == "Ngân sách nhà nước 70,83 % · Đối ứng 29,17 %"
    assert format_percent(bar._share) == "29,17"
    _typed_at(lines, total="2,5 tỷ", state_budget="1,7 tỷ", counterpart="0,7 tỷ")
    assert bar.isHidden()
    assert told.isHidden()
    assert "100.000.000" in card.findChild(QLabel, "label:budget-difference").text()


TYPED = st.sampled_from(["", "2 tỷ", "700 triệu", "2,4 tỷ", "0", "rác"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(AMOUNTS), TYPED),
        st.tuples(st.just("percent"), st.sampled_from(["", "0", "30", "100", "rác"])),
        st.tuples(st.just("reopen"), st.just("")),
    ),
    max_size=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_what_is_shown_is_what_is_stored_and_printed(qtbot, acts):
    card, lines = _opened(qtbot, {"total": None})
    kept = _taken(card, make_proposal(budget={"total": None}))
    for name, text in acts:
        if name == "reopen":
            card._states.clear()
            card._shown_id = ""
            card.show_proposal(kept[-1])
        else:
            _typed_at(lines, **{name: text})
            lines[name].editingFinished.emit()
        printed = kept[-1].budget.completed()
        for key in AMOUNTS:
            shown = card._edits[key]
            amount = getattr(printed, key)
            assert shown.amount == amount == kept[-1].amount(f"budget.{key}")
            unread = kept[-1].unread(f"budget.{key}")
            assert lines[key].text() == ("" if amount is None else format_dong(amount)) + unread
    card.deleteLater()
