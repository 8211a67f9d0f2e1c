"""Pictures of the whole job of a clerk, to be looked at: light, dark and at 150 %.

    python packaging/job_pictures.py FOLDER

Writes FOLDER/{light,dark,light-150}-NN-name.png: start, new phiếu for An Giang 2026, filled in,
findings, preview, frozen, bundle made and verified. The window runs off-screen on a store of its
own. Letters are typed one event at a time, as an input method sends them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from guide_pictures import NOW, open_window, save, wait_until
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from ncs_desktop.ui import theme
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.editor.page import EditorPage
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.work.bundling import verify_bundle

Kind = TypeVar("Kind", bound=QWidget)
LOOKS = {"light": ("light", "1"), "dark": ("dark", "1"), "light-150": ("light", "1.5")}
CALL = "an-giang-2026"
TEXTS = {
    **tomllib.loads(Path(__file__).with_name("job_texts.toml").read_text(encoding="utf-8")),
    "contact_email": "du-an mekong",
}
"""What is typed, with one mistake that the findings have to show."""


class Answers(Ask):
    """Answers what the window would ask: one file to write, and yes."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Return the one file."""
        return self._target

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
        """Say yes."""
        return True


class Strip:
    """The numbered pictures of one look."""

    def __init__(self, window: MainWindow, folder: Path, look: str) -> None:
        self._window, self._folder, self._look = window, folder, look
        self._count = 0

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of ``widget``, or of the window."""
        self._count += 1
        path = self._folder / f"{self._look}-{self._count:02}-{name}.png"
        save(widget or self._window, path)


def typed(widget: QWidget, text: str) -> None:
    """Send ``text`` as an input method does: one key event per character."""
    for character in text:
        key = Qt.Key.Key_Return if character == "\n" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, event)


def control(parent: QWidget, kind: type[Kind], name: str) -> Kind:
    """Return the control ``name``, or end with its name."""
    found: Kind | None = parent.findChild(kind, name)
    if found is None:
        raise SystemExit(f"no control {name}")
    return found


def dialog(window: MainWindow, name: str) -> QDialog:
    """Wait for a dialog and return it."""
    wait_until(lambda: window.findChild(QDialog, name) is not None)
    return control(window, QDialog, name)


def begin(window: MainWindow, strip: Strip) -> EditorPage:
    """From the first card to an empty phiếu."""
    strip.take("start")
    control(window, QPushButton, "button:start-new").click()
    asked = dialog(window, "dialog:new")
    calls = asked.findChildren(QListWidget)[0]
    for row in range(calls.count()):
        if calls.item(row).data(Qt.ItemDataRole.UserRole) == CALL:
            calls.setCurrentRow(row)
    wait_until(lambda: True)
    strip.take("new", asked)
    asked.accept()
    wait_until(lambda: window.editor is not None)
    assert window.editor is not None
    strip.take("empty")
    return window.editor


def fill(editor: EditorPage, strip: Strip) -> None:
    """Fill every section, with one mistake; look at the cards on the way."""
    for key, text in TEXTS.items():
        field = control(editor, QWidget, f"field:{key}")
        editor.jump_to(key)
        typed(field, text)
        wait_until(lambda: editor.checker.checked_proposal is editor.session.proposal, 100)
        if key in ("urgency", "budget.state_budget", "contact_email"):
            editor.jump_to(key)
            wait_until(lambda: True)
            strip.take(f"fill-{key.replace('.', '-')}")
    for key, answer in (("proposer_kind", "organization"), ("task_kind", "training")):
        box = control(editor, QComboBox, f"field:{key}")
        box.setCurrentIndex(box.findData(answer))
        box.activated.emit(box.currentIndex())
    editor.jump_to("priorities")
    control(editor, QWidget, "field:priorities").findChildren(QCheckBox)[3].click()
    wait_until(lambda: True)
    strip.take("fill-priorities")


def check(editor: EditorPage, strip: Strip) -> None:
    """See the findings, mend the mistake, look at the pages."""
    editor.head.commands["next-finding"].trigger()
    wait_until(lambda: True, 1000)
    strip.take("findings")
    email = control(editor, QLineEdit, "field:contact_email")
    email.selectAll()
    typed(email, "du-an@mekong.example")
    editor.head.commands["preview"].trigger()
    wait_until(lambda: editor.preview.page_count >= 2, 1500)
    strip.take("preview")
    editor.head.commands["freeze"].trigger()
    wait_until(lambda: editor.session.frozen, 1500)
    strip.take("frozen")


def bundle(window: MainWindow, editor: EditorPage, strip: Strip, target: Path) -> None:
    """Make the bundle and read it back."""
    editor.head.commands["bundle"].trigger()
    assistant = dialog(window, "dialog:bundle")
    typed(control(assistant, QLineEdit, "field:sender.signer_name"), "Trần Văn Ánh")
    wait_until(lambda: True)
    strip.take("bundle", assistant)
    control(assistant, QPushButton, "button:make").click()
    wait_until(target.exists, 1500)
    strip.take("handed-over", assistant)
    verified = verify_bundle(target.read_bytes(), target.name, window.services.catalog)
    print("bundle verified:", "no differences" if not list(verified.differences) else "DIFFERS")
    assistant.reject()


def one_look(folder: Path, look: str) -> int:
    """Do the job once in one look."""
    if LOOKS[look][0] == "dark":
        theme.current = lambda: theme.DARK
    with tempfile.TemporaryDirectory() as home:
        target = Path(home) / "Bộ nộp Ánh.zip"
        with open_window(Path(home), NOW, Answers(target)) as window:
            strip = Strip(window, folder, look)
            editor = begin(window, strip)
            fill(editor, strip)
            check(editor, strip)
            bundle(window, editor, strip, target)
            window.show_page("proposals")
            wait_until(lambda: window.proposals.model.rowCount() == 1)
            strip.take("list")
    return 0


def main(arguments: list[str]) -> int:
    """All looks, each in a process of its own since Qt reads the scale once."""
    folder = Path(arguments[0]) if arguments else Path("job-pictures")
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) > 1:
        return one_look(folder, arguments[1])
    for look, (_colours, scale) in LOOKS.items():
        command = [sys.executable, __file__, str(folder), look]
        surroundings = {**os.environ, "QT_SCALE_FACTOR": scale}
        if subprocess.run(command, env=surroundings, check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
