"""Where a person lands at the start: the page that was left, with what was cut short offered."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ncs_desktop.ui.collect.requests import note_import, remember_call
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.remembered import Remembered
from tests.ui.collect.test_officer_day import CALL, settled
from tests.work.test_collect import put, task


@pytest.fixture
def started(qtbot, services):
    """Start the program anew on the store of ``services``; its windows are closed at the end."""
    made = []

    def start(page, **options):
        window = QWidget()
        qtbot.addWidget(window)
        Remembered(services.store.path).keep(window, {}, page)
        made.append(MainWindow(services, **options))
        qtbot.addWidget(made[-1])
        with qtbot.waitSignal(made[-1].ready, timeout=10_000):
            made[-1].show()
        return made[-1]

    yield start
    for window in made:
        window.close()
        qtbot.waitUntil(lambda window=window: not window.isVisible(), timeout=10_000)


@pytest.fixture
def cut_short(tmp_path, ask_store):
    """An import that was cut short at the first of three files."""
    folder = tmp_path / "Hồ sơ"
    folder.mkdir()
    for number in (1, 2, 3):
        put(folder, f"{number}.json", task(number))
    kept = {"paths": [str(folder)], "finished": 1, "total": 3}
    ask_store(lambda store: remember_call(CALL, store))
    ask_store(lambda store: note_import(CALL, kept, store))


def test_the_page_that_was_left_is_written_down(window, services):
    window.show_page("collect")
    window.close()
    assert Remembered(services.store.path).page == "collect"


@pytest.mark.parametrize("page", ["collect", "calls"])
def test_the_program_opens_where_it_was_closed(started, page):
    window = started(page)
    assert window.stack.currentWidget().objectName() == f"page:{page}"
    assert window.bar.marked == page


@pytest.mark.parametrize("page", ["", "proposals", "a page of another version"])
def test_otherwise_it_opens_at_the_list(started, page):
    window = started(page)
    assert window.stack.currentWidget() is window.proposals


def test_with_files_to_open_it_opens_at_the_list(qtbot, started, tmp_path):
    window = started("settings", files=[put(tmp_path, "1.json", task(1))])
    assert window.bar.marked == "proposals"
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 1, timeout=20_000)


def test_an_import_cut_short_is_offered_where_a_person_lands(qtbot, cut_short, started):
    window = started("proposals")
    qtbot.waitUntil(lambda: "dừng ở 1/3 tệp" in window.notice.text, timeout=10_000)
    buttons = {
        made.text().replace("&", ""): made for made in window.notice.findChildren(QPushButton)
    }
    buttons["Nhập tiếp"].click()
    page = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(lambda: page.files.list.rowCount() == 3, timeout=20_000)
    settled(qtbot, page)
    assert page.model.total_count == 3
    assert "dừng ở" not in page.notice.text
    assert page.notice.isHidden()


def test_on_the_page_of_the_officer_the_offer_is_made_once(qtbot, cut_short, started):
    window = started("collect")
    page = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(lambda: "dừng ở 1/3 tệp" in page.notice.text, timeout=10_000)
    settled(qtbot, page)
    assert window.notice.isHidden()
