"""Threads: a pure callable goes in; ``done``, ``failed`` or ``progressed`` come out as signals.

The signals arrive in the window's own thread. One thread owns the store and takes its requests in
order; helper threads do pure work.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ncs_desktop.domain.errors import EnvironmentProblem, NcsError

if TYPE_CHECKING:
    from ncs_desktop.store.lock import WindowLock
    from ncs_desktop.store.store import Store

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
SWITCH_SECONDS = 0.001
"""How long a helper thread may keep the interpreter while the window waits for it."""


class Task(QObject):
    """One piece of background work; its signals arrive in the thread that started it.

    Exactly one of ``done(result)`` and ``failed(problem)`` is sent, unless the work was cancelled:
    then neither is, whatever the work still produced.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int, str)
    handed = Signal(object)
    _reported = Signal(int, int, str)
    _passed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._reported.connect(self._forward, Qt.ConnectionType.QueuedConnection)
        self._passed.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; its result is dropped."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop; long work looks at it between its steps."""
        return self._cancelled.is_set()

    def report(self, finished: int, total: int, text: str = "") -> None:
        """Tell the window how far the work is; may be called from the working thread."""
        self._reported.emit(finished, total, text)

    def hand(self, piece: object) -> None:
        """Hand a piece of the result on while the work goes on; as ``report`` from its thread."""
        self._passed.emit(piece)

    @Slot(object)
    def _hand_on(self, piece: object) -> None:
        if not self.cancelled:
            self.handed.emit(piece)

    @Slot(int, int, str)
    def _forward(self, finished: int, total: int, text: str) -> None:
        if not self.cancelled:
            self.progressed.emit(finished, total, text)


def _without_task(work: Callable[[], object], _task: Task) -> object:
    return work()


class _Threads(QObject):
    """Threads that run callables and hand the outcome back to the window's thread."""

    _arrived = Signal(object, object, object)

    def __init__(self, count: int, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._executor = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._tasks: set[Task] = set()
        self._closing = self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[Task], object]) -> Task:
        """Run ``work`` in a thread; it gets its Task for progress and cancelling.

        While the program closes nothing new is begun: the task counts as cancelled.
        """
        task = Task(self)
        if self._closing:
            task.cancel()
            return task
        self._tasks.add(task)
        self._executor.submit(self._run, task, work)
        return task

    def _run(self, task: Task, work: Callable[[Task], object]) -> None:
        result: object = None
        problem: NcsError | None = None
        try:
            if not task.cancelled:
                result = work(task)
        except NcsError as error:
            problem = error
        except Exception:  # noqa: BLE001  (the thread's boundary: logged, told in one sentence)
            _LOG.error("background work failed", exc_info=True)
            problem = EnvironmentProblem("ui.unexpected")
        if not self._closed:
            self._arrived.emit(task, result, problem)

    @Slot(object, object, object)
    def _deliver(self, task: Task, result: object, problem: NcsError | None) -> None:
        self._tasks.discard(task)
        if not task.cancelled and not self._closed:
            if problem is None:
                task.done.emit(result)
            else:
                task.failed.emit(problem)
        task.deleteLater()

    def close(self) -> None:
        """Finish what was asked for and end the threads; nothing is delivered any more."""
        self._closing = True
        self._executor.shutdown(wait=True)
        self._closed = True


class Background(QObject):
    """Helper threads for pure work: checks, export, bundles."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = _Threads(2, "ncs-work", self)

    def run(self, work: Callable[[], object]) -> Task:
        """Run ``work`` in a thread."""
        return self._threads.start(partial(_without_task, work))

    def run_long(self, work: Callable[[Task], object]) -> Task:
        """Run ``work``, which reports progress to its Task and looks whether it is cancelled."""
        return self._threads.start(work)

    def close(self) -> None:
        """Wait for running work and end the threads."""
        self._threads.close()


class StoreWorker(QObject):
    """The one thread that owns the store; requests are served in the order they were asked."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._threads = _Threads(1, "ncs-store", self)
        self._store: Store | None = None
        self._lock: WindowLock | None = None

    def glance(self) -> Task:
        """Read the list for a first look, before the store is open; None where that cannot be.

        A store that is not there yet has an empty list.
        """
        return self._threads.start(self._glance)

    def _glance(self, _task: Task) -> object:
        if not self.path.exists():
            return []
        from ncs_desktop.store.glance import glance  # noqa: PLC0415  (after the first paint)

        return glance(self.path)

    def open(self) -> Task:
        """Open the store for this window alone; its imports are paid in its own thread."""
        return self._threads.start(self._open)

    def _open(self, _task: Task) -> None:
        from ncs_desktop.store.lock import WindowLock  # noqa: PLC0415
        from ncs_desktop.store.store import Store  # noqa: PLC0415  (SQLAlchemy: after first paint)

        if self._lock is None:
            lock = WindowLock(self.path)
            lock.acquire()
            self._lock = lock
        if self._store is None:
            self._store = Store.open(self.path)

    def ask(self, request: Callable[[Store], object]) -> Task:
        """Run ``request`` with the store in its thread."""
        return self._threads.start(partial(self._serve, request))

    def _serve(self, request: Callable[[Store], T], _task: Task) -> T:
        if self._store is None:
            raise EnvironmentProblem("ui.store_not_open", path=self.path)
        return request(self._store)

    def replace(self, change: Callable[[], object]) -> Task:
        """Run ``change`` while the store is closed (restore of a backup), then open it again.

        Where ``change`` fails the store is opened as it was, and its problem is the one told.
        """
        return self._threads.start(partial(self._replace, change))

    def _replace(self, change: Callable[[], T], task: Task) -> T:
        self._close_store(task)
        with contextlib.ExitStack() as as_it_was:
            as_it_was.callback(self._open_as_it_was, task)
            result = change()
            as_it_was.pop_all()
        self._open(task)
        return result

    def _open_as_it_was(self, task: Task) -> None:
        """Open a store that was not changed; it may be one that cannot be opened."""
        with contextlib.suppress(NcsError):
            self._open(task)

    def close(self) -> None:
        """Serve what was asked for, close the store and end its thread."""
        self._threads.start(self._let_go)
        self._threads.close()

    def _let_go(self, task: Task) -> None:
        self._close_store(task)
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _close_store(self, _task: Task) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
