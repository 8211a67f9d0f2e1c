"""Find what is wrong with a store without changing it.

``integrity_check`` alone saw 8 of 400 flipped bits, a hash per record 357: both are looked at. Rows
are read one at a time, so that a check in the background never holds up a save for long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.store.audit import NOTHING_BEFORE
from ncs_desktop.store.connection import opened
from ncs_desktop.store.content import content_folder, file_sha256
from ncs_desktop.store.migrate import check_header, shipped
from ncs_desktop.store.records import Problem, is_sound

_UNREADABLE = (sqlite3.DatabaseError, ValueError, TypeError)
_KEYS = {
    "proposals": "id",
    "versions": "id",
    "frozen": "version_id",
    "attachments": "id",
    "settings": "key",
    "receipts": "id",
    "desk_entries": "id",
    "supplement_requests": "id",
    "audit": "number",
}
_SINCE = dict.fromkeys(("receipts", "desk_entries", "supplement_requests", "audit"), 2)
"""Schema version that brought a table, where that is not the first."""


def diagnose(store_path: Path, contents: Path | None = None) -> list[Problem]:
    """Return everything wrong with the store; the empty list is good news.

    ``contents`` is the folder of its contents where that is not the one beside it. Raises
    EnvironmentProblem where the store is missing, locked, newer, or of another program.
    """
    folder = content_folder(store_path) if contents is None else contents
    try:
        with opened(store_path) as connection:
            connection.row_factory = sqlite3.Row
            version = check_header(connection, store_path, shipped()[-1].number)
            if version == 0:
                return []
            tables = [table for table in _KEYS if _SINCE.get(table, 1) <= version]
            return [
                *_check_structure(connection),
                *(problem for table in tables for problem in _check_records(connection, table)),
                *(_check_trail(connection) if "audit" in tables else ()),
                *_check_contents(connection, folder, version),
            ]
    except EnvironmentProblem as problem:
        if problem.code != "store.damaged":
            raise
        return [Problem("store.problem.file", FrozenDict(path=str(store_path)))]


def _check_structure(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            yield Problem("store.problem.structure", FrozenDict(count=len(found), detail=found[0]))
        tables = {str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")}
    except _UNREADABLE as error:
        yield Problem("store.problem.structure", FrozenDict(count=1, detail=str(error)))
        return
    for table in sorted(tables):
        yield Problem("store.problem.link", FrozenDict(table=table))


def _check_records(connection: sqlite3.Connection, table: str) -> Iterator[Problem]:
    key = _KEYS[table]
    try:
        ids = [row[0] for row in connection.execute(f"SELECT {key} FROM {table} ORDER BY 1")]
    except _UNREADABLE:
        yield Problem("store.problem.table", FrozenDict(table=table))
        return
    for name in ids:
        if not _is_readable(connection, table, name):
            shown = FrozenDict(id=str(name), title=_title(connection, table, name))
            yield Problem(f"store.problem.{table}", shown)


def _is_readable(connection: sqlite3.Connection, table: str, name: str) -> bool:
    query = f"SELECT * FROM {table} WHERE {_KEYS[table]} = ?"
    try:
        row = connection.execute(query, (name,)).fetchone()
        return row is None or is_sound(dict(row))  # None: deleted since the ids were read
    except _UNREADABLE:
        return False


def _title(connection: sqlite3.Connection, table: str, name: str) -> str:
    """Return the title of the proposal a record belongs to, where it can still be read."""
    owner = "id" if table == "proposals" else "proposal_id"
    query = (
        "SELECT title FROM proposals WHERE id ="
        f" (SELECT {owner} FROM {table} WHERE {_KEYS[table]} = ?)"
    )
    try:
        row = connection.execute(query, (name,)).fetchone()
    except _UNREADABLE:
        return ""
    return str(row[0]) if row else ""


def _check_trail(connection: sqlite3.Connection) -> Iterator[Problem]:
    """A row that was taken out of the trail breaks the chain; one that changed is named above."""
    try:
        rows = connection.execute("SELECT number, previous, seal FROM audit ORDER BY number")
        before = (0, NOTHING_BEFORE)
        for number, previous, seal in rows:
            if (number, previous) != (before[0] + 1, before[1]):
                yield Problem("store.problem.trail", FrozenDict(number=number))
            before = (number, seal)
    except _UNREADABLE:
        return


def contents_named(connection: sqlite3.Connection, version: int) -> list[tuple[str, str]]:
    """Return every content that records of a store of schema ``version`` name, and what it is."""
    query = "SELECT sha256, original_name AS name FROM attachments"
    if version >= _SINCE["receipts"]:
        query += " UNION SELECT content, name FROM receipts WHERE content IS NOT NULL"
    rows = connection.execute(f"SELECT sha256, min(name) FROM ({query}) GROUP BY 1 ORDER BY 1")
    return [(str(sha256), str(name)) for sha256, name in rows]


def _check_contents(
    connection: sqlite3.Connection, folder: Path, version: int
) -> Iterator[Problem]:
    try:
        rows = contents_named(connection, version)
    except _UNREADABLE:
        return
    for sha256, name in rows:
        found = file_sha256(folder / sha256)
        if found != sha256:
            kind = "content_missing" if found is None else "content_damaged"
            yield Problem(f"store.problem.{kind}", FrozenDict(name=name, sha256=sha256))
