"""Lines of a filled form: text with its look, cut only between words, leaders taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from ncs_desktop.domain.blocks import (
    Block,
    Blocks,
    ListItem,
    Paragraph,
    Run,
    Table,
    marker_level,
    plain_text,
)
from ncs_desktop.domain.text import fold, fold_word
from ncs_desktop.exchange.filled_words import ABBREVIATIONS

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
LEADER = re.compile(
    r"(?!\.…)(?:[.…‥·_]{5,}|[.‥·_]*…[.‥·_]*…[.…‥·_]*|(?:[.…·_] ){4,}[.…·_]|\.{4,}|_{3,}|…[.]{2,})"
)
"""A dotted line or what is left of one; three full stops or one ellipsis are text."""
_TYPED_MARKER = re.compile(r"\s*([-+–—•*▪●]|\d{1,3}[.)]|[a-zđ]\))[ \t\u00a0]+(?=\S)")
_NUMBERING = re.compile(
    r"\(?(?:[IVXivx]{1,5}|\d{1,2}|[a-hđ])(?:\.\d{1,2})*\s*[.):/]{0,2}", re.IGNORECASE
)
_ENDS_SENTENCE = (".", ";", ":", "!", "?", "…")
_WRAPPED = 24
"""A line shorter than this, in characters, was ended on purpose."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a line with its place; ``words`` are folded, abbreviations spelt out."""

    start: int
    end: int
    word: str
    upper: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words the token stands for."""
        return _spelt(self.word)


@lru_cache(maxsize=256)
def _spelt(word: str) -> tuple[str, ...]:
    full = ABBREVIATIONS.get(word)
    return tuple(fold(full).split()) if full else (word,)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of ``text`` in order."""
    return tuple(
        Token(found.start(), found.end(), fold_word(found[0]), found[0].isupper())
        for found in _TOKEN.finditer(text)
    )


def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``, abbreviations spelt out."""
    return tuple(word for token in tokens_of(text) for word in token.words)


@dataclass(frozen=True)
class Line:
    """One line: runs with the marker Word counted for it, or a table that is kept whole.

    ``cell`` numbers the cell of a layout table it stood in, 0 outside of any; ``head`` marks the
    head of a column, whose words are the form's and no value.
    """

    runs: tuple[Run, ...] = ()
    marker: str = ""
    level: int = 1
    table: Table | None = None
    cell: int = 0
    head: bool = False

    @cached_property
    def text(self) -> str:
        """The text of the runs, without the marker."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words of ``text``."""
        return tokens_of(self.text)

    @property
    def full(self) -> str:
        """All that a reader sees: marker and text, or the text of the table."""
        if self.table is not None:
            return plain_text((self.table,))
        return f"{self.marker} {self.text}".strip()

    @property
    def blank(self) -> bool:
        """Whether nothing but leaders, marks and white space is there."""
        return not folded_words(self.full)

    def bold_until(self) -> int:
        """Return the place up to which every letter is bold; 0 where the first is not."""
        place = end = 0
        for run in self.runs:
            if not run.bold and any(letter.isalnum() for letter in run.text):
                return end
            place += len(run.text)
            if run.bold:
                end = place
        return end

    def part(self, start: int, end: int | None = None) -> Line:
        """Return the line from ``start`` to ``end``; the marker stays with its beginning."""
        end = len(self.text) if end is None else end
        marker = self.marker if start == 0 else ""
        return replace(self, runs=slice_runs(self.runs, start, end), marker=marker)

    def without_leaders(self) -> Line:
        """Return the line without dotted leaders, outer white space and doubled spaces."""
        kept, place = [], 0
        for found in LEADER.finditer(self.text):
            kept += [*slice_runs(self.runs, place, found.start()), Run(" ")]
            place = found.end()
        kept += slice_runs(self.runs, place, len(self.text))
        return replace(self, runs=_trimmed(kept))


def slice_runs(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """Return the runs of the text between two places."""
    kept, place = [], 0
    for run in runs:
        low, high = max(start - place, 0), min(end - place, len(run.text))
        if low < high:
            kept.append(replace(run, text=run.text[low:high]))
        place += len(run.text)
    return tuple(kept)


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        text = re.sub(r"[ \t\u00a0]{2,}|\t", " ", run.text)
        if joined and joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        elif not joined:
            text = text.lstrip()
        if not text:
            continue
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + text)
        else:
            joined.append(replace(run, text=text))
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(joined)


def without_edges(line: Line, edges: str) -> Line:
    """Return ``line`` without the characters ``edges`` and white space before its first word."""
    text = line.text
    start = len(text) - len(text.lstrip(f"{edges} \t\u00a0"))
    return line.part(start) if start else line


def is_numbering(text: str) -> bool:
    """Whether ``text`` only numbers what follows: ``10.1``, ``X.2.``, ``a)``, ``3``."""
    return _NUMBERING.fullmatch(text.strip(" -\t\u00a0")) is not None


def clean_lines(lines: Iterable[Line]) -> list[Line]:
    """Return ``lines`` without leaders and without those that say nothing."""
    cleaned = [line if line.table else line.without_leaders() for line in lines]
    return [line for line in cleaned if line.table or line.text.strip()]


def unwrapped(lines: Iterable[Line]) -> list[Line]:
    """Join lines that were cut only for width: long, unfinished, and going on in lower case."""
    lines = list(lines)
    width = _wrapped_width(lines)
    joined: list[Line] = []
    for above, line in zip([Line(), *lines], lines, strict=False):
        before = joined[-1] if joined else None
        if before is not None and _goes_on(above, line, width):
            runs = _trimmed([*before.runs, Run(" "), *line.runs])
            joined[-1] = replace(before, runs=runs)
        else:
            joined.append(line)
    return joined


def _wrapped_width(lines: Sequence[Line]) -> int:
    """Return how wide hard-wrapped lines are, 0 where no line goes on in lower case."""
    pairs = pairwise(lines)
    return max((len(above.text) for above, line in pairs if _goes_on(above, line, 0)), default=0)


def _goes_on(before: Line, line: Line, width: int) -> bool:
    if before.table or line.table or line.marker or before.cell != line.cell:
        return False
    head, tail = before.text.rstrip(), line.text.lstrip()
    if len(head) < _WRAPPED or head.endswith(_ENDS_SENTENCE) or _TYPED_MARKER.match(tail):
        return False
    if tail[:1].islower() or (head.endswith((",", "-", "–")) and len(head) > 60):
        return True
    first = tail.split(maxsplit=1)[0] if tail else ""
    return bool(width and tail) and len(head) + 1 + len(first) > width


def typed_marker(line: Line) -> Line:
    """Return ``line`` with a marker that was typed (``- ``, ``1. ``, ``a) ``) as its marker."""
    found = None if line.marker or line.table else _TYPED_MARKER.match(line.text)
    if found is None:
        return line
    runs = slice_runs(line.runs, found.end(), len(line.text))
    return replace(line, runs=runs, marker=found[1], level=marker_level(found[1]))


def blocks_of(lines: Iterable[Line]) -> Blocks:
    """Return ``lines`` as blocks: list items by their markers, tables as they are."""
    return tuple(_block(typed_marker(line)) for line in unwrapped(clean_lines(lines)))


def _block(line: Line) -> Block:
    if line.table is not None:
        return _plain_heads(line.table)
    return ListItem(line.runs, line.marker, line.level) if line.marker else Paragraph(line.runs)


def _plain_heads(table: Table) -> Table:
    """Return ``table`` without the bold that a header row has by being one."""
    heads = tuple(
        tuple(tuple(_not_bold(block) for block in cell) for cell in row)
        for row in table.rows[: table.header_rows]
    )
    return replace(table, rows=(*heads, *table.rows[table.header_rows :]))


def _not_bold(block: Block) -> Block:
    if isinstance(block, Table):
        return block
    return replace(block, runs=tuple(replace(run, bold=False) for run in block.runs))


def one_text(lines: Iterable[Line]) -> str:
    """Return the text of ``lines`` as one line."""
    return " ".join(" ".join(line.full for line in clean_lines(lines)).split())
