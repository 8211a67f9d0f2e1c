"""The model of the officer's table: filtered in parts, added up, ranked while filtered."""

import itertools
from unittest import mock

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from ncs_desktop.domain import finder
from ncs_desktop.domain.desk import (
    DeskEntry,
    Order,
    Status,
    totals,
    totals_by_kind,
)
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import fold
from ncs_desktop.domain.views import View
from ncs_desktop.ui.collect import model as desk_model
from ncs_desktop.ui.collect.cell_texts import RANK, TITLE
from ncs_desktop.ui.collect.chart import Bar, BarChart, ChartView
from ncs_desktop.ui.collect.data import DeskData, Words, in_order
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.collect.sums import SumsLine
from ncs_desktop.ui.collect.table import DeskTable


def entry(number):
    title = f"{('Lúa gạo', 'Cá tra', 'Mía đường')[number % 3]} {number}"
    budget = Budget(number * 10, number * 6, number * 4) if number % 5 else Budget(number)
    return DeskEntry(str(number), "call", title, budget=budget, search=fold(title))


def desk_of(count):
    entries = [entry(number) for number in range(1, count + 1)]
    return DeskData(
        "call",
        Order.DEPARTMENT,
        in_order(entries, [], Order.DEPARTMENT),
        totals(entries),
        totals_by_kind(entries),
    )


@pytest.fixture
def model(qapp):
    made = DeskModel()
    made.show_data(desk_of(40), Words())
    return made


@pytest.fixture
def slow(model, monkeypatch):
    """Every step of a search takes its whole slice, and looks through three entries."""
    monkeypatch.setattr(finder, "_PART", 3)
    monkeypatch.setattr(desk_model, "_PART", 3)
    monkeypatch.setattr(model._slices, "_clock", itertools.count().__next__)
    return model


def titles(model):
    return [model.index(row, TITLE).data() for row in range(model.rowCount())]


def expected(text, count=40):
    wanted = fold(text).split()
    entries = [entry(number) for number in range(1, count + 1)]
    return [one for one in entries if all(word in one.search for word in wanted)]


def test_a_small_table_is_filtered_on_return(model):
    model.filter_by("lua")
    assert titles(model) == [one.title for one in expected("lua")]
    assert not model.filtering


def test_the_sums_are_those_of_the_lines_shown(model):
    assert model.shown_totals == totals(expected(""))
    for text in ("l", "lu", "lua", "lua 3", "khong co", "", "2"):
        model.filter_by(text)
        assert model.shown_totals == totals(expected(text)) == totals(model.shown_entries())


def test_only_what_is_wanted_is_shown_beside_the_text(slow, qtbot):
    slow.show_view(View.UNEVEN)
    slow.finish()
    uneven = [one for one in expected("") if one.budget.counterpart is None]
    assert titles(slow) == [one.title for one in uneven]
    slow.filter_by("lua")
    slow.finish()
    assert titles(slow) == [one.title for one in expected("lua") if one in uneven]
    slow.show_data(desk_of(40), Words())
    assert titles(slow) == [one.title for one in expected("lua") if one in uneven]
    slow.filter_by("")
    slow.show_view(View.ALL)
    slow.finish()
    assert slow.rowCount() == 40


def test_a_sum_is_said_to_be_equal_only_where_it_is(qtbot):
    line = SumsLine()
    qtbot.addWidget(line)
    entries = [
        DeskEntry("1", "call", budget=Budget(10, 6, 4)),
        DeskEntry("2", "call", budget=Budget(10, 5, 2)),
        DeskEntry("3", "call", budget=Budget(9, 9, 0), status=Status.FAILED),
    ]
    line.show_totals(totals(entries), None, 3, 3)
    said = line._sums.text()
    assert "2 phiếu" in said
    assert "20 đồng; NSNN 11, đối ứng 6, chưa rõ nguồn 3" in said
    assert "=" not in said
    assert "1 không đạt" in line._more.text()
    assert line.uneven.isVisibleTo(line)
    assert "1 phiếu" in line.uneven.text()
    with qtbot.waitSignal(line.uneven_wanted):
        line.uneven.click()
    line.show_totals(totals(entries[:1]), None, 1, 1)
    assert "10 đồng = NSNN 6 + đối ứng 4" in line._sums.text()
    assert not line.uneven.isVisibleTo(line)


def test_what_is_unclear_is_not_set_off_against_what_is_too_much(qtbot):
    line, view = SumsLine(), ChartView()
    qtbot.addWidget(line)
    qtbot.addWidget(view)
    entries = [
        DeskEntry("1", "call", budget=Budget(200, 50, 0)),
        DeskEntry("2", "call", budget=Budget(100, 90, 60)),
    ]
    found = totals(entries)
    line.show_totals(found, None, 2, 2)
    assert "chưa rõ nguồn 150, hai nguồn vượt tổng 50" in line._sums.text()
    assert totals(entries[:1]) + totals(entries[1:]) == found
    figures = view.chart.figures(Bar("", found.budget, found.over))
    assert "chưa rõ nguồn" in figures
    assert "vượt tổng" in figures
    even = totals([entries[1], DeskEntry("3", "call", budget=Budget(50, 0, 0))])
    assert even.budget.unsourced == 0
    line.show_totals(even, None, 2, 2)
    assert "=" not in line._sums.text()


def test_a_group_of_the_chart_has_the_sum_of_the_footer(qtbot):
    view = ChartView()
    qtbot.addWidget(view)
    bar = Bar("Nhóm", Budget(20, 11, 6))
    assert bar.whole == 20
    assert view.chart.figures(bar).startswith("0,00002 (")
    assert "chưa rõ nguồn" in view.chart.words(bar)
    assert "vượt tổng" in view.chart.figures(Bar("", Budget(1, 1, 1)))


def test_figures_stand_below_the_names_where_they_would_leave_them_no_room(qtbot):
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.show()
    chart.show_bars([Bar("Một tên dài", Budget(10**10, 2 * 10**9, 10**9))])
    steps = []
    for width in (1600, 300):
        chart.resize(width, 300)
        steps.append((chart._stacked, chart._step()))
    assert [stacked for stacked, _step in steps] == [False, True]
    assert steps[1][1] > steps[0][1]


def test_a_large_table_shows_whole_answers_only(qtbot, slow):
    seen = []
    slow.filtered.connect(lambda: seen.append(titles(slow)))
    slow.filter_by("ca tra")
    assert slow.filtering
    assert len(titles(slow)) == 40
    qtbot.waitUntil(lambda: not slow.filtering)
    assert seen == [[one.title for one in expected("ca tra")]]
    assert slow.shown_totals == totals(expected("ca tra"))


def test_the_newest_text_wins(qtbot, slow):
    seen = []
    slow.filtered.connect(lambda: seen.append(len(titles(slow))))
    for text in ("m", "mi", "mia", "ca"):
        slow.filter_by(text)
    qtbot.waitUntil(lambda: not slow.filtering)
    assert seen == [len(expected("ca"))]
    assert titles(slow) == [one.title for one in expected("ca")]


def test_sums_of_earlier_lines_are_never_told(slow):
    slow.filter_by("ca")
    slow.finish()
    slow.filter_by("mia")
    while titles(slow) != [one.title for one in expected("mia")]:
        slow._slices._go_on()
    assert slow.shown_totals is None
    slow.finish()
    assert slow.shown_totals == totals(expected("mia"))


def test_new_data_are_filtered_at_once(slow):
    slow.filter_by("ca")
    slow.show_data(desk_of(12), Words())
    assert titles(slow) == [one.title for one in expected("ca", 12)]
    slow.finish()
    assert slow.shown_totals == totals(expected("ca", 12))


def test_a_line_may_be_moved_while_the_filter_works(slow):
    slow.filter_by("ca")
    slow.move(39, 0)
    slow.finish()
    assert slow.entry(0).proposal_id == "40"
    ranks = [int(slow.index(row, RANK).data()) for row in range(slow.rowCount())]
    assert ranks == sorted(ranks)
    slow.filter_by("")
    slow.finish()
    assert titles(slow)[:2] == [entry(40).title, entry(1).title]


def test_rows_are_found_by_id_before_and_after_moves(model):
    model.move(0, 20)
    model.move(39, 5)
    for filter_text in ("", "ca"):
        model.filter_by(filter_text)
        for row, one in enumerate(model.shown_entries()):
            assert model.row_of(one.proposal_id) == row
            assert model.find_entry(one.proposal_id) == one
    assert model.row_of(entry(3).proposal_id) is None
    assert model.find_entry(entry(3).proposal_id) is not None
    assert model.row_of("unknown") is None


def dropped(table, row, y):
    """Drag the line of ``row`` to ``y`` as the mouse does, and let it go; what is told of it."""
    told = []
    table.moved.connect(lambda *move: told.append(move))
    table.selectRow(row)
    data = table.model().mimeData([table.currentIndex()])
    actions = table.model().supportedDragActions()
    rest = (actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert actions & Qt.DropAction.MoveAction
    for event, handle in (
        (QDragMoveEvent(QPointF(30, y), *rest), table.dragMoveEvent),
        (QDropEvent(QPointF(30, y), *rest), table.dropEvent),
    ):
        with mock.patch.object(type(event), "source", return_value=table):
            handle(event)
        assert event.isAccepted()
    return told


def test_a_line_is_dropped_between_lines_and_on_lines(qtbot, model):
    table = DeskTable(model)
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show()
    top, height = table.rowViewportPosition(6), table.rowHeight(6)
    assert dropped(table, 1, top + 2) == [(1, 5)]
    assert dropped(table, 1, top + height - 2)[-1] == (1, 6)
    assert dropped(table, 9, top + 2)[-1] == (9, 6)
    assert table._dropping is None
    assert dropped(table, 3, table.rowViewportPosition(3) + 5) == []
