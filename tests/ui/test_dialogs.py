"""Enter in a dialog does what the dialog is for, never «Thôi»."""

from PySide6.QtWidgets import QPushButton

from ncs_desktop.domain.blocks import blocks_from_text
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
