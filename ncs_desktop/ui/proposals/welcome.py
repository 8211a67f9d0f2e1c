"""What a person sees before the first phiếu: three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.widgets.labels import label


class WelcomePage(QWidget):
    """Three cards; each is one button that can be reached by keyboard."""

    new_wanted = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(1)
        head = label(self.tr("Bắt đầu từ đâu?"), "title")
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(head)
        cards = QGridLayout()
        cards.setSpacing(16)
        cards.setColumnStretch(0, 1)
        cards.setColumnStretch(4, 1)
        made = (
            self._card(
                "start-new",
                "new",
                self.tr("Lập phiếu đề xuất"),
                self.tr("Chọn đợt, điền mười mục,\nkiểm tra rồi in ký."),
            ),
            self._card(
                "start-import",
                "import",
                self.tr("Mở tệp đã có"),
                self.tr("Phiếu hoặc hồ sơ nhận qua\nthư điện tử (.json, .ncs, .zip)."),
            ),
            self._card(
                "start-sample",
                "sample",
                self.tr("Mở dữ liệu mẫu"),
                self.tr("Xem vài phiếu đã điền sẵn,\nbỏ vào thùng rác lúc nào cũng được."),
            ),
        )
        for index, card in enumerate(made, start=1):
            cards.addWidget(card, 0, index)
        for card, wanted in zip(
            made, (self.new_wanted, self.import_wanted, self.sample_wanted), strict=True
        ):
            card.clicked.connect(wanted)
        column.addSpacing(12)
        column.addLayout(cards)
        column.addStretch(2)

    def _card(self, name: str, picture: str, title: str, text: str) -> QPushButton:
        card = QPushButton(f"{title}\n\n{text}")
        card.setObjectName(f"button:{name}")
        card.setProperty("role", "card")
        card.setIcon(icon(picture))
        card.setIconSize(QSize(32, 32))
        card.setMinimumSize(270, 130)
        card.setAccessibleName(title)
        card.setAccessibleDescription(text)
        return card
