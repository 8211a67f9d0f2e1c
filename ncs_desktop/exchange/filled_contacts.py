"""A contact line without labels: its items told by what they are, or left as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ncs_desktop.domain.contacts import is_email, normalize_phone
from ncs_desktop.domain.form import FieldKind
from ncs_desktop.exchange.filled_fields import Ledger, read_value
from ncs_desktop.exchange.filled_lines import Line, folded_words
from ncs_desktop.exchange.filled_words import POSITIONS

_SEPARATORS = re.compile(
    r"\s+[-–—/]\s+|[,;|\t]|\s{2,}|(?<=[^\W\d])\s+(?=(?:\+?84|0)[\d .]{8,14}\s*$)"
)
"""What stands between two items; a phone number at the end of a line needs no more than a space."""
_NAME_WORDS = range(2, 7)
_PERSON = re.compile(
    r"(?:(?:Ông|Bà|Anh|Chị)\b|(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô"
    r"|Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lâm|Mai|Đào|Cao|Hà|Lương|Tạ|Thái)\s+\w+)(?!.*\d)"
)
"""How a person's name begins: a title, or one of the common family names."""
PERSON_KEYS = ("contact_name", "contact_position")


def place_contacts(kinds: Mapping[str, FieldKind], lines: Sequence[Line], ledger: Ledger) -> None:
    """Read ``lines`` of a section with the fields ``kinds``; what is not told stays unplaced."""
    contact = {FieldKind.EMAIL, FieldKind.PHONE} & set(kinds.values())
    for line in lines:
        ledger.loose(*(_rest(line, kinds, ledger) if contact and not line.table else [line]))


def is_mixed(key: str, lines: Sequence[Line]) -> bool:
    """Whether the value of ``key`` holds a phone number or e-mail that belongs elsewhere.

    A person with one beside is looked for where a person is asked for, an e-mail alone where an
    address is; a phone number in a position always belongs elsewhere.
    """
    if key == "proposer_address":
        return bool(lines) and all(is_email(line.text.strip()) for line in lines)
    return key in PERSON_KEYS and any(
        _is_person(part, parts)
        or (key == "contact_position" and bool(normalize_phone(part.text.strip())))
        for parts in (_parts(line) for line in lines if not line.table)
        for part in parts
    )


def until_person(lines: Sequence[Line]) -> int:
    """Return how many of ``lines`` of a value go before a line that names whom to ask, and where.

    The first line is the value whatever it is: a person may propose.
    """
    for index, line in enumerate(lines[1:], 1):
        parts = [] if line.table else _parts(line)
        if parts and _is_person(parts[0], parts):
            return index
    return len(lines)


def _parts(line: Line) -> list[Line]:
    ends = [0]
    for found in _SEPARATORS.finditer(line.text):
        ends += [found.start(), found.end()]
    spans = zip(ends[::2], [*ends[1::2], len(line.text)], strict=True)
    return [part for part in (line.part(*span) for span in spans) if not part.blank]


def _is_person(part: Line, parts: Sequence[Line]) -> bool:
    """Whether ``part`` names a person and one of ``parts`` is a phone number or an e-mail."""
    return _PERSON.match(part.text.strip()) is not None and any(
        "@" in other.text or normalize_phone(other.text.strip()) for other in parts
    )


def _rest(line: Line, kinds: Mapping[str, FieldKind], ledger: Ledger) -> list[Line]:
    """Place the items of ``line`` by what they are; return the parts that stay over."""
    parts = _parts(line)
    several = len(parts) > 2
    rest = []
    for part in parts:
        key = _key(part, kinds, ledger, several or _is_person(part, parts))
        if key is None:
            rest.append(part)
        else:
            read_value(key, kinds[key], [part], 0.7, "", ledger=ledger)
    return rest


def _key(part: Line, kinds: Mapping[str, FieldKind], ledger: Ledger, several: bool) -> str | None:
    free = [key for key in kinds if key not in ledger.fields]
    text, words = part.text.strip(), folded_words(part.text)
    for key in free:
        if kinds[key] is FieldKind.EMAIL and "@" in text:
            return key
        if kinds[key] is FieldKind.PHONE and normalize_phone(text):
            return key
    if not several or any(word.isdigit() for word in words):
        return None
    if "contact_name" not in free and _PERSON.match(text):
        return None
    position = any(f" {title} " in f" {' '.join(words)} " for title in POSITIONS)
    if position or "contact_name" not in free:
        return "contact_position" if "contact_position" in free else None
    return "contact_name" if len(words) in _NAME_WORDS and text.istitle() else None
