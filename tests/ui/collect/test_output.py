"""What leaves the desk: told in full, also where one of the papers could not be made."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ncs_desktop.domain.desk import Order
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.ui.collect.jobs import Output, write_output
from ncs_desktop.ui.collect.output_dialog import OutputDialog
from tests.ui.collect.test_officer_day import dialog, drop, settled, show
from tests.work.test_collect import PDF, mail, put, task


@pytest.fixture
def filled(qtbot, page, tmp_path, services):
    drop(page, put(tmp_path, "1.json", task(1, contact_phone="12")))
    settled(qtbot, page)
    services.ask.target = tmp_path / "Kết quả"
    return page


def opened(qtbot, page):
    page.bar.commands["export-table"].trigger()
    return dialog(qtbot, page, "dialog:output")


def test_without_a_reason_no_folder_is_asked_for(qtbot, filled, services):
    asked = opened(qtbot, filled)
    asked.boxes["dossier"].setChecked(True)
    folders = []
    services.ask.folder = lambda *asking: folders.append(asking)
    asked.findChild(QPushButton, "button:write").click()
    assert "hãy ghi lý do vẫn gửi" in asked.notice.text
    assert asked.go.isEnabled()
    qtbot.waitUntil(asked.reason.hasFocus)
    assert folders == []
    asked.reason.setPlainText("Bộ đã đồng ý")
    asked.findChild(QPushButton, "button:write").click()
    assert len(folders) == 1
    asked.reject()


def test_what_stops_the_dossier_is_counted_and_the_rest_is_written(
    qtbot, filled, services, monkeypatch
):
    """Errors that nobody knew of before the dossier was made."""
    monkeypatch.setattr(OutputDialog, "_has_errors", False)
    shown = []
    services.open_path = shown.append
    asked = opened(qtbot, filled)
    asked.boxes["dossier"].setChecked(True)
    asked.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: "Chưa lập hồ sơ" in asked.notice.text, timeout=60_000)
    assert "Đã xuất" in asked.notice.text
    assert "lỗi" in asked.notice.text
    assert asked.reason.isVisible()
    next(made for made in asked.notice._buttons if made.text() == "Mở thư mục").click()
    assert shown == [services.ask.target]
    names = {path.name for path in services.ask.target.iterdir()}
    assert "bang-tong-hop.xlsx" in names
    assert "ho-so-tong-hop.zip" not in names
    asked.reject()


def test_the_sender_is_asked_once(qtbot, filled):
    asked = opened(qtbot, filled)
    assert asked.sender_form.isVisible()
    name = asked.sender_form.findChild(QWidget, "field:sender.signer_name")
    name.setText("Lê Văn Sở")
    assert "tệp dữ liệu" in asked.boxes["report"].text()
    assert "report.json" in asked.boxes["report"].accessibleDescription()
    asked.boxes["report"].setChecked(False)
    asked.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: "Đã xuất" in asked.notice.text, timeout=60_000)
    asked.reject()
    settled(qtbot, filled)
    qtbot.waitUntil(lambda: filled.findChild(QWidget, "dialog:output") is None)
    again = opened(qtbot, filled)
    assert not again.sender_form.isVisible()
    assert "Lê Văn Sở" in again._known_text.text()
    again.findChild(QPushButton, "button:change-sender").click()
    assert again.sender_form.isVisible()
    again.reject()


def test_one_paper_that_cannot_be_written_stops_no_other(tmp_path, catalog, messages, ask_store):
    class Context:
        stopped = False

        def __init__(self, store):
            self.store, self.catalog, self.messages = store, catalog, messages

        def tell(self, *told):
            pass

    def write(store):
        from datetime import UTC, datetime

        from ncs_desktop.domain.desk import Act

        act = Act("", datetime(2025, 8, 5, tzinfo=UTC))
        output = Output("an-giang-2026", tmp_path / "ra", act, table=True, trail=True)
        return write_output(output, Context(store))

    written = ask_store(write)
    assert [path.name for path in written.paths] == ["nhat-ky-xu-ly.xlsx"]
    assert len(written.failed) == 1
    assert "Chưa có phiếu nào" in written.failed[0]


def test_the_trail_holds_every_export(filled, tmp_path, ask_store):
    class Context:
        catalog, messages, stopped = (
            filled.desk.services.catalog,
            filled.desk.services.messages,
            False,
        )

        def __init__(self, store):
            self.store = store

        def tell(self, *told):
            pass

    def write(store):
        output = Output("an-giang-2026", tmp_path, filled.desk.act(), report=True, trail=True)
        return write_output(output, Context(store))

    assert not ask_store(write).failed
    *_, reported, trail = ask_store(lambda store: store.desk.trail())
    assert (reported.action, trail.action) == ("reported", "trail_exported")
    assert reported.detail["files"] == ("ket-qua-nhap.xlsx", "report.json")


def test_what_a_dossier_has_no_room_for_is_told_beside_it(
    qtbot, filled, tmp_path, ask_store, monkeypatch
):
    monkeypatch.setattr("ncs_desktop.work.forwarding.TOTAL_LIMIT", len(PDF) - 1)
    files = ("2.json", write_proposal(task(2))), ("ban ky.pdf", PDF)
    drop(filled, put(tmp_path, "thu.eml", mail(*files)))
    settled(qtbot, filled)

    class Context:
        catalog, messages, stopped = (
            filled.desk.services.catalog,
            filled.desk.services.messages,
            False,
        )

        def __init__(self, store):
            self.store = store

        def tell(self, *told):
            pass

    def write(store):
        act = replace(filled.desk.act(), why="Đã rà soát")
        output = Output("an-giang-2026", tmp_path / "ra", act, table=False, dossier=True)
        return write_output(output, Context(store))

    written = ask_store(write)
    assert [path.name for path in written.paths] == ["ho-so-tong-hop.zip"]
    assert written.errors == ()
    [told] = written.failed
    assert told.endswith("chưa có 1 tệp đi kèm phiếu, hãy gửi riêng: ban ky.pdf.")


def test_a_request_begins_with_the_errors_where_nothing_is_ticked(qtbot, filled):
    show(qtbot, filled, task(1).id)
    filled.bar.commands["supplement"].trigger()
    asked = dialog(qtbot, filled, "dialog:supplement")
    assert [point.code for point in asked.wanted]
    assert any("iện thoại" in point.words for point in asked.wanted)
    asked.reject()


def test_a_cell_of_the_matrix_leads_to_its_finding(qtbot, filled):
    filled.tabs.setCurrentWidget(filled.matrix)
    model = filled.matrix.model
    worst = model.index(0, 2)
    assert model.index(0, 0).data() == "1"
    assert model.index(0, 1).data() == f"{task(1).title}\n{filled.model.entry(0).proposer_name}"
    assert worst.data() == "✕"
    filled.matrix._on_activated(worst)
    show(qtbot, filled, task(1).id)
    findings = filled.panel.findings
    assert filled.panel.currentWidget() is findings
    chosen = findings.list.currentItem().data(Qt.ItemDataRole.UserRole)
    assert chosen.code == model.code(worst)


def test_the_start_card_leads_to_an_empty_desk_that_says_what_to_do(qtbot, window):
    window.findChild(QWidget, "button:start-collect").click()
    found = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(found.empty.isVisible, timeout=10_000)
    assert not found.notice.isVisible()
    assert not found.pending.isVisible()
    assert not found.strip.isVisible()


def press(notice, name):
    next(made for made in notice._buttons if made.text() == name).click()


def test_a_paper_that_is_held_goes_into_another_folder_and_the_others_stay(
    qtbot, filled, services, tmp_path
):
    first, other = tmp_path / "Kết quả", tmp_path / "Chỗ khác"
    (first / "ket-qua-nhap.xlsx").mkdir(parents=True)
    asked = opened(qtbot, filled)
    asked.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: "Đã xuất 3 tệp" in asked.notice.text, timeout=60_000)
    assert (first / "bang-tong-hop.xlsx").is_file()
    services.ask.target = other
    press(asked.notice, "Chọn thư mục khác…")
    qtbot.waitUntil(lambda: "Đã xuất 2 tệp" in asked.notice.text, timeout=60_000)
    assert sorted(path.name for path in other.iterdir()) == ["ket-qua-nhap.xlsx", "report.json"]
    asked.reject()


def test_a_second_export_keeps_what_somebody_wrote_into_the_first(qtbot, filled, services):
    asked = opened(qtbot, filled)
    asked.boxes["report"].setChecked(False)
    go = asked.findChild(QPushButton, "button:write")
    go.click()
    qtbot.waitUntil(lambda: "Đã xuất 3 tệp" in asked.notice.text, timeout=60_000)
    assert "bản trước" not in asked.notice.text
    table = services.ask.target / "bang-tong-hop.docx"
    for mine, aside in ((b"mine", "bản trước"), (b"later", "bản trước 2")):
        table.write_bytes(mine)
        go.click()
        name = f"bang-tong-hop ({aside}).docx"
        qtbot.waitUntil(lambda name=name: name in asked.notice.text, timeout=60_000)
        assert "Đã xuất 3 tệp" in asked.notice.text
        assert (services.ask.target / name).read_bytes() == mine
        assert table.read_bytes() != mine
    asked.reject()


def test_a_folder_that_cannot_be_made_is_chosen_again(qtbot, filled, services, tmp_path):
    (tmp_path / "tệp").write_text("không phải thư mục", encoding="utf-8")
    services.ask.target = tmp_path / "tệp"
    asked = opened(qtbot, filled)
    asked.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: asked.go.isEnabled() and bool(asked.notice.text), timeout=60_000)
    services.ask.target = tmp_path / "Kết quả"
    press(asked.notice, "Chọn thư mục khác…")
    qtbot.waitUntil(lambda: "Đã xuất" in asked.notice.text, timeout=60_000)
    assert (services.ask.target / "bang-tong-hop.xlsx").is_file()
    asked.reject()


def test_a_request_that_cannot_be_written_is_offered_another_folder(
    qtbot, filled, services, tmp_path
):
    show(qtbot, filled, task(1).id)
    filled.bar.commands["supplement"].trigger()
    asked = dialog(qtbot, filled, "dialog:supplement")
    go = asked.findChild(QPushButton, "button:issue")
    qtbot.waitUntil(go.isEnabled, timeout=20_000)
    (tmp_path / "tệp").write_text("không phải thư mục", encoding="utf-8")
    services.ask.target = tmp_path / "tệp"
    go.click()
    qtbot.waitUntil(lambda: bool(asked.notice.text), timeout=20_000)
    assert go.isEnabled()
    services.ask.target = tmp_path / "Gửi đơn vị"
    with qtbot.waitSignal(asked.issued, timeout=20_000):
        press(asked.notice, "Chọn thư mục khác…")
    assert len(list(services.ask.target.iterdir())) == 3
    asked.reject()


def test_the_paper_is_chosen_and_remembered(qtbot, filled, services):
    import pypdf

    asked = opened(qtbot, filled)
    assert asked.paper.currentData() == "A4"
    asked.paper.setCurrentIndex(asked.paper.findData("A3"))
    asked.boxes["report"].setChecked(False)
    asked.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: "Đã xuất" in asked.notice.text, timeout=60_000)
    asked.reject()
    page = pypdf.PdfReader(services.ask.target / "bang-tong-hop.pdf").pages[0]
    assert round(page.mediabox.width) == 1191
    settled(qtbot, filled)
    qtbot.waitUntil(lambda: filled.findChild(QWidget, "dialog:output") is None)
    again = opened(qtbot, filled)
    assert again.paper.currentData() == "A3"
    again.reject()


def test_the_reason_to_send_with_errors_is_asked_before_a_folder_is(qtbot, filled):
    filled.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, filled, "dialog:output")
    assert not opened.reason.isVisible()
    boxes = list(opened.boxes.values())
    places = [box.mapTo(opened, box.rect().topLeft()) for box in boxes]
    opened.boxes["dossier"].setChecked(True)
    qtbot.waitUntil(lambda: opened.reason.height() > 2 * opened.fontMetrics().lineSpacing())
    assert [box.mapTo(opened, box.rect().topLeft()) for box in boxes] == places
    assert opened.reason.isVisible()
    place = opened.reason.mapTo(opened, opened.reason.rect().topLeft())
    assert opened.rect().contains(opened.reason.rect().translated(place))
    opened.boxes["dossier"].setChecked(False)
    assert not opened.reason.isVisible()
    opened.reject()


def test_what_the_council_has_not_placed_is_told_where_its_order_is_chosen(qtbot, filled):
    filled.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, filled, "dialog:output")
    assert not opened.unranked.isVisible()
    opened.order.setCurrentIndex(opened.order.findData(Order.COUNCIL))
    assert opened.unranked.isVisible()
    assert opened.unranked.text().startswith("1/1 phiếu chưa có thứ tự của hội đồng")
    opened.reject()
