"""Undo across fields, find, kept versions, remarks at fields, a phiếu without its call, F1."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QTextEdit, QWidget

from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.ui.editor.undo import Change, UndoList, goes_on
from ncs_desktop.ui.widgets import paste_offer
from ncs_desktop.ui.widgets.budget_card import SplitBar
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward, type_text


def test_typing_on_in_one_field_is_one_step_and_taking_it_back_leaves_none():
    first, second, third = (make_proposal(title=text) for text in ("a", "ab", "abc"))
    steps = UndoList()
    steps.note(Change("title", first, second), joins=True)
    steps.note(Change("title", second, third), joins=True)
    assert steps.undo().before == first
    assert steps.redo().after == third
    steps.note(Change("title", third, first), joins=True)
    assert steps.undo() is None


def test_ctrl_z_takes_back_in_the_field_then_elsewhere(qtbot, window, open_editor):
    editor = open_editor(make_proposal(title="Tên cũ", contact_name="Ánh"))
    bring_forward(qtbot, window)
    name = editor.findChild(QLineEdit, "field:contact_name")
    text = editor.findChild(QTextEdit, "field:objectives")
    before = editor.session.proposal
    name.setFocus()
    name.end(False)
    type_text(name, " Tuyết")
    text.setFocus()
    text.selectAll()
    type_text(text, "- Giảm 20%")
    editor.flush()
    assert editor.session.proposal.get("objectives") == "- Giảm 20%"
    editor.tools.undo()
    assert editor.session.proposal == before.with_value("contact_name", "Ánh Tuyết")
    editor.tools.undo()
    assert editor.session.proposal.text("contact_name") == "Ánh"
    assert name.text() == "Ánh"
    assert name.hasFocus()
    assert editor.notice.text == "Hoàn tác: mục X"
    text.setFocus()
    editor.tools.redo()
    assert name.text() == "Ánh Tuyết"
    editor.tools.redo()
    assert editor.session.proposal.get("objectives") == "- Giảm 20%"
    assert editor.notice.text == "Làm lại: mục III"


def test_steps_are_words_pastes_and_pauses():
    assert goes_on("", "Giả", "Giảm")
    assert goes_on("", "Giam", "Giảm")
    assert goes_on("", "Giảm ", "Giảm 2")
    assert not goes_on("", "Giảm", "Giảm ")
    assert not goes_on("", "Giảm", "Giảm" + "x" * 60)
    assert not goes_on("", "x" * 60, "x" * 61)
    assert not goes_on("", "đậm", "đậm")


def test_a_section_is_taken_back_by_words(open_editor):
    session = open_editor(make_proposal(objectives="")).session
    typed = "Giảm 20% hao hụt"
    for end in range(1, len(typed) + 1):
        session.set_value("objectives", typed[:end])
    session.set_value("objectives", typed + "\n" + "dán " * 50)
    seen = []
    while session.undo() is not None:
        seen.append(session.proposal.text("objectives"))
    assert seen == [typed, "Giảm 20% hao", "Giảm 20%", "Giảm", ""]


def test_a_pause_begins_another_step(open_editor, monkeypatch):
    session = open_editor(make_proposal(contact_name="")).session
    session.set_value("contact_name", "Á")
    monkeypatch.setattr("ncs_desktop.ui.editor.session.PAUSE_MS", -1)
    session.set_value("contact_name", "Án")
    session.undo()
    assert session.proposal.text("contact_name") == "Á"


def test_nothing_is_taken_back_behind_the_locked_version(open_editor):
    editor = open_editor(make_proposal(contact_name="Ánh"))
    session = editor.session
    session.set_value("contact_name", "Tuyết")
    session.mark_frozen()
    session.begin_revision()
    locked = session.proposal
    session.set_value("contact_name", "Bình")
    for _ in range(20):
        editor.tools.undo()
    assert session.proposal == locked
    assert session.proposal.text("contact_name") == "Tuyết"
    assert "các bản trước" in editor.notice.text.lower()
    offered = [made.text() for made in editor.notice.findChildren(QPushButton)]
    assert "Trở lại bản đã chốt (lần 1)" in offered


def test_what_a_paste_left_behind_is_forgotten_with_the_paste(open_editor):
    editor = open_editor(make_proposal(objectives="cũ"))
    text = editor.findChild(QTextEdit, "field:objectives")
    note = editor.findChild(QLabel, "note:objectives")
    data = QMimeData()
    data.setHtml("<p>mới</p><img src='x.png'>")
    text.insertFromMimeData(data)
    assert note.text()
    editor.tools.undo()
    assert editor.session.proposal.get("objectives") == "cũ"
    assert note.isHidden()


def test_a_sentence_moves_nothing_under_the_mouse(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    qtbot.waitUntil(editor.fields.isVisible)
    before = editor.fields.mapTo(window, QPoint(0, 0))
    editor.notice.say("Đã xác nhận.")
    qtbot.waitUntil(editor.notice.isVisible)
    editor.layout().activate()
    assert editor.fields.mapTo(window, QPoint(0, 0)) == before
    window.notice.say("Một câu.")
    window.centralWidget().layout().activate()
    assert editor.fields.mapTo(window, QPoint(0, 0)) == before


def test_a_passing_sentence_goes_and_covers_no_problem(qtbot, open_editor, monkeypatch):
    notice = open_editor(make_proposal()).notice
    notice.say("Chưa lưu được.", problem=True)
    notice.say_in_passing("Hoàn tác")
    assert notice.text == "Chưa lưu được."
    notice.clear()
    notice._passing.setInterval(1)
    notice.say_in_passing("Hoàn tác")
    qtbot.waitUntil(notice.isHidden)


def test_the_quit_key_saves_and_closes(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    editor.session.set_value("contact_name", "Ánh")
    window.findChild(QAction, "action:quit").trigger()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not editor.session.dirty


def test_ctrl_z_key_reaches_the_page_from_inside_a_text(qtbot, window, open_editor):
    editor = open_editor(make_proposal(contact_name="Ánh"))
    editor.session.set_value("task_kind", "other")
    editor._show_all()
    name = editor.findChild(QLineEdit, "field:contact_name")
    window.activateWindow()
    name.setFocus()
    qtbot.waitUntil(name.hasFocus)
    qtbot.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.session.proposal.text("task_kind") == make_proposal().text("task_kind")


def test_answers_are_taken_back_one_by_one(open_editor):
    session = open_editor(make_proposal(priorities=())).session
    session.set_value("priorities", ("p1",))
    session.set_value("priorities", ("p1", "p2"))
    assert session.undo().group == "priorities"
    assert session.proposal.texts("priorities") == ("p1",)


def test_find_leads_to_the_field(qtbot, open_editor):
    editor = open_editor(make_proposal(contact_name="Nguyễn Thị Tuyết Ánh"))
    editor.head.commands["find"].trigger()
    bar = editor.find_bar
    assert bar.isVisible()
    with qtbot.waitSignal(bar.reached) as reached:
        type_text(bar.text, "tuyet anh")
    assert reached.args[0].objectName() == "field:contact_name"
    bar.close_bar()
    assert bar.isHidden()


def test_kept_versions_open_from_the_editor(qtbot, window, open_editor):
    editor = open_editor(make_proposal())
    editor.head.commands["history"].trigger()
    dialog = window.findChild(QDialog, "dialog:history")
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()


def test_paste_keeps_lists_says_what_it_dropped_and_offers_unicode(open_editor, monkeypatch):
    editor = open_editor(make_proposal())
    text = editor.findChild(QTextEdit, "field:objectives")
    text.selectAll()
    data = QMimeData()
    data.setHtml("<ul><li><b>Giảm</b> 15%</li><li>Tăng 3%</li></ul><img src='x.png'>")
    text.insertFromMimeData(data)
    editor.flush()
    assert [b.marker for b in editor.session.proposal.blocks("objectives")] == ["-", "-"]
    note = editor.findChild(QLabel, "note:objectives")
    assert "hình ảnh" in note.text()
    asked = []
    monkeypatch.setattr(
        paste_offer, "choose", lambda offer, _parent: asked.append(1) or offer.after
    )
    data = QMimeData()
    data.setHtml("<p style='font-family:.VnTime'>N¨ng suÊt</p>")
    text.selectAll()
    text.insertFromMimeData(data)
    editor.flush()
    assert len(asked) == 1
    assert editor.session.proposal.get("objectives") == "Năng suất"


def test_plain_text_is_pasted_into_the_line_where_the_cursor_is(open_editor):
    editor = open_editor(make_proposal(objectives="đầu cuối"))
    text = editor.findChild(QTextEdit, "field:objectives")
    cursor = text.textCursor()
    cursor.setPosition(4)
    text.setTextCursor(cursor)
    data = QMimeData()
    data.setText("giữa\nhàng hai,")
    text.insertFromMimeData(data)
    editor.flush()
    assert editor.session.proposal.get("objectives") == "đầu giữa\nhàng hai,cuối"


def test_field_that_differs_from_the_profile_says_so(qtbot, ask_store, open_editor):
    profile = FrozenDict({"contact_name": "Lê Văn Bình"})
    ask_store(lambda store: store.set_setting("profile", profile))
    editor = open_editor(make_proposal(contact_name="Ánh"))
    mark = editor.findChild(QLabel, "mark:contact_name")
    qtbot.waitUntil(lambda: "Lê Văn Bình" in mark.text())
    editor.session.set_value("contact_name", "Lê Văn Bình")
    assert mark.isHidden()


def test_copied_phieu_flags_what_was_emptied(open_editor):
    editor = open_editor(make_proposal(), copied=True)
    mark = editor.findChild(QLabel, "mark:budget")
    assert "phiếu cũ" in mark.text()
    editor.session.set_value("budget.total", 5)
    assert mark.text() == ""


def test_copied_phieu_says_that_the_sums_of_its_commitments_came_empty(open_editor):
    partner = {"organization": "Công ty A", "scope": ["co_fund"], "amount": None}
    editor = open_editor(make_proposal(commitments=[partner]), copied=True)
    assert "số tiền đối ứng trong các cam kết cần điền lại" in editor.notice.text
    mark = editor.findChild(QLabel, "mark:commitments")
    assert "số tiền đối ứng" in mark.text()
    assert "C05.unfunded" in [finding.message for finding in editor.checker.findings]
    plain = open_editor(make_proposal(commitments=[]), copied=True)
    assert "cam kết" not in plain.notice.text


def test_phieu_of_an_unknown_call_opens_with_a_sentence(open_editor):
    editor = open_editor(replace(make_proposal(), call="dot-la-2031"))
    assert "chưa có đợt" in editor.notice.text
    assert "dot-la-2031" not in editor.notice.text
    assert editor.checker.findings


def test_f1_opens_the_page_for_what_is_being_done(qtbot, window, open_editor):
    open_editor(make_proposal())
    window.show_guide()
    guide = window.findChild(QWidget, "window:guide")
    assert guide.isVisible()
    guide.close()


def test_click_in_the_preview_leads_to_the_section(qtbot, open_editor):
    editor = open_editor(make_proposal())
    editor.tabs.setCurrentWidget(editor.preview)
    qtbot.waitUntil(lambda: editor.preview.layout_shown is not None, timeout=20_000)
    view, shown = editor.preview._view, editor.preview.layout_shown
    key, page, top_mm = next(anchor for anchor in shown.anchors if anchor[0] == "objectives")
    for mode in (view.ZoomMode.FitToWidth, view.ZoomMode.Custom):
        view.setZoomMode(mode)
        view.verticalScrollBar().setValue(0)
        points = view.document().pagePointSize(page)
        scale = view._pixels_per_point(points.width())
        height = round(points.height() * scale)
        down = view.documentMargins().top() + page * (height + view.pageSpacing())
        at = QPoint(60, round(down + (top_mm + 1) / 25.4 * 72 * scale))
        found, found_mm = view.place_at(at)
        assert found == page
        assert found_mm == pytest.approx(top_mm + 1, abs=1.5)
    with qtbot.waitSignal(editor.preview.field_clicked) as clicked:
        view.clicked.emit(page, top_mm + 1)
    assert clicked.args == [key]


def test_the_bar_shows_the_share_that_follows_from_the_others(open_editor):
    made = make_proposal()
    for name, amount in (("total", 100), ("state_budget", 60), ("counterpart", None)):
        made = made.with_value(f"budget.{name}", amount)
    bar = open_editor(made).findChild(SplitBar)
    assert bar._share == 40
