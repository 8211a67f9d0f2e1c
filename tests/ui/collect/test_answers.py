"""What came back for a request: told apart from what was asked about, judged by a person."""

import pytest
from PySide6.QtWidgets import QListWidget

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.supplement import Point
from ncs_desktop.work import supplement
from tests.ui.collect.test_officer_day import CALL, click, drop, settled, show
from tests.ui.conftest import NOW
from tests.work.test_collect import put, task
from tests.work.test_desk import SENDER

FIRST = task(1, contact_phone="12")
AGAIN = FIRST.with_value("contact_phone", "13")
POINTS = (
    Point("1", "Số điện thoại chưa đủ", "contact_phone", "F06"),
    Point("2", "Nêu rõ địa chỉ", "application_sites"),
)


@pytest.fixture
def returned(qtbot, page, tmp_path, ask_store, catalog):
    """The page with an answer that mends nothing, of the same revision."""
    drop(page, put(tmp_path, "lần một.json", FIRST))
    settled(qtbot, page)
    act = Act("Trần Thị Bích", NOW, "Thiếu điện thoại")

    def issue(store):
        asked = supplement.draft(store, catalog, CALL, FIRST.id, POINTS, sender=SENDER, act=act)
        return supplement.issue(store, asked, tmp_path / "gửi", act)

    ask_store(issue)
    drop(page, put(tmp_path, "lần hai.json", AGAIN))
    settled(qtbot, page)
    show(qtbot, page, FIRST.id)
    return page


def points(page):
    shown = page.findChild(QListWidget, "list:points")
    return shown, [shown.item(row).text() for row in range(shown.count())]


def test_two_versions_of_one_revision_are_told_apart(returned):
    name = returned.panel.compare.what.currentText()
    old, new = FIRST.control_code("A1"), AGAIN.control_code("A1")
    assert old != new
    assert name == f"Bản gửi lại: {old} → {new}"
    assert "bản gửi lại: lần hai.json" in returned.panel.compare._said.text()


def test_a_person_may_overrule_the_program_with_a_reason(qtbot, returned, ask_store, services):
    shown, texts = points(returned)
    assert texts[1:] == ["✕ Chưa đáp ứng: Số điện thoại chưa đủ", "? Chưa rõ: Nêu rõ địa chỉ"]
    shown.setCurrentRow(1)
    click(returned, "point-met")
    assert "Phần mềm xét khác" in services.ask.asked[0]
    assert ask_store(lambda store: store.desk.requests(CALL))[0].verdicts == {}
    services.ask.why = "Đã gọi điện xác nhận"
    with qtbot.waitSignal(returned.desk.loaded, timeout=20_000):
        click(returned, "point-met")
    wanted = "✓ Đã đáp ứng (cán bộ xác định): Số điện thoại chưa đủ"
    qtbot.waitUntil(lambda: points(returned)[1][1] == wanted, timeout=10_000)
    assert ask_store(lambda store: store.desk.trail())[-1].why == "Đã gọi điện xác nhận"
    services.ask.asked = ("", ())
    shown.setCurrentRow(2)
    with qtbot.waitSignal(returned.desk.loaded, timeout=20_000):
        click(returned, "point-met")
    assert services.ask.asked[0] == ""
    qtbot.waitUntil(lambda: "đã đáp ứng đủ" in points(returned)[1][0], timeout=10_000)
    shown.setCurrentRow(1)
    with qtbot.waitSignal(returned.desk.loaded, timeout=20_000):
        click(returned, "point-unjudge")
    qtbot.waitUntil(lambda: points(returned)[1][1] == texts[1], timeout=10_000)


def test_a_point_is_chosen_at_once_and_no_button_is_cut(returned):
    shown, _texts = points(returned)
    assert shown.currentRow() == 1
    returned.panel.setCurrentWidget(returned.panel.requests)
    returned.splitter.setSizes([2000, 1])
    for made in returned.panel.requests._buttons:
        assert made.isEnabled()
        assert made.width() >= made.sizeHint().width(), made.text()
        assert made.geometry().right() <= returned.panel.requests.width()
