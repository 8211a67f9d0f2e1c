"""Files coming in: what became of each file."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.desk import Channel
from ncs_desktop.ui.background.slices import Slices
from ncs_desktop.ui.collect.file_lines import FileLine, FilesOfImport, has_path
from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.scroll import scrolled_column
from ncs_desktop.ui.widgets.tables import as_list
from ncs_desktop.work import fates
from ncs_desktop.work.fates import Fate, Tally, tally_text

_LINE = Qt.ItemDataRole.UserRole


_FATES = tuple(Fate)
_PICTURES = {
    Fate.DAMAGED: "remove",
    Fate.REFUSED: "minus",
    Fate.DOUBTFUL: "search",
    Fate.UPDATED: "restore",
    Fate.NEW: "add",
    Fate.SAME: "copy",
    Fate.BESIDE: "proposals",
}
_SHORT = 110
_REASON_LINES = 4
_ABOVE_AND_BELOW = 10
_LEAST_HIGH = 60


def fate(line: FileLine) -> Fate:
    """Return what became of a file."""
    doubtful = bool(line.receipt_id) and not line.reviewed
    return fates.fate(line.result, damaged=line.damaged, beside=line.beside, doubtful=doubtful)


def shortened(text: str) -> str:
    """Return the beginning of a long text, up to the end of a word."""
    text = text.replace("\n", " ")
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rpartition(' ')[0]}…"


class FilesView(QWidget):
    """What became of every file, failures first.

    ``review_wanted(receipt)`` of a reading that is doubtful, ``keep_wanted(line)`` of a file that
    is to be kept beside an empty phiếu, ``received_wanted(ids)`` of phiếu of which nothing tells
    when they were received, ``channel_wanted(ids, channel)`` when it is said how these came.
    ``chosen(id)`` of the phiếu in the line that is looked at,
    ``entry_wanted(id)`` when a person wants to go to it.
    """

    chosen = Signal(str)
    entry_wanted = Signal(str)
    review_wanted = Signal(str)
    keep_wanted = Signal(object)
    received_wanted = Signal(object)
    channel_wanted = Signal(object, object)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        column = scrolled_column(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.imports = QuietComboBox()
        self.imports.setObjectName("field:import")
        self.imports.setAccessibleName(self.tr("Lần nhập đang xem"))
        self.imports.hide()
        column.addWidget(self.imports)
        self._count = label(self.tr("Chưa nhập tệp nào."), "quiet")
        self._count.setObjectName("label:imported")
        column.addWidget(self._count)
        self.list = self._build_list()
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._whole = QPlainTextEdit()
        self._whole.setObjectName("text:reason")
        self._whole.setAccessibleName(self.tr("Lý do, lưu ý của tệp đang chọn"))
        self._whole.setReadOnly(True)
        self._whole.setTabChangesFocus(True)
        height = self._whole.fontMetrics().lineSpacing()
        self._whole.setMinimumHeight(height + 14)
        self._whole.setMaximumHeight(height * _REASON_LINES + 14)
        column.addWidget(self._whole)
        self.review = button(self.tr("Đối chiếu bản đọc từ Word…"), self._review, picture="preview")
        self.review.setObjectName("button:review")
        self.keep = button(self.tr("Giữ làm tệp kèm phiếu trống"), self._keep, picture="new")
        self.keep.setObjectName("button:keep-file")
        self.received = button(self.tr("Ghi ngày giờ nhận…"), self._received, picture="clock")
        self.received.setObjectName("button:received-of-files")
        self.channels = self._build_channels()
        below = (self.review, self.keep, self.received, self.channels)
        for made in below:
            made.setEnabled(False)
        column.addLayout(FlowLayout(below))
        self._counts: Counter[Fate] = Counter()
        self._imports: list[FilesOfImport] = []
        self._dated: frozenset[str] = frozenset()
        self._waiting: deque[FileLine] = deque()
        self._slices = Slices(self)
        self.list.itemSelectionChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_activated)
        self.imports.currentIndexChanged.connect(self._show_import)
        self._on_chosen()

    def _build_channels(self) -> QuietComboBox:
        """How the files of an import came, said once for all that tell nothing of it."""
        made = QuietComboBox()
        made.setObjectName("field:files.channel")
        made.setAccessibleName(self.tr("Các phiếu chưa rõ thời điểm nhận đã nhận bằng"))
        made.setToolTip(made.accessibleName())
        made.addItem(self.tr("Nhận bằng…"), None)
        for channel in Channel:
            made.addItem(self._messages.text(f"desk.channel.{channel}"), channel)
        made.activated.connect(self._on_channel)
        return made

    def _build_list(self) -> QTableWidget:
        made = QTableWidget(0, 3)
        made.setObjectName("list:imported")
        made.setAccessibleName(self.tr("Kết quả của từng tệp"))
        made.setHorizontalHeaderLabels(
            [self.tr("Kết quả"), self.tr("Tệp"), self.tr("Lý do, lưu ý")]
        )
        as_list(made)
        made.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        made.setMinimumHeight(_LEAST_HIGH)
        made.setWordWrap(True)
        set_icon_size(made, 16)
        header = made.horizontalHeader()
        header.resizeSection(0, 170)
        header.resizeSection(1, 280)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.timeout.connect(self._fit_rows)
        header.sectionResized.connect(lambda *_: self._fit_soon.start(0))
        return made

    def show_dated(self, ids: frozenset[str]) -> None:
        """Ask no more when the phiếu of ``ids`` were received: that has been said meanwhile."""
        if ids != self._dated:
            self._dated = ids
            self._show_counts()

    def clear(self) -> None:
        """Forget what is shown."""
        self._imports.clear()
        self._list_imports()

    def begin(self, when: datetime) -> None:
        """Show an import that begins; the earlier ones can be chosen above it."""
        self._imports.insert(0, FilesOfImport(when, []))
        self._list_imports()

    def show_earlier(self, imports: Sequence[FilesOfImport]) -> None:
        """Offer what is kept of the imports before, newest first."""
        known = {one.when for one in self._imports}
        self._imports += [one for one in imports if one.when not in known]
        self._list_imports()

    def _list_imports(self) -> None:
        self.imports.blockSignals(True)
        self.imports.clear()
        for one in self._imports:
            moment = one.when.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y")
            self.imports.addItem(self.tr("Nhập lúc {moment}").format(moment=moment))
        self.imports.blockSignals(False)
        self.imports.setVisible(len(self._imports) > 1)
        self._show_import()

    @Slot()
    def _show_import(self) -> None:
        self._waiting.clear()
        self.list.setRowCount(0)
        self._counts.clear()
        self.channels.setCurrentIndex(0)
        self._show_counts()
        if self._imports:
            self._await(self._imports[self.imports.currentIndex()].lines)

    def add(self, lines: Sequence[FileLine]) -> None:
        """Tell what became of further files; many lines are shown between other events."""
        if not lines:
            return
        self._imports[0].lines += lines
        if self.imports.currentIndex() == 0:
            self._await(lines)

    def _await(self, lines: Sequence[FileLine]) -> None:
        self._waiting.extend(lines)
        if lines and not self._slices.busy:
            self._slices.run(self._show_waiting())

    def _show_waiting(self) -> Iterator[None]:
        while self._waiting:
            self._show(self._waiting.popleft())
            yield
        self._show_counts()

    def _show(self, line: FileLine) -> None:
        """Show a line after those of its kind."""
        found = fate(line)
        last = _FATES.index(found) + 1
        row = sum(self._counts[earlier] for earlier in _FATES[:last])
        self._counts[found] += 1
        self.list.insertRow(row)
        self._fill(row, line)

    def _show_counts(self) -> None:
        at = self.imports.currentIndex()
        lines = self._imports[at].lines if self._imports else ()
        self._count.setText(self._words(lines) or self.tr("Chưa nhập tệp nào."))
        undated = len(self.undated)
        self.received.setEnabled(bool(undated))
        self.channels.setEnabled(bool(undated))
        text = self.tr("Ghi ngày giờ nhận ({count})…") if undated else self.tr("Ghi ngày giờ nhận…")
        self.received.setText(text.format(count=undated))

    def _fill(self, row: int, line: FileLine) -> None:
        found = fate(line)
        word = self.tr("Mới, đã đối chiếu") if line.reviewed else self.word(found)
        for column, text in enumerate((word, line.name, shortened(line.reason))):
            item = QTableWidgetItem(text)
            item.setToolTip(line.reason if column == 2 else text)
            if column == 0:
                item.setIcon(icon(_PICTURES[found]))
                item.setData(_LINE, line)
            self.list.setItem(row, column, item)
        self._fit_row(row)

    def _fit_row(self, row: int) -> None:
        """Give a row the room of its words, also of a name in several lines."""
        usual = self.list.verticalHeader().defaultSectionSize()
        height = max(usual, self.list.sizeHintForRow(row) + _ABOVE_AND_BELOW)
        if height != self.list.rowHeight(row):
            self.list.setRowHeight(row, height)

    @Slot()
    def _fit_rows(self) -> None:
        for row in range(self.list.rowCount()):
            self._fit_row(row)

    def put_in_place(self, old: FileLine, new: FileLine) -> None:
        """Show that something else has become of a file."""
        new = replace(new, first=old.first)
        for one in self._imports:
            one.lines[:] = [new if line is old else line for line in one.lines]
        for row in range(self.list.rowCount()):
            if self._line(row) is old:
                self._counts[fate(old)] -= 1
                self.list.removeRow(row)
                self._show(new)
                self._show_counts()
                break
        self._on_chosen()

    def reviewed(self, receipt_id: str) -> None:
        """Show that a reading was compared with its source."""
        lines = [line for one in self._imports for line in one.lines]
        for line in lines:
            if line.receipt_id == receipt_id and not line.reviewed and fate(line) is Fate.DOUBTFUL:
                self.put_in_place(line, replace(line, reviewed=True))

    @property
    def summary(self) -> str:
        """How many files of the newest import came in as what, kinds without any left out."""
        return self._words(self._imports[0].lines) if self._imports else ""

    @property
    def _newest(self) -> Counter[Fate]:
        return Counter(map(fate, self._imports[0].lines)) if self._imports else Counter()

    def _words(self, lines: Sequence[FileLine]) -> str:
        ids = {found for line in lines for found in (line.proposal_id, *line.others) if found}
        counts = Counter(map(fate, lines))
        tally = Tally(sum(line.first for line in lines), counts, len(ids))
        return tally_text(tally, self._messages)

    @property
    def undated(self) -> tuple[str, ...]:
        """The phiếu of which nothing tells when they were received, in the order of the lines."""
        lines = (self._line(row) for row in range(self.list.rowCount()))
        found = dict.fromkeys(one for line in lines if line for one in line.undated)
        return tuple(one for one in found if one not in self._dated)

    @property
    def needing(self) -> int:
        """How many files of the newest import need a hand: not taken in, or to be compared."""
        counts = self._newest
        return sum(counts[kind] for kind in (Fate.DAMAGED, Fate.REFUSED, Fate.DOUBTFUL))

    def word(self, found: Fate) -> str:
        """Return what became of a file in words."""
        return self._messages.text(f"collect.result.{found}")

    def _line(self, row: int) -> FileLine | None:
        item = self.list.item(row, 0)
        found = item.data(_LINE) if item is not None else None
        return found if isinstance(found, FileLine) else None

    @Slot()
    def _on_chosen(self) -> None:
        line = self._line(self.list.currentRow())
        self.review.setEnabled(line is not None and bool(line.receipt_id))
        keep = line.keep if line is not None else None
        self.keep.setEnabled(has_path(keep))
        lost = keep is not None and not has_path(keep)
        self.keep.setToolTip(
            self.tr("Tệp không còn ở chỗ cũ hoặc không rõ nằm ở đâu trên máy; hãy nhập lại tệp.")
            if lost
            else self.tr("Giữ tệp trong kho và lập một phiếu trống để gõ các mục theo bản gốc.")
        )
        reason = line.reason if line is not None else ""
        self._whole.setPlainText(reason)
        if line is not None and line.proposal_id:
            self.chosen.emit(line.proposal_id)

    @Slot()
    def _review(self, _item: object = None) -> None:
        line = self._line(self.list.currentRow())
        if line is not None and line.receipt_id:
            self.review_wanted.emit(line.receipt_id)

    @Slot()
    def _on_activated(self, _item: object = None) -> None:
        """Go on with a file: compare a doubtful reading, else look at the phiếu that is in it."""
        line = self._line(self.list.currentRow())
        if line is None:
            return
        if fate(line) is Fate.DOUBTFUL:
            self.review_wanted.emit(line.receipt_id)
        elif line.proposal_id:
            self.entry_wanted.emit(line.proposal_id)

    @Slot()
    def _received(self) -> None:
        self.received_wanted.emit(self.undated)

    @Slot()
    def _on_channel(self) -> None:
        channel = self.channels.currentData()
        if channel is not None:
            self.channel_wanted.emit(self.undated, Channel(channel))

    @Slot()
    def _keep(self) -> None:
        line = self._line(self.list.currentRow())
        if line is not None and has_path(line.keep):
            self.keep_wanted.emit(line)
