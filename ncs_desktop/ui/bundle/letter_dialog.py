"""One letter to be read and edited beside its printed page, before it is signed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.bundle.job import letter_pdf
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.pdf_pages import PdfPages
from ncs_desktop.ui.widgets.rich_area import RichTextEdit
from ncs_desktop.ui.widgets.rich_text import fill_document, read_blocks
from ncs_desktop.ui.widgets.room import lines_high, open_at
from ncs_desktop.ui.widgets.scroll import scrolled_column

_PREVIEW_AFTER_MS = 250


class LetterDialog(QDialog):
    """Edits one letter; ``edited(letter)`` when the person keeps what was changed."""

    edited = Signal(object)

    def __init__(
        self, services: Services, letter: Letter, draft: Letter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._letter = letter
        self._draft = draft
        self._running: Task | None = None
        self.setObjectName("dialog:letter")
        self.setWindowTitle(self.tr("Xem và sửa văn bản"))
        open_at(self, 1000, 640)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_AFTER_MS)
        self._soon.timeout.connect(self.refresh)
        self._build()
        self._show(letter)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        note = self.tr(
            "Số và ngày để trống, ghi tay sau khi ký; nội dung sửa ở đây chỉ dùng cho bộ này."
        )
        column.addWidget(label(note, "quiet"))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._build_fields())
        self._view = PdfPages(self)
        self._view.setAccessibleName(self.tr("Văn bản như khi in"))
        splitter.addWidget(self._view)
        splitter.setSizes([480, 520])
        column.addWidget(splitter, 1)
        row = QHBoxLayout()
        again = button(self.tr("Soạn lại từ dữ liệu"), self._on_again, picture="restore")
        again.setObjectName("button:redraft")
        keep = button(self.tr("Dùng nội dung này"), self.accept, role="primary")
        keep.setObjectName("button:keep-letter")
        row.addWidget(again)
        row.addStretch(1)
        row.addWidget(button(self.tr("Thôi"), self.reject))
        row.addWidget(keep)
        column.addLayout(row)

    def _build_fields(self) -> QWidget:
        holder = QWidget()
        column = scrolled_column(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._subject = QLineEdit()
        self._subject.setMaxLength(2000)
        self._body = RichTextEdit(grows=False)
        self._body.setMinimumHeight(6 * self._body.fontMetrics().lineSpacing())
        self._addressees, self._recipients = QPlainTextEdit(), QPlainTextEdit()
        for name, text, control in (
            ("subject", self.tr("Trích yếu (V/v)"), self._subject),
            ("addressees", self.tr("Kính gửi, mỗi dòng một nơi"), self._addressees),
            ("body", self.tr("Nội dung"), self._body),
            ("recipients", self.tr("Nơi nhận, mỗi dòng một nơi"), self._recipients),
        ):
            control.setObjectName(f"field:letter.{name}")
            control.setAccessibleName(text)
            title = label(text)
            title.setBuddy(control)
            column.addWidget(title)
            column.addWidget(control, 1 if control is self._body else 0)
            control.textChanged.connect(self._soon.start)
        for edit in (self._addressees, self._recipients):
            edit.setTabChangesFocus(True)
            lines_high(edit, 3)
        return holder

    def _show(self, letter: Letter) -> None:
        self._subject.setText(letter.subject)
        self._subject.setToolTip(letter.subject)
        self._subject.home(False)
        self._addressees.setPlainText("\n".join(letter.addressees))
        self._recipients.setPlainText("\n".join(letter.recipients))
        fill_document(self._body.document(), letter.body)
        self._body.moveCursor(QTextCursor.MoveOperation.Start)

    @property
    def letter(self) -> Letter:
        """The letter as it now stands."""
        return replace(
            self._letter,
            subject=clean_text(self._subject.text()).text.strip(),
            addressees=_lines(self._addressees),
            body=read_blocks(self._body.document()),
            recipients=_lines(self._recipients),
        )

    @Slot()
    def refresh(self) -> None:
        """Lay the letter out anew; the newest request wins."""
        if self._running is not None:
            self._running.cancel()
        self._running = self._services.background.run(partial(letter_pdf, self.letter))
        self._running.done.connect(self._on_laid_out)

    @Slot(object)
    def _on_laid_out(self, content: bytes) -> None:
        self._running = None
        self._view.show_pdf(content)

    @Slot()
    def _on_again(self) -> None:
        self._letter = self._draft
        self._show(self._draft)
        self.refresh()

    def accept(self) -> None:
        """Keep what was changed."""
        self.edited.emit(self.letter)
        super().accept()


def _lines(edit: QPlainTextEdit) -> tuple[str, ...]:
    lines = clean_text(edit.toPlainText()).text.split("\n")
    return tuple(line.strip() for line in lines if line.strip())
