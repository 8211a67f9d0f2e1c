"""Editors of one answer or several among given options."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.domain.form import Field, Option
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.widgets.field_editor import FieldEditor
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.wrap_check import WrapCheck


class ChoiceEditor(FieldEditor):
    """One answer; an answer this form does not know stays selectable as it is."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._box = QuietComboBox()
        self._box.addItem(self.tr("— chưa chọn —"), "")
        for option in field.options:
            self._box.addItem(option.label, option.id)
        self._box.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.adopt(self._box)
        self._box.activated.connect(self._on_activated)

    def show_proposal(self, proposal: Proposal) -> None:
        """Select the stored answer."""
        stored = proposal.text(self.field.key)
        index = self._box.findData(stored)
        if index < 0:
            self._box.addItem(stored, stored)
            index = self._box.count() - 1
        self._box.setCurrentIndex(index)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.edited.emit(self.field.key, self._box.itemData(index))


class ChoicesEditor(FieldEditor):
    """Several answers as check boxes; answers this form does not know are kept."""

    def __init__(
        self, field: Field, options: tuple[Option, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(field, parent)
        self._boxes: dict[str, WrapCheck] = {}
        self._unknown: tuple[str, ...] = ()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for option in options or field.options:
            box = WrapCheck(option.label)
            box.clicked.connect(self._on_clicked)
            self._boxes[option.id] = box
            column.addWidget(box)
        self.adopt(holder)
        if self._boxes:
            first = next(iter(self._boxes.values()))
            holder.setFocusProxy(first)
            self.setFocusProxy(first)

    def show_proposal(self, proposal: Proposal) -> None:
        """Tick the stored answers."""
        stored = proposal.texts(self.field.key)
        self._unknown = tuple(answer for answer in stored if answer not in self._boxes)
        for answer, box in self._boxes.items():
            box.set_checked(answer in stored)

    @Slot()
    def _on_clicked(self) -> None:
        ticked = tuple(answer for answer, box in self._boxes.items() if box.is_checked())
        self.edited.emit(self.field.key, ticked + self._unknown)
