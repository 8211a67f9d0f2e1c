"""The manifest of a bundle: who sends what, with the digest and hash of everything inside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from ncs_desktop.domain.dossier import ROLES, SENDER_KINDS, Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, canonical, freeze
from ncs_desktop.domain.proposal import Waiver
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.proposal_json import (
    check_format,
    read_json_object,
    waiver_from_json,
    waiver_to_json,
    write_json,
)
from ncs_desktop.exchange.value_types import check_waivers, wrong

FORMAT, VERSION = "ncs-bundle", 1
PATH = "manifest.json"
_SENDER_KEYS = ("kind", "name", "parent", "address", "place", "signer_title", "signer_name")
_MANIFEST_KEYS = (
    "format",
    "version",
    "created",
    "application",
    "call",
    "sender",
    "proposals",
    "files",
    "manifest_digest",
)
_WORDS = {
    "proposal.newer": "bundle.newer",
    "proposal.other_format": "bundle.other_format",
    "proposal.is_call": "bundle.other_format",
}
"""What is said of a manifest where the reader of JSON files would speak of a phiếu."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the bundle; ``original_name`` is what the person called an attachment."""

    path: str
    size: int
    sha256: str
    role: str
    original_name: str = ""


@dataclass(frozen=True, slots=True)
class ProposalEntry:
    """One proposal of the bundle, frozen: ``folder`` holds its papers and data."""

    id: str
    revision: int
    digest: str
    control_code: str
    title: str
    folder: str
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What the bundle says of itself; ``created`` is an ISO 8601 moment."""

    created: str
    application: str
    call: str
    sender: Sender
    proposals: tuple[ProposalEntry, ...]
    files: tuple[FileEntry, ...]
    extra: FrozenDict = EMPTY

    def of_role(self, role: str) -> tuple[FileEntry, ...]:
        """Return the files of ``role``, in order."""
        return tuple(entry for entry in self.files if entry.role == role)


def write_manifest(manifest: Manifest) -> bytes:
    """Return the bytes of ``manifest.json``, its own digest included."""
    tree = {
        "format": FORMAT,
        "version": VERSION,
        "created": manifest.created,
        "application": manifest.application,
        "call": manifest.call,
        "sender": {key: getattr(manifest.sender, key) for key in _SENDER_KEYS},
        "proposals": [_proposal_to_json(entry) for entry in manifest.proposals],
        "files": [asdict(entry) for entry in manifest.files],
        **manifest.extra,
    }
    return write_json({**tree, "manifest_digest": _digest(tree)})


def _digest(tree: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of a manifest without this digest."""
    kept = {key: value for key, value in tree.items() if key != "manifest_digest"}
    return hashlib.sha256(canonical(freeze(kept))).hexdigest()


def is_sealed(content: bytes, name: str) -> bool | None:
    """Whether a manifest agrees with the digest it states of itself; None where it states none."""
    tree = read_json_object(content, name)
    stated = tree.get("manifest_digest")
    return None if stated is None else stated == _digest(tree)


def _proposal_to_json(entry: ProposalEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "revision": entry.revision,
        "digest": entry.digest,
        "control_code": entry.control_code,
        "title": entry.title,
        "folder": entry.folder,
        "waivers": [waiver_to_json(waiver) for waiver in entry.waivers],
    }


def read_manifest(content: bytes, name: str) -> Manifest:
    """Read ``manifest.json``; raise InputProblem naming ``name`` and the key that is wrong."""
    try:
        tree = read_json_object(content, name)
        check_format(tree, name, FORMAT, VERSION)
    except InputProblem as problem:
        code = _WORDS.get(problem.code)
        if code is None:
            raise
        raise InputProblem(code, **problem.params) from problem
    return Manifest(
        created=_text(tree, "created", name),
        application=_text(tree, "application", name),
        call=_text(tree, "call", name),
        sender=read_sender(_object(tree, "sender", name), name, "sender."),
        proposals=_list(tree, "proposals", name, _read_proposal),
        files=_list(tree, "files", name, _read_file),
        extra=freeze({key: value for key, value in tree.items() if key not in _MANIFEST_KEYS}),
    )


def read_sender(tree: Mapping[str, Any], name: str, prefix: str = "") -> Sender:
    """Read the keys of ``manifest.sender``; raise InputProblem naming the one that is wrong."""
    texts = {}
    for key in _SENDER_KEYS:
        value = tree.get(key)
        if value is not None and not isinstance(value, str):
            raise wrong(name, prefix + key, "text")
        texts[key] = clean_text(value or "").text
    if texts["kind"] not in SENDER_KINDS:
        raise wrong(name, prefix + "kind", "choice", options=", ".join(SENDER_KINDS))
    return Sender(**texts)


def _read_proposal(tree: Mapping[str, Any], name: str, key: str) -> ProposalEntry:
    texts = {
        part: _text(tree, part, name, key)
        for part in ("id", "digest", "control_code", "title", "folder")
    }
    revision = _count(tree, "revision", name, key, least=1)
    waivers = tuple(waiver_from_json(item) for item in check_waivers(tree.get("waivers"), name))
    return ProposalEntry(**texts, revision=revision, waivers=waivers)


def _read_file(tree: Mapping[str, Any], name: str, key: str) -> FileEntry:
    role = _text(tree, "role", name, key)
    if role not in ROLES:
        raise wrong(name, f"{key}.role", "choice", options=", ".join(ROLES))
    return FileEntry(
        path=_text(tree, "path", name, key),
        size=_count(tree, "size", name, key),
        sha256=_text(tree, "sha256", name, key),
        role=role,
        original_name=_text({"original_name": "", **tree}, "original_name", name, key),
    )


def _text(tree: Mapping[str, Any], part: str, name: str, key: str = "") -> str:
    value = tree.get(part)
    if not isinstance(value, str):
        raise wrong(name, f"{key}.{part}" if key else part, "text")
    return value


def _count(tree: Mapping[str, Any], part: str, name: str, key: str, least: int = 0) -> int:
    value = tree.get(part)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise wrong(name, f"{key}.{part}", "positive" if least else "count")
    return value


def _object(tree: Mapping[str, Any], part: str, name: str) -> Mapping[str, Any]:
    value = tree.get(part)
    if not isinstance(value, Mapping):
        raise wrong(name, part, "object")
    return value


def _list(
    tree: Mapping[str, Any],
    part: str,
    name: str,
    read: Callable[[Mapping[str, Any], str, str], Item],
) -> tuple[Item, ...]:
    value = tree.get(part)
    if not isinstance(value, list):
        raise wrong(name, part, "list")
    items = []
    for index, item in enumerate(value):
        if not isinstance(item, Mapping):
            raise InputProblem("proposal.expected.object", file=name, key=f"{part}[{index}]")
        items.append(read(item, name, f"{part}[{index}]"))
    return tuple(items)
