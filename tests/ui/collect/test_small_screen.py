"""The officer's page on a small screen: 1024×768, and 1280×900 at 150 %."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton, QScrollArea

from ncs_desktop.ui import zoom
from ncs_desktop.ui.collect.cell_texts import RECEIVED
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.review_dialog import ReviewDialog
from tests.ui.collect.test_officer_day import drop, settled
from tests.work.test_collect import put, task

WIDE, HIGH = 850, 560
"""1280×900 at 150 % with its frame and a task bar; less than 1024×768 has."""


@pytest.fixture
def wear(qapp, themed):
    """Dress the window in letters ``larger`` and ``wider`` than the system's, as others have."""
    usual = qapp.font()

    def put_on(larger, wider):
        font = qapp.font()
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 * wider)
        qapp.setFont(font)
        zoom.set_factor(larger)

    yield put_on
    qapp.setFont(usual)
    themed.apply()


def test_letters_are_worn(wear, window, page):
    text = "Tổng hợp các phiếu"
    before = page.files.keep.fontMetrics().horizontalAdvance(text)
    wear(1, 1.1)
    assert page.files.keep.fontMetrics().horizontalAdvance(text) > 1.07 * before


@pytest.mark.parametrize(("larger", "wider"), [(1, 1), (1, 1.1), (1.1, 1), (1.1, 1.1)])
def test_the_page_fits_with_everything_shown(
    qtbot,
    wear,
    window,
    page,
    tmp_path,
    larger,
    wider,
):
    wear(larger, wider)
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
    for view in (page.tabs, page.panel):
        cut = [
            made.text()
            for made in view.findChildren(QPushButton)
            if made.isVisible() and made.width() < made.minimumSizeHint().width()
        ]
        assert cut == []
    page.strip.hide()
    tabs = page.panel.tabBar()
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()


def test_what_can_be_done_with_files_stands_on_more_lines_where_it_is_narrow(
    qtbot,
    themed,
    window,
    page,
    tmp_path,
):
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.files)
    buttons = page.files.review, page.files.keep, page.files.received
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: len({made.y() for made in buttons}) == 1)
    window.resize(WIDE, HIGH)
    qtbot.waitUntil(lambda: window.width() == WIDE)
    while sum(made.sizeHint().width() for made in buttons) <= page.files.width():
        for made in buttons:
            made.setText(made.text() + " nữa")
    qtbot.waitUntil(lambda: len({made.y() for made in buttons}) > 1)
    assert all(made.geometry().right() < page.files.width() for made in buttons)
    lines = [page.files.list, page.files._whole, *buttons]
    shown = page.files.list.parentWidget()
    qtbot.waitUntil(lambda: buttons[-1].geometry().bottom() < shown.height())
    assert page.files.list.geometry().bottom() < page.files._whole.geometry().top()
    assert all(page.files._whole.geometry().bottom() < made.geometry().top() for made in buttons)
    area = page.files.findChild(QScrollArea)
    for line in lines:
        area.ensureWidgetVisible(line)
        assert not line.visibleRegion().isEmpty(), line.objectName()


def test_no_title_and_no_time_of_the_table_is_cut(qtbot, themed, window, page, tmp_path):
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    header = page.table.horizontalHeader()
    for column in range(page.model.columnCount()):
        if not header.isSectionHidden(column):
            assert header.sectionSize(column) >= header.sectionSizeHint(column), column
    time = page.table.fontMetrics().horizontalAdvance("17:01 05/08/2025 ·")
    assert header.sectionSize(RECEIVED) >= time + 16


def test_the_review_fits(qtbot, themed, services):
    reading = SourceReading("a.docx", task(1), "Chữ " * 200, (), ())
    dialog = ReviewDialog(services, ("an-giang-2026", "r"), reading, None)
    qtbot.addWidget(dialog)
    least = dialog.minimumSizeHint()
    assert least.width() <= WIDE
    assert least.height() <= HIGH + 40
    assert dialog.width() <= dialog.screen().availableGeometry().width()
