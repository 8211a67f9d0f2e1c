"""A process beside this one, with one pipe to it and one from it.

The pipes carry one way each: a two-way pipe would open a socket. Ctrl+C reaches every process of a
terminal; only the one a person started answers it, and ends the others.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ncs_desktop.domain.closing import Closing

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class OtherProcess(Closing):
    """Runs ``serve(requests, answers, *arguments)``, a function of a module, until it returns.

    An end of a pipe raises EOFError or OSError once the process is gone. A process with helpers
    of its own is no ``helper``: that may have none, and dies with whoever started it.
    """

    def __init__(self, serve: Callable[..., None], *arguments: object, helper: bool = True) -> None:
        from multiprocessing import get_context  # noqa: PLC0415  (costs more than a start may)

        context = get_context("spawn")
        asked, self.requests = context.Pipe(duplex=False)
        self.answers, answering = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_begin, args=(serve, _End(asked), _End(answering), *arguments), daemon=helper
        )
        self._closed = False
        with _deaf_children():
            self._process.start()
        asked.close()
        answering.close()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return not self._closed and self._process.is_alive()

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer gets EOFError."""
        if not self._closed:
            self._process.kill()

    def close(self, patience: float = 0) -> None:
        """Give the process ``patience`` seconds to end by itself, end it, let go of the pipes."""
        if self._closed:
            return
        self._closed = True
        self.requests.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        self.answers.close()
        self._process.close()


class _End:
    """An end of a pipe, given to a process as it starts and its alone from then on.

    Given as multiprocessing gives it on Windows, this process would hold it until the other fetches
    it: of one that ends before that, nobody would ever be told.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        if sys.platform == "win32":
            from multiprocessing.connection import PipeConnection  # noqa: PLC0415
            from multiprocessing.context import get_spawning_popen  # noqa: PLC0415

            handle = get_spawning_popen().duplicate_for_child(self._pipe.fileno())
            return PipeConnection, (handle, self._pipe.readable, self._pipe.writable)
        return _same, (self._pipe,)


def _same(pipe: Connection) -> Connection:
    return pipe


def _begin(serve: Callable[..., None], *arguments: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(*arguments)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let a process started meanwhile hear no Ctrl+C before its first line either."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        kernel = ctypes.WinDLL("kernel32")
        kernel.SetConsoleCtrlHandler(None, 1)
        try:
            yield
        finally:
            kernel.SetConsoleCtrlHandler(None, 0)
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415

    resource_tracker.ensure_running()  # the first start of it would let go of what is held back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
