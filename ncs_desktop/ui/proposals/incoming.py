"""Files on their way into the list: read by a helper thread, kept by the store one at a time.

A save asked for meanwhile waits for one file's keeping at most, never for a reading.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.inputs import Read
    from ncs_desktop.work.keep import TakenIn

_SHOWN_AFTER_MS = 100
_TOLD_EVERY_MS = 1000


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as read; ``problem`` says why it could not be."""

    path: Path
    found: Read | None = None
    problem: NcsError | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files; ``finished`` is less than ``total`` where a person stopped it."""

    outcomes: tuple[TakenIn, ...]
    finished: int
    total: int


class Incoming(QObject):
    """``keeping`` comes before each file is kept, ``taken`` at the end, ``failed`` for the store.

    ``kept`` says in between, once a second at most, that there is something new to show.
    Files given while others are on their way follow those.
    """

    keeping = Signal()
    kept = Signal()
    taken = Signal(object)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._waiting: list[Path] = []
        self._outcomes: list[TakenIn] = []
        self._stop = threading.Event()
        self._task: Task | None = None
        self.strip = ProgressStrip()
        self.strip.stop_wanted.connect(self._on_stop)
        self._shown = QTimer(self)
        self._shown.setSingleShot(True)
        self._shown.setInterval(_SHOWN_AFTER_MS)
        self._shown.timeout.connect(self._show)
        self._tell_soon = QTimer(self)
        self._tell_soon.setSingleShot(True)
        self._tell_soon.setInterval(_TOLD_EVERY_MS)
        self._tell_soon.timeout.connect(self.kept)

    @property
    def unfinished(self) -> str:
        """What closing the window would cut short, in words; "" where no file is on its way."""
        if self._task is None:
            return ""
        return self.tr(
            "Đang nhập tệp. Nếu dừng, các phiếu đã nhập được giữ nguyên, các tệp còn lại chưa nhập."
        )

    def begin(self, paths: Sequence[Path]) -> None:
        """Take files and folders in."""
        self._waiting += paths
        if self._task is None and self._waiting:
            self._go_on()

    def _go_on(self) -> None:
        paths, self._waiting = tuple(self._waiting), []
        self._outcomes = []
        self._stop.clear()
        work = partial(_read_all, self._services.catalog, paths, self._stopped)
        task = self._task = self._services.background.run_long(work)
        task.progressed.connect(self.strip.show_progress)
        task.handed.connect(self._on_read)
        task.done.connect(self._on_all_read)
        task.failed.connect(self._on_broken)
        self._shown.start()

    @Slot()
    def _show(self) -> None:
        self.strip.begin(self.tr("Đang đọc tệp…"))

    def _stopped(self) -> bool:
        return self._stop.is_set() or self._services.closed

    @Slot()
    def _on_stop(self) -> None:
        self._stop.set()
        self.strip.show_stopping()

    @Slot(object)
    def _on_read(self, read: ReadFile) -> None:
        self.keeping.emit()
        services = self._services
        task = services.store.ask(partial(_keep, services.catalog, read, services.now()))
        task.done.connect(self._on_kept)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_kept(self, outcomes: list[TakenIn]) -> None:
        self._outcomes += outcomes
        if not self._tell_soon.isActive():
            self._tell_soon.start()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        """The store cannot be written: more files would meet the same."""
        self._stop.set()
        self.failed.emit(problem)

    @Slot(object)
    def _on_all_read(self, counts: tuple[int, int]) -> None:
        """The store serves in order: what was read is kept when it answers."""
        task = self._services.store.ask(partial(_all_kept, counts))
        task.done.connect(self._on_all_kept)

    @Slot(object)
    def _on_broken(self, problem: NcsError) -> None:
        """The reading itself broke down; what was read before stays kept."""
        self._on_failed(problem)
        self._on_all_read((len(self._outcomes), len(self._outcomes)))

    @Slot(object)
    def _on_all_kept(self, counts: tuple[int, int]) -> None:
        self._task = None
        self._shown.stop()
        self._tell_soon.stop()
        self.strip.hide()
        self.taken.emit(Taken(tuple(self._outcomes), *counts))
        self.begin(())


def _read_all(
    catalog: Catalog, paths: Sequence[Path], stopped: Callable[[], bool], task: Task
) -> tuple[int, int]:
    """Read every file and hand it over; return how many were read of how many."""
    from ncs_desktop.work.inputs import input_files, read_whole  # noqa: PLC0415
    from ncs_desktop.work.received import Inbox  # noqa: PLC0415

    files: list[Path] = []
    for path in paths:
        try:
            files += input_files(path)
        except NcsError as problem:
            task.hand(ReadFile(path, problem=problem))
    with Inbox(catalog) as inbox:
        for finished, path in enumerate(files):
            if stopped():
                return finished, len(files)
            task.report(finished, len(files), path.name)
            try:
                found = read_whole(path, catalog, inbox=inbox, name=path.name)
                task.hand(ReadFile(path, found))
            except NcsError as problem:
                task.hand(ReadFile(path, problem=problem))
    return len(files), len(files)


def _keep(catalog: Catalog, read: ReadFile, now: datetime, store: Store) -> list[TakenIn]:
    from ncs_desktop.work.keep import take_in  # noqa: PLC0415
    from ncs_desktop.work.supplement import keep_request  # noqa: PLC0415

    def found(_path: Path) -> Read:
        if read.found is None:
            assert read.problem is not None
            raise read.problem
        return read.found

    keep_file = partial(keep_request, store, catalog, now)
    return list(take_in(lambda: store, [read.path], found, now, keep_file))


def _all_kept(counts: tuple[int, int], _store: Store) -> tuple[int, int]:
    return counts
