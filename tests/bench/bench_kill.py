"""Kill -9 at random moments while the window is typed into; no word older than 5 s is missing.

Run by hand: ``python -m tests.bench.bench_kill [--kills 200]``. One store goes through all
kills, so every start is a restart after a kill. The running program types numbered words in turn
into two phiếu («a1 a2 …» and «b1 b2 …») and tells each word with its moment; after the kill the
store must hold, for each phiếu, its own words without a gap, up to 5 s before the kill at most.
"""

import argparse
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LONGEST_LOSS = 5.0
START_LIMIT = 60.0
WORD_EVERY_MS = 60
WORDS_IN_A_ROW = 70
IDS = {
    "a": "00000000-0000-4000-8000-00000000000a",
    "b": "00000000-0000-4000-8000-00000000000b",
}


# --- the program that is killed -------------------------------------------------------------


def run_typing(store):
    """Open the window on ``store`` and type until killed."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QTextEdit

    from ncs_desktop.ui.app import now
    from ncs_desktop.ui.background.layout import LayoutWorker
    from ncs_desktop.ui.background.threads import Background, StoreWorker
    from ncs_desktop.ui.immortal import keep_singletons_alive
    from ncs_desktop.ui.main_window import MainWindow
    from ncs_desktop.ui.services import Services
    from tests.bench.bench_typing import press

    keep_singletons_alive()
    app = QApplication([])
    services = Services(StoreWorker(store), Background(), LayoutWorker(), now)
    window = MainWindow(services)
    state = {"name": "b", "row": WORDS_IN_A_ROW, "field": None, "numbers": {"a": 0, "b": 0}}

    def opened(_opened):
        field = window.editor.findChild(QTextEdit, "field:objectives")
        field.moveCursor(field.textCursor().MoveOperation.End)
        words = field.toPlainText().split()
        state["numbers"][state["name"]] = int(words[-1][1:]) if words else 0
        state["field"] = field

    def step():
        if state["row"] >= WORDS_IN_A_ROW:
            state["name"] = "a" if state["name"] == "b" else "b"
            state["row"], state["field"] = 0, None
            window.show_page("proposals")
            window.desk.open(IDS[state["name"]])
        elif state["field"] is not None:
            name = state["name"]
            state["numbers"][name] += 1
            word = f"{name}{state['numbers'][name]}"
            for letter in f"{word} ":
                press(state["field"], letter)
            state["row"] += 1
            print("typed", word, time.monotonic(), flush=True)

    timer = QTimer()
    timer.setInterval(WORD_EVERY_MS)
    timer.timeout.connect(step)

    def begin():
        window.desk.opened.connect(opened)
        print("ready", flush=True)
        timer.start()

    window.ready.connect(begin)
    window.show()
    app.exec()


# --- the one that kills ---------------------------------------------------------------------


@dataclass
class Killed:
    """One run: what was typed before the kill, when, and how long the start took."""

    typed: list[tuple[str, float]]
    at: float
    start_seconds: float


def kill_once(store, words):
    """Start the program, let it type ``words`` words, kill it."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "NCS_DESKTOP_HOME": str(store.parent),
    }
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.bench_kill", "--type-into", str(store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    lines = queue.Queue()
    reader = threading.Thread(target=_read, args=(process.stdout, lines))
    reader.start()
    ready, typed = None, []
    try:
        while len(typed) < words:
            line = lines.get(timeout=START_LIMIT)
            if line is None:
                raise SystemExit("the program ended by itself: " + process.stderr.read())
            word, _, rest = line.strip().partition(" ")
            if word == "ready":
                ready = time.monotonic() - began
            elif word == "typed":
                name, _, at = rest.partition(" ")
                typed.append((name, float(at)))
    finally:
        process.kill()
        at = time.monotonic()
        process.wait()
        reader.join()
        process.stdout.close()
        process.stderr.close()
    while not lines.empty():
        if (line := lines.get()) and line.startswith("typed"):
            _, name, moment = line.split()
            typed.append((name, float(moment)))
    return Killed(typed, at, ready)


def _read(stream, lines):
    for line in stream:
        lines.put(line)
    lines.put(None)


def prepare(store):
    """Make a store with the two phiếu."""
    from dataclasses import replace

    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.app import now
    from tests.factories import make_proposal

    with Store.open(store) as opened:
        for proposal_id in IDS.values():
            opened.save(replace(make_proposal(objectives=""), id=proposal_id), now())


def stored_words(store):
    """Return the words of each phiếu, straight from the store."""
    from ncs_desktop.store.store import Store

    with Store.open(store) as opened:
        texts = {name: opened.load(key).blocks("objectives") for name, key in IDS.items()}
    return {
        name: "\n".join("".join(run.text for run in block.runs) for block in blocks).split()
        for name, blocks in texts.items()
    }


def examine(words, killed):
    """Return what is wrong, and the greatest age (s) of a word that is missing."""
    wrong, loss = [], 0.0
    for name, found in words.items():
        expected = [f"{name}{number}" for number in range(1, len(found) + 1)]
        whole = found[:-1] == expected[:-1] and (not found or expected[-1].startswith(found[-1]))
        if not whole:
            wrong.append(f"{name}: {' '.join(found[-6:])}")
    for word, at in killed.typed:
        if word not in words[word[0]]:
            loss = max(loss, killed.at - at)
    if loss > LONGEST_LOSS:
        wrong.append(f"{loss:.1f} s of typing missing")
    return wrong, loss


def run_kills(store, kills, seed=1322):
    """Kill ``kills`` times at random moments; return what was wrong and the losses (s)."""
    chance = random.Random(seed)
    prepare(store)
    wrong, losses, starts = [], [], []
    for number in range(1, kills + 1):
        killed = kill_once(store, chance.randint(1, 120))
        found, loss = examine(stored_words(store), killed)
        wrong += [f"kill {number}: {text}" for text in found]
        losses.append(loss)
        starts.append(killed.start_seconds)
        if number % 20 == 0:
            print(
                f"{number} kills, greatest loss {max(losses):.2f} s, wrong {len(wrong)}", flush=True
            )
    return wrong, losses, starts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1322)
    parser.add_argument("--type-into", type=Path)
    options = parser.parse_args()
    if options.type_into is not None:
        run_typing(options.type_into)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "Hồ sơ Nguyễn Ánh"
        home.mkdir()
        wrong, losses, starts = run_kills(home / "ncs.sqlite", options.kills, options.seed)
    print(
        f"{len(losses)} kills: greatest loss {max(losses):.2f} s,"
        f" mean {sum(losses) / len(losses):.2f} s,"
        f" slowest restart {max(starts):.1f} s"
    )
    raise SystemExit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
