"""Untrusted files are read in another process, which may be slow, greedy or fall over.

A hostile Word file can take all memory or all time of whoever parses it. The worker process is
reused from file to file, may take 20 seconds and 512 MB for each, and is ended and started anew
where a file goes beyond.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ncs_desktop.domain.closing import Closing
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem, NcsError
from ncs_desktop.work.other_process import OtherProcess

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SECONDS, MEMORY = 20.0, 512 * 2**20
_START_SECONDS = 60.0
_LARGEST_ANSWER = 256 * 2**20
_READY, _OUT_OF_MEMORY = b"ready", b"memory"
Result = TypeVar("Result")


class Isolation(Closing):
    """One worker process; it is started by the first task and must be closed."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._worker: OtherProcess | None = None

    def run(self, name: str, task: Callable[..., Result], *arguments: Any) -> Result:
        """Return ``task(*arguments)`` as done in the worker for the file called ``name``.

        ``task`` is a function of a module. Its NcsError is raised here; InputProblem
        ``isolation.*`` tells that the file took too long, too much memory, or the worker down.
        """
        worker = self._started()
        finished = False
        try:
            worker.requests.send((task, arguments))
            if not worker.answers.poll(self._seconds):
                raise InputProblem("isolation.too_slow", file=name, seconds=round(self._seconds))
            answer = worker.answers.recv_bytes(_LARGEST_ANSWER)
            if answer == _OUT_OF_MEMORY:
                limit = self._memory // 2**20
                raise InputProblem("isolation.memory", file=name, limit_mb=limit)
            finished = True
        except (EOFError, OSError) as error:
            raise InputProblem("isolation.crashed", file=name) from error
        finally:
            if not finished:
                self.close()
        done: Result | NcsError = pickle.loads(answer)
        if isinstance(done, NcsError):
            raise done
        return done

    def _started(self) -> OtherProcess:
        if self._worker is None:
            self._worker = OtherProcess(serve, self._memory)
            self._wait_until_ready(self._worker.answers)
        return self._worker

    def _wait_until_ready(self, answers: Connection) -> None:
        ready = False
        with contextlib.suppress(EOFError, OSError):
            ready = answers.poll(_START_SECONDS) and answers.recv_bytes() == _READY
        if not ready:
            self.close()
            raise EnvironmentProblem("isolation.no_worker")

    def close(self) -> None:
        """End the worker, whatever it is doing; the next task starts another."""
        if self._worker is not None:
            self._worker.close()
        self._worker = None


def serve(requests: Connection, answers: Connection, memory: int) -> None:
    """Do tasks until the other end of the pipe closes; runs in the worker process.

    Whatever is no foreseen problem ends the process: the other end reads that as such.
    """
    settle()
    limit_memory(memory)
    answers.send_bytes(_READY)
    while True:
        try:
            task, arguments = requests.recv()
        except EOFError:
            return
        answers.send_bytes(_answer(task, arguments))


def _answer(task: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    try:
        try:
            done = task(*arguments)
        except NcsError as problem:
            done = problem
        return pickle.dumps(done)
    except MemoryError:
        return _OUT_OF_MEMORY


def settle() -> None:
    """Leave complaints to the process that started this one."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)


def limit_memory(size: int) -> None:
    """Refuse this process more than ``size`` bytes of memory."""
    if sys.platform == "win32":
        _limit_by_job(size)
        return
    import resource  # noqa: PLC0415  (unknown to Windows)

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _limit_by_job(size: int) -> None:
    """Put this process into a job object that caps its memory (Windows)."""
    import ctypes  # noqa: PLC0415
    from ctypes import wintypes  # noqa: PLC0415

    class Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32),
            ("least_working_set", ctypes.c_size_t),
            ("most_working_set", ctypes.c_size_t),
            ("processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32),
            ("scheduling", ctypes.c_uint32),
        )

    class Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("basic", Basic),
            ("counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("process_peak", ctypes.c_size_t),
            ("job_peak", ctypes.c_size_t),
        )

    process_memory, extended_limits = 0x100, 9
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32,
    )  # fmt: skip
    limits = Extended(Basic(flags=process_memory), process_memory=size)
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(
        job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
