"""Reading what a person points at: a proposal file, a bundle, or a folder of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.form import Form
from ncs_desktop.exchange.archive import MAGIC as ZIP_MAGIC
from ncs_desktop.exchange.archive import USUAL
from ncs_desktop.exchange.bundle import read_bundle, read_bundle_proposals
from ncs_desktop.exchange.proposal_json import Loaded, read_proposal
from ncs_desktop.files import explain_os_error, read_bytes

SUFFIXES = (".json", ".ncs", ".zip", ".docx")
"""Files of a folder that are read; everything else in it is left alone."""
_LOCK_PREFIXES = ("~$", ".")
_Reader = Callable[[bytes, str, Catalog], list[Loaded]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: how it starts, what it is called (any name where none is listed)."""

    magic: bytes
    suffixes: tuple[str, ...]
    read: _Reader

    def matches(self, content: bytes, suffix: str) -> bool:
        """Whether a file that starts so and is called so is of this kind."""
        return content.startswith(self.magic) and (not self.suffixes or suffix in self.suffixes)


def read_input(path: Path, catalog: Catalog, *, any_call: bool = False) -> list[Loaded]:
    """Return every proposal at ``path``; a folder's files come in the order of their names.

    Raises NcsError for the first file that cannot be read. With ``any_call`` a proposal may name a
    call the catalogue lacks.
    """
    found = [loaded for file in input_files(path) for loaded in read_file(file, catalog)]
    for loaded in found:
        if not any_call and loaded.proposal.call not in catalog.calls:
            call = loaded.proposal.call
            raise InputProblem("input.unknown_call", file=loaded.source, call=call)
    return found


def input_files(path: Path) -> list[Path]:
    """Return the files to read at ``path``: itself, or what a folder holds of the kinds we know.

    Lock files of Word and LibreOffice are left out; folders inside a folder are not entered.
    """
    try:
        if not path.is_dir():
            return [path]
        files = sorted(
            entry
            for entry in path.iterdir()
            if entry.suffix.lower() in SUFFIXES
            and not entry.name.startswith(_LOCK_PREFIXES)
            and entry.is_file()
        )
    except OSError as error:
        raise explain_os_error(error, path) from error
    if not files:
        raise InputProblem("input.empty_folder", path=path)
    return files


def read_file(path: Path, catalog: Catalog) -> list[Loaded]:
    """Return the proposals in one file, told apart by how it starts and what it is called."""
    return read_content(read_bytes(path, USUAL.content), str(path), catalog)


def read_content(content: bytes, name: str, catalog: Catalog) -> list[Loaded]:
    """Return the proposals in ``content``, which came from a file called ``name``."""
    suffix = Path(name).suffix.lower()
    kind = next(kind for kind in _KINDS if kind.matches(content, suffix))
    return kind.read(content, name, catalog)


def form_lookup(catalog: Catalog, name: str) -> Callable[[str], Form]:
    """Return the catalogue's form look-up with a sentence that names the file asking for it."""

    def find(full_id: str) -> Form:
        if full_id not in catalog.forms:
            raise InputProblem("input.unknown_form", file=name, form=full_id)
        return catalog.forms[full_id]

    return find


def _read_json(content: bytes, name: str, catalog: Catalog) -> list[Loaded]:
    return [read_proposal(content, name, form_lookup(catalog, name))]


def _read_zip(content: bytes, name: str, catalog: Catalog) -> list[Loaded]:
    return read_bundle_proposals(read_bundle(content, name), form_lookup(catalog, name))


def _refuse(code: str) -> _Reader:
    def read(_content: bytes, name: str, _catalog: Catalog) -> NoReturn:
        raise InputProblem(code, file=name)

    return read


_KINDS = (
    _Kind(ZIP_MAGIC, (".docx", ".docm", ".dotx"), _refuse("input.word")),
    _Kind(ZIP_MAGIC, (".xlsx", ".xlsm", ".pptx", ".odt", ".ods"), _refuse("input.office")),
    _Kind(ZIP_MAGIC, (), _read_zip),
    _Kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (), _refuse("input.old_word")),
    _Kind(b"%PDF-", (), _refuse("input.pdf")),
    _Kind(b"\xff\xd8\xff", (), _refuse("input.picture")),
    _Kind(b"\x89PNG\r\n", (), _refuse("input.picture")),
    _Kind(b"", (".zip", ".docx"), _refuse("input.damaged")),
    _Kind(b"", (), _read_json),
)
"""The first kind that matches reads the file; a new kind of input is a new line here."""
