"""The bundle (bộ nộp): one zip that opens without our program and tells what is in it.

Hashes show accident and change, not forgery: whoever rewrites file, digest and manifest together
can only be caught by the control code printed on the signed paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import ncs_desktop
from ncs_desktop.domain.dossier import (
    COMMITMENT,
    CONTENTS,
    DATA,
    FORM,
    LETTER,
    SUMMARY,
    Dossier,
    DossierFile,
    Sender,
)
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.archive import Archive, open_archive, write_archive
from ncs_desktop.exchange.manifest import (
    PATH,
    FileEntry,
    Manifest,
    ProposalEntry,
    is_sealed,
    read_manifest,
    write_manifest,
)
from ncs_desktop.exchange.proposal_json import Loaded, read_proposal, write_proposal

DATA_NAME = "du-lieu.json"
FORM_FOLDER, COMMITMENT_FOLDER = "3-phieu-de-xuat", "4-van-ban-cam-ket"
CONTENTS_NAME = "DANH-MUC-HO-SO.pdf"
LETTER_STEM, SUMMARY_STEM, SCAN_NAME = "1-cong-van-de-xuat", "2-bang-tong-hop", "da-ky.pdf"
COMMITMENT_STEM, ATTACHMENT_STEM = "cam-ket", "dinh-kem"
SIGNED_SUFFIX = "-da-ky.pdf"
"""Ends the name of the scan of a signed letter; no letter of ours has a name that ends so."""
LETTER_SCAN_NAME = f"{LETTER_STEM}{SIGNED_SUFFIX}"
SUMMARY_SCAN_NAME = f"{SUMMARY_STEM}{SIGNED_SUFFIX}"
FormLookup = Callable[[str], Form]


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file to pack: its path inside the bundle, its role, its content."""

    path: str
    role: str
    content: bytes
    original_name: str = ""


@dataclass(frozen=True, slots=True)
class PackedProposal:
    """One frozen proposal to pack; ``folder`` is its folder's name, such as ``01-mo-hinh-diem``."""

    proposal: Proposal
    folder: str
    control_code: str


@dataclass(frozen=True)
class Bundle:
    """A bundle read through the gate: its manifest, and its files by path.

    ``hashes`` are the SHA-256 (hex) of every file but the manifest. ``sealed`` says whether the
    manifest agrees with the digest of itself that it states; None where it states none, as in
    bundles of older programs.
    """

    name: str
    manifest: Manifest
    files: Archive
    hashes: Mapping[str, str]
    manifest_sha256: str
    sealed: bool | None = None
    loaded: dict[str, Loaded] = field(default_factory=dict, repr=False, compare=False)
    """Proposals read so far, by path: verifying and collecting read each once."""


def pack(
    call_id: str,
    sender: Sender,
    proposals: Sequence[PackedProposal],
    files: Sequence[PackedFile],
    created: datetime,
) -> tuple[bytes, Manifest]:
    """Return the bundle and its manifest; the data file of every proposal is added here.

    The same arguments give the same bytes.
    """
    data = [
        PackedFile(f"{_folder(item)}/{DATA_NAME}", DATA, write_proposal(item.proposal))
        for item in proposals
    ]
    packed = sorted([*files, *data], key=lambda item: (item.role != CONTENTS, item.path))
    manifest = Manifest(
        created=created.isoformat(timespec="seconds"),
        application=f"ncs_desktop {ncs_desktop.__version__}",
        call=call_id,
        sender=sender,
        proposals=tuple(_proposal_entry(item) for item in proposals),
        files=tuple(
            FileEntry(
                item.path, len(item.content), _sha256(item.content), item.role, item.original_name
            )
            for item in packed
        ),
    )
    contents = {PATH: write_manifest(manifest)}
    contents.update((item.path, item.content) for item in packed)
    return write_archive(contents), manifest


def _folder(item: PackedProposal) -> str:
    return f"{FORM_FOLDER}/{item.folder}"


def _proposal_entry(item: PackedProposal) -> ProposalEntry:
    proposal = item.proposal
    return ProposalEntry(
        proposal.id,
        proposal.revision,
        proposal.digest,
        item.control_code,
        proposal.title,
        _folder(item),
        proposal.waivers,
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_bundle(content: bytes, name: str) -> Bundle:
    """Open a bundle through the gate; raise InputProblem where it is none or is damaged."""
    return bundle_of(open_archive(content, name), name)


def bundle_of(files: Archive, name: str) -> Bundle:
    """Return the bundle that the files of an archive make; InputProblem where they make none.

    Every file is inflated and hashed once, so that damage shows now, and none is held.
    """
    if PATH not in files:
        raise InputProblem("bundle.no_manifest", file=name)
    content = files[PATH]
    manifest = read_manifest(content, f"{name}/{PATH}")
    hashes = dict(files.hashes)
    own = hashes.pop(PATH)
    return Bundle(name, manifest, files, hashes, own, is_sealed(content, f"{name}/{PATH}"))


def read_bundle_proposals(bundle: Bundle, form_lookup: FormLookup) -> list[Loaded]:
    """Read the proposals of ``bundle`` in their ranked order, with the dossier they came in."""
    loaded = [load_proposal(bundle, entry, form_lookup) for entry in bundle.manifest.proposals]
    dossier = _dossier(bundle.manifest, tuple(item.proposal for item in loaded))
    return [Loaded(item.proposal, item.source, item.notes, dossier) for item in loaded]


def load_proposal(bundle: Bundle, entry: ProposalEntry, form_lookup: FormLookup) -> Loaded:
    """Read the data of one proposal; raise InputProblem where it is missing or unreadable."""
    path = f"{entry.folder}/{DATA_NAME}"
    if path not in bundle.files:
        raise InputProblem("bundle.missing_data", file=bundle.name, path=path, title=entry.title)
    if path not in bundle.loaded:
        content = bundle.files[path]
        bundle.loaded[path] = read_proposal(content, f"{bundle.name}/{path}", form_lookup)
    return bundle.loaded[path]


def _dossier(manifest: Manifest, proposals: tuple[Proposal, ...]) -> Dossier:
    """Return the dossier at hand; a document in several formats is one document of it."""
    formats: dict[tuple[str, str], list[str]] = {}
    entries: dict[tuple[str, str], FileEntry] = {}
    for entry in manifest.files:
        stem, _, suffix = entry.path.rpartition(".")
        formats.setdefault((entry.role, stem), []).append(suffix)
        entries.setdefault((entry.role, stem), entry)
    files = tuple(
        _dossier_file(entry, tuple(sorted(formats[key])), manifest, proposals)
        for key, entry in entries.items()
    )
    return Dossier(manifest.sender, proposals, files, order_confirmed=True)


def _dossier_file(
    entry: FileEntry,
    formats: tuple[str, ...],
    manifest: Manifest,
    proposals: tuple[Proposal, ...],
) -> DossierFile:
    name = entry.original_name or entry.path
    folder = entry.path.rpartition("/")[0].rpartition("/")[2]
    for listed, proposal in zip(manifest.proposals, proposals, strict=False):
        if folder and listed.folder.rpartition("/")[2] == folder:
            owner = next(
                (
                    item.organization
                    for item in proposal.commitments
                    if item.organization and item.organization in name
                ),
                "",
            )
            return DossierFile(
                entry.role, name, formats, proposal.id, owner, scanned_role(entry.path)
            )
    return DossierFile(entry.role, name, formats, scan_of=scanned_role(entry.path))


def scanned_role(path: str) -> str:
    """Return the role of the paper that a signed scan at ``path`` of a bundle shows."""
    if path in _SCANNED:
        return _SCANNED[path]
    folder, _, name = path.rpartition("/")
    if folder.startswith(f"{COMMITMENT_FOLDER}/"):
        signed = name.startswith(f"{COMMITMENT_STEM}-") and name.endswith(SIGNED_SUFFIX)
        return COMMITMENT if signed else ""
    return FORM if folder.startswith(f"{FORM_FOLDER}/") and name == SCAN_NAME else ""


_SCANNED = {LETTER_SCAN_NAME: LETTER, SUMMARY_SCAN_NAME: SUMMARY}
