"""The window's composition root: builds workers, theme and window, and paints before anything else.

Nothing heavy is imported before the first paint: the store's libraries load in the store's thread,
catalogue and sentences right after the list is there.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import signal
import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.paths import data_folder, default_store
from ncs_desktop.ui import startup
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.doorbell import ring
from ncs_desktop.ui.enter_key import EnterKey
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.mnemonics import Mnemonics
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.theme import Theme

APPLICATION_NAME = "Phiếu đề xuất 1322"


def run_window(arguments: list[str]) -> int:
    """Open the window and return the program's exit code when it is closed."""
    options = _read(arguments)
    if not _has_screen():
        print(
            "Máy này không có màn hình nên không mở được cửa sổ;"
            " hãy dùng dòng lệnh, xem «ncs-desktop --help».",
            file=sys.stderr,
        )
        return 2
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    store = options.store or default_store()
    if ring(store, options.files):
        return 0
    app.setApplicationName("ncs_desktop")
    app.setApplicationDisplayName(APPLICATION_NAME)
    app.setDesktopFileName("ncs-desktop")
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translators = speak_vietnamese(app)
    theme = Theme(app)
    Mnemonics(app)
    EnterKey(app)
    services = Services(StoreWorker(store), Background(), LayoutWorker(), now)
    window = MainWindow(services, theme, files=options.files)
    if options.quit_when_ready:
        window.first_painted.connect(startup.report_first_paint)
        window.list_painted.connect(startup.report_ready)
        window.list_painted.connect(window.close, Qt.ConnectionType.QueuedConnection)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    log = Log()
    window.first_painted.connect(log.start)
    window.ready.connect(services.copies.empty)
    window.show()
    code = app.exec()
    log.stop()
    del translators
    return code


class Log:
    """The log of this run, begun after the first paint; without a folder for it there is none."""

    def __init__(self) -> None:
        self._handler: logging.Handler | None = None

    def start(self) -> None:
        """Begin to write."""
        from ncs_desktop.ui.logfile import start_log  # noqa: PLC0415

        with contextlib.suppress(EnvironmentProblem):
            self._handler = start_log()

    def stop(self) -> None:
        """End it."""
        from ncs_desktop.ui.logfile import stop_log  # noqa: PLC0415

        if self._handler is not None:
            stop_log(self._handler)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ncs-desktop", add_help=False)
    parser.add_argument("--quit-when-ready", action="store_true")
    parser.add_argument("--store", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    return parser.parse_args(arguments)


def _has_screen() -> bool:
    """Whether Qt finds a screen to draw on; without one it would end the program by itself."""
    import os  # noqa: PLC0415

    if QGuiApplication.instance() is not None or sys.platform in ("win32", "darwin"):
        return True
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in shown)


def now() -> datetime:
    """The window's clock."""
    return datetime.now(VIETNAM)


def speak_vietnamese(app: QApplication) -> list[QTranslator]:
    """Install our own catalogue of Qt's buttons and dialogs (Qt ships none in Vietnamese)."""
    folders = (
        data_folder("resources") / "translations",
        Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    installed = []
    for folder in folders:
        translator = QTranslator(app)
        if translator.load("qtbase_vi", str(folder)) and app.installTranslator(translator):
            installed.append(translator)
            break
    return installed
