"""The whole job with keyboard and mouse only: keys and clicks, no method of a page called."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolBar,
    QWidget,
)

from ncs_desktop.work.bundling import verify_bundle
from tests.ui.conftest import type_text
from tests.ui.test_whole_job import TEXTS

CONTROL = Qt.KeyboardModifier.ControlModifier


def _dialog(qtbot, window, name):
    qtbot.waitUntil(lambda: window.findChild(QDialog, name) is not None)
    return window.findChild(QDialog, name)


def _type(qtbot, widget, text):
    """Type as a Vietnamese input method does: a letter, then backspace and the marked letter."""
    qtbot.mouseClick(widget.viewport() if hasattr(widget, "viewport") else widget,
                     Qt.MouseButton.LeftButton)  # fmt: skip
    for at, character in enumerate(text):
        if character.isalpha() and not character.isascii() and at % 5 == 0:
            type_text(widget, "a")
            qtbot.keyClick(widget, Qt.Key.Key_Backspace)
        type_text(widget, character)


def _choose(qtbot, box, answer):
    for _ in range(box.count()):
        if box.currentData() == answer:
            return
        qtbot.keyClick(box, Qt.Key.Key_Down)
    pytest.fail(answer)


def _press(qtbot, editor, name):
    action = editor.head.commands[name]
    buttons = [bar.widgetForAction(action) for bar in editor.head.findChildren(QToolBar)]
    qtbot.mouseClick(next(b for b in buttons if b is not None), Qt.MouseButton.LeftButton)


def _new(qtbot, window):
    start = window.proposals.welcome.findChild(QPushButton, "button:start-new")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    dialog = _dialog(qtbot, window, "dialog:new")
    calls = dialog.findChild(QListWidget)
    for _ in range(calls.count()):
        if calls.currentItem().data(Qt.ItemDataRole.UserRole) == "an-giang-2026":
            break
        qtbot.keyClick(calls, Qt.Key.Key_Down)
    go = next(made for made in dialog.findChildren(QPushButton) if made.isDefault())
    qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.editor is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window.editor


def test_whole_job_by_hand(qtbot, window, services, tmp_path):
    editor = _new(qtbot, window)
    for key, text in {**TEXTS, "contact_email": "du-an mekong"}.items():
        _type(qtbot, editor.findChild(QWidget, f"field:{key}"), text)
    for key, answer in (("proposer_kind", "organization"), ("task_kind", "training")):
        _choose(qtbot, editor.findChild(QComboBox, f"field:{key}"), answer)
    box = editor.findChild(QWidget, "field:priorities").findChildren(QCheckBox)[3]
    qtbot.keyClick(box, Qt.Key.Key_Space)
    for key, text in TEXTS.items():
        if not key.startswith(("budget", "contact_email")):
            qtbot.waitUntil(lambda key=key: bool(editor.session.proposal.get(key)))
            shown = editor.findChild(QWidget, f"field:{key}")
            shown = shown.text() if isinstance(shown, QLineEdit) else shown.toPlainText()
            assert shown == text

    with qtbot.waitSignal(editor.checker.checked):
        qtbot.keyClick(editor, Qt.Key.Key_F7)
    qtbot.keyClick(editor, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "field:contact_email")
    email = QApplication.focusWidget()
    assert editor.findChild(QLabel, "finding:contact_email").isVisible()
    qtbot.keyClick(email, Qt.Key.Key_A, CONTROL)
    type_text(email, TEXTS["contact_email"])
    qtbot.waitUntil(lambda: not editor.findChild(QLabel, "finding:contact_email").isVisible())

    with qtbot.waitSignal(editor.preview.laid_out, timeout=20_000):
        qtbot.keyClick(editor, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    _press(qtbot, editor, "freeze")
    code = editor.findChild(QLabel, "label:control-code")
    qtbot.waitUntil(lambda: "A1-" in code.text(), timeout=20_000)

    services.ask.target = tmp_path / "bộ nộp Ánh.zip"
    _press(qtbot, editor, "bundle")
    assistant = _dialog(qtbot, window, "dialog:bundle")
    _type(qtbot, assistant.findChild(QLineEdit, "field:sender.signer_name"), "Trần Văn Ánh")
    make = assistant.findChild(QPushButton, "button:make")
    with qtbot.waitSignal(assistant.frozen, timeout=30_000):
        qtbot.mouseClick(make, Qt.MouseButton.LeftButton)
    content = services.ask.target.read_bytes()
    verified = verify_bundle(content, services.ask.target.name, services.catalog)
    assert list(verified.differences) == []
    qtbot.keyClick(assistant, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not assistant.isVisible())
