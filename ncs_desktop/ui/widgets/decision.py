"""What a person can decide about a finding, as one button: the same at the field and in lists."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from ncs_desktop.domain.checks import CONFIRMABLE
from ncs_desktop.domain.findings import Finding, Severity


class Decision(StrEnum):
    """Each finding allows one of these, or none."""

    CONFIRM = "confirm"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    UNCONFIRM = "unconfirm"


def decision_of(finding: Finding | None) -> Decision | None:
    """Return what a person can decide about ``finding``; a plain note needs no decision."""
    if finding is None:
        return None
    if finding.waived is not None:
        return Decision.WITHDRAW
    if finding.code in CONFIRMABLE:
        return Decision.UNCONFIRM if finding.severity is Severity.OFF else Decision.CONFIRM
    return None if finding.severity is Severity.INFO else Decision.ACCEPT


class DecisionButton(QPushButton):
    """Offers the decision its finding allows; hidden where there is none."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Xác nhận đã xem"), parent)
        self.setAutoDefault(False)
        self._finding: Finding | None = None
        self.clicked.connect(self._on_clicked)
        self.hide()

    def show_finding(self, finding: Finding | None, text: str) -> None:
        """Take the finding the button is about; ``text`` is what a person reads of it."""
        self._finding = finding
        decision = decision_of(finding)
        if decision is not None:
            words = {
                Decision.CONFIRM: self.tr("Xác nhận đã xem"),
                Decision.ACCEPT: self.tr("Chấp nhận, ghi lý do…"),
                Decision.WITHDRAW: self.tr("Bỏ chấp nhận"),
                Decision.UNCONFIRM: self.tr("Bỏ xác nhận"),
            }[decision]
            self.setText(words)
            self.setAccessibleName(f"{words}: {text}")
        self.setVisible(decision is not None)

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(self._finding)
