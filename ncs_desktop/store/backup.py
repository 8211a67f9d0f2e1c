"""Safety copies: everything in one ``.ncsbackup`` file, checked before it takes its name.

The file is a zip of ``manifest.json``, ``ncs.sqlite`` and ``content/<sha256>``. The store is copied
by ``VACUUM INTO``, never as a file, so a copy made while the window writes is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.files import explain_os_error, make_folder, put_in_place
from ncs_desktop.store.connection import connect, explained, opened, read_header
from ncs_desktop.store.content import content_folder, file_sha256
from ncs_desktop.store.diagnosis import contents_named, diagnose
from ncs_desktop.store.migrate import check_header, shipped
from ncs_desktop.store.records import Problem
from ncs_desktop.store.thinning import kept

FORMAT, VERSION, SUFFIX = "ncs-backup", 1, ".ncsbackup"
_DATABASE, _MANIFEST = "ncs.sqlite", "manifest.json"
_SAFE_NAME = re.compile(r"ncs\.sqlite|content/[0-9a-f]{64}")
_AUTOMATIC = re.compile(r"ncs-(\d{8}-\d{6})" + re.escape(SUFFIX))
_STAMP = "%Y%m%d-%H%M%S"
_PIECE = 2**20
_MANIFEST_LIMIT = 64 * 2**20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A finished safety copy; ``problems`` are those of the store, which it carries along."""

    path: Path
    proposals: int
    contents: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A store put back; ``put_aside`` is the one it replaced, kept under a dated name."""

    path: Path
    proposals: int
    contents: int
    put_aside: Path | None
    problems: tuple[Problem, ...]


def backup(store_path: Path, target: Path, now: datetime) -> BackupMade:
    """Write a safety copy of the whole store to ``target``, all of it or nothing.

    A store with damaged records is copied with what it still has, but never over an existing file:
    EnvironmentProblem ``store.sick_backup``.
    """
    make_folder(target.parent)
    with _work_folder(target) as work:
        copy, packed = work / _DATABASE, work / "packed"
        _copy_store(store_path, copy, target)
        contents = content_folder(store_path)
        problems = diagnose(copy, contents)
        if problems and target.exists():
            raise EnvironmentProblem("store.sick_backup", path=target)
        proposals, names = _inventory(copy)
        present = [name for name in names if (contents / name).is_file()]
        with _explained_files(target):
            _pack(packed, copy, [contents / name for name in present], now)
            _verify(packed)
        put_in_place(packed, target)
    return BackupMade(target, proposals, len(present), tuple(problems))


def _copy_store(store_path: Path, copy: Path, target: Path) -> None:
    try:
        with opened(store_path) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
    except EnvironmentProblem as problem:
        code = {"store.write_failed": "file.write_failed"}.get(problem.code, problem.code)
        if code in ("file.disk_full", "file.write_failed"):  # it is the copy that found no room
            raise EnvironmentProblem(code, path=target) from problem
        raise


def automatic_backup(store_path: Path, folder: Path, now: datetime) -> BackupMade | None:
    """Add a dated safety copy to ``folder`` unless today has one; thin the older ones.

    Kept are 12 daily, 10 weekly and 9 monthly copies. A store with problems is copied too, but then
    none of the older copies is removed.
    """
    today = now.astimezone(VIETNAM)
    if any(moment.date() == today.date() for moment in dated_backups(folder).values()):
        return None
    made = backup(store_path, folder / f"ncs-{today.strftime(_STAMP)}{SUFFIX}", now)
    if not made.problems:
        _thin(folder)
    return made


def dated_backups(folder: Path) -> dict[Path, datetime]:
    """Return the automatic copies in ``folder`` with the moment in their names."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        name = _AUTOMATIC.fullmatch(path.name)
        if name:
            with contextlib.suppress(ValueError):
                found[path] = datetime.strptime(name[1], _STAMP).replace(tzinfo=VIETNAM)
    return found


def _thin(folder: Path) -> None:
    dated = dated_backups(folder)
    stay = kept(dated.values(), daily=12, weekly=10, monthly=9)
    for path, moment in dated.items():
        if moment not in stay:
            with contextlib.suppress(OSError):
                path.unlink()


def restore_backup(source: Path, store_path: Path, now: datetime) -> Restored:
    """Put the safety copy ``source`` in the place of the store, which is kept under a dated name.

    Nothing else may have the store open. Raises InputProblem ``store.not_a_backup`` or
    ``store.backup_damaged``, EnvironmentProblem ``store.newer``; the store is then as it was.
    """
    make_folder(store_path.parent)
    with _work_folder(store_path) as work:
        names = _unpack(source, work)
        copy = work / _DATABASE
        with opened(copy) as connection:
            if check_header(connection, source, shipped()[-1].number) == 0:
                raise InputProblem("store.not_a_backup", path=source)
        problems = diagnose(copy, work / "content")
        proposals, _ = _inventory(copy)
        contents = content_folder(store_path)
        if names:
            make_folder(contents)
        for sha256 in names:
            if file_sha256(contents / sha256) != sha256:
                put_in_place(work / "content" / sha256, contents / sha256)
        put_aside = _put_aside(store_path, now)
        put_in_place(copy, store_path)
    return Restored(store_path, proposals, len(names), put_aside, tuple(problems))


@contextlib.contextmanager
def _work_folder(target: Path) -> Iterator[Path]:
    """Give a folder on the disk of ``target`` that is gone afterwards."""
    try:
        folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=".ncs-"))
    except OSError as error:
        raise explain_os_error(error, target) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _explained_files(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise explain_os_error(error, path) from error


def _inventory(store_path: Path) -> tuple[int, list[str]]:
    """Return how many proposals a store holds and which contents it names."""
    with opened(store_path) as connection:
        header = read_header(connection)
        if header.empty:
            return 0, []
        proposals = connection.execute("SELECT count(*) FROM proposals").fetchone()[0]
        names = [sha256 for sha256, _ in contents_named(connection, header.version)]
    return int(proposals), names


def _pack(packed: Path, database: Path, contents: list[Path], now: datetime) -> None:
    files = [(_DATABASE, database), *((f"content/{path.name}", path) for path in contents)]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        entries = []
        for name, path in files:
            kind = zipfile.ZIP_DEFLATED if name == _DATABASE else zipfile.ZIP_STORED
            info = zipfile.ZipInfo(name)
            info.compress_type = kind
            with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as entry:
                size, sha256 = _copy(source, entry)
            entries.append({"path": name, "size": size, "sha256": sha256})
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "created": now.isoformat(timespec="seconds"),
            "files": entries,
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))


def _copy(source: Any, target: BinaryIO | Any, limit: int | None = None) -> tuple[int, str]:
    """Copy piece by piece; return size and SHA-256. ValueError past ``limit`` bytes."""
    found, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if limit is not None and size > limit:
            raise ValueError("longer than its manifest says")
        found.update(piece)
        target.write(piece)
    return size, found.hexdigest()


class _Nowhere:
    """A file that forgets what is written."""

    def write(self, piece: bytes) -> int:
        """Forget ``piece``."""
        return len(piece)


def _verify(packed: Path) -> None:
    """Read the finished file again; EnvironmentProblem where it does not hold what it should."""
    try:
        with zipfile.ZipFile(packed) as archive:
            for entry in _read_manifest(archive):
                _extract(archive, entry, _Nowhere())
    except _BROKEN as error:
        raise EnvironmentProblem("file.write_failed", path=packed) from error


def _read_manifest(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    with archive.open(_MANIFEST) as file:
        manifest = json.loads(file.read(_MANIFEST_LIMIT))
    if manifest["format"] != FORMAT:
        raise ValueError("another format")
    if manifest["version"] > VERSION:
        raise InputProblem("store.newer_backup", path=archive.filename, found=manifest["version"])
    entries: list[dict[str, Any]] = list(manifest["files"])
    if not all(_SAFE_NAME.fullmatch(entry["path"]) for entry in entries):
        raise ValueError("unknown entry")
    return entries


def _extract(archive: zipfile.ZipFile, entry: dict[str, Any], target: Any) -> None:
    with archive.open(entry["path"]) as source:
        found = _copy(source, target, int(entry["size"]))
    if found != (entry["size"], entry["sha256"]):
        raise ValueError("changed content")


def _unpack(source: Path, work: Path) -> list[str]:
    """Unpack a safety copy into ``work`` and return its contents' names, all hashes checked."""
    if source.is_dir():
        raise EnvironmentProblem("file.is_folder", path=source)
    code, names = "store.not_a_backup", []
    (work / "content").mkdir()
    with _explained_files(source):
        try:
            with zipfile.ZipFile(source) as archive:
                entries = _read_manifest(archive)
                code = "store.backup_damaged"
                for entry in entries:
                    with (work / entry["path"]).open("wb") as target:
                        _extract(archive, entry, target)
                    names += [entry["path"].partition("/")[2]]
        except _BROKEN as error:
            raise InputProblem(code, path=source) from error
    return [name for name in names if name]


def move_aside(store_path: Path, now: datetime) -> Path | None:
    """Take the store away from its place and return where it is kept, under a dated name beside.

    None where there is none. Nothing else may have the store open.
    """
    aside = _put_aside(store_path, now)
    with _explained_files(store_path):
        store_path.unlink(missing_ok=True)
    return aside


def _put_aside(store_path: Path, now: datetime) -> Path | None:
    """Keep the present store under a dated name beside it and return that.

    A readable store is copied whole; an unreadable one as the bytes it is, together with a journal
    SQLite could not play back, which would destroy the store that takes its place.
    """
    if not store_path.exists():
        return None
    aside = _free_name(store_path, now.astimezone(VIETNAM).strftime(_STAMP))
    journal = store_path.with_name(store_path.name + "-journal")
    try:
        with explained(store_path):
            connection = connect(store_path)
            try:
                connection.execute("VACUUM INTO ?", (str(aside),))
            finally:
                connection.close()
    except EnvironmentProblem as problem:
        if problem.code != "store.damaged":
            raise
        with _explained_files(aside):
            shutil.copyfile(store_path, aside)
            if journal.exists():
                journal.replace(aside.with_name(aside.name + "-journal"))
    except sqlite3.Error as error:
        raise EnvironmentProblem("store.damaged", path=store_path) from error
    return aside


def _free_name(store_path: Path, stamp: str) -> Path:
    number, name = 1, f"{store_path.stem}.thay-luc-{stamp}{store_path.suffix}"
    while store_path.with_name(name).exists():
        number += 1
        name = f"{store_path.stem}.thay-luc-{stamp}-{number}{store_path.suffix}"
    return store_path.with_name(name)
