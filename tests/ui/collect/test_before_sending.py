"""Before papers leave: warnings are offered in a request, readings nobody compared are told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget

from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.source_pane import SourcePane
from ncs_desktop.ui.collect.supplement_dialog import SupplementDialog
from tests.ui.collect.test_officer_day import dialog, drop, noted_word, settled, show
from tests.work.test_collect import put, task


@pytest.fixture
def desk(qtbot, page, tmp_path, catalog):
    folder = tmp_path / "n"
    folder.mkdir()
    put(folder, "1.json", task(1))
    for number in (51, 52):
        put(folder, f"{number}.docx", noted_word(catalog, number, "Ghi chú ngoài mẫu của đơn vị."))
    drop(page, folder)
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.table)
    return page


def test_warnings_are_offered_unticked_with_room_for_a_free_point(qtbot, desk):
    show(qtbot, desk, task(1).id)
    findings = desk.panel.findings
    warnings = [found for found in findings.points if found.severity is Severity.WARNING]
    assert warnings
    assert not findings.errors
    desk.bar.commands["supplement"].trigger()
    opened = dialog(qtbot, desk, "dialog:supplement")
    points = opened.findChild(QListWidget, "list:supplement-points")
    items = [points.item(row) for row in range(points.count())]
    states = [(bool(item.text()), item.checkState()) for item in items]
    offered = [(True, Qt.CheckState.Unchecked)] * len(warnings)
    assert states == [*offered, (False, Qt.CheckState.Checked)]
    assert opened.wanted == ()
    assert opened.findChild(QLabel, "label:no-point").isVisible()
    place = points.mapTo(opened, points.rect().topLeft())
    items[0].setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(opened.go.isEnabled, timeout=20_000)
    assert [point.code for point in opened.wanted] == [warnings[0].code]
    assert not opened.findChild(QLabel, "label:no-point").isVisible()
    QApplication.processEvents()
    assert points.mapTo(opened, points.rect().topLeft()) == place  # the next tick meets its box
    opened.reject()


def test_readings_nobody_compared_are_told_before_the_table_leaves(qtbot, desk):
    desk.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, desk, "dialog:output")
    told = opened.findChild(QWidget, "notice:doubtful")
    assert told.text.startswith("2 phiếu đọc từ Word chưa đối chiếu với bản gốc: «Nhiệm vụ số 51»")
    assert opened.go.isEnabled()
    go = next(made for made in told.findChildren(QPushButton) if "đầu tiên" in made.text())
    go.click()
    assert not opened.isVisible()
    assert desk.current.proposal_id in desk.desk.data.doubtful
    assert desk.panel.currentWidget() is desk.panel.findings


def test_the_amount_in_the_source_is_brought_into_the_middle_of_the_view(qtbot, services):
    long = "II. TÍNH CẤP THIẾT\n" + "Chữ dài cần nhiều dòng trong khung hẹp. 2,1 tỷ đồng\n" * 60
    source = f"{long}IX. DỰ KIẾN NHU CẦU KINH PHÍ\nTổng: 2,1 tỷ đồng\n" + "X. THÔNG TIN\n" * 30
    pane = SourcePane(services, SourceReading("a.docx", task(1), source, (), ()))
    qtbot.addWidget(pane)
    pane.resize(220, 160)
    pane.show()
    pane.show_words("2,1 tỷ đồng", source.index("IX."))
    cursor = pane.text.textCursor()
    assert cursor.block().text() == "Tổng: 2,1 tỷ đồng"
    room, line = pane.text.viewport().rect(), pane.text.cursorRect(cursor)
    assert abs(line.center().y() - room.center().y()) < room.height() / 4  # lines around it too
    pane.show_words("")
    assert not pane.marked_text  # nothing is known of this one: the last one's words tell nothing


def test_a_letter_asks_in_its_own_words_and_not_for_what_only_the_table_has(qtbot, desk):
    show(qtbot, desk, task(1).id)
    made = [
        Finding("C11", Severity.WARNING, key, "C11.missing", FrozenDict(place="Nội dung"))
        for key in ("lead_organization", "priorities")
    ]
    opened = SupplementDialog(
        desk._services, desk.desk, desk.model.entry(0), made, desk, offered=made
    )
    assert {point.field for point in opened.wanted} == {"priorities"}
    assert all("hãy" not in point.words and "đề nghị" in point.words for point in opened.wanted)
    assert "Sửa dòng trong bảng" in opened.notice.text
    opened.reject()
