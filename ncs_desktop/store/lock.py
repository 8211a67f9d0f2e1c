"""One window per store: a lock of the operating system, free at once when the program dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.files import explain_os_error, make_folder


class WindowLock:
    """Held by the window for as long as it is open; a second one is told so in a sentence."""

    def __init__(self, store_path: Path) -> None:
        self._store_path = store_path
        self._lock = FileLock(store_path.with_name(store_path.name + ".lock"))

    def acquire(self) -> None:
        """Take the lock, or raise EnvironmentProblem ``store.second_window``."""
        make_folder(self._store_path.parent)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise EnvironmentProblem("store.second_window", path=self._store_path) from error
        except OSError as error:
            raise explain_os_error(error, self._store_path) from error

    def release(self) -> None:
        """Give the lock back."""
        self._lock.release()

    def __enter__(self) -> WindowLock:
        self.acquire()
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()
