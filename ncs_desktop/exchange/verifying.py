"""Comparing a bundle with its manifest, and the manifest with the data and papers beside it.

What is compared are copies of the same facts: a change made to one of them alone is found and the
place that was changed is named. Whoever changes all of them is found only by the signed paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ncs_desktop.domain.dossier import (
    ATTACHMENT,
    COMMITMENT,
    CONTENTS,
    DATA,
    FORM,
    LETTER,
    SIGNED_SCAN,
    SUMMARY,
)
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.proposal import Proposal, Waiver
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.archive import read_archive
from ncs_desktop.exchange.bundle import (
    ATTACHMENT_STEM,
    COMMITMENT_FOLDER,
    COMMITMENT_STEM,
    CONTENTS_NAME,
    DATA_NAME,
    FORM_FOLDER,
    LETTER_SCAN_NAME,
    LETTER_STEM,
    SCAN_NAME,
    SIGNED_SUFFIX,
    SUMMARY_SCAN_NAME,
    SUMMARY_STEM,
    Bundle,
    load_proposal,
)
from ncs_desktop.exchange.manifest import PATH, ProposalEntry

_RANKED_FOLDER = re.compile(r"(\d+)-")
_CODE = re.compile(rb"[A-Z0-9]{1,8}-[0-9A-Z]{4}-[0-9A-Z]{4}-r\d{1,6}")
_PDF_KEYWORDS = re.compile(rb"/Keywords \(([^()]*)\)")
_PLACES = (
    (re.compile(re.escape(CONTENTS_NAME)), CONTENTS),
    (re.compile(re.escape(LETTER_SCAN_NAME)), SIGNED_SCAN),
    (re.compile(re.escape(SUMMARY_SCAN_NAME)), SIGNED_SCAN),
    (re.compile(rf"{LETTER_STEM}\.\w+"), LETTER),
    (re.compile(rf"{SUMMARY_STEM}\.\w+"), SUMMARY),
    (re.compile(rf"{FORM_FOLDER}/[^/]+/{re.escape(DATA_NAME)}"), DATA),
    (re.compile(rf"{FORM_FOLDER}/[^/]+/{re.escape(SCAN_NAME)}"), SIGNED_SCAN),
    (re.compile(rf"{FORM_FOLDER}/[^/]+/phieu-[^/]+"), FORM),
    (
        re.compile(rf"{COMMITMENT_FOLDER}/[^/]+/{COMMITMENT_STEM}-[^/]+{re.escape(SIGNED_SUFFIX)}"),
        SIGNED_SCAN,
    ),
    (re.compile(rf"{COMMITMENT_FOLDER}/[^/]+/{COMMITMENT_STEM}-[^/]+"), COMMITMENT),
    (re.compile(rf"{COMMITMENT_FOLDER}/[^/]+/{ATTACHMENT_STEM}-[^/]+"), ATTACHMENT),
)
"""The role of a file by its place in the bundle; a place nobody packs to has none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a bundle that is not as it should be: where, and a message key."""

    path: str
    message: str
    params: FrozenDict = EMPTY


def verify(bundle: Bundle, form_lookup: Callable[[str], Form]) -> list[Difference]:
    """Compare files with the manifest, and the manifest with the data and papers it lists."""
    return [
        *_file_differences(bundle),
        *_manifest_differences(bundle),
        *(
            difference
            for rank, entry in enumerate(bundle.manifest.proposals, 1)
            for difference in _proposal_differences(bundle, entry, rank, form_lookup)
        ),
    ]


def _difference(path: str, message: str, **params: object) -> Difference:
    return Difference(path, f"bundle.{message}", FrozenDict({"path": path, **params}))


def _file_differences(bundle: Bundle) -> Iterator[Difference]:
    listed: set[str] = set()
    for entry in bundle.manifest.files:
        if entry.path in listed:
            yield _difference(entry.path, "listed_twice")
        listed.add(entry.path)
        found = bundle.hashes.get(entry.path)
        if found is None:
            yield _difference(entry.path, "missing")
        elif (size := bundle.files.size(entry.path)) != entry.size:
            yield _difference(entry.path, "size", size=entry.size, found=size)
        elif found != entry.sha256:
            yield _difference(entry.path, "changed")
    for path in bundle.hashes:
        if path not in listed:
            yield _difference(path, "extra")


def _manifest_differences(bundle: Bundle) -> Iterator[Difference]:
    manifest = bundle.manifest
    if bundle.sealed is False:
        yield _difference(PATH, "manifest_changed")
    folders = {entry.folder for entry in manifest.proposals}
    for entry in manifest.files:
        role = next((role for place, role in _PLACES if place.fullmatch(entry.path)), entry.role)
        if role != entry.role:
            yield _difference(PATH, "role", file=entry.path, listed=entry.role, expected=role)
        if role == DATA and entry.path.rpartition("/")[0] not in folders:
            yield _difference(PATH, "unlisted_proposal", file=entry.path)


def _proposal_differences(
    bundle: Bundle, entry: ProposalEntry, rank: int, form_lookup: Callable[[str], Form]
) -> Iterator[Difference]:
    path = f"{entry.folder}/{DATA_NAME}"
    if path not in bundle.files:
        yield _difference(path, "missing_proposal", title=entry.title)
        return
    try:
        proposal = load_proposal(bundle, entry, form_lookup).proposal
    except NcsError:
        yield _difference(path, "unreadable_proposal", title=entry.title)
        return
    code = proposal.control_code(entry.control_code.partition("-")[0])
    printed = _printed_codes(bundle, entry)
    yield from _against_entry(bundle, entry, proposal, code, {*printed.values()})
    yield from _against_place(bundle, entry, proposal, rank)
    for paper, found in printed.items():
        if found not in (code, entry.control_code):
            yield _difference(paper, "paper", title=entry.title, listed=code, found=found)


def _against_entry(
    bundle: Bundle, entry: ProposalEntry, proposal: Proposal, code: str, printed: set[str]
) -> Iterator[Difference]:
    """The control code stands in the manifest and on the papers: what agrees with one is whole."""
    path = f"{entry.folder}/{DATA_NAME}"
    shown = {"title": entry.title, "listed": entry.control_code, "found": code}
    same_digest = proposal.digest == entry.digest
    whole = code == entry.control_code or code in printed
    if whole and (not same_digest or entry.control_code != code):
        yield _difference(PATH, "manifest_code", title=entry.title, found=code)
    elif whole and proposal.revision != entry.revision:
        shown = {"listed": str(entry.revision), "found": str(proposal.revision)}
        yield _difference(PATH, "manifest_revision", title=entry.title, **shown)
    elif whole and proposal.id != entry.id:
        message = "manifest_id" if _is_as_listed(bundle, path) else "identity"
        yield _difference(PATH if message == "manifest_id" else path, message, **shown)
    elif not whole and not same_digest:
        yield _difference(path, "digest", **shown)
    elif not whole:
        identity = (proposal.id, proposal.revision) != (entry.id, entry.revision)
        yield _difference(path, "identity" if identity else "control_code", **shown)


def _is_as_listed(bundle: Bundle, path: str) -> bool:
    found = bundle.hashes[path]
    return any(item.path == path and item.sha256 == found for item in bundle.manifest.files)


def _against_place(
    bundle: Bundle, entry: ProposalEntry, proposal: Proposal, rank: int
) -> Iterator[Difference]:
    manifest = bundle.manifest
    if " ".join(clean_text(entry.title).text.split()) != proposal.title:
        yield _difference(PATH, "title", listed=entry.title, found=proposal.title)
    if proposal.call != manifest.call and manifest.sender.kind != "agency":
        shown = {"listed": manifest.call, "found": proposal.call}
        yield _difference(PATH, "call", title=proposal.title, **shown)
    folder = entry.folder.rpartition("/")[2]
    numbered = _RANKED_FOLDER.match(folder)
    if numbered and int(numbered[1]) != rank:
        yield _difference(PATH, "order", title=proposal.title, rank=rank, folder=folder)
    if _plain(entry.waivers) != _plain(proposal.waivers):
        yield _difference(PATH, "waivers", title=proposal.title)


def _plain(waivers: tuple[Waiver, ...]) -> list[tuple[str, ...]]:
    fields = ((item.code, item.reason, item.at, item.by) for item in waivers)
    return [tuple(clean_text(text).text for text in item) for item in fields]


def _printed_codes(bundle: Bundle, entry: ProposalEntry) -> dict[str, str]:
    """Return the control code that each form of ``entry`` carries, by the form's path."""
    codes = {}
    for item in bundle.manifest.of_role(FORM):
        content = bundle.files.get(item.path)
        if content is not None and item.path.rpartition("/")[0] == entry.folder:
            code = _code_in_pdf(content) if item.path.endswith(".pdf") else _code_in_word(content)
            if code:
                codes[item.path] = code
    return codes


def _code_in_pdf(content: bytes) -> str:
    found = _PDF_KEYWORDS.search(content)
    code = _CODE.fullmatch(found[1]) if found else None
    return code[0].decode("ascii") if code else ""


def _code_in_word(content: bytes) -> str:
    try:
        parts = read_archive(content, "")
    except InputProblem:
        return ""
    footers = (part for name, part in parts.items() if name.startswith("word/footer"))
    found = next(filter(None, map(_CODE.search, footers)), None)
    return found[0].decode("ascii") if found else ""
