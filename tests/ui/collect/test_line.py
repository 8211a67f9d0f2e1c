"""An officer writes the lines of the official table, one phiếu after the other, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from ncs_desktop.ui.collect.cell_texts import LEAD, PROPOSER, SECTIONS
from tests.ui.collect.test_officer_day import dialog, give_keys_to_table, settled
from tests.work.test_collect import put, task
from tests.work.test_table_line import LONG, SHORT

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lines(qtbot, page, tmp_path):
    folder = tmp_path / "n"
    folder.mkdir()
    for number in (1, 2, 3):
        long = {"objectives": LONG} if number != 2 else {}
        put(folder, f"{number}.json", task(number, lead_organization="", **long))
    page.take_in([folder])
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.table)
    page.table.selectRow(0)
    return page


def opened(qtbot, page):
    page.bar.commands["line"].trigger()
    found = dialog(qtbot, page, "dialog:line")
    wait_for(qtbot, found, 1)
    return found


def wait_for(qtbot, found, number):
    qtbot.waitUntil(lambda: found.title.text() == f"Nhiệm vụ số {number}", timeout=10_000)


def counted(ask_store, page, number):
    return ask_store(lambda store: store.desk.counted(page.desk.call, task(number).id)).in_table()


def test_sixty_lines_by_ctrl_enter(qtbot, lines, ask_store):
    found = opened(qtbot, lines)
    assert LONG.strip() in found.rows["summary_objectives"].source.toPlainText()
    assert found.rows["summary_objectives"].draft
    found.rows["lead_organization"].line.setText("Viện Năng suất")
    found.rows["task_kind"].choice.setCurrentIndex(5)
    found.rows["summary_objectives"].area.setPlainText(SHORT)
    found.why.setText("Sở rút gọn")
    with qtbot.waitSignal(lines.desk.loaded, timeout=20_000):
        qtbot.keyClick(found.rows["summary_objectives"].area, Qt.Key.Key_Return, CTRL)
    wait_for(qtbot, found, 2)
    assert lines.current.proposal_id == task(2).id
    one = counted(ask_store, lines, 1)
    assert (one.text("lead_organization"), one.text("summary_objectives")) == (
        "Viện Năng suất",
        SHORT,
    )
    assert one.text("task_kind") == "training"
    assert lines.model.find_entry(one.id).lead_organization == "Viện Năng suất"
    cells = [lines.model.index(0, column).data() for column in (PROPOSER, LEAD)]
    assert cells == ["Công ty 1", "Viện Năng suất"]
    row = ask_store(lambda store: store.desk.trail()[-1])
    assert (row.action, row.why) == ("line_written", "Sở rút gọn")
    assert found.why.text() == ""
    found.close()


def test_what_the_program_cut_is_never_written_as_the_officers_own(qtbot, lines, ask_store):
    found = opened(qtbot, lines)
    offered = found.rows["summary_objectives"].area.toPlainText()
    assert offered.endswith("…")
    found.rows["task_kind"].choice.setCurrentIndex(5)
    qtbot.keyClick(found, Qt.Key.Key_Return, CTRL)
    wait_for(qtbot, found, 2)
    one = counted(ask_store, lines, 1)
    assert (one.text("task_kind"), one.text("summary_objectives")) == ("training", "")
    qtbot.keyClick(found, Qt.Key.Key_PageUp, CTRL)
    wait_for(qtbot, found, 1)
    assert found.rows["summary_objectives"].draft
    found.rows["summary_objectives"].area.setPlainText(offered.rstrip("…"))
    qtbot.keyClick(found, Qt.Key.Key_Return, CTRL)
    wait_for(qtbot, found, 2)
    assert counted(ask_store, lines, 1).text("summary_objectives") == offered.rstrip("…")
    found.close()


def test_the_papers_are_written_knowing_how_many_lines_the_program_cut(qtbot, lines):
    lines.bar.commands["export-table"].trigger()
    found = dialog(qtbot, lines, "dialog:output")
    qtbot.waitUntil(lambda: found.cut.text.startswith("2 dòng"), timeout=10_000)
    assert not found.cut.isHidden()
    assert found.go.isEnabled()
    next(made for made in found.cut._buttons if made.text() == "Xem các dòng này").click()
    titles = lambda: {entry.title for entry in lines.model.shown_entries()}  # noqa: E731
    qtbot.waitUntil(lambda: titles() == {"Nhiệm vụ số 1", "Nhiệm vụ số 3"}, timeout=10_000)
    assert lines.findChild(QDialog, "dialog:output") is None
    assert lines.head.views.currentText() == "Chưa có bản ngắn"
    lines.table.selectRow(0)
    edited = opened(qtbot, lines)
    edited.rows["summary_objectives"].area.setPlainText(SHORT)
    edited.close()
    qtbot.waitUntil(lambda: titles() == {"Nhiệm vụ số 3"}, timeout=10_000)


def test_only_what_still_needs_a_short_text_is_visited(qtbot, lines):
    found = opened(qtbot, lines)
    found.only_open.setChecked(True)
    found.findChild(QPushButton, "button:next").click()
    wait_for(qtbot, found, 3)
    found.findChild(QPushButton, "button:next").click()
    qtbot.waitUntil(lambda: "Không còn phiếu nào" in found.notice.text)
    assert found.title.text() == "Nhiệm vụ số 3"
    found.close()


def test_closing_keeps_what_was_typed_and_ctrl_z_takes_it_back(qtbot, lines, ask_store):
    found = opened(qtbot, lines)
    found.rows["lead_organization"].control.parent().findChild(
        QPushButton, "button:take-proposer"
    ).click()
    with qtbot.waitSignal(lines.desk.loaded, timeout=20_000):
        found.reject()
    qtbot.waitUntil(lambda: lines.findChild(QDialog, "dialog:line") is None)
    assert counted(ask_store, lines, 1).text("lead_organization") == "Công ty 1"
    give_keys_to_table(qtbot, lines)
    with qtbot.waitSignal(lines.desk.loaded, timeout=20_000):
        qtbot.keyClick(lines.table, Qt.Key.Key_Z, CTRL)
    assert counted(ask_store, lines, 1).text("lead_organization") == ""
    assert lines.model.find_entry(task(1).id).lead_organization == ""


def test_a_double_click_opens_the_line(qtbot, lines):
    lines.table.doubleClicked.emit(lines.model.index(0, 2))
    found = dialog(qtbot, lines, "dialog:line")
    wait_for(qtbot, found, 1)
    found.close()


def test_sections_of_the_table_are_read_of_what_is_seen_and_follow_what_is_written(qtbot, lines):
    [column] = [column for column, key in SECTIONS.items() if key == "objectives"]
    assert all(lines.table.isColumnHidden(column) for column in SECTIONS)
    menu = lines.table.columns_menu()
    next(action for action in menu.actions() if action.text() == "Mục tiêu").toggle()
    assert not lines.table.isColumnHidden(column)
    assert lines.table.columnWidth(column) >= 200
    cell = lines.model.index(0, column)
    assert cell.data() == "…"
    qtbot.waitUntil(lambda: "rút gọn từ phiếu" in cell.data(), timeout=10_000)
    with qtbot.waitSignal(lines.desk.loaded, timeout=20_000):
        entry = lines.model.entry(0)
        lines.desk.write_line(entry, {"summary_objectives": SHORT}, {}, "")
    qtbot.waitUntil(lambda: lines.model.index(0, column).data() == SHORT, timeout=10_000)
    before = [lines.model.entry(row).proposal_id for row in range(3)]
    lines.model.sort(column)
    assert [lines.model.entry(row).proposal_id for row in range(3)] == before
    assert lines.model.in_rank_order
