"""Files read in their order; of many, most by another process ahead of the one that keeps them.

Reading holds the interpreter as checking does, so that a thread beside it gains next to nothing.
The pipe between the two holds a few answers, which keeps the other from running far ahead.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.closing import Closing
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.exchange.archive import USUAL
from ncs_desktop.files import read_bytes
from ncs_desktop.work.isolation import Isolation, settle
from ncs_desktop.work.other_process import OtherProcess
from ncs_desktop.work.received import Inbox, Piece, Received, shown_name

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MANY = 100
"""Files for which another process is started: it takes about as long as reading these."""
_DONE, _LEFT = True, False
"""How the other process ends what it says of a file: that was all, or the rest is left to us.

The first says also that it stands; it then waits to be told which files to read.
"""


class Reading(Closing):
    """What is in each of ``files``, in their order: iterate once, each file to its end, and close.

    ``received`` is the time of receipt of files that tell none. Only what is read ``here`` comes
    with the file it was (``Received.piece`` and ``bundle``). The other process does no more than
    help: what it has not told when it ends, or leaves alone, is read here.
    """

    def __init__(
        self,
        catalog: Catalog,
        call_id: str,
        files: Sequence[Path],
        received: datetime | None = None,
        *,
        here: bool = False,
    ) -> None:
        self._catalog, self._call_id = catalog, call_id
        self._files, self._received = files, received
        self._inbox = Inbox(catalog, call_id)
        self._begun = False
        self._helper: OtherProcess | None = None
        if not here and len(files) >= MANY and (os.cpu_count() or 1) > 1:
            self._helper = OtherProcess(serve)

    def __iter__(self) -> Iterator[Iterator[Received]]:
        for index, path in enumerate(self._files):
            yield self._told(path) if self._is_helped(index) else self._here(path)

    def _is_helped(self, index: int) -> bool:
        """Whether the other process reads the file at ``index``; told to begin once it stands."""
        if self._helper is not None and not self._begun:
            with contextlib.suppress(EOFError, OSError):
                if not self._helper.answers.poll():
                    return False
                self._helper.answers.recv()
                left = self._files[index:]
                self._helper.requests.send((self._catalog, self._call_id, left, self._received))
            self._begun = True
        return self._helper is not None

    def _here(self, path: Path) -> Iterator[Received]:
        return open_file(self._inbox, path, self._received)

    def _told(self, path: Path) -> Iterator[Received]:
        """Yield what the other process says of the file, and read what it does not."""
        count = 0
        while isinstance(answer := self._answer(), Received):
            count += 1
            yield answer
        if answer is not _DONE:
            yield from islice(self._here(path), count, None)

    def _answer(self) -> Received | bool:
        if self._helper is None:
            return _LEFT
        try:
            answer: Received | bool = self._helper.answers.recv()
        except (EOFError, OSError):
            self._end_helper()
            return _LEFT
        return answer

    def _end_helper(self) -> None:
        if self._helper is not None:
            self._helper.close()
        self._helper = None

    def close(self) -> None:
        """End the other process, whatever it is doing."""
        self._inbox.close()
        self._end_helper()


def open_file(inbox: Inbox, path: Path, received: datetime | None) -> Iterator[Received]:
    """Yield what is in the file at ``path``, or why it cannot be read."""
    name = shown_name(str(path))
    try:
        piece = Piece(name, read_bytes(path, USUAL.content), received)
    except NcsError as problem:
        yield Received(name, None, problem=problem)
        return
    yield from inbox.open(piece)


class _LeftAloneError(Exception):
    """The file holds what only a process of its own may read."""


class _NoWorker(Isolation):
    """Starts no process: whoever is killed while a Word file is read would leave that behind."""

    def run(self, name: str, task: Callable[..., Any], *arguments: Any) -> NoReturn:
        raise _LeftAloneError


def serve(begin: Connection, answers: Connection) -> None:
    """Tell what is in the files asked for until nobody listens; runs in the other process."""
    settle()
    with contextlib.suppress(EOFError, OSError):
        answers.send(_DONE)
        catalog, call_id, files, received = begin.recv()
        inbox = Inbox(catalog, call_id, _NoWorker())
        for path in files:
            answers.send(_tell(answers, open_file(inbox, path, received)))


def _tell(answers: Connection, arrived: Iterable[Received]) -> bool:
    try:
        for received in arrived:
            answers.send(replace(received, piece=None, bundle=None))
    except _LeftAloneError:
        return _LEFT
    return _DONE
