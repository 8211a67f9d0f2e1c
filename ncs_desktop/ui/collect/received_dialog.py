"""When and how a phiếu was received, where its file tells nothing: on paper, on a stick."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.dates import parse_date
from ncs_desktop.domain.desk import Channel
from ncs_desktop.ui.widgets.field_editor import QuietComboBox
from ncs_desktop.ui.widgets.labels import button, label

_TIME = re.compile(r"\s*(\d{1,2})\s*[:hg]\s*(\d{0,2})\s+(?:ngày\s+)?(.+)", re.IGNORECASE)


def parse_moment(text: str) -> datetime | None:
    """Return the moment of ``16:30 09/8/2025`` or ``16h30 ngày 9/8/2025`` in Vietnam's time."""
    found = _TIME.fullmatch(text.strip())
    day = parse_date(found[3] if found else text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    if day is None or hour > 23 or minute > 59 or found is None:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


class ReceivedDialog(QDialog):
    """``told(moment, channel)`` when a person has said both."""

    told = Signal(object, object)

    def __init__(
        self, messages: Messages, now: datetime, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dialog:received")
        self.setWindowTitle(self.tr("Thời điểm nhận"))
        self.resize(520, 200)
        column = QVBoxLayout(self)
        column.addWidget(label(title, "heading"))
        rows = QFormLayout()
        self.moment = QLineEdit(now.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y"))
        self.moment.setObjectName("field:received.at")
        self.moment.setAccessibleName(self.tr("Nhận lúc (giờ:phút ngày/tháng/năm)"))
        rows.addRow(label(self.tr("Nhận lúc")), self.moment)
        self.channel = QuietComboBox()
        self.channel.setObjectName("field:received.channel")
        self.channel.setAccessibleName(self.tr("Nhận bằng"))
        for channel in Channel:
            self.channel.addItem(messages.text(f"desk.channel.{channel}"), channel)
        rows.addRow(label(self.tr("Nhận bằng")), self.channel)
        column.addLayout(rows)
        self._wrong = label("", "error")
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("T&hôi"), self.reject))
        go = button(self.tr("&Ghi"), self.accept, role="primary")
        go.setObjectName("button:received")
        row.addWidget(go)
        column.addLayout(row)
        go.setDefault(True)

    def accept(self) -> None:
        """Tell moment and channel, or what is wrong with them."""
        moment = parse_moment(self.moment.text())
        if moment is None:
            text = self.tr("Thời điểm «{text}» chưa đúng; hãy ghi như 16:30 09/08/2025.")
            self._wrong.setText(text.format(text=self.moment.text()))
            return
        self.told.emit(moment, Channel(self.channel.currentData()))
        super().accept()
