"""Deciding with the keyboard alone: reasons, where the keys go afterwards, what still waits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QPushButton, QTableView

from ncs_desktop.domain.desk import Status
from ncs_desktop.ui.ask import ReasonDialog
from ncs_desktop.ui.collect.cell_texts import (
    ALIKE,
    CHECK,
    RANK,
    RECEIVED,
    SECTIONS,
    STATUS,
    TITLE,
    TOTAL,
)
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.collect.table import DeskTable
from ncs_desktop.ui.remembered import Remembered
from tests.ui.collect.test_officer_day import (
    click,
    dialog,
    drop,
    numbered,
    settled,
    show,
    take_in,
)
from tests.work.test_collect import put, task


@pytest.fixture
def reason(qtbot):
    made = ReasonDialog("Không đạt", "Lý do (ghi vào bảng và nhật ký):")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.text.hasFocus)
    yield made
    made.close()


def test_tab_leaves_the_reason_and_an_empty_one_keeps_the_dialog_open(qtbot, reason):
    go_on = reason.findChild(QPushButton, "button:reason")
    assert go_on.isDefault()
    qtbot.keyClick(reason.text, Qt.Key.Key_Tab)
    assert not reason.text.hasFocus()
    go_on.click()
    assert reason.isVisible()
    assert "Chưa có lý do" in reason.wrong.text()
    assert reason.text.hasFocus()


def test_a_reason_recorded_so_far_is_shown_and_may_be_cleared(qtbot):
    made = ReasonDialog("Lý do thứ tự", "Vì sao?", kept="Ưu tiên 1", needed=False)
    qtbot.addWidget(made)
    assert made.reason == "Ưu tiên 1"
    made.text.clear()
    made.accept()
    assert made.result() == ReasonDialog.DialogCode.Accepted


def test_ctrl_enter_accepts_the_reason(qtbot, reason):
    reason.text.setPlainText("  Trùng nhiệm vụ năm 2024 ")
    qtbot.keyClick(reason.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert reason.result() == ReasonDialog.DialogCode.Accepted
    assert reason.reason == "Trùng nhiệm vụ năm 2024"


def test_after_a_decision_the_keys_go_to_the_table(qtbot, page, services, tmp_path):
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.table)
    page.window().activateWindow()
    page.bar.status_button.setFocus()
    services.ask.why = "Ngoài phạm vi"
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.commands["status-failed"].trigger()
    assert page.table.hasFocus()
    assert page.model.entry(0).status is Status.FAILED
    page.bar.commands["received"].trigger()
    asked = dialog(qtbot, page, "dialog:received")
    assert asked.findChild(QPushButton, "button:received").isDefault()
    asked.reject()
    qtbot.waitUntil(page.table.hasFocus)


def test_taking_a_new_version_ends_at_the_table(qtbot, page, tmp_path):
    take_in(
        qtbot, page, tmp_path, {"1.json": task(1), "2.json": task(1, revision=2, title="Đã sửa")}
    )
    page.tabs.setCurrentWidget(page.table)
    page.window().activateWindow()
    show(qtbot, page, task(1).id)
    page.panel.setCurrentWidget(page.panel.compare)
    page.panel.compare._buttons["take-new"].setFocus()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        click(page, "take-new")
    assert page.table.hasFocus()


def test_what_waits_is_counted_and_the_button_leads_to_the_next_one(qtbot, page, tmp_path):
    take_in(
        qtbot,
        page,
        tmp_path,
        {
            **numbered(*range(1, 7)),
            **numbered(8, 9, title="Mô hình điểm lúa", proposer_name="A"),
            "5b.json": task(5, revision=2, title="Đã sửa"),
        },
    )
    assert page.pending.text.text() == "1 cặp nghi trùng, 1 bản gửi lại cần quyết định."
    page.table.selectRow(0)
    click(page, "next-pending")
    assert page.current.proposal_id == task(5).id
    assert page.table.rows == [page.table.currentIndex().row()]
    assert page.panel.currentWidget() is page.panel.compare
    click(page, "next-pending")
    assert page.current.proposal_id in page._alike


def test_amounts_are_never_cut(qtbot, page, tmp_path):
    large = 123_456_789_123_456
    drop(page, put(tmp_path, "1.json", task(1, **{"budget.total": large})))
    settled(qtbot, page)
    text = page.model.index(0, TOTAL).data()
    assert text.startswith("123.456.789,")
    room = page.table.columnWidth(TOTAL) - 16
    assert page.table.fontMetrics().horizontalAdvance(text) <= room
    assert "triệu đồng" in page.model.headerData(TOTAL, Qt.Orientation.Horizontal)


def test_columns_are_chosen_and_remembered(qtbot, page, services):
    menu = page.table.columns_menu()
    action = next(found for found in menu.actions() if found.text() == "Trạng thái")
    action.toggle()
    page.table.setColumnWidth(TOTAL, 222)
    menu.deleteLater()
    window = page.window()
    window.close()
    again = Remembered(services.store.path)
    other = DeskTable(DeskModel())
    qtbot.addWidget(other)
    again.restore_columns("collect", other.horizontalHeader())
    assert other.isColumnHidden(STATUS)
    assert other.columnWidth(TOTAL) == 222


def test_what_matters_is_seen_beside_the_panel_of_a_small_window(page, qtbot, tmp_path):
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.table)
    room = page.table.viewport().width()
    header = page.table.horizontalHeader()
    for column in (RANK, TITLE, TOTAL, CHECK, ALIKE, STATUS, RECEIVED):
        assert header.sectionViewportPosition(column) + header.sectionSize(column) <= room


def test_columns_that_are_new_stay_hidden_where_the_widths_are_older(qtbot, page, services):
    older = QTableView()
    qtbot.addWidget(older)
    older.setModel(QStandardItemModel(1, 12))
    Remembered(services.store.path).keep(page.window(), {"collect": older.horizontalHeader()})
    again = DeskTable(DeskModel())
    qtbot.addWidget(again)
    remembered = Remembered(services.store.path)
    remembered.restore_columns("collect", again.horizontalHeader())
    assert all(again.isColumnHidden(column) for column in SECTIONS)
    again.setColumnHidden(min(SECTIONS), False)
    remembered.keep(page.window(), {"collect": again.horizontalHeader()})
    third = DeskTable(DeskModel())
    qtbot.addWidget(third)
    remembered.restore_columns("collect", third.horizontalHeader())
    assert not third.isColumnHidden(min(SECTIONS))
