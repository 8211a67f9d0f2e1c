"""Section IX: four figures of which any two give the rest, the split as a bar, the difference."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.form import Field
from ncs_desktop.domain.money import counterpart_percent, format_dong, format_percent
from ncs_desktop.domain.proposal import Budget, Proposal
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui import theme
from ncs_desktop.ui.widgets.budget_state import AMOUNTS, PERCENT, BudgetState
from ncs_desktop.ui.widgets.finding_line import FindingLine
from ncs_desktop.ui.widgets.labels import label, level_with
from ncs_desktop.ui.widgets.money_edit import MoneyEdit
from ncs_desktop.ui.widgets.text_line import TextLine

PREFIX = "budget."
_BETWEEN = 10


class SplitBar(QWidget):
    """Shares of state budget and counterpart; the words stand beside it, colour is not needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = Decimal(0)
        self.setFixedHeight(14)
        self.setAccessibleName(self.tr("Cơ cấu kinh phí"))

    def show_share(self, counterpart: Decimal) -> None:
        """Show the split where ``counterpart`` is that part in percent of the total."""
        self._share = counterpart
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two shares."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(area, 4, 4)
        share = area.width() * float(100 - self._share) / 100
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(area.left(), area.top(), share, area.height()), 4, 4)
        painter.setBrush(QColor(colours.good))
        rest = QRectF(area.left() + share, area.top(), area.width() - share, area.height())
        painter.drawRoundedRect(rest, 4, 4)
        painter.end()


class BudgetCard(QWidget):
    """The three amounts and the counterpart's share; ``edited(key, value)`` per changed amount."""

    edited = Signal(str, object)
    decide_wanted = Signal(object)

    def __init__(self, fields: tuple[Field, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = BudgetState()
        self._stored: dict[str, int | str | None] = {}
        self._states: dict[tuple[int | str | None, ...], BudgetState] = {}
        self._shown_id = ""
        self._names = {field.key.removeprefix(PREFIX): field.label.rstrip(": ") for field in fields}
        self._edits: dict[str, MoneyEdit] = {}
        self._marks: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self.tr("Nhập hai ô bất kỳ, các ô còn lại được tự tính."), "quiet"))
        rows = QVBoxLayout()
        rows.setSpacing(3)
        for field in fields:
            self._add_amount(rows, field)
        self._add_percent(rows)
        column.addLayout(rows)
        self._mark_shown = label(role="quiet")
        self._mark_shown.setObjectName("mark:budget")
        self._mark_shown.hide()
        self._said = FindingLine("budget")
        self._said.decide_wanted.connect(self.decide_wanted)
        self._bar = SplitBar()
        self._split = label(role="quiet")
        self._split.setObjectName("label:budget-split")
        self._replaced = label(role="quiet")
        self._replaced.setObjectName("label:budget-replaced")
        self._difference = label(role="error")
        self._difference.setObjectName("label:budget-difference")
        for widget in (
            self._mark_shown,
            self._replaced,
            self._bar,
            self._split,
            self._difference,
            self._said,
        ):
            column.addWidget(widget)

    def _add_amount(self, rows: QVBoxLayout, field: Field) -> None:
        name = field.key.removeprefix(PREFIX)
        edit = MoneyEdit(field.key, field.label.rstrip(": "))
        mark = self._mark()
        if self._edits:
            rows.addSpacing(_BETWEEN)
        rows.addWidget(label(field.label.rstrip(": ")))
        rows.addWidget(_beside(edit, mark, edit.line))
        self._edits[name], self._marks[name] = edit, mark
        if self.focusProxy() is None:
            self.setFocusProxy(edit)
        edit.amount_edited.connect(partial(self._on_amount, name))
        edit.line.editingFinished.connect(self._on_left)

    def _add_percent(self, rows: QVBoxLayout) -> None:
        self._percent = TextLine()
        self._percent.setObjectName("field:budget.percent")
        self._percent.setAccessibleName(self.tr("Tỷ lệ đối ứng"))
        self._percent.setMaximumWidth(120)
        self._percent.textEdited.connect(self._on_percent)
        self._marks[PERCENT] = self._mark()
        rows.addSpacing(_BETWEEN)
        rows.addWidget(label(self.tr("Tỷ lệ đối ứng (%)")))
        rows.addWidget(_beside(self._percent, self._marks[PERCENT], self._percent))
        self._odd_percent = label(role="error")
        self._odd_percent.setObjectName("label:budget-percent")
        rows.addWidget(self._odd_percent)

    def _mark(self) -> QLabel:
        made = label(self.tr("tự tính"), "quiet")
        made.setWordWrap(False)
        made.setMinimumWidth(made.sizeHint().width())
        return made

    def show_proposal(self, proposal: Proposal) -> None:
        """Show stored figures; what was typed since the phiếu was opened stays known by them."""
        keys = {name: f"{PREFIX}{name}" for name in (*AMOUNTS, PERCENT)}
        unread = {name: proposal.unread(key) for name, key in keys.items() if proposal.unread(key)}
        budget = proposal.budget
        if proposal.id != self._shown_id:
            self._states.clear()
            self._shown_id = proposal.id
        self._stored = {name: unread.get(name, getattr(budget, name, None)) for name in keys}
        known = self._states.get(tuple(self._stored.values()))
        self._state = known or BudgetState.of(budget, unread)
        self._refresh(None)

    def mark(self, text: str) -> None:
        """Say something quietly at the figures, or nothing."""
        self._mark_shown.setText(text)
        self._mark_shown.setVisible(bool(text))

    def visit(self) -> None:
        """A person has been here: from now on the checks' words are shown."""
        self._said.visit()

    def show_finding(self, finding: Finding | None, text: str) -> None:
        """Take the weightiest finding of the figures, or none."""
        self._said.show_finding(finding, text)

    def flush(self) -> None:
        """Amounts are told at every keystroke; nothing waits."""

    def _on_amount(self, key: str, amount: int | str | None) -> None:
        self._take(self._state.with_amount(key, amount), key)

    @Slot(str)
    def _on_percent(self, text: str) -> None:
        self._take(self._state.with_percent(clean_text(text).text), PERCENT)

    @Slot()
    def _on_left(self) -> None:
        """What was emptied and follows from the others stands in its place."""
        self._refresh(None)

    def _take(self, state: BudgetState, key: str) -> None:
        self._know(self._state)
        self._state, before = state, self._stored
        self._stored = {name: state.shown(name) for name in (*AMOUNTS, PERCENT)}
        self._know(state)
        self._refresh(key)
        for name, value in self._stored.items():
            if value != before[name]:
                self.edited.emit(PREFIX + name, value)

    def _know(self, state: BudgetState) -> None:
        """Keep what was typed to come to the figures, for when a person goes back to them."""
        known = self._states.setdefault(tuple(self._stored.values()), state)
        if len(state.typed) > len(known.typed):
            self._states[tuple(self._stored.values())] = state

    def _refresh(self, typed_now: str | None) -> None:
        budget, computed = self._state.budget, self._state.computed
        for name, edit in self._edits.items():
            self._marks[name].setText(self.tr("tự tính") if name in computed else "")
            edit.show_following(getattr(budget, name) if name in computed else None)
            if name != typed_now:
                edit.show_typed(self._stored[name])
        share = counterpart_percent(budget)
        if typed_now != PERCENT:
            typed = self._state.shown(PERCENT)
            follows = "" if share is None else format_percent(share)
            self._percent.setText(typed if isinstance(typed, str) else follows)
        derived = share is not None and not self._state.share
        self._marks[PERCENT].setText(self.tr("tự tính") if derived else "")
        self._show_odd_percent()
        self._show_replaced()
        self._show_split(budget, share)

    def _show_replaced(self) -> None:
        text = self.tr("«{name}» được tự tính lại, trước là {amount} đồng; Ctrl+Z để lấy lại.")
        lines = [
            text.format(name=self._names[name], amount=format_dong(amount))
            for name, amount in self._state.replaced.items()
        ]
        self._replaced.setText("\n".join(lines))
        self._replaced.setVisible(bool(lines))

    def _show_odd_percent(self) -> None:
        odd = self._state.odd_percent
        text = self.tr("«{text}» không phải tỷ lệ nên không tính gì: hãy ghi số từ 0 đến 100.")
        self._odd_percent.setText(text.format(text=odd[:40]))
        self._odd_percent.setVisible(bool(odd))

    def _show_split(self, budget: Budget, share: Decimal | None) -> None:
        gap = self._state.difference
        whole = share is not None and budget.state_budget is not None and not gap
        self._bar.setVisible(whole)
        self._split.setVisible(whole)
        if share is not None and whole:
            self._bar.show_share(share)
            self._split.setText(
                self.tr("Ngân sách nhà nước {state} % · Đối ứng {counterpart} %").format(
                    state=format_percent(100 - share), counterpart=format_percent(share)
                )
            )
        self._difference.setVisible(gap != 0)
        if gap:
            self._difference.setText(self._gap_text(gap))

    def _gap_text(self, gap: int) -> str:
        if gap > 0:
            text = self.tr("Tổng kinh phí lớn hơn hai nguồn cộng lại {gap} đồng.")
        else:
            text = self.tr("Hai nguồn cộng lại lớn hơn tổng kinh phí {gap} đồng.")
        return text.format(gap=format_dong(abs(gap)))


def _beside(control: QWidget, mark: QLabel, line: QWidget) -> QWidget:
    """Put ``mark`` beside ``control``, level with its ``line``."""
    level_with(mark, line)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control, 1)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    return holder
