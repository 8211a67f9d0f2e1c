"""The line of sums below the table: always there, always the sum of the phiếu that count."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ncs_desktop.domain.desk import Totals
from ncs_desktop.domain.money import format_dong
from ncs_desktop.ui.widgets.labels import button, label


class SumsLine(QFrame):
    """Sums in đồng to the last one, in words that a screen reader can tell.

    ``uneven_wanted`` when a person wants to see the phiếu whose total is not its two parts.
    """

    uneven_wanted = Signal()

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
        self.uneven = button(self.tr("Xem phiếu lệch"), self.uneven_wanted.emit)
        self.uneven.setObjectName("button:uneven")
        self.uneven.hide()
        row.addWidget(self.uneven)
        row.addWidget(self._more, 1)
        self.hide()

    def show_totals(self, totals: Totals, of_shown: Totals | None, shown: int, count: int) -> None:
        """Show the sums of the whole call and, where a filter leaves only some lines, of those.

        ``of_shown`` is None until it is known.
        """
        self._sums.setText(
            self.tr("Trong bảng {count} phiếu: {amounts}").format(
                count=totals.count, amounts=amounts(totals)
            )
        )
        self.uneven.setVisible(totals.uneven > 0)
        self.uneven.setText(self.tr("Xem {count} phiếu lệch").format(count=totals.uneven))
        self.uneven.setToolTip(self.tr("Tổng kinh phí khác NSNN cộng đối ứng"))
        more = [left_out(totals)] if left_out(totals) else []
        if totals.incomplete:
            more.append(self.tr("{count} phiếu còn thiếu số tiền").format(count=totals.incomplete))
        if shown != count:
            text = self.tr("đang hiện {shown}/{count} dòng").format(shown=shown, count=count)
            if of_shown is not None and of_shown.count:
                text = f"{text}: {amounts(of_shown)}"
            more.append(text)
        self._more.setText(" · ".join(more))
        self._more.setVisible(bool(more))
        self.setVisible(count > 0)


def amounts(totals: Totals) -> str:
    """Return the sums in words; «=» stands only where the parts of each phiếu make its total."""
    tr, budget = QCoreApplication.translate, totals.budget
    text = tr("SumsLine", "{total} đồng = NSNN {state} + đối ứng {counterpart}")
    if totals.unclear or totals.over:
        text = tr("SumsLine", "{total} đồng; NSNN {state}, đối ứng {counterpart}")
    parts = [
        text.format(
            total=format_dong(budget.total or 0),
            state=format_dong(budget.state_budget or 0),
            counterpart=format_dong(budget.counterpart or 0),
        )
    ]
    for amount, said in (
        (totals.unclear, tr("SumsLine", "chưa rõ nguồn {amount}")),
        (totals.over, tr("SumsLine", "hai nguồn vượt tổng {amount}")),
    ):
        if amount:
            parts.append(said.format(amount=format_dong(amount)))
    return ", ".join(parts)


def left_out(totals: Totals) -> str:
    """Return how many phiếu do not go into the official table and why; "" where all do."""
    tr = QCoreApplication.translate
    parts = []
    if totals.failed:
        parts.append(tr("SumsLine", "{count} không đạt").format(count=totals.failed))
    if totals.replaced:
        parts.append(tr("SumsLine", "{count} đã có phiếu thay").format(count=totals.replaced))
    if not parts:
        return ""
    return tr("SumsLine", "ngoài bảng: {parts}").format(parts=", ".join(parts))
