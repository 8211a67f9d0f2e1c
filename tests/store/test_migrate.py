import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.store import migrate
from ncs_desktop.store.connection import connect, read_header
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.migrate import bring_up_to_date, read_migration, shipped
from ncs_desktop.store.schema import TABLES, make_engine
from ncs_desktop.store.store import Store
from tests.factories import make_proposal

FIXTURES = Path(__file__).parent / "fixtures"
NEXT = """
-- A step as a later release could ship it.
-- rewrites: settings
CREATE TABLE inputs (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    name TEXT NOT NULL
) STRICT;
CREATE TABLE settings_new (key TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT;
INSERT INTO settings_new SELECT key, body FROM settings;
DROP TABLE settings;
ALTER TABLE settings_new RENAME TO settings;
"""


class Crash(BaseException):
    """The power goes."""


class Failing:
    """A connection that dies for good before statement number ``left``."""

    def __init__(self, real, left):
        self._real, self._left = real, left

    def execute(self, *arguments):
        if self._left <= 0:
            raise Crash
        self._left -= 1
        return self._real.execute(*arguments)

    def __getattr__(self, name):
        return getattr(self._real, name)


@pytest.fixture
def two_steps():
    return (*shipped(), read_migration(len(shipped()) + 1, NEXT))


def content(path):
    connection = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
            )
        ]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    finally:
        connection.close()


def crash_everywhere(path, migrations, monkeypatch):
    """Bring ``path`` up to date with a crash before each statement; yield after each crash."""
    for left in range(1000):
        connections = []

        def failing(target, left=left, connections=connections):
            connections.append(Failing(connect(target), left))
            return connections[-1]

        monkeypatch.setattr(migrate, "connect", failing)
        try:
            bring_up_to_date(path, migrations)
        except Crash:
            yield left
        else:
            return
        finally:
            for connection in connections:
                connection.close()
    raise AssertionError("never finished")


def test_tables_of_the_code_are_tables_of_the_store(store_path):
    Store.open(store_path).close()
    engine = make_engine(store_path)
    found = inspect(engine)
    names = {name for name in found.get_table_names() if not name.startswith("sqlite_")}
    assert names == {table.name for table in TABLES}
    for table in TABLES:
        columns = found.get_columns(table.name)
        assert [(column["name"], column["nullable"]) for column in columns] == [
            (column.name, column.nullable) for column in table.columns
        ]
        assert found.get_pk_constraint(table.name)["constrained_columns"] == [
            column.name for column in table.primary_key
        ]
    engine.dispose()


def test_a_crash_while_a_store_is_made_leaves_none(store_path, monkeypatch):
    store_path.parent.mkdir(parents=True)
    crashes = 0
    for _ in crash_everywhere(store_path, shipped(), monkeypatch):
        crashes += 1
        header = read_header(connect(store_path))
        assert header.empty or header.version == len(shipped())
    assert crashes > len(shipped()[0].statements)
    assert diagnose(store_path) == []


def test_a_crash_in_a_migration_leaves_the_old_store(filled, two_steps, monkeypatch):
    old, crashes = content(filled), 0
    for _ in crash_everywhere(filled, two_steps, monkeypatch):
        crashes += 1
        connection = connect(filled)
        version = read_header(connection).version
        connection.close()
        if version == len(shipped()):
            assert content(filled) == old
    assert crashes > 15
    new = content(filled)
    assert {**new, "settings": old["settings"]} == {**old, "inputs": []}
    assert [row[:2] for row in old["settings"]] == new["settings"]


def test_a_verified_copy_is_kept_before_a_migration(filled, two_steps):
    old = content(filled)
    bring_up_to_date(filled, two_steps)
    copy = filled.with_name(f"ncs.before-v{len(two_steps)}.sqlite")
    assert content(copy) == old
    assert diagnose(copy) == []
    with Store.open(copy) as store:
        assert len(store.summaries()) == 11


def test_a_migration_that_loses_rows_is_taken_back(filled):
    old = content(filled)
    losing = read_migration(len(shipped()) + 1, "DELETE FROM attachments;\n")
    with pytest.raises(EnvironmentProblem) as caught:
        bring_up_to_date(filled, (*shipped(), losing))
    assert caught.value.code == "store.migration_failed"
    assert caught.value.params["table"] == "attachments"
    assert content(filled) == old


def test_a_newer_store_is_refused_and_untouched(filled, two_steps):
    bring_up_to_date(filled, two_steps)
    before = filled.read_bytes()
    with pytest.raises(EnvironmentProblem) as caught:
        Store.open(filled)
    assert caught.value.code == "store.newer"
    assert filled.read_bytes() == before


def test_a_sick_store_is_not_migrated(filled, two_steps):
    connection = sqlite3.connect(filled)
    connection.execute("DELETE FROM proposals WHERE id LIKE '%01'")
    connection.commit()
    connection.close()
    with pytest.raises(EnvironmentProblem) as caught:
        bring_up_to_date(filled, two_steps)
    assert caught.value.code == "store.damaged"


def test_every_released_store_opens(tmp_path):
    for folder in FIXTURES.iterdir():
        copy = tmp_path / folder.name
        shutil.copytree(folder, copy)
        with Store.open(copy / "ncs.sqlite") as store:
            [line] = store.summaries()
            proposal = store.load(line.id)
            assert proposal == make_proposal()
            assert [version.frozen for version in store.history(line.id)] == [True]
            [scan] = store.attachments(line.id)
            assert store.content(scan.sha256) == b"%PDF scan"
            assert store.setting("profile") == {"name": "Công ty Mê Kông"}
        assert diagnose(copy / "ncs.sqlite") == []
