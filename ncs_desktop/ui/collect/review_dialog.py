"""A Word file beside what was read of it; what found no place is put where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
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
from ncs_desktop.ui.collect.field_list import SURE, FieldList
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.placing import placeable, placed, replaced
from ncs_desktop.ui.collect.review_draft import (
    Draft,
    accept_reading,
    draft_of,
    draft_setting,
    keep_draft,
)
from ncs_desktop.ui.collect.section_editor import SectionEditor
from ncs_desktop.ui.collect.source_pane import SourcePane
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.scroll import scrolled_column
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate
from ncs_desktop.work.source_places import section_start


class ReviewDialog(QDialog):
    """Source on the left, fields on the right; ``reviewed`` when a person has accepted it.

    ``receipt`` is call and id of what came in. What is typed or changed is kept at once, so that
    it is there again when the dialog is left, or the program ends, before that.
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
        self._draft = draft_of(reading.draft, self._first) or self._untouched
        self._key_of_draft = draft_setting(self._first.id, receipt[1])
        self._at = ""
        self._steps: list[Draft] = []
        self._form = services.catalog.form_of(reading.proposal)
        self._read = {field.key: field for field in reading.fields}
        self.setObjectName("dialog:review")
        self.setWindowTitle(self.tr("Đối chiếu: {name}").format(name=reading.name))
        open_at(self, 1140, 720)
        self._build()
        self._from_source = False
        self.source.marked.connect(self._on_source_marked)
        self.unplaced.itemSelectionChanged.connect(self._on_unplaced_marked)
        self.unplaced.itemClicked.connect(self._on_unplaced_marked)
        self._show_unplaced(self._draft.unplaced)
        self._show_fields()
        if self._draft != self._untouched:
            self.notice.say(self.tr("Đã mở lại những chỗ bạn sửa lần trước, chưa dùng."))
        doubtful = (item for item in reading.fields if item.confidence < SURE)
        self._select(next((item.key for item in doubtful), "title"))

    @property
    def proposal(self) -> Proposal:
        """The phiếu as corrected so far."""
        return self._draft.proposal

    @property
    def _untouched(self) -> Draft:
        return Draft(self._first, self._reading.unplaced)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        splitter = QSplitter()
        self.source = SourcePane(self._services, self._reading)
        self.source.failed.connect(self._on_failed)
        splitter.addWidget(self.source)
        splitter.addWidget(self._build_right())
        splitter.setSizes([480, 640])
        splitter.setChildrenCollapsible(False)
        column.addWidget(splitter, 1)
        self.notice = Notice()
        self.notice.keep_room()
        column.addWidget(self.notice)
        note = self.tr("✓ chắc, ▲ nên xem, ✕ đáng ngờ, ○ trống; ✎ bạn đã sửa hoặc chọn.")
        column.addWidget(label(note, "quiet"))
        self._undo = button(self.tr("Hoàn tác"), self._on_undo, picture="undo")
        self._undo.setObjectName("button:undo")
        self._undo.setShortcut("Ctrl+Z")
        self._reset = button(self.tr("Bỏ các thay đổi"), self._on_reset)
        self._reset.setObjectName("button:reset")
        later = button(self.tr("Để sau"), self.reject)
        use = self.tr("Đã đối chiếu, dùng bản này")
        self._accept = button(use, self._on_accept, role="primary")
        self._accept.setObjectName("button:accept-review")
        column.addLayout(FlowLayout((self._undo, self._reset, later, self._accept), right=True))

    def _build_right(self) -> QWidget:
        right = QWidget()
        column = scrolled_column(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self.tr("Các mục đã đọc được"), "heading"))
        self.fields = FieldList(self._form, self._reading)
        self.fields.setObjectName("list:fields")
        self.fields.setAccessibleName(self.tr("Các mục đã đọc được"))
        self.fields.setItemDelegate(WrapDelegate(self.fields))
        self.fields.text_coming.connect(self._on_source_marked)
        self.fields.line_coming.connect(self._on_unplaced_marked)
        self.fields.dropped.connect(self._put_into)
        self.fields.currentItemChanged.connect(self._on_field)
        line = self.fontMetrics().lineSpacing()
        self.fields.setMinimumHeight(6 * line)
        column.addWidget(self.fields, 4)
        self.editor = SectionEditor()
        self.editor.wanted.connect(self._on_written)
        self.editor.typed.connect(self._on_typed)
        column.addWidget(self.editor)
        self._left_over = label(role="heading")
        column.addWidget(self._left_over)
        self.unplaced = QListWidget()
        self.unplaced.setObjectName("list:unplaced")
        self.unplaced.setAccessibleName(self.tr("Chữ chưa xếp vào mục nào"))
        self.unplaced.setItemDelegate(WrapDelegate(self.unplaced))
        self.unplaced.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.unplaced.setMinimumHeight(4 * line)
        column.addWidget(self.unplaced, 2)
        row = QHBoxLayout()
        self.target = QuietComboBox()
        self.target.setObjectName("field:target")
        self.target.setAccessibleName(self.tr("Mục nhận chữ"))
        self.target.setMinimumContentsLength(12)
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
        """Show every section as it stands now."""
        chosen = self._key()
        self.fields.blockSignals(True)
        self.fields.show_draft(self._draft)
        self.fields.blockSignals(False)
        self._select(chosen)
        self._offer_undo()

    def _offer_undo(self) -> None:
        """Offer what can be taken back; a button that rests hands the focus on."""
        offers = (self._reset, self._draft != self._untouched), (self._undo, bool(self._steps))
        for made, offered in offers:
            if made.hasFocus() and not offered:
                self.fields.setFocus()
            made.setEnabled(offered)

    def _key(self) -> str:
        return self.fields.key(self.fields.currentRow())

    def _select(self, key: str) -> None:
        rows = range(self.fields.count())
        self.fields.setCurrentRow(next((row for row in rows if self.fields.key(row) == key), 0))
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

    @property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self.unplaced.item(row).text() for row in range(self.unplaced.count()))

    @Slot()
    def _on_field(self) -> None:
        """Show in the source where the chosen field was read, and its text to be edited."""
        if self._key() != self._at:
            self._leave()
        field = self._form.find(self._key())
        if field is None:
            return
        self._at = field.key
        read = self._read.get(field.key)
        start = section_start(self._reading.source, self._form, field.key)
        self.source.show_words(read.source if read is not None else "", start)
        at = self.target.findData(field.key)
        if at >= 0:
            self.target.setCurrentIndex(at)
        self.editor.show_section(
            field.label.strip(" -:"),
            value_text(self.proposal.get(field.key), field),
            self.fields.offered(field),
            self._editable(field),
            self._draft.typed.get(field.key),
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

    def _take(self, draft: Draft) -> None:
        """Go on with a draft, and keep it until the reading is accepted."""
        self._draft = draft
        kept = None if draft == self._untouched else draft.to_json(self._first)
        task = self._services.store.ask(partial(keep_draft, self._key_of_draft, kept))
        task.failed.connect(self._on_failed)

    def _change(self, field: Field, change: Callable[[], Proposal]) -> bool:
        """Take a change over, to be taken back; say what stands against it."""
        before = self._draft.with_typed(field.key, None)
        try:
            proposal = change()
        except NcsError as problem:
            self.notice.say(self._services.sentence(problem), problem=True)
            return False
        self._steps.append(before)
        self._take(replace(before, proposal=proposal))
        return True

    @Slot()
    def _on_typed(self) -> None:
        """Keep what was typed and is in no section yet; the program may end at any moment."""
        text = self.editor.text.toPlainText() if self.editor.pending else None
        self._take(self._draft.with_typed(self._at, text))
        field = self._form.find(self._at)
        if text is None and field is not None:
            self.fields.renew(field, self._draft)

    def _leave(self) -> bool:
        """Write what was typed into its section; words that do not go into it wait beside it."""
        field, pending = self._form.find(self._at), self.editor.pending
        if field is None or not (pending or field.key in self._draft.typed):
            return True
        written = pending and self._write(field, self.editor.text.toPlainText())
        if not written:
            self._on_typed()
        self.fields.renew(field, self._draft)
        self._offer_undo()
        return written or not pending

    def _write(self, field: Field, text: str) -> bool:
        """Write a section anew; what stood there is listed as not placed where it is emptied."""
        before = value_text(self.proposal.get(field.key), field)
        if not self._change(field, lambda: replaced(self.proposal, field, text)):
            return False
        if not text.strip() and before:
            self.unplaced.addItem(before)
            self._count_unplaced()
        confirmed = self._draft.confirmed | {field.key}
        self._take(replace(self._draft, unplaced=self._texts, confirmed=confirmed))
        told = (
            self.tr("Đã ghi mục «{name}».")
            if text.strip()
            else self.tr("Đã xóa mục «{name}»; chữ cũ nằm ở «Chưa xếp vào mục nào».")
        )
        self.notice.say(told.format(name=field.label.strip(" -:")))
        return True

    @Slot(str)
    def _on_written(self, text: str) -> None:
        field = self._form.find(self._at)
        if field is not None and self._write(field, text):
            self._show_fields()

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
        self._leave()
        if not self._change(field, lambda: placed(self.proposal, field, text)):
            return
        if not from_source:
            self.unplaced.takeItem(self.unplaced.row(item))
            self._count_unplaced()
        self._take(replace(self._draft, unplaced=self._texts))
        self._show_fields()
        self._select(key)
        told = self.tr("Đã đưa vào mục «{name}».")
        self.notice.say(told.format(name=field.label.strip(" -:")))

    @Slot()
    def _on_undo(self) -> None:
        self._leave()
        self._go_back_to(self._steps.pop())

    @Slot()
    def _on_reset(self) -> None:
        """Show what was read again; this too can be taken back."""
        self._leave()
        self._steps.append(self._draft)
        self._go_back_to(self._untouched)

    def _go_back_to(self, draft: Draft) -> None:
        self._take(draft)
        self._show_unplaced(draft.unplaced)
        self._show_fields()
        self.notice.clear()

    def done(self, result: int) -> None:
        """Leave nothing that was typed behind."""
        self._leave()
        super().done(result)

    @Slot()
    def _on_accept(self) -> None:
        self._leave()
        if self._draft.typed:
            key = next(iter(self._draft.typed))
            self._select(key)
            told = self.tr("Chữ đã gõ ở mục «{name}» chưa ghi được; hãy sửa hoặc xóa chữ đó.")
            name = next(field.label for field in self._form.fields if field.key == key)
            self.notice.say(told.format(name=name.strip(" -:")), problem=True)
            return
        self._accept.setEnabled(False)
        request = partial(
            accept_reading,
            self._services.catalog,
            self._receipt,
            (self._first, self.proposal),
            self._act,
        )
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
