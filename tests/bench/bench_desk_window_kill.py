"""Kill -9 the window at random moments of an import begun in it; start again; nothing is missing.

Run by hand: ``QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_desk_window_kill``.
The program that is killed is the real window with its processes: it opens the officer's page, takes
the folder in and ranks a line now and then. After every kill the store must be sound, hold what was
in before and every file the window had told of, nothing twice; whenever everything is in, the same
folder once more must bring nothing new, and a fresh store is begun.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store

CALL, FILES = "an-giang-2026", 200
START_LIMIT_S = 60.0
LONGEST_S = 2.5
"""How long after the import began the kill comes at the latest."""


# --- the program that is killed -------------------------------------------------------------


def run_window(store: Path, folder: Path) -> None:
    """Open the window, take ``folder`` in and rank lines, telling every file, until killed."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ncs_desktop.ui.app import now
    from ncs_desktop.ui.background.layout import LayoutWorker
    from ncs_desktop.ui.background.threads import Background, StoreWorker
    from ncs_desktop.ui.immortal import keep_singletons_alive
    from ncs_desktop.ui.main_window import MainWindow
    from ncs_desktop.ui.services import Services
    from tests.bench.bench_desk_window import opened_page

    keep_singletons_alive()
    app = QApplication([])
    window = MainWindow(Services(StoreWorker(store), Background(), LayoutWorker(), now))
    page = opened_page(app, window)
    page.desk.progressed.connect(
        lambda progress: [print("file", line.name, flush=True) for line in progress.items]
    )
    page.desk.imported.connect(lambda _imported: print("end", flush=True))

    def rank() -> None:
        if page.model.rowCount() > 1:
            page.table.selectRow(page.model.rowCount() - 1)
            QTest.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    timer = QTimer()
    timer.setInterval(150)
    timer.timeout.connect(rank)
    timer.start()
    page.take_in([folder])
    print("begun", flush=True)
    app.exec()


# --- the one that kills ---------------------------------------------------------------------


def kill_once(store: Path, folder: Path, after: float | None) -> tuple[set[str], bool]:
    """Start the window and kill it ``after`` seconds of import (None: at its end).

    Return the names of the files it had told of, and whether the import had come to its end.
    """
    environment = {**os.environ, "NCS_DESKTOP_HOME": str(store.parent)}
    command = [sys.executable, "-m", "tests.bench.bench_desk_window_kill"]
    command += ["--import-into", str(store), "--folder", str(folder)]
    output = store.parent / "output"
    with output.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL, env=environment)
        try:
            _wait_for("begun", output, process)
            if after is None:
                _wait_for("end", output, process)
            else:
                time.sleep(after)
        finally:
            process.kill()
            process.wait()
    _wait_for_jobs(store)
    lines = output.read_text(encoding="utf-8").splitlines()
    return {line[5:] for line in lines if line.startswith("file ")}, "end" in lines


def _wait_for(word: str, output: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_LIMIT_S
    while word not in output.read_text(encoding="utf-8", errors="replace").split():
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"the window never told «{word}»")
        time.sleep(0.01)


def _wait_for_jobs(store: Path) -> None:
    """Wait until the import, which sees its window gone, has ended too."""
    end = time.monotonic() + 10
    while (holder := _holder(store)) and time.monotonic() < end:
        time.sleep(0.05)
    if holder:
        raise SystemExit(f"a process of the killed window lives on: {holder}")


def _holder(store: Path) -> str:
    """Return the command of another process that has ``store`` open, or "" (Linux)."""
    for handle in Path("/proc").glob("[0-9]*/fd/*"):
        process = handle.parents[1]
        try:
            if process.name != str(os.getpid()) and handle.readlink() == store:
                return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return ""


def examine(path: Path, told: set[str], before: int) -> tuple[int, list[str]]:
    """Return how many files are in, and what is wrong with the store."""
    wrong = [f"damaged: {problem}" for problem in diagnose(path)]
    with Store.open(path) as store:
        names = [receipt.name for receipt in store.desk.receipts(CALL)]
        entries = [entry.proposal_id for entry in store.desk.entries(CALL)]
        received = [row for row in store.desk.trail(CALL) if row.action == "received"]
    if max(Counter(names).values(), default=1) > 1 or len(entries) != len(set(entries)):
        wrong.append("doubled")
    if not len(names) == len(entries) == len(received):
        wrong.append(f"{len(names)} receipts, {len(entries)} phiếu, {len(received)} acts")
    if len(names) < before or not told <= set(names):
        wrong.append(f"lost: {before - len(names)}, told of {sorted(told - set(names))[:3]}")
    return len(names), wrong


def main(kills: int, seed: int) -> None:
    """Kill and go on, beginning anew whenever everything is in."""
    from tests.bench.bench_desk_window import write_bundles

    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "Hồ sơ đã nhận"
        write_bundles(folder, FILES)
        wrong: list[str] = []
        done = stores = during = 0
        while done < kills:
            stores += 1
            path = Path(place) / f"Kho {stores}" / "ncs.sqlite"
            path.parent.mkdir()
            inside = 0
            while inside < FILES and done < kills:
                told, ended = kill_once(path, folder, chance.uniform(0, LONGEST_S))
                done += 1
                during += not ended
                inside, found = examine(path, told, inside)
                wrong += [f"kill {done}: {text}" for text in found]
                if done % 10 == 0:
                    print(f"{done} kills, {inside}/{FILES} in, wrong: {len(wrong)}", flush=True)
            kill_once(path, folder, None)
            inside, found = examine(path, set(), inside)
            wrong += [f"store {stores}: {text}" for text in found]
            wrong += [f"store {stores}: {inside} of {FILES}"] if inside != FILES else []
    print(f"{done} kills ({during} during the import), {stores} stores, {len(wrong)} wrong")
    raise SystemExit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1322)
    parser.add_argument("--import-into", type=Path)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.import_into is not None:
        run_window(options.import_into, options.folder)
    else:
        main(options.kills, options.seed)
