"""What the page shows of one call, read and added up in the store's thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import (
    CheckMatrix,
    DeskEntry,
    Finder,
    Order,
    Totals,
    check_matrix,
    totals,
    totals_by_kind,
)
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.json_tree import EMPTY
from ncs_desktop.ui.bundle.sender_form import TEXTS

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store

PROFILE_SETTING, SENDER_SETTING, CALL_SETTING = "profile", "sender", "desk_call"


@dataclass(frozen=True)
class Lines:
    """Entries in one of the orders with their ranks; ``others`` are the ranks in the other one.

    ``finder`` looks through exactly these entries in this order. The model that is shown the lines
    owns them and moves entries within the lists.
    """

    entries: list[DeskEntry] = field(default_factory=list)
    ranks: list[int | None] = field(default_factory=list)
    others: Mapping[str, int] = field(default_factory=dict)
    finder: Finder = field(default_factory=lambda: Finder(()))


@dataclass(frozen=True)
class DeskData:
    """The desk of one call, in one of the orders, with its sums."""

    call: str
    order: Order = Order.DEPARTMENT
    lines: Lines = field(default_factory=Lines)
    totals: Totals = field(default_factory=lambda: totals(()))
    by_kind: Mapping[str, Totals] = field(default_factory=dict)
    matrix: CheckMatrix = field(default_factory=lambda: CheckMatrix((), ()))
    matrix_entries: Sequence[DeskEntry] = ()
    who: str = ""
    sender: Sender | None = None


def load_desk(call_id: str, order: Order, store: Store) -> DeskData:
    """Read the desk of a call."""
    entries = store.desk.entries(call_id)
    by_council = store.desk.entries(call_id, Order.COUNCIL)
    sender = _sender(store)
    lines = in_order(entries, by_council, order)
    return DeskData(
        call_id,
        order,
        lines,
        totals(entries),
        totals_by_kind(entries),
        check_matrix(lines.entries),
        tuple(lines.entries),
        _who(store, sender),
        sender,
    )


def in_order(entries: list[DeskEntry], by_council: list[DeskEntry], order: Order) -> Lines:
    """Return the lines in one of the orders; what the council has not placed comes last."""
    if order is Order.DEPARTMENT:
        return Lines(
            list(entries), _ranks(entries, len(entries)), _by_id(by_council), Finder(entries)
        )
    placed = {entry.proposal_id for entry in by_council}
    shown = by_council + [entry for entry in entries if entry.proposal_id not in placed]
    return Lines(shown, _ranks(shown, len(by_council)), _by_id(entries), Finder(shown))


def _ranks(entries: Iterable[DeskEntry], placed: int) -> list[int | None]:
    """Return the rank of each of the first ``placed`` entries that counts, None of the others."""
    ranks: list[int | None] = []
    count = 0
    for place, entry in enumerate(entries):
        ranked = place < placed and entry.counted
        count += ranked
        ranks.append(count if ranked else None)
    return ranks


def _by_id(entries: Sequence[DeskEntry]) -> dict[str, int]:
    counted = (entry.proposal_id for entry in entries if entry.counted)
    return {proposal_id: rank for rank, proposal_id in enumerate(counted, 1)}


def _sender(store: Store) -> Sender | None:
    kept = store.setting(SENDER_SETTING)
    if not isinstance(kept, Mapping):
        return None
    texts = {name: str(kept.get(name) or "") for name in TEXTS}
    return Sender(kind=str(kept.get("kind") or "agency"), **texts)


def _who(store: Store, sender: Sender | None) -> str:
    """Return the name for the audit trail: the contact of the profile, else who signs."""
    profile = store.setting(PROFILE_SETTING)
    found = profile if isinstance(profile, Mapping) else EMPTY
    name = found.get("contact_name") or found.get("proposer_name")
    return str(name or (sender.signer_name or sender.name if sender else ""))
