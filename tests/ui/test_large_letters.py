"""With letters two and a half times as large the window still goes onto a small screen."""

import pytest
from PySide6.QtWidgets import QApplication

from ncs_desktop.ui import zoom


@pytest.fixture
def largest(window):
    zoom.set_factor(2.5)
    yield window
    zoom.usual()
    QApplication.processEvents()


def test_the_page_of_calls_is_no_wider_than_a_small_screen(largest):
    largest.show_page("calls")
    QApplication.processEvents()
    assert largest.minimumSizeHint().width() <= 1024
