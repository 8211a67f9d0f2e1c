"""The boxes of the form of a call: each shows one value of its file, and what is wrong there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QDate, QDateTime, QTime, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.field_editor import GrowingText
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.quiet import (
    QuietComboBox,
    QuietDateEdit,
    QuietDateTimeEdit,
    QuietSpinBox,
)
from ncs_desktop.ui.widgets.text_line import TextLine
from ncs_desktop.ui.widgets.wrap_check import WrapCheck

Choices = Sequence[tuple[str, str]]
"""Values and the words they are chosen by."""


class Box(QWidget):
    """A name, a control, and below it what is wrong with its value."""

    def __init__(self, key: str, name: str, control: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.key = key
        self.control = control
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        title = label(name)
        title.setBuddy(control)
        column.addWidget(title)
        column.addWidget(control)
        control.setObjectName(f"field:call.{key}")
        control.setAccessibleName(name)
        self.setFocusProxy(control)
        if help_text:
            column.addWidget(label(help_text, "quiet"))
        self._wrong = label(role="error")
        self._wrong.setObjectName(f"wrong:{key}")
        self._wrong.hide()
        column.addWidget(self._wrong)

    def say(self, text: str) -> None:
        """Say what is wrong here; "" nothing."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    @abstractmethod
    def show_value(self, value: Any) -> None:
        """Show ``value`` as the call's file holds it."""

    @abstractmethod
    def value(self) -> Any:
        """The value as the call's file holds it."""


class LineBox(Box):
    """A short text."""

    def __init__(self, key: str, name: str, help_text: str = "") -> None:
        self._line = TextLine()
        super().__init__(key, name, self._line, help_text)

    def show_value(self, value: Any) -> None:
        """Show the text."""
        self._line.setText(value or "")

    def value(self) -> Any:
        """The text on one line."""
        return " ".join(clean_text(self._line.text()).text.split())


class TextBox(Box):
    """A text of several lines."""

    def __init__(self, key: str, name: str, help_text: str = "") -> None:
        self._text = GrowingText(2)
        super().__init__(key, name, self._text, help_text)

    def show_value(self, value: Any) -> None:
        """Show the text."""
        self._text.setPlainText(value or "")

    def value(self) -> Any:
        """The text as written."""
        return clean_text(self._text.toPlainText()).text.strip()


class LinesBox(TextBox):
    """A list of texts, one a line."""

    def show_value(self, value: Any) -> None:
        """Show the texts."""
        super().show_value("\n".join(value or ()))

    def value(self) -> Any:
        """The texts that are none but blanks."""
        return [line.strip() for line in super().value().split("\n") if line.strip()]


class FormatsBox(LineBox):
    """Kinds of files: ``docx, pdf``."""

    def show_value(self, value: Any) -> None:
        """Show the kinds."""
        super().show_value(", ".join(value or ()))

    def value(self) -> Any:
        """The kinds, as small letters without a dot."""
        kinds = super().value().replace(";", ",").split(",")
        return [kind.strip().lstrip(".*").lower() for kind in kinds if kind.strip()]


class NumberBox(Box):
    """A whole number."""

    def __init__(self, key: str, name: str, least: int, most: int, help_text: str = "") -> None:
        self._number = QuietSpinBox()
        self._number.setRange(least, most)
        self._number.setMaximumWidth(160)
        super().__init__(key, name, self._number, help_text)

    def show_value(self, value: Any) -> None:
        """Show the number."""
        self._number.setValue(value)

    def value(self) -> Any:
        """The number."""
        return self._number.value()


class DayBox(Box):
    """A day."""

    def __init__(self, key: str, name: str, help_text: str = "") -> None:
        self._day = QuietDateEdit()
        self._day.setDisplayFormat("dd/MM/yyyy")
        self._day.setCalendarPopup(True)
        self._day.setMaximumWidth(200)
        super().__init__(key, name, self._day, help_text)

    def show_value(self, value: Any) -> None:
        """Show the day of an ISO text."""
        self._day.setDate(QDate.fromString(value, "yyyy-MM-dd"))

    def value(self) -> Any:
        """The day as an ISO text."""
        return self._day.date().toString("yyyy-MM-dd")


class ChoiceBox(Box):
    """One of some values; one that is not among them stays as it is."""

    changed = Signal()

    def __init__(self, key: str, name: str, choices: Choices) -> None:
        self._box = QuietComboBox()
        for value, words in choices:
            self._box.addItem(words, value)
        self._box.setSizeAdjustPolicy(
            QuietComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        super().__init__(key, name, self._box)
        self._box.currentIndexChanged.connect(self.changed)

    def show_value(self, value: Any) -> None:
        """Choose the value."""
        if value is not None and self._box.findData(value) < 0:
            self._box.addItem(str(value), value)
        self._box.setCurrentIndex(max(self._box.findData(value), 0))

    def value(self) -> Any:
        """The chosen value."""
        return self._box.currentData()


class TicksBox(Box):
    """Several of some values; those not among them stay."""

    def __init__(self, key: str, name: str, choices: Choices) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self._ticks = {value: WrapCheck(words) for value, words in choices}
        self._came: list[str] = []
        for tick in self._ticks.values():
            column.addWidget(tick)
        super().__init__(key, name, holder)
        if self._ticks:
            holder.setFocusProxy(next(iter(self._ticks.values())))

    def show_value(self, value: Any) -> None:
        """Tick the values."""
        self._came = list(value)
        for one, tick in self._ticks.items():
            tick.set_checked(one in value)

    def value(self) -> Any:
        """The ticked values: those that came in their order, then new ones."""
        ticked = [one for one, tick in self._ticks.items() if tick.is_checked()]
        kept = [one for one in self._came if one in ticked or one not in self._ticks]
        return kept + [one for one in ticked if one not in kept]


class MomentBox(Box):
    """A deadline's moment: a day, with an hour where its rule is to the minute."""

    def __init__(self, key: str, name: str) -> None:
        self._at = QuietDateTimeEdit()
        self._at.setCalendarPopup(True)
        self._at.setMaximumWidth(240)
        self._timed = True
        super().__init__(key, name, self._at)

    def show_timed(self, timed: bool) -> None:
        """Ask for the hour too, or for the day only."""
        self._timed = timed
        self._at.setDisplayFormat("dd/MM/yyyy HH:mm" if timed else "dd/MM/yyyy")

    def show_value(self, value: Any) -> None:
        """Show the moment of an ISO text; an hour not known yet is the end of office hours."""
        day, _t, hour = value.partition("T")
        time = QTime.fromString(hour[:5], "HH:mm") if hour else QTime(17, 0)
        self._at.setDateTime(QDateTime(QDate.fromString(day, "yyyy-MM-dd"), time))

    def value(self) -> Any:
        """The moment as an ISO text."""
        return self._at.dateTime().toString("yyyy-MM-ddTHH:mm" if self._timed else "yyyy-MM-dd")


class Item(QFrame):
    """Boxes of one deadline, paper or priority; keys no box shows stay as they came."""

    up_wanted = Signal(object)
    removed = Signal(object)

    def __init__(self, boxes: Sequence[Box], value: Mapping[str, Any]) -> None:
        super().__init__()
        self.boxes = {box.key: box for box in boxes}
        self._came = dict(value)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        for box in boxes:
            if box.key in value:
                box.show_value(value[box.key])
            column.addWidget(box)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("Lên trên"), self._up, picture="up"))
        row.addWidget(button(self.tr("Bỏ mục này"), self._remove, picture="remove"))
        column.addLayout(row)

    @Slot()
    def _up(self) -> None:
        self.up_wanted.emit(self)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)

    def value(self) -> dict[str, Any]:
        """The item as the call's file holds it."""
        return self._came | {key: box.value() for key, box in self.boxes.items()}
