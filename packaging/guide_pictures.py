"""Make the pictures of the user guide from the running window, off-screen, with sample data.

    python packaging/guide_pictures.py

Writes resources/guide/vi/images/*.png. A page that is missing or has changed its name is skipped
and named; the guide leaves out pictures that do not exist.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from ncs_desktop.domain.call import VIETNAM  # noqa: E402
from ncs_desktop.ui.app import speak_vietnamese  # noqa: E402
from ncs_desktop.ui.background.layout import LayoutWorker  # noqa: E402
from ncs_desktop.ui.background.threads import Background, StoreWorker  # noqa: E402
from ncs_desktop.ui.main_window import MainWindow  # noqa: E402
from ncs_desktop.ui.services import Services  # noqa: E402
from ncs_desktop.ui.theme import Theme  # noqa: E402

TARGET = PROJECT / "resources" / "guide" / "vi" / "images"
NOW = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)
LONGEST_MS = 20_000


def wait_until(reached: Callable[[], bool], settle_ms: int = 600) -> bool:
    """Run the event loop until ``reached`` or too long, then a moment more for painting."""
    loop, watch, end = QEventLoop(), QTimer(), QTimer()
    watch.timeout.connect(lambda: loop.quit() if reached() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    watch.start(50)
    end.start(LONGEST_MS)
    loop.exec()
    watch.stop()
    end.stop()
    QTimer.singleShot(settle_ms, loop.quit)
    loop.exec()
    return reached()


def grab(widget: QWidget | None, name: str) -> None:
    """Save a picture of ``widget``; say so where there is none."""
    if widget is None:
        print(f"skipped {name}: no such widget")
        return
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    path = TARGET / f"{name}.png"
    picture.save(str(path))
    print(f"{path.relative_to(PROJECT)} {picture.width()}x{picture.height()}")


def show_editor(window: MainWindow, services: Services) -> bool:
    """Open the sample phiếu whose file comes first."""
    window.desk.take_sample()
    listed: list[object] = []
    task = services.store.ask(lambda store: store.summaries())
    task.done.connect(listed.extend)
    if not wait_until(lambda: bool(listed)):
        return False
    grab(window, "danh-sach")
    window.desk.open(listed[0].id)  # type: ignore[attr-defined]
    return wait_until(lambda: window.editor is not None, 1500)


def take_pictures(window: MainWindow, services: Services) -> None:
    """Walk through the pages of the guide."""
    if show_editor(window, services):
        grab(window, "lap-phieu")
        editor = window.editor
        preview = getattr(editor, "preview", None)
        tabs = getattr(editor, "tabs", None)
        if preview is not None and tabs is not None:
            tabs.setCurrentWidget(preview)
            wait_until(lambda: True, 4000)
        grab(window if preview is not None else None, "xem-truoc")
    for page, name in (("calls", "dot-de-xuat"), ("profile", "don-vi"), ("settings", "thiet-lap")):
        window.show_page(page)
        wait_until(lambda: True)
        grab(window.findChild(QWidget, f"page:{page}"), name)


def main() -> int:
    """Make all pictures; 1 where the window did not become ready."""
    TARGET.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    translators = speak_vietnamese(app)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NCS_DESKTOP_HOME"] = folder
        store = StoreWorker(Path(folder) / "ncs.sqlite")
        services = Services(store, Background(), LayoutWorker(), lambda: NOW)
        window = MainWindow(services, Theme(app))
        window.resize(1180, 740)
        window.show()
        ready = wait_until(lambda: services.ready)
        if ready:
            take_pictures(window, services)
        window.close()
        wait_until(lambda: not window.isVisible())
    del translators
    return 0 if ready else 1


if __name__ == "__main__":
    sys.exit(main())
