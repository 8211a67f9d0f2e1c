import pytest
from PySide6.QtWidgets import QWidget

from ncs_desktop.ui.collect.page import CollectPage
from tests.ui.collect.test_officer_day import CALL


@pytest.fixture
def page(qtbot, window):
    window.resize(1280, 800)
    window.show_page("collect")
    found = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(lambda: found.desk.data.call == CALL, timeout=10_000)
    return found


@pytest.fixture
def restarted(qtbot, services):
    """A page as a program started anew builds it."""

    def make():
        made = CollectPage(services)
        qtbot.addWidget(made)
        with qtbot.waitSignal(made.desk.earlier, timeout=10_000):
            pass
        return made

    return make
