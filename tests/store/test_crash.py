"""Killed writers and many writers: what was acknowledged is there."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal

PROJECT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from uuid import uuid4
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
with Store.open(Path(sys.argv[1])) as store:
    while True:
        proposal = replace(make_proposal(), id=str(uuid4()))
        store.save(proposal, NOW)
        print(proposal.id, flush=True)
"""


def killed(program, store_path, acknowledged):
    """Kill ``program`` after its first ``acknowledged`` lines, and return them."""
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(store_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        return [writer.stdout.readline().strip() for _ in range(acknowledged)]
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


@pytest.mark.parametrize("acknowledged", [1, 7, 23])
def test_a_killed_writer_loses_nothing_acknowledged(store_path, acknowledged):
    ids = killed(WRITER, store_path, acknowledged)
    assert all(ids)
    with Store.open(store_path) as store:
        assert set(ids) <= {line.id for line in store.summaries()}
    assert diagnose(store_path) == []


def test_many_writers_lose_nothing(store_path, numbered):
    Store.open(store_path).close()

    def write(writer):
        with Store.open(store_path) as store:
            for number in range(20):
                store.save(numbered(1000 * writer + number), NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with Store.open(store_path) as store:
        assert len(store.summaries()) == 80


def test_writers_of_one_proposal_keep_every_version(store_path, numbered):
    Store.open(store_path).close()

    def write(writer):
        with Store.open(store_path) as store:
            store.save(numbered(1, title=f"Cửa sổ {writer}"), NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(8)))
    with Store.open(store_path) as store:
        kept = [store.version(version.id).title for version in store.history(numbered(1).id)]
    assert sorted(kept) == [f"Cửa sổ {writer}" for writer in range(8)]


ATTACHER = """
import sys
from pathlib import Path
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
with Store.open(Path(sys.argv[1])) as store:
    proposal = make_proposal()
    store.save(proposal, NOW)
    for number in range(10_000):
        content = b"%PDF-" + bytes([number % 256]) * 300_000 + str(number).encode()
        print(store.attach(proposal.id, "attachment", f"{number}.pdf", content, NOW).sha256)
        sys.stdout.flush()
"""


@pytest.mark.parametrize("acknowledged", [1, 9])
def test_a_killed_writer_keeps_every_file_it_acknowledged(store_path, acknowledged):
    hashes = killed(ATTACHER, store_path, acknowledged)
    with Store.open(store_path) as store:
        kept = store.attachments(make_proposal().id)
        assert {item.sha256 for item in kept} >= set(hashes)
        assert all(len(store.content(item.sha256)) == item.size for item in kept)
    assert diagnose(store_path) == []
