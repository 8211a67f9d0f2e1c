"""The officer's page on a small screen: 1024×768, and 1280×900 at 150 %."""

from ncs_desktop.ui.collect.cell_texts import RECEIVED
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.review_dialog import ReviewDialog
from tests.ui.collect.test_decisions import page  # noqa: F401
from tests.ui.collect.test_officer_day import drop, settled
from tests.work.test_collect import put, task

WIDE, HIGH = 900, 560
"""1280×900 at 150 % with its frame and a task bar; less than 1024×768 has."""


def test_the_page_fits_with_everything_shown(qtbot, themed, window, page, tmp_path):  # noqa: F811
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    page.strip.begin("Đang đọc các tệp…")
    page.notice.say("Một câu báo dài " * 10)
    least = window.minimumSizeHint()
    assert least.width() <= WIDE
    assert least.height() <= HIGH
    window.resize(WIDE, HIGH)
    qtbot.waitUntil(lambda: window.width() == WIDE)
    assert page.panel.mapTo(window, page.panel.rect().topRight()).x() < WIDE
    page.strip.hide()


def test_no_title_and_no_time_of_the_table_is_cut(qtbot, themed, window, page, tmp_path):  # noqa: F811
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    header = page.table.horizontalHeader()
    for column in range(page.model.columnCount()):
        if not header.isSectionHidden(column):
            assert header.sectionSize(column) >= header.sectionSizeHint(column), column
    time = page.table.fontMetrics().horizontalAdvance("05/08/2025 17:01 ·")
    assert header.sectionSize(RECEIVED) >= time + 16


def test_the_review_fits(qtbot, themed, services):
    reading = SourceReading("a.docx", task(1), "Chữ " * 200, (), ())
    dialog = ReviewDialog(services, ("an-giang-2026", "r"), reading, None)
    qtbot.addWidget(dialog)
    least = dialog.minimumSizeHint()
    assert least.width() <= WIDE
    assert least.height() <= HIGH + 40
    assert dialog.width() <= dialog.screen().availableGeometry().width()
