"""What is read does not move on the screen while words above it come and go."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from ncs_desktop.ui.widgets.fold import Fold
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, go_to, scroll, settle, type_text


@pytest.fixture
def editor(qtbot, window, open_editor):
    window.resize(1280, 800)
    opened = open_editor(make_proposal(contact_email="", contact_phone="", title=""))
    bring_forward(qtbot, window)
    settle()
    return opened


def on_screen(editor, widget):
    return widget.mapTo(editor.window(), QPoint(0, 0)).y()


def test_findings_above_do_not_move_the_field(editor):
    field = go_to(editor, "objectives")
    before = on_screen(editor, field)
    frame = editor.findChild(QLabel, "finding:title").parentWidget()
    frame.visit()
    editor.checker.run()
    settle()
    frame._text.setText("Một câu dài. " * 60)
    frame._text.show()
    frame.show()
    settle()
    assert frame.height() > 40
    assert on_screen(editor, field) == before
    frame.hide()
    settle()
    assert on_screen(editor, field) == before


@pytest.mark.parametrize("scrolled", [0, 60])
def test_a_fold_that_is_clicked_stays_under_the_mouse(editor, scrolled):
    go_to(editor, "title")
    bar = editor._scroll.verticalScrollBar()
    scroll(bar, bar.value() + scrolled)
    title = editor.findChild(QWidget, "field:title")
    assert title.hasFocus()
    fold = editor.cards["I"].findChild(Fold)
    button, before = fold.findChild(QToolButton), on_screen(editor, fold)
    height, heading = fold.height(), on_screen(editor, editor.cards["I"])
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
        assert (on_screen(editor, fold), on_screen(editor, editor.cards["I"])) == (before, heading)
    assert fold.height() == height


@pytest.mark.parametrize("place", ["editor", "window"])
def test_a_notice_above_the_form_does_not_move_the_field(editor, window, place):
    notice = editor.notice if place == "editor" else window.notice
    field = go_to(editor, "objectives")
    before = on_screen(editor, field)
    notice.say("Một câu dài để thông báo có nhiều dòng. " * 12)
    settle()
    assert notice.height() > 30
    assert on_screen(editor, field) == before
    notice.clear()
    settle()
    assert on_screen(editor, field) == before


def test_the_cursor_is_not_covered_by_a_notice(editor):
    field = go_to(editor, "objectives")
    bar = editor._scroll.verticalScrollBar()
    scroll(bar, bar.value() + field.mapTo(editor._scroll.viewport(), QPoint(0, 0)).y() - 10)
    settle()
    editor.notice.say("Một câu dài để thông báo có nhiều dòng. " * 12)
    settle()
    assert field.mapTo(editor._scroll.viewport(), QPoint(0, 0)).y() >= 0
    editor.notice.clear()
    settle()
    assert field.mapTo(editor._scroll.viewport(), QPoint(0, 0)).y() == 10


def test_what_is_read_without_the_cursor_stays_too(editor):
    go_to(editor, "title")
    bar = editor._scroll.verticalScrollBar()
    scroll(bar, bar.maximum() // 2)
    settle()
    seen = editor.fields.childAt(editor.fields.width() // 2, bar.value() + 60)
    before = on_screen(editor, seen)
    editor.notice.say("Một câu dài để thông báo có nhiều dòng. " * 12)
    settle()
    assert on_screen(editor, seen) == before


def test_asking_for_all_findings_does_not_move_the_field(editor):
    last = list(editor.cards.values())[-1]
    editor.go_to_card(last.key)
    settle()
    field = QApplication.focusWidget()
    before = on_screen(editor, field)
    editor.head.commands["check"].trigger()
    settle()
    assert on_screen(editor, field) == before


def test_a_window_of_another_size_keeps_the_field_in_sight(qtbot, editor):
    field = go_to(editor, "contents")
    type_text(field, "Nội dung")
    editor.window().resize(1024, 768)
    settle()
    top = field.mapTo(editor._scroll.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < editor._scroll.viewport().height()
    assert field.hasFocus()


def test_choosing_an_offered_amount_moves_nothing_and_leaves_the_cursor_there(editor):
    line = go_to(editor, "budget.total")
    line.selectAll()
    type_text(line, "4000")
    settle()
    percent = editor.findChild(QWidget, "field:budget.percent")
    below, above = on_screen(editor, percent), on_screen(editor, line)
    offered = [made for made in line.parent().findChildren(QPushButton) if made.isVisible()]
    offered[-1].setFocus()
    offered[-1].click()
    settle()
    assert QApplication.focusWidget() is line
    assert (on_screen(editor, percent), on_screen(editor, line)) == (below, above)
    line.clear()
    type_text(line, "4 tỷ")
    settle()
    assert on_screen(editor, percent) < below


def test_what_the_mouse_is_over_stays_where_no_field_has_the_cursor(qtbot, editor):
    field = go_to(editor, "urgency")
    title = editor.findChild(QLabel, "finding:title")
    bar = editor._scroll.verticalScrollBar()
    scroll(bar, max(editor.cards["I"].y() - 10, 0))
    editor.findings.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    editor.findings.setFocus()
    settle()
    assert field.isVisible()
    assert not title.isVisible()
    QCursor.setPos(field.mapToGlobal(QPoint(40, 10)))
    before = on_screen(editor, field)
    with qtbot.waitSignal(editor.checker.checked):
        editor.review.ask()
    settle()
    assert title.isVisible()
    assert on_screen(editor, field) == before


def test_words_that_go_at_the_end_of_the_form_leave_their_room_until_it_is_scrolled(editor):
    editor.session.set_value("objectives", "Đánh giá hiện trạng của doanh nghiệp. " * 12)
    field = go_to(editor, "summary_objectives")
    bar = editor._scroll.verticalScrollBar()
    scroll(bar, bar.maximum())
    before, last = on_screen(editor, field), bar.maximum()
    mark = editor.findChild(QLabel, "mark:summary_objectives")
    assert mark.isVisible()
    type_text(field, "Gọn")
    settle()
    assert not mark.isVisible()
    assert on_screen(editor, field) == before
    scroll(bar, bar.maximum() - 400)
    assert bar.maximum() < last
