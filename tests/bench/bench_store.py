"""How fast the store is: import, open, save, list 10,000, check, back up. Run by hand:

    python tests/bench/bench_store.py [NUMBER]

Every figure is the median of several runs in this process; imports run in fresh processes with
compiled bytecode.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ncs_desktop.store.backup import backup
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal

_TITLE = "Xây dựng mô hình điểm số {} áp dụng ISO 9001:2015 và công cụ Lean tại doanh nghiệp"
_PARAGRAPH = "- Khảo sát hiện trạng năng suất chất lượng tại các doanh nghiệp trong tỉnh.\n"


def median_ms(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of ``action`` in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def import_ms(module: str) -> float:
    """Return the median time of importing ``module`` in a fresh process."""
    script = (
        f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    )
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times = [
            float(subprocess.check_output([sys.executable, "-c", script], env=environment))
            for _ in range(6)
        ]
    return statistics.median(times[1:]) * 1000


def main(number: int) -> None:
    """Measure a store of ``number`` proposals and print the figures."""
    for module in ("sqlite3", "sqlalchemy", "ncs_desktop.store.lock", "ncs_desktop.store.store"):
        print(f"import {module:<36}{import_ms(module):9.1f} ms")
    folder = Path(tempfile.mkdtemp())
    try:
        measure(folder / "Hồ sơ" / "ncs.sqlite", number)
    finally:
        shutil.rmtree(folder)


def measure(path: Path, number: int) -> None:
    """Fill the store at ``path`` and time what a person waits for."""
    sample = make_proposal(contents=_PARAGRAPH * 60, urgency=_PARAGRAPH * 30)
    with Store.open(path) as store:
        start = time.perf_counter()
        for index in range(number):
            proposal = replace(sample, id=str(UUID(int=index)))
            store.save(proposal.with_value("title", _TITLE.format(index)), NOW)
        show("save a new proposal, each", (time.perf_counter() - start) / number * 1000)
        moving = iter(range(10**6))
        show(
            "autosave of the same proposal",
            median_ms(
                lambda: store.save(sample.with_value("title", f"Tên {next(moving)}"), NOW), 200
            ),
        )
        show("load one", median_ms(lambda: store.load(str(UUID(int=number // 2))), 50))
    show("open", median_ms(lambda: Store.open(path).close(), 20))
    with Store.open(path) as store:
        show(f"list {number}", median_ms(store.summaries, 9))
        show("find by title", median_ms(lambda: store.find(_TITLE.format(number - 1))))
    show("doctor", median_ms(lambda: diagnose(path), 1))
    target = path.with_name("kho.ncsbackup")
    show("backup, checked", median_ms(lambda: backup(path, target, NOW), 1))
    print(
        f"store {path.stat().st_size / 2**20:.1f} MB, backup {target.stat().st_size / 2**20:.1f} MB"
    )


def show(label: str, milliseconds: float) -> None:
    """Print one figure."""
    print(f"{label:<43}{milliseconds:9.2f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
