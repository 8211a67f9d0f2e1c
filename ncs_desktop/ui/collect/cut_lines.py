"""Which phiếu still have a text in the official table that the program cut."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from ncs_desktop.domain.views import View
from ncs_desktop.ui.collect import requests
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.head import DeskHead


class CutLines(QObject):
    """``ids`` of what waits for a short text; ``changed`` when others are known.

    Whole phiếu are read for it: only while a person looks at these lines.
    """

    changed = Signal()

    def __init__(self, desk: CollectDesk, head: DeskHead) -> None:
        super().__init__(head)
        self._desk, self._head = desk, head
        self.ids: frozenset[str] = frozenset()
        head.view_chosen.connect(self._ask)
        desk.loaded.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        services = self._desk.services
        if self._head.views.currentData() == View.CUT and not services.closed:
            request = partial(requests.still_cut, self._desk.call, services.catalog)
            services.store.ask(request).done.connect(self._on_read)

    @Slot(object)
    def _on_read(self, ids: frozenset[str]) -> None:
        if ids != self.ids:
            self.ids = ids
            self.changed.emit()
