"""Parse the command line, run one command, and turn every problem into one sentence."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from ncs_desktop import __version__
from ncs_desktop.cli.common import FAILED, Context
from ncs_desktop.cli.vietnamese import speak_vietnamese
from ncs_desktop.domain.errors import NcsError

_COMMAND_MODULES = (
    "ncs_desktop.cli.catalogue",
    "ncs_desktop.cli.papers",
    "ncs_desktop.cli.bundles",
    "ncs_desktop.cli.demo",
    "ncs_desktop.cli.keeping",
    "ncs_desktop.cli.collecting",
)


class _UsageError(Exception):
    """An argument the parser refuses."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese and never exits on its own."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    speak_vietnamese()
    parser = _Parser(
        prog="ncs-desktop",
        description="Lập, kiểm tra, in, đóng gói và tổng hợp phiếu đề xuất nhiệm vụ"
        " Chương trình 1322.",
    )
    parser.add_argument(
        "--version", action="version", version=f"ncs-desktop {__version__}", help="in số phiên bản"
    )
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", parser_class=_Parser)
    for name in _COMMAND_MODULES:
        import_module(name).add_commands(commands)
    return parser


def run(arguments: Sequence[str]) -> int:
    """Run the command line ``arguments`` and return the exit code: 0, 1 or 2."""
    _speak_utf8()
    context = Context()
    try:
        if _wants_window(arguments):
            return _open_window(arguments)
        parsed = build_parser().parse_args(arguments)
        context.configure(parsed)
        return int(parsed.run(parsed, context))
    except _UsageError as error:
        return context.fail("cli.usage", detail=str(error))
    except NcsError as error:
        return context.fail(error.code, **error.params)
    except KeyboardInterrupt:
        return context.fail("cli.cancelled")
    except BrokenPipeError:
        return FAILED
    except Exception:  # the process boundary: logged, and told in one sentence
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        return context.fail_unexpected()


def _wants_window(arguments: Sequence[str]) -> bool:
    """Whether to open the window: no command, only files or window options."""
    commands = {"-h", "--help", "--version"}
    return not arguments or (
        arguments[0] not in commands
        and (arguments[0].startswith("--") or _looks_like_file(arguments[0]))
    )


def _looks_like_file(argument: str) -> bool:
    return argument.lower().endswith((".ncs", ".zip", ".json", ".docx"))


def _open_window(arguments: Sequence[str]) -> int:
    from ncs_desktop.ui.app import run_window  # noqa: PLC0415  (Qt only when a window is asked)

    return run_window(list(arguments))


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
