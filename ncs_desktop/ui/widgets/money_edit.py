"""One amount of money: any Vietnamese spelling goes in, integer đồng come out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ncs_desktop.domain.money import (
    AmbiguousMoney,
    BadMoney,
    format_dong,
    parse_money,
    sentence_in_words,
)
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.labels import label, set_role
from ncs_desktop.ui.widgets.text_line import TextLine


class MoneyEdit(QWidget):
    """A line for an amount with its echo in words.

    ``amount_edited`` carries đồng, None, or the text that could not be read as an amount: it is
    kept until it can be.

    Where a spelling has two readings, both are offered as buttons and none is guessed. Once one is
    chosen their room is kept until the line is written in again: the next click hits what it aims
    at, and the cursor is back in the line.
    """

    amount_edited = Signal(object)

    def __init__(self, key: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.line = TextLine()
        self.line.setObjectName(f"field:{key}")
        self.line.setAccessibleName(name)
        self.line.setMaxLength(200)
        self.show_following(None)
        self._echo = label(role="quiet")
        self._readings = QWidget()
        self._reading_row = QHBoxLayout(self._readings)
        self._reading_row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, self._echo, self._readings):
            column.addWidget(widget)
        column.addStretch(1)
        self._readings.hide()
        self.setFocusProxy(self.line)
        self._amount: int | None = None
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._tidy)

    @property
    def amount(self) -> int | None:
        """The amount shown, in đồng."""
        return self._amount

    @property
    def echo(self) -> str:
        """What stands below the line."""
        return self._echo.text()

    def show_typed(self, typed: int | str | None) -> None:
        """Show what was typed, telling nobody: an amount, or a text with what is said of it."""
        if not isinstance(typed, str):
            self._show_amount(typed)
        elif self._typed() != typed:
            self._amount = None
            self.line.setText(typed)
            self._clear_readings()
            self._read(typed)

    def show_following(self, amount: int | None) -> None:
        """Show in grey, while the line is empty, the amount in its place; an example else."""
        example = self.tr("ví dụ: 4,85 tỷ hoặc 4850 triệu")
        self.line.setPlaceholderText(example if amount is None else format_dong(amount))

    def _typed(self) -> int | str | None:
        if self._amount is not None:
            return self._amount
        text = clean_text(self.line.text()).text
        return text if text.strip() else None

    def _show_amount(self, amount: int | None) -> None:
        self._clear_readings()
        if amount == self._amount and (amount is None) == (not self.line.text().strip()):
            self._say_amount(amount)
            return
        self._amount = amount
        self.line.setText("" if amount is None else format_dong(amount))
        self._say_amount(amount)

    def _say_amount(self, amount: int | None) -> None:
        set_role(self._echo, "quiet")
        self._echo.setText("" if amount is None else sentence_in_words(amount))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.setMinimumHeight(0)
        self._clear_readings()
        self._amount = None
        if not text.strip():
            self._say_amount(None)
        else:
            self._read(text)
        self.amount_edited.emit(self._typed())

    def _read(self, text: str) -> None:
        try:
            self._amount = parse_money(text)
            self._say_amount(self._amount)
        except AmbiguousMoney as problem:
            set_role(self._echo, "warning")
            self._echo.setText(self.tr("Chưa rõ đơn vị; hãy chọn hoặc viết thêm đơn vị:"))
            for amount in problem.readings:
                self._offer(amount)
        except BadMoney:
            set_role(self._echo, "error")
            self._echo.setText(self.tr("Chưa đọc được số tiền này; ví dụ viết: 4.850.000.000"))

    def _offer(self, amount: int) -> None:
        made = QPushButton(self.tr("{amount} đồng").format(amount=format_dong(amount)))
        made.setAutoDefault(False)
        made.clicked.connect(partial(self._choose, amount))
        self._reading_row.addWidget(made)
        self._readings.show()

    def _choose(self, amount: int, _checked: bool = False) -> None:
        self.setMinimumHeight(self.height())
        self.line.setFocus()
        self._show_amount(amount)
        self.amount_edited.emit(amount)

    def _clear_readings(self) -> None:
        while (item := self._reading_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._readings.hide()

    @Slot()
    def _tidy(self) -> None:
        if self._amount is not None:
            self.line.setText(format_dong(self._amount))
