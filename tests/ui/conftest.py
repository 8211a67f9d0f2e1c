"""A window on a fresh store, answers in place of dialogs, and nothing left running afterwards."""

import threading
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QWidget

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.ui import zoom
from ncs_desktop.ui.app import speak_vietnamese
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.proposals.desk import Opened
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.theme import Theme

NOW = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)


class Answers(Ask):
    """Answers the questions a test foresees; an unforeseen one gets "no"."""

    def __init__(self):
        self.files: list[Path] = []
        self.target: Path | None = None
        self.yes = True
        self.why = ""
        self.rank: int | None = None
        self.asked: tuple[str, tuple[str, ...]] = ("", ())

    def open_files(self, parent, title, kinds, folder):
        return self.files

    def save_file(self, parent, title, name, kinds):
        return self.target

    def folder(self, parent, title, folder):
        return self.target

    def confirm(self, parent, title, text, yes, points=(), *, no=""):
        self.asked = (text, tuple(points))
        return self.yes

    def confirm_while(self, parent, title, text, yes, no):
        return self.confirm(parent, title, text(), yes, no=no)

    def number(self, parent, title, text, value, most):
        return self.rank

    def reason(self, parent, title, text, points=(), *, kept=""):
        self.asked = (text, tuple(points))
        self.kept = kept
        return self.why

    def other_reason(self, parent, title, text, kept):
        return self.reason(parent, title, text, kept=kept)


def settle():
    """Let layouts and what they start come to rest."""
    for _ in range(20):
        QApplication.processEvents()


def go_to(editor, key):
    """Jump to the field ``key`` and return its control."""
    editor.jump_to(key)
    settle()
    return editor.findChild(QWidget, f"field:{key}")


def scroll(bar, value):
    """Scroll as a person does."""
    bar.triggerAction(QAbstractSlider.SliderAction.SliderMove)
    bar.setValue(value)
    settle()


def type_text(widget, text):
    """Send ``text`` as an input method does: one key event per character."""
    for character in text:
        key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, event)


@pytest.fixture(scope="session")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="session")
def messages():
    return Messages.load()


@pytest.fixture(autouse=True)
def nothing_is_left_running(qapp):
    speak_vietnamese(qapp)
    before = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert not shown, shown
    left = [thread for thread in threading.enumerate() if thread not in before]
    assert not left, left


@pytest.fixture
def services(qapp, tmp_path, monkeypatch, catalog, messages):
    home = tmp_path / "Hồ sơ Nguyễn Ánh"
    monkeypatch.setenv("NCS_DESKTOP_HOME", str(home))
    made = Services(
        StoreWorker(home / "ncs.sqlite"), Background(), LayoutWorker(), lambda: NOW, Answers()
    )
    made.catalog, made.messages = catalog, messages
    yield made
    made.close()


@pytest.fixture
def themed(qapp):
    """The look of the program laid over the application, as a person sees it."""
    theme = Theme(qapp)
    yield theme
    zoom.usual()
    theme.setParent(None)
    qapp.setStyleSheet("")


@pytest.fixture
def open_store(qtbot, services):
    with qtbot.waitSignal(services.store.open().done):
        pass
    return services.store


@pytest.fixture
def ask_store(qtbot, open_store):
    """Ask the store something and return its answer."""

    def ask(request):
        with qtbot.waitSignal(open_store.ask(request).done) as answer:
            pass
        return answer.args[0]

    return ask


def bring_forward(qtbot, window):
    """Give ``window`` the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def open_editor(qtbot, window, ask_store):
    """Open the editor of a phiếu that is in the store, checked once."""

    def opened(proposal, **state):
        ask_store(lambda store: store.save(proposal, NOW))
        window.open_editor(Opened(proposal, **state))
        with qtbot.waitSignal(window.editor.checker.checked):
            pass
        return window.editor

    return opened


@pytest.fixture
def window(qtbot, services):
    made = MainWindow(services)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.ready, timeout=10_000):
        made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=10_000)
