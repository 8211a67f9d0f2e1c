"""The first look shows exactly the store's own list, or nothing at all."""

import sqlite3
import subprocess
import sys
import uuid
from dataclasses import replace

from ncs_desktop.store.glance import glance
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal


def _filled(path):
    with Store.open(path) as store:
        for title in ("Một", "Hai", "Ba"):
            store.save(replace(make_proposal(title=title), id=str(uuid.uuid4())), NOW)
        store.trash(store.summaries()[0].id, NOW)
        return store.summaries()


def test_it_is_the_list_of_the_store(tmp_path):
    path = tmp_path / "Hồ sơ %20 Ánh" / "ncs.sqlite"
    listed = _filled(path)
    assert len(listed) == 2
    assert sorted(glance(path)) == sorted(listed)


def test_anything_unusual_is_left_to_the_full_opening(tmp_path):
    path = tmp_path / "ncs.sqlite"
    assert glance(path) is None
    path.write_bytes(b"no database at all" * 100)
    assert glance(path) is None
    path.unlink()
    _filled(path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()
    assert glance(path) is None


def test_it_loads_nothing_heavy():
    probe = "import sys, ncs_desktop.store.glance; print('sqlalchemy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
