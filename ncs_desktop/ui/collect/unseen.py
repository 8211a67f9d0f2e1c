"""Before anything leaves the desk: what goes out though nobody has looked at where it came from."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.domain.desk import DeskEntry
from ncs_desktop.ui.collect.data import DeskData
from ncs_desktop.ui.widgets.notice import Notice

_SHOWN_NAMES = 3


class UnseenNotices(QWidget):
    """A notice of readings nobody compared, one of blank phiếu; ``wanted(id)`` to see the first."""

    wanted = Signal(str)

    def __init__(self, data: DeskData, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = [one for one in data.lines.entries if one.proposed]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._say(
            "doubtful",
            data.doubtful - data.blank,
            self.tr(
                "{count} phiếu đọc từ Word chưa đối chiếu với bản gốc: {names}. Vẫn xuất được; nên"
                " đối chiếu trước."
            ),
        )
        self._say(
            "blank",
            data.blank,
            self.tr(
                "{count} phiếu trống lập để giữ tệp, chưa gõ theo bản gốc: {names}. Vẫn xuất được;"
                " nên gõ trước."
            ),
        )
        self.setVisible(self._column.count() > 0)

    def _say(self, name: str, ids: Container[str], text: str) -> None:
        found = [one for one in self._entries if one.proposal_id in ids]
        if not found:
            return
        made = Notice()
        made.setObjectName(f"notice:{name}")
        go = self.tr("Đến phiếu đầu tiên"), partial(self.wanted.emit, found[0].proposal_id)
        told = text.format(count=len(found), names=self._names(found))
        made.say(told, actions=(go,))
        self._column.addWidget(made)

    def _names(self, entries: Sequence[DeskEntry]) -> str:
        names = "; ".join(f"«{one.title}»" for one in entries[:_SHOWN_NAMES])
        if len(entries) > _SHOWN_NAMES:
            rest = self.tr(" và {count} phiếu nữa").format(count=len(entries) - _SHOWN_NAMES)
            names += rest
        return names
