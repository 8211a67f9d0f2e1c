"""What the window remembers from one run to the next: its place, columns and size of letters."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QMainWindow

from ncs_desktop.ui import zoom


class Remembered:
    """Kept in a file beside the store, so that a copied folder brings it along."""

    def __init__(self, store_path: Path) -> None:
        self._settings = QSettings(
            str(store_path.with_suffix(".window.ini")), QSettings.Format.IniFormat
        )

    def restore_window(self, window: QMainWindow) -> None:
        """Give the window its place and letters their size."""
        window.resize(1280, 800)
        kept = self._settings.value("geometry")
        if isinstance(kept, QByteArray):
            window.restoreGeometry(kept)
        room = window.screen().availableGeometry().size()
        window.resize(window.size().boundedTo(room))
        size = self._settings.value("zoom")
        if isinstance(size, str | float) and float(size) != 1.0:
            zoom.set_factor(float(size))

    def restore_columns(self, header: QHeaderView) -> None:
        """Give the list's columns their widths."""
        widths = self._settings.value("table")
        if isinstance(widths, QByteArray):
            header.restoreState(widths)

    def keep(self, window: QMainWindow, header: QHeaderView | None) -> None:
        """Write everything down."""
        self._settings.setValue("geometry", window.saveGeometry())
        if header is not None:
            self._settings.setValue("table", header.saveState())
        self._settings.setValue("zoom", zoom.factor())
        self._settings.sync()
