"""The end of the way: where, by when and in what form the dossier is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.ui.calls.words import answer_countdown, countdown
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from ncs_desktop.documents.cover import CoverLine


_BEFORE_SIGNING = ("prepare.condensed",)
"""What is to be done before papers are signed; who hands a dossier over has done with that."""


class HandOver(QFrame):
    """The hand-over sheet, to be read or copied."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._path: Path | None = None
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        self._head = label(self.tr("Nộp ở đâu, đến khi nào"), "heading")
        self._text = label()
        self._text.setObjectName("label:hand-over")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        self._copy = button(self.tr("Sao chép"), self._on_copy, picture="copy")
        row.addWidget(self._copy)
        opened = button(self.tr("Mở tệp"), self._on_open_file, picture="preview")
        opened.setObjectName("button:open-file")
        folder = button(self.tr("Mở thư mục"), self._on_open, picture="folder")
        folder.setObjectName("button:open-folder")
        self._opening = (opened, folder)
        for made in self._opening:
            row.addWidget(made)
            made.hide()
        row.addStretch(1)
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addLayout(row)

    def show_call(
        self, call: Call, now: datetime, warnings: Sequence[Note], until: date | None = None
    ) -> None:
        """Show the office of ``call`` and what should be kept in mind.

        ``until`` is the day a request for supplement gives; it stands before the call's deadline.
        """
        office = call.authority
        answer = answer_countdown(until, now) if until else ""
        lines = [
            (self.tr("Nộp bản bổ sung"), answer),
            (self.tr("Nơi nhận"), " – ".join(part for part in (office.unit, office.name) if part)),
            (self.tr("Địa chỉ"), office.address),
            (self.tr("Bản mềm gửi tới"), office.email),
            (self.tr("Định dạng bản mềm"), ", ".join(office.formats)),
            (self.tr("Hạn nộp lần đầu") if until else self.tr("Hạn nộp"), countdown(call, now)),
        ]
        shown = [f"{name}: {value}" for name, value in lines if value]
        after = [note for note in warnings if note.message not in _BEFORE_SIGNING]
        self._show([*shown, *self._words(after)])

    def show_papers(
        self, papers: Sequence[CoverLine], warnings: Sequence[Note], pages: int
    ) -> None:
        """Show how many pages of a print set are whose to sign."""
        self._head.setText(self.tr("Cần in, ký và đóng dấu"))
        lines = [
            self.tr("{pages} trang · {name} · {signer}").format(
                pages=paper.pages, name=paper.name, signer=paper.signer
            )
            for paper in papers
        ]
        rest = pages - sum(paper.pages for paper in papers)
        lines.append(self.tr("{pages} trang · tờ đầu ghi số trang, không nộp").format(pages=rest))
        self._show([*lines, *self._words(warnings)])

    def show_file(self, path: Path) -> None:
        """Offer to open the file that was written, and its folder."""
        self._path = path
        for made in self._opening:
            made.show()

    def _words(self, warnings: Sequence[Note]) -> list[str]:
        messages = self._services.messages
        return [f"• {messages.text(note.message, **note.params)}" for note in warnings]

    def _show(self, lines: Sequence[str]) -> None:
        self._text.setText("\n".join(lines))
        self.show()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())

    @Slot()
    def _on_open(self) -> None:
        if self._path is not None:
            self._services.open_path(self._path.parent)

    @Slot()
    def _on_open_file(self) -> None:
        if self._path is not None:
            self._services.open_path(self._path)
