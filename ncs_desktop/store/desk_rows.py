"""Rows of the desk within a transaction: receipts written, entries made, found, placed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Select, and_, func, insert, select, update
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act, Result
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.proposal import Proposal, is_line_key
from ncs_desktop.domain.table_line import with_line
from ncs_desktop.domain.text import clean_text
from ncs_desktop.store import versions
from ncs_desktop.store.desk_records import (
    Admission,
    Incoming,
    Row,
    entry_columns,
    maybe_text,
    to_json,
)
from ncs_desktop.store.records import Outcome, from_text, is_sound, sealed, to_text
from ncs_desktop.store.schema import AUDIT, ENTRIES, VERSIONS

Check = Callable[[Proposal], Mapping[str, Points]]
"""Counts by rule what is found in a proposal, by the rules of the desk's call."""
GAP = 2**20
"""Room between two places, so that a move changes one row."""
_RESULTS = {
    Outcome.NEW: Result.NEW,
    Outcome.UPDATED: Result.UPDATED,
    Outcome.SAME: Result.SAME,
    Outcome.OLDER: Result.SAME,
}


def rows_of(connection: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``query`` by column names."""
    return (row._asdict() for row in connection.execute(query))


def receive(
    connection: Connection,
    admission: Admission,
    item: Incoming,
    *,
    content: str | None,
    act: Act,
    check: Check,
) -> dict[str, Any]:
    """Take the proposals of one file in, seat them at the desk, and return its receipt's row."""
    outcomes = [versions.take_in(connection, proposal, act.at) for proposal in item.proposals]
    for proposal in item.proposals:
        _seat(connection, admission, item, proposal, check)
    results = [_RESULTS[outcome] for outcome in outcomes]
    result = next((kind for kind in Result if kind in results), Result.SAME)
    told: list[JsonValue] = [
        {
            "id": proposal.id,
            "title": proposal.title,
            "digest": proposal.digest,
            "outcome": outcome.value,
        }
        for proposal, outcome in zip(item.proposals, outcomes, strict=True)
    ]
    remarks: list[JsonValue] = [
        {"message": remark.message, "params": remark.params} for remark in item.remarks
    ]
    return sealed(
        {
            "id": str(uuid.uuid4()),
            "call": admission.call,
            "input_sha256": admission.input_sha256,
            "sha256": item.sha256,
            "name": clean_text(item.name).text,
            "channel": (item.channel or admission.channel).value,
            "received_at": maybe_text(item.received_at),
            "imported_at": to_text(act.at),
            "result": (Result.REJECTED if item.rejected else result).value,
            "remarks": to_json(remarks),
            "proposals": to_json(told),
            "reviewed_at": None,
            "content": content,
        }
    )


def _seat(
    connection: Connection, admission: Admission, item: Incoming, came: Proposal, check: Check
) -> None:
    """Give a proposal its entry, last in the order; one that has its entry keeps its place."""
    proposal_id = came.id
    here = (ENTRIES.c.call == admission.call, ENTRIES.c.proposal_id == proposal_id)
    entry = versions.first_row(connection, select(ENTRIES).where(*here))
    if entry is not None:
        _date_back(connection, entry, admission, item, came)
        return
    version = versions.require_current(connection, proposal_id)
    proposal = versions.read_row(version)
    last = select(func.max(ENTRIES.c.place)).where(ENTRIES.c.call == admission.call)
    row = {
        "id": str(uuid.uuid4()),
        "call": admission.call,
        "proposal_id": proposal_id,
        "number": version["number"],
        "settled": version["number"],
        "status": "new",
        "status_reason": "",
        "place": (connection.execute(last).scalar() or 0) + GAP,
        "rank_reason": "",
        "council_place": None,
        "council_reason": "",
        "decisions": "{}",
        "channel": (item.channel or admission.channel).value,
        "received_at": maybe_text(item.received_at),
        **entry_columns(proposal, check(proposal)),
    }
    connection.execute(insert(ENTRIES).values(sealed(row)))


def _date_back(
    connection: Connection, entry: Row, admission: Admission, item: Incoming, came: Proposal
) -> None:
    """Let an entry tell the first receipt, in whatever order files are read.

    A time nobody knew comes with a copy of the same content, unless that copy is late: the first
    may have come in time, so that a person is asked. What a person wrote stays.
    """
    known, told = entry["received_at"], maybe_text(item.received_at)
    if known is not None and told is not None:
        wanted, same = told < known, True
    else:
        late = _is_late(admission, told or known)
        wanted = late if told is None else not late
        same = read_version(connection, came.id, entry["number"]).digest == came.digest
    here = (AUDIT.c.call == admission.call, AUDIT.c.subject == came.id)
    by_hand = select(AUDIT.c.number).where(*here, AUDIT.c.action == "received_at").limit(1)
    if wanted and same and connection.execute(by_hand).first() is None:
        change_entry(
            connection,
            entry,
            {"received_at": told, "channel": (item.channel or admission.channel).value},
        )


def _is_late(admission: Admission, moment: str | None) -> bool:
    deadline = admission.deadline
    return moment is not None and deadline is not None and deadline.is_late(from_text(moment))


def entry_row(connection: Connection, call: str, proposal_id: str) -> Row:
    """Return the row of an entry; InputProblem ``desk.unknown_entry`` where there is none."""
    query = select(ENTRIES).where(ENTRIES.c.call == call, ENTRIES.c.proposal_id == proposal_id)
    row = versions.first_row(connection, query)
    if row is None:
        raise InputProblem("desk.unknown_entry", id=proposal_id)
    return row


def all_entries(connection: Connection, call: str, place: Column[Any] | None = None) -> list[Row]:
    """Return the rows of a call's entries by ``place``, those without it left out."""
    column = ENTRIES.c.place if place is None else place
    query = select(ENTRIES).where(ENTRIES.c.call == call, column.is_not(None)).order_by(column)
    return list(rows_of(connection, query))


def change_entry(connection: Connection, row: Row, changes: Mapping[str, Any]) -> None:
    """Change columns of an entry and renew its seal."""
    changed = sealed({**row, **changes})
    connection.execute(update(ENTRIES).where(ENTRIES.c.id == row["id"]).values(changed))


def version_row(connection: Connection, proposal_id: str, number: int) -> Row:
    """Return the row of one version; InputProblem ``store.unknown_version`` if it is not there."""
    query = select(VERSIONS).where(
        and_(VERSIONS.c.proposal_id == proposal_id, VERSIONS.c.number == number)
    )
    row = versions.first_row(connection, query)
    if row is None:
        raise InputProblem("store.unknown_version", id=f"{proposal_id}/{number}")
    return row


def read_version(connection: Connection, proposal_id: str, number: int) -> Proposal:
    """Return one version of a proposal as the desk has it; see ``with_its_line``."""
    return with_its_line(connection, version_row(connection, proposal_id, number))


def with_its_line(connection: Connection, row: Row) -> Proposal:
    """Return the proposal in a version's row, what the desk wrote beside the sender's values.

    Older stores hold it in a copy of the values, with the digest of what came in as ``session``.
    """
    proposal = versions.read_row(row)
    if row["origin"] != versions.IMPORT or row["session"] in ("", row["digest"]):
        return proposal
    same = (VERSIONS.c[name] == row[name] for name in ("proposal_id", "revision"))
    query = select(VERSIONS).where(*same, VERSIONS.c.digest == row["session"], ~versions.BESIDE)
    came = versions.first_row(connection, query)
    if came is None or not is_sound(came):
        return proposal
    texts = {key: proposal.text(key) for key in proposal.values if is_line_key(key)}
    return with_line(versions.read_row(came), texts)


def count_version(
    connection: Connection, entry: Row, number: int, check: Check, settled: int | None = None
) -> Proposal:
    """Make a version the one that counts; return its proposal.

    ``settled`` is the last version a person has looked at, the newest where None.
    """
    current = versions.require_current(connection, entry["proposal_id"])
    chosen = read_version(connection, entry["proposal_id"], number)
    columns = entry_columns(chosen, check(chosen))
    looked_at = current["number"] if settled is None else settled
    change_entry(connection, entry, {**columns, "number": number, "settled": looked_at})
    return chosen


def place_before(
    connection: Connection, call: str, place: Column[Any], proposal_id: str, before: str | None
) -> int | None:
    """Return a place just before that of ``before``, or after all; None where there is no room."""
    others = (ENTRIES.c.call == call, ENTRIES.c.proposal_id != proposal_id)
    if before is None or before == proposal_id:
        last = connection.execute(select(func.max(place)).where(*others)).scalar()
        return GAP if last is None else int(last) + GAP
    upper = entry_row(connection, call, before)[place.name]
    if upper is None:
        raise InputProblem("desk.not_ranked", id=before)
    query = select(func.max(place)).where(*others, place < upper)
    lower = connection.execute(query).scalar()
    if lower is None:
        return int(upper) - GAP
    return None if upper - lower < 2 else (lower + upper) // 2


def next_behind(connection: Connection, call: str, place: Column[Any], row: Row) -> str | None:
    """Return the id of what an entry stands before: None where last, "" where it has no place."""
    if row[place.name] is None:
        return ""
    query = select(ENTRIES.c.proposal_id).where(ENTRIES.c.call == call, place > row[place.name])
    found: str | None = connection.execute(query.order_by(place).limit(1)).scalar()
    return found


def spread(connection: Connection, call: str, place: Column[Any]) -> None:
    """Give every entry its place anew, in the same order, with room between two."""
    for index, row in enumerate(all_entries(connection, call, place), 1):
        change_entry(connection, row, {place.name: index * GAP})
