"""A phiếu taken in by mistake: off the table with a reason, back by undo or out of the bin."""

from PySide6.QtWidgets import QDialog, QListWidget, QPushButton

from ncs_desktop.ui.collect.cell_texts import RECEIVED
from tests.ui.collect.test_officer_day import CALL, drop, numbered, settled, take_in
from tests.work.test_collect import put, task


def ranks(page):
    rows = range(page.model.rowCount())
    return [(page.model.rank(row), page.model.entry(row).title[-1]) for row in rows]


ALL = [(1, "1"), (2, "2"), (3, "3"), (4, "4")]


def test_wrong_ones_leave_the_table_and_come_back(
    qtbot,
    window,
    page,
    services,
    tmp_path,
    ask_store,
):
    folder = tmp_path / "n"
    folder.mkdir()
    for number in (1, 2, 3, 4):
        put(folder, f"{number}.json", task(number))
    drop(page, folder)
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.table)
    whole = page.desk.data.totals
    page.table.show_line(task(2).id, [task(2).id, task(3).id])
    services.ask.why = ""
    page.bar.commands["bin"].trigger()
    assert ranks(page) == ALL
    services.ask.why = "Gửi nhầm Sở"
    page.bar.commands["bin"].trigger()
    qtbot.waitUntil(lambda: ranks(page) == [(1, "1"), (2, "4")], timeout=20_000)
    assert page.desk.data.totals.count == 2
    assert page.desk.data.totals.budget.total * 2 == whole.budget.total
    assert "2 phiếu vào thùng rác" in page.notice.text
    next(made for made in page.notice._buttons if made.text() == "Hoàn tác").click()
    qtbot.waitUntil(lambda: ranks(page) == ALL, timeout=20_000)
    assert page.desk.data.totals == whole
    page.table.show_line(task(3).id)
    page.bar.commands["bin"].trigger()
    qtbot.waitUntil(lambda: len(ranks(page)) == 3, timeout=20_000)
    with qtbot.waitSignal(page.told) as said:
        page.files.entry_wanted.emit(task(3).id)
    assert "thùng rác" in said.args[0]
    window.show_page("proposals")
    window.proposals.actions_by_name["bin"].trigger()
    dialog = window.findChild(QDialog, "dialog:bin")
    kept = dialog.findChild(QListWidget)
    qtbot.waitUntil(lambda: kept.count() == 1, timeout=10_000)
    assert "lấy lại thì về thứ tự 3" in kept.item(0).text()
    dialog.findChild(QPushButton, "button:restore").click()
    qtbot.waitUntil(lambda: ranks(page) == ALL, timeout=20_000)
    dialog.accept()
    trail = ask_store(lambda store: store.desk.trail(CALL))
    told = [(row.action, row.why) for row in trail if "binned" in row.action]
    assert told == [
        ("binned", "Gửi nhầm Sở"),
        ("binned", "Gửi nhầm Sở"),
        ("unbinned", ""),
        ("unbinned", ""),
        ("binned", "Gửi nhầm Sở"),
        ("unbinned", ""),
    ]


def test_after_one_is_gone_the_next_is_chosen_and_it_again_when_it_is_back(
    qtbot, page, services, tmp_path
):
    take_in(qtbot, page, tmp_path, numbered(*range(1, 25)))
    page.tabs.setCurrentWidget(page.table)
    table = page.table
    services.ask.why = "Gửi nhầm Sở"

    def at():
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
        assert table.rows == [table.currentIndex().row()]
        return page.current.proposal_id

    only_current = table.selectionModel().SelectionFlag.NoUpdate
    table.selectionModel().setCurrentIndex(page.model.index(20, RECEIVED), only_current)
    table.selectRow(20)
    sideways = table.horizontalScrollBar().value()
    gone, following = (page.model.entry(row).proposal_id for row in (20, 21))
    for _ in range(2):
        assert at() == gone
        with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
            page.bar.commands["bin"].trigger()
        assert page.model.row_of(gone) is None
        assert at() == following
        assert table.horizontalScrollBar().value() == sideways
        with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
            page.desk.deeds.take_back()
    assert at() == gone
    last = page.model.entry(23).proposal_id
    table.show_line(last)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.commands["bin"].trigger()
    assert at() == page.model.entry(22).proposal_id
