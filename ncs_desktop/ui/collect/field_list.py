"""The sections of a phiếu as read and corrected, each with how sure its reading is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ncs_desktop.domain.differences import value_text
from ncs_desktop.domain.form import Field, Form
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.jobs import ReadText, SourceReading
from ncs_desktop.ui.collect.review_draft import Draft
from ncs_desktop.work.source_places import amounts_of

SURE, _FAIR = 0.8, 0.5
_KEY = Qt.ItemDataRole.UserRole
_SHOWN = 400
_FROM_NAME = ("title", "enclosures")
"""What a blank phiếu beside a file has from the name of that file."""
_AMOUNTS = ("budget.total", "budget.state_budget", "budget.counterpart")
_LINES_OF_A_LIST = "application/x-qabstractitemmodeldatalist"


class FieldList(QListWidget):
    """The sections by colour, sign and word; ``dropped(key)`` when text was dragged onto one.

    Before that ``text_coming`` of marked text, ``line_coming`` of a line of another list.
    """

    text_coming = Signal()
    line_coming = Signal()
    dropped = Signal(str)

    def __init__(self, form: Form, reading: SourceReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self._first, self._source = form, reading.proposal, reading.source
        self._read = {field.key: field for field in reading.fields}
        self._blank = not reading.source
        self._aimed: QListWidgetItem | None = None
        self.setDragDropMode(QListWidget.DragDropMode.DropOnly)
        self.setDropIndicatorShown(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what was dragged from the list of what has no place, and text of the source."""
        self._take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show onto which section it would fall; Qt itself takes nothing but lines of a list."""
        super().dragMoveEvent(event)
        self._take(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.isAccepted():
            self._aim(item)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Aim at no section any more."""
        self._aim(None)
        super().dragLeaveEvent(event)

    def _take(self, event: QDropEvent) -> None:
        data = event.mimeData()
        text = data.hasFormat("text/plain") and not data.hasUrls()
        if text or data.hasFormat(_LINES_OF_A_LIST):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _aim(self, item: QListWidgetItem | None) -> None:
        """Draw the section on which a drop would fall as the mouse over it would."""
        if self._aimed is not item:
            self._aimed = item
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sections, and a frame about the one on which a drop would fall."""
        super().paintEvent(event)
        if self._aimed is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRect(self.visualItemRect(self._aimed).adjusted(1, 1, -1, -1))
            painter.end()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell on which field something was dropped."""
        item = self.itemAt(event.position().toPoint())
        self._aim(None)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None:
            line = event.mimeData().hasFormat(_LINES_OF_A_LIST)
            (self.line_coming if line else self.text_coming).emit()
            self.dropped.emit(str(item.data(_KEY)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose by pressing alone: lines grow under a held mouse when what was typed is kept."""
        event.accept()

    def key(self, row: int) -> str:
        """Return the key of the section in a row, "" where there is none."""
        item = self.item(row)
        return "" if item is None else str(item.data(_KEY))

    def offered(self, field: Field) -> tuple[str, ...]:
        """The amounts a person may mean: those that disagree, else what the section holds."""
        read = self._read.get(field.key)
        if read is not None and (read.alternatives or read.confidence >= SURE):
            return read.alternatives
        return amounts_of(self._source, self._form, field)

    def show_draft(self, draft: Draft) -> None:
        """Show every section that is filled, was read, or has to be filled; the list stays put."""
        shown = [field for field in self._form.fields if self._is_shown(field, draft)]
        if [field.key for field in shown] == [self.key(row) for row in range(self.count())]:
            for row, field in enumerate(shown):
                self._write(self.item(row), field, draft)
            return
        self._aimed = None
        self.clear()
        for field in shown:
            item = QListWidgetItem()
            item.setData(_KEY, field.key)
            self._write(item, field, draft)
            self.addItem(item)

    def _is_shown(self, field: Field, draft: Draft) -> bool:
        filled = draft.proposal.get(field.key) is not None or field.key in self._read
        return filled or (field.required and field.printed)

    def renew(self, field: Field, draft: Draft) -> None:
        """Show one section as it stands now; the list stays as it is."""
        changed = _AMOUNTS if field.key in _AMOUNTS else (field.key,)
        for row in range(self.count()):
            written = self._form.find(self.key(row))
            if written is not None and written.key in changed:
                self._write(self.item(row), written, draft)

    def _write(self, item: QListWidgetItem, field: Field, draft: Draft) -> None:
        read = self._read.get(field.key)
        sign, ink = self._sign(field, draft)
        text = value_text(draft.proposal.get(field.key), field) or self.tr("(trống)")
        if len(text) > _SHOWN:
            text = f"{text[:_SHOWN]}…"
        lines = [f"{sign} {field.label.strip(' -:')}", text]
        if field.key in draft.typed:
            typed = self.tr("→ Đã gõ «{text}», chưa ghi được vào mục.")
            lines.append(typed.format(text=draft.typed[field.key]))
        elif read is not None and read.remarks and sign != "✎" and not self._adds_up(read, draft):
            lines.append(f"→ {read.remarks}")
        elif self._blank and sign == "▲":
            lines.append(
                self.tr("→ Lấy từ tên tệp; hãy xem bản gốc rồi ghi lại.")
                if field.key in _FROM_NAME
                else self.tr("→ Lấy theo đợt; hãy xem bản gốc.")
            )
        item.setText("\n".join(lines))
        item.setForeground(QColor(ink))

    def _sign(self, field: Field, draft: Draft) -> tuple[str, str]:
        colours, read = theme.current(), self._read.get(field.key)
        value = draft.proposal.get(field.key)
        if value != self._first.get(field.key) or field.key in draft.confirmed:
            return "✎", colours.accent
        if read is None and value is not None and self._blank:
            return "▲", colours.warning
        if read is None:
            return ("○", colours.quiet) if value is None else ("✓", colours.text)
        if read.confidence >= SURE or self._adds_up(read, draft):
            return "✓", colours.text
        return ("▲", colours.warning) if read.confidence >= _FAIR else ("✕", colours.error)

    def _adds_up(self, read: ReadText, draft: Draft) -> bool:
        """Whether an amount was corrected and all agree now: no doubt is left about their sum."""
        proposal = draft.proposal
        return (
            read.key in _AMOUNTS
            and not read.alternatives
            and any(proposal.get(key) != self._first.get(key) for key in _AMOUNTS)
            and all(proposal.get(key) is not None for key in _AMOUNTS)
            and not proposal.budget.unsourced
        )
