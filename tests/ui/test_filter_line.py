"""Ctrl+F leads to the search of whatever page is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ncs_desktop.ui.guide.dialog import GuideWindow
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward


def find(widget):
    QTest.keyClick(widget, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    ("page", "name"), [("proposals", "field:filter"), ("collect", "field:desk-filter")]
)
def test_ctrl_f_leads_to_the_filter_of_a_list(qtbot, window, page, name):
    window.show_page(page)
    bring_forward(qtbot, window)
    filtered = window.findChild(QLineEdit, name)
    filtered.setText("cau")
    window.setFocus()
    assert not filtered.hasFocus()
    find(window)
    assert filtered.hasFocus()
    assert filtered.selectedText() == "cau"


def test_ctrl_f_in_a_phieu_stays_its_own(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    bring_forward(qtbot, window)
    find(QApplication.focusWidget() or editor)
    assert editor.find_bar.isVisible()
    assert not window.proposals.filter.hasFocus()


def test_ctrl_f_leads_to_the_search_of_the_guide(qtbot, qapp):
    guide = GuideWindow()
    qtbot.addWidget(guide)
    guide.show()
    bring_forward(qtbot, guide)
    guide.setFocus()
    find(guide)
    assert guide.findChild(QLineEdit, "guide-search").hasFocus()
