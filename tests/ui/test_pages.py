"""Calls, profile, settings, and how the window starts."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ncs_desktop.domain.desk import Act
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.ui.calls.new_call_dialog import NewCallDialog
from ncs_desktop.ui.proposals.desk import Opened
from ncs_desktop.work.calls import derive_call, export_call, make_deadline
from ncs_desktop.work.desk_import import bring_in
from ncs_desktop.work.keep import backup
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text


def _dialog(qtbot, window, name):
    qtbot.waitUntil(lambda: window.findChild(QDialog, name) is not None)
    return window.findChild(QDialog, name)


def test_new_call_from_an_old_one_can_be_used_and_mailed(qtbot, window, services, tmp_path):
    window.show_page("calls")
    page = window.findChild(QWidget, "page:calls")
    page.findChild(QPushButton, "button:call-new").click()
    dialog = _dialog(qtbot, window, "dialog:new-call")
    dialog.findChild(QSpinBox, "field:call.plan_year").setValue(2031)
    with qtbot.waitSignal(page.changed):
        dialog.accept()
    own = [call for call in services.catalog.calls.values() if call.own]
    assert [call.plan_year for call in own] == [2031]
    listed = page.findChild(QListWidget, "list:calls")
    assert "2031" in listed.item(0).text()
    assert "đều đã qua" not in page.findChild(QLabel, "label:calls-hint").text()
    assert own[0].title in window.notice.text
    listed.setCurrentRow(0)
    services.ask.target = tmp_path / "đợt.ncs"
    page.findChild(QPushButton, "button:call-export").click()
    qtbot.waitUntil(services.ask.target.exists)
    assert json.loads(services.ask.target.read_text(encoding="utf-8"))["format"] == "ncs-call"


def test_the_bar_about_a_new_call_begins_a_phieu_and_stays_with_its_page(qtbot, window, services):
    window.show_page("calls")
    page = window.findChild(QWidget, "page:calls")
    call = next_call(services)
    page._keep(call)
    qtbot.waitUntil(lambda: bool(window.notice.text))
    window.show_page("profile")
    assert not window.notice.isVisible()
    window.show_page("calls")
    page._keep(replace(call, id="an-giang-2033", title="An Giang: đợt hai, năm 2031"))
    qtbot.waitUntil(lambda: bool(window.notice.text))
    press(window.notice, "Lập phiếu cho đợt này")
    qtbot.waitUntil(lambda: window.editor is not None)
    assert window.editor.session.proposal.call == "an-giang-2033"


def next_call(services):
    old = services.catalog.call("an-giang-2026")
    deadline = make_deadline("2031-03-01")
    return derive_call(old, year=2031, deadline=deadline, today=NOW.date())


def press(holder, text):
    buttons = (made for made in holder.findChildren(QPushButton) if made.isVisibleTo(holder))
    next(made for made in buttons if made.text() == text).click()


def test_a_corrected_call_file_replaces_the_call_when_a_person_says_so(
    qtbot, window, services, tmp_path
):
    window.show_page("calls")
    page = window.findChild(QWidget, "page:calls")
    call = next_call(services)
    page._keep(call)
    qtbot.waitUntil(lambda: call.id in services.catalog.calls)
    later = make_deadline("2031-04-15", stage="đơn vị gửi Sở")
    corrected = replace(call, deadlines=(later,))
    path = tmp_path / "đợt sửa hạn.ncs"
    export_call(corrected, path)
    services.ask.yes = False
    page.take_in(path)
    qtbot.waitUntil(lambda: call.title in services.ask.asked[0])
    assert services.catalog.call(call.id).deadline.at == call.deadline.at
    services.ask.yes = True
    page.take_in(path)
    qtbot.waitUntil(lambda: services.catalog.call(call.id).deadline.at == corrected.deadline.at)


def test_while_every_call_is_past_the_page_says_what_to_do(qtbot, window, services):
    services.now = lambda: NOW.replace(year=2030)
    window.show_page("calls")
    page = window.findChild(QWidget, "page:calls")
    assert "đều đã qua" in page.findChild(QLabel, "label:calls-hint").text()


def test_a_second_call_of_the_same_name_is_refused(qtbot, window, services):
    window.show_page("calls")
    page = window.findChild(QWidget, "page:calls")
    page._keep(next_call(services))
    qtbot.waitUntil(lambda: "an-giang-2031" in services.catalog.calls)
    old = services.catalog.call("an-giang-2026")
    dialog = NewCallDialog(services, old, page)
    qtbot.addWidget(dialog)
    dialog.findChild(QSpinBox, "field:call.plan_year").setValue(2031)
    dialog.accept()
    assert "Đã có đợt tên" in dialog.notice.text
    title = dialog.findChild(QPlainTextEdit, "field:call.title")
    title.setPlainText("An Giang: đợt bổ sung năm 2031")
    with qtbot.waitSignal(dialog.made) as made:
        dialog.accept()
    assert made.args[0].id == "an-giang-2031-2"


def test_profile_says_gently_what_the_phieu_would_say(qtbot, window, ask_store):
    window.show_page("profile")
    page = window.findChild(QWidget, "page:profile")
    phone = page.findChild(QWidget, "field:contact_phone")
    said = page.findChild(QLabel, "finding:contact_phone")
    ask_store(lambda store: None)  # what is kept is shown by now
    phone.setFocus()
    type_text(phone, "09123")
    page.save()
    saved = page._saved
    qtbot.waitUntil(lambda: saved.text().startswith("Đã lưu."))
    assert "1 dòng" in saved.text()
    assert not said.isVisible()
    page.findChild(QWidget, "field:contact_email").setFocus()
    page._frames["contact_phone"].visit()
    assert "09123" in said.text()
    assert not page.findChild(QPushButton, "decide:contact_phone").isVisible()
    assert ask_store(lambda store: store.setting("profile"))["contact_phone"] == "09123"
    phone.end(False)
    type_text(phone, "45678")
    page.save()
    qtbot.waitUntil(lambda: saved.text() == "Đã lưu.")
    assert said.isHidden()


def test_the_sender_follows_the_unit_until_it_is_another(qtbot, window, services, ask_store):
    window.show_page("profile")
    page = window.findChild(QWidget, "page:profile")
    name = page.findChild(QWidget, "field:proposer_name")
    sender = page.findChild(QLineEdit, "field:sender.name")
    type_text(name, "Công ty Ánh")
    assert sender.text() == "Công ty Ánh"
    sender.setText("Tổng công ty Ánh")
    sender.textEdited.emit(sender.text())
    type_text(name, " Dương")
    assert sender.text() == "Tổng công ty Ánh"


def test_profile_is_kept(qtbot, window, services, ask_store):
    window.show_page("profile")
    page = window.findChild(QWidget, "page:profile")
    type_text(page.findChild(QWidget, "field:proposer_name"), "Công ty Ánh Dương")
    type_text(page.findChild(QLineEdit, "field:sender.signer_name"), "Trần Văn An")
    window.show_page("proposals")
    assert ask_store(lambda store: store.setting("profile"))["proposer_name"] == "Công ty Ánh Dương"
    assert ask_store(lambda store: store.setting("sender"))["signer_name"] == "Trần Văn An"


def test_backup_and_restore_from_the_window(qtbot, window, services, ask_store, tmp_path):
    ask_store(lambda store: store.save(make_proposal(), NOW))
    window.show_page("settings")
    page = window.findChild(QWidget, "page:settings")
    services.ask.target = tmp_path / "bản sao.ncsbackup"
    with qtbot.waitSignal(page.told, timeout=20_000):
        page.findChild(QPushButton, "button:backup").click()
    ask_store(lambda store: store.trash(make_proposal().id, NOW))
    services.ask.files = [services.ask.target]
    with qtbot.waitSignal(page.restored, timeout=20_000):
        page.findChild(QPushButton, "button:restore-backup").click()
    kept = services.ask.asked[0].partition("Các phiếu đang có được cất lại ở ")[2]
    assert kept == f"«{services.store.path.parent}»."
    assert len(ask_store(lambda store: store.summaries())) == 1


def numbered(proposal_id, **values):
    return replace(make_proposal(**values), id=proposal_id)


def test_what_was_restored_is_shown_in_the_list_and_on_the_officers_page(
    qtbot, window, services, ask_store, tmp_path
):
    first = numbered("00000000-0000-0000-0000-000000000001", title="Trước")
    ask_store(lambda store: store.save(first, NOW))
    sent = tmp_path / "gửi.ncs"
    sent.write_bytes(write_proposal(numbered("00000000-0000-0000-0000-0000000000a1")))
    act = Act("", NOW)
    ask_store(lambda store: list(bring_in(services.catalog, store, [sent], first.call, act)))
    copy = tmp_path / "bản sao.ncsbackup"
    backup(services.store.path, copy, NOW)
    ask_store(lambda store: store.trash(first.id, NOW))
    second = numbered("00000000-0000-0000-0000-000000000002", title="Sau")
    ask_store(lambda store: store.save(second, NOW))
    other = tmp_path / "gửi sau.ncs"
    other.write_bytes(
        write_proposal(numbered("00000000-0000-0000-0000-0000000000a2", title="Khác hẳn"))
    )
    ask_store(lambda store: list(bring_in(services.catalog, store, [other], first.call, act)))
    window.show_page("collect")
    collect = window.findChild(QWidget, "page:collect")
    collect.desk.open_call(first.call)
    qtbot.waitUntil(lambda: collect.model.total_count == 2)
    window.desk.refresh()
    window.show_page("settings")
    services.ask.files = [copy]
    window.findChild(QPushButton, "button:restore-backup").click()
    model = window.proposals.model
    qtbot.waitUntil(lambda: model.name_of(first.id) != "", timeout=10_000)
    qtbot.waitUntil(lambda: collect.model.total_count == 1, timeout=10_000)
    assert model.rowCount() == 1


def test_an_open_editor_is_saved_and_closed_before_another_store_is_shown(qtbot, window, ask_store):
    window.desk._begin("an-giang-2026", "")
    qtbot.waitUntil(lambda: window.editor is not None)
    editor = window.editor
    type_text(editor.findChild(QWidget, "field:title"), "Gõ dở")
    window.read_anew()
    assert window.editor is None
    titles = [line.title for line in ask_store(lambda store: store.summaries())]
    assert titles == ["Gõ dở"]


def test_file_dropped_on_the_window_is_opened(qtbot, window, tmp_path):
    path = tmp_path / "phiếu Ánh.ncs"
    path.write_bytes(write_proposal(make_proposal()))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    nothing = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *nothing))
    qtbot.waitUntil(lambda: window.editor is not None)


@pytest.mark.parametrize("key", ["objectives", "title", "contact_name"])
def test_file_dragged_over_a_text_goes_to_the_window(qtbot, window, tmp_path, key):
    window.desk._begin("an-giang-2026", "")
    qtbot.waitUntil(lambda: window.editor is not None)
    field = window.editor.findChild(QWidget, f"field:{key}")
    files, words = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "phiếu Ánh.ncs"))])
    words.setText("chữ")
    for dragged, taken in ((files, False), (words, True)):
        event = QDragEnterEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            dragged,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        field.dragEnterEvent(event)
        assert event.isAccepted() is taken


def test_call_file_dropped_on_the_window_becomes_a_call(qtbot, window, services, tmp_path):
    call = replace(services.catalog.call("an-giang-2026"), id="an-giang-2031", plan_year=2031)
    path = tmp_path / "đợt Ánh.ncs"
    export_call(call, path)
    window.desk.take_in([path])
    qtbot.waitUntil(lambda: "an-giang-2031" in services.catalog.calls)
    assert window.stack.currentWidget().objectName() == "page:calls"
    assert "Đã có đợt mới" in window.notice.text


@pytest.mark.parametrize("width", [1024, 1280])
def test_nothing_in_the_editor_is_wider_than_its_place(qtbot, window, ask_store, width):
    window.resize(width, 768)
    proposal = make_proposal(commitments=[{"organization": "A", "scope": ["co_fund"]}])
    ask_store(lambda store: store.save(proposal, NOW))
    window.open_editor(Opened(proposal))
    area = window.editor._scroll
    qtbot.waitUntil(lambda: area.viewport().width() > 0 and window.editor.isVisible())
    assert window.width() == width
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


def test_start_is_reported_and_heavy_libraries_wait_for_the_first_paint(tmp_path):
    store = tmp_path / "kho.sqlite"
    done = subprocess.run(
        [sys.executable, "-m", "ncs_desktop", "--quit-when-ready", "--store", str(store)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    words = [line.split()[0] for line in done.stdout.splitlines()]
    assert words == ["first-paint", "ready"]
    assert (
        done.stderr.replace("This plugin does not support propagateSizeHints()", "").strip() == ""
    )
    probe = (
        "import sys, ncs_desktop.ui.app;"
        "print([m for m in ('sqlalchemy', 'reportlab', 'docx', 'openpyxl', 'lxml',"
        " 'PySide6.QtPdf') if m in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True
    )
    assert loaded.stdout.strip() == "[]"
