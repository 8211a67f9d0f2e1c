"""What a person sees before the first phiếu: three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.scroll import scrolled

_EM_PER_CARD = 24
"""Width of a card in widths of the letter «n», so that cards grow with the letters."""


class StartCard(QPushButton):
    """One button: picture, title, and two lines of what it does; its words wrap."""

    painted = Signal()

    def __init__(self, picture: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 18, 18, 18)
        self._row.setSpacing(14)
        self._picture = picture
        self._drawing = QLabel()
        self._draw()
        words = QVBoxLayout()
        words.addWidget(label(title, "heading"))
        words.addWidget(label(text, "quiet"))
        words.addStretch(1)
        self._row.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _draw(self) -> None:
        self._drawing.setPixmap(icon(self._picture).pixmap(QSize(36, 36)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture anew in another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; say so once the words upon it are painted too."""
        super().paintEvent(event)
        QTimer.singleShot(0, self.painted.emit)

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return what the wrapped words need."""
        return max(self._row.heightForWidth(width), 120)

    def sizeHint(self) -> QSize:
        """Return the usual size of a card."""
        width = _EM_PER_CARD * self.fontMetrics().horizontalAdvance("n")
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A card may be narrow, then it is higher."""
        return self._row.minimumSize()


class WelcomePage(QWidget):
    """Four cards; each is one button that can be reached by keyboard."""

    painted = Signal()
    new_wanted = Signal()
    collect_wanted = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addStretch(1)
        head = label(self.tr("Bắt đầu từ đâu?"), "title")
        head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(head)
        column.addSpacing(12)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self._cards = self._build_cards()
        column.addLayout(self._grid)
        column.addStretch(2)
        outer.addWidget(scrolled(holder))
        self._columns = 0
        self._arrange(2)

    def _build_cards(self) -> tuple[StartCard, ...]:
        made = []
        for name, picture, title, text, wanted in (
            (
                "start-new",
                "new",
                self.tr("Lập phiếu đề xuất"),
                self.tr("Chọn đợt, điền mười mục, kiểm tra rồi in ký."),
                self.new_wanted,
            ),
            (
                "start-collect",
                "collect",
                self.tr("Tổng hợp hồ sơ"),
                self.tr("Dành cho cán bộ: nhận nhiều phiếu, xem xét, xếp thứ tự, lập bảng."),
                self.collect_wanted,
            ),
            (
                "start-import",
                "import",
                self.tr("Mở tệp đã có"),
                self.tr("Phiếu hoặc hồ sơ nhận qua thư điện tử (.docx, .ncs, .zip…)."),
                self.import_wanted,
            ),
            (
                "start-sample",
                "sample",
                self.tr("Mở dữ liệu mẫu"),
                self.tr("Xem vài phiếu đã điền sẵn, bỏ đi bằng một lần bấm."),
                self.sample_wanted,
            ),
        ):
            card = StartCard(picture, title, text)
            card.setObjectName(f"button:{name}")
            card.clicked.connect(wanted)
            card.painted.connect(self.painted)
            made.append(card)
        return tuple(made)

    @property
    def first(self) -> StartCard:
        """The card a person usually begins with."""
        return self._cards[0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards beside each other where there is room, else under each other."""
        super().resizeEvent(event)
        needed = 2 * (_EM_PER_CARD - 4) * self.fontMetrics().horizontalAdvance("n")
        self._arrange(2 if event.size().width() >= needed else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, at // columns, 1 + at % columns)
        sides = 2 if columns == 2 else 0
        for side in (0, 3):
            self._grid.setColumnStretch(side, sides)
        for at in range(1, 3):
            self._grid.setColumnStretch(at, 4 if at <= columns else 0)
