"""The bin and the desk: what lies in the bin keeps its entry and its place, and counts for nothing.

Taking it out again therefore brings back rank, status and reasons as they were.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act
from ncs_desktop.store import audit, versions
from ncs_desktop.store.records import to_text
from ncs_desktop.store.schema import ENTRIES, PROPOSALS


def move(connection: Connection, proposal_id: str, act: Act, *, away: bool) -> None:
    """Put a proposal into the bin or take it out; every desk it came to has it in its trail."""
    moment = to_text(act.at) if away else None
    versions.reseal(connection, proposal_id, trashed_at=moment)
    action = "binned" if away else "unbinned"
    for call in calls(connection, proposal_id):
        audit.record(connection, act, action, call, subject=proposal_id)


def calls(connection: Connection, proposal_id: str) -> list[str]:
    """Return the calls to whose desk a proposal came."""
    query = select(ENTRIES.c.call).where(ENTRIES.c.proposal_id == proposal_id)
    return list(connection.execute(query.order_by(ENTRIES.c.call)).scalars())


def away(connection: Connection, call: str) -> frozenset[str]:
    """Return the ids of a call's entries that lie in the bin."""
    query = (
        select(ENTRIES.c.proposal_id)
        .join(PROPOSALS, PROPOSALS.c.id == ENTRIES.c.proposal_id)
        .where(ENTRIES.c.call == call, PROPOSALS.c.trashed_at.is_not(None))
    )
    return frozenset(connection.execute(query).scalars())
