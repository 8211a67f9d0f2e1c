"""What the composition root hands to every page: workers, catalogue, sentences, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages


@dataclass
class Services:
    """Collaborators of the window.

    ``catalog`` and ``messages`` are read after the first paint; pages that need them are built
    only then.
    """

    store: StoreWorker
    background: Background
    layout: LayoutWorker
    now: Callable[[], datetime]
    ask: Ask = field(default_factory=Ask)
    catalog: Catalog = field(init=False)
    messages: Messages = field(init=False)
    closed: bool = field(default=False, init=False)

    @property
    def ready(self) -> bool:
        """Whether catalogue and sentences are there."""
        return hasattr(self, "catalog") and hasattr(self, "messages")

    def sentence(self, problem: NcsError) -> str:
        """Return the one sentence a person reads for ``problem``."""
        return self.messages.error(problem)

    def close(self) -> None:
        """End all workers, once; what was asked of the store is still served."""
        if self.closed:
            return
        self.closed = True
        self.layout.close()
        self.background.close()
        self.store.close()
