"""Ctrl+Z on the officer's page takes back the newest decision, as the notice's button does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ncs_desktop.domain.desk import Channel, Decision, Order, Status
from ncs_desktop.domain.views import View
from tests.ui.collect.test_officer_day import click, drop, numbered, settled, show, take_in
from tests.work.test_collect import put, task

ALIKE = {"title": "Mô hình điểm lúa", "proposer_name": "A"}


@pytest.fixture
def desk(qtbot, page, tmp_path):
    """The page with four phiếu: one of them sent again, two that look alike."""
    take_in(
        qtbot,
        page,
        tmp_path,
        {
            **numbered(1, 2),
            **numbered(8, 9, **ALIKE),
            "2b.json": task(2, revision=2, title="Đã sửa"),
        },
    )
    page.tabs.setCurrentWidget(page.table)
    page.window().activateWindow()
    page.table.setFocus()
    return page


def undo(qtbot, page):
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def kept(page, number):
    return page.model.find_entry(task(number).id)


def test_a_pair_decided_is_open_again_and_nothing_old_stays_said(qtbot, desk):
    before = desk.pending.text.text()
    show(qtbot, desk, task(8).id)
    compare = desk.panel.compare
    desk.panel.setCurrentWidget(compare)
    other = next(at for at, pair in enumerate(compare._pairs) if pair.other.title == ALIKE["title"])
    compare.what.setCurrentIndex(other)
    waiting = desk._alike[task(8).id]
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        click(desk, "replaces")
    assert task(8).id not in desk._alike or task(9).id not in desk._alike[task(8).id]
    assert kept(desk, 8).decisions == {task(9).id: Decision.REPLACES}
    assert desk.pending.text.text() != before
    undo(qtbot, desk)
    assert kept(desk, 8).decisions == {}
    assert desk.pending.text.text() == before
    assert desk._alike[task(8).id] == waiting
    assert desk.notice.isHidden()
    settled(qtbot, desk)


def test_a_resubmission_settled_waits_again(qtbot, desk):
    show(qtbot, desk, task(2).id)
    desk.panel.setCurrentWidget(desk.panel.compare)
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        click(desk, "take-new")
    assert kept(desk, 2).title == "Đã sửa"
    undo(qtbot, desk)
    assert (kept(desk, 2).title, kept(desk, 2).resubmitted) == (task(2).title, True)


def test_a_filter_that_leaves_nothing_says_so_and_so_does_what_stands_beside(qtbot, desk):
    desk.head.want(View.RESUBMITTED)
    show(qtbot, desk, task(2).id)
    assert desk.nothing.isHidden()
    desk.panel.setCurrentWidget(desk.panel.compare)
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        click(desk, "take-new")
    assert desk.model.rowCount() == 0
    assert desk.nothing.isVisible()
    qtbot.waitUntil(desk.panel._nothing.isVisible, timeout=15_000)
    click(desk, "show-all")
    assert desk.model.rowCount() == 4
    assert desk.nothing.isHidden()
    qtbot.waitUntil(desk.panel._nothing.isHidden, timeout=15_000)


def test_status_rank_and_time_are_taken_back_the_newest_first(qtbot, desk, services):
    def rank():
        return [desk.model.entry(row).proposal_id for row in range(desk.model.rowCount())]

    ranked = rank()
    desk.table.selectRow(0)
    services.ask.why = "Ngoài phạm vi"
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        desk.bar.commands["status-failed"].trigger()
    desk.table.selectRow(2)
    desk.bar.commands["rank-first"].trigger()
    assert rank() != ranked
    assert desk.notice.text.startswith("Đã ghi thứ tự 1 của «")
    qtbot.waitUntil(desk.notice.isVisible)
    cell = desk.table.visualRect(desk.table.currentIndex())
    assert desk.table.viewport().rect().contains(cell.center())
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        desk.desk.set_received([kept(desk, 1)], services.now(), Channel.USB)
    undo(qtbot, desk)
    assert (kept(desk, 1).received_at, kept(desk, 1).channel) == (None, Channel.OTHER)
    undo(qtbot, desk)
    assert rank() == ranked
    undo(qtbot, desk)
    first = desk.model.find_entry(ranked[0])
    assert (first.status, first.status_reason) == (Status.NEW, "")


def test_a_reason_of_a_rank_is_taken_back(qtbot, desk):
    for why in ("Ưu tiên 1", "Ưu tiên 2"):
        with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
            desk.desk.set_reason(kept(desk, 1), Order.DEPARTMENT, why)
        assert desk.notice.text == f"Đã ghi lý do thứ tự của «{kept(desk, 1).title}»."
    undo(qtbot, desk)
    assert kept(desk, 1).rank_reason == "Ưu tiên 1"


def test_what_came_in_meanwhile_stands_between(qtbot, desk, tmp_path):
    desk.table.selectRow(0)
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        desk.bar.commands["status-passed"].trigger()
    assert "Hoàn tác" in desk.notice.findChildren(QPushButton)[0].text()
    drop(desk, put(tmp_path, "3.json", task(3)))
    settled(qtbot, desk)
    assert desk.notice.isHidden()
    status = desk.model.entry(0).status
    qtbot.keyClick(desk.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, desk)
    assert desk.model.entry(0).status is status is Status.PASSED


def test_the_reason_of_a_decision_is_in_the_trail_and_stands_for_that_one(qtbot, desk, ask_store):
    show(qtbot, desk, task(2).id)
    desk.panel.setCurrentWidget(desk.panel.compare)
    desk.panel.compare.why.setText("Bản có dấu")
    with qtbot.waitSignal(desk.desk.loaded, timeout=20_000):
        click(desk, "take-new")
    row = ask_store(lambda store: store.desk.trail()[-1])
    assert (row.action, row.why) == ("settled", "Bản có dấu")
    assert desk.panel.compare.why.text() == ""
