"""The desk in the store: every act is one transaction together with its row of the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, and_, insert, select, update
from sqlalchemy.engine import Connection

from ncs_desktop.domain.desk import Act, Channel, Decision, DeskEntry, Order, Status
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.json_tree import EMPTY, JsonValue
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import clean_text
from ncs_desktop.store import audit, desk_bin, desk_lines, desk_receipts, versions
from ncs_desktop.store.content import put_content
from ncs_desktop.store.desk_records import (
    UNCOUNTED,
    Admission,
    AuditRow,
    Receipt,
    RequestRecord,
    entry_columns,
    maybe_text,
    read_decisions,
    read_entry,
    read_receipt,
    read_request,
    to_json,
)
from ncs_desktop.store.desk_rows import (
    Check,
    all_entries,
    change_entry,
    count_version,
    entry_row,
    next_behind,
    place_before,
    read_version,
    rows_of,
    spread,
    with_its_line,
)
from ncs_desktop.store.records import sealed, to_text
from ncs_desktop.store.schema import ENTRIES, PROPOSALS, RECEIPTS, REQUESTS, VERSIONS

Transaction = Callable[[], AbstractContextManager[Connection]]
_PLACES: Mapping[Order, Column[Any]] = {
    Order.DEPARTMENT: ENTRIES.c.place,
    Order.COUNCIL: ENTRIES.c.council_place,
}
_REASONS = {Order.DEPARTMENT: "rank_reason", Order.COUNCIL: "council_reason"}


class Desk:
    """The officer's desk of a store; see ``Store.desk``."""

    def __init__(self, path: Path, writing: Transaction, reading: Transaction) -> None:
        self._path, self._writing, self._reading = path, writing, reading

    def admit(self, admission: Admission, act: Act, check: Check) -> list[Receipt]:
        """Take one input in, all of it or nothing: proposals, receipts, entries.

        Its content is durable before. A file known already leaves everything as it is; a receipt of
        a rejected file gives way to what became of it now.
        """
        usable = any(not item.rejected for item in admission.files)
        content = (
            put_content(self._path, admission.content)
            if usable and admission.content is not None
            else None
        )
        with self._writing() as connection:
            return desk_receipts.admit(connection, admission, content, act, check)

    def copy_in(
        self, originals: Sequence[Receipt], name: str, number: int, act: Act
    ) -> list[Receipt]:
        """Note that a copy of the input of ``originals`` came in as ``name``; return its receipts.

        ``number`` tells it from further copies of the same input.
        """
        with self._writing() as connection:
            return desk_receipts.copy_in(connection, originals, name, number, act)

    def receipts(self, call: str, *, remarked: bool = False) -> list[Receipt]:
        """Return what became of every file received, in the order they came in.

        ``remarked`` leaves only those with remarks on which nobody has compared the reading.
        """
        query = (
            select(RECEIPTS)
            .where(RECEIPTS.c.call == call)
            .order_by(RECEIPTS.c.imported_at, RECEIPTS.c.name, RECEIPTS.c.id)
        )
        if remarked:
            query = query.where(RECEIPTS.c.reviewed_at.is_(None), RECEIPTS.c.remarks != "[]")
        with self._reading() as connection:
            return [read_receipt(row) for row in rows_of(connection, query)]

    def review(
        self,
        receipt_id: str,
        corrected: Sequence[Proposal],
        act: Act,
        check: Check,
        changes: JsonValue = (),
    ) -> None:
        """Note that a person compared a doubtful reading with its source; count the corrections.

        ``changes`` tell the trail what they are: key, old text and new text of each.
        """
        with self._writing() as connection:
            desk_lines.review(connection, receipt_id, corrected, act, check, changes=changes)

    def entries(
        self, call: str, order: Order = Order.DEPARTMENT, *, binned: bool = False
    ) -> list[DeskEntry]:
        """Return the desk in the department's order, or only what the council ranked."""
        place = _PLACES[order]
        query = (
            select(ENTRIES, PROPOSALS.c.number.label("latest"))
            .join(PROPOSALS, PROPOSALS.c.id == ENTRIES.c.proposal_id)
            .where(ENTRIES.c.call == call, place.is_not(None))
            .order_by(place)
        )
        cache: dict[str, Mapping[str, Points]] = {}
        with self._reading() as connection:
            gone = desk_bin.away(connection, call)
            return [
                read_entry(row, cache, gone)
                for row in rows_of(connection, query)
                if binned or row["proposal_id"] not in gone
            ]

    def counted(self, call: str, proposal_id: str) -> Proposal:
        """Return the version of a proposal that counts on the desk."""
        with self._reading() as connection:
            row = entry_row(connection, call, proposal_id)
            return read_version(connection, proposal_id, row["number"])

    def version(self, proposal_id: str, number: int) -> Proposal:
        """Return one version of a proposal."""
        with self._reading() as connection:
            return read_version(connection, proposal_id, number)

    def counted_all(self, call: str, *, counted_only: bool = False) -> list[Proposal]:
        """Return the version that counts of every proposal, in the department's order.

        ``counted_only`` leaves out those that another replaces.
        """
        joined = and_(
            VERSIONS.c.proposal_id == ENTRIES.c.proposal_id, VERSIONS.c.number == ENTRIES.c.number
        )
        query = select(VERSIONS, ENTRIES.c.decisions).join(ENTRIES, joined)
        query = query.where(ENTRIES.c.call == call).order_by(ENTRIES.c.place)
        found = []
        with self._reading() as connection:
            gone = desk_bin.away(connection, call)
            for row in rows_of(connection, query):
                said = read_decisions(row.pop("decisions"), gone).values()
                if row["proposal_id"] in gone or (counted_only and Decision.REPLACED in said):
                    continue
                found.append(with_its_line(connection, row))
        return found

    def came(self, proposal_id: str) -> list[Proposal]:
        """Return the versions of a proposal without the desk's additions, the first one first."""
        with self._reading() as connection:
            return desk_lines.came(connection, proposal_id)

    def write_line(
        self, call: str, proposal: Proposal, act: Act, check: Check, changes: JsonValue
    ) -> None:
        """Count a proposal with what the desk wrote for its table; ``changes`` as for a review."""
        with self._writing() as connection:
            desk_lines.write_line(connection, call, proposal, act, check, changes=changes)

    def set_status(self, call: str, proposal_id: str, status: Status, act: Act) -> None:
        """Say how far a proposal is; ``act.why`` is the reason shown with it."""
        changes = {"status": status.value, "status_reason": clean_text(act.why).text}
        self._change(
            call, proposal_id, changes, act=act, action="status", detail={"status": status.value}
        )

    def set_received(
        self, call: str, proposal_id: str, at: datetime | None, channel: Channel, act: Act
    ) -> None:
        """Say when and how a proposal was received, where its file told nothing."""
        changes = {"received_at": maybe_text(at), "channel": channel.value}
        self._change(call, proposal_id, changes, act=act, action="received_at", detail=changes)

    def set_reason(self, call: str, proposal_id: str, order: Order, act: Act) -> None:
        """Write ``act.why`` as the reason of the rank in one of the orders."""
        changes = {_REASONS[order]: clean_text(act.why).text}
        self._change(
            call, proposal_id, changes, act=act, action="rank_reason", detail={"order": order.value}
        )

    def _change(
        self,
        call: str,
        proposal_id: str,
        changes: Mapping[str, Any],
        *,
        act: Act,
        action: str,
        detail: Mapping[str, JsonValue] = EMPTY,
    ) -> None:
        with self._writing() as connection:
            row = entry_row(connection, call, proposal_id)
            if {**row, **changes} != row:
                change_entry(connection, row, changes)
                was = {f"earlier_{key}": row[key] for key in detail if key in row}
                told = {**was, **detail}
                audit.record(connection, act, action, call, subject=proposal_id, detail=told)

    def place(
        self, call: str, proposal_id: str, order: Order, before: str | None, act: Act
    ) -> None:
        """Put a proposal just before another in one of the orders, or last where that is None.

        A reason in ``act.why`` becomes the reason of its rank.
        """
        column = _PLACES[order]
        with self._writing() as connection:
            row = entry_row(connection, call, proposal_id)
            stood = next_behind(connection, call, column, row)
            place = place_before(connection, call, column, proposal_id, before)
            if place is None:
                spread(connection, call, column)
                row = entry_row(connection, call, proposal_id)
                place = place_before(connection, call, column, proposal_id, before)
            changes: dict[str, Any] = {column.name: place}
            if act.why.strip():
                changes[_REASONS[order]] = clean_text(act.why).text
            change_entry(connection, row, changes)
            detail = {"order": order.value, "before": before, "earlier_before": stood}
            audit.record(connection, act, "ranked", call, subject=proposal_id, detail=detail)

    def unplace(self, call: str, proposal_id: str, act: Act) -> None:
        """Take a proposal out of the council's order."""
        changes = {"council_place": None, "council_reason": ""}
        self._change(call, proposal_id, changes, act=act, action="unranked")

    def adopt_order(self, call: str, act: Act) -> dict[str, int | None]:
        """Begin the council's order anew with the department's; return its places before, by id."""
        before = {}
        with self._writing() as connection:
            for row in all_entries(connection, call):
                before[row["proposal_id"]] = row["council_place"]
                change_entry(connection, row, {"council_place": row["place"]})
            audit.record(connection, act, "order_adopted", call, subject=call)
        return before

    def put_order_back(self, call: str, places: Mapping[str, int | None], act: Act) -> None:
        """Give the council's order the places again that it had before another was adopted."""
        with self._writing() as connection:
            for row in all_entries(connection, call):
                if row["proposal_id"] in places:
                    change_entry(connection, row, {"council_place": places[row["proposal_id"]]})
            audit.record(connection, act, "order_put_back", call, subject=call)

    def decide(
        self, call: str, proposal_id: str, other: str, decision: Decision | None, act: Act
    ) -> None:
        """Keep what a person said of two proposals that look alike; None takes it back.

        Nothing is deleted: one that is replaced stays on the desk and does not count.
        """
        pairs = (
            (proposal_id, other, decision),
            (other, proposal_id, decision.reverse if decision else None),
        )
        with self._writing() as connection:
            for one, two, said in pairs:
                row = entry_row(connection, call, one)
                decisions = {**read_decisions(row["decisions"]), two: said}
                kept = {key: value.value for key, value in decisions.items() if value is not None}
                change_entry(connection, row, {"decisions": to_json(kept)})
            detail = {"other": other, "decision": decision.value if decision else None}
            audit.record(connection, act, "decided", call, subject=proposal_id, detail=detail)

    def settle(
        self,
        call: str,
        proposal_id: str,
        number: int,
        act: Act,
        check: Check,
        *,
        settled: int | None = None,
    ) -> None:
        """Say which version counts, after a newer one came in; all of them stay in the history.

        With ``settled`` an earlier decision is taken back: newer versions wait for one again.
        """
        with self._writing() as connection:
            row = entry_row(connection, call, proposal_id)
            chosen = count_version(connection, row, number, check, settled)
            detail = {"version": number, "revision": chosen.revision, "earlier": row["number"]}
            action = "settled" if settled is None else "reopened"
            audit.record(connection, act, action, call, subject=proposal_id, detail=detail)

    def uncounted(self, call: str) -> list[str]:
        """Return the ids of entries checked when the desk kept one finding of each rule."""
        query = select(ENTRIES.c.proposal_id).where(
            ENTRIES.c.call == call, ENTRIES.c.findings.like(UNCOUNTED)
        )
        with self._reading() as connection:
            return list(connection.execute(query).scalars())

    def recheck(self, call: str, proposal_id: str, check: Check) -> bool:
        """Check the counted version of a proposal again; return whether anything differs.

        No act of a person, hence no row of the trail.
        """
        with self._writing() as connection:
            row = entry_row(connection, call, proposal_id)
            proposal = read_version(connection, proposal_id, row["number"])
            changed = {**row, **entry_columns(proposal, check(proposal))}
            if changed != row:
                change_entry(connection, row, changed)
        return changed != row

    def ask(self, request: RequestRecord, act: Act) -> None:
        """Keep a request for supplement; its proposal becomes one that needs supplement."""
        row = {
            "id": request.id,
            "call": request.call,
            "proposal_id": request.proposal_id,
            "number": request.number,
            "asked_at": to_text(request.asked_at),
            "body": request.body.decode("utf-8"),
            "verdicts": to_json(request.verdicts),
        }
        status = {
            "status": Status.NEEDS_SUPPLEMENT.value,
            "status_reason": clean_text(act.why).text,
        }
        with self._writing() as connection:
            entry = entry_row(connection, request.call, request.proposal_id)
            connection.execute(insert(REQUESTS).values(sealed(row)))
            change_entry(connection, entry, status)
            detail: dict[str, JsonValue] = {"request": request.id, "version": request.number}
            audit.record(
                connection,
                act,
                "supplement_asked",
                request.call,
                subject=request.proposal_id,
                detail=detail,
            )

    def requests(self, call: str, proposal_id: str | None = None) -> list[RequestRecord]:
        """Return the requests for supplement of a call, or of one proposal, the latest first."""
        query = select(REQUESTS).where(REQUESTS.c.call == call)
        if proposal_id is not None:
            query = query.where(REQUESTS.c.proposal_id == proposal_id)
        query = query.order_by(REQUESTS.c.asked_at.desc(), REQUESTS.c.id)
        with self._reading() as connection:
            return [read_request(row) for row in rows_of(connection, query)]

    def judge(self, request_id: str, point: str, met: bool | None, act: Act) -> None:
        """Keep what the officer says of one point of a request; None takes it back."""
        one = REQUESTS.c.id == request_id
        with self._writing() as connection:
            row = versions.first_row(connection, select(REQUESTS).where(one))
            if row is None:
                raise InputProblem("desk.unknown_request", id=request_id)
            said = {**read_request(row).verdicts, point: met}
            kept = {key: value for key, value in said.items() if value is not None}
            changed = sealed({**row, "verdicts": to_json(kept)})
            connection.execute(update(REQUESTS).where(one).values(changed))
            detail = {"request": request_id, "point": point, "met": met}
            audit.record(
                connection, act, "judged", row["call"], subject=row["proposal_id"], detail=detail
            )

    def note(
        self,
        action: str,
        call: str,
        subject: str,
        act: Act,
        detail: Mapping[str, JsonValue] = EMPTY,
    ) -> None:
        """Add an act that changes nothing here to the trail, such as an export."""
        with self._writing() as connection:
            audit.record(connection, act, action, call, subject=subject, detail=detail)

    def trail(self, call: str | None = None, of: Collection[str] = ()) -> list[AuditRow]:
        """Return the audit trail, of one call where it is named, ``of`` subjects where any are."""
        with self._reading() as connection:
            return audit.trail(connection, call, of)
