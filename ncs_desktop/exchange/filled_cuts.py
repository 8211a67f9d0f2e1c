"""Cutting a story into the head, the sections and the signature of a form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ncs_desktop.exchange.filled_anchors import (
    ACCEPTED,
    Heading,
    Matcher,
    align,
    find_headings,
    number_of,
    overlap,
)
from ncs_desktop.exchange.filled_grid import is_grid
from ncs_desktop.exchange.filled_labels import Labels
from ncs_desktop.exchange.filled_lines import Line, folded_words, without_edges
from ncs_desktop.exchange.filled_words import SIGNER_TITLES

_EDGES = ":.;,-–—"
_SIGN = re.compile(
    r"^\s*\(?\s*(?:ký|ki|kí|ky)\b[^.]{0,60}\)?\s*$|^\s*\(.{0,20}chữ ký", re.IGNORECASE
)
_DATE_LINE = re.compile(
    r"(?:^|,)\s*(?:ngày|ngay)\b.{1,20}(?:tháng|thang)\b.{1,20}(?:năm|nam)\b", re.IGNORECASE
)
_SIGNED_TABLE = re.compile(
    r"^\s*nơi nhận|\b(?:KT|TM|TL)\.\s*[A-ZĐ]|\b(?:GIÁM ĐỐC|CHỦ TỊCH|HIỆU TRƯỞNG|VIỆN TRƯỞNG)\b",
    re.MULTILINE,
)
_GOES_ON = re.compile(r"\W*(?:tiếp(?: theo)?|tiep(?: theo)?)\W*", re.IGNORECASE)
"""Stands behind a heading that is printed again on the next page."""
_CLEAR = 0.85
"""Likeness of a heading that is worded as on the form."""
_NEXT = 8
"""Lines behind the heading of a labelled section among which one of its labels must stand."""
_FIELDS_TELL, _FIELDS_AMONG_TEXT = 2, 4
"""Labels of different fields that tell a section without heading, and where text may have some."""


@dataclass(frozen=True)
class Region:
    """What belongs to one section: its heading as found, its own lines, and what to mention.

    ``section`` is the index in the form, None for a section the form does not have.
    """

    section: int | None
    heading: tuple[Line, ...]
    lines: tuple[Line, ...]
    sure: float = 0.98
    code: str = ""


@dataclass(frozen=True)
class Cuts:
    """A story cut up: before the first heading, the regions in order, after the last one."""

    before: tuple[Line, ...]
    regions: tuple[Region, ...]
    after: tuple[Line, ...]
    repeated: bool = False


def cut_story(
    lines: Sequence[Line],
    matcher: Matcher,
    labels: Sequence[Labels],
    signature: frozenset[tuple[str, str]],
) -> Cuts:
    """Return ``lines`` cut at the headings of the form."""
    candidates = find_headings(lines, matcher)
    again = _printed_again(lines, candidates)
    candidates = [heading for heading in candidates if heading.first not in again]
    end = _second_form(candidates, len(lines))
    candidates = [heading for heading in candidates if heading.last < end]
    candidates = _with_labels(lines, candidates, labels)
    chosen = align(candidates, len(matcher.anchors))
    chosen = _with_labelled(lines, chosen, labels, end)
    if not chosen:
        return Cuts(tuple(lines), (), ())
    again = {line: item for line, item in again.items() if line < end and item.section in chosen}
    ordered = sorted((*chosen.values(), *again.values()), key=lambda heading: heading.first)
    low = _last_label(lines, ordered[-1].last + 1, end, labels)
    stop = _signature_start(lines, low, end, signature)
    missing = _missing(chosen, matcher)
    regions: list[Region] = []
    for index, heading in enumerate(ordered):
        later = ordered[index + 1] if index + 1 < len(ordered) else None
        limit = later.first if later else stop
        regions += _regions(lines, heading, later, limit, ordered, by_number=missing)
    return Cuts(
        tuple(lines[: ordered[0].first]),
        _together(regions) if again else tuple(regions),
        tuple(lines[stop:]),
        end < len(lines),
    )


def _printed_again(lines: Sequence[Line], candidates: Sequence[Heading]) -> dict[int, Heading]:
    """Return by line the headings «VI. … (tiếp theo)» that repeat one above them."""
    clear = [heading for heading in candidates if heading.likeness >= _CLEAR]
    first = {heading.section: heading.first for heading in reversed(clear)}
    found: dict[int, Heading] = {}
    for heading in clear:
        text = lines[heading.last].text
        if heading.first > first[heading.section] and _GOES_ON.fullmatch(text, heading.end):
            found[heading.first] = replace(heading, end=len(text))
    return found


def _together(regions: Sequence[Region]) -> tuple[Region, ...]:
    """Return ``regions`` with what stands under a heading printed again where it belongs."""
    joined: dict[int | None, Region] = {}
    rest: list[Region] = []
    for region in regions:
        known = joined.get(region.section)
        if region.section is None:
            rest.append(region)
        elif known is None:
            joined[region.section] = region
        else:
            heading = (*known.heading, *region.heading)
            lines = (*known.lines, *region.lines)
            joined[region.section] = replace(known, heading=heading, lines=lines)
    return (*joined.values(), *rest)


def _second_form(candidates: Sequence[Heading], end: int) -> int:
    """Return the line where a second filled form begins in the same story, else ``end``."""
    strong: dict[int, list[int]] = {}
    for heading in candidates:
        if heading.score >= ACCEPTED + 0.4 and heading.likeness >= 0.9:
            strong.setdefault(heading.section, []).append(heading.first)
    twice = [sorted(lines) for lines in strong.values() if len(lines) > 1]
    if len(twice) < 3:
        return end
    last_of_first = max(lines[0] for lines in twice)
    seconds = [line for lines in twice for line in lines[1:] if line > last_of_first]
    return min(seconds, default=end)


def _with_labels(
    lines: Sequence[Line], candidates: Sequence[Heading], labels: Sequence[Labels]
) -> list[Heading]:
    """Return ``candidates`` without headings of labelled sections that no label follows.

    The signature reads much like the heading of the section about the sender; it is left out where
    the labels of that section stand elsewhere.
    """
    empty = {
        heading
        for heading in candidates
        if labels[heading.section].any_fields
        and ":" not in lines[heading.last].text[heading.end :]
        and not _fields_at(lines, heading.last + 1, heading.last + _NEXT, labels[heading.section])
    }
    elsewhere = {
        section
        for section in {heading.section for heading in empty}
        if len(_fields_at(lines, 0, len(lines), labels[section])) >= _FIELDS_TELL
    }
    return [item for item in candidates if item not in empty or item.section not in elsewhere]


def _fields_at(lines: Sequence[Line], start: int, stop: int, own: Labels) -> dict[str, int]:
    """Return the fields whose labels stand in lines from ``start`` on, each with its first line.

    A line of capitals alone signs the form, however much it reads like a label.
    """
    found: dict[str, int] = {}
    for index in range(max(start, 0), min(stop, len(lines))):
        table = lines[index].table
        if table is not None and own.amounts and is_grid(table, own):
            found |= dict.fromkeys(own.fields, index)
        signs = _all_upper(lines[index]) and not lines[index].cell and ":" not in lines[index].text
        for key in own.names(lines[index]) if not signs else ():
            found.setdefault(key, index)
    return found


def _with_labelled(
    lines: Sequence[Line], chosen: dict[int, Heading], labels: Sequence[Labels], end: int
) -> dict[int, Heading]:
    """Return ``chosen`` with labelled sections whose headings are missing: at their first labels.

    First where the order of the form has it, then before everything, then anywhere else; no two
    begin on one line.
    """
    taken = dict(chosen)
    for section, own in enumerate(labels):
        if section in taken or not own.any_fields:
            continue
        low = max((item.last + 1 for key, item in taken.items() if key < section), default=0)
        high = min((item.first for key, item in taken.items() if key > section), default=end)
        ordered = sorted(taken.values(), key=lambda item: item.first)
        edges = [0, *(place for item in ordered for place in (item.first, item.last + 1)), end]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        places = [(low, high, _FIELDS_TELL), (*edges[:2], _FIELDS_TELL)]
        places += [(*gap, _FIELDS_AMONG_TEXT) for gap in gaps]
        for begin, stop, least in places:
            fields = _fields_at(lines, begin, stop, own)
            if len(fields) >= least:
                first = min(fields.values())
                taken[section] = Heading(section, first, first, 0, 0.8, 0.3)
                break
    return taken


def _regions(
    lines: Sequence[Line],
    heading: Heading,
    later: Heading | None,
    limit: int,
    ordered: Sequence[Heading],
    *,
    by_number: Mapping[int, int],
) -> list[Region]:
    head = [*lines[heading.first : heading.last], lines[heading.last].part(0, heading.end)]
    rest = without_edges(lines[heading.last].part(heading.end), _EDGES) if heading.end else None
    if rest is None:
        head, first = [], lines[heading.last]
    else:
        first = replace(rest, marker="")
    own = [first, *lines[heading.last + 1 : limit]]
    extra = _extra_headings(own, heading, later, ordered)
    ends = [*extra, len(own)]
    sure, code = _sureness(heading, ordered)
    found = [Region(heading.section, tuple(head), tuple(own[: ends[0]]), sure, code)]
    for start, stop in zip(extra, ends[1:], strict=True):
        number = number_of(own[start])
        section = by_number.get(number.value) if number else None
        text = tuple(own[start + 1 : stop])
        found.append(Region(section, (own[start],), text, 0.6, "filled.weak_heading"))
    return found


def _missing(chosen: Mapping[int, Heading], matcher: Matcher) -> dict[int, int]:
    """Return the sections not found by their numbers, where the file keeps the form's numbers."""
    numbers = [anchor.number for anchor in matcher.anchors]
    numbered = [item for item in chosen.values() if item.number is not None]
    kept = [item for item in numbered if item.number and item.number.value == numbers[item.section]]
    if len(kept) < 4 or len(kept) < len(numbered):
        return {}
    return {number: index for index, number in enumerate(numbers) if number and index not in chosen}


def _sureness(heading: Heading, ordered: Sequence[Heading]) -> tuple[float, str]:
    usual = Counter(_style(item) for item in ordered).most_common(1)[0]
    weak = usual[1] >= 4 and heading.look < 0.2 and heading.number is None and usual[0] != "plain"
    if weak:
        return 0.6, "filled.weak_heading"
    if heading.likeness >= 0.9 and heading.look >= 0.1:
        return 0.98, ""
    if heading.score >= ACCEPTED + 0.2:
        return 0.9, ""
    return (0.82, "") if heading.score >= ACCEPTED + 0.1 else (0.7, "filled.weak_heading")


def _style(heading: Heading) -> str:
    if heading.number is not None:
        return "roman" if heading.number.roman else "arabic"
    return "shaped" if heading.look >= 0.25 else "plain"


def _extra_headings(
    own: Sequence[Line], heading: Heading, later: Heading | None, ordered: Sequence[Heading]
) -> list[int]:
    """Return the lines that head a section the form does not have.

    They must be numbered as the headings around them, fit between their numbers, and look alike.
    """
    if heading.number is None or (later is not None and later.number is None):
        return []
    shaped = sum(item.look >= 0.35 for item in ordered) * 2 > len(ordered)
    found, last = [], heading.number.value
    for index, line in enumerate(own[1:], 1):
        number = number_of(line)
        if number is None or number.roman is not heading.number.roman or line.table:
            continue
        fits = number.value == last + 1 and (later is None or number.value < later.number.value)  # type: ignore[union-attr]
        words = [token for token in line.tokens if token.start >= number.end]
        looks = sum(token.upper for token in words[:4]) >= min(3, len(words)) or bool(
            line.bold_until()
        )
        if fits and words and (looks if shaped else number.roman):
            found.append(index)
            last = number.value
    return found


def _last_label(lines: Sequence[Line], start: int, end: int, labels: Sequence[Labels]) -> int:
    """Return the line after the last one that begins with a label: no signature stands above it."""
    for index in range(end - 1, start - 1, -1):
        if ":" not in lines[index].text and not lines[index].cell:
            continue
        if any(own.opens(lines[index]) not in (None, "-", "") for own in labels if own.any_fields):
            return index + 1
    return start


def _signature_start(
    lines: Sequence[Line], start: int, end: int, signature: frozenset[tuple[str, str]]
) -> int:
    """Return the first line of the signature block after ``start``, else ``end``."""
    for index in range(start, end):
        line = lines[index]
        if line.table and _SIGNED_TABLE.search(line.full):
            return index
        if line.table or line.marker:
            continue
        words = folded_words(line.text)
        if _SIGN.match(line.text) or (len(words) < 14 and _DATE_LINE.search(line.text)):
            return index
        if 2 <= len(words) <= 9 and overlap(line.text, signature) >= 0.75 and ":" not in line.text:
            return index
        if len(words) <= 8 and _all_upper(line) and _has_title(words):
            return index
    return end


def _all_upper(line: Line) -> bool:
    return bool(line.tokens) and all(token.upper or token.word.isdigit() for token in line.tokens)


def _has_title(words: Sequence[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {title} " in text for title in SIGNER_TITLES)
