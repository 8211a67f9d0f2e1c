"""The sections of a phiếu as read and corrected, each with how sure its reading is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ncs_desktop.domain.differences import value_text
from ncs_desktop.domain.form import Field, Form
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.review_draft import Draft
from ncs_desktop.work.source_places import amounts_of

SURE, _FAIR = 0.8, 0.5
_KEY = Qt.ItemDataRole.UserRole
_SHOWN = 400


class FieldList(QListWidget):
    """The sections by colour, sign and word; ``dropped(key)`` when text was dragged onto one."""

    dropped = Signal(str)

    def __init__(self, form: Form, reading: SourceReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self._first, self._source = form, reading.proposal, reading.source
        self._read = {field.key: field for field in reading.fields}

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell on which field something was dropped."""
        item = self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None:
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
        """Show every section that is filled, was read, or has to be filled."""
        self.clear()
        for field in self._form.fields:
            empty = draft.proposal.get(field.key) is None and field.key not in self._read
            if empty and not (field.required and field.printed):
                continue
            item = QListWidgetItem()
            item.setData(_KEY, field.key)
            self._write(item, field, draft)
            self.addItem(item)

    def renew(self, field: Field, draft: Draft) -> None:
        """Show one section as it stands now; the list stays as it is."""
        for row in range(self.count()):
            if self.key(row) == field.key:
                self._write(self.item(row), field, draft)

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
        elif read is not None and read.remarks and sign != "✎":
            lines.append(f"→ {read.remarks}")
        item.setText("\n".join(lines))
        item.setForeground(QColor(ink))

    def _sign(self, field: Field, draft: Draft) -> tuple[str, str]:
        colours, read = theme.current(), self._read.get(field.key)
        value = draft.proposal.get(field.key)
        if value != self._first.get(field.key) or field.key in draft.confirmed:
            return "✎", colours.accent
        if read is None:
            return ("○", colours.quiet) if value is None else ("✓", colours.text)
        if read.confidence >= SURE:
            return "✓", colours.text
        return ("▲", colours.warning) if read.confidence >= _FAIR else ("✕", colours.error)
