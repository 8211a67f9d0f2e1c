"""The list: filter without marks, sort, new, copy, bin, import; fast for ten thousand lines."""

import json
import time
import uuid
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.records import Listed
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.proposals.model import CALL, TITLE, TOTAL, ProposalsModel
from ncs_desktop.ui.proposals.samples import sample_ids
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


def _press(holder, text):
    next(made for made in holder.findChildren(QPushButton) if made.text() == text).click()


def _keep(ask_store, window, qtbot, *proposals):
    for minute, proposal in enumerate(proposals):
        when = NOW + timedelta(minutes=minute)
        ask_store(lambda store, made=proposal, at=when: store.save(made, at))
    window.desk.refresh()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == len(proposals))


def test_after_copying_the_list_is_about_the_new_phieu(qtbot, window, ask_store):
    old = make_proposal(title="Đào tạo năng suất")
    _keep(ask_store, window, qtbot, old)
    window.proposals.actions_by_name["duplicate"].trigger()
    dialog = _dialog(qtbot, window, "dialog:new")
    said = " ".join(shown.text() for shown in dialog.findChildren(QLabel))
    assert "«Đào tạo năng suất»" in said
    assert "phiếu cũ giữ nguyên" in said
    dialog.accept()
    qtbot.waitUntil(lambda: window.editor is not None)
    new_id = window.editor.session.proposal.id
    window.show_page("proposals")
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 2)
    qtbot.waitUntil(lambda: window.proposals.current_id == new_id)
    window.proposals.actions_by_name["trash"].trigger()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 1)
    assert window.proposals.model.line(0).id == old.id
    name = "«[lấy từ phiếu cũ] Đào tạo năng suất» (An Giang · 2026)"
    assert name in window.notice.text


def test_a_new_phieu_that_the_filter_would_hide_is_shown(qtbot, window, ask_store):
    _keep(ask_store, window, qtbot, make_proposal(title="Đào tạo năng suất"))
    type_text(window.findChild(QLineEdit, "field:filter"), "dao tao")
    window.desk.begin("an-giang-2026")
    qtbot.waitUntil(lambda: window.editor is not None)
    made = window.editor.session.proposal.id
    qtbot.waitUntil(lambda: window.proposals.current_id == made)
    assert window.proposals.model.rowCount() == 2


def test_when_a_phieu_is_put_away_its_neighbour_is_chosen(qtbot, window, ask_store):
    several = [replace(make_proposal(), id=str(uuid.uuid4())) for _ in range(4)]
    _keep(ask_store, window, qtbot, *several)
    window.proposals.select(several[1].id)
    window.proposals.actions_by_name["trash"].trigger()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 3)
    assert window.proposals.current_id == several[0].id


def test_taking_out_of_the_bin_is_seen_behind_it_and_the_offer_goes(qtbot, window, ask_store):
    proposal = make_proposal()
    _keep(ask_store, window, qtbot, proposal)
    window.proposals.actions_by_name["trash"].trigger()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 0)
    window.proposals.actions_by_name["bin"].trigger()
    dialog = _dialog(qtbot, window, "dialog:bin")
    qtbot.waitUntil(lambda: dialog.findChild(QListWidget).count() == 1)
    dialog.findChild(QPushButton, "button:restore").click()
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 1)
    assert "Đã lấy lại phiếu" in window.notice.text
    assert "Lấy lại" not in [made.text() for made in _shown_buttons(window.notice)]
    qtbot.waitUntil(lambda: dialog.findChild(QListWidget).count() == 0)
    dialog.accept()


def _shown_buttons(holder):
    return [made for made in holder.findChildren(QPushButton) if made.isVisible()]


def test_bin_tells_two_of_one_name_apart_the_last_put_away_first(qtbot, window, ask_store):
    first = make_proposal(title="Một tên")
    second = replace(make_proposal(title="Một tên"), id=str(uuid.uuid4()), call="binh-phuoc-2025")
    _keep(ask_store, window, qtbot, first, second)
    ask_store(lambda store: store.trash(second.id, NOW + timedelta(minutes=5)))
    ask_store(lambda store: store.trash(first.id, NOW + timedelta(minutes=9)))
    window.proposals.actions_by_name["bin"].trigger()
    dialog = _dialog(qtbot, window, "dialog:bin")
    kept = dialog.findChild(QListWidget)
    qtbot.waitUntil(lambda: kept.count() == 2)
    newer, older = kept.item(0).text(), kept.item(1).text()
    assert "An Giang · 2026" in newer
    assert "triệu đồng" in newer
    assert "09:09" in newer
    assert "Bình Phước · 2025" in older
    assert "lưu lúc 09:01" in older
    assert "bỏ vào thùng rác lúc 09:05" in older
    dialog.reject()


def test_call_stands_short_in_the_list_and_whole_in_its_tooltip(qtbot, window, ask_store):
    known = make_proposal()
    unknown = replace(make_proposal(), id=str(uuid.uuid4()), call="dot-la-2031")
    _keep(ask_store, window, qtbot, known, unknown)
    model = window.proposals.model
    rows = {model.line(row).id: model.index(row, CALL) for row in range(2)}
    assert rows[known.id].data() == "An Giang · 2026"
    assert "đề xuất nhiệm vụ" in rows[known.id].data(Qt.ItemDataRole.ToolTipRole)
    assert "dot-la-2031" not in rows[unknown.id].data()


def test_samples_come_from_the_settings_carry_a_mark_and_go_in_one_click(qtbot, window, ask_store):
    own = make_proposal()
    _keep(ask_store, window, qtbot, own)
    model = window.proposals.model
    for _time in range(2):
        window.show_page("settings")
        window.findChild(QPushButton, "button:samples").click()
        qtbot.waitUntil(lambda: model.rowCount() == 1 + len(sample_ids()))
        assert window.stack.currentWidget() is window.proposals
        marked = {
            model.line(row).id for row in range(model.rowCount()) if "mẫu" in _title(model, row)
        }
        assert marked == sample_ids()
        assert "phiếu mẫu" in window.notice.text
        _press(window.notice, "Bỏ dữ liệu mẫu")
        qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert model.line(0).id == own.id


def _title(model, row):
    return str(model.index(row, TITLE).data())


def test_a_copy_is_told_from_its_source_until_it_has_a_name_of_its_own(qtbot, window, ask_store):
    _keep(ask_store, window, qtbot, make_proposal(title="Đào tạo năng suất"))
    model = window.proposals.model
    source = model.line(0).id
    window.desk._begin("an-giang-2026", source)
    qtbot.waitUntil(lambda: window.editor is not None and model.rowCount() == 2)
    copied = window.editor.session.proposal.id
    names = {model.line(row).id: model.index(row, TITLE).data() for row in range(2)}
    assert names == {
        source: "Đào tạo năng suất",
        copied: "[lấy từ phiếu cũ] Đào tạo năng suất",
    }
    type_text(window.editor.findChild(QWidget, "field:title"), "mới")
    window.show_page("proposals")
    qtbot.waitUntil(lambda: "mới" in model.name_of(copied))
    assert "lấy từ" not in model.name_of(copied)
    ask_store(lambda store: store.trash(copied, NOW))
    ask_store(lambda store: store.purge(copied))
    assert ask_store(lambda store: store.settings("copied:")) == {}


def test_lines_that_come_move_neither_what_is_chosen_nor_what_is_seen(qtbot, window):
    page, lines = window.proposals, _lines(80)
    page.show_lines(lines[:60])
    table, bar = page.table, page.table.verticalScrollBar()
    choice = table.selectionModel()
    for row in (20, 22):
        flags = choice.SelectionFlag.Select | choice.SelectionFlag.Rows
        choice.setCurrentIndex(page.model.index(row, CALL), flags)
    choice.select(page.model.index(0, 0), choice.SelectionFlag.Deselect | flags.Rows)
    bar.setValue(15)
    chosen, current = page.chosen_ids, page.model.line(22).id
    seen = page.model.line(table.rowAt(0)).id
    page.show_lines(lines)
    assert page.chosen_ids == chosen
    assert page.model.line(table.currentIndex().row()).id == current
    assert table.currentIndex().column() == CALL
    assert page.model.line(table.rowAt(0)).id == seen
    bar.setValue(0)
    page.show_lines([*lines, *(line._replace(id=f"x{line.id}") for line in lines)])
    assert bar.value() == 0
    assert page.chosen_ids == chosen
