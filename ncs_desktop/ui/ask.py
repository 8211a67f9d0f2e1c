"""Questions put to a person: which file, where to, are you sure. Tests answer in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMessageBox,
    QPlainTextEdit,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.room import open_at, room_of

_TOLD_EVERY_MS = 200


def _tr(text: str) -> str:
    return QCoreApplication.translate("Ask", text)


class ReasonDialog(QDialog):
    """Takes a written reason; Tab leaves the text, Ctrl+Enter accepts, an empty one is refused.

    ``points`` are listed under the question, as many as there are; ``kept`` is the reason recorded
    so far, which may be left empty where it is not ``needed``.
    """

    def __init__(
        self,
        title: str,
        text: str,
        parent: QWidget | None = None,
        points: Sequence[str] = (),
        *,
        kept: str = "",
        needed: bool = True,
    ) -> None:
        super().__init__(parent)
        self._needed = needed
        self.setObjectName("dialog:reason")
        self.setWindowTitle(title)
        open_at(self, 560 if points else 520, 420 if points else 240)
        column = QVBoxLayout(self)
        column.addWidget(label(text))
        if points:
            column.addWidget(points_box(points), 2)
        self.text = QPlainTextEdit()
        self.text.setObjectName("field:reason")
        self.text.setAccessibleName(text)
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(kept)
        self.text.selectAll()
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
        if self.reason or not self._needed:
            super().accept()
            return
        self.wrong.setText(_tr("Chưa có lý do; hãy ghi lý do rồi bấm «Đồng ý», hoặc bấm «Thôi»."))
        self.wrong.show()
        self.text.setFocus()


class PointsDialog(QDialog):
    """A question about a list of points, which is as long as it is."""

    def __init__(
        self,
        title: str,
        text: str,
        words: tuple[str, str],
        points: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        yes, no = words
        self.setObjectName("dialog:points")
        self.setWindowTitle(title)
        open_at(self, 560, 360)
        column = QVBoxLayout(self)
        column.addWidget(label(text))
        column.addWidget(points_box(points), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(no or _tr("T&hôi"), self.reject))
        go_on = button(yes, self.accept, role="primary")
        go_on.setObjectName("button:go-on")
        row.addWidget(go_on)
        column.addLayout(row)
        make_default(go_on)
        go_on.setFocus()


def points_box(points: Sequence[str]) -> QPlainTextEdit:
    """Return points as text to be read and scrolled; Tab goes through it."""
    box = QPlainTextEdit("\n".join(f"• {point}" for point in points))
    box.setObjectName("text:points")
    box.setAccessibleName(_tr("Các điểm cần xem"))
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    return box


_SAMPLES = ("0.000,00 KiB", "Microsoft Word Document", "00/00/0000 00:00:00")
"""Long words of a file's size, kind and time: Qt's own dialog opens wide enough for them."""


def file_dialog(parent: QWidget | None, title: str, folder: Path, kinds: str = "") -> QFileDialog:
    """Return the dialog of the system; Qt's own, where there is none, with columns wide enough."""
    dialog = QFileDialog(parent, title, str(folder), kinds)
    tree = dialog.findChild(QTreeView)
    if tree is None:
        return dialog
    metrics = dialog.fontMetrics()
    letter = metrics.horizontalAdvance("n")
    widths = [32 * letter, *(metrics.horizontalAdvance(text) + 4 * letter for text in _SAMPLES)]
    side = 16 * letter
    wanted = QSize(side + sum(widths) + 10 * letter, 30 * metrics.height())
    dialog.resize(wanted.boundedTo(room_of(dialog)))
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for splitter in dialog.findChildren(QSplitter):
        splitter.setSizes([side, dialog.width() - side])
    return dialog


def _chosen(dialog: QFileDialog) -> list[Path]:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return [Path(name) for name in dialog.selectedFiles()] if accepted else []


def _question(
    parent: QWidget, title: str, text: str, words: tuple[str, str]
) -> tuple[QMessageBox, QAbstractButton]:
    """Return a question and its button for going on; ``words`` stand on its two buttons."""
    yes, no = words
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(no or _tr("Thôi"), QMessageBox.ButtonRole.RejectRole)
    if no:
        box.setDefaultButton(stay)
    return box, go_on


def _written(dialog: ReasonDialog) -> str | None:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.reason if accepted else None


class Ask:
    """The dialogs that wait for an answer; an empty answer means the person thought better."""

    def open_files(self, parent: QWidget, title: str, kinds: str, folder: Path) -> list[Path]:
        """Ask for files to open in ``folder``; ``kinds`` as in ``Phiếu (*.json *.ncs)``."""
        dialog = file_dialog(parent, title, folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return _chosen(dialog)

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Ask where to write one file, proposing the path ``name``."""
        dialog = file_dialog(parent, title, Path(name).parent, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(name).name)
        return next(iter(_chosen(dialog)), None)

    def folder(self, parent: QWidget, title: str, folder: Path) -> Path | None:
        """Ask for a folder, beginning at ``folder``."""
        dialog = file_dialog(parent, title, folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return next(iter(_chosen(dialog)), None)

    def confirm(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        points: Sequence[str] = (),
        *,
        no: str = "",
    ) -> bool:
        """Ask whether to go on; ``yes`` and ``no`` are the words on the two buttons."""
        if points:
            dialog = PointsDialog(title, text, (yes, no), points, parent)
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            dialog.deleteLater()
            return accepted
        box, go_on = _question(parent, title, text, (yes, no))
        box.exec()
        return box.clickedButton() is go_on

    def confirm_while(
        self, parent: QWidget, title: str, text: Callable[[], str], yes: str, no: str
    ) -> bool:
        """Ask whether to go on while work goes on behind the question, which tells how far it is.

        Once ``text`` is "" there is nothing to ask any more: the question goes, which means no.
        """
        box, go_on = _question(parent, title, text(), (yes, no))

        def tell() -> None:
            now = text()
            if now:
                box.setText(now)
            else:
                box.reject()

        timer = QTimer(box)
        timer.setInterval(_TOLD_EVERY_MS)
        timer.timeout.connect(tell)
        timer.start()
        box.exec()
        timer.stop()
        return box.clickedButton() is go_on

    def number(self, parent: QWidget, title: str, text: str, value: int, most: int) -> int | None:
        """Ask for a number from 1 to ``most``, proposing ``value``."""
        found, chosen = QInputDialog.getInt(parent, title, text, value, 1, most)
        return found if chosen else None

    def reason(
        self,
        parent: QWidget,
        title: str,
        text: str,
        points: Sequence[str] = (),
        *,
        kept: str = "",
    ) -> str:
        """Ask for a written reason; empty only where the person thought better.

        ``kept`` is the reason recorded so far, to be left or written anew.
        """
        return _written(ReasonDialog(title, text, parent, points, kept=kept)) or ""

    def other_reason(self, parent: QWidget, title: str, text: str, kept: str) -> str | None:
        """Ask for a reason in the place of ``kept``, "" for none; None for thought better."""
        return _written(ReasonDialog(title, text, parent, kept=kept, needed=not kept))
