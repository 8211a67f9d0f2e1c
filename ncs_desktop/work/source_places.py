"""Where a section of the form begins in the plain text of a file, and which amounts stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.form import Field, FieldKind, Form, Section
from ncs_desktop.domain.money import format_dong, parse_money
from ncs_desktop.domain.text import fold

_NUMBERED = re.compile(r"\s*(?:muc\s+)?([ivx]{1,5})\s*[.):/\-–]\s*(.*)")
_MOST = 6


def section_start(source: str, form: Form, key: str) -> int:
    """Return where the heading of the section with field ``key`` begins in ``source``; -1 unknown.

    A heading carries the section's number and a word of its heading, or else all of its last two
    words, such as «kinh phí», however the rest of it is worded. Words that other sections end with
    too, such as «nhiệm vụ», tell nothing.
    """
    section = next((found for found in form.sections if key in found.field_keys), None)
    if section is None:
        return -1
    words, last = set(fold(section.heading).split()), _last_words(section)
    telling = sum(_last_words(other) == last for other in form.sections) == 1
    by_words = -1
    for place, line in _lines(source):
        numbered = _NUMBERED.match(line)
        if numbered and numbered[1] == section.number.lower():
            if words.intersection(numbered[2].split()):
                return place
        elif by_words < 0 and telling and last in line:
            by_words = place
    return by_words


def amounts_of(source: str, form: Form, field: Field) -> tuple[str, ...]:
    """Return the amounts in đồng in the section of a field of money, as they would be printed."""
    start = section_start(source, form, field.key)
    if field.kind is not FieldKind.MONEY or start < 0:
        return ()
    end = next((place for place, line in _lines(source) if place > start and _ends(line)), None)
    return tuple(dict.fromkeys(_amounts(source[start:end])))[:_MOST]


def _ends(line: str) -> bool:
    found = _NUMBERED.match(line)
    return bool(found and found[2])


def _amounts(text: str) -> Iterator[str]:
    from ncs_desktop.exchange.filled_money import money_places  # noqa: PLC0415

    for line in text.split("\n"):
        for start, end in money_places(line):
            try:
                yield f"{format_dong(parse_money(line[start:end]))} đồng"
            except NcsError:
                continue


def _last_words(section: Section) -> str:
    return " ".join(fold(section.heading).split()[-2:])


def _lines(source: str) -> Iterator[tuple[int, str]]:
    place = 0
    for line in source.split("\n"):
        yield place, fold(line)
        place += len(line) + 1
