"""What stands on the editor's page and the ways through it: rail, form, findings, preview.

What a person does there is decided elsewhere: the helpers beside this file are given the view, and
the page, which is a view, brings them together.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.bundle.kept import Kept
from ncs_desktop.ui.editor.cards import Card, build_cards
from ncs_desktop.ui.editor.caret import MARGIN, TEXTS, line_of
from ncs_desktop.ui.editor.checker import Checker
from ncs_desktop.ui.editor.findings_panel import FindingsPanel
from ncs_desktop.ui.editor.head import EditorHead
from ncs_desktop.ui.editor.landing import Landing, top_of
from ncs_desktop.ui.editor.papers import Papers
from ncs_desktop.ui.editor.rail import Rail
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.preview.panel import PreviewPanel
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.find_bar import FindBar
from ncs_desktop.ui.widgets.notice import Notice

_WIDE_EM = 88  # letters «n» of width from which rail, form and findings stand beside each other
_SEEN = 120  # pixels of a field that should be seen below its heading


class EditorView(QWidget):
    """The parts of the page of one phiếu; ``led`` tells the card and the field one was led to."""

    led = Signal(object, str)

    def __init__(
        self, services: Services, session: EditingSession, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page:editor")
        self.services = services
        self.session = session
        session.setParent(self)
        self.cards: dict[str, Card] = {}
        self._card_of: dict[str, Card] = {}
        self.kept = Kept(services, [session.proposal], self)
        self.checker = Checker(session, services, self.kept, self)
        self._build()
        self.papers = Papers(services, session, self.checker, self)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = EditorHead(self.session, self.services.now)
        self.notice = Notice()
        self._above = QVBoxLayout()
        for card in build_cards(self.session.form, self.session.call):
            self.cards[card.key] = card
            for key in card.keys:
                self._card_of[key] = card
        self.rail = Rail(list(self.cards.values()))
        self._scroll = self._build_scroll()
        self.find_bar = FindBar(self.fields)
        self._build_tabs()
        self._build_splitter()
        column.addWidget(self.head)
        column.addLayout(self._above)
        column.addWidget(self.find_bar)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.notice)

    def _build_tabs(self) -> None:
        self.findings = FindingsPanel(self.services.messages)
        self.preview = PreviewPanel(self.session, self.services.layout)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.findings, self.tr("Kiểm tra"))
        self.tabs.addTab(self.preview, self.tr("Xem trước"))
        self.tabs.setMinimumWidth(290)

    def _build_splitter(self) -> None:
        splitter = self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self.rail, 0), (self._scroll, 3), (self.tabs, 2)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
            splitter.setCollapsible(splitter.count() - 1, False)
        splitter.setSizes([210, 600, 400])

    def _build_scroll(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click beside a field takes no cursor
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(430)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(12)
        for card in self.cards.values():
            self._column.addWidget(card)
        self._column.addStretch(1)
        area.setWidget(holder)
        self.fields = holder
        self._landing = Landing(area)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Never ask for the room of what can also stand below each other."""
        least = super().minimumSizeHint()
        widest = max(self.head.minimumSizeHint().width(), *self._least_widths())
        return QSize(min(least.width(), widest), least.height())

    def _least_widths(self) -> tuple[int, ...]:
        parts = (self.rail, self._scroll, self.tabs)
        return tuple(max(part.minimumWidth(), part.minimumSizeHint().width()) for part in parts)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        """Where there is no room beside each other, put the findings below and drop the rail."""
        usual = _WIDE_EM * self.fontMetrics().horizontalAdvance("n")
        narrow = self.width() < max(usual, sum(self._least_widths()))
        direction = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._splitter.orientation() != direction:
            self._splitter.setOrientation(direction)
            self.rail.setVisible(not narrow)
            self._splitter.setSizes([0, 600, 300] if narrow else [210, 600, 400])

    def show_above(self, widget: QWidget) -> None:
        """Show ``widget`` between the head and the form."""
        self._above.addWidget(widget)

    def flush(self) -> None:
        """Take everything typed into the session."""
        for card in self.cards.values():
            card.flush()

    @Slot(str)
    def go_to_card(self, key: str) -> None:
        """Scroll to a card and put the cursor into its first field."""
        card = self.cards[key]
        self._focus_first(card)
        self._landing.go(partial(self._top, card))

    def _focus_first(self, card: Card) -> None:
        first = next(iter(card.keys), None)
        control = card.findChild(QWidget, f"field:{first}")
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def jump_to(self, field: str) -> None:
        """Lead to a field: scroll to it and put the cursor there."""
        if field in self.cards:
            self.go_to_card(field)
            return
        base = field.partition("[")[0]
        card = self._card_of.get(base) or self._card_of.get(f"{base}.total")
        if card is None:
            self.findings.setFocus(Qt.FocusReason.OtherFocusReason)
            self.notice.say(
                self.tr(
                    "Điểm này thuộc cả hồ sơ; hãy xem ở bước «Bộ nộp» hoặc trang «Đợt đề xuất»."
                )
            )
            return
        self.led.emit(card, base.partition(".")[0])
        control = card.findChild(QWidget, f"field:{field}") or card.findChild(
            QWidget, f"field:{base}"
        )
        target = control or card
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_widget(target)
        self.preview.show_field(base)

    @Slot(QWidget)
    def show_widget(self, widget: QWidget) -> None:
        """Scroll until ``widget`` is seen, with its card's heading where both have room."""
        self._landing.go(partial(self._top, widget))

    def _top(self, widget: QWidget) -> int:
        """Return what stands at the upper edge where ``widget`` and its cursor are to be seen."""
        top, here = self._usual_top(widget), QApplication.focusWidget()
        if isinstance(here, TEXTS) and (here is widget or widget.isAncestorOf(here)):
            _begin, end = line_of(here, self.fields)
            return max(top, end + MARGIN - self._scroll.viewport().height())
        return top

    def _usual_top(self, widget: QWidget) -> int:
        """Return the top of the card, or of the field's frame where the card is long."""
        card, place = self.card_at(widget), top_of(widget, self.fields)
        room = self._scroll.viewport().height() - min(widget.height(), _SEEN)
        if card is None:
            return place - 80
        if place - card.y() + 8 <= room:
            return card.y() - 8
        frames = (frame for frame in card.frames.values() if frame.isAncestorOf(widget))
        return top_of(next(frames, widget), self.fields) - 8

    def mark_field(self, key: str, text: str) -> None:
        """Say something quietly at the field ``key`` (or at the budget), or nothing."""
        card = self._card_of.get(key) or self._card_of.get(f"{key}.total")
        if card is None:
            return
        if key in card.frames:
            card.frames[key].mark(text)
        elif card.budget is not None:
            card.budget.mark(text)

    def card_at(self, widget: QWidget | None) -> Card | None:
        """Return the card of this page that ``widget`` stands on."""
        while widget is not None and not isinstance(widget, Card):
            widget = widget.parentWidget()
        return widget if widget is not None and self.cards.get(widget.key) is widget else None

    @Slot(object)
    def show_problem(self, problem: object) -> None:
        """Say in one sentence what went wrong and what to do."""
        assert isinstance(problem, NcsError)
        self.notice.say(self.services.sentence(problem), problem=True)
