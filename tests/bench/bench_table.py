"""How fast the officer's table is: filter per key, scroll, rank, show; 10,000 and 100,000 lines.

    QT_QPA_PLATFORM=offscreen python tests/bench/bench_table.py [NUMBER ...]

Every key and every scroll step is measured from the event to the finished painting; the 99th
percentile of each has to stay within 16 ms. Memory is the growth of the process by model and view.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ncs_desktop.domain.desk import DeskEntry, Order, check_matrix, totals, totals_by_kind
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import fold
from ncs_desktop.ui.collect.data import DeskData, in_order
from ncs_desktop.ui.collect.model import DeskModel, Words
from ncs_desktop.ui.collect.table import DeskTable
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
        findings={"F06": Severity.ERROR} if number % 4 == 0 else {},
        search=fold(f"{title}\n{name}"),
    )


def resident_mb() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds of ``action`` and of the painting it causes, by clock and of CPU."""
    start, cpu = time.perf_counter(), time.process_time()
    action()
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000


def told(name: str, times: list[tuple[float, float]]) -> None:
    """Print median, 99th percentile and maximum; other work of the machine is in the clock."""
    for kind, values in zip(("clock", "CPU"), zip(*times, strict=True), strict=True):
        p99 = statistics.quantiles(values, n=100)[98]
        middle, most = statistics.median(values), max(values)
        print(f"  {name:18} {kind:5} median {middle:5.1f}  p99 {p99:5.1f}  max {most:5.1f} ms")


def measure(count: int) -> None:
    """Measure a table of ``count`` lines."""
    before = resident_mb()
    start = time.perf_counter()
    entries = [entry(number) for number in range(count)]
    made = time.perf_counter()
    lines = in_order(entries, [], Order.DEPARTMENT)
    data = DeskData(
        "an-giang-2026",
        Order.DEPARTMENT,
        lines,
        totals(entries),
        totals_by_kind(entries),
        check_matrix(entries),
        entries,
    )
    read = time.perf_counter()
    model = DeskModel()
    table = DeskTable(model)
    window = QWidget()
    column = QVBoxLayout(window)
    line = QLineEdit()
    line.textChanged.connect(model.filter_by)
    column.addWidget(line)
    column.addWidget(table)
    window.resize(1280, 800)
    window.show()
    shown, _cpu = timed(lambda: model.show_data(data, Words()))
    print(
        f"{count} lines: made {made - start:.2f} s, added up {read - made:.2f} s (store's thread),"
    )
    print(f"  shown in {shown:.1f} ms, memory +{resident_mb() - before:.0f} MB")
    keys: list[tuple[float, float]] = []
    for _ in range(3):
        for text in _TEXTS:
            for letter in text:
                keys.append(timed(partial(type_text, line, letter)))
            for _letter in text:
                keys.append(timed(lambda: QTest.keyClick(line, Qt.Key.Key_Backspace)))
    told("key in the filter", keys)
    bar = table.verticalScrollBar()
    step = max(bar.maximum() // 300, 1)
    scrolls = [timed(partial(bar.setValue, at * step)) for at in range(300)]
    scrolls += [timed(partial(bar.setValue, at)) for at in range(300)]
    told("scroll", scrolls)
    table.setCurrentIndex(model.index(count // 2, 0))
    rows = range(count // 2, count // 2 - 300, -1)
    moves = [timed(partial(model.move, row, row - 1)) for row in rows]
    told("rank by one place", moves)
    window.close()


def main(counts: list[int]) -> None:
    """Measure each number of lines."""
    app = QApplication(sys.argv[:1])
    Theme(app)
    for count in counts:
        measure(count)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
