"""An office with two phiếu of one call: both are printed and handed over under one letter."""

from dataclasses import replace

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.work.assistant import others_of_sender
from tests.factories import make_proposal
from tests.ui.conftest import NOW

OFFICE = "Sở Công Thương An Giang"
COMMITMENTS = [{"organization": "Công ty Ánh Dương", "scope": ["co_fund"], "amount": 1_950_000_000}]


def _phieu(number, title, **values):
    values = {"proposer_name": OFFICE, **values}
    made = make_proposal(title=title, commitments=COMMITMENTS, **values)
    return replace(made, id=f"0000000{number}-0000-4000-8000-000000000000")


FIRST, SECOND = _phieu(1, "Mô hình điểm Lean"), _phieu(2, "Đào tạo năng suất")


def _dialog(qtbot, name):
    def shown():
        found = [item for item in QApplication.topLevelWidgets() if item.objectName() == name]
        return next((item for item in found if item.isVisible()), None)

    qtbot.waitUntil(lambda: shown() is not None, timeout=10_000)
    return shown()


def _make(qtbot, services, dialog, target):
    services.ask.target = target
    dialog.inputs.reason.setPlainText("Nộp trước")
    with qtbot.waitSignal(dialog.frozen, timeout=30_000) as told:
        dialog.findChild(QPushButton, "button:make").click()
    return told.args[0]


def _words(path):
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return " ".join(text.split())


def test_several_chosen_in_the_list_are_printed_under_one_letter(
    qtbot, window, services, ask_store, tmp_path
):
    for item in (FIRST, SECOND):
        ask_store(lambda store, it=item: store.save(it, NOW))
    window.desk.refresh()
    page = window.proposals
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    page.table.selectAll()
    page.actions_by_name["print-set"].trigger()
    dialog = _dialog(qtbot, "dialog:print-set")
    dialog.inputs.rank.show_order([SECOND.id, FIRST.id])
    _make(qtbot, services, dialog, tmp_path / "bo in.pdf")
    words = _words(services.ask.target)
    assert "đề xuất 02 nhiệm vụ" in words
    assert words.count("Văn bản nhu cầu và cam kết của Công ty Ánh Dương") == 4  # cover, letter
    assert all(f"Ánh Dương (nhiệm vụ {rank})" in words for rank in (1, 2))
    assert words.index("1. Đào tạo năng suất") < words.index("2. Mô hình điểm Lean")
    assert all(ask_store(lambda store: [bool(x.control_code) for x in store.summaries()]))
    dialog.reject()


def test_one_phieu_says_that_the_sender_has_another_and_prints_them_together(
    qtbot, window, services, ask_store, tmp_path
):
    for item in (FIRST, SECOND):
        ask_store(lambda store, it=item: store.save(it, NOW))
    window.desk.open(SECOND.id)
    qtbot.waitUntil(lambda: window.editor is not None, timeout=10_000)
    window.editor.head.commands["print-set"].trigger()
    alone = _dialog(qtbot, "dialog:print-set")
    qtbot.waitUntil(alone.others.isVisible, timeout=10_000)
    assert FIRST.title in alone.others.text
    [together] = alone.others.findChildren(QPushButton)
    assert together.text().replace("&", "") == "In cả 2 phiếu của đợt này"
    together.click()
    qtbot.waitUntil(lambda: not alone.isVisible())
    joint = _dialog(qtbot, "dialog:print-set")
    assert {item.id for item in joint.inputs.proposals} == {FIRST.id, SECOND.id}
    assert not joint.others.isVisible()
    joint.inputs.rank.show_order([FIRST.id, SECOND.id])
    _make(qtbot, services, joint, tmp_path / "bo in.pdf")
    assert "đề xuất 02 nhiệm vụ" in _words(services.ask.target)
    joint.reject()
    [own] = [x for x in ask_store(lambda store: store.summaries()) if x.id == SECOND.id]
    shown = window.editor.findChild(QLabel, "label:control-code")
    qtbot.waitUntil(lambda: own.control_code in shown.text(), timeout=10_000)


@pytest.mark.parametrize(
    "other",
    [
        _phieu(2, "Của nơi khác", proposer_name="Công ty A"),
        replace(_phieu(2, "Đợt khác"), call="binh-phuoc-2025"),
    ],
)
def test_what_another_sends_or_another_call_takes_is_not_offered(
    qtbot, services, ask_store, catalog, other
):
    for item in (FIRST, other):
        ask_store(lambda store, it=item: store.save(it, NOW))
    assert ask_store(lambda store: others_of_sender(store, FIRST)) == []
    dialog = BundleDialog(services, [FIRST], catalog.call(FIRST.call), print_set=True)
    qtbot.addWidget(dialog)
    ask_store(lambda store: None)
    assert isinstance(dialog, QDialog)
    assert dialog.others.isHidden()
