"""Bring a store to this program's schema: checked, copied aside, in one transaction, or not at all.

A crash at any statement leaves the old store as it was, and a verified ``before-vN`` copy beside.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.files import put_in_place
from ncs_desktop.store.connection import APPLICATION_ID, connect, explained, pragma, read_header

_REWRITES = re.compile(r"^-- rewrites: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: ``rewrites`` names the tables whose rows it may change; all others must stay."""

    number: int
    statements: tuple[str, ...]
    rewrites: frozenset[str] = frozenset()


def read_migration(number: int, sql: str) -> Migration:
    """Read one file: statements, and the tables its line ``-- rewrites: a, b`` names."""
    statements, pending = [], ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending.strip())
            pending = ""
    named = ",".join(_REWRITES.findall(sql))
    rewrites = frozenset(name.strip() for name in named.split(",") if name.strip())
    return Migration(number, tuple(statements), rewrites)


@cache
def shipped() -> tuple[Migration, ...]:
    """Return the migrations of this program, in order; the last one is the current schema."""
    found = sorted(
        (
            entry
            for entry in files("ncs_desktop.store.migrations").iterdir()
            if re.fullmatch(r"\d{4}\.sql", entry.name)
        ),
        key=lambda entry: entry.name,
    )
    return tuple(
        read_migration(int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in found
    )


def bring_up_to_date(path: Path, migrations: Sequence[Migration]) -> None:
    """Create or raise the store at ``path`` to the last of ``migrations``.

    Raises EnvironmentProblem for a store of another program, a newer one, or a damaged one.
    """
    with explained(path):
        connection = connect(path)
        try:
            version = check_header(connection, path, migrations[-1].number)
            if version == migrations[-1].number:
                return
            if version:
                _require_sound(connection, path)
                _copy_aside(connection, path, version)
            _run(connection, path, migrations)
        finally:
            connection.close()


def check_header(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """Return the schema version; 0 for an empty file. Refuses foreign and newer stores."""
    header = read_header(connection)
    if header.empty and header.version == 0:
        return 0
    if header.application_id != APPLICATION_ID:
        raise EnvironmentProblem("store.foreign", path=path)
    if header.version > newest:
        raise EnvironmentProblem("store.newer", path=path, found=header.version, known=newest)
    if header.version < 1:
        raise EnvironmentProblem("store.damaged", path=path)
    return header.version


def _require_sound(connection: sqlite3.Connection, path: Path) -> None:
    sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    if not sound or connection.execute("PRAGMA foreign_key_check").fetchall():
        raise EnvironmentProblem("store.damaged", path=path)


def _copy_aside(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep a verified copy ``<name>.before-vN<suffix>``, N being the version about to be made."""
    target = path.with_name(f"{path.stem}.before-v{version + 1}{path.suffix}")
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(temporary),))
        copy = connect(temporary)
        try:
            _require_sound(copy, temporary)
            if _fingerprints(copy) != _fingerprints(connection):
                raise EnvironmentProblem("file.write_failed", path=target)
        finally:
            copy.close()
        put_in_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _run(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Run what is missing in one transaction; foreign keys are off before it begins."""
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = check_header(connection, path, migrations[-1].number)
        for migration in migrations[version:]:
            _apply(connection, path, migration)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA foreign_keys=ON")
    if pragma(connection, "foreign_keys") != 1:
        raise EnvironmentProblem("store.unsafe_mode", path=path, mode="foreign_keys")


def _apply(connection: sqlite3.Connection, path: Path, migration: Migration) -> None:
    before = _fingerprints(connection)
    for statement in migration.statements:
        connection.execute(statement)
    after = _fingerprints(connection)
    lost = [
        name
        for name in before
        if name not in migration.rewrites and after.get(name) != before[name]
    ]
    if lost or connection.execute("PRAGMA foreign_key_check").fetchall():
        raise EnvironmentProblem("store.migration_failed", path=path, table=", ".join(lost))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={migration.number}")


def _fingerprints(connection: sqlite3.Connection) -> dict[str, str]:
    """Return a hash over every row of every table."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {name: _fingerprint(connection, name) for (name,) in names}


def _fingerprint(connection: sqlite3.Connection, table: str) -> str:
    found = hashlib.sha256()
    for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
        found.update(repr(row).encode("utf-8", "surrogatepass"))
    return found.hexdigest()
