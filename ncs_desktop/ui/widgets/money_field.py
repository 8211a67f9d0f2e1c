"""An amount that stands alone, outside the budget."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.form import Field
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.widgets.field_editor import FieldEditor
from ncs_desktop.ui.widgets.money_edit import MoneyEdit


class MoneyEditor(FieldEditor):
    """One amount in đồng."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._money = MoneyEdit(field.key, field.label.rstrip(": "))
        self.column.addWidget(self._money)
        self.setFocusProxy(self._money)
        self._money.amount_edited.connect(self._on_amount)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the stored amount."""
        self._money.show_typed(proposal.number(self.field.key))

    @Slot(object)
    def _on_amount(self, amount: int | str | None) -> None:
        self.edited.emit(self.field.key, amount)
