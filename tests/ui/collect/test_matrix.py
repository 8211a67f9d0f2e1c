"""The check matrix: rank and name stay in sight, and tell the ranking as it is by now."""

import pytest

from ncs_desktop.domain.findings import Points
from ncs_desktop.ui.collect.matrix import MatrixView
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
