"""Receipts of the desk within a transaction: of what came in, and of copies of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import PurePosixPath

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act, Remark, Result
from ncs_desktop.domain.json_tree import FrozenDict, JsonValue
from ncs_desktop.domain.text import clean_text
from ncs_desktop.store import audit, desk_lines
from ncs_desktop.store.desk_records import (
    COPY,
    Admission,
    Receipt,
    Row,
    maybe_text,
    read_receipt,
    to_json,
)
from ncs_desktop.store.desk_rows import Check, receive, rows_of
from ncs_desktop.store.records import sealed, to_text
from ncs_desktop.store.schema import RECEIPTS


def admit(
    connection: Connection, admission: Admission, content: str | None, act: Act, check: Check
) -> list[Receipt]:
    """Take one input in: proposals, entries, receipts; ``content`` is where all of it is kept.

    What is known stays as it is; a receipt of a rejected file gives way to what became of it now. A
    copy of it under another name, rejected too, keeps its own.
    """
    known = _known(connection, admission)
    rows: list[Row] = []
    fresh = False
    for item in admission.files:
        row: Row = receive(connection, admission, item, content=content, act=act, check=check)
        for proposal in item.proposals:
            desk_lines.take_over(connection, admission.call, proposal, act, check)
        earlier = known.pop(_signature(row), None)
        if earlier is None:
            connection.execute(insert(RECEIPTS).values(row))
            fresh = True
        rows.append(earlier or row)
    names = {_last_name(row) for row in rows}
    usable = {row["sha256"] for row in rows if row["result"] != Result.REJECTED}
    for row in known.values():
        over = _last_name(row) in names or row["sha256"] in usable
        if row["result"] == Result.REJECTED and over:
            connection.execute(delete(RECEIPTS).where(RECEIPTS.c.id == row["id"]))
    if fresh:
        _note(connection, admission.call, admission.input_sha256, rows, act)
    return [read_receipt(row) for row in rows]


def copy_in(
    connection: Connection, originals: Sequence[Receipt], name: str, number: int, act: Act
) -> list[Receipt]:
    """Note that a copy of an input came in as ``name``, the ``number``-th time it did.

    Nothing but its receipts is kept: what is in it came with ``originals``.
    """
    rows: list[Row] = []
    for one in originals:
        mark = Remark(COPY, FrozenDict(first=one.name, copy=number))
        rejected = one.result is Result.REJECTED
        kept = one.remarks if rejected or not one.proposals else ()
        remarks: list[JsonValue] = [
            {"message": remark.message, "params": remark.params} for remark in (*kept, mark)
        ]
        row = {
            "id": str(uuid.uuid4()),
            "call": one.call,
            "input_sha256": one.input_sha256,
            "sha256": one.sha256,
            "name": clean_text(renamed(one, name)).text,
            "channel": one.channel.value,
            "received_at": maybe_text(one.received_at),
            "imported_at": to_text(act.at),
            "result": (Result.REJECTED if rejected else Result.SAME).value,
            "remarks": to_json(remarks),
            "proposals": to_json(one.proposals),
            "reviewed_at": None,
            "content": None,
        }
        rows.append(sealed(row))
        connection.execute(insert(RECEIPTS).values(rows[-1]))
    _note(connection, originals[0].call, originals[0].input_sha256, rows, act)
    return [read_receipt(row) for row in rows]


def renamed(receipt: Receipt, name: str) -> str:
    """Return the name of a file within its input as that is called now."""
    return f"{name}{receipt.name[len(receipt.name.partition('/')[0]) :]}"


def _note(connection: Connection, call: str, subject: str, rows: Sequence[Row], act: Act) -> None:
    detail = {"files": [[row["name"], row["result"]] for row in rows]}
    audit.record(connection, act, "received", call, subject=subject, detail=detail)


def _last_name(row: Row) -> str:
    return PurePosixPath(row["name"]).name


def _known(connection: Connection, admission: Admission) -> dict[tuple[str, ...], Row]:
    """Return the receipts of earlier readings of this very input, by what tells them apart."""
    query = select(RECEIPTS).where(
        RECEIPTS.c.call == admission.call,
        RECEIPTS.c.input_sha256 == admission.input_sha256,
        RECEIPTS.c.remarks.not_like(f'%"{COPY}"%'),
    )
    return {_signature(row): row for row in rows_of(connection, query)}


def _signature(row: Row) -> tuple[str, ...]:
    """Return what tells a receipt from the others of its input: a rejected one, its reason too."""
    rejected = row["result"] == Result.REJECTED
    return (row["sha256"], row["name"], row["remarks"] if rejected else "")
