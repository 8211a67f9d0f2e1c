"""Whole numbers in Vietnamese words, and such words back into numbers."""

from __future__ import annotations

import re

from ncs_desktop.domain.text import nfc

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000
LIMIT = 1_000_000 * _BILLION
"""The largest number read or written in words: một triệu tỷ, far above any budget."""

_VALUES = {word: value for value, word in enumerate(_DIGITS)} | {
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
}
_DIGIT = "(?:" + "|".join(_VALUES) + ")"
_TRIPLET = re.compile(
    rf"(?:(?P<hundreds>{_DIGIT}) trăm)?"
    rf"(?: ?(?:(?P<tens>{_DIGIT}) mươi|(?P<ten>mười)|(?P<zero>linh|lẻ))(?: (?P<units>{_DIGIT}))?)?"
)
_UNITS = (("triệu", 1_000_000), ("nghìn", 1_000))
_SPELLINGS = {"ngàn": "nghìn", "tỉ": "tỷ", "nghin": "nghìn"}
_NOT_LETTER = re.compile(r"[^\w]+")


def in_words(number: int) -> str:
    """Return ``number`` (0 … LIMIT) in words, every zero spoken that the ear needs.

    Spelt ``linh``, ``nghìn``, ``tỷ``, the four after mươi ``tư``; words_to_number reads the other
    spellings too. ValueError outside the range.
    """
    if not 0 <= number <= LIMIT:
        raise ValueError(f"{number} is outside 0 … {LIMIT}")
    return " ".join(_spoken(number)) or _DIGITS[0]


def _spoken(number: int, after_larger: bool = False) -> list[str]:
    """Return the words of ``number``, none for 0; after something larger its hundreds are said."""
    for name, unit in (("tỷ", _BILLION), *_UNITS):
        if number >= unit:
            head, rest = divmod(number, unit)
            return [*_spoken(head, after_larger), name, *_spoken(rest, True)]
    return _triplet(number, after_larger) if number else []


def _triplet(number: int, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    spoken = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        spoken += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        spoken.append("mười")
    elif units and spoken:
        spoken.append("linh")
    if units:
        spoken.append(_unit_digit(units, tens))
    return spoken


def _unit_digit(units: int, tens: int) -> str:
    if units == 5 and tens:
        return "lăm"
    if tens > 1 and units in (1, 4):
        return "mốt" if units == 1 else "tư"
    return _DIGITS[units]


def words_to_number(text: str) -> int | None:
    """Return the number that ``text`` says in words, or None where it is none or says two things.

    Commas, capitals and a closing ``đồng`` or ``đồng chẵn`` do not matter. ``một nghìn năm`` is
    1.005 to some and 1.500 to others, so it is refused; ``một tỷ rưỡi`` is not.
    """
    spoken = [
        _SPELLINGS.get(word, word) for word in _NOT_LETTER.sub(" ", nfc(text).lower()).split()
    ]
    while spoken and spoken[-1] in ("đồng", "chẵn"):
        spoken.pop()
    half = bool(spoken) and spoken[-1] == "rưỡi"
    if half:
        return _with_half(spoken[:-1])
    if not spoken or spoken.count("tỷ") > 1:
        return None
    if "tỷ" not in spoken:
        return _below_billion(spoken, after_larger=False)
    place = spoken.index("tỷ")
    head = _below_billion(spoken[:place], after_larger=False)
    rest = _below_billion(spoken[place + 1 :], after_larger=True)
    return None if head is None or rest is None else head * _BILLION + rest


def _with_half(spoken: list[str]) -> int | None:
    units = {"tỷ": _BILLION, **dict(_UNITS), "trăm": 100}
    whole = words_to_number(" ".join(spoken))
    if whole is None or spoken[-1] not in units:
        return None
    return whole + units[spoken[-1]] // 2


def _below_billion(spoken: list[str], after_larger: bool) -> int | None:
    total = 0
    for name, unit in _UNITS:
        if name in spoken:
            place = spoken.index(name)
            value = _read_triplet(spoken[:place])
            if value is None:
                return None
            total += value * unit
            spoken, after_larger = spoken[place + 1 :], True
    if not spoken:
        return total if after_larger else None
    if after_larger and len(spoken) == 1 and spoken[0] != "mười":
        return None
    value = _read_triplet(spoken)
    return None if value is None else total + value


def _read_triplet(spoken: list[str]) -> int | None:
    text = " ".join(spoken)
    if text in _VALUES:
        return _VALUES[text]
    found = _TRIPLET.fullmatch(text) if text else None
    if found is None:
        return None
    hundreds, tens, units = (
        _VALUES.get(found[name] or "", 0) for name in ("hundreds", "tens", "units")
    )
    if found["zero"] and not (found["hundreds"] and units):
        return None
    return hundreds * 100 + (10 if found["ten"] else tens * 10) + units
