"""A frozen phiếu: what leaves it, what does not, and the ways back to the very same revision."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
)
from PySide6.QtWidgets import QPlainTextEdit as Plain

from ncs_desktop.ui.proposals.desk import _load
from ncs_desktop.work.kept import SCAN
from tests.factories import make_proposal
from tests.ui.conftest import NOW

_TEXTS = (QLineEdit, Plain, QTextEdit, QAbstractSpinBox)


@pytest.fixture
def frozen_editor(qtbot, window, ask_store):
    """The editor of a phiếu that was frozen and signed, as it opens from the list."""
    proposal = make_proposal(contact_name="Ánh")
    ask_store(lambda store: store.save(proposal, NOW))
    ask_store(lambda store: store.freeze(proposal.id, NOW, None))
    ask_store(lambda store: store.attach(proposal.id, SCAN, "ban-ky.pdf", b"%PDF", NOW))
    window.open_editor(ask_store(lambda store: _load(proposal.id, (), store)))
    editor = window.editor
    qtbot.waitUntil(lambda: bool(editor.kept.files))
    return editor


def code(editor):
    return editor.findChild(QLabel, "label:control-code").text()


def saved(qtbot, editor, ask_store):
    editor.session.save()
    ask_store(lambda store: None)
    qtbot.waitUntil(lambda: not editor.session.dirty)
    return ask_store(lambda store: _load(editor.session.proposal.id, (), store))


def test_decisions_about_findings_leave_the_phieu_frozen(qtbot, frozen_editor, ask_store):
    session = frozen_editor.session
    words = code(frozen_editor)
    assert session.control_code in words
    session.confirm("C02")
    session.accept("T05", "Đã hỏi Sở")
    session.withdraw("T05")
    assert session.frozen
    assert code(frozen_editor) == words
    kept = saved(qtbot, frozen_editor, ask_store)
    assert kept.proposal.revision == 1
    assert kept.proposal.confirmations["C02"] is True
    assert ask_store(lambda store: store.frozen(kept.proposal.id)) is not None


def test_a_letter_and_ctrl_z_give_the_frozen_revision_with_its_scan(
    qtbot, frozen_editor, ask_store
):
    session, words = frozen_editor.session, code(frozen_editor)
    before = session.proposal
    session.set_value("contact_name", "Ánhx")
    assert not session.frozen
    assert session.proposal.revision == 2
    assert "lần 1" in frozen_editor.notice.text
    assert "lần 2" in frozen_editor.notice.text
    assert "bản quét đã ký vẫn được giữ nguyên" in frozen_editor.notice.text
    saved(qtbot, frozen_editor, ask_store)
    assert ask_store(lambda store: store.load(before.id)).revision == 2
    frozen_editor.tools.undo()
    assert session.proposal == before
    assert code(frozen_editor) == words
    assert "đã chốt lần 1" in frozen_editor.notice.text
    qtbot.waitUntil(lambda: [item.outdated for item in frozen_editor.kept.files] == [False])
    kept = saved(qtbot, frozen_editor, ask_store)
    assert kept.proposal == before
    frozen_editor.tools.redo()
    assert session.proposal.revision == 2
    assert not session.frozen


def test_the_notice_leads_back_to_the_frozen_revision(qtbot, frozen_editor, ask_store):
    session = frozen_editor.session
    before = session.proposal
    session.set_value("contact_name", "Bình")
    session.set_value("objectives", "Khác hẳn")
    [back] = [
        made
        for made in frozen_editor.notice.findChildren(QPushButton)
        if made.text() == "Trở lại bản đã chốt (lần 1)" and not made.isHidden()
    ]
    back.click()
    assert session.proposal == before
    assert session.frozen
    assert saved(qtbot, frozen_editor, ask_store).proposal == before
    versions = ask_store(lambda store: store.history(before.id))
    typed = [ask_store(lambda store, one=item: store.version(one.id)) for item in versions]
    assert any(item.text("contact_name") == "Bình" for item in typed)


def test_what_was_unfrozen_by_its_button_leads_back_as_well(qtbot, frozen_editor, ask_store):
    session = frozen_editor.session
    before = session.proposal
    session.begin_revision()
    assert not session.frozen
    [back] = [
        made
        for made in frozen_editor.notice.findChildren(QPushButton)
        if made.text() == "Trở lại bản đã chốt (lần 1)" and not made.isHidden()
    ]
    back.click()
    assert session.proposal == before
    assert session.frozen
    assert "Phiếu trở lại đúng bản đã chốt lần 1" in frozen_editor.notice.text
    assert saved(qtbot, frozen_editor, ask_store).proposal == before


def test_going_back_to_the_frozen_version_in_the_history_freezes_again(frozen_editor):
    session = frozen_editor.session
    before = session.proposal
    session.set_value("contact_name", "Bình")
    session.restore(before)
    assert session.proposal == before
    assert session.frozen
    session.restore(before.with_value("contact_name", "Cúc"))
    assert session.proposal.revision == 3
    assert not session.frozen


def test_freezing_the_same_words_again_gives_no_second_code(
    qtbot, services, frozen_editor, window, ask_store
):
    session = frozen_editor.session
    first = session.control_code
    session.begin_revision()
    assert saved(qtbot, frozen_editor, ask_store).proposal.revision == 2
    window.open_editor(ask_store(lambda store: _load(session.proposal.id, (), store)))
    assert not window.editor.session.frozen
    window.editor.papers.freeze()
    assert window.editor.session.control_code == first


def test_no_field_takes_the_keys_of_a_frozen_phieu_as_it_opens(qtbot, frozen_editor, window):
    window.activateWindow()
    before = frozen_editor.session.proposal
    focus = window.focusWidget() or QApplication.focusWidget()
    assert focus is not None
    assert not isinstance(focus, _TEXTS)
    QTest.keyClick(focus, Qt.Key.Key_7)
    frozen_editor.flush()
    assert frozen_editor.session.proposal == before


def test_what_was_written_while_the_store_froze_is_the_next_revision(open_editor, qtbot, ask_store):
    editor = open_editor(make_proposal())
    frozen = ask_store(lambda store: store.freeze(editor.session.proposal.id, NOW, None))
    editor.session.set_value("contact_name", "Bình")
    editor.papers.frozen.emit(frozen.control_code)
    assert not editor.session.frozen
    assert not code(editor)
    assert saved(qtbot, editor, ask_store).proposal.revision == 2


def test_a_scan_that_is_not_there_is_not_said_to_be_kept(qtbot, window, ask_store):
    proposal = make_proposal(contact_name="Ánh")
    ask_store(lambda store: store.save(proposal, NOW))
    ask_store(lambda store: store.freeze(proposal.id, NOW, None))
    window.open_editor(ask_store(lambda store: _load(proposal.id, (), store)))
    window.editor.session.set_value("contact_name", "Bình")
    assert "lần 1 vẫn được giữ nguyên; từ đây" in window.editor.notice.text
    assert "bản quét" not in window.editor.notice.text


def test_going_back_to_another_version_says_that_it_is_not_frozen(
    qtbot, frozen_editor, ask_store, window
):
    frozen_editor.session.set_value("contact_name", "Bình")
    saved(qtbot, frozen_editor, ask_store)
    frozen_editor.session.return_to_frozen()
    saved(qtbot, frozen_editor, ask_store)
    frozen_editor.tools.show_history()
    dialog = frozen_editor.findChild(QDialog, "dialog:history")
    restore = dialog.findChild(QPushButton, "button:restore-version")
    qtbot.waitUntil(restore.isEnabled)
    restore.click()
    assert not frozen_editor.session.frozen
    assert "Phiếu không còn là bản đã chốt" in frozen_editor.notice.text
