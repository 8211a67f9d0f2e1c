"""Lists in the form of a call: deadlines, papers, priorities; lines come, go and move up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.domain.call import DeadlineRule
from ncs_desktop.ui.calls.boxes import (
    Box,
    ChoiceBox,
    Choices,
    FormatsBox,
    Item,
    LineBox,
    MomentBox,
    TextBox,
)
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.work.calls import said_anew


class Items(QWidget):
    """A list under ``key`` of the call's file; ``fresh(n)`` is what line n begins with."""

    def __init__(
        self,
        key: str,
        add_words: str,
        make: Callable[[Mapping[str, Any]], Item],
        fresh: Callable[[int], Mapping[str, Any]],
    ) -> None:
        super().__init__()
        self.key = key
        self._make, self._fresh = make, fresh
        self.items: list[Item] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        column.addLayout(self._column)
        self._wrong = label(role="error")
        self._wrong.setObjectName(f"wrong:{key}")
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.more = button(add_words, self.add, picture="add")
        self.more.setObjectName(f"button:add-{key}")
        column.addWidget(self.more)
        self.setFocusProxy(self.more)

    def show_value(self, value: Sequence[Mapping[str, Any]]) -> None:
        """Show the list."""
        for one in value:
            self._append(one)

    def value(self) -> list[dict[str, Any]]:
        """The list as the call's file holds it."""
        return [item.value() for item in self.items]

    @property
    def boxes(self) -> dict[str, Box]:
        """Every box by its place in the file: ``deadlines[0].at``."""
        return {
            f"{self.key}[{index}].{key}": box
            for index, item in enumerate(self.items)
            for key, box in item.boxes.items()
        }

    def say(self, text: str) -> None:
        """Say what is wrong with the list as a whole; "" nothing."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    @Slot()
    def add(self) -> None:
        """Begin a new line and lead there."""
        next(iter(self._append(self._fresh(len(self.items))).boxes.values())).setFocus()

    def _append(self, value: Mapping[str, Any]) -> Item:
        item = self._make(value)
        item.up_wanted.connect(self._up)
        item.removed.connect(self._remove)
        self.items.append(item)
        self._column.addWidget(item)
        return item

    @Slot(object)
    def _up(self, item: Item) -> None:
        index = max(self.items.index(item) - 1, 0)
        self.items.remove(item)
        self.items.insert(index, item)
        self._column.removeWidget(item)
        self._column.insertWidget(index, item)

    @Slot(object)
    def _remove(self, item: Item) -> None:
        self.items.remove(item)
        self._column.removeWidget(item)
        item.hide()
        item.deleteLater()
        self.more.setFocus()


class DeadlineItem(Item):
    """A deadline: the words follow its day and rule until a person writes their own."""

    def __init__(self, value: Mapping[str, Any], rules: Choices) -> None:
        self._rule = ChoiceBox("rule", self.tr("Hạn ghi là"), rules)
        self._at = MomentBox("at", self.tr("Ngày (và giờ)"))
        help_text = self.tr("Để trống thì ghi theo ngày và cách tính ở trên.")
        boxes = (
            LineBox("stage", self.tr("Mốc, nơi nhận")),
            self._rule,
            self._at,
            LineBox("text", self.tr("Nguyên văn hạn trong công văn"), help_text),
            LineBox("source", self.tr("Nguồn")),
        )
        super().__init__(boxes, value)
        self._rule.changed.connect(self._show_timed)
        self._show_timed()

    @Slot()
    def _show_timed(self) -> None:
        self._at.show_timed(DeadlineRule(self._rule.value()).to_the_minute)

    def value(self) -> dict[str, Any]:
        """The deadline, its words said anew where they followed from an earlier day or rule."""
        return said_anew(self._came, super().value())


def paper_item(
    value: Mapping[str, Any], roles: Choices, needs: Choices, words: Sequence[str]
) -> Item:
    """Return the boxes of one paper of the dossier; ``words`` name them."""
    role, need, text, formats = words
    return Item(
        (
            ChoiceBox("role", role, roles),
            ChoiceBox("need", need, needs),
            TextBox("text", text),
            FormatsBox("formats", formats),
        ),
        value,
    )


def priority_item(value: Mapping[str, Any], kinds: Choices, words: Sequence[str]) -> Item:
    """Return the boxes of one priority; ``words`` name them."""
    kind, text = words
    return Item((ChoiceBox("id", kind, kinds), TextBox("text", text)), value)
