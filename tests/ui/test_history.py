"""Kept versions: signs beside colours, one click back, and back again."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from ncs_desktop.store.records import Version
from ncs_desktop.store.store import Store
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.history.dialog import HistoryDialog
from ncs_desktop.ui.history.source import SessionHistory, compared
from tests.factories import NOW, make_call, make_form, make_proposal


def make_version(number, *, current=False, code=None, origin="edit"):
    at = NOW + timedelta(minutes=number)
    return Version(str(number), "p", number, number, "d", origin, at, at, code, current)


class Source:
    """Answers at once, or later where a test holds answers back."""

    def __init__(self, now, versions):
        self.now, self.versions, self.held, self.restored = now, versions, None, []

    def list_versions(self, show):
        lines = [
            make_version(int(number), current=number == "3", code="A1-TEST" * (number == "1"))
            for number in ("3", "2", "1")
        ]
        show([replace(line, control_code=line.control_code or None) for line in lines])

    def compare(self, version_id, show):
        answer = compared(version_id, self.versions[version_id], self.now, make_form())
        if self.held is None:
            show(answer)
        else:
            self.held.append((show, answer))

    def restore(self, proposal):
        self.restored.append(proposal)


@pytest.fixture
def source():
    now = make_proposal(title="Đào tạo 200 lượt cán bộ tại An Giang")
    second = now.with_value("title", "Đào tạo 150 lượt cán bộ tại An Giang")
    first = second.with_value("budget.total", 4_000_000_000)
    return Source(now, {"3": now, "2": second, "1": first})


@pytest.fixture
def dialog(qtbot, source):
    made = HistoryDialog(source)
    qtbot.addWidget(made)
    made.show()
    return made


def parts(dialog):
    return (
        dialog.findChild(QListWidget, "list:versions"),
        dialog.findChild(QWidget, "text:differences"),
        dialog.findChild(QPushButton, "button:restore-version"),
    )


def test_the_first_older_version_is_shown_with_signs(dialog):
    versions, view, restore = parts(dialog)
    assert versions.count() == 3
    assert versions.currentRow() == 1
    assert "bản hiện tại" in versions.item(0).text()
    assert "đã chốt ký A1-TEST" in versions.item(2).text()
    assert "Đào tạo [−150] [+200] lượt cán bộ" in view.toPlainText()
    assert restore.isEnabled()


def test_rewritten_words_read_as_one_change(qtbot, source):
    source.now = source.now.with_value("title", "Xây dựng 200 mô hình")
    made = HistoryDialog(source)
    qtbot.addWidget(made)
    shown = parts(made)[1].toPlainText()
    assert "[−Đào tạo 150 lượt cán bộ tại An Giang] [+Xây dựng 200 mô hình]" in shown


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Bước 1\tQuý I\nBước 2", "Bước 1 \tQuý I\nBước 2", "Bước 1[+dấu cách] \tQuý I\nBước 2"),
        ("Quý I\nBước 2", "Quý I \nBước 2", "Quý I[+dấu cách] \nBước 2"),
        ("hai  lượt", "hai lượt", "hai [−dấu cách]lượt"),
        ("Quý I Bước 2", "Quý I\nBước 2", "Quý I[−dấu cách] [+¶]\nBước 2"),
    ],
)
def test_changed_blanks_are_named_in_their_own_row(qtbot, source, old, new, said):
    source.now = source.now.with_value("title", new)
    source.versions = {"1": source.now, "2": source.now.with_value("title", old)}
    made = HistoryDialog(source)
    qtbot.addWidget(made)
    assert said in parts(made)[1].toPlainText()


@pytest.mark.parametrize("more", range(12))
def test_what_is_left_out_is_left_out_between_words(qtbot, source, more):
    words = "x" * more + " nghiêng toàn diện năng suất chất lượng" * 30
    source.now = source.now.with_value("title", f"Một{words} hai")
    older = source.now.with_value("title", f"Ba{words} bốn")
    source.versions = {"1": source.now, "2": older}
    made = HistoryDialog(source)
    qtbot.addWidget(made)
    shown = parts(made)[1].toPlainText()
    before, _gap, after = shown[shown.index("Ba") :].partition(" … ")
    assert before.split()[-1] in words.split()
    assert after.split()[0] in words.split()


def test_the_budget_is_compared_in_dong(dialog):
    versions, view, _restore = parts(dialog)
    versions.setCurrentRow(2)
    assert "Tổng kinh phí: +850.000.000 đồng" in view.toPlainText()


def test_the_current_version_has_nothing_to_restore(dialog):
    versions, view, restore = parts(dialog)
    versions.setCurrentRow(0)
    assert view.toPlainText() == "Bản này giống hệt bản hiện tại."
    assert not restore.isEnabled()


def test_one_click_restores(dialog, source, qtbot):
    _versions, _view, restore = parts(dialog)
    with qtbot.waitSignal(dialog.restored):
        qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert source.restored == [source.versions["2"]]


def test_a_late_answer_does_not_replace_a_newer_choice(dialog, source):
    versions, view, _restore = parts(dialog)
    source.held = []
    versions.setCurrentRow(2)
    versions.setCurrentRow(0)
    (late, old), (show, new) = source.held
    show(new)
    late(old)
    assert view.toPlainText() == "Bản này giống hệt bản hiện tại."


class Answer:
    """A signal that has already been sent, or never will be."""

    def __init__(self, *arguments):
        self._arguments = arguments

    def connect(self, slot):
        if self._arguments:
            slot(*self._arguments)


class Done:
    """A task that is already done."""

    def __init__(self, result):
        self.done, self.failed = Answer(result), Answer()


class Worker:
    """Does at once what it is asked to."""

    def __init__(self, *arguments):
        self._arguments = arguments

    def run(self, work):
        return Done(work(*self._arguments))

    ask = run


def test_a_restore_keeps_both_texts_and_can_be_taken_back(tmp_path, qapp):
    with Store.open(tmp_path / "kho.sqlite") as store:
        services = SimpleNamespace(store=Worker(store), background=Worker(), now=lambda: NOW)
        session = EditingSession(services, make_proposal(title="Bản đầu"), make_form(), make_call())
        store.save(session.proposal, NOW)
        first = store.history(session.proposal.id)[0].id
        session.proposal = replace(session.proposal.with_value("title", "Bản hai"), revision=2)
        store.save(session.proposal, NOW)

        history = SessionHistory(services, session)
        answers = []
        history.compare(first, answers.append)
        assert [field.key for field in answers[0].differences.fields] == ["title"]
        before = session.proposal
        history.restore(answers[0].proposal)
        assert session.proposal.title == "Bản đầu"
        history.restore(before)
        titles = [store.version(line.id).title for line in store.history(session.proposal.id)]
        assert titles == ["Bản hai", "Bản đầu", "Bản hai", "Bản đầu"]
