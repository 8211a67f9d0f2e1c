"""Amounts in a filled form: found in running text, compared with their words, never guessed.

All amounts are đồng. ``4.850`` is an amount only where a unit stands by it or was declared for the
whole section («Đơn vị: triệu đồng»); what stays doubtful is null with its readings beside it. What
touches an amount and was not understood (a sign, «x 10», «/năm», stray digits) makes it doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.money import AmbiguousMoney, BadMoney, format_dong, parse_money
from ncs_desktop.domain.numbers import words_to_number
from ncs_desktop.domain.text import fold
from ncs_desktop.exchange.filled_lines import folded_words

_NUM = (
    r"\d{1,3}(?:\s?\.\s?\d{3}){2,}(?:,\d+)?(?!\d)"
    r"|\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:[ \u00a0]\d{3})+)(?:,\d+)?(?!\d)"
    r"|\d+(?:[.,]\d+)?"
)
_UNIT = (
    r"(?:nghìn t[ỷỉ]|trăm triệu|tỷ|tỉ|ty|triệu|trieu|tr\.\s?(?:đồng|đ)|tr\.?(?= ?[đd])|trđ|tr"
    r"|nghìn|ngàn|nghin|ngan|k)"
    r"(?![^\W\d_])"
)
_DONG = r"(?:đồng việt nam|đồng|dong|vnđ|vnd|₫|đ|d)(?![^\W\d_])"
_MONEY = re.compile(
    rf"(?:(?:vnđ|vnd|₫)\s?)?(?<![\d.,/])(?:{_NUM})(?:\s?{_UNIT})?"
    rf"(?:,?\s(?:{_NUM})\s?{_UNIT})*(?:(?<=[ỷỉYyỶỈ])\s\d{{1,3}}(?=\s?{_DONG}|[\s.;,()]*$))?(?:\srưỡi)?(?:\s?\({_DONG}\)|\s?{_DONG})?(?:\s?chẵn)?",
    re.IGNORECASE,
)
_SCALE = (
    r"((?:(?:tỷ|tỉ|ty|triệu|trieu|nghìn|ngàn|nghin|ngan|tr\.?)?|1[.,]?000(?:[.,]?000)?)"
    r"\s*(?:đồng|dong|vnđ|vnd|đ|d)(?![^\W\d_]))"
)
_UNIT_IN_BRACKETS = re.compile(
    rf"\((?:đơn vị(?: tính)?:?\s*|đvt:?\s*|x\s*)?{_SCALE}\)", re.IGNORECASE
)
_DECLARED = re.compile(
    rf"(?:đơn vị(?: tính)?|đvt|don vi(?: tinh)?|dvt)(?:\s+là)?\s*[:(]?\s*{_SCALE}", re.IGNORECASE
)
_LABEL_BRACKET = re.compile(r"\([^()]*\)(?=\s*:)")
_TIMES = re.compile(rf"\s*[x×*]\s*{_SCALE}", re.IGNORECASE)
_SPOKEN_BILLIONS = re.compile(rf"[ỷỉYyỶỈ]\s\d{{1,3}}(?:\s?{_DONG})?$", re.IGNORECASE)
_THOUSANDS = {"1000": "nghìn", "1000000": "triệu"}
_CLEAR = 10**8
"""A bare number from here on, in đồng, is đồng; less may well be meant in nghìn đồng."""
_SIGN_BEFORE = re.compile(r"(?:[-−–](?<!\w[-−–])|\bâm\s+|[x×*/]\s*)$", re.IGNORECASE)
_BESIDE = re.compile(
    r"[.,]?\d|[^\W\d_]|\s*(?:/\s*\w|[x×*]\s*\d|[-−–+]\s*\d|(?:đến|hoặc)\s*\d|=)", re.IGNORECASE
)
_SUM = re.compile(r"\s*[\d.,]+(?:\s*\+\s*[\d.,]+)+\s*=\s*")
_BREAKDOWN = {"gom", "trong", "nam", "do"}
_APPROXIMATELY = {"khoang", "la", "du", "kien", "toi", "da", "so", "tien", "tuong", "duong"}
_SPOKEN = re.compile(
    r"(?:\(\s*)?(?:viết\s+)?(?:số tiền\s+)?bằng chữ\s*:?\s*(?P<said>[^()\n]+)\)?"
    r"|\((?P<bare>[^()\d]*(?:đồng|tỷ|triệu|nghìn|ngàn)[^()\d]*)\)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:không(?: có| đối ứng)?|khong(?: co)?)[ .]*", re.IGNORECASE)
_LEAST_IN_WORDS = 1_000
"""Less is no budget in words but a word: «năm» is a year as well as five."""
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
        if found is None and not re.search(r"\d", _UNIT_IN_BRACKETS.sub("", text)):
            found = _UNIT_IN_BRACKETS.search(text)
        if found:
            return _unit_name(found[1])
    return ""


def _unit_name(text: str) -> str:
    """Return a unit in words: ``1.000đ`` is ``nghìn đ``."""
    found = re.match(r"1[.,\d]*", text)
    name = _THOUSANDS[re.sub(r"\D", "", found[0])] if found else ""
    return " ".join((f"{name} {text[found.end() :]}" if found else text).split())


def is_declaration(text: str) -> bool:
    """Whether ``text`` does nothing but declare a unit."""
    found = _DECLARED.search(text[:_LONGEST])
    return found is not None and not text.replace(found[0], "").strip(" ().,;:")


def money_places(text: str) -> list[tuple[int, int]]:
    """Return where amounts of money stand in ``text``; numbers without any unit count too."""
    units = [
        found.span()
        for units in (_UNIT_IN_BRACKETS, _DECLARED, _LABEL_BRACKET)
        for found in units.finditer(text)
    ]
    return [
        found.span()
        for found in _MONEY.finditer(text)
        if not _PERCENT.match(text, found.end())
        and not any(start <= found.start() < end for start, end in units)
    ]


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
    total = _SUM.match(outside)
    if total:
        places = [place for place in places if place[0] >= total.end()] or places
    spoken += _spoken_before(outside, places[0][0])
    return _first_amount(text, outside, places, spoken, unit)


def _first_amount(
    text: str,
    outside: str,
    places: list[tuple[int, int]],
    spoken: list[tuple[int, int, int | None]],
    unit: str,
) -> Amount:
    """Return the first of the amounts at ``places``, weighed against all that stands around it."""
    first = places[0]
    used = [item for item in spoken if _near(outside, first[1], item[0])]
    spans = (first, *((start, end) for start, end, _ in used))
    said = [amount for *_, amount in used if amount is not None]
    amount = _judge(text[first[0] : first[1]], unit, said)
    if amount is None:
        return Amount(None, 0.3, spans, (), "filled.bad_amount")
    if _touched(outside, first):
        known = (amount.value,) if amount.value is not None else amount.readings
        return Amount(None, 0.3, spans, known, "filled.amount_beside")
    others = _others(outside, places[1:], unit, amount)
    if others and not amount.code:
        readings = (*([amount.value] if amount.value is not None else ()), *others)
        value = amount.value if _is_whole(outside, first, amount.value or 0, others) else None
        if value is None:
            return Amount(None, 0.3, spans, readings, "filled.which_amount")
        return Amount(value, 0.6, spans, readings, "filled.more_amounts")
    if not amount.code and len(used) > len(said):
        return Amount(amount.value, 0.7, spans, amount.readings, "filled.words_unread")
    if not amount.code and _digits_left(outside, spans):
        return Amount(amount.value, 0.5, spans, amount.readings, "filled.amount_beside")
    return Amount(amount.value, amount.confidence, spans, amount.readings, amount.code)


def _touched(text: str, place: tuple[int, int]) -> bool:
    """Whether a sign, a factor, «/năm» or stray digits touch an amount and may change it."""
    start, end = place
    return bool(_SIGN_BEFORE.search(text[:start]) or _BESIDE.match(text, end))


def _is_whole(text: str, place: tuple[int, int], value: int, others: tuple[int, ...]) -> bool:
    """Whether the amount is the whole of which ``others`` are parts, not one part among them."""
    if set(folded_words(text[: place[0]])) - _APPROXIMATELY:
        return False
    named = _BREAKDOWN & set(folded_words(text[place[1] :]))
    return sum(others) == value or (sum(others) <= value and bool(named))


def _digits_left(text: str, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether digits are left beside the amounts; percentages are none."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return bool(re.search(r"\d", re.sub(r"\d+(?:[.,]\d+)?\s*%", "", text)))


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
        unit = _UNIT_IN_BRACKETS.fullmatch(match[0]) or _DECLARED.search(match[0])
        if match["said"] is None and (unit or len(fold(said).split()) < 3):
            continue
        found.append((*match.span(), _in_words(said)))
    return found


def _in_words(text: str) -> int | None:
    text = re.sub(r"\bchục\b", "mươi", text, flags=re.IGNORECASE).strip(" .,;:/")
    try:
        amount = parse_money(text)
        return amount if amount >= _LEAST_IN_WORDS or not amount else None
    except NcsError:
        pass
    head, million, tail = text.lower().rpartition(" triệu")
    thousands = words_to_number(head) if million and tail.strip() in ("", "đồng") else None
    return thousands * 10**6 if thousands and thousands < 10**6 else None


def _with_unit_brackets(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    extended = []
    for start, end in places:
        bare = not re.search(r"[^\W\d_]", text[start:end])
        found = re.compile(r"\s*").match(text, end)
        after = _UNIT_IN_BRACKETS.match(text, found.end() if found else end)
        after = after or (_TIMES.match(text, end) if bare else None)
        extended.append((start, after.end() if after else end))
    inside = {end for _, end in extended}
    return [
        (start, end)
        for start, end in extended
        if end in inside and not any(low < start < high for low, high in extended)
    ]


def _judge(text: str, unit: str, said: list[int]) -> Amount | None:
    try:
        value = _with_unit(text, unit)
    except AmbiguousMoney as problem:
        agreed = [amount for amount in said if amount in problem.readings]
        if agreed:
            return Amount(agreed[0], 0.9, ())
        if _SPOKEN_BILLIONS.search(text) and not said:
            return Amount(problem.readings[-1], 0.6, (), problem.readings, "filled.spoken_amount")
        return Amount(None, 0.3, (), (*problem.readings, *said), "filled.ambiguous_amount")
    except BadMoney:
        return Amount(said[0], 0.5, (), tuple(said), "filled.bad_amount") if said else None
    if any(amount != value for amount in said):
        readings = tuple(dict.fromkeys((value, *said)))
        return Amount(None, 0.3, (), readings, "filled.amounts_differ")
    return Amount(value, 0.98, ())


def _plain_amount(text: str) -> str:
    """Return an amount with its unit as parse_money takes it."""
    for pattern in (_UNIT_IN_BRACKETS, _TIMES):
        text = pattern.sub(lambda found: f" {_unit_name(found[1])}", text)
    text = re.sub(r"(?<=\d)\s?\.\s?(?=\d{3}(?!\d))", ".", text)
    return re.sub(rf"([ỷỉYyỶỈ]\s\d{{1,3}})\s?{_DONG}$", r"\1", text)


def _with_unit(text: str, unit: str) -> int:
    """Return the amount; a declared unit counts only for a number without its own."""
    text = _plain_amount(text)
    bare = re.fullmatch(r"[\d.,\s\u00a0]+", text)
    if bare is None:
        return parse_money(text)
    if not unit:
        value = parse_money(text)
        if 0 < value < _CLEAR:
            readings = (value, value * 1_000)
            raise AmbiguousMoney("money.ambiguous", text=text, readings="", amounts=readings)
        return value
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
            value = _with_unit(text[start:end], unit)
        except NcsError:
            continue
        if value >= 10**6 and value != amount.value:
            found.append(value)
    return tuple(found)
