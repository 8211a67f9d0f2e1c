"""The window's frame: side bar, pages, the editor, notices, files dropped anywhere, closing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui import zoom
from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.side_bar import SideBar
from ncs_desktop.ui.theme import Theme
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages
    from ncs_desktop.store.records import Listed
    from ncs_desktop.ui.editor.page import EditorPage
    from ncs_desktop.ui.proposals.desk import Opened

_LATE_PAGES = {
    "calls": ("ncs_desktop.ui.calls.page", "CallsPage"),
    "profile": ("ncs_desktop.ui.profile.page", "ProfilePage"),
    "settings": ("ncs_desktop.ui.settings.page", "SettingsPage"),
}


class MainWindow(QMainWindow):
    """Everything a person sees; pages are built when they are first shown."""

    first_painted = Signal()
    list_painted = Signal()
    ready = Signal()

    def __init__(
        self, services: Services, theme: Theme | None = None, files: Sequence[Path] = ()
    ) -> None:
        super().__init__()
        self.services = services
        self.editor: EditorPage | None = None
        self._files = list(files)
        self._painted = self._list_shown = self._opening = self._closing = False
        self._pages: dict[str, QWidget] = {}
        self._wanted: Opened | None = None
        self._settings = QSettings(
            str(services.store.path.with_suffix(".window.ini")), QSettings.Format.IniFormat
        )
        self.setWindowTitle(self.tr("Phiếu đề xuất nhiệm vụ · Chương trình 1322"))
        self.setWindowIcon(icon("app"))
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._restore_geometry()
        if theme is not None:
            theme.changed.connect(self.update)

    def _build(self) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.bar = SideBar()
        row.addWidget(self.bar)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(holder)
        waiting = label(self.tr("Đang mở kho phiếu…"), "quiet")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(waiting)

    def _build_list(self) -> None:
        """Build the list's page; its imports are paid after the first paint."""
        from ncs_desktop.ui.proposals.desk import ProposalsDesk  # noqa: PLC0415
        from ncs_desktop.ui.proposals.page import ProposalsPage  # noqa: PLC0415

        self.proposals = ProposalsPage()
        self._pages["proposals"] = self.proposals
        self.desk = ProposalsDesk(self.services, self.proposals, self)
        self.desk.opened.connect(self.open_editor)
        self.desk.told.connect(self.tell)
        self.desk.failed.connect(self.tell_problem)
        self.proposals.table.painted.connect(self._on_table_painted)
        widths = self._settings.value("table")
        if isinstance(widths, QByteArray):
            self.proposals.table.horizontalHeader().restoreState(widths)
        self.stack.addWidget(self.proposals)
        self.stack.setCurrentWidget(self.proposals)

    def _connect(self) -> None:
        self.bar.chosen.connect(self.show_page)
        for name, keys, act in (
            ("zoom-in", ("Ctrl++", "Ctrl+="), zoom.larger),
            ("zoom-out", ("Ctrl+-",), zoom.smaller),
            ("zoom-usual", ("Ctrl+0",), zoom.usual),
        ):
            action = QAction(self)
            action.setObjectName(f"action:{name}")
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(act)
            self.addAction(action)
        for index, name in enumerate(self.bar.names, start=1):
            action = QAction(self)
            action.setObjectName(f"action:page-{name}")
            action.setShortcut(QKeySequence(f"Ctrl+{index}"))
            action.triggered.connect(partial(self.show_page, name))
            self.addAction(action)

    # --- start ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; after the very first time begin the real work."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()
            QTimer.singleShot(0, self.begin)

    @Slot()
    def begin(self) -> None:
        """Show the list from a first look, then open the store."""
        self.services.store.glance().done.connect(self._on_glance)
        self._build_list()

    @Slot(object)
    def _on_glance(self, lines: list[Listed] | None) -> None:
        if lines:
            self._list_shown = True
            self.proposals.show_lines(lines)
        else:
            self._open_store()

    @Slot()
    def _open_store(self) -> None:
        if self.services.closed:
            return
        self._opening = True
        task = self.services.store.open()
        task.failed.connect(self._on_store_failed)
        task.done.connect(self._on_store_open)

    @Slot(object)
    def _on_store_open(self, _nothing: object) -> None:
        self.desk.listed.connect(self._on_first_list)
        self.desk.refresh()

    @Slot()
    def _on_first_list(self) -> None:
        self.desk.listed.disconnect(self._on_first_list)
        if not self._list_shown:
            self._list_shown = True
            if not self.proposals.table.isVisible():
                QTimer.singleShot(0, self.list_painted.emit)
        task = self.services.background.run(_read_words)
        task.done.connect(self._on_words)
        task.failed.connect(self._on_words_failed)

    @Slot()
    def _on_table_painted(self) -> None:
        if self._list_shown:
            self.proposals.table.painted.disconnect(self._on_table_painted)
            self.list_painted.emit()
            if not self._opening:
                QTimer.singleShot(0, self._open_store)

    @Slot(object)
    def _on_words(self, words: tuple[Catalog, Messages]) -> None:
        self.services.catalog, self.services.messages = words
        self.proposals.name_calls(self.services.catalog)
        self.proposals.set_ready()
        self.proposals.table.setFocus()
        for problem in self.services.catalog.problems[:1]:
            self.tell_problem(problem)
        if self._files:
            self.desk.take_in(self._files)
        self.ready.emit()
        if self._wanted is not None:
            self.open_editor(self._wanted)
        self.services.layout.warm_up()

    @Slot(object)
    def _on_words_failed(self, problem: NcsError) -> None:
        self.notice.say(str(problem), problem=True)

    @Slot(object)
    def _on_store_failed(self, problem: NcsError) -> None:
        from ncs_desktop.catalog import Messages  # noqa: PLC0415

        self.services.messages = Messages.load()
        self.tell_problem(problem)

    # --- pages ------------------------------------------------------------------------------

    @Slot(str)
    def show_page(self, name: str, _checked: bool = False) -> None:
        """Show a page of the side bar; an open editor is left with everything saved."""
        if not self.services.ready:
            return
        if self.editor is not None:
            self.leave_editor()
        if name not in self._pages:
            self._pages[name] = self._build_late(name)
        page = self._pages[name]
        self.stack.setCurrentWidget(page)
        self.bar.mark(name)
        target = self.proposals.table if name == "proposals" else page
        target.setFocus()

    def _build_late(self, name: str) -> QWidget:
        module, kind = _LATE_PAGES[name]
        page: QWidget = getattr(import_module(module), kind)(self.services)
        page.told.connect(self.tell)  # type: ignore[attr-defined]
        page.failed.connect(self.tell_problem)  # type: ignore[attr-defined]
        if name == "calls":
            page.changed.connect(self._on_calls_changed)  # type: ignore[attr-defined]
        self.stack.addWidget(page)
        return page

    @Slot()
    def _on_calls_changed(self) -> None:
        self.proposals.name_calls(self.services.catalog)

    @Slot(object)
    def open_editor(self, opened: Opened) -> None:
        """Show one phiếu in the editor, as soon as the catalogue is read."""
        self._wanted = None if self.services.ready else opened
        if self._wanted is not None:
            return
        from ncs_desktop.ui.editor.page import EditorPage  # noqa: PLC0415
        from ncs_desktop.ui.editor.session import EditingSession  # noqa: PLC0415

        catalog = self.services.catalog
        try:
            form, call = catalog.form_of(opened.proposal), catalog.call(opened.proposal.call)
        except NcsError as problem:
            self.tell_problem(problem)
            return
        if self.editor is not None:
            self.leave_editor()
        session = EditingSession(
            self.services, opened.proposal, form, call, frozen=bool(opened.control_code)
        )
        self.editor = EditorPage(self.services, session)
        self.editor.back_wanted.connect(self._on_back)
        self.editor.head.show_frozen(opened.control_code)
        self.stack.addWidget(self.editor)
        self.stack.setCurrentWidget(self.editor)
        self.bar.mark("proposals")
        self.notice.clear()
        if opened.copied:
            self.editor.notice.say(
                self.tr("Phiếu mới lấy từ phiếu cũ: năm, thời gian và kinh phí cần điền lại.")
            )

    @Slot()
    def _on_back(self) -> None:
        self.show_page("proposals")

    def leave_editor(self) -> None:
        """Save and close the editor."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        editor.flush()
        editor.session.save()
        if editor.session.dirty:
            editor.session.saved.connect(self.desk.refresh)
        self.stack.removeWidget(editor)
        editor.hide()
        if not editor.session.dirty:
            editor.deleteLater()
            return
        editor.session.saved.connect(editor.deleteLater)

    # --- notices, files, closing ------------------------------------------------------------

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say what was done."""
        if self.editor is not None:
            self.editor.notice.say(text)
        else:
            self.notice.say(text)

    @Slot(object)
    def tell_problem(self, problem: NcsError) -> None:
        """Say in one sentence what went wrong and what to do."""
        self.notice.say(self.services.sentence(problem), problem=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files into the store."""
        urls = event.mimeData().urls()
        event.acceptProposedAction()
        if self.services.ready:
            self.desk.take_in([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def _restore_geometry(self) -> None:
        self.resize(1280, 800)
        kept = self._settings.value("geometry")
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)
        size = self._settings.value("zoom")
        if isinstance(size, str | float) and float(size) != 1.0:
            zoom.set_factor(float(size))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything first; where that fails, stay open and say so."""
        if self.editor is not None and not self._closing:
            self.editor.flush()
            session = self.editor.session
            session.save()
            if session.dirty:
                self._closing = True
                session.saved.connect(self.close)
                session.save_failed.connect(self._on_close_failed)
                event.ignore()
                return
        self._settings.setValue("geometry", self.saveGeometry())
        if "proposals" in self._pages:
            header = self.proposals.table.horizontalHeader()
            self._settings.setValue("table", header.saveState())
        self._settings.setValue("zoom", zoom.factor())
        self._settings.sync()
        self.services.close()
        super().closeEvent(event)

    @Slot(object)
    def _on_close_failed(self, problem: NcsError) -> None:
        self._closing = False
        editor = self.editor
        if editor is None:
            return
        editor.session.saved.disconnect(self.close)
        editor.session.save_failed.disconnect(self._on_close_failed)
        editor.notice.say(
            self.services.sentence(problem),
            problem=True,
            actions=(
                (self.tr("Lưu bản sao…"), editor.papers.save_copy),
                (self.tr("Thoát không lưu"), self._close_anyway),
            ),
        )

    def _close_anyway(self, _checked: bool = False) -> None:
        self._closing = True
        self.close()


def _read_words() -> tuple[Catalog, Messages]:
    from ncs_desktop.catalog import Catalog, Messages  # noqa: PLC0415
    from ncs_desktop.paths import own_calls_folder  # noqa: PLC0415

    return Catalog.load(own_calls=own_calls_folder()), Messages.load()
