"""The bundle (bộ nộp): one zip that opens without our program and tells what is in it.

Hashes show accident and change, not forgery: whoever rewrites file, digest and manifest together
can only be caught by the control code printed on the signed paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import ncs_desktop
from ncs_desktop.domain.dossier import CONTENTS, DATA, Dossier, DossierFile, Sender
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.archive import read_archive, write_archive
from ncs_desktop.exchange.manifest import (
    PATH,
    FileEntry,
    Manifest,
    ProposalEntry,
    read_manifest,
    write_manifest,
)
from ncs_desktop.exchange.proposal_json import Loaded, read_proposal, write_proposal

DATA_NAME = "du-lieu.json"
FORM_FOLDER, COMMITMENT_FOLDER = "3-phieu-de-xuat", "4-van-ban-cam-ket"
CONTENTS_NAME = "DANH-MUC-HO-SO.pdf"
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
    """A bundle read through the gate: its manifest and its files by path, manifest left out."""

    name: str
    manifest: Manifest
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in a bundle that is not as its manifest says: where, and a message key."""

    path: str
    message: str
    params: FrozenDict = EMPTY


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
    return bundle_of(read_archive(content, name), name)


def bundle_of(files: Mapping[str, bytes], name: str) -> Bundle:
    """Return the bundle that the files of an archive make; InputProblem where they make none."""
    if PATH not in files:
        raise InputProblem("bundle.no_manifest", file=name)
    manifest = read_manifest(files[PATH], f"{name}/{PATH}")
    return Bundle(
        name, manifest, {path: content for path, content in files.items() if path != PATH}
    )


def read_bundle_proposals(bundle: Bundle, form_lookup: FormLookup) -> list[Loaded]:
    """Read the proposals of ``bundle`` in their ranked order, with the dossier they came in."""
    loaded = [_load(bundle, entry, form_lookup) for entry in bundle.manifest.proposals]
    dossier = _dossier(bundle.manifest, tuple(item.proposal for item in loaded))
    return [Loaded(item.proposal, item.source, item.notes, dossier) for item in loaded]


def _load(bundle: Bundle, entry: ProposalEntry, form_lookup: FormLookup) -> Loaded:
    path = f"{entry.folder}/{DATA_NAME}"
    if path not in bundle.files:
        raise InputProblem("bundle.missing_data", file=bundle.name, path=path, title=entry.title)
    return read_proposal(bundle.files[path], f"{bundle.name}/{path}", form_lookup)


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
                (c.organization for c in proposal.commitments if c.organization in name), ""
            )
            return DossierFile(entry.role, name, formats, proposal.id, owner)
    return DossierFile(entry.role, name, formats)


def verify(bundle: Bundle, form_lookup: FormLookup) -> list[Difference]:
    """Compare every file with the manifest, and every proposal's data with digest and code."""
    return [*_file_differences(bundle), *_proposal_differences(bundle, form_lookup)]


def _difference(path: str, message: str, **params: object) -> Difference:
    return Difference(path, f"bundle.{message}", FrozenDict({"path": path, **params}))


def _file_differences(bundle: Bundle) -> Iterator[Difference]:
    listed: set[str] = set()
    for entry in bundle.manifest.files:
        if entry.path in listed:
            yield _difference(entry.path, "listed_twice")
        listed.add(entry.path)
        content = bundle.files.get(entry.path)
        if content is None:
            yield _difference(entry.path, "missing")
        elif len(content) != entry.size:
            yield _difference(entry.path, "size", size=entry.size, found=len(content))
        elif _sha256(content) != entry.sha256:
            yield _difference(entry.path, "changed")
    for path in bundle.files:
        if path not in listed:
            yield _difference(path, "extra")


def _proposal_differences(bundle: Bundle, form_lookup: FormLookup) -> Iterator[Difference]:
    for entry in bundle.manifest.proposals:
        path = f"{entry.folder}/{DATA_NAME}"
        if path not in bundle.files:
            yield _difference(path, "missing_proposal", title=entry.title)
            continue
        try:
            proposal = _load(bundle, entry, form_lookup).proposal
        except NcsError:
            yield _difference(path, "unreadable_proposal", title=entry.title)
            continue
        yield from _against_entry(path, entry, proposal)


def _against_entry(path: str, entry: ProposalEntry, proposal: Proposal) -> Iterator[Difference]:
    prefix = entry.control_code.partition("-")[0]
    code = proposal.control_code(prefix)
    shown = {"title": entry.title, "listed": entry.control_code, "found": code}
    if proposal.digest != entry.digest:
        yield _difference(path, "digest", **shown)
    elif (proposal.id, proposal.revision) != (entry.id, entry.revision):
        yield _difference(path, "identity", **shown)
    elif code != entry.control_code:
        yield _difference(path, "control_code", **shown)
