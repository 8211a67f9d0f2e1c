"""Every dialog on a screen of 1024×768, with letters up to two and a half times as large."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from ncs_desktop.domain.blocks import blocks_from_text
from ncs_desktop.domain.differences import compare
from ncs_desktop.ui import zoom
from ncs_desktop.ui.ask import PointsDialog, ReasonDialog
from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.bundle.letter_dialog import LetterDialog
from ncs_desktop.ui.bundle.scans_dialog import ScansDialog
from ncs_desktop.ui.calls.edit_dialog import EditCallDialog
from ncs_desktop.ui.calls.new_call_dialog import NewCallDialog
from ncs_desktop.ui.collect.detail import Pair
from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.line_dialog import LineDialog
from ncs_desktop.ui.collect.output_dialog import OutputDialog
from ncs_desktop.ui.collect.received_dialog import ReceivedDialog
from ncs_desktop.ui.collect.review_dialog import ReviewDialog
from ncs_desktop.ui.collect.side_by_side import SideBySide
from ncs_desktop.ui.collect.supplement_dialog import SupplementDialog
from ncs_desktop.ui.editor.export_dialog import ExportDialog
from ncs_desktop.ui.guide.dialog import GuideWindow
from ncs_desktop.ui.history.dialog import HistoryDialog
from ncs_desktop.ui.preview.printing import PrintWindow
from ncs_desktop.ui.proposals.bin_dialog import BinDialog
from ncs_desktop.ui.proposals.new_dialog import NewDialog
from ncs_desktop.ui.widgets import room
from ncs_desktop.ui.widgets.elided import ElidedLabel
from ncs_desktop.ui.widgets.paste import Offer
from ncs_desktop.ui.widgets.paste_offer import PasteOfferDialog
from ncs_desktop.ui.widgets.texts_dialog import TextsDialog
from tests.factories import make_proposal
from tests.ui.collect.test_officer_day import CALL, drop, settled
from tests.ui.conftest import NOW
from tests.ui.test_access import COMMITMENT, clipped, settle
from tests.ui.test_history import Source
from tests.work.test_collect import put, task

SCREEN = QSize(1024, 768)
LONG = "Nghiên cứu, áp dụng hệ thống quản lý tài nguyên nước xuyên biên giới tại An Giang"


@pytest.fixture
def small(monkeypatch):
    """A screen of 1024×768, of which a window's frame and the task bar take their part."""
    monkeypatch.setattr(room, "room_of", lambda _dialog: SCREEN - room.FRAME)


@pytest.fixture
def page(qtbot, window, tmp_path):
    """The officer's page with one phiếu on it."""
    window.show_page("collect")
    found = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(lambda: found.desk.data.call == CALL, timeout=10_000)
    drop(found, put(tmp_path, "1.json", task(1)))
    settled(qtbot, found)
    return found


def _papers(services, window):
    """The dialogs about the papers of a phiếu."""
    proposal = make_proposal(commitments=[COMMITMENT])
    call = services.catalog.call(proposal.call)
    older = proposal.with_value("title", LONG)
    bundle = BundleDialog(services, [proposal], call, print_set=False, parent=window)
    letter = next(iter(bundle.inputs.letters._drafts.values()))
    return [
        bundle,
        BundleDialog(services, [proposal], call, print_set=True, parent=window),
        LetterDialog(services, letter, letter, window),
        ScansDialog(services, [proposal], window),
        ExportDialog(services, draft=True, parent=window),
        HistoryDialog(Source(proposal, {"3": proposal, "2": older, "1": older}), window),
        PrintWindow(window),
    ]


def _lists(services, window):
    """The dialogs about phiếu and calls, and what asks and tells."""
    call = services.catalog.call(CALL)
    text = blocks_from_text(LONG)
    acts = (("Xem điểm chưa chắc", window.show), ("Mở tệp gốc", window.show))
    return [
        NewDialog(services.catalog, NOW, source="a", source_name=LONG, parent=window),
        BinDialog(services, window.proposals.model, window),
        NewCallDialog(services, call, window),
        EditCallDialog(services, call, window),
        TextsDialog("Kết quả đọc tệp", LONG, [LONG] * 9, window, acts),
        PasteOfferDialog(Offer(text, text), window),
        ReasonDialog("Không đạt", LONG, window),
        ReasonDialog("Chốt", LONG, window, [LONG] * 9),
        PointsDialog(
            "Chốt", LONG, ("Vẫn chốt phiếu này", "Tới chỗ ghi bản ngắn"), [LONG] * 9, window
        ),
        GuideWindow(window),
    ]


def _desk(services, page):
    """The dialogs of the officer."""
    entries = page.model.shown_entries()
    old = make_proposal()
    new = old.with_value("title", LONG)
    differences = compare(old, new, services.catalog.form_of(old))
    files = (f"{LONG}.docx", "b.json")
    reading = SourceReading("a.docx", task(1), "Chữ " * 200, (), ("Chữ chưa xếp " * 9,))
    call = services.catalog.call(CALL)
    return [
        ReceivedDialog(services.messages, NOW, entries, call, page),
        LineDialog(services, page.desk, entries, 0, page),
        OutputDialog(services, page.desk, page.model.order, page),
        SupplementDialog(services, page.desk, entries[0], (), page),
        SideBySide(Pair(None, old, new, differences, files=files, codes=("A1", "A2")), page),
        ReviewDialog(services, (CALL, "r"), reading, page.desk.act(), page),
    ]


def faults(dialog):
    """Return what of a dialog that is shown is cut, or does not go onto the screen."""
    found = clipped(dialog) + [_words(made) for made in _squeezed(dialog)]
    if dialog.width() > SCREEN.width() or dialog.height() > SCREEN.height():
        found.append(f"window {dialog.size()}")
    return [f"{type(dialog).__name__}: {fault}" for fault in found]


def _words(widget):
    return f"{type(widget).__name__} {widget.objectName()} {widget.size()}"


def _squeezed(dialog):
    """Return what is less than it needs: labels, areas, texts scrolled in three lines."""
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QScrollArea):
            least = widget.widget().minimumSizeHint().width()
            if widget.viewport().width() < least or widget.viewport().height() < 60:
                yield widget
        elif isinstance(widget, QPlainTextEdit | QTextEdit | QListWidget):
            low = widget.viewport().height() < 3 * widget.fontMetrics().lineSpacing()
            if low and widget.verticalScrollBar().maximum() > 0:
                yield widget
        elif isinstance(widget, QLabel | QAbstractButton) and _is_cut(widget):
            yield widget


def _is_cut(widget):
    """Tell words narrower than the longest of them, buttons lower than theirs, towers of words."""
    if isinstance(widget, ElidedLabel) or not widget.text():
        return False
    least, size = widget.minimumSizeHint(), widget.size()
    if isinstance(widget, QAbstractButton):
        return size.width() < least.width() - 1 or size.height() < least.height() - 1
    return size.width() < least.width() - 1 or size.height() > max(size.width(), 120)


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_the_letter_that_asks_for_more_is_wide_enough_to_be_read(
    themed, services, page, small, factor
):
    zoom.set_factor(factor)
    dialog = SupplementDialog(services, page.desk, page.model.entry(0), (), page)
    dialog.show()
    settle()
    shown = dialog.findChild(QWidget, "view:letter")
    assert shown.width() >= 32 * dialog.fontMetrics().horizontalAdvance("n")
    assert shown.height() >= 5 * dialog.fontMetrics().lineSpacing()
    dialog.close()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_every_dialog_is_read_in_full(themed, services, window, page, small, factor):
    zoom.set_factor(factor)
    found = []
    for make, home in ((_papers, window), (_lists, window), (_desk, page)):
        for dialog in make(services, home):
            dialog.show()
            settle()
            found += faults(dialog)
            dialog.close()
    assert "\n".join(found) == ""
