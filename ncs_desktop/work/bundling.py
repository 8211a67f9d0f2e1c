"""Bộ in ký and Bộ nộp: everything to print and sign, and everything to hand over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import VIETNAM, Call
from ncs_desktop.domain.dossier import (
    ATTACHMENT,
    COMMITMENT,
    CONTENTS,
    FORM,
    SIGNED_SCAN,
    Sender,
)
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import slug
from ncs_desktop.exchange.bundle import (
    ATTACHMENT_STEM,
    COMMITMENT_FOLDER,
    CONTENTS_NAME,
    FORM_FOLDER,
    LETTER_SCAN_NAME,
    SCAN_NAME,
    SUMMARY_SCAN_NAME,
    PackedFile,
    PackedProposal,
    pack,
    read_bundle,
)
from ncs_desktop.exchange.manifest import PATH, Manifest, read_sender
from ncs_desktop.exchange.proposal_json import SIZE_LIMIT, Note, read_json_object
from ncs_desktop.exchange.verifying import Difference, verify
from ncs_desktop.files import read_bytes
from ncs_desktop.work.attachments import check_attachments
from ncs_desktop.work.contents_sheet import contents_sheet
from ncs_desktop.work.paper_notes import law_notes, scan_notes, summary_notes, unprintable_notes
from ncs_desktop.work.papers import (
    LETTER_SCAN,
    SHARED_SCANS,
    SUMMARY_SCAN,
    Attached,
    Paper,
    Submission,
    commitment_scan,
    signed_roles,
)
from ncs_desktop.work.prepare import Checked, check_proposal, control_code, reason_given
from ncs_desktop.work.received import form_lookup
from ncs_desktop.work.waiving import excused

if TYPE_CHECKING:
    from ncs_desktop.documents.cover import CoverLine
    from ncs_desktop.documents.write_pdf import Pdf

EMAIL_LIMIT = 20 * 2**20
"""A bundle larger than this (bytes) is often refused by mail servers."""
_SHARED_FOLDER = "00-chung"
Watch = Callable[[Sequence[Paper]], Iterable[Paper]]
"""Passes papers through while they are written, so that a caller can show progress."""


@dataclass(frozen=True)
class PrintSet:
    """The print set: ``pdf`` is None where errors stand against printing for signature."""

    checked: tuple[Checked, ...]
    pdf: Pdf | None = None
    papers: tuple[CoverLine, ...] = ()
    warnings: tuple[Note, ...] = ()


@dataclass(frozen=True)
class BundleResult:
    """The bundle: ``content`` is None where errors stand against handing it over."""

    checked: tuple[Checked, ...]
    content: bytes | None = None
    manifest: Manifest | None = None
    warnings: tuple[Note, ...] = ()


def sender_of(proposal: Proposal, call: Call) -> Sender:
    """Return the proposer as sender; the place is the province that ends the address."""
    address = proposal.text("proposer_address")
    kind, _, name = address.rpartition(",")[2].strip().partition(" ")
    is_province = kind.lower() in ("tỉnh", "tp", "tp.")
    if address.rpartition(",")[2].strip().lower().startswith("thành phố "):
        is_province, name = True, name.partition(" ")[2]
    return Sender(
        kind="individual" if proposal.text("proposer_kind") == "individual" else "organization",
        name=proposal.text("proposer_name"),
        address=address,
        place=name.strip() if is_province else call.authority.place,
    )


def print_set(
    catalog: Catalog,
    proposals: Sequence[Proposal],
    call_id: str,
    sender: Sender | None,
    *,
    now: datetime,
    draft: bool = False,
    allow_errors: str | None = None,
    letter: Letter | None = None,
    commitment_letters: Mapping[str, Sequence[Letter]] | None = None,
    attachments: Sequence[Attached] = (),
    watch: Watch = iter,
) -> PrintSet:
    """Return one PDF of everything to print, sign and stamp, under a sheet that counts the pages.

    Errors the checks find stand against it unless it is a draft or ``allow_errors`` gives a reason.
    ``attachments`` are not printed; the letter lists them by name, as in the bundle.
    ``watch`` sees every paper twice: when its pages are counted and when they are drawn.
    """
    from ncs_desktop.documents.cover import CoverLine, compose_cover  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import count_pages, write_pdf  # noqa: PLC0415

    plain = _submission(
        catalog, proposals, call_id, sender, letter=letter, letters=commitment_letters
    )
    submission = replace(plain, attachments=tuple(attachments))
    checked = tuple(check_proposal(catalog, item, now) for item in submission.proposals)
    if any(item.errors for item in checked) and not draft and not reason_given(allow_errors):
        return PrintSet(checked)
    papers = [_told(submission, paper) for paper in submission.papers(draft=draft)]
    steps = iter(watch([*papers, *papers]))
    lines = tuple(
        CoverLine(paper.name, count_pages(paper.document), paper.signer, paper.code)
        for paper in islice(steps, len(papers))
    )
    cover = compose_cover(
        submission.call,
        lines,
        submission.messages.text,
        draft=draft,
        signed=signed_roles(papers),
    )
    drawn = (paper.document for paper in steps)
    pdf = write_pdf([cover, *(paper.document for paper in papers)], lambda _: chain([cover], drawn))
    return PrintSet(checked, pdf, lines, tuple(_paper_notes(submission)))


def _told(submission: Submission, paper: Paper) -> Paper:
    """Call ``paper``; of several tasks a commitment by its number too, as the letter has it."""
    if paper.role != COMMITMENT or len(submission.proposals) == 1:
        return paper
    ranked = [item.id for item in submission.proposals]
    rank = ranked.index(str(paper.proposal_id)) + 1
    return replace(paper, name=submission.words("of_task", name=paper.name, rank=rank))


def make_bundle(
    catalog: Catalog,
    proposals: Sequence[Proposal],
    call_id: str,
    sender: Sender | None,
    attachments: Sequence[Attached],
    *,
    now: datetime,
    allow_errors: str | None = None,
    letter: Letter | None = None,
    commitment_letters: Mapping[str, Sequence[Letter]] | None = None,
    scans: Mapping[str, bytes] | None = None,
    watch: Watch = iter,
    consolidated: bool = False,
    allowed_by: str = "",
    check: Callable[[Proposal], Checked] | None = None,
) -> BundleResult:
    """Return the bundle of ``proposals`` in their ranked order; the same input, the same bytes.

    Errors stand against it unless ``allow_errors`` gives the reason, then written down as a waiver
    of each by ``allowed_by`` (the signer). ``scans`` are signed forms (PDF) by proposal id, those
    of the letter and the table under ``LETTER_SCAN`` and ``SUMMARY_SCAN``, commitments' under
    ``commitment_scan``. Raises InputProblem for files that cannot be enclosed, and for a proposal
    of another call unless ``consolidated``. ``check`` says what stands against a proposal where
    that is not the dossier made here: an office sends what its desk counts.
    """
    reason = reason_given(allow_errors)
    check_attachments(attachments, scans or {})
    plain = _submission(
        catalog,
        proposals,
        call_id,
        sender,
        letter=letter,
        letters=commitment_letters,
        consolidated=consolidated,
    )
    scans = scans or {}
    enclosed = tuple(attachments)
    submission = replace(plain, attachments=enclosed, scans=scans, consolidated=consolidated)
    checked = _check_all(submission, now, check)
    if reason and any(item.errors for item in checked):
        submission = excused(submission, checked, reason, now, allowed_by)
        checked = _check_all(submission, now, check)
    if any(item.errors for item in checked):
        return BundleResult(checked)
    content, manifest, pages = _pack(submission, checked, now, reason, watch)
    warnings = tuple(_warnings(submission, content, pages))
    return BundleResult(checked, content, manifest, warnings)


def _submission(
    catalog: Catalog,
    proposals: Sequence[Proposal],
    call_id: str,
    sender: Sender | None,
    *,
    letter: Letter | None,
    letters: Mapping[str, Sequence[Letter]] | None,
    consolidated: bool = False,
) -> Submission:
    call = catalog.call(call_id)
    if not proposals:
        raise InputProblem("prepare.no_proposal")
    seen: set[str] = set()
    for proposal in proposals:
        if proposal.call != call_id and not consolidated:
            raise InputProblem(
                "prepare.other_call",
                title=proposal.title,
                call=catalog.call_title(proposal.call),
                expected=call.short_title,
            )
        if proposal.id in seen:
            raise InputProblem("prepare.twice", title=proposal.title)
        seen.add(proposal.id)
    sender = sender or sender_of(proposals[0], call)
    return Submission(catalog, call, sender, tuple(proposals), letter, letters or {})


def _check_all(
    submission: Submission, now: datetime, check: Callable[[Proposal], Checked] | None
) -> tuple[Checked, ...]:
    if check is not None:
        return tuple(map(check, submission.proposals))
    return tuple(
        check_proposal(submission.catalog, item, now, submission.dossier, submission.call.id)
        for item in submission.proposals
    )


def _paper_notes(submission: Submission) -> Iterable[Note]:
    yield from law_notes([submission.call])
    yield from unprintable_notes(submission.proposals)
    yield from summary_notes(submission)


def _warnings(submission: Submission, content: bytes, pages: Mapping[str, int]) -> Iterable[Note]:
    yield from _paper_notes(submission)
    yield from scan_notes(submission.proposals, submission.scans, pages)
    if len(content) > EMAIL_LIMIT:
        size = -(-len(content) // 2**20)
        yield Note("prepare.large_for_email", FrozenDict({"size_mb": size}))


def _pack(
    submission: Submission,
    checked: Sequence[Checked],
    now: datetime,
    reason: str,
    watch: Watch,
) -> tuple[bytes, Manifest, dict[str, int]]:
    from ncs_desktop.documents.write_docx import write_docx  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

    files: list[PackedFile] = []
    pages: dict[str, int] = {}
    papers = submission.papers()
    for paper in watch(papers):
        pdf = write_pdf([paper.document])
        pages[paper.stem] = pdf.pages[0]
        contents = {"docx": write_docx(paper.document), "pdf": pdf.content}
        if paper.workbook is not None:
            contents["xlsx"] = paper.workbook
        original = paper.name if paper.role == COMMITMENT else ""
        files += [
            PackedFile(f"{paper.stem}.{suffix}", paper.role, content, original)
            for suffix, content in contents.items()
        ]
    enclosed = _enclosed(submission)
    sheet = contents_sheet(
        submission, checked, papers, pages=pages, enclosed=enclosed, now=now, reason=reason
    )
    files += [*enclosed, PackedFile(CONTENTS_NAME, CONTENTS, sheet)]
    packed = [
        PackedProposal(
            proposal,
            submission.folders[proposal.id],
            control_code(submission.catalog.form_of(proposal), proposal),
        )
        for proposal in submission.proposals
    ]
    made = pack(submission.call.id, submission.sender, packed, files, now.astimezone(VIETNAM))
    return (
        *made,
        {item.proposal_id or "": pages[item.stem] for item in papers if item.role == FORM},
    )


def _enclosed(submission: Submission) -> list[PackedFile]:
    """Scans and attachments under safe names; what the person called them goes to the manifest."""
    files = [
        PackedFile(
            f"{FORM_FOLDER}/{submission.folders[proposal.id]}/{SCAN_NAME}",
            SIGNED_SCAN,
            submission.scans[proposal.id],
        )
        for proposal in submission.proposals
        if proposal.id in submission.scans
    ]
    for proposal in submission.proposals:
        for path, organization in submission.commitment_scans(proposal).items():
            content = submission.scans[commitment_scan(proposal.id, organization)]
            name = submission.words("commitment_scan", organization=organization)
            files.append(PackedFile(path, SIGNED_SCAN, content, name))
    for key, path in {LETTER_SCAN: LETTER_SCAN_NAME, SUMMARY_SCAN: SUMMARY_SCAN_NAME}.items():
        if key in submission.scans:
            name = submission.words(SHARED_SCANS[key][1])
            files.append(PackedFile(path, SIGNED_SCAN, submission.scans[key], name))
    for number, item in enumerate(submission.attachments, 1):
        folder = submission.folders.get(item.proposal_id or "", _SHARED_FOLDER)
        stem, _, suffix = item.name.rpartition(".")
        path = (
            f"{COMMITMENT_FOLDER}/{folder}/"
            f"{ATTACHMENT_STEM}-{number:02d}-{slug(stem, 40)}.{suffix.lower()}"
        )
        files.append(PackedFile(path, ATTACHMENT, item.content, item.name))
    return files


@dataclass(frozen=True)
class Verified:
    """A bundle compared with its manifest: how much was compared and what differs.

    ``sealed`` is None where the manifest states no digest of itself, so that less was compared.
    """

    differences: tuple[Difference, ...]
    files: int = 0
    proposals: int = 0
    sealed: bool | None = None


def verify_bundle(content: bytes, name: str, catalog: Catalog) -> Verified:
    """Compare a bundle with its manifest and every proposal's data with its control code.

    Raises InputProblem where the file is no bundle at all, or one of a newer program.
    """
    try:
        bundle = read_bundle(content, name)
    except InputProblem as problem:
        difference = _unreadable(problem, name)
        if difference is None:
            raise
        return Verified((difference,))
    differences = tuple(verify(bundle, form_lookup(catalog, name)))
    counts = len(bundle.manifest.files), len(bundle.manifest.proposals)
    return Verified(differences, *counts, bundle.sealed)


def _unreadable(problem: InputProblem, name: str) -> Difference | None:
    """Return the damage that keeps a bundle from being read; None where it is no bundle of ours."""
    params = FrozenDict(problem.params)
    if problem.code == "archive.checksum":
        return Difference(str(params.get("part", "")), problem.code, params)
    if params.get("file") != f"{name}/{PATH}" or problem.code.startswith("bundle."):
        return None
    named = problem.code.startswith("proposal.expected.")
    return Difference(PATH, problem.code if named else "bundle.bad_manifest", params)


def read_sender_file(path: Path) -> Sender:
    """Read who sends the dossier from a JSON file with the keys of ``manifest.sender``.

    Raises InputProblem naming the key that is missing or wrong; a letter needs a name at its head.
    """
    name = str(path)
    try:
        tree = read_json_object(read_bytes(path, SIZE_LIMIT), name)
    except InputProblem as problem:
        code = "sender_json" if "line" in problem.params else "sender_file"
        raise InputProblem(f"prepare.{code}", **problem.params) from problem
    sender = read_sender(tree, name)
    if not any(map(str.isalnum, sender.name)):
        raise InputProblem("prepare.sender_name", file=name, key="name")
    return sender
