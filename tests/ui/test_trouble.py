"""A store that cannot be opened leaves no dead window: every way out is a button that works."""

import pytest
from PySide6.QtWidgets import QPushButton

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.store.store import Store
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.work.keep import backup
from tests.factories import make_proposal
from tests.ui.conftest import NOW

RUIN = b"kho hong " * 500


@pytest.fixture
def ruined(services):
    """A store with one phiếu and today's safety copy, then overwritten with rubbish."""
    path = services.store.path
    path.parent.mkdir(parents=True)
    with Store.open(path) as store:
        store.save(make_proposal(), NOW)
    copy = path.with_name("backups") / "ncs-20250805-080000.ncsbackup"
    backup(path, copy, NOW)
    path.write_bytes(RUIN)
    return copy


@pytest.fixture
def unready(qtbot, services):
    """Open a window on what stands there and wait until it says what is wrong."""
    made = []
    del services.catalog, services.messages  # as at a real start

    def open_window():
        window = MainWindow(services)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: bool(window.notice.text), timeout=10_000)
        return window

    yield open_window
    for window in made:
        window.close()
    qtbot.waitUntil(lambda: not any(window.isVisible() for window in made), timeout=10_000)


def offered(window):
    shown = window.notice.findChildren(QPushButton)
    return [made.text() for made in shown if made.isVisibleTo(window.notice)]


def press(window, text):
    shown = window.notice.findChildren(QPushButton)
    next(made for made in shown if made.isVisibleTo(window.notice) and made.text() == text).click()


def kept_aside(services):
    return [path.read_bytes() for path in services.store.path.parent.glob("ncs.thay-luc-*.sqlite")]


def test_a_damaged_store_is_restored_from_the_window_that_tells_of_it(
    qtbot, services, ruined, unready
):
    window = unready()
    assert offered(window) == ["Khôi phục từ sao lưu…", "Gói hỗ trợ…", "Đóng"]
    begun_at = []

    def choose(_parent, _title, _kinds, folder):
        begun_at.append(folder)
        return [ruined]

    services.ask.open_files = choose
    with qtbot.waitSignal(window.ready, timeout=10_000):
        press(window, "Khôi phục từ sao lưu…")
    assert begun_at == [ruined.parent]
    assert window.proposals.model.rowCount() == 1
    assert "thay-luc" in window.notice.text
    assert kept_aside(services) == [RUIN]
    window.show_page("settings")
    assert window.stack.currentWidget().objectName() == "page:settings"


def test_without_a_safety_copy_a_new_store_can_be_begun(qtbot, services, ruined, unready):
    ruined.unlink()
    window = unready()
    assert "Bắt đầu với kho mới" in offered(window)
    with qtbot.waitSignal(window.ready, timeout=10_000):
        press(window, "Bắt đầu với kho mới")
    assert window.proposals.model.rowCount() == 0
    assert kept_aside(services) == [RUIN]


def test_a_safety_copy_that_does_not_help_leaves_the_other_ways_open(
    qtbot, services, ruined, unready
):
    ruined.write_bytes(b"khong phai ban sao luu")
    window = unready()
    services.ask.files = [ruined]
    press(window, "Khôi phục từ sao lưu…")
    qtbot.waitUntil(lambda: "Bắt đầu với kho mới" in offered(window), timeout=10_000)
    assert "không phải tệp sao lưu" in window.notice.text
    assert "Khôi phục từ sao lưu…" in offered(window)


def test_the_ways_out_are_told_again_where_somebody_closed_the_notice(unready, ruined):
    window = unready()
    window.notice.clear()
    window.show_page("settings")
    assert "Khôi phục từ sao lưu…" in offered(window)
    assert window.bar._buttons["proposals"].isChecked()


def test_a_newer_store_is_kept_and_a_busy_one_tried_again(qtbot, services, monkeypatch, unready):
    path = services.store.path
    problems = [EnvironmentProblem("store.newer", path=path)]
    real = Store.open

    def refuse(_path):
        raise problems[0]

    monkeypatch.setattr(Store, "open", refuse)
    opened = []
    services.open_path = opened.append
    window = unready()
    assert offered(window) == ["Mở thư mục chứa kho", "Gói hỗ trợ…", "Đóng"]
    press(window, "Mở thư mục chứa kho")
    assert opened == [path.parent]
    window.trouble.meet(EnvironmentProblem("store.locked", path=path))
    qtbot.waitUntil(lambda: "Thử lại" in offered(window))
    monkeypatch.setattr(Store, "open", real)
    with qtbot.waitSignal(window.ready, timeout=10_000):
        press(window, "Thử lại")
    assert not window.notice.isVisible()


def test_the_support_package_can_be_made_and_the_ways_out_stay(
    qtbot, services, ruined, unready, tmp_path
):
    window = unready()
    services.ask.target = tmp_path / "gói.zip"
    press(window, "Gói hỗ trợ…")
    qtbot.waitUntil(lambda: "gói.zip" in window.notice.text, timeout=10_000)
    assert services.ask.target.exists()
    assert "Khôi phục từ sao lưu…" in offered(window)


def test_a_store_found_damaged_later_offers_the_same(window, services):
    window.tell_problem(EnvironmentProblem("store.damaged", path=services.store.path))
    assert "Khôi phục từ sao lưu…" in offered(window)
