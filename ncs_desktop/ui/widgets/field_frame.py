"""A field in its card: label, editor, help, and what the checks say about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.domain.blocks import blocks_from_value, plain_text
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.form import Field, FieldKind, Option
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.widgets.choice_editor import ChoiceEditor, ChoicesEditor
from ncs_desktop.ui.widgets.commitments_editor import CommitmentsEditor
from ncs_desktop.ui.widgets.field_editor import (
    FieldEditor,
    LineEditor,
    PlainEditor,
    TextListEditor,
)
from ncs_desktop.ui.widgets.finding_line import FindingLine
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.money_field import MoneyEditor
from ncs_desktop.ui.widgets.rich_edit import RichTextEditor

_LONG_TEXT = 120
_NEARLY = 0.9
"""Share of the usual length from which the length is told."""


def make_editor(field: Field, call: Call | None, lines: int = 0, abreast: int = 1) -> FieldEditor:
    """Return the editor of ``field``'s kind; the call supplies the text of its priorities.

    Of so many fields ``abreast`` each has its part of the width: shorter texts need several lines.
    """
    kind = field.kind
    if kind is FieldKind.TEXT:
        long = lines > 1 or (field.suggested_length or 0) * abreast > _LONG_TEXT
        return PlainEditor(field, max(lines, 1)) if long else LineEditor(field)
    if kind is FieldKind.CHOICES:
        return ChoicesEditor(field, _call_options(field, call))
    if kind is FieldKind.TEXT_LIST:
        return TextListEditor(field, _call_names(field, call))
    makers: dict[FieldKind, type[FieldEditor]] = {
        FieldKind.BLOCKS: RichTextEditor,
        FieldKind.MONEY: MoneyEditor,
        FieldKind.CHOICE: ChoiceEditor,
        FieldKind.COMMITMENTS: CommitmentsEditor,
    }
    return makers.get(kind, LineEditor)(field)


def _call_options(field: Field, call: Call | None) -> tuple[Option, ...]:
    if call is None or field.key != "priorities":
        return ()
    return tuple(Option(priority.id, priority.text) for priority in call.priorities)


def _call_names(field: Field, call: Call | None) -> tuple[str, ...]:
    return call.universities if call is not None and field.key == "universities" else ()


class FieldFrame(QWidget):
    """One field with everything around it; silent about mistakes until it was visited."""

    edited = Signal(str, object)
    undoable = Signal(str, object)
    decide_wanted = Signal(object)

    def __init__(
        self,
        field: Field,
        call: Call | None,
        title: str = "",
        lines: int = 0,
        parent: QWidget | None = None,
        *,
        abreast: int = 1,
    ) -> None:
        super().__init__(parent)
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.editor = make_editor(field, call, lines, abreast)
        if title:
            name = label(title)
            name.setBuddy(self.editor)
            column.addWidget(name)
        help_text = field.help_in(call.plan_year if call is not None else 0)
        places = [self.editor, *([label(help_text, "quiet")] if help_text else [])]
        if field.kind is FieldKind.CHOICES:  # what a long list is for is read before it
            places.reverse()
        for place in places:
            column.addWidget(place)
        self._meter = label(role="quiet")
        self._meter.setObjectName(f"meter:{field.key}")
        self._meter.hide()
        column.addWidget(self._meter)
        self._said = FindingLine(field.key)
        self._said.decide_wanted.connect(self.decide_wanted)
        column.addWidget(self._said)
        self._mark = label(role="quiet")
        self._mark.setObjectName(f"mark:{field.key}")
        self._mark.hide()
        column.addWidget(self._mark)
        self.editor.edited.connect(self._on_edited)
        self.editor.undoable.connect(self.undoable)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what the proposal holds; nothing that holds a value is hidden."""
        self.editor.show_proposal(proposal)
        self.show_asked(proposal)
        self._measure(proposal.get(self.field.key))

    def show_asked(self, proposal: Proposal) -> None:
        """Show the field where the kind of task asks for it, or where it holds a value."""
        asked = self.field.asked_for
        if asked:
            held = bool(proposal.get(self.field.key))
            self.setVisible(held or proposal.text("task_kind") in asked)

    @Slot(str, object)
    def _on_edited(self, key: str, value: object) -> None:
        self._measure(value)
        self.edited.emit(key, value)

    def _measure(self, value: Any) -> None:
        """Say how long the text is once it is nearly as long as it should be; never a limit."""
        usual = self.field.suggested_length
        if not usual:
            return
        text = value if isinstance(value, str) else plain_text(blocks_from_value(value, ""))
        shown = self.tr("{count} ký tự · nên gọn trong khoảng {usual}")
        self._meter.setText(shown.format(count=format_dong(len(text)), usual=format_dong(usual)))
        self._meter.setVisible(len(text) >= _NEARLY * usual)

    def mark(self, text: str) -> None:
        """Say something quietly at the field, or nothing."""
        self._mark.setText(text)
        self._mark.setVisible(bool(text))

    @Slot()
    def visit(self) -> None:
        """A person has been here: from now on the checks' words are shown."""
        self._said.visit()

    def set_decidable(self, decidable: bool) -> None:
        """Whether a finding at this field can be accepted or confirmed."""
        self._said.decidable = decidable

    def show_finding(self, finding: Finding | None, text: str) -> None:
        """Take the weightiest finding of this field, or none."""
        self._said.show_finding(finding, text)
