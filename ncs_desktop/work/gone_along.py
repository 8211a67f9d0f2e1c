"""What came to the desk in one e-mail or zip with a single phiếu, and goes on with it.

It lies in the store within the input it came in, as the enclosures of a bundle do, and is never
taken for a signed scan: nothing tells what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.store.desk_records import Receipt
from ncs_desktop.work.attachments import check_one
from ncs_desktop.work.papers import Attached
from ncs_desktop.work.received import BESIDE, Received

_PDF, _PDF_END = b"%PDF-", b"%%EOF"
_OTHER_YEAR = "collect.other_call"


def owners(receipts: Iterable[Receipt]) -> Mapping[tuple[str, str], str]:
    """Return whose the files beside phiếu are: the phiếu's id by kept input and SHA-256.

    Beside several phiếu, one of another year among them, nothing tells whose a file is; a copy of
    an input has none of its own.
    """
    ids: dict[str, set[str]] = defaultdict(set)
    beside: list[tuple[str, str]] = []
    for receipt in receipts:
        if receipt.content is None:
            continue
        ids[receipt.content].update(str(item["id"]) for item in receipt.proposals)
        if any(remark.message == _OTHER_YEAR for remark in receipt.remarks):
            ids[receipt.content].add(receipt.id)
        if is_beside(receipt):
            beside.append((receipt.content, receipt.sha256))
    return {key: next(iter(ids[key[0]])) for key in beside if len(ids[key[0]]) == 1}


def is_beside(receipt: Receipt) -> bool:
    """Whether a receipt is of a file that only came along."""
    return any(remark.message == BESIDE for remark in receipt.remarks)


def enclosed(name: str, content: bytes) -> Attached:
    """Return a file as an enclosure; raise InputProblem where it may not be one.

    ``name`` is its path within what it came in. A PDF without an end was cut on its way.
    """
    file = Attached(PurePosixPath(name).name, content)
    check_one(file, len(content), content)
    if content.startswith(_PDF) and _PDF_END not in content:
        raise InputProblem("prepare.attachment_cut", name=file.name)
    return file


def gone_along(
    content: str, arrived: Iterable[Received], known: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Proposal, Attached]]:
    """Yield the enclosures in what arrived in the input kept as ``content``, with their phiếu."""
    files = list(arrived)
    proposals = [loaded.proposal for one in files for loaded in one.loaded]
    for one in files:
        owner = known.get((content, one.piece.sha256)) if one.piece else None
        if one.piece is None or owner is None:
            continue
        try:
            file = enclosed(one.piece.name, one.piece.content)
        except InputProblem:
            continue
        for proposal in proposals:
            if proposal.id == owner:
                yield proposal, file
