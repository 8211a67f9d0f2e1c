"""«Hoàn tác» beside what was taken out goes when a person has gone on: Ctrl+Z is still there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from ncs_desktop.ui.editor.view import EditorView

LATER_STEPS = 3
"""Steps after which nobody thinks of the one that was offered to be taken back."""
LATER_MS = 15_000
"""Time after the first later step until the offer goes."""


class UndoOffer(QObject):
    """Shows the offers of one editor page in its notice and takes them back."""

    def __init__(self, page: EditorView) -> None:
        super().__init__(page)
        self._notice, self._session = page.notice, page.session
        self._text, self._step = "", 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._withdraw)
        for card in page.cards.values():
            card.undoable.connect(self._offer)
        page.session.changed.connect(self._on_step)
        page.session.replaced.connect(self._on_step)

    @Slot(str, object)
    def _offer(self, text: str, undo: Callable[[], object]) -> None:
        """Offer to take back the step just made."""
        self._later.stop()
        self._text, self._step = text, self._session.steps
        self._notice.offer_undo(text, undo)

    @Slot()
    def _on_step(self) -> None:
        """Withdraw where the step was taken back, or is the newest no more for a while."""
        later = self._session.steps - self._step
        if not self._text or not later:
            return
        if not 0 < later < LATER_STEPS:
            self._withdraw()
        elif not self._later.isActive():
            self._later.start()

    @Slot()
    def _withdraw(self) -> None:
        self._later.stop()
        if self._notice.text == self._text:
            self._notice.clear()
        self._text = ""
