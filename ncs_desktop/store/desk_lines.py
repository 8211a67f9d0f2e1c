"""What an officer writes into a phiếu: corrections of a reading, and the line of the table.

The line of the table stands in a version beside what came in. The sender's own version stays the
current one; the desk counts the one with its additions.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.store import audit, versions
from ncs_desktop.store.desk_rows import Check, count_version, entry_row, version_row
from ncs_desktop.store.records import sealed, to_body, to_text
from ncs_desktop.store.schema import RECEIPTS, VERSIONS


def write_line(
    connection: Connection,
    call: str,
    proposal: Proposal,
    act: Act,
    check: Check,
    *,
    changes: JsonValue,
) -> None:
    """Let ``proposal``, the counted version with what the desk wrote, count from now on."""
    row = entry_row(connection, call, proposal.id)
    of = came_as(connection, version_row(connection, proposal.id, row["number"])["digest"])
    number = _put_beside(connection, proposal, of, act)
    if number != row["number"]:
        count_version(connection, row, number, check, row["settled"])
        detail = {"changes": changes}
        audit.record(connection, act, "line_written", call, subject=proposal.id, detail=detail)


def review(
    connection: Connection,
    receipt_id: str,
    corrected: Sequence[Proposal],
    act: Act,
    check: Check,
    *,
    changes: JsonValue,
) -> None:
    """Note that a doubtful reading was compared with its source; count what was corrected."""
    one = RECEIPTS.c.id == receipt_id
    row = versions.first_row(connection, select(RECEIPTS).where(one))
    if row is None:
        raise InputProblem("desk.unknown_receipt", id=receipt_id)
    changed = sealed({**row, "reviewed_at": to_text(act.at)})
    connection.execute(update(RECEIPTS).where(one).values(changed))
    for proposal in corrected:
        versions.take_in(connection, proposal, act.at)
        number = versions.require_current(connection, proposal.id)["number"]
        count_version(connection, entry_row(connection, row["call"], proposal.id), number, check)
    detail: dict[str, JsonValue] = {
        "corrected": [proposal.id for proposal in corrected],
        "file": row["name"],
        "changes": changes,
    }
    audit.record(connection, act, "reviewed", row["call"], subject=receipt_id, detail=detail)


def came_as(connection: Connection, digest: str) -> str:
    """Return the digest of what came in and was kept, with the desk's additions, as ``digest``."""
    beside = (VERSIONS.c.origin == versions.IMPORT, VERSIONS.c.session != "")
    query = select(VERSIONS.c.session).where(VERSIONS.c.digest == digest, *beside)
    return connection.execute(query).scalar() or digest


def _put_beside(connection: Connection, proposal: Proposal, of: str, act: Act) -> int:
    """Keep a version whose ``session`` is the digest of what came in; what comes in has none."""
    same = (VERSIONS.c.proposal_id == proposal.id, VERSIONS.c.digest == proposal.digest)
    revision = VERSIONS.c.revision == proposal.revision
    known = connection.execute(select(func.max(VERSIONS.c.number)).where(*same, revision)).scalar()
    if known is not None:
        return int(known)
    number = versions.next_number(connection, proposal.id)
    body = to_body(proposal)
    kind = versions.IMPORT
    versions.insert_version(connection, proposal, body, act.at, of, origin=kind, number=number)
    return number
