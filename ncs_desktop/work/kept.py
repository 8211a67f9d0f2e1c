"""Scans of signed papers and enclosures, kept in the store with their phiếu from day to day.

A file stands with one phiếu; what belongs to a dossier as a whole stands with its first phiếu, in a
role of its own, and is found again from every dossier that holds that phiếu.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ncs_desktop.domain.dossier import ATTACHMENT, COMMITMENT, SIGNED_SCAN, SUMMARY
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.bundle import scanned_role
from ncs_desktop.files import read_bytes
from ncs_desktop.work import word_sources
from ncs_desktop.work.attachments import SIZE_LIMIT, assign, check_one
from ncs_desktop.work.papers import (
    LETTER_SCAN,
    SUMMARY_SCAN,
    Attached,
    commitment_scan,
    signed_commitments,
)
from ncs_desktop.work.received import shown_name

if TYPE_CHECKING:
    from ncs_desktop.exchange.bundle import Bundle
    from ncs_desktop.exchange.manifest import FileEntry
    from ncs_desktop.store.records import Attachment, Version
    from ncs_desktop.store.store import Store

SCAN, OWN_FILE = SIGNED_SCAN, ATTACHMENT
LETTER_SCANNED, SUMMARY_SCANNED = "letter_scan", "summary_scan"
SHARED_FILE = "shared_attachment"
SHARED = (LETTER_SCANNED, SUMMARY_SCANNED, SHARED_FILE)
"""Roles of what belongs to the dossier as a whole."""
_COMMITMENT_SCANNED = "commitment_scan:"
SCAN_SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png")


def commitment_role(organization: str) -> str:
    """Return the role of the scan of an enterprise's signed commitment."""
    return f"{_COMMITMENT_SCANNED}{organization}"


def is_scan(role: str) -> bool:
    """Whether files of ``role`` are scans of a signed paper, of which there is one."""
    return role in (SCAN, LETTER_SCANNED, SUMMARY_SCANNED) or role.startswith(_COMMITMENT_SCANNED)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file kept with a phiếu.

    ``outdated`` marks a scan of paper that is no longer what the phiếu says: of an earlier
    revision, or of one edited since; it is not handed over as signed unless a person says so.
    """

    id: str
    proposal_id: str
    role: str
    name: str
    sha256: str
    size: int
    revision: int
    outdated: bool = False

    @property
    def organization(self) -> str:
        """Whose signed commitment this is the scan of; "" for every other file."""
        kind, found, organization = self.role.partition(_COMMITMENT_SCANNED)
        return organization if found and not kind else ""


def read_to_keep(paths: Sequence[Path], role: str) -> Attached:
    """Read what a person adds as one file; raise NcsError where it is missing, unfit or too large.

    Several photographs of one signed paper become one PDF, a page each.
    """
    from ncs_desktop.documents.scan_page import scans_to_pdf  # noqa: PLC0415

    files = [_read_one(path, role) for path in paths]
    if len(files) == 1:
        return files[0]
    whole = scans_to_pdf([(item.name, item.content) for item in files])
    joined = Attached(f"{files[0].name.rpartition('.')[0]} (+{len(files) - 1}).pdf", whole)
    check_one(joined, len(whole), whole)
    return joined


def _read_one(path: Path, role: str) -> Attached:
    if is_scan(role) and path.suffix.lower() not in SCAN_SUFFIXES:
        raise InputProblem("scan.kind", name=path.name)
    item = Attached(shown_name(path.name), b"")
    if path.is_file():
        check_one(item, path.stat().st_size, None)
    item = replace(item, content=read_bytes(path, SIZE_LIMIT))
    check_one(item, len(item.content), item.content)
    return item


def keep(
    store: Store, proposals: Sequence[Proposal], files: Iterable[Attached], role: str, now: datetime
) -> None:
    """Keep ``files`` with the phiếu they name, or with the one that lists them in its enclosures.

    A phiếu has one scan: a new one takes the place of the old, which can be put back.
    """
    for file in files:
        owner, own_role = file.proposal_id, role
        if owner is None and role == OWN_FILE:
            [found] = assign([(file.name, b"")], proposals)
            owner = found.proposal_id
            own_role = OWN_FILE if owner else SHARED_FILE
        owner = owner or proposals[0].id
        made = store.attach(owner, own_role, file.name, file.content, now)
        if is_scan(role):
            _take_the_place(store, made, now)


def _take_the_place(store: Store, made: Attachment, now: datetime) -> None:
    """Let a scan be the only one of its role; one given a second time is of today."""
    for item in store.attachments(made.proposal_id):
        if item.role == made.role and item.id != made.id:
            store.detach(item.id, now)
    if made.added_at < now:
        content = store.content(made.sha256)
        store.detach(made.id, now)
        store.attach(made.proposal_id, made.role, made.original_name, content, now)


def _said_since(history: Sequence[Version]) -> tuple[int, datetime | None]:
    """Return the revision that is current and since when a version has said what it says."""
    current = next((item for item in history if item.current), None)
    if current is None:
        return 0, None
    said = (current.revision, current.digest)
    return current.revision, min(
        item.saved_at for item in history if (item.revision, item.digest) == said
    )


def kept_files(store: Store, proposals: Sequence[Proposal]) -> list[KeptFile]:
    """Return the files of a dossier, the same one named once, in the order they were added."""
    found: dict[tuple[str, str, str], KeptFile] = {}
    for proposal in proposals:
        revision, since = _said_since(store.history(proposal.id))
        for item in store.attachments(proposal.id):
            if item.role == word_sources.ROLE:
                continue
            old = item.revision != revision or (since and item.added_at < since)
            shared = item.role in SHARED
            found.setdefault(
                ("" if shared else proposal.id, item.role, item.sha256),
                KeptFile(
                    item.id,
                    proposal.id,
                    item.role,
                    item.original_name,
                    item.sha256,
                    item.size,
                    item.revision,
                    bool(old) and is_scan(item.role),
                ),
            )
    return list(found.values())


def use_for_current(store: Store, file: KeptFile, now: datetime) -> None:
    """Take a scan of an earlier revision as that of the current one: a person has compared them."""
    made = store.attach(file.proposal_id, file.role, file.name, store.content(file.sha256), now)
    _take_the_place(store, made, now)


def keep_enclosures(store: Store, bundle: Bundle, now: datetime) -> int:
    """Keep the scans and enclosures of an imported bundle; return how many there were.

    They belong to the revision the bundle names; where the store gave that content another number,
    because it froze a different one under it, to that. What could not be handed over is left.
    """
    folders = {entry.folder.rpartition("/")[2]: entry for entry in bundle.manifest.proposals}
    first = next(iter(bundle.manifest.proposals), None)
    count = 0
    for file in bundle.manifest.files:
        content = bundle.files.get(file.path)
        own = folders.get(file.path.rpartition("/")[0].rpartition("/")[2])
        entry = own or first
        if content is None or entry is None:
            continue
        suffix = PurePosixPath(file.path).suffix
        name = shown_name(file.original_name or PurePosixPath(file.path).name)
        name = name if name.lower().endswith(suffix) else name + suffix
        try:
            check_one(Attached(name, b""), len(content), content)
            held = store.load(entry.id)
        except InputProblem:
            continue
        role = _kept_role(file, own is not None, held)
        if role is None:
            continue
        revision = held.revision if held.digest == entry.digest else entry.revision
        store.attach(entry.id, role, name, content, now, revision=revision)
        count += 1
    return count


def _kept_role(file: FileEntry, own: bool, proposal: Proposal) -> str | None:
    """Return the role of a bundle's file in the store; None for our own papers.

    The signed commitment of somebody whom the phiếu does not name is a file like others.
    """
    if file.role == ATTACHMENT:
        return OWN_FILE if own else SHARED_FILE
    if file.role != SIGNED_SCAN:
        return None
    scanned = scanned_role(file.path)
    if own and scanned == COMMITMENT:
        name = PurePosixPath(file.path).name
        organization = signed_commitments(proposal).get(name)
        return OWN_FILE if organization is None else commitment_role(organization)
    if own:
        return SCAN
    return SUMMARY_SCANNED if scanned == SUMMARY else LETTER_SCANNED


_KEYS = {LETTER_SCANNED: LETTER_SCAN, SUMMARY_SCANNED: SUMMARY_SCAN}


def owner_of(file: KeptFile) -> str:
    """Return the key of a scan among those of a bundle."""
    if file.organization:
        return commitment_scan(file.proposal_id, file.organization)
    return _KEYS.get(file.role, file.proposal_id)
