"""Words under a person's hands in a review: none come back, and nothing moves under the mouse."""

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.ui.collect.test_officer_day import settled
from tests.ui.collect.test_reviewing import choose, opened, press

__all__ = ["opened"]


def typed_and_kept(qtbot, opened, text):
    with qtbot.waitSignal(opened.editor.typed, timeout=5_000):
        opened.editor.text.setPlainText(text)


def test_what_is_taken_back_leaves_no_words_behind(qtbot, page, opened):
    choose(opened, "objectives")
    before = opened.proposal
    typed_and_kept(qtbot, opened, "Mục tiêu gõ lại.")
    choose(opened, "title")
    assert opened.proposal.get("objectives") == "Mục tiêu gõ lại."
    press(opened, "undo")
    assert opened.proposal == before
    choose(opened, "objectives")
    assert "chưa ghi được" not in opened.fields.currentItem().text()
    assert not opened.editor.pending
    with qtbot.waitSignal(opened.reviewed, timeout=20_000):
        press(opened, "accept-review")
    settled(qtbot, page)


def test_words_typed_back_to_what_stands_there_are_no_words_waiting(qtbot, opened):
    choose(opened, "budget.total")
    opened.editor.wanted.emit("9.000.000.000 đồng")
    stored = opened.editor.text.toPlainText()
    typed_and_kept(qtbot, opened, "khoảng vài tỷ")
    choose(opened, "title")
    choose(opened, "budget.total")
    assert "chưa ghi được" in opened.fields.currentItem().text()
    typed_and_kept(qtbot, opened, stored)
    assert not opened._draft.typed
    choose(opened, "title")
    choose(opened, "budget.total")
    assert "chưa ghi được" not in opened.fields.currentItem().text()
    assert opened.editor.text.toPlainText() == stored
    opened.reject()


def test_nothing_moves_when_something_is_said_or_a_section_is_cleared(qtbot, opened):
    opened.unplaced.takeItem(0)
    opened._take(replace(opened._draft, unplaced=opened._texts))
    opened._count_unplaced()
    choose(opened, "objectives")
    bar = opened.fields.verticalScrollBar()
    bar.setValue(bar.value() - 1)
    qtbot.waitUntil(lambda: opened.editor.isVisible() and bar.maximum() > 0)
    QApplication.processEvents()

    def places():
        opened.layout().activate()
        QApplication.processEvents()
        shown = (opened.fields, opened.editor, opened.unplaced, opened._undo)
        return [one.mapTo(opened, QPoint()) for one in shown], opened.fields.height(), bar.value()

    before = places()
    press(opened, "clear-section")
    assert opened.notice.isVisible()
    assert opened.unplaced.count() == 1
    assert places() == before
    opened.notice.clear()
    assert places() == before
    opened.reject()
