"""Whether the values of a proposal file have the types its form asks for.

Each field kind has one reader here; a wrong type names the file, the key and what was expected.
What is missing or empty is a matter of the checks, never of reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ncs_desktop.domain.blocks import blocks_from_value
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.proposal import is_line_key, lookup

LINE = "table_line"
"""Key of what an office wrote for its table, beside the ``values`` of the sender."""
AMOUNT_LIMIT = 10**15
"""Amounts in đồng stay below this: a million tỷ is a slip of the keyboard."""


class _WrongType(Exception):
    """A value is not what was expected: ``path`` below its field, ``expected`` a message key."""

    def __init__(self, expected: str, path: str = "") -> None:
        super().__init__(expected, path)
        self.expected = expected
        self.path = path


def wrong(name: str, key: str, expected: str, **params: object) -> InputProblem:
    """Return the problem of a wrong type at ``key`` of the file ``name``."""
    return InputProblem(f"proposal.expected.{expected}", file=name, key=key, **params)


def check_values(values: Mapping[str, Any], form: Form, name: str, below: str = "") -> None:
    """Raise InputProblem for the first value of the wrong type, in the order of the form.

    ``below`` is what a key is told by where ``values`` are not those of the proposal itself.
    """
    for field in form.fields:
        _check_parents(values, field.key, name, below)
        value = lookup(values, field.key)
        if value is None:
            continue
        try:
            _READERS[field.kind](value, field)
        except _WrongType as error:
            options = ", ".join(option.id for option in field.options)
            key = f"{below}{field.key}{error.path}"
            raise wrong(name, key, error.expected, options=options) from error


def check_line(value: Any, form: Form, name: str) -> Mapping[str, Any]:
    """Return the line an office wrote for its table, texts by key; other keys are let alone."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise wrong(name, LINE, "object")
    line = {key: text for key, text in value.items() if is_line_key(key)}
    check_values(line, form, name, below=f"{LINE}.")
    return value


def check_confirmations(value: Any, name: str) -> Mapping[str, Any]:
    """Return the confirmations, a mapping of rule code to true or false."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise wrong(name, "confirmations", "object")
    for code, confirmed in value.items():
        if not isinstance(confirmed, bool):
            raise wrong(name, f"confirmations.{code}", "bool")
    return value


def check_waivers(value: Any, name: str) -> Sequence[Mapping[str, Any]]:
    """Return the waivers, each with texts for code, reason, moment and person."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise wrong(name, "waivers", "list")
    for index, item in enumerate(value):
        if not isinstance(item, Mapping):
            raise wrong(name, f"waivers[{index}]", "object")
        for key in ("code", "reason", "at", "by"):
            if not isinstance(item.get(key, ""), str):
                raise wrong(name, f"waivers[{index}].{key}", "text")
        if not item.get("code"):
            raise wrong(name, f"waivers[{index}].code", "text")
    return value


def _check_parents(values: Mapping[str, Any], key: str, name: str, below: str) -> None:
    *parents, _ = key.split(".")
    for count in range(1, len(parents) + 1):
        path = ".".join(parents[:count])
        if not isinstance(lookup(values, path), Mapping | None):
            raise wrong(name, f"{below}{path}", "object")


def _text(value: Any, _field: Field) -> None:
    if not isinstance(value, str):
        raise _WrongType("text")


def _whole(value: Any, low: int, high: int, expected: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise _WrongType(expected)


def _year(value: Any, _field: Field) -> None:
    _whole(value, 0, 9999, "year")


def _money(value: Any, _field: Field) -> None:
    _whole(value, 1 - AMOUNT_LIMIT, AMOUNT_LIMIT - 1, "amount")


def _choice(value: Any, field: Field) -> None:
    _text(value, field)
    if value and field.options and value not in {option.id for option in field.options}:
        raise _WrongType("choice")


def _texts(value: Any, _field: Field) -> None:
    if not isinstance(value, list | tuple):
        raise _WrongType("text_list")
    for index, item in enumerate(value):
        if not isinstance(item, str):
            raise _WrongType("text", f"[{index}]")


def _scope(value: Any, field: Field) -> None:
    _texts(value, field)
    for index, item in enumerate(value):
        try:
            _choice(item, field)
        except _WrongType as error:
            raise _WrongType(error.expected, f"[{index}]") from error


def _blocks(value: Any, _field: Field) -> None:
    if isinstance(value, str):
        return
    try:
        blocks_from_value(value)
    except InputProblem as problem:
        raise _WrongType(str(problem.params["expected"]), str(problem.params["key"])) from problem


def _commitments(value: Any, field: Field) -> None:
    if not isinstance(value, list | tuple):
        raise _WrongType("commitments")
    for index, item in enumerate(value):
        if not isinstance(item, Mapping):
            raise _WrongType("object", f"[{index}]")
        for key, read in _COMMITMENT.items():
            try:
                if item.get(key) is not None:
                    read(item[key], field)
            except _WrongType as error:
                path = f"[{index}].{key}{error.path}"
                raise _WrongType(error.expected, path) from error


_Reader = Callable[[Any, Field], None]
_COMMITMENT: Mapping[str, _Reader] = {
    "organization": _text,
    "address": _text,
    "representative": _text,
    "position": _text,
    "scope": _scope,
    "amount": _money,
}
_READERS: Mapping[FieldKind, _Reader] = {
    FieldKind.YEAR: _year,
    FieldKind.TEXT: _text,
    FieldKind.BLOCKS: _blocks,
    FieldKind.DURATION: _text,
    FieldKind.MONEY: _money,
    FieldKind.PHONE: _text,
    FieldKind.EMAIL: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _texts,
    FieldKind.TEXT_LIST: _texts,
    FieldKind.COMMITMENTS: _commitments,
}
