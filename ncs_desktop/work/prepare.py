"""From data to paper: check a proposal, compose it, and write it as PDF, Word or data.

Composers and writers are imported only when something is composed, so that checking stays light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.checks import check
from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Finding, Severity, count_errors
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import clean_text, slug
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.files import atomic_write, call_quietly, make_folder

if TYPE_CHECKING:
    from ncs_desktop.documents.page import Document
    from ncs_desktop.documents.write_pdf import Pdf

FORMATS = ("docx", "pdf", "json")
_NAME_LIMIT = 50


@dataclass(frozen=True)
class Checked:
    """A proposal and what the checks found in it."""

    proposal: Proposal
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """Number of errors nobody accepted with a reason."""
        return count_errors(self.findings)

    @property
    def waived(self) -> int:
        """Number of errors that a person accepted with a reason."""
        return sum(
            item.severity is Severity.ERROR and item.waived is not None for item in self.findings
        )


def check_proposal(
    catalog: Catalog,
    proposal: Proposal,
    now: datetime,
    dossier: Dossier | None = None,
    call_id: str | None = None,
) -> Checked:
    """Check ``proposal`` by the rules of its call, or of another; raise InputProblem if unknown."""
    call = catalog.call(call_id or proposal.call)
    form = catalog.form_of(proposal)
    return Checked(proposal, tuple(check(proposal, form, call, dossier, now)))


def reason_given(text: str | None) -> str:
    """Return the reason for going on with errors on one line, empty where no word was written."""
    words = " ".join(clean_text(text or "").text.split())
    return words if any(map(str.isalnum, words)) else ""


def control_code(form: Form, proposal: Proposal) -> str:
    """Return the code printed on every page of the frozen form, such as ``A1-7K2M-9QXZ-r1``."""
    return proposal.control_code(form.id.partition("-")[0].upper())


def form_document(catalog: Catalog, proposal: Proposal, *, draft: bool) -> Document:
    """Return the form as a document: a draft with its watermark, else with its control code."""
    from ncs_desktop.documents.form import compose_form  # noqa: PLC0415

    form = catalog.form_of(proposal)
    code = "" if draft else control_code(form, proposal)
    return compose_form(form, proposal, draft=draft, control_code=code)


def form_pdf(catalog: Catalog, proposal: Proposal, *, draft: bool) -> Pdf:
    """Return the form as PDF: what the preview shows, the printer gets and the export writes."""
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

    return write_pdf([form_document(catalog, proposal, draft=draft)])


def form_files(
    catalog: Catalog, proposal: Proposal, formats: Iterable[str], *, draft: bool
) -> dict[str, bytes]:
    """Return the content of the form in each of ``formats`` (``docx``, ``pdf``, ``json``)."""
    document = None
    contents = {}
    for name in formats:
        if name == "json":
            contents[name] = write_proposal(proposal)
        else:
            document = document or form_document(catalog, proposal, draft=draft)
            contents[name] = _written(document, name)
    return contents


def _written(document: Document, name: str) -> bytes:
    if name == "pdf":
        from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

        return write_pdf([document]).content
    if name == "docx":
        from ncs_desktop.documents.write_docx import write_docx  # noqa: PLC0415

        return write_docx(document)
    raise InputProblem("prepare.unknown_format", format=name, known=", ".join(FORMATS))


def file_stem(proposal: Proposal, kind: str = "phieu") -> str:
    """Return the file name of what is made of a proposal: what it is, its title, its id.

    The title is for a person, the id against a mix-up: titles begin alike.
    """
    return f"{kind}-{slug(proposal.title, _NAME_LIMIT)}-{proposal.id[:8]}"


def dossier_stem(kind: str, sender: str, proposals: Sequence[Proposal]) -> str:
    """Return the file name of what is made of ``proposals`` together.

    One phiếu is told by its title, several by who sends them, for which call, how many.
    """
    if len(proposals) == 1:
        return file_stem(proposals[0], kind)
    by = slug(sender or proposals[0].text("proposer_name"), _NAME_LIMIT)
    return f"{kind}-{by}-{slug(proposals[0].call)}-{len(proposals)}-phieu"


def export_forms(
    catalog: Catalog,
    proposals: Iterable[Proposal],
    folder: Path,
    formats: Sequence[str],
    *,
    draft: bool,
) -> Iterator[list[Path]]:
    """Write each proposal's form into ``folder``, yielding its files; memory stays flat.

    Two proposals never share a file. When one cannot be written, everything this export newly
    created is removed again and the problem is raised; the same happens when the caller stops
    half-way, so it must be read to its end.
    """
    for name in formats:
        if name not in FORMATS:
            raise InputProblem("prepare.unknown_format", format=name, known=", ".join(FORMATS))
    taken: set[str] = set()

    def produce() -> Iterator[tuple[str, dict[str, bytes]]]:
        for proposal in proposals:
            stem = _free_stem(file_stem(proposal), taken)
            yield stem, form_files(catalog, proposal, formats, draft=draft)

    return _write_all(folder, produce)


def export_blank(
    catalog: Catalog, form_name: str, folder: Path, formats: Sequence[str]
) -> Iterator[list[Path]]:
    """Write the empty form with its dotted lines; ``form_name`` may leave out the version."""
    from ncs_desktop.documents.form import compose_form  # noqa: PLC0415

    form = catalog.form(form_name) if "@" in form_name else catalog.latest_form(form_name)
    document = compose_form(form, None, draft=False)
    kept = [name for name in formats if name != "json"]
    if not kept:
        raise InputProblem("prepare.blank_format")
    stem = f"mau-{slug(form.full_id)}"
    return _write_all(folder, lambda: [(stem, {name: _written(document, name) for name in kept})])


def _free_stem(stem: str, taken: set[str]) -> str:
    free, number = stem, 2
    while free in taken:
        free, number = f"{stem}-{number}", number + 1
    taken.add(free)
    return free


def _write_all(
    folder: Path, produce: Callable[[], Iterable[tuple[str, dict[str, bytes]]]]
) -> Iterator[list[Path]]:
    new_folder = not folder.exists()
    make_folder(folder)
    created: list[Path] = []
    finished = False
    try:
        for stem, contents in produce():
            written = []
            for suffix, content in contents.items():
                path = folder / f"{stem}.{suffix}"
                is_new = not path.exists()
                atomic_write(path, content)
                written.append(path)
                created.extend([path] if is_new else [])
            yield written
        finished = True
    finally:
        if not finished:
            for path in created:
                call_quietly(path.unlink)
            if new_folder:
                call_quietly(folder.rmdir)
