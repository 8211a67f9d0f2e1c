"""The order of the table: as an officer wrote it down, else as the proposals came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.text import fold, nfc
from ncs_desktop.files import read_bytes

_LIMIT = 2**20


class Named(Protocol):
    """Something that an order can name: a proposal, or what is at hand of one."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title on one line."""


Task = TypeVar("Task", bound=Named)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line of the order that placed nothing, and how many proposals it may mean.

    None: it names nobody; one: a line above named that one already; more: nobody can tell which.
    """

    line: str
    matches: int


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Task]):
    """Proposals in their ranked order, and the lines of the order that placed none of them."""

    proposals: tuple[Task, ...]
    doubts: tuple[Doubt, ...] = ()


def read_order(path: Path) -> tuple[str, ...]:
    """Return the lines of an order file; InputProblem where it is no text."""
    try:
        text = read_bytes(path, _LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputProblem("collect.order_not_text", file=path) from error
    return tuple(nfc(line.strip()) for line in text.splitlines() if line.strip())


def rank(proposals: Sequence[Task], order: Iterable[str]) -> Ranked[Task]:
    """Return the proposals that ``order`` names first, as it names them, then the others as given.

    A line of ``order`` is an id or a whole title, before which a number may stand (``1. ``). A
    title spelt letter for letter goes before one that only sounds so; a line that several proposals
    answer to places none of them, for choosing among them is the officer's decision.
    """
    names = _Names(proposals)
    places: dict[int, None] = {}
    doubts = []
    for line in order:
        named = names.find(line)
        if len(named) == 1 and named[0] not in places:
            places[named[0]] = None
        else:
            doubts.append(Doubt(line, len(named)))
    rest = (index for index in range(len(proposals)) if index not in places)
    return Ranked(tuple(proposals[index] for index in (*places, *rest)), tuple(doubts))


class _Names:
    """The places of proposals by all they may be called."""

    def __init__(self, proposals: Sequence[Named]) -> None:
        self._ids = {proposal.id: index for index, proposal in enumerate(proposals)}
        self._spelt: dict[str, list[int]] = defaultdict(list)
        self._folded: dict[str, list[int]] = defaultdict(list)
        for index, proposal in enumerate(proposals):
            self._spelt[nfc(proposal.title.strip())].append(index)
            self._folded[fold(proposal.title)].append(index)

    def find(self, line: str) -> Sequence[int]:
        """Return the places that ``line`` may mean, by the strictest reading that finds any."""
        number, _, rest = line.partition(" ")
        spellings = [line, rest.strip()] if number.rstrip(".)").isdigit() else [line]
        for text in filter(fold, spellings):
            if text.lower() in self._ids:
                return [self._ids[text.lower()]]
            found = self._spelt.get(nfc(text)) or self._folded.get(fold(text))
            if found:
                return found
        return ()
