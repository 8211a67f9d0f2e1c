"""DANH MỤC HỒ SƠ of a bundle: what is told of its papers, its proposals and what was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import ncs_desktop
from ncs_desktop.domain.call import moment_words
from ncs_desktop.domain.dossier import ATTACHMENT
from ncs_desktop.domain.findings import Severity, accepted
from ncs_desktop.exchange.bundle import DATA_NAME, FORM_FOLDER, PackedFile
from ncs_desktop.work.paper_notes import condensed_columns
from ncs_desktop.work.papers import Paper, Submission, signed_roles
from ncs_desktop.work.prepare import Checked, control_code

if TYPE_CHECKING:
    from ncs_desktop.documents.contents import ContentsFile, ContentsProposal


def contents_sheet(
    submission: Submission,
    checked: Sequence[Checked],
    papers: Sequence[Paper],
    *,
    pages: Mapping[str, int],
    enclosed: Sequence[PackedFile],
    now: datetime,
    reason: str,
) -> bytes:
    """Return DANH-MUC-HO-SO.pdf: ``pages`` counts each paper's pages by its stem."""
    from ncs_desktop.documents.contents import Contents, compose_contents  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

    contents = Contents(
        sender=submission.sender,
        call=submission.call,
        files=tuple(_files(submission, papers, pages, enclosed)),
        proposals=tuple(_contents_proposal(submission, item) for item in checked),
        created=moment_words(now.isoformat()),
        version=ncs_desktop.__version__,
        allowed_errors=reason,
        signed=signed_roles(papers),
        condensed=tuple(_condensed(submission)),
        addressees=_addressees(submission),
    )
    return write_pdf([compose_contents(contents, submission.messages.text)]).content


def _addressees(submission: Submission) -> tuple[str, ...]:
    """Return whom an office writes to with what it collected; the call names the office itself."""
    letter = submission.letter
    if letter is None or not submission.consolidated:
        return ()
    return tuple(name.strip(" -;.") for name in letter.addressees)


def _files(
    submission: Submission,
    papers: Sequence[Paper],
    pages: Mapping[str, int],
    enclosed: Sequence[PackedFile],
) -> list[ContentsFile]:
    from ncs_desktop.documents.contents import ContentsFile  # noqa: PLC0415
    from ncs_desktop.documents.page_count import page_count  # noqa: PLC0415

    files = [
        ContentsFile(
            paper.name,
            tuple(f"{paper.stem}.{suffix}" for suffix in paper.formats),
            paper.formats,
            pages[paper.stem],
        )
        for paper in papers
    ]
    files += [
        ContentsFile(
            submission.words("data_of", title=proposal.title),
            (f"{FORM_FOLDER}/{submission.folders[proposal.id]}/{DATA_NAME}",),
        )
        for proposal in submission.proposals
    ]
    files += [
        ContentsFile(_enclosed_name(submission, item), (item.path,), pages=page_count(item.content))
        for item in enclosed
    ]
    return files


def _enclosed_name(submission: Submission, file: PackedFile) -> str:
    """Return what a file is: attachments share a folder with the commitments."""
    if file.role == ATTACHMENT:
        return submission.words("attachment", name=file.original_name)
    return file.original_name or submission.words("scan")


def _condensed(submission: Submission) -> Iterable[str]:
    """Return the headings of the table's columns that say less than the phiếu."""
    if not submission.has_summary:
        return ()
    layout = submission.catalog.summary_layout()
    return condensed_columns(submission.summary_table, layout).values()


def _contents_proposal(submission: Submission, checked: Checked) -> ContentsProposal:
    from ncs_desktop.documents.contents import ContentsProposal, ContentsWaiver  # noqa: PLC0415

    proposal = checked.proposal
    return ContentsProposal(
        title=proposal.title,
        control_code=control_code(submission.catalog.form_of(proposal), proposal),
        digest=proposal.digest,
        budget=proposal.budget,
        revision=proposal.revision,
        proposer=proposal.text("proposer_name"),
        waivers=tuple(
            ContentsWaiver(waiver.code, waiver.reason, said, moment_words(waiver.at), waiver.by)
            for waiver in proposal.waivers
            for said in _accepted_points(submission, checked, waiver.code)
        ),
    )


def _accepted_points(submission: Submission, checked: Checked, code: str) -> list[str]:
    """Return what was accepted under a code: its errors, else whatever it is; "" where all gone."""
    found = [finding for finding in accepted(checked.findings) if finding.code == code]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    return [submission.messages.finding(finding) for finding in errors or found] or [""]
