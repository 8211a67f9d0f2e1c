"""Findings stay neutral until a field was visited or the person asked; F8 asks."""

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QWidget

from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.proposals.desk import PROFILE_SETTING, Opened
from tests.factories import make_proposal
from tests.ui.conftest import NOW

EMPTY = Proposal(
    "00000000-0000-4000-8000-00000000000e",
    "a1-dxnv",
    "tt15-2022",
    "an-giang-2026",
    FrozenDict({"plan_year": 2026}),
)


@pytest.fixture
def open_editor(qtbot, window, ask_store):
    def opened(proposal):
        ask_store(lambda store: store.save(proposal, NOW))
        window.open_editor(Opened(proposal))
        with qtbot.waitSignal(window.editor.checker.checked):
            pass
        return window.editor

    return opened


def _listed(editor):
    found = editor.findings.findChild(QListWidget, "list:findings")
    return [found.item(row).text() for row in range(found.count())]


def test_new_phieu_is_not_blamed_for_being_empty(open_editor):
    editor = open_editor(EMPTY)
    assert editor.checker.findings
    assert not [text for text in _listed(editor) if text.startswith("Lỗi")]
    said = editor.findChild(QLabel, "label:findings").text()
    assert "chưa điền" in said
    assert editor.findChild(QLabel, "finding:title").isHidden()


def test_f8_asks_for_everything_and_leads_to_the_first_error(qtbot, window, open_editor):
    editor = open_editor(EMPTY)
    window.activateWindow()
    editor.head.commands["next-finding"].trigger()
    errors = [text for text in _listed(editor) if text.startswith("Lỗi")]
    assert errors
    first = editor.findings.current
    words = editor.services.messages.finding(first)
    shown = [label.text() for label in editor.fields.findChildren(QLabel) if label.isVisible()]
    assert words in shown
    editor.head.commands["next-finding"].trigger()
    assert editor.findings.current != first
    editor.head.commands["previous-finding"].trigger()
    assert editor.findings.current == first


def test_left_field_says_what_the_list_says(qtbot, window, open_editor):
    editor = open_editor(EMPTY)
    window.activateWindow()
    editor.findChild(QWidget, "field:title").setFocus()
    editor.findChild(QWidget, "field:objectives").setFocus()
    said = editor.findChild(QLabel, "finding:title")
    qtbot.waitUntil(said.isVisible)
    assert any(said.text() in text for text in _listed(editor))


def test_budget_says_its_own_findings(qtbot, open_editor):
    wrong = {"total": 5_000_000_000, "state_budget": 3_000_000_000, "counterpart": 1}
    editor = open_editor(make_proposal(budget=wrong))
    editor.review.ask()
    said = editor.findChild(QLabel, "finding:budget")
    assert said.isVisibleTo(editor.fields)
    assert said.text()


def _said_in_rail(editor, start):
    rail = editor.rail.findChild(QListWidget, "list:sections")
    tips = [rail.item(row).toolTip() for row in range(rail.count())]
    return next(tip for tip in tips if tip.startswith(start))


def test_a_required_section_left_empty_shows_an_error_in_the_rail(qtbot, window, open_editor):
    editor = open_editor(EMPTY)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert "chưa điền" in _said_in_rail(editor, "III.")
    editor.findChild(QWidget, "field:objectives").setFocus()
    editor.findChild(QWidget, "field:contents").setFocus()
    qtbot.waitUntil(lambda: "có lỗi cần sửa" in _said_in_rail(editor, "III."))
    assert "chưa điền" in _said_in_rail(editor, "V.")


def test_f8_keeps_the_heading_of_the_card_in_view(qtbot, window, open_editor):
    editor = open_editor(make_proposal(contact_email="du-an mekong"))
    editor.jump_to("objectives")
    card = editor.card_at(editor.findChild(QWidget, "field:objectives"))
    place = card.mapTo(editor._scroll.viewport(), card.rect().topLeft())
    assert 0 <= place.y() < editor._scroll.viewport().height()


def test_a_confirmable_finding_says_how_and_offers_the_button(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    found = editor.findings.findChild(QListWidget, "list:findings")
    row = next(at for at, text in enumerate(_listed(editor)) if "«Xác nhận đã xem»" in text)
    found.setCurrentRow(row)
    confirm = editor.findings.findChild(QPushButton, "button:confirm")
    assert (confirm.text(), confirm.isHidden()) == ("Xác nhận đã xem", False)
    said = found.item(row).text()
    with qtbot.waitSignal(editor.checker.checked):
        confirm.click()
    assert said not in _listed(editor)


def test_section_x_of_the_first_frozen_phieu_becomes_the_profile(open_editor, ask_store, qtbot):
    proposal = make_proposal()
    editor = open_editor(proposal)
    editor.papers.frozen.emit("A1-TEST")
    kept = ask_store(lambda store: store.setting(PROFILE_SETTING))
    assert kept["proposer_name"] == proposal.text("proposer_name")
    other = editor.session.proposal.with_value("proposer_name", "Công ty khác")
    editor.session.replace_proposal(other)
    editor.papers.frozen.emit("A1-TEST")
    kept = ask_store(lambda store: store.setting(PROFILE_SETTING))
    assert kept["proposer_name"] == proposal.text("proposer_name")
