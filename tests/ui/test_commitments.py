"""Commitments: the order of Tab, one taken out, the amount and its tick."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QPushButton

from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, type_text


@pytest.fixture
def open_in_front(qtbot, window, open_editor):
    def opened(proposal):
        editor = open_editor(proposal)
        bring_forward(qtbot, window)
        return editor

    return opened


def _chain(first):
    """Return the visible widgets Tab goes through from ``first`` on."""
    found, widget = [], first
    while (widget := widget.nextInFocusChain()) is not first:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            found.append(widget.objectName())
    return found


def _led_to(editor, message):
    """Return the name of what the finding of this sentence leads to."""
    editor.review.ask()
    found = editor.findings.findChild(QListWidget, "list:findings")
    [row] = [
        number
        for number, (finding, _text) in enumerate(editor.findings._shown)
        if finding.message == message
    ]
    found.itemActivated.emit(found.item(row))
    return QApplication.focusWidget().objectName()


PARTNERS = [{"organization": f"Công ty {name}", "amount": 5} for name in "ABC"]


def test_tab_reaches_adding_a_commitment_before_taking_one_out(open_in_front):
    editor = open_in_front(make_proposal(commitments=PARTNERS[:1]))
    add = editor.findChild(QPushButton, "field:commitments")
    add.click()
    QApplication.processEvents()
    chain = _chain(editor.findChild(QLineEdit, "field:commitments[0].organization"))
    wanted = [f"field:commitments[1].{name}" for name in ("organization", "address")]
    ticked = "field:commitments[1].scope.receive_results"
    removes = [f"button:commitments[{number}].remove" for number in (0, 1)]
    places = [chain.index(name) for name in (*wanted, ticked, "field:commitments", *removes)]
    assert places == sorted(places)
    assert chain[places[-4] + 1 : places[-4] + 4] == ["field:commitments", *removes]


@pytest.mark.parametrize(
    ("change", "message", "box"),
    [
        ({"scope": ["co_fund"], "amount": None}, "C05.unfunded", "amount"),
        ({"scope": ["cooperate"]}, "C05.unticked", "scope.co_fund"),
        ({"scope": []}, "C05.scope", "scope.cooperate"),
        ({"organization": ""}, "C05.nameless", "organization"),
    ],
)
def test_a_finding_leads_to_the_box_of_the_commitment_it_speaks_of(
    qtbot, open_in_front, change, message, box
):
    fine = {"organization": "Công ty A", "scope": ["co_fund"], "amount": 1_950_000_000}
    other = {**fine, "organization": "Công ty B", **change}
    editor = open_in_front(make_proposal(commitments=[fine, other]))
    assert _led_to(editor, message) == f"field:commitments[1].{box}"
    focused = QApplication.focusWidget()
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert len(editor.session.proposal.get("commitments")) == 2


def test_a_name_that_stands_twice_leads_to_its_second_place(open_in_front):
    named = {"scope": ["co_fund"], "amount": 650_000_000}
    items = [{**named, "organization": f"Công ty {name}"} for name in ("A", "B", "B")]
    assert _led_to(open_in_front(make_proposal(commitments=items)), "C05.twice") == (
        "field:commitments[2].organization"
    )


@pytest.mark.parametrize(
    ("amounts", "row"), [((5, None, 7), 1), ((5, 6, 7), 2)], ids=["one without", "all with"]
)
def test_a_sum_that_falls_short_leads_to_where_it_can_be_made_up(open_in_front, amounts, row):
    items = [
        {"organization": f"Công ty {number}", "scope": ["cooperate"], "amount": amount}
        for number, amount in enumerate(amounts)
    ]
    editor = open_in_front(make_proposal(commitments=items))
    assert _led_to(editor, "M04.short") == f"field:commitments[{row}].amount"


def test_a_missing_commitment_leads_to_adding_one(open_in_front):
    editor = open_in_front(make_proposal(commitments=[]))
    editor.jump_to("commitments[0].organization")
    assert QApplication.focusWidget().objectName() == "field:commitments"


def test_a_commitment_taken_out_is_told_can_be_put_back_and_leads_to_its_neighbour(open_in_front):
    editor = open_in_front(make_proposal(commitments=PARTNERS))
    editor.findChild(QPushButton, "button:commitments[1].remove").click()
    named = [item["organization"] for item in editor.session.proposal.get("commitments")]
    assert named == ["Công ty A", "Công ty C"]
    assert editor.notice.text == "Đã bỏ cam kết của Công ty B."
    near = editor.findChild(QLineEdit, "field:commitments[1].organization")
    assert QApplication.focusWidget() is near
    assert near.text() == "Công ty C"
    back = next(made for made in editor.notice.findChildren(QPushButton) if made.isVisible())
    assert back.text() == "Hoàn tác"
    back.click()
    named = [item["organization"] for item in editor.session.proposal.get("commitments")]
    assert named == ["Công ty A", "Công ty B", "Công ty C"]


def test_the_last_commitment_taken_out_leads_to_adding_and_comes_back_once(open_in_front):
    editor = open_in_front(make_proposal(commitments=PARTNERS[:1]))
    editor.findChild(QPushButton, "button:commitments[0].remove").click()
    assert QApplication.focusWidget() is editor.findChild(QPushButton, "field:commitments")
    back = next(made for made in editor.notice.findChildren(QPushButton) if made.isVisible())
    editor.tools.undo()
    back.click()
    assert len(editor.session.proposal.get("commitments")) == 1


@pytest.fixture
def taken_out(open_in_front):
    """The editor of a phiếu right after one commitment was taken out."""
    editor = open_in_front(make_proposal(commitments=PARTNERS))
    editor.findChild(QPushButton, "button:commitments[1].remove").click()
    assert "Đã bỏ cam kết" in editor.notice.text
    return editor


def test_the_offer_to_put_a_commitment_back_goes_at_the_third_later_step(taken_out):
    session, name = taken_out.session, taken_out.session.proposal.text("proposer_name")
    for letters in (f"{name} x", f"{name} xy"):  # one word is one step
        session.set_value("proposer_name", letters)
    session.set_value("task_kind", "training")
    assert "Đã bỏ cam kết" in taken_out.notice.text
    session.set_value("contact_name", "Ánh")
    assert taken_out.notice.isHidden()


def test_the_offer_to_put_a_commitment_back_goes_some_time_after_a_later_step(taken_out):
    later = taken_out._offer._later
    assert not later.isActive()
    taken_out.session.set_value("title", "Đào tạo")
    assert later.isActive()
    assert "Đã bỏ cam kết" in taken_out.notice.text
    later.timeout.emit()
    assert taken_out.notice.isHidden()


def test_the_offer_to_put_a_commitment_back_goes_once_that_is_done(taken_out):
    taken_out.tools.undo()
    assert "Đã bỏ cam kết" not in taken_out.notice.text


def test_the_first_amount_ticks_funding_and_both_are_one_step(open_in_front):
    editor = open_in_front(make_proposal(commitments=[]))
    editor.findChild(QPushButton, "field:commitments").click()
    line = editor.findChild(QLineEdit, "field:commitments[0].amount")
    type_text(line, "2.500.000.000")
    made = editor.session.proposal.get("commitments")[0]
    assert (made["amount"], made["scope"]) == (2_500_000_000, ("co_fund",))
    editor.tools.undo()
    made = editor.session.proposal.get("commitments")[0]
    assert (made["amount"], made["scope"]) == (None, ())
    box = editor.findChild(QCheckBox, "field:commitments[0].scope.co_fund")
    assert not box.isChecked()


def test_a_long_line_shows_its_beginning_once_it_is_left(open_in_front):
    long = "Phó Giám đốc phụ trách kỹ thuật, kiêm Trưởng phòng Nghiên cứu và Phát triển " * 3
    editor = open_in_front(make_proposal(contact_name=long, commitments=PARTNERS[:1]))
    shown = editor.findChild(QLineEdit, "field:contact_name")
    address = editor.findChild(QLineEdit, "field:commitments[0].address")
    assert shown.cursorPosition() == 0
    address.setFocus(Qt.FocusReason.OtherFocusReason)
    type_text(address, long)
    address.setCursorPosition(200)
    shown.setFocus(Qt.FocusReason.OtherFocusReason)
    assert (shown.cursorPosition(), address.cursorPosition()) == (len(long), 0)
    address.setFocus(Qt.FocusReason.OtherFocusReason)
    assert (shown.cursorPosition(), address.cursorPosition()) == (0, 200)


def test_the_rail_says_why_a_section_is_not_complete_any_more(qtbot, open_in_front):
    editor = open_in_front(make_proposal(commitments=PARTNERS[:1], enclosures=[]))
    item = editor.rail._items["X"]
    qtbot.waitUntil(lambda: len(item.toolTip().split("\n")) > 2)
    _title, _state, first, *rest = item.toolTip().split("\n")
    assert first.startswith("Mục X")
    assert not [line for line in rest if line.startswith("Mục")]
