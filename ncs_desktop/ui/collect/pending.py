"""Lines above the table: who is working, how many decisions wait, and the way to the next one."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.widgets.labels import button, label


class PendingLine(QFrame):
    """Hidden while nothing waits; ``next_wanted`` when a person wants to see the next one."""

    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        self.text = label()
        self.text.setObjectName("label:pending")
        row.addWidget(self.text, 1)
        self.next = button(self.tr("Đến chỗ tiếp &theo"), self.next_wanted.emit, picture="down")
        self.next.setObjectName("button:next-pending")
        row.addWidget(self.next)
        self.hide()

    def show_counts(self, alike: int, resubmitted: int, doubtful: int, blank: int) -> None:
        """Say how many pairs look alike, how many phiếu were sent again or are read in doubt.

        ``blank`` of these are beside a file that nobody has typed in.
        """
        parts = []
        if alike:
            parts.append(self.tr("{count} cặp nghi trùng").format(count=alike))
        if resubmitted:
            parts.append(self.tr("{count} bản gửi lại").format(count=resubmitted))
        lines = []
        if parts:
            lines.append(self.tr("{what} cần quyết định.").format(what=", ".join(parts)))
        for count, text in (
            (doubtful - blank, self.tr("{count} bản đọc từ Word cần đối chiếu.")),
            (blank, self.tr("{count} phiếu trống kèm tệp cần gõ theo bản gốc.")),
        ):
            if count:
                lines.append(text.format(count=count))
        self.text.setText(" ".join(lines))
        self.setVisible(bool(lines))


class NameLine(QFrame):
    """Asks once who works at this desk; hidden as soon as that is known. ``told(name)``."""

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        text = label(self.tr("Nhật ký xử lý ghi ai đã làm từng việc. Họ tên của bạn:"))
        row.addWidget(text, 1)
        self.edit = QLineEdit()
        self.edit.setObjectName("field:officer")
        self.edit.setAccessibleName(self.tr("Họ tên cán bộ xử lý"))
        self.edit.setMinimumWidth(200)
        self.edit.returnPressed.connect(self._on_told)
        row.addWidget(self.edit)
        self.keep = button(self.tr("Ghi tên"), self._on_told, picture="check")
        self.keep.setObjectName("button:officer")
        row.addWidget(self.keep)
        self.hide()

    @Slot()
    def _on_told(self) -> None:
        name = " ".join(self.edit.text().split())
        if name:
            self.told.emit(name)
        else:
            self.edit.setFocus()


def next_pending(model: DeskModel, waiting: Container[str], after: int) -> str:
    """Return the id of the next phiếu after row ``after`` that waits, round the end; or "".

    ``waiting`` are the ids that wait for more than the newer version they have.
    """
    entries = model.shown_entries()
    for entry in entries[after + 1 :] + entries[: after + 1]:
        if entry.resubmitted or entry.proposal_id in waiting:
            return entry.proposal_id
    return ""
