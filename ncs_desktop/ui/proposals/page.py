"""The page «Phiếu của tôi»: list, filter, and what can be done with a phiếu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.proposals.model import CALL, SAVED, STATE, TITLE, TOTAL, ProposalsModel
from ncs_desktop.ui.proposals.welcome import WelcomePage
from ncs_desktop.ui.widgets.filter_line import FilterLine
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.tables import FittingTable, as_main_list

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.records import Listed

_WIDTHS = {CALL: 170, TOTAL: 180, STATE: 190, SAVED: 160}
_ROW_HEIGHT = 34
_ALWAYS = ("new", "import", "bin", "no-samples")
"""Commands that need no chosen phiếu."""
_OF_SEVERAL = ("print-set", "bundle")
"""Commands that take several phiếu together."""
_LEAST_LETTERS, _LEAST_OF_NAME = 16, 32
"""A column is never narrower than so many letters «n»; then the table scrolls sideways."""


class ProposalsTable(FittingTable):
    """The table; tells when it has really been painted with lines in it."""

    painted = Signal()

    def __init__(self, lines: ProposalsModel) -> None:
        super().__init__()
        self._lines = lines
        self.setModel(lines)

    @Slot()
    def fit(self) -> None:
        """Give columns and rows the room their words need, and the name what is left."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        least = _LEAST_LETTERS * metrics.horizontalAdvance("n")
        header.setMinimumSectionSize(least)
        self.verticalHeader().setDefaultSectionSize(max(_ROW_HEIGHT, 2 * metrics.height()))
        for column, width in _WIDTHS.items():
            needed = max(header.sectionSizeHint(column), self.sizeHintForColumn(column))
            header.resizeSection(column, max(needed, width))
        self._fit_name()

    def _fit_name(self) -> None:
        """Let the name take what is left, or scroll sideways where that is too little for it."""
        header, shrunk = self.horizontalHeader(), QHeaderView.ResizeMode.Interactive
        least = _LEAST_OF_NAME * self.fontMetrics().horizontalAdvance("n")
        left = self.viewport().width() - sum(map(header.sectionSize, _WIDTHS))
        header.setSectionResizeMode(TITLE, shrunk if left < least else header.ResizeMode.Stretch)
        if left < least:
            header.resizeSection(TITLE, least)

    @contextmanager
    def kept_place(self) -> Iterator[None]:
        """Choose the same lines after the model was filled anew, and scroll to the same place."""
        model, bars = self._lines, (self.horizontalScrollBar(), self.verticalScrollBar())
        current, chosen = self.currentIndex(), self.selectionModel().selectedRows()
        held = [model.line(index.row()).id for index in (current, *chosen) if index.isValid()]
        across, down = (bar.value() for bar in bars)
        first = model.line(down).id if 0 < down < model.rowCount() else ""
        yield
        rows = model.rows()
        selected = QItemSelection()
        for row in {rows[one] for one in held[1:] if one in rows}:
            selected.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
        if held and held[0] in rows:
            at = model.index(rows[held[0]], current.column())
            self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(selected, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        bars[0].setValue(across)
        bars[1].setValue(rows.get(first, down))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name another width."""
        super().resizeEvent(event)
        self._fit_name()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, then say so."""
        super().paintEvent(event)
        self.painted.emit()


class ProposalsPage(QWidget):
    """The list; what a person wants is told by signals, the window does it."""

    painted = Signal()
    """The list, or the cards that stand in its place, were really painted."""
    new_wanted = Signal()
    open_wanted = Signal(str)
    duplicate_wanted = Signal(str)
    trash_wanted = Signal(str)
    import_wanted = Signal()
    bin_wanted = Signal()
    sample_wanted = Signal()
    sample_unwanted = Signal()
    bundle_wanted = Signal(list, bool)
    """Ids of the chosen phiếu, and whether only to print and sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page:proposals")
        self.model = ProposalsModel()
        self.actions_by_name: dict[str, QAction] = {}
        self._ready = False
        self._wanted = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        head = QHBoxLayout()
        title = label(self.tr("Phiếu của tôi"), "title")
        title.setWordWrap(False)
        head.addWidget(title)
        head.addStretch(1)
        self.filter = FilterLine(
            "field:filter",
            self.tr("Lọc danh sách"),
            self.tr("Lọc theo tên, gõ không dấu cũng được"),
        )
        self.filter.setFixedWidth(320)
        head.addWidget(self.filter)
        column.addLayout(head)
        column.addWidget(self._build_bar())
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        waiting = QWidget()
        self.table = self._build_table()
        self.welcome = WelcomePage()
        self._nothing = label(
            self.tr("Không có phiếu nào khớp với chữ đang lọc; hãy xóa bớt chữ ở ô lọc."), "quiet"
        )
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (waiting, self.table, self.welcome, self._nothing):
            self._stack.addWidget(widget)
        column.addWidget(holder, 1)
        self._count = label(role="quiet")
        column.addWidget(self._count)

    def _build_bar(self) -> QToolBar:
        bar = QToolBar()
        set_icon_size(bar, 20)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name, picture, text, keys in (
            ("new", "new", self.tr("Lập phiếu mới"), "Ctrl+N"),
            ("open", "preview", self.tr("Mở"), ""),
            ("duplicate", "copy", self.tr("Lấy từ phiếu cũ…"), "Ctrl+D"),
            ("print-set", "signed-set", self.tr("Bộ in ký…"), ""),
            ("bundle", "bundle", self.tr("Bộ nộp…"), ""),
            ("trash", "trash", self.tr("Bỏ vào thùng rác"), "Del"),
            ("import", "import", self.tr("Nhập tệp…"), "Ctrl+O"),
            ("bin", "restore", self.tr("Thùng rác"), ""),
            ("no-samples", "remove", self.tr("Bỏ dữ liệu mẫu"), ""),
        ):
            action = QAction(icon(picture), text, self)
            action.setObjectName(f"action:{name}")
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
            bar.addAction(action)
            self.actions_by_name[name] = action
        self.actions_by_name["trash"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return bar

    def _build_table(self) -> ProposalsTable:
        table = ProposalsTable(self.model)
        table.setObjectName("table:proposals")
        table.setAccessibleName(self.tr("Danh sách phiếu"))
        as_main_list(table, _ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        table.fit()
        header.setSortIndicator(SAVED, Qt.SortOrder.DescendingOrder)
        table.setSortingEnabled(True)
        return table

    def _connect(self) -> None:
        acts = self.actions_by_name
        acts["new"].triggered.connect(self.new_wanted)
        acts["open"].triggered.connect(self._open_current)
        acts["duplicate"].triggered.connect(self._duplicate_current)
        acts["trash"].triggered.connect(self._trash_current)
        acts["print-set"].triggered.connect(partial(self._bundle_chosen, True))
        acts["bundle"].triggered.connect(partial(self._bundle_chosen, False))
        acts["no-samples"].triggered.connect(self.sample_unwanted)
        acts["import"].triggered.connect(self.import_wanted)
        acts["bin"].triggered.connect(self.bin_wanted)
        self.table.addAction(acts["trash"])
        self.table.activated.connect(self._on_activated)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.selectionModel().selectionChanged.connect(self._refresh_actions)
        self.filter.textChanged.connect(self._on_filter)
        self.table.painted.connect(self.painted)
        self.welcome.painted.connect(self.painted)
        self.welcome.new_wanted.connect(self.new_wanted)
        self.welcome.import_wanted.connect(self.import_wanted)
        self.welcome.sample_wanted.connect(self.sample_wanted)
        self.offer_sample_removal(False)
        self._refresh_actions()

    def show_lines(self, lines: Sequence[Listed], copied: Mapping[str, str] | None = None) -> None:
        """Show the store's list: what is chosen stays chosen and what is seen in its place.

        What is gone leaves the choice to its neighbour; new lines above push nothing down but
        where the list is seen from its first line.
        """
        row = self.table.currentIndex().row()
        with self.table.kept_place():
            self.model.show_lines(lines, copied)
            self._after_change()
        if self._wanted:
            self.go_to(self._wanted)
        if self.current_id is None and self.model.rowCount():
            self.table.selectRow(min(max(row, 0), self.model.rowCount() - 1))

    def go_to(self, proposal_id: str) -> None:
        """Select ``proposal_id`` now or as soon as it is listed; a filter that hides it goes."""
        self._wanted = proposal_id
        if not self.model.holds(proposal_id):
            return
        self._wanted = ""
        if self.model.row_of(proposal_id) is None:
            self.filter.clear()
        self.select(proposal_id)

    def name_calls(self, catalog: Catalog) -> None:
        """Show the calls by name."""
        with self.table.kept_place():
            self.model.name_calls(catalog.calls)

    def select(self, proposal_id: str) -> None:
        """Select the line of ``proposal_id`` where it is shown."""
        row = self.model.row_of(proposal_id)
        if row is not None:
            self.table.selectRow(row)

    @property
    def current_id(self) -> str | None:
        """Id of the selected phiếu."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.line(rows[0].row()).id if rows else None

    @property
    def chosen_ids(self) -> list[str]:
        """Ids of all selected phiếu, in the order of the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.line(row).id for row in rows]

    def offer_sample_removal(self, there: bool) -> None:
        """Offer to take the sample data away, while there are any."""
        self.actions_by_name["no-samples"].setVisible(there)

    def _bundle_chosen(self, print_set: bool, _checked: bool = False) -> None:
        if self.chosen_ids:
            self.bundle_wanted.emit(self.chosen_ids, print_set)

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        self.model.filter_by(text)
        self._after_change()

    def _after_change(self) -> None:
        shown, total = self.model.rowCount(), self.model.total_count
        page: QWidget = self.table if shown else (self._nothing if total else self.welcome)
        self._stack.setCurrentWidget(page)
        text = self.tr("{total} phiếu") if shown == total else self.tr("{shown} trên {total} phiếu")
        self._count.setText(text.format(shown=shown, total=total) if total else "")
        self._refresh_actions()

    @Slot()
    def _refresh_actions(self) -> None:
        count = len(self.chosen_ids)
        for name, action in self.actions_by_name.items():
            fits = count > 0 if name in _OF_SEVERAL else count == 1
            action.setEnabled(self._ready and (fits or name in _ALWAYS))

    def take_focus(self) -> None:
        """Take the keyboard where a person begins: the list, or the first card."""
        empty = self._stack.currentWidget() is self.welcome
        (self.welcome.first if empty else self.table).setFocus()

    def set_ready(self) -> None:
        """Store and catalogue are there: everything can be done."""
        self._ready = True
        self._refresh_actions()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.open_wanted.emit(self.model.line(index.row()).id)

    @Slot()
    def _open_current(self) -> None:
        if self.current_id:
            self.open_wanted.emit(self.current_id)

    @Slot()
    def _duplicate_current(self) -> None:
        if self.current_id:
            self.duplicate_wanted.emit(self.current_id)

    @Slot()
    def _trash_current(self) -> None:
        if self.current_id:
            self.trash_wanted.emit(self.current_id)

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("open", "duplicate", *_OF_SEVERAL, "trash"):
            menu.addAction(self.actions_by_name[name])
        menu.popup(self.table.viewport().mapToGlobal(at))
