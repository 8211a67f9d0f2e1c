"""Stopping at every stage: the window answers, the store is whole, the sentence is true."""

import multiprocessing
import time
from functools import partial

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from ncs_desktop.ui.collect import jobs, process
from tests.ui.collect import stuck
from tests.ui.collect.test_officer_day import CALL, click, dialog, drop, settled
from tests.work.test_collect import put, task

FILES = 5
SOON = 20_000


@pytest.fixture
def page(qtbot, window):
    window.resize(1280, 800)
    window.show_page("collect")
    found = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(lambda: found.desk.data.call == CALL, timeout=SOON)
    return found


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "Hồ sơ đã nhận"
    made.mkdir()
    for number in range(1, FILES + 1):
        put(made, f"{number}.json", task(number))
    return made


def hang(monkeypatch, page, folder, job):
    """Begin an import that hangs; return what the page tells."""
    told = []
    page.told.connect(told.append)
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "import_files", job)
        drop(page, folder)
    return told


def come_to(qtbot, page, count):
    qtbot.waitUntil(lambda: page.files.list.rowCount() == count, timeout=SOON)


def stop(qtbot, page):
    """Press «Dừng» and tell how long the longest silence of the window was (s)."""
    click(page, "stop")
    longest, last = 0.0, time.perf_counter()
    end = last + SOON / 1000
    while page.desk.job is not None and last < end:
        qtbot.wait(5)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    assert page.desk.job is None
    return longest


@pytest.mark.parametrize("job", [stuck.in_reading, stuck.in_worker, stuck.in_storing])
def test_an_import_that_hangs_ends_and_goes_on_later(
    qtbot, monkeypatch, page, services, folder, job
):
    told = hang(monkeypatch, page, folder, job)
    come_to(qtbot, page, stuck.AT - 1)
    assert stop(qtbot, page) < 1.0
    assert told[-1] == ("Đã dừng sau 2/5 tệp: 2 tệp: 2 mới.")
    settled(qtbot, page)
    assert page.model.total_count == 2
    assert not diagnose(services.store.path)
    drop(page, folder)
    settled(qtbot, page)
    assert page.model.total_count == FILES
    assert not diagnose(services.store.path)
    assert told[-1] == "5 tệp: 3 mới, 2 đã có."


def test_a_search_for_likenesses_that_hangs_leaves_everything_in(qtbot, monkeypatch, page, folder):
    told = hang(monkeypatch, page, folder, stuck.in_likeness)
    come_to(qtbot, page, FILES)
    qtbot.waitUntil(lambda: "trùng" in page.strip._text.text(), timeout=SOON)
    stop(qtbot, page)
    assert told[-1] == "5 tệp: 5 mới."
    settled(qtbot, page)
    assert page.model.total_count == FILES


def test_stopping_while_papers_are_written_tells_which_are_there(
    qtbot, monkeypatch, page, services, folder, tmp_path
):
    drop(page, folder)
    settled(qtbot, page)
    services.ask.target = tmp_path / "Kết quả"
    page.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, page, "dialog:output")
    for name, box in opened.boxes.items():
        box.setChecked(name in ("table", "trail"))
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "write_output", stuck.in_writing)
        opened.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: len(opened._paths) == 3, timeout=60_000)
    stop(qtbot, page)
    assert opened.notice.text.startswith("Đã dừng theo yêu cầu.\nĐã xuất 3 tệp: bang")
    assert opened.go.isEnabled()
    left = sorted(path.name for path in services.ask.target.iterdir())
    assert left == ["bang-tong-hop.docx", "bang-tong-hop.pdf", "bang-tong-hop.xlsx"]
    opened.reject()


@pytest.mark.parametrize("job", [stuck.in_worker, stuck.in_storing])
def test_closing_the_window_ends_an_import_that_hangs(
    qtbot, monkeypatch, page, window, services, folder, job
):
    hang(monkeypatch, page, folder, job)
    come_to(qtbot, page, stuck.AT - 1)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 10
    assert not multiprocessing.active_children()
    assert not diagnose(services.store.path)


def test_closing_asks_while_files_come_in_and_the_next_start_tells_what_remains(
    qtbot, monkeypatch, page, window, services, folder
):
    hang(monkeypatch, page, folder, stuck.in_reading)
    come_to(qtbot, page, stuck.AT - 1)
    services.ask.yes = False
    assert not window.close()
    assert "xong 2/5" in services.ask.asked[0]
    assert page.desk.job is not None
    services.ask.yes = True
    assert window.close()
    with Store.open(services.store.path) as store:
        kept = store.setting(f"desk_import:{CALL}")
        assert (kept["finished"], kept["total"]) == (2, FILES)
        assert len(store.desk.entries(CALL)) == 2
    assert not diagnose(services.store.path)


def test_closing_asks_nothing_where_nothing_is_being_done(page, window, services):
    services.ask.yes = False
    assert window.close()


def test_a_job_ends_when_its_window_is_gone(tmp_path):
    context = multiprocessing.get_context("spawn")
    asked, ask = context.Pipe(duplex=False)
    answers, answering = context.Pipe(duplex=False)
    started = context.Process(
        target=process.serve,
        args=(asked, answering, tmp_path / "ncs.sqlite", partial(stuck.forever)),
    )
    started.start()
    asked.close()
    answering.close()
    ask.close()
    answers.close()
    started.join(30)
    assert started.exitcode is not None
    started.close()
