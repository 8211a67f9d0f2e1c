"""Any two of four figures give the rest; a typed amount is never changed."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.ui.widgets.budget_card import BudgetCard
from ncs_desktop.ui.widgets.budget_state import AMOUNTS, BudgetState
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
    made = BudgetState.of(Budget(*amounts))
    total, state, counterpart = amounts
    assert made.difference == total - state - counterpart
    other = made.with_amount("total", total + 1)
    assert (other.budget.state_budget, other.budget.counterpart) == (state, counterpart)


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
