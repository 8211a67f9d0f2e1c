"""What came in, told in a few words in memory; the rest lies on disk until somebody asks for it.

A thousand proposals with their long texts and findings are most of what a collection would hold.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import SEEK_END
from typing import TYPE_CHECKING, Any

from ncs_desktop.domain.duplicates import Trace, trace
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Loaded
from ncs_desktop.work.prepare import Checked

if TYPE_CHECKING:
    from ncs_desktop.store.records import Outcome

Read = Callable[[], tuple[Loaded, Checked]]
"""Gives a proposal as it was read, and what the checks say of it."""


@dataclass(frozen=True, eq=False, slots=True)
class Arrival:
    """One proposal as it came in: in which file, when received, what the checks say.

    ``lined`` says that an office wrote a line for its table. The text and the findings are read
    anew by every look at ``loaded``, ``checked`` or ``proposal``.
    """

    source: str
    id: str
    revision: int
    digest: str
    title: str
    call: str
    altered: bool
    lined: bool
    errors: int
    waived: int
    findings: int
    trace: Trace
    when: datetime | None
    number: int
    outcome: Outcome | None
    read: Read

    @property
    def loaded(self) -> Loaded:
        """The proposal as it was read, with the notes on reading it."""
        return self.read()[0]

    @property
    def checked(self) -> Checked:
        """What the checks say of it."""
        return self.read()[1]

    @property
    def proposal(self) -> Proposal:
        """The proposal."""
        return self.read()[0].proposal


class Shelf:
    """A file of this process alone; it goes when nothing put on it is wanted any more."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="ncs-")  # noqa: SIM115  (closed by finalize)
        weakref.finalize(self, self._file.close)

    def put(
        self,
        source: str,
        loaded: Loaded,
        checked: Checked,
        *,
        when: datetime | None,
        number: int,
        outcome: Outcome | None = None,
    ) -> Arrival:
        """Lay a proposal down and return what stays at hand of it."""
        at = self._file.seek(0, SEEK_END)
        size = self._file.write(pickle.dumps((loaded, checked), pickle.HIGHEST_PROTOCOL))
        proposal = loaded.proposal
        return Arrival(
            source,
            proposal.id,
            proposal.revision,
            proposal.digest,
            proposal.title,
            proposal.call,
            loaded.altered,
            bool(proposal.table_line),
            checked.errors,
            checked.waived,
            len(checked.findings),
            trace(proposal),
            when,
            number,
            outcome,
            partial(self._read, at, size),
        )

    def _read(self, at: int, size: int) -> Any:
        self._file.seek(at)
        return pickle.loads(self._file.read(size))
