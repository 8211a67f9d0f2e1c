"""The order of the table: as an officer wrote it down, else as the proposals came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import fold, nfc
from ncs_desktop.files import read_bytes

_LIMIT = 2**20


@dataclass(frozen=True, slots=True)
class Ranked:
    """Proposals in their ranked order, and the lines of the order that named none of them."""

    proposals: tuple[Proposal, ...]
    unknown: tuple[str, ...] = ()


def read_order(path: Path) -> tuple[str, ...]:
    """Return the lines of an order file; InputProblem where it is no text."""
    try:
        text = read_bytes(path, _LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputProblem("collect.order_not_text", file=path) from error
    return tuple(nfc(line.strip()) for line in text.splitlines() if line.strip())


def rank(proposals: Sequence[Proposal], order: Iterable[str]) -> Ranked:
    """Return the proposals that ``order`` names first, as it names them, then the others as given.

    A line of ``order`` is an id or a whole title, before which a number may stand (``1. ``). Of two
    proposals of one title the line means the first it has not named yet.
    """
    by_id = {proposal.id: index for index, proposal in enumerate(proposals)}
    by_title: dict[str, list[int]] = defaultdict(list)
    for index, proposal in enumerate(proposals):
        by_title[fold(proposal.title)].append(index)
    places: dict[int, None] = {}
    unknown = []
    for line in order:
        named = _named(line, by_id, by_title)
        place = next((found for found in named if found not in places), None)
        if place is None:
            unknown.append(line)
        else:
            places[place] = None
    rest = (index for index in range(len(proposals)) if index not in places)
    return Ranked(tuple(proposals[index] for index in (*places, *rest)), tuple(unknown))


def _named(
    line: str, by_id: Mapping[str, int], by_title: Mapping[str, Sequence[int]]
) -> Iterator[int]:
    if line.lower() in by_id:
        yield by_id[line.lower()]
    yield from by_title.get(fold(line), ())
    number, _, rest = line.partition(" ")
    if number.rstrip(".)").isdigit() and fold(rest):
        yield from by_title.get(fold(rest), ())
