"""Keeps the findings of the edited phiếu up to date, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.letters import CO_FUND
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.bundle.kept import Kept
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.domain.call import Call
    from ncs_desktop.work.kept import KeptFile

CHECK_AFTER_MS = 250
_LIST = "commitments"
_PARTS = {
    "scope": "scope.cooperate",
    "unticked": f"scope.{CO_FUND}",
    "unfunded": "amount",
    "negative_commitment": "amount",
    "commitment_unread": "amount",
    "district_field": "address",
    "province_field": "address",
    "short": "amount",
}
"""Which box of a commitment a sentence of the checks speaks of; the others speak of its name."""


class Checker(QObject):
    """Runs the checks shortly after each change; the newest result wins."""

    checked = Signal(list)

    def __init__(
        self,
        session: EditingSession,
        services: Services,
        kept: Kept,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._services = services
        self._kept = kept
        self._running: Task | None = None
        self.findings: list[Finding] = []
        self.checked_proposal: Proposal | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_AFTER_MS)
        self._soon.timeout.connect(self.run)
        session.changed.connect(self._on_changed)
        session.replaced.connect(self.run)
        kept.changed.connect(self.run)

    @Slot(str)
    def _on_changed(self, _key: str) -> None:
        self._soon.start()

    @Slot()
    def run(self) -> None:
        """Check now; an unfinished older check is forgotten."""
        if self._running is not None:
            self._running.cancel()
        self._pending = self._session.proposal
        self._running = self._services.background.run(self.work(self._pending))
        self._running.done.connect(self._on_done)

    def work(self, proposal: Proposal) -> Callable[[], list[Finding]]:
        """Return the check of ``proposal`` with the files kept with it, to be run elsewhere."""
        services, session = self._services, self._session
        files, now = self._kept.enclosed, services.now()
        return partial(_check, services.catalog, proposal, session.call, files, now)

    @Slot(object)
    def _on_done(self, findings: list[Finding]) -> None:
        self._running = None
        self.findings = findings
        self.checked_proposal = self._pending
        self.checked.emit(findings)


def _check(
    catalog: Catalog,
    proposal: Proposal,
    call: Call,
    files: tuple[KeptFile, ...],
    now: datetime,
) -> list[Finding]:
    from ncs_desktop.work.ahead import check_ahead  # noqa: PLC0415

    return check_ahead(catalog, proposal, call, files, now)


def spot_of(finding: Finding) -> str:
    """Return the key of the very box a finding speaks of: in a list, of the entry it numbers."""
    field = finding.field or ""
    if field != _LIST:
        return field
    number = finding.params.get("number")
    part = _PARTS.get(finding.message.partition(".")[2], "organization")
    return f"{field}[{number - 1 if isinstance(number, int) else 0}].{part}"


def place_of(finding: Finding) -> str:
    """Return the key of the field a finding belongs to, without positions inside a list."""
    return (finding.field or "").partition("[")[0]
