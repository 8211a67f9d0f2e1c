"""Texts to be read, marked and copied: what found no place, notes, files that were refused."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.notice import Actions
from ncs_desktop.ui.widgets.room import open_at


class TextsDialog(QDialog):
    """Shows ``texts`` under ``intro``; ``actions`` are further buttons, each of which closes it."""

    def __init__(
        self,
        title: str,
        intro: str,
        texts: Sequence[str],
        parent: QWidget,
        actions: Actions = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dialog:texts")
        self.setWindowTitle(title)
        open_at(self, 620, 420)
        column = QVBoxLayout(self)
        column.addWidget(label(intro))
        self.text = QPlainTextEdit("\n\n".join(texts))
        self.text.setObjectName("text:texts")
        self.text.setAccessibleName(intro)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        copy = button(self.tr("&Sao chép tất cả"), self._on_copy, picture="copy")
        copy.setObjectName("button:copy-texts")
        row.addWidget(copy)
        row.addStretch(1)
        for name, act in actions:
            made = button(name, act)
            made.clicked.connect(self.accept)
            row.addWidget(made)
        close = button(self.tr("Đón&g"), self.reject, role="primary")
        row.addWidget(close)
        column.addLayout(row)
        make_default(close)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
