"""Files opened in or dropped on the window: nothing waits for them, nothing of them is lost."""

import json
import threading
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.work import inputs
from ncs_desktop.work.calls import export_call
from ncs_desktop.work.word_sources import mark_looked_at
from tests.factories import make_proposal
from tests.ui.conftest import type_text
from tests.work.test_word_sources import LOOSE, word_with_loose_text


def write(folder, number, **values):
    path = folder / f"phiếu {number}.ncs"
    proposal = replace(make_proposal(**values), id=f"00000000-0000-0000-0000-{number:012}")
    path.write_bytes(write_proposal(proposal))
    return path


def press(holder, text):
    shown = [made for made in holder.findChildren(QPushButton) if made.isVisibleTo(holder)]
    next(made for made in shown if made.text() == text).click()


@pytest.fixture
def slow(monkeypatch):
    """Every file's reading waits until it is let go."""
    let_go, real = threading.Semaphore(0), inputs.read_whole

    def read(path, catalog, **named):
        let_go.acquire()
        return real(path, catalog, **named)

    monkeypatch.setattr(inputs, "read_whole", read)
    yield let_go
    let_go.release(100)


def test_a_save_does_not_wait_for_files_being_read(qtbot, window, slow, ask_store, tmp_path):
    window.desk._begin("an-giang-2026", "")
    qtbot.waitUntil(lambda: window.editor is not None)
    editor = window.editor
    window.take_in([write(tmp_path, 1), write(tmp_path, 2)])
    type_text(editor.findChild(QWidget, "field:title"), "Gõ trong khi nhập")
    with qtbot.waitSignal(editor.session.saved, timeout=5_000):
        editor.save_now()
    titles = [line.title for line in ask_store(lambda store: store.summaries())]
    assert titles == ["Gõ trong khi nhập"]
    slow.release(2)
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 3, timeout=10_000)


def test_it_tells_how_far_it_is_and_can_be_stopped(qtbot, window, slow, tmp_path):
    strip = window.desk.incoming.strip
    window.take_in([write(tmp_path, number) for number in range(1, 5)])
    slow.release(1)
    qtbot.waitUntil(strip.isVisible, timeout=5_000)
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 0)
    strip.stop_wanted.emit()
    slow.release(1)
    qtbot.waitUntil(lambda: bool(window.notice.text), timeout=10_000)
    assert not strip.isVisible()
    assert window.notice.text == "Đã dừng sau 2/4 tệp. Đã nhập 2 phiếu."
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 2)


def test_the_list_shows_what_came_while_more_is_on_its_way(qtbot, window, slow, tmp_path):
    window.take_in([write(tmp_path, number) for number in range(1, 5)])
    slow.release(2)
    model = window.proposals.model
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=10_000)
    assert window.desk.incoming.unfinished
    slow.release(2)
    qtbot.waitUntil(lambda: model.rowCount() == 4, timeout=10_000)


def test_closing_asks_while_files_are_on_their_way(qtbot, window, services, slow, tmp_path):
    window.take_in([write(tmp_path, 1), write(tmp_path, 2)])
    services.ask.yes = False
    window.close()
    assert "Đang nhập tệp" in services.ask.asked[0]
    assert window.isVisible()
    slow.release(2)
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 2, timeout=10_000)


def test_nothing_is_restored_while_files_are_on_their_way(qtbot, window, services, slow, tmp_path):
    window.take_in([write(tmp_path, 1), write(tmp_path, 2)])
    services.ask.files = [tmp_path / "bản sao.ncsbackup"]
    window.show_page("settings")
    window.findChild(QPushButton, "button:restore-backup").click()
    assert "chưa khôi phục" in window.notice.text
    slow.release(2)
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 2, timeout=10_000)


def test_files_given_meanwhile_follow(qtbot, window, slow, tmp_path):
    window.take_in([write(tmp_path, 1), write(tmp_path, 2)])
    window.take_in([write(tmp_path, 3), write(tmp_path, 4)])
    slow.release(4)
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 4, timeout=10_000)


def test_every_refused_file_is_named_with_its_reason(qtbot, window, services, tmp_path):
    bad = [tmp_path / "ảnh chụp.png", tmp_path / "hỏng.docx"]
    bad[0].write_bytes(b"\x89PNG\r\n\x1a\n")
    bad[1].write_bytes(b"")
    window.take_in([write(tmp_path, 1), *bad, write(tmp_path, 2)])
    qtbot.waitUntil(lambda: bool(window.notice.text), timeout=10_000)
    lead, *lines = window.notice.text.split("\n")
    assert lead == "Đã nhập 2 phiếu; 2 tệp không nhận:"
    assert "«ảnh chụp.png» là ảnh" in lines[0]
    assert "«hỏng.docx» trống hoặc bị hỏng" in lines[1]
    assert window.notice.property("role") == "problem"
    assert window.editor is None


def test_many_refused_files_stand_behind_a_button(qtbot, window, tmp_path):
    for number in range(5):
        (tmp_path / f"hỏng {number}.docx").write_bytes(b"")
    window.take_in([tmp_path, tmp_path / "không có"])
    qtbot.waitUntil(lambda: bool(window.notice.text), timeout=10_000)
    assert window.notice.text.startswith("6 tệp không nhận:\n• ")
    press(window.notice, "Xem cả 6 tệp…")
    dialog = window.findChild(QDialog, "dialog:texts")
    text = dialog.findChild(QPlainTextEdit, "text:texts").toPlainText()
    assert all(f"hỏng {number}.docx" in text for number in range(5))
    dialog.reject()


def test_a_call_file_among_phieu_is_no_refusal(qtbot, window, services, tmp_path):
    call = replace(services.catalog.call("an-giang-2026"), id="an-giang-2031", plan_year=2031)
    export_call(call, tmp_path / "đợt.ncs")
    window.take_in([tmp_path / "đợt.ncs", write(tmp_path, 1), write(tmp_path, 2)])
    qtbot.waitUntil(lambda: "an-giang-2031" in services.catalog.calls, timeout=10_000)
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 2, timeout=10_000)


@pytest.fixture
def word(catalog, tmp_path):
    path = tmp_path / "đơn vị Ánh.docx"
    path.write_bytes(word_with_loose_text(catalog))
    return path


def opened_editor(qtbot, window):
    qtbot.waitUntil(lambda: window.editor is not None, timeout=30_000)
    return window.editor


def test_what_a_word_file_left_open_is_told_in_the_editor(qtbot, window, services, word, ask_store):
    window.take_in([word])
    editor = opened_editor(qtbot, window)
    assert "đơn vị Ánh.docx" in editor.notice.text
    assert "chưa xếp vào mục nào" in editor.notice.text
    press(editor.notice, "Xem lại…")
    dialog = editor.findChild(QDialog, "dialog:texts")
    assert LOOSE in dialog.findChild(QPlainTextEdit, "text:texts").toPlainText()
    dialog.findChild(QPushButton, "button:copy-texts").click()
    assert LOOSE in QGuiApplication.clipboard().text()
    opened = []
    services.open_path = opened.append
    press(dialog, "Mở tệp gốc")
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].read_bytes() == word.read_bytes()


def test_it_is_told_until_a_person_has_looked(qtbot, window, word, ask_store):
    window.take_in([word])
    proposal_id = opened_editor(qtbot, window).session.proposal.id
    for told in (True, False):
        window.show_page("proposals")
        window.desk.open(proposal_id)
        editor = opened_editor(qtbot, window)
        assert ("đơn vị Ánh.docx" in editor.notice.text) is told
        if told:
            press(editor.notice, "Đã xem xong")
            assert "Tệp Word mà phiếu đọc từ đó" in editor.notice.text
            ask_store(lambda store: None)


def test_what_was_looked_at_can_be_seen_again(qtbot, window, word, ask_store):
    window.take_in([word])
    proposal_id = opened_editor(qtbot, window).session.proposal.id
    ask_store(lambda store: mark_looked_at(store, proposal_id))
    window.show_page("proposals")
    window.desk.open(proposal_id)
    editor = opened_editor(qtbot, window)
    again = editor.head.commands["word"]
    assert again.isVisible()
    again.trigger()
    dialog = editor.findChild(QDialog, "dialog:texts")
    assert LOOSE in dialog.findChild(QPlainTextEdit, "text:texts").toPlainText()


def test_a_phieu_of_no_word_file_offers_none(qtbot, window, tmp_path):
    window.take_in([write(tmp_path, 1)])
    assert not opened_editor(qtbot, window).head.commands["word"].isVisible()


def test_notes_of_a_data_file_are_told_where_it_is_opened(qtbot, window, tmp_path):
    path = write(tmp_path, 1)
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["values"]["title"] = "Tên\u202e lạ\u0007"
    path.write_text(json.dumps(tree), encoding="utf-8")
    window.take_in([path])
    editor = opened_editor(qtbot, window)
    assert "lưu ý khi đọc tệp" in editor.notice.text
