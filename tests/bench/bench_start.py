"""Start of the window against an empty PySide6 window, in turns within one run.

    xvfb-run -a env PYTHONPATH=.:tests/bench python tests/bench/bench_start.py

Bytecode is compiled first: without it SQLAlchemy's import alone takes four times as long. Goals:
window painted at most 2 times, a list of 1,000 phiếu painted and usable at most 3.5 times the empty
window.
"""

import compileall
import os
import re
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from phieu import proposal

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.store.store import Store

RUNS = 9
EMPTY = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QApplication.instance().quit()
application = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
born = float(open("/proc/self/stat").read().split()[21]) / 100
print("first-paint", round(1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - born)))
"""


def environment(home):
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NCS_DESKTOP_HOME": str(home)}


def figures(command, home):
    done = subprocess.run(
        command, env=environment(home), capture_output=True, text=True, check=True
    )
    return {name: float(ms) for name, ms in re.findall(r"(\S+) (\d+)", done.stdout)}


def fill(home, count):
    with Store.open(home / "ncs.sqlite") as store:
        many = [proposal(1, number) for number in range(1, count + 1)]
        store.take_in(many, datetime(2026, 1, 5, 9, 0, tzinfo=VIETNAM))


def measure(home, count):
    empty, painted, ready = [], [], []
    ours = [sys.executable, "-m", "ncs_desktop", "--quit-when-ready"]
    for run in range(RUNS + 1):
        first = figures([sys.executable, "-c", EMPTY], home)["first-paint"]
        found = figures(ours, home)
        if run:
            empty.append(first)
            painted.append(found["first-paint"])
            ready.append(found["ready"])
    print(f"{count} phiếu: empty window {statistics.median(empty):.0f} ms")
    for name, found in (("painted", painted), ("list usable", ready)):
        times = statistics.median(map(div, found, empty))
        print(f"  {name} {statistics.median(found):.0f} ms, {times:.2f} times")


def div(left, right):
    return left / right


if __name__ == "__main__":
    compileall.compile_dir(Path(__file__).parents[2] / "ncs_desktop", quiet=1)
    for size in (0, 1_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            if size:
                fill(Path(folder), size)
            measure(Path(folder), size)
