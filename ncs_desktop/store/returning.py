"""A kept version becomes current again: the content that counts, the frozen revision.

What says the same words as a frozen revision is that revision again.
Confirmations and accepted findings concern no printed word and are no part of the digest: they may
differ under a frozen revision, whose own version never changes; such a version stands beside it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.store import versions
from ncs_desktop.store.records import Frozen, is_sound, to_body, to_text
from ncs_desktop.store.schema import FROZEN, VERSIONS


def return_to(connection: Connection, proposal: Proposal, now: datetime, session: str) -> bool:
    """Make the frozen revision that ``proposal`` names current; return whether anything differed.

    Raises InputProblem ``store.frozen`` where that revision is not frozen with these words.
    """
    frozen = versions.frozen_row(connection, proposal.id, proposal.revision)
    if frozen is None or frozen["digest"] != proposal.digest:
        raise InputProblem("store.frozen", title=proposal.title, revision=proposal.revision)
    body = to_body(proposal)
    current = versions.require_current(connection, proposal.id)
    if current["body"] == body and is_sound(current):
        return False
    same = select(VERSIONS).where(
        VERSIONS.c.proposal_id == proposal.id,
        VERSIONS.c.digest == proposal.digest,
        VERSIONS.c.body == body,
    )
    known = versions.first_row(connection, same.order_by(VERSIONS.c.number.desc()))
    if known is not None and is_sound(known):
        versions.make_current(connection, proposal, known["number"], to_text(now))
    else:
        versions.append(connection, proposal, body, now, session)
    versions.reseal(connection, proposal.id, control_code=frozen["control_code"])
    return True


def choose(connection: Connection, proposal_id: str, digest: str) -> None:
    """Make another content of the current revision the current one; nothing is lost by it."""
    current = versions.require_current(connection, proposal_id)
    same = (
        VERSIONS.c.proposal_id == proposal_id,
        VERSIONS.c.digest == digest,
        VERSIONS.c.revision == current["revision"],
        ~versions.BESIDE,
    )
    row = versions.first_row(
        connection, select(VERSIONS).where(*same).order_by(VERSIONS.c.number.desc())
    )
    if row is not None and row["number"] != current["number"]:
        versions.make_current(connection, versions.read_row(row), row["number"], row["saved_at"])


def frozen_revisions(connection: Connection, proposal_id: str) -> list[Frozen]:
    """Return every frozen revision of a proposal, the first one first."""
    query = select(FROZEN).where(FROZEN.c.proposal_id == proposal_id).order_by(FROZEN.c.revision)
    return [versions.read_frozen(row._asdict()) for row in connection.execute(query)]


def open_revision(connection: Connection, proposal_id: str) -> int:
    """Return the number of the revision to be written on: no paper and no file bears it yet."""
    own = VERSIONS.c.proposal_id == proposal_id
    highest = connection.execute(select(func.max(VERSIONS.c.revision)).where(own)).scalar() or 1
    came = select(func.max(VERSIONS.c.revision)).where(own, VERSIONS.c.origin == versions.IMPORT)
    frozen = select(func.max(FROZEN.c.revision)).where(FROZEN.c.proposal_id == proposal_id)
    known = max(connection.execute(query).scalar() or 0 for query in (came, frozen))
    return max(highest, known + 1)
