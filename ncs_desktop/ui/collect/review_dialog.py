"""A Word file beside what was read of it; what found no place is put where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.blocks import Table
from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.differences import value_text
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.jobs import ReadText, SourceReading
from ncs_desktop.ui.collect.placing import placeable, placed, replaced
from ncs_desktop.ui.collect.section_editor import SectionEditor
from ncs_desktop.ui.collect.source_pane import SourcePane
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.field_editor import QuietComboBox
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store

_SURE, _FAIR = 0.8, 0.5
_KEY = Qt.ItemDataRole.UserRole
_SHOWN = 400


class FieldList(QListWidget):
    """The fields as read; ``dropped(key)`` when text was dragged onto one."""

    dropped = Signal(str)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell on which field something was dropped."""
        item = self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None:
            self.dropped.emit(str(item.data(_KEY)))


class ReviewDialog(QDialog):
    """Source on the left, fields on the right; ``reviewed`` when a person has accepted it.

    ``receipt`` is call and id of what came in.
    """

    reviewed = Signal()

    def __init__(
        self,
        services: Services,
        receipt: tuple[str, str],
        reading: SourceReading,
        act: Act,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._receipt = services, receipt
        self._reading, self._first, self._act = reading, reading.proposal, act
        self.proposal = reading.proposal
        self._steps: list[tuple[Proposal, tuple[str, ...]]] = []
        self._form = services.catalog.form_of(reading.proposal)
        self._read = {field.key: field for field in reading.fields}
        self.setObjectName("dialog:review")
        self.setWindowTitle(self.tr("Đối chiếu: {name}").format(name=reading.name))
        self.resize(1140, 720)
        self._build()
        self._from_source = False
        self.source.marked.connect(self._on_source_marked)
        self.unplaced.itemSelectionChanged.connect(self._on_unplaced_marked)
        self.unplaced.itemClicked.connect(self._on_unplaced_marked)
        self._show_unplaced(reading.unplaced)
        self._show_fields()
        doubtful = (item for item in reading.fields if item.confidence < _SURE)
        self._select(next((item.key for item in doubtful), "title"))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self.notice = Notice()
        column.addWidget(self.notice)
        splitter = QSplitter()
        self.source = SourcePane(self._services, self._reading)
        splitter.addWidget(self.source)
        splitter.addWidget(self._build_right())
        splitter.setSizes([480, 640])
        splitter.setChildrenCollapsible(False)
        column.addWidget(splitter, 1)
        row = QHBoxLayout()
        row.addWidget(
            label(self.tr("✓ chắc, ▲ nên xem, ✕ đáng ngờ, ○ trống; ✎ là chỗ bạn đã sửa."), "quiet"),
            1,
        )
        self._undo = button(self.tr("Hoàn tác"), self._on_undo, picture="undo")
        self._undo.setObjectName("button:undo")
        row.addWidget(self._undo)
        self._reset = button(self.tr("Bỏ các thay đổi"), self._on_reset)
        self._reset.setObjectName("button:reset")
        row.addWidget(self._reset)
        row.addWidget(button(self.tr("Để sau"), self.reject))
        self._accept = button(
            self.tr("Đã đối chiếu, dùng bản này"), self._on_accept, role="primary"
        )
        self._accept.setObjectName("button:accept-review")
        row.addWidget(self._accept)
        column.addLayout(row)

    def _build_right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self.tr("Các mục đã đọc được"), "heading"))
        self.fields = FieldList()
        self.fields.setObjectName("list:fields")
        self.fields.setAccessibleName(self.tr("Các mục đã đọc được"))
        self.fields.setItemDelegate(WrapDelegate(self.fields))
        self.fields.setDragDropMode(QListWidget.DragDropMode.DropOnly)
        self.fields.setDropIndicatorShown(True)
        self.fields.dropped.connect(self._put_into)
        self.fields.currentItemChanged.connect(self._on_field)
        column.addWidget(self.fields, 4)
        self.editor = SectionEditor()
        self.editor.wanted.connect(self._on_written)
        column.addWidget(self.editor)
        self._left_over = label(role="heading")
        column.addWidget(self._left_over)
        self.unplaced = QListWidget()
        self.unplaced.setObjectName("list:unplaced")
        self.unplaced.setAccessibleName(self.tr("Chữ chưa xếp vào mục nào"))
        self.unplaced.setItemDelegate(WrapDelegate(self.unplaced))
        self.unplaced.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        column.addWidget(self.unplaced, 2)
        row = QHBoxLayout()
        self.target = QuietComboBox()
        self.target.setObjectName("field:target")
        self.target.setAccessibleName(self.tr("Mục nhận chữ"))
        self.target.setMinimumContentsLength(24)
        for field in placeable(self._form):
            self.target.addItem(field.label.strip(" -:"), field.key)
        self._put = button(self.tr("Đưa vào mục"), self._on_put, picture="import")
        self._put.setObjectName("button:put")
        self._put.setToolTip(
            self.tr("Đưa dòng đang chọn ở danh sách trên, hoặc chữ đang bôi đen bên trái.")
        )
        row.addWidget(self._put)
        row.addWidget(self.target, 1)
        column.addLayout(row)
        return right

    # --- showing ----------------------------------------------------------------------------

    def _show_fields(self) -> None:
        """Show every section with how sure its reading is, by colour, sign and word."""
        chosen = self._key()
        self.fields.blockSignals(True)
        self.fields.clear()
        for field in self._form.fields:
            value = self.proposal.get(field.key)
            read = self._read.get(field.key)
            if value is None and read is None and not (field.required and field.printed):
                continue
            sign, ink = self._sign(field, read)
            text = value_text(value, field) or self.tr("(trống)")
            if len(text) > _SHOWN:
                text = f"{text[:_SHOWN]}…"
            lines = [f"{sign} {field.label.strip(' -:')}", text]
            if read is not None and read.remarks and sign != "✎":
                lines.append(f"→ {read.remarks}")
            item = QListWidgetItem("\n".join(lines))
            item.setData(_KEY, field.key)
            item.setForeground(QColor(ink))
            self.fields.addItem(item)
        self.fields.blockSignals(False)
        self._select(chosen)
        self._reset.setEnabled(self.proposal != self._first)
        self._undo.setEnabled(bool(self._steps))

    def _sign(self, field: Field, read: ReadText | None) -> tuple[str, str]:
        colours = theme.current()
        value = self.proposal.get(field.key)
        if value != self._first.get(field.key):
            return "✎", colours.accent
        if read is None:
            return ("○", colours.quiet) if value is None else ("✓", colours.text)
        if read.confidence >= _SURE:
            return "✓", colours.text
        return ("▲", colours.warning) if read.confidence >= _FAIR else ("✕", colours.error)

    def _key(self) -> str:
        item = self.fields.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def _select(self, key: str) -> None:
        rows = range(self.fields.count())
        found = (row for row in rows if self.fields.item(row).data(_KEY) == key)
        self.fields.setCurrentRow(next(found, 0))
        self._on_field()

    def _show_unplaced(self, texts: Sequence[str]) -> None:
        self.unplaced.clear()
        self.unplaced.addItems(list(texts))
        self.unplaced.setCurrentRow(0)
        self._count_unplaced()

    def _count_unplaced(self) -> None:
        count = self.unplaced.count()
        head = (
            self.tr("Chưa xếp vào mục nào ({count})") if count else self.tr("Chữ nào cũng đã xếp")
        )
        self._left_over.setText(head.format(count=count))
        self.unplaced.setVisible(bool(count))

    @property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self.unplaced.item(row).text() for row in range(self.unplaced.count()))

    @Slot()
    def _on_field(self) -> None:
        """Show in the source where the chosen field was read, and its text to be edited."""
        field = self._form.find(self._key())
        if field is None:
            return
        read = self._read.get(field.key)
        self.source.show_words(read.source if read is not None else "")
        at = self.target.findData(field.key)
        if at >= 0:
            self.target.setCurrentIndex(at)
        self.editor.show_section(
            field.label.strip(" -:"),
            value_text(self.proposal.get(field.key), field),
            read.alternatives if read is not None else (),
            self._editable(field),
        )

    def _editable(self, field: Field) -> bool:
        """Whether a section is plain text; a table in it would not survive being typed over."""
        if field not in placeable(self._form):
            return False
        if field.kind is not FieldKind.BLOCKS:
            return True
        return not any(isinstance(block, Table) for block in self.proposal.blocks(field.key))

    @Slot()
    def _on_source_marked(self) -> None:
        self._from_source = bool(self.source.marked_text)

    @Slot()
    def _on_unplaced_marked(self, _item: object = None) -> None:
        self._from_source = False

    # --- placing ----------------------------------------------------------------------------

    def _change(self, change: Callable[[], Proposal]) -> bool:
        """Take a change over, to be taken back; say what stands against it."""
        before = self.proposal, self._texts
        try:
            self.proposal = change()
        except NcsError as problem:
            self.notice.say(self._services.sentence(problem), problem=True)
            return False
        self._steps.append(before)
        return True

    @Slot(str)
    def _on_written(self, text: str) -> None:
        """Write a section anew; what stood there is listed as not placed, so nothing is lost."""
        field = self._form.find(self._key())
        if field is None:
            return
        before = value_text(self.proposal.get(field.key), field)
        if self._change(lambda: replaced(self.proposal, field, text)):
            if not text.strip() and before:
                self.unplaced.addItem(before)
                self._count_unplaced()
            self._show_fields()
            told = (
                self.tr("Đã ghi mục «{name}».")
                if text.strip()
                else self.tr("Đã xóa mục «{name}»; chữ cũ nằm ở «Chưa xếp vào mục nào».")
            )
            self.notice.say(told.format(name=field.label.strip(" -:")))

    @Slot()
    def _on_put(self) -> None:
        self._put_into(str(self.target.currentData()))

    @Slot(str)
    def _put_into(self, key: str) -> None:
        item = self.unplaced.currentItem()
        selected = self.source.marked_text
        from_source = item is None or self._from_source
        text = selected if from_source else item.text()
        field = self._form.find(key)
        if field is None or not text.strip() or field not in placeable(self._form):
            self.notice.say(
                self.tr("Mục này không nhận chữ trực tiếp; hãy chọn mục khác."), problem=True
            )
            return
        if not self._change(lambda: placed(self.proposal, field, text)):
            return
        if not from_source:
            self.unplaced.takeItem(self.unplaced.row(item))
            self._count_unplaced()
        self._show_fields()
        self._select(key)
        told = self.tr("Đã đưa vào mục «{name}».")
        self.notice.say(told.format(name=field.label.strip(" -:")))

    @Slot()
    def _on_undo(self) -> None:
        self.proposal, texts = self._steps.pop()
        self._show_unplaced(texts)
        self._show_fields()
        self.notice.clear()

    @Slot()
    def _on_reset(self) -> None:
        self._steps.clear()
        self.proposal = self._first
        self._show_unplaced(self._reading.unplaced)
        self._show_fields()
        self.notice.clear()

    @Slot()
    def _on_accept(self) -> None:
        if self.editor.pending:
            self.notice.say(
                self.tr("Chữ vừa gõ chưa ghi vào mục; hãy bấm «Ghi vào mục» hoặc chọn mục khác."),
                problem=True,
            )
            return
        corrected = (self.proposal,) if self.proposal != self._first else ()
        self._accept.setEnabled(False)
        request = partial(_review, self._services.catalog, self._receipt, corrected, self._act)
        task = self._services.store.ask(request)
        task.done.connect(self._on_kept)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        self.reviewed.emit()
        self.accept()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._accept.setEnabled(True)
        self.notice.say(self._services.sentence(problem), problem=True)


def _review(
    catalog: Catalog,
    receipt: tuple[str, str],
    corrected: tuple[Proposal, ...],
    act: Act,
    store: Store,
) -> None:
    from ncs_desktop.work.desk_import import DeskCheck  # noqa: PLC0415

    call, receipt_id = receipt
    store.desk.review(receipt_id, corrected, act, DeskCheck(catalog, call, act.at))
