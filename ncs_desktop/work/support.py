"""«Gói hỗ trợ»: what somebody needs to help from afar, and not a word of any phiếu.

Only what is named here goes in: versions, the system, sizes, switches, codes and counts. Paths are
replaced by a hash, log lines are kept only where their message was written by us.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import ncs_desktop
from ncs_desktop.catalog import Messages
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.exchange.archive import write_archive
from ncs_desktop.files import atomic_write, read_bytes
from ncs_desktop.work.keep import examine

_PACKAGES = (
    "PySide6-Essentials",
    "PySide6-Pdf",
    "SQLAlchemy",
    "openpyxl",
    "reportlab",
    "lxml",
    "filelock",
    "platformdirs",
    "olefile",
)
_LOG_TAIL = 200
_LARGEST_LOG = 4_000_000


def support_package(
    store_path: Path, log_path: Path, window: Mapping[str, int | float | bool]
) -> bytes:
    """Return the support zip; ``window`` holds figures and switches of the window only."""
    parts = {
        "phien-ban.json": _versions(),
        "may.json": _machine(),
        "cua-so.json": {
            name: value
            for name, value in window.items()
            if isinstance(value, int | float) and name.isascii()
        },
        "kho.json": _store(store_path),
    }
    files = {
        name: json.dumps(part, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
        for name, part in parts.items()
    }
    files["doc-truoc.txt"] = _readme().encode("utf-8")
    files["nhat-ky.txt"] = "\n".join(_log_tail(log_path)).encode("utf-8")
    return write_archive(files)


def write_support_package(
    store_path: Path,
    log_path: Path,
    target: Path,
    window: Mapping[str, int | float | bool],
) -> Path:
    """Write the support zip to ``target`` and return it; EnvironmentProblem where it cannot be."""
    atomic_write(target, support_package(store_path, log_path, window))
    return target


def _readme() -> str:
    text = Messages.load().text
    return "".join(f"{text(f'support.{key}')}\n" for key in ("about", "inside", "not_inside"))


def _versions() -> dict[str, str]:
    found = {"ncs_desktop": ncs_desktop.__version__, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "?"
    return found


def _machine() -> dict[str, Any]:
    return {
        "system": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "machine": platform.machine(),
        "bits": sys.maxsize.bit_length() + 1,
        "file_names": sys.getfilesystemencoding(),
        "packed": bool(getattr(sys, "frozen", False)),
    }


def _store(path: Path) -> dict[str, Any]:
    """Return codes and counts of what is wrong with the store; titles and names stay out."""
    found: dict[str, Any] = {"path": hashed(str(path)), "bytes": _size(path)}
    try:
        found["problems"] = dict(Counter(problem.code for problem in examine(path)))
    except NcsError as problem:
        found["problems"] = {problem.code: 1}
    return found


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def hashed(text: str) -> str:
    """Return eight hex digits that stand for ``text``: equal texts can be seen to be equal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _log_tail(path: Path) -> Iterable[str]:
    try:
        content = read_bytes(path, _LARGEST_LOG)
    except NcsError as problem:
        return [problem.code]
    return content.decode("utf-8", "replace").splitlines()[-_LOG_TAIL:]
