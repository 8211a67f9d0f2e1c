"""The supplement loop: ask for points, open them at the enterprise, match what comes back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.checks.inputs import Inputs
from ncs_desktop.domain.desk import Act, Decision
from ncs_desktop.domain.differences import Differences, compare
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, freeze
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.supplement import (
    Point,
    PointState,
    SupplementRequest,
    answering,
    answers,
    assess,
    draft_supplement_letter,
)
from ncs_desktop.domain.text import slug
from ncs_desktop.exchange.proposal_json import (
    SIZE_LIMIT,
    Note,
    read_proposal,
    write_json,
    write_proposal,
)
from ncs_desktop.exchange.request_file import read_request, write_request
from ncs_desktop.files import atomic_write, make_folder, read_bytes
from ncs_desktop.store.desk_records import RequestRecord
from ncs_desktop.store.records import Outcome
from ncs_desktop.store.store import Store
from ncs_desktop.work.desk_import import dossier_of
from ncs_desktop.work.keep import TakenIn
from ncs_desktop.work.prepare import check_proposal
from ncs_desktop.work.received import form_lookup

TEMPLATE = "cong-van-yeu-cau-bo-sung"
SUFFIX = ".ncs"
_NAME_LIMIT = 32


@dataclass(frozen=True)
class Asked:
    """A request drafted: its letter may still be edited before it is issued."""

    request: SupplementRequest
    letter: Letter
    number: int
    organization: str = ""


@dataclass(frozen=True)
class Opened:
    """A request at the enterprise: the proposal to open, marked as its answer.

    ``exact`` tells whether it is the version the officer read; ``own`` whether the store had it,
    else it comes out of the request itself.
    """

    request: SupplementRequest
    proposal: Proposal
    exact: bool
    own: bool


@dataclass(frozen=True)
class Returned:
    """What came back: both versions, each point's state, what differs.

    ``same_id`` is False where it came as another phiếu, which a person has yet to let replace the
    first.
    """

    record: RequestRecord
    request: SupplementRequest
    old: Proposal
    new: Proposal
    states: tuple[PointState, ...]
    differences: Differences
    same_id: bool

    @property
    def met(self) -> bool:
        """Whether every point is met."""
        return all(state.met is True for state in self.states)


def draft(
    store: Store,
    catalog: Catalog,
    call_id: str,
    proposal_id: str,
    points: Sequence[Point],
    *,
    sender: Sender,
    act: Act,
    until: date | None = None,
) -> Asked:
    """Draft letter and request about the version of a proposal that counts.

    Raises InputProblem ``supplement.no_point`` where nothing is asked.
    """
    if not points:
        raise InputProblem("supplement.no_point")
    proposal = store.desk.counted(call_id, proposal_id)
    number = next(
        entry.number for entry in store.desk.entries(call_id) if entry.proposal_id == proposal_id
    )
    request = SupplementRequest(
        id=str(uuid.uuid4()),
        call=call_id,
        proposal_id=proposal.id,
        revision=proposal.revision,
        digest=proposal.digest,
        title=proposal.title,
        points=tuple(points),
        created=act.at.astimezone(VIETNAM).isoformat(timespec="seconds"),
        agency=sender.name,
        until=until,
        data=freeze(json.loads(write_proposal(replace(proposal, table_line=EMPTY)))),
    )
    call = catalog.call(call_id)
    inputs = Inputs(proposal, catalog.form_of(proposal), call, None, act.at)
    places = {key: inputs.place(key) for key in request.fields}
    template = catalog.letter(TEMPLATE)
    letter = draft_supplement_letter(template, sender, request, proposal, call=call, places=places)
    return Asked(request, letter, number, proposal.text("proposer_name"))


def issue(store: Store, asked: Asked, folder: Path, act: Act) -> list[Path]:
    """Write letter and request file into ``folder``, then record that they were issued.

    Returns the files. A full disk leaves no record of what could not be written.
    """
    from ncs_desktop.documents.letter import compose_letter  # noqa: PLC0415
    from ncs_desktop.documents.write_docx import write_docx  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415

    request, document = asked.request, compose_letter(asked.letter)
    body = write_request(request)
    contents = {
        (TEMPLATE, ".docx"): write_docx(document),
        (TEMPLATE, ".pdf"): write_pdf([document]).content,
        ("yeu-cau-bo-sung", SUFFIX): body,
    }
    make_folder(folder)
    stem = _stem(asked, folder, [*contents])
    files = {f"{kind}-{stem}{suffix}": content for (kind, suffix), content in contents.items()}
    for name, content in files.items():
        atomic_write(folder / name, content)
    record = RequestRecord(
        request.id, request.call, request.proposal_id, asked.number, act.at, body, EMPTY
    )
    store.desk.ask(record, act)
    return [folder / name for name in files]


def _stem(asked: Asked, folder: Path, kinds: Sequence[tuple[str, str]]) -> str:
    """Return what names the files of a request: whose it is, what it is about, its day.

    The beginning of its id follows where ``folder`` holds files of that name.
    """
    request = asked.request
    parts = (slug(asked.organization, _NAME_LIMIT), slug(request.title, _NAME_LIMIT))
    stem = "-".join((*parts, request.created[:10]))
    taken = any((folder / f"{kind}-{stem}{suffix}").exists() for kind, suffix in kinds)
    return f"{stem}-{request.id[:8]}" if taken else stem


def open_request(path: Path, store: Store, catalog: Catalog) -> Opened:
    """Open a request file at the enterprise: the phiếu it is about, to be edited as its answer.

    The phiếu is the one of the store, else the one the request carries. Raises InputProblem
    ``supplement.no_proposal`` where there is neither.
    """
    name = str(path)
    request = read_request(read_bytes(path, SIZE_LIMIT), name)
    lines = [*store.summaries(), *store.summaries(trashed=True)]
    own = any(line.id == request.proposal_id for line in lines)
    if own:
        proposal = store.load(request.proposal_id)
    elif request.data:
        lookup = form_lookup(catalog, name)
        proposal = read_proposal(write_json(request.data), name, lookup).proposal
    else:
        raise InputProblem("supplement.no_proposal", file=name, title=request.title)
    exact = proposal.digest == request.digest
    return Opened(request, answering(proposal, request), exact, own)


def keep_request(
    store: Store, catalog: Catalog, now: datetime, path: Path, problem: NcsError
) -> TakenIn | None:
    """Keep a request file, refused as a phiếu for ``problem``, beside the phiếu it is about.

    None where the file is none. The phiếu comes out of the bin; what is asked shows in its editor
    until someone says it is done. The answer is a revision of its own, higher than the one asked
    about, so that both offices tell the two apart.
    """
    if problem.code != "supplement.is_request":
        return None
    try:
        opened = open_request(path, store, catalog)
        request = opened.request
        outcome = Outcome.SAME
        if not opened.own:
            (outcome,) = store.take_in([opened.proposal], now)
        elif any(line.id == request.proposal_id for line in store.summaries(trashed=True)):
            store.restore(request.proposal_id, now)
        if opened.proposal.revision <= request.revision:
            store.save(replace(opened.proposal, revision=request.revision + 1), now)
        store.set_setting(_asked_key(request.proposal_id), json.loads(write_request(request)))
    except NcsError as other:
        return TakenIn(str(path), None, problem=other)
    note = Note("supplement.other_version", FrozenDict(title=request.title))
    return TakenIn(str(path), outcome, opened.proposal, () if opened.exact else (note,))


def asked_of(store: Store, proposal_id: str) -> SupplementRequest | None:
    """Return what was asked last of a phiếu of this store, done or not; None where nothing was."""
    kept = store.setting(_asked_key(proposal_id))
    return read_request(json.dumps(kept).encode(), proposal_id) if kept else None


def is_done(store: Store, request: SupplementRequest) -> bool:
    """Whether a person said that the request is answered."""
    return store.setting(_done_key(request.proposal_id)) == request.id


def mark_done(store: Store, proposal_id: str, *, done: bool) -> None:
    """Keep that a person says that what was asked of a phiếu is answered, or takes it back."""
    asked = asked_of(store, proposal_id)
    store.set_setting(_done_key(proposal_id), asked.id if asked and done else None)


def answer_until(store: Store, proposal_ids: Sequence[str]) -> date | None:
    """Return the first day before which answers of these phiếu are due; None where none is."""
    asked = (asked_of(store, proposal_id) for proposal_id in proposal_ids)
    return min((one.until for one in asked if one and one.until), default=None)


def unanswered(
    catalog: Catalog, request: SupplementRequest, proposal: Proposal, now: datetime
) -> tuple[Point, ...]:
    """Return the points that look open in ``proposal``: nothing changed, or still found.

    Without the version asked about in the request, nothing is known to have changed.
    """
    old = proposal
    if request.data:
        lookup = form_lookup(catalog, request.title)
        old = read_proposal(write_json(request.data), request.title, lookup).proposal
    findings = check_proposal(catalog, proposal, now, None, request.call).findings
    states = assess(request, old, proposal, findings, with_dossier=False)
    return tuple(one.point for one in states if not (one.changed if one.met is None else one.met))


def _asked_key(proposal_id: str) -> str:
    """Return where the store keeps it; deleting the phiếu for good deletes it, too."""
    return f"request:{proposal_id}:"


def _done_key(proposal_id: str) -> str:
    """Return where the store keeps which request is done."""
    return f"request:{proposal_id}:done"


def find_return(store: Store, catalog: Catalog, record: RequestRecord, act: Act) -> Returned | None:
    """Return what came back for a request, with each point's state; None where nothing did yet.

    It is a newer version of the same phiếu, another phiếu that names the request, or the one a
    person said replaces it, such as a Word form read anew.
    """
    request = read_request(record.body, record.id)
    old = store.desk.version(record.proposal_id, record.number)
    new = _newer(store, record) or _answer(store, record) or _replacement(store, record)
    if new is None:
        return None
    dossier = dossier_of(store, catalog, record.call, new.digest)
    findings = check_proposal(catalog, new, act.at, dossier, record.call).findings
    states = assess(request, old, new, findings, record.verdicts, with_dossier=dossier is not None)
    differences = compare(old, new, catalog.form_of(new))
    return Returned(record, request, old, new, states, differences, new.id == old.id)


def _newer(store: Store, record: RequestRecord) -> Proposal | None:
    """Return the newest version where one came since the request was made.

    What the desk corrected itself is no answer, nor what lay there undecided when it asked.
    """
    since = [it for it in store.history(record.proposal_id) if it.number > record.number]
    if not any(version.current for version in since):
        return None
    own = {
        row.at
        for row in store.desk.trail(record.call)
        if record.proposal_id in row.detail.get("corrected", ())
    }
    later = (version.saved_at for version in since if version.saved_at >= record.asked_at)
    came = any(moment not in own for moment in later)
    return store.load(record.proposal_id) if came else None


def _answer(store: Store, record: RequestRecord) -> Proposal | None:
    found = (
        proposal
        for proposal in store.desk.counted_all(record.call)
        if proposal.id != record.proposal_id and answers(proposal, record.id)
    )
    return next(found, None)


def _replacement(store: Store, record: RequestRecord) -> Proposal | None:
    entries = store.desk.entries(record.call)
    asked = next(entry for entry in entries if entry.proposal_id == record.proposal_id)
    found = (other for other, said in asked.decisions.items() if said is Decision.REPLACED)
    other = next(found, None)
    return store.desk.counted(record.call, other) if other is not None else None
