"""The work behind the assistant, without a window: draft letters, make, write, freeze."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dossier import Dossier, Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.letters import signing_title
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.files import atomic_write
from ncs_desktop.work.ahead import attached
from ncs_desktop.work.bundling import Watch, make_bundle, print_set
from ncs_desktop.work.inputs import note_text
from ncs_desktop.work.kept import SHARED_FILE, KeptFile, owner_of
from ncs_desktop.work.paper_notes import summary_notes
from ncs_desktop.work.papers import Attached, Paper, Submission
from ncs_desktop.work.prepare import check_proposal

if TYPE_CHECKING:
    from ncs_desktop.documents.cover import CoverLine
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store


@dataclass(frozen=True)
class Letters:
    """The letters of a dossier: the sender's, and each phiếu's commitments by its id."""

    letter: Letter | None = None
    commitments: Mapping[str, tuple[Letter, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """What a person asked for; ``proposals`` stand in their rank.

    ``enclosed`` and ``scans`` lie in the store at ``store_path``.
    """

    proposals: tuple[Proposal, ...]
    sender: Sender
    store_path: Path
    letters: Letters = Letters()
    enclosed: tuple[KeptFile, ...] = ()
    scans: tuple[KeptFile, ...] = ()
    reason: str | None = None
    print_set: bool = False

    @property
    def call(self) -> str:
        """Id of the call all phiếu belong to."""
        return self.proposals[0].call


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made: ``content`` is None where errors stand against it.

    ``papers`` are those of a print set with their pages.
    """

    findings: tuple[Finding, ...]
    content: bytes | None = None
    papers: tuple[CoverLine, ...] = ()
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
    enclosed: Sequence[KeptFile] = (),
    scans: Sequence[KeptFile] = (),
) -> tuple[Letters, Dossier]:
    """Return the letters drafted for this dossier and the dossier as it would be handed over."""
    submission = Submission(
        catalog,
        catalog.call(proposals[0].call),
        sender,
        tuple(proposals),
        attachments=attached(enclosed),
        scans={owner_of(item): b"" for item in scans},
    )
    dossier = submission.dossier
    commitments = {
        proposal.id: tuple(letter for _name, letter in submission.letters_of(proposal))
        for proposal in proposals
    }
    return Letters(dossier.letter, commitments), dossier


def shortened(
    catalog: Catalog,
    call: Call,
    sender: Sender,
    proposals: Sequence[Proposal],
    messages: Messages,
) -> tuple[str, ...]:
    """Return what the table that ``sender`` is to sign will print shortened, in sentences."""
    notes = summary_notes(Submission(catalog, call, sender, tuple(proposals)))
    return tuple(note_text(note, messages) for note in notes)


def _owner(file: KeptFile) -> str | None:
    return None if file.role == SHARED_FILE else file.proposal_id


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
        signer_title=signing_title(sender) or letter.signer_title,
        signer_name=sender.signer_name,
    )


def letter_pdf(letter: Letter) -> bytes:
    """Return ``letter`` as it will be printed."""
    from ncs_desktop.documents.letter import compose_letter  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

    return write_pdf([compose_letter(letter)]).content


def carry_out(catalog: Catalog, order: Order, now: datetime, progress: Progress) -> Outcome:
    """Make the print set or the bundle, or nothing where errors stand against it."""
    return (_print_set if order.print_set else _bundle)(catalog, order, now, progress)


def write_out(
    catalog: Catalog, order: Order, now: datetime, target: Path, progress: Progress
) -> Outcome:
    """Make it and write it whole to ``target``, or write nothing."""
    outcome = carry_out(catalog, order, now, progress)
    if progress.cancelled:
        raise Stopped("ui.stopped")
    if outcome.content is not None:
        atomic_write(target, outcome.content)
    return outcome


def _watch(progress: Progress) -> Watch:
    def watch(papers: Sequence[Paper]) -> Iterator[Paper]:
        for number, paper in enumerate(papers):
            if progress.cancelled:
                raise Stopped("ui.stopped")
            progress.report(number, len(papers) + 1, paper.name)
            yield paper

    return watch


def _print_set(catalog: Catalog, order: Order, now: datetime, progress: Progress) -> Outcome:
    made = print_set(
        catalog,
        order.proposals,
        order.call,
        order.sender,
        now=now,
        allow_errors=order.reason,
        letter=order.letters.letter,
        commitment_letters=order.letters.commitments,
        attachments=attached(order.enclosed),
        watch=_watch(progress),
    )
    findings = tuple(finding for checked in made.checked for finding in checked.findings)
    if made.pdf is None:
        return Outcome(findings)
    return Outcome(findings, made.pdf.content, made.papers, sum(made.pdf.pages), made.warnings)


def _bundle(catalog: Catalog, order: Order, now: datetime, progress: Progress) -> Outcome:
    from ncs_desktop.documents.scan_page import scan_to_pdf  # noqa: PLC0415
    from ncs_desktop.store.content import get_content  # noqa: PLC0415

    files = [
        Attached(item.name, get_content(order.store_path, item.sha256), _owner(item))
        for item in order.enclosed
    ]
    scans = {
        owner_of(item): scan_to_pdf(get_content(order.store_path, item.sha256), item.name)
        for item in order.scans
    }
    made = make_bundle(
        catalog,
        order.proposals,
        order.call,
        order.sender,
        files,
        now=now,
        allow_errors=order.reason,
        letter=order.letters.letter,
        commitment_letters=order.letters.commitments,
        scans=scans,
        watch=_watch(progress),
    )
    findings = tuple(finding for checked in made.checked for finding in checked.findings)
    return Outcome(findings, made.content, warnings=made.warnings)


def freeze(
    proposals: Sequence[Proposal], now: datetime, reason: str | None, store: Store
) -> list[Frozen]:
    """Freeze each revision in the store; the form's name begins its control code."""
    return [
        store.freeze(item.id, now, reason, item.form.partition("-")[0].upper())
        for item in proposals
    ]
