"""The list: filter without marks, sort, new, copy, bin, import; fast for ten thousand lines."""

import json
import time
import uuid
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QPushButton, QWidget

from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.records import Listed
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.proposals.model import TITLE, TOTAL, ProposalsModel
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text


def _lines(count):
    return [
        Listed(
            str(number),
            f"Xây dựng mô hình điểm {number} tại huyện Châu Đốc",
            total=number * 1_000_000,
            saved_at=NOW + timedelta(seconds=number),
        )
        for number in range(count)
    ]


def test_filter_ignores_marks_and_finds_every_word(qapp):
    model = ProposalsModel()
    model.show_lines(_lines(30))
    model.filter_by("chau doc 7")
    titles = [model.index(row, TITLE).data() for row in range(model.rowCount())]
    assert len(titles) == 3
    assert all("7" in title for title in titles)
    model.filter_by("")
    assert model.rowCount() == 30


def test_sorting_by_money_and_by_time(qapp):
    model = ProposalsModel()
    model.show_lines(_lines(12))
    assert model.line(0).id == "11"
    model.sort(TOTAL, Qt.SortOrder.AscendingOrder)
    assert [model.line(row).id for row in range(3)] == ["0", "1", "2"]


def test_ten_thousand_lines_are_listed_and_filtered_quickly(qapp):
    model = ProposalsModel()
    lines = [line._replace(search=f"xay dung mo hinh diem {line.id}") for line in _lines(10_000)]
    start = time.perf_counter()
    model.show_lines(lines)
    model.filter_by("diem 9")
    assert model.rowCount() > 1_000
    assert time.perf_counter() - start < 10


def _dialog(qtbot, window, name):
    qtbot.waitUntil(lambda: window.findChild(QDialog, name) is not None)
    return window.findChild(QDialog, name)


def test_empty_store_offers_three_ways_to_begin(qtbot, window):
    names = {button.objectName() for button in window.proposals.welcome.findChildren(QPushButton)}
    cards = ("new", "collect", "import", "sample")
    assert names == {f"button:start-{name}" for name in cards}
    assert window.proposals.welcome.isVisible()


def test_new_phieu_takes_its_call_and_the_profile(qtbot, window, services):
    services.store.ask(lambda store: store.set_setting("profile", {"proposer_name": "Công ty Ánh"}))
    window.proposals.actions_by_name["new"].trigger()
    dialog = _dialog(qtbot, window, "dialog:new")
    calls = dialog.findChild(QListWidget)
    assert calls.count() == len(services.catalog.calls)
    calls.setCurrentRow(0)
    dialog.accept()
    qtbot.waitUntil(lambda: window.editor is not None)
    proposal = window.editor.session.proposal
    assert proposal.call == calls.item(0).data(Qt.ItemDataRole.UserRole)
    assert proposal.plan_year == services.catalog.call(proposal.call).plan_year
    assert proposal.text("proposer_name") == "Công ty Ánh"


def test_copy_empties_year_and_money(qtbot, window, ask_store):
    old = make_proposal()
    ask_store(lambda store: store.save(old, NOW))
    window.desk.refresh()
    qtbot.waitUntil(lambda: window.proposals.current_id == old.id)
    window.proposals.actions_by_name["duplicate"].trigger()
    _dialog(qtbot, window, "dialog:new").accept()
    qtbot.waitUntil(lambda: window.editor is not None)
    made = window.editor.session.proposal
    assert made.id != old.id
    assert made.title == old.title
    assert made.budget.total is None
    assert made.text("duration") == ""
    assert "điền lại" in window.editor.notice.text


def test_bin_gives_back_what_was_thrown_away(qtbot, window, ask_store):
    proposal = make_proposal()
    ask_store(lambda store: store.save(proposal, NOW))
    window.desk.refresh()
    qtbot.waitUntil(lambda: window.proposals.current_id == proposal.id)
    window.proposals.actions_by_name["trash"].trigger()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 0)
    again = [made for made in window.notice.findChildren(QPushButton) if made.text() == "Lấy lại"]
    again[0].click()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 1)
    window.proposals.actions_by_name["trash"].trigger()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 0)
    window.proposals.actions_by_name["bin"].trigger()
    dialog = _dialog(qtbot, window, "dialog:bin")
    kept = dialog.findChild(QListWidget)
    qtbot.waitUntil(lambda: kept.count() == 1)
    dialog.findChild(QPushButton, "button:restore").click()
    qtbot.waitUntil(lambda: kept.count() == 0)
    dialog.accept()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 1)


def test_import_opens_a_good_file_and_says_what_is_wrong_with_a_bad_one(
    qtbot, window, services, tmp_path
):
    good = tmp_path / "phiếu tốt.json"
    good.write_bytes(write_proposal(make_proposal()))
    services.ask.files = [good]
    window.proposals.actions_by_name["import"].trigger()
    qtbot.waitUntil(lambda: window.editor is not None)
    window.show_page("proposals")
    bad = tmp_path / "khác.json"
    bad.write_text(json.dumps({"format": "other"}), encoding="utf-8")
    services.ask.files = [bad]
    window.proposals.actions_by_name["import"].trigger()
    qtbot.waitUntil(lambda: bool(window.notice.text))
    assert "khác.json" in window.notice.text


def test_typing_in_the_filter_narrows_the_list(qtbot, window, ask_store):
    for title in ("Đào tạo năng suất", "Xây dựng tiêu chuẩn"):
        made = replace(make_proposal(title=title), id=str(uuid.uuid4()))
        ask_store(lambda store, made=made: store.save(made, NOW))
    window.desk.refresh()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 2)
    type_text(window.findChild(QLineEdit, "field:filter"), "dao tao")
    assert window.proposals.model.rowCount() == 1


def test_filled_store_is_listed_at_once_and_everything_works_afterwards(
    qtbot, services, ask_store, catalog
):
    proposal = make_proposal()
    ask_store(lambda store: store.save(proposal, NOW))
    made = MainWindow(services)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.ready, timeout=10_000):
        with qtbot.waitSignal(made.list_painted, timeout=10_000):
            made.show()
        assert made.proposals.model.line(0).id == proposal.id
        assert not made.proposals.actions_by_name["new"].isEnabled()
        made.proposals.table.activated.emit(made.proposals.model.index(0, 0))
    qtbot.waitUntil(lambda: made.editor is not None)
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=10_000)


def test_a_click_on_a_card_before_all_is_loaded_is_served_later(qtbot, services):
    del services.catalog, services.messages
    made = MainWindow(services)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.list_painted):
        made.show()
    assert not services.ready
    card = made.proposals.welcome.first
    assert card.isVisible()
    assert card.isEnabled()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert made.findChild(QDialog, "dialog:new") is None
    with qtbot.waitSignal(made.ready, timeout=10_000):
        pass
    qtbot.waitUntil(lambda: made.findChild(QDialog, "dialog:new") is not None)
    made.findChild(QDialog, "dialog:new").reject()
    made.close()


def test_list_shows_what_was_saved_while_the_editor_was_open(qtbot, window, services):
    window.desk._begin("an-giang-2026", "")
    qtbot.waitUntil(lambda: window.editor is not None)
    type_text(window.editor.findChild(QWidget, "field:title"), "Tên vừa đặt")
    with qtbot.waitSignal(window.editor.session.saved):
        window.editor.session.save()
    window.show_page("proposals")
    model = window.proposals.model
    qtbot.waitUntil(lambda: model.rowCount() == 1 and model.line(0).title == "Tên vừa đặt")


def test_titles_are_sorted_as_in_a_vietnamese_dictionary(qapp):
    titles = ("Đào tạo", "Dệt may", "ô mai", "Oải hương", "Ẩm thực", "An toàn", "Zeolit")
    model = ProposalsModel()
    model.show_lines([Listed(str(number), title=title) for number, title in enumerate(titles)])
    model.sort(TITLE, Qt.SortOrder.AscendingOrder)
    shown = [model.line(row).title for row in range(model.rowCount())]
    assert shown == ["An toàn", "Ẩm thực", "Dệt may", "Đào tạo", "Oải hương", "ô mai", "Zeolit"]
