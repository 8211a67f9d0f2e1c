"""What differs between two versions of a proposal: field by field, word by word, đồng by đồng."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from ncs_desktop.domain.blocks import blocks_from_value, plain_text
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Budget, Proposal, lookup, places_of

_LEVELS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (r"[^\n]*\n|[^\n]+", r".+?[.;:!?](?=\s)\s*|.+", r"\S+|\s+")
)
"""Lines, then sentences, then words and the blanks between them."""
_MOST_PAIRS = 3_000_000
"""Pairs of equal pieces looked at most; a stretch with more counts as rewritten."""


class Change(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what became of it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs: both texts, and the way from one to the other in pieces."""

    key: str
    label: str
    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Differences:
    """All fields that differ, and by how many đồng; an amount unknown on one side is None."""

    fields: tuple[FieldDifference, ...]
    budget: Budget


def compare(old: Proposal, new: Proposal, form: Form) -> Differences:
    """Return what differs from ``old`` to ``new``, in the order of ``form``; unknown keys last."""
    return Differences(tuple(_fields(old, new, form)), _delta(old.budget, new.budget))


def _fields(old: Proposal, new: Proposal, form: Form) -> Iterator[FieldDifference]:
    for field in form.fields:
        before, after = old.typed(field.key), new.typed(field.key)
        if before != after:
            texts = value_text(before, field), value_text(after, field)
            yield FieldDifference(field.key, field.label.strip(" -:"), *texts, word_pieces(*texts))
    known = {key.partition(".")[0] for field in form.fields for key in places_of(field.key)}
    for key in sorted({*old.values, *new.values} - known):
        before, after = lookup(old.values, key), lookup(new.values, key)
        if before != after:
            texts = _plain(before), _plain(after)
            yield FieldDifference(key, key, *texts, word_pieces(*texts))


def _delta(old: Budget, new: Budget) -> Budget:
    first, second = old.completed(), new.completed()
    return Budget(
        _minus(second.total, first.total),
        _minus(second.state_budget, first.state_budget),
        _minus(second.counterpart, first.counterpart),
    )


def _minus(new: int | None, old: int | None) -> int | None:
    return None if new is None or old is None else new - old


def value_text(value: JsonValue, field: Field) -> str:
    """Return what a person reads in ``field``: amounts grouped, choices by their labels."""
    if value is None:
        return ""
    if field.kind is FieldKind.BLOCKS:
        return plain_text(blocks_from_value(value, field.key))
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return format_dong(value)
    labels: Mapping[object, str] = {option.id: option.label for option in field.options}
    if isinstance(value, str):
        return labels.get(value, value)
    if isinstance(value, tuple | list):
        return "\n".join(
            labels.get(item, item) if isinstance(item, str) else _plain(item) for item in value
        )
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        parts = (_plain(item) for item in value.values() if item not in (None, "", ()))
        return "; ".join(part for part in parts if part)
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def word_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the way from ``old`` to ``new`` in words; lines and sentences that agree come first.

    The kept and removed pieces joined are ``old``, the kept and added ones ``new``.
    """
    pieces: list[Piece] = []
    for change, text in _align(old, new, 0):
        _add(pieces, change, text)
    return tuple(pieces)


def _align(old: str, new: str, level: int) -> Iterator[tuple[Change, str]]:
    first, second = (_LEVELS[level].findall(text) for text in (old, new))
    if _pairs(first, second) > _MOST_PAIRS:
        yield from ((Change.REMOVED, old), (Change.ADDED, new))
        return
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        before, after = "".join(first[i1:i2]), "".join(second[j1:j2])
        if kind == "equal":
            yield Change.KEPT, before
        elif kind == "replace" and level + 1 < len(_LEVELS):
            yield from _align(before, after, level + 1)
        else:
            yield from ((Change.REMOVED, before), (Change.ADDED, after))


def _pairs(first: Sequence[str], second: Sequence[str]) -> int:
    counts = Counter(second)
    return sum(counts[piece] for piece in first)


def _add(pieces: list[Piece], change: Change, text: str) -> None:
    """Add a piece, joining it to the one before where that had the same lot."""
    if not text:
        return
    if pieces and pieces[-1].change is change:
        pieces[-1] = Piece(change, pieces[-1].text + text)
    else:
        pieces.append(Piece(change, text))
