"""The tables as SQLAlchemy Core sees them, and the one engine factory.

The frozen SQL of ``migrations`` makes them; a test compares the two.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from ncs_desktop.store.connection import connect

_METADATA = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _maybe_text(name: str) -> Column[str | None]:
    return Column(name, Text, nullable=True)


def _integer(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _maybe_integer(name: str) -> Column[int | None]:
    return Column(name, Integer, nullable=True)


PROPOSALS = Table(
    "proposals",
    _METADATA,
    _text("id", key=True),
    _integer("number"),
    _text("form"),
    _text("call"),
    _integer("revision"),
    _text("title"),
    _text("proposer_name"),
    _maybe_integer("total"),
    _maybe_integer("state_budget"),
    _maybe_integer("counterpart"),
    _text("search"),
    _text("saved_at"),
    _maybe_text("trashed_at"),
    _maybe_text("control_code"),
    _text("seal"),
)
VERSIONS = Table(
    "versions",
    _METADATA,
    _text("id", key=True),
    _text("proposal_id"),
    _integer("number"),
    _integer("revision"),
    _text("digest"),
    _text("origin"),
    _text("session"),
    _text("started_at"),
    _text("saved_at"),
    Column("body", LargeBinary, nullable=False),
    _text("seal"),
)
FROZEN = Table(
    "frozen",
    _METADATA,
    _text("version_id", key=True),
    _text("proposal_id"),
    _integer("revision"),
    _text("digest"),
    _text("control_code"),
    _text("frozen_at"),
    _maybe_text("reason"),
    _text("seal"),
)
ATTACHMENTS = Table(
    "attachments",
    _METADATA,
    _text("id", key=True),
    _text("proposal_id"),
    _integer("revision"),
    _text("role"),
    _text("original_name"),
    _text("sha256"),
    _integer("size"),
    _text("added_at"),
    _maybe_text("removed_at"),
    _text("seal"),
)
SETTINGS = Table("settings", _METADATA, _text("key", key=True), _text("body"), _text("seal"))
RECEIPTS = Table(
    "receipts",
    _METADATA,
    _text("id", key=True),
    _text("call"),
    _text("input_sha256"),
    _text("sha256"),
    _text("name"),
    _text("channel"),
    _maybe_text("received_at"),
    _text("imported_at"),
    _text("result"),
    _text("remarks"),
    _text("proposals"),
    _maybe_text("reviewed_at"),
    _maybe_text("content"),
    _text("seal"),
)
ENTRIES = Table(
    "desk_entries",
    _METADATA,
    _text("id", key=True),
    _text("call"),
    _text("proposal_id"),
    _integer("number"),
    _integer("settled"),
    _integer("revision"),
    _text("status"),
    _text("status_reason"),
    _integer("place"),
    _text("rank_reason"),
    _maybe_integer("council_place"),
    _text("council_reason"),
    _text("decisions"),
    _text("channel"),
    _maybe_text("received_at"),
    _text("title"),
    _text("proposer_name"),
    _text("lead_organization"),
    _text("task_kind"),
    _maybe_integer("total"),
    _maybe_integer("state_budget"),
    _maybe_integer("counterpart"),
    _text("search"),
    _text("findings"),
    _text("seal"),
)
REQUESTS = Table(
    "supplement_requests",
    _METADATA,
    _text("id", key=True),
    _text("call"),
    _text("proposal_id"),
    _integer("number"),
    _text("asked_at"),
    _text("body"),
    _text("verdicts"),
    _text("seal"),
)
AUDIT = Table(
    "audit",
    _METADATA,
    Column("number", Integer, primary_key=True, nullable=False, autoincrement=False),
    _text("at"),
    _text("who"),
    _text("action"),
    _text("call"),
    _text("subject"),
    _text("why"),
    _text("detail"),
    _text("previous"),
    _text("seal"),
)
TABLES = (
    PROPOSALS, VERSIONS, FROZEN, ATTACHMENTS, SETTINGS, RECEIPTS, ENTRIES, REQUESTS, AUDIT,
)  # fmt: skip


def make_engine(path: Path) -> Engine:
    """Return the engine of the store at ``path``.

    A transaction takes the write lock at once (of 900 concurrent deferred writes 80 survived, of
    900 immediate ones all); ``reading`` gives one that does not.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path), poolclass=QueuePool, pool_size=1
    )
    event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Engine:
    """Return the same engine for reading: one consistent view, no write lock."""
    return engine.execution_options(ncs_begin="BEGIN")


def run(connection: Connection, statement: str, **values: object) -> sqlite3.Cursor:
    """Run plain SQL by the driver itself; an import does so for every proposal, and it is cheap.

    Raises sqlite3.Error, which ``explained`` knows as well as what SQLAlchemy makes of it.
    """
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    return driver.execute(statement, values)


def _begin(connection: Connection) -> None:
    run(connection, connection.get_execution_options().get("ncs_begin", "BEGIN IMMEDIATE"))
