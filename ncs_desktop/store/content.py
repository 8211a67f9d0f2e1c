"""Contents of attachments: immutable files ``content/<sha256>`` beside the store.

A content is written and synced before the record that names it, so a record never names nothing.
It is not removed again: a store put aside by a restore may still name it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.files import atomic_write, explain_os_error, make_folder

_PIECE = 2**20


def content_folder(store_path: Path) -> Path:
    """Return the folder of the contents of the store at ``store_path``."""
    return store_path.parent / "content"


def put_content(store_path: Path, content: bytes) -> str:
    """Keep ``content`` durably and return its SHA-256; a damaged older copy is replaced."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = make_folder(content_folder(store_path)) / sha256
    if file_sha256(path) != sha256:
        atomic_write(path, content)
    return sha256


def get_content(store_path: Path, sha256: str) -> bytes:
    """Return the content named ``sha256``; EnvironmentProblem where it is missing or changed."""
    path = content_folder(store_path) / sha256
    try:
        content = path.read_bytes()
    except OSError as error:
        raise explain_os_error(error, path) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise EnvironmentProblem("store.content_damaged", path=path)
    return content


def file_sha256(path: Path) -> str | None:
    """Return the SHA-256 of a file read piece by piece; None where it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                found.update(piece)
    except OSError:
        return None
    return found.hexdigest()
