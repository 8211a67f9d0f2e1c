"""The editor: autosave, findings that lead to their field, freezing, preview, typed words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
)

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.ui.proposals.desk import Opened
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text


def test_typing_reaches_the_store_within_two_seconds(qtbot, open_editor, ask_store):
    proposal = make_proposal()
    editor = open_editor(proposal)
    field = editor.findChild(QTextEdit, "field:objectives")
    field.selectAll()
    type_text(field, "- Giảm 20% hao hụt")
    with qtbot.waitSignal(editor.session.saved, timeout=2_000):
        pass
    stored = ask_store(lambda store: store.load(proposal.id))
    assert stored.get("objectives") == "- Giảm 20% hao hụt"
    assert editor.findChild(QLabel, "label:saved").text() == "Đã lưu 09:00:00"


def test_a_save_happens_while_typing_goes_on(qtbot, open_editor):
    session = open_editor(make_proposal()).session
    typed, saved = [], []
    session.saved.connect(saved.append)

    def keep_typing():
        typed.append(len(typed))
        session.set_value("title", f"Tên {len(typed)}")
        return bool(saved)

    qtbot.waitUntil(keep_typing, timeout=6_000)


def test_leaving_and_closing_save_at_once(qtbot, window, open_editor, ask_store):
    proposal = make_proposal()
    editor = open_editor(proposal)
    name = editor.findChild(QLineEdit, "field:contact_name")
    name.end(False)
    type_text(name, " Ánh")
    window.show_page("proposals")
    stored = ask_store(lambda store: store.load(proposal.id))
    assert stored.text("contact_name").endswith(" Ánh")


def test_a_failed_save_is_said_offers_a_copy_and_is_tried_again(
    qtbot, open_editor, services, tmp_path, monkeypatch
):
    editor = open_editor(make_proposal())
    problem = EnvironmentProblem("file.disk_full", path=services.store.path)

    def fail(_request, _task):
        raise problem

    with monkeypatch.context() as broken:
        broken.setattr(services.store, "_serve", fail)
        editor.session.set_value("title", "Tên mới")
        with qtbot.waitSignal(editor.session.save_failed):
            editor.session.save()
    assert "Ổ đĩa đã đầy" in editor.notice.text
    services.ask.target = tmp_path / "bản sao.ncs"
    editor.papers.save_copy()
    qtbot.waitUntil(services.ask.target.exists)
    with qtbot.waitSignal(editor.session.saved, timeout=7_000):
        pass


def test_finding_leads_to_its_field(qtbot, window, open_editor):
    editor = open_editor(make_proposal(contact_email="sai@@thu"))
    window.activateWindow()
    findings = editor.findChild(QListWidget, "list:findings")
    row = next(r for r in range(findings.count()) if "Email" in findings.item(r).text())
    findings.itemActivated.emit(findings.item(row))
    field = editor.findChild(QLineEdit, "field:contact_email")
    qtbot.waitUntil(field.hasFocus)
    said = editor.findChild(QLabel, "finding:contact_email")
    assert said.isVisible()
    assert said.text() in findings.item(row).text()


def test_field_is_silent_until_it_was_visited(qtbot, open_editor):
    editor = open_editor(make_proposal(contact_email="sai@@thu"))
    said = editor.findChild(QLabel, "finding:contact_email")
    assert said.isHidden()
    editor.head.commands["check"].trigger()
    assert not said.isHidden()


def test_f8_goes_through_the_findings(qtbot, window, open_editor):
    editor = open_editor(make_proposal(contact_email="sai@@thu", contact_phone="1"))
    findings = editor.findChild(QListWidget, "list:findings")
    for row in (0, 1):
        editor.head.commands["next-finding"].trigger()
        assert findings.currentRow() == row
    editor.head.commands["previous-finding"].trigger()
    assert findings.currentRow() == 0


def test_preview_shows_the_real_pages_and_follows_the_typing(qtbot, open_editor):
    editor = open_editor(make_proposal())
    qtbot.waitUntil(lambda: editor.preview.page_count > 0, timeout=20_000)
    before = editor.preview.page_count
    long = "\n".join(["Một đoạn văn dài để phiếu có thêm trang. " * 12] * 25)
    field = editor.findChild(QTextEdit, "field:urgency")
    field.setPlainText(long)
    qtbot.waitUntil(lambda: editor.preview.page_count > before, timeout=20_000)
    assert str(editor.preview.page_count) in editor.findChild(QLabel, "label:pages").text()


def test_freezing_asks_for_a_reason_while_there_are_errors(qtbot, open_editor, services):
    editor = open_editor(make_proposal(title=""))
    editor.head.commands["freeze"].trigger()
    qtbot.waitUntil(lambda: "Chưa chốt" in editor.notice.text)
    services.ask.why = "Sở đồng ý bổ sung sau"
    with qtbot.waitSignal(editor.papers.frozen):
        editor.head.commands["freeze"].trigger()
    assert editor.session.frozen


def test_editing_after_freezing_makes_a_new_revision_and_says_so(
    qtbot, open_editor, services, ask_store
):
    proposal = make_proposal()
    editor = open_editor(proposal)
    services.ask.why = "đã xem"
    with qtbot.waitSignal(editor.papers.frozen) as frozen:
        editor.head.commands["freeze"].trigger()
    assert frozen.args[0].endswith("-r1")
    assert frozen.args[0] in editor.findChild(QLabel, "label:control-code").text()
    type_text(editor.findChild(QLineEdit, "field:contact_name"), " A")
    assert "bản mới" in editor.notice.text
    with qtbot.waitSignal(editor.session.saved, timeout=3_000):
        pass
    assert ask_store(lambda store: store.load(proposal.id)).revision == 2
    assert editor.findChild(QLabel, "label:control-code").text() == ""


def test_a_point_is_confirmed_or_accepted_with_a_reason(qtbot, open_editor, services):
    editor = open_editor(make_proposal(contact_email="sai@@thu"))
    with qtbot.waitSignal(editor.checker.checked):
        editor.session.confirm("C02")
    assert not [finding for finding in editor.checker.findings if finding.code == "C02"]
    with qtbot.waitSignal(editor.checker.checked):
        editor.session.accept("F06", "thư khác đang dùng")
    waived = [finding.waived for finding in editor.checker.findings if finding.code == "F06"]
    assert waived
    assert all(reason == "thư khác đang dùng" for reason in waived)


def test_unknown_keys_and_untouched_fields_stay_as_they_were(qtbot, open_editor, ask_store):
    proposal = make_proposal(x_ngoai="giữ lại", commitments=[{"organization": "A", "x": 1}])
    editor = open_editor(proposal)
    editor.flush()
    assert editor.session.proposal.digest == proposal.digest
    line = editor.findChild(QLineEdit, "field:commitments[0].address")
    type_text(line, "Huế")
    made = editor.session.proposal
    assert made.get("x_ngoai") == "giữ lại"
    assert made.get("commitments")[0] == {"organization": "A", "x": 1, "address": "Huế"}


def test_every_control_has_a_name_for_screen_readers(qtbot, open_editor):
    editor = open_editor(make_proposal())
    kinds = (QLineEdit, QTextEdit, QPlainTextEdit, QListWidget)
    named = [w for kind in kinds for w in editor.findChildren(kind) if w.objectName()]
    assert len(named) > 20
    for widget in named:
        if not widget.objectName().startswith("qt_"):
            assert widget.accessibleName(), widget.objectName()


def test_clock_of_the_saved_label_is_vietnam_time(qtbot, open_editor):
    editor = open_editor(make_proposal())
    editor.head.show_saved(datetime.fromisoformat("2025-08-05T14:38:05+00:00"))
    assert editor.findChild(QLabel, "label:saved").text() == "Đã lưu 21:38:05"
    assert NOW + timedelta(0) == NOW


def test_meter_counts_gently(open_editor):
    editor = open_editor(make_proposal(title="Xây dựng"))
    meter = editor.findChild(QLabel, "meter:title")
    assert meter.isHidden()
    type_text(editor.findChild(QPlainTextEdit, "field:title"), "x" * 300)
    assert meter.text().startswith("308 ký tự")
    assert not meter.isHidden()
    assert meter.property("role") == "quiet"


def test_nothing_moves_when_the_words_about_saving_change(qtbot, open_editor):
    editor = open_editor(make_proposal())
    saved = editor.findChild(QLabel, "label:saved")
    places = set()
    for show in (
        lambda: editor.head.show_saved(NOW),
        editor.head.show_unsaved,
        lambda: editor.head.show_unsaved(failed=True),
    ):
        show()
        editor.head.layout().activate()
        places.add((saved.x(), saved.width()))
        assert saved.sizeHint().width() <= saved.width()
    assert len(places) == 1


def test_a_year_that_is_none_is_kept_and_said(qtbot, window, open_editor, ask_store):
    proposal = make_proposal()
    editor = open_editor(proposal)
    line = editor.findChild(QLineEdit, "field:plan_year")
    line.selectAll()
    QApplication.clipboard().setText("2027 giai doan moi")
    line.paste_words()
    assert "bốn chữ số" in editor.cards["head"].frames["plan_year"].editor._echo.text()
    assert editor.session.proposal.plan_year is None
    editor.session.save()
    stored = ask_store(lambda store: store.load(proposal.id))
    qtbot.waitUntil(
        lambda: any("«2027 giai doan moi»" in text for text in _said_of(editor, "plan_year"))
    )
    window.open_editor(Opened(stored))
    again = window.editor.findChild(QLineEdit, "field:plan_year")
    assert again.text() == "2027 giai doan moi"
    again.selectAll()
    type_text(again, "2026")
    assert window.editor.session.proposal == proposal
    window.editor.tools.undo()
    assert again.text() == "2027 giai doan moi"


def _said_of(editor, key):
    messages = editor.services.messages
    return [messages.finding(found) for found in editor.checker.findings if found.field == key]


def test_a_year_being_typed_is_not_blamed(open_editor):
    editor = open_editor(make_proposal(plan_year=None))
    line = editor.findChild(QLineEdit, "field:plan_year")
    type_text(line, "202")
    echo = editor.cards["head"].frames["plan_year"].editor._echo
    assert echo.isHidden()
    type_text(line, "77")
    assert "bốn chữ số" in echo.text()


def test_fields_of_some_kinds_of_task_show_only_there(open_editor):
    editor = open_editor(make_proposal(task_kind="training", universities=("Trường A",)))
    frames = editor.cards["supplement"].frames
    for key in ("universities", "university_field"):
        frame = frames[key]
        frame.field = replace(frame.field, asked_for=("curriculum",))
        frame.show_proposal(editor.session.proposal)
    assert not frames["universities"].isHidden()
    assert frames["university_field"].isHidden()
    editor.session.set_value("task_kind", "curriculum")
    assert not frames["university_field"].isHidden()


def test_an_example_names_the_years_of_the_call():
    field = Field("duration", FieldKind.DURATION, "Thời gian", help="01/{plan_year}–12/{next_year}")
    assert field.help_in(2027) == "01/2027–12/2028"
    assert field.help_in(0) == ""


@pytest.mark.parametrize("key", ["IV", "VIII"])
def test_a_jump_lands_on_the_heading_and_stays_there(qtbot, window, open_editor, key):
    editor = open_editor(make_proposal(task_kind="pilot_model"))
    area = editor._scroll

    def place():
        return editor.cards[key].mapTo(area.viewport(), QPoint(0, 0)).y()

    editor.go_to_card(key)
    assert place() == 8
    editor.cards["II"].frames["urgency"].mark("Câu dài. " * 80)
    qtbot.waitUntil(lambda: editor.cards["II"].frames["urgency"]._mark.height() > 40)
    qtbot.waitUntil(lambda: place() == 8)
    area.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)
    moved = area.verticalScrollBar().value()
    editor.cards["X"].frames["contact_name"].mark("Câu dài. " * 80)
    qtbot.waitUntil(lambda: editor.cards["X"].frames["contact_name"]._mark.height() > 40)
    assert area.verticalScrollBar().value() == moved


def test_the_proposers_own_commitment_takes_its_lines_from_section_x(open_editor):
    proposal = make_proposal(commitments=[], proposer_name="Công ty Ánh", proposer_address="Huế")
    editor = open_editor(proposal)
    editor.findChild(QPushButton, "field:commitments").click()
    own = editor.findChild(QPushButton, "button:commitments[0].own")
    assert not own.isHidden()
    own.click()
    made = editor.session.proposal.get("commitments")[0]
    assert (made["organization"], made["address"]) == ("Công ty Ánh", "Huế")
    assert own.isHidden()
    line = editor.findChild(QLineEdit, "field:commitments[0].organization")
    line.setText("")
    line.textEdited.emit("")
    assert not own.isHidden()


def test_hover_text_of_the_rail_is_broken_into_lines(open_editor):
    editor = open_editor(make_proposal())
    rail = editor.findChild(QListWidget, "list:sections")
    tips = [rail.item(row).toolTip() for row in range(rail.count())]
    assert max(len(line) for tip in tips for line in tip.split("\n")) <= 60
