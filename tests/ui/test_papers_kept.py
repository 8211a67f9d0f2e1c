"""Papers across sessions: scans, files, letters, sender; freezing asked, undone; another name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.exchange.bundle import read_bundle
from ncs_desktop.ui.ask import PointsDialog, ReasonDialog
from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.bundle.scans_dialog import ScansDialog
from ncs_desktop.ui.editor.opening import make_editor
from ncs_desktop.ui.proposals.desk import Opened
from ncs_desktop.ui.saving import Saving
from ncs_desktop.work.kept import OWN_FILE, SCAN, commitment_role, kept_files
from tests.factories import make_proposal
from tests.ui.conftest import NOW, type_text

COMMITMENTS = [{"organization": "Công ty Ánh Dương", "scope": ["co_fund"], "amount": 1_950_000_000}]
PHIEU = make_proposal(commitments=COMMITMENTS)


@pytest.fixture
def assistant(qtbot, services, ask_store, catalog):
    """Open the assistant as if anew; each call is another session."""
    ask_store(lambda store: store.save(PHIEU, NOW))
    holder = QWidget()
    qtbot.addWidget(holder)

    def opened(proposal=PHIEU, *, print_set=False):
        call = catalog.call(PHIEU.call)
        made = BundleDialog(services, [proposal], call, print_set=print_set, parent=holder)
        made.show()
        qtbot.waitUntil(lambda: made.inputs._known)
        ask_store(lambda store: None)
        return made

    return opened


def _scan(tmp_path, name="bản ký.jpg"):
    path = tmp_path / name
    Image.new("RGB", (300, 400), "white").save(path)
    return path


def _drop(widget, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    widget.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *nothing))


def test_a_scan_is_there_again_and_a_removed_one_is_given_back(qtbot, assistant, tmp_path):
    first = assistant()
    _drop(first.inputs.scans.rows[0], _scan(tmp_path))
    qtbot.waitUntil(lambda: len(first.inputs.kept.files) == 1, timeout=10_000)
    first.reject()
    again = assistant()
    row = again.inputs.scans.rows[0]
    qtbot.waitUntil(lambda: not row.picture.pixmap().isNull(), timeout=10_000)
    row.findChild(QPushButton, "button:remove-scan").click()
    qtbot.waitUntil(lambda: not again.inputs.kept.files)
    back = next(made for made in again.notice.findChildren(QPushButton) if "Lấy" in made.text())
    back.click()
    qtbot.waitUntil(lambda: len(again.inputs.kept.files) == 1)
    again.reject()


def test_a_signed_commitment_has_its_own_line_and_goes_into_the_bundle(
    qtbot, assistant, services, tmp_path, ask_store
):
    first = assistant()
    path = tmp_path / "cam kết Ánh Dương.pdf"
    path.write_bytes(b"%PDF-1.7 cam ket")
    services.ask.files = [path]
    first.inputs.scans.rows[1].findChild(QPushButton, "button:commitment-scan").click()
    qtbot.waitUntil(lambda: len(first.inputs.order.scans) == 1, timeout=10_000)
    first.reject()
    again = assistant()
    qtbot.waitUntil(lambda: len(again.inputs.order.scans) == 1, timeout=10_000)
    texts = [shown.text() for shown in again.inputs.scans.rows[1].findChildren(QLabel)]
    assert "Cam kết của Công ty Ánh Dương" in texts
    assert any("cam kết Ánh Dương.pdf" in text for text in texts)
    assert again.inputs.files.names == ()
    services.ask.target = tmp_path / "bo-nop.zip"
    again.inputs.reason.setPlainText("thử")
    again.findChild(QPushButton, "button:make").click()
    qtbot.waitUntil(services.ask.target.is_file, timeout=60_000)
    again.reject()
    bundle = read_bundle(services.ask.target.read_bytes(), "x")
    [entry] = bundle.manifest.of_role("signed_scan")
    assert entry.path.endswith("/cam-ket-01-cong-ty-anh-duong-da-ky.pdf")


def test_every_line_of_the_scans_says_which_paper_it_is_for(qtbot, assistant):
    rows = assistant().inputs.scans.rows
    shown = [[one.text() for one in row.findChildren(QLabel)] for row in rows]
    for texts, beginning in zip(
        shown, ("Phiếu đề xuất: ", "Cam kết của ", "Công văn đề xuất", "Bảng tổng hợp"), strict=True
    ):
        assert any(text.startswith(beginning) for text in texts)


def test_the_scan_of_a_commitment_that_was_renamed_is_still_shown(
    qtbot, assistant, services, ask_store
):
    role = commitment_role("Công ty Ánh Dương")
    ask_store(lambda store: store.attach(PHIEU.id, role, "ck.pdf", b"%PDF-1.7", NOW))
    renamed = PHIEU.with_value("commitments", [{**COMMITMENTS[0], "organization": "Công ty Mới"}])
    opened = assistant(renamed)
    rows = opened.inputs.scans.rows
    qtbot.waitUntil(lambda: len(rows) == 5, timeout=10_000)
    assert any("phiếu không còn nêu" in shown.text() for shown in rows[4].findChildren(QLabel))
    rows[4].findChild(QPushButton, "button:remove-scan").click()
    qtbot.waitUntil(lambda: not opened.inputs.kept.files)
    opened.reject()


def test_a_scan_of_an_older_revision_is_flagged_and_left_out(qtbot, assistant, ask_store, services):
    content = b"%PDF-1.7 signed"
    ask_store(lambda store: store.attach(PHIEU.id, SCAN, "ký.pdf", content, NOW))
    second = replace(PHIEU, revision=2)
    ask_store(lambda store: store.save(second, NOW + timedelta(minutes=1)))
    opened = assistant(second)
    qtbot.waitUntil(lambda: len(opened.inputs.kept.files) == 1)
    texts = " ".join(shown.text() for shown in opened.inputs.scans.findChildren(QLabel))
    assert "của bản lần 1" in texts
    assert opened.inputs.order.scans == ()
    services.now = lambda: NOW + timedelta(minutes=2)
    opened.inputs.scans.rows[0].findChild(QPushButton, "button:use-scan").click()
    qtbot.waitUntil(lambda: len(opened.inputs.order.scans) == 1)
    opened.reject()


def test_files_and_scan_of_the_editor_are_those_of_the_assistant(
    qtbot, services, assistant, tmp_path
):
    path = tmp_path / "báo giá.pdf"
    path.write_bytes(b"%PDF-1.7")
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = ScansDialog(services, [PHIEU], holder)
    assistant().reject()
    services.ask.files = [path]
    dialog.findChild(QPushButton, "button:add-attachment").click()
    qtbot.waitUntil(lambda: dialog.files.names == ("báo giá.pdf",), timeout=10_000)
    later = assistant()
    qtbot.waitUntil(lambda: later.inputs.files.names == ("báo giá.pdf",))
    later.reject()


def test_a_bad_file_is_one_sentence_and_stops_no_other(qtbot, assistant, tmp_path):
    good = tmp_path / "được.pdf"
    good.write_bytes(b"%PDF-1.7")
    opened = assistant()
    opened.inputs.files.add([tmp_path / "mất.pdf", good])
    qtbot.waitUntil(lambda: opened.inputs.files.names == ("được.pdf",), timeout=10_000)
    assert "mất.pdf" in opened.notice.text
    assert "\n" not in opened.notice.text
    opened.reject()


def test_the_table_has_a_scan_of_its_own(qtbot, assistant, services, tmp_path):
    opened = assistant()
    opened.show()
    dialog = ScansDialog(services, [PHIEU], opened)
    dialog.show()
    qtbot.waitUntil(dialog.scans.rows[-1].isVisible)
    row = opened.inputs.scans.rows[-1]
    assert row.isVisible()
    _drop(row, _scan(tmp_path))
    qtbot.waitUntil(lambda: len(opened.inputs.kept.valid_scans) == 1, timeout=10_000)
    shown = opened.findChild(QLabel, "label:open-findings")
    qtbot.waitUntil(lambda: "Bảng tổng hợp cần" not in shown.text(), timeout=10_000)
    form = opened.inputs.sender_form
    form.show_sender(replace(form.value, kind="individual"))
    row.findChild(QPushButton, "button:remove-scan").click()
    qtbot.waitUntil(lambda: not row.isVisible())
    opened.reject()


def test_a_refused_scan_is_forgotten_once_a_good_one_is_taken(qtbot, assistant, tmp_path):
    wrong = tmp_path / "sai.docx"
    wrong.write_bytes(b"PK")
    opened = assistant()
    row = opened.inputs.scans.rows[0]
    _drop(row, wrong)
    qtbot.waitUntil(lambda: "sai.docx" in opened.notice.text, timeout=10_000)
    _drop(row, _scan(tmp_path))
    qtbot.waitUntil(lambda: opened.notice.text == "", timeout=10_000)
    opened.reject()


def test_a_large_file_does_not_hold_up_the_window(qtbot, assistant, tmp_path):
    from PySide6.QtCore import QElapsedTimer, QTimer

    path = tmp_path / "lớn.pdf"
    path.write_bytes(b"%PDF-1.7" + bytes(49 * 2**20))
    opened = assistant()
    longest, clock, beat = [0], QElapsedTimer(), QTimer()
    clock.start()
    beat.timeout.connect(lambda: longest.append(clock.restart()))
    beat.start(5)
    opened.inputs.files.add([path])
    qtbot.waitUntil(lambda: opened.inputs.files.names == ("lớn.pdf",), timeout=30_000)
    beat.stop()
    assert max(longest) < 1000
    size = opened.findChild(QLabel, "label:attachments-size").text()
    assert "49,0 MB" in size
    assert "20 MB" in size
    opened.reject()


def test_letter_sender_and_their_drift_are_kept(qtbot, assistant):
    first = assistant()
    first.findChild(QPushButton, "button:letter").click()
    letter = first.findChild(QDialog, "dialog:letter")
    letter.findChild(QLineEdit, "field:letter.subject").setText("Trích yếu của tôi")
    letter.accept()
    type_text(first.findChild(QLineEdit, "field:sender.signer_name"), "Trần Văn Ánh")
    first.reject()
    again = assistant()
    assert again.inputs.letters.letters.letter.subject == "Trích yếu của tôi"
    assert again.inputs.sender_form.value.signer_name == "Trần Văn Ánh"
    assert again.inputs.letters.outdated == []
    again.reject()
    changed = assistant(PHIEU.with_value("title", "Tên nhiệm vụ đã đổi"))
    assert len(changed.inputs.letters.outdated) == 1
    texts = [shown.text() for shown in changed.inputs.letters.findChildren(QLabel)]
    assert any("hãy xem lại" in text for text in texts)
    changed.reject()


def test_print_set_tells_the_pages_of_each_paper_and_freezes(qtbot, services, assistant, tmp_path):
    opened = assistant(print_set=True)
    opened.inputs.reason.setPlainText("In để trình ký")
    services.ask.target = tmp_path / "bộ in.pdf"
    with qtbot.waitSignal(opened.frozen, timeout=30_000):
        opened.findChild(QPushButton, "button:make").click()
    text = opened.findChild(QLabel, "label:hand-over").text()
    assert "trang · Công văn" in text
    assert "tờ đầu" in text
    opened.reject()


def test_print_at_once_opens_the_printer(qtbot, services, assistant):
    opened = assistant(print_set=True)
    opened.inputs.reason.setPlainText("In để trình ký")
    opened.findChild(QPushButton, "button:print-now").click()

    def printing():
        return [child for child in opened.findChildren(QDialog) if child.isVisible()]

    qtbot.waitUntil(lambda: bool(printing()), timeout=30_000)
    [dialog] = printing()
    assert (dialog.minPage(), dialog.maxPage() > 3) == (1, True)
    dialog.reject()
    opened.reject()


def test_a_locked_target_is_offered_another_name(qtbot, services, tmp_path, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    asked, written = [], []

    def answer(_parent, _title, name, _kinds):
        asked.append(name)
        return tmp_path / f"{len(asked)}.pdf"

    def write(target, _task):
        if target.name == "1.pdf":
            raise EnvironmentProblem("file.in_use", path=target)
        written.append(target)
        return target

    monkeypatch.setattr(services.ask, "save_file", answer)
    saving = Saving(services, parent, ("Lưu", "bộ.pdf", "PDF (*.pdf)"), write)
    with qtbot.waitSignal(saving.done):
        saving.begin()
    assert written == [tmp_path / "2.pdf"]
    assert asked[1] == str(tmp_path / "1 (2).pdf")
    assert "1.pdf" in services.ask.asked[0]
    services.ask.yes = False
    monkeypatch.setattr(services.ask, "save_file", lambda *_arguments: tmp_path / "1.pdf")
    with qtbot.waitSignal(saving.failed):
        saving.begin()


@pytest.fixture
def editor(qtbot, services, ask_store):
    def opened(proposal):
        ask_store(lambda store: store.save(proposal, NOW))
        made = make_editor(services, Opened(proposal))
        qtbot.addWidget(made)
        return made

    return opened


def test_freezing_names_the_open_warnings_and_can_be_undone(qtbot, services, editor, ask_store):
    made = editor(make_proposal())
    services.ask.why = "Đã thống nhất với Sở"
    with qtbot.waitSignal(made.papers.frozen, timeout=10_000):
        made.papers.freeze()
    text, points = services.ask.asked
    assert f"{len(points)} điểm" in text or "lỗi" in text
    assert points
    assert "Đã chốt" in made.head.findChild(QLabel, "label:control-code").text()
    assert made.head.commands["freeze"].text() == "Bỏ chốt…"
    with qtbot.waitSignal(made.session.saved):
        made.papers.freeze()
    assert "lần 2" in services.ask.asked[0]
    assert made.session.proposal.revision == 2
    assert ask_store(lambda store: store.load(made.session.proposal.id)).revision == 2
    assert ask_store(lambda store: store.frozen(made.session.proposal.id, 1)) is not None
    assert made.head.commands["freeze"].text() == "Chốt bản ký…"


def test_what_the_dossier_will_say_is_told_before_freezing(qtbot, services, editor, ask_store):
    partner = {"organization": "Công ty Ánh Dương", "scope": ["co_fund"], "amount": 1_950_000_000}
    proposal = make_proposal(enclosures=["Hồ sơ năng lực"], commitments=[partner])
    made = editor(proposal)

    def told():
        return {finding.message for finding in made.checker.findings} & {
            "F07.not_listed_commitment",
            "F07.no_file",
        }

    qtbot.waitUntil(lambda: told() == {"F07.not_listed_commitment", "F07.no_file"}, timeout=10_000)
    services.ask.why = "Đã thống nhất với Sở"
    with qtbot.waitSignal(made.papers.frozen, timeout=10_000):
        made.papers.freeze()
    _text, points = services.ask.asked
    assert any("Văn bản nhu cầu và cam kết của Công ty Ánh Dương" in point for point in points)
    assert any("Hồ sơ năng lực" in point for point in points)
    given = (OWN_FILE, "Hồ sơ năng lực.pdf", b"%PDF", NOW)
    ask_store(lambda store: store.attach(proposal.id, *given))
    made.papers.handled.emit()
    qtbot.waitUntil(lambda: told() == {"F07.not_listed_commitment"}, timeout=10_000)


@pytest.mark.parametrize("kind", [PointsDialog, ReasonDialog])
def test_points_are_all_there_to_be_read(qtbot, kind):
    points = [f"Điểm {number}" for number in range(40)]
    if kind is PointsDialog:
        dialog = PointsDialog("Chốt", "Còn 40 điểm", ("Chốt", ""), points)
    else:
        dialog = ReasonDialog("Chốt", "Còn 40 điểm", None, points)
    qtbot.addWidget(dialog)
    box = dialog.findChild(QPlainTextEdit, "text:points")
    assert box.toPlainText().count("•") == 40
    assert box.isReadOnly()


def test_import_in_the_window_brings_the_scans(qtbot, window, ask_store, tmp_path, catalog):
    from ncs_desktop.work.bundling import make_bundle

    made = make_bundle(
        catalog,
        [PHIEU],
        PHIEU.call,
        None,
        [],
        now=NOW,
        scans={PHIEU.id: b"%PDF-1.7 ky"},
        allow_errors="thử",
    )
    path = tmp_path / "bộ nộp.zip"
    path.write_bytes(made.content)
    window.desk.take_in([path])
    qtbot.waitUntil(lambda: window.editor is not None, timeout=20_000)
    [scan] = ask_store(lambda store: kept_files(store, (PHIEU,)))
    assert (scan.role, scan.outdated) == (SCAN, False)


def _shown(qtbot, name):
    def dialog():
        found = [item for item in QApplication.topLevelWidgets() if item.objectName() == name]
        return next((item for item in found if item.isVisible()), None)

    qtbot.waitUntil(lambda: dialog() is not None, timeout=6_000)
    return dialog()


def test_the_papers_are_reached_and_made_by_keys_alone(
    qtbot, window, services, ask_store, tmp_path
):
    ask_store(lambda store: store.save(PHIEU, NOW))
    window.desk.open(PHIEU.id)
    qtbot.waitUntil(lambda: window.editor is not None, timeout=10_000)
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    services.ask.files = [_scan(tmp_path)]
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window.editor, Qt.Key.Key_Q, chord)
    scans = _shown(qtbot, "dialog:scans")
    choose = scans.findChild(QPushButton, "button:scan")
    for _ in range(20):
        if scans.focusWidget() is choose:
            break
        qtbot.keyClick(scans.focusWidget() or scans, Qt.Key.Key_Tab)
    assert scans.focusWidget() is choose
    qtbot.keyClick(choose, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(scans.kept.files) == 1, timeout=10_000)
    qtbot.keyClick(scans, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not scans.isVisible())
    for key, name in ((Qt.Key.Key_I, "dialog:print-set"), (Qt.Key.Key_B, "dialog:bundle")):
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.keyClick(window.editor, key, chord)
        dialog = _shown(qtbot, name)
        dialog.inputs.reason.setPlainText("Nộp trước")
        services.ask.target = tmp_path / f"{dialog.objectName()[7:]}"
        with qtbot.waitSignal(dialog.frozen, timeout=30_000):
            qtbot.keyClick(dialog, Qt.Key.Key_Return)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda dialog=dialog: not dialog.isVisible())
    made = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert {"print-set.pdf", "bundle.zip"} <= made


def test_the_buttons_of_scans_stand_off_the_bar_that_scrolls_them(qtbot, services, assistant):
    opened = assistant()
    dialog = ScansDialog(services, [PHIEU], opened)
    dialog.resize(680, 260)
    dialog.show()
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    button = dialog.scans.rows[0].findChild(QPushButton, "button:remove-scan")
    right = button.mapTo(dialog, QPoint(button.width(), 0)).x()
    assert right + 6 <= bar.mapTo(dialog, QPoint(0, 0)).x()
    opened.reject()
