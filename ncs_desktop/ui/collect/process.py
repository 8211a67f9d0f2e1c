"""Heavy work of the officer's page in a process of its own, so that the window never waits for it.

A job is a function of this program that gets a JobContext with its own connection to the store. It
can be asked to stop, which it does between two steps; killing it leaves the store consistent.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ncs_desktop.domain.errors import EnvironmentProblem, NcsError

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages
    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.services import Services

_LOG = logging.getLogger(__name__)
_TELL_EVERY_S, _LOOK_EVERY_S, _END_S = 0.08, 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; ``items`` are what it finished since the last report."""

    finished: int
    total: int
    text: str
    items: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    result: object


class JobContext:
    """What a job works with: store, catalogue, sentences, and the way to tell and be told."""

    def __init__(
        self, store: Store, catalog: Catalog, messages: Messages, pipes: tuple[Connection, ...]
    ) -> None:
        self.store, self.catalog, self.messages = store, catalog, messages
        self._asked, self._answers = pipes
        self._items: list[object] = []
        self._told_at = 0.0

    @property
    def stopped(self) -> bool:
        """Whether the window asked to stop, or is no longer there."""
        return self._asked.poll()

    def tell(self, finished: int, total: int, text: str, *items: object) -> None:
        """Tell how far the job is; what comes too fast is told together."""
        self._items.extend(items)
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S or finished == total:
            self._answers.send(Progress(finished, total, text, tuple(self._items)))
            self._items.clear()
            self._told_at = now


Work = Callable[[JobContext], object]


def serve(asked: Connection, answers: Connection, path: Path, work: Work) -> None:
    """Do one job; runs in the process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answers.send(_Done(_work(asked, answers, path, work)))
    except NcsError as problem:
        answers.send(problem)
    except (OSError, EOFError):
        _LOG.warning("the window went away")


def _work(asked: Connection, answers: Connection, path: Path, work: Work) -> object:
    from ncs_desktop.catalog import Catalog, Messages  # noqa: PLC0415
    from ncs_desktop.paths import own_calls_folder  # noqa: PLC0415
    from ncs_desktop.store.store import Store  # noqa: PLC0415

    catalog, messages = Catalog.load(own_calls=own_calls_folder()), Messages.load()
    with Store.open(path) as store:
        return work(JobContext(store, catalog, messages, (asked, answers)))


class Job(QObject):
    """One job as the window sees it; exactly one of ``done`` and ``failed`` comes at its end."""

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    _told = Signal(object)

    def __init__(self, services: Services, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._stop = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        task = services.background.run(partial(self._run, services.store.path, work))
        task.done.connect(self._on_end)
        task.failed.connect(self._on_failed)

    def stop(self) -> None:
        """Ask the job to end after the step it is at."""
        self._stop = True

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop

    def _run(self, path: Path, work: Work) -> object:
        context = multiprocessing.get_context("spawn")
        asked, ask = context.Pipe(duplex=False)
        answers, answering = context.Pipe(duplex=False)
        process = context.Process(target=serve, args=(asked, answering, path, work), name="ncs-job")
        process.start()
        asked.close()
        answering.close()
        try:
            return self._listen(ask, answers)
        finally:
            ask.close()
            process.join(_END_S)
            if process.is_alive():
                process.kill()
                process.join()
            answers.close()
            process.close()

    def _listen(self, ask: Connection, answers: Connection) -> object:
        said = False
        while True:
            if (self._stop or self._services.closed) and not said:
                said = True
                ask.send("stop")
            if not answers.poll(_LOOK_EVERY_S):
                continue
            try:
                answer = answers.recv()
            except EOFError as error:
                raise EnvironmentProblem("ui.unexpected") from error
            if isinstance(answer, NcsError):
                raise answer
            if isinstance(answer, _Done):
                return answer.result
            self._told.emit(answer)

    @Slot(object)
    def _on_told(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    @Slot(object)
    def _on_end(self, result: object) -> None:
        self.done.emit(result)
        self.deleteLater()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self.failed.emit(problem)
        self.deleteLater()
