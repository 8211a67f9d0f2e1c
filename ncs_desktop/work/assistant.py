"""What a person chose and edited in the assistant, as the store keeps it for the next time.

An edited letter is kept with the draft it was made from: where the phiếu says something else since,
the person is told, because a letter with an old amount must not go out unread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ncs_desktop.domain.blocks import blocks_from_value, value_from_blocks
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.json_tree import FrozenDict, JsonValue, canonical, freeze
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import words

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store

_SENDER = tuple(field.name for field in fields(Sender))
_LETTER = tuple(field.name for field in fields(Letter))
_LISTS = ("addressees", "recipients")


@dataclass(frozen=True, slots=True)
class EditedLetter:
    """A letter a person edited: whose (phiếu and number of its commitment), from which draft."""

    proposal_id: str
    number: int
    letter: Letter
    draft: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Sender, rank (ids) and edited letters of one dossier."""

    sender: Sender | None = None
    order: tuple[str, ...] = ()
    letters: tuple[EditedLetter, ...] = ()


def setting_key(proposal_ids: Sequence[str]) -> str:
    """Return the name under which the choices of this dossier are kept."""
    return f"assistant:{':'.join(sorted(proposal_ids))}:"


def others_of_sender(store: Store, proposal: Proposal) -> list[Proposal]:
    """Return the other phiếu of the same proposer for the same call, the last saved first.

    They go out under one letter and one table: printed one by one, each would speak of one task.
    """
    proposer = words(proposal.text("proposer_name"))
    return [
        store.load(line.id)
        for line in store.summaries(own=True)
        if proposer
        and line.id != proposal.id
        and line.call == proposal.call
        and words(line.proposer_name) == proposer
    ]


def fingerprint(draft: Letter) -> str:
    """Return a hash of what a drafted letter says, to see whether it still says the same.

    Who signs it is left out: that is taken from the sender as he now stands.
    """
    said = (draft.subject, draft.addressees, value_from_blocks(draft.body), draft.recipients)
    return hashlib.sha256(canonical(freeze(said))).hexdigest()[:16]


def to_json(choices: Choices) -> FrozenDict:
    """Write choices as a setting."""
    sender = choices.sender
    return FrozenDict(
        {
            "sender": sender and sender_to_json(sender),
            "order": choices.order,
            "letters": tuple(
                FrozenDict(
                    {
                        "proposal": item.proposal_id,
                        "number": item.number,
                        "draft": item.draft,
                        "letter": _letter_to_json(item.letter),
                    }
                )
                for item in choices.letters
            ),
        }
    )


def from_json(kept: JsonValue) -> Choices:
    """Read choices back; what cannot be read is as if it had not been chosen."""
    if not isinstance(kept, Mapping):
        return Choices()
    sender, order, letters = kept.get("sender"), kept.get("order"), kept.get("letters")
    return Choices(
        sender_from_json(sender) if isinstance(sender, Mapping) else None,
        tuple(str(item) for item in order) if isinstance(order, tuple) else (),
        tuple(_letters(letters)) if isinstance(letters, tuple) else (),
    )


def sender_to_json(sender: Sender) -> FrozenDict:
    """Write a sender as a setting."""
    return FrozenDict({name: getattr(sender, name) for name in _SENDER})


def sender_from_json(kept: Mapping[str, Any]) -> Sender:
    """Read a sender back."""
    texts = {name: str(kept.get(name) or "") for name in _SENDER}
    return Sender(**{**texts, "kind": texts["kind"] or "organization"})


def _letters(items: tuple[Any, ...]) -> list[EditedLetter]:
    found = []
    for item in items:
        try:
            letter = _letter_from_json(item["letter"])
            found.append(
                EditedLetter(str(item["proposal"]), int(item["number"]), letter, str(item["draft"]))
            )
        except (KeyError, TypeError, ValueError, NcsError):
            continue
    return found


def _letter_to_json(letter: Letter) -> FrozenDict:
    plain = {name: getattr(letter, name) for name in _LETTER}
    return FrozenDict({**plain, "body": value_from_blocks(letter.body)})


def _letter_from_json(kept: Mapping[str, Any]) -> Letter:
    parts: dict[str, Any] = {name: str(kept.get(name) or "") for name in _LETTER}
    parts.update({name: tuple(str(line) for line in kept[name]) for name in _LISTS})
    return Letter(**{**parts, "body": blocks_from_value(kept["body"], "body")})
