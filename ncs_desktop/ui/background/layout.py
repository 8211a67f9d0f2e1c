"""The preview's warm layout process, seen from the window: newest request wins.

One helper thread talks to the process, so the window never waits.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.work.other_process import OtherProcess

if TYPE_CHECKING:
    from ncs_desktop.domain.proposal import Proposal

_LOG = logging.getLogger(__name__)
_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class LayoutRequest:
    """What is to be laid out; ``number`` tells an answer's request."""

    number: int
    proposal: Proposal
    draft: bool


def _new_process() -> OtherProcess:
    from ncs_desktop.ui.background import layout_process  # noqa: PLC0415  (after the first paint)

    return OtherProcess(layout_process.serve)


class LayoutWorker(QObject):
    """Lays proposals out in the warm process; restarts it politely when it dies."""

    laid_out = Signal(int, object)
    failed = Signal(int, object)
    _arrived = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._newest: LayoutRequest | None = None
        self._closed = False
        self._warm_wanted = False
        self._process: OtherProcess | None = None
        self._thread: threading.Thread | None = None
        self._number = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def warm_up(self) -> None:
        """Start the process before it is needed."""
        self._start_thread()
        with self._wake:
            self._warm_wanted = True
            self._wake.notify()

    def request(self, proposal: Proposal, *, draft: bool) -> int:
        """Ask for a layout and return its number; an unanswered older request is dropped."""
        self._start_thread()
        self._number += 1
        with self._wake:
            self._newest = LayoutRequest(self._number, proposal, draft)
            self._wake.notify()
        return self._number

    def _start_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="ncs-layout-talk")
            self._thread.start()

    def _serve(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(self._has_something_to_do)
                if self._closed:
                    break
                request, self._newest, self._warm_wanted = self._newest, None, False
            self._ensure_process()
            if request is not None:
                answer = self._answer(request)
                if not self._closed:
                    self._arrived.emit(request.number, answer)
        if self._process is not None:
            self._process.close()

    def _has_something_to_do(self) -> bool:
        return self._closed or self._warm_wanted or self._newest is not None

    def _ensure_process(self) -> OtherProcess | None:
        with self._wake:
            if self._process is None and not self._closed:
                self._process = _new_process()
            return self._process

    def _answer(self, request: LayoutRequest) -> object:
        for _attempt in range(_ATTEMPTS):
            process = self._ensure_process()
            if process is None:
                break
            try:
                process.requests.send((request.proposal, request.draft))
                return process.answers.recv()
            except (OSError, EOFError):
                if not self._closed:
                    _LOG.warning("layout process ended; starting another")
                    process.close()
                    self._process = None
        return EnvironmentProblem("ui.preview_failed")

    @Slot(int, object)
    def _deliver(self, number: int, answer: object) -> None:
        if isinstance(answer, NcsError):
            self.failed.emit(number, answer)
        else:
            self.laid_out.emit(number, answer)

    def close(self) -> None:
        """End the process and the thread; nothing is delivered any more."""
        with self._wake:
            self._closed = True
            self._wake.notify()
            if self._process is not None:
                self._process.kill()
        if self._thread is not None:
            self._thread.join()
