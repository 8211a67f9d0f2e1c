"""What the composition root hands to every page: workers, catalogue, sentences, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.remembered import Folders
from ncs_desktop.ui.shown_copies import ShownCopies

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages


def open_with_desktop(path: Path) -> None:
    """Show a file or folder in the desktop's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


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
    open_path: Callable[[Path], object] = open_with_desktop
    closed: bool = field(default=False, init=False)

    @cached_property
    def folders(self) -> Folders:
        """The folder used last for any file, also in the run before."""
        return Folders(self.store.path)

    def open_files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        """Ask for files to open, beginning in the folder used last."""
        paths = self.ask.open_files(parent, title, kinds, self.folders.last)
        if paths:
            self.folders.last = paths[0].parent
        return paths

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for a folder to read from."""
        chosen = self.ask.folder(parent, title, self.folders.last)
        if chosen is not None:
            self.folders.last = chosen
        return chosen

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Ask where to write one file, proposing ``name``, beginning in the folder used last."""
        target = self.ask.save_file(parent, title, str(self.folders.last / name), kinds)
        if target is not None:
            self.folders.last = target.parent
        return target

    def save_folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for a folder to write to."""
        chosen = self.ask.folder(parent, title, self.folders.last)
        if chosen is not None:
            self.folders.last = chosen
        return chosen

    @cached_property
    def copies(self) -> ShownCopies:
        """Copies of kept files, made only to be looked at."""
        return ShownCopies(self.store.path.parent / "shown")

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
        self.copies.empty()
