"""Find, kept versions, undo and redo across fields: the editor's helpers that touch every field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.ui.editor.caret import TEXTS
from ncs_desktop.ui.widgets.fold import Fold

if TYPE_CHECKING:
    from ncs_desktop.ui.editor.undo import Change
    from ncs_desktop.ui.editor.view import EditorView


class EditorTools(QObject):
    """Belongs to one editor page."""

    def __init__(self, page: EditorView) -> None:
        super().__init__(page)
        self._page = page
        page.find_bar.reached.connect(self._show_found)
        acts = page.head.commands
        acts["find"].triggered.connect(page.find_bar.open_bar)
        acts["guidance"].triggered.connect(self.turn_guidance)
        acts["history"].triggered.connect(self.show_history)
        acts["undo"].triggered.connect(self.undo)
        acts["redo"].triggered.connect(self.redo)
        self._keys = {
            sequence.toString() for name in ("undo", "redo") for sequence in acts[name].shortcuts()
        }
        self._watched: QWidget | None = None

    def watch(self, widget: QWidget | None) -> None:
        """Let Ctrl+Z in ``widget`` reach the page; only those keys are looked at, no letters."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(widget, TEXTS) and self._page.fields.isAncestorOf(widget):
            self._watched = widget
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave undo and redo to the page, which knows the steps of every field."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()).toString() not in self._keys:
            return False
        event.ignore()
        return True

    @Slot(QWidget)
    def _show_found(self, widget: QWidget) -> None:
        """Lead to what was found; the rail names its section though the keyboard stays away."""
        self._page.show_widget(widget)
        card = self._page.card_at(widget)
        if card is not None:
            self._page.rail.mark_current(card.key)

    @Slot()
    def turn_guidance(self) -> None:
        """Show the help of the section with the cursor, all of it, or hide it; the cursor stays."""
        here = QApplication.focusWidget()
        card = self._page.card_at(here)
        folds = card.findChildren(Fold) if card is not None else []
        if here is None or not folds:
            self._page.notice.say_in_passing(self.tr("Mục này không có hướng dẫn."))
            return
        opened = not all(fold.opened for fold in folds)
        for fold in folds:
            fold.open(opened)
        self._page.show_widget(here)

    @Slot()
    def undo(self) -> None:
        """Take back the last step, whatever field it was made in, and lead there."""
        self._take(redo=False)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take(redo=True)

    def _take(self, *, redo: bool) -> None:
        page = self._page
        page.flush()
        was_frozen = page.session.frozen
        step = page.session.redo() if redo else page.session.undo()
        if step is None:
            page.notice.answer(
                self.tr("Không còn gì để làm lại.")
                if redo
                else self.tr("Không còn gì để hoàn tác; các bản trước ở «Các bản đã lưu».")
            )
            return
        if step.group:
            page.jump_to(step.group)
        if page.session.frozen and not was_frozen:
            return  # which is what is said
        said = self.tr("Làm lại: {place}") if redo else self.tr("Hoàn tác: {place}")
        page.notice.say_in_passing(said.format(place=self._place(step)))

    def _place(self, step: Change) -> str:
        """Return where ``step`` was made, as a person calls it."""
        if not step.group:
            same = step.before.values == step.after.values
            return self.tr("xác nhận điểm kiểm tra") if same else self.tr("cả phiếu")
        form = self._page.session.form
        fields = (step.group, f"{step.group}.total")
        section = next(filter(None, map(form.section_of, fields)), None)
        if section is not None:
            return self.tr("mục {number}").format(number=section.number)
        field = form.find(step.group)
        return self.tr("ô «{label}»").format(label=field.label) if field else step.group

    @Slot()
    def show_history(self) -> None:
        """Open the kept versions; going back to one is itself a step that can be taken back."""
        from ncs_desktop.ui.history.dialog import show_history  # noqa: PLC0415

        page = self._page
        page.flush()
        show_history(page.services, page.session, page.notice, page.show_problem, page)
