"""Keeps the findings of the edited phiếu up to date, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ncs_desktop.domain.checks import check
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.background.threads import Background, Task
from ncs_desktop.ui.editor.session import EditingSession

CHECK_AFTER_MS = 250


class Checker(QObject):
    """Runs the checks shortly after each change; the newest result wins."""

    checked = Signal(list)

    def __init__(
        self,
        session: EditingSession,
        background: Background,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._now = now
        self._running: Task | None = None
        self.findings: list[Finding] = []
        self.checked_proposal: Proposal | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_AFTER_MS)
        self._soon.timeout.connect(self.run)
        session.changed.connect(self._on_changed)
        session.replaced.connect(self.run)

    @Slot(str)
    def _on_changed(self, _key: str) -> None:
        self._soon.start()

    @Slot()
    def run(self) -> None:
        """Check now; an unfinished older check is forgotten."""
        if self._running is not None:
            self._running.cancel()
        session = self._session
        work = partial(check, session.proposal, session.form, session.call, None, self._now())
        self._pending = session.proposal
        self._running = self._background.run(work)
        self._running.done.connect(self._on_done)

    @Slot(object)
    def _on_done(self, findings: list[Finding]) -> None:
        self._running = None
        self.findings = findings
        self.checked_proposal = self._pending
        self.checked.emit(findings)


def place_of(finding: Finding) -> str:
    """Return the key of the field a finding belongs to, without positions inside a list."""
    return (finding.field or "").partition("[")[0]
