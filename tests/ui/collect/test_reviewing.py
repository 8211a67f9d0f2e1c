"""A reading beside its source: sections written anew, emptied, taken back; files kept by hand."""

import io

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ncs_desktop.domain.desk import Channel, Result
from ncs_desktop.domain.views import View
from ncs_desktop.ui.collect.cell_texts import ALIKE, RECEIVED
from ncs_desktop.ui.collect.file_lines import FileLine
from ncs_desktop.ui.collect.import_view import FilesView, fate, shortened
from ncs_desktop.work.prepare import form_files
from tests.ui.collect.test_officer_day import CALL, click, dialog, drop, settled, show
from tests.ui.conftest import NOW, bring_forward
from tests.work.test_collect import mail, put, task


def word_with_two_amounts(catalog):
    """A filled form whose total says one amount in figures and another in words."""
    content = form_files(catalog, task(7), ["docx"], draft=False)["docx"]
    document = docx.Document(io.BytesIO(content))
    line = next(item for item in document.paragraphs if "Bằng chữ" in item.text)
    before, _bracket, _words = line.text.partition("(")
    for run in line.runs[1:]:
        run.text = ""
    line.runs[0].text = f"{before}(Bằng chữ: Chín tỷ đồng)"
    document.paragraphs[0].insert_paragraph_before("Ghi chú ngoài mẫu của đơn vị gửi kèm.")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture
def opened(qtbot, page, tmp_path, catalog):
    drop(page, put(tmp_path, "đơn vị.docx", word_with_two_amounts(catalog)))
    settled(qtbot, page)
    page.files.list.setCurrentCell(0, 0)
    click(page, "review")
    return dialog(qtbot, page, "dialog:review")


def press(opened, name):
    opened.findChild(QPushButton, f"button:{name}").click()


def choose(opened, key):
    opened._select(key)


def test_the_first_doubtful_section_is_shown_and_one_of_two_amounts_is_taken(qtbot, page, opened):
    assert opened._key() == "budget.total"
    assert opened.fields.currentItem().text().startswith("✕ ")
    assert opened.proposal.get("budget.total") is None
    texts = [made.text() for made in opened.editor._choices]
    assert "Lấy 9.000.000.000 đồng" in texts
    opened.editor._choices[texts.index("Lấy 9.000.000.000 đồng")].click()
    assert opened.proposal.get("budget.total") == 9_000_000_000
    assert opened.fields.currentItem().text().startswith("✎ ")
    with qtbot.waitSignal(opened.reviewed, timeout=20_000):
        press(opened, "accept-review")
    settled(qtbot, page)
    assert page.model.entry(0).budget.total == 9_000_000_000


def test_what_is_still_to_be_compared_is_marked_and_found(qtbot, page, tmp_path, opened):
    opened.reject()
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    (waits,) = page.desk.data.doubtful
    row = page.model.row_of(waits)
    assert "cần đối chiếu" in page.model.index(row, ALIKE).data()
    assert page.pending.text.text().endswith("1 bản đọc từ Word cần đối chiếu.")
    page.head.want(View.DOUBTFUL)
    assert [entry.proposal_id for entry in page.model.shown_entries()] == [waits]
    page.head.want(View.ALL)
    page.select(task(1).id)
    page.pending.next.click()
    assert page.current.proposal_id == waits
    assert page.panel.currentWidget() is page.panel.findings
    qtbot.waitUntil(page.panel.findings._review.isVisible, timeout=20_000)
    page.panel.findings._review.click()
    again = dialog(qtbot, page, "dialog:review")
    with qtbot.waitSignal(again.reviewed, timeout=20_000):
        press(again, "accept-review")
    qtbot.waitUntil(lambda: "đối chiếu" not in page.pending.text.text(), timeout=20_000)
    assert "đối chiếu" not in page.model.index(page.model.row_of(waits), ALIKE).data()


def test_a_section_is_written_anew_and_taken_back(opened):
    choose(opened, "objectives")
    before = opened.proposal
    opened.editor.text.setPlainText("Mục tiêu do cán bộ chép lại từ bản giấy.")
    press(opened, "write-section")
    assert opened.proposal.get("objectives") == "Mục tiêu do cán bộ chép lại từ bản giấy."
    press(opened, "undo")
    assert opened.proposal == before
    assert not opened.findChild(QPushButton, "button:undo").isEnabled()
    opened.reject()


@pytest.mark.parametrize("name", ["undo", "reset"])
def test_a_button_that_rests_after_its_click_hands_the_focus_to_the_sections(qtbot, opened, name):
    choose(opened, "objectives")
    opened.editor.text.setPlainText("Mục tiêu do cán bộ chép lại từ bản giấy.")
    press(opened, "write-section")
    made = opened.findChild(QPushButton, f"button:{name}")
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert not made.isEnabled()
    qtbot.waitUntil(opened.fields.hasFocus)
    assert opened._key() == "objectives"
    opened.reject()


def test_ctrl_z_takes_a_section_back(qtbot, opened):
    choose(opened, "objectives")
    before = opened.proposal
    opened.editor.text.setPlainText("Mục tiêu do cán bộ chép lại từ bản giấy.")
    press(opened, "write-section")
    assert opened.proposal != before
    opened.fields.setFocus()
    qtbot.waitUntil(opened.fields.hasFocus)
    qtbot.keyClick(opened.fields, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.proposal == before)
    assert opened.fields.hasFocus()
    opened.reject()


def test_what_is_cleared_waits_among_what_is_not_placed(opened):
    choose(opened, "objectives")
    before, count = opened.editor.text.toPlainText(), opened.unplaced.count()
    press(opened, "clear-section")
    assert opened.proposal.get("objectives") is None
    assert opened._texts[-1] == before
    press(opened, "undo")
    assert opened.unplaced.count() == count
    opened.reject()


def test_what_was_typed_is_in_its_section_after_leaving_it(opened):
    choose(opened, "objectives")
    before = opened.proposal.get("objectives")
    opened.editor.text.setPlainText("Gõ rồi sang mục khác")
    choose(opened, "title")
    assert opened.proposal.get("objectives") == "Gõ rồi sang mục khác"
    choose(opened, "objectives")
    assert opened.editor.text.toPlainText() == "Gõ rồi sang mục khác"
    assert opened.fields.currentItem().text().startswith("✎ ")
    press(opened, "undo")
    assert opened.proposal.get("objectives") == before
    opened.reject()


def test_what_was_typed_is_part_of_what_is_accepted(qtbot, page, opened, ask_store):
    choose(opened, "objectives")
    opened.editor.text.setPlainText("Chưa bấm ghi")
    with qtbot.waitSignal(opened.reviewed, timeout=20_000):
        press(opened, "accept-review")
    settled(qtbot, page)
    proposal_id = page.model.entry(0).proposal_id
    counted = ask_store(lambda store: store.desk.counted(CALL, proposal_id))
    assert counted.plain("objectives") == "Chưa bấm ghi"


def test_words_that_are_no_amount_wait_beside_their_section(opened):
    choose(opened, "budget.total")
    opened.editor.text.setPlainText("khoảng vài tỷ")
    choose(opened, "title")
    assert opened.proposal.get("budget.total") is None
    press(opened, "accept-review")
    assert opened.isVisible()
    assert opened._key() == "budget.total"
    assert opened.editor.text.toPlainText() == "khoảng vài tỷ"
    assert "chưa ghi được" in opened.notice.text
    opened.reject()


@pytest.mark.parametrize("way", ["closed", "typing"])
def test_what_was_typed_is_there_when_the_review_is_opened_again(qtbot, page, opened, way):
    choose(opened, "objectives")
    opened.editor.text.setPlainText("Gõ dở")
    if way == "closed":
        opened.reject()
    else:
        with qtbot.waitSignal(opened.editor.typed, timeout=5_000):
            pass
        opened.setObjectName("")
        opened.hide()
    opened.setObjectName("")
    settled(qtbot, page)
    click(page, "review")
    again = dialog(qtbot, page, "dialog:review")
    choose(again, "objectives")
    assert again.editor.text.toPlainText() == "Gõ dở"
    press(again, "reset")
    assert again.proposal == again._first
    again.reject()


def test_an_amount_taken_that_stood_there_already_is_confirmed(opened):
    choose(opened, "budget.total")
    opened.editor.wanted.emit("9.000.000.000 đồng")
    opened._first = opened.fields._first = opened.proposal
    opened._draft = opened._untouched
    opened._show_fields()
    assert opened.fields.currentItem().text().startswith("✕ ")
    opened.editor.wanted.emit("9.000.000.000 đồng")
    assert opened.fields.currentItem().text().startswith("✎ ")
    assert "→" not in opened.fields.currentItem().text()
    opened.reject()


def test_an_amount_that_is_none_is_refused_in_words(opened):
    choose(opened, "budget.total")
    opened.editor.text.setPlainText("khoảng vài tỷ")
    press(opened, "write-section")
    assert opened.notice.isVisible()
    assert opened.proposal.get("budget.total") is None
    opened.reject()


def test_the_original_opens_as_a_copy(opened, services):
    shown = []
    services.open_path = shown.append
    press(opened, "open-original")
    assert shown[0].name == "đơn vị.docx"
    assert shown[0].read_bytes() == opened._reading.original
    assert shown[0].is_relative_to(services.store.path.parent)
    press(opened, "open-original")
    assert shown[1].name == shown[0].name
    assert shown[1] != shown[0]
    opened.reject()
    services.close()
    assert not shown[0].exists()
    assert not shown[1].exists()


def test_an_original_that_cannot_be_copied_is_said(opened, services):
    (services.store.path.parent / "shown").write_bytes(b"")
    press(opened, "open-original")
    assert opened.notice.isVisible()
    opened.reject()


def test_a_reviewed_reading_can_be_opened_again(qtbot, page, opened):
    with qtbot.waitSignal(opened.reviewed, timeout=20_000):
        press(opened, "accept-review")
    settled(qtbot, page)
    show(qtbot, page, page.model.entry(0).proposal_id)
    again = page.panel.findings._review
    assert again.isVisibleTo(page.panel.findings)
    again.click()
    dialog(qtbot, page, "dialog:review").reject()


@pytest.mark.parametrize("inside", [False, True])
def test_a_scan_is_kept_beside_an_empty_phieu(qtbot, page, tmp_path, inside):
    scan = b"%PDF-1.4 scan"
    path = (
        put(tmp_path, "thư.eml", mail(("phiếu ký.pdf", scan)))
        if inside
        else put(tmp_path, "phiếu ký.pdf", scan)
    )
    drop(page, path)
    settled(qtbot, page)
    assert page.files.list.item(0, 0).text() == "Không nhận"
    page.files.list.setCurrentCell(0, 0)
    click(page, "keep-file")
    settled(qtbot, page)
    assert page.files.list.item(0, 0).text() == "Mới, cần đối chiếu"
    assert [entry.title for entry in page.model.shown_entries()] == ["phiếu ký"]
    page.files.list.setCurrentCell(0, 0)
    click(page, "review")
    opened = dialog(qtbot, page, "dialog:review")
    assert opened._reading.original == scan
    choose(opened, "title")
    opened.editor.text.setPlainText("Mô hình điểm từ bản giấy")
    press(opened, "write-section")
    with qtbot.waitSignal(opened.reviewed, timeout=20_000):
        press(opened, "accept-review")
    settled(qtbot, page)
    assert [entry.title for entry in page.model.shown_entries()] == ["Mô hình điểm từ bản giấy"]
    drop(page, put(tmp_path, "lại.pdf", scan))
    settled(qtbot, page)
    assert page.model.total_count == 1


def test_failures_come_first_and_the_counts_tell_them_apart(qtbot, messages):
    view = FilesView(messages)
    qtbot.addWidget(view)
    long = "Lời giải thích " * 30
    view.begin(NOW)
    view.add(
        [
            FileLine("a.json", Result.NEW, ""),
            FileLine("b.json", Result.SAME, ""),
            FileLine("c.docx", Result.NEW, long, "r1"),
            FileLine("d.pdf", Result.REJECTED, "Là PDF."),
            FileLine("e.zip", Result.REJECTED, "Hỏng.", damaged=True),
            FileLine("f.json", Result.UPDATED, ""),
        ]
    )
    qtbot.waitUntil(lambda: not view._slices.busy)
    names = [view.list.item(row, 1).text() for row in range(6)]
    assert names == ["e.zip", "d.pdf", "c.docx", "f.json", "a.json", "b.json"]
    assert view.summary == (
        "6 tệp: 1 mới, 1 mới cần đối chiếu, 1 bản mới của phiếu đã có, 1 đã có, 1 không nhận,"
        " 1 không đọc được."
    )
    assert view.list.item(2, 2).text() == shortened(long)
    view.list.setCurrentCell(2, 0)
    assert view._whole.toPlainText() == long
    view.reviewed("r1")
    assert view.list.findItems("Mới, đã đối chiếu", Qt.MatchFlag.MatchExactly)
    assert [fate(view._line(row)) for row in range(6)].count("doubtful") == 0


def test_the_time_of_receipt_is_asked_once_for_all_that_tell_none(qtbot, page, tmp_path):
    folder = tmp_path / "n"
    folder.mkdir()
    for number in (1, 2):
        put(folder, f"{number}.json", task(number))
    put(folder, "thư.eml", mail(("p.json", put(tmp_path, "x", task(3)).read_bytes())))
    drop(page, folder)
    settled(qtbot, page)
    asks = page.findChild(QPushButton, "button:received-of-files")
    assert asks.text() == "Ghi ngày giờ nhận (2)…"
    channels = {entry.proposal_id: entry.channel for entry in page.model.shown_entries()}
    assert channels[task(3).id] is Channel.EMAIL
    asks.click()
    asked = dialog(qtbot, page, "dialog:received")
    asked.moment.setText("23:59 09/08/2025")
    assert "trước ngày 10 tháng 8 năm 2025" in asked.lateness.text()
    assert "trong hạn" in asked.lateness.text()
    asked.moment.setText("00:00 10/08/2025")
    assert "quá hạn" in asked.lateness.text()
    asked.channel.setCurrentIndex(asked.channel.findData(Channel.PAPER))
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        asked.accept()
    late = {entry.proposal_id: entry.received_at for entry in page.model.shown_entries()}
    assert late[task(1).id] == late[task(2).id] != late[task(3).id]
    assert (asks.text(), asks.isEnabled()) == ("Ghi ngày giờ nhận…", False)
    assert page.notice.text == "Đã ghi thời điểm nhận của 2 phiếu."
    show(qtbot, page, task(1).id)
    sources = page.panel.findings._from
    qtbot.waitUntil(lambda: "Đã ghi nhận lúc: 00:00 10/08/2025" in sources.text())
    assert "chưa rõ" not in sources.text()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        next(made for made in page.notice._buttons if made.text() == "Hoàn tác").click()
    assert asks.text() == "Ghi ngày giờ nhận (2)…"
    qtbot.waitUntil(lambda: "(chưa rõ thời điểm nhận)" in sources.text())


def test_how_files_came_is_said_once_and_shown_wherever_the_time_is(qtbot, page, tmp_path):
    folder = tmp_path / "n"
    folder.mkdir()
    for number in (1, 2):
        put(folder, f"{number}.json", task(number))
    put(folder, "thư.eml", mail(("p.json", put(tmp_path, "x", task(3)).read_bytes())))
    drop(page, folder)
    settled(qtbot, page)
    choice = page.files.channels
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        choice.setCurrentIndex(choice.findData(Channel.PAPER))
        choice.activated.emit(choice.currentIndex())
    told = {
        page.model.entry(row).proposal_id: page.model.index(row, RECEIVED).data()
        for row in range(3)
    }
    assert told[task(1).id] == told[task(2).id] == "chưa rõ · giấy"
    assert " · thư" in told[task(3).id]
    show(qtbot, page, task(1).id)
    qtbot.waitUntil(
        lambda: "Nhận bằng: Bản giấy" in "".join(page.panel.findings._sources(page.panel._detail))
    )
    page.desk.deeds.take_back()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        pass
    assert page.model.find_entry(task(1).id).channel is Channel.OTHER


def test_after_writing_the_keyboard_is_in_the_text_and_clears_nothing(qtbot, opened):
    bring_forward(qtbot, opened)
    choose(opened, "objectives")
    opened.editor.text.setPlainText("Mục tiêu chép lại từ bản giấy.")
    write = opened.findChild(QPushButton, "button:write-section")
    write.setFocus()
    qtbot.keyClick(write, Qt.Key.Key_Space)
    assert opened.proposal.get("objectives") == "Mục tiêu chép lại từ bản giấy."
    assert opened.focusWidget() is opened.editor.text
    opened.reject()
