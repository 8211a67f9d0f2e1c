"""What the desk takes in and hands out, and how an entry is written into and read from its row."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ncs_desktop.domain.call import Deadline
from ncs_desktop.domain.desk import Channel, Decision, DeskEntry, Remark, Result, Status
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, JsonValue, freeze
from ncs_desktop.domain.proposal import Budget, Proposal
from ncs_desktop.domain.text import fold
from ncs_desktop.store.records import from_text, list_columns, to_text

Row = Mapping[str, Any]
COPY = "collect.same_file"
"""Remark on a receipt that only notes a copy of an input; nothing was read or kept for it."""


@dataclass(frozen=True)
class Incoming:
    """One file of an input, read: its proposals, or the remarks that say why it was rejected.

    ``channel`` is how this file came where that is known better than of the whole input.
    """

    name: str
    sha256: str
    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rejected: bool = False
    received_at: datetime | None = None
    channel: Channel | None = None


@dataclass(frozen=True)
class Admission:
    """One input for the desk of ``call``: all files in it, and the whole of it to keep.

    ``deadline`` is the call's: of two copies a late one never tells when the first came.
    """

    call: str
    input_sha256: str
    files: tuple[Incoming, ...]
    content: bytes | None = None
    channel: Channel = Channel.OTHER
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file received; ``proposals`` are ``{"id", "title", "digest", "outcome"}``.

    ``input_sha256`` names the input it came in, ``content`` what is kept of that; ``reviewed_at``
    is when a person compared a doubtful reading with its source.
    """

    id: str
    call: str
    input_sha256: str
    sha256: str
    name: str
    channel: Channel
    received_at: datetime | None
    imported_at: datetime
    result: Result
    remarks: tuple[Remark, ...]
    proposals: tuple[FrozenDict, ...]
    reviewed_at: datetime | None
    content: str | None

    @property
    def copy(self) -> int:
        """Which copy of its input this notes; 0 where it is no copy."""
        marks = (mark.params.get("copy") for mark in self.remarks if mark.message == COPY)
        return next((mark for mark in marks if isinstance(mark, int)), 0)

    @property
    def input(self) -> tuple[str, str, int]:
        """What tells its input from every other: content, name, which copy."""
        return self.input_sha256, self.name.partition("/")[0], self.copy


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act at the desk as it was recorded; ``subject`` is the id of what it was done to.

    ``seal`` is the hash of the row, which the next row carries too.
    """

    number: int
    at: datetime
    who: str
    action: str
    call: str
    subject: str
    why: str
    detail: FrozenDict
    seal: str


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A request for supplement as kept; ``number`` is the version it was asked of.

    ``body`` is the request file, ``verdicts`` what the officer said of each point by its id.
    """

    id: str
    call: str
    proposal_id: str
    number: int
    asked_at: datetime
    body: bytes
    verdicts: Mapping[str, bool]


def to_json(value: JsonValue) -> str:
    """Write a JSON value for a text column; what is no JSON becomes its text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def maybe_text(moment: datetime | None) -> str | None:
    """Write a moment that may be unknown."""
    return None if moment is None else to_text(moment)


def _maybe_moment(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


def entry_columns(proposal: Proposal, findings: Mapping[str, Points]) -> dict[str, Any]:
    """Return what the desk shows of the version that counts."""
    proposal = proposal.in_table()
    shown = list_columns(proposal)
    lead = " ".join(proposal.text("lead_organization").split())[:1000]
    names = ("title", "proposer_name", "total", "state_budget", "counterpart")
    sought = (shown["title"], shown["proposer_name"], lead)
    return {
        **{name: shown[name] for name in names},
        "revision": proposal.revision,
        "lead_organization": lead,
        "task_kind": proposal.text("task_kind"),
        "search": fold("\n".join(dict.fromkeys(sought))),
        "findings": to_json({code: _counts(points) for code, points in findings.items()}),
    }


def _counts(points: Points) -> JsonValue:
    counts = [points.errors, points.warnings, points.infos, points.accepted]
    return counts if points.accepted else counts[:-1]


def _points(counts: str | list[int]) -> Points:
    """Return what a column holds of a rule; before it held counts it held the worst weight."""
    return Points(**{f"{counts}s": 1}) if isinstance(counts, str) else Points(*counts)


UNCOUNTED = '%":"%'
"""SQL LIKE: a column of findings of the time when it held the worst weight of each rule."""


def read_entry(row: Row, cache: dict[str, Mapping[str, Points]], gone: Container[str]) -> DeskEntry:
    """Return the entry in a row joined with ``latest``; ``cache`` holds findings read before.

    What was decided of it and one that is ``gone`` does not hold meanwhile.
    """
    findings = cache.get(row["findings"])
    if findings is None:
        read = json.loads(row["findings"])
        findings = FrozenDict({code: _points(value) for code, value in read.items()})
        cache[row["findings"]] = findings
    return DeskEntry(
        proposal_id=row["proposal_id"],
        call=row["call"],
        title=row["title"],
        proposer_name=row["proposer_name"],
        lead_organization=row["lead_organization"],
        task_kind=row["task_kind"],
        budget=_listed(row),
        revision=row["revision"],
        number=row["number"],
        settled=row["settled"],
        latest=row["latest"],
        status=Status(row["status"]),
        status_reason=row["status_reason"],
        rank_reason=row["rank_reason"],
        council_reason=row["council_reason"],
        council_ranked=row["council_place"] is not None,
        decisions=read_decisions(row["decisions"], gone),
        channel=Channel(row["channel"]),
        received_at=_maybe_moment(row["received_at"]),
        findings=findings,
        search=row["search"],
    )


def _listed(row: Row) -> Budget:
    """Return the amounts of an entry, which are complete as far as they follow from each other.

    One that is missing though the two others determine it was typed and could not be read.
    """
    budget = Budget(row["total"], row["state_budget"], row["counterpart"])
    whole = budget.completed()
    if whole is budget:
        return budget
    names = ("total", "state_budget", "counterpart")
    unread = (name for name in names if getattr(whole, name) != getattr(budget, name))
    return replace(budget, unread=frozenset(unread))


def read_decisions(text: str, gone: Container[str] = ()) -> Mapping[str, Decision]:
    """Return the decisions in a column by the id of the other proposal, without those ``gone``."""
    if text == "{}":
        return EMPTY
    said = json.loads(text).items()
    return FrozenDict({other: Decision(value) for other, value in said if other not in gone})


def read_receipt(row: Row) -> Receipt:
    """Return the receipt in a row."""
    remarks = (
        Remark(item["message"], freeze(item["params"])) for item in json.loads(row["remarks"])
    )
    return Receipt(
        id=row["id"],
        call=row["call"],
        input_sha256=row["input_sha256"],
        sha256=row["sha256"],
        name=row["name"],
        channel=Channel(row["channel"]),
        received_at=_maybe_moment(row["received_at"]),
        imported_at=from_text(row["imported_at"]),
        result=Result(row["result"]),
        remarks=tuple(remarks),
        proposals=freeze(json.loads(row["proposals"])),
        reviewed_at=_maybe_moment(row["reviewed_at"]),
        content=row["content"],
    )


def read_request(row: Row) -> RequestRecord:
    """Return the request for supplement in a row."""
    return RequestRecord(
        id=row["id"],
        call=row["call"],
        proposal_id=row["proposal_id"],
        number=row["number"],
        asked_at=from_text(row["asked_at"]),
        body=row["body"].encode("utf-8"),
        verdicts=freeze(json.loads(row["verdicts"])),
    )
