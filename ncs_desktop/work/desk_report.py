"""The desk in the shape of a collection, so that window and command line write the same report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.desk import Order
from ncs_desktop.domain.duplicates import alike
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.store.desk_records import Receipt
from ncs_desktop.store.store import Store
from ncs_desktop.work.arrivals import Arrival, Shelf
from ncs_desktop.work.collect import Collected, Collection
from ncs_desktop.work.desk_papers import proposed
from ncs_desktop.work.prepare import check_proposal
from ncs_desktop.work.versions import Update


def desk_collection(
    store: Store, catalog: Catalog, call_id: str, order: Order, now: datetime
) -> Collection:
    """Return what the desk of a call holds: what counts, every file, every pair of versions.

    Raises InputProblem ``desk.nothing_to_send`` where nothing counts.
    """
    call, receipts = catalog.call(call_id), store.desk.receipts(call_id)
    writer = _Arrivals(catalog, call_id, now, receipts)
    counted = [writer.arrival(found) for found in proposed(store.desk, call_id, order)]
    by_id = {one.id: one for one in counted}
    others = (found for found in store.desk.counted_all(call_id) if found.id not in by_id)
    arrived = by_id | {one.id: one for one in map(writer.arrival, others)}
    latest = {entry.proposal_id: entry.latest for entry in store.desk.entries(call_id)}
    updates = [
        Update(old, new, ordered=True)
        for found in by_id
        for old, new in writer.pairs(store, found, latest.get(found, 1))
    ]
    return Collection(
        call,
        tuple(_collected(receipt, arrived, catalog) for receipt in receipts),
        tuple(counted),
        alike([one.trace for one in counted]),
        tuple(updates),
        files=len({receipt.input for receipt in receipts}),
    )


def _collected(receipt: Receipt, by_id: dict[str, Arrival], catalog: Catalog) -> Collected:
    deadline, when = catalog.call(receipt.call).deadline, receipt.received_at
    ids = (str(item["id"]) for item in receipt.proposals)
    return Collected(
        receipt.name,
        receipt.result,
        tuple(Note(remark.message, remark.params) for remark in receipt.remarks),
        tuple(by_id[found] for found in ids if found in by_id),
        when,
        deadline.is_late(when) if deadline and when else None,
        receipt.reviewed_at is not None,
    )


class _Arrivals:
    """Makes arrivals of what the desk holds; where a version came from is told by its digest."""

    def __init__(
        self, catalog: Catalog, call_id: str, now: datetime, receipts: Sequence[Receipt]
    ) -> None:
        self._catalog, self._call_id, self._now = catalog, call_id, now
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
        checked = check_proposal(self._catalog, proposal, self._now, None, self._call_id)
        self._number += 1
        return self._shelf.put(
            name,
            Loaded(proposal, name, unplaced=unplaced),
            checked,
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
