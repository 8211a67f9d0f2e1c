"""Questions put to a person: which file, where to, are you sure. Tests answer in their place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.widgets.labels import button, label


def _tr(text: str) -> str:
    return QCoreApplication.translate("Ask", text)


class ReasonDialog(QDialog):
    """Takes a written reason; Tab leaves the text, Ctrl+Enter accepts, an empty one is refused."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog:reason")
        self.setWindowTitle(title)
        self.resize(520, 240)
        column = QVBoxLayout(self)
        column.addWidget(label(text))
        self.text = QPlainTextEdit()
        self.text.setObjectName("field:reason")
        self.text.setAccessibleName(text)
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text, 1)
        self.wrong = label("", "error")
        self.wrong.hide()
        column.addWidget(self.wrong)
        row = QHBoxLayout()
        row.addWidget(label(_tr("Ctrl+Enter: đồng ý; Esc: thôi."), "quiet"), 1)
        row.addWidget(button(_tr("T&hôi"), self.reject))
        go_on = button(_tr("Đồn&g ý"), self.accept, role="primary")
        go_on.setObjectName("button:reason")
        row.addWidget(go_on)
        column.addLayout(row)
        go_on.setDefault(True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)
        self.text.setFocus()

    @property
    def reason(self) -> str:
        """The reason as written."""
        return self.text.toPlainText().strip()

    @Slot()
    def accept(self) -> None:
        """Close with the reason, or stay open and say that one is needed."""
        if self.reason:
            super().accept()
            return
        self.wrong.setText(_tr("Chưa có lý do; hãy ghi lý do rồi bấm «Đồng ý», hoặc bấm «Thôi»."))
        self.wrong.show()
        self.text.setFocus()


class Ask:
    """The dialogs that wait for an answer; an empty answer means the person thought better."""

    def open_files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        """Ask for files to open; ``kinds`` as in ``Phiếu (*.json *.ncs)``."""
        names, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
        return [Path(name) for name in names]

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Ask where to write one file, proposing ``name``."""
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
        return Path(chosen) if chosen else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(parent, title)
        return Path(chosen) if chosen else None

    def confirm(self, parent: QWidget, title: str, text: str, yes: str) -> bool:
        """Ask whether to go on; ``yes`` is the word on the button that does."""
        box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_tr("Thôi"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is go_on

    def reason(self, parent: QWidget, title: str, text: str) -> str:
        """Ask for a written reason; empty only where the person thought better."""
        dialog = ReasonDialog(title, text, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.reason if accepted else ""
