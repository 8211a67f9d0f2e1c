"""The line of sums below the table: always there, always the sum of the phiếu that count."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ncs_desktop.domain.desk import Totals
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.ui.widgets.labels import label


class SumsLine(QFrame):
    """Sums in đồng to the last one, in words that a screen reader can tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        self._sums = label(role="heading")
        self._sums.setObjectName("label:totals")
        self._more = label(role="quiet")
        self._more.setObjectName("label:shown")
        row.addWidget(self._sums, 2)
        row.addWidget(self._more, 1)
        self.hide()

    def show_totals(self, totals: Totals, of_shown: Totals | None, shown: int, count: int) -> None:
        """Show the sums of the whole call and, where a filter leaves only some lines, of those.

        ``of_shown`` is None until it is known.
        """
        self._sums.setText(
            self.tr("Tổng cộng {count} phiếu: {amounts}").format(
                count=totals.count, amounts=self._amounts(totals.budget)
            )
        )
        more = []
        if totals.incomplete:
            more.append(self.tr("{count} phiếu còn thiếu số tiền").format(count=totals.incomplete))
        if shown != count:
            text = self.tr("đang lọc {shown}/{count}").format(shown=shown, count=count)
            if of_shown is not None:
                text = f"{text}: {self._amounts(of_shown.budget)}"
            more.append(text)
        self._more.setText(" · ".join(more))
        self.setVisible(count > 0)

    def _amounts(self, budget: Budget) -> str:
        return self.tr("{total} đồng = NSNN {state} + đối ứng {counterpart}").format(
            total=format_dong(budget.total or 0),
            state=format_dong(budget.state_budget or 0),
            counterpart=format_dong(budget.counterpart or 0),
        )
