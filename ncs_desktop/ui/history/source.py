"""Where the dialog of kept versions gets its data; the only part that knows workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from ncs_desktop.domain.differences import Differences, compare
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.store.records import Version
    from ncs_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kept version against the phiếu as it is now (old = kept, new = now)."""

    version_id: str
    proposal: Proposal
    differences: Differences


class HistorySource(Protocol):
    """What the dialog asks for; answers come later, through the callable handed in."""

    def list_versions(self, show: Callable[[Sequence[Version]], None]) -> None:
        """Give the kept versions, the latest first."""

    def compare(self, version_id: str, show: Callable[[Comparison], None]) -> None:
        """Give one version and what differs from now."""

    def restore(self, proposal: Proposal) -> None:
        """Make the content of a kept version the current one: see EditingSession.restore."""


def compared(version_id: str, old: Proposal, now: Proposal, form: Form) -> Comparison:
    """Return what differs between a kept version and now."""
    return Comparison(version_id, old, compare(old, now, form))


class SessionHistory(QObject):
    """The history of the phiếu being edited."""

    failed = Signal(object)

    def __init__(
        self, services: Services, session: EditingSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._session = session

    def list_versions(self, show: Callable[[Sequence[Version]], None]) -> None:
        """Save what was typed, then give the kept versions."""
        self._session.save()
        task = self._services.store.ask(partial(_history, self._session.proposal.id))
        task.done.connect(show)
        task.failed.connect(self.failed)

    def compare(self, version_id: str, show: Callable[[Comparison], None]) -> None:
        """Give one version and what differs from now; compared in a helper thread."""
        task = self._services.store.ask(partial(_version, version_id))
        task.done.connect(partial(self._compare, version_id, show))
        task.failed.connect(self.failed)

    def _compare(self, version_id: str, show: Callable[[Comparison], None], old: Proposal) -> None:
        session = self._session
        work = partial(compared, version_id, old, session.proposal, session.form)
        task = self._services.background.run(work)
        task.done.connect(show)
        task.failed.connect(self.failed)

    def restore(self, proposal: Proposal) -> None:
        """Go back to the content of ``proposal``: the frozen revision, or else a new one."""
        self._session.restore(proposal)


def _history(proposal_id: str, store: Store) -> Sequence[Version]:
    return store.history(proposal_id)


def _version(version_id: str, store: Store) -> Proposal:
    return store.version(version_id)
