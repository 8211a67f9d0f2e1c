"""Everything beside the table about one phiếu, read by a helper thread over its own connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import Act, Decision, DeskEntry
from ncs_desktop.domain.differences import Differences
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.proposal import Proposal

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.desk_records import Receipt, RequestRecord
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.supplement import Returned


@dataclass(frozen=True)
class Pair:
    """A phiếu beside another one, or beside its own newer version (``other`` None)."""

    other: DeskEntry | None
    old: Proposal
    new: Proposal
    differences: Differences
    decision: Decision | None = None


@dataclass(frozen=True)
class Asked:
    """A request for supplement, and what came back for it (None: nothing yet)."""

    record: RequestRecord
    points: tuple[tuple[str, str], ...]
    returned: Returned | None


@dataclass(frozen=True)
class Detail:
    """One phiếu: the version that counts, what the checks say, where it came from, what is open."""

    entry: DeskEntry
    proposal: Proposal
    findings: tuple[Finding, ...]
    receipts: tuple[Receipt, ...]
    pairs: tuple[Pair, ...]
    asked: tuple[Asked, ...]
    doubtful: str = ""


def load_detail(
    path: Path, catalog: Catalog, entry: DeskEntry, others: Sequence[DeskEntry], act: Act
) -> Detail:
    """Read the detail of ``entry``; ``others`` are what looks like it."""
    from ncs_desktop.store.store import Store  # noqa: PLC0415

    with Store.open(path) as store:
        return _load(store, catalog, entry, others, act)


def _load(
    store: Store, catalog: Catalog, entry: DeskEntry, others: Sequence[DeskEntry], act: Act
) -> Detail:
    from ncs_desktop.work.desk_import import dossier_of, needs_review  # noqa: PLC0415
    from ncs_desktop.work.prepare import check_proposal  # noqa: PLC0415

    desk, call = store.desk, entry.call
    proposal = desk.counted(call, entry.proposal_id)
    dossier = dossier_of(store, catalog, call, proposal.digest)
    checked = check_proposal(catalog, proposal, act.at, dossier, call)
    receipts = tuple(
        receipt
        for receipt in desk.receipts(call)
        if any(item["id"] == entry.proposal_id for item in receipt.proposals)
    )
    doubtful = next((receipt.id for receipt in receipts if needs_review(receipt)), "")
    return Detail(
        entry,
        proposal,
        tuple(found for found in checked.findings if found.code in entry.findings),
        receipts,
        tuple(_pairs(store, catalog, entry, others)),
        tuple(_asked(store, catalog, entry, act)),
        doubtful,
    )


def _pairs(
    store: Store, catalog: Catalog, entry: DeskEntry, others: Sequence[DeskEntry]
) -> list[Pair]:
    from ncs_desktop.work.desk import compare_pair, compare_resubmission  # noqa: PLC0415

    call, proposal_id = entry.call, entry.proposal_id
    pairs = []
    if entry.resubmitted:
        found = compare_resubmission(store, catalog, call, proposal_id)
        pairs.append(Pair(None, found.old, found.new, found.differences))
    by_id: Mapping[str, DeskEntry] = {other.proposal_id: other for other in others}
    for other_id, other in by_id.items():
        found = compare_pair(store.desk, catalog, call, proposal_id, other_id)
        decision = entry.decisions.get(other_id)
        pairs.append(Pair(other, found.old, found.new, found.differences, decision))
    return pairs


def _asked(store: Store, catalog: Catalog, entry: DeskEntry, act: Act) -> list[Asked]:
    from ncs_desktop.exchange.request_file import read_request  # noqa: PLC0415
    from ncs_desktop.work.supplement import find_return  # noqa: PLC0415

    found = []
    for record in store.desk.requests(entry.call, entry.proposal_id):
        request = read_request(record.body, record.id)
        points = tuple((point.id, point.words) for point in request.points)
        found.append(Asked(record, points, find_return(store, catalog, record, act)))
    return found
