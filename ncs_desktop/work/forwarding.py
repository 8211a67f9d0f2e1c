"""The whole dossier for the office above: one bundle it can collect again.

The scans and enclosures that came in bundles go along. They are put aside on disk while the
bundles are read, so that memory does not grow with them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.dossier import ATTACHMENT, SIGNED_SCAN, DossierFile, Sender
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.letters import draft_proposal_letter
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.bundle import SCAN_NAME, Bundle
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.work.attachments import TOTAL_LIMIT
from ncs_desktop.work.bundling import BundleResult, Watch, make_bundle
from ncs_desktop.work.collect import Collection
from ncs_desktop.work.papers import Attached, commitment_scan, signed_commitments
from ncs_desktop.work.prepare import Checked

LETTER_TEMPLATE = "cong-van-tong-hop"
LEFT_OUT = "desk.left_out"
"""Said of files beside phiếu for which a dossier has no room."""
DOSSIER_NAME = "ho-so-tong-hop.zip"


class Enclosures:
    """Signed scans and attachments of the bundles read, on disk in ``folder`` by their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scans: dict[tuple[str, int], dict[str, Path]] = defaultdict(dict)
        self._attached: dict[tuple[str, int], dict[str, Path]] = defaultdict(dict)
        self._beside: dict[tuple[str, int], dict[Path, str]] = defaultdict(dict)

    def keep(self, bundle: Bundle) -> None:
        """Put aside what ``bundle`` holds besides our own papers."""
        folders = {
            entry.folder.rpartition("/")[2]: (entry.id, entry.revision)
            for entry in bundle.manifest.proposals
        }
        first = next(iter(folders.values()), None)
        for entry in bundle.manifest.files:
            content = bundle.files.get(entry.path)
            own = folders.get(entry.path.rpartition("/")[0].rpartition("/")[2])
            owner = own or first
            if content is None or owner is None:
                continue
            if entry.role == SIGNED_SCAN and own is not None:
                self._scans[own][entry.path.rpartition("/")[2]] = self._put(content)
            elif entry.role in (ATTACHMENT, SIGNED_SCAN):
                name = entry.original_name or entry.path.rpartition("/")[2]
                self._attached[owner].setdefault(name, self._put(content))

    def keep_beside(self, proposal: Proposal, file: Attached) -> None:
        """Put aside a file that came along with ``proposal``; the same one counts once."""
        path = self._put(file.content)
        self._beside[proposal.id, proposal.revision].setdefault(path, file.name)

    def _put(self, content: bytes) -> Path:
        path = self._folder / hashlib.sha256(content).hexdigest()
        if not path.exists():
            path.write_bytes(content)
        return path

    def scans(self, collection: Collection) -> dict[str, bytes]:
        """Return the signed forms and commitments of the counted proposals by their key."""
        found: dict[str, bytes] = {}
        for item in collection.arrivals:
            signed = self._scans.get((item.id, item.revision), {})
            owners = signed_commitments(item.proposal) if signed.keys() - {SCAN_NAME} else {}
            keys = {name: commitment_scan(item.id, owner) for name, owner in owners.items()}
            keys[SCAN_NAME] = item.id
            for name, path in signed.items():
                if name in keys:
                    found[keys[name]] = path.read_bytes()
        return found

    def attached(self, collection: Collection) -> list[Attached]:
        """Return the attachments of the counted proposals."""
        return [
            Attached(name, path.read_bytes(), item.id)
            for item in collection.arrivals
            for name, path in self._attached.get((item.id, item.revision), {}).items()
        ]

    def beside(self, collection: Collection, room: int) -> tuple[list[Attached], list[str]]:
        """Return what came along with the counted proposals, and names of what has no room.

        ``room`` (bytes) is what scans and attachments leave of the largest dossier.
        """
        found, left = [], []
        for item in collection.arrivals:
            key = (item.id, item.revision)
            known = {*self._attached.get(key, {}).values(), *self._scans.get(key, {}).values()}
            for path, name in self._beside.get(key, {}).items():
                size = path.stat().st_size
                if path in known:
                    continue
                if size > room:
                    left.append(name)
                    continue
                room -= size
                found.append(Attached(name, path.read_bytes(), item.id))
        return found, left


def forward(
    collection: Collection,
    catalog: Catalog,
    sender: Sender,
    enclosures: Enclosures,
    *,
    now: datetime,
    allow_errors: str | None = None,
    allowed_by: str = "",
    watch: Watch = iter,
    check: Callable[[Proposal], Checked] | None = None,
) -> BundleResult:
    """Return the dossier of the counted proposals in their rank, under the office's own letter.

    Errors stand against it unless ``allow_errors`` gives the reason, of which ``allowed_by`` is the
    person, as with every bundle; ``check`` says which they are where a desk has counted them.
    An office that names no place writes from that of the call's authority. What only came along
    is left out where the dossier would become too large, and named in a warning ``LEFT_OUT``.
    """
    scans, attached = enclosures.scans(collection), enclosures.attached(collection)
    taken = sum(map(len, scans.values())) + sum(len(item.content) for item in attached)
    beside, left = enclosures.beside(collection, TOTAL_LIMIT - taken)
    writer = replace(sender, place=sender.place or collection.call.authority.place)
    letter = draft_proposal_letter(
        catalog.letter(LETTER_TEMPLATE),
        writer,
        collection.proposals,
        collection.call,
        _enclosed(collection),
    )
    result = make_bundle(
        catalog,
        collection.proposals,
        collection.call.id,
        sender,
        [*attached, *beside],
        now=now,
        allow_errors=allow_errors,
        allowed_by=allowed_by,
        letter=letter,
        scans=scans,
        watch=watch,
        consolidated=True,
        check=check,
    )
    if not left:
        return result
    limit = TOTAL_LIMIT // 2**20
    told = Note(LEFT_OUT, FrozenDict(count=len(left), limit_mb=limit, names=", ".join(left)))
    return replace(result, warnings=(told, *result.warnings))


def _enclosed(collection: Collection) -> list[DossierFile]:
    """Name what goes along in classes: a letter does not list three hundred forms."""
    text = Messages.load().text
    count = f"{len(collection.proposals):02d}"
    names = [text("paper.summary"), text("collect.forms", count=count)]
    if any(proposal.commitments for proposal in collection.proposals):
        names.append(text("collect.commitments"))
    return [DossierFile(ATTACHMENT, name) for name in names]
