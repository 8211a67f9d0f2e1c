"""What the checks found is counted once: column, matrix and panel say the same."""

import re

from ncs_desktop.store.desk_rows import change_entry, entry_row
from ncs_desktop.ui.collect.cell_texts import CHECK
from tests.ui.collect.test_officer_day import CALL, take_in
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
