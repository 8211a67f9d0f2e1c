"""Where the store cannot be opened: why, and what a person can do about it, as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import InputProblem, NcsError
from ncs_desktop.ui.doorbell import ring
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.settings.restoring import ask_restore, restored_sentence
from ncs_desktop.ui.widgets.notice import Actions, Notice

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.store.backup import Restored

_RINGS, _RING_EVERY_MS = 10, 500
_NO_USE_TO_TRY_AGAIN = ("store.newer", "store.foreign", "store.migration_failed")


class StoreTrouble(QObject):
    """Belongs to the window; ``mended`` when the store may be opened, ``left`` to another window.

    ``files`` are handed to that other window, which was a moment quicker. A damaged store is never
    deleted: what takes its place leaves it beside under a dated name.
    """

    mended = Signal()
    left = Signal()

    def __init__(
        self, services: Services, notice: Notice, files: Sequence[Path], window: QWidget
    ) -> None:
        super().__init__(window)
        self._services, self._notice, self._window = services, notice, window
        self._files = files
        self._problem: NcsError | None = None
        self._damaged = False
        self._tried = False

    @Slot(object)
    def meet(self, problem: NcsError) -> None:
        """Say what stands against opening the store."""
        self._problem = problem
        self._damaged = self._damaged or problem.code == "store.damaged"
        self.say()
        if problem.code == "store.second_window":
            self._ring(_RINGS)

    def _ring(self, times: int) -> None:
        """Leave the work to the window that was a moment quicker, once it can answer."""
        if self._services.closed or not times:
            return
        if ring(self._services.store.path, self._files):
            self.left.emit()
        else:
            QTimer.singleShot(_RING_EVERY_MS, self, partial(self._ring, times - 1))

    def say(self) -> None:
        """Say it (again): nothing else can be done in this window."""
        if self._problem is not None:
            text = self._services.sentence(self._problem)
            self._notice.say(text, problem=True, actions=self._actions(self._problem))

    def actions(self) -> Actions:
        """Return what mends a damaged store that is open."""
        return ((self.tr("Khôi phục từ sao lưu…"), self._restore),)

    def _actions(self, problem: NcsError) -> Actions:
        support = (self.tr("Gói hỗ trợ…"), self._make_support)
        if self._damaged:
            return (*self.actions(), *self._anew(), support)
        if problem.code in _NO_USE_TO_TRY_AGAIN:
            folder = self._services.store.path.parent
            opened = partial(self._services.open_path, folder)
            return ((self.tr("Mở thư mục chứa kho"), opened), support)
        return ((self.tr("Thử lại"), self._try_again), support)

    def _anew(self) -> Actions:
        """Offer an empty store where there is no safety copy, or the one chosen did not help."""
        from ncs_desktop.work.keep import automatic_backups  # noqa: PLC0415

        if automatic_backups(self._services.store.path) and not self._tried:
            return ()
        return ((self.tr("Bắt đầu với kho mới"), self._begin_anew),)

    @Slot()
    def _try_again(self) -> None:
        self._notice.clear()
        self.mended.emit()

    @Slot()
    def _restore(self) -> None:
        try:
            task = ask_restore(self._services, self._window, sure=self._damaged)
        except InputProblem as problem:
            self._on_failed(problem)
            return
        if task is not None:
            task.done.connect(self._on_restored)
            task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_restored(self, restored: Restored) -> None:
        self._go_on(restored_sentence(restored))

    @Slot()
    def _begin_anew(self) -> None:
        store = self._services.store
        task = store.replace(partial(_put_aside, store.path, self._services.now()))
        task.done.connect(self._on_begun)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_begun(self, kept: Path | None) -> None:
        text = self.tr("Đã bắt đầu với kho mới; kho hỏng được giữ lại ở {path}.")
        self._go_on(text.format(path=kept or ""))

    def _go_on(self, text: str) -> None:
        self._problem, self._damaged, self._tried = None, False, False
        self._notice.say(text)
        self.mended.emit()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._tried = True
        if self._problem is None:
            self._notice.say(self._services.sentence(problem), problem=True, actions=self.actions())
        else:
            self.meet(problem)

    @Slot()
    def _make_support(self) -> None:
        from ncs_desktop.ui.settings.support import make_support_package  # noqa: PLC0415

        make_support_package(self._services, self._window, self._tell, self._on_support_failed)

    def _tell(self, text: str) -> None:
        problem = self._problem
        actions = self._actions(problem) if problem is not None else ()
        self._notice.say(text, actions=actions)

    def _on_support_failed(self, problem: object) -> None:
        assert isinstance(problem, NcsError)
        self._tell(self._services.sentence(problem))


def _put_aside(path: Path, now: datetime) -> Path | None:
    from ncs_desktop.work.keep import put_aside  # noqa: PLC0415

    return put_aside(path, now)
