"""Which proposals may be the same task sent twice: a suggestion for a person, never a decision.

Two are alike where one organisation gave two tasks nearly the same title, where titles of some
length say the same whoever sent them, or where their long texts share most of their runs of five
words. What many proposals share (the wording of the form, of the programme) tells nothing and is
left out, so that the work grows with the text, not with the pairs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import words

SHINGLE = 5
"""Words in a run."""
ALIKE_TITLES, ALIKE_TEXTS = 0.75, 0.5
"""Shares of common words and of common runs from which two proposals are alike."""
_TEXTS = ("objectives", "contents", "results", "urgency", "effectiveness")
_COMPARED = 4000
"""Characters compared: goals and contents tell a task; more costs time and tells little."""
FEWEST_WORDS = 6
"""Words a title needs to tell a task without its organisation."""
_LONG_TITLE = 10
"""Words from which a title with one word more still tells the same task."""
_FEWEST_RUNS = 12
_COMMON_SHARE, _COMMON_LEAST = 20, 6
_RUN_BITS = 2**32 - 1
_RUNS_AT_ONCE = 20_000
_EMPTY_WORDS = frozenset({"cac", "cho", "cua", "mot", "nhung", "o", "tai", "trong", "va", "ve"})
_NAMELESS = frozenset({"cong", "ty", "tnhh", "co", "phan", "cp", "mtv", "va"})


@dataclass(frozen=True, slots=True)
class Trace:
    """What is compared of one proposal, small enough to hold those of thousands.

    ``organization`` and ``title`` are different folded words in order, ``runs`` the sorted hashes
    (32 bits, of this process) of the different runs of words.
    """

    proposal_id: str
    organization: str
    title: str
    runs: array[int]

    @property
    def title_words(self) -> frozenset[str]:
        """The words of the title."""
        return frozenset(self.title.split())

    @property
    def numbers(self) -> tuple[str, ...]:
        """The words of the title with a figure in them."""
        return tuple(word for word in self.title.split() if any(map(str.isdigit, word)))


def possible_duplicates(proposals: Iterable[Proposal]) -> dict[str, tuple[str, ...]]:
    """Return, by proposal id, the ids of the others that may be the same task, in given order."""
    return alike([trace(proposal) for proposal in proposals])


def alike(traces: Sequence[Trace]) -> dict[str, tuple[str, ...]]:
    """Return the same of the traces of proposals."""
    pairs = {*_by_organization(traces), *_by_title(traces), *_by_text(traces)}
    found: dict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
        found[second].add(first)
    return {
        traces[index].proposal_id: tuple(traces[other].proposal_id for other in sorted(others))
        for index, others in sorted(found.items())
    }


def trace(proposal: Proposal) -> Trace:
    """Return what is compared of ``proposal``."""
    text = words(_beginning(proposal))
    runs = map(hash, zip(*(text[start:] for start in range(SHINGLE)), strict=False))
    return Trace(
        proposal.id,
        " ".join(sorted({*words(proposal.text("proposer_name"))} - _NAMELESS)),
        " ".join(sorted({*words(proposal.title)})),
        array("I", sorted({run & _RUN_BITS for run in runs})),
    )


def _beginning(proposal: Proposal) -> str:
    text = ""
    for key in _TEXTS:
        if len(text) < _COMPARED:
            text += proposal.plain(key) + "\n"
    return text[:_COMPARED]


def _by_organization(traces: Sequence[Trace]) -> Iterator[tuple[int, int]]:
    """Yield pairs of one organisation whose titles say the same, the same numbers in them."""
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index, one in enumerate(traces):
        if one.organization and one.title:
            groups[one.organization, one.numbers].append(index)
    for members in groups.values():
        for first, second in combinations(members, 2):
            if _share(traces[first].title_words, traces[second].title_words) >= ALIKE_TITLES:
                yield first, second


def _by_title(traces: Sequence[Trace]) -> Iterator[tuple[int, int]]:
    """Yield pairs whose titles say the same; a long one also with one word more.

    Looked up by the words, not compared in pairs: another word in place of one is another task.
    """
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, one in enumerate(traces):
        title = one.title_words
        if len(title) >= FEWEST_WORDS:
            groups[title - _EMPTY_WORDS].append(index)
    for title, members in groups.items():
        yield from combinations(members, 2)
        if len(title) <= _LONG_TITLE:
            continue
        for word in title:
            shorter = groups.get(title - {word}, ())
            if not any(letter.isdigit() for letter in word):
                yield from ((min(a, b), max(a, b)) for a in members for b in shorter)


def _by_text(traces: Sequence[Trace]) -> Iterator[tuple[int, int]]:
    """Yield pairs whose texts share most of the runs that are not common to many."""
    most = max(_COMMON_LEAST, len(traces) // _COMMON_SHARE)
    own = [len(one.runs) for one in traces]
    common: Counter[tuple[int, int]] = Counter()
    for members in _shared_runs(traces):
        if len(members) <= most:
            common.update(combinations(members, 2))
            continue
        for index in members:
            own[index] -= 1
    for (first, second), count in common.items():
        whole = own[first] + own[second] - count
        if count >= _FEWEST_RUNS and count >= ALIKE_TEXTS * whole:
            yield first, second


def _shared_runs(traces: Sequence[Trace]) -> Iterator[list[int]]:
    """Yield the places of the traces that hold a run, for every run that several hold.

    Looked up in as many shares of the runs as keep what is held meanwhile small.
    """
    shares = 1 + sum(len(one.runs) for one in traces) // _RUNS_AT_ONCE
    bounds = [(_RUN_BITS + 1) * number // shares for number in range(shares + 1)]
    for low, high in pairwise(bounds):
        first: dict[int, int] = {}
        holders: dict[int, list[int]] = {}
        for index, one in enumerate(traces):
            start, end = bisect_left(one.runs, low), bisect_left(one.runs, high)
            for run in one.runs[start:end]:
                earlier = first.setdefault(run, index)
                if earlier != index:
                    holders.setdefault(run, [earlier]).append(index)
        yield from holders.values()


def _share(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / (len(first | second) or 1)
