"""How fast the officer's page is: filter per key, scroll, sort, rank; 10,000 and 100,000 lines.

    QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_table [NUMBER ...]

The real page with everything on it, but no store behind its lines. Every key and every scroll step
is measured in rounds of the event loop, from the event through the painting; the longest round is
the stall, and its 99th percentile has to stay within 16 ms. «Until shown» is the whole time from a
key to the lines it leaves, with their sums. Memory is the growth of the process by lines and view.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.domain.desk import DeskEntry, Order, totals, totals_by_kind
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import fold
from ncs_desktop.ui.app import now
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.collect.cell_texts import CHECK, TITLE, TOTAL
from ncs_desktop.ui.collect.data import DeskData, in_order
from ncs_desktop.ui.collect.page import CollectPage
from ncs_desktop.ui.immortal import keep_singletons_alive
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.theme import Theme
from tests.factories import NOW
from tests.ui.conftest import type_text

_PLACES = ("Long Xuyên", "Rạch Giá", "Châu Đốc", "Hà Tiên", "Tân Châu", "Phú Quốc", "Chợ Mới")
_THINGS = ("lúa gạo", "cá tra", "xoài", "mía đường", "gỗ", "cơ khí", "dệt may", "du lịch", "tôm")
_TEXTS = ("lúa gạo phú quốc", "ca tra 77", "cơ khí", "khong co gi nhu the", "xoai ha tien 9")


def entry(number: int) -> DeskEntry:
    """Return one line of the table; the same every time."""
    thing, place = _THINGS[number % 9], _PLACES[number % 7]
    title = f"Xây dựng mô hình điểm áp dụng ISO 9001 và Lean cho ngành {thing} tại {place} {number}"
    name = f"Công ty Cổ phần {thing.title()} {place} số {number % 977}"
    total = 10**6 * (1000 + number % 4000)
    return DeskEntry(
        f"{number:08d}-0000-4000-8000-000000000000",
        "an-giang-2026",
        title,
        name,
        name,
        ("policy", "training", "pilot_model")[number % 3],
        Budget(total, total * 6 // 10, total - total * 6 // 10),
        received_at=NOW,
        findings={"F06": Points(errors=1)} if number % 4 == 0 else {},
        search=fold(f"{title}\n{name}"),
    )


def resident_mb() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def stall(action: Callable[[], object], busy: Callable[[], bool]) -> tuple[float, float, float]:
    """Return the longest round of the event loop after ``action`` by clock and of CPU, and the
    whole time until nothing is ``busy`` and everything is painted; in milliseconds."""
    rounds: list[tuple[float, float]] = []
    began = start = time.perf_counter()
    cpu = time.process_time()
    action()
    still = 0
    while still < 2:
        still = 0 if busy() else still + 1
        QApplication.processEvents()
        end, end_cpu = time.perf_counter(), time.process_time()
        rounds.append(((end - start) * 1000, (end_cpu - cpu) * 1000))
        start, cpu = end, end_cpu
    clock, used = (max(values) for values in zip(*rounds, strict=True))
    return clock, used, (start - began) * 1000


def told(name: str, times: list[tuple[float, float, float]]) -> None:
    """Print median, 99th percentile and maximum; other work of the machine is in the clock."""
    kinds = ("stall, clock", "stall, CPU", "until shown")
    for kind, values in zip(kinds, zip(*times, strict=True), strict=True):
        p99 = statistics.quantiles(values, n=100)[98]
        middle, most = statistics.median(values), max(values)
        print(f"  {name:18} {kind:12} median {middle:5.1f}  p99 {p99:5.1f}  max {most:5.1f} ms")


def desk_of(count: int) -> DeskData:
    """Return a desk of ``count`` lines, as the store's thread makes it."""
    entries = [entry(number) for number in range(count)]
    made = time.perf_counter()
    lines = in_order(entries, [], Order.DEPARTMENT)
    data = DeskData(
        "an-giang-2026",
        Order.DEPARTMENT,
        lines,
        totals(entries),
        totals_by_kind(entries),
    )
    print(f"{count} lines: added up in {time.perf_counter() - made:.2f} s (store's thread)")
    return data


def measure(page: CollectPage, count: int) -> None:
    """Measure a table of ``count`` lines."""
    model, table, line = page.model, page.table, page.filter
    before = resident_mb()
    data = desk_of(count)
    page.desk.data = data
    busy = lambda: model.filtering  # noqa: E731
    shown = stall(partial(page.desk.loaded.emit, data), busy)
    print(f"  shown: stall {shown[0]:.1f} ms, memory +{resident_mb() - before:.0f} MB")
    keys = []
    for _ in range(3):
        for text in _TEXTS:
            keys += [stall(partial(type_text, line, letter), busy) for letter in text]
            back = partial(QTest.keyClick, line, Qt.Key.Key_Backspace)
            keys += [stall(back, busy) for _letter in text]
    told("key in the filter", keys)
    page.tabs.setCurrentWidget(table)
    bar = table.verticalScrollBar()
    step = max(bar.maximum() // 300, 1)
    scrolls = [stall(partial(bar.setValue, at * step), busy) for at in range(300)]
    scrolls += [stall(partial(bar.setValue, at), busy) for at in range(300)]
    told("scroll", scrolls)
    header = table.horizontalHeader()
    for column in (TITLE, TOTAL, CHECK):
        for way in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            told("sort", [stall(partial(header.setSortIndicator, column, way), busy)] * 2)
    line.clear()
    typed = [stall(partial(type_text, line, letter), busy) for letter in _TEXTS[0]]
    told("key while sorted", typed)
    again = stall(partial(page.desk.loaded.emit, data), busy)
    print(f"  shown anew, sorted: stall {again[0]:.1f} ms, of CPU {again[1]:.1f} ms")
    fewer = replace(data, lines=in_order(data.lines.entries[1:], [], Order.DEPARTMENT))
    again = stall(partial(page.desk.loaded.emit, fewer), busy)
    print(f"  one line fewer, sorted: stall {again[0]:.1f} ms, of CPU {again[1]:.1f} ms")
    line.clear()
    table.sort_as_ranked()
    model.finish()
    table.selectRow(count // 2)
    told("rank by one place", [stall(partial(page.ranking._step, -1), busy) for _ in range(300)])


def opened_page(window: MainWindow) -> CollectPage:
    """Show the officer's page and wait for its (empty) desk; it reads no details of its lines."""
    window.resize(1280, 800)
    readies: list[bool] = []
    window.ready.connect(lambda: readies.append(True))
    window.show()
    while not readies:
        QApplication.processEvents()
    window.show_page("collect")
    page = window.findChild(QWidget, "page:collect")
    while not page.desk.data.call:
        QApplication.processEvents()
    page._soon.setInterval(10**8)
    page.desk.place = lambda *_move: None
    return page


def main(counts: list[int]) -> None:
    """Measure each number of lines."""
    keep_singletons_alive()
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        os.environ["NCS_DESKTOP_HOME"] = home
        store = StoreWorker(Path(home) / "ncs.sqlite")
        services = Services(store, Background(), LayoutWorker(), now)
        window = MainWindow(services, Theme(app))
        page = opened_page(window)
        for count in counts:
            measure(page, count)
        window.close()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
