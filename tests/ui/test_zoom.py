"""Letters of the whole window grow and shrink by Ctrl +, Ctrl − and Ctrl 0, and stay so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ncs_desktop.ui import zoom

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_Equal])
def test_keys_change_every_letter(qtbot, themed, window, key):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    letters = [made for made in window.findChildren(QLabel) if made.isVisible()]
    assert {made.property("role") for made in letters} >= {"title", "quiet"}
    usual = [made.fontInfo().pixelSize() for made in letters]
    qtbot.keyClick(window, key, CONTROL)
    qtbot.keyClick(window, key, CONTROL)
    assert zoom.factor() == pytest.approx(1.21, abs=0.02)
    assert all(made.fontInfo().pixelSize() > at for made, at in zip(letters, usual, strict=True))
    qtbot.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert zoom.factor() == pytest.approx(1.1, abs=0.02)
    qtbot.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert zoom.factor() == pytest.approx(1.0)
    assert [made.fontInfo().pixelSize() for made in letters] == usual


def test_the_settings_say_how_large_letters_are(themed, window):
    window.show_page("settings")
    (said,) = window.findChildren(QLabel, "label:zoom")
    assert said.text() == "Cỡ chữ: 100 %"
    zoom.set_factor(1.5)
    assert said.text() == "Cỡ chữ: 150 %"
