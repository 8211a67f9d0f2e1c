"""The Word file a phiếu was read from stays with it: the file, what found no place, what to check.

Nothing of what somebody wrote is lost by reading it: where a reading is doubtful the file is there
to look it up. It is no enclosure and is not handed on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.exchange.proposal_json import Loaded, Note

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.papers import Attached

ROLE = "word_source"


@dataclass(frozen=True, slots=True)
class WordSource:
    """The Word file called ``name``: text of it that stands in no field, and the reader's notes.

    ``looked_at`` is true once a person said that all of it was looked at.
    """

    name: str
    sha256: str
    unplaced: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    looked_at: bool = False


def keep_source(store: Store, loaded: Loaded, file: Attached, now: datetime) -> None:
    """Keep the Word file ``loaded`` was read from; the same file again changes nothing."""
    before = source_of(store, loaded.proposal.id)
    made = store.attach(loaded.proposal.id, ROLE, file.name, file.content, now)
    if before is not None and before.sha256 == made.sha256:
        return
    source = WordSource(file.name, made.sha256, loaded.unplaced, loaded.notes)
    _write(store, loaded.proposal.id, source)


def source_of(store: Store, proposal_id: str) -> WordSource | None:
    """Return what is kept of the Word file a phiếu was read from; None where it was read from none.

    Where several were read it is the last one.
    """
    kept: Any = store.setting(_key(proposal_id))
    if kept is None:
        return None
    return WordSource(
        kept["name"],
        kept["sha256"],
        kept["unplaced"],
        tuple(Note(item["message"], item["params"]) for item in kept["notes"]),
        kept["looked_at"],
    )


def mark_looked_at(store: Store, proposal_id: str) -> None:
    """Keep that a person has looked at everything the reading left open."""
    found = source_of(store, proposal_id)
    if found is not None:
        _write(store, proposal_id, replace(found, looked_at=True))


def _write(store: Store, proposal_id: str, source: WordSource) -> None:
    value = {
        "name": source.name,
        "sha256": source.sha256,
        "unplaced": source.unplaced,
        "notes": [{"message": note.message, "params": note.params} for note in source.notes],
        "looked_at": source.looked_at,
    }
    store.set_setting(_key(proposal_id), freeze(value))


def _key(proposal_id: str) -> str:
    """Return where the store keeps it; deleting the phiếu for good deletes it, too."""
    return f"word:{proposal_id}:"
