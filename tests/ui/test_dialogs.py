"""Enter in a dialog does what the dialog is for, never «Thôi»."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ncs_desktop.domain.blocks import blocks_from_text
from ncs_desktop.ui.ask import Ask
from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.calls.new_call_dialog import NewCallDialog
from ncs_desktop.ui.editor.export_dialog import ExportDialog
from ncs_desktop.ui.proposals.new_dialog import NewDialog
from ncs_desktop.ui.widgets.paste import Offer
from ncs_desktop.ui.widgets.paste_offer import PasteOfferDialog
from tests.factories import make_proposal
from tests.ui.conftest import NOW


def _dialogs(services):
    call = services.catalog.call("an-giang-2026")
    text = blocks_from_text("chữ")
    return {
        "Lập phiếu": NewDialog(services.catalog, NOW),
        "Xuất": ExportDialog(services, draft=True),
        "Tạo đợt": NewCallDialog(services, call),
        "Chuyển sang Unicode": PasteOfferDialog(Offer(text, text)),
        "Lập bộ nộp…": BundleDialog(services, [make_proposal()], call, print_set=False),
        "Lưu PDF…": BundleDialog(services, [make_proposal()], call, print_set=True),
    }


def test_the_default_button_is_the_accepting_one(qtbot, services, open_store):
    for text, dialog in _dialogs(services).items():
        qtbot.addWidget(dialog)
        dialog.show()
        buttons = dialog.findChildren(QPushButton)
        assert [made.text() for made in buttons if made.isDefault()] == [text]
        assert not [made.text() for made in buttons if made.autoDefault() and made.text() != text]
        dialog.close()


def test_the_button_that_acts_stands_last_in_every_dialog(qtbot, services, open_store, themed):
    for text, dialog in _dialogs(services).items():
        qtbot.addWidget(dialog)
        dialog.show()
        by_text = {made.text().replace("&", ""): made for made in dialog.findChildren(QPushButton)}
        back = next(by_text[name] for name in ("Thôi", "Giữ nguyên") if name in by_text)
        left, right = (made.mapTo(dialog, QPoint(0, 0)).x() for made in (back, by_text[text]))
        assert left < right
        dialog.close()


def test_a_question_has_its_buttons_in_the_same_order(qtbot, themed):
    places = []

    def look():
        box = QApplication.activeModalWidget()
        places.extend(made.text() for made in sorted(box.buttons(), key=lambda made: made.x()))
        box.reject()

    QTimer.singleShot(0, look)
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not Ask().confirm(parent, "Chốt", "Chốt phiếu?", "Chốt")
    assert places == ["Thôi", "Chốt"]


def test_a_question_about_work_tells_how_far_it_is_and_goes_with_it(qtbot):
    parent, said, seen = QWidget(), ["xong 1/3"], []
    qtbot.addWidget(parent)

    def look():
        box = QApplication.activeModalWidget()
        said[0] = "xong 2/3"
        qtbot.waitUntil(lambda: box.text() == said[0])
        seen.append(box.text())
        said[0] = ""

    QTimer.singleShot(0, look)
    assert not Ask().confirm_while(parent, "Đóng", lambda: said[0], "Dừng", "Tiếp tục")
    assert seen == ["xong 2/3"]
