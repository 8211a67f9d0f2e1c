"""Work of the window's own thread, done a few milliseconds at a time between its events."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Slot

SLICE_S = 0.002
"""How long the window may be kept from its events at once, beside painting."""
_Found = TypeVar("_Found")


def whole(steps: Generator[object, None, _Found]) -> _Found:
    """Do all steps at once and return what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: _Found = end.value
            return found


class Slices(QObject):
    """Does the steps of one piece of work; a newer piece takes the place of an older one.

    The first slice is done at once, so that what is quick is finished on return.
    """

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._steps: Iterator[object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is still to be done."""
        return self._steps is not None

    def run(self, steps: Iterator[object]) -> None:
        """Do ``steps`` in place of what is being done."""
        self._steps = steps
        self._go_on()

    def finish(self) -> None:
        """Do what is left at once."""
        while self._steps is not None:
            self._slice(float("inf"))

    @Slot()
    def _go_on(self) -> None:
        self._slice(self._clock() + SLICE_S)

    def _slice(self, end: float) -> None:
        steps = self._steps
        if steps is None:
            return
        for _step in steps:
            if self._steps is not steps:
                return
            if self._clock() >= end:
                self._timer.start(0)
                return
        if self._steps is steps:
            self._steps = None
