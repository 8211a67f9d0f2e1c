"""What an officer writes into a phiếu: corrections of a reading, and the line of the table.

The line of the table stands in a version beside what came in. The sender's own version stays the
current one; the desk counts the one with its additions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.store import audit, versions
from ncs_desktop.store.desk_rows import Check, count_version, entry_row, read_version, rows_of
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
    number = _put_beside(connection, proposal, act)
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


def came(connection: Connection, proposal_id: str) -> list[Proposal]:
    """Return every version that came in or was saved, the first one first, up to the current."""
    current = versions.require_current(connection, proposal_id)["number"]
    own = (VERSIONS.c.proposal_id == proposal_id, VERSIONS.c.number <= current)
    query = select(VERSIONS).where(*own, ~versions.BESIDE).order_by(VERSIONS.c.number)
    return [versions.read_row(row) for row in rows_of(connection, query)]


def take_over(
    connection: Connection, call: str, proposal: Proposal, act: Act, check: Check
) -> None:
    """Count the line of another office with the version it was written for, if that has none."""
    if not proposal.table_line:
        return
    number = entry_row(connection, call, proposal.id)["number"]
    counted = read_version(connection, proposal.id, number)
    said = [(one.revision, one.digest) for one in (counted, proposal)]
    if not counted.table_line and said[0] == said[1]:
        whole = replace(counted, table_line=proposal.table_line)
        before, after = counted.in_table(), whole.in_table()
        texts = ((key, before.text(key), after.text(key)) for key in whole.table_line)
        changes = tuple(text for text in texts if text[1] != text[2])
        write_line(connection, call, whole, act, check, changes=changes)


def _put_beside(connection: Connection, proposal: Proposal, act: Act) -> int:
    """Keep a version with what the desk wrote, whose ``session`` is the digest of what came in."""
    body = to_body(proposal)
    same = (VERSIONS.c.proposal_id == proposal.id, VERSIONS.c.body == body)
    known = connection.execute(select(func.max(VERSIONS.c.number)).where(*same)).scalar()
    if known is not None:
        return int(known)
    number = versions.next_number(connection, proposal.id)
    of, kind = proposal.digest, versions.IMPORT
    versions.insert_version(connection, proposal, body, act.at, of, origin=kind, number=number)
    return number
