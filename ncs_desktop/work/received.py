"""What arrives: files, and files within e-mails and zips, each read for itself.

One bad file never stops the rest: every file comes out as read or as refused with its reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.closing import Closing
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.archive import MAGIC as ZIP_MAGIC
from ncs_desktop.exchange.archive import Archive, open_archive
from ncs_desktop.exchange.bundle import Bundle, bundle_of, read_bundle_proposals
from ncs_desktop.exchange.manifest import PATH as MANIFEST
from ncs_desktop.exchange.proposal_json import Loaded, Note, read_proposal
from ncs_desktop.exchange.verifying import verify
from ncs_desktop.work.isolation import Isolation
from ncs_desktop.work.word_forms import load_word

if TYPE_CHECKING:
    from ncs_desktop.exchange.mail import Mail

DEEPEST = 3
"""How many e-mails or zips may be inside one another."""
ENCLOSED = ("input.pdf", "input.picture", "input.office", "input.rtf")
"""Refusals that are no matter where the file only goes along with a proposal."""
UNREAD = (*ENCLOSED, "input.old_word", "docx.old_or_locked", "docx.only_pictures")
"""Refusals of files that hold a phiếu for human eyes only."""
NO_FORM = "input.no_form"
"""Refusal of a Word file that is no phiếu: a letter, a commitment, a summary table."""
IGNORED_NAMES = ("thumbs.db", "desktop.ini")
IGNORED_PREFIXES = ("~$", ".", "__macosx/")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_TEXT_SUFFIXES = (".txt", ".csv", ".md", ".log", ".htm", ".html", ".xml", ".ini", ".url")
_ENCLOSED_SUFFIXES = (".doc", ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
_WORD_PART = "word/document.xml"


@dataclass(frozen=True)
class Piece:
    """A file as it came: ``name`` is its path within what it came in, ``when`` it was received.

    The name is for reading: what no line can show, or what would turn a line about, is left out.
    """

    name: str
    content: bytes
    when: datetime | None = None
    depth: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", shown_name(self.name))

    @property
    def suffix(self) -> str:
        """The suffix of its name, in small letters."""
        return PurePosixPath(self.name.replace("\\", "/")).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 (hex) of its content."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def archive(self) -> Archive:
        """The files in it, for it is a zip; InputProblem where the gate refuses it."""
        return open_archive(self.content, self.name)


@dataclass(frozen=True)
class Received:
    """What became of one file: its proposals, or the problem that stands against reading it.

    ``when`` is the time an e-mail was received; a file's own date is never taken for it.
    ``beside`` marks a file that only came along with proposals, such as the scan of one.
    ``piece`` is the file, None where it could not be read, and ``bundle`` what the proposals came
    in; keep both no longer than needed. ``identity`` is what the same file sent again has too: of a
    bundle that agrees with its manifest the hash of that, since it names the hash of every file.
    """

    name: str
    piece: Piece | None
    loaded: tuple[Loaded, ...] = ()
    problem: NcsError | None = None
    when: datetime | None = None
    beside: bool = False
    bundle: Bundle | None = None
    identity: str = ""


def shown_name(name: str) -> str:
    """Return a file's name as one clean line; a sender may have put anything into it."""
    return " ".join(clean_text(name).text.split())


_Read = Callable[["Inbox", Piece], Iterator[Received]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: how it starts, what it is called (any name where none is listed)."""

    magic: bytes
    suffixes: tuple[str, ...]
    read: _Read

    def matches(self, piece: Piece) -> bool:
        """Whether a file that starts so and is called so is of this kind."""
        named = not self.suffixes or piece.suffix in self.suffixes
        return named and piece.content.startswith(self.magic)


class Inbox(Closing):
    """Reads whatever comes in; Word files and e-mails in a process of its own, started if needed.

    ``call_id`` is the call of Word files, which name none. Must be closed.
    """

    def __init__(
        self, catalog: Catalog, call_id: str | None = None, worker: Isolation | None = None
    ) -> None:
        self.catalog, self.call_id = catalog, call_id
        self.worker = worker or Isolation()

    def close(self) -> None:
        """End the worker process."""
        self.worker.close()

    def open(self, piece: Piece) -> Iterator[Received]:
        """Yield every file in ``piece``: itself, or what an e-mail or a zip holds."""
        kind = next(kind for kind in _KINDS if kind.matches(piece))
        try:
            yield from kind.read(self, piece)
        except NcsError as problem:
            yield Received(piece.name, piece, problem=problem, when=piece.when)

    def open_all(self, piece: Piece, files: list[tuple[str, bytes]]) -> Iterator[Received]:
        """Yield the files within ``piece``; what only goes along with a proposal is marked.

        A Word file that is no phiếu is taken for that only beside a single one: among several it
        might be another one, so badly made that it was not known.
        """
        if piece.depth >= DEEPEST:
            raise InputProblem("input.too_deep", file=piece.name)
        waiting: list[Received] = []
        found: set[str] = set()
        for name, content in files:
            inner = Piece(f"{piece.name}/{name}", content, piece.when, piece.depth + 1)
            for received in self.open(inner):
                found.update(loaded.proposal.id for loaded in received.loaded)
                if received.problem is not None and received.problem.code in (*ENCLOSED, NO_FORM):
                    waiting.append(received)
                else:
                    yield received
        for received in waiting:
            no_form = received.problem is not None and received.problem.code == NO_FORM
            goes_along = len(found) == 1 if no_form else bool(found)
            yield replace(received, beside=received.beside or goes_along)


def form_lookup(catalog: Catalog, name: str) -> Callable[[str], Form]:
    """Return the catalogue's form look-up with a sentence that names the file asking for it."""

    def find(full_id: str) -> Form:
        if full_id not in catalog.forms:
            raise InputProblem("input.unknown_form", file=name, form=full_id)
        return catalog.forms[full_id]

    return find


def _read_json(inbox: Inbox, piece: Piece) -> Iterator[Received]:
    loaded = read_proposal(piece.content, piece.name, form_lookup(inbox.catalog, piece.name))
    yield Received(piece.name, piece, (loaded,), when=piece.when, identity=piece.sha256)


def _read_word(inbox: Inbox, piece: Piece) -> Iterator[Received]:
    loaded = load_word(piece.content, piece.name, inbox.catalog, inbox.call_id, inbox.worker)
    yield Received(piece.name, piece, (loaded,), when=piece.when, identity=piece.sha256)


def _read_zip(inbox: Inbox, piece: Piece) -> Iterator[Received]:
    files = piece.archive
    if MANIFEST in files:
        lookup = form_lookup(inbox.catalog, piece.name)
        bundle = bundle_of(files, piece.name)
        notes = tuple(Note(item.message, item.params) for item in verify(bundle, lookup))
        loaded = tuple(
            replace(item, notes=item.notes if at else (*item.notes, *notes), altered=bool(notes))
            for at, item in enumerate(read_bundle_proposals(bundle, lookup))
        )
        identity = bundle.manifest_sha256 if loaded and not notes else piece.sha256
        yield Received(piece.name, piece, loaded, when=piece.when, bundle=bundle, identity=identity)
    elif _WORD_PART in files:
        yield from _read_word(inbox, piece)
    else:
        inner = [(name, content) for name, content in files.items() if is_of_interest(name)]
        if not any(Path(name).suffix.lower() in _ANSWERED for name, _ in inner):
            raise InputProblem("bundle.no_manifest", file=piece.name)
        yield from inbox.open_all(piece, inner)


def read_mail(content: bytes, name: str, suffix: str) -> Mail:
    """Read an e-mail saved as .eml or .msg; for the worker process."""
    from ncs_desktop.exchange.mail import read_eml, read_msg  # noqa: PLC0415

    return read_msg(content, name) if suffix == ".msg" else read_eml(content, name)


def _read_mail(inbox: Inbox, piece: Piece) -> Iterator[Received]:
    mail = inbox.worker.run(piece.name, read_mail, piece.content, piece.name, piece.suffix)
    if not mail.attachments:
        raise InputProblem("input.no_attachment", file=piece.name)
    dated = Piece(piece.name, b"", mail.received or piece.when, piece.depth)
    files = [(item.name.replace("/", "-"), item.content) for item in mail.attachments]
    yield from inbox.open_all(dated, files)


def _refuse(code: str) -> _Read:
    def read(_inbox: Inbox, piece: Piece) -> NoReturn:
        raise InputProblem(code, file=piece.name)

    return read


def is_of_interest(name: str) -> bool:
    """Whether a file may be somebody's; lock files and traces of the system are not."""
    leaf = PurePosixPath(name).name.lower()
    return not (
        leaf in IGNORED_NAMES
        or leaf.startswith(IGNORED_PREFIXES)
        or name.lower().startswith(IGNORED_PREFIXES)
    )


_KINDS = (
    _Kind(b"", (".eml",), _read_mail),
    _Kind(_OLE_MAGIC, (".msg",), _read_mail),
    _Kind(ZIP_MAGIC, WORD_SUFFIXES, _read_word),
    _Kind(ZIP_MAGIC, (".xlsx", ".xlsm", ".pptx", ".odt", ".ods"), _refuse("input.office")),
    _Kind(ZIP_MAGIC, (), _read_zip),
    _Kind(_OLE_MAGIC, (".xls", ".ppt"), _refuse("input.office")),
    _Kind(_OLE_MAGIC, (), _refuse("input.old_word")),
    _Kind(b"{\\rtf", (), _refuse("input.rtf")),
    _Kind(b"\x78\x9f\x3e\x22", (), _refuse("input.tnef")),
    _Kind(b"%PDF-", (), _refuse("input.pdf")),
    _Kind(b"\xff\xd8\xff", (), _refuse("input.picture")),
    _Kind(b"\x89PNG\r\n", (), _refuse("input.picture")),
    *(_Kind(magic, (), _refuse("input.picture")) for magic in (b"II*\0", b"MM\0*", b"GIF8")),
    *(
        _Kind(magic, (), _refuse("input.packed"))
        for magic in (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
    ),
    _Kind(b"", (".bmp", ".webp", ".heic"), _refuse("input.picture")),
    _Kind(b"", _TEXT_SUFFIXES, _refuse("input.text")),
    _Kind(b"", (".zip", ".msg", *WORD_SUFFIXES, *_ENCLOSED_SUFFIXES), _refuse("input.damaged")),
    _Kind(b"", (), _read_json),
)
"""The first kind that matches reads the file; a new kind of input is a new line here."""
BESIDE = "collect.beside"
"""Said of a file that only goes along with a phiếu."""
KNOWN = (".json", ".ncs", ".zip", ".eml", ".msg", *WORD_SUFFIXES)
"""Suffixes of what a proposal can come in."""
_ANSWERED = (*KNOWN, *_ENCLOSED_SUFFIXES, ".rtf", ".odt", ".rar", ".7z")
"""Suffixes of what a zip may hold for an office: read, or refused each with what to ask for."""
