"""The store of one person or office: every operation is one transaction, or nothing happens."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, insert, select, true
from sqlalchemy import text as sql
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ncs_desktop.domain.closing import Closing
from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.json_tree import JsonValue, freeze
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import fold
from ncs_desktop.files import make_folder
from ncs_desktop.store import attached, desk_bin, returning, versions
from ncs_desktop.store.connection import explain_sqlite_error, explained
from ncs_desktop.store.content import get_content, put_content
from ncs_desktop.store.desk import Desk
from ncs_desktop.store.migrate import bring_up_to_date, shipped
from ncs_desktop.store.records import (
    OWN_LINES,
    Attachment,
    Frozen,
    Listed,
    Outcome,
    Saved,
    Version,
    from_text,
    is_sound,
    sealed,
)
from ncs_desktop.store.schema import (
    ATTACHMENTS,
    ENTRIES,
    FROZEN,
    PROPOSALS,
    SETTINGS,
    VERSIONS,
    make_engine,
    reading,
)

_LISTED = tuple(PROPOSALS.c[name] for name in Listed._fields[:-1])
_KINDS = {
    column.name: (column.type.python_type, *((type(None),) if column.nullable else ()))
    for column in _LISTED
}
_SHORTEST_PREFIX = 4


class Store(Closing):
    """Proposals, their history, attachments and settings, in one SQLite file.

    Of several users of one file each has its own Store; every write takes the write lock at its
    beginning, so none is lost. Problems of the computer come as EnvironmentProblem; a save that
    raises has left the old version as it was.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._reader = reading(engine)
        self._session = str(uuid.uuid4())

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open the store at ``path``: created where missing, migrated where older.

        Raises EnvironmentProblem: ``store.newer``, ``store.foreign``, ``store.damaged``,
        ``store.locked``, ``store.cannot_open`` or what the system says.
        """
        path = Path(path).absolute()
        if path.is_dir():
            raise EnvironmentProblem("file.is_folder", path=path)
        make_folder(path.parent)
        bring_up_to_date(path, shipped())
        return cls(path, make_engine(path))

    def close(self) -> None:
        """Close the file; the store must not be used any more."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with explained(self.path):
            try:
                with engine.begin() as connection:
                    yield connection
            except DBAPIError as error:
                problem = explain_sqlite_error(error.orig, self.path)
                if problem is None:
                    raise
                raise problem from error

    def _writing(self) -> AbstractContextManager[Connection]:
        return self._transaction(self._engine)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._transaction(self._reader)

    @property
    def desk(self) -> Desk:
        """What the officer who collects proposals works on."""
        return Desk(self.path, self._writing, self._reading)

    def save(self, proposal: Proposal, now: datetime) -> Saved:
        """Keep ``proposal`` as the current version of its id.

        A frozen revision never changes: pass ``revision + 1``, or get InputProblem
        ``store.frozen``.
        """
        with self._writing() as connection:
            changed = versions.save(connection, proposal, now, self._session)
        return Saved(proposal, now, changed)

    def take_in(self, proposals: Sequence[Proposal], now: datetime) -> list[Outcome]:
        """Keep what one input brought, all of it or nothing, beside whatever the store holds."""
        with self._writing() as connection:
            return [versions.take_in(connection, proposal, now) for proposal in proposals]

    def choose(self, proposal_id: str, digest: str) -> None:
        """Make the content of this digest the current one where it has the current revision."""
        with self._writing() as connection:
            returning.choose(connection, proposal_id, digest)

    def load(self, proposal_id: str) -> Proposal:
        """Return the current version; EnvironmentProblem where its record is damaged."""
        with self._reading() as connection:
            return versions.read_row(versions.require_current(connection, proposal_id))

    def revisions(self) -> dict[str, int]:
        """Return the current revision of every proposal by its id, of those in the bin too."""
        return {
            line.id: line.revision for line in (*self.summaries(), *self.summaries(trashed=True))
        }

    def summaries(self, *, trashed: bool = False, own: bool = False) -> list[Listed]:
        """Return the list, the last saved first; or what is ``trashed``, the last put away first.

        ``own`` leaves out what was only received at the desk and never written on here.
        A line that cannot be read is listed as ``damaged``, not in the bin, and hides no other.
        """
        in_bin = PROPOSALS.c.trashed_at.is_not(None)
        wanted = and_(in_bin if trashed else ~in_bin, sql(OWN_LINES) if own else true())
        moment = PROPOSALS.c.trashed_at if trashed else PROPOSALS.c.saved_at
        query = select(*_LISTED).where(wanted).order_by(moment.desc())
        try:
            with self._reading() as connection:
                return _listed(connection.execute(query).all())
        except (EnvironmentProblem, ValueError, TypeError):
            return self._readable_summaries(trashed, own)

    def _readable_summaries(self, trashed: bool, own: bool) -> list[Listed]:
        wanted_ids = select(PROPOSALS.c.id).where(sql(OWN_LINES) if own else true())
        with self._reading() as connection:
            ids = connection.execute(wanted_ids.order_by(PROPOSALS.c.id)).scalars().all()
        lines = [self._readable_summary(proposal_id) for proposal_id in ids]
        wanted = (line for line in lines if bool(line.trashed_at) == trashed)
        return sorted(wanted, key=lambda line: line.trashed_at or line.saved_at, reverse=True)

    def _readable_summary(self, proposal_id: str) -> Listed:
        query = select(*_LISTED).where(PROPOSALS.c.id == proposal_id)
        try:
            with self._reading() as connection:
                return _listed(connection.execute(query).all())[0]
        except (EnvironmentProblem, ValueError, TypeError, IndexError):
            return Listed(proposal_id, damaged=True)

    def find(self, text: str) -> list[Listed]:
        """Return what a person means by ``text``: an id or its beginning, or a whole title."""
        wanted, start = fold(text), text.strip().lower()
        lines = [*self.summaries(), *self.summaries(trashed=True)]
        exact = [line for line in lines if line.id == start]
        return exact or [
            line
            for line in lines
            if (len(start) >= _SHORTEST_PREFIX and line.id.startswith(start))
            or (wanted and line.search.startswith(wanted) and fold(line.title) == wanted)
        ]

    def history(self, proposal_id: str) -> list[Version]:
        """Return the kept versions of a proposal, the latest first."""
        with self._reading() as connection:
            return versions.history(connection, proposal_id)

    def version(self, version_id: str) -> Proposal:
        """Return the content of one kept version."""
        query = select(VERSIONS).where(VERSIONS.c.id == version_id)
        with self._reading() as connection:
            row = versions.first_row(connection, query)
        if row is None:
            raise InputProblem("store.unknown_version", id=version_id)
        return versions.read_row(row)

    def freeze(
        self, proposal_id: str, now: datetime, reason: str | None, prefix: str = "A1"
    ) -> Frozen:
        """Freeze the current revision («Chốt bản ký») under its control code.

        ``reason`` says why open errors were accepted, ``prefix`` is the code of the form. Freezing
        a frozen revision returns what was recorded then.
        """
        with self._writing() as connection:
            return versions.freeze(connection, proposal_id, now, reason, prefix)

    def frozen(self, proposal_id: str, revision: int | None = None) -> Frozen | None:
        """Return the record of a frozen revision, of the current one where none is named."""
        with self._reading() as connection:
            if revision is None:
                revision = versions.require_current(connection, proposal_id)["revision"]
            row = versions.frozen_row(connection, proposal_id, revision)
        return None if row is None else versions.read_frozen(row)

    def return_to_frozen(self, proposal: Proposal, now: datetime) -> Saved:
        """Keep ``proposal``, which says what its frozen revision says, as the current version.

        Only confirmations and accepted findings may differ; else InputProblem ``store.frozen``.
        """
        with self._writing() as connection:
            changed = returning.return_to(connection, proposal, now, self._session)
        return Saved(proposal, now, changed)

    def frozen_revisions(self, proposal_id: str) -> list[Frozen]:
        """Return every frozen revision of a proposal, the first one first."""
        with self._reading() as connection:
            return returning.frozen_revisions(connection, proposal_id)

    def open_revision(self, proposal_id: str) -> int:
        """Return the number a changed text gets after a frozen revision: nobody knows it yet."""
        with self._reading() as connection:
            return returning.open_revision(connection, proposal_id)

    def trash(self, proposal_id: str, now: datetime, *, who: str = "", why: str = "") -> None:
        """Put a proposal into the bin; it leaves the officer's desk too, whose trail tells it."""
        with self._writing() as connection:
            desk_bin.move(connection, proposal_id, Act(who, now, why), away=True)

    def restore(self, proposal_id: str, now: datetime, *, who: str = "") -> None:
        """Take a proposal out of the bin, back to its place on the officer's desk too."""
        with self._writing() as connection:
            desk_bin.move(connection, proposal_id, Act(who, now), away=False)

    def seats(self, proposal_id: str) -> dict[str, int]:
        """Return by call the rank on the desk to which a proposal comes back."""
        with self._reading() as connection:
            calls = desk_bin.calls(connection, proposal_id)
        found = {}
        for call in calls:
            ranked = {entry.proposal_id for entry in self.desk.entries(call) if entry.proposed}
            every = [entry.proposal_id for entry in self.desk.entries(call, binned=True)]
            found[call] = 1 + sum(one in ranked for one in every[: every.index(proposal_id)])
        return found

    def purge(self, proposal_id: str) -> None:
        """Delete a proposal that lies in the bin, with its history and what settings hold of it.

        One that came to the officer's desk stays: InputProblem ``store.on_desk``.
        """
        in_bin = select(PROPOSALS.c.id).where(
            PROPOSALS.c.id == proposal_id, PROPOSALS.c.trashed_at.is_not(None)
        )
        with self._writing() as connection:
            if connection.execute(in_bin).first() is None:
                raise InputProblem("store.not_in_bin", id=proposal_id)
            on_desk = select(ENTRIES.c.id).where(ENTRIES.c.proposal_id == proposal_id)
            if connection.execute(on_desk).first() is not None:
                raise InputProblem("store.on_desk", id=proposal_id)
            for table in (FROZEN, ATTACHMENTS, VERSIONS):
                connection.execute(delete(table).where(table.c.proposal_id == proposal_id))
            connection.execute(delete(PROPOSALS).where(PROPOSALS.c.id == proposal_id))
            own = SETTINGS.c.key.contains(f":{proposal_id}:", autoescape=True)
            connection.execute(delete(SETTINGS).where(own))

    def attach(
        self,
        proposal_id: str,
        role: str,
        original_name: str,
        content: bytes,
        now: datetime,
        *,
        revision: int | None = None,
    ) -> Attachment:
        """Keep a file of a proposal; its content is durable before the record names it.

        It belongs to ``revision``, the current one where none is named. The same content given
        twice in one role is kept once.
        """
        sha256 = put_content(self.path, content)
        with self._writing() as connection:
            current: int = versions.require_current(connection, proposal_id)["revision"]
            wanted = Attachment(
                "", proposal_id, revision or current, role, original_name, sha256, len(content), now
            )
            return attached.add(connection, wanted)

    def attachments(self, proposal_id: str) -> list[Attachment]:
        """Return the files of a proposal in the order they were added."""
        with self._reading() as connection:
            return attached.of_proposal(connection, proposal_id)

    def detach(self, attachment_id: str, now: datetime) -> None:
        """Take a file off its proposal; the record is marked, the content stays."""
        with self._writing() as connection:
            attached.mark(connection, attachment_id, now)

    def put_back(self, attachment_id: str) -> None:
        """Give a proposal a file back that was taken off it."""
        with self._writing() as connection:
            attached.mark(connection, attachment_id, None)

    def content(self, sha256: str) -> bytes:
        """Return the content of an attachment, checked; EnvironmentProblem where it is damaged."""
        return get_content(self.path, sha256)

    def setting(self, key: str) -> JsonValue:
        """Return a setting; None where there is none, or where its record is damaged.

        One whose key names a proposal between colons goes when the proposal is purged.
        """
        query = select(SETTINGS).where(SETTINGS.c.key == key)
        with self._reading() as connection:
            row = versions.first_row(connection, query)
        if row is None or not is_sound(row):
            return None
        value: JsonValue = freeze(json.loads(row["body"]))
        return value

    def settings(self, beginning: str) -> dict[str, JsonValue]:
        """Return by key the settings whose key begins so; damaged records are left out."""
        query = select(SETTINGS).where(SETTINGS.c.key.startswith(beginning, autoescape=True))
        with self._reading() as connection:
            rows = [row._asdict() for row in connection.execute(query)]
        return {row["key"]: freeze(json.loads(row["body"])) for row in rows if is_sound(row)}

    def set_setting(self, key: str, value: JsonValue) -> None:
        """Keep a setting; any JSON value, None forgets it."""
        row = sealed({"key": key, "body": json.dumps(value, allow_nan=False)})
        with self._writing() as connection:
            connection.execute(delete(SETTINGS).where(SETTINGS.c.key == key))
            if value is not None:
                connection.execute(insert(SETTINGS).values(row))


def _listed(rows: Sequence[Any]) -> list[Listed]:
    """Build the lines; TypeError or ValueError where one of them is damaged."""
    for shape in {tuple(map(type, row)) for row in rows}:
        if not all(
            kind in _KINDS[column.name] for kind, column in zip(shape, _LISTED, strict=True)
        ):
            raise TypeError(shape)
    return [
        Listed._make((*row[:5], from_text(row[5]), row[6] and from_text(row[6]), *row[7:], False))
        for row in rows
    ]
