"""How the table to be signed shortens a section is told while it can still be written."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from ncs_desktop.domain.summary import CONDENSED_LENGTH
from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.bundle.inputs import SENDER_SETTING
from tests.factories import make_proposal
from tests.ui.conftest import NOW

LONG = "Đánh giá hiện trạng của doanh nghiệp. " * 12


def mark(editor):
    return editor.findChild(QLabel, "mark:summary_objectives")


def test_the_field_tells_from_which_length_on_and_what_the_table_will_print(open_editor):
    editor = open_editor(make_proposal(objectives="Ngắn"))
    field = editor.session.form.find("summary_objectives")
    assert f"{CONDENSED_LENGTH} ký tự" in field.help
    assert not mark(editor).text()
    editor.session.set_value("objectives", LONG)
    assert "chỉ in: «Đánh giá hiện trạng" in mark(editor).text()
    assert "…»" in mark(editor).text()
    editor.session.set_value("summary_objectives", "Bản gọn")
    assert not mark(editor).text()
    editor.session.undo()
    assert mark(editor).text()


def test_a_section_rewritten_after_its_short_text_was_is_told_at_the_short_text(open_editor):
    editor = open_editor(make_proposal(objectives=LONG, summary_objectives="Bản gọn"))
    assert not mark(editor).text()
    editor.session.set_value("objectives", f"Mục tiêu khác. {LONG}")
    assert mark(editor).text() == "Mục III đã sửa sau khi viết bản gọn này, hãy xem lại."
    editor.session.undo()
    assert not mark(editor).text()
    editor.session.redo()
    assert "Mục III" in mark(editor).text()
    editor.session.set_value("summary_objectives", "Bản gọn mới")
    assert not mark(editor).text()
    editor.session.undo()
    assert "Mục III" in mark(editor).text()


def test_a_copy_says_that_short_texts_are_not_taken_over_until_one_is_written(open_editor):
    editor = open_editor(make_proposal(objectives=LONG), copied=True)
    assert "bảng tổng hợp để trống" in editor.notice.text
    copied, cut = mark(editor).text().split("\n")
    assert "Lấy từ phiếu cũ: không lấy lời viết cho bảng cũ" in copied
    assert "chỉ in: «Đánh giá hiện trạng" in cut
    note = editor.findChild(QLabel, "mark:summary_note")
    assert "Lấy từ phiếu cũ" in note.text()
    editor.session.set_value("summary_objectives", "Bản gọn")
    assert not mark(editor).text()
    assert "Lấy từ phiếu cũ" in note.text()


@pytest.mark.parametrize(("objectives", "told"), [(LONG, True), ("Ngắn", False)])
def test_the_assistant_names_what_is_shortened_before_anything_is_made(
    qtbot, services, catalog, ask_store, objectives, told
):
    proposal = make_proposal(objectives=objectives)
    ask_store(lambda store: store.save(proposal, NOW))
    holder = QWidget()
    qtbot.addWidget(holder)
    call = catalog.call(proposal.call)
    dialog = BundleDialog(services, [proposal], call, print_set=True, parent=holder)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.inputs._known)
    shown = dialog.findChild(QLabel, "label:shortened")
    assert shown.isHidden() != told
    assert ("«Mục tiêu (bản gọn cho bảng tổng hợp)»" in shown.text()) == told


@pytest.mark.parametrize(("objectives", "told"), [(LONG, True), ("Ngắn", False)])
def test_freezing_names_what_is_shortened_while_a_short_text_costs_no_new_revision(
    qtbot, services, open_editor, objectives, told
):
    editor = open_editor(make_proposal(objectives=objectives))
    services.ask.why = "Đã thống nhất với Sở"
    with qtbot.waitSignal(editor.papers.frozen, timeout=10_000):
        editor.papers.freeze()
    text, points = services.ask.asked
    named = [point for point in points if "«Mục tiêu (bản gọn cho bảng tổng hợp)»" in point]
    assert bool(named) == told
    assert ("bản gọn" in text) == told


@pytest.mark.parametrize(("kind", "told"), [("agency", True), ("organization", False)])
def test_freezing_speaks_of_the_table_only_where_the_sender_hands_one_in(
    qtbot, services, open_editor, ask_store, kind, told
):
    """Nam Định asked the table of offices alone; the sender used last says which one this is."""
    editor = open_editor(replace(make_proposal(objectives=LONG), call="nam-dinh-2024"))
    sender = {"kind": kind, "name": editor.session.proposal.text("proposer_name")}
    ask_store(lambda store: store.set_setting(SENDER_SETTING, sender))
    services.ask.why = "Đã thống nhất với Sở"
    with qtbot.waitSignal(editor.papers.frozen, timeout=10_000):
        editor.papers.freeze()
    _text, points = services.ask.asked
    assert any("bản gọn cho bảng tổng hợp" in point for point in points) == told


@pytest.mark.parametrize(("objectives", "led"), [(LONG, ["summary_objectives"]), ("Ngắn", [])])
def test_who_would_rather_write_a_short_text_first_is_led_to_it(
    qtbot, services, open_editor, monkeypatch, objectives, led
):
    editor = open_editor(make_proposal(objectives=objectives))
    monkeypatch.setattr(editor.checker, "work", lambda proposal: list)
    services.ask.yes, services.ask.asked = False, None
    wanted = []
    editor.papers.field_wanted.connect(wanted.append)
    editor.papers.freeze()
    qtbot.waitUntil(lambda: services.ask.asked is not None)
    assert wanted == led
    assert not editor.session.frozen
