"""The bar on the left: icon and word of every page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ncs_desktop.ui.icons import icon, set_icon_size

NUMBERS = {"proposals": 1, "collect": 2, "calls": 3, "profile": 4, "settings": 5}
"""Ctrl and this number opens the page; the numbers never change."""
CHAPTERS = {
    "proposals": "bat-dau",
    "collect": "tong-hop",
    "calls": "dot-de-xuat",
    "profile": "don-vi",
    "settings": "sao-luu",
}
"""The page of the guide that F1 opens on each page of the window."""
_NARROWEST = 108


class SideBar(QFrame):
    """Choosing a page tells its name; reachable by Tab and by Ctrl+number."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 12, 6, 12)
        column.setSpacing(6)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for name, text in self._pages():
            made = QToolButton()
            made.setObjectName(f"nav:{name}")
            made.setProperty("role", "nav")
            made.setText(text)
            made.setToolTip(f"{text} (Ctrl+{NUMBERS[name]})")
            made.setIcon(icon(name))
            set_icon_size(made, 26)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setMinimumWidth(_NARROWEST)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(partial(self._on_clicked, name))
            self._group.addButton(made)
            self._buttons[name] = made
            column.addWidget(made)
            if name == "profile":
                column.addStretch(1)
        self.mark("proposals")

    def _pages(self) -> tuple[tuple[str, str], ...]:
        return (
            ("proposals", self.tr("Phiếu của tôi")),
            ("collect", self.tr("Tổng hợp")),
            ("calls", self.tr("Đợt đề xuất")),
            ("profile", self.tr("Đơn vị")),
            ("settings", self.tr("Thiết lập")),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The pages in their order."""
        return tuple(self._buttons)

    @property
    def marked(self) -> str:
        """The page that is shown as open."""
        return next(name for name, made in self._buttons.items() if made.isChecked())

    def _on_clicked(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)

    @Slot(str)
    def mark(self, name: str) -> None:
        """Show which page is open."""
        self._buttons[name].setChecked(True)
