"""The officer's day in the window: from a folder of mixed files to the dossier for the Ministry."""

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QTableWidget, QWidget

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.desk import Status
from ncs_desktop.exchange.bundle import read_bundle
from ncs_desktop.ui.collect.cell_texts import RANK, RECEIVED, STATUS, TITLE
from ncs_desktop.ui.collect.received_dialog import parse_moment
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.desk_papers import order_lines
from ncs_desktop.work.prepare import form_files
from ncs_desktop.work.supplement import open_request
from tests.ui.conftest import NOW
from tests.work.hostile import hostile_files
from tests.work.test_collect import mail, put, task
from tests.work.test_desk import SENDER

CALL = "an-giang-2026"
BROKEN = ("cut.zip", "sai-crc.zip", "dtd-utf16.docx", "sai-kieu.json", "anh.jpg", "trong.json")


def noted_word(catalog, number, note):
    """A filled Word form with a line of its own before it, which fits into no section."""
    content = form_files(catalog, task(number), ["docx"], draft=False)["docx"]
    document = docx.Document(io.BytesIO(content))
    document.paragraphs[0].insert_paragraph_before(note)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture
def inbox(tmp_path, catalog):
    """Sixty mixed files, six of them broken, two of low confidence, one sent again."""
    folder = tmp_path / "Hồ sơ đã nhận"
    inner = folder / "Đợt 2"
    inner.mkdir(parents=True)
    put(folder, "phiếu 001.json", task(1, contact_phone="12"))
    for number in range(2, 47):
        put(folder, f"phiếu {number:03}.json", task(number))
    put(folder, "phiếu 2 gửi lại.json", task(2, revision=2, title="Nhiệm vụ số 2, đã sửa"))
    put(inner, "thư.eml", mail(("phieu.json", put(tmp_path, "x", task(50)).read_bytes())))
    put(inner, "trùng.json", (folder / "phiếu 003.json").read_bytes())
    for number in (51, 52):
        word = noted_word(catalog, number, f"Ghi chú ngoài mẫu số {number} của đơn vị gửi kèm.")
        put(inner, f"phiếu {number}.docx", word)
    for number in (60, 61, 62):
        made = make_bundle(catalog, [task(number)], CALL, SENDER, [], now=NOW, allow_errors="Đủ")
        put(inner, f"bộ nộp {number}.zip", made.content)
    broken = hostile_files()
    for name in BROKEN:
        put(inner, name, broken[name][0])
    assert sum(path.is_file() for path in folder.rglob("*")) == 60
    return folder


def drop(page, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def settled(qtbot, page):
    """Wait until nothing is being done and the side panel shows the current line."""
    qtbot.waitUntil(lambda: page.desk.job is None, timeout=90_000)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.desk.refresh()


def numbered(*numbers, **values):
    """Return a file of one phiếu by its name for each of ``numbers``."""
    return {f"{number}.json": task(number, **values) for number in numbers}


def take_in(qtbot, page, tmp_path, files):
    """Drop a folder with ``files``, and wait until all is settled."""
    folder = tmp_path / "n"
    folder.mkdir()
    for name, proposal in files.items():
        put(folder, name, proposal)
    drop(page, folder)
    settled(qtbot, page)


def give_keys_to_table(qtbot, page):
    page.tabs.setCurrentWidget(page.table)
    page.window().activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)


def click(page, name):
    page.findChild(QPushButton, f"button:{name}").click()


def show(qtbot, page, proposal_id):
    """Choose a phiếu and wait for everything beside it."""
    page.select(proposal_id)

    def is_shown():
        detail = page.panel._detail
        entry = page.model.find_entry(proposal_id)
        assert detail is not None
        assert detail.entry == entry

    qtbot.waitUntil(is_shown, timeout=15_000)


def dialog(qtbot, page, name):
    qtbot.waitUntil(lambda: page.findChild(QDialog, name) is not None, timeout=30_000)
    return page.findChild(QDialog, name)


def cells(page, column):
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def test_the_whole_day(qtbot, page, services, ask_store, inbox, tmp_path, catalog):
    drop(page, inbox)
    settled(qtbot, page)
    results = [page.files.list.item(row, 0).text() for row in range(page.files.list.rowCount())]
    assert set(results[:6]) == {"Không đọc được", "Không nhận"}
    assert not {"Không đọc được", "Không nhận"} & set(results[6:])
    assert page.model.total_count == 52
    review(qtbot, page)
    resubmission(qtbot, page, ask_store)
    ranking(qtbot, page, services, ask_store)
    supplement(qtbot, page, services, ask_store, tmp_path, catalog)
    outputs(qtbot, page, services, ask_store, tmp_path, catalog)


def review(qtbot, page):
    rows = page.files.list.rowCount()
    names = [page.files.list.item(row, 0).text() for row in range(rows)]
    assert names.count("Mới, cần đối chiếu") == 2
    for number in range(2):
        doubtful = page.files.list.findItems("cần đối chiếu", Qt.MatchFlag.MatchContains)
        page.files.list.setCurrentItem(doubtful[0])
        click(page, "review")
        opened = dialog(qtbot, page, "dialog:review")
        unplaced = opened.findChild(QListWidget, "list:unplaced")
        noted = unplaced.findItems("Ghi chú ngoài mẫu", Qt.MatchFlag.MatchContains)
        assert len(noted) == 1
        unplaced.setCurrentItem(noted[0])
        if number == 0:
            target = opened.findChild(QWidget, "field:target")
            target.setCurrentIndex(target.findData("application_sites"))
            opened.findChild(QPushButton, "button:put").click()
            assert not unplaced.findItems("Ghi chú ngoài mẫu", Qt.MatchFlag.MatchContains)
            text = opened.proposal.blocks("application_sites")
            assert "Ghi chú ngoài mẫu" in str(text)
        with qtbot.waitSignal(opened.reviewed, timeout=20_000):
            opened.findChild(QPushButton, "button:accept-review").click()
        qtbot.waitUntil(lambda: page.findChild(QDialog, "dialog:review") is None)
    assert not page.files.list.findItems("cần đối chiếu", Qt.MatchFlag.MatchContains)


def resubmission(qtbot, page, ask_store):
    settled(qtbot, page)
    waiting = [entry for entry in page.model.shown_entries() if entry.resubmitted]
    assert [entry.proposal_id for entry in waiting] == [task(2).id]
    show(qtbot, page, task(2).id)
    assert "đã sửa" in page.panel.compare.view.toPlainText()
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        click(page, "take-new")
    entry = page.model.find_entry(task(2).id)
    assert (entry.revision, entry.resubmitted) == (2, False)


def ranking(qtbot, page, services, ask_store):
    give_keys_to_table(qtbot, page)
    page.table.selectRow(4)
    chosen = page.model.entry(4).proposal_id
    for _ in range(4):
        qtbot.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.model.entry(0).proposal_id == chosen
    assert cells(page, RANK)[:3] == ["1", "2", "3"]
    services.ask.why = "Đúng ưu tiên của tỉnh"
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        qtbot.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert ask_store(lambda store: store.desk.entries(CALL))[0].proposal_id == chosen
    page.bar.orders.setCurrentIndex(1)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.commands["adopt-order"].trigger()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.orders.setCurrentIndex(0)
    lines = ask_store(lambda store: order_lines(store.desk, Catalog.load(), CALL))
    assert (lines[0].rank, lines[0].council_rank) == (1, 2)
    assert lines[0].reason == "Đúng ưu tiên của tỉnh"


def supplement(qtbot, page, services, ask_store, tmp_path, catalog):
    show(qtbot, page, task(1).id)
    found = page.panel.findings.list
    phone = next(row for row in range(found.count()) if "iện thoại" in found.item(row).text())
    found.item(phone).setCheckState(Qt.CheckState.Checked)
    click(page, "supplement")
    asked = dialog(qtbot, page, "dialog:supplement")
    go = asked.findChild(QPushButton, "button:issue")
    qtbot.waitUntil(go.isEnabled, timeout=20_000)
    services.ask.target = tmp_path / "Gửi đơn vị"
    with qtbot.waitSignal(asked.issued, timeout=20_000):
        go.click()
    asked.reject()
    request = next(services.ask.target.glob("*.ncs"))
    opened = ask_store(lambda store: open_request(request, store, catalog))
    answer = opened.proposal.with_value("contact_phone", "0296 3852 123")
    back = put(tmp_path, "trả lời.json", replace(answer, revision=2))
    drop(page, back)
    settled(qtbot, page)
    assert page.model.find_entry(task(1).id).status is Status.NEEDS_SUPPLEMENT
    show(qtbot, page, task(1).id)
    points = page.findChild(QListWidget, "list:points")
    texts = [points.item(row).text() for row in range(points.count())]
    assert any(text.startswith("✓ Đã đáp ứng") for text in texts), texts
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        click(page, "take-new")
    page.select(task(1).id)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.bar.commands["status-passed"].trigger()
    row = page.model.row_of(task(1).id)
    assert page.model.index(row, STATUS).data() == "Đạt"


def outputs(qtbot, page, services, ask_store, tmp_path, catalog):
    services.ask.target = tmp_path / "Kết quả"
    page.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, page, "dialog:output")
    for box in opened.boxes.values():
        box.setChecked(True)
    opened.reason.setPlainText("Đã thống nhất với các đơn vị")
    opened.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: "Đã xuất" in opened.notice.text, timeout=120_000)
    opened.reject()
    names = {path.name for path in services.ask.target.iterdir()}
    assert names == {
        "bang-tong-hop.xlsx",
        "bang-tong-hop.docx",
        "bang-tong-hop.pdf",
        "ket-qua-nhap.xlsx",
        "report.json",
        "ho-so-tong-hop.zip",
        "nhat-ky-xu-ly.xlsx",
    }
    book = openpyxl.load_workbook(services.ask.target / "bang-tong-hop.xlsx")
    assert "Thứ tự và lý do" in book.sheetnames
    content = (services.ask.target / "ho-so-tong-hop.zip").read_bytes()
    assert len(read_bundle(content, "x.zip").manifest.proposals) == 52
    sums = page.sums.findChild(QWidget, "label:totals").text()
    budgets = [entry.budget.total for entry in page.model.shown_entries() if entry.counted]
    assert "52 phiếu" in sums
    assert page.desk.data.totals.budget.total == sum(budgets)
    actions = {row.action for row in ask_store(lambda store: store.desk.trail(CALL))}
    assert {"received", "reviewed", "settled", "ranked", "supplement_asked", "status"} <= actions


def test_nothing_can_be_lost_by_stopping(qtbot, page, inbox):
    drop(page, inbox)
    qtbot.waitUntil(lambda: page.files.list.rowCount() >= 3, timeout=30_000)
    click(page, "stop")
    qtbot.waitUntil(lambda: page.desk.job is None, timeout=30_000)
    settled(qtbot, page)
    part = page.model.total_count
    assert 0 < part < 52
    drop(page, inbox)
    settled(qtbot, page)
    assert page.model.total_count == 52


def test_filter_ignores_marks_and_ranks_within_what_is_shown(qtbot, page, tmp_path, ask_store):
    take_in(
        qtbot,
        page,
        tmp_path,
        {
            f"{number}.json": task(number, title=name)
            for number, name in enumerate(
                ("Mía đường", "Lúa gạo", "Mía tím", "Cá tra", "Mía lau"), 1
            )
        },
    )
    page.filter.setText("mia")
    assert cells(page, TITLE) == ["Mía đường", "Mía tím", "Mía lau"]
    page.tabs.setCurrentWidget(page.table)
    page.table.setFocus()
    page.table.selectRow(2)
    qtbot.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert cells(page, TITLE) == ["Mía đường", "Mía lau", "Mía tím"]
    page.filter.clear()
    expected = ["Mía đường", "Lúa gạo", "Mía lau", "Mía tím", "Cá tra"]
    assert cells(page, TITLE) == expected
    kept = ask_store(lambda store: [entry.title for entry in store.desk.entries(CALL)])
    assert kept == expected
    page.table.moved.emit(0, 4)
    assert cells(page, TITLE)[-1] == "Mía đường"
    assert cells(page, RANK) == ["1", "2", "3", "4", "5"]


def test_a_hundred_are_ranked_by_keys_alone_in_both_orders(qtbot, page, services, tmp_path):
    take_in(qtbot, page, tmp_path, {f"{number:03}.json": task(number) for number in range(1, 101)})
    give_keys_to_table(qtbot, page)
    qtbot.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(99):
        qtbot.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    services.ask.why = "Cấp thiết nhất"
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        qtbot.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page.model.entry(0).title == "Nhiệm vụ số 100"
    page.bar.commands["adopt-order"].trigger()
    page.bar.orders.setCurrentIndex(1)
    settled(qtbot, page)
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    services.ask.why = "Hội đồng đổi chỗ"
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        qtbot.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    services.ask.target = tmp_path / "Kết quả"
    page.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, page, "dialog:output")
    opened.boxes["report"].setChecked(False)
    opened.findChild(QPushButton, "button:write").click()
    qtbot.waitUntil(lambda: "Đã xuất" in opened.notice.text, timeout=120_000)
    opened.reject()
    book = openpyxl.load_workbook(services.ask.target / "bang-tong-hop.xlsx")
    rows = list(book["Thứ tự và lý do"].iter_rows(min_row=2, values_only=True))
    found = next(row for row in rows if row[2] == "Nhiệm vụ số 100")
    assert found[:2] == (1, 2)
    assert {"Cấp thiết nhất", "Hội đồng đổi chỗ"} <= set(found)


def test_keys_lead_to_the_top_the_bottom_and_any_place(qtbot, page, services, tmp_path, ask_store):
    take_in(qtbot, page, tmp_path, numbered(*range(1, 9)))
    give_keys_to_table(qtbot, page)
    expected = [f"Nhiệm vụ số {number}" for number in range(1, 9)]

    def press(key, modifier, source, target):
        page.table.selectRow(source)
        qtbot.keyClick(page.table, key, modifier)
        expected.insert(target, expected.pop(source))
        assert cells(page, TITLE) == expected
        assert cells(page, RANK) == [str(rank) for rank in range(1, 9)]
        assert page.table.currentIndex().row() == target
        assert page.table.hasFocus()

    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    press(Qt.Key.Key_Home, alt, 5, 0)
    press(Qt.Key.Key_End, alt, 2, 7)
    for source, rank in ((7, 3), (0, 6), (4, 8), (6, 1)):
        services.ask.rank = rank
        press(Qt.Key.Key_G, control, source, rank - 1)
    services.ask.rank = None
    press(Qt.Key.Key_G, control, 3, 3)
    kept = ask_store(lambda store: [entry.title for entry in store.desk.entries(CALL)])
    assert kept == expected


def test_closing_the_window_stops_an_import_and_keeps_what_is_in(qtbot, page, window, inbox):
    drop(page, inbox)
    qtbot.waitUntil(lambda: page.files.list.rowCount() >= 3, timeout=30_000)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)


def test_likeness_is_suggested_and_a_person_decides(qtbot, page, tmp_path):
    take_in(qtbot, page, tmp_path, numbered(1, 2, title="Mô hình điểm lúa", proposer_name="Cty A"))
    first, second = task(1).id, task(2).id
    qtbot.waitUntil(lambda: page._alike.get(first) == [second], timeout=20_000)
    show(qtbot, page, first)
    qtbot.waitUntil(lambda: page.panel.compare.what.count() == 1, timeout=10_000)
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        click(page, "replaced")
    assert cells(page, RANK) == ["—", "1"]
    assert page.desk.data.totals.count == 1


def test_an_empty_desk_says_what_to_do_and_a_bad_drop_says_why(qtbot, page, tmp_path):
    assert page.empty.isVisible()
    drop(page, put(tmp_path, "hỏng.json", b"{"))
    settled(qtbot, page)
    listed = page.findChild(QTableWidget, "list:imported")
    assert listed.item(0, 0).text() == "Không đọc được"
    assert listed.item(0, 1).text() == "hỏng.json"
    assert listed.item(0, 2).text().startswith("Tệp này không phải dữ liệu phiếu")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16:30 09/08/2025", (2025, 8, 9, 16, 30)),
        ("16h ngày 9/8/2025", (2025, 8, 9, 16, 0)),
        ("9/8/2025", None),
        ("25:00 9/8/2025", None),
    ],
)
def test_a_moment_is_typed_as_people_write_it(text, expected):
    found = parse_moment(text)
    assert (found and found.timetuple()[:5]) == expected


def test_lateness_follows_what_the_officer_says(qtbot, page, tmp_path):
    drop(page, put(tmp_path, "a.json", task(1)))
    settled(qtbot, page)
    assert page.model.index(0, RECEIVED).data() == "chưa rõ"
    page.bar.commands["received"].trigger()
    asked = dialog(qtbot, page, "dialog:received")
    asked.moment.setText("08:00 10/08/2025")
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        asked.accept()
    assert page.model.index(0, RECEIVED).data() == "08:00 10/08/2025 · quá hạn"


def test_every_control_has_a_name_and_can_be_reached(page):
    for kind in ("QPushButton", "QLineEdit", "QComboBox", "QTableView", "QListWidget"):
        for widget in page.findChildren(QWidget):
            if widget.metaObject().className() != kind or not widget.isVisible():
                continue
            assert widget.accessibleName() or widget.property("text"), widget.objectName()
            assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus, widget.objectName()
