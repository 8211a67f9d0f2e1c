"""Money as an integer number of đồng: read from every Vietnamese spelling, printed exactly.

Nothing is guessed: an amount that two careful people could read differently is refused with its
readings, so that the person who typed it can choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import cast

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.numbers import in_words, words_to_number
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import nfc

LARGEST = 10**15
"""The largest amount accepted, in đồng."""
SURE = 10**6
"""A bare whole number from here on is đồng; a smaller one may well be meant in triệu đồng."""

_LONGEST_TEXT = 300
_THOUSAND, _MILLION, _BILLION = 10**3, 10**6, 10**9
_UNITS = {
    "nghìn tỷ": 1000 * _BILLION,
    "tỷ": _BILLION,
    "trăm triệu": 100 * _MILLION,
    "triệu": _MILLION,
    "trăm nghìn": 100 * _THOUSAND,
    "nghìn": _THOUSAND,
}


def _word(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives})(?![^\W\d_])")


_SPELLINGS = (
    (re.compile(r"\([^()]*\)"), " "),
    (re.compile(r"\s+"), " "),
    (_word("k"), "nghìn"),
    (_word("tỉ|ty"), "tỷ"),
    (_word(r"trieu|trđ|tr\.đ|tr\. ?đồng|tr"), "triệu"),
    (_word("ngàn|nghin|ngan"), "nghìn"),
    (re.compile(r"(?<=[ỷu]), (?=\d)"), " "),
    (re.compile(r"[ ./;,]+$"), ""),
)
_NEGATIVE = re.compile(r"(?:[-−–] ?\d|âm )")
_CURRENCY_BEFORE = re.compile(r"(?:vnđ|vnd|₫) ?")
_CURRENCY_AFTER = re.compile(r"(?<=[\d uỷn])(?:đồng việt nam|đồng|dong|vnđ|vnd|₫|đ|d)(?: chẵn)?$")
_NUMBER = r"\d{1,3}(?: \d{3})+(?![\d.,])|\d[\d.,]*"
_PART = re.compile(rf" ?(?P<number>{_NUMBER}) ?(?P<unit>{'|'.join(_UNITS)})?(?P<half> rưỡi$)?")
_ONE_GROUP = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*")


class BadMoney(NcsError):
    """The text is no amount of money; the code says why."""


class AmbiguousMoney(NcsError):
    """The text can be read as several amounts: ``readings``, in đồng, ascending."""

    @property
    def readings(self) -> tuple[int, ...]:
        """The amounts a person may have meant, in đồng."""
        return cast("tuple[int, ...]", self.params["amounts"])


@dataclass(frozen=True, slots=True)
class _Part:
    number: str
    unit: int
    half: bool


def parse_money(text: str) -> int:
    """Return the amount ``text`` says, in đồng; raise AmbiguousMoney or BadMoney.

    Groups of three may stand between dots, spaces or (two groups or more) commas; the decimal sign
    is the comma. Units: tỷ, triệu (tr), nghìn (k), đồng; words in brackets are passed over, an
    amount wholly in words is read. Asked back rather than guessed:

    - a single group without unit (``1.500``, ``4,850``): grouped or decimal, đồng or triệu?
    - a bare number under SURE (``4850``): budgets are written in triệu đồng as often as in đồng;
    - ``4,850 triệu`` (nobody ends decimals in 0) and ``4.850 tỷ`` (too much for a task), which a
      computer set to English writes for something else;
    - ``4 tỷ 850``: 850 triệu when spoken, 850 đồng as written.
    """
    if len(text) > _LONGEST_TEXT:
        raise BadMoney("money.bad", text=f"{text[:40]}…")
    plain = _plain(text)
    if _NEGATIVE.match(plain):
        raise BadMoney("money.negative", text=text)
    if not any(letter.isdigit() for letter in plain):
        return _bounded(text, _from_words(text, plain))
    amount, in_dong = _without_currency(plain)
    parts = _parts(text, amount)
    if len(parts) > 1:
        return _bounded(text, _sum(text, parts, in_dong))
    if parts[0].unit == 1 and not in_dong:
        return _bounded(text, _bare(text, parts[0].number))
    readings = _readings(parts[0])
    if not readings:
        raise BadMoney("money.bad", text=text)
    if len(readings) > 1:
        raise _ambiguous(text, readings)
    return _bounded(text, readings[0])


def _plain(text: str) -> str:
    plain = nfc(text).lower()
    for pattern, replacement in _SPELLINGS:
        plain = pattern.sub(replacement, plain).strip()
    return plain


def _from_words(text: str, plain: str) -> int:
    amount = words_to_number(plain)
    if amount is None:
        raise BadMoney("money.bad" if text.strip() else "money.empty", text=text)
    return amount


def _without_currency(plain: str) -> tuple[str, bool]:
    """Return ``plain`` without the word for đồng, and whether there was one."""
    after = _CURRENCY_BEFORE.match(plain)
    amount = _CURRENCY_AFTER.sub("", plain[after.end() :] if after else plain)
    return amount.strip(), len(amount) < len(plain)


def _parts(text: str, amount: str) -> list[_Part]:
    parts, place = [], 0
    while place < len(amount):
        found = _PART.match(amount, place)
        if found is None or (found["half"] and not found["unit"]):
            raise BadMoney("money.bad", text=text)
        parts.append(_Part(found["number"], _UNITS.get(found["unit"], 1), bool(found["half"])))
        place = found.end()
    if not parts:
        raise BadMoney("money.bad", text=text)
    return parts


def _sum(text: str, parts: list[_Part], in_dong: bool) -> int:
    """Add up ``4 tỷ 850 triệu``: whole numbers, units falling, each part below the one before."""
    total, above = 0, LARGEST
    for part in parts:
        amount = _whole_amount(part)
        if amount is None or amount >= above or part.unit >= above:
            raise BadMoney("money.bad", text=text)
        total, above = total + amount, part.unit
    last, before = parts[-1], parts[-2]
    if last.unit == 1 and not in_dong and len(last.number) <= 3:
        spoken = before.unit * int(last.number) // 10 ** len(last.number)
        raise _ambiguous(text, (total, total - int(last.number) + spoken))
    return total


def _bare(text: str, number: str) -> int:
    """Return a number without any unit if it can only be đồng."""
    single = _ONE_GROUP.fullmatch(number)
    whole = _whole(number)
    if whole is not None and (whole >= SURE or whole == 0) and single is None:
        return whole
    if single is not None:
        whole = int(single[1] + single[3])
    if whole is not None:
        raise _ambiguous(text, (whole, whole * _THOUSAND, whole * _MILLION))
    fraction = _fraction(number)
    if fraction is None:
        raise BadMoney("money.bad", text=text)
    amounts = [fraction * unit for unit in (_MILLION, _BILLION)]
    raise _ambiguous(text, [int(amount) for amount in amounts if amount == int(amount)])


def _whole_amount(part: _Part) -> int | None:
    whole = _whole(part.number)
    return None if whole is None else whole * part.unit + (part.unit // 2 if part.half else 0)


def _readings(part: _Part) -> tuple[int, ...]:
    """Return the amounts in đồng that ``part`` can mean; none where it means none."""
    single = _ONE_GROUP.fullmatch(part.number)
    if single is None or part.unit == 1 or part.half:
        amount = _whole_amount(part)
        if amount is not None or part.half:
            return () if amount is None else (amount,)
        fraction = _fraction(part.number)
        exact = None if fraction is None else fraction * part.unit
        return (int(exact),) if exact is not None and exact == int(exact) else ()
    grouped = int(single[1] + single[3]) * part.unit
    decimal = grouped // _THOUSAND
    if single[2] == ".":
        return (decimal, grouped) if part.unit >= _BILLION else (grouped,)
    doubtful = single[3].endswith("0") and part.unit < _BILLION
    return (decimal, grouped) if doubtful else (decimal,)


def _whole(number: str) -> int | None:
    """Return a number of plain digits or of even groups of three, else None."""
    if number.isdecimal():
        return int(number)
    return int(re.sub(r"\D", "", number)) if _GROUPED.fullmatch(number) else None


def _fraction(number: str) -> Decimal | None:
    """Return a number with decimals, its last sign being the decimal sign, else None."""
    found = re.fullmatch(r"(.*)([.,])(\d+)", number)
    whole = _whole(found[1]) if found and found[2] not in found[1] else None
    return None if found is None or whole is None else Decimal(f"{whole}.{found[3]}")


def _ambiguous(text: str, amounts: Iterable[int]) -> NcsError:
    readings = tuple(sorted({amount for amount in amounts if amount <= LARGEST}))
    if not readings:
        return BadMoney("money.too_large", text=text)
    shown = " / ".join(f"{format_dong(amount)} đồng" for amount in readings)
    return AmbiguousMoney("money.ambiguous", text=text, readings=shown, amounts=readings)


def _bounded(text: str, amount: int) -> int:
    if amount > LARGEST:
        raise BadMoney("money.too_large", text=text)
    return amount


def format_dong(amount: int) -> str:
    """Return an amount in đồng grouped by dots: ``4.850.000.000``."""
    return f"{amount:,}".replace(",", ".")


def format_million(amount: int) -> str:
    """Return an amount in đồng as triệu đồng, exact to the đồng: ``4.850``, ``2.450,5``."""
    whole, rest = divmod(abs(amount), _MILLION)
    decimals = f"{rest:06}".rstrip("0")
    sign = "-" if amount < 0 else ""
    return f"{sign}{format_dong(whole)}{',' if decimals else ''}{decimals}"


def sentence_in_words(amount: int) -> str:
    """Return an amount in words as it stands on paper: ``Bốn tỷ tám trăm … triệu đồng``.

    A draft is printed whatever was typed: a negative amount begins with ``Âm``, one beyond all
    words stays in figures.
    """
    if abs(amount) > LARGEST:
        return f"{format_dong(amount)} đồng"
    words = in_words(abs(amount))
    if amount < 0:
        words = f"âm {words}"
    return f"{words[0].upper()}{words[1:]} đồng"


def complete_budget(budget: Budget, percent: Decimal | None = None) -> Budget:
    """Return ``budget`` with what any two of total, state budget, counterpart and % determine.

    ``percent`` (0 … 100) is counterpart / total; it counts only where fewer than two amounts are
    known. Typed amounts never change; derived amounts round down to the đồng, and the rest goes to
    the state budget. BadMoney for a percentage outside its range.
    """
    if percent is None:
        return budget.completed()
    if not 0 <= percent <= 100:
        raise BadMoney("money.bad_percent", text=str(percent))
    total, state, counterpart = budget.total, budget.state_budget, budget.counterpart
    if budget.unread or sum(amount is not None for amount in (total, state, counterpart)) != 1:
        return budget.completed()
    if total is not None:
        return replace(budget, counterpart=int(total * percent / 100)).completed()
    if state is not None and percent < 100:
        return replace(budget, counterpart=int(state * percent / (100 - percent))).completed()
    if counterpart is not None and percent > 0:
        return replace(budget, total=int(counterpart * 100 / percent)).completed()
    return budget


def counterpart_percent(budget: Budget) -> Decimal | None:
    """Return counterpart / total in percent, to two decimals; None where it is not determined."""
    known = budget.completed()
    if not known.total or known.counterpart is None:
        return None
    share = Decimal(known.counterpart) * 100 / Decimal(known.total)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_percent(text: str) -> Decimal | None:
    """Return a share of 0 to 100 as typed (``40,2``, ``40 %``), or None where it is none."""
    try:
        share = Decimal(text.strip().rstrip("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 <= share <= 100 else None


def format_percent(percent: Decimal) -> str:
    """Return a percentage as written in Vietnam: ``40,21``, ``40``."""
    text = f"{percent:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
