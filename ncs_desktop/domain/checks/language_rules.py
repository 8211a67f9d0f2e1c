"""L02–L04 and L09–L12: words that go wrong in practice, over every text field and the letter.

They guess, so they warn and say what they would write. Source of the slips: domain notes on the
published calls (TT-BKHHCN, two numbers for one letter, «giai đoạn 2021-2025» …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ncs_desktop.domain.checks.citations import Citation, misspelt_codes
from ncs_desktop.domain.checks.inputs import Hit, Inputs, Rule, hit
from ncs_desktop.domain.dates import short_date
from ncs_desktop.domain.places import MERGER, find_province, province_hint

ABBREVIATIONS = {
    "KH&CN": "khoa học và công nghệ",
    "KHCN": "khoa học và công nghệ",
    "NSCL": "năng suất chất lượng",
    "NSNN": "ngân sách nhà nước",
    "DNNVV": "doanh nghiệp nhỏ và vừa",
    "CNTT": "công nghệ thông tin",
    "ĐMST": "đổi mới sáng tạo",
    "TCĐLCL": "tiêu chuẩn đo lường chất lượng",
    "HTQL": "hệ thống quản lý",
    "SHTT": "sở hữu trí tuệ",
}
"""Abbreviations of this trade that a reader must have met in full once."""
_ABBREVIATION = {
    short: re.compile(rf"(?<![\w&-]){re.escape(short)}(?![\w&])") for short in ABBREVIATIONS
}
_IN_A_NAME = re.compile(r"(?:Bộ|Sở|Cục|Chi cục|Tổng cục|Ủy ban|Phòng|UBND)\s+$")
_BEING_DEFINED = re.compile(r"(?:\(\s*|tắt là:?\s*|gọi là:?\s*)[\"“«']?$")

PERIOD = "2021-2030"
_PERIOD = re.compile(r"giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?(20\d\d)\s*[-–—]\s*(20\d\d)\b", re.I)
_HINT_OF_PERIOD = re.compile(r"20\d\d\s*[-–—]\s*20\d\d\b")
"""What both hold: looked for first, since it is found or missed much faster."""
_UNTIL_RANGE = re.compile(r"đến\s+năm\s+20\d\d\s*[-–—]\s*20\d\d\b", re.I)
_PROGRAMME = re.compile(
    r"chương\s+trình\s+(?:quốc\s+gia\s+hỗ\s+trợ\s+doanh\s+nghiệp|1322)|1322/QĐ-TTg", re.I
)
_NEAR = 200
"""How far before a period the programme's name may stand, in characters."""

_DISTRICT = re.compile(
    r"\b(?:(?P<several>các\s+)?(?:huyện|quận|thị\s+xã)|(?P<town>thành\s+phố|tp\.?))\b\s*"
    r"(?P<name>(?:[^\W_]+\s?)*)",
    re.IGNORECASE,
)
_ADDRESS_FIELDS = ("proposer_address", "application_sites", "commitments")

_RENAMED = (
    (
        date(2024, 10, 8),
        re.compile(r"[Tt](?i:ổng\s+cục\s+(?:tcđlcl|tiêu\s+chuẩn\W+đo\s+lường\W+chất\s+lượng))"),
        "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
    ),
)
"""Agencies by their later name: the day from which documents use it (TT 07/2024/TT-BKHCN)."""


def _codes(inputs: Inputs) -> Iterator[Hit]:
    for key, text in inputs.all_texts():
        for written, right in misspelt_codes(text).items():
            yield hit(key, _where(key), place=inputs.place(key), text=written, right=right)


def _where(key: str | None) -> str:
    return "letter" if key is None else "field"


def _two_numbers(inputs: Inputs) -> Iterator[Hit]:
    first: dict[tuple[str, date], Citation] = {}
    for key, cited in inputs.cited:
        day = cited.date
        if day is None:
            continue
        known = first.setdefault((cited.symbol, day), cited)
        if known.number != cited.number:
            yield hit(
                key,
                _where(key),
                place=inputs.place(key),
                first=known.code,
                second=cited.code,
                date=short_date(day),
            )


def _abbreviations(inputs: Inputs) -> Iterator[Hit]:
    printed = [(field.key, inputs.text(field.key)) for field in inputs.form.fields if field.printed]
    for short, full in ABBREVIATIONS.items():
        key = _used_undefined(short, printed)
        if key is not None:
            yield hit(key, "undefined", place=inputs.place(key), short=short, full=full)


def _used_undefined(short: str, texts: list[tuple[str, str]]) -> str | None:
    """Return the field that uses ``short`` first, or None if it is explained there."""
    pattern = _ABBREVIATION[short]
    for key, text in texts:
        for found in pattern.finditer(text) if short in text else ():
            before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :]
            if _IN_A_NAME.search(before):
                continue
            defined = _BEING_DEFINED.search(before) or re.match(r"\s*\(\s*[^\W\d]", after)
            return None if defined else key
    return None


def _period(inputs: Inputs) -> Iterator[Hit]:
    for key, text in inputs.all_texts():
        if _HINT_OF_PERIOD.search(text) is None:
            continue
        for found in _UNTIL_RANGE.finditer(text):
            yield hit(key, f"until_{_where(key)}", place=inputs.place(key), text=found[0])
        for found in _PERIOD.finditer(text):
            period = f"{found[1]}-{found[2]}"
            line = text.rfind("\n", 0, found.start()) + 1
            before = text[max(line, found.start() - _NEAR) : found.start()]
            if period != PERIOD and _PROGRAMME.search(before) and not _PERIOD.search(before):
                place = inputs.place(key)
                yield hit(key, _where(key), place=place, text=found[0], right=PERIOD)


def _weekend(inputs: Inputs) -> Iterator[Hit]:
    for key, cited in inputs.cited:
        if cited.day is None:
            continue
        day, (year, month, number) = cited.date, cited.day
        if day is None:
            message = "impossible"
        elif day.weekday() >= 5:
            message = "saturday" if day.weekday() == 5 else "sunday"
        else:
            continue
        written = f"{number:02}/{month:02}/{year}"
        yield hit(key, message, place=inputs.place(key), code=cited.code, date=written)


def _addresses(inputs: Inputs) -> Iterator[tuple[str | None, str]]:
    for key in _ADDRESS_FIELDS:
        if inputs.text(key):
            yield key, inputs.text(key)
    if inputs.letter is not None:
        yield None, "\n".join(inputs.letter.addressees)
    if inputs.dossier is not None and inputs.dossier.sender.address:
        yield None, inputs.dossier.sender.address


def _places(inputs: Inputs) -> Iterator[Hit]:
    """Judged by the day the call was issued: older calls keep their districts and provinces."""
    issued = inputs.call.issued
    for key, text in _addresses(inputs):
        place = inputs.place(key)
        for written in _districts(text, issued) if issued >= MERGER else ():
            yield hit(key, f"district_{_where(key)}", place=place, text=written)
        for old, new in province_hint(text, issued):
            yield hit(key, f"province_{_where(key)}", place=place, old=old, new=new)


def _districts(text: str, day: date) -> dict[str, None]:
    """Return the districts ``text`` names, towns below a province among them, each once."""
    named: dict[str, None] = {}
    for found in _DISTRICT.finditer(text):
        proper = " ".join(_proper_name(found["name"].split()))
        if found["several"] or (proper and not (found["town"] and _is_city(proper, day))):
            named[" ".join(f"{text[found.start() : found.start('name')]} {proper}".split())] = None
    return named


def _is_city(name: str, day: date) -> bool:
    """Whether a city of the first level bears ``name``; short forms (TP.HCM) are left alone."""
    province = find_province(name, day)
    return name.isupper() or (province is not None and province.city)


def _proper_name(words: list[str]) -> Iterator[str]:
    """Yield the words of a proper name, up to the first that has no capital and no figure."""
    for word in words:
        if not (word[0].isupper() or word[0].isdigit()):
            return
        yield word


def _agencies(inputs: Inputs) -> Iterator[Hit]:
    for since, pattern, name in _RENAMED:
        if inputs.call.issued < since:
            continue
        for key, text in inputs.all_texts():
            found = pattern.search(text)
            if found is not None:
                place = inputs.place(key)
                yield hit(key, _where(key), place=place, text=found[0], right=name)


RULES: dict[str, Rule] = {
    "L02": _codes,
    "L03": _two_numbers,
    "L04": _abbreviations,
    "L09": _period,
    "L10": _weekend,
    "L11": _places,
    "L12": _agencies,
}
