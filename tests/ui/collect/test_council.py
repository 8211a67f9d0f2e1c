"""The council's order: a phiếu put in by mistake is taken out, and back to where it stood."""

from ncs_desktop.domain.desk import Order
from tests.ui.collect.test_officer_day import CALL, numbered, take_in
from tests.work.test_collect import task


def council(ask_store):
    entries = ask_store(lambda store: store.desk.entries(CALL, Order.COUNCIL))
    return [(entry.title, entry.council_reason) for entry in entries if entry.council_ranked]


def act(qtbot, page, name):
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.commands[name].trigger()


def test_a_phieu_is_taken_out_of_the_councils_order_and_back(
    qtbot,
    page,
    services,
    tmp_path,
    ask_store,
):
    take_in(qtbot, page, tmp_path, numbered(1, 2, 3))
    page.tabs.setCurrentWidget(page.table)
    out = page.bar.commands["rank-out"]
    assert not out.isVisible()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.orders.setCurrentIndex(1)
    assert out.isVisible()
    assert not out.isEnabled()
    page.table.selectRow(2)
    act(qtbot, page, "rank-up")
    assert council(ask_store) == [("Nhiệm vụ số 3", "")]
    assert page.notice.text == "Đã đưa «Nhiệm vụ số 3» vào cuối thứ tự của hội đồng."
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        next(made for made in page.notice._buttons if made.text() == "Hoàn tác").click()
    assert council(ask_store) == []
    act(qtbot, page, "adopt-order")
    page.table.selectRow(1)
    services.ask.why = "Hội đồng chọn"
    act(qtbot, page, "rank-reason")
    before = council(ask_store)
    assert before[1] == ("Nhiệm vụ số 2", "Hội đồng chọn")
    act(qtbot, page, "rank-out")
    assert council(ask_store) == [before[0], before[2]]
    assert page.model.row_of(task(2).id) == 2
    assert page.current.title == "Nhiệm vụ số 2"
    assert not out.isEnabled()
    assert "Nhiệm vụ số 2" in page.notice.text
    undo = next(made for made in page.notice._buttons if made.text() == "Hoàn tác")
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        undo.click()
    assert council(ask_store) == before
    actions = [row.action for row in ask_store(lambda store: store.desk.trail(CALL))]
    assert actions[-2:] == ["unranked", "ranked"]


def test_the_departments_order_taken_over_is_given_back(qtbot, page, tmp_path, ask_store):
    take_in(qtbot, page, tmp_path, numbered(1, 2, 3))
    page.tabs.setCurrentWidget(page.table)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.orders.setCurrentIndex(1)
    for row in (2, 1):
        page.table.selectRow(row)
        act(qtbot, page, "rank-up")
    before = council(ask_store)
    act(qtbot, page, "adopt-order")
    assert len(council(ask_store)) == 3
    assert page.notice.text == "Đã lấy thứ tự của Sở làm thứ tự của hội đồng."
    page.table.setFocus()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        next(made for made in page.notice._buttons if made.text() == "Hoàn tác").click()
    assert council(ask_store) == before
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.desk.deeds.take_back()
    assert council(ask_store) == before[:-1]


def test_a_reason_of_a_rank_is_shown_corrected_and_cleared(qtbot, page, services, tmp_path):
    take_in(qtbot, page, tmp_path, numbered(1, 2))
    page.tabs.setCurrentWidget(page.table)
    page.table.selectRow(1)
    services.ask.why = "Đúng ưu tiên"
    act(qtbot, page, "rank-reason")
    assert services.ask.kept == ""
    said = page.panel.findings._from
    qtbot.waitUntil(lambda: "Lý do thứ tự của Sở: Đúng ưu tiên" in said.text(), timeout=20_000)
    services.ask.why = ""
    act(qtbot, page, "rank-reason")
    assert services.ask.kept == "Đúng ưu tiên"
    assert page.current.rank_reason == ""
    assert page.notice.text == "Đã bỏ lý do thứ tự của «Nhiệm vụ số 2»."
    services.ask.why = "Thiếu số tiền"
    for kept in ("", "Thiếu số tiền"):
        act(qtbot, page, "status-failed")
        assert services.ask.kept == kept


def test_the_order_that_was_shown_is_shown_again(qtbot, page, tmp_path, restarted):
    take_in(qtbot, page, tmp_path, numbered(1, 2))
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.orders.setCurrentIndex(1)
    again = restarted()
    qtbot.waitUntil(lambda: again.model.order is Order.COUNCIL, timeout=20_000)
    assert again.bar.order is Order.COUNCIL
    assert again.bar.commands["adopt-order"].isVisible()
    with qtbot.waitSignal(again.desk.loaded, timeout=20_000):
        again.bar.orders.setCurrentIndex(0)
    assert again.model.order is Order.DEPARTMENT
