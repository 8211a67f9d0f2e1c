"""The cards of the editor, one a section, built from the form's data alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.form import Field, FieldKind, Form, FormLine, Section
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.widgets.budget_card import PREFIX, BudgetCard
from ncs_desktop.ui.widgets.field_frame import FieldFrame
from ncs_desktop.ui.widgets.fold import Fold
from ncs_desktop.ui.widgets.labels import label

SUPPLEMENT, HEAD = "supplement", "head"


class Card(QFrame):
    """A titled card of fields; ``edited(key, value)`` for each change a person makes."""

    edited = Signal(str, object)
    undoable = Signal(str, object)
    decide_wanted = Signal(object)

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.title = title
        self.frames: dict[str, FieldFrame] = {}
        self.budget: BudgetCard | None = None
        self.setProperty("role", "card")
        self.setObjectName(f"card:{key}")
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 16)
        self.column.setSpacing(8)
        self.column.addWidget(label(title, "heading"))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the fields on this card."""
        budget = [f"{PREFIX}{name}" for name in ("total", "state_budget", "counterpart")]
        return tuple(self.frames) + (tuple(budget) if self.budget else ())

    def add_help(self, guidance: str, advice: Sequence[str]) -> None:
        """Put under the heading the official guidance, and folded what offices usually look at.

        Tab follows the order of adding, which is the order on the card.
        """
        if guidance:
            self.column.addWidget(Fold(self.tr("Hướng dẫn của mẫu"), guidance, opened=True))
        if advice:
            text = "\n".join(f"• {line}" for line in advice)
            self.column.addWidget(Fold(self.tr("Nơi nhận thường xem gì"), text, opened=False))

    def add_field(self, frame: FieldFrame, row: QHBoxLayout | None = None) -> None:
        """Put one field on the card, into ``row`` where several share a line."""
        self.frames[frame.field.key] = frame
        frame.edited.connect(self.edited)
        frame.undoable.connect(self.undoable)
        frame.decide_wanted.connect(self.decide_wanted)
        if row is None:
            self.column.addWidget(frame)
        else:
            row.addWidget(frame, 1, Qt.AlignmentFlag.AlignTop)

    def add_budget(self, fields: tuple[Field, ...]) -> None:
        """Put the budget's figures on the card."""
        self.budget = BudgetCard(fields)
        self.budget.edited.connect(self.edited)
        self.budget.decide_wanted.connect(self.decide_wanted)
        self.column.addWidget(self.budget)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what the proposal holds."""
        for frame in self.frames.values():
            frame.show_proposal(proposal)
        if self.budget is not None:
            self.budget.show_proposal(proposal)

    def show_asked(self, proposal: Proposal) -> None:
        """Show the fields the kind of task asks for."""
        for frame in self.frames.values():
            frame.show_asked(proposal)

    def flush(self) -> None:
        """Tell everything typed and not yet told."""
        for frame in self.frames.values():
            frame.editor.flush()


def build_cards(form: Form, call: Call | None) -> Iterator[Card]:
    """Yield the cards of ``form``: its head, its sections, then what is not printed."""
    head = [field for field in form.fields if field.printed and form.section_of(field.key) is None]
    if head:
        yield _plain_card(HEAD, _words("Phần đầu phiếu"), head, call)
    for section in form.sections:
        yield _section_card(form, section, call)
    if form.supplement:
        title = _words("Thông tin phục vụ hồ sơ (không in)")
        yield _plain_card(SUPPLEMENT, title, list(form.supplement), call)


def _words(text: str) -> str:
    return QCoreApplication.translate("Card", text)


def _plain_card(key: str, title: str, fields: list[Field], call: Call | None) -> Card:
    card = Card(key, title)
    for field in fields:
        card.add_field(FieldFrame(field, call, field.label))
    return card


def _section_card(form: Form, section: Section, call: Call | None) -> Card:
    card = Card(section.number, section.title)
    card.add_help(section.guidance, section.advice)
    money = tuple(
        form.field(key)
        for key in section.field_keys
        if form.field(key).kind is FieldKind.MONEY and key.startswith(PREFIX)
    )
    if money:
        card.add_budget(money)
    placed = {field.key for field in money}
    for line in section.lines:
        _add_line(card, form, line, call, placed)
    return card


def _add_line(card: Card, form: Form, line: FormLine, call: Call | None, placed: set[str]) -> None:
    parts = [(part, part.field) for part in line.parts if part.field]
    if not parts:
        text = " ".join(part.label for part in line.parts).strip()
        if text and card.budget is None:
            card.column.addWidget(label(text, "quiet"))
        return
    wanted = [(part, key) for part, key in parts if key not in placed]
    row = QHBoxLayout() if len(wanted) > 1 else None
    for part, key in wanted:
        placed.add(key)
        title = part.label.strip().lstrip("-").strip().rstrip(":…. ")
        field, lines = form.field(key), line.blank_lines
        card.add_field(FieldFrame(field, call, title, lines, abreast=len(wanted)), row)
    if row is not None:
        row.setSpacing(16)
        card.column.addLayout(row)
