"""The imports of a desk: each for itself, still there after a restart, the way to a phiếu."""

import pytest
from PySide6.QtWidgets import QPushButton

from ncs_desktop.domain.desk import Result
from ncs_desktop.ui.collect.file_lines import FileLine
from tests.ui.collect.test_officer_day import CALL, drop, settled
from tests.work.test_collect import put, task


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "Hồ sơ"
    made.mkdir()
    for number in (1, 2):
        put(made, f"{number}.json", task(number))
    put(made, "hỏng.docx", b"khong phai Word")
    return made


def names(view):
    return [view.list.item(row, 1).text() for row in range(view.list.rowCount())]


def test_each_import_is_told_for_itself_and_brings_nothing_twice(qtbot, page, folder, services):
    drop(page, folder)
    settled(qtbot, page)
    first, shown = page.files.summary, names(page.files)
    assert first == "3 tệp: 2 mới, 1 không đọc được."
    later = services.now().replace(hour=23)
    services.now = lambda: later
    drop(page, folder)
    settled(qtbot, page)
    assert page.files.summary == "3 tệp: 2 đã có, 1 không đọc được."
    assert sorted(names(page.files)) == sorted(shown)
    assert page.files.imports.count() == 2
    page.files.imports.setCurrentIndex(1)
    qtbot.waitUntil(lambda: names(page.files) == shown)
    assert page.files._count.text() == first


def test_what_the_window_tells_below_is_never_of_an_import_before(qtbot, window, page, folder):
    drop(page, folder / "1.json")
    settled(qtbot, page)
    assert window.notice.text == "1 tệp: 1 mới."
    drop(page, folder)
    settled(qtbot, page)
    assert page.files.summary == "3 tệp: 1 mới, 1 đã có, 1 không đọc được."
    assert window.notice.text == ""  # the sum stands above the files, where it changes with them


def test_after_a_restart_what_was_refused_is_still_told(qtbot, page, folder, restarted):
    drop(page, folder)
    settled(qtbot, page)
    again = restarted()
    qtbot.waitUntil(lambda: names(again.files)[:1] == ["hỏng.docx"])
    assert again.files.summary == "3 tệp: 2 mới, 1 không đọc được."


def test_an_import_cut_short_is_offered_after_a_restart(qtbot, page, folder, restarted, ask_store):
    page.taking_in._paths, page.taking_in._call = (folder,), CALL
    page.taking_in._finished, page.taking_in._total = 1, 3
    page.taking_in.note()
    again = restarted()
    assert "dừng ở 1/3 tệp, còn 2 tệp chưa nhập" in again.notice.text
    settled(qtbot, again)
    buttons = {made.text(): made for made in again.notice.findChildren(QPushButton)}
    buttons["Nhập tiếp"].click()
    settled(qtbot, again)
    assert again.model.total_count == 2
    assert ask_store(lambda store: store.setting(f"desk_import:{CALL}")) is None


def test_from_a_file_to_its_phieu(qtbot, page, folder):
    drop(page, folder)
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.files)
    page.files.list.setCurrentCell(2, 0)
    assert page.current.proposal_id == task(2).id
    page.files.list.itemActivated.emit(page.files.list.item(1, 0))
    page.files.list.setCurrentCell(1, 0)
    page.files.list.itemActivated.emit(page.files.list.item(1, 0))
    assert page.current.proposal_id == task(1).id
    assert page.tabs.currentWidget() is page.table


def test_a_name_in_several_lines_is_read_whole_and_stands_apart_from_the_next(qtbot, page):
    page._stack.setCurrentWidget(page.splitter)
    page.tabs.setCurrentWidget(page.files)
    page.files.begin(page.desk.services.now())
    long = "FW_ nop phieu thuốc thú y thủy sản.eml/Phiếu thuốc thú y thủy sản của Sở (bản ký).docx"
    page.files.add([FileLine(name, Result.NEW, "") for name in ("ngắn.json", long)])
    shown = page.files.list
    line = shown.fontMetrics().lineSpacing()
    usual = shown.verticalHeader().defaultSectionSize()
    assert (shown.rowHeight(0), shown.item(1, 1).text()) == (usual, long)
    assert shown.rowHeight(1) >= shown.sizeHintForRow(1) + line // 2 > 2 * line
    shown.setColumnWidth(1, 900)
    qtbot.waitUntil(lambda: shown.rowHeight(1) == usual)
