"""Which of the proposals that came in are versions of one task, and which of them counts.

The highest revision counts. Two contents under one revision contradict each other: the one received
last counts where both times are known, else the one read first; never does one replace the other
without a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import Result
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.exchange.proposal_json import Note

if TYPE_CHECKING:
    from ncs_desktop.work.arrivals import Arrival


@dataclass(frozen=True, eq=False)
class Update:
    """Two versions of one task; ``ordered`` is whether it is known that ``old`` came first."""

    old: Arrival
    new: Arrival
    ordered: bool


class Story:
    """What the arrivals tell together; ``known`` are the revisions the store held before, by id.

    ``versions`` are the different contents of each task, the one that counts last.
    """

    def __init__(self, arrivals: Iterable[Arrival], known: Mapping[str, int]) -> None:
        self._known = known
        self._first: dict[str, Arrival] = {}
        self._lined: dict[tuple[str, int, str], Arrival] = {}
        self._by_file: dict[str, list[Arrival]] = defaultdict(list)
        found: dict[str, list[Arrival]] = defaultdict(list)
        for arrival in arrivals:
            self._by_file[arrival.source].append(arrival)
            if arrival.lined:
                self._lined.setdefault(_key(arrival), arrival)
            if self._first.setdefault(arrival.digest, arrival) is arrival:
                found[arrival.id].append(arrival)
        self.versions = {key: _in_order(versions) for key, versions in found.items()}

    def counted(self) -> list[Arrival]:
        """Return what counts of each task, with the line of the table that any file has of it."""
        return [self._with_line(versions[-1]) for versions in self.versions.values()]

    def _with_line(self, counted: Arrival) -> Arrival:
        lined = self._lined.get(_key(counted))
        if counted.lined or lined is None:
            return counted
        told = {name: getattr(lined, name) for name in ("lined", "errors", "waived", "findings")}
        return replace(counted, read=lined.read, **told)

    def of_file(self, source: str) -> tuple[Arrival, ...]:
        """Return what came in the file called ``source``."""
        return tuple(self._by_file.get(source, ()))

    def tell(self, arrival: Arrival) -> tuple[Result, Note | None]:
        """Return what became of one arrival, and why."""
        first = self._first[arrival.digest]
        if first is not arrival:
            taken = not first.lined and self._lined.get(_key(first)) is arrival
            code = "collect.same_content_line" if taken else "collect.same_content"
            return Result.SAME, _note(code, arrival, first=first.source)
        if arrival.outcome == "same":
            return Result.SAME, _note("collect.in_store", arrival)
        if arrival.outcome == "older" and arrival.id in self._known:
            return Result.SAME, _note("collect.older_than_store", arrival)
        result = Result.NEW if self._opens(arrival) else Result.UPDATED
        return result, self._why(arrival)

    def _opens(self, arrival: Arrival) -> bool:
        """Whether the task became known by this arrival: the first read of its lowest revision."""
        versions = self.versions[arrival.id]
        lowest = min(versions, key=lambda item: (item.revision, item.number))
        return lowest is arrival and arrival.id not in self._known

    def _why(self, arrival: Arrival) -> Note | None:
        versions = self.versions[arrival.id]
        counted, place = versions[-1], versions.index(arrival)
        revision = arrival.revision
        if counted.revision > revision:
            return _note("collect.superseded", arrival, newer=counted.source)
        others = [it for it in versions if it.revision == revision and it is not arrival]
        if others:
            known = _times_known((arrival, *others))
            if arrival is not counted:
                code = "collect.conflict_by_time" if known else "collect.conflict"
                return _note(code, arrival, counted=counted.source)
            code = "collect.conflict_counted_by_time" if known else "collect.conflict_counted"
            names = "», «".join(it.source for it in others)
            return _note(code, arrival, others=names)
        if place:
            return _note("collect.updated", arrival, older=versions[place - 1].source)
        if arrival.id not in self._known:
            return None
        against = self._known[arrival.id] == arrival.revision
        return _note(f"collect.{'conflict' if against else 'updated'}_in_store", arrival)

    def overtaken(self) -> Iterator[Arrival]:
        """Yield what counts although another content of its revision was kept after it."""
        for *others, counted in self.versions.values():
            if any(
                other.revision == counted.revision and other.number > counted.number
                for other in others
            ):
                yield counted

    def updates(self) -> Iterator[Update]:
        """Yield every pair of a version and the next one."""
        for versions in self.versions.values():
            for old, new in pairwise(versions):
                later = old.revision < new.revision
                yield Update(old, new, later or _times_known((old, new)))


def _key(arrival: Arrival) -> tuple[str, int, str]:
    return arrival.id, arrival.revision, arrival.digest


def _in_order(versions: Sequence[Arrival]) -> list[Arrival]:
    """Return versions from the lowest revision to the one that counts."""
    ordered: list[Arrival] = []
    by_revision = sorted(versions, key=lambda item: item.revision)
    for _, group in groupby(by_revision, key=lambda item: item.revision):
        alike = sorted(group, key=lambda item: -item.number)
        if _times_known(alike):
            alike.sort(key=lambda item: item.when.timestamp() if item.when else 0.0)
        ordered += alike
    return ordered


def _times_known(arrivals: Sequence[Arrival]) -> bool:
    """Whether the times of receipt tell an order: all known, no two alike."""
    times = {item.when for item in arrivals}
    return None not in times and len(times) == len(arrivals)


def _note(code: str, arrival: Arrival, **params: object) -> Note:
    return Note(code, FrozenDict(title=arrival.title, revision=arrival.revision, **params))
