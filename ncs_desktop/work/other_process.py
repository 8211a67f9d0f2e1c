"""A process beside this one, with one pipe to it and one from it.

The pipes carry one way each: a two-way pipe would open a socket.
"""

from __future__ import annotations

from collections.abc import Callable

from ncs_desktop.domain.closing import Closing


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
            target=serve, args=(asked, answering, *arguments), daemon=helper
        )
        self._closed = False
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
