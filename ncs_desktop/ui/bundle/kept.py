"""The scans and enclosures of a dossier as the store keeps them, for the lists that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal, Slot

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.services import Services
from ncs_desktop.work.kept import SHARED, KeptFile, is_scan
from ncs_desktop.work.papers import Attached

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store

Taken = tuple[str, list[Attached], list[NcsError]]


class Kept(QObject):
    """What is kept; every change is in the store before it is shown.

    Files are read by a helper thread, so that neither the window nor the saving of what is typed
    waits for a slow stick.
    """

    changed = Signal()
    working = Signal(bool)
    failed = Signal(object)
    taken = Signal()
    """Files were given and every one of them is kept."""
    removed = Signal(str, str)
    """Id and name of a file that was taken off; ``put_back`` gives it back."""

    def __init__(
        self, services: Services, proposals: Sequence[Proposal], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._proposals = tuple(proposals)
        self._reading = 0
        self.files: tuple[KeptFile, ...] = ()

    def load(self) -> None:
        """Read what the store keeps."""
        self._ask(_nothing)

    @property
    def enclosed(self) -> tuple[KeptFile, ...]:
        """The files that go along, scans of signed papers left out."""
        return tuple(item for item in self.files if not is_scan(item.role))

    @property
    def valid_scans(self) -> tuple[KeptFile, ...]:
        """The scans of what the phiếu say now."""
        return tuple(item for item in self.files if is_scan(item.role) and not item.outdated)

    def scan_of(self, role: str, proposal_id: str) -> KeptFile | None:
        """Return the last scan of a phiếu, or of a paper of the whole dossier."""
        found = [
            item
            for item in self.files
            if item.role == role and (role in SHARED or item.proposal_id == proposal_id)
        ]
        return found[-1] if found else None

    def add(self, paths: Sequence[Path], role: str, proposal_id: str | None = None) -> None:
        """Keep files: scans chosen together are the pages of one paper."""
        groups = [list(paths)] if is_scan(role) else [[path] for path in paths]
        if paths:
            self._reading += 1
            self.working.emit(True)
            task = self._services.background.run(partial(_read, groups, role, proposal_id))
            task.done.connect(self._on_read)
            task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_read(self, taken: Taken) -> None:
        role, files, problems = taken
        proposals, now = self._proposals, self._services.now()
        task = self._ask(partial(_keep, proposals, files, role, now))
        if not problems:
            task.done.connect(self.taken)
        for problem in problems[:1]:
            self.failed.emit(problem)

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._rest()
        self.failed.emit(problem)

    def remove(self, file: KeptFile) -> None:
        """Take a file off; it can be put back."""
        self._ask(partial(_remove, file.id, self._services.now()))
        self.removed.emit(file.id, file.name)

    def put_back(self, file_id: str) -> None:
        """Put back what was taken off."""
        self._ask(partial(_put_back, file_id))

    def use(self, file: KeptFile) -> None:
        """Take a scan of older paper as that of today's."""
        self._ask(partial(_use, file, self._services.now()))

    def _ask(self, change: Callable[[Store], object]) -> Task:
        task = self._services.store.ask(partial(_changed, change, self._proposals))
        task.done.connect(self._on_loaded)
        task.failed.connect(self._on_failed)
        return task

    @Slot(object)
    def _on_loaded(self, files: list[KeptFile]) -> None:
        self.files = tuple(files)
        self._rest()
        self.changed.emit()

    def _rest(self) -> None:
        self._reading = max(self._reading - 1, 0)
        self.working.emit(bool(self._reading))


def _changed(
    change: Callable[[Store], object], proposals: Sequence[Proposal], store: Store
) -> list[KeptFile]:
    from ncs_desktop.work.kept import kept_files  # noqa: PLC0415

    change(store)
    return kept_files(store, proposals)


def _nothing(_store: Store) -> None:
    return None


def _read(groups: Sequence[Sequence[Path]], role: str, proposal_id: str | None) -> Taken:
    from ncs_desktop.work.kept import read_to_keep  # noqa: PLC0415

    files: list[Attached] = []
    problems: list[NcsError] = []
    for paths in groups:
        try:
            read = read_to_keep(paths, role)
            files.append(Attached(read.name, read.content, proposal_id))
        except NcsError as problem:
            problems.append(problem)
    return role, files, problems


def _keep(
    proposals: Sequence[Proposal],
    files: Sequence[Attached],
    role: str,
    now: datetime,
    store: Store,
) -> None:
    from ncs_desktop.work.kept import keep  # noqa: PLC0415

    keep(store, proposals, files, role, now)


def _remove(file_id: str, now: datetime, store: Store) -> None:
    store.detach(file_id, now)


def _put_back(file_id: str, store: Store) -> None:
    store.put_back(file_id)


def _use(file: KeptFile, now: datetime, store: Store) -> None:
    from ncs_desktop.work.kept import use_for_current  # noqa: PLC0415

    use_for_current(store, file, now)


def local_files(data: QMimeData) -> list[Path]:
    """Return the files of this computer among what is dragged."""
    return list(_local(data))


def _local(data: QMimeData) -> Iterator[Path]:
    for url in data.urls():
        if url.isLocalFile():
            yield Path(url.toLocalFile())


def size_words(size: int) -> str:
    """Return a size (bytes) as a person reads it."""
    if size < 2**20:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / 2**20:.1f} MB".replace(".", ",")
