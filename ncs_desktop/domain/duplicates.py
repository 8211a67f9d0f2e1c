"""Which proposals may be the same task sent twice: a suggestion for a person, never a decision.

Two are alike where one organisation gave two tasks nearly the same title, where titles of some
length say the same whoever sent them, or where their long texts share most of their runs of five
words. What many proposals share (the wording of the form, of the
programme) tells nothing and is left out, so that the work grows with the text, not with the pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

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
_EMPTY_WORDS = frozenset({"cac", "cho", "cua", "mot", "nhung", "o", "tai", "trong", "va", "ve"})
_NAMELESS = frozenset({"cong", "ty", "tnhh", "co", "phan", "cp", "mtv", "va"})


@dataclass(frozen=True, slots=True)
class _Trace:
    """What is compared of one proposal."""

    organization: frozenset[str]
    title: frozenset[str]
    numbers: frozenset[str]
    runs: frozenset[int]


def possible_duplicates(proposals: Sequence[Proposal]) -> dict[str, tuple[str, ...]]:
    """Return, by proposal id, the ids of the others that may be the same task, in given order."""
    traces = [_trace(proposal) for proposal in proposals]
    pairs = {*_by_organization(traces), *_by_title(traces), *_by_text(traces)}
    alike: dict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        alike[first].add(second)
        alike[second].add(first)
    return {
        proposals[index].id: tuple(proposals[other].id for other in sorted(others))
        for index, others in sorted(alike.items())
    }


def _trace(proposal: Proposal) -> _Trace:
    title = words(proposal.title)
    text = words(_beginning(proposal))
    return _Trace(
        frozenset(words(proposal.text("proposer_name"))) - _NAMELESS,
        frozenset(title),
        frozenset(word for word in title if any(letter.isdigit() for letter in word)),
        frozenset(map(hash, zip(*(text[start:] for start in range(SHINGLE)), strict=False))),
    )


def _beginning(proposal: Proposal) -> str:
    text = ""
    for key in _TEXTS:
        if len(text) < _COMPARED:
            text += proposal.plain(key) + "\n"
    return text[:_COMPARED]


def _by_organization(traces: Sequence[_Trace]) -> Iterator[tuple[int, int]]:
    """Yield pairs of one organisation whose titles say the same, the same numbers in them."""
    groups: dict[tuple[frozenset[str], frozenset[str]], list[int]] = defaultdict(list)
    for index, trace in enumerate(traces):
        if trace.organization and trace.title:
            groups[trace.organization, trace.numbers].append(index)
    for members in groups.values():
        for first, second in combinations(members, 2):
            if _share(traces[first].title, traces[second].title) >= ALIKE_TITLES:
                yield first, second


def _by_title(traces: Sequence[_Trace]) -> Iterator[tuple[int, int]]:
    """Yield pairs whose titles say the same; a long one also with one word more.

    Looked up by the words, not compared in pairs: another word in place of one is another task.
    """
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, trace in enumerate(traces):
        if len(trace.title) >= FEWEST_WORDS:
            groups[trace.title - _EMPTY_WORDS].append(index)
    for title, members in groups.items():
        yield from combinations(members, 2)
        if len(title) <= _LONG_TITLE:
            continue
        for word in title:
            shorter = groups.get(title - {word}, ())
            if not any(letter.isdigit() for letter in word):
                yield from ((min(a, b), max(a, b)) for a in members for b in shorter)


def _by_text(traces: Sequence[_Trace]) -> Iterator[tuple[int, int]]:
    """Yield pairs whose texts share most of the runs that are not common to many."""
    holders: dict[int, list[int]] = defaultdict(list)
    for index, trace in enumerate(traces):
        for run in trace.runs:
            holders[run].append(index)
    most = max(_COMMON_LEAST, len(traces) // _COMMON_SHARE)
    own: Counter[int] = Counter()
    common: Counter[tuple[int, int]] = Counter()
    for members in holders.values():
        if len(members) <= most:
            own.update(members)
            common.update(combinations(members, 2))
    for (first, second), count in common.items():
        whole = own[first] + own[second] - count
        if count >= _FEWEST_RUNS and count >= ALIKE_TEXTS * whole:
            yield first, second


def _share(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / (len(first | second) or 1)
