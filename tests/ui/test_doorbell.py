"""A second start rings at the first window; what a crash left behind never stands in the way."""

import os
import socket
import subprocess
import sys
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.doorbell import Doorbell, bell_name, ring
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.services import Services
from tests.factories import make_proposal
from tests.ui.conftest import NOW, Answers

posix = pytest.mark.skipif(sys.platform == "win32", reason="a pipe leaves no file behind")


@pytest.fixture(autouse=True)
def short_folder(monkeypatch, tmp_path_factory):
    """A socket's path is short: pytest's own folders may not be."""
    folder = tmp_path_factory.getbasetemp().parent / uuid.uuid4().hex[:6]
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


RINGING = """
import sys
from pathlib import Path
from ncs_desktop.ui.doorbell import ring
store, *files = map(Path, sys.argv[1:])
sys.exit(0 if ring(store, files) else 1)
"""


def rings(path, *files):
    """Ring as another program does."""
    return subprocess.Popen([sys.executable, "-c", RINGING, path, *files])


def test_nobody_there_is_told_at_once(tmp_path):
    assert ring(tmp_path / "ncs.sqlite", []) is False


def test_files_are_handed_over(qtbot, tmp_path):
    store = tmp_path / "Hồ sơ Ánh" / "ncs.sqlite"
    bell = Doorbell(store)
    assert bell.listen()
    wanted = [tmp_path / "phiếu của Ánh.ncs", Path("gần đây.json")]
    with qtbot.waitSignal(bell.rung) as heard:
        other = rings(store, *wanted)
    assert other.wait(20) == 0
    assert heard.args == [[wanted[0], Path.cwd() / "gần đây.json"]]
    bell.close()
    assert ring(store, []) is False


@posix
def test_a_bell_left_by_a_crash_is_taken_away(qtbot, tmp_path):
    store = tmp_path / "ncs.sqlite"
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(bell_name(store))
    dead.close()
    assert Path(bell_name(store)).exists()
    assert ring(store, []) is False
    bell = Doorbell(store)
    assert bell.listen()
    with qtbot.waitSignal(bell.rung):
        other = rings(store)
    assert other.wait(20) == 0
    bell.close()


@posix
@pytest.mark.parametrize("said", [b"GET / HTTP/1.1\n", b'{"files": 3}\n', b"[]\n", b"\xff\n"])
def test_what_is_no_ringing_is_not_heard(qtbot, tmp_path, said):
    store = tmp_path / "ncs.sqlite"
    bell = Doorbell(store)
    assert bell.listen()
    spy = QSignalSpy(bell.rung)
    caller = socket.socket(socket.AF_UNIX)
    caller.connect(bell_name(store))
    caller.sendall(said)
    caller.setblocking(False)

    def hung_up():
        try:
            return caller.recv(10) == b""
        except BlockingIOError:
            return False
        except ConnectionError:
            return True

    qtbot.waitUntil(hung_up)
    caller.close()
    assert spy.count() == 0
    bell.close()


@posix
def test_a_long_path_has_no_bell(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("dài" * 40)))
    assert bell_name(tmp_path / "ncs.sqlite") == ""
    assert Doorbell(tmp_path / "ncs.sqlite").listen() is False


def test_second_start_brings_the_first_window_forward(qtbot, window, services, tmp_path):
    file = tmp_path / "phiếu Ánh.json"
    proposal = replace(make_proposal(title="Gửi qua chuông"), id=str(uuid.uuid4()))
    file.write_bytes(write_proposal(proposal))
    window.showMinimized()
    second = subprocess.Popen(
        [sys.executable, "-m", "ncs_desktop", "--store", services.store.path, file],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    qtbot.waitUntil(lambda: window.editor is not None, timeout=20_000)
    assert window.editor.session.proposal.title == "Gửi qua chuông"
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert second.wait(20) == 0


def test_a_window_that_came_second_gives_way(qtbot, window, services):
    late = Services(
        StoreWorker(services.store.path), Background(), LayoutWorker(), lambda: NOW, Answers()
    )
    second = MainWindow(late)
    qtbot.addWidget(second)
    answered = []
    second.trouble._ring = answered.append
    with qtbot.waitSignal(second.list_painted):
        second.show()
    qtbot.waitUntil(lambda: bool(answered))
    assert "cửa sổ khác" in second.notice.text
    second.close()
