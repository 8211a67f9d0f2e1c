"""A paragraph becomes lines: widths measured, words wrapped, spans placed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ncs_desktop.documents.layout.breaks import split_words
from ncs_desktop.documents.layout.fonts import Face, face
from ncs_desktop.documents.page import Align, Format, Text
from ncs_desktop.domain.blocks import Run

MM = 72 / 25.4
"""Points in a millimetre."""

SCRIPT_SIZE = 0.58
"""Size of super- and subscripts against their text, as LibreOffice sets Word's vertAlign."""

TAB_STEP = 36.0
"""Distance of Word's default tab stops, pt: where text goes when its marker is too wide."""

LEADER_MINIMUM = 12.0
"""A leader shorter than this, in pt, is left out: its tab could fall onto the next line."""

_SUPER_RISE, _SUB_RISE = 0.33, -0.08
_TOLERANCE = 0.09
_BASELINE = 0.8


@dataclass(frozen=True, slots=True)
class Style:
    """How a span is drawn: face, size and rise in pt."""

    face: Face
    size: float
    rise: float = 0.0
    underline: bool = False

    def width(self, text: str) -> float:
        """Return the width of ``text`` in pt."""
        return self.face.width(text) * self.size / 1000


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style."""

    style: Style
    text: str


@dataclass(slots=True)
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
def style_of(bold: bool, italic: bool, underline: bool, script: int, size: float) -> Style:
    """Return the style of a run; ``script`` is 1 for superscript, −1 for subscript."""
    if not script:
        return Style(face(bold, italic), size, 0.0, underline)
    small = int(size * 20 * SCRIPT_SIZE) / 20
    rise = size * (_SUPER_RISE if script > 0 else _SUB_RISE)
    return Style(face(bold, italic), small, rise, underline)


def run_style(run: Run, size: float) -> Style:
    """Return the style of ``run`` in a paragraph of ``size`` pt."""
    script = int(run.superscript) - int(run.subscript)
    return style_of(run.bold, run.italic, run.underline, script, size)


@dataclass(slots=True)
class _Styled:
    """The joined text of a paragraph and where each style starts."""

    text: str
    starts: list[int] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        if len(self.styles) == 1:
            return (Span(self.styles[0], self.text[start:end]),)
        return tuple(
            Span(style, self.text[left:right]) for style, left, right in self.cuts(start, end)
        )

    def cuts(self, start: int, end: int) -> Iterator[tuple[Style, int, int]]:
        index = bisect_right(self.starts, start) - 1
        while start < end:
            last = index + 1 == len(self.starts)
            stop = end if last else min(end, self.starts[index + 1])
            yield self.styles[index], start, stop
            start, index = stop, index + 1

    def width(self, start: int, end: int) -> float:
        if len(self.styles) == 1:
            return self.styles[0].width(self.text[start:end])
        return sum(style.width(self.text[a:b]) for style, a, b in self.cuts(start, end))


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


def _wrap(styled: _Styled, first: float, rest: float) -> list[tuple[int, int, float, bool]]:
    """Break greedily: (start, end, width, ended by a line feed) of every line."""
    lines: list[tuple[int, int, float, bool]] = []
    text = styled.text
    line_start = line_end = position = 0
    room, used, hanging = first + _TOLERANCE, 0.0, 0.0
    for word in split_words(text):
        bare = word.rstrip(" \n")
        end = position + len(bare)
        width = styled.width(position, end) if bare else 0.0
        if used + hanging + width > room and line_end > line_start and bare:
            lines.append((line_start, line_end, used, False))
            line_start, used, hanging, room = position, 0.0, 0.0, rest + _TOLERANCE
        while width > room - used - hanging and end - position > 1:
            cut, part = _fit(styled, position, end, room - used - hanging)
            lines.append((line_start, cut, used + hanging + part, False))
            line_start, used, hanging, room = cut, 0.0, 0.0, rest + _TOLERANCE
            position = cut
            width = styled.width(position, end)
        if bare:
            used, line_end = used + hanging + width, end
            hanging = 0.0
        position = end + len(word) - len(bare)
        hanging += styled.width(end, position) if position > end else 0.0
        if word.endswith("\n"):
            lines.append((line_start, max(line_end, line_start), used, True))
            line_start = line_end = position
            used, hanging, room = 0.0, 0.0, rest + _TOLERANCE
    lines.append((line_start, max(line_end, line_start), used, True))
    return lines


def _fit(styled: _Styled, start: int, end: int, room: float) -> tuple[int, float]:
    """Return how far into an over-long word a line reaches, at least one character."""
    width, cut = 0.0, start
    for style, left, right in styled.cuts(start, end):
        for index in range(left, right):
            step = style.width(styled.text[index])
            if width + step > room and cut > start:
                return cut, width
            width, cut = width + step, index + 1
    return cut, width


def break_lines(text: Text, width: float) -> list[Line]:
    """Return the lines of ``text`` in a column of ``width`` pt; an empty text has one line."""
    form = text.format
    left, marker = form.left_indent * MM, text.marker
    start = left + form.first_indent * MM
    runs = text.runs
    head = None
    if marker and form.first_indent >= 0:
        runs = (Run(f"{marker} "), *runs)
    elif marker:
        span = Span(run_style(Run(marker), form.size), marker)
        head = (span, start)
        start = _after_marker(start + span.style.width(marker), left)
    styled = _join(runs, form.size)
    lines = _place(styled, form, start, left, width)
    if text.leader:
        _lead(lines[-1], width)
    lines[0].head = head
    return lines


def _after_marker(end: float, left: float) -> float:
    if end <= left:
        return left
    return (end // TAB_STEP + 1) * TAB_STEP


def _place(styled: _Styled, form: Format, start: float, left: float, width: float) -> list[Line]:
    lines = []
    baseline = _BASELINE * form.line_height
    x = start
    if not styled.styles:
        return [Line((), _aligned(form.align, start, width, 0.0), baseline)]
    for begin, end, used, ended in _wrap(styled, width - start, width - left):
        stretch = 0.0
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


def _lead(line: Line, width: float) -> None:
    end = line.x + line.width
    if width - end >= LEADER_MINIMUM:
        line.leader = (end + 1.5 if line.spans else end, width)
