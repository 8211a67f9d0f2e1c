"""The start, step by step: a first look at the list, the store, then catalogue and sentences.

Each step begins when the one before was painted, so that a person sees the window, then the list,
long before everything heavy is loaded.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.catalog import Catalog, Messages
    from ncs_desktop.store.records import Listed
    from ncs_desktop.ui.proposals.desk import ProposalsDesk
    from ncs_desktop.ui.proposals.page import ProposalsPage


class Start(QObject):
    """Belongs to the window; ``list_painted`` and ``ready`` tell how far it is."""

    list_painted = Signal()
    ready = Signal()
    failed = Signal(object)
    stuck = Signal(object)
    """The store cannot be opened; ``open_store`` tries again."""

    def __init__(
        self, services: Services, desk: ProposalsDesk, page: ProposalsPage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._desk = desk
        self._page = page
        self._list_shown = self._opening = False
        self._page.painted.connect(self._on_page_painted)

    def begin(self) -> None:
        """Show the list from a first look, then open the store."""
        self._services.store.glance().done.connect(self._on_glance)

    @Slot(object)
    def _on_glance(self, lines: list[Listed] | None) -> None:
        if lines is None:
            self.open_store()
            return
        self._list_shown = True
        self._page.show_lines(lines)

    @Slot()
    def _on_page_painted(self) -> None:
        if not self._list_shown:
            return
        self._page.painted.disconnect(self._on_page_painted)
        self.list_painted.emit()
        if not self._opening:
            QTimer.singleShot(0, self.open_store)

    @Slot()
    def open_store(self) -> None:
        """Open the store and go on from there; once more where it could not be opened before."""
        if self._services.closed:
            return
        self._opening = True
        task = self._services.store.open()
        task.failed.connect(self._on_store_failed)
        task.done.connect(self._on_store_open)

    @Slot(object)
    def _on_store_open(self, _nothing: object) -> None:
        self._desk.listed.connect(self._on_first_list)
        self._desk.refresh()

    @Slot()
    def _on_first_list(self) -> None:
        self._desk.listed.disconnect(self._on_first_list)
        self._list_shown = True
        task = self._services.background.run(_read_words)
        task.done.connect(self._on_words)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_words(self, words: tuple[Catalog, Messages]) -> None:
        services = self._services
        services.catalog, services.messages = words
        self._page.name_calls(services.catalog)
        self._page.set_ready()
        for problem in services.catalog.problems[:1]:
            self.failed.emit(problem)
        self.ready.emit()
        services.layout.warm_up()
        work = partial(_daily_backup, services.store.path, services.now())
        services.background.run(work).failed.connect(self.failed)

    @Slot(object)
    def _on_store_failed(self, problem: NcsError) -> None:
        from ncs_desktop.catalog import Messages  # noqa: PLC0415

        self._services.messages = Messages.load()
        self.stuck.emit(problem)


def _daily_backup(path: Path, now: datetime) -> object:
    from ncs_desktop.work.keep import daily_backup  # noqa: PLC0415

    return daily_backup(path, now)


def _read_words() -> tuple[Catalog, Messages]:
    from ncs_desktop.catalog import Catalog, Messages  # noqa: PLC0415
    from ncs_desktop.paths import own_calls_folder  # noqa: PLC0415

    return Catalog.load(own_calls=own_calls_folder()), Messages.load()
