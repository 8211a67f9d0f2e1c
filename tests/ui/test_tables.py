"""One line chosen by the program is chosen whatever key is held."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest

from ncs_desktop.ui.widgets.tables import FittingTable, as_main_list


@pytest.fixture
def table(qtbot):
    made = FittingTable()
    qtbot.addWidget(made)
    model = QStandardItemModel(made)
    for name in ("một", "hai", "ba"):
        model.appendRow([QStandardItem(name), QStandardItem("")])
    made.setModel(model)
    as_main_list(made, 20)
    made.show()
    return made


def test_a_line_chosen_again_while_ctrl_is_held_stays_chosen_alone(table):
    table.selectRow(0)
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        assert QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        for row in (0, 2, 2):
            table.selectRow(row)
            assert [index.row() for index in table.selectionModel().selectedRows()] == [row]
    finally:
        QTest.keyRelease(table, Qt.Key.Key_Control)
