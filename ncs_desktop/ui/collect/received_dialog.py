"""When and how a phiếu was received, where its file tells nothing: on paper, on a stick."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.call import VIETNAM, Call, shown_moment
from ncs_desktop.domain.dates import parse_date
from ncs_desktop.domain.desk import Channel, DeskEntry
from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.room import open_at

_TIME = re.compile(r"\s*(\d{1,2})\s*[:hg]\s*(\d{0,2})\s+(?:ngày\s+)?(.+)", re.IGNORECASE)


def parse_moment(text: str) -> datetime | None:
    """Return the moment of ``16:30 09/8/2025`` or ``16h30 ngày 9/8/2025`` in Vietnam's time."""
    found = _TIME.fullmatch(text.strip())
    day = parse_date(found[3] if found else text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    if day is None or hour > 23 or minute > 59 or found is None:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def moment_text(moment: datetime) -> str:
    """Return a moment as ``parse_moment`` reads it."""
    return shown_moment(moment)


class ReceivedDialog(QDialog):
    """``told(moment, channel)`` when a person has said both, of one phiếu or of several at once."""

    told = Signal(object, object)

    def __init__(
        self,
        messages: Messages,
        now: datetime,
        entries: Sequence[DeskEntry],
        call: Call,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._deadline = call.deadline
        self.setObjectName("dialog:received")
        self.setWindowTitle(self.tr("Thời điểm nhận"))
        open_at(self, 520, 0)
        column = QVBoxLayout(self)
        column.addWidget(label(self._about(entries), "heading"))
        rows = QFormLayout()
        known = {entry.received_at for entry in entries}
        at = known.pop() if len(known) == 1 else None
        self.moment = QLineEdit(moment_text(at or now))
        self.moment.setObjectName("field:received.at")
        self.moment.setAccessibleName(self.tr("Nhận lúc (giờ:phút ngày/tháng/năm)"))
        rows.addRow(label(self.tr("Nhận lúc")), self.moment)
        self.channel = QuietComboBox()
        self.channel.setObjectName("field:received.channel")
        self.channel.setAccessibleName(self.tr("Nhận bằng"))
        for channel in Channel:
            self.channel.addItem(messages.text(f"desk.channel.{channel}"), channel)
        self.channel.setCurrentIndex(self.channel.findData(entries[0].channel))
        rows.addRow(label(self.tr("Nhận bằng")), self.channel)
        column.addLayout(rows)
        self.lateness = label(role="quiet")
        self.lateness.setObjectName("label:lateness")
        column.addWidget(self.lateness)
        self.moment.textChanged.connect(self._show_lateness)
        self._show_lateness()
        self._wrong = label("", "error")
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("T&hôi"), self.reject))
        go = button(self.tr("&Ghi"), self.accept, role="primary")
        go.setObjectName("button:received")
        row.addWidget(go)
        column.addLayout(row)
        make_default(go)

    def _about(self, entries: Sequence[DeskEntry]) -> str:
        if len(entries) == 1:
            return entries[0].title or self.tr("(chưa có tên)")
        return self.tr("{count} phiếu cùng nhận một lúc").format(count=len(entries))

    @Slot()
    def _show_lateness(self) -> None:
        """Say at once whether what is typed is in time, by the deadline's own words."""
        moment = parse_moment(self.moment.text())
        if self._deadline is None or moment is None:
            self.lateness.setText("")
            return
        late = self.tr("quá hạn") if self._deadline.is_late(moment) else self.tr("trong hạn")
        text = self.tr("Hạn của đợt: {words}. Nhận lúc ấy là {late}.")
        words = self._deadline.text.rstrip(".") or moment_text(self._deadline.at)
        self.lateness.setText(text.format(words=words, late=late))

    def accept(self) -> None:
        """Tell moment and channel, or what is wrong with them."""
        moment = parse_moment(self.moment.text())
        if moment is None:
            text = self.tr("Thời điểm «{text}» chưa đúng; hãy ghi như 16:30 09/08/2025.")
            self._wrong.setText(text.format(text=self.moment.text()))
            return
        self.told.emit(moment, Channel(self.channel.currentData()))
        super().accept()
