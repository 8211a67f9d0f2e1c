"""What every command shares: output, exit codes, the moment taken as now, and progress."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.paths import default_store, own_calls_folder

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages

FINE, CONTENT_ERRORS, FAILED = 0, 1, 2
Item = TypeVar("Item")


class Context:
    """The collaborators of one command, built when first needed."""

    def __init__(self) -> None:
        self.json = False
        self._now: datetime | None = None
        self._store: Path | None = None
        self._counting = False

    def configure(self, parsed: argparse.Namespace) -> None:
        """Take the options every command shares from the parsed arguments."""
        self.json = bool(getattr(parsed, "json", False))
        if getattr(parsed, "now", None):
            self._now = read_moment(parsed.now)
        if getattr(parsed, "store", None):
            self._store = Path(parsed.store)

    @cached_property
    def messages(self) -> Messages:
        """The sentences a person reads."""
        from ncs_desktop.catalog import Messages  # noqa: PLC0415  (not before the first paint)

        return Messages.load()

    @cached_property
    def catalog(self) -> Catalog:
        """Forms, calls and letters, the person's own calls included."""
        from ncs_desktop.catalog import Catalog  # noqa: PLC0415  (not before the first paint)

        return Catalog.load(own_calls=own_calls_folder())

    @property
    def now(self) -> datetime:
        """The moment of this run, or the one given by ``--now``."""
        return self._now or datetime.now(VIETNAM)

    @property
    def store_path(self) -> Path:
        """The store to use; ``--store`` names another."""
        return self._store or default_store()

    @property
    def store_named(self) -> bool:
        """Whether ``--store`` was given."""
        return self._store is not None

    def say(self, text: str = "") -> None:
        """Print a line for a person; silent with ``--json``."""
        if not self.json:
            print(text)

    def give(self, value: JsonValue) -> None:
        """Print the result for a program; silent without ``--json``."""
        if self.json:
            print(json.dumps(value, ensure_ascii=False, indent=2))

    def warn(self, text: str) -> None:
        """Print a note on stderr, on a line of its own where a count is being shown."""
        self._end_count()
        if sys.stdout is not None:
            sys.stdout.flush()  # a log that takes both streams keeps their lines in order
        print(text, file=sys.stderr)

    def _end_count(self) -> None:
        if self._counting:
            print(file=sys.stderr)
        self._counting = False

    def fail(self, code: str, **params: object) -> int:
        """Say in one sentence why nothing could be done, and return exit code 2."""
        self.warn(self.messages.text(code, **params))
        return FAILED

    def fail_unexpected(self) -> int:
        """Say that the fault is ours; details go to the log only."""
        logging.getLogger("ncs_desktop").error(
            "%s", traceback.format_exc(limit=-1).splitlines()[-1]
        )
        return self.fail("cli.unexpected")

    def progress(self, items: Iterable[Item], total: int, label: str) -> Iterator[Item]:
        """Yield ``items``, counting them on stderr where a person watches a terminal."""
        shown = total > 1 and sys.stderr is not None and sys.stderr.isatty() and not self.json
        for index, item in enumerate(items, start=1):
            if shown:
                print(f"\r{label} {index}/{total}", end="", file=sys.stderr, flush=True)
                self._counting = True
            yield item
        self._end_count()


def read_moment(text: str, option: str = "--now") -> datetime:
    """Read the moment given by ``option``: ISO 8601; without a time zone it is Vietnam's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputProblem("cli.bad_moment", text=text, option=option) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def add_shared(parser: argparse.ArgumentParser, *, now: bool = False, store: bool = False) -> None:
    """Add the options that mean the same everywhere."""
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    if now:
        parser.add_argument(
            "--now", metavar="THỜI_ĐIỂM", help="coi lúc này là bây giờ, ví dụ 2025-08-05T09:00"
        )
    if store:
        parser.add_argument("--store", metavar="TỆP", help="dùng kho dữ liệu khác")
