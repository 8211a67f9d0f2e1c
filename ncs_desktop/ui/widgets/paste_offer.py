"""The dialog that offers to turn pasted text of an old font (TCVN3, VNI) into Unicode."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.blocks import Blocks
from ncs_desktop.ui.widgets.labels import button, label, make_default
from ncs_desktop.ui.widgets.paste import Offer, pasted_from_mime, say_dropped
from ncs_desktop.ui.widgets.room import open_at

_MOST_SHOWN = 4000


class PasteOfferDialog(QDialog):
    """Shows the text before and after; accepted means «Chuyển sang Unicode»."""

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setObjectName("dialog:paste-offer")
        self.setWindowTitle(self.tr("Chữ gõ bằng phông cũ"))
        open_at(self, 720, 380)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        explained = self.tr(
            "Đoạn vừa dán dùng bảng mã cũ (TCVN3 hoặc VNI) nên không đọc được khi in."
            " Bạn xem bên phải đã đúng chữ chưa rồi chọn."
        )
        column.addWidget(label(explained))
        column.addLayout(self._build_texts(), 1)
        column.addLayout(self._build_buttons())
        make_default(self._convert)
        self._convert.setFocus()

    def _build_texts(self) -> QGridLayout:
        grid = QGridLayout()
        sides = (
            (self.tr("Như đang dán"), self._offer.before_text, "text:before"),
            (self.tr("Sau khi chuyển"), self._offer.after_text, "text:after"),
        )
        for number, (name, text, object_name) in enumerate(sides):
            shown = QPlainTextEdit()
            shown.setObjectName(object_name)
            shown.setAccessibleName(name)
            shown.setReadOnly(True)
            shown.setTabChangesFocus(True)
            shown.setPlainText(text[:_MOST_SHOWN] + ("…" if len(text) > _MOST_SHOWN else ""))
            grid.addWidget(label(name, "heading"), 0, number)
            grid.addWidget(shown, 1, number)
        return grid

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        keep = button(self.tr("Giữ nguyên"), self.reject)
        keep.setObjectName("button:keep")
        self._convert = button(self.tr("Chuyển sang Unicode"), self.accept, role="primary")
        self._convert.setObjectName("button:convert")
        row.addWidget(keep)
        row.addWidget(self._convert)
        return row


def choose(offer: Offer, parent: QWidget | None = None) -> Blocks:
    """Ask which reading to paste and return its blocks; closing the dialog keeps the text."""
    dialog = PasteOfferDialog(offer, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return offer.after if accepted else offer.before


def pasted_blocks(source: QMimeData, parent: QWidget | None = None) -> tuple[Blocks, str]:
    """Return what to insert for a paste and the sentence to say about it.

    Text of an old font is put to the person first; nothing is converted without an answer.
    """
    pasted = pasted_from_mime(source)
    blocks = pasted.blocks if pasted.offer is None else choose(pasted.offer, parent)
    return blocks, say_dropped(pasted.dropped)
