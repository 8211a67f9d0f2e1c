"""Make the pictures of the user guide from the running window, off-screen, with sample data.

    python packaging/guide_pictures.py

Writes resources/guide/vi/images/*.png, all anew in about half a minute; needs the libraries of
requirements-dev.lock. A page that is missing or has changed its name is skipped and named, and the
exit code is 1; the guide leaves out pictures that do not exist.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import docx

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget  # noqa: E402

from ncs_desktop.domain.call import VIETNAM  # noqa: E402
from ncs_desktop.domain.json_tree import FrozenDict  # noqa: E402
from ncs_desktop.domain.proposal import Proposal  # noqa: E402
from ncs_desktop.exchange.proposal_json import write_proposal  # noqa: E402
from ncs_desktop.ui.app import speak_vietnamese  # noqa: E402
from ncs_desktop.ui.ask import Ask  # noqa: E402
from ncs_desktop.ui.background.layout import LayoutWorker  # noqa: E402
from ncs_desktop.ui.background.threads import Background, StoreWorker  # noqa: E402
from ncs_desktop.ui.main_window import MainWindow  # noqa: E402
from ncs_desktop.ui.services import Services  # noqa: E402
from ncs_desktop.ui.theme import Theme  # noqa: E402
from ncs_desktop.work.inputs import read_input  # noqa: E402
from ncs_desktop.work.prepare import form_files  # noqa: E402

TARGET = PROJECT / "resources" / "guide" / "vi" / "images"
NOW = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)
LONGEST_MS = 20_000
SAMPLES = PROJECT / "resources" / "samples"
TASKS = (
    ("Xây dựng mô hình điểm truy xuất nguồn gốc cho doanh nghiệp xay xát lúa gạo", 2100, 1500),
    ("Đào tạo công cụ 5S và Kaizen cho cơ sở chế biến cá tra", 900, 400),
    ("Xây dựng mô hình điểm quản lý năng lượng cho nhà máy đông lạnh", 1850, 1850),
    ("Áp dụng bảo trì năng suất tổng thể tại doanh nghiệp cơ khí", 1200, 900),
    ("Xây dựng mô hình điểm truy xuất nguồn gốc cho doanh nghiệp xay xát gạo", 2000, 1500),
    ("Hướng dẫn áp dụng tiêu chuẩn ISO 22000 cho hợp tác xã rau an toàn", 650, 300),
)
"""Title, state budget and counterpart in millions of đồng; the fifth looks like the first."""
skipped: list[str] = []


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


def save(widget: QWidget, path: Path) -> None:
    """Save a picture of ``widget``."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    picture.save(str(path))
    print(f"{path.name} {picture.width()}x{picture.height()}")


def grab(widget: QWidget | None, name: str) -> None:
    """Save a picture of the guide; say so where there is no such widget."""
    if widget is None:
        skipped.append(name)
        print(f"skipped {name}: no such widget")
    else:
        save(widget, TARGET / f"{name}.png")


@contextmanager
def open_window(home: Path, now: datetime, ask: Ask) -> Iterator[MainWindow]:
    """Open the window off-screen on a store of its own; it is closed at the end."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    translators = speak_vietnamese(app)
    os.environ["NCS_DESKTOP_HOME"] = str(home)
    store = StoreWorker(home / "ncs.sqlite")
    services = Services(store, Background(), LayoutWorker(), lambda: now, ask)
    window = MainWindow(services, Theme(app))
    window.resize(1180, 740)
    window.show()
    if not wait_until(lambda: services.ready):
        raise SystemExit("the window did not become ready")
    yield window
    window.close()
    wait_until(lambda: not window.isVisible())
    del translators


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


def received(number: int, model: Proposal) -> Proposal:
    """Return the phiếu of the task with this number; only the fifth keeps the model's words."""
    title, state, counterpart = TASKS[number - 1]
    budget = {"total": state + counterpart, "state_budget": state, "counterpart": counterpart}
    values: dict[str, object] = {
        "title": title,
        "proposer_name": f"Công ty mẫu số {number}",
        "budget": FrozenDict({key: amount * 10**6 for key, amount in budget.items()}),
        "contact_phone": "12" if number == 2 else "0296 3852 123",
    }
    if number not in (1, 5):
        for key in ("urgency", "objectives", "contents", "results", "effectiveness"):
            values[key] = f"{title}."
    for key, value in values.items():
        model = model.with_value(key, value)
    return replace(model, id=str(UUID(int=number)))


def fill_inbox(folder: Path, services: Services) -> None:
    """Write what a department received: phiếu of several units, one in Word, one sent again."""
    (sample,) = read_input(SAMPLES / "an-giang-2026-truy-xuat-lua-gao.json", services.catalog)
    *proposals, in_word = (received(number, sample.proposal) for number in range(1, len(TASKS) + 1))
    for number, proposal in enumerate(proposals, 1):
        (folder / f"phiếu {number}.json").write_bytes(write_proposal(proposal))
    content = form_files(services.catalog, in_word, ["docx"], draft=False)["docx"]
    document = docx.Document(io.BytesIO(content))
    document.paragraphs[0].insert_paragraph_before("Kính gửi anh Bình, gửi lại bản cũ.")
    document.save(str(folder / "phiếu rau an toàn.docx"))
    (folder / "tệp hỏng.zip").write_bytes(b"PK")
    third = proposals[2]
    again = replace(third.with_value("title", f"{third.title} cá tra"), revision=2)
    later = folder / "Đợt 2"
    later.mkdir()
    (later / "phiếu 3 gửi lại.json").write_bytes(write_proposal(again))


def show_dialog(page: QWidget, name: str, picture: str, is_ready: str = "") -> None:
    """Grab the dialog called ``name`` once its button ``is_ready`` can be pressed; close it."""

    def found() -> bool:
        dialog = page.findChild(QDialog, name)
        pressed = dialog.findChild(QPushButton, is_ready) if dialog and is_ready else None
        return dialog is not None and (pressed is None or pressed.isEnabled())

    wait_until(found, 1500)
    dialog = page.findChild(QDialog, name)
    grab(dialog, picture)
    if dialog is not None:
        dialog.reject()
    wait_until(lambda: page.findChild(QDialog, name) is None)


def show_desk(window: MainWindow, services: Services, folder: Path) -> None:
    """Take an inbox in at the officer's page and walk through what follows."""
    fill_inbox(folder, services)
    window.show_page("collect")
    wait_until(lambda: bool(window.findChild(QWidget, "page:collect")))
    page = window.findChild(QWidget, "page:collect")
    wait_until(lambda: bool(page.desk.data.call))  # type: ignore[attr-defined]
    page.take_in([folder])  # type: ignore[attr-defined]
    wait_until(lambda: page.desk.job is None and page.model.total_count >= 6, 2500)  # type: ignore[attr-defined]
    grab(window, "ket-qua-nhap")
    files = page.files.list  # type: ignore[attr-defined]
    names = [files.item(row, 1).text() for row in range(files.rowCount())]
    files.setCurrentCell(next(row for row, name in enumerate(names) if ".docx" in name), 0)
    page.findChild(QPushButton, "button:review").click()
    show_dialog(page, "dialog:review", "doi-chieu-word")
    page.tabs.setCurrentWidget(page.table)  # type: ignore[attr-defined]
    page.select(str(UUID(int=2)))  # type: ignore[attr-defined]
    wait_until(lambda: True, 1500)
    grab(window, "tong-hop")
    page.panel.findings.list.item(0).setCheckState(Qt.CheckState.Checked)  # type: ignore[attr-defined]
    page.bar.commands["supplement"].trigger()  # type: ignore[attr-defined]
    show_dialog(page, "dialog:supplement", "yeu-cau-bo-sung", "button:issue")
    page.select(str(UUID(int=3)))  # type: ignore[attr-defined]
    page.panel.setCurrentWidget(page.panel.compare)  # type: ignore[attr-defined]
    wait_until(lambda: True, 1500)
    grab(window, "so-sanh")
    page.bar.commands["export-table"].trigger()  # type: ignore[attr-defined]
    show_dialog(page, "dialog:output", "xuat-bang")


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
    """Make all pictures; 1 where one could not be made."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, open_window(Path(home), NOW, Ask()) as window:
        take_pictures(window, window.services)
        inbox = Path(home) / "Hồ sơ đã nhận"
        inbox.mkdir()
        show_desk(window, window.services, inbox)
    return 1 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
