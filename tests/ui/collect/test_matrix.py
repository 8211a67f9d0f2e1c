"""The check matrix: rank and name stay in sight, and tell the ranking as it is by now."""

from dataclasses import replace

import pytest

from ncs_desktop.domain.desk import Order
from ncs_desktop.domain.findings import Points
from ncs_desktop.ui.collect.cell_texts import TITLE
from ncs_desktop.ui.collect.data import Words
from ncs_desktop.ui.collect.matrix import MatrixView
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.collect.table import DeskTable
from tests.ui.collect.test_sorting import desk, line

CODES = ("C01", "C02", "C03", "F01", "F02", "F06", "M01")


@pytest.fixture
def view(qtbot, services):
    made = MatrixView(services)
    qtbot.addWidget(made)
    made.resize(520, 300)
    found = {code: Points(warnings=1) for code in CODES}
    made.show_data(desk([line("Một"), line("Hai " * 30, findings=found), line("Ba")]))
    made.show()
    return made


def test_headings_tell_code_and_name_of_the_rule(view):
    titles = [
        view.model.headerData(at, view.table.horizontalHeader().orientation()) for at in (2, 3)
    ]
    assert titles[0].startswith("C01\n")
    assert len(titles[0].split("\n")) > 2
    assert titles[0].endswith("1 phiếu")
    header = view.table.horizontalHeader()
    for column in range(2, view.model.columnCount()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)


def test_rank_and_name_stay_while_scrolling_sideways(qtbot, view):
    table, frozen = view.table, view.table.frozen
    last = view.model.columnCount() - 1
    assert [at for at in range(last + 1) if not frozen.isColumnHidden(at)] == [0, 1]
    table.setCurrentIndex(view.model.index(1, last))
    assert table.horizontalScrollBar().value() > 0
    assert frozen.visualRect(view.model.index(1, 0)).left() == 0
    table.setCurrentIndex(view.model.index(1, 3))
    assert table.visualRect(view.model.index(1, 3)).left() >= table.frozen_width
    frozen.setColumnWidth(1, 150)
    assert table.columnWidth(1) == 150
    assert frozen.width() == table.frozen_width


def test_ranks_are_those_of_now(view):
    lines = view._data.lines
    lines.entries.reverse()
    view.hide()
    view.show()
    assert [view.model.index(row, 1).data()[:3] for row in range(3)] == ["Ba", "Hai", "Một"]
    assert [view.model.index(row, 0).data() for row in range(3)] == ["1", "2", "3"]


ALIKE = "Áp dụng công cụ năng suất chất lượng trong {} tỉnh An Giang"


def test_names_that_begin_and_end_alike_are_told_apart_by_who_proposes(qtbot, services):
    data = desk(
        [
            line(ALIKE.format("sản xuất đường thốt nốt"), proposer_name="Cơ sở Lan Nhi"),
            line(ALIKE.format("sản xuất gạch không nung"), proposer_name="Công ty Tân Kỷ"),
        ]
    )
    made = MatrixView(services)
    qtbot.addWidget(made)
    made.show_data(data)
    made.show()
    names = [made.model.index(row, 1).data() for row in (0, 1)]
    assert [name.split("\n")[1] for name in names] == ["Cơ sở Lan Nhi", "Công ty Tân Kỷ"]
    assert made.table.rowHeight(0) >= 2 * made.table.fontMetrics().lineSpacing()
    model = DeskModel()
    table = DeskTable(model)
    qtbot.addWidget(table)
    model.show_data(data, Words())
    table.fit()
    table.resize(700, 300)
    table.show()
    cells = [table.visualRect(model.index(row, TITLE)) for row in (0, 1)]
    below = [cell.adjusted(1, 2 * cell.height() // 3, -1, -1) for cell in cells]
    first, second = (table.viewport().grab(part).toImage() for part in below)
    assert first != second
    assert len({first.pixel(x, y) for x in range(first.width()) for y in range(first.height())}) > 1


def test_the_rank_is_headed_as_in_the_table(view):
    """Whose order it is stands above the rank in both."""
    heading = view.table.horizontalHeader().orientation()
    for order, told in ((Order.COUNCIL, "TT HĐ"), (Order.DEPARTMENT, "TT")):
        view.show_data(replace(desk([line("Một")]), order=order))
        view._show()
        assert view.model.headerData(0, heading) == told
