"""Amounts in a filled form: found in running text, compared with their words, never guessed.

All amounts are đồng. ``4.850`` is an amount only where a unit stands by it or was declared for the
whole section («Đơn vị: triệu đồng»); what stays doubtful is null with its readings beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.money import AmbiguousMoney, BadMoney, format_dong, parse_money
from ncs_desktop.domain.text import fold

_NUM = r"\d{1,3}(?:[ .,\u00a0]\d{3})+(?:,\d+)?(?![\d])|\d+(?:[.,]\d+)?"
_UNIT = (
    r"(?:nghìn t[ỷỉ]|trăm triệu|tỷ|tỉ|ty|triệu|trieu|tr\.?(?= ?[đd])|trđ|tr"
    r"|nghìn|ngàn|nghin|ngan|k)"
    r"(?![^\W\d_])"
)
_DONG = r"(?:đồng việt nam|đồng|dong|vnđ|vnd|₫|đ|d)(?![^\W\d_])"
_MONEY = re.compile(
    rf"(?:(?:vnđ|vnd|₫)\s?)?(?<![\d.,/])(?:{_NUM})(?:\s?{_UNIT})?"
    rf"(?:,?\s(?:{_NUM})\s?{_UNIT})*(?:\srưỡi)?(?:\s?\({_DONG}\)|\s?{_DONG})?(?:\s?chẵn)?",
    re.IGNORECASE,
)
_UNIT_IN_BRACKETS = re.compile(
    r"\((?:đơn vị(?: tính)?:?\s*|đvt:?\s*)?"
    r"((?:tỷ|tỉ|triệu|trieu|nghìn|ngàn|tr\.?)?\s*(?:đồng|dong|đ|vnđ))\)",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"(?:đơn vị(?: tính)?|đvt|don vi(?: tinh)?|dvt)\s*[:(]?\s*"
    r"((?:tỷ|tỉ|ty|triệu|trieu|nghìn|ngàn|nghin|tr\.?)?\s*(?:đồng|dong|đ|vnđ|vnd))",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?:\(\s*)?(?:viết\s+)?(?:số tiền\s+)?bằng chữ\s*:?\s*(?P<said>[^()\n]+)\)?"
    r"|\((?P<bare>[^()\d]*(?:đồng|tỷ|triệu|nghìn|ngàn)[^()\d]*)\)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:không(?: có| đối ứng)?|khong(?: co)?)[ .]*", re.IGNORECASE)
_LONGEST = 1_000
"""Characters looked at: no amount stands so far behind its label."""
_PERCENT = re.compile(r"\s*%|\s*(?:tháng|năm|doanh nghiệp|lượt)")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a text says about one amount: ``value`` in đồng or None, and how sure that is.

    ``readings`` are all amounts that the text can mean or states; ``start`` and ``end`` are the
    place of what was used; ``code`` names the remark, empty where nothing is to be said.
    """

    value: int | None
    confidence: float
    spans: tuple[tuple[int, int], ...]
    readings: tuple[int, ...] = ()
    code: str = ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The readings as a person sees them."""
        return tuple(f"{format_dong(amount)} đồng" for amount in self.readings)


def declared_unit(texts: Sequence[str]) -> str:
    """Return the unit (``triệu đồng``) that a line declares for the amounts around it, or ""."""
    for whole in texts:
        text = whole[:_LONGEST]
        found = _DECLARED.search(text)
        if found is None and not re.search(r"\d", text):
            found = _UNIT_IN_BRACKETS.search(text)
        if found:
            return " ".join(found[1].split())
    return ""


def is_declaration(text: str) -> bool:
    """Whether ``text`` does nothing but declare a unit."""
    found = _DECLARED.search(text[:_LONGEST])
    return found is not None and not text.replace(found[0], "").strip(" ().,;:")


def money_places(text: str) -> list[tuple[int, int]]:
    """Return where amounts of money stand in ``text``; numbers without any unit count too."""
    spans = []
    for found in _MONEY.finditer(text):
        if not _PERCENT.match(text, found.end()):
            spans.append(found.span())
    return spans


def read_amount(text: str, unit: str = "") -> Amount | None:
    """Return what ``text`` says, or None where it says no amount at all."""
    text = text[:_LONGEST]
    spoken = _spoken(text)
    outside = text
    for start, end, _ in spoken:
        outside = outside[:start] + " " * (end - start) + outside[end:]
    places = _with_unit_brackets(outside, money_places(outside))
    said = [amount for *_, amount in spoken if amount is not None]
    if not places:
        return _only_words(text, outside, spoken, said)
    first = places[0]
    spoken += _spoken_before(outside, first[0])
    spans = (first, *((start, end) for start, end, _ in spoken if _near(outside, first[1], start)))
    used = [amount for start, _, amount in spoken if _near(outside, first[1], start)]
    amount = _judge(text[first[0] : first[1]], unit, [item for item in used if item is not None])
    if amount is None:
        return Amount(None, 0.3, spans, (), "filled.bad_amount")
    others = _others(outside, places[1:], unit, amount)
    if others and not amount.code:
        readings = (*([amount.value] if amount.value is not None else ()), *others)
        return Amount(amount.value, 0.6, spans, readings, "filled.more_amounts")
    if not amount.code and len(used) > sum(item is not None for item in used):
        return Amount(amount.value, 0.7, spans, amount.readings, "filled.words_unread")
    return Amount(amount.value, amount.confidence, spans, amount.readings, amount.code)


def _near(text: str, end: int, start: int) -> bool:
    """Whether nothing but marks stands between an amount and the words that repeat it."""
    if start < end:
        return start == 0
    return not re.search(r"\d", text[end:start]) and start - end < 40


def _spoken_before(text: str, end: int) -> list[tuple[int, int, int | None]]:
    """Return the amount in words that stands before the digits, from the beginning on."""
    said = text[:end].rstrip(" (:;,-–")
    amount = _in_words(said) if len(fold(said).split()) > 2 else None
    return [] if amount is None else [(0, len(said), amount)]


def _spoken(text: str) -> list[tuple[int, int, int | None]]:
    found = []
    for match in _SPOKEN.finditer(text):
        said = match["said"] or match["bare"]
        if match["said"] is None and len(fold(said).split()) < 3:
            continue
        found.append((*match.span(), _in_words(said)))
    return found


def _in_words(text: str) -> int | None:
    try:
        return parse_money(text.strip(" .,;:/"))
    except NcsError:
        return None


def _with_unit_brackets(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    extended = []
    for start, end in places:
        found = re.compile(r"\s*").match(text, end)
        bracket = _UNIT_IN_BRACKETS.match(text, found.end() if found else end)
        extended.append((start, bracket.end() if bracket else end))
    return extended


def _judge(text: str, unit: str, said: list[int]) -> Amount | None:
    text = _UNIT_IN_BRACKETS.sub(r" \1", text)
    try:
        value = _with_unit(text, unit)
    except AmbiguousMoney as problem:
        agreed = [amount for amount in said if amount in problem.readings]
        if agreed:
            return Amount(agreed[0], 0.9, ())
        return Amount(None, 0.3, (), (*problem.readings, *said), "filled.ambiguous_amount")
    except BadMoney:
        return Amount(said[0], 0.5, (), tuple(said), "filled.bad_amount") if said else None
    if any(amount != value for amount in said):
        readings = tuple(dict.fromkeys((value, *said)))
        return Amount(None, 0.3, (), readings, "filled.amounts_differ")
    return Amount(value, 0.98, ())


def _with_unit(text: str, unit: str) -> int:
    """Return the amount; a declared unit counts only for a number without its own."""
    bare = re.fullmatch(r"[\d.,\s\u00a0]+", text)
    if bare is None or not unit:
        return parse_money(text)
    number = text.strip()
    if re.fullmatch(r"(?:đồng|dong|đ|vnđ|vnd)", unit, re.IGNORECASE):
        return parse_money(f"{number} đồng")
    value = parse_money(f"{number} {unit}")
    if value > 10**13:
        whole = parse_money(f"{number} đồng")
        raise AmbiguousMoney("money.ambiguous", text=text, readings="", amounts=(whole, value))
    return value


def _only_words(
    text: str, outside: str, spoken: list[tuple[int, int, int | None]], said: list[int]
) -> Amount | None:
    if said:
        spans = tuple((start, end) for start, end, _ in spoken)
        agreed = len(set(said)) == 1
        code = "" if agreed else "filled.amounts_differ"
        return Amount(
            said[0] if agreed else None, 0.85 if agreed else 0.3, spans, tuple(said), code
        )
    stripped = outside.strip(" .,;:-–\u00a0")
    if not stripped:
        return None
    if _NOTHING.fullmatch(stripped):
        return Amount(0, 0.7, ((0, len(text)),), (0,), "filled.no_amount")
    value = _in_words(stripped)
    return None if value is None else Amount(value, 0.85, ((0, len(text)),))


def _others(text: str, places: list[tuple[int, int]], unit: str, amount: Amount) -> tuple[int, ...]:
    """Return further amounts of a million đồng and more that differ from the one read."""
    found = []
    for start, end in places:
        try:
            value = _with_unit(_UNIT_IN_BRACKETS.sub(r" \1", text[start:end]), unit)
        except NcsError:
            continue
        if value >= 10**6 and value != amount.value:
            found.append(value)
    return tuple(found)
