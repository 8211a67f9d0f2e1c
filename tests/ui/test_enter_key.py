"""Enter presses the button that has the keyboard, in the form and in dialogs; texts keep theirs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout

from ncs_desktop.ui.enter_key import EnterKey
from ncs_desktop.ui.widgets.labels import button, make_default
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, go_to, settle


@pytest.fixture(autouse=True)
def keys(qapp):
    made = EnterKey(qapp)
    yield made
    made.setParent(None)
    made.deleteLater()


def enter(window, key=Qt.Key.Key_Return):
    """Press Enter as the screen sends it: to the window, which gives it to what has the focus."""
    QTest.keyClick(window.windowHandle(), key)
    settle()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_adding_a_commitment_adds_one(qtbot, window, open_editor, key):
    bring_forward(qtbot, window)
    editor = open_editor(make_proposal(commitments=[]))
    editor.findChild(QPushButton, "field:commitments").setFocus()
    enter(window, key)
    assert len(editor.session.proposal.get("commitments")) == 1
    assert QApplication.focusWidget().objectName() == "field:commitments[0].organization"


def test_enter_in_a_text_is_the_texts(qtbot, window, open_editor):
    bring_forward(qtbot, window)
    editor = open_editor(make_proposal(enclosures=["Một"]))
    text = go_to(editor, "enclosures")
    before = text.toPlainText()
    enter(window)
    assert text.toPlainText().count("\n") == before.count("\n") + 1


def test_enter_in_a_dialog_presses_the_button_that_has_the_keyboard_not_the_default(qtbot):
    pressed = []
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    other = button("Thêm…", lambda: pressed.append("other"))
    usual = button("Ghi", lambda: pressed.append("default"))
    column.addWidget(other)
    column.addWidget(usual)
    make_default(usual)
    dialog.show()
    bring_forward(qtbot, dialog)
    other.setFocus()
    enter(dialog)
    assert pressed == ["other"]
