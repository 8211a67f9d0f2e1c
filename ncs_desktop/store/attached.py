"""Files of a proposal: added, taken off, put back. Every function works in a transaction."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, literal_column, select, update
from sqlalchemy.engine import Connection

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.text import clean_text
from ncs_desktop.store import versions
from ncs_desktop.store.records import Attachment, from_text, sealed, to_text
from ncs_desktop.store.schema import ATTACHMENTS


def add(connection: Connection, wanted: Attachment) -> Attachment:
    """Record ``wanted``; the same content in the same role is one record, not two.

    Given again to a later revision it moves there, so that it is no longer one of an older paper.
    """
    earlier = [
        item
        for item in of_proposal(connection, wanted.proposal_id)
        if (item.role, item.sha256) == (wanted.role, wanted.sha256)
    ]
    for item in earlier:
        if item.revision >= wanted.revision:
            return item
        mark(connection, item.id, wanted.added_at)
    row = {
        **{name: getattr(wanted, name) for name in Attachment.__dataclass_fields__},
        "id": str(uuid.uuid4()),
        "original_name": clean_text(wanted.original_name).text,
        "added_at": to_text(wanted.added_at),
        "removed_at": None,
    }
    connection.execute(insert(ATTACHMENTS).values(sealed(row)))
    return _read(row)


def of_proposal(connection: Connection, proposal_id: str) -> list[Attachment]:
    """Return the files of a proposal in the order they were added."""
    query = (
        _one_of(ATTACHMENTS.c.proposal_id == proposal_id)
        .where(ATTACHMENTS.c.removed_at.is_(None))
        .order_by(ATTACHMENTS.c.added_at, literal_column("rowid"))
    )
    return [_read(row) for row in connection.execute(query).mappings()]


def mark(connection: Connection, attachment_id: str, removed_at: datetime | None) -> None:
    """Take a file off its proposal, or put it back where no time is given."""
    one = ATTACHMENTS.c.id == attachment_id
    row = versions.first_row(connection, _one_of(one))
    if row is None:
        raise InputProblem("store.unknown_attachment", id=attachment_id)
    changed = sealed({**row, "removed_at": removed_at and to_text(removed_at)})
    connection.execute(update(ATTACHMENTS).where(one).values(changed))


def _one_of(condition: Any) -> Select[Any]:
    return select(ATTACHMENTS).where(condition)


def _read(row: Any) -> Attachment:
    return Attachment(
        row["id"],
        row["proposal_id"],
        row["revision"],
        row["role"],
        row["original_name"],
        row["sha256"],
        row["size"],
        from_text(row["added_at"]),
    )
