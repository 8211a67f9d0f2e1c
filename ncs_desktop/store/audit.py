"""The audit trail of the desk: rows are only added, each carries the seal of the one before.

Triggers refuse to change or remove a row; the chain shows a row changed by other means. Like every
hash it shows accident and change, not a forger who computes the whole chain anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.json_tree import EMPTY, JsonValue, freeze
from ncs_desktop.domain.text import clean_text
from ncs_desktop.store.desk_records import AuditRow, to_json
from ncs_desktop.store.records import from_text, sealed, to_text
from ncs_desktop.store.schema import AUDIT

NOTHING_BEFORE = "0" * 64


def record(
    connection: Connection,
    act: Act,
    action: str,
    call: str,
    *,
    subject: str,
    detail: Mapping[str, JsonValue] = EMPTY,
) -> None:
    """Add what is done in this transaction to the end of the trail."""
    query = select(AUDIT.c.number, AUDIT.c.seal).order_by(AUDIT.c.number.desc()).limit(1)
    last = connection.execute(query).first()
    number, previous = (last[0], last[1]) if last else (0, NOTHING_BEFORE)
    row = {
        "number": number + 1,
        "at": to_text(act.at),
        "who": clean_text(act.who).text,
        "action": action,
        "call": call,
        "subject": subject,
        "why": clean_text(act.why).text,
        "detail": to_json(detail),
        "previous": previous,
    }
    connection.execute(insert(AUDIT).values(sealed(row)))


def trail(
    connection: Connection, call: str | None, subjects: Collection[str] = ()
) -> list[AuditRow]:
    """Return the rows of one call, or all, in the order they were added.

    Only of ``subjects`` where any are named.
    """
    query = select(AUDIT).order_by(AUDIT.c.number)
    if call is not None:
        query = query.where(AUDIT.c.call == call)
    if subjects:
        query = query.where(AUDIT.c.subject.in_(subjects))
    return [
        AuditRow(
            row["number"],
            from_text(row["at"]),
            row["who"],
            row["action"],
            row["call"],
            row["subject"],
            row["why"],
            freeze(json.loads(row["detail"])),
            row["seal"],
        )
        for row in connection.execute(query).mappings()
    ]
