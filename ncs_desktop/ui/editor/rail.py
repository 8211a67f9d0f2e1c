"""The left rail: the sections with their state, and how many pages they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from textwrap import fill

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.ui import theme
from ncs_desktop.ui.editor.cards import HEAD, SUPPLEMENT, Card
from ncs_desktop.ui.icons import set_icon_size
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

_TIP_LETTERS = 60


class State(StrEnum):
    """How far a section is; told by shape and words as well as by colour."""

    EMPTY = "empty"
    BEGUN = "begun"
    WRONG = "wrong"
    TO_MEND = "to_mend"
    DONE = "done"


class Rail(QWidget):
    """The list of cards; choosing one tells its key."""

    chosen = Signal(str)

    def __init__(self, cards: Sequence[Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(160)
        self.setMaximumWidth(260)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._list = QListWidget()
        self._list.setObjectName("list:sections")
        self._list.setAccessibleName(self.tr("Các mục của phiếu"))
        set_icon_size(self._list, 20)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setItemDelegate(WrapDelegate(self._list))
        self._items: dict[str, QListWidgetItem] = {}
        self._titles: dict[str, str] = {}
        for card in cards:
            item = QListWidgetItem(_short_title(card))
            item.setData(Qt.ItemDataRole.UserRole, card.key)
            self._titles[card.key] = card.title
            item.setToolTip(_wrapped(card.title))
            self._list.addItem(item)
            self._items[card.key] = item
        column.addWidget(self._list, 1)
        self._meter = label(role="quiet")
        self._meter.setObjectName("label:pages")
        self._meter.setContentsMargins(10, 4, 4, 8)
        column.addWidget(self._meter)
        self._states: Mapping[str, tuple[State, int]] = {}
        self._reasons: Mapping[str, str] = {}
        self._list.itemClicked.connect(self._on_item)
        self._list.itemActivated.connect(self._on_item)

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def mark_current(self, key: str) -> None:
        """Select the card that is being worked on."""
        if key in self._items:
            self._list.setCurrentItem(self._items[key])

    def show_states(
        self, states: Mapping[str, tuple[State, int]], reasons: Mapping[str, str]
    ) -> None:
        """Show how far each card is, how many points it has to mend, and a sentence why."""
        self._states, self._reasons = states, reasons
        words = {
            State.EMPTY: self.tr("chưa điền"),
            State.BEGUN: self.tr("chưa điền đủ"),
            State.WRONG: self.tr("có lỗi cần sửa"),
            State.TO_MEND: self.tr("có điểm cần xem lại"),
            State.DONE: self.tr("đủ"),
        }
        colours = theme.current()
        tints = {
            State.EMPTY: colours.quiet,
            State.BEGUN: colours.quiet,
            State.WRONG: colours.error,
            State.TO_MEND: colours.warning,
            State.DONE: colours.good,
        }
        for key, (state, count) in states.items():
            item = self._items[key]
            item.setIcon(_dot(state, tints[state], colours.surface, count))
            said = f"{words[state]} ({count})" if count else words[state]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}: {said}")
            why = reasons.get(key, "") if state not in (State.EMPTY, State.DONE) else ""
            item.setToolTip(_wrapped(self._titles[key], said, why))

    def changeEvent(self, event: QEvent) -> None:
        """Colour the states anew in another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_states"):
            self.show_states(self._states, self._reasons)

    def show_pages(self, count: int) -> None:
        """Show the live page meter."""
        self._meter.setText(self.tr("{count} trang A4").format(count=count))


def _wrapped(*sentences: str) -> str:
    """Return ``sentences`` one below the other in lines short enough to read; Qt breaks none."""
    return "\n".join(fill(sentence, _TIP_LETTERS) for sentence in sentences if sentence)


def _short_title(card: Card) -> str:
    if card.key in (HEAD, SUPPLEMENT):
        return card.title.partition("(")[0].strip()
    number, _separator, heading = card.title.partition(". ")
    return f"{number}. {heading[:1]}{heading[1:].lower()}"


@lru_cache(maxsize=64)
def _dot(state: State, colour: str, on_colour: str, count: int) -> QIcon:
    pixmap = QPixmap(QSize(40, 40))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 4))
    if state in (State.EMPTY, State.BEGUN):
        painter.drawEllipse(QRectF(10, 10, 20, 20))
        if state is State.BEGUN:
            painter.setBrush(QColor(colour))
            painter.drawPie(QRectF(10, 10, 20, 20), 90 * 16, -180 * 16)
    elif state in (State.WRONG, State.TO_MEND):
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(4, 4, 32, 32))
        font = painter.font()
        font.setPixelSize(24)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(on_colour))
        shown = str(count) if count < 10 else "9+"
        painter.drawText(QRectF(0, 0, 40, 40), Qt.AlignmentFlag.AlignCenter, shown)
    else:
        painter.drawPolyline([QPointF(7, 21), QPointF(16, 30), QPointF(33, 10)])
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # Qt would tint it like the chosen line
    return made
