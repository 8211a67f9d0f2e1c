"""Findings stay neutral until a field was visited or the person asked; F8 asks."""

import re
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QTextEdit, QWidget

from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.proposals.desk import PROFILE_SETTING
from ncs_desktop.ui.widgets.decision import DecisionButton
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, type_text

EMPTY = Proposal(
    "00000000-0000-4000-8000-00000000000e",
    "a1-dxnv",
    "tt15-2022",
    "an-giang-2026",
    FrozenDict({"plan_year": 2026}),
)


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
    title = editor.findChild(QWidget, "field:title")
    title.setFocus()
    type_text(title, "a")
    title.clear()
    editor.findChild(QWidget, "field:objectives").setFocus()
    said = editor.findChild(QLabel, "finding:title")
    qtbot.waitUntil(said.isVisible)
    assert any(said.text() in text for text in _listed(editor))


def test_passing_through_empty_fields_says_nothing_until_asked(qtbot, window, open_editor):
    editor = open_editor(EMPTY)
    bring_forward(qtbot, window)
    counted = editor.tabs.tabText(0)
    for key in ("title", "objectives", "budget.total", "results"):
        editor.findChild(QWidget, f"field:{key}").setFocus()
    said = [editor.findChild(QLabel, f"finding:{key}") for key in ("title", "objectives", "budget")]
    assert not any(label.isVisibleTo(editor.fields) for label in said)
    assert editor.tabs.tabText(0) == counted
    assert "chưa điền" in _said_in_rail(editor, "III.")
    assert "chưa điền" in _said_in_rail(editor, "IX.")
    editor.review.ask()
    assert all(label.isVisibleTo(editor.fields) for label in said)


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
    bring_forward(qtbot, window)
    assert "chưa điền" in _said_in_rail(editor, "III.")
    written = editor.findChild(QTextEdit, "field:objectives")
    written.setFocus()
    type_text(written, "a")
    editor.flush()
    written.clear()
    editor.findChild(QWidget, "field:contents").setFocus()
    qtbot.waitUntil(lambda: "có lỗi cần sửa" in _said_in_rail(editor, "III."))
    assert "chưa điền" in _said_in_rail(editor, "V.")


def test_no_tick_where_something_wanted_is_missing(qtbot, window, open_editor):
    editor = open_editor(make_proposal(task_kind="curriculum", universities=()))
    assert "chưa điền đủ" in _said_in_rail(editor, "Thông tin phục vụ")
    editor.review.ask()
    qtbot.waitUntil(lambda: "lỗi" in _said_in_rail(editor, "Thông tin phục vụ"))


def test_f8_keeps_the_heading_of_the_card_in_view(qtbot, window, open_editor):
    editor = open_editor(make_proposal(contact_email="du-an mekong"))
    editor.jump_to("objectives")
    card = editor.card_at(editor.findChild(QWidget, "field:objectives"))
    place = card.mapTo(editor._scroll.viewport(), card.rect().topLeft())
    assert 0 <= place.y() < editor._scroll.viewport().height()


def _row(editor, start):
    found = editor.findings.findChild(QListWidget, "list:findings")
    for at in range(found.count()):
        button = found.itemWidget(found.item(at))
        button = button and button.findChild(DecisionButton)
        if button is not None and button.text().startswith(start):
            return found, at, button
    return found, -1, None


def _settled(qtbot, editor, act):
    """Do ``act``, and wait for the check of what it made; one under way before is not that."""
    before, checker = editor.session.proposal, editor.checker

    def is_of_now(_findings):
        return checker.checked_proposal is editor.session.proposal is not before

    with qtbot.waitSignal(checker.checked, check_params_cb=is_of_now):
        act()


def test_a_point_is_confirmed_in_its_own_line_and_taken_back(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    bring_forward(qtbot, window)
    found, row, confirm = _row(editor, "Xác nhận")
    assert found.itemWidget(found.item(row)).isAncestorOf(confirm)
    said = found.item(row).text()
    found.setCurrentRow(row)
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is confirm
    _settled(qtbot, editor, lambda: qtbot.keyClick(confirm, Qt.Key.Key_Space))
    assert said not in _listed(editor)
    assert found.hasFocus()
    assert found.currentRow() >= 0
    _settled(qtbot, editor, editor.head.commands["undo"].trigger)
    assert said in _listed(editor)
    _settled(qtbot, editor, editor.head.commands["redo"].trigger)
    assert said not in _listed(editor)
    back = next(b for b in editor.notice.findChildren(QPushButton) if "Bỏ xác nhận" in b.text())
    _settled(qtbot, editor, back.click)
    assert said in _listed(editor)
    assert editor.notice.isHidden()


def test_a_confirmed_point_stays_below_the_open_ones_until_taken_back(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    bring_forward(qtbot, window)
    found, row, confirm = _row(editor, "Xác nhận")
    said, tab = found.item(row).text(), editor.tabs.tabText(0)
    _settled(qtbot, editor, confirm.click)
    assert _listed(editor)[-1] == said.replace("Lưu ý", "Đã xác nhận")
    assert editor.tabs.tabText(0) != tab
    _found, last, back = _row(editor, "Bỏ xác nhận")
    assert last == found.count() - 1
    _settled(qtbot, editor, back.click)
    assert said in _listed(editor)
    assert editor.tabs.tabText(0) == tab


def test_a_click_on_a_lines_button_keeps_the_place_in_the_list(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    bring_forward(qtbot, window)
    found, row, confirm = _row(editor, "Xác nhận")
    found.scrollToItem(found.item(row))
    place = confirm.mapTo(found.viewport(), confirm.rect().center())
    assert found.viewport().rect().contains(place)
    _settled(qtbot, editor, lambda: qtbot.mouseClick(confirm, Qt.MouseButton.LeftButton))
    assert found.hasFocus()
    assert found.currentRow() == min(row, found.count() - 1)


def test_a_vanished_line_leaves_scroll_and_choice_in_place(qtbot, window, open_editor):
    editor = open_editor(EMPTY)
    editor.review.ask()
    found = editor.findings.findChild(QListWidget, "list:findings")
    found.setFixedHeight(200)
    bar = found.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    found, row, _button = _row(editor, "Xác nhận")
    found.scrollToItem(found.item(row), found.ScrollHint.PositionAtCenter)
    place = bar.value()
    assert place > 0
    found.setCurrentRow(row)
    bar.setValue(place)
    found.clearFocus()
    _settled(qtbot, editor, partial(editor.review.decide, editor.findings.current))
    assert bar.value() == min(place, bar.maximum())
    assert found.currentRow() == min(row, found.count() - 1)


def test_a_warning_is_accepted_at_its_field_and_withdrawn_in_the_list(
    qtbot, window, services, open_editor
):
    services.ask.why = "Sở đã đồng ý"
    editor = open_editor(make_proposal(contact_email="du-an mekong"))
    bring_forward(qtbot, window)
    editor.review.ask()
    decide = editor.findChild(DecisionButton, "decide:contact_email")
    assert decide.isVisible()
    _settled(qtbot, editor, decide.click)
    assert editor.session.proposal.waivers[0].reason == "Sở đã đồng ý"
    assert editor.findChild(QWidget, "field:contact_email").hasFocus()
    assert not decide.isVisible()
    _found, _at, withdraw = _row(editor, "Bỏ chấp nhận")
    _settled(qtbot, editor, withdraw.click)
    assert editor.session.proposal.waivers == ()
    assert decide.isVisible()


def test_codes_stand_in_the_tooltip_only(open_editor):
    editor = open_editor(EMPTY)
    editor.review.ask()
    found = editor.findings.findChild(QListWidget, "list:findings")
    code = re.compile(r"\b[FC]\d\d\b")
    for at in range(found.count()):
        assert not code.search(found.item(at).text())
        assert found.item(at).data(Qt.ItemDataRole.UserRole + 1).code in found.item(at).toolTip()


def test_every_line_holds_its_words_and_its_button(qtbot, window, open_editor):
    editor = open_editor(EMPTY)
    editor.review.ask()
    found = editor.findings.findChild(QListWidget, "list:findings")
    for width in (300, 420):
        editor.findings.resize(width, 600)
        room = found.viewport().width() - 12
        for at in range(found.count()):
            item = found.item(at)
            used = found.fontMetrics().boundingRect(
                QRect(0, 0, room, 9999), Qt.TextFlag.TextWordWrap, item.text()
            )
            holder = found.itemWidget(item)
            button = holder.findChild(DecisionButton).height() if holder else 0
            assert found.sizeHintForRow(at) >= used.height() + button


def test_rail_says_every_title_in_full(window, open_editor):
    editor = open_editor(EMPTY)
    rail = editor.rail.findChild(QListWidget, "list:sections")
    for at in range(rail.count()):
        room = QRect(0, 0, rail.viewport().width() - 12 - 26, 9999)
        words = rail.fontMetrics().boundingRect(
            room, Qt.TextFlag.TextWordWrap, rail.item(at).text()
        )
        assert rail.sizeHintForRow(at) >= words.height()
        assert words.width() <= room.width()


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


def test_the_dot_of_the_chosen_section_keeps_its_colour(window, open_editor):
    editor = open_editor(EMPTY)
    editor.review.ask()
    rail = editor.rail.findChild(QListWidget, "list:sections")
    dot = rail.item(1).icon()
    plain, chosen = (
        dot.pixmap(20, 20, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected)
    )
    assert chosen == plain


def _at_whole_dossier(qtbot, window, open_editor):
    """Go on by F8 to a point that has no field."""
    editor = open_editor(make_proposal(contact_email=""))
    bring_forward(qtbot, window)
    with qtbot.waitSignal(editor.checker.checked):
        editor.review.ask()
    following = editor.head.commands["next-finding"]
    for _ in range(20):
        following.trigger()
        if editor.notice.text.startswith("Điểm này thuộc cả hồ sơ"):
            break
    return editor, following


def test_the_keyboard_goes_with_f8_to_a_point_of_the_whole_dossier(qtbot, window, open_editor):
    editor, following = _at_whole_dossier(qtbot, window, open_editor)
    found, _at, confirm = _row(editor, "Xác nhận")
    confirm.setFocus()
    assert confirm.hasFocus()
    following.trigger()
    assert editor.findings.current.field is None
    assert QApplication.focusWidget() is found


def test_what_was_said_of_a_point_goes_with_the_next(qtbot, window, open_editor):
    editor, following = _at_whole_dossier(qtbot, window, open_editor)
    assert editor.notice.isVisible()
    for _ in range(20):
        following.trigger()
        if editor.findings.current.field:
            break
    assert editor.notice.isHidden()


def test_what_was_said_of_a_point_goes_when_one_is_accepted(qtbot, window, open_editor, services):
    editor, _following = _at_whole_dossier(qtbot, window, open_editor)
    services.ask.why = "Đã xem"
    _found, _at, accept = _row(editor, "Chấp nhận")
    _settled(qtbot, editor, accept.click)
    assert editor.notice.isHidden()
