"""A paragraph becomes lines: widths measured, words wrapped, spans placed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from ncs_desktop.documents.layout.breaks import split_words
from ncs_desktop.documents.layout.fonts import UNITS, Face, Scale, scale
from ncs_desktop.documents.layout.units import points
from ncs_desktop.documents.page import Align, Format, Text
from ncs_desktop.domain.blocks import Run

SCRIPT_SIZE = 0.58
"""Size of super- and subscripts against their text, as LibreOffice sets Word's vertAlign."""

TAB_STEP = 36.0
"""Distance of Word's default tab stops, pt: where text goes when its marker is too wide."""

LEADER_MINIMUM = 12.0
"""A leader shorter than this, in pt, is left out: its tab could fall onto the next line."""

_TEXTS_REMEMBERED = 1024
_SUPER_RISE, _SUB_RISE = 0.392, -0.09
_BASELINE = 0.8
_LINE_HEIGHT = 1.149
_TWIP = UNITS // 20


@dataclass(frozen=True, slots=True)
class Style:
    """How a span is drawn: face and size, rise in pt, underlined or not.

    ``lean`` is what LibreOffice leaves free behind italics, in units: a twelfth of their height.
    """

    scale: Scale
    rise: float = 0.0
    underline: bool = False
    lean: int = 0

    @property
    def face(self) -> Face:
        """The face of the span."""
        return self.scale.face

    @property
    def size(self) -> float:
        """The size of the span, pt."""
        return self.scale.size

    def width(self, text: str) -> float:
        """Return the width of ``text`` in pt."""
        return self.scale.units(text) / UNITS


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: spans from ``x`` on, the baseline ``y`` below the line's top.

    ``stretch`` pt are added at every space; ``head`` is a hanging marker and its x; ``leader`` is a
    row of dots from one x to another.
    """

    spans: tuple[Span, ...]
    x: float
    y: float
    width: float = 0.0
    stretch: float = 0.0
    head: tuple[Span, float] | None = None
    leader: tuple[float, float] | None = None


@lru_cache(maxsize=512)
def style_of(
    bold: bool, italic: bool, underline: bool = False, script: int = 0, *, size: float
) -> Style:
    """Return the style of a run; ``script`` is 1 for superscript, −1 for subscript."""
    rise = 0.0
    if script:
        rise = size * (_SUPER_RISE if script > 0 else _SUB_RISE)
        size = int(size * 20 * SCRIPT_SIZE) / 20
    lean = int(size * 20 * _LINE_HEIGHT / 12) * _TWIP if italic else 0
    return Style(scale(bold, italic, size), rise, underline, lean)


def run_style(run: Run, size: float) -> Style:
    """Return the style of ``run`` in a paragraph of ``size`` pt."""
    script = int(run.superscript) - int(run.subscript)
    return style_of(run.bold, run.italic, run.underline, script, size=size)


_Width: TypeAlias = "tuple[int, int, int]"
"""Width on a line so far: finished portions, the open portion, the open portion's style."""


@dataclass(slots=True)
class _Styled:
    """The joined text of a paragraph and where each style starts."""

    text: str
    starts: list[int] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        return tuple(
            Span(self.styles[index], self.text[left:right])
            for index, left, right in self.cuts(start, end)
        )

    def cuts(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Return the parts of the text from ``start`` to ``end``: style, start, end."""
        last = len(self.starts) - 1
        index = bisect_right(self.starts, start) - 1
        while start < end:
            stop = end if index == last else min(end, self.starts[index + 1])
            yield index, start, stop
            start, index = stop, index + 1

    def widen(self, width: _Width, start: int, end: int) -> _Width:
        """Return ``width`` after more text; a portion is rounded to twips where its style ends."""
        done, open_, style = width
        if len(self.styles) == 1:
            return done, open_ + self.styles[0].scale.units(self.text[start:end]), 0
        for index, left, right in self.cuts(start, end):
            if index != style:
                done, open_, style = done + _whole_twips(open_), 0, index
            open_ += self.styles[index].scale.units(self.text[left:right])
        return done, open_, style


def _whole_twips(units: int) -> int:
    return (units + _TWIP // 2) // _TWIP * _TWIP


def _join(runs: tuple[Run, ...], size: float) -> _Styled:
    styled = _Styled("".join(run.text for run in runs))
    position = 0
    for run in runs:
        if not run.text:
            continue
        style = run_style(run, size)
        if not styled.styles or styled.styles[-1] != style:
            styled.starts.append(position)
            styled.styles.append(style)
        position += len(run.text)
    return styled


@dataclass(slots=True)
class _Wrapper:
    """Breaks a text greedily into lines of ``rest`` units, the first of ``room``.

    ``slashes`` says that nothing stands before the text on its first line.
    """

    styled: _Styled
    room: int
    rest: int
    slashes: bool
    lines: list[tuple[int, int, int, bool]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    used: int = 0
    width: _Width = (0, 0, -1)

    def run(self) -> list[tuple[int, int, int, bool]]:
        """Return start, end, width and "ended by itself" of every line."""
        position = 0
        for word in split_words(self.styled.text):
            bare = word.rstrip(" \n")
            if bare:
                self._add(position, position + len(bare))
            self._hang(position + len(bare), position + len(word))
            position += len(word)
            if word[-1] == "\n":
                self._close(position, True)
        self._close(len(self.styled.text), True)
        return self.lines

    def _add(self, start: int, end: int) -> None:
        width = self.styled.widen(self.width, start, end)
        if not self._holds(width) and self.end > self.start:
            self._close(start, False)
            width = self.styled.widen(self.width, start, end)
        if self._holds(width):
            self.width, self.end, self.used = width, end, width[0] + width[1]
        else:
            self._split(start, end)

    def _split(self, start: int, end: int) -> None:
        """Spread a word wider than a line over several, as LibreOffice does.

        A web address that opens a paragraph breaks behind a slash; where a style ends inside the
        word, the line ends one character before that place; else wherever it is full.
        """
        slash, forced = self.slashes and start == 0, False
        while (cut := self._reach(start, end)) < end:
            changes = [stop for _, _, stop in self.styled.cuts(start, cut)][:-1]
            changes += [cut] if cut in self.styled.starts else []
            behind_slash = self.styled.text.rfind("/", start, cut) + 1 if slash else 0
            if behind_slash > start:
                cut, forced = behind_slash, False
            elif changes and not forced:
                cut, forced = max(changes[-1] - 1, start + 1), True
            else:
                forced = True
            self._take(start, cut)
            self._close(cut, False)
            start = cut
        self._take(start, end)

    def _reach(self, start: int, end: int) -> int:
        """Return how far a line's room reaches into a word, one character at least."""
        width, cut = self.width, start
        while cut < end:
            width = self.styled.widen(width, cut, cut + 1)
            if cut > start and not self._holds(width):
                break
            cut += 1
        return cut

    def _take(self, start: int, end: int) -> None:
        self.width = self.styled.widen(self.width, start, end)
        self.end, self.used = end, self.width[0] + self.width[1]

    def _holds(self, width: _Width) -> bool:
        """Whether the line has room; italics need some more, since they lean out of their width."""
        return width[0] + width[1] + self.styled.styles[width[2]].lean <= self.room

    def _hang(self, start: int, end: int) -> None:
        """Let spaces pass; they count only when another word follows on the line."""
        if end > start:
            self.width = self.styled.widen(self.width, start, end)

    def _close(self, start: int, ended: bool) -> None:
        self.lines.append((self.start, max(self.start, self.end), self.used, ended))
        self.start = self.end = start
        self.used, self.width, self.room = 0, (0, 0, -1), self.rest


@lru_cache(maxsize=_TEXTS_REMEMBERED)
def break_lines(text: Text, width: float) -> tuple[Line, ...]:
    """Return the lines of ``text`` in a column of ``width`` pt; an empty text has one line.

    Remembered, since a person's next key changes one paragraph and leaves all others.
    """
    form = text.format
    left, marker = points(form.left_indent), text.marker
    start = left + points(form.first_indent)
    runs = text.runs
    head = None
    if marker and form.first_indent >= 0:
        runs = (Run(f"{marker} "), *runs)
    elif marker:
        span = Span(run_style(Run(marker), form.size), marker)
        head = (span, start)
        start = _after_marker(start + span.style.width(marker), left)
    styled = _join(runs, form.size)
    lines = _place(styled, form, (start, left, width), head is not None)
    lines[0] = replace(lines[0], head=head)
    if text.leader:
        lines[-1] = _lead(lines[-1], width)
    return tuple(lines)


def _after_marker(end: float, left: float) -> float:
    if end <= left:
        return left
    return (end // TAB_STEP + 1) * TAB_STEP


def _place(
    styled: _Styled, form: Format, sides: tuple[float, float, float], marked: bool
) -> list[Line]:
    start, left, width = sides
    baseline = _BASELINE * form.line_height
    if not styled.styles:
        return [Line((), _aligned(form.align, start, width, 0.0), baseline)]
    lines, x = [], start
    room, rest = (_whole_twips(round((width - side) * UNITS)) for side in (start, left))
    for begin, end, units, ended in _Wrapper(styled, room, rest, not marked).run():
        used, stretch = units / UNITS, 0.0
        if form.align is Align.JUSTIFY and not ended:
            spaces = count_spaces(styled.text[begin:end])
            stretch = max(0.0, (width - x - used) / spaces) if spaces else 0.0
        at = _aligned(form.align, x, width, used)
        lines.append(Line(styled.spans(begin, end), at, baseline, used, stretch))
        x = left
    return lines


def count_spaces(text: str) -> int:
    """Return how many places of ``text`` take part in justification."""
    return text.count(" ") + text.count("\u00a0")


def _aligned(align: Align, x: float, width: float, used: float) -> float:
    if align is Align.CENTER:
        return x + (width - x - used) / 2
    if align is Align.RIGHT:
        return width - used
    return x


def _lead(line: Line, width: float) -> Line:
    end = line.x + line.width
    return replace(line, leader=(end, width)) if width - end >= LEADER_MINIMUM else line
