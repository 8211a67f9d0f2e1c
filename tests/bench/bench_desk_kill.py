"""Kill an import to the desk at random moments; run again; nothing may be lost or doubled.

Run by hand: ``python -m tests.bench.bench_desk_kill [KILLS]``. With an argument of its own it is
the import that is killed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.desk import Act
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from ncs_desktop.work.desk_import import bring_in, files_to_bring
from tests.factories import NOW, make_proposal

CALL, FILES = "an-giang-2026", 120


def bring(store_path: Path, folder: Path) -> None:
    """Bring everything in ``folder`` to the desk, a line for each file."""
    with Store.open(store_path) as store:
        act = Act("A", NOW)
        for _ in bring_in(Catalog.load(), store, files_to_bring([folder]), CALL, act):
            print(".", flush=True)


def kill_once(folder: Path, store_path: Path, after: float) -> int:
    """Start an import, kill it ``after`` seconds; return how many files it had told of."""
    command = [sys.executable, "-m", "tests.bench.bench_desk_kill", str(store_path), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        running.stdout.readline()
        try:
            running.wait(after)
        except subprocess.TimeoutExpired:
            running.kill()
        return 1 + running.stdout.read().count(b".")


def main(kills: int) -> None:
    """Kill and go on, beginning anew whenever everything is in."""
    chooser = random.Random(1322)
    with tempfile.TemporaryDirectory() as place:
        folder, lost, done, number = Path(place) / "in", 0, 0, 0
        folder.mkdir()
        for index in range(1, FILES + 1):
            one = replace(make_proposal(title=f"Nhiệm vụ {index}"), id=str(UUID(int=index)))
            (folder / f"{index:03}.json").write_bytes(write_proposal(one))
        while done < kills:
            number += 1
            path = Path(place) / f"{number}" / "ncs.sqlite"
            inside = 0
            while inside < FILES and done < kills:
                kill_once(folder, path, chooser.uniform(0, 0.4))
                done += 1
                with Store.open(path) as store:
                    now = len(store.desk.receipts(CALL))
                    same = now == len(store.desk.entries(CALL)) == len(store.desk.trail())
                lost += now < inside or not same or bool(diagnose(path))
                inside = now
            bring(path, folder)
            with Store.open(path) as store:
                lost += len(store.desk.entries(CALL)) != FILES
        print(f"\n{done} kills, {number} stores, {lost} lost, doubled or damaged")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        bring(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
