"""Bringing files to the officer's desk: read, checked, kept, each with its receipt.

Every file is one transaction: stopping at any moment leaves the desk consistent, and the same files
again bring in exactly what was missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.desk import Act, Channel, Remark, Result
from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.findings import Finding, Points, accepted, points_by_rule, standing
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.archive import MAGIC as ZIP_MAGIC
from ncs_desktop.exchange.archive import USUAL, read_archive
from ncs_desktop.exchange.proposal_json import Loaded
from ncs_desktop.files import read_bytes
from ncs_desktop.store.desk_receipts import renamed
from ncs_desktop.store.desk_records import Admission, Incoming, Receipt
from ncs_desktop.store.store import Store
from ncs_desktop.work.collect import require_year
from ncs_desktop.work.inputs import all_files
from ncs_desktop.work.prepare import Checked, check_proposal
from ncs_desktop.work.received import (
    BESIDE,
    DEEPEST,
    NO_FORM,
    UNREAD,
    WORD_SUFFIXES,
    Inbox,
    Piece,
    Received,
    read_mail,
)
from ncs_desktop.work.unread import empty_proposal

KEPT = "desk.kept"
"""Remark on a file kept beside an empty phiếu because nothing can be read from it."""
DOUBTS = ("input.doubtful", "input.unplaced", KEPT)
"""Remarks on a reading that a person should compare with its source."""
NO_DATA = (*UNREAD, "input.text", NO_FORM)
"""Why a sound file gives no phiếu: it may still hold one for a person's eyes."""
NOT_OURS = ("collect.other_call", "input.no_attachment")
"""Why a sound file has nothing for this call."""
_TIME_RULES = "T"
_NO_DOSSIER = (".json", *WORD_SUFFIXES)
_MAILS = (".eml", ".msg")


@dataclass(frozen=True)
class Brought:
    """What became of one file a person gave: ``receipts`` of the files in it.

    ``known`` says that it was wholly in before, its receipts tell how it is called now;
    ``problem`` is what kept it from being read at all.
    """

    path: Path
    result: Result
    receipts: tuple[Receipt, ...] = ()
    known: bool = False
    problem: NcsError | None = None


class DeskCheck:
    """What the checks find for the desk of a call, the one source of window, workbook and dossier.

    ``dossiers`` (by digest) are what proposals came in. The rules of time are left out: lateness is
    told by the time of receipt, and would change with the day one looks.
    """

    def __init__(
        self,
        catalog: Catalog,
        call_id: str,
        now: datetime,
        dossiers: Mapping[str, Dossier | None] | None = None,
    ) -> None:
        self._catalog, self._call_id, self._now = catalog, call_id, now
        self._dossiers = dossiers or {}

    def checked(self, proposal: Proposal) -> Checked:
        """Return what the desk shows of a proposal, exactly what it counts; the accepted last."""
        dossier = self._dossiers.get(proposal.digest)
        checked = check_proposal(self._catalog, proposal, self._now, dossier, self._call_id)
        found = (*standing(checked.findings), *accepted(checked.findings))
        kept = tuple(finding for finding in found if not finding.code.startswith(_TIME_RULES))
        return Checked(proposal, kept)

    def findings(self, proposal: Proposal) -> tuple[Finding, ...]:
        """Return the findings of ``checked``."""
        return self.checked(proposal).findings

    def __call__(self, proposal: Proposal) -> Mapping[str, Points]:
        """Return how much each rule found."""
        return points_by_rule(self.findings(proposal))


def files_to_bring(paths: Iterable[Path]) -> list[Path]:
    """Return every file at ``paths``, those in folders too, so that progress has its total."""
    return list(dict.fromkeys(file for path in paths for file in all_files(path)))


def bring_in(
    catalog: Catalog,
    store: Store,
    files: Iterable[Path],
    call_id: str,
    act: Act,
    *,
    channel: Channel = Channel.OTHER,
) -> Iterator[Brought]:
    """Bring ``files`` to the desk of a call one by one; a bad one is told and stops no other.

    Stop by closing the generator: what was yielded is in, nothing else is. A file that is in
    already is not read again. Raises EnvironmentProblem where the store cannot be written: nothing
    after that could be kept.
    """
    deadline = catalog.call(call_id).deadline
    receipts = store.desk.receipts(call_id)
    earlier, copies = _by_input(receipts), _Copies(receipts)
    had = {one.id for one in receipts}
    kept = {one.sha256: one for one in receipts if is_kept(one)}
    with Inbox(catalog, call_id) as inbox:
        for path in files:
            try:
                piece = Piece(path.name, read_bytes(path, USUAL.content))
            except NcsError as problem:
                yield Brought(path, Result.REJECTED, problem=problem)
                continue
            before = earlier.get(piece.sha256, [])
            copy = copies.wanted(piece)
            if before and not any(one.result is Result.REJECTED for one in before):
                if copy:
                    noted = store.desk.copy_in(before, piece.name, copy, act)
                    yield Brought(path, Result.SAME, tuple(noted), known=True)
                    continue
                again = (replace(_as_known(one), name=renamed(one, piece.name)) for one in before)
                yield Brought(path, Result.SAME, tuple(again), known=True)
                continue
            arrived = list(inbox.open(piece))
            files_in = tuple(_incoming(item, catalog, call_id, kept) for item in arrived)
            came_by = Channel.EMAIL if piece.suffix in _MAILS else channel
            admission = Admission(call_id, piece.sha256, files_in, piece.content, came_by, deadline)
            check = DeskCheck(catalog, call_id, act.at, _dossiers(arrived))
            made = earlier[piece.sha256] = store.desk.admit(admission, act, check)
            if copy and all(one.id in had for one in made):
                made = store.desk.copy_in(made, piece.name, copy, act)
            told = tuple(_as_known(one) if one.id in had else one for one in made)
            had.update(one.id for one in made)
            yield Brought(path, _result(told), told)


class _Copies:
    """Which inputs are noted already, so that the same files again add no receipt."""

    def __init__(self, receipts: Iterable[Receipt]) -> None:
        inputs = {one.input for one in receipts}
        self._noted = Counter((sha256, name) for sha256, name, _copy in inputs)
        self._known = Counter(sha256 for sha256, _name, _copy in inputs)
        self._seen: Counter[tuple[str, str]] = Counter()

    def wanted(self, piece: Piece) -> int:
        """Return the number under which a copy is to be noted; 0 for no copy, or one noted."""
        key = (piece.sha256, clean_text(piece.name).text)
        self._seen[key] += 1
        if self._seen[key] <= self._noted[key]:
            return 0
        self._noted[key] += 1
        self._known[piece.sha256] += 1
        return self._known[piece.sha256] - 1


def _by_input(receipts: Iterable[Receipt]) -> dict[str, list[Receipt]]:
    """Return the receipts of each input by its SHA-256, those of copies left out."""
    found: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        if not receipt.copy:
            found.setdefault(receipt.input_sha256, []).append(receipt)
    return found


def _as_known(receipt: Receipt) -> Receipt:
    """Return a receipt of an earlier import as this one sees it: nothing new; a refusal stays."""
    rejected = receipt.result is Result.REJECTED
    return receipt if rejected else replace(receipt, result=Result.SAME)


def keep_as_file(
    catalog: Catalog, store: Store, file: tuple[Path, str], call_id: str, act: Act
) -> Receipt:
    """Keep a file of which nothing can be read, beside an empty phiếu to be filled by hand.

    ``file`` is the path of the input, which may be an e-mail or a zip, and the file's SHA-256. The
    phiếu has the file's name as its title; its id follows from the file, so that keeping it twice
    is keeping it once.
    """
    path, sha256 = file
    whole = Piece(path.name, read_bytes(path, USUAL.content))
    with Inbox(catalog, call_id) as inbox:
        arrived = list(inbox.open(whole))
    pieces = (one.piece for one in arrived)
    piece = next((found for found in pieces if found and found.sha256 == sha256), None)
    if piece is None:
        raise InputProblem("desk.file_changed", file=path.name)
    receipts = store.desk.receipts(call_id)
    kept = {one.sha256: one for one in receipts if is_kept(one)}
    here = (one for one in receipts if (one.input_sha256, one.sha256) == (whole.sha256, sha256))
    came_by = next((one.channel for one in here), None)
    blank = empty_proposal(catalog, call_id, piece.name, piece.content)
    blank = blank.with_value("title", PurePath(piece.name).stem)
    remark = Remark(KEPT, FrozenDict(file=piece.name))
    item = Incoming(
        piece.name, sha256, (blank,), (remark,), received_at=piece.when, channel=came_by
    )
    files = (
        item if one.piece is piece else _incoming(one, catalog, call_id, kept) for one in arrived
    )
    deadline = catalog.call(call_id).deadline
    admission = Admission(call_id, whole.sha256, tuple(files), whole.content, deadline=deadline)
    check = DeskCheck(catalog, call_id, act.at, _dossiers(arrived))
    found = store.desk.admit(admission, act, check)
    return next(one for one in found if one.sha256 == sha256)


def _dossiers(arrived: Iterable[Received]) -> dict[str, Dossier | None]:
    return {item.proposal.digest: item.dossier for one in arrived for item in one.loaded}


def _result(receipts: Sequence[Receipt]) -> Result:
    """Return the first kind of result that one of the files had."""
    found = {receipt.result for receipt in receipts}
    return next((kind for kind in Result if kind in found), Result.REJECTED)


def _incoming(
    received: Received, catalog: Catalog, call_id: str, kept: Mapping[str, Receipt]
) -> Incoming:
    """Return a file that was read as the desk takes it in; one of another year is rejected.

    ``kept`` are the files, by SHA-256, that lie beside a phiếu to be filled by hand: in already.
    """
    sha256 = received.piece.sha256 if received.piece is not None else ""
    came_by = Channel.EMAIL if received.when else None
    item = Incoming(received.name, sha256, received_at=received.when, channel=came_by)
    problem = received.problem
    try:
        for loaded in received.loaded:
            require_year(loaded, catalog, catalog.call(call_id))
    except InputProblem as other_year:
        problem = other_year
    if problem is not None and sha256 in kept:
        title = str(kept[sha256].proposals[0]["title"])
        params = FrozenDict(file=received.name, title=title)
        return replace(item, remarks=(Remark("desk.kept_before", params),))
    if received.beside and problem is not None:
        return replace(item, remarks=(Remark(BESIDE, FrozenDict(problem.params)),))
    if problem is not None:
        remark = Remark(problem.code, FrozenDict(problem.params))
        return replace(item, remarks=(remark,), rejected=True)
    remarks = tuple(
        remark for loaded in received.loaded for remark in _remarks(loaded, call_id, catalog)
    )
    proposals = tuple(loaded.proposal for loaded in received.loaded)
    return replace(item, proposals=proposals, remarks=remarks)


def _remarks(loaded: Loaded, call_id: str, catalog: Catalog) -> Iterator[Remark]:
    for note in loaded.notes:
        texts = {"texts": loaded.unplaced} if note.message == "input.unplaced" else {}
        yield Remark(note.message, FrozenDict({**note.params, **texts}))
    proposal = loaded.proposal
    if proposal.call != call_id:
        params = FrozenDict(title=proposal.title, call=catalog.call_title(proposal.call))
        yield Remark("collect.call_differs", params)


def needs_review(receipt: Receipt) -> bool:
    """Whether a reading is doubtful and nobody has compared it with its source yet."""
    doubtful = any(remark.message in DOUBTS for remark in receipt.remarks)
    return doubtful and receipt.reviewed_at is None


def is_kept(receipt: Receipt) -> bool:
    """Whether a receipt is of a file kept beside an empty phiếu."""
    return any(remark.message == KEPT for remark in receipt.remarks)


def is_word(receipt: Receipt) -> bool:
    """Whether a phiếu can be compared with its original: read from Word, or filled by hand."""
    is_form = receipt.name.lower().endswith(WORD_SUFFIXES) or is_kept(receipt)
    return receipt.content is not None and bool(receipt.proposals) and is_form


def original(store: Store, receipt: Receipt, inbox: Inbox) -> bytes:
    """Return the file of a receipt as it came, out of the e-mail or zip it came in.

    Raises InputProblem ``desk.no_original`` where nothing was kept.
    """
    if receipt.content is not None:
        whole = Piece(receipt.name.partition("/")[0], store.content(receipt.content))
        for piece in _pieces(whole, inbox):
            if piece.sha256 == receipt.sha256:
                return piece.content
    raise InputProblem("desk.no_original", file=receipt.name)


def dossier_of(store: Store, catalog: Catalog, call_id: str, digest: str) -> Dossier | None:
    """Return the dossier in which the proposal of this digest came in; None where in none.

    A Word form is never part of one, and reading it anew would take a process of its own.
    """
    for receipt in reversed(store.desk.receipts(call_id)):
        held = any(item.get("digest") == digest for item in receipt.proposals)
        name = receipt.name.partition("/")[0]
        is_word = name.lower().endswith(WORD_SUFFIXES)
        if held and not is_word and receipt.content is not None:
            whole = Piece(name, store.content(receipt.content))
            with Inbox(catalog, call_id) as inbox:
                found = _dossiers(inbox.open(whole)).get(digest)
            if found is not None:
                return found
    return None


def desk_check(store: Store, catalog: Catalog, call_id: str, now: datetime) -> DeskCheck:
    """Return the check of a whole desk; every input is opened once for the dossiers in it."""
    found: dict[str, Dossier | None] = {}
    seen: set[str] = set()
    with Inbox(catalog, call_id) as inbox:
        for receipt in reversed(store.desk.receipts(call_id)):
            name, content = receipt.name.partition("/")[0], receipt.content
            if content is None or content in seen or name.lower().endswith(_NO_DOSSIER):
                continue
            seen.add(content)
            for digest, dossier in _dossiers(
                inbox.open(Piece(name, store.content(content)))
            ).items():
                if dossier is not None:
                    found.setdefault(digest, dossier)
    return DeskCheck(catalog, call_id, now, found)


def _pieces(piece: Piece, inbox: Inbox) -> Iterator[Piece]:
    """Yield a file and, where it is an e-mail or a zip, what is in it."""
    yield piece
    if piece.depth >= DEEPEST:
        return
    inner: Iterable[tuple[str, bytes]] = ()
    try:
        if piece.content.startswith(ZIP_MAGIC):
            inner = read_archive(piece.content, piece.name).items()
        elif piece.suffix in _MAILS:
            mail = inbox.worker.run(piece.name, read_mail, piece.content, piece.name, piece.suffix)
            inner = [(item.name, item.content) for item in mail.attachments]
    except InputProblem:
        return
    for name, content in inner:
        yield from _pieces(Piece(name, content, depth=piece.depth + 1), inbox)
