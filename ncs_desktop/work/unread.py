"""A file that cannot be read as data, kept with an empty phiếu for a person to type it in.

An old .doc, a locked file, a scan or a picture may be all that a sender has. It is never guessed
at: the phiếu is empty but for its year, and the file goes with it as an enclosure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.dossier import ATTACHMENT
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal, id_from_digest
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.files import read_bytes
from ncs_desktop.store.records import Outcome
from ncs_desktop.store.store import Store
from ncs_desktop.work.attachments import SIZE_LIMIT, check_one
from ncs_desktop.work.drafts import new_proposal
from ncs_desktop.work.keep import KeepFile, TakenIn
from ncs_desktop.work.papers import Attached
from ncs_desktop.work.received import UNREAD, Inbox, Piece
from ncs_desktop.work.word_forms import form_for


def may_be_kept(problem: NcsError) -> bool:
    """Whether what was refused may be kept with an empty phiếu: it is whole, and known to us."""
    return problem.code in UNREAD


def keep_unread(
    store: Store, catalog: Catalog, call_id: str, name: str, content: bytes, *, now: datetime
) -> tuple[Proposal, Outcome]:
    """Keep ``content`` called ``name`` with an empty phiếu of the call; the same file once only.

    Its name and size decide whether it may be enclosed, not how it begins: a locked .docx does not
    begin like one. A phiếu begun so before is left as it is, also when it was filled in since or
    put in the bin. Raises InputProblem where the file may not be enclosed: of another kind, empty,
    too large.
    """
    leaf = PurePosixPath(name.replace("\\", "/")).name
    check_one(Attached(leaf, content), len(content), None)
    proposal = empty_proposal(catalog, call_id, leaf, content)
    try:
        return store.load(proposal.id), Outcome.SAME
    except InputProblem:
        store.save(proposal, now)
    store.attach(proposal.id, ATTACHMENT, leaf, content, now)
    return proposal, Outcome.NEW


def empty_proposal(catalog: Catalog, call_id: str, name: str, content: bytes) -> Proposal:
    """Return the empty phiếu that goes with a file; its id follows from the file and the call."""
    call = catalog.call(call_id)
    new_id = id_from_digest(hashlib.sha256(f"{call.id}\n".encode() + content).hexdigest())
    proposal = new_proposal(form_for(catalog, call), call, new_id)
    return proposal.with_value("enclosures", (PurePosixPath(name).stem,))


def _unread_in(whole: Piece, catalog: Catalog, call_id: str) -> list[Piece]:
    """Return the files to keep: itself, or those in an e-mail or a zip that hold no phiếu."""
    with Inbox(catalog, call_id) as inbox:
        refused = [found for found in inbox.open(whole) if found.problem and not found.beside]
    return [it.piece for it in refused if it.piece and it.problem and may_be_kept(it.problem)]


def keeper(
    open_store: Callable[[], Store], catalog: Catalog, call_id: str, now: datetime
) -> KeepFile:
    """Return what keeps refused files while files are taken in, for the call ``call_id``.

    Given one it keeps all that can be kept of what lies in the same e-mail or zip.
    """
    catalog.call(call_id)

    def keep(path: Path, problem: NcsError) -> TakenIn | None:
        if not may_be_kept(problem):
            return None
        try:
            whole = Piece(path.name, read_bytes(path, SIZE_LIMIT))
            kept = {
                piece.name: keep_unread(
                    open_store(), catalog, call_id, piece.name, piece.content, now=now
                )
                for piece in _unread_in(whole, catalog, call_id)
            }
        except InputProblem as refused:
            return TakenIn(str(path), None, problem=refused)
        notes = tuple(Note("keep.unread", FrozenDict(file=name)) for name in kept)
        proposal, outcome = next(iter(kept.values()))
        return TakenIn(str(path), outcome, proposal, notes)

    return keep
