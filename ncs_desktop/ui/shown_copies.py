"""Copies of kept files that another program is to show; they go when this program does."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePosixPath

from ncs_desktop.files import atomic_write, explain_os_error, make_folder


class ShownCopies:
    """One private folder for all of them, emptied when the program begins and when it ends.

    A copy that is still open elsewhere cannot be removed on Windows: it goes the next time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, content: bytes) -> Path:
        """Return a new file called ``name``, as it was called in what was received."""
        make_folder(self._folder)
        try:
            own = Path(tempfile.mkdtemp(dir=self._folder))
        except OSError as error:
            raise explain_os_error(error, self._folder) from error
        path = own / PurePosixPath(name).name
        atomic_write(path, content)
        return path

    def empty(self) -> None:
        """Remove the copies, as far as nothing holds them."""
        shutil.rmtree(self._folder, ignore_errors=True)
