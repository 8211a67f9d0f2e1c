"""A second start rings at the window that is already open, hands over its files, and ends.

The lock of the store decides who is first (``store.lock``); the bell only rings. It is a local
socket of this person and this store, no network. Who holds the lock may take an old bell away, so
one left behind by a crash never stands in the way; where nobody answers the second start goes on
as if it were the first, and the lock says the rest.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_LONGEST_NAME = 100
"""Bytes; a POSIX socket's path may have 107."""
_LONGEST_MESSAGE = 1_000_000
_PATIENCE_MS = 2000
"""How long a window may take to answer before it counts as hung."""
_HEARD = b"ok\n"


def bell_name(store_path: Path) -> str:
    """Return the socket's name for this store; empty where its path would be too long."""
    place = os.path.normcase(str(store_path.absolute()))
    name = f"ncs-desktop-{hashlib.sha256(place.encode('utf-8')).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    folder = os.environ.get("XDG_RUNTIME_DIR") or str(store_path.absolute().parent)
    path = os.path.join(folder, f"{name}.bell")  # noqa: PTH118  (a name for Qt, not a path of ours)
    return path if len(os.fsencode(path)) <= _LONGEST_NAME else ""


def ring(store_path: Path, files: Sequence[Path]) -> bool:
    """Hand ``files`` to the window that has this store open; False where nobody answers."""
    name = bell_name(store_path)
    if not name or (sys.platform != "win32" and not Path(name).exists()):
        return False
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  (only where a bell hangs)

    _let_others_come_forward()
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    told = json.dumps({"files": [str(path.absolute()) for path in files]})
    socket.write(told.encode("utf-8") + b"\n")
    while not socket.canReadLine() and socket.waitForReadyRead(_PATIENCE_MS):
        pass
    return bytes(socket.readLine().data()) == _HEARD


def _let_others_come_forward() -> None:
    """Windows lets only the program used last bring a window to the front, or who it names."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        anyone = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anyone)


class Doorbell(QObject):
    """Hangs at the window that holds the store's lock; ``rung`` carries the files handed over."""

    rung = Signal(list)

    def __init__(self, store_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = bell_name(store_path)
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Hang the bell; False where the system does not let us, which is no harm."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  (after the list is there)

        if not self._name:
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)
        if not server.listen(self._name):
            return False
        server.newConnection.connect(self._on_ringing)
        self._server = server
        return True

    def close(self) -> None:
        """Take the bell away."""
        if self._server is not None:
            self._server.close()
            self._server = None

    @Slot()
    def _on_ringing(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.readyRead.connect(self._on_said)
            caller.disconnected.connect(caller.deleteLater)
            self._hear(caller)

    @Slot()
    def _on_said(self) -> None:
        self._hear(self.sender())

    def _hear(self, caller: QObject) -> None:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415

        if not isinstance(caller, QLocalSocket):
            return
        if not caller.canReadLine():
            if caller.bytesAvailable() > _LONGEST_MESSAGE:
                caller.abort()
            return
        files = _files_of(bytes(caller.readLine(_LONGEST_MESSAGE).data()))
        if files is None:
            caller.abort()
            return
        caller.write(_HEARD)
        caller.flush()
        self.rung.emit(files)


def _files_of(message: bytes) -> list[Path] | None:
    """Return the files a message names; None where it is not one of ours."""
    try:
        told = json.loads(message)
    except ValueError:
        return None
    files = told.get("files") if isinstance(told, dict) else None
    if not isinstance(files, list) or not all(isinstance(name, str) for name in files):
        return None
    return [Path(name) for name in files]
