"""What a person has corrected of a reading so far: kept while it is typed, until it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, JsonValue, freeze
from ncs_desktop.domain.proposal import Proposal

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading as corrected: ``typed`` are words by section that are not in it (yet).

    ``confirmed`` are the sections a person has written or taken, ``unplaced`` what has no place.
    """

    proposal: Proposal
    unplaced: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()
    typed: FrozenDict = EMPTY

    def with_typed(self, key: str, text: str | None) -> Draft:
        """Return the draft with these words beside the section ``key``; None leaves none there."""
        others = {other: words for other, words in self.typed.items() if other != key}
        return replace(self, typed=FrozenDict(others if text is None else {**others, key: text}))

    def to_json(self, first: Proposal) -> JsonValue:
        """Return the draft as it is kept, with the digest of the reading it corrects."""
        return {
            "of": first.digest,
            "values": self.proposal.values,
            "unplaced": self.unplaced,
            "confirmed": tuple(sorted(self.confirmed)),
            "typed": self.typed,
        }


def draft_of(kept: JsonValue, first: Proposal) -> Draft | None:
    """Return a kept draft; None where there is none, or where it corrects another version."""
    if not isinstance(kept, Mapping) or kept.get("of") != first.digest:
        return None
    tree = freeze(kept)
    return Draft(
        replace(first, values=tree["values"]),
        tree["unplaced"],
        frozenset(tree["confirmed"]),
        tree["typed"],
    )


def draft_setting(proposal_id: str, receipt_id: str) -> str:
    """Return the key of a kept draft; it goes when the proposal is purged."""
    return f"desk_review:{proposal_id}:{receipt_id}"


def keep_draft(key: str, draft: JsonValue, store: Store) -> None:
    """Keep what has been corrected so far; None forgets it."""
    if draft is not None or store.setting(key) is not None:
        store.set_setting(key, draft)


def accept_reading(
    catalog: Catalog,
    receipt: tuple[str, str],
    proposals: tuple[Proposal, Proposal],
    act: Act,
    store: Store,
) -> None:
    """Note that a reading was compared with its source; ``receipt`` is its call and its id.

    ``proposals`` are what was read and what a person made of it.
    """
    from ncs_desktop.work.desk import changed_texts  # noqa: PLC0415
    from ncs_desktop.work.desk_import import DeskCheck  # noqa: PLC0415

    call, receipt_id = receipt
    read, final = proposals
    corrected = (final,) if final != read else ()
    changes = changed_texts(catalog, read, final)
    store.desk.review(receipt_id, corrected, act, DeskCheck(catalog, call, act.at), changes)
    keep_draft(draft_setting(read.id, receipt_id), None, store)
