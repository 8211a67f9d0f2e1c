"""Versions of a proposal: saved, taken in, frozen, thinned. Every function works in a transaction.

History is useful and small: while a person types, the version begun in the last ten minutes of the
same window is overwritten; a save that takes much away, a new revision, another window or an import
begins a new one; old ones are thinned to the last of each day. Frozen and imported versions stay.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Insert,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection

from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import clean_text
from ncs_desktop.store.records import (
    Frozen,
    Outcome,
    Version,
    from_body,
    from_text,
    is_sound,
    list_columns,
    sealed,
    to_body,
    to_text,
)
from ncs_desktop.store.schema import ENTRIES, FROZEN, PROPOSALS, REQUESTS, VERSIONS, run
from ncs_desktop.store.thinning import kept

EDIT, IMPORT = "edit", "import"
BESIDE = and_(VERSIONS.c.origin == IMPORT, VERSIONS.c.session != "")
"""What the desk wrote stands in a version of its own: what comes in has no ``session``."""
_WINDOW = timedelta(minutes=10)
_KEPT_BODY = 0.9
_NEWEST, _DAYS = 30, 60

Row = Mapping[str, Any]

# Built once: an import runs each of these for every proposal.
_CURRENT = (
    select(VERSIONS)
    .join(
        PROPOSALS,
        and_(VERSIONS.c.proposal_id == PROPOSALS.c.id, VERSIONS.c.number == PROPOSALS.c.number),
    )
    .where(PROPOSALS.c.id == bindparam("sought"))
)
_LAST_NUMBER = select(func.max(VERSIONS.c.number)).where(
    VERSIONS.c.proposal_id == bindparam("sought")
)
_SAYS_THE_FROZEN = and_(
    *(FROZEN.c[name] == VERSIONS.c[name] for name in ("proposal_id", "revision", "digest"))
)
_IN_BIN_SINCE = select(PROPOSALS.c.trashed_at).where(PROPOSALS.c.id == bindparam("sought"))


def _prepared(statement: CompoundSelect[Any] | Insert) -> str:
    """Return the SQL of a statement that an import runs for every proposal; see ``run``."""
    return str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))


_HELD = _prepared(
    union_all(
        *(
            select(column).where(column == bindparam("sought"))
            for column in (PROPOSALS.c.id, VERSIONS.c.proposal_id)
        )
    )
)
_NEW_VERSION, _NEW_PROPOSAL = _prepared(insert(VERSIONS)), _prepared(insert(PROPOSALS))


def current_row(connection: Connection, proposal_id: str) -> Row | None:
    """Return the row of the current version; None for a proposal the store does not know."""
    return first_row(connection, _CURRENT, sought=proposal_id)


def first_row(connection: Connection, query: Select[Any], **bound: str) -> Row | None:
    """Return the first row of ``query`` by column names; None where there is none."""
    row = connection.execute(query, bound).first()
    return None if row is None else row._asdict()


def require_current(connection: Connection, proposal_id: str) -> Row:
    """Return the row of the current version, or raise InputProblem ``store.unknown_proposal``."""
    row = current_row(connection, proposal_id)
    if row is None:
        raise InputProblem("store.unknown_proposal", id=proposal_id)
    return row


def read_row(row: Row) -> Proposal:
    """Return the proposal in a version's row; EnvironmentProblem where the row is damaged."""
    if is_sound(row):
        return from_body(row["body"])
    raise EnvironmentProblem("store.record_damaged", id=row["proposal_id"], number=row["number"])


def save(connection: Connection, proposal: Proposal, now: datetime, session: str) -> bool:
    """Make ``proposal`` the current version; return whether anything differed.

    Raises InputProblem ``store.frozen`` where this revision is frozen with another content, and
    ``store.older_revision`` where the store already holds a later one.
    """
    body = to_body(proposal)
    if not _holds(connection, proposal.id):
        _begin(connection, proposal, body, now, session)
        return True
    current = require_current(connection, proposal.id)
    if current["body"] == body and is_sound(current):
        return False
    if proposal.revision < current["revision"]:
        raise InputProblem(
            "store.older_revision",
            title=proposal.title,
            revision=proposal.revision,
            current=current["revision"],
        )
    if frozen_row(connection, proposal.id, proposal.revision) is not None:
        raise InputProblem("store.frozen", title=proposal.title, revision=proposal.revision)
    pinned = _pinned(connection, proposal.id)
    if current["number"] not in pinned and _continues(current, proposal, body, now, session):
        _overwrite(connection, current, proposal, body, now)
    else:
        append(connection, proposal, body, now, session)
        _thin(connection, proposal.id, pinned)
    return True


def take_in(connection: Connection, proposal: Proposal, now: datetime) -> Outcome:
    """Keep a proposal that came from outside; nothing the store holds is lost by it.

    The same content, at the same or a lower revision, is ``same``. A revision older than the
    current one goes to the history only. Content that differs under a frozen revision becomes the
    next revision. What is new comes out of the bin, what is known stays where it was put.
    """
    if not _holds(connection, proposal.id):
        _begin(connection, proposal, to_body(proposal), now, "", origin=IMPORT)
        return Outcome.NEW
    current = require_current(connection, proposal.id)
    if _known(connection, proposal):
        return Outcome.SAME
    if proposal.revision < current["revision"]:
        number = next_number(connection, proposal.id)
        insert_version(
            connection, proposal, to_body(proposal), now, "", origin=IMPORT, number=number
        )
        return Outcome.OLDER
    if frozen_row(connection, proposal.id, proposal.revision) is not None:
        proposal = replace(proposal, revision=proposal.revision + 1)
    append(connection, proposal, to_body(proposal), now, "", origin=IMPORT)
    reseal(connection, proposal.id, trashed_at=None)
    return Outcome.UPDATED


def freeze(
    connection: Connection, proposal_id: str, now: datetime, reason: str | None, prefix: str
) -> Frozen:
    """Freeze the current revision for signature; freezing it again returns the first record."""
    row = require_current(connection, proposal_id)
    proposal = read_row(row)
    earlier = frozen_row(connection, proposal_id, proposal.revision)
    if earlier is None:
        earlier = sealed(
            {
                "version_id": row["id"],
                "proposal_id": proposal_id,
                "revision": proposal.revision,
                "digest": proposal.digest,
                "control_code": proposal.control_code(prefix),
                "frozen_at": to_text(now),
                "reason": None if reason is None else clean_text(reason).text,
            }
        )
        connection.execute(insert(FROZEN), earlier)
        reseal(connection, proposal_id, control_code=earlier["control_code"])
    return read_frozen(earlier)


def frozen_row(connection: Connection, proposal_id: str, revision: int) -> Row | None:
    """Return the row of a frozen revision; None where it is not frozen."""
    query = select(FROZEN).where(FROZEN.c.proposal_id == proposal_id, FROZEN.c.revision == revision)
    return first_row(connection, query)


def read_frozen(row: Row) -> Frozen:
    """Return the record in a row of the frozen revisions."""
    return Frozen(
        row["proposal_id"],
        row["revision"],
        row["digest"],
        row["control_code"],
        from_text(row["frozen_at"]),
        row["reason"],
    )


def history(connection: Connection, proposal_id: str) -> list[Version]:
    """Return the kept versions, the latest first."""
    query = (
        select(
            VERSIONS.c.id,
            VERSIONS.c.proposal_id,
            VERSIONS.c.number,
            VERSIONS.c.revision,
            VERSIONS.c.digest,
            VERSIONS.c.origin,
            VERSIONS.c.started_at,
            VERSIONS.c.saved_at,
            FROZEN.c.control_code,
            (VERSIONS.c.number == PROPOSALS.c.number).label("current"),
        )
        .join(PROPOSALS, PROPOSALS.c.id == VERSIONS.c.proposal_id)
        .join(FROZEN, _SAYS_THE_FROZEN, isouter=True)
        .where(VERSIONS.c.proposal_id == proposal_id)
        .order_by(VERSIONS.c.number.desc())
    )
    return [
        Version(
            **{
                **row,
                "started_at": from_text(row["started_at"]),
                "saved_at": from_text(row["saved_at"]),
                "current": bool(row["current"]),
            }
        )
        for row in (found._asdict() for found in connection.execute(query))
    ]


def reseal(connection: Connection, proposal_id: str, **changes: str | None) -> None:
    """Change columns of a proposal's list row and renew its seal."""
    query = select(PROPOSALS).where(PROPOSALS.c.id == proposal_id)
    row = first_row(connection, query)
    if row is None:
        raise InputProblem("store.unknown_proposal", id=proposal_id)
    values = sealed({**row, **changes})
    connection.execute(update(PROPOSALS).where(PROPOSALS.c.id == proposal_id).values(values))


def _holds(connection: Connection, proposal_id: str) -> bool:
    return run(connection, _HELD, sought=proposal_id).fetchone() is not None


def _known(connection: Connection, proposal: Proposal) -> bool:
    query = select(func.max(VERSIONS.c.revision)).where(
        VERSIONS.c.proposal_id == proposal.id, VERSIONS.c.digest == proposal.digest
    )
    found = connection.execute(query).scalar()
    return found is not None and found >= proposal.revision


def _continues(current: Row, proposal: Proposal, body: bytes, now: datetime, session: str) -> bool:
    """Whether this save goes on with the current version instead of beginning a new one."""
    age = now - from_text(current["started_at"])
    return (
        current["origin"] == EDIT
        and current["session"] == session
        and current["revision"] == proposal.revision
        and timedelta() <= age < _WINDOW
        and len(body) >= _KEPT_BODY * len(current["body"])
        and is_sound(current)
    )


def _overwrite(
    connection: Connection, current: Row, proposal: Proposal, body: bytes, now: datetime
) -> None:
    changed = {"digest": proposal.digest, "saved_at": to_text(now), "body": body}
    row = sealed({**current, **changed})
    connection.execute(update(VERSIONS).where(VERSIONS.c.id == current["id"]).values(row))
    make_current(connection, proposal, current["number"], row["saved_at"])


def _begin(
    connection: Connection,
    proposal: Proposal,
    body: bytes,
    now: datetime,
    session: str,
    *,
    origin: str = EDIT,
) -> None:
    """Insert the first version of a proposal the store does not know."""
    insert_version(connection, proposal, body, now, session, origin=origin, number=1)
    shown = _list_row(proposal, 1, to_text(now))
    run(connection, _NEW_PROPOSAL, **sealed({**shown, "trashed_at": None}))


def append(
    connection: Connection,
    proposal: Proposal,
    body: bytes,
    now: datetime,
    session: str,
    *,
    origin: str = EDIT,
) -> None:
    """Insert a version of a proposal the store knows and make it the current one."""
    number = next_number(connection, proposal.id)
    insert_version(connection, proposal, body, now, session, origin=origin, number=number)
    make_current(connection, proposal, number, to_text(now))


def next_number(connection: Connection, proposal_id: str) -> int:
    """Return the number of the next version of a proposal."""
    last = connection.execute(_LAST_NUMBER, {"sought": proposal_id}).scalar()
    return (last or 0) + 1


def insert_version(
    connection: Connection,
    proposal: Proposal,
    body: bytes,
    now: datetime,
    session: str,
    *,
    origin: str,
    number: int,
) -> None:
    """Keep a version, without making it the current one."""
    row = {
        "id": str(uuid.uuid4()),
        "proposal_id": proposal.id,
        "number": number,
        "revision": proposal.revision,
        "digest": proposal.digest,
        "origin": origin,
        "session": session,
        "started_at": to_text(now),
        "saved_at": to_text(now),
        "body": body,
    }
    run(connection, _NEW_VERSION, **sealed(row))


def _list_row(proposal: Proposal, number: int, saved_at: str) -> dict[str, Any]:
    """Return what the list shows of a version that is current, frozen it is not."""
    shown = {"id": proposal.id, "number": number, **list_columns(proposal)}
    return {**shown, "saved_at": saved_at, "control_code": None}


def make_current(connection: Connection, proposal: Proposal, number: int, saved_at: str) -> None:
    """Write the list row of the version that is current from now on; in the bin it stays there."""
    since = connection.execute(_IN_BIN_SINCE, {"sought": proposal.id}).scalar()
    row = sealed({**_list_row(proposal, number, saved_at), "trashed_at": since})
    connection.execute(update(PROPOSALS).where(PROPOSALS.c.id == proposal.id).values(row))


def _pinned(connection: Connection, proposal_id: str) -> set[int]:
    """Return the versions an officer's desk relies on: those that count or were asked about."""
    return {
        number
        for table in (ENTRIES, REQUESTS)
        for number in connection.execute(
            select(table.c.number).where(table.c.proposal_id == proposal_id)
        ).scalars()
    }


def _thin(connection: Connection, proposal_id: str, pinned: set[int]) -> None:
    """Drop old autosaves but the pinned: the newest stay, of older ones the last of each day."""
    own = [
        version
        for version in history(connection, proposal_id)
        if not (version.frozen or version.current or version.origin == IMPORT)
        and version.number not in pinned
    ]
    stay = kept((version.saved_at for version in own), newest=_NEWEST, daily=_DAYS)
    doomed = [version.id for version in own if version.saved_at not in stay]
    if doomed:
        connection.execute(delete(VERSIONS).where(VERSIONS.c.id.in_(doomed)))
