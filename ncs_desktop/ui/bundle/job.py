"""The work behind the assistant, without a window: read files, make, write, freeze."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.files import atomic_write, read_bytes
from ncs_desktop.work.attachments import assign
from ncs_desktop.work.bundling import make_bundle, print_set

if TYPE_CHECKING:
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store

_ATTACHMENT_LIMIT = 100 * 2**20


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked for."""

    proposal: Proposal
    sender: Sender
    target: Path
    attachments: tuple[Path, ...] = ()
    scan: Path | None = None
    reason: str | None = None
    print_set: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: nothing was written where ``written`` is False."""

    findings: tuple[Finding, ...]
    written: bool
    size: int = 0
    pages: int = 0
    warnings: tuple[Note, ...] = ()


def carry_out(catalog: Catalog, order: Order, now: datetime) -> Outcome:
    """Make the print set or the bundle and write it whole, or write nothing."""
    return _print_set(catalog, order, now) if order.print_set else _bundle(catalog, order, now)


def _print_set(catalog: Catalog, order: Order, now: datetime) -> Outcome:
    made = print_set(
        catalog,
        [order.proposal],
        order.proposal.call,
        order.sender,
        now=now,
        draft=order.draft,
        allow_errors=order.reason,
    )
    findings = tuple(finding for checked in made.checked for finding in checked.findings)
    if made.pdf is None:
        return Outcome(findings, False)
    atomic_write(order.target, made.pdf.content)
    return Outcome(findings, True, len(made.pdf.content), sum(made.pdf.pages))


def _bundle(catalog: Catalog, order: Order, now: datetime) -> Outcome:
    files = _read(order.attachments)
    scans = {} if order.scan is None else {order.proposal.id: _read([order.scan])[0][1]}
    made = make_bundle(
        catalog,
        [order.proposal],
        order.proposal.call,
        order.sender,
        assign(files, [order.proposal]),
        now=now,
        allow_errors=order.reason,
        scans=scans,
    )
    findings = tuple(finding for checked in made.checked for finding in checked.findings)
    if made.content is None:
        return Outcome(findings, False)
    atomic_write(order.target, made.content)
    return Outcome(findings, True, len(made.content), 0, made.warnings)


def _read(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    return [(path.name, read_bytes(path, _ATTACHMENT_LIMIT)) for path in paths]


def freeze(
    proposal_id: str, now: datetime, reason: str | None, form_id: str, store: Store
) -> Frozen:
    """Freeze the revision in the store; ``form_id`` names the control code's prefix."""
    return store.freeze(proposal_id, now, reason, form_id.partition("-")[0].upper())
