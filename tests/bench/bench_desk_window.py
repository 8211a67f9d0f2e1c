"""How long the window stops answering while 1,000 bundles are brought in through it.

    QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_desk_window [NUMBER]

A person goes on using the window meanwhile: filters, walks down the lines, ranks, changes views.
Every turn of the event loop is timed; none may take over 50 ms. The processor time beside the
clock tells what is ours from what other programs of the machine took.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.catalog import Catalog
from ncs_desktop.ui.app import now
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.collect.page import CollectPage
from ncs_desktop.ui.immortal import keep_singletons_alive
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.theme import Theme
from ncs_desktop.work.bundling import make_bundle
from tests.factories import NOW
from tests.work.test_collect import task
from tests.work.test_desk import SENDER

CALL = "an-giang-2026"
USE_EVERY_MS = 40
LONGEST_MS = 50.0


def write_bundles(folder: Path, count: int) -> None:
    """Write ``count`` bundles of one phiếu each."""
    catalog = Catalog.load()
    folder.mkdir()
    for number in range(1, count + 1):
        made = make_bundle(catalog, [task(number)], CALL, SENDER, [], now=NOW, allow_errors="Đủ")
        (folder / f"bộ nộp {number:04}.zip").write_bytes(made.content)


class Person:
    """Uses the page while files come in: types into the filter, walks, ranks, changes views."""

    def __init__(self, page: CollectPage) -> None:
        self._page = page
        self._acts = itertools.cycle(self._round())
        self._timer = QTimer()
        self._timer.setInterval(USE_EVERY_MS)
        self._timer.timeout.connect(self._act)
        self._timer.start()

    def _act(self) -> None:
        next(self._acts)()

    def _round(self) -> list[Callable[[], object]]:
        page, none = self._page, Qt.KeyboardModifier.NoModifier
        acts: list[Callable[[], object]] = [partial(page.tabs.setCurrentWidget, page.table)]
        for text in ("so 1", "nhiem vu", "77", "khong co"):
            acts += [partial(QTest.keyClicks, page.filter, letter) for letter in text]
            acts += [partial(QTest.keyClick, page.filter, Qt.Key.Key_Backspace)] * len(text)
        for key, modifier, times in (
            (Qt.Key.Key_Down, none, 12),
            (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, 6),
            (Qt.Key.Key_PageDown, none, 4),
        ):
            acts += [partial(QTest.keyClick, page.table, key, modifier)] * times
        for view in (page.matrix, page.chart, page.files):
            acts += [partial(page.tabs.setCurrentWidget, view)] * 5
        return acts

    def stop(self) -> None:
        """Leave the window alone."""
        self._timer.stop()


class Beats(QObject):
    """Notes every time the event loop did not answer: a beat of 1 ms, and the gaps between."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[tuple[float, float, float]] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _beat(self) -> None:
        clock, cpu = time.perf_counter(), time.thread_time()
        before, cpu_before = self._last
        self.gaps.append(((clock - before) * 1000, (cpu - cpu_before) * 1000, clock))
        self._last = clock, cpu


def told(name: str, gaps: list[tuple[float, float, float]]) -> float:
    """Print the longest silences; return the longest one of the clock."""
    for kind, column in (("clock", 0), ("CPU", 1)):
        values = sorted((gap[column] for gap in gaps), reverse=True)
        over = sum(value > LONGEST_MS for value in values)
        p99 = values[len(values) // 100]
        longest = " ".join(f"{value:.0f}" for value in values[:6])
        print(f"  {name:10} {kind:5} p99 {p99:4.1f}  over 50 ms: {over}  longest {longest} ms")
    return max(gap[0] for gap in gaps)


def wait(app: QApplication, until: Callable[[], bool]) -> None:
    """Let the window work."""
    while not until():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def opened_page(app: QApplication, window: MainWindow) -> CollectPage:
    """Show the officer's page."""
    ready: list[bool] = []
    window.ready.connect(lambda: ready.append(True))
    window.resize(1280, 800)
    window.show()
    wait(app, lambda: bool(ready))
    window.show_page("collect")
    page = window.findChild(QWidget, "page:collect")
    wait(app, lambda: page.desk.data.call == CALL)
    return page


def measure(app: QApplication, page: CollectPage, folder: Path, name: str) -> float:
    """Bring ``folder`` in while the window is used; return the longest silence in ms."""
    person, beats = Person(page), Beats()
    ended: list[float] = []
    page.desk.imported.connect(lambda _imported: ended.append(time.perf_counter()))
    began = time.perf_counter()
    page.take_in([folder])
    wait(app, lambda: bool(ended))
    wait(app, lambda: time.perf_counter() - ended[0] > 3.0)
    person.stop()
    print(f"{name}: {ended[0] - began:.1f} s, {page.model.total_count} phiếu on the desk")
    longest = told("import", [gap for gap in beats.gaps if gap[2] < ended[0] - 0.5])
    return max(longest, told("its end", [gap for gap in beats.gaps if gap[2] >= ended[0] - 0.5]))


def main(count: int) -> None:
    """Bring ``count`` bundles in, and the same ones again."""
    keep_singletons_alive()
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "Hồ sơ đã nhận"
        write_bundles(folder, count)
        os.environ["NCS_DESKTOP_HOME"] = place
        services = Services(
            StoreWorker(Path(place) / "ncs.sqlite"), Background(), LayoutWorker(), now
        )
        window = MainWindow(services, Theme(app))
        page = opened_page(app, window)
        longest = measure(app, page, folder, f"{count} bundles")
        longest = max(longest, measure(app, page, folder, "the same again"))
        window.close()
    print(f"longest silence {longest:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
