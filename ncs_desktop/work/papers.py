"""The papers of one dossier: which there are, what each is called, and how each is composed.

The print set and the bundle hold the same papers; only what surrounds them differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dossier import (
    ATTACHMENT,
    COMMITMENT,
    DATA,
    FORM,
    LETTER,
    SIGNED_PAPERS,
    SIGNED_SCAN,
    SUMMARY,
    Dossier,
    DossierFile,
    Sender,
)
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.letters import (
    draft_commitment_letter,
    draft_proposal_letter,
    is_own_commitment,
)
from ncs_desktop.domain.proposal import Commitment, Proposal
from ncs_desktop.domain.summary import SummaryTable, build_summary
from ncs_desktop.domain.text import slug
from ncs_desktop.exchange.bundle import (
    COMMITMENT_FOLDER,
    COMMITMENT_STEM,
    FORM_FOLDER,
    LETTER_STEM,
    SIGNED_SUFFIX,
    SUMMARY_STEM,
)
from ncs_desktop.work.prepare import control_code, form_document

if TYPE_CHECKING:
    from ncs_desktop.documents.page import Document

WRITTEN = ("docx", "pdf")
LETTER_SCAN, SUMMARY_SCAN = "", "summary"
"""The keys of the scans of the letter and of the table among those of the phiếu (by id)."""
SHARED_SCANS = {LETTER_SCAN: (LETTER, "letter_scan"), SUMMARY_SCAN: (SUMMARY, "summary_scan")}
"""Scans of papers of the whole dossier, by key: the paper's role and the name of the scan."""
_LETTER_TEMPLATE, _COMMITMENT_TEMPLATE = "cong-van-de-xuat", "van-ban-cam-ket"
_OWN_COMMITMENT_TEMPLATE = "van-ban-cam-ket-cua-ben-de-xuat"
_FOLDER_LIMIT, _BEGINNING, _SHORT_NAME = 40, 15, 24
_LEGAL_FORM = re.compile(
    r"^(?:(?:công ty|tnhh|cổ phần|cp|mtv|một thành viên|hợp tác xã|htx|doanh nghiệp tư nhân)\s+)+",
    re.IGNORECASE,
)
"""What nearly every proposer's name begins with."""


def commitment_scan(proposal_id: str, organization: str) -> str:
    """Return the key of an enterprise's signed commitment among the scans of a dossier."""
    return f"{proposal_id}/{organization}"


def signed_commitments(proposal: Proposal) -> dict[str, str]:
    """Return whose signed commitment the scan of each file name is, in the order of the phiếu."""
    names: dict[str, str] = {}
    for number, organization in enumerate(_named(proposal), 1):
        if organization not in names.values():
            names[f"{_commitment_stem(number, organization)}{SIGNED_SUFFIX}"] = organization
    return names


def _named(proposal: Proposal) -> list[str]:
    """Return who commits; nobody can sign for an enterprise without a name."""
    return [item.organization for item in proposal.commitments if item.organization.strip()]


def _commitment_stem(number: int, organization: str) -> str:
    name = slug(organization, _FOLDER_LIMIT)
    while name.endswith("-da-ky"):
        name = name.removesuffix("-da-ky")
    return f"{COMMITMENT_STEM}-{number:02d}-{name}"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file a person adds to the dossier; without a proposal it belongs to the whole of it."""

    name: str
    content: bytes
    proposal_id: str | None = None


@dataclass(frozen=True)
class Paper:
    """One paper of the dossier: ``stem`` is its path in the bundle without the suffix."""

    role: str
    name: str
    stem: str
    document: Document
    signer: str
    proposal_id: str | None = None
    code: str = ""
    workbook: bytes | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """Suffixes of the files it is written to."""
        return (*WRITTEN, "xlsx") if self.workbook is not None else WRITTEN


@cache
def _messages() -> Messages:
    return Messages.load()


def signed_roles(papers: Iterable[Paper]) -> tuple[str, ...]:
    """Return which kinds of paper among ``papers`` are to be signed, in the order they are told."""
    there = {paper.role for paper in papers}
    return tuple(role for role in SIGNED_PAPERS if role in there)


@dataclass(frozen=True)
class Submission:
    """What is handed over together: proposals in ranked order, who sends them, what goes along.

    ``consolidated`` is the dossier of an office that collected the proposals of others: it always
    holds the table.
    ``letter`` and ``commitment_letters`` (by proposal id) are the person's edited texts; what is
    not given is drafted from the templates.
    """

    catalog: Catalog
    call: Call
    sender: Sender
    proposals: tuple[Proposal, ...]
    letter: Letter | None = None
    commitment_letters: Mapping[str, Sequence[Letter]] = field(default_factory=dict)
    attachments: tuple[Attached, ...] = ()
    scans: Mapping[str, bytes] = field(default_factory=dict)
    consolidated: bool = False

    @cached_property
    def messages(self) -> Messages:
        """The words for the names of papers and those who sign them."""
        return _messages()

    @cached_property
    def folders(self) -> dict[str, str]:
        """Each proposal's folder name by its id: rank and title.

        Where titles begin alike, their beginning and the short name of the proposer.
        """
        names = [slug(proposal.title, _FOLDER_LIMIT) for proposal in self.proposals]
        found = {}
        for rank, (proposal, name) in enumerate(zip(self.proposals, names, strict=True), 1):
            proposer = _LEGAL_FORM.sub("", proposal.text("proposer_name"))
            told = name
            if names.count(name) > 1 and proposer:
                told = f"{slug(proposal.title, _BEGINNING)}-{slug(proposer, _SHORT_NAME)}"
            found[proposal.id] = f"{rank:02d}-{told}"
        return found

    @cached_property
    def has_letter(self) -> bool:
        """Whether a công văn goes along: the call asks for it or the person wrote one."""
        return self.letter is not None or self.call.asks_for(LETTER, self.sender.kind)

    @cached_property
    def has_summary(self) -> bool:
        """Whether the call asks this kind of sender for the summary table."""
        return self.consolidated or self.call.asks_for(SUMMARY, self.sender.kind)

    def letters_of(self, proposal: Proposal) -> tuple[tuple[str, Letter], ...]:
        """Return the commitment letters of ``proposal``, each with its enterprise.

        Nobody can sign for an enterprise without a name: such a commitment makes no letter.
        """
        given = self.commitment_letters.get(proposal.id)
        if given is not None:
            return tuple((letter.agency, letter) for letter in given)
        return tuple(
            (item.organization, self._commitment_letter(proposal, item))
            for item in proposal.commitments
            if item.organization.strip()
        )

    def _commitment_letter(self, proposal: Proposal, commitment: Commitment) -> Letter:
        """Draft a commitment; the proposer's own is not written to the proposer."""
        own = is_own_commitment(proposal, commitment)
        template = self.catalog.letter(_OWN_COMMITMENT_TEMPLATE if own else _COMMITMENT_TEMPLATE)
        return draft_commitment_letter(template, proposal, commitment, self.call)

    @cached_property
    def dossier(self) -> Dossier:
        """The dossier as it will be handed over, for the checks."""
        files = self.planned_files
        return Dossier(self.sender, self.proposals, files, True, self._letter(files))

    @cached_property
    def planned_files(self) -> tuple[DossierFile, ...]:
        """Every document the dossier will hold."""
        return tuple(self._files())

    def _files(self) -> list[DossierFile]:
        files = []
        if self.has_letter:
            files.append(DossierFile(LETTER, self.words("letter"), WRITTEN))
        if self.has_summary:
            files.append(DossierFile(SUMMARY, self.words("summary"), (*WRITTEN, "xlsx")))
        for key, (scanned, name) in SHARED_SCANS.items():
            if key in self.scans:
                files.append(_scan(self.words(name), scanned))
        for proposal in self.proposals:
            name = self.words("form", title=proposal.title)
            files.append(DossierFile(FORM, name, WRITTEN, proposal.id))
            files.append(DossierFile(DATA, self.words("data"), ("json",), proposal.id))
            if proposal.id in self.scans:
                files.append(_scan(self.words("scan"), FORM, proposal.id))
            for organization, _ in self.letters_of(proposal):
                name = self.words("commitment", organization=organization)
                files.append(DossierFile(COMMITMENT, name, WRITTEN, proposal.id, organization))
            for organization in self.commitment_scans(proposal).values():
                name = self.words("commitment_scan", organization=organization)
                files.append(_scan(name, COMMITMENT, proposal.id, organization))
        for item in self.attachments:
            suffix = item.name.rpartition(".")[2].lower()
            files.append(DossierFile(ATTACHMENT, item.name, (suffix,), item.proposal_id))
        return files

    def commitment_scans(self, proposal: Proposal) -> dict[str, str]:
        """Return whose signed commitments there are scans of, by their path in the bundle."""
        folder = f"{COMMITMENT_FOLDER}/{self.folders[proposal.id]}"
        return {
            f"{folder}/{name}": organization
            for name, organization in signed_commitments(proposal).items()
            if commitment_scan(proposal.id, organization) in self.scans
        }

    def _letter(self, files: Sequence[DossierFile]) -> Letter | None:
        if self.letter is not None or not self.has_letter:
            return self.letter
        template = self.catalog.letter(_LETTER_TEMPLATE)
        return draft_proposal_letter(template, self.sender, self.proposals, self.call, files)

    def words(self, key: str, **params: object) -> str:
        """Return the name of a paper or of whoever signs it."""
        return self.messages.text(f"paper.{key}", **params)

    def papers(self, *, draft: bool = False) -> list[Paper]:
        """Compose every paper, in the order in which they are handed over."""
        papers = []
        if self.dossier.letter is not None:
            papers.append(self._letter_paper(self.dossier.letter))
        if self.has_summary:
            papers.append(self._summary_paper())
        papers += [self._form_paper(proposal, draft=draft) for proposal in self.proposals]
        for proposal in self.proposals:
            papers += self._commitment_papers(proposal)
        return papers

    def _letter_paper(self, letter: Letter) -> Paper:
        from ncs_desktop.documents.letter import compose_letter  # noqa: PLC0415

        title = self.sender.signer_title.replace("\n", " ")
        signer = self.words("sealed" if title else "head", name=title or letter.agency)
        if self.sender.kind == "individual":
            signer = self.words("person", name=self.sender.name)
        name = self.words("letter")
        return Paper(LETTER, name, LETTER_STEM, compose_letter(letter), signer)

    @cached_property
    def summary_table(self) -> SummaryTable:
        """The summary table of the proposals in their ranked order."""
        form = self.catalog.form_of(self.proposals[0])
        return build_summary(self.proposals, self.call, form)

    def _summary_paper(self) -> Paper:
        from ncs_desktop.documents.summary import SummaryHeading, compose_summary  # noqa: PLC0415
        from ncs_desktop.documents.summary_sheet import summary_workbook  # noqa: PLC0415
        from ncs_desktop.documents.write_xlsx import write_xlsx  # noqa: PLC0415

        layout, table = self.catalog.summary_layout(), self.summary_table
        heading = SummaryHeading(self.sender.name, place=self.sender.place, kind=self.sender.kind)
        return Paper(
            SUMMARY,
            self.words("summary"),
            SUMMARY_STEM,
            compose_summary(table, layout, heading),
            self.words("head", name=self.sender.name),
            workbook=write_xlsx(summary_workbook(table, layout, heading)),
        )

    def _form_paper(self, proposal: Proposal, *, draft: bool) -> Paper:
        form = self.catalog.form_of(proposal)
        person = proposal.text("proposer_kind") == "individual"
        return Paper(
            FORM,
            self.words("form", title=proposal.title),
            f"{FORM_FOLDER}/{self.folders[proposal.id]}/phieu-{slug(form.id)}",
            form_document(self.catalog, proposal, draft=draft),
            self.words("person" if person else "sealed", name=proposal.text("proposer_name")),
            proposal.id,
            "" if draft else control_code(form, proposal),
        )

    def _commitment_papers(self, proposal: Proposal) -> list[Paper]:
        from ncs_desktop.documents.letter import compose_letter  # noqa: PLC0415

        folder = f"{COMMITMENT_FOLDER}/{self.folders[proposal.id]}"
        return [
            Paper(
                COMMITMENT,
                self.words("commitment", organization=organization),
                f"{folder}/{_commitment_stem(number, organization)}",
                compose_letter(letter),
                self.words("sealed", name=organization),
                proposal.id,
            )
            for number, (organization, letter) in enumerate(self.letters_of(proposal), 1)
        ]


def _scan(
    name: str, scanned: str, proposal_id: str | None = None, organization: str = ""
) -> DossierFile:
    return DossierFile(SIGNED_SCAN, name, ("pdf",), proposal_id, organization, scanned)
