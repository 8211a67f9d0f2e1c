"""Keeping: take proposals into the store, find one again, make and put back safety copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.store.backup import (
    BackupMade,
    Restored,
    automatic_backup,
    dated_backups,
    move_aside,
    restore_backup,
)
from ncs_desktop.store.backup import backup as make_backup
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.lock import WindowLock
from ncs_desktop.store.records import Attachment, Listed, Outcome, Problem, Version
from ncs_desktop.store.store import Store
from ncs_desktop.work.inputs import Read
from ncs_desktop.work.kept import keep_enclosures
from ncs_desktop.work.word_sources import WordSource, keep_source, source_of


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one proposal of an input, or of an input that could not be used.

    ``outcome`` is None where the input was rejected; ``problem`` then says why. ``conflict`` tells
    of content that differs from what the store held under the same revision.
    """

    source: str
    outcome: Outcome | None
    proposal: Proposal | None = None
    notes: tuple[Note, ...] = ()
    problem: NcsError | None = None
    conflict: Note | None = None


KeepFile = Callable[[Path, NcsError], "TakenIn | None"]
"""Keeps a file that could not be read for the reason given; None where it does not."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal of the store with all that belongs to it."""

    line: Listed
    proposal: Proposal
    history: tuple[Version, ...]
    attachments: tuple[Attachment, ...]
    word: WordSource | None = None


def take_in(
    open_store: Callable[[], Store],
    files: Iterable[Path],
    read: Callable[[Path], Read],
    now: datetime,
    keep_file: KeepFile | None = None,
) -> Iterator[TakenIn]:
    """Take ``files`` into the store one by one; a bad file is rejected and stops no other.

    ``read`` gives all proposals of a file or raises NcsError; each file is one transaction, so
    stopping between two files leaves the store consistent. Scans and enclosures of a bundle, and
    the Word files proposals were read from, follow the proposals. ``open_store`` is asked only
    where there is something to keep, so that bad input leaves no empty store behind; its problems
    are raised. ``keep_file`` keeps, where it can, a file that was refused, or what a person
    must read beside the proposals in it.
    """
    revisions: dict[str, int] | None = None
    for path in files:
        try:
            found = read(path)
        except NcsError as problem:
            kept = keep_file(path, problem) if keep_file is not None else None
            yield kept or TakenIn(str(path), None, problem=problem)
            continue
        revisions = open_store().revisions() if revisions is None else revisions
        outcomes = open_store().take_in([loaded.proposal for loaded in found.loaded], now)
        for bundle in found.bundles:
            keep_enclosures(open_store(), bundle, now)
        for loaded in found.loaded:
            if loaded.proposal.id in found.words:
                keep_source(open_store(), loaded, found.words[loaded.proposal.id], now)
        for loaded, outcome in zip(found.loaded, outcomes, strict=True):
            conflict = _conflict(open_store(), loaded, outcome, revisions)
            yield TakenIn(loaded.source, outcome, loaded.proposal, loaded.notes, None, conflict)
        beside = keep_file(path, found.unread[0]) if keep_file and found.unread else None
        if beside is not None:
            yield beside


def _conflict(
    store: Store, loaded: Loaded, outcome: Outcome, revisions: dict[str, int]
) -> Note | None:
    """Return what to say where the revision is one the store had with other content.

    ``revisions`` are those of the store before the proposal came, and are kept up to date.
    """
    proposal = loaded.proposal
    if outcome is Outcome.NEW:
        revisions[proposal.id] = proposal.revision
    if outcome is not Outcome.UPDATED:
        return None
    before = revisions.get(proposal.id)
    now = revisions[proposal.id] = store.load(proposal.id).revision
    if before != proposal.revision:
        return None
    code = "keep.conflict" if now == before else "keep.conflict_frozen"
    return Note(code, FrozenDict(revision=before, next=now))


def pick(store: Store, text: str) -> Listed:
    """Return the one proposal that ``text`` names: its id, the id's beginning, or its title.

    Raises InputProblem ``keep.not_found`` or ``keep.ambiguous``.
    """
    found = store.find(text)
    if not found:
        raise InputProblem("keep.not_found", text=text)
    if len(found) > 1:
        raise InputProblem("keep.ambiguous", text=text, count=len(found))
    return found[0]


def show(store: Store, text: str) -> Shown:
    """Return everything the store holds of the proposal that ``text`` names."""
    line = pick(store, text)
    return Shown(
        line,
        store.load(line.id),
        tuple(store.history(line.id)),
        tuple(store.attachments(line.id)),
        source_of(store, line.id),
    )


def backup(store_path: Path, target: Path, now: datetime) -> BackupMade:
    """Make a safety copy of everything; see ``store.backup.backup``."""
    return make_backup(store_path, target, now)


def daily_backup(store_path: Path, now: datetime) -> BackupMade | None:
    """Make today's safety copy in ``backups`` beside the store, unless there is one already.

    For the window to call in the background; see ``store.backup.automatic_backup``.
    """
    return automatic_backup(store_path, backups_folder(store_path), now)


def backups_folder(store_path: Path) -> Path:
    """Return where the safety copies lie that the program makes by itself."""
    return store_path.with_name("backups")


def automatic_backups(store_path: Path) -> list[Path]:
    """Return the safety copies the program made by itself, the newest first."""
    return sorted(dated_backups(backups_folder(store_path)), reverse=True)


def put_aside(store_path: Path, now: datetime) -> Path | None:
    """Make room for a new store; the present one is kept beside under a dated name, returned here.

    For a window that holds the lock and could not open the store.
    """
    return move_aside(store_path, now)


def restore(source: Path, store_path: Path, now: datetime, *, locked: bool = False) -> Restored:
    """Put a safety copy back; ``locked`` says that the caller already holds the window lock.

    Raises EnvironmentProblem ``store.second_window`` while a window has the store open.
    """
    if locked:
        return restore_backup(source, store_path, now)
    with WindowLock(store_path):
        return restore_backup(source, store_path, now)


def examine(store_path: Path) -> list[Problem]:
    """Return everything wrong with the store; the empty list is good news."""
    return diagnose(store_path)
