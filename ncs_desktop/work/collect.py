"""Collecting what enterprises and offices sent: read, check, tell resubmissions, rank.

Every file is told apart as new, updated, same or rejected with its reason; a bad one stops no
other. Of many files the next ones are read by another process (``reading``) while one is checked
and kept. Nothing of a file stays in memory but a few words about its proposals, so that it does not
grow with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.desk import Result
from ncs_desktop.domain.duplicates import alike
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.bundle import Bundle
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.work.arrivals import Arrival, Shelf
from ncs_desktop.work.inputs import all_files
from ncs_desktop.work.prepare import check_proposal
from ncs_desktop.work.ranking import Doubt, rank
from ncs_desktop.work.reading import Reading
from ncs_desktop.work.received import Received
from ncs_desktop.work.versions import Story, Update

if TYPE_CHECKING:
    from ncs_desktop.store.records import Outcome
    from ncs_desktop.store.store import Store

Watch = Callable[[Sequence[Path]], Iterable[Path]]
"""Passes the files through while they are read: shows progress, or stops early (cancel)."""
Keep = Callable[[Bundle], None]
"""Is given every bundle once, to put the scans in it aside before it is let go."""


@dataclass(frozen=True)
class Collected:
    """What became of one file: ``reasons`` are message keys with what fills them.

    ``late`` is None where the time of receipt or the deadline is not known; ``reviewed`` tells that
    a person compared the reading with its source.
    """

    source: str
    result: Result
    reasons: tuple[Note, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    when: datetime | None = None
    late: bool | None = None
    reviewed: bool = False


@dataclass(frozen=True)
class Collection:
    """The whole: ``arrivals`` are the counted proposals in ranked order, one for each task.

    ``alike`` names possible duplicates by id, ``updates`` the pairs of an older and a newer version
    that came in, ``order_doubts`` the lines of the order that placed nothing, ``beside`` files that
    only went along with proposals, such as scans; ``files`` is how many were given.
    """

    call: Call
    inputs: tuple[Collected, ...]
    arrivals: tuple[Arrival, ...]
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    updates: tuple[Update, ...] = ()
    order_doubts: tuple[Doubt, ...] = ()
    beside: tuple[str, ...] = ()
    files: int = 0

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The counted proposals in ranked order."""
        return tuple(one.proposal for one in self.arrivals)

    @property
    def errors(self) -> int:
        """Number of errors in the counted proposals that nobody accepted."""
        return sum(one.errors for one in self.arrivals)

    @property
    def waived(self) -> int:
        """Number of errors in the counted proposals that their senders accepted with a reason."""
        return sum(one.waived for one in self.arrivals)

    @property
    def rejected(self) -> tuple[Collected, ...]:
        """The inputs that could not be used."""
        return tuple(item for item in self.inputs if item.result is Result.REJECTED)


@dataclass(frozen=True)
class _Opened:
    """A file as opened, before it is known what else came."""

    received: Received
    arrivals: tuple[Arrival, ...] = ()
    same_as: str = ""


def _is_earlier(when: datetime | None, than: datetime | None) -> bool:
    """Whether a time of receipt comes before another; one that is known before one that is not."""
    return when is not None and (than is None or when < than)


def _exchanged(one: Arrival, two: Arrival) -> dict[Arrival, Arrival]:
    """Return two copies as if they had come in each other's place."""
    kept = one, two
    if (one.id, one.revision) == (two.id, two.revision):
        kept = two, one
    return {
        one: replace(one, number=two.number, outcome=kept[0].outcome),
        two: replace(two, number=one.number, outcome=kept[1].outcome),
    }


def require_year(loaded: Loaded, catalog: Catalog, call: Call) -> None:
    """Refuse a proposal of another year; that of another office's call of this year counts."""
    proposal = loaded.proposal
    if proposal.call == call.id:
        return
    other = catalog.calls.get(proposal.call)
    year = other.plan_year if other else proposal.plan_year
    if year != call.plan_year:
        raise InputProblem(
            "collect.other_call",
            file=loaded.source,
            title=proposal.title,
            call=catalog.call_title(proposal.call),
            expected=catalog.call_title(call.id),
        )


class Collector:
    """Takes files in one by one; ``finish`` then tells what they make together.

    ``open_store`` gives the store to keep everything in, if any: each file is one transaction, so
    that stopping between two files leaves it consistent.
    """

    def __init__(
        self,
        catalog: Catalog,
        call_id: str,
        now: datetime,
        *,
        open_store: Callable[[], Store] | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.catalog, self.call, self._now = catalog, catalog.call(call_id), now
        self._open_store, self._keep = open_store, keep
        self._opened: list[_Opened] = []
        self._same: dict[str, tuple[str, datetime | None]] = {}
        self._count = self._files = 0
        self._shelf = Shelf()
        self._known_before: dict[str, int] | None = None

    def take(self, arrived: Iterable[Received]) -> None:
        """Check and keep what one file brought."""
        self._files += 1
        for received in arrived:
            self._note(received)

    def _note(self, received: Received) -> None:
        identity, bundle = received.identity, received.bundle
        received = replace(received, piece=None, bundle=None)
        first = self._same.get(identity) if identity else None
        if first and received.problem is None and not _is_earlier(received.when, first[1]):
            self._opened.append(_Opened(replace(received, loaded=()), same_as=first[0]))
            return
        try:
            opened = _Opened(replace(received, loaded=()), tuple(self._arrive(received)))
        except NcsError as problem:
            if not isinstance(problem, InputProblem):
                raise
            opened = _Opened(replace(received, loaded=(), problem=problem))
        self._opened.append(opened)
        if opened.received.problem is None:
            self._same[identity] = (received.name, received.when)
            if self._keep is not None and bundle is not None and not first:
                self._keep(bundle)

    def _arrive(self, received: Received) -> Iterator[Arrival]:
        for loaded in received.loaded:
            require_year(loaded, self.catalog, self.call)
        moment = received.when or self._now
        call_id = self.call.id
        checked = [
            check_proposal(self.catalog, item.proposal, moment, item.dossier, call_id)
            for item in received.loaded
        ]
        outcomes = self._store(received.loaded)
        for loaded, result, outcome in zip(received.loaded, checked, outcomes, strict=True):
            self._count += 1
            yield self._shelf.put(
                received.name,
                replace(loaded, dossier=None),
                result,
                when=received.when,
                number=self._count,
                outcome=outcome,
            )

    def _store(self, loaded: Sequence[Loaded]) -> Sequence[Outcome | None]:
        if self._open_store is None or not loaded:
            return [None] * len(loaded)
        store = self._open_store()
        if self._known_before is None:
            self._known_before = store.revisions()
        return store.take_in([item.proposal for item in loaded], self._now)

    def finish(self, order: Iterable[str] = ()) -> Collection:
        """Tell what the files make together, ranked by the lines of ``order`` (ids or titles)."""
        came = self._first_received()
        story = Story(came, self._known_before or {})
        if self._open_store is not None:
            for chosen in story.overtaken():
                self._open_store().choose(chosen.id, chosen.digest)
        counted = [self._newest(one) for one in story.counted()]
        ranked = rank(counted, order)
        inputs = [item for item in self._opened if not item.received.beside]
        return Collection(
            self.call,
            tuple(self._collected(opened, story) for opened in inputs),
            ranked.proposals,
            alike([item.trace for item in ranked.proposals]),
            tuple(story.updates()),
            ranked.doubts,
            tuple(item.received.name for item in self._opened if item.received.beside),
            self._files,
        )

    def _first_received(self) -> list[Arrival]:
        """Return what came, of copies the one received first before the others, so that it counts.

        It takes the place of the one read first, and what the store said of that.
        """
        copies: dict[str, list[Arrival]] = defaultdict(list)
        for item in self._opened:
            for came in item.arrivals:
                copies[came.digest].append(came)
        changed: dict[Arrival, Arrival] = {}
        for read, *others in copies.values():
            first = reduce(
                lambda one, two: two if _is_earlier(two.when, one.when) else one, others, read
            )
            if first is not read:
                changed |= _exchanged(read, first)
        for at, item in enumerate(self._opened):
            arrivals = tuple(changed.get(one, one) for one in item.arrivals)
            self._opened[at] = replace(item, arrivals=arrivals)
        came_in = (one for item in self._opened for one in item.arrivals)
        return sorted(came_in, key=lambda one: one.number)

    def _newest(self, came: Arrival) -> Arrival:
        """Return ``came``, or what the store holds where that is a later revision."""
        if self._open_store is None or came.outcome is None or came.outcome != "older":
            return came
        kept = self._open_store().load(came.id)
        if kept.revision <= came.revision:
            return came
        loaded = Loaded(kept, came.source, came.loaded.notes)
        checked = check_proposal(self.catalog, kept, self._now, None, self.call.id)
        return self._shelf.put(came.source, loaded, checked, when=came.when, number=came.number)

    def _collected(self, opened: _Opened, story: Story) -> Collected:
        received = opened.received
        deadline = self.call.deadline
        late = deadline.is_late(received.when) if deadline and received.when else None
        if received.problem is not None:
            refusal = Note(received.problem.code, FrozenDict(received.problem.params))
            return Collected(received.name, Result.REJECTED, (refusal,), (), received.when, late)
        if opened.same_as:
            again = Note("collect.same_file", FrozenDict(first=opened.same_as))
            twins = story.of_file(opened.same_as)
            return Collected(received.name, Result.SAME, (again,), twins, received.when, late)
        told = [story.tell(one) for one in opened.arrivals]
        result = next((kind for kind in Result if any(kind is one for one, _ in told)), Result.SAME)
        reasons = tuple(note for _, note in told if note is not None)
        reasons += tuple(self._other_call(item) for item in opened.arrivals if self._is_other(item))
        return Collected(received.name, result, reasons, opened.arrivals, received.when, late)

    def _is_other(self, came: Arrival) -> bool:
        return came.call != self.call.id

    def _other_call(self, came: Arrival) -> Note:
        params = FrozenDict(title=came.title, call=self.catalog.call_title(came.call))
        return Note("collect.call_differs", params)


def collect(
    catalog: Catalog,
    paths: Iterable[Path],
    call_id: str,
    *,
    now: datetime,
    order: Iterable[str] = (),
    open_store: Callable[[], Store] | None = None,
    received: datetime | None = None,
    leave_out: Iterable[Path] = (),
    keep: Keep | None = None,
    watch: Watch = iter,
) -> Collection:
    """Collect every file at ``paths``, folders with all that is in them but ``leave_out``.

    ``watch`` sees the files pass and may stop early: what was read by then is collected.
    """
    collector = Collector(catalog, call_id, now, open_store=open_store, keep=keep)
    mine = tuple(leave_out)
    files = [file for path in paths for file in all_files(path, mine)]
    with Reading(catalog, call_id, files, received, here=keep is not None) as reading:
        for _path, arrived in zip(watch(files), reading, strict=False):
            collector.take(arrived)
    return collector.finish(order)
