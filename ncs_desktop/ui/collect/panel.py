"""Beside the table: everything about the chosen phiếu, in four tabs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyleOptionTab, QTabBar, QTabWidget, QWidget

from ncs_desktop.domain.desk import Decision, DeskEntry
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import standing
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.collect import jobs
from ncs_desktop.ui.collect.compare_tab import CompareTab
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.detail import Detail, Other, Pair, load_detail
from ncs_desktop.ui.collect.findings_tab import FindingsTab
from ncs_desktop.ui.collect.process import Job
from ncs_desktop.ui.collect.requests_tab import RequestsTab
from ncs_desktop.ui.preview.panel import PreviewPanel
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import label

_AROUND_NAME = 25
"""px a tab has around its name."""


class ShownProposal(QObject):
    """The phiếu the preview shows, in the place of an editing session."""

    changed = Signal(str)
    replaced = Signal()
    frozen = True

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.proposal: Proposal | None = None


class _NameTabs(QTabBar):
    """Tabs as high as names of two lines need; Qt itself measures and cuts one line."""

    def tabSizeHint(self, index: int) -> QSize:
        """Room for each line of the name."""
        more = self.tabText(index).count("\n") * self.fontMetrics().lineSpacing()
        return super().tabSizeHint(index) + QSize(0, more)

    def initStyleOption(self, option: QStyleOptionTab, tabIndex: int) -> None:
        """Draw the whole name."""
        super().initStyleOption(option, tabIndex)
        option.text = self.tabText(tabIndex)


class SidePanel(QTabWidget):
    """Findings, preview, comparison, requests; read anew whenever another phiếu is chosen."""

    told = Signal(str)
    failed = Signal(object)
    reviewed = Signal(str)
    decided = Signal()

    def __init__(
        self, services: Services, desk: CollectDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._desk = services, desk
        self._asked = 0
        self._detail: Detail | None = None
        self.setObjectName("tabs:detail")
        self.setTabBar(_NameTabs(self))
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)  # all four tabs stay in sight, on two lines where narrow
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self._names: list[str] = []
        self.findings = FindingsTab(services)
        self.compare = CompareTab()
        self.requests = RequestsTab()
        self._shown = ShownProposal(self)
        self.preview = PreviewPanel(self._shown, services.layout)  # type: ignore[arg-type]
        for widget, text in (
            (self.findings, self.tr("Kiểm tra")),
            (self.preview, self.tr("Xem trước")),
            (self.compare, self.tr("So sánh")),
            (self.requests, self.tr("Bổ sung")),
        ):
            self.addTab(widget, text)
            self._names.append(text)
        self._plain = tuple(self._names)
        self._nothing = label(self.tr("Chưa có phiếu nào được chọn."), "quiet")
        self._nothing.setParent(self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setAutoFillBackground(True)
        self._nothing.hide()
        self.setEnabled(False)
        self.findings.supplement_wanted.connect(self._on_supplement)
        self.findings.review_wanted.connect(self.ask_review)
        self.preview.failed.connect(self.failed)
        self.compare.settled.connect(self._on_settled)
        self.compare.decided.connect(self._on_decided)
        self.compare.side_by_side_wanted.connect(self._on_side_by_side)
        self.requests.judged.connect(self._on_judged)
        self.currentChanged.connect(self._on_tab)

    def minimumSizeHint(self) -> QSize:
        """As wide as its buttons, whatever the letters; low enough for a small screen."""
        return QSize(super().minimumSizeHint().width(), 200)

    # --- reading ----------------------------------------------------------------------------

    def show_entry(self, entry: DeskEntry | None, others: Sequence[Other]) -> None:
        """Read everything about ``entry``; ``others`` look like it.

        Until that is there nothing about another phiếu can be pressed.
        """
        self._asked += 1
        shown = self._detail.entry.proposal_id if self._detail is not None else ""
        self.setEnabled(entry is not None and entry.proposal_id == shown)
        services = self._services
        if entry is None or services.closed:
            self._detail = None
            self._cover()
            return
        work = partial(
            load_detail, services.store.path, services.catalog, entry, others, self._desk.act()
        )
        task = services.background.run(work)
        task.done.connect(partial(self._on_detail, self._asked))
        task.failed.connect(self.failed)

    def _on_detail(self, number: int, detail: Detail) -> None:
        if number != self._asked:
            return
        self._detail = detail
        self._nothing.hide()
        self.setEnabled(True)
        if detail.recounted:
            self._desk.refresh()
        self.findings.show_detail(detail)
        self.compare.show_detail(detail)
        self.requests.show_detail(detail)
        self._name(self.findings, self.tr("Kiểm tra"), len(standing(detail.findings)))
        self._name(self.compare, self.tr("So sánh"), len(detail.pairs))
        self._name(self.requests, self.tr("Bổ sung"), self.requests.count)
        if self._shown.proposal != detail.proposal:
            self._shown.proposal = detail.proposal
            self._on_tab()

    def show_finding(self, code: str) -> None:
        """Show what a rule found in the phiếu, once it is read."""
        self.setCurrentWidget(self.findings)
        self.findings.point_at(code)

    @Slot()
    def show_findings(self) -> None:
        """Show the tab from which a reading is compared with its source."""
        self.setCurrentWidget(self.findings)

    def _name(self, tab: QWidget, text: str, count: int) -> None:
        told = f"{text} ({count})" if count else text
        self._names[self.indexOf(tab)] = told
        self.setTabToolTip(self.indexOf(tab), told)
        self._write_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write the names of the tabs so that they are read in full."""
        super().resizeEvent(event)
        self._write_names()
        if not self._nothing.isHidden():
            self._cover()

    def _cover(self) -> None:
        """Show that no phiếu is chosen over what was told of the last one."""
        self._names = list(self._plain)
        self._write_names()
        self._nothing.setGeometry(self.rect().adjusted(0, self.tabBar().height(), 0, 0))
        self._nothing.raise_()
        self._nothing.show()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters may need two lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.count():
            self._write_names()

    def _write_names(self) -> None:
        """Write the names in one line where there is room for all, else each in two."""
        metrics = self.tabBar().fontMetrics()
        around = _AROUND_NAME * len(self._names)
        wide = sum(metrics.horizontalAdvance(name) for name in self._names) + around
        for at, name in enumerate(self._names):
            wanted = name if wide <= self.width() else name.replace(" ", "\n", 1)
            if self.tabText(at).replace("&", "") != wanted:
                self.setTabText(at, wanted)

    @Slot()
    def _on_tab(self) -> None:
        if self.currentWidget() is self.preview and self._shown.proposal is not None:
            self.preview.refresh()

    # --- deciding ---------------------------------------------------------------------------

    @Slot(object, bool)
    def _on_settled(self, pair: Pair, accept: bool) -> None:
        if self._detail is None:
            return
        entry = self._detail.entry
        self._desk.settle(entry, accept=accept, why=self.compare.take_why())
        self.decided.emit()
        text = (
            self.tr("Từ nay tính bản gửi lại «{new}»; bản trước vẫn được giữ.")
            if accept
            else self.tr("Vẫn tính bản «{old}»; bản gửi lại vẫn được giữ.")
        )
        old, new = pair.files
        text = text.format(old=old or pair.old.revision, new=new or pair.new.revision)
        self._desk.deeds.add(text, partial(self._desk.reopen, entry))

    @Slot(object, object)
    def _on_decided(self, pair: Pair, decision: Decision | None) -> None:
        if self._detail is None or pair.other is None:
            return
        ids = self._detail.entry.proposal_id, pair.other.proposal_id
        self._desk.decide(ids, decision, self.compare.take_why())
        self.decided.emit()
        text = {
            Decision.REPLACES: self.tr("Từ nay chỉ tính «{this}»; «{other}» được giữ, không tính."),
            Decision.REPLACED: self.tr("Từ nay chỉ tính «{other}»; «{this}» được giữ, không tính."),
            Decision.DIFFERENT: self.tr("Tính cả «{this}» và «{other}»."),
            None: self.tr("Đã bỏ quyết định về «{this}» và «{other}»."),
        }[decision]
        this, other = pair.files
        text = text.format(this=this or pair.old.title, other=other or pair.new.title)
        self._desk.deeds.add(text, partial(self._desk.decide, ids, pair.decision, pair.why))

    @Slot(object)
    def _on_side_by_side(self, pair: Pair) -> None:
        from ncs_desktop.ui.collect.side_by_side import SideBySide  # noqa: PLC0415

        dialog = SideBySide(pair, self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.decided)
        dialog.open()

    # --- supplement and review --------------------------------------------------------------

    @Slot()
    def _on_supplement(self) -> None:
        if self._detail is not None:
            self.ask_supplement(self._detail.entry)

    def ask_supplement(self, entry: DeskEntry) -> None:
        """Open the request for supplement with the ticked points, with all errors where none is.

        The other errors and warnings are offered in it, not ticked.
        """
        from ncs_desktop.ui.collect.supplement_dialog import SupplementDialog  # noqa: PLC0415

        same = self._detail is not None and self._detail.entry.proposal_id == entry.proposal_id
        ticked = self.findings.ticked or self.findings.errors if same else []
        offered = [found for found in self.findings.points if found not in ticked] if same else []
        dialog = SupplementDialog(self._services, self._desk, entry, ticked, self, offered=offered)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.decided)
        dialog.issued.connect(self._desk.deeds.forget)
        dialog.issued.connect(self._desk.refresh)
        dialog.open()

    @Slot(str, str, object, bool)
    def _on_judged(self, request: str, point: str, met: bool | None, against: bool) -> None:
        """Keep what a person says of a point; where the program says otherwise, with the reason."""
        why = ""
        if against:
            title = self.tr("Coi là đáp ứng") if met else self.tr("Coi là chưa đáp ứng")
            text = self.tr("Phần mềm xét khác; hãy ghi lý do (giữ trong nhật ký xử lý):")
            why = self._services.ask.reason(self, title, text)
        if self._detail is None or (against and not why):
            return
        before = next(
            one.record.verdicts.get(point) for one in self._detail.asked if one.record.id == request
        )
        self._desk.judge(request, point, met, why)
        back = partial(self._desk.judge, request, point, before)
        self._desk.deeds.add(self.tr("điểm bổ sung vừa xét"), back, quiet=True)

    @Slot(str)
    def ask_review(self, receipt_id: str) -> None:
        """Read the source of a doubtful reading again and open both side by side."""
        call = self._desk.call
        job = Job(self._services, partial(jobs.read_source, call, receipt_id), self)
        job.done.connect(partial(self._on_source, receipt_id))
        job.failed.connect(self._on_no_source)
        if self._desk.job is None:
            self._desk.began.emit(self.tr("Đang mở tệp gốc để đối chiếu…"))

    def _say_opened(self) -> None:
        if self._desk.job is None:
            self._desk.ended.emit()

    @Slot(object)
    def _on_no_source(self, problem: NcsError) -> None:
        self._say_opened()
        self.failed.emit(problem)

    def _on_source(self, receipt_id: str, reading: jobs.SourceReading) -> None:
        from ncs_desktop.ui.collect.review_dialog import ReviewDialog  # noqa: PLC0415

        self._say_opened()
        dialog = ReviewDialog(
            self._services, (self._desk.call, receipt_id), reading, self._desk.act(), self
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.decided)
        dialog.reviewed.connect(partial(self._on_reviewed, receipt_id))
        dialog.open()

    def _on_reviewed(self, receipt_id: str) -> None:
        self.reviewed.emit(receipt_id)
        self._desk.deeds.forget()
        self._desk.refresh()
