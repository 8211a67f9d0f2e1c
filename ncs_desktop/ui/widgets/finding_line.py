"""What the checks say at a field: one line, silent until a person has been there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ncs_desktop.domain.findings import Severity
from ncs_desktop.ui.widgets.labels import label, set_role

_ROLE = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "quiet"}


class FindingLine(QWidget):
    """Words in the look of their weight; ``finding:KEY`` is the name of the label."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._text: QLabel = label()
        self._text.setObjectName(f"finding:{key}")
        column.addWidget(self._text)
        self._finding: tuple[Severity, str] | None = None
        self._visited = False
        self._refresh()

    def visit(self) -> None:
        """From now on words are shown."""
        self._visited = True
        self._refresh()

    def show_finding(self, severity: Severity | None, text: str) -> None:
        """Take the weightiest finding, or none."""
        self._finding = None if severity is None else (severity, text)
        self._refresh()

    def _refresh(self) -> None:
        shown = self._finding if self._visited else None
        self.setVisible(shown is not None)
        self._text.setVisible(shown is not None)
        if shown is not None:
            set_role(self._text, _ROLE.get(shown[0], "quiet"))
            self._text.setText(shown[1])
