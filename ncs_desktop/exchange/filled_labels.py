"""Labels within a section («Họ và tên: … Chức vụ: …») and the pieces of text that follow them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from ncs_desktop.domain.form import FieldKind, Form, Section
from ncs_desktop.exchange.filled_anchors import (
    Anchor,
    Heading,
    Matcher,
    Number,
    align,
    number_of,
    suffix_likeness,
)
from ncs_desktop.exchange.filled_lines import (
    LEADER,
    Line,
    Token,
    folded_words,
    is_numbering,
    tokens_of,
)
from ncs_desktop.exchange.filled_money import money_places
from ncs_desktop.exchange.filled_words import FOREIGN_LABELS, LABELS, STATIC_LABELS

FOREIGN = "-"
STATIC = ""
_BRACKET_BEFORE_COLON = re.compile(r"\s*\([^()]*\)\s*$")
_BARRIER = re.compile(rf"[:;|\t]|{LEADER.pattern}|\s{{3,}}")
_EMAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"(?<![\d.])(?:\+84|0)[\d .()-]{7,}\d")
_NAMES_AMOUNT_BEFORE = re.compile(r"\s*\([^()]*\)\W*|[^:]*\+\s*")
"""Between two amounts: words in brackets, or before a plus, belong to the first of them."""
_CERTAIN, _LIKELY = 0.88, 0.72
_WITHIN_LINE, _EXACT = 0.9, 0.99
_LEADING = 8
"""Most words of several labels that lead to one value: «Họ tên, chức vụ, điện thoại: …»."""
_REACH, _MOST_ENDS, _LONGEST = 160, 60, 2_000
"""How far before its end a label may begin, in characters; how many of them one line may hold."""


@dataclass(frozen=True, slots=True)
class Place:
    """A label found: the anchor, its line, and where label and value begin."""

    anchor: int
    line: int
    start: int
    end: int
    likeness: float
    stray: bool = False


@dataclass
class Piece:
    """The text that follows a label, up to the next one."""

    key: str
    label: Line
    likeness: float
    stray: bool = False
    lines: list[Line] = field(default_factory=list)
    wrapped: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return all(line.blank for line in self.lines)

    @property
    def sure(self) -> float:
        """How sure the field is by its label."""
        if self.likeness >= _CERTAIN:
            return 0.98
        return 0.88 if self.likeness >= 0.8 else 0.75


def best_pieces(pieces: Sequence[Piece]) -> dict[str, Piece]:
    """Return for each field the piece that says something and stands in its place."""
    best: dict[str, Piece] = {}
    for piece in pieces:
        if piece.key in (STATIC, FOREIGN):
            continue
        known = best.get(piece.key)
        if known is None or (piece.blank, piece.stray) < (known.blank, known.stray):
            best[piece.key] = piece
    return best


class Labels:
    """The labels of one section of a form."""

    def __init__(self, form: Form, section: Section) -> None:
        parts = [part for line in section.lines for part in line.parts]
        anchors = []
        for part in parts:
            if part.field:
                own = form.field(part.field)
                wordings = (part.label, own.label, *LABELS.get(part.field, ()))
                anchors.append(Anchor(part.field, tuple(text for text in wordings if text)))
            else:
                anchors.append(Anchor(STATIC, (part.label, *STATIC_LABELS)))
        self.sections = len(anchors)
        self._foreign = Anchor(FOREIGN, FOREIGN_LABELS)
        self.anchors = (*anchors, self._foreign)
        self.matcher = Matcher(self.anchors)
        kinds = {form.field(key).kind for key in section.field_keys}
        self.amounts = FieldKind.MONEY in kinds

    @property
    def any_fields(self) -> bool:
        """Whether the section prints labelled fields at all."""
        return any(anchor.key not in (STATIC, FOREIGN) for anchor in self.anchors)

    @property
    def fields(self) -> tuple[str, ...]:
        """The keys of the labelled fields."""
        return tuple(item.key for item in self.anchors if item.key not in (STATIC, FOREIGN))

    def key_of(self, text: str) -> str:
        """Return the field that ``text`` names and nothing else, or ""."""
        likeness = {
            self.anchors[place].key: likeness
            for place, likeness in self.matcher.alike(Counter(folded_words(text))).items()
            if self.anchors[place].key not in (STATIC, FOREIGN)
        }
        best = max(likeness, key=lambda key: likeness[key], default="")
        return best if best and likeness[best] >= _CERTAIN else ""

    def names(self, line: Line) -> set[str]:
        """Return the fields whose labels stand in ``line``."""
        if line.table is not None:
            return set()
        places = self._candidates(0, line)
        found = {self.anchors[item.anchor].key for item in places if item.likeness >= _CERTAIN}
        return found - {STATIC, FOREIGN}

    def cut(self, lines: Sequence[Line]) -> tuple[list[Line], list[Piece]]:
        """Return the lines before the first label, and the pieces behind each label in order."""
        places = self._chosen(lines)
        before: list[Line] = []
        pieces: list[Piece] = []
        for index, line in enumerate(lines):
            own = [place for place in places if place.line == index]
            part = line.part(0, own[0].start) if own else line
            beside = not own or own[0].start > 0
            if beside and self._leads(part, bool(own), places, index):
                pieces.append(Piece(STATIC, part, 1.0))
            elif beside:
                (pieces[-1].lines if pieces else before).append(part)
            ends = [*(place.start for place in own[1:]), len(line.text)]
            for place, end in zip(own, ends if own else [], strict=True):
                label = line.part(place.start, place.end)
                rest = line.part(place.end, end)
                key = self.anchors[place.anchor].key
                pieces.append(Piece(key, label, place.likeness, place.stray, [rest]))
        return before, pieces

    def _leads(self, part: Line, own: bool, places: Sequence[Place], index: int) -> bool:
        """Whether ``part`` only leads to a label: its number, or a word of it left before it."""
        if part.table is not None or not part.full:
            return False
        if is_numbering(part.full):
            return own or any(place.line == index + 1 and place.start == 0 for place in places)
        words = folded_words(part.text)
        return own and 0 < len(words) <= _LEADING and self.matcher.has(words)

    def is_label(self, line: Line) -> bool:
        """Whether ``line`` is a label and nothing else."""
        return any(
            place.end >= len(line.text.rstrip(" :")) and place.likeness >= _CERTAIN
            for place in self._candidates(0, line)
            if self.anchors[place.anchor].key != FOREIGN
        )

    def opens(self, line: Line) -> str | None:
        """Return the key of the label with which ``line`` begins, or None."""
        number = number_of(line)
        begin = number.end if number else 0
        for place in self._candidates(0, line):
            if place.likeness >= _CERTAIN and place.start <= max(begin, 2):
                return self.anchors[place.anchor].key
        return None

    def _chosen(self, lines: Sequence[Line]) -> list[Place]:
        """Return one place per label, and those that end a value though their field is taken."""
        found: dict[tuple[int, int], list[Place]] = {}
        for index, line in enumerate(lines):
            for place in self._candidates(index, line):
                found.setdefault((place.line, place.end), []).append(place)
        ends = sorted(found)
        headings = [
            Heading(place.anchor, rank, rank, 0, place.likeness, 0.3)
            for rank, end in enumerate(ends)
            for place in _likely(found[end])
            if place.anchor < self.sections
        ]
        aligned = {
            heading.first: heading.section for heading in align(headings, self.sections).values()
        }
        chosen: list[Place] = []
        for rank, end in enumerate(ends):
            options = found[end]
            if rank in aligned:
                chosen.append(next(item for item in options if item.anchor == aligned[rank]))
            else:
                best = max(options, key=lambda item: item.likeness)
                if best.likeness >= _WITHIN_LINE:
                    chosen.append(replace(best, stray=True))
        return _apart(chosen)

    def _candidates(self, index: int, line: Line) -> Iterator[Place]:
        if line.table is not None:
            return
        text, number = line.text, number_of(line)
        begin = number.end if number else 0
        for end, after, sure in islice(self._label_ends(text), _MOST_ENDS):
            tokens = _before(line.tokens, text, begin, end)
            best: dict[int, Place] = {}
            for likeness, anchor, first in suffix_likeness(tokens, self.matcher):
                at_start = first == 0
                start = tokens[first].start
                if at_start:
                    start = _segment_start(text, begin, tokens[0].start)
                needed = sure if at_start else max(sure, _WITHIN_LINE)
                known = best.get(anchor)
                if likeness >= needed and (known is None or likeness > known.likeness + 0.001):
                    best[anchor] = Place(anchor, index, start, after, likeness)
            yield from best.values()
        yield from self._without_colon(index, line, number)

    def _without_colon(self, index: int, line: Line, number: Number | None) -> Iterator[Place]:
        """Yield the longest wording with which a numbered line begins, where no colon ends it."""
        if number is None or ":" in line.text:
            return
        tokens = [token for token in line.tokens if token.start >= number.end]
        words = [token.word for token in tokens]
        best: Place | None = None
        for anchor, item in enumerate(self.anchors[: self.sections]):
            for wording in item.variants:
                size = len(tokens_of(wording))
                if not 1 < size < len(words) or words[:size] != [
                    token.word for token in tokens_of(wording)
                ]:
                    continue
                end = tokens[size - 1].end
                if not line.text[tokens[size].start].islower() and (best is None or end > best.end):
                    best = Place(anchor, index, 0, end, 0.82)
        if best is not None:
            yield best

    def _label_ends(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Yield where a label may end, where its value would begin, and the likeness needed."""
        for found in re.finditer(":", text):
            low = max(0, found.start() - _REACH)
            bracket = _BRACKET_BEFORE_COLON.search(text, low, found.start())
            yield (bracket.start() if bracket else found.start()), found.end(), _LIKELY
        stripped = text.rstrip(" .…\t\u00a0")
        if len(stripped) < 90 and not stripped.endswith(":"):
            bracket = _BRACKET_BEFORE_COLON.search(stripped)
            yield (bracket.start() if bracket else len(stripped)), len(text), _CERTAIN
        for found in re.finditer(rf"\t|{LEADER.pattern}", text):
            yield found.start(), found.end(), _CERTAIN
        if self.amounts:
            end = 0
            for start, after in money_places(text[:_LONGEST]):
                if not (end and _NAMES_AMOUNT_BEFORE.fullmatch(text, end, start)):
                    yield start, start, _CERTAIN
                end = after
        else:
            for pattern in (_EMAIL, _PHONE):
                for found in pattern.finditer(text, 0, _LONGEST):
                    yield found.start(), found.start(), _CERTAIN


class _NoLabels(Labels):
    """Stands for a section without labels."""

    def __init__(self) -> None:
        self.anchors = ()
        self.sections = 0

    @property
    def any_fields(self) -> bool:
        return False


NO_LABELS = _NoLabels()


def _likely(places: Sequence[Place]) -> list[Place]:
    """Leave out what is only like a label («địa chỉ e-mail») where one stands word for word."""
    exact = any(place.likeness >= _EXACT for place in places)
    needed = _CERTAIN if exact else _LIKELY
    return [place for place in places if place.likeness >= needed]


def _apart(places: Iterable[Place]) -> list[Place]:
    """Leave out a place that overlaps the one before it on the same line."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda item: (item.line, item.end, item.start)):
        before = kept[-1] if kept and kept[-1].line == place.line else None
        if before is None or place.start >= before.end:
            kept.append(place)
    return kept


def _before(tokens: Sequence[Token], text: str, begin: int, end: int) -> list[Token]:
    """Return the words before ``end`` back to the last mark that no label crosses."""
    begin = max(begin, end - _REACH)
    barrier = begin
    for found in _BARRIER.finditer(text, begin, end):
        barrier = found.end()
    first = bisect_left(tokens, barrier, key=lambda token: token.start)
    last = bisect_right(tokens, end, key=lambda token: token.end)
    return list(tokens[first:last])


def _segment_start(text: str, begin: int, first: int) -> int:
    """Return where a label's line or stretch begins, with the dash before it."""
    head = text[:first]
    if len(head.strip(" -–+•*\t\u00a0")) == 0 or first == begin or not head[begin:].strip(" -–+•*"):
        return 0
    return len(head.rstrip(" -–+•*\t\u00a0"))
