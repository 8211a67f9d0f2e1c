"""Lines by a column: a way to look; the ranking stays and is the only one that can be changed."""

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt

from ncs_desktop.domain.desk import DeskEntry, Order, Status, totals
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import fold
from ncs_desktop.ui.collect import sorting
from ncs_desktop.ui.collect.cell_texts import CHECK, RANK, RECEIVED, STATUS, TITLE, TOTAL
from ncs_desktop.ui.collect.data import DeskData, Words, in_order
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.collect.table import DeskTable
from tests.factories import NOW
from tests.ui.collect.test_desk_model import desk_of
from tests.ui.collect.test_officer_day import CALL, numbered, take_in

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def line(name, **changes):
    return DeskEntry(name, "call", name, search=fold(name), **changes)


def desk(entries):
    lines = in_order(list(entries), [], Order.DEPARTMENT)
    return DeskData("call", Order.DEPARTMENT, lines, totals(entries))


@pytest.fixture
def model(qapp):
    made = DeskModel()
    made.show_data(
        desk(
            [
                line("Ớt", budget=Budget(30), findings={"F01": Points(errors=2)}),
                line("Đay", status=Status.FAILED),
                line("Dừa", budget=Budget(5), received_at=NOW),
                line("dứa", budget=Budget(30), findings={"F01": Points(warnings=9)}),
                line("ổi", status=Status.PASSED, findings={"F02": Points(errors=1)}),
            ]
        ),
        Words(),
    )
    return made


def names(model):
    return [entry.title for entry in model.shown_entries()]


RANKED = ["Ớt", "Đay", "Dừa", "dứa", "ổi"]


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        (TITLE, ["Dừa", "dứa", "Đay", "ổi", "Ớt"], ["Ớt", "ổi", "Đay", "dứa", "Dừa"]),
        (TOTAL, ["Dừa", "Ớt", "dứa", "Đay", "ổi"], ["Ớt", "dứa", "Dừa", "Đay", "ổi"]),
        (CHECK, ["Đay", "Dừa", "dứa", "ổi", "Ớt"], ["Ớt", "ổi", "dứa", "Đay", "Dừa"]),
        (RECEIVED, ["Dừa", "Ớt", "Đay", "dứa", "ổi"], ["Dừa", "Ớt", "Đay", "dứa", "ổi"]),
        (STATUS, ["Ớt", "Dừa", "dứa", "ổi", "Đay"], ["Đay", "ổi", "Ớt", "Dừa", "dứa"]),
        (RANK, ["Ớt", "Đay", "Dừa", "dứa", "ổi"], ["ổi", "dứa", "Dừa", "Ớt", "Đay"]),
    ],
)
def test_lines_by_a_column(model, column, up, down):
    model.sort(column, UP)
    assert names(model) == up
    model.sort(column, DOWN)
    assert names(model) == down
    assert model.index(0, RANK).data() in {"1", "2", "3", "4", "—"}
    model.sort(-1, UP)
    assert names(model) == RANKED


def test_filter_new_data_and_finding_rows_keep_to_the_column(model):
    model.sort(TITLE, UP)
    model.filter_by("d")
    assert names(model) == ["Dừa", "dứa", "Đay"]
    assert [model.row_of(name) for name in ("Đay", "Dừa", "ổi")] == [2, 0, None]
    model.show_data(desk([line("Dứa"), line("Đay"), line("Dâu")]), Words())
    assert names(model) == ["Dâu", "Dứa", "Đay"]
    assert [model.row_of(name) for name in names(model)] == [0, 1, 2]


def test_only_the_ranking_is_moved(model):
    assert model.in_rank_order
    model.sort(TOTAL, DOWN)
    assert not model.in_rank_order
    assert model.move(0, 2) == (False, None)
    model.sort(RANK, UP)
    assert model.in_rank_order
    assert model.move(0, 2)[0]
    assert names(model) == ["Đay", "Dừa", "Ớt", "dứa", "ổi"]
    model.sort(RANK, DOWN)
    assert not model.in_rank_order


def test_a_large_table_is_sorted_in_parts(qtbot, qapp, monkeypatch):
    monkeypatch.setattr(sorting, "_PART", 3)
    monkeypatch.setattr(sorting, "_RUN", 4)
    model = DeskModel()
    model.show_data(desk_of(41), Words())
    ticks = iter(range(10**6))
    monkeypatch.setattr(model._slices, "_clock", lambda: float(next(ticks)))
    before = names(model)
    model.sort(TOTAL, DOWN)
    assert names(model) == before
    assert model.in_rank_order
    with qtbot.waitSignal(model.rearranged):
        pass
    assert names(model) == [
        entry.title
        for entry in sorted(desk_of(41).lines.entries, key=lambda entry: -entry.budget.total)
    ]


def test_the_three_clicks_on_a_heading(qtbot, model):
    table = DeskTable(model)
    qtbot.addWidget(table)
    table.resize(1200, 400)
    table.show()
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(TOTAL) + 20, 10)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        title = model.headerData(TOTAL, Qt.Orientation.Horizontal)
        seen.append((names(model)[0], "▲" in title, "▼" in title))
        assert header.sectionSize(TOTAL) >= header.sectionSizeHint(TOTAL)
        assert not table.rows or len(table.rows) == 1
    assert seen == [("Dừa", True, False), ("Ớt", False, True), ("Ớt", False, False)]
    assert names(model) == RANKED


def test_ranking_while_sorted_says_how_to_go_back(qtbot, page, tmp_path, ask_store):
    take_in(qtbot, page, tmp_path, numbered(1, 2, 3))
    page.tabs.setCurrentWidget(page.table)
    page.table.setCurrentIndex(page.model.index(1, TITLE))
    acts = page.bar.commands
    acts["sort"].trigger()
    acts["sort"].trigger()
    shown = [entry.title for entry in page.model.shown_entries()]
    assert shown == ["Nhiệm vụ số 3", "Nhiệm vụ số 2", "Nhiệm vụ số 1"]
    assert page.current.title == "Nhiệm vụ số 2"
    acts["rank-up"].trigger()
    page.table.moved.emit(0, 2)
    ranked = ask_store(lambda store: [entry.title for entry in store.desk.entries(CALL)])
    assert ranked == shown[::-1]
    assert "«Thứ tự của Sở»" in page.notice.text
    next(made for made in page.notice._buttons if made.text() == "Thứ tự của Sở").click()
    assert [entry.title for entry in page.model.shown_entries()] == ranked
    assert page.notice.isHidden()
    acts["rank-up"].trigger()
    assert page.model.shown_entries()[0].title == "Nhiệm vụ số 2"


def test_what_was_said_of_sorting_goes_with_it_and_the_line_stays_in_sight(qtbot, page, tmp_path):
    take_in(qtbot, page, tmp_path, numbered(*range(1, 25)))
    page.tabs.setCurrentWidget(page.table)
    table, acts = page.table, page.bar.commands
    line = numbered(23)["23.json"].id
    for _ in range(2):
        table.setCurrentIndex(page.model.index(page.model.row_of(line), TITLE))
        acts["sort"].trigger()
    acts["rank-up"].trigger()
    assert page.notice.isVisible()
    table.show_line(line)
    acts["sort"].trigger()
    assert page.model.in_rank_order
    assert page.notice.isHidden()
    assert page.current.proposal_id == line
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_ranking_has_one_name_the_one_of_the_order_shown(qtbot, page, tmp_path):
    take_in(qtbot, page, tmp_path, numbered(1, 2))
    page.tabs.setCurrentWidget(page.table)
    orders, acts = page.bar.orders, page.bar.commands
    assert acts["sort-rank"].text() == "Thứ tự của Sở"
    page.table.setCurrentIndex(page.model.index(1, TITLE))
    acts["sort"].trigger()
    acts["rank-up"].trigger()
    assert page.notice.isVisible()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        orders.setCurrentIndex(1)
    assert page.notice.isHidden()
    assert acts["sort-rank"].text() == orders.currentText() == "Thứ tự của hội đồng"


def renamed(data, changes, left_out=()):
    """Return ``data`` with other titles by id, and without some."""
    entries = [
        replace(one, title=changes.get(one.proposal_id, one.title))
        for one in data.lines.entries
        if one.proposal_id not in left_out
    ]
    return replace(data, lines=in_order(entries, [], Order.DEPARTMENT))


@pytest.fixture
def sorted_lines(qapp, monkeypatch):
    """A table that sorts a part of its lines at once, sorted by title; its data."""
    monkeypatch.setattr(sorting, "_PART", 2)
    model, data = DeskModel(), desk_of(40)
    monkeypatch.setattr(model._slices, "_clock", itertools.count().__next__)
    model.show_data(data, Words())
    model.sort(TITLE)
    model.finish()
    return model, data


def test_new_data_are_sorted_in_parts_and_stay_where_they_were_until_then(sorted_lines):
    model, data = sorted_lines
    titles = [one.title for one in model.shown_entries()]
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    last = model.shown_entries()[-1]
    model.show_data(renamed(data, {last.proposal_id: "A trước hết"}), Words())
    assert model.filtering
    assert [one.title for one in model.shown_entries()] == [*titles[:-1], "A trước hết"]
    held = QPersistentModelIndex(model.index(39, TITLE))
    model.finish()
    assert [one.title for one in model.shown_entries()] == ["A trước hết", *titles[:-1]]
    assert held.row() == 0
    assert resets == [True]
    assert model.row_of(last.proposal_id) == 0


def test_lines_that_went_and_came_are_sorted_too(sorted_lines):
    model, data = sorted_lines
    titles = [one.title for one in model.shown_entries()]
    gone = model.shown_entries()[3].proposal_id
    fewer = renamed(data, {}, {gone})
    model.show_data(fewer, Words())
    assert gone not in {one.proposal_id for one in model.shown_entries()}
    model.finish()
    assert [one.title for one in model.shown_entries()] == [*titles[:3], *titles[4:]]
    assert model.row_of(gone) is None
    model.show_data(data, Words())
    model.finish()
    assert [one.title for one in model.shown_entries()] == titles
    assert model.shown_totals == data.totals
