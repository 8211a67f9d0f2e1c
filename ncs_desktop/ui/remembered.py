"""What the window remembers between runs: place, page, columns, size of letters, folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QHeaderView, QMainWindow

from ncs_desktop.ui import zoom


def _settings(store_path: Path) -> QSettings:
    return QSettings(str(store_path.with_suffix(".window.ini")), QSettings.Format.IniFormat)


def documents_folder() -> Path:
    """Return the person's folder for documents; where there is none, the person's own folder."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return folder if folder.is_dir() else Path.home()


class Folders:
    """Where files were last opened or written: the next question begins there, in any run.

    A folder that is gone since (a stick pulled out) is forgotten; the first is Documents.
    """

    def __init__(self, store_path: Path) -> None:
        self._path = store_path

    @property
    def last(self) -> Path:
        """The folder of the file that was opened or written last."""
        kept = _settings(self._path).value("last-folder")
        folder = Path(kept) if isinstance(kept, str) and kept else None
        return folder if folder is not None and folder.is_dir() else documents_folder()

    @last.setter
    def last(self, folder: Path) -> None:
        settings = _settings(self._path)
        settings.setValue("last-folder", str(folder))
        settings.sync()


class Remembered:
    """Kept in a file beside the store, so that a copied folder brings it along."""

    def __init__(self, store_path: Path) -> None:
        self._settings = _settings(store_path)

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

    def restore_columns(self, name: str, header: QHeaderView) -> None:
        """Give the columns of a page's table their places and widths.

        A table that has an order of its own begins with that. Columns that came with a later
        version of the program, and are hidden unless they are wanted, stay so.
        """
        hidden = [column for column in range(header.count()) if header.isSectionHidden(column)]
        own_order, shown = header.isSortIndicatorClearable(), header.isSortIndicatorShown()
        widths = self._settings.value(f"table-{name}")
        if isinstance(widths, QByteArray):
            header.restoreState(widths)
            if self._settings.value(f"columns-{name}") != str(header.count()):
                for column in hidden:
                    header.setSectionHidden(column, True)
        if own_order:
            header.setSortIndicatorClearable(True)
            header.setSortIndicatorShown(shown)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    @property
    def page(self) -> str:
        """The page at which the window was closed; "" not known."""
        return str(self._settings.value("page") or "")

    def keep(self, window: QMainWindow, headers: Mapping[str, QHeaderView], page: str = "") -> None:
        """Write everything down; ``page`` is the one that is shown."""
        self._settings.setValue("page", page)
        self._settings.setValue("geometry", window.saveGeometry())
        for name, header in headers.items():
            self._settings.setValue(f"table-{name}", header.saveState())
            self._settings.setValue(f"columns-{name}", str(header.count()))
        self._settings.setValue("zoom", zoom.factor())
        self._settings.sync()
