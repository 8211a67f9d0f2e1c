"""Whatever is typed, in whatever field: it is stored, travels, and is there again."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTextEdit

from ncs_desktop.catalog import Catalog
from ncs_desktop.exchange.proposal_json import read_proposal, write_proposal
from ncs_desktop.ui.proposals.desk import Opened
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text

RUBBISH = "4000 ?!x"
AMBIGUOUS = "4000"
TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)


def _open(qtbot, window, proposal):
    window.open_editor(Opened(proposal))
    with qtbot.waitSignal(window.editor.checker.checked):
        pass
    return window.editor


def _fields(editor):
    found = [widget for kind in TEXTS for widget in editor.findChildren(kind)]
    return {field.objectName(): field for field in found if field.objectName()[:6] == "field:"}


def _words(field):
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _type_everywhere(qtbot, editor, text):
    for field in _fields(editor).values():
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        type_text(field, text)
    shown = {name: _words(field) for name, field in _fields(editor).items()}
    editor.flush()
    editor.session.save()
    qtbot.waitUntil(lambda: not editor.session.dirty)
    return shown


def test_rubbish_in_every_field_is_there_after_a_restart(qtbot, window, ask_store):
    proposal = make_proposal()
    ask_store(lambda store: store.save(proposal, NOW))
    for text in (RUBBISH, AMBIGUOUS):
        editor = _open(qtbot, window, ask_store(lambda store: store.load(proposal.id)))
        before = _type_everywhere(qtbot, editor, text)
        assert {name: words for name, words in before.items() if words != text} == {}
        stored = ask_store(lambda store: store.load(proposal.id))
        sent = read_proposal(write_proposal(stored), "phieu.json", Catalog.load().form).proposal
        for kept in (stored, sent):
            shown = {name: _words(it) for name, it in _fields(_open(qtbot, window, kept)).items()}
            assert shown == before


def test_an_unread_amount_of_a_commitment_offers_its_readings_again(qtbot, window, ask_store):
    partner = {"organization": "Công ty A", "amount": None, "amount_unread": AMBIGUOUS}
    proposal = make_proposal(commitments=[partner])
    ask_store(lambda store: store.save(proposal, NOW))
    editor = _open(qtbot, window, proposal)
    line = editor.findChild(QLineEdit, "field:commitments[0].amount")
    assert line.text() == AMBIGUOUS
    line.parent().findChildren(QPushButton)[-1].click()
    kept = editor.session.proposal.get("commitments")[0]
    assert isinstance(kept["amount"], int)
    assert "amount_unread" not in kept
