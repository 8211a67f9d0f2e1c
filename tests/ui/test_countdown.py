"""How long there is left is told in the head of the officer's page and of the editor, and anew."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from ncs_desktop.ui.calls.words import countdown
from ncs_desktop.ui.collect.head import DeskHead
from ncs_desktop.ui.editor.head import EditorHead
from tests.factories import make_proposal
from tests.ui.conftest import NOW

CALL = "an-giang-2026"


@pytest.fixture
def clock():
    """A clock that a test sets; it begins at NOW, five days before the deadline."""
    return [NOW]


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (timedelta(), "còn 4 ngày"),
        (timedelta(days=4), "còn 15 giờ"),
        (timedelta(days=4, hours=15), "đã qua hạn"),
        (timedelta(days=7, hours=15), "đã hết hạn 3 ngày"),
    ],
)
def test_the_words_follow_the_moment(catalog, later, told):
    assert countdown(catalog.call(CALL), NOW + later).startswith(told)


def test_the_officers_head_tells_it_anew(qtbot, catalog, clock):
    head = DeskHead(lambda: clock[0])
    qtbot.addWidget(head)
    head.show_call(catalog.call(CALL))
    assert "còn 4 ngày" in head.deadline.text()
    assert head.deadline.property("role") == "quiet"
    clock[0] += timedelta(days=8)
    head._minutes.timeout.emit()
    assert "đã hết hạn 3 ngày" in head.deadline.text()
    assert head.deadline.property("role") == "warning"


def test_the_editors_head_tells_it_anew_and_keeps_the_day_that_was_asked(qtbot, catalog, clock):
    class Session(QObject):
        saved = Signal(object)
        call = catalog.call(CALL)
        proposal = make_proposal()

    session = Session()
    head = EditorHead(session, lambda: clock[0])
    qtbot.addWidget(head)
    head.show_until(date(2025, 8, 20))
    said = head.findChild(QLabel, "label:call")
    assert "Bổ sung trước ngày 20/08/2025 (còn 15 ngày)" in said.text()
    assert "còn 4 ngày" in said.text()
    clock[0] += timedelta(days=8)
    head._minutes.timeout.emit()
    assert "(còn 7 ngày)" in said.text()
    assert "đã hết hạn 3 ngày" in said.text()
    assert said.property("role") == "warning"
