"""The officer's desk: what came in for one call, how far each proposal is, and how they rank.

Everything here is linear in the number of entries, so that a table of 100,000 is filtered and added
up while a person types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from ncs_desktop.domain.call import Deadline
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.summary import add_up


class Status(StrEnum):
    """How far a proposal is: mới nhận, cần bổ sung, đạt, không đạt."""

    NEW = "new"
    NEEDS_SUPPLEMENT = "needs_supplement"
    PASSED = "passed"
    FAILED = "failed"


class Channel(StrEnum):
    """How a file came: e-mail, on paper (giấy), on a stick (USB), otherwise (khác)."""

    EMAIL = "email"
    PAPER = "paper"
    USB = "usb"
    OTHER = "other"


class Result(StrEnum):
    """What became of a file that came in; the first that holds of its proposals is told."""

    NEW = "new"
    UPDATED = "updated"
    SAME = "same"
    REJECTED = "rejected"


class Order(StrEnum):
    """Whose order: the department's (Sở) or the council's (hội đồng)."""

    DEPARTMENT = "department"
    COUNCIL = "council"


class Decision(StrEnum):
    """What a person said of two proposals that look alike, seen from one of them."""

    DIFFERENT = "different"
    REPLACES = "replaces"
    REPLACED = "replaced"

    @property
    def reverse(self) -> Decision:
        """The same decision seen from the other proposal."""
        reverse = {Decision.REPLACES: Decision.REPLACED, Decision.REPLACED: Decision.REPLACES}
        return reverse.get(self, self)


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does at the desk: who by the profile, when, why."""

    who: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a file: the key of a sentence and what fills it."""

    message: str
    params: FrozenDict = EMPTY


_UNKNOWN = Budget()


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One proposal on the desk, as its counted version shows it; amounts in đồng, None unknown.

    ``number`` is the version that counts, ``latest`` the newest there is, ``settled`` the last one
    a person has looked at; ``findings`` counts by rule what was found; ``search`` is folded text;
    ``council_ranked`` tells whether the council has placed it.
    """

    proposal_id: str
    call: str
    title: str = ""
    proposer_name: str = ""
    lead_organization: str = ""
    task_kind: str = ""
    budget: Budget = _UNKNOWN
    revision: int = 1
    number: int = 1
    settled: int = 1
    latest: int = 1
    status: Status = Status.NEW
    status_reason: str = ""
    rank_reason: str = ""
    council_reason: str = ""
    council_ranked: bool = False
    decisions: Mapping[str, Decision] = EMPTY
    channel: Channel = Channel.OTHER
    received_at: datetime | None = None
    findings: Mapping[str, Points] = EMPTY
    search: str = ""

    def reason_of(self, order: Order) -> str:
        """Return why it stands where it does in one of the orders."""
        return self.rank_reason if order is Order.DEPARTMENT else self.council_reason

    @property
    def points(self) -> Points:
        """What the checks found, counted over all rules."""
        return sum(self.findings.values(), Points())

    @property
    def resubmitted(self) -> bool:
        """Whether a newer version came in that nobody has looked at."""
        return self.latest > self.settled

    @property
    def counted(self) -> bool:
        """Whether it counts in the table: a person may have said that another replaces it."""
        return Decision.REPLACED not in self.decisions.values()

    @property
    def proposed(self) -> bool:
        """Whether it goes to the superior office: counted and not failed."""
        return self.counted and self.status is not Status.FAILED

    def is_late(self, deadline: Deadline | None) -> bool | None:
        """Whether it was received too late; None where the time or the deadline is unknown."""
        if deadline is None or self.received_at is None:
            return None
        return deadline.is_late(self.received_at)


def ranks(entries: Iterable[DeskEntry]) -> dict[str, int]:
    """Return by id the rank, from 1, of every entry in the table; ``entries`` stand in order."""
    counted = (entry.proposal_id for entry in entries if entry.proposed)
    return {proposal_id: rank for rank, proposal_id in enumerate(counted, 1)}


def placed_first(placed: Sequence[DeskEntry], entries: Iterable[DeskEntry]) -> list[DeskEntry]:
    """Return those ``placed`` in an order and, behind them, the other ``entries`` as they come."""
    known = {entry.proposal_id for entry in placed}
    return [*placed, *(entry for entry in entries if entry.proposal_id not in known)]


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of what stands in the official table, in đồng, as the paper prints them.

    ``count`` proposals stand in it, ``incomplete`` of them lack an amount, in ``uneven`` of them
    the total is not its two parts; ``failed`` and ``replaced`` ones are left out of it. ``over`` is
    by how much the parts of some make more than their total.
    """

    budget: Budget
    count: int
    incomplete: int
    uneven: int = 0
    failed: int = 0
    replaced: int = 0
    over: int = 0

    @property
    def unclear(self) -> int:
        """What totals have beyond their parts, in đồng; what is too much is not set off."""
        return self.budget.unsourced + self.over

    def __add__(self, other: Totals) -> Totals:
        """Return the sum over the entries of both."""
        budget, _incomplete = add_up((self.budget, other.budget))
        return Totals(
            budget,
            self.count + other.count,
            self.incomplete + other.incomplete,
            self.uneven + other.uneven,
            self.failed + other.failed,
            self.replaced + other.replaced,
            self.over + other.over,
        )


def totals(entries: Iterable[DeskEntry]) -> Totals:
    """Add up the entries that go into the official table; tell how many stay out of it."""
    budgets: list[Budget] = []
    failed = replaced = 0
    for entry in entries:
        if entry.proposed:
            budgets.append(entry.budget.completed())
        elif entry.counted:
            failed += 1
        else:
            replaced += 1
    total, incomplete = add_up(budgets)
    uneven = sum(budget.unsourced != 0 for budget in budgets)
    over = sum(max(-budget.unsourced, 0) for budget in budgets)
    return Totals(total, len(budgets), incomplete, uneven, failed, replaced, over)


def totals_by_kind(entries: Iterable[DeskEntry]) -> dict[str, Totals]:
    """Add up the entries of the table by their kind of task, in the order the kinds appear."""
    groups: dict[str, list[DeskEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.task_kind, []).append(entry)
    return {kind: totals(members) for kind, members in groups.items()}


@dataclass(frozen=True)
class CheckMatrix:
    """Entries × rules: a column for every rule that found something somewhere."""

    codes: tuple[str, ...]
    rows: tuple[Mapping[str, Points], ...]

    def cell(self, row: int, column: int) -> Points | None:
        """Return what a rule found in an entry, None where it found nothing."""
        return self.rows[row].get(self.codes[column])

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """In how many entries each rule found something that stands."""
        return Counter(code for row in self.rows for code, found in row.items() if found.count)


def check_matrix(entries: Iterable[DeskEntry]) -> CheckMatrix:
    """Return the matrix of the entries in their order; its columns are in the order of codes."""
    rows = tuple(entry.findings for entry in entries)
    return CheckMatrix(tuple(sorted({code for row in rows for code in row})), rows)


def undecided(
    entries: Iterable[DeskEntry], alike: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ``alike`` of which nobody has said whether they are one task."""
    by_id = {entry.proposal_id: entry for entry in entries}
    seen: set[frozenset[str]] = set()
    for first, others in alike.items():
        for second in others:
            pair = frozenset((first, second))
            if first in by_id and second in by_id and pair not in seen:
                seen.add(pair)
                if second not in by_id[first].decisions:
                    yield first, second


def closes_circle(entries: Iterable[DeskEntry], new: str, old: str) -> bool:
    """Whether ``new`` replacing ``old`` would leave neither: ``old`` replaces ``new`` already.

    Looks through chains of replacements too.
    """
    by_id = {entry.proposal_id: entry for entry in entries}
    waiting, seen = [new], {new}
    while waiting:
        entry = by_id.get(waiting.pop())
        for other, decision in entry.decisions.items() if entry else ():
            if decision is Decision.REPLACED and other not in seen:
                seen.add(other)
                waiting.append(other)
    return old in seen
