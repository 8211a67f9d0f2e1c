"""Sections of the official table in the officer's list, read of the lines that are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ncs_desktop.domain.desk import DeskEntry
from ncs_desktop.ui.collect import requests
from ncs_desktop.ui.services import Services

_KEPT = 4000
_AT_ONCE = 60
"""Lines read at once: two or three screens."""


class LineTexts(QObject):
    """What the official table says of a phiếu by section; ``changed`` when more of it is known.

    It is asked of the version that counts, so that what an officer writes is read anew.
    """

    changed = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._known: dict[requests.Counted, Mapping[str, str]] = {}
        self._wanted: dict[requests.Counted, None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def text(self, entry: DeskEntry, key: str) -> str:
        """Return what the table says in a section; «…» until it is read."""
        counted = (entry.proposal_id, entry.number)
        found = self._known.get(counted)
        if found is None:
            self._wanted[counted] = None
            self._soon.start()
            return "…"
        return found.get(key, "")

    @Slot()
    def _ask(self) -> None:
        """Read what was looked at last; what was scrolled past is asked for when it is seen."""
        wanted = list(self._wanted)[-_AT_ONCE:]
        self._wanted.clear()
        if wanted and not self._services.closed:
            request = partial(requests.line_texts, wanted, self._services.catalog)
            self._services.store.ask(request).done.connect(self._on_read)

    @Slot(object)
    def _on_read(self, found: Mapping[requests.Counted, Mapping[str, str]]) -> None:
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known.update(found)
        self.changed.emit()
