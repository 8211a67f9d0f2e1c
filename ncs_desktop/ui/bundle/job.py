"""The work behind the assistant, without a window: draft letters, make, write, freeze."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.dossier import Dossier, Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.files import atomic_write, read_bytes
from ncs_desktop.work.attachments import assign
from ncs_desktop.work.bundling import make_bundle, print_set
from ncs_desktop.work.papers import Attached, Paper, Submission
from ncs_desktop.work.prepare import check_proposal

if TYPE_CHECKING:
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store

_ATTACHMENT_LIMIT = 100 * 2**20


@dataclass(frozen=True)
class Letters:
    """The letters of a dossier: the sender's, and each phiếu's commitments by its id."""

    letter: Letter | None = None
    commitments: Mapping[str, tuple[Letter, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """What a person asked for; ``proposals`` stand in their rank."""

    proposals: tuple[Proposal, ...]
    sender: Sender
    target: Path
    letters: Letters = Letters()
    attachments: tuple[Path, ...] = ()
    scans: Mapping[str, Path] = field(default_factory=dict)
    reason: str | None = None
    print_set: bool = False
    draft: bool = False

    @property
    def call(self) -> str:
        """Id of the call all phiếu belong to."""
        return self.proposals[0].call


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: nothing was written where ``written`` is False."""

    findings: tuple[Finding, ...]
    written: bool
    size: int = 0
    pages: int = 0
    warnings: tuple[Note, ...] = ()


class Progress(Protocol):
    """Where work says how far it is and looks whether it should stop."""

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""

    def report(self, finished: int, total: int, text: str = "") -> None:
        """Say how far the work is."""


class Stopped(NcsError):
    """The person stopped the work; nothing was written."""


def plan(
    catalog: Catalog,
    proposals: Sequence[Proposal],
    sender: Sender,
    attachments: Sequence[Path] = (),
    scans: Iterable[str] = (),
) -> tuple[Letters, Dossier]:
    """Return the letters drafted for this dossier and the dossier as it would be handed over."""
    files = [(path.name, b"") for path in attachments]
    submission = Submission(
        catalog,
        catalog.call(proposals[0].call),
        sender,
        tuple(proposals),
        attachments=tuple(Attached(item.name, b"") for item in assign(files, proposals)),
        scans={proposal_id: b"" for proposal_id in scans},
    )
    dossier = submission.dossier
    commitments = {
        proposal.id: tuple(letter for _name, letter in submission.letters_of(proposal))
        for proposal in proposals
    }
    return Letters(dossier.letter, commitments), dossier


def findings_of(catalog: Catalog, dossier: Dossier, now: datetime) -> list[Finding]:
    """Return what the checks say of every phiếu as it stands in ``dossier``."""
    return [
        finding
        for proposal in dossier.proposals
        for finding in check_proposal(catalog, proposal, now, dossier).findings
    ]


def signed_by(letter: Letter, sender: Sender) -> Letter:
    """Return the sender's edited letter with the sender's own lines as they now stand."""
    return replace(
        letter,
        parent=sender.parent,
        agency=sender.name,
        place=sender.place,
        signer_title=sender.signer_title or letter.signer_title,
        signer_name=sender.signer_name,
    )


def letter_pdf(letter: Letter) -> bytes:
    """Return ``letter`` as it will be printed."""
    from ncs_desktop.documents.letter import compose_letter  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

    return write_pdf([compose_letter(letter)]).content


def carry_out(catalog: Catalog, order: Order, now: datetime, progress: Progress) -> Outcome:
    """Make the print set or the bundle and write it whole, or write nothing."""
    if order.print_set:
        return _print_set(catalog, order, now)
    return _bundle(catalog, order, now, progress)


def _print_set(catalog: Catalog, order: Order, now: datetime) -> Outcome:
    made = print_set(
        catalog,
        order.proposals,
        order.call,
        order.sender,
        now=now,
        draft=order.draft,
        allow_errors=order.reason,
        letter=order.letters.letter,
        commitment_letters=order.letters.commitments,
    )
    findings = tuple(finding for checked in made.checked for finding in checked.findings)
    if made.pdf is None:
        return Outcome(findings, False)
    atomic_write(order.target, made.pdf.content)
    return Outcome(findings, True, len(made.pdf.content), sum(made.pdf.pages))


def _bundle(catalog: Catalog, order: Order, now: datetime, progress: Progress) -> Outcome:
    from ncs_desktop.documents.scan_page import scan_to_pdf  # noqa: PLC0415

    files = [_read(path) for path in order.attachments]
    scans = {}
    for proposal_id, path in order.scans.items():
        name, content = _read(path)
        scans[proposal_id] = scan_to_pdf(content, name)

    def watch(papers: Sequence[Paper]) -> Iterator[Paper]:
        for number, paper in enumerate(papers):
            if progress.cancelled:
                raise Stopped("ui.stopped")
            progress.report(number, len(papers) + 1, paper.name)
            yield paper

    made = make_bundle(
        catalog,
        order.proposals,
        order.call,
        order.sender,
        assign(files, order.proposals),
        now=now,
        allow_errors=order.reason,
        letter=order.letters.letter,
        commitment_letters=order.letters.commitments,
        scans=scans,
        watch=watch,
    )
    findings = tuple(finding for checked in made.checked for finding in checked.findings)
    if made.content is None:
        return Outcome(findings, False)
    if progress.cancelled:
        raise Stopped("ui.stopped")
    atomic_write(order.target, made.content)
    return Outcome(findings, True, len(made.content), 0, made.warnings)


def _read(path: Path) -> tuple[str, bytes]:
    return path.name, read_bytes(path, _ATTACHMENT_LIMIT)


def freeze(
    proposals: Sequence[Proposal], now: datetime, reason: str | None, store: Store
) -> list[Frozen]:
    """Freeze each revision in the store; the form's name begins its control code."""
    return [
        store.freeze(item.id, now, reason, item.form.partition("-")[0].upper())
        for item in proposals
    ]
