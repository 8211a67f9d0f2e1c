"""Which files may be enclosed: of an office kind, holding what their name says, not too large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import words
from ncs_desktop.exchange.archive import USUAL
from ncs_desktop.work.papers import Attached

SIZE_LIMIT = 50 * 2**20
"""Largest file to enclose, in bytes."""
TOTAL_LIMIT = USUAL.total - 20 * 2**20
"""Largest sum of enclosed files (bytes): the receiving gate must still open the bundle."""
_PDF, _ZIP, _OLD_OFFICE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAGIC_OF: Mapping[str, tuple[bytes, ...]] = {
    "pdf": (_PDF,),
    "docx": (_ZIP,),
    "xlsx": (_ZIP,),
    "odt": (_ZIP,),
    "ods": (_ZIP,),
    "doc": (_OLD_OFFICE,),
    "xls": (_OLD_OFFICE,),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
}
"""How a file of each kind that may be enclosed begins; nothing that runs is among them."""


def check_attachments(attachments: Sequence[Attached], scans: Mapping[str, bytes]) -> None:
    """Raise InputProblem for the first file that cannot be enclosed."""
    for item in attachments:
        check_one(item, len(item.content), item.content)
    for content in scans.values():
        if not content.startswith(_PDF):
            raise InputProblem("prepare.scan_not_pdf", name="")
    sizes = [len(item.content) for item in attachments] + [len(scan) for scan in scans.values()]
    if sum(sizes) > TOTAL_LIMIT:
        raise InputProblem("prepare.too_large", limit_mb=TOTAL_LIMIT // 2**20)


def check_one(item: Attached, size: int, content: bytes | None) -> None:
    """Raise InputProblem where a file cannot be enclosed; without ``content`` by name and size."""
    suffix = item.name.rpartition(".")[2].lower()
    if suffix not in MAGIC_OF:
        raise InputProblem("prepare.attachment_type", name=item.name, known=", ".join(MAGIC_OF))
    if not size:
        raise InputProblem("prepare.attachment_empty", name=item.name)
    if size > SIZE_LIMIT:
        limit = SIZE_LIMIT // 2**20
        raise InputProblem("prepare.attachment_size", name=item.name, limit_mb=limit)
    if content is not None and not content.startswith(MAGIC_OF[suffix]):
        raise InputProblem("prepare.attachment_content", name=item.name)


def assign(files: Sequence[tuple[str, bytes]], proposals: Sequence[Proposal]) -> list[Attached]:
    """Return ``files`` (name, content) as attachments, each of the proposal that lists it.

    With one proposal everything is its own; among several, a file that none of them lists in its
    enclosures belongs to the dossier as a whole.
    """
    only = proposals[0].id if len(proposals) == 1 else None
    return [Attached(name, content, only or _owner(name, proposals)) for name, content in files]


def _owner(name: str, proposals: Sequence[Proposal]) -> str | None:
    stem = " ".join(words(name.rpartition(".")[0] or name))
    for proposal in proposals:
        for listed in proposal.texts("enclosures"):
            text = " ".join(words(listed))
            if text and stem and (stem in text or text in stem):
                return proposal.id
    return None
