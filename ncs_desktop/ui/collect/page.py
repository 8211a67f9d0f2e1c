"""The page «Tổng hợp»: take files in, judge, rank, ask for supplement, hand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from ncs_desktop.domain.desk import DeskEntry, Status
from ncs_desktop.domain.views import View
from ncs_desktop.ui.collect import requests
from ncs_desktop.ui.collect.asking import Asking
from ncs_desktop.ui.collect.bar import DeskBar
from ncs_desktop.ui.collect.beside import Beside
from ncs_desktop.ui.collect.chart import ChartView
from ncs_desktop.ui.collect.cut_lines import CutLines
from ncs_desktop.ui.collect.data import DeskData, Words
from ncs_desktop.ui.collect.deeds import UndoNotice
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.empty import EmptyDesk, NothingShown
from ncs_desktop.ui.collect.file_drop import FileDrop
from ncs_desktop.ui.collect.head import DeskHead
from ncs_desktop.ui.collect.import_view import FilesView
from ncs_desktop.ui.collect.jobs import Pairs
from ncs_desktop.ui.collect.kept_line import KeptLine
from ncs_desktop.ui.collect.line_texts import LineTexts
from ncs_desktop.ui.collect.matrix import MatrixView
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.collect.panel import SidePanel
from ncs_desktop.ui.collect.pending import NameLine, PendingLine, next_pending
from ncs_desktop.ui.collect.ranking import RankKeys
from ncs_desktop.ui.collect.sums import SumsLine
from ncs_desktop.ui.collect.table import DeskTable
from ncs_desktop.ui.collect.taking_in import TakingIn
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.progress_strip import ProgressStrip
from ncs_desktop.ui.widgets.scroll import column_area

_DETAIL_AFTER_MS = 120


class CollectPage(FileDrop):
    """Everything the officer sees of one call."""

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page:collect")
        self._services = services
        self.desk = CollectDesk(services, self)
        self.model = DeskModel()
        self._pairs: Pairs = ()
        self._alike: dict[str, list[str]] = {}
        self._wanted: list[Path] = []
        self._build()
        self._connect()
        task = services.store.ask(requests.remembered_call)
        task.done.connect(self._on_call_known)
        task.failed.connect(self.failed)

    # --- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 8)
        self.head = DeskHead(self._services.now)
        self.filter = self.head.filter
        self.cut = CutLines(self.desk, self.head)
        column.addWidget(self.head)
        self.bar = DeskBar(self._services.messages)
        for command in self.bar.commands.values():
            self.addAction(command)
        column.addWidget(self.bar)
        self.strip = ProgressStrip()
        column.addWidget(self.strip)
        self.notice = Notice()
        UndoNotice(self.desk.deeds, self.notice, self)
        self.name = NameLine()
        column.addWidget(self.name)
        self.pending = PendingLine()
        column.addWidget(self.pending)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self.empty = EmptyDesk()
        self._waiting = QWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._build_views())
        column.addWidget(column_area(holder), 1)
        column.addWidget(self.notice)
        self.sums = SumsLine()
        column.addWidget(self.sums)

    def _build_views(self) -> QWidget:
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs:desk")
        self.tabs.setDocumentMode(True)
        self.table = DeskTable(self.model)
        self.kept_line = KeptLine(self.table, self.desk)
        self.nothing = NothingShown(self.table)
        self.lines = LineTexts(self._services, self)
        self.lines.changed.connect(self.table.viewport().update)
        self.matrix = MatrixView(self._services)
        self.chart = ChartView()
        self.files = FilesView(self._services.messages)
        for widget, text in (
            (self.table, self.tr("&Bảng")),
            (self.matrix, self.tr("&Ma trận kiểm tra")),
            (self.chart, self.tr("Biểu đồ &kinh phí")),
            (self.files, self.tr("Kết quả &nhập")),
        ):
            self.tabs.addTab(widget, text)
        self.panel = SidePanel(self._services, self.desk)
        self.asking = Asking(self._services, self.desk, self.table, self)
        self.taking_in = TakingIn(self._services, self.desk, self.files, self.strip, self.notice)
        self.ranking = RankKeys(self._services, self.desk, self.table, self.notice)
        self.splitter = Beside(self.tabs, self.panel, (770, 350))
        return self.splitter

    def _connect(self) -> None:
        acts = self.bar.commands
        for name, act in (
            ("supplement", self._ask_supplement),
            ("adopt-order", self.desk.adopt_order),
        ):
            acts[name].triggered.connect(act)
        acts["detail"].toggled.connect(self.panel.setVisible)
        self._connect_asking()
        self._connect_views()
        self._connect_desk()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DETAIL_AFTER_MS)
        self._soon.timeout.connect(self._show_detail)

    def _connect_asking(self) -> None:
        self.asking.connect_commands(self.bar.commands)
        self.bar.status_wanted.connect(self.asking.status)
        self.asking.review_wanted.connect(self._go_to)
        self.asking.review_wanted.connect(self.panel.show_findings)
        self.asking.answered.connect(self._focus_line)
        self.empty.files_wanted.connect(self.asking.files)
        self.empty.folder_wanted.connect(self.asking.folder)
        self.asking.chosen.connect(self.take_in)
        self.dropped.connect(self.take_in)
        self.name.told.connect(self.desk.set_who)

    def _connect_views(self) -> None:
        self.head.calls.activated.connect(self._on_call_chosen)
        self.bar.orders.currentIndexChanged.connect(self._on_order_chosen)
        self.pending.next_wanted.connect(self._show_next)
        self.filter.textChanged.connect(self.model.filter_by)
        self.head.view_chosen.connect(self.model.show_view)
        self.sums.uneven_wanted.connect(partial(self._show_only, View.UNEVEN))
        self.asking.cut_wanted.connect(partial(self._show_only, View.CUT))
        self.cut.changed.connect(lambda: self.model.show_words(self._words()))
        self.model.filtered.connect(self._on_filtered)
        self.model.filtered.connect(self._show_sums)
        self.model.added_up.connect(self._show_sums)
        self.ranking.connect_commands(self.bar.commands)
        self.tabs.currentChanged.connect(self.ranking.unsay)
        self.bar.orders.currentIndexChanged.connect(self.ranking.unsay)
        self.nothing.all_wanted.connect(partial(self.head.want, View.ALL))
        self.table.chosen.connect(self._on_chosen)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.matrix.chosen.connect(self._show_finding)
        self.files.review_wanted.connect(self.panel.ask_review)
        self.files.keep_wanted.connect(self.desk.keep_file)
        self.files.received_wanted.connect(self.asking.received_of)
        self.files.channel_wanted.connect(self.asking.channel_of)
        self.files.chosen.connect(self._show_beside)
        self.files.entry_wanted.connect(self._go_to)
        self.desk.kept.connect(self.files.put_in_place)
        self.panel.reviewed.connect(self.files.reviewed)
        self.panel.failed.connect(self.failed)
        self.panel.decided.connect(self._focus_line)

    def _connect_desk(self) -> None:
        self.desk.loaded.connect(self._on_loaded)
        self.desk.alike.connect(self._on_alike)
        self.desk.failed.connect(self.failed)
        for source in (self.desk, self.taking_in, self.panel, self.asking):
            source.told.connect(self.told)
        self.taking_in.earlier.connect(self._on_earlier)
        self.taking_in.finished.connect(self._on_taken_in)
        self.taking_in.go_on_wanted.connect(self.take_in)

    # --- which call -------------------------------------------------------------------------

    @Slot(object)
    def _on_call_known(self, kept: object) -> None:
        self.head.show_calls(self._services.catalog, kept)
        self._on_call_chosen()

    @Slot()
    def _on_call_chosen(self) -> None:
        call_id = self.head.calls.currentData()
        if call_id and call_id != self.desk.call:
            self.open_anew()

    def open_anew(self) -> None:
        """Read the desk of the chosen call, also where another store took the place of its own."""
        self._pairs = ()
        self.files.clear()
        self.desk.open_call(self.head.calls.currentData())

    # --- showing ----------------------------------------------------------------------------

    @property
    def current(self) -> DeskEntry | None:
        """The entry of the current line."""
        index = self.table.currentIndex()
        return self.model.entry(index.row()) if index.isValid() else None

    def _words(self) -> Words:
        call = self._services.catalog.call(self.desk.call)
        text = self._services.messages.text
        statuses = {status: text(f"desk.status.{status}") for status in Status}
        doubtful, line = self.desk.data.doubtful, self.lines.text
        return Words(call.deadline, statuses, self._alike, doubtful, line, self.cut.ids)

    @Slot(object)
    def _on_loaded(self, data: DeskData) -> None:
        self._alike = self._undecided(data)
        self.bar.show_order(data.order)
        self.kept_line.show_data(data, self._words())
        self.head.show_call(self._services.catalog.call(data.call))
        self.files.show_dated(data.dated)
        self.matrix.show_data(data)
        self.name.setVisible(not data.who)
        self.chart.show_data(data, self._services.catalog)
        self._show_sums()
        shown = self.splitter if data.lines.entries or self.files.list.rowCount() else self.empty
        self._stack.setCurrentWidget(shown)
        self._refresh_actions()
        self._soon.start()
        if self._wanted:
            paths, self._wanted = self._wanted, []
            self.take_in(paths)

    @Slot()
    def _show_sums(self) -> None:
        shown, count = self.model.rowCount(), self.model.total_count
        self.nothing.setVisible(not shown and count > 0)
        self.sums.show_totals(self.desk.data.totals, self.model.shown_totals, shown, count)
        told = self.tr("Ở đây không theo bộ lọc: có đủ {count} dòng của đợt.")
        for whole in (self.matrix.whole, self.chart.whole):
            whole.setText(told.format(count=count))
            whole.setVisible(shown != count)
        pairs, data = sum(map(len, self._alike.values())) // 2, self.desk.data
        self.pending.show_counts(pairs, data.resubmitted, len(data.doubtful), len(data.blank))

    @Slot()
    def _show_next(self) -> None:
        """Show the next phiếu about which something is to be decided."""
        at, doubtful = self.table.currentIndex().row(), self.desk.data.doubtful
        waiting = doubtful.union(self._alike)
        found = next_pending(self.model, waiting, at)
        if not found:
            self.head.want(View.ALL)
            found = next_pending(self.model, waiting, -1)
        self.tabs.setCurrentWidget(self.table)
        self.bar.commands["detail"].setChecked(True)
        tab = self.panel.findings if found in doubtful else self.panel.compare
        self.panel.setCurrentWidget(tab)
        self.select(found)
        self.table.setFocus()

    @Slot(str)
    def select(self, proposal_id: str) -> None:
        """Show a phiếu in the table and beside it."""
        if self.model.row_of(proposal_id) is None:
            self.head.want(View.ALL)
        self.table.show_line(proposal_id)

    @Slot(str)
    def _show_beside(self, proposal_id: str) -> None:
        if self.model.row_of(proposal_id) is not None:
            self.table.show_line(proposal_id)

    @Slot(str)
    def _go_to(self, proposal_id: str) -> None:
        if self.model.find_entry(proposal_id) is None:
            self.told.emit(self.tr("Phiếu này đang ở thùng rác của trang «Phiếu của tôi»."))
            return
        self.tabs.setCurrentWidget(self.table)
        self.select(proposal_id)
        self.table.setFocus()

    @Slot()
    def _on_earlier(self) -> None:
        self._stack.setCurrentWidget(self.splitter)

    @Slot(str, str)
    def _show_finding(self, proposal_id: str, code: str) -> None:
        self.select(proposal_id)
        self.panel.show_finding(code)

    @Slot(object)
    def _on_alike(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._alike = self._undecided(self.desk.data)
        self.model.show_words(self._words())
        self._show_sums()
        self._soon.start()

    def _undecided(self, data: DeskData) -> dict[str, list[str]]:
        """Return what still looks alike among the pairs found: decided ones are left out."""
        places, entries = data.lines.places, data.lines.entries
        alike: dict[str, list[str]] = defaultdict(list)
        for first, second in self._pairs:
            if first in places and second in places:
                one, other = entries[places[first]], entries[places[second]]
                if one.counted and other.counted and second not in one.decisions:
                    alike[first].append(second)
                    alike[second].append(first)
        return alike

    @Slot()
    def _on_filtered(self) -> None:
        self._refresh_actions()
        self._soon.start()

    def _show_only(self, view: View) -> None:
        """Show the phiếu about which something is to be done."""
        self.tabs.setCurrentWidget(self.table)
        self.head.want(view)
        self.table.setFocus()

    @Slot()
    def _on_order_chosen(self) -> None:
        if self.desk.call:
            self.desk.show_order(self.bar.order)

    @Slot()
    def _on_chosen(self) -> None:
        self._refresh_actions()
        self._soon.start()

    @Slot()
    def _show_detail(self) -> None:
        entry = self.current
        alike = self._alike.get(entry.proposal_id, ()) if entry else ()
        ids = dict.fromkeys((*alike, *entry.decisions)) if entry else {}
        found = ((self.model.find_entry(other), self.model.rank_of(other)) for other in ids)
        self.panel.show_entry(entry, [(other, rank) for other, rank in found if other is not None])

    def _refresh_actions(self) -> None:
        entry = self.current
        self.bar.refresh(
            chosen=entry is not None,
            filled=bool(self.model.total_count),
            by_council=entry is not None and entry.council_ranked,
        )

    # --- taking in --------------------------------------------------------------------------

    @Slot(object)
    def take_in(self, paths: Sequence[Path]) -> None:
        """Bring files and folders to the desk of the chosen call."""
        if paths and not self.desk.data.call:
            self._wanted = list(paths)
        elif paths:
            self._stack.setCurrentWidget(self.splitter)
            self.tabs.setCurrentWidget(self.files)
            self.taking_in.begin(paths)

    @Slot()
    def _on_taken_in(self) -> None:
        if not self.files.needing:
            self.tabs.setCurrentWidget(self.table)
        self.table.setFocus()

    # --- judging and ranking ----------------------------------------------------------------

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        self.bar.line_menu(self).popup(self.table.viewport().mapToGlobal(at))

    @Slot()
    def _focus_line(self) -> None:
        """Go back to the lines of whatever view is shown."""
        self.tabs.currentWidget().setFocus()

    # --- papers -----------------------------------------------------------------------------

    @Slot()
    def _ask_supplement(self) -> None:
        if self.current is not None:
            self.panel.ask_supplement(self.current)
