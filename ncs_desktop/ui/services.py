"""What the composition root hands to every page: workers, catalogue, sentences, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages


def open_with_desktop(path: Path) -> None:
    """Show a file or folder in the desktop's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def documents_folder() -> Path:
    """Return the person's folder for documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))


@dataclass
class Services:
    """Collaborators of the window.

    ``catalog`` and ``messages`` are read after the first paint; pages that need them are built
    only then. ``folder`` is where a file was last written.
    """

    store: StoreWorker
    background: Background
    layout: LayoutWorker
    now: Callable[[], datetime]
    ask: Ask = field(default_factory=Ask)
    catalog: Catalog = field(init=False)
    messages: Messages = field(init=False)
    open_path: Callable[[Path], object] = open_with_desktop
    folder: Path | None = None
    closed: bool = field(default=False, init=False)

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Ask where to write one file: in the folder of the last one, at first in Documents."""
        folder = self.folder or documents_folder()
        target = self.ask.save_file(parent, title, str(folder / name), kinds)
        if target is not None:
            self.folder = target.parent
        return target

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
