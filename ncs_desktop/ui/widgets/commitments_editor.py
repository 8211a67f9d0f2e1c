"""Commitments of other enterprises: one small form each, added up against the counterpart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.form import Field
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.letters import CO_FUND
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Proposal, number_typed, with_number
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.field_editor import FieldEditor
from ncs_desktop.ui.widgets.labels import button, label, level_with
from ncs_desktop.ui.widgets.money_edit import MoneyEdit
from ncs_desktop.ui.widgets.text_line import TextLine


class CommitmentForm(QFrame):
    """One commitment; unknown keys of its data are kept."""

    edited = Signal(object)

    def __init__(self, key: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._data: FrozenDict = EMPTY
        self._proposer: Mapping[str, str] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._scopes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._key = f"{key}[{number}]"
        self._build()

    def _build(self) -> None:
        texts = {
            "organization": self.tr("Tên doanh nghiệp"),
            "address": self.tr("Địa chỉ"),
            "representative": self.tr("Người đại diện"),
            "position": self.tr("Chức vụ"),
        }
        self._own = button(self.tr("Lấy tên, địa chỉ bên đề xuất ở mục X"), self._take_own)
        self._own.setObjectName(f"button:{self._key}.own")
        self._own.hide()
        self._grid.addWidget(self._own, 0, 1, Qt.AlignmentFlag.AlignLeft)
        for row, (name, text) in enumerate(texts.items(), 1):
            line = TextLine()
            line.setObjectName(f"field:{self._key}.{name}")
            line.setAccessibleName(text)
            line.textEdited.connect(partial(self._on_text, name))
            self._add(row, text, line)
            self._lines[name] = line
        self._amount = MoneyEdit(f"{self._key}.amount", self.tr("Số tiền đối ứng"))
        self._amount.amount_edited.connect(self._on_amount)
        self._add(5, self.tr("Số tiền đối ứng"), self._amount)
        self._add(6, self.tr("Nội dung cam kết"), self._scope_boxes())
        self._grid.setColumnStretch(1, 1)
        self.setFocusProxy(self._lines["organization"])

    def _add(self, row: int, text: str, control: QWidget) -> None:
        first = control.findChild(QLineEdit) or control.findChild(QCheckBox) or control
        name = label(text)
        name.setFixedWidth(120)
        level_with(name, first)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(control, row, 1)

    def _scope_boxes(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        scopes = {
            "cooperate": self.tr("Phối hợp"),
            CO_FUND: self.tr("Đối ứng kinh phí"),
            "receive_results": self.tr("Tiếp nhận kết quả"),
        }
        for name, text in scopes.items():
            box = QCheckBox(text)
            box.setObjectName(f"field:{self._key}.scope.{name}")
            box.clicked.connect(self._on_scope)
            self._scopes[name] = box
            column.addWidget(box)
        return holder

    def show_data(self, data: FrozenDict) -> None:
        """Show one commitment of the proposal."""
        self._data = data
        for name, line in self._lines.items():
            text = str(data.get(name) or "")
            if line.text() != text:
                line.setText(text)
        scope = data.get("scope") or ()
        for name, box in self._scopes.items():
            box.setChecked(name in scope)
        self._amount.show_typed(number_typed(data, "amount"))
        self._show_own()

    def know_proposer(self, lines: Mapping[str, str]) -> None:
        """Offer the proposer's own ``lines`` while no enterprise is named."""
        self._proposer = lines
        self._show_own()

    def _show_own(self) -> None:
        named = bool(str(self._data.get("organization") or "").strip())
        self._own.setVisible(bool(self._proposer.get("organization")) and not named)

    @Slot()
    def _take_own(self) -> None:
        lines = {name: text for name, text in self._proposer.items() if not self._data.get(name)}
        self.show_data(self._data.with_items(lines))
        self._lines["representative"].setFocus()
        self.edited.emit(self)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the cursor, in reading order."""
        return (self._own, *self._lines.values(), self._amount.line, *self._scopes.values())

    @property
    def data(self) -> FrozenDict:
        """The commitment as it now stands."""
        return self._data

    def _on_text(self, name: str, text: str) -> None:
        self._change(name, clean_text(text).text)

    @Slot()
    def _on_scope(self) -> None:
        unknown = tuple(part for part in self._data.get("scope") or () if part not in self._scopes)
        ticked = tuple(name for name, box in self._scopes.items() if box.isChecked())
        self._change("scope", ticked + unknown)

    @Slot(object)
    def _on_amount(self, amount: int | str | None) -> None:
        """Take the amount; the first one says that funds are committed, in one step with it."""
        first = isinstance(amount, int) and amount and self._data.get("amount") is None
        self._data = with_number(self._data, "amount", amount)
        scope = tuple(self._data.get("scope") or ())
        if first and CO_FUND not in scope:
            self._data = self._data.with_items({"scope": (*scope, CO_FUND)})
            self._scopes[CO_FUND].setChecked(True)
        self._told()

    def _change(self, name: str, value: Any) -> None:
        self._data = self._data.with_items({name: value})
        self._told()

    def _told(self) -> None:
        self._show_own()
        self.edited.emit(self)


class CommitmentsEditor(FieldEditor):
    """All commitments of the proposal and their sum."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._forms: list[CommitmentForm] = []
        self._holders: list[QWidget] = []
        self._removes: list[QPushButton] = []
        self._sum = label(role="quiet")
        self._sum.setObjectName("label:commitment-sum")
        self._add = button(self.tr("Thêm cam kết"), self._on_add, picture="add")
        self._add.setObjectName(f"field:{field.key}")
        self._add.setAccessibleName(self.tr("Thêm cam kết của doanh nghiệp"))
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._sum, 1)
        self.column.addLayout(row)
        self.setFocusProxy(self._add)
        self._counterpart: int | None = None
        self._proposer: Mapping[str, str] = {}

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the stored commitments, a form each."""
        stored = proposal.get(self.field.key)
        items = [
            FrozenDict(item)
            for item in (stored if isinstance(stored, tuple) else ())
            if isinstance(item, Mapping)
        ]
        self._proposer = {
            "organization": proposal.text("proposer_name").strip(),
            "address": proposal.text("proposer_address").strip(),
        }
        self._counterpart = proposal.budget.completed().counterpart
        self._show_items(items)

    def _show_items(self, items: Sequence[FrozenDict]) -> None:
        while len(self._forms) > len(items):
            self._drop_last()
        while len(self._forms) < len(items):
            self._append()
        for form, item in zip(self._forms, items, strict=True):
            if form.data != item:
                form.show_data(item)
            form.know_proposer(self._proposer)
        self._show_sum()

    @property
    def _items(self) -> tuple[FrozenDict, ...]:
        return tuple(form.data for form in self._forms)

    def _append(self) -> None:
        """Add a form; Tab goes through all forms, then to «Thêm cam kết», last to each ✕."""
        form = CommitmentForm(self.field.key, len(self._forms))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(form, 1)
        remove = button("", partial(self._on_remove, form), picture="remove")
        remove.setObjectName(f"button:{self.field.key}[{len(self._forms)}].remove")
        remove.setToolTip(self.tr("Bỏ cam kết này"))
        remove.setAccessibleName(self.tr("Bỏ cam kết này"))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        form.edited.connect(self._on_edited)
        self.column.insertWidget(len(self._forms), holder)
        for before, control in pairwise((self._add, *form.controls, self._add)):
            self.setTabOrder(before, control)
        self.setTabOrder(self._removes[-1] if self._removes else self._add, remove)
        self._forms.append(form)
        self._holders.append(holder)
        self._removes.append(remove)

    def _drop_last(self) -> None:
        self._removes.pop()
        self._forms.pop()
        holder = self._holders.pop()
        self.column.removeWidget(holder)
        holder.hide()
        holder.deleteLater()

    @Slot()
    def _on_add(self) -> None:
        self._append()
        form = self._forms[-1]
        form.show_data(FrozenDict({"organization": "", "scope": (), "amount": None}))
        form.know_proposer(self._proposer)
        self._on_edited(form)
        form.setFocus()

    def _on_remove(self, form: CommitmentForm) -> None:
        """Take one out, say so with the way back, and lead on to its neighbour."""
        before, at = self._items, self._forms.index(form)
        after = before[:at] + before[at + 1 :]
        near = self._forms[min(at, len(after) - 1)] if after else self._add
        near.setFocus()
        self._show_items(after)
        self._on_edited(None)
        name = str(before[at].get("organization") or "").strip()
        said = self.tr("Đã bỏ cam kết của {name}.") if name else self.tr("Đã bỏ một cam kết.")
        self.undoable.emit(said.format(name=name), partial(self._put_back, after, at, before[at]))

    def _put_back(self, left: tuple[FrozenDict, ...], at: int, item: FrozenDict) -> None:
        """Put ``item`` back where it was, unless that was done in another way already."""
        now = self._items
        if len(now) > len(left) and item in now:
            return
        self._show_items((*now[:at], item, *now[at:]))
        self._on_edited(None)
        self._forms[min(at, len(now))].setFocus()

    @Slot(object)
    def _on_edited(self, _form: object) -> None:
        self.edited.emit(self.field.key, self._items)
        self._show_sum()

    def _show_sum(self) -> None:
        amounts = [item.get("amount") for item in self._items]
        total = sum(amount for amount in amounts if isinstance(amount, int))
        text = self.tr("Cộng các cam kết: {total} đồng").format(total=format_dong(total))
        if self._counterpart is not None:
            gap = total - self._counterpart
            text += " · " + self._gap_text(gap)
        self._sum.setText(text if self._forms else "")

    def _gap_text(self, gap: int) -> str:
        if gap == 0:
            return self.tr("bằng kinh phí đối ứng")
        words = (
            self.tr("nhiều hơn kinh phí đối ứng {gap} đồng")
            if gap > 0
            else self.tr("còn thiếu {gap} đồng so với kinh phí đối ứng")
        )
        return words.format(gap=format_dong(abs(gap)))
