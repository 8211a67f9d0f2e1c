"""What became of received files, counted in one way for the window, the workbook and the terminal.

Every file has exactly one fate, so that the counts add up to the files; a zip or an e-mail that
holds several files counts each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import Result

if TYPE_CHECKING:
    from ncs_desktop.catalog import Messages
    from ncs_desktop.work.collect import Collected, Collection


class Fate(StrEnum):
    """What a person wants to know of a file, what needs a hand first."""

    DAMAGED = "damaged"
    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    UPDATED = "updated"
    NEW = "new"
    SAME = "same"
    BESIDE = "beside"


_TOLD = (
    Fate.NEW,
    Fate.DOUBTFUL,
    Fate.UPDATED,
    Fate.SAME,
    Fate.BESIDE,
    Fate.REFUSED,
    Fate.DAMAGED,
)
_HOLDING = (Fate.NEW, Fate.DOUBTFUL, Fate.UPDATED, Fate.SAME)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files came to what: ``inputs`` were given, ``proposals`` are the phiếu in them."""

    inputs: int = 0
    fates: Mapping[Fate, int] = field(default_factory=dict)
    proposals: int = 0

    @property
    def files(self) -> int:
        """How many files there are, those in zips and e-mails one by one."""
        return sum(self.fates.values())


def fate(result: Result, *, damaged: bool, beside: bool, doubtful: bool) -> Fate:
    """Return what became of a file; ``doubtful`` where its reading waits for a comparison."""
    if result is Result.REJECTED:
        return Fate.DAMAGED if damaged else Fate.REFUSED
    if beside:
        return Fate.BESIDE
    return Fate.DOUBTFUL if doubtful and result is not Result.SAME else Fate(result.value)


def tally_of(collection: Collection) -> Tally:
    """Return the tally of everything a collection took in."""
    fates = Counter(map(_fate_of, collection.inputs))
    fates[Fate.BESIDE] += len(collection.beside)
    ids = {arrival.id for item in collection.inputs for arrival in item.arrivals}
    return Tally(collection.files, fates, len(ids))


def _fate_of(item: Collected) -> Fate:
    from ncs_desktop.work.desk_import import DOUBTS  # noqa: PLC0415
    from ncs_desktop.work.received import BESIDE  # noqa: PLC0415

    codes = {note.message for note in item.reasons}
    notes = {note.message for arrival in item.arrivals for note in arrival.loaded.notes}
    return fate(
        item.result,
        damaged=is_damaged(codes),
        beside=BESIDE in codes,
        doubtful=not item.reviewed and bool((codes | notes).intersection(DOUBTS)),
    )


def is_damaged(codes: Iterable[str]) -> bool:
    """Whether a file was refused for ``codes`` because it cannot be read at all."""
    from ncs_desktop.work.desk_import import NO_DATA, NOT_OURS  # noqa: PLC0415

    return not set(codes).intersection((*NO_DATA, *NOT_OURS))


def tally_text(tally: Tally, messages: Messages) -> str:
    """Return the counts as a sentence, kinds without any left out; "" where there is no file."""
    if not tally.files:
        return ""
    told = ", ".join(
        messages.text(f"collect.tally.{kind}", count=tally.fates[kind])
        for kind in _TOLD
        if tally.fates.get(kind)
    )
    opened = tally.files != tally.inputs
    code = "collect.tally.opened" if opened else "collect.tally.files"
    text = messages.text(code, inputs=tally.inputs, count=tally.files, what=told)
    if tally.proposals in (0, sum(tally.fates.get(kind, 0) for kind in _HOLDING)):
        return text
    return f"{text} {messages.text('collect.tally.proposals', count=tally.proposals)}"
