"""A request for supplement opens its phiếu at what is asked, and stays until it is done."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton

from ncs_desktop.domain.supplement import Point, SupplementRequest
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.exchange.request_file import write_request
from ncs_desktop.work.supplement import is_done
from tests.factories import make_proposal

ASKED = make_proposal(contact_phone="12")
REQUEST = SupplementRequest(
    id="6f1d2c8e-0000-4000-8000-000000000001",
    call=ASKED.call,
    proposal_id=ASKED.id,
    revision=ASKED.revision,
    digest=ASKED.digest,
    title=ASKED.title,
    points=(
        Point("1", "Số điện thoại chưa đủ", "contact_phone", "F06"),
        Point("2", "Nêu rõ địa chỉ", "application_sites"),
        Point("3", "Gửi kèm bản quét"),
    ),
    created="2025-08-05T09:00:00+07:00",
    agency="Sở Khoa học và Công nghệ tỉnh An Giang",
    until=date(2025, 8, 20),
)


def opened_editor(qtbot, window, folder):
    (folder / "phieu.json").write_bytes(write_proposal(ASKED))
    path = folder / "yêu cầu.ncs"
    path.write_bytes(write_request(replace(REQUEST)))
    window.desk.take_in([folder / "phieu.json"])
    qtbot.waitUntil(lambda: window.editor is not None, timeout=15_000)
    before = window.editor
    window.desk.take_in([path])
    qtbot.waitUntil(lambda: window.editor not in (None, before), timeout=15_000)
    return window.editor


def test_the_editor_begins_at_what_is_asked(qtbot, window, tmp_path):
    editor = opened_editor(qtbot, window, tmp_path)
    points = editor.findChild(QListWidget, "list:asked")
    assert points.isVisible()
    texts = [points.item(row).text() for row in range(points.count())]
    assert texts == ["1. Số điện thoại chưa đủ", "2. Nêu rõ địa chỉ", "3. Gửi kèm bản quét"]
    qtbot.waitUntil(lambda: editor.focusWidget().objectName() == "field:contact_phone")
    points.itemActivated.emit(points.item(1))
    name = "field:application_sites"
    qtbot.waitUntil(lambda: editor.focusWidget().objectName() == name)


def test_what_is_asked_stays_until_it_is_done(qtbot, window, tmp_path, ask_store):
    opened_editor(qtbot, window, tmp_path)
    window.show_page("proposals")
    window.desk.open(ASKED.id)
    qtbot.waitUntil(lambda: window.editor is not None, timeout=15_000)
    editor, services = window.editor, window.services
    done = editor.findChild(QPushButton, "button:asked-done")
    assert done.isVisible()
    services.ask.yes = False
    done.click()
    qtbot.waitUntil(lambda: services.ask.asked[1] != ())
    assert services.ask.asked[1] == (
        "Số điện thoại chưa đủ",
        "Nêu rõ địa chỉ",
        "Gửi kèm bản quét",
    )
    assert done.isVisible()
    services.ask.yes = True
    done.click()
    qtbot.waitUntil(lambda: not done.isVisible())
    assert ask_store(lambda store: is_done(store, REQUEST))
    assert "trước ngày 20/08/2025" in editor.notice.text
    texts = [made.text() for made in editor.notice.findChildren(QPushButton)]
    assert texts == ["Hoàn tác", "Chốt bản ký…", "Bộ nộp…", "Đóng"]
    window.show_page("proposals")
    window.desk.open(ASKED.id)
    qtbot.waitUntil(lambda: window.editor not in (None, editor), timeout=15_000)
    assert not window.editor.findChild(QPushButton, "button:asked-done").isVisible()
    assert (
        "Bổ sung trước ngày 20/08/2025" in window.editor.head.findChild(QLabel, "label:call").text()
    )


def test_the_bundle_says_by_when_the_answer_is_due(qtbot, window, tmp_path):
    editor = opened_editor(qtbot, window, tmp_path)
    editor.head.commands["bundle"].trigger()
    dialog = editor.findChild(QDialog, "dialog:bundle")
    due = dialog.findChild(QLabel, "label:due")
    qtbot.waitUntil(due.isVisible)
    assert due.text().startswith("Nộp bản bổ sung trước ngày 20/08/2025 (")
    call = editor.session.call
    dialog.hand_over.show_call(call, window.services.now(), (), REQUEST.until)
    lines = dialog.findChild(QLabel, "label:hand-over").text().splitlines()
    assert lines[0].startswith("Nộp bản bổ sung: trước ngày 20/08/2025")
    assert lines[-1].startswith("Hạn nộp lần đầu: ")
    dialog.reject()


def test_saying_that_it_is_done_is_taken_back(qtbot, window, tmp_path, ask_store):
    editor = opened_editor(qtbot, window, tmp_path)
    done = editor.findChild(QPushButton, "button:asked-done")
    done.click()
    qtbot.waitUntil(lambda: not done.isVisible())
    undo = next(it for it in editor.notice.findChildren(QPushButton) if it.text() == "Hoàn tác")
    undo.click()
    assert done.isVisible()
    assert not ask_store(lambda store: is_done(store, REQUEST))


def test_what_is_typed_when_the_request_comes_is_kept(qtbot, window, tmp_path, ask_store):
    (tmp_path / "phieu.json").write_bytes(write_proposal(ASKED))
    path = tmp_path / "yêu cầu.ncs"
    path.write_bytes(write_request(REQUEST))
    window.take_in([tmp_path / "phieu.json"])
    qtbot.waitUntil(lambda: window.editor is not None, timeout=15_000)
    before = window.editor
    before.session.set_value("title", "Vừa gõ xong")
    window.take_in([path])
    qtbot.waitUntil(lambda: window.editor not in (None, before), timeout=15_000)
    shown = window.editor.session.proposal
    assert (shown.title, shown.revision) == ("Vừa gõ xong", ASKED.revision + 1)
    assert ask_store(lambda store: store.load(ASKED.id)).title == "Vừa gõ xong"
