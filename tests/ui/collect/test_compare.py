"""Two that look alike, or two versions of one: what is said of them, decided, and taken back."""

import pytest
from PySide6.QtWidgets import QTableWidget

from ncs_desktop.domain.desk import Decision
from ncs_desktop.exchange.proposal_json import write_proposal
from tests.ui.collect.test_officer_day import (
    click,
    dialog,
    drop,
    numbered,
    settled,
    show,
    take_in,
)
from tests.work.test_collect import mail, put, task


@pytest.fixture
def alike(qtbot, page, tmp_path):
    take_in(qtbot, page, tmp_path, numbered(1, 2, title="Mô hình điểm lúa", proposer_name="Cty A"))
    qtbot.waitUntil(lambda: bool(page._alike), timeout=20_000)
    show(qtbot, page, task(1).id)
    qtbot.waitUntil(lambda: page.panel.compare.what.count() == 1, timeout=10_000)
    page.panel.setCurrentWidget(page.panel.compare)
    return page


def undo(qtbot, page):
    assert page.notice.isVisible()
    made = next(made for made in page.notice._buttons if made.text() == "Hoàn tác")
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        made.click()


def test_the_other_one_is_told_by_its_rank_and_both_by_their_files(alike):
    assert alike.panel.compare.what.currentText() == "Giống phiếu TT 2: Mô hình điểm lúa"
    assert "Phiếu này: 1.json; phiếu kia: 2.json." in alike.panel.compare._said.text()


def test_no_button_is_cut_in_the_narrowest_panel(alike):
    alike.splitter.setSizes([2000, 1])
    for made in alike.panel.compare._buttons.values():
        if made.isVisible():
            assert made.width() >= made.sizeHint().width(), made.text()
            assert made.geometry().right() <= alike.panel.compare.width()


def test_side_by_side_words_stand_off_the_lines_around_them(qtbot, page, tmp_path):
    same = {"title": "Mô hình điểm lúa", "proposer_name": "Cty A"}
    take_in(qtbot, page, tmp_path, numbered(1, **same) | numbered(2, contact_phone="12", **same))
    qtbot.waitUntil(lambda: bool(page._alike), timeout=20_000)
    show(qtbot, page, task(1).id)
    qtbot.waitUntil(lambda: page.panel.compare.what.count() == 1, timeout=10_000)
    page.panel.setCurrentWidget(page.panel.compare)
    click(page, "side-by-side")
    shown = dialog(qtbot, page, "dialog:side-by-side")
    table = shown.findChild(QTableWidget)
    assert table.rowCount()
    for row in range(table.rowCount()):
        assert table.rowHeight(row) >= table.sizeHintForRow(row) + 8
    shown.reject()


def test_a_decision_is_told_and_can_be_taken_back(qtbot, alike):
    with qtbot.waitSignal(alike.desk.loaded, timeout=20_000):
        click(alike, "replaced")
    assert "Từ nay chỉ tính «2.json»" in alike.notice.text
    assert alike.desk.data.totals.count == 1
    show(qtbot, alike, task(1).id)
    assert "Đã quyết định: chỉ tính phiếu kia." in alike.panel.compare._said.text()
    undo(qtbot, alike)
    assert alike.desk.data.totals.count == 2
    assert not alike.notice.isVisible()
    entry = alike.model.find_entry(task(1).id)
    assert Decision.REPLACED not in entry.decisions.values()


def test_a_version_taken_can_be_given_back(qtbot, page, tmp_path, ask_store):
    take_in(
        qtbot, page, tmp_path, {"1.json": task(1), "2.json": task(1, revision=2, title="Đã sửa")}
    )
    show(qtbot, page, task(1).id)
    assert "Bản đang tính: 1.json; bản gửi lại: 2.json." in page.panel.compare._said.text()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        click(page, "take-new")
    assert page.model.find_entry(task(1).id).title == "Đã sửa"
    assert "Từ nay tính bản gửi lại «2.json»" in page.notice.text
    said = page.panel.findings._from
    qtbot.waitUntil(lambda: "Tệp: 2.json" in said.text(), timeout=10_000)
    qtbot.waitUntil(lambda: "2.json (chưa rõ thời điểm nhận), là bản được tính" in said.text())
    assert said.text().count("là bản được tính") == 1
    assert "Các bản đã lưu" in page.panel.compare._nothing
    undo(qtbot, page)
    entry = page.model.find_entry(task(1).id)
    assert (entry.title, entry.revision, entry.resubmitted) == (task(1).title, 1, True)
    acts = [row.action for row in ask_store(lambda store: store.desk.trail())]
    assert acts[-2:] == ["settled", "reopened"]


def test_while_another_phieu_is_read_nothing_beside_it_can_be_pressed(qtbot, alike):
    alike.select(task(2).id)
    alike._show_detail()
    assert not alike.panel.isEnabled()
    qtbot.waitUntil(alike.panel.isEnabled, timeout=10_000)


def test_what_was_looked_up_before_an_import_does_not_undo_its_findings(alike):
    before = alike._alike
    alike.desk._on_alike(alike.desk._looks - 1, ())
    assert alike._alike == before


def test_the_reason_of_a_decision_stands_beside_it(qtbot, alike):
    show(qtbot, alike, task(2).id)
    alike.panel.compare.why.setText("Cùng một nhà xưởng")
    with qtbot.waitSignal(alike.desk.loaded, timeout=20_000):
        click(alike, "replaces")
    for one in (2, 1):
        show(qtbot, alike, task(one).id)
        assert "Lý do: Cùng một nhà xưởng" in alike.panel.compare._said.text().splitlines()
    show(qtbot, alike, task(2).id)
    with qtbot.waitSignal(alike.desk.loaded, timeout=20_000):
        click(alike, "undecide")
    undo(qtbot, alike)
    show(qtbot, alike, task(1).id)
    assert "Lý do: Cùng một nhà xưởng" in alike.panel.compare._said.text()


@pytest.mark.parametrize(
    ("scan", "told"),
    [
        (b"%PDF-1.4 scan%%EOF", "\nĐi kèm trong thu.eml: ban ky.pdf"),
        (b"%PDF-1.4 scan", "\nĐi kèm trong thu.eml, không vào bộ hồ sơ xuất: ban ky.pdf. Tệp"),
    ],
)
def test_a_scan_that_came_with_a_phieu_is_named_beside_it(qtbot, page, tmp_path, scan, told):
    files = ("ban ky.pdf", scan), ("p.json", write_proposal(task(1)))
    drop(page, put(tmp_path, "thu.eml", mail(*files)))
    settled(qtbot, page)
    show(qtbot, page, task(1).id)
    said = page.panel.findings._from
    qtbot.waitUntil(lambda: told in said.text(), timeout=20_000)
