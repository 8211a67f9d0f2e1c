"""The editor's page: rail, cards, findings and preview around one editing session."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.bundle.kept import Kept
from ncs_desktop.ui.editor.cards import Card, build_cards
from ncs_desktop.ui.editor.checker import Checker
from ncs_desktop.ui.editor.findings_panel import FindingsPanel
from ncs_desktop.ui.editor.freezing import Freezing
from ncs_desktop.ui.editor.head import EditorHead
from ncs_desktop.ui.editor.landing import Landing, top_of
from ncs_desktop.ui.editor.marks import FieldMarks
from ncs_desktop.ui.editor.papers import Papers
from ncs_desktop.ui.editor.rail import Rail
from ncs_desktop.ui.editor.returning import Returning
from ncs_desktop.ui.editor.review import Review
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.editor.steady import Steady
from ncs_desktop.ui.editor.tools import EditorTools
from ncs_desktop.ui.preview.panel import PreviewPanel
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Notice

_WIDE_EM = 88
_SEEN = 120  # pixels of a field that should be seen below its heading
"""Width, in letters «n», from which rail, cards and findings stand beside each other."""


class EditorPage(QWidget):
    """One phiếu being filled in."""

    back_wanted = Signal()

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
        self.begins_at = ""
        self._build()
        self._connect()
        self._show_all()
        self.marks = FieldMarks(self)
        self.freezing = Freezing(self)
        self.checker.run()
        self.kept.load()
        self.preview.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = EditorHead(self.session, self.services.now)
        self.notice = Notice()
        self._above = QVBoxLayout()
        column.addWidget(self.head)
        column.addLayout(self._above)
        for card in build_cards(self.session.form, self.session.call):
            self.cards[card.key] = card
            for key in card.keys:
                self._card_of[key] = card
        self.rail = Rail(list(self.cards.values()))
        self._scroll = self._build_scroll()
        self.findings = FindingsPanel(self.services.messages)
        self.preview = PreviewPanel(self.session, self.services.layout)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.findings, self.tr("Kiểm tra"))
        self.tabs.addTab(self.preview, self.tr("Xem trước"))
        splitter = self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self.rail, 0), (self._scroll, 3), (self.tabs, 2)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
            splitter.setCollapsible(splitter.count() - 1, False)
        self.tabs.setMinimumWidth(290)
        splitter.setSizes([210, 600, 400])
        self.tools = EditorTools(self)
        self.review = Review(self)
        self._steady = Steady(self._scroll, self.fields, self)
        self._returning = Returning(self.fields, self)
        column.addWidget(self.tools.find_bar)
        column.addWidget(splitter, 1)
        column.addWidget(self.notice)
        self.papers = Papers(self.services, self.session, self.checker, self)

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

    def _connect(self) -> None:
        for card in self.cards.values():
            card.edited.connect(self.session.set_value)
            card.undoable.connect(self.notice.offer_undo)
        session = self.session
        session.replaced.connect(self._show_all)
        session.save_failed.connect(self._on_save_failed)
        session.saved.connect(self._on_saved)
        session.changed.connect(self._on_changed)
        self.rail.chosen.connect(self.go_to_card)
        self.findings.chosen.connect(self.jump_to)
        self.preview.laid_out.connect(self.rail.show_pages)
        self.preview.field_clicked.connect(self.jump_to)
        self.preview.failed.connect(self.show_problem)
        self._connect_commands()
        _app().focusChanged.connect(self._on_focus_changed)
        for index, card in enumerate(list(self.cards.values())[1:11], start=1):
            keys = QKeySequence(f"Alt+{index % 10}")
            QShortcut(keys, self, partial(self.go_to_card, card.key))

    def _connect_commands(self) -> None:
        acts = self.head.commands
        acts["back"].triggered.connect(self._on_back)
        acts["save"].triggered.connect(self.save_now)
        acts["check"].triggered.connect(self.review.ask)
        acts["preview"].triggered.connect(self._on_preview)
        acts["next-finding"].triggered.connect(partial(self.review.go_on, 1))
        acts["previous-finding"].triggered.connect(partial(self.review.go_on, -1))
        for name in ("print", "print-set", "export", "freeze", "scans", "bundle"):
            acts[name].triggered.connect(self.notice.clear_told)
        acts["print"].triggered.connect(self.papers.print_form)
        acts["print-set"].triggered.connect(self.papers.print_set)
        acts["export"].triggered.connect(self.papers.export)
        acts["freeze"].triggered.connect(self.papers.freeze)
        acts["scans"].triggered.connect(self.papers.scans)
        acts["bundle"].triggered.connect(self.papers.bundle)
        for action in acts.values():
            self.addAction(action)
        self.papers.told.connect(self._on_told)
        self.papers.wrote.connect(self._on_wrote)
        self.papers.failed.connect(self.show_problem)
        self.papers.handled.connect(self.kept.load)
        self.kept.failed.connect(self.show_problem)

    @Slot()
    def _show_all(self) -> None:
        for card in self.cards.values():
            card.show_proposal(self.session.proposal)
        self.head.show_title()

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        self._landing.leave()
        told = key.startswith("budget.") or key in ("proposer_name", "proposer_address")
        if told and (card := self._card_of.get("commitments")):
            card.frames["commitments"].show_proposal(self.session.proposal)
        if key == "title":
            self.head.show_title()
        if key == "task_kind":
            for card in self.cards.values():
                card.show_asked(self.session.proposal)
        self.head.show_unsaved()

    def show_above(self, widget: QWidget) -> None:
        """Show ``widget`` between the head and the form."""
        self._above.addWidget(widget)

    def begin(self) -> None:
        """Put the cursor where a person begins: the field asked for, the first empty section.

        A frozen phiếu is opened to be looked at: no field takes its keys.
        """
        if self.begins_at:
            self.jump_to(self.begins_at)
            return
        if self.session.frozen:  # a stray key must not change what was signed
            self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        proposal = self.session.proposal
        for card in self.cards.values():
            if all(proposal.typed(key) in (None, "", ()) for key in card.keys):
                break
        else:
            card = next(iter(self.cards.values()))
        self.go_to_card(card.key)

    def flush(self) -> None:
        """Take everything typed into the session."""
        for card in self.cards.values():
            card.flush()

    @Slot()
    def _on_back(self) -> None:
        self.flush()
        self.session.save()
        self.back_wanted.emit()

    @Slot()
    def save_now(self) -> None:
        """Save everything typed so far."""
        self.flush()
        self.session.save()

    @Slot(object)
    def _on_saved(self, _at: object) -> None:
        if self.notice.property("role") == "problem":
            self.notice.clear()

    @Slot()
    def _on_preview(self) -> None:
        self.flush()
        self.tabs.setCurrentWidget(self.preview)
        self.preview.refresh()

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
            self.notice.say(
                self.tr(
                    "Điểm này thuộc cả hồ sơ; hãy xem ở bước «Bộ nộp» hoặc trang «Đợt đề xuất»."
                )
            )
            return
        self.review.visit(card, base.partition(".")[0])
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
        """Return what stands at the upper edge where ``widget`` is to be seen."""
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

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._returning.focus_moved(old, now):
            return
        self.tools.watch(now)
        self._landing.leave()
        self.review.focus_moved(now)
        self._steady.choose()
        if now is not None and self.isAncestorOf(now):
            card = self.card_at(now)
            if card is not None:
                self.rail.mark_current(card.key)

    def card_at(self, widget: QWidget | None) -> Card | None:
        """Return the card of this page that ``widget`` stands on."""
        while widget is not None and not isinstance(widget, Card):
            widget = widget.parentWidget()
        return widget if widget is not None and self.cards.get(widget.key) is widget else None

    @Slot(object)
    def _on_save_failed(self, problem: NcsError) -> None:
        self.head.show_unsaved(failed=True)
        self.notice.say(
            self.services.sentence(problem),
            problem=True,
            actions=((self.tr("Lưu bản sao…"), self.papers.save_copy),),
        )

    @Slot(object)
    def show_problem(self, problem: object) -> None:
        """Say in one sentence what went wrong and what to do."""
        assert isinstance(problem, NcsError)
        self.notice.say(self.services.sentence(problem), problem=True)

    @Slot(str)
    def _on_told(self, text: str) -> None:
        self.notice.say(text)

    @Slot(str, list)
    def _on_wrote(self, text: str, paths: list[Path]) -> None:
        if paths:
            self.notice.say_written(text, paths[0], self.services.open_path)
        else:
            self.notice.say(text)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
