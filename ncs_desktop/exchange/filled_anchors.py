"""Where the sections of a form begin in a text: wording, look and order weighed together.

Everything is derived from the Form (headings, numbers, labels of its fields). A line is a heading
by how much it says the heading's words *and* how it looks (number, capitals, bold, alone on its
line); the order of the form then picks among the candidates, so that a sentence that merely speaks
of «mục tiêu của nhiệm vụ» does not become section III.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ncs_desktop.domain.form import Form, Section
from ncs_desktop.exchange.filled_lines import LEADER, Line, Token, folded_words, tokens_of
from ncs_desktop.exchange.filled_words import FUNCTION_WORDS, HEADINGS

_ROMAN = {"i": 1, "v": 5, "x": 10}
_NUMBER = re.compile(
    r"\s*(?:(?i:mục|phần|muc|phan)\s+)?(?:([IVXivxl]{1,5})|(\d{1,2}))(?:\s*[.):/\-–]+\s*|\s+)(?=\D)"
)
_BARE_NUMBER = re.compile(r"\s*(?:([IVXivx]{1,5})|(\d{1,2}))\s*[.):/]?\s*")
_BREAK = re.compile(rf"[:(\t]|\.\s|\s[-–—]\s|{LEADER.pattern}")
_BULLET = re.compile(r"\s*[-–—+•*▪●]\s")
_LISTED = re.compile(rf"[^\W\d_][\s)]*(?:\t|{LEADER.pattern})[\s.…]*\d{{1,3}}\s*$")
"""The end of a line in a list of contents: its page."""
_MOST_WORDS = 45
_UNKNOWN, _FUNCTION = 0.5, 0.1
ACCEPTED = 1.0
"""Least score of a heading: its likeness (0 … 1) and its look (0 … 0.6) together."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number before a heading: its value, whether Roman, and where the words begin."""

    value: int
    roman: bool
    end: int


def number_of(line: Line) -> Number | None:
    """Return the number a line begins with, counted by Word or typed."""
    if line.marker:
        found = _BARE_NUMBER.fullmatch(line.marker)
        value = _value(found) if found else None
        return Number(value, bool(found and found[1]), 0) if value else None
    found = _NUMBER.match(line.text)
    value = _value(found) if found else None
    return Number(value, bool(found[1]), found.end()) if found and value else None


def _value(found: re.Match[str]) -> int | None:
    return int(found[2]) if found[2] else _roman(found[1].lower().replace("l", "i"))


def _roman(text: str) -> int | None:
    values = [_ROMAN[letter] for letter in text]
    if re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", text) is None:
        return None
    return sum(
        -value if any(value < later for later in values[index + 1 : index + 2]) else value
        for index, value in enumerate(values)
    )


@dataclass(frozen=True)
class Anchor:
    """Something to find: a key, the ways to word it, and its number on the form."""

    key: str
    variants: tuple[str, ...]
    number: int | None = None

    @cached_property
    def wordings(self) -> tuple[Counter[str], ...]:
        """The folded words of every variant."""
        return tuple(Counter(folded_words(text)) for text in dict.fromkeys(self.variants))


class Matcher:
    """Likeness of a text to anchors: words that tell the anchors apart weigh most."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self.anchors = tuple(anchors)
        own = Counter(word for item in anchors for word in item.wordings[0])
        rare = math.log(len(anchors) + 1) or 1.0
        self._weights = {
            word: 0.8 for item in anchors for words in item.wordings for word in words
        } | {word: 1 - math.log(count) / rare for word, count in own.items()}
        self._weights |= dict.fromkeys(FUNCTION_WORDS, _FUNCTION)
        self._masses: list[tuple[int, float]] = []
        self._standing: dict[str, list[tuple[int, int, float]]] = {}
        for index, item in enumerate(self.anchors):
            for words in item.wordings:
                self._add(index, words)

    def _add(self, anchor: int, words: Counter[str]) -> None:
        """Note in which wordings a word stands, how often, and what it weighs."""
        for word, count in words.items():
            weight = self._weights.get(word, _UNKNOWN)
            self._standing.setdefault(word, []).append((len(self._masses), count, weight))
        self._masses.append((anchor, self._mass(words)))

    def _mass(self, words: Counter[str]) -> float:
        return sum(self._weights.get(word, _UNKNOWN) * count for word, count in words.items())

    def knows(self, words: Sequence[str]) -> bool:
        """Whether any of ``words`` is one that tells anchors apart."""
        return any(self._weights.get(word, 0) >= 0.4 for word in words)

    def has(self, words: Sequence[str]) -> bool:
        """Whether all of ``words`` are words of anchors; numbers aside."""
        return all(word.isdigit() or word in self._weights for word in words)

    def alike(self, words: Counter[str]) -> dict[int, float]:
        """Return how alike ``words`` and the closest wording of each anchor are, 0 … 1.

        By the anchor's place; one that shares no word is left out.
        """
        common: dict[int, float] = {}
        for word, count in words.items():
            for wording, own, weight in self._standing.get(word, ()):
                common[wording] = common.get(wording, 0.0) + min(count, own) * weight
        mass, best = self._mass(words), dict[int, float]()
        for wording, shared in common.items():
            anchor, own_mass = self._masses[wording]
            best[anchor] = max(best.get(anchor, 0.0), 2 * shared / (mass + own_mass))
        return dict(sorted(best.items()))


@dataclass(frozen=True, slots=True)
class Heading:
    """A candidate: from the beginning of line ``first`` to ``end`` in line ``last``.

    ``likeness`` is of the words, ``look`` of the shape; ``section`` the index in the form.
    """

    section: int
    first: int
    last: int
    end: int
    likeness: float
    look: float
    number: Number | None = None

    @property
    def score(self) -> float:
        """Likeness and look together; ACCEPTED is the least."""
        return self.likeness + self.look


def section_anchors(form: Form) -> tuple[Anchor, ...]:
    """Return the anchor of every section of ``form``: heading, label of its field, other words."""
    return tuple(_section_anchor(form, section) for section in form.sections)


def _section_anchor(form: Form, section: Section) -> Anchor:
    keys = section.field_keys
    variants = [section.heading]
    if len(keys) == 1:
        variants.append(form.field(keys[0]).label)
    if keys:
        variants += HEADINGS.get(keys[0], ())
    found = _BARE_NUMBER.fullmatch(section.number)
    return Anchor(section.number, tuple(variants), _value(found) if found else None)


def find_headings(lines: Sequence[Line], matcher: Matcher) -> list[Heading]:
    """Return every line that may be a heading, best reading of each line and section."""
    found: list[Heading] = []
    for index, line in enumerate(lines):
        if (
            line.table is None
            and not _LISTED.search(line.text)
            and matcher.knows([word for token in line.tokens[:16] for word in token.words])
        ):
            found += _headings_at(lines, index, matcher)
    return [heading for heading in found if heading.score >= ACCEPTED - 0.2]


def _headings_at(lines: Sequence[Line], index: int, matcher: Matcher) -> Iterator[Heading]:
    line, number = lines[index], number_of(lines[index])
    bullet = number is None and (bool(line.marker) or _BULLET.match(line.text) is not None)
    start = number.end if number else 0
    bold, lead = line.bold_until(), _leading_capitals(line, start)
    spans = [(index, end) for end in _ends(line, start, bold, lead)]
    spans += [
        (last, end) for last in _continued(lines, index) for end in _ends(lines[last], 0, 0, None)
    ]
    readings = [
        (last, end, matcher.alike(_words(lines, index, start, last, end))) for last, end in spans
    ]
    for section, anchor in enumerate(matcher.anchors):
        best: Heading | None = None
        for last, end, alike in readings:
            likeness = alike.get(section, 0.0) - 0.02 * (last - index)
            if likeness >= 0.5 and (best is None or likeness > best.likeness + 0.005):
                look = _look(lines[last], end, number, anchor, bold, lead) - 0.3 * bullet
                best = Heading(section, index, last, end, likeness, look, number)
        if best is not None:
            yield best


def _words(lines: Sequence[Line], first: int, start: int, last: int, end: int) -> Counter[str]:
    words: Counter[str] = Counter()
    for index in range(first, last + 1):
        low = start if index == first else 0
        high = end if index == last else len(lines[index].text)
        for token in lines[index].tokens:
            if low <= token.start and token.end <= high:
                words.update(token.words)
    return words


def _continued(lines: Sequence[Line], index: int) -> Iterator[int]:
    """Yield the next lines if a heading may go on in them: alike in look, with no number."""
    for last in range(index + 1, min(index + 3, len(lines))):
        before, line = lines[last - 1], lines[last]
        if line.table or line.marker or line.blank or number_of(line) or line.cell != before.cell:
            return
        if len(before.tokens) > 25 or before.text.rstrip().endswith((":", ".", ")")):
            return
        yield last


def _leading_capitals(line: Line, start: int) -> int | None:
    """Return where the capitals end with which the words begin, None where they do not."""
    end, count = None, 0
    for token in line.tokens:
        if token.start < start:
            continue
        if not token.upper and not token.word.isdigit():
            break
        end, count = token.end if token.upper else end, count + 1
    return end if count >= 2 else None


def _ends(line: Line, start: int, bold: int, lead: int | None) -> list[int]:
    """Return the places where a heading may end in ``line``."""
    text = line.text
    tokens = [token for token in line.tokens if token.end > start][:_MOST_WORDS]
    reach = tokens[-1].end if tokens else start
    places = {found.start() for found in _BREAK.finditer(text, start, reach + 2)}
    if len(tokens) < _MOST_WORDS:
        places.add(len(text))
    if bold > start:
        places.add(bold)
    if lead is not None:
        places.add(lead)
    return sorted(place for place in places if place > start and not _inside_word(text, place))


def _inside_word(text: str, place: int) -> bool:
    return text[place - 1 : place].isalnum() and text[place : place + 1].isalnum()


def _look(  # noqa: PLR0917
    line: Line, end: int, number: Number | None, anchor: Anchor, bold: int, lead: int | None
) -> float:
    look = 0.0
    if number is not None:
        look += 0.25 if number.value == anchor.number else 0.12
    look += 0.15 if lead is not None else 0.0
    look += 0.15 if bold else 0.0
    rest = LEADER.sub("", line.text[end:]).strip()
    if not rest.strip(".:"):
        look += 0.1
    if rest.startswith(("(", ":")):
        look += 0.05
    return look


def align(candidates: Sequence[Heading], sections: int) -> dict[int, Heading]:
    """Return the heading of each section: the best rising sequence, then clear ones elsewhere."""
    chosen = _rising([heading for heading in candidates if heading.score >= ACCEPTED], sections)
    taken = {line for heading in chosen.values() for line in range(heading.first, heading.last + 1)}
    for heading in sorted(candidates, key=lambda item: -item.score):
        clear = heading.score >= ACCEPTED + 0.1 and heading.likeness >= 0.7
        if clear and heading.section not in chosen and heading.first not in taken:
            chosen[heading.section] = heading
            taken |= set(range(heading.first, heading.last + 1))
    return chosen


def _rising(candidates: Sequence[Heading], sections: int) -> dict[int, Heading]:
    """Return the sequence of rising lines and sections with the highest sum of scores."""
    best: list[tuple[float, tuple[Heading, ...]]] = [(0.0, ())] * (sections + 1)
    by_line: dict[int, list[Heading]] = {}
    for heading in candidates:
        by_line.setdefault(heading.first, []).append(heading)
    for line in sorted(by_line):
        reached = list(best)
        for heading in by_line[line]:
            total, before = best[heading.section]
            if before and before[-1].last >= line:
                continue
            extended = (total + heading.score**2, (*before, heading))
            for index in range(heading.section + 1, sections + 1):
                if extended[0] > reached[index][0]:
                    reached[index] = extended
        best = reached
    return {heading.section: heading for heading in best[sections][1]}


def suffix_likeness(tokens: Sequence[Token], matcher: Matcher) -> Iterator[tuple[float, int, int]]:
    """Yield likeness, anchor and first token of each stretch that ends ``tokens``."""
    for first in range(max(0, len(tokens) - 14), len(tokens)):
        words = Counter(word for token in tokens[first:] for word in token.words)
        for index, likeness in matcher.alike(words).items():
            if likeness >= 0.5:
                yield likeness, index, first


def overlap(text: str, known: frozenset[tuple[str, str]]) -> float:
    """Return which part of the neighbouring word pairs of ``text`` is among ``known``."""
    pairs = pairs_of(text)
    return sum(pair in known for pair in pairs) / len(pairs) if pairs else 0.0


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return the neighbouring folded words of ``text``."""
    words = [token.word for token in tokens_of(text)]
    return list(pairwise(words))
