"""What the checks say at a field: one line, silent until a person has been there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.ui.widgets.decision import DecisionButton
from ncs_desktop.ui.widgets.labels import label, set_role

_ROLE = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "quiet"}


def code_words(finding: Finding) -> str:
    """Return how a finding is named to an office or to support; the clerk needs no code."""
    text = QCoreApplication.translate("Finding", "Mã điểm kiểm tra: {code}")
    return text.format(code=finding.code)


def counted(standing: Sequence[Finding]) -> str:
    """Return how many errors and points to look at there are; what there is none of is not said."""
    errors = sum(finding.severity is Severity.ERROR for finding in standing)
    kinds = (
        (errors, QCoreApplication.translate("Finding", "{count} lỗi")),
        (
            len(standing) - errors,
            QCoreApplication.translate("Finding", "{count} điểm cần xem lại"),
        ),
    )
    both = QCoreApplication.translate("Finding", " và ")
    return both.join(text.format(count=count) for count, text in kinds if count)


class FindingLine(QWidget):
    """Words in the look of their weight, and what can be decided about them.

    ``finding:KEY`` is the name of the label, ``decide:KEY`` that of the button.
    """

    decide_wanted = Signal(object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._text: QLabel = label()
        self._text.setObjectName(f"finding:{key}")
        self._decide = DecisionButton()
        self._decide.setObjectName(f"decide:{key}")
        column.addWidget(self._text)
        column.addWidget(self._decide, 0, Qt.AlignmentFlag.AlignLeft)
        self._decide.wanted.connect(self.decide_wanted)
        self._finding: tuple[Finding, str] | None = None
        self._visited = False
        self.decidable = True
        self._refresh()

    def visit(self) -> None:
        """From now on words are shown."""
        self._visited = True
        self._refresh()

    def show_finding(self, finding: Finding | None, text: str) -> None:
        """Take the weightiest finding, or none."""
        self._finding = None if finding is None else (finding, text)
        self._refresh()

    def _refresh(self) -> None:
        shown = self._finding if self._visited else None
        self.setVisible(shown is not None)
        self._text.setVisible(shown is not None)
        if shown is not None:
            finding, text = shown
            set_role(self._text, _ROLE.get(finding.severity, "quiet"))
            self._text.setText(text)
            self._text.setToolTip(code_words(finding))
            self._decide.show_finding(finding if self.decidable else None, text)
