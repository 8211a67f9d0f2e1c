"""Writing files so that a crash, a full disk or an open Word never costs the old content."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ncs_desktop.domain.errors import EnvironmentProblem

_LOCKED_RETRY_SECONDS = 2.5
_FOLDER_SYNC_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF)


def atomic_write(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``: the whole new file is there afterwards, or the old one.

    Raises EnvironmentProblem where the folder cannot be written, the disk is full, or another
    program (Word, a virus scanner) still holds the file after about 2.5 seconds.
    """
    path = Path(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ncs-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if temporary.stat().st_size != len(content):
            raise EnvironmentProblem("file.write_failed", path=path)
        _give_usual_mode(temporary)
        _replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise _explain_writing(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


class KeepingWriter:
    """Writes as ``atomic_write``, but what stood there and said otherwise stays beside it.

    Somebody may have worked on an exported table since: the file there before becomes
    «tên (bản trước).docx», the next one «tên (bản trước 2).docx». ``kept`` tells which there are.
    """

    def __init__(self) -> None:
        self.kept: list[Path] = []

    def write(self, path: Path, content: bytes) -> None:
        """Write ``content`` to ``path``; problems as of ``atomic_write``, the old file then stays.

        A file held by Word on Windows cannot be set aside and is told as one that is in use.
        """
        try:
            differs = path.is_file() and path.read_bytes() != content
            aside = _free_name(path) if differs else None
            if aside is not None:
                _replace(path, aside)
        except OSError as error:
            raise explain_os_error(error, path) from error
        try:
            atomic_write(path, content)
        except EnvironmentProblem:
            if aside is not None:
                call_quietly(partial(aside.replace, path))
            raise
        if aside is not None:
            self.kept.append(aside)


def _free_name(path: Path) -> Path:
    """Return the first name for the earlier file at ``path`` that nothing has yet."""
    marks = itertools.chain(("bản trước",), map("bản trước {}".format, itertools.count(2)))
    names = (path.with_name(f"{path.stem} ({mark}){path.suffix}") for mark in marks)
    return next(name for name in names if not name.exists())


def put_in_place(temporary: Path, path: Path) -> None:
    """Make the finished file ``temporary`` of the same folder tree durable as ``path``.

    For content too large to hold in memory; otherwise as ``atomic_write``.
    """
    try:
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        _give_usual_mode(temporary)
        _replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise explain_os_error(error, path) from error


def _give_usual_mode(path: Path) -> None:
    """Undo mkstemp's owner-only mode, so that a colleague can open the exported file."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        path.chmod(0o666 & ~mask)


def _replace(source: Path, target: Path) -> None:
    """Rename; Windows calls a target that a program holds open "access denied" like any other."""
    end = time.monotonic() + _LOCKED_RETRY_SECONDS
    while True:
        try:
            source.replace(target)
        except PermissionError as error:
            if os.name != "nt":
                raise
            if time.monotonic() > end:
                if os.access(target, os.W_OK):
                    raise EnvironmentProblem("file.in_use", path=target) from error
                raise
            time.sleep(0.1)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNSUPPORTED:
            raise
    finally:
        os.close(handle)


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of ``path``, at most ``limit`` bytes of it, else EnvironmentProblem."""
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(min(size, limit) + 1)
            if len(content) > size:  # a device or a file that grows: its size tells nothing
                content += file.read(limit + 1 - len(content))
    except OSError as error:
        raise explain_os_error(error, path) from error
    if len(content) > limit:
        raise EnvironmentProblem("file.too_large", path=path, limit_mb=limit // 2**20)
    return content


def explain_os_error(error: OSError, path: Path) -> EnvironmentProblem:
    """Return the problem a person can act on for an operating-system error at ``path``."""
    codes = {
        errno.ENOSPC: "file.disk_full",
        errno.EDQUOT: "file.disk_full",
        errno.ENOENT: "file.missing",
        errno.ENOTDIR: "file.missing",
        errno.EISDIR: "file.is_folder",
        errno.EACCES: "file.no_permission",
        errno.EPERM: "file.no_permission",
        errno.EROFS: "file.no_permission",
        errno.ENAMETOOLONG: "file.name_too_long",
    }
    code = codes.get(error.errno or 0, "file.other")
    if getattr(error, "winerror", None) in (32, 33):
        code = "file.in_use"
    return EnvironmentProblem(code, path=path, reason=error.strerror or "")


def _explain_writing(error: OSError, path: Path) -> EnvironmentProblem:
    """Explain a failed writing: what was missing or in the way is the folder, not ``path``."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST):
        for folder in (path, *path.parents) if error.errno == errno.EEXIST else path.parents:
            if folder.is_file():
                return EnvironmentProblem("file.not_folder", path=folder)
        return EnvironmentProblem("file.cannot_create", path=path)
    return explain_os_error(error, path)


def make_folder(path: Path) -> Path:
    """Create ``path`` with its parents where it is missing, and return it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _explain_writing(error, path) from error
    return path


def call_quietly(action: Callable[[], object]) -> None:
    """Run a clean-up step whose failure must not hide the problem it follows."""
    with contextlib.suppress(OSError):
        action()
