"""What the store hands out, and how a proposal is written into and read from one record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, freeze
from ncs_desktop.domain.proposal import Proposal, Waiver
from ncs_desktop.domain.text import clean_text, fold

_LARGEST_INTEGER = 2**63 - 1
_LONGEST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome of a save; ``changed`` is false where nothing differed."""

    proposal: Proposal
    at: datetime
    changed: bool


class Listed(NamedTuple):
    """One line of the list of proposals; amounts in đồng, with the implied one filled in.

    ``search`` is folded text to filter by; ``damaged`` marks a line that could not be read and of
    which only the id is known.
    """

    id: str
    title: str = ""
    form: str = ""
    call: str = ""
    revision: int = 1
    saved_at: datetime = datetime.min.replace(tzinfo=UTC)
    trashed_at: datetime | None = None
    control_code: str | None = None
    total: int | None = None
    state_budget: int | None = None
    counterpart: int | None = None
    proposer_name: str = ""
    search: str = ""
    damaged: bool = False

    @property
    def frozen(self) -> bool:
        """Whether the current revision is frozen for signature."""
        return self.control_code is not None


OWN_LINES = (
    "(NOT EXISTS (SELECT 1 FROM desk_entries WHERE desk_entries.proposal_id = proposals.id)"
    " OR EXISTS (SELECT 1 FROM versions WHERE versions.proposal_id = proposals.id"
    " AND versions.origin = 'edit'))"
)
"""SQL: what a person works on; what was only received belongs to the officer's desk."""


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version of a proposal, without its content; ``origin`` is ``edit`` or ``import``."""

    id: str
    proposal_id: str
    number: int
    revision: int
    digest: str
    origin: str
    started_at: datetime
    saved_at: datetime
    control_code: str | None
    current: bool

    @property
    def frozen(self) -> bool:
        """Whether this version was frozen for signature."""
        return self.control_code is not None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A revision frozen for signature; ``reason`` says why open errors were accepted."""

    proposal_id: str
    revision: int
    digest: str
    control_code: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a proposal; ``revision`` is the one it was added to."""

    id: str
    proposal_id: str
    revision: int
    role: str
    original_name: str
    sha256: str
    size: int
    added_at: datetime


class Outcome(StrEnum):
    """What taking in a proposal from outside came to."""

    NEW = "new"
    UPDATED = "updated"
    SAME = "same"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a store: the code of its sentence and what fills it."""

    code: str
    params: FrozenDict = EMPTY


def to_text(moment: datetime) -> str:
    """Write a moment so that text order is time order: ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a moment written by ``to_text``."""
    return datetime.fromisoformat(text)


def to_body(proposal: Proposal) -> bytes:
    """Write the whole proposal, keys this version does not know included, as one JSON record."""
    tree = {
        "id": proposal.id,
        "revision": proposal.revision,
        "form": proposal.form,
        "form_version": proposal.form_version,
        "call": proposal.call,
        "values": proposal.values,
        "confirmations": proposal.confirmations,
        "waivers": [asdict(waiver) for waiver in proposal.waivers],
        "extra": proposal.extra,
        **({"table_line": proposal.table_line} if proposal.table_line else {}),
    }
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def from_body(body: bytes) -> Proposal:
    """Read back what ``to_body`` wrote; ValueError, KeyError or TypeError where it is damaged."""
    tree = json.loads(body)
    waivers = tuple(Waiver(**freeze(waiver)) for waiver in tree.pop("waivers"))
    return Proposal(**freeze(tree), waivers=waivers)


def list_columns(proposal: Proposal) -> dict[str, Any]:
    """Return what a list shows of ``proposal``: short, clean, one line each."""
    budget = proposal.budget.completed()
    title, proposer = _short(proposal.title), _short(proposal.text("proposer_name"))
    sought = (title, proposer, _short(proposal.text("lead_organization")), _short(proposal.call))
    return {
        "form": _short(proposal.form_id),
        "call": _short(proposal.call),
        "revision": proposal.revision,
        "title": title,
        "proposer_name": proposer,
        "total": _storable(budget.total),
        "state_budget": _storable(budget.state_budget),
        "counterpart": _storable(budget.counterpart),
        "search": fold("\n".join(dict.fromkeys(sought))),
    }


def _short(text: str) -> str:
    return " ".join(clean_text(text[:_LONGEST_LISTED]).text.split())


def _storable(amount: int | None) -> int | None:
    return amount if amount is not None and abs(amount) <= _LARGEST_INTEGER else None


def seal(row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row's columns except ``seal``: it shows a single flipped bit."""
    plain = {
        name: hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
        for name, value in row.items()
        if name != "seal"
    }
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def sealed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``row`` with its seal renewed."""
    return {**row, "seal": seal(row)}


def is_sound(row: Mapping[str, Any]) -> bool:
    """Whether ``row`` is as it was written."""
    return bool(row["seal"] == seal(row))
