"""A Word file beside what was read of it; what found no place is put where it belongs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.differences import value_text
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.placing import placeable, placed
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
        self._form = services.catalog.form_of(reading.proposal)
        self._sure = {field.key: field for field in reading.fields}
        self.setObjectName("dialog:review")
        self.setWindowTitle(self.tr("Đối chiếu: {name}").format(name=reading.name))
        self.resize(1140, 720)
        self._build()
        self._from_source = False
        self.source.selectionChanged.connect(self._on_source_marked)
        self.unplaced.itemSelectionChanged.connect(self._on_unplaced_marked)
        self.unplaced.itemClicked.connect(self._on_unplaced_marked)
        self._show_fields()
        self._show_unplaced(reading.unplaced)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self.notice = Notice()
        column.addWidget(self.notice)
        splitter = QSplitter()
        left = QWidget()
        at_left = QVBoxLayout(left)
        at_left.setContentsMargins(0, 0, 0, 0)
        at_left.addWidget(label(self.tr("Chữ trong tệp Word"), "heading"))
        self.source = QPlainTextEdit(self._reading.source)
        self.source.setObjectName("text:source")
        self.source.setAccessibleName(self.tr("Chữ trong tệp Word"))
        self.source.setReadOnly(True)
        self.source.setTabChangesFocus(True)
        self.source.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        at_left.addWidget(self.source, 1)
        splitter.addWidget(left)
        splitter.addWidget(self._build_right())
        splitter.setSizes([480, 640])
        splitter.setChildrenCollapsible(False)
        column.addWidget(splitter, 1)
        row = QHBoxLayout()
        row.addWidget(
            label(self.tr("✓ chắc, ▲ nên xem, ✕ đáng ngờ; ✎ là chỗ bạn đã sửa."), "quiet"), 1
        )
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
        column.addWidget(self.fields, 3)
        column.addWidget(label(self.tr("Chưa xếp vào mục nào"), "heading"))
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
        at = max(self.fields.currentRow(), 0)
        colours = theme.current()
        self.fields.clear()
        for field in self._form.fields:
            value = self.proposal.get(field.key)
            read = self._sure.get(field.key)
            changed = value != self._first.get(field.key)
            if value is None and read is None and not (field.required and field.printed):
                continue
            sign, ink = "✕", colours.error
            if changed:
                sign, ink = "✎", colours.accent
            elif read is not None and read.confidence >= _SURE:
                sign, ink = "✓", colours.good
            elif read is not None and read.confidence >= _FAIR:
                sign, ink = "▲", colours.warning
            text = value_text(value, field) or self.tr("(trống)")
            if len(text) > _SHOWN:
                text = f"{text[:_SHOWN]}…"
            lines = [f"{sign} {field.label.strip(' -:')}", text]
            if read is not None and read.remarks and not changed:
                lines.append(f"→ {read.remarks}")
            item = QListWidgetItem("\n".join(lines))
            item.setData(_KEY, field.key)
            item.setForeground(QColor(colours.text if sign == "✓" else ink))
            self.fields.addItem(item)
        self.fields.setCurrentRow(min(at, self.fields.count() - 1))
        self._reset.setEnabled(self.proposal != self._first)

    def _show_unplaced(self, texts: tuple[str, ...]) -> None:
        self.unplaced.clear()
        self.unplaced.addItems(list(texts))
        self.unplaced.setCurrentRow(0)

    @Slot()
    def _on_field(self) -> None:
        """Show in the source where the chosen field was read."""
        item = self.fields.currentItem()
        read = self._sure.get(str(item.data(_KEY))) if item is not None else None
        words = " ".join(read.source.split())[:40] if read is not None else ""
        line = next((part for part in (read.source if read else "").split("\n") if part), words)
        if line:
            cursor = self.source.document().find(line[:60])
            if not cursor.isNull():
                self.source.blockSignals(True)
                self.source.setTextCursor(cursor)
                self.source.blockSignals(False)
        if item is not None:
            at = self.target.findData(item.data(_KEY))
            if at >= 0:
                self.target.setCurrentIndex(at)

    @Slot()
    def _on_source_marked(self) -> None:
        self._from_source = self.source.textCursor().hasSelection()

    @Slot()
    def _on_unplaced_marked(self, _item: object = None) -> None:
        self._from_source = False

    # --- placing ----------------------------------------------------------------------------

    @Slot()
    def _on_put(self) -> None:
        self._put_into(str(self.target.currentData()))

    @Slot(str)
    def _put_into(self, key: str) -> None:
        item = self.unplaced.currentItem()
        selected = self.source.textCursor().selectedText().replace("\u2029", "\n")
        from_source = item is None or self._from_source
        text = selected if from_source else item.text()
        field = self._form.find(key)
        if field is None or not text.strip() or field not in placeable(self._form):
            self.notice.say(
                self.tr("Mục này không nhận chữ trực tiếp; hãy chọn mục khác."), problem=True
            )
            return
        try:
            self.proposal = placed(self.proposal, field, text)
        except NcsError as problem:
            self.notice.say(self._services.sentence(problem), problem=True)
            return
        if not from_source:
            self.unplaced.takeItem(self.unplaced.row(item))
        self._show_fields()
        told = self.tr("Đã đưa vào mục «{name}».")
        self.notice.say(told.format(name=field.label.strip(" -:")))

    @Slot()
    def _on_reset(self) -> None:
        self.proposal = self._first
        self._show_fields()
        self._show_unplaced(self._reading.unplaced)
        self.notice.clear()

    @Slot()
    def _on_accept(self) -> None:
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
