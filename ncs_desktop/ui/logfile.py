"""The log: what happened when, never what a phiếu says.

Only records of our own package are written, and of each only its constant message, the kind of an
exception and the places in our code it went through: arguments and exception texts may hold a
title, a name or a path, so they are left out.
"""

from __future__ import annotations

import logging
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.files import make_folder
from ncs_desktop.paths import user_folder

_NAME = "ncs.log"
_LARGEST, _KEPT = 500_000, 3
_PACKAGE = "ncs_desktop"
_LOG = logging.getLogger("ncs_desktop.ui")


class WithoutContent(logging.Formatter):
    """Writes a record without its arguments and without the text of its exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and one more for each place an exception went through."""
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        message = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line = f"{when} {record.levelname} {record.name} {message}".replace("\n", " ")
        if record.exc_info and record.exc_info[0] is not None:
            _kind, error, trace = record.exc_info
            line += f" | {_kind_of(error)}" + "".join(_places(trace))
        return line


def _kind_of(error: BaseException | None) -> str:
    if isinstance(error, NcsError):
        return f"{type(error).__name__} {error.code}"
    return type(error).__name__


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"\n  {_module(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def _module(name: str) -> str:
    """Return the path of a source file below its package; the rest may hold a person's name."""
    parts = Path(name).parts
    if _PACKAGE in parts:
        last = len(parts) - 1 - parts[::-1].index(_PACKAGE)
        return "/".join(parts[last:])
    return parts[-1] if parts else "?"


def log_path() -> Path:
    """Return where the log lies."""
    return user_folder() / "logs" / _NAME


def start_log(path: Path | None = None) -> logging.Handler:
    """Begin to write the log, also of faults nobody caught; return the handler.

    Raises EnvironmentProblem where the folder cannot be made.
    """
    target = log_path() if path is None else path
    make_folder(target.parent)
    handler = RotatingFileHandler(
        target, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(WithoutContent())
    logger = logging.getLogger(_PACKAGE)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    sys.excepthook = _log_fault
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Write no more and let the file go."""
    logging.getLogger(_PACKAGE).removeHandler(handler)
    handler.close()
    if sys.excepthook is _log_fault:
        sys.excepthook = sys.__excepthook__


def _log_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _LOG.error("fault nobody caught", exc_info=(kind, error, trace))
