"""The window's frame: side bar, pages, the editor, notices, files dropped anywhere, closing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui import closing, landing, zoom
from ncs_desktop.ui.doorbell import Doorbell
from ncs_desktop.ui.icons import draw_anew, icon
from ncs_desktop.ui.pages import Pages
from ncs_desktop.ui.remembered import Remembered
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.side_bar import CHAPTERS, NUMBERS, SideBar
from ncs_desktop.ui.theme import Theme
from ncs_desktop.ui.trouble import StoreTrouble
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.notice import Actions, Notice

if TYPE_CHECKING:
    from ncs_desktop.ui.editor.page import EditorPage
    from ncs_desktop.ui.proposals.desk import Opened


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
        self._painted = self._closing = False
        self._wanted: Opened | None = None
        self._remembered = Remembered(services.store.path)
        self.doorbell = Doorbell(services.store.path, self)
        self.setWindowTitle(self.tr("Phiếu đề xuất 1322"))
        self.setWindowIcon(icon("app"))
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        if theme is not None:
            theme.changed.connect(draw_anew)
        self._remembered.restore_window(self)

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
        self.trouble = StoreTrouble(self.services, self.notice, self._files, self)
        self.trouble.mended.connect(self._on_mended)
        self.trouble.left.connect(self.close)
        self.stack = Pages(self.services, self._remembered)
        column.addWidget(self.stack, 1)
        column.addWidget(self.notice)
        self._below = column
        row.addLayout(column, 1)
        self.setCentralWidget(holder)
        waiting = label(self.tr("Đang mở kho phiếu…"), "quiet")
        waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(waiting)

    def _build_list(self) -> None:
        from ncs_desktop.ui.proposals.desk import ProposalsDesk  # noqa: PLC0415
        from ncs_desktop.ui.proposals.page import ProposalsPage  # noqa: PLC0415

        self.proposals = ProposalsPage()
        self.desk = ProposalsDesk(self.services, self.proposals, self)
        self.proposals.welcome.collect_wanted.connect(partial(self.show_page, "collect"))
        self.desk.opened.connect(self.open_editor)
        self.desk.told.connect(self.tell)
        self.desk.offered.connect(self.offer)
        self.desk.warned.connect(partial(self.offer, problem=True))
        self.desk.failed.connect(self.tell_problem)
        self.desk.call_came.connect(self._on_call_came)
        self._below.addWidget(self.desk.incoming.strip)
        self.stack.hold_list(self.proposals)
        self._connect_pages()

    def _connect_pages(self) -> None:
        pages = self.stack
        pages.told.connect(self.tell)
        pages.failed.connect(self.tell_problem)
        pages.offered.connect(self.offer)
        pages.calls_changed.connect(self._on_calls_changed)
        pages.begin_wanted.connect(self.desk.begin)
        pages.sample_wanted.connect(self._on_sample_wanted)
        pages.restored.connect(self.read_anew)
        self.desk.binned.connect(pages.count_bin)

    def _connect(self) -> None:
        self.bar.chosen.connect(self.show_page)
        zoom.add_keys(self, self._answer)
        pages = (
            (f"page-{name}", [QKeySequence(f"Ctrl+{NUMBERS[name]}")], partial(self.show_page, name))
            for name in self.bar.names
        )
        for name, keys, act in (
            ("guide", [QKeySequence("F1")], self.show_guide),
            ("quit", QKeySequence.keyBindings(QKeySequence.StandardKey.Quit), self.close),
            *pages,
        ):
            action = QAction(self)
            action.setObjectName(f"action:{name}")
            action.setShortcuts(keys)
            action.triggered.connect(act)
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
        """Build the list's page, whose imports are paid after the first paint, and start."""
        from ncs_desktop.ui.start import Start  # noqa: PLC0415

        self._build_list()
        start = self._start = Start(self.services, self.desk, self.proposals, self)
        start.list_painted.connect(self.list_painted)
        start.failed.connect(self.tell_problem)
        start.stuck.connect(self.trouble.meet)
        start.ready.connect(self._on_ready)
        start.begin()

    @Slot()
    def _on_mended(self) -> None:
        """The store can be opened, or another one took the place of the one that was open."""
        if self.services.ready:
            self.read_anew()
        else:
            self._start.open_store()

    @Slot()
    def _on_ready(self) -> None:
        if QApplication.focusWidget() is None:
            self.proposals.take_focus()
        self.doorbell.rung.connect(self.answer)
        self.doorbell.listen()
        if self._files:
            self.take_in(self._files)
        self.ready.emit()
        self.desk.catch_up()
        if self._wanted is not None:
            self.open_editor(self._wanted)
        landing.land(self, "" if self._files or self.editor else self._remembered.page)

    @Slot(list)
    def answer(self, files: list[Path]) -> None:
        """The program was started again: come to the front and take its files."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.take_in(files)

    def take_in(self, files: list[Path]) -> None:
        """Take files into the store, after what is typed: one may be about this phiếu."""
        self.desk.take_in(files)

    # --- pages ------------------------------------------------------------------------------

    @Slot(str)
    def show_page(self, name: str, _checked: bool = False) -> None:
        """Show a page of the side bar; an open editor is left with everything saved."""
        if not self.services.ready:
            self.bar.mark("proposals")
            self.trouble.say()
            return
        if self.editor is not None:
            self.leave_editor()
        page = self.stack.page(name)
        if page is not self.stack.currentWidget():
            self.notice.clear()  # what it says belongs to the page that is left
        self.stack.setCurrentWidget(page)
        self.bar.mark(name)
        if name == "proposals":
            self.proposals.take_focus()
        else:
            page.setFocus()

    @Slot()
    def read_anew(self) -> None:
        """Another store is in place: show what is in it, in the list and on the officer's page."""
        if self.editor is not None:
            self.leave_editor()
            self.show_page("proposals")
        self.desk.refresh()
        self.stack.open_anew()

    @Slot()
    def show_guide(self) -> None:
        """Open the guide at the page of what is being done."""
        from ncs_desktop.ui.guide.dialog import show_guide  # noqa: PLC0415

        show_guide(self, self._chapter())

    def _chapter(self) -> str:
        if self.editor is not None:
            return "lap-phieu"
        return CHAPTERS.get(self.bar.marked, "")

    @Slot()
    def _on_calls_changed(self) -> None:
        self.proposals.name_calls(self.services.catalog)

    @Slot(object)
    def open_editor(self, opened: Opened) -> None:
        """Show one phiếu in the editor, as soon as the catalogue is read."""
        self._wanted = None if self.services.ready else opened
        if self._wanted is not None:
            return
        from ncs_desktop.ui.editor.opening import make_editor  # noqa: PLC0415

        try:
            editor = make_editor(self.services, opened)
        except NcsError as problem:
            self.tell_problem(problem)
            return
        if self.editor is not None:
            self.leave_editor()
        self.editor = editor
        editor.back_wanted.connect(self._on_back)
        self.desk.incoming.keeping.connect(editor.save_now)
        self.stack.addWidget(editor)
        self.stack.setCurrentWidget(editor)
        self.bar.mark("proposals")
        self.notice.clear()
        editor.begin()

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
        self.desk.refresh()  # the store serves in order: the list is read after the save
        self.stack.removeWidget(editor)
        editor.hide()
        if not editor.session.dirty:
            editor.deleteLater()
            return
        editor.session.saved.connect(editor.deleteLater)

    # --- notices, files, closing ------------------------------------------------------------

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say what was done; "" takes back what was said before."""
        notice = self._nearest_notice
        notice.say(text) if text else notice.clear_plain()

    def _answer(self, text: str) -> None:
        """Say for a while what a key did."""
        self._nearest_notice.answer(text)

    @property
    def _nearest_notice(self) -> Notice:
        return self.notice if self.editor is None else self.editor.notice

    @Slot(object)
    def _on_call_came(self, path: Path) -> None:
        """A call file was opened or dropped: take it in where calls are."""
        self.show_page("calls")
        self.stack.calls().take_in(path)

    @Slot(str, object)
    def offer(self, text: str, actions: Actions, *, problem: bool = False) -> None:
        """Say what was done and offer, as buttons, what follows from it."""
        self.notice.say(text, problem=problem, actions=actions)

    @Slot()
    def _on_sample_wanted(self) -> None:
        self.show_page("proposals")
        self.desk.take_sample()

    @Slot(object)
    def tell_problem(self, problem: NcsError) -> None:
        """Say in one sentence what went wrong and what to do."""
        known = hasattr(self.services, "messages")
        text = self.services.sentence(problem) if known else str(problem)
        damaged = problem.code == "store.damaged"
        self.notice.say(text, problem=True, actions=self.trouble.actions() if damaged else ())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files into the store."""
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.take_in([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

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
        if not closing.may_close(self, self.services, self.stack.taking_in):
            event.ignore()
            return
        self._remembered.keep(self, self.stack.tables, self.bar.marked)
        self.doorbell.close()
        self.hide()
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
