"""Heavy work of the officer's page in a process of its own, so that the window never waits for it.

A job is a function of this program that gets a JobContext with its own connection to the store. It
can be asked to stop, which it does between two steps; where a step takes longer, or the window is
gone, its process ends by itself. That leaves the store consistent, like every end of a process.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.work.other_process import OtherProcess

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages
    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.services import Services

_LOG = logging.getLogger(__name__)
_TELL_EVERY_S, _LOOK_EVERY_S, _END_S = 0.08, 0.1, 10.0
_GRACE_S = 1.5
"""How long a job that was asked to stop may go on with the step it is at."""
_NICE, _BELOW_NORMAL = 5, 0x4000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; ``items`` are what it finished since the last report."""

    finished: int
    total: int
    text: str
    items: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """The end of a job that was asked to stop in the middle of a step: how far it had come."""

    finished: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Done:
    result: object


class Link:
    """The job's ends of the pipes to the window, looked after by a thread of their own."""

    def __init__(self, asked: Connection, answers: Connection) -> None:
        self._asked, self._answers = asked, answers
        self._lock = threading.Lock()
        self._stopped, self._ended = threading.Event(), threading.Event()
        self._latest = (0, 0, "")
        self._items: list[object] = []
        self._told = True

    @property
    def stopped(self) -> bool:
        """Whether the window asked to stop, or is no longer there."""
        return self._stopped.is_set()

    def tell(self, finished: int, total: int, text: str, items: tuple[object, ...]) -> None:
        """Tell how far the job is; what comes too fast is told together."""
        with self._lock:
            self._latest, self._told = (finished, total, text), False
            self._items.extend(items)

    def answer(self, last: object) -> None:
        """Tell the end."""
        with self._lock:
            self._send()
            self._answers.send(last)

    def _send(self) -> None:
        if not self._told:
            self._answers.send(Progress(*self._latest, tuple(self._items)))
            self._items.clear()
            self._told = True

    def end(self) -> None:
        """Let the process go on without being watched."""
        self._ended.set()

    def watch(self) -> None:
        """Hand progress on until the window asks to stop; end a job that then does not."""
        with contextlib.suppress(OSError):
            while not self._asked.poll(_TELL_EVERY_S):
                with self._lock:
                    self._send()
        self._stopped.set()
        if self._ended.wait(_GRACE_S):
            return
        with contextlib.suppress(OSError), self._lock:
            self._send()
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(1)


class JobContext:
    """What a job works with: store, catalogue, sentences, and the way to tell and be told."""

    def __init__(self, store: Store, catalog: Catalog, messages: Messages, link: Link) -> None:
        self.store, self.catalog, self.messages = store, catalog, messages
        self._link = link

    @property
    def stopped(self) -> bool:
        """Whether the window asked to stop, or is no longer there."""
        return self._link.stopped

    def tell(self, finished: int, total: int, text: str, *items: object) -> None:
        """Tell how far the job is and what it finished."""
        self._link.tell(finished, total, text, items)


Work = Callable[[JobContext], object]


def serve(asked: Connection, answers: Connection, path: Path, work: Work) -> None:
    """Do one job; runs in the process of its own."""
    _give_way()
    link = Link(asked, answers)
    threading.Thread(target=link.watch, name="ncs-link", daemon=True).start()
    try:
        link.answer(_Done(_work(link, path, work)))
    except NcsError as problem:
        link.answer(problem)
    except (OSError, EOFError):
        _LOG.warning("the window went away")
    finally:
        link.end()


def _give_way() -> None:
    """Let the window go first wherever both want the processor."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICE)


def _work(link: Link, path: Path, work: Work) -> object:
    from ncs_desktop.catalog import Catalog, Messages  # noqa: PLC0415
    from ncs_desktop.paths import own_calls_folder  # noqa: PLC0415
    from ncs_desktop.store.store import Store  # noqa: PLC0415

    catalog, messages = Catalog.load(own_calls=own_calls_folder()), Messages.load()
    with Store.open(path) as store:
        return work(JobContext(store, catalog, messages, link))


class Job(QObject):
    """One job as the window sees it; exactly one of ``done`` and ``failed`` comes at its end.

    ``done`` brings the job's result, or Stopped where it was stopped in the middle of a step.
    """

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
        other = OtherProcess(serve, path, work, helper=False)
        try:
            return self._listen(other.requests, other.answers)
        finally:
            other.close(_END_S)

    def _listen(self, ask: Connection, answers: Connection) -> object:
        said = False
        stopped = Stopped()
        while True:
            if (self._stop or self._services.closed) and not said:
                said = True
                with contextlib.suppress(OSError):
                    ask.send("stop")
            if not answers.poll(_LOOK_EVERY_S):
                continue
            try:
                answer = answers.recv()
            except EOFError as error:
                if said:
                    return stopped
                raise EnvironmentProblem("ui.unexpected") from error
            if isinstance(answer, NcsError):
                raise answer
            if isinstance(answer, _Done):
                return answer.result
            stopped = Stopped(answer.finished, answer.total)
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
