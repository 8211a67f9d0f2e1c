"""«Bản quét đã ký»: what comes back from signing, kept with the phiếu until it is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.domain.dossier import SUMMARY
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.bundle.files_list import FilesList
from ncs_desktop.ui.bundle.inputs import known_sender, read_choices
from ncs_desktop.ui.bundle.kept import Kept
from ncs_desktop.ui.bundle.kept_notice import KeptNotice
from ncs_desktop.ui.bundle.scans import ScansList
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.scroll import scrolled
from ncs_desktop.work.assistant import Choices, setting_key
from ncs_desktop.work.bundling import sender_of

_BESIDE_BAR = 8
"""px between the buttons and the bar that scrolls them."""


class ScansDialog(QDialog):
    """The same lists as in the assistant for the bundle, reached straight from the editor."""

    def __init__(
        self, services: Services, proposals: Sequence[Proposal], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._first = services, proposals[0]
        self.setObjectName("dialog:scans")
        self.setWindowTitle(self.tr("Bản quét đã ký và tệp gửi kèm"))
        open_at(self, 680, 480)
        self.kept = Kept(services, proposals, self)
        column = QVBoxLayout(self)
        self.notice = KeptNotice(services, self.kept)
        column.addWidget(self.notice)
        note = self.tr(
            "Ký xong, quét hoặc chụp rồi đưa vào đây; mọi thứ được giữ cùng phiếu và vào bộ nộp."
        )
        column.addWidget(label(note, "quiet"))
        self.scans = ScansList(services, self.kept, proposals)
        self.files = FilesList(services, self.kept)
        holder = QWidget()
        lists = QVBoxLayout(holder)
        lists.setContentsMargins(0, 0, _BESIDE_BAR, 0)
        for title, widget in (
            (self.tr("Bản quét giấy tờ đã ký"), self.scans),
            (self.tr("Tệp gửi kèm"), self.files),
        ):
            lists.addWidget(label(title, "heading"))
            lists.addWidget(widget)
        lists.addStretch(1)
        column.addWidget(scrolled(holder), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("Đóng"), self.accept))
        column.addLayout(row)
        self.kept.load()
        key = setting_key([item.id for item in proposals])
        services.store.ask(partial(read_choices, key)).done.connect(self._on_known)

    @Slot(object)
    def _on_known(self, known: tuple[object, Choices]) -> None:
        """Ask for the table's scan where the call asks the table of this kind of sender."""
        call = self._services.catalog.call(self._first.call)
        sender = known_sender(known, sender_of(self._first, call))
        self.scans.ask_table(call.asks_for(SUMMARY, sender.kind))
