"""What the checks found is counted once: column, matrix and panel say the same."""

import re
from dataclasses import replace

from PySide6.QtCore import Qt

from ncs_desktop.domain.proposal import Waiver
from ncs_desktop.domain.views import View
from ncs_desktop.store.desk_rows import change_entry, entry_row
from ncs_desktop.ui.collect.cell_texts import CHECK
from tests.ui.collect.test_officer_day import CALL, dialog, give_keys_to_table, take_in
from tests.work.test_collect import task

BARE = {"contact_phone": "1", "contact_email": "x", "duration": "", "urgency": "", "budget": None}


def brought(qtbot, page, tmp_path):
    take_in(qtbot, page, tmp_path, {"1.json": task(1), "2.json": task(2, **BARE)})
    page.tabs.setCurrentWidget(page.table)


def told(page, row):
    """Return the points of a line as each of the three places counts them."""
    page.tabs.setCurrentWidget(page.matrix)
    column = page.model.index(row, CHECK).data()
    matrix = page.matrix.model
    cells = [matrix.index(row, at).data() for at in range(2, matrix.columnCount())]
    signs = [sign for cell in cells if cell for sign in re.findall(r"[✕▲i](?: \d+)?", cell)]
    return (
        sum(map(int, re.findall(r"\d+", column))),
        sum(int(sign[2:] or 1) for sign in signs),
        int((re.findall(r"\d+", page.panel.tabText(0)) or ["0"])[0]),
        page.panel.findings.list.count(),
    )


def shown(qtbot, page, row):
    page.table.selectRow(row)
    wanted = page.model.entry(row).proposal_id
    panel = page.panel
    qtbot.waitUntil(
        lambda: panel._detail is not None and panel._detail.entry.proposal_id == wanted,
        timeout=10_000,
    )


def test_column_matrix_and_panel_count_the_same(qtbot, page, tmp_path):
    brought(qtbot, page, tmp_path)
    for row in (0, 1):
        shown(qtbot, page, row)
        counts = told(page, row)
        assert len(set(counts)) == 1, counts
    findings = page.panel._detail.findings
    assert len(findings) > len({found.code for found in findings})


def test_a_desk_of_the_time_before_is_counted_anew(
    qtbot,
    page,
    tmp_path,
    ask_store,
):
    brought(qtbot, page, tmp_path)
    proposal_id = task(2).id
    right = page.model.find_entry(proposal_id).points

    def make_old(store):
        with store.desk._writing() as connection:
            row = entry_row(connection, CALL, proposal_id)
            change_entry(connection, row, {"findings": '{"F01":"error"}'})

    ask_store(make_old)
    page.desk.refresh()
    qtbot.waitUntil(lambda: page.model.find_entry(proposal_id).points.count == 1, timeout=10_000)
    qtbot.waitUntil(lambda: page.model.find_entry(proposal_id).points == right, timeout=20_000)
    assert ask_store(lambda store: store.desk.uncounted(CALL)) == []


def test_what_the_sender_accepted_is_told_with_the_reason_and_can_be_asked_for(
    qtbot, page, tmp_path
):
    waived = replace(task(1, contact_phone="12"), waivers=(Waiver("F06", "Máy ở nước ngoài"),))
    take_in(qtbot, page, tmp_path, {"1.json": waived})
    page.tabs.setCurrentWidget(page.table)
    assert page.model.index(0, CHECK).data().endswith("✓1")
    shown(qtbot, page, 0)
    lines = page.panel.findings.list
    texts = [lines.item(row).text() for row in range(lines.count())]
    head = texts.index("Người nộp đã chấp nhận, kèm lý do:")
    assert len(texts) == head + 2
    assert texts[-1].startswith("✓ ")
    assert texts[-1].endswith("Lý do của người nộp: Máy ở nước ngoài")
    assert page.panel.findings.errors == []
    page.tabs.setCurrentWidget(page.matrix)
    matrix = page.matrix.model
    at = next(at for at in range(2, matrix.columnCount()) if matrix.index(0, at).data() == "✓")
    page.matrix._on_activated(matrix.index(0, at))
    assert lines.currentRow() == len(texts) - 1
    lines.currentItem().setCheckState(Qt.CheckState.Checked)
    page.bar.commands["supplement"].trigger()
    asked = dialog(qtbot, page, "dialog:supplement")
    assert [point.code for point in asked.wanted] == ["F06"]
    asked.reject()


def test_matrix_and_chart_say_that_no_filter_holds_there(qtbot, page, tmp_path):
    brought(qtbot, page, tmp_path)
    page.tabs.setCurrentWidget(page.matrix)
    assert not page.matrix.whole.isVisible()
    page.head.want(View.PASSED)
    assert page.matrix.whole.text() == "Ở đây không theo bộ lọc: có đủ 2 dòng của đợt."
    assert page.matrix.whole.isVisible()
    page.tabs.setCurrentWidget(page.chart)
    assert page.chart.whole.isVisible()
    page.head.want(View.ALL)
    assert not page.chart.whole.isVisible()


def test_the_panel_goes_and_comes_by_its_command(qtbot, page, tmp_path):
    brought(qtbot, page, tmp_path)
    give_keys_to_table(qtbot, page)
    for visible in (False, True):
        qtbot.keyClick(page.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        assert page.panel.isVisible() is visible
