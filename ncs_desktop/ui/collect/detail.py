"""Everything beside the table about one phiếu, read by a helper thread over its own connection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ncs_desktop.domain.desk import Act, Decision, DeskEntry
from ncs_desktop.domain.differences import Differences
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Finding, points_by_rule
from ncs_desktop.domain.proposal import Proposal

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.desk_records import Receipt, RequestRecord
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.desk import Comparison
    from ncs_desktop.work.supplement import Returned


@dataclass(frozen=True)
class Pair:
    """A phiếu beside another one, or beside its own newer version (``other`` None).

    ``why`` was given with the ``decision``; ``rank`` is the other one's place, ``files`` are the
    files the two came in ("" unknown), ``times`` when these were received, ``codes`` the control
    codes of the two.
    """

    other: DeskEntry | None
    old: Proposal
    new: Proposal
    differences: Differences
    decision: Decision | None = None
    why: str = ""
    rank: int | None = None
    files: tuple[str, str] = ("", "")
    times: tuple[datetime | None, datetime | None] = (None, None)
    codes: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Asked:
    """A request for supplement, and what came back for it (None: nothing yet)."""

    record: RequestRecord
    points: tuple[tuple[str, str], ...]
    returned: Returned | None


@dataclass(frozen=True)
class Beside:
    """A file that came along: ``name`` in the ``input``; ``why`` it does not go on with the phiếu.

    ``shared`` is one among several phiếu, where nothing tells whose it is.
    """

    name: str
    input: str
    why: InputProblem | None = None
    shared: bool = False


@dataclass(frozen=True)
class Detail:
    """One phiếu: the version that counts, what the checks say, where it came from, what is open.

    ``word`` is the receipt of the Word form it was read from, ``doubtful`` the same where nobody
    has compared the reading yet; ``recounted`` says that the desk counted its findings anew;
    ``beside`` are files that came with it in an e-mail or a zip.
    """

    entry: DeskEntry
    proposal: Proposal
    findings: tuple[Finding, ...]
    receipts: tuple[Receipt, ...]
    pairs: tuple[Pair, ...]
    asked: tuple[Asked, ...]
    doubtful: str = ""
    recounted: bool = False
    word: str = ""
    beside: tuple[Beside, ...] = ()

    def digests(self, receipt: Receipt) -> set[str]:
        """Return the digests of the versions of this phiếu that a file brought."""
        mine = (item for item in receipt.proposals if item["id"] == self.entry.proposal_id)
        return {str(item.get("digest")) for item in mine}

    @property
    def came_in_versions(self) -> bool:
        """Whether files brought more than one version."""
        return len({one for receipt in self.receipts for one in self.digests(receipt)}) > 1


Other = tuple[DeskEntry, int | None]
"""Another phiếu and its rank."""


def load_detail(
    path: Path, catalog: Catalog, entry: DeskEntry, others: Sequence[Other], act: Act
) -> Detail:
    """Read the detail of ``entry``; ``others`` are what looks like it."""
    from ncs_desktop.store.store import Store  # noqa: PLC0415

    with Store.open(path) as store:
        return _load(store, catalog, entry, others, act)


def _load(
    store: Store, catalog: Catalog, entry: DeskEntry, others: Sequence[Other], act: Act
) -> Detail:
    from ncs_desktop.work.desk_import import (  # noqa: PLC0415
        DeskCheck,
        dossier_of,
        is_word,
        needs_review,
    )

    desk, call = store.desk, entry.call
    proposal = desk.counted(call, entry.proposal_id)
    dossier = dossier_of(store, catalog, call, proposal.digest)
    check = DeskCheck(catalog, call, act.at, {proposal.digest: dossier})
    findings = check.findings(proposal)
    differ = points_by_rule(findings) != entry.findings
    all_receipts = desk.receipts(call)
    receipts = tuple(
        receipt
        for receipt in all_receipts
        if any(item["id"] == entry.proposal_id for item in receipt.proposals)
    )
    came = {
        (str(item["id"]), str(item.get("digest"))): receipt
        for receipt in all_receipts
        for item in (() if receipt.copy else receipt.proposals)
    }
    doubtful = next((receipt.id for receipt in receipts if needs_review(receipt)), "")
    word = next((receipt.id for receipt in reversed(receipts) if is_word(receipt)), "")
    return Detail(
        entry,
        proposal,
        findings,
        receipts,
        tuple(_pairs(store, catalog, entry, others, came)),
        tuple(_asked(store, catalog, entry, act)),
        doubtful,
        differ and desk.recheck(call, entry.proposal_id, check),
        word,
        tuple(_beside(store, catalog, all_receipts, receipts)),
    )


def _beside(
    store: Store, catalog: Catalog, receipts: Sequence[Receipt], own: Sequence[Receipt]
) -> Iterator[Beside]:
    """Yield the files that only came along with those of a phiếu, such as the signed scan."""
    from ncs_desktop.work.desk_import import original  # noqa: PLC0415
    from ncs_desktop.work.gone_along import enclosed, is_beside, owners  # noqa: PLC0415
    from ncs_desktop.work.received import Inbox  # noqa: PLC0415

    inputs, known = {receipt.input for receipt in own}, owners(receipts)
    along = [one for one in receipts if one.input in inputs and one.content and is_beside(one)]
    with Inbox(catalog) as inbox:
        for receipt in along:
            whole, _, name = receipt.name.partition("/")
            if (receipt.content, receipt.sha256) not in known:
                yield Beside(name, whole, shared=True)
                continue
            try:
                enclosed(name, original(store, receipt, inbox))
                yield Beside(name, whole)
            except InputProblem as problem:
                yield Beside(name, whole, problem)


def _pairs(
    store: Store,
    catalog: Catalog,
    entry: DeskEntry,
    others: Sequence[Other],
    came: Mapping[tuple[str, str], Receipt],
) -> Iterator[Pair]:
    from ncs_desktop.work.desk import (  # noqa: PLC0415
        compare_pair,
        compare_resubmission,
        decided_why,
    )
    from ncs_desktop.work.prepare import control_code  # noqa: PLC0415

    call, proposal_id = entry.call, entry.proposal_id

    def code(proposal: Proposal) -> str:
        return control_code(catalog.form_of(proposal), proposal)

    def pair(found: Comparison, other: DeskEntry | None, **said: Any) -> Pair:
        old, new = (came.get((shown.id, shown.digest)) for shown in (found.old, found.new))
        return Pair(
            other,
            found.old,
            found.new,
            found.differences,
            files=(old.name if old else "", new.name if new else ""),
            times=(old.received_at if old else None, new.received_at if new else None),
            codes=(code(found.old), code(found.new)),
            **said,
        )

    if entry.resubmitted:
        yield pair(compare_resubmission(store, catalog, call, proposal_id), None)
    for other, rank in others:
        found = compare_pair(store.desk, catalog, call, proposal_id, other.proposal_id)
        decision = entry.decisions.get(other.proposal_id)
        decided = decision and decided_why(store.desk, call, proposal_id, other.proposal_id)
        yield pair(found, other, decision=decision, why=decided or "", rank=rank)


def _asked(store: Store, catalog: Catalog, entry: DeskEntry, act: Act) -> list[Asked]:
    from ncs_desktop.exchange.request_file import read_request  # noqa: PLC0415
    from ncs_desktop.work.supplement import find_return  # noqa: PLC0415

    found = []
    for record in store.desk.requests(entry.call, entry.proposal_id):
        request = read_request(record.body, record.id)
        points = tuple((point.id, point.words) for point in request.points)
        found.append(Asked(record, points, find_return(store, catalog, record, act)))
    return found
