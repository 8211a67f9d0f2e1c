"""Money as bars: state budget and counterpart, by phiếu and by kind of task.

The bars are drawn by hand and only where they can be seen; the same figures stand in words in the
accessible description and at the end of each bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.money import format_million
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.data import DeskData
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.quiet import QuietComboBox

_SPOKEN_MOST = 40
_MEASURED_MOST = 500
"""Of more bars the figures stand beside the names however wide they are."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name and the amounts in đồng; ``over`` is what parts make beyond totals."""

    name: str
    budget: Budget
    over: int = 0

    @property
    def whole(self) -> int:
        """The length of the bar in đồng."""
        parts = (self.budget.state_budget or 0) + (self.budget.counterpart or 0)
        return max(self.budget.total or 0, parts)


class BarChart(QAbstractScrollArea):
    """Bars one below the other; scrolls with the arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart:budget")
        self.setAccessibleName(self.tr("Biểu đồ kinh phí"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bars: Sequence[Bar] = ()
        self._longest = 1
        self._stacked = False

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show ``bars``."""
        self._bars = bars
        self._longest = max((bar.whole for bar in bars), default=0) or 1
        spoken = [self.words(bar) for bar in bars[:_SPOKEN_MOST]]
        if len(bars) > _SPOKEN_MOST:
            spoken.append(self.tr("và {count} dòng nữa").format(count=len(bars) - _SPOKEN_MOST))
        self.setAccessibleDescription("; ".join(spoken) or self.tr("chưa có số liệu"))
        self._fit()
        self.viewport().update()

    def words(self, bar: Bar) -> str:
        """Return name and figures of a bar in words."""
        return self.tr("{name}: {figures} triệu đồng").format(
            name=bar.name, figures=self.figures(bar)
        )

    def figures(self, bar: Bar) -> str:
        """Return the figures of a bar, and what of it has no known source."""
        over = max(bar.over, -bar.budget.unsourced)
        unclear = bar.budget.unsourced + over
        text = self.tr("NSNN {state}, đối ứng {counterpart}")
        if unclear:
            text += self.tr(", chưa rõ nguồn {unclear}")
        if over:
            text += self.tr(", hai nguồn vượt tổng {over}")
        amounts = text.format(
            state=format_million(bar.budget.state_budget or 0),
            counterpart=format_million(bar.budget.counterpart or 0),
            unclear=format_million(unclear),
            over=format_million(over),
        )
        return f"{format_million(bar.budget.total or 0)} ({amounts})"

    def _step(self) -> int:
        return self.fontMetrics().height() * (3 if self._stacked else 2) + 14

    def _fit(self) -> None:
        figures = (self.fontMetrics().horizontalAdvance(self.figures(bar)) for bar in self._bars)
        widest = max(figures, default=0) if len(self._bars) <= _MEASURED_MOST else 0
        self._stacked = widest > self.viewport().width() // 2
        visible = self.viewport().height()
        scroll = self.verticalScrollBar()
        scroll.setRange(0, max(len(self._bars) * self._step() - visible, 0))
        scroll.setPageStep(visible)
        scroll.setSingleStep(self._step())

    def resizeEvent(self, _event: object) -> None:
        """Scroll as far as there are bars."""
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for some bars."""
        return QSize(500, 360)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by keys."""
        by = {Qt.Key.Key_Home: -(10**9), Qt.Key.Key_End: 10**9}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars in sight."""
        painter = QPainter(self.viewport())
        step, top = self._step(), self.verticalScrollBar().value()
        first = top // step
        last = min((top + self.viewport().height()) // step + 1, len(self._bars))
        for number in range(first, last):
            room = QRect(8, number * step - top, self.viewport().width() - 16, step)
            self._draw(painter, room, self._bars[number], self._longest)
        painter.end()

    def _draw(self, painter: QPainter, room: QRect, bar: Bar, longest: int) -> None:
        colours = theme.current()
        metrics = self.fontMetrics()
        line = metrics.height()
        painter.setPen(QColor(colours.text))
        figures = self.figures(bar)
        taken = 0 if self._stacked else metrics.horizontalAdvance(figures) + 12
        head = QRect(room.left(), room.top() + 4, room.width(), line)
        name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideMiddle, room.width() - taken)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft), name)
        painter.setPen(QColor(colours.quiet))
        if self._stacked:
            head.translate(0, line)
        side = Qt.AlignmentFlag.AlignLeft if self._stacked else Qt.AlignmentFlag.AlignRight
        painter.drawText(head, int(side), figures)
        width = max(int(room.width() * bar.whole / longest), 1)
        state = int(width * (bar.budget.state_budget or 0) / (bar.whole or 1))
        height = max(line - 4, 8)
        y = head.bottom() + 3
        painter.fillRect(QRect(room.left(), y, state, height), QColor(colours.accent))
        other = int(width * (bar.budget.counterpart or 0) / (bar.whole or 1))
        rest = QRect(room.left() + state, y, min(other + 1, width - state), height)
        painter.fillRect(rest, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.accent))
        painter.drawRect(QRect(room.left(), y, width - 1, height - 1))


class ChartView(QWidget):
    """The chart, and the choice by what the bars are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        row = QHBoxLayout()
        self.by = QuietComboBox()
        self.by.setObjectName("field:chart-by")
        self.by.setAccessibleName(self.tr("Vẽ theo"))
        self.by.addItem(self.tr("Theo loại nhiệm vụ"))
        self.by.addItem(self.tr("Theo từng phiếu"))
        row.addWidget(self.by)
        self.setFocusProxy(self.by)
        legend = label(
            self.tr(
                "Ô đậm: ngân sách nhà nước; ô nhạt: đối ứng; ô trống: chưa rõ nguồn;"
                " đơn vị triệu đồng."
            ),
            "quiet",
        )
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(legend)
        self.whole = label(role="quiet")
        self.whole.hide()
        column.addWidget(self.whole)
        self.chart = BarChart()
        column.addWidget(self.chart, 1)
        self._data = DeskData("")
        self._names: dict[str, str] = {}
        self._stale = False
        self.by.currentIndexChanged.connect(self._show)

    def show_data(self, data: DeskData, catalog: Catalog) -> None:
        """Show the money of a call; the bars are made when somebody looks at them."""
        self._data, self._names = data, _kind_names(catalog)
        self._stale = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the bars of what came while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._show()

    @Slot()
    def _show(self) -> None:
        self._stale = False
        self.chart.show_bars(self._by_phieu() if self.by.currentIndex() else self._by_kind())

    def _by_phieu(self) -> list[Bar]:
        unnamed = self.tr("(chưa có tên)")
        entries = self._data.lines.entries
        return [
            Bar(entry.title or unnamed, entry.budget.completed())
            for entry in entries
            if entry.proposed
        ]

    def _by_kind(self) -> list[Bar]:
        unknown = self.tr("(chưa ghi loại nhiệm vụ)")
        bars = [
            Bar(
                f"{self._names.get(kind, kind) or unknown} · {found.count}",
                found.budget,
                found.over,
            )
            for kind, found in self._data.by_kind.items()
            if found.count
        ]
        return sorted(bars, key=lambda bar: -bar.whole)


def _kind_names(catalog: Catalog) -> dict[str, str]:
    found = (form.find("task_kind") for form in catalog.forms.values())
    return {option.id: option.label for field in found if field for option in field.options}
