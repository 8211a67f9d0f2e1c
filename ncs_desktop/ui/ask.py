"""Questions put to a person: which file, where to, are you sure. Tests answer in their place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget


def _tr(text: str) -> str:
    return QCoreApplication.translate("Ask", text)


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
        """Ask for a written reason."""
        typed, accepted = QInputDialog.getMultiLineText(parent, title, text)
        return typed.strip() if accepted else ""
