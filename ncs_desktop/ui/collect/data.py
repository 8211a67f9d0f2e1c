"""What the page shows of one call, read and added up in the store's thread."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from ncs_desktop.domain.call import Deadline
from ncs_desktop.domain.desk import (
    DeskEntry,
    Order,
    Status,
    Totals,
    placed_first,
    ranks,
    totals,
    totals_by_kind,
)
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.finder import Finder
from ncs_desktop.domain.money import format_million
from ncs_desktop.domain.views import View, chooser
from ncs_desktop.ui.bundle.sender_form import TEXTS

if TYPE_CHECKING:
    from ncs_desktop.store.desk_records import Receipt
    from ncs_desktop.store.store import Store

_MILLION = 1_000_000
PROFILE_SETTING, SENDER_SETTING = "profile", "sender"
CALL_SETTING, OFFICER_SETTING, OFFICE_SETTING = "desk_call", "desk_officer", "desk_sender"
PAPER_SETTING = "desk_paper"


@dataclass(frozen=True)
class Lines:
    """Entries in one of the orders with their ranks; ``others`` are the ranks in the other one.

    ``places`` tells where each id stands, ``finder`` looks through exactly these entries in this
    order, ``widest`` are texts no narrower than any amount (total, state budget, counterpart). The
    model that is shown the lines owns them and moves entries within the lists.
    """

    entries: list[DeskEntry] = field(default_factory=list)
    ranks: list[int | None] = field(default_factory=list)
    others: Mapping[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    finder: Finder = field(default_factory=lambda: Finder(()))
    widest: tuple[str, ...] = ("", "", "")

    def places_of(self, before: Lines, shown: Sequence[int]) -> Sequence[int]:
        """Return where the lines ``shown`` of the data before stand in these; gone ones are not."""
        if self.places == before.places:
            return shown
        now = list(map(self.places.get, map(attrgetter("proposal_id"), before.entries)))
        return [place for place in map(now.__getitem__, shown) if place is not None]


@dataclass(frozen=True)
class DeskData:
    """The desk of one call, in one of the orders, with its sums.

    Of the ``doubtful`` ids the ``blank`` ones are beside a file nobody has typed in yet.
    ``uncounted`` entries were checked before the desk counted findings; of the ``dated`` ids it is
    known when they were received.
    """

    call: str
    order: Order = Order.DEPARTMENT
    lines: Lines = field(default_factory=Lines)
    totals: Totals = field(default_factory=lambda: totals(()))
    by_kind: Mapping[str, Totals] = field(default_factory=dict)
    resubmitted: int = 0
    uncounted: int = 0
    doubtful: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    who: str = ""
    sender: Sender | None = None
    paper: str = "A4"


@dataclass(frozen=True)
class Words:
    """What the cells say besides the data: deadline, names of statuses, ids that look alike.

    ``doubtful`` are the ids whose reading is to be compared with its source, ``line`` tells what
    the official table says of an entry in a section, ``cut`` are the ids of which it says less than
    the phiếu, by the program's choice.
    """

    deadline: Deadline | None = None
    statuses: Mapping[Status, str] = field(default_factory=dict)
    alike: Mapping[str, Sequence[str]] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    line: Callable[[DeskEntry, str], str] = lambda _entry, _key: ""
    cut: frozenset[str] = frozenset()

    def chooser(self, view: View) -> Callable[[DeskEntry], bool]:
        """Return whether an entry belongs to ``view``."""
        return chooser(view, self.deadline, self.alike, self.doubtful, self.cut)


def order_setting(call_id: str) -> str:
    """Return the key of the order in which the desk of a call was shown last."""
    return f"desk_order:{call_id}"


def load_desk(call_id: str, wanted: Order | None, store: Store) -> DeskData:
    """Read the desk of a call in the order that is ``wanted``, None for the one shown last."""
    by_council_last = store.setting(order_setting(call_id)) == Order.COUNCIL.value
    order = wanted or (Order.COUNCIL if by_council_last else Order.DEPARTMENT)
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
        sum(entry.resubmitted for entry in entries),
        len(store.desk.uncounted(call_id)),
        *_doubtful(call_id, store),
        frozenset(entry.proposal_id for entry in entries if entry.received_at is not None),
        officer(store),
        sender,
        "A3" if store.setting(PAPER_SETTING) == "A3" else "A4",
    )


def _doubtful(call_id: str, store: Store) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the phiếu that nobody has compared yet, and which of them are blank."""
    from ncs_desktop.work.desk_import import is_kept, needs_review  # noqa: PLC0415

    waiting = list(filter(needs_review, store.desk.receipts(call_id, remarked=True)))
    return _ids(waiting), _ids(filter(is_kept, waiting))


def _ids(receipts: Iterable[Receipt]) -> frozenset[str]:
    return frozenset(str(item["id"]) for receipt in receipts for item in receipt.proposals)


def in_order(entries: list[DeskEntry], by_council: list[DeskEntry], order: Order) -> Lines:
    """Return the lines in one of the orders; what the council has not placed comes last."""
    if order is Order.DEPARTMENT:
        return _lines(list(entries), len(entries), by_council)
    return _lines(placed_first(by_council, entries), len(by_council), entries)


def _lines(shown: list[DeskEntry], placed: int, other: Sequence[DeskEntry]) -> Lines:
    return Lines(
        shown,
        _ranks(shown, placed),
        ranks(other),
        {entry.proposal_id: place for place, entry in enumerate(shown)},
        Finder(shown),
        _widest_amounts(shown),
    )


def _widest_amounts(entries: Sequence[DeskEntry]) -> tuple[str, ...]:
    budgets = [entry.budget for entry in entries]
    columns = (
        [budget.total for budget in budgets],
        [budget.state_budget for budget in budgets],
        [budget.counterpart for budget in budgets],
    )
    return tuple(_widest([amount for amount in column if amount]) for column in columns)


def _widest(amounts: Sequence[int]) -> str:
    if not amounts:
        return ""
    largest = max(*amounts, -min(amounts)) // _MILLION * _MILLION
    text = format_million(-largest if min(amounts) < 0 else largest)
    decimals = format_million(_MILLION + math.gcd(_MILLION, *amounts))[1:]
    return text + (decimals if "," in decimals else "")


def _ranks(entries: Iterable[DeskEntry], placed: int) -> list[int | None]:
    """Return the rank of each of the first ``placed`` entries that counts, None of the others."""
    found: list[int | None] = []
    count = 0
    for place, entry in enumerate(entries):
        ranked = place < placed and entry.proposed
        count += ranked
        found.append(count if ranked else None)
    return found


def _sender(store: Store) -> Sender | None:
    """Return who sends from this desk: as told here, else as the unit's page has it."""
    kept = store.setting(OFFICE_SETTING) or store.setting(SENDER_SETTING)
    if not isinstance(kept, Mapping):
        return None
    texts = {name: str(kept.get(name) or "") for name in TEXTS}
    return Sender(kind=str(kept.get("kind") or "agency"), **texts)


def officer(store: Store) -> str:
    """Return the name for the audit trail: as told here, else the contact of the profile."""
    told, profile = store.setting(OFFICER_SETTING), store.setting(PROFILE_SETTING)
    if isinstance(told, str) and told:
        return told
    return str(profile.get("contact_name") or "") if isinstance(profile, Mapping) else ""
