"""Letters of the whole window grow and shrink by Ctrl +, Ctrl − and Ctrl 0, and stay so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from ncs_desktop.ui import zoom
from tests.factories import make_proposal

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


def test_the_keys_say_for_a_moment_how_large_letters_are(qtbot, themed, window, open_editor):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    assert window.notice.text == "Cỡ chữ: 110 %"
    window.notice._passing.timeout.emit()
    assert window.notice.isHidden()
    editor = open_editor(make_proposal())
    qtbot.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert editor.notice.text == "Cỡ chữ: 100 %"
    assert editor.notice._passing.isActive()


@pytest.mark.parametrize("factor", [1.0, 1.3, 1.61, 2.5])
def test_the_names_in_the_side_bar_stay_off_the_ring(themed, window, factor):
    zoom.set_factor(factor)
    QApplication.processEvents()
    for made in window.bar.findChildren(QToolButton):
        heavy = QFont(made.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        assert made.width() >= QFontMetrics(heavy).horizontalAdvance(made.text()) + 2 * 4


def _read_whole(said):
    assert said.width() < said.fontMetrics().horizontalAdvance(said.text())
    assert said.height() >= said.heightForWidth(said.width()) >= 2 * said.fontMetrics().height()


def test_the_deadline_of_a_phieu_is_read_whole(themed, window, open_editor):
    editor = open_editor(make_proposal())
    window.resize(900, 700)
    zoom.set_factor(2)
    QApplication.processEvents()
    _read_whole(editor.head.findChild(QLabel, "label:call"))


def test_the_settings_say_how_large_letters_are(themed, window):
    window.show_page("settings")
    (said,) = window.findChildren(QLabel, "label:zoom")
    assert said.text() == "Cỡ chữ: 100 %"
    zoom.set_factor(1.5)
    assert said.text() == "Cỡ chữ: 150 %"
