"""Alt and a letter on the officer's page, with phiếu in it, and in its dialogs."""

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog

from tests.ui.collect.test_officer_day import dialog, settled
from tests.ui.test_mnemonics import unreached
from tests.work.test_collect import put, task


@pytest.fixture
def filled(qtbot, page, tmp_path):
    folder = tmp_path / "n"
    folder.mkdir()
    for number in (1, 2, 3):
        put(folder, f"{number}.json", task(number))
    page.take_in([folder])
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.table)
    page.table.selectRow(0)
    return page


def test_every_command_of_the_officers_page_has_its_own_letter(filled, window):

    for index in range(filled.tabs.count()):
        filled.tabs.setCurrentIndex(index)
        assert unreached(window) == [], filled.tabs.tabText(index)


@pytest.mark.parametrize(
    ("command", "name"),
    [("line", "dialog:line"), ("export-table", "dialog:output"), ("received", "dialog:received")],
)
def test_every_command_of_an_officers_dialog_has_its_own_letter(qtbot, filled, command, name):
    filled.bar.commands[command].trigger()
    found = dialog(qtbot, filled, name)
    assert isinstance(found, QDialog)
    ticks = found.findChildren(QCheckBox)
    assert unreached(found) == []
    assert all("&" in tick.text() for tick in ticks if tick.isVisible())
    found.reject()
