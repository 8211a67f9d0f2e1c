"""The editor's page: the parts of one phiếu's form and its helpers, brought together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.editor.caret import CaretInSight
from ncs_desktop.ui.editor.freezing import Freezing
from ncs_desktop.ui.editor.marks import FieldMarks
from ncs_desktop.ui.editor.offer import UndoOffer
from ncs_desktop.ui.editor.returning import Returning
from ncs_desktop.ui.editor.review import Review
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.editor.steady import Steady
from ncs_desktop.ui.editor.tools import EditorTools
from ncs_desktop.ui.editor.view import EditorView
from ncs_desktop.ui.services import Services


class EditorPage(EditorView):
    """One phiếu being filled in."""

    back_wanted = Signal()

    def __init__(
        self, services: Services, session: EditingSession, parent: QWidget | None = None
    ) -> None:
        super().__init__(services, session, parent)
        self.begins_at = ""
        self.tools = EditorTools(self)
        self.review = Review(self)
        self._steady = Steady(self._scroll, self.fields, self)
        self._caret = CaretInSight(self._scroll)
        self._returning = Returning(self.fields, self)
        self._connect()
        self._offer = UndoOffer(self)
        self._show_all()
        self.marks = FieldMarks(self)
        self.freezing = Freezing(self)
        self.checker.run()
        self.kept.load()
        self.preview.refresh()

    def _connect(self) -> None:
        for card in self.cards.values():
            card.edited.connect(self.session.set_value)
        session = self.session
        session.replaced.connect(self._show_all)
        session.save_failed.connect(self._on_save_failed)
        session.saved.connect(self._on_saved)
        session.changed.connect(self._on_changed)
        self.led.connect(self.review.visit)
        self._caret.moved.connect(self._landing.leave)
        self.review.saying.connect(self._steady.choose)
        self.rail.chosen.connect(self.go_to_card)
        self.findings.chosen.connect(self.notice.clear_plain)
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
        self.papers.field_wanted.connect(self.jump_to)
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

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._returning.focus_moved(old, now):
            return
        self.tools.watch(now)
        self._caret.watch(now)
        self._landing.leave()
        self.review.focus_moved(now)
        self._steady.choose()
        if now is not None and self.isAncestorOf(now):
            card = self.card_at(now)
            if card is not None:
                self.rail.mark_current(card.key)

    @Slot(object)
    def _on_save_failed(self, problem: NcsError) -> None:
        self.head.show_unsaved(failed=True)
        self.notice.say(
            self.services.sentence(problem),
            problem=True,
            actions=((self.tr("Lưu bản sao…"), self.papers.save_copy),),
        )

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
