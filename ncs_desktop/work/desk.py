"""The officer's desk: how far each proposal is, how they rank, what looks like the same task.

The program suggests and a person decides; nothing is deleted, and every act is in the audit trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.desk import (
    Act,
    Decision,
    DeskEntry,
    Status,
    closes_circle,
    undecided,
)
from ncs_desktop.domain.differences import Differences, compare
from ncs_desktop.domain.duplicates import possible_duplicates
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.table_line import carried_over, with_line
from ncs_desktop.store.desk import Desk
from ncs_desktop.store.store import Store
from ncs_desktop.work.desk_import import DeskCheck, dossier_of

_WITH_REASON = (Status.NEEDS_SUPPLEMENT, Status.FAILED)


@dataclass(frozen=True)
class Comparison:
    """Two versions or two proposals side by side, and what differs from the first to the second."""

    old: Proposal
    new: Proposal
    differences: Differences


def set_status(desk: Desk, call_id: str, proposal_id: str, status: Status, act: Act) -> None:
    """Say how far a proposal is; «cần bổ sung» and «không đạt» need a reason."""
    if status in _WITH_REASON and not act.why.strip():
        raise InputProblem("desk.reason_needed", status=status)
    desk.set_status(call_id, proposal_id, status, act)


def decided_why(desk: Desk, call: str, proposal_id: str, other: str) -> str:
    """Return the reason given with the last decision about two proposals; "" where none was."""
    both = {proposal_id, other}
    for row in reversed(desk.trail(call, both)):
        if row.action == "decided" and {row.subject, row.detail.get("other")} == both:
            return row.why
    return ""


def decide(
    desk: Desk, call_id: str, pair: tuple[str, str], decision: Decision | None, act: Act
) -> None:
    """Keep what a person said of two proposals that look alike, as seen from the first.

    Raises InputProblem ``desk.circle`` where each would be replaced by the other, so that none of
    them counted any more.
    """
    proposal_id, other = pair
    if proposal_id == other:
        raise InputProblem("desk.same_proposal")
    if decision in (Decision.REPLACES, Decision.REPLACED):
        new, old = (proposal_id, other)[:: 1 if decision is Decision.REPLACES else -1]
        if closes_circle(desk.entries(call_id), new, old):
            raise InputProblem("desk.circle")
    desk.decide(call_id, proposal_id, other, decision, act)


def suggestions(desk: Desk, call_id: str) -> list[tuple[str, str]]:
    """Return the pairs that look alike and of which nobody has said anything, in rank order."""
    entries = [entry for entry in desk.entries(call_id) if entry.counted]
    alike = possible_duplicates(desk.counted_all(call_id, counted_only=True))
    return list(undecided(entries, alike))


def compare_pair(desk: Desk, catalog: Catalog, call_id: str, first: str, second: str) -> Comparison:
    """Put the counted versions of two proposals side by side."""
    return _compared(catalog, desk.counted(call_id, first), desk.counted(call_id, second))


def compare_resubmission(
    store: Store, catalog: Catalog, call_id: str, proposal_id: str
) -> Comparison:
    """Put the version that counts and the newest one side by side, as it would count."""
    counted, new = store.desk.counted(call_id, proposal_id), store.load(proposal_id)
    return _compared(catalog, counted, carried_over(counted, new, catalog.form_of(new)))


def _compared(catalog: Catalog, old: Proposal, new: Proposal) -> Comparison:
    found = compare(old.in_table(), new.in_table(), catalog.form_of(new))
    return Comparison(old, new, found)


def settle(store: Store, catalog: Catalog, entry: DeskEntry, act: Act, *, accept: bool) -> None:
    """Say of a resubmission whether it counts from now on, or the version before stays.

    What the desk wrote for its table goes along with the newer one where it still holds.
    """
    number = entry.latest if accept else entry.number
    counted = store.desk.counted(entry.call, entry.proposal_id)
    chosen = store.desk.version(entry.proposal_id, number)
    check = _check_of(store, catalog, entry.call, chosen, act)
    store.desk.settle(entry.call, entry.proposal_id, number, act, check)
    if accept:
        whole = carried_over(counted, chosen, catalog.form_of(chosen))
        _count(store, catalog, entry.call, (chosen, whole), act)


def write_line(
    store: Store,
    catalog: Catalog,
    call_id: str,
    proposal_id: str,
    texts: Mapping[str, str],
    *,
    act: Act,
) -> None:
    """Write texts into the line that a proposal has in the table; its sections stay as they are."""
    counted = store.desk.counted(call_id, proposal_id)
    _count(store, catalog, call_id, (counted, with_line(counted, texts)), act)


def _count(
    store: Store, catalog: Catalog, call_id: str, pair: tuple[Proposal, Proposal], act: Act
) -> None:
    counted, chosen = pair
    if chosen == counted:
        return
    dossier = dossier_of(store, catalog, call_id, counted.digest)
    check = DeskCheck(catalog, call_id, act.at, {chosen.digest: dossier})
    store.desk.write_line(call_id, chosen, act, check, changed_texts(catalog, counted, chosen))


def changed_texts(catalog: Catalog, old: Proposal, new: Proposal) -> JsonValue:
    """Return key, old text and new text of everything that differs, for the audit trail."""
    found = _compared(catalog, old, new).differences.fields
    return tuple((field.key, field.old, field.new) for field in found)


def reopen(store: Store, catalog: Catalog, entry: DeskEntry, act: Act) -> None:
    """Take back what was said of a resubmission: all is as ``entry`` tells."""
    chosen = store.desk.version(entry.proposal_id, entry.number)
    check = _check_of(store, catalog, entry.call, chosen, act)
    store.desk.settle(
        entry.call, entry.proposal_id, entry.number, act, check, settled=entry.settled
    )


def _check_of(
    store: Store, catalog: Catalog, call_id: str, chosen: Proposal, act: Act
) -> DeskCheck:
    dossier = dossier_of(store, catalog, call_id, chosen.digest)
    return DeskCheck(catalog, call_id, act.at, {chosen.digest: dossier})


def recheck(store: Store, catalog: Catalog, call_id: str, act: Act) -> int:
    """Check anew what was checked before findings were counted; return how many came out new."""
    changed = 0
    for found in store.desk.uncounted(call_id):
        check = _check_of(store, catalog, call_id, store.desk.counted(call_id, found), act)
        changed += store.desk.recheck(call_id, found, check)
    return changed
