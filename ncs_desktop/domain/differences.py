"""What changed between two revisions of a proposal: fields, words, đồng.

Texts are aligned by lines, then by sentences, then by words, so that a section of 50,000 characters
is compared in a fraction of a second; a stretch that shares too little to be aligned in bounded
time counts as replaced as a whole. Nothing is guessed: the words kept and removed always make up
the old text, the words kept and added the new one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Budget, Commitment, Proposal

ChangeKind = Literal["same", "removed", "added"]

_LEVELS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (r"[^\n]*\n|[^\n]+", r".+?[.;:!?](?=\s)\s*|.+", r"\S+\s*|\s+")
)
_MOST_PAIRS = 3_000_000
"""Pairs of equal pieces difflib may have to look at; more is too slow to align."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """A stretch of words that stayed, went or came."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs, as text a person reads; equal texts differ in emphasis only."""

    key: str
    label: str
    old: str
    new: str
    words: tuple[WordChange, ...]

    @property
    def style_only(self) -> bool:
        """Whether the words are the same and only bold, lists or tables changed."""
        return self.old == self.new


def differences(old: Proposal, new: Proposal, form: Form) -> tuple[FieldDifference, ...]:
    """Return the fields of ``form`` whose values differ, in the form's order."""
    found = []
    for field in form.fields:
        if old.get(field.key) == new.get(field.key):
            continue
        before, after = field_text(old, field), field_text(new, field)
        if before == after and not _style_differs(old, new, field):
            continue
        label = _label(form, field)
        found.append(FieldDifference(field.key, label, before, after, word_changes(before, after)))
    return tuple(found)


def _style_differs(old: Proposal, new: Proposal, field: Field) -> bool:
    return field.kind is FieldKind.BLOCKS and old.blocks(field.key) != new.blocks(field.key)


def _label(form: Form, field: Field) -> str:
    section = form.section_of(field.key)
    if section is not None and len(section.field_keys) == 1:
        return section.title
    return field.label


def budget_delta(old: Proposal, new: Proposal) -> Budget:
    """Return new minus old in đồng, completed amounts compared; None where neither has one."""
    before, after = old.budget.completed(), new.budget.completed()
    return Budget(
        _delta(before.total, after.total),
        _delta(before.state_budget, after.state_budget),
        _delta(before.counterpart, after.counterpart),
    )


def _delta(before: int | None, after: int | None) -> int | None:
    return None if before is None and after is None else (after or 0) - (before or 0)


# --- a field as text ------------------------------------------------------------------------


def field_text(proposal: Proposal, field: Field) -> str:
    """Return what ``field`` holds as a person reads it; the empty string where it is empty."""
    kind, value = field.kind, proposal.get(field.key)
    if kind is FieldKind.BLOCKS:
        return plain_text(proposal.blocks(field.key))
    if kind is FieldKind.COMMITMENTS:
        return "\n".join(map(_commitment_text, proposal.commitments))
    if kind is FieldKind.MONEY and isinstance(value, int):
        return f"{format_dong(value)} đồng"
    names = {option.id: option.label for option in field.options}
    if isinstance(value, tuple):
        return "\n".join(names.get(str(item), str(item)) for item in value)
    return "" if value is None else names.get(str(value), str(value))


def _commitment_text(commitment: Commitment) -> str:
    amount = "" if commitment.amount is None else f"{format_dong(commitment.amount)} đồng"
    parts: Sequence[str] = (
        commitment.organization,
        commitment.address,
        commitment.representative,
        commitment.position,
        ", ".join(commitment.scope),
        amount,
    )
    return "; ".join(part for part in parts if part)


# --- words ----------------------------------------------------------------------------------


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """Return the words of both texts in reading order, removed before added at each place."""
    return tuple(_merged(_align(old, new, 0)))


def _align(old: str, new: str, level: int) -> Iterator[WordChange]:
    if old == new or not old or not new or level == len(_LEVELS):
        yield from _replaced(old, new)
        return
    first, second = (_LEVELS[level].findall(text) for text in (old, new))
    if _pairs(first, second) > _MOST_PAIRS:
        yield from _replaced(old, new)
        return
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield from _align("".join(first[i1:i2]), "".join(second[j1:j2]), level + 1)


def _pairs(first: list[str], second: list[str]) -> int:
    counts: Mapping[str, int] = Counter(second)
    return sum(counts.get(piece, 0) for piece in first)


def _replaced(old: str, new: str) -> Iterator[WordChange]:
    if old == new:
        yield WordChange("same", old)
    else:
        yield WordChange("removed", old)
        yield WordChange("added", new)


def _merged(changes: Iterator[WordChange]) -> Iterator[WordChange]:
    """Join neighbours of one kind; within a stretch of changes the removed words come first."""
    held = {"removed": "", "added": ""}
    same = ""
    for change in changes:
        if not change.text:
            continue
        if change.kind == "same":
            yield from _flushed(held)
            same += change.text
        else:
            if same:
                yield WordChange("same", same)
            same = ""
            held[change.kind] += change.text
    yield from _flushed(held)
    if same:
        yield WordChange("same", same)


def _flushed(held: dict[str, str]) -> Iterator[WordChange]:
    if held["removed"]:
        yield WordChange("removed", held["removed"])
    if held["added"]:
        yield WordChange("added", held["added"])
    held["removed"] = held["added"] = ""
