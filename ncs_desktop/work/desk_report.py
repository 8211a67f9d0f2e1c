"""The desk in the shape of a collection, so that window and command line write the same report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.desk import DeskEntry, Order
from ncs_desktop.domain.duplicates import alike
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.store.desk_records import Receipt
from ncs_desktop.store.records import Outcome
from ncs_desktop.store.store import Store
from ncs_desktop.work.arrivals import Arrival, Shelf
from ncs_desktop.work.collect import Collected, Collection
from ncs_desktop.work.desk_import import DeskCheck, desk_check
from ncs_desktop.work.desk_papers import proposed
from ncs_desktop.work.versions import Update


def desk_collection(
    store: Store, catalog: Catalog, call_id: str, order: Order, now: datetime
) -> Collection:
    """Return what the desk of a call holds: what counts, every file, every pair of versions.

    Raises InputProblem ``desk.nothing_to_send`` where nothing counts.
    """
    call, receipts = catalog.call(call_id), store.desk.receipts(call_id)
    writer = _Arrivals(desk_check(store, catalog, call_id, now), receipts)
    counted = [writer.arrival(found) for found in proposed(store.desk, call_id, order)]
    by_id = {one.id: one for one in counted}
    others = (found for found in store.desk.counted_all(call_id) if found.id not in by_id)
    arrived = by_id | {one.id: one for one in map(writer.arrival, others)}
    entries = {entry.proposal_id: entry for entry in store.desk.entries(call_id)}
    updates = [
        Update(old, new, ordered=True)
        for found in by_id
        for old, new in writer.pairs(store, found, entries[found].latest)
    ]
    reasons, times = _Reasons(store, receipts, arrived), _Times(receipts, entries)
    return Collection(
        call,
        tuple(_collected(receipt, arrived, catalog, reasons, times) for receipt in receipts),
        tuple(counted),
        alike([one.trace for one in counted]),
        tuple(updates),
        files=len({receipt.input for receipt in receipts}),
    )


def _collected(
    receipt: Receipt,
    by_id: dict[str, Arrival],
    catalog: Catalog,
    reasons: _Reasons,
    times: _Times,
) -> Collected:
    deadline, when = catalog.call(receipt.call).deadline, times.of(receipt)
    ids = (str(item["id"]) for item in receipt.proposals)
    return Collected(
        receipt.name,
        receipt.result,
        (
            *reasons.of(receipt),
            *(Note(remark.message, remark.params) for remark in receipt.remarks),
        ),
        tuple(by_id[found] for found in ids if found in by_id),
        when,
        deadline.is_late(when) if deadline and when else None,
        receipt.reviewed_at is not None,
    )


class _Times:
    """When files were received: what they tell, else what a person wrote of the phiếu they brought.

    Of a copy or of a later version that says nothing of the time it stays unknown.
    """

    def __init__(self, receipts: Sequence[Receipt], entries: Mapping[str, DeskEntry]) -> None:
        told = {
            (str(item["id"]), receipt.received_at)
            for receipt in receipts
            for item in receipt.proposals
        }
        self._written = {
            found: entry.received_at
            for found, entry in entries.items()
            if (found, entry.received_at) not in told
        }

    def of(self, receipt: Receipt) -> datetime | None:
        """Return the moment of a receipt; None where nobody knows it, or of several that differ."""
        if receipt.received_at is not None or receipt.copy:
            return receipt.received_at
        new = [str(it["id"]) for it in receipt.proposals if it["outcome"] == Outcome.NEW]
        written = {self._written.get(found) for found in new}
        return written.pop() if len(written) == 1 else None


def origins(receipts: Iterable[Receipt]) -> dict[tuple[str, str], str]:
    """Return the file that brought each version first, by the version's id and digest."""
    found: dict[tuple[str, str], str] = {}
    for receipt in receipts:
        for item in () if receipt.copy else receipt.proposals:
            if item["outcome"] != Outcome.SAME:
                found.setdefault((str(item["id"]), str(item["digest"])), receipt.name)
    return found


class _Reasons:
    """Tells why a file brought nothing new, or a version of what was there; by name what was.

    A person says which version counts, so that it is told of the desk as it is now.
    """

    def __init__(
        self, store: Store, receipts: Sequence[Receipt], counted: Mapping[str, Arrival]
    ) -> None:
        self._store, self._counted = store, counted
        self._origins = origins(receipts)

    def of(self, receipt: Receipt) -> Iterator[Note]:
        """Yield what is to be said of the proposals in a file; a copy of a file says it itself."""
        for item in () if receipt.copy else receipt.proposals:
            found, digest = str(item["id"]), str(item["digest"])
            told = {"title": item["title"]}
            if item["outcome"] == Outcome.SAME:
                first = self._origins.get((found, digest))
                code = "collect.same_content" if first else "collect.in_store"
                yield Note(code, FrozenDict(told, first=first))
            elif item["outcome"] != Outcome.NEW:
                yield self._version(item["outcome"] == Outcome.OLDER, found, digest, told)
                yield from self._counts(found, digest)

    def _version(self, is_older: bool, found: str, digest: str, told: dict[str, Any]) -> Note:
        """Tell of what a file brings another version: of the one that came before it."""
        came = [one.digest for one in self._store.desk.came(found)]
        before = came[came.index(digest) - 1] if digest in came[1:] else ""
        other = self._origins.get((found, before), "")
        code = "older" if is_older else "resent" if other else "resent_in_store"
        return Note(f"desk.{code}", FrozenDict(told, other=other))

    def _counts(self, found: str, digest: str) -> Iterator[Note]:
        """Tell which version counts; of one that a person corrected nothing is said."""
        counted = self._counted.get(found)
        name = self._origins.get((found, counted.digest)) if counted else None
        if counted is not None and counted.digest == digest:
            yield Note("desk.counts", FrozenDict())
        elif name:
            yield Note("desk.other_counts", FrozenDict(counted=name))


class _Arrivals:
    """Makes arrivals of what the desk holds; where a version came from is told by its digest."""

    def __init__(self, check: DeskCheck, receipts: Sequence[Receipt]) -> None:
        self._check = check
        self._shelf, self._number = Shelf(), 0
        self._came: dict[tuple[str, str], Receipt] = {}
        self._last: dict[str, Receipt] = {}
        for receipt in receipts:
            for item in () if receipt.copy else receipt.proposals:
                self._came.setdefault((str(item["id"]), str(item["digest"])), receipt)
                self._last[str(item["id"])] = receipt

    def arrival(self, proposal: Proposal) -> Arrival:
        """Return a proposal as it came, with what found no place when it was read."""
        found = self._came.get((proposal.id, proposal.digest)) or self._last.get(proposal.id)
        name = found.name if found else proposal.title
        unplaced = tuple(
            str(text)
            for remark in (found.remarks if found else ())
            for text in remark.params.get("texts") or ()
        )
        self._number += 1
        return self._shelf.put(
            name,
            Loaded(proposal, name, unplaced=unplaced),
            self._check.checked(proposal),
            when=found.received_at if found else None,
            number=self._number,
        )

    def pairs(
        self, store: Store, proposal_id: str, latest: int
    ) -> Iterator[tuple[Arrival, Arrival]]:
        """Yield every version that came and the next one that says something else."""
        if latest > 1:
            for old, new in pairwise(map(self.arrival, store.desk.came(proposal_id))):
                if old.digest != new.digest:
                    yield old, new
