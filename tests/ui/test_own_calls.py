"""One's own call: everything of it can be written anew, it can go, and come back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from ncs_desktop.ui.calls.edit_dialog import EditCallDialog
from ncs_desktop.work.calls import derive_call, make_deadline
from tests.factories import make_proposal
from tests.ui.conftest import NOW
from tests.ui.test_mnemonics import unreached


@pytest.fixture
def page(qtbot, window, services):
    window.show_page("calls")
    made = window.findChild(QWidget, "page:calls")
    old = services.catalog.call("an-giang-2026")
    deadline = make_deadline("2030-08-10", "exclusive_day")
    made._keep(derive_call(old, year=2031, deadline=deadline, today=NOW.date()))
    qtbot.waitUntil(lambda: "an-giang-2031" in services.catalog.calls)
    return made


def press(widget, name):
    widget.findChild(QPushButton, f"button:{name}").click()


def opened(page):
    press(page, "call-edit")
    dialog = page.findChild(EditCallDialog)
    assert dialog.isVisible()
    return dialog


def own(services):
    return services.catalog.calls["an-giang-2031"]


def test_only_own_calls_can_be_edited_and_deleted(page, services):
    names = ("call-edit", "call-delete")
    buttons = [page.findChild(QPushButton, f"button:{name}") for name in names]
    assert all(not made.isHidden() for made in buttons)
    for row in range(page._list.count()):
        page._list.setCurrentRow(row)
        assert all(made.isHidden() is not page._current().own for made in buttons)


def test_an_untouched_form_changes_nothing(qtbot, window, page, services):
    before = own(services)
    dialog = opened(page)
    with qtbot.waitSignal(dialog.made) as made:
        press(dialog, "save-call")
    assert made.args[0] == before
    qtbot.waitUntil(lambda: "Đã lưu đợt" in window.notice.text)


def test_what_is_written_in_the_form_is_kept(qtbot, page, services):
    dialog = opened(page)
    dialog.findChild(QLineEdit, "field:call.address").setText("Số 1 Lê Lợi")
    deadlines = dialog._lists["deadlines"]
    deadlines.add()
    deadlines.items[1].boxes["stage"].show_value("Gửi Bộ")
    deadlines.items[1].boxes["at"].show_value("2030-09-01")
    papers = dialog._lists["recipe.organization"]
    papers.items[0].findChild(QPlainTextEdit).setPlainText("Công văn, 02 bản chính")
    dialog._lists["priorities"].items[0].removed.emit(dialog._lists["priorities"].items[0])
    dialog.findChild(QPlainTextEdit, "field:call.universities").setPlainText("Trường A\n\nTrường B")
    rule = dialog.findChild(QComboBox, "field:call.C04")
    rule.setCurrentIndex(rule.findData("off"))
    count = len(own(services).priorities)
    assert unreached(dialog) == []
    press(dialog, "save-call")
    qtbot.waitUntil(lambda: own(services).authority.address == "Số 1 Lê Lợi")
    call = own(services)
    assert [item.text for item in call.deadlines] == [
        "trước ngày 10/8/2030",
        "chậm nhất vào ngày 1/9/2030",
    ]
    assert call.recipe_for("organization")[0].text == "Công văn, 02 bản chính"
    assert len(call.priorities) == count - 1
    assert call.universities == ("Trường A", "Trường B")
    assert call.severity("C04") == "off"
    assert page._current().id == call.id


def test_words_of_a_deadline_follow_its_day_until_a_person_writes_their_own(qtbot, page):
    dialog = opened(page)
    item = dialog._lists["deadlines"].items[0]
    item.boxes["at"].show_value("2030-08-12")
    assert item.value()["text"] == "trước ngày 12/8/2030"
    item.boxes["rule"].show_value("inclusive_minute")
    assert item.value()["text"] == "chậm nhất là 17h00 ngày 12/8/2030"
    item.boxes["text"].show_value("trước khi hết giờ làm việc")
    assert item.value()["text"] == "trước khi hết giờ làm việc"
    dialog.reject()


@pytest.mark.parametrize(
    ("field", "text", "place", "tab"),
    [
        ("field:call.name", "", "authority.name", 1),
        ("field:call.email", "so@", "authority.email", 1),
        ("field:call.stage", " ", "deadlines[0].stage", 2),
    ],
)
def test_a_mistake_is_said_at_its_box_and_nothing_is_kept(page, services, field, text, place, tab):
    before = own(services)
    dialog = opened(page)
    dialog.findChild(QLineEdit, field).setText(text)
    press(dialog, "save-call")
    assert dialog.isVisible()
    assert dialog._tabs.currentIndex() == tab
    wrong = dialog._places()[place].findChild(QLabel, f"wrong:{place.rpartition('.')[2]}")
    assert wrong.isVisible()
    assert wrong.text()
    assert dialog.notice.isVisible()
    assert own(services) is before
    dialog.reject()


def test_a_list_that_must_not_be_empty_says_so(page):
    dialog = opened(page)
    made = dialog._lists["deadlines"]
    made._remove(made.items[0])
    press(dialog, "save-call")
    assert made.findChild(QLabel, "wrong:deadlines").text()
    assert dialog._tabs.currentIndex() == 2
    dialog.reject()


def test_the_next_deadline_begins_with_the_stage_of_the_call_it_was_made_from(
    qtbot, page, services
):
    old = services.catalog.call("nam-dinh-2024")
    page._keep(derive_call(old, year=2032, deadline=make_deadline("2031-05-01"), today=NOW.date()))
    qtbot.waitUntil(lambda: page._current().plan_year == 2032)
    dialog = opened(page)
    deadlines = dialog._lists["deadlines"]
    deadlines.add()
    assert len(old.deadlines) > 1
    assert deadlines.items[1].boxes["stage"].value() == old.deadlines[1].stage
    assert deadlines.items[1].value()["text"] == "chậm nhất vào ngày 5/8/2025"
    dialog.reject()


def test_an_own_call_goes_and_comes_back(qtbot, window, page, services):
    before = own(services)
    press(page, "call-delete")
    qtbot.waitUntil(lambda: before.id not in services.catalog.calls)
    back = next(made for made in window.notice._buttons if made.text() == "Hoàn tác")
    back.click()
    qtbot.waitUntil(lambda: before.id in services.catalog.calls)
    assert own(services) == before
    qtbot.waitUntil(lambda: page._current().id == before.id)


def test_a_call_a_phieu_is_of_stays(qtbot, window, page, services, ask_store):
    ask_store(lambda store: store.save(replace(make_proposal(), call="an-giang-2031"), NOW))
    press(page, "call-delete")
    qtbot.waitUntil(lambda: "còn 1 phiếu" in window.notice.text)
    assert "an-giang-2031" in services.catalog.calls
