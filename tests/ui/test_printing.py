"""Printing: what was chosen, told where it goes wrong, and never holding the window up."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.preview.printing import (
    BAND_HEIGHT,
    Printing,
    PrintJob,
    PrintWindow,
    is_a4,
    open_pdf,
)
from ncs_desktop.work.prepare import form_pdf
from tests.factories import make_proposal
from tests.ui.conftest import NOW, Answers


@pytest.fixture
def holder(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture(scope="module")
def six_pages(catalog):
    """A PDF of six pages."""
    content = form_pdf(catalog, make_proposal(), draft=True).content
    writer, target = PdfWriter(), io.BytesIO()
    for _ in range(6):
        writer.add_page(PdfReader(io.BytesIO(content)).pages[0])
    writer.write(target)
    return target.getvalue()


@pytest.fixture
def printer(tmp_path):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFileName(str(tmp_path / "in.pdf"))
    made.setResolution(150)
    return made


def printed(path):
    return len(PdfReader(path).pages)


def test_every_page_is_sent(qtbot, holder, six_pages, printer, tmp_path):
    job = PrintJob(open_pdf(six_pages, holder), printer, holder)
    with qtbot.waitSignal(job.printed) as done:
        job.begin()
    assert done.args == [6, tmp_path / "in.pdf"]
    assert printed(tmp_path / "in.pdf") == 6


def test_exactly_the_pages_asked_for_are_sent(qtbot, holder, six_pages, printer, tmp_path):
    printer.setPageRanges(QPageRanges.fromString("1,3,5"))
    job = PrintJob(open_pdf(six_pages, holder), printer, holder)
    with qtbot.waitSignal(job.printed) as done:
        job.begin()
    assert done.args == [3, tmp_path / "in.pdf"]
    assert printed(tmp_path / "in.pdf") == 3


def test_a_printer_that_cannot_begin_is_told(qtbot, holder, six_pages, messages, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "không có" / "in.pdf"))
    job = PrintJob(open_pdf(six_pages, holder), printer, holder)
    done = QSignalSpy(job.printed)
    with qtbot.waitSignal(job.failed) as failed:
        job.begin()
    assert "hãy xem máy đã bật" in messages.error(failed.args[0])
    assert done.count() == 0


def test_the_window_lives_on_between_two_bands_and_can_stop(qtbot, holder, six_pages, printer):
    job = PrintJob(open_pdf(six_pages, holder), printer, holder)
    done = QSignalSpy(job.printed)
    job.begin()
    assert done.count() == 0  # nothing was drawn yet: the window has its turn first
    shown = holder.findChild(PrintWindow)
    assert shown.isVisible()
    with qtbot.waitSignal(job.stopped) as stopped:
        shown.findChild(QPushButton, "button:stop").click()
    assert stopped.args[0] < 6
    assert not shown.isVisible()
    assert done.count() == 0


def test_one_turn_draws_one_band(holder, six_pages, printer, monkeypatch):
    drawn = []
    document = open_pdf(six_pages, holder)
    render = document.render
    monkeypatch.setattr(
        document, "render", lambda page, size, options: drawn.append(size) or render(page, size)
    )
    job = PrintJob(document, printer, holder)
    job.begin()
    job._draw_band()
    assert len(drawn) == 1
    assert drawn[0].height() <= BAND_HEIGHT
    job.stop()


def test_dialog_prints_and_asks_about_other_paper_than_a4(qtbot, holder, six_pages, tmp_path):
    assert is_a4(QPageSize(QPageSize.PageSizeId.A4))
    assert not is_a4(QPageSize(QPageSize.PageSizeId.Letter))
    answers = Answers()
    answers.yes = False
    printing = Printing(six_pages, "phiếu", answers, holder)
    dialog = printing.dialog
    dialog.printer().setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    dialog.accepted.emit(dialog.printer())
    assert QPageSize(QPageSize.PageSizeId.Letter).name() in answers.asked[0]
    target = tmp_path / "in.pdf"
    dialog.printer().setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog.printer().setOutputFileName(str(target))
    with qtbot.waitSignal(printing.printed, timeout=20_000):
        dialog.accepted.emit(dialog.printer())
    assert printed(target) == 6
    dialog.close()


@pytest.fixture
def print_set(qtbot, services, ask_store, catalog, holder, tmp_path):
    """The assistant with its print dialog open, ready to print into a file."""
    proposal = make_proposal()
    ask_store(lambda store: store.save(proposal, NOW))
    call = catalog.call(proposal.call)
    made = BundleDialog(services, [proposal], call, print_set=True, parent=holder)
    made.show()
    made.inputs.reason.setPlainText("In để trình ký")
    made.findChild(QPushButton, "button:print-now").click()
    qtbot.waitUntil(lambda: made.findChild(Printing) is not None, timeout=30_000)
    dialog = made.findChild(Printing).dialog
    dialog.printer().setOutputFileName(str(tmp_path / "bộ.pdf"))
    dialog.printer().setResolution(72)
    yield made, dialog
    dialog.close()
    made.reject()


def is_frozen(ask_store):
    return ask_store(lambda store: store.frozen(make_proposal().id)) is not None


def test_a_print_set_is_frozen_once_it_is_printed(qtbot, print_set, ask_store):
    assistant, dialog = print_set
    with qtbot.waitSignal(assistant.frozen, timeout=20_000):
        dialog.accepted.emit(dialog.printer())
    assert is_frozen(ask_store)
    assert "ra tệp bộ.pdf" in assistant.notice.text


def test_nothing_is_frozen_where_the_paper_is_refused(print_set, services, ask_store):
    _assistant, dialog = print_set
    services.ask.yes = False
    dialog.printer().setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    dialog.accepted.emit(dialog.printer())
    assert services.ask.asked[0]
    assert not is_frozen(ask_store)


def test_nothing_is_frozen_where_the_printer_fails_or_is_stopped(
    qtbot, print_set, ask_store, tmp_path
):
    assistant, dialog = print_set
    dialog.printer().setOutputFileName(str(tmp_path / "không có" / "bộ.pdf"))
    dialog.accepted.emit(dialog.printer())
    assert "hãy xem máy đã bật" in assistant.notice.text
    dialog.printer().setOutputFileName(str(tmp_path / "bộ.pdf"))
    dialog.accepted.emit(dialog.printer())
    assistant.findChild(PrintWindow).reject()
    assert "chưa được chốt" in assistant.notice.text
    assert not is_frozen(ask_store)


def test_a_printed_file_is_named_with_the_ways_to_it(qtbot, open_editor, services, tmp_path):
    folder = tmp_path / "Hồ sơ"
    folder.mkdir()
    services.folders.last = folder
    editor = open_editor(make_proposal(title="Mô hình điểm"))
    editor.notice.say("Đã xác nhận.")
    editor.head.commands["print"].trigger()
    assert editor.notice.isHidden()
    qtbot.waitUntil(lambda: editor.findChild(Printing) is not None, timeout=30_000)
    printing = editor.findChild(Printing)
    name = printing.dialog.findChild(QLineEdit, "filename")
    if name is not None:
        assert name.text() == str(folder / "mo-hinh-diem.pdf")
    target = tmp_path / "bản in.pdf"
    printing.dialog.printer().setOutputFileName(str(target))
    printing.dialog.printer().setResolution(72)
    with qtbot.waitSignal(editor.papers.wrote, timeout=20_000):
        printing.dialog.accepted.emit(printing.dialog.printer())
    printing.dialog.close()
    assert f"ra tệp bản in.pdf trong {tmp_path}" in editor.notice.text
    buttons = [made.text() for made in editor.notice.findChildren(QPushButton)]
    assert {"Mở tệp", "Mở thư mục"} <= set(buttons)
    assert services.folders.last == tmp_path
