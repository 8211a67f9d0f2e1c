"""The line of a phiếu in the official table: written by the officer, one phiếu after another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.desk import DeskEntry
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.table_line import line_fields
from ncs_desktop.ui.collect import requests
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.line_rows import LineRow
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.room import open_at


class LineDialog(QDialog):
    """Shows the line of one of ``entries``; ``shown(id)`` when another phiếu is shown.

    What was changed is written before another phiếu is shown or the dialog closes; the page's undo
    takes it back.
    """

    shown = Signal(str)

    def __init__(
        self,
        services: Services,
        desk: CollectDesk,
        entries: Sequence[DeskEntry],
        at: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._desk = services, desk
        self._entries, self._at, self._asked = entries, at, 0
        self.rows: dict[str, LineRow] = {}
        self._form: Form | None = None
        self.setObjectName("dialog:line")
        self.setWindowTitle(self.tr("Sửa dòng trong bảng tổng hợp"))
        open_at(self, 960, 720)
        self._build()
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.go, step))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.write_and_go)
        self._ask(at)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.title = label(role="heading")
        column.addWidget(self.title)
        self.about = label(role="quiet")
        column.addWidget(self.about)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        area.setWidget(self._holder)
        column.addWidget(area, 1)
        column.addLayout(self._build_why())
        column.addLayout(self._build_buttons())

    def _build_why(self) -> QHBoxLayout:
        row = QHBoxLayout()
        name = label(self.tr("&Lý do sửa (không bắt buộc, ghi vào nhật ký)"))
        name.setTextFormat(Qt.TextFormat.AutoText)
        self.why = QLineEdit()
        self.why.setObjectName("field:line.why")
        self.why.setAccessibleName(self.tr("Lý do sửa"))
        name.setBuddy(self.why)
        row.addWidget(name)
        row.addWidget(self.why, 1)
        return row

    def _build_buttons(self) -> FlowLayout:
        self.only_open = QCheckBox(self.tr("Chỉ &qua phiếu chưa có bản ngắn"))
        self.only_open.setObjectName("field:line.only-open")
        self.only_open.setToolTip(
            self.tr("Phiếu mà bảng còn cắt bớt một mục, vì mục đó chưa có bản ngắn.")
        )
        row: list[QWidget] = [self.only_open]
        for name, text, slot, keys in (
            ("previous", self.tr("‹ T&rước"), partial(self.go, -1), "Ctrl+PgUp"),
            ("next", self.tr("&Sau ›"), partial(self.go, 1), "Ctrl+PgDown"),
            ("close", self.tr("Đón&g"), self.accept, "Esc"),
        ):
            made = button(text, slot)
            made.setObjectName(f"button:{name}")
            made.setToolTip(keys)
            row.append(made)
        self._write = button(self.tr("&Ghi, sang phiếu sau"), self.write_and_go, role="primary")
        self._write.setObjectName("button:write-line")
        self._write.setToolTip("Ctrl+Enter")
        return FlowLayout([*row, self._write], right=True)

    # --- showing ----------------------------------------------------------------------------

    @property
    def entry(self) -> DeskEntry:
        """The phiếu that is shown."""
        return self._entries[self._at]

    def _ask(self, at: int, step: int = 0) -> None:
        """Read the phiếu at ``at``, or from there by ``step`` the first that is wanted."""
        self._asked += 1
        stride = step or 1
        end = len(self._entries) if stride > 0 else -1
        places = range(at, end, stride) if step else range(at, at + 1)
        ids = [self._entries[place].proposal_id for place in places]
        wanted = bool(step) and self.only_open.isChecked()
        request = partial(requests.line, self._desk.call, ids, self._services.catalog, wanted)
        task = self._services.store.ask(request)
        task.done.connect(partial(self._on_read, self._asked, places))
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self.notice.say(self._services.sentence(problem), problem=True)

    def _on_read(self, asked: int, places: Sequence[int], found: requests.Line | None) -> None:
        if asked != self._asked:
            return
        if found is None:
            self.notice.say(self.tr("Không còn phiếu nào nữa; mọi thay đổi đã ghi."))
            return
        self._at = places[found.number]
        entry = self.entry
        self.title.setText(entry.title or self.tr("(chưa có tên)"))
        about = self.tr("Phiếu {at}/{count} trong danh sách đang xem · Bên đề xuất: {proposer}")
        count = len(self._entries)
        proposer = entry.proposer_name or self.tr("chưa rõ")
        self.about.setText(about.format(at=self._at + 1, count=count, proposer=proposer))
        form = self._services.catalog.form_of(found.proposal)
        if form is not self._form:
            self._build_rows(form)
        for row in self.rows.values():
            row.show_line(found.proposal)
        self.why.clear()
        self.shown.emit(entry.proposal_id)

    def _build_rows(self, form: Form) -> None:
        self._form = form
        for row in self.rows.values():
            row.take_away()
        self.rows = {field.key: LineRow(field, form, self._grid) for field in line_fields(form)}
        order: list[QWidget] = [row.control for row in self.rows.values()]
        for first, second in zip(order, [*order[1:], self.why], strict=True):
            QWidget.setTabOrder(first, second)
        order[0].setFocus()

    # --- writing ----------------------------------------------------------------------------

    def _keep(self) -> None:
        """Write what a person changed; a text the program cut stays the program's."""
        texts = {key: row.text for key, row in self.rows.items() if row.changed}
        if texts:
            before = {key: self.rows[key].kept for key in texts}
            self._desk.write_line(self.entry, texts, before, self.why.text().strip())

    @Slot()
    def write_and_go(self) -> None:
        """Write what was changed and go on to the next phiếu."""
        self.go(1)

    def go(self, step: int) -> None:
        """Show the next phiếu, or the one before, after writing what was changed."""
        if not self.rows:
            return
        self._keep()
        for row in self.rows.values():
            row.settle()
        self.notice.clear()
        self._ask(self._at + step, step)

    def done(self, result: int) -> None:
        """Leave nothing that was typed behind."""
        self._keep()
        super().done(result)
