"""The three amounts of a filled form held against each other: sums, and statements that differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from ncs_desktop.domain.form import FieldKind
from ncs_desktop.domain.money import format_dong, parse_money
from ncs_desktop.exchange.filled_fields import Ledger, ReadField, read_value, remark
from ncs_desktop.exchange.filled_labels import Labels
from ncs_desktop.exchange.filled_lines import Line, one_text
from ncs_desktop.exchange.filled_money import money_places, read_amount

_TOTAL = "budget.total"
_PARTS = ("budget.state_budget", "budget.counterpart")
_JOINED = re.compile(r"[+=]")


def check_budget(ledger: Ledger) -> None:
    """Doubt amounts that do not add up; settle parts without unit by the total they must make."""
    fields = [ledger.fields.get(key) for key in (_TOTAL, *_PARTS)]
    if any(item is None for item in fields):
        return
    total, *parts = (item for item in fields if item is not None)
    if isinstance(total.value, int) and any(item.value is None for item in parts):
        _settle(ledger, total.value, parts)
    values = [ledger.fields[key].value for key in (_TOTAL, *_PARTS)]
    amounts = [value for value in values if isinstance(value, int)]
    if len(amounts) == len(values) and amounts[0] != sum(amounts[1:]):
        ledger.doubt((_TOTAL, *_PARTS), 0.5, remark("filled.sum_differs"))


def _settle(ledger: Ledger, total: int, parts: Sequence[ReadField]) -> None:
    """Take the only readings of ambiguous ``parts`` that make the total, and say so."""
    readings = [_readings(item) for item in parts]
    fitting = [found for found in product(*readings) if sum(found) == total]
    if len(fitting) != 1:
        return
    for item, value in zip(parts, fitting[0], strict=True):
        if item.value is None:
            said = remark("filled.settled_by_sum", text=item.source)
            settled = replace(item, value=value, confidence=0.6, remarks=(*item.remarks[1:], said))
            ledger.fields[item.key] = settled


def _readings(item: ReadField) -> list[int]:
    if isinstance(item.value, int):
        return [item.value]
    if [note.code for note in item.remarks[:1]] != ["filled.ambiguous_amount"]:
        return []
    return [parse_money(shown) for shown in item.alternatives]


def compare_amount(
    ledger: Ledger, key: str, kind: FieldKind, rest: Sequence[Line], unit: str
) -> None:
    """Doubt the amount of ``key`` where ``rest`` states another one."""
    if key not in ledger.fields:
        return
    text = one_text(rest)
    other = read_amount(text, unit) if kind is FieldKind.MONEY else None
    value = ledger.fields[key].value
    if other is None or other.value in (None, value) or not isinstance(value, int):
        return
    readings = f"{format_dong(value)} đồng / {format_dong(other.value or 0)} đồng"
    ledger.doubt([key], 0.5, remark("filled.more_amounts", text=text, readings=readings))


def take_equation(
    lines: Sequence[Line], labels: Labels, unit: str, ledger: Ledger
) -> tuple[Line, ...]:
    """Read «A (ngân sách) + B (đối ứng) = C» where one line says it all; return the other lines.

    Both parts must be named, and no other line may state an amount; else nothing is taken.
    """
    stated = [line for line in lines if line.table or money_places(line.text)]
    terms = _terms(stated[0], labels) if len(stated) == 1 else {}
    for key, (amount, around) in terms.items():
        read_value(key, FieldKind.MONEY, [amount], 0.9, unit, ledger=ledger)
        ledger.of_form(*around)
    return tuple(line for line in lines if not terms or line is not stated[0])


def _terms(line: Line, labels: Labels) -> dict[str, tuple[Line, tuple[Line, Line]]]:
    """Return by field the amounts of an equation, each with the words around it, or nothing."""
    marks = [found.start() for found in _JOINED.finditer(line.text)]
    if line.table or sorted(line.text[place] for place in marks) != ["+", "="]:
        return {}
    edges = [0, *marks, len(line.text)]
    whole = 0 if line.text[marks[0]] == "=" else 2
    terms: dict[str, tuple[Line, tuple[Line, Line]]] = {}
    for index in range(3):
        term = line.part(edges[index], edges[index + 1])
        places = money_places(term.text)
        if len(places) != 1:
            return {}
        start, end = places[0]
        around = (term.part(0, start), term.part(end))
        names = {labels.key_of(text) for part in around for text in part.text.split(":")}
        named = names - ({"", _TOTAL} if index != whole else {""})
        key = _TOTAL if index == whole and named <= {_TOTAL} else "".join(named)
        terms[key] = (term.part(start, end), around)
    return terms if set(terms) == {_TOTAL, *_PARTS} else {}
