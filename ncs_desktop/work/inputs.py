"""Reading what a person points at: a proposal, a Word form, an e-mail, a bundle, or a folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.exchange.archive import MAGIC as ZIP_MAGIC
from ncs_desktop.exchange.archive import USUAL
from ncs_desktop.exchange.bundle import Bundle
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.files import explain_os_error, read_bytes
from ncs_desktop.work.papers import Attached
from ncs_desktop.work.received import KNOWN, UNREAD, Inbox, Piece, Received, is_of_interest

_FOLDER_DEPTH = 8
_COPY = re.compile(r"(?: ?\(\d{1,3}\)| - (?:copy|bản sao|sao chép))+$", re.IGNORECASE)
_COPY_OF = re.compile(r"^(?:copy(?: of)?|bản sao(?: của)?) ", re.IGNORECASE)
"""What Windows, browsers and people add to the name of a copy."""


def read_inputs(
    paths: Iterable[Path], catalog: Catalog, *, any_call: bool = False, call_id: str | None = None
) -> list[Loaded]:
    """Return every proposal at ``paths``; a folder's files come in the order of their names.

    Raises NcsError for the first file that cannot be read. With ``any_call`` a proposal may name a
    call the catalogue lacks; ``call_id`` is the call of Word files, which name none.
    """
    with Inbox(catalog, call_id) as inbox:
        found = [
            loaded
            for path in paths
            for file in input_files(path)
            for loaded in read_file(file, catalog, inbox=inbox)
        ]
    for loaded in found:
        if not any_call and loaded.proposal.call not in catalog.calls:
            call = loaded.proposal.call
            raise InputProblem("input.unknown_call", file=loaded.source, call=call)
    return found


def read_input(
    path: Path, catalog: Catalog, *, any_call: bool = False, call_id: str | None = None
) -> list[Loaded]:
    """Return every proposal at ``path``; see ``read_inputs``."""
    return read_inputs([path], catalog, any_call=any_call, call_id=call_id)


def input_files(path: Path) -> list[Path]:
    """Return the files to read at ``path``: itself, or what a folder holds of the kinds we know.

    Lock files of Word and LibreOffice are left out; folders inside a folder are not entered.
    """
    files = [file for file in _entries(path) if file == path or file.suffix.lower() in KNOWN]
    if not files:
        raise InputProblem("input.empty_folder", path=path)
    return files


def all_files(path: Path, leave_out: Iterable[Path] = ()) -> list[Path]:
    """Return every file at ``path`` and in the folders inside it, so that none goes unmentioned.

    ``leave_out`` are files and folders of our own, such as the folder the results go to.
    """
    return list(_walk(path, {item.resolve() for item in leave_out}, _FOLDER_DEPTH))


def _walk(path: Path, leave_out: set[Path], depth: int) -> Iterator[Path]:
    for file in _entries(path, folders=True):
        if file != path and file.resolve() in leave_out:
            continue
        if file == path or not file.is_dir():
            yield file
        elif depth:
            yield from _walk(file, leave_out, depth - 1)


def _place(entry: Path) -> tuple[Path, bool, Path]:
    """Return what orders the files of a folder: by name, copies after what they are copies of."""
    leading, stem = _COPY_OF.sub("", entry.stem), entry.stem
    own = _COPY.sub("", leading).strip() or stem
    return entry.with_name(own + entry.suffix), own != stem, entry


def _entries(path: Path, *, folders: bool = False) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        found = (
            entry
            for entry in path.iterdir()
            if is_of_interest(entry.name) and (entry.is_file() or (folders and entry.is_dir()))
        )
        return sorted(found, key=_place)
    except OSError as error:
        raise explain_os_error(error, path) from error


@dataclass(frozen=True)
class Read:
    """What one file gave: its proposals, and the bundles they came in with all their files.

    ``words`` are the Word files proposals were read from, by the proposal's id; ``unread`` are the
    problems of files beside them that only a person can read.
    """

    loaded: tuple[Loaded, ...]
    bundles: tuple[Bundle, ...] = ()
    words: Mapping[str, Attached] = field(default_factory=dict)
    unread: tuple[NcsError, ...] = ()


def read_file(path: Path, catalog: Catalog, *, inbox: Inbox | None = None) -> list[Loaded]:
    """Return the proposals in one file, told apart by how it starts and what it is called."""
    return list(read_whole(path, catalog, inbox=inbox).loaded)


def read_whole(path: Path, catalog: Catalog, *, inbox: Inbox | None = None, name: str = "") -> Read:
    """Return the proposals in one file and the bundles they came in.

    Sentences call the file ``name``, where none is given by its path.
    """
    return _read(read_bytes(path, USUAL.content), name or str(path), catalog, inbox)


def read_content(
    content: bytes, name: str, catalog: Catalog, *, inbox: Inbox | None = None
) -> list[Loaded]:
    """Return the proposals in ``content``, which came from a file called ``name``.

    Where it holds several files, one that cannot be read becomes a note of the first proposal.
    """
    return list(_read(content, name, catalog, inbox).loaded)


def _read(content: bytes, name: str, catalog: Catalog, inbox: Inbox | None) -> Read:
    if inbox is None:
        with Inbox(catalog) as own:
            return _read(content, name, catalog, own)
    received = list(inbox.open(Piece(name, content)))
    found = [loaded for item in received for loaded in item.loaded]
    refused = [item.problem for item in received if item.problem and not item.beside]
    if refused and not found:
        raise refused[0]
    notes = tuple(Note(problem.code, FrozenDict(problem.params)) for problem in refused)
    if found:
        found[0] = replace(found[0], notes=(*found[0].notes, *notes))
    bundles = tuple(item.bundle for item in received if item.bundle is not None)
    unread = tuple(problem for problem in refused if problem.code in UNREAD)
    return Read(tuple(found), bundles, dict(_word_files(received)), unread)


def _word_files(received: Iterable[Received]) -> Iterator[tuple[str, Attached]]:
    """Yield the Word files among what was read: a zip that holds a phiếu and is no bundle."""
    for item in received:
        piece = item.piece
        if piece is not None and item.bundle is None and piece.content.startswith(ZIP_MAGIC):
            name = PurePosixPath(piece.name.replace("\\", "/")).name
            for loaded in item.loaded:
                yield loaded.proposal.id, Attached(name, piece.content)


def note_text(note: Note, messages: Messages) -> str:
    """Return the sentence of a note, after the place it is about where it does not say so."""
    text = messages.text(note.message, **note.params)
    place = note.params.get("place")
    return f"{place}: {text}" if place else text
