"""A filled proposal form (phiếu đề xuất) as an immutable value.

``values`` stay the JSON they were read as, so unknown keys survive and the digest of a file never
changes by being opened; typed views (blocks, budget, commitments) are derived on demand.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ncs_desktop.domain.blocks import Blocks, blocks_from_value, plain_text
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, JsonValue, canonical, freeze

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_SPACE = uuid.UUID("6f1c2a52-3d5b-5e0c-9d43-1322a1d07002")


@dataclass(frozen=True, slots=True)
class Budget:
    """Section IX in đồng; None where nothing was typed, or what cannot be read (``unread``)."""

    total: int | None = None
    state_budget: int | None = None
    counterpart: int | None = None
    unread: frozenset[str] = frozenset()

    def completed(self) -> Budget:
        """Fill the one amount that the two others determine; never changes a typed amount.

        An amount that would come out negative is left None: such a pair is a mistake to be shown,
        not a figure to be printed. So is one in whose place a person wrote something else.
        """
        if self.unread:
            return self
        total, state, counterpart = self.total, self.state_budget, self.counterpart
        if total is None and state is not None and counterpart is not None:
            return replace(self, total=state + counterpart)
        if counterpart is None and total is not None and state is not None and total >= state:
            return replace(self, counterpart=total - state)
        if state is None and total is not None and counterpart is not None:
            return replace(self, state_budget=total - counterpart) if total >= counterpart else self
        return self

    @property
    def unsourced(self) -> int:
        """What the total has beyond its two parts, in đồng; negative where the parts make more."""
        return (self.total or 0) - (self.state_budget or 0) - (self.counterpart or 0)


@dataclass(frozen=True, slots=True)
class Commitment:
    """What another enterprise commits to, for its own letter; ``amount`` in đồng or None."""

    organization: str = ""
    address: str = ""
    representative: str = ""
    position: str = ""
    scope: tuple[str, ...] = ()
    amount: int | None = None
    amount_unread: str = ""


BUDGET_KEYS = ("budget.total", "budget.state_budget", "budget.counterpart")
PERCENT_KEY = "budget.percent"
"""The counterpart's share as typed, kept only while it does not follow from the amounts."""
_UNREAD = "_unread"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding accepted with a written reason; ``at`` is an ISO 8601 moment."""

    code: str
    reason: str
    at: str = ""
    by: str = ""
    extra: FrozenDict = EMPTY


def is_line_key(key: str) -> bool:
    """Whether a value concerns the line of the official table alone: no paper of the phiếu has it.

    Such are column 3, the kind of task and the short texts, ``summary_<section>``.
    """
    return key in ("lead_organization", "task_kind") or key.startswith("summary_")


def lookup(values: Mapping[str, Any], path: str) -> JsonValue:
    """Return the value at a dotted ``path`` (``budget.total``), or None where there is none."""
    if "." not in path:
        return values.get(path)
    found: Any = values
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Proposal:
    """One revision of one proposal form; change it by ``with_value``, which returns a new one.

    ``table_line`` is what an office wrote for its table, texts by key. It stands beside the
    sender's ``values``, so that digest and control code stay those of the paper that was signed.
    """

    id: str
    form: str
    form_version: str
    call: str
    values: FrozenDict = EMPTY
    revision: int = 1
    confirmations: FrozenDict = EMPTY
    waivers: tuple[Waiver, ...] = ()
    extra: FrozenDict = field(default=EMPTY)
    table_line: FrozenDict = EMPTY

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", freeze(self.values))

    @property
    def form_id(self) -> str:
        """``form@form_version``, the name of its form in the catalogue."""
        return f"{self.form}@{self.form_version}"

    def get(self, key: str) -> JsonValue:
        """Return the raw value at a dotted key, or None."""
        return lookup(self.values, key)

    def text(self, key: str) -> str:
        """Return a text field, or the empty string where it is missing."""
        value = self.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, or the empty tuple where it is missing."""
        value = self.get(key)
        return (
            tuple(item for item in value if isinstance(item, str))
            if isinstance(value, tuple)
            else ()
        )

    def blocks(self, key: str) -> Blocks:
        """Return a long section as blocks."""
        return blocks_from_value(self.get(key), key)

    def plain(self, key: str) -> str:
        """Return the plain text of a long section: what its blocks say, a line each."""
        value = self.get(key)
        return value if isinstance(value, str) else plain_text(self.blocks(key))

    def amount(self, key: str) -> int | None:
        """Return an amount in đồng, or None where nothing was typed."""
        value = self.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def plan_year(self) -> int | None:
        """The year in the form's header, if typed."""
        return self.amount("plan_year")

    @property
    def title(self) -> str:
        """Section I on one line."""
        return " ".join(self.text("title").split())

    @property
    def budget(self) -> Budget:
        """Section IX exactly as typed; see Budget.completed for what it implies."""
        unread = (key.partition(".")[2] for key in BUDGET_KEYS if self.unread(key))
        total, state, counterpart = map(self.amount, BUDGET_KEYS)
        return Budget(total, state, counterpart, frozenset(unread))

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments of other enterprises, in order; one with nothing in it is none."""
        value = self.get("commitments")
        items = value if isinstance(value, tuple) else ()
        read = (_commitment(item) for item in items if isinstance(item, Mapping))
        return tuple(item for item in read if item != Commitment())

    def in_table(self) -> Proposal:
        """Return the proposal as the official table has it: its line laid over the values."""
        if not self.table_line:
            return self
        line = {
            key: text
            for key, text in self.table_line.items()
            if is_line_key(key) and isinstance(text, str)
        }
        return replace(self, values=self.values.with_items(line), table_line=EMPTY)

    def with_value(self, key: str, value: Any) -> Proposal:
        """Return a copy whose value at a dotted ``key`` is ``value``, in the table as well."""
        values = _with_path(self.values, key.split("."), freeze(value))
        line = {name: text for name, text in self.table_line.items() if name != key}
        return replace(self, values=values, table_line=FrozenDict(line))

    def with_typed(self, key: str, value: Any) -> Proposal:
        """Return a copy with what a person typed at a dotted ``key``, where a number is wanted.

        A text that is no number is kept beside it, so that nothing typed is lost: see ``unread``.
        """
        *parents, name = key.split(".")
        holder: Any = lookup(self.values, ".".join(parents)) if parents else self.values
        kept = with_number(holder if isinstance(holder, Mapping) else EMPTY, name, value)
        if not parents:
            return replace(self, values=kept)
        return replace(self, values=_with_path(self.values, parents, kept))

    def unread(self, key: str) -> str:
        """Return what was typed at ``key`` and is no number; empty where there is nothing."""
        return "" if self.get(key) is not None else self.text(f"{key}{_UNREAD}")

    def number(self, key: str) -> int | str | None:
        """Return the number at ``key``, or what was typed in its place and is none."""
        amount = self.amount(key)
        return (self.unread(key) or None) if amount is None else amount

    def typed(self, key: str) -> JsonValue:
        """Return the value at ``key``, or in its place what was typed there and is no number."""
        value = self.get(key)
        return (self.unread(key) or None) if value is None else value

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON of form, form_version, call and values."""
        return hashlib.sha256(
            canonical(
                {
                    "form": self.form,
                    "form_version": self.form_version,
                    "call": self.call,
                    "values": self.values,
                }
            )
        ).hexdigest()

    def control_code(self, prefix: str = "A1") -> str:
        """Return the control code, such as ``A1-7KQ2-M9XD-r1``: 40 bits of the digest, revision."""
        number = int(self.digest[:10], 16)
        letters = "".join(_CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))
        return f"{prefix}-{letters[:4]}-{letters[4:]}-r{self.revision}"


def with_number(item: Mapping[str, Any], name: str, value: int | str | None) -> FrozenDict:
    """Return ``item`` with ``value`` at ``name``: a number, or beside it the text that is none."""
    kept = {key: held for key, held in item.items() if key != f"{name}{_UNREAD}"}
    if isinstance(value, str):
        kept |= {f"{name}{_UNREAD}": value, **({name: None} if name in kept else {})}
    elif value is not None or name in kept:
        kept[name] = value
    return FrozenDict(kept)


def number_typed(item: Mapping[str, Any], name: str) -> int | str | None:
    """Return what ``with_number`` put at ``name`` of ``item``: number, text that is none, None."""
    value, text = item.get(name), item.get(f"{name}{_UNREAD}")
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return text if isinstance(text, str) and text else None


def without_numbers(item: Mapping[str, Any], *names: str) -> FrozenDict:
    """Return ``item`` with the numbers at ``names`` emptied, and what was typed in their place."""
    gone = {f"{name}{_UNREAD}" for name in names}
    kept = {key: None if key in names else held for key, held in item.items() if key not in gone}
    return FrozenDict(kept)


def places_of(key: str) -> tuple[str, str]:
    """Return where what is typed at ``key`` may stand: as a number, as a text that is none."""
    return key, f"{key}{_UNREAD}"


def _commitment(item: Mapping[str, Any]) -> Commitment:
    amount = number_typed(item, "amount")
    texts = {
        name: str(item.get(name) or "")
        for name in ("organization", "address", "representative", "position")
    }
    scope = item.get("scope") or ()
    return Commitment(
        **texts,
        scope=tuple(str(part) for part in scope),
        amount=amount if isinstance(amount, int) else None,
        amount_unread=amount if isinstance(amount, str) else "",
    )


def _with_path(values: Mapping[str, Any], path: list[str], value: Any) -> FrozenDict:
    if len(path) == 1:
        return FrozenDict({**values, path[0]: value})
    inner = values.get(path[0])
    below = inner if isinstance(inner, Mapping) else EMPTY
    return FrozenDict({**values, path[0]: _with_path(below, path[1:], value)})


def id_from_digest(digest: str) -> str:
    """Return the id of a proposal that came without one: a uuid5 of its digest."""
    return str(uuid.uuid5(_ID_SPACE, digest))
