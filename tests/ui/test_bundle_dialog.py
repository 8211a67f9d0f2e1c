"""The assistant: letters edited beside their page, scans, attachments, ticks, rank, stopping."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTextEdit,
    QWidget,
)

from ncs_desktop.domain.dossier import Sender
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.bundle.handover import HandOver
from ncs_desktop.ui.bundle.job import Order, Stopped, carry_out, write_out
from ncs_desktop.work.kept import LETTER_SCANNED, OWN_FILE, SCAN, SUMMARY_SCANNED, KeptFile
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text

COMMITMENTS = [{"organization": "Công ty Ánh Dương", "scope": ["co_fund"], "amount": 1_950_000_000}]


SECOND = "00000000-0000-4000-8000-000000000002"


def _complete(**values):
    return make_proposal(commitments=COMMITMENTS, **values)


@pytest.fixture
def open_assistant(qtbot, services, ask_store, catalog):
    holder = QWidget()
    qtbot.addWidget(holder)

    def opened(*proposals):
        for proposal in proposals:
            ask_store(lambda store, item=proposal: store.save(item, NOW))
        call = catalog.call(proposals[0].call)
        made = BundleDialog(services, proposals, call, print_set=False, parent=holder)
        made.show()
        qtbot.wait_signal(services.store.ask(lambda store: None).done).wait()
        form = made.inputs.sender_form
        form.show_sender(replace(form.value, signer_name="Trần Văn Ánh"))
        made.inputs.reason.setPlainText("Nộp trước, bổ sung sau")
        return made

    return opened


def _make(qtbot, services, assistant, target):
    services.ask.target = target
    with qtbot.waitSignal(assistant.frozen, timeout=30_000):
        assistant.findChild(QPushButton, "button:make").click()
    return zipfile.ZipFile(target)


def test_edited_letter_goes_into_the_bundle(qtbot, services, open_assistant, tmp_path):
    assistant = open_assistant(_complete())
    assistant.findChild(QPushButton, "button:letter").click()
    dialog = assistant.findChild(QDialog, "dialog:letter")
    subject = dialog.findChild(QLineEdit, "field:letter.subject")
    subject.end(False)
    type_text(subject, " (bổ sung)")
    with qtbot.waitSignal(dialog._view.documentChanged, timeout=10_000):
        dialog.refresh()
    dialog.accept()
    assert any("đã sửa" in child.text() for child in assistant.inputs.letters.findChildren(QLabel))
    archive = _make(qtbot, services, assistant, tmp_path / "bộ nộp.zip")
    letter = next(name for name in archive.namelist() if name.endswith("1-cong-van-de-xuat.docx"))
    with zipfile.ZipFile(io.BytesIO(archive.read(letter))) as parts:
        assert "(bổ sung)" in parts.read("word/document.xml").decode("utf-8")
    assistant.reject()


def test_long_texts_are_shown_from_their_beginning(qtbot, open_assistant):
    assistant = open_assistant(_complete())
    assistant.inputs.sender_form.show_sender(Sender("organization", "Công ty " + "Mê Kông " * 60))
    line = assistant.findChild(QLineEdit, "field:sender.name")
    assert line.cursorPosition() == 0
    assistant.findChild(QPushButton, "button:letter").click()
    dialog = assistant.findChild(QDialog, "dialog:letter")
    body = dialog.findChild(QTextEdit, "field:letter.body")
    assert body.textCursor().position() == 0
    assert body.verticalScrollBar().value() == 0
    dialog.reject()
    assistant.reject()


def test_edited_commitment_goes_into_the_bundle(open_assistant, services):
    assistant = open_assistant(_complete())
    assistant.findChild(QPushButton, "button:commitment").click()
    dialog = assistant.findChild(QDialog, "dialog:letter")
    dialog.findChild(QLineEdit, "field:letter.subject").setText("Cam kết đối ứng")
    dialog.accept()
    letters = assistant.inputs.letters.letters
    assert letters.letter is None
    assert [item.subject for item in letters.commitments[_complete().id]] == ["Cam kết đối ứng"]
    assistant.reject()


def test_photograph_of_the_signed_form_becomes_pdf(qtbot, services, open_assistant, tmp_path):
    scan = tmp_path / "bản ký Ánh.jpg"
    Image.new("RGB", (300, 400), "white").save(scan)
    assistant = open_assistant(_complete())
    services.ask.files = [scan]
    assistant.findChild(QPushButton, "button:scan").click()
    row = assistant.inputs.scans.rows[0]
    qtbot.waitUntil(lambda: not row.picture.pixmap().isNull(), timeout=10_000)
    assert row.picture.isVisible()
    archive = _make(qtbot, services, assistant, tmp_path / "bộ nộp.zip")
    signed = next(name for name in archive.namelist() if name.endswith("da-ky.pdf"))
    assert archive.read(signed).startswith(b"%PDF")
    assistant.reject()


def test_files_are_dropped_and_unfit_ones_refused_with_a_sentence(qtbot, open_assistant, tmp_path):
    assistant = open_assistant(_complete())
    for name in ("báo giá.pdf", "chạy.exe"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(tmp_path.glob("*.*"))])
    nothing = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    listed = assistant.findChild(QListWidget, "list:attachments")
    listed.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *nothing))
    qtbot.waitUntil(lambda: assistant.inputs.files.names == ("báo giá.pdf",), timeout=10_000)
    assert "chạy.exe" in assistant.notice.text
    assert "KB" in assistant.findChild(QLabel, "label:attachments-size").text()
    assistant.reject()


def test_checklist_ticks_what_is_there(open_assistant):
    assistant = open_assistant(_complete())
    text = assistant.findChild(QLabel, "label:checklist").text()
    assert "✓" in text
    assert "đã có" in text
    assert "15/2022/TT-BKHCN" in text  # the call itself misprints it
    assert "BKHHCN" not in text
    assistant.reject()


def test_checklist_says_which_papers_have_no_signed_scan(
    qtbot, open_assistant, ask_store, services, catalog
):
    proposal = make_proposal(commitments=[])
    assistant = open_assistant(proposal)
    listed = assistant.findChild(QLabel, "label:checklist")
    said = " ".join(shown.text() for shown in assistant.inputs.checklist.findChildren(QLabel))
    assert "«Bộ in ký…»" in said
    assert "đã có bản chương trình lập, chưa có bản quét đã ký" in listed.text()
    texts = [shown.text() for shown in assistant.findChildren(QLabel)]
    assert "Đủ các giấy tờ đợt này yêu cầu." not in texts
    for role in (SCAN, LETTER_SCANNED, SUMMARY_SCANNED):
        ask_store(lambda store, it=role: store.attach(proposal.id, it, f"{it}.pdf", b"%PDF", NOW))
    assistant.inputs.kept.load()
    qtbot.waitUntil(lambda: "chưa có bản quét" not in listed.text())
    texts = [shown.text() for shown in assistant.findChildren(QLabel)]
    assert "Đủ các giấy tờ đợt này yêu cầu." in texts
    assistant.reject()


@pytest.mark.parametrize("asked_before_signing", [True, False])
def test_what_is_done_before_signing_is_not_asked_at_the_hand_over(
    qtbot, services, catalog, asked_before_signing
):
    note = Note("prepare.condensed", {"count": 1, "columns": "Mục tiêu", "fields": "«Mục tiêu»"})
    card = HandOver(services)
    qtbot.addWidget(card)
    if asked_before_signing:
        card.show_papers((), (note,), 3)
    else:
        card.show_call(catalog.call("an-giang-2026"), NOW, (note,))
    said = card.findChild(QLabel, "label:hand-over").text()
    assert ("trước khi ký hãy ghi bản ngắn" in said) == asked_before_signing


def test_points_of_the_phieu_and_of_the_dossier_are_told_apart(qtbot, open_assistant):
    assistant = open_assistant(_complete())
    shown = assistant.findChild(QLabel, "label:open-findings")
    qtbot.waitUntil(lambda: "Cả hồ sơ còn" in shown.text(), timeout=10_000)
    of_form, of_dossier = shown.text().split("Cả hồ sơ còn 1 điểm cần xem lại:")
    assert of_form.startswith("Trong phiếu còn ")
    assert "Mục" in of_form
    assert "Bảng tổng hợp cần" in of_dossier
    assert "0 lỗi" not in shown.text()
    assistant.reject()


def test_several_in_their_rank(qtbot, services, open_assistant, tmp_path):
    first = _complete()
    second = replace(
        _complete(title="Đào tạo cán bộ năng suất tỉnh An Giang"),
        id=SECOND,
    )
    assistant = open_assistant(first, second)
    assistant.findChild(QListWidget, "list:rank").setCurrentRow(1)
    assistant.inputs.rank.up()
    archive = _make(qtbot, services, assistant, tmp_path / "bộ nộp.zip")
    manifest = json.loads(archive.read("manifest.json"))
    assert [item["id"] for item in manifest["proposals"]] == [second.id, first.id]
    assistant.reject()


def test_lists_of_several_are_numbered_and_grouped_in_their_rank(qtbot, open_assistant):
    """An enterprise that commits to both signs two papers; each stands below its phiếu."""
    first, second = _complete(title="Mô hình điểm"), replace(_complete(title="Đào tạo"), id=SECOND)
    assistant = open_assistant(first, second)

    def texts(widget):
        return [made.text() for made in widget.findChildren(QLabel) if made.text()]

    ranked = assistant.findChild(QListWidget, "list:rank")
    assistant.inputs.rank.down()
    assert [ranked.item(row).text() for row in (0, 1)] == ["1. Đào tạo", "2. Mô hình điểm"]
    letters = [row for row in assistant.inputs.letters._rows if isinstance(row, QLabel)]
    assert [row.text() for row in letters] == ["1. Đào tạo", "2. Mô hình điểm"]
    signed = [text for row in assistant.inputs.scans.rows for text in texts(row)[:1]]
    commitment = "Cam kết của Công ty Ánh Dương"
    assert signed[:4] == [
        "1. Phiếu đề xuất: Đào tạo",
        commitment,
        "2. Phiếu đề xuất: Mô hình điểm",
        commitment,
    ]
    rows = assistant.inputs.letters._rows
    looks = [row.findChild(QPushButton, "button:commitment") for row in rows]
    assert [made.accessibleName().rpartition(", ")[2] for made in looks if made] == [
        "1. Đào tạo",
        "2. Mô hình điểm",
    ]
    picks = [
        row.findChild(QPushButton, "button:commitment-scan") for row in assistant.inputs.scans.rows
    ]
    assert [made.accessibleName() for made in picks if made] == [
        f"Chọn bản quét của {commitment}, 1. Đào tạo",
        f"Chọn bản quét của {commitment}, 2. Mô hình điểm",
    ]
    assistant.reject()


def test_the_name_offered_for_several_tells_sender_call_and_number(
    services, open_assistant, monkeypatch
):
    offered = []
    monkeypatch.setattr(
        services.ask, "save_file", lambda _parent, _title, name, _kinds: offered.append(name)
    )
    assistant = open_assistant(_complete(), replace(_complete(), id=SECOND))
    form = assistant.inputs.sender_form
    form.show_sender(replace(form.value, name="Sở Công Thương An Giang"))
    assistant._on_go()
    [name] = offered
    assert Path(name).name == "bo-nop-so-cong-thuong-an-giang-an-giang-2026-2-phieu.zip"
    assistant.reject()


def test_stopped_work_writes_nothing(services, open_assistant, tmp_path):
    assistant = open_assistant(_complete())
    services.ask.target = tmp_path / "bộ nộp.zip"
    assistant.findChild(QPushButton, "button:make").click()
    assistant._on_stop()
    assert assistant.findChild(QWidget, "button:make").isEnabled()
    services.background.close()
    assert not services.ask.target.exists()
    assistant.reject()


def test_a_print_set_tells_how_far_it_is_and_stops_at_the_next_paper(catalog, tmp_path):
    told = []

    class Progress:
        cancelled = False

        def report(self, finished, total, text=""):
            told.append(finished)
            self.cancelled = finished == 2

    phieu = _complete()
    order = Order((phieu,), Sender(name="Công ty A"), tmp_path, print_set=True)
    target = tmp_path / "bộ in.pdf"
    with pytest.raises(Stopped):
        write_out(catalog, order, NOW, target, Progress())
    assert told == [0, 1, 2]
    assert not target.exists()


def test_the_printed_letter_lists_what_the_bundle_will_enclose(catalog, tmp_path):
    file = KeptFile("1", _complete().id, OWN_FILE, "khảo sát.pdf", "0" * 64, 9, 1, False)
    order = Order((_complete(),), Sender(name="Sở A"), tmp_path, enclosed=(file,), print_set=True)

    class Progress:
        cancelled = False

        def report(self, finished, total, text=""):
            pass

    order = replace(order, reason="thử")
    made = carry_out(catalog, order, NOW, Progress())
    pages = PdfReader(io.BytesIO(made.content)).pages
    assert "khảo sát.pdf" in " ".join(page.extract_text() for page in pages)


def test_samples_come_and_go_in_one_click(qtbot, window, ask_store):
    window.desk.take_sample()
    remove = window.proposals.actions_by_name["no-samples"]
    qtbot.waitUntil(remove.isVisible, timeout=20_000)
    window.show_page("proposals")
    remove.trigger()
    qtbot.waitUntil(lambda: not ask_store(lambda store: store.summaries()), timeout=10_000)
    qtbot.waitUntil(lambda: not remove.isVisible())


def test_a_commitment_without_a_name_is_missing_and_makes_no_letter(qtbot, open_assistant):
    assistant = open_assistant(make_proposal(commitments=[{"scope": ["co_fund"]}]))
    lines = assistant.findChild(QLabel, "label:checklist").text().splitlines()
    assert [line for line in lines if line.startswith("✗")]
    assert "còn thiếu tên doanh nghiệp" in "\n".join(lines)
    assert assistant.findChild(QPushButton, "button:commitment") is None
    standing = assistant.findChild(QLabel, "label:open-findings")
    qtbot.waitUntil(lambda: "chưa ghi tên doanh nghiệp" in standing.text())
    texts = [shown.text() for shown in assistant.findChildren(QLabel)]
    assert "Đủ các giấy tờ đợt này yêu cầu." not in texts


@pytest.mark.parametrize(("print_set", "begin"), [(False, "bo-nop-"), (True, "bo-in-ky-")])
def test_the_name_offered_tells_one_phieu_from_another(
    qtbot, services, catalog, monkeypatch, print_set, begin
):
    """Titles of one enterprise begin alike; the second bundle must not replace the first."""
    offered = []
    monkeypatch.setattr(
        services.ask, "save_file", lambda _parent, _title, name, _kinds: offered.append(name)
    )
    title = "Nâng cao năng suất, chất lượng sản phẩm, hàng hóa của doanh nghiệp tỉnh An Giang"
    for number in "12":
        proposal = make_proposal(title=f"{title} {number}")
        proposal = replace(proposal, id=number * 8 + proposal.id[8:])
        call = catalog.call(proposal.call)
        made = BundleDialog(services, (proposal,), call, print_set=print_set)
        qtbot.addWidget(made)
        made._on_go()
    assert len({Path(name).stem for name in offered}) == 2
    assert all(Path(name).name.startswith(begin) for name in offered)


def test_the_result_has_one_button_to_close(qtbot, services, open_assistant, tmp_path):
    assistant = open_assistant(_complete())
    _make(qtbot, services, assistant, tmp_path / "bộ nộp.zip").close()
    assert not assistant.notice.isHidden()
    shown = [made for made in assistant.findChildren(QPushButton) if made.isVisible()]
    assert [made.text().replace("&", "") for made in shown].count("Đóng") == 1
    assistant.reject()
