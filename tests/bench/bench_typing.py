"""How long the window stops answering while a person types on and on in a very long section.

Run by hand: ``python -m tests.bench.bench_typing [--characters 50000] [--keys 600] [--every 35]``.
A heartbeat of 1 ms runs beside the typing; the longest gap after each key is that key's stall. The
same is measured for a bare QTextEdit holding the same text, so that the figures say what our code
costs. ``--every 120`` types so slowly that preview and reading follow every key.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTextEdit

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.immortal import keep_singletons_alive
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.proposals.desk import Opened
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.theme import Theme
from tests.factories import make_proposal

TYPED = "Nâng cao năng suất chất lượng của doanh nghiệp. "
KEY_EVERY_MS = 35
LIMITS = {"p99": 16.0, "max": 50.0}


class Typist(QObject):
    """Types into ``target`` and notes the longest silence of the event loop after each key."""

    def __init__(self, target, keys, every):
        super().__init__()
        self.target, self.left, self.every = target, keys, every / 1000
        self.stalls = []
        self._longest = 0.0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(1)
        self._beat.timeout.connect(self.beat)
        self._next = time.perf_counter()

    def run(self, app):
        self._beat.start()
        while self.left:
            app.processEvents(wait_for_more_events())
        self._beat.stop()
        return self.stalls

    def beat(self):
        gap = self._clock.nsecsElapsed() / 1e6
        self._clock.restart()
        self._longest = max(self._longest, gap)
        if time.perf_counter() >= self._next:
            if self.stalls or self._next:
                self.stalls.append(self._longest)
            self._longest = 0.0
            self._next = time.perf_counter() + self.every
            self.left -= 1
            press(self.target, TYPED[self.left % len(TYPED)])


def wait_for_more_events():
    from PySide6.QtCore import QEventLoop

    return QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def press(target, character):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            target, QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
        )


def pump(app, until, seconds=30.0):
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        app.processEvents()


def long_text(characters):
    paragraph = (TYPED * 9).strip()
    lines = [paragraph] * (characters // len(paragraph) + 1)
    return "\n".join(lines)[:characters]


def figures(name, stalls):
    ordered = sorted(stalls[5:])
    p99 = ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
    found = {"median": statistics.median(ordered), "p99": p99, "max": ordered[-1]}
    words = "  ".join(f"{key} {value:6.1f} ms" for key, value in found.items())
    print(f"{name:<28}{words}   ({len(ordered)} keys)")
    return found


def measure_bare(app, text, keys, every):
    edit = QTextEdit()
    edit.resize(500, 520)
    edit.setPlainText(text)
    edit.show()
    pump(app, edit.isVisible)
    cursor = edit.textCursor()
    cursor.setPosition(len(text) // 2)
    edit.setTextCursor(cursor)
    edit.setFocus()
    stalls = Typist(edit, keys, every).run(app)
    edit.close()
    return stalls


def measure_ours(app, text, keys, every, home):
    now = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)
    services = Services(StoreWorker(home / "ncs.sqlite"), Background(), LayoutWorker(), lambda: now)
    window = MainWindow(services, Theme(app))
    ready = []
    window.ready.connect(lambda: ready.append(1))
    window.show()
    pump(app, lambda: ready)
    proposal = make_proposal(objectives=text)
    window.open_editor(Opened(proposal))
    editor = window.editor
    editor.tabs.setCurrentWidget(editor.preview)
    pump(app, lambda: editor.preview.layout_shown is not None)
    target = editor.findChild(QTextEdit, "field:objectives")
    editor.jump_to("objectives")
    cursor = target.textCursor()
    cursor.setPosition(len(text) // 2)
    target.setTextCursor(cursor)
    pump(app, lambda: False, 1.0)
    stalls = Typist(target, keys, every).run(app)
    pump(app, lambda: not editor.session.dirty, 10)
    window.close()
    return stalls


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--characters", type=int, default=50_000)
    parser.add_argument("--keys", type=int, default=600)
    parser.add_argument("--every", type=int, default=KEY_EVERY_MS, help="ms from key to key")
    options = parser.parse_args()
    keep_singletons_alive()
    app = QApplication([])
    text = long_text(options.characters)
    bare = figures("bare QTextEdit", measure_bare(app, text, options.keys, options.every))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NCS_DESKTOP_HOME"] = folder
        stalls = measure_ours(app, text, options.keys, options.every, Path(folder))
    ours = figures("section in the editor", stalls)
    print("ratio p99 {:.1f}, max {:.1f}".format(*(ours[k] / bare[k] for k in ("p99", "max"))))
    missed = [name for name, limit in LIMITS.items() if ours[name] > limit]
    raise SystemExit(f"over the limit: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
