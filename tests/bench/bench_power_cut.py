"""Cut the power a thousand times: is every acknowledged save there? Run by hand, needs strace:

    python tests/bench/bench_power_cut.py [CUTS]

The system calls of a saving program are recorded once. A cut stops the replay at a random call and
keeps of what was not synced yet a random part, torn at sectors. The same is done with
``synchronous=OFF``, which must lose something, else the simulation would prove nothing.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal

PROJECT = Path(__file__).resolve().parents[2]
_TRACED = "trace=pwrite64,ftruncate,fsync,fdatasync,write"
_SECTOR = 512
_SAVES = 60
_WRITER = """
import os, sys
from datetime import timedelta
from pathlib import Path
from ncs_desktop.store import connection
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
if sys.argv[2] == "OFF":
    connection._MODES = tuple(
        ("synchronous", "OFF", 0) if mode[0] == "synchronous" else mode
        for mode in connection._MODES
    )
with Store.open(Path(sys.argv[1])) as store:
    for number in range(1, int(sys.argv[3])):
        proposal = make_proposal(plan_year=number, urgency="x" * (number % 7) * 3000)
        store.save(proposal, NOW + timedelta(minutes=4 * number))
        os.write(1, b"ACK %d\\n" % number)
"""
_CALL = re.compile(
    r"(?P<name>pwrite64|ftruncate|fsync|fdatasync|write)\(\d+<(?P<path>[^>]*)>"
    r'(?:, "(?P<data>(?:\\x[0-9a-f]{2})*)")?(?:, (?P<first>\d+))?(?:, (?P<second>\d+))?\) += \d'
)


@dataclass
class Call:
    """One recorded call: a write, a truncation, a sync, or the acknowledgement of a save."""

    kind: str
    path: str = ""
    data: bytes = b""
    offset: int = 0


@dataclass
class Disk:
    """What the disk holds for sure, and what it was told but not yet asked to sync."""

    durable: dict[str, bytes]
    pending: dict[str, list[Call]] = field(default_factory=dict)

    def run(self, call: Call) -> None:
        """Take one call."""
        if call.kind == "sync":
            for waiting in self.pending.pop(call.path, []):
                self.durable[call.path] = applied(self.durable[call.path], waiting)
        elif call.path in self.durable:
            self.pending.setdefault(call.path, []).append(call)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files after a power cut."""
        found = dict(self.durable)
        for path, calls in self.pending.items():
            for call in calls:
                fate = chance.random()
                if fate < 0.4:
                    found[path] = applied(found[path], call)
                elif fate < 0.6 and call.kind == "write":
                    sectors = chance.randrange(len(call.data) // _SECTOR + 1)
                    torn = Call("write", path, call.data[: sectors * _SECTOR], call.offset)
                    found[path] = applied(found[path], torn)
        return found


def applied(content: bytes, call: Call) -> bytes:
    """Return a file's content after a write or a truncation."""
    if call.kind == "truncate":
        return content[: call.offset].ljust(call.offset, b"\0")
    end = call.offset + len(call.data)
    return content[: call.offset].ljust(call.offset, b"\0") + call.data + content[end:]


def record(store: Path, mode: str) -> list[Call]:
    """Save again and again under strace; return what reached the system, in order."""
    trace = store.with_name("trace.txt")
    subprocess.run(
        [
            *("strace", "-f", "-y", "-xx", "-s", "200000", "-o", str(trace), "-e", _TRACED),
            *(sys.executable, "-c", _WRITER, str(store), mode, str(_SAVES)),
        ],
        cwd=PROJECT,
        check=True,
        stdout=subprocess.PIPE,
    )
    calls = []
    for line in trace.read_text(encoding="ascii").splitlines():
        found = _CALL.search(line)
        if found:
            calls.append(_read_call(found))
    return calls


def _read_call(found: re.Match[str]) -> Call:
    name, path = found["name"], Path(bytes.fromhex(found["path"].replace("\\x", "")).decode()).name
    data = bytes.fromhex((found["data"] or "").replace("\\x", ""))
    if name == "pwrite64":
        return Call("write", path, data, int(found["second"]))
    if name == "ftruncate":
        return Call("truncate", path, offset=int(found["first"]))
    if name == "write":
        return Call("ack", "", data)
    return Call("sync", path)


def try_cuts(mode: str, cuts: int) -> tuple[int, int]:
    """Return how many cuts lost an acknowledged save and how many left a damaged store."""
    chance, lost, damaged = random.Random(1322), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "ncs.sqlite"
        with Store.open(store) as made:
            made.save(make_proposal(plan_year=0), NOW)
        start = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        calls = record(store, mode)
        for number in range(cuts):
            disk, acknowledged = Disk(dict(start)), 0
            for call in calls[: chance.randrange(len(calls))]:
                disk.run(call)
                if call.kind == "ack" and call.data.startswith(b"ACK"):
                    acknowledged = int(call.data.split()[1])
            after = Path(folder) / f"cut-{number}"
            after.mkdir()
            for name, content in disk.cut(chance).items():
                (after / name).write_bytes(content)
            kept, sound = examine(after / "ncs.sqlite")
            lost += not acknowledged <= kept <= acknowledged + 1
            damaged += not sound
            shutil.rmtree(after)
    return lost, damaged


def examine(store: Path) -> tuple[int, bool]:
    """Return the number of the save found in a store after a cut, and whether it is sound."""
    try:
        with Store.open(store) as opened:
            found = opened.load(make_proposal().id).plan_year
        return found if found is not None else -1, diagnose(store) == []
    except NcsError:
        return -1, False


def main(cuts: int) -> None:
    """Run both modes and print what was lost."""
    for mode in ("EXTRA", "OFF"):
        lost, damaged = try_cuts(mode, cuts)
        print(f"synchronous={mode:<6} {cuts} cuts: {lost} lost a save, {damaged} left damage")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
