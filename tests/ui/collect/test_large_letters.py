"""The officer's page with phiếu in it, and every dialog, at all sizes of letters on 1024×768."""

import pytest
from PySide6.QtWidgets import QPushButton, QStyleOptionTab

from ncs_desktop.ui import zoom
from ncs_desktop.ui.collect.cell_texts import COUNTERPART, RECEIVED, STATE, TITLE, TOTAL
from tests.ui.collect.test_officer_day import numbered, show, take_in
from tests.ui.test_access import clipped, settle

SMALL = 1024, 768
AMOUNTS = {"total": 123_456_789_000, "state_budget": 100_000_000_000, "counterpart": 23_456_789_000}
LONG = "Nghiên cứu, hoàn thiện chương trình đào tạo nhân lực bán dẫn theo nhu cầu của doanh nghiệp"


@pytest.fixture
def filled(qtbot, themed, window, page, tmp_path):
    """The page with four phiếu, one with long words and large amounts, on a small screen."""
    window.resize(*SMALL)
    files = numbered(1, 2, 3) | numbered(4, title=LONG, contact_phone="12", budget=AMOUNTS)
    take_in(qtbot, page, tmp_path, files)
    page.tabs.setCurrentWidget(page.table)
    show(qtbot, page, page.model.entry(3).proposal_id)
    yield page
    zoom.usual()
    settle()


def widths(table):
    header = table.horizontalHeader()
    return [header.sectionSize(column) for column in range(header.count())]


@pytest.mark.parametrize("factor", [1.5, 2.5])
def test_rows_and_columns_of_the_table_take_the_room_of_their_letters(qtbot, filled, factor):
    table, header = filled.table, filled.table.horizontalHeader()
    usual = widths(table)
    zoom.set_factor(factor)
    settle()
    assert table.rowHeight(0) >= 3 * table.fontMetrics().lineSpacing()
    for column in (TOTAL, STATE, COUNTERPART, RECEIVED):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)
    amount = table.fontMetrics().horizontalAdvance("123.456,789")
    assert header.sectionSize(TOTAL) >= amount + 16
    assert header.sectionSize(TITLE) >= 0.9 * factor * usual[TITLE]
    zoom.usual()
    settle()
    pairs = zip(widths(table), usual, strict=True)
    assert [(now, was) for now, was in pairs if abs(now - was) > 1] == []
    assert table.rowHeight(0) == 52


def low_buttons(root):
    """Return the buttons below ``root`` that are lower than their words."""
    shown = (made for made in root.findChildren(QPushButton) if made.isVisible())
    return [made.text() for made in shown if made.height() < made.sizeHint().height() - 1]


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_nothing_of_the_filled_page_is_clipped(qtbot, window, filled, factor):
    zoom.set_factor(factor)
    settle()
    for tabs in (filled.tabs, filled.panel):
        for at in range(tabs.count()):
            tabs.setCurrentIndex(at)
            settle()
            assert clipped(window) == [], at
            assert low_buttons(window) == [], at
            assert (window.width(), window.height()) == SMALL
        tabs.setCurrentIndex(0)


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
@pytest.mark.parametrize("width", [853, 1024])
def test_the_names_beside_the_table_are_read_in_full(qtbot, window, filled, factor, width):
    zoom.set_factor(factor)
    window.resize(width, 768)
    settle()
    bar = filled.panel.tabBar()
    assert bar.tabText(0).count("(") == 1
    for at in range(bar.count()):
        lines = bar.tabText(at).replace("&", "").split("\n")
        needed = max(map(bar.fontMetrics().horizontalAdvance, lines))
        assert bar.tabRect(at).width() >= needed + 8, lines
        assert bar.tabRect(at).right() <= bar.width()
        assert bar.tabRect(at).height() >= len(lines) * bar.fontMetrics().lineSpacing()
        assert bar.height() >= bar.tabRect(at).height()
        option = QStyleOptionTab()
        bar.initStyleOption(option, at)
        assert option.text == bar.tabText(at)
