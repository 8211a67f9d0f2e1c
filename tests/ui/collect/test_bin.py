"""A phiếu taken in by mistake: off the table with a reason, back by undo or out of the bin."""

from PySide6.QtWidgets import QDialog, QListWidget, QPushButton

from tests.ui.collect.test_officer_day import CALL, drop, settled
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
