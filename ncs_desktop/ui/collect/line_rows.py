"""One cell of a line of the official table: beside what the section says what the table says."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.differences import value_text
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import CONDENSED_LENGTH
from ncs_desktop.domain.table_line import from_section, section_of
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.labels import button, label, set_role
from ncs_desktop.ui.widgets.quiet import QuietComboBox

_LINES = 6


class LineRow(QObject):
    """Label, text and meter of one field, in two columns of ``grid``: the section, the table.

    ``kept`` is what is written in the line. Where nothing is, and the table would cut the section,
    the cut text is offered as a ``draft``, written only once a person changes it.
    """

    def __init__(self, field: Field, form: Form, grid: QGridLayout) -> None:
        super().__init__(grid)
        self._field, self._form = field, form
        self._section = section_of(field, form)
        short, _, _ = field.label.partition(" (")
        self._name = short if self._section is None else self.tr("Trong bảng: {name}")
        self._name = self._name.format(name=short)
        self.kept = self._offered = self._proposer = ""
        self._made: list[QWidget] = []
        column = QVBoxLayout()
        head = label(self._name, "heading")
        self.meter = label(role="quiet")
        self.meter.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(head, 1)
        row.addWidget(self.meter)
        column.addLayout(row)
        self.control = self._build_control()
        self.control.setObjectName(f"field:line.{field.key}")
        self.control.setAccessibleName(field.label.strip(" -:"))
        self.control.setToolTip(field.help)
        column.addWidget(self.control)
        self._made += [head, self.meter, self.control]
        at = grid.rowCount()
        if self._section is None:
            grid.addLayout(column, at, 0, 1, 2)
        else:
            grid.addLayout(self._build_source(self._section), at, 0)
            grid.addLayout(column, at, 1)
        if field.key == "lead_organization":
            self._offer_proposer(column)

    def _build_control(self) -> QWidget:
        if self._field.kind is FieldKind.CHOICE:
            self.choice = QuietComboBox()
            self.choice.addItem(self.tr("(chưa chọn)"), "")
            for option in self._field.options:
                self.choice.addItem(option.label, option.id)
            return self.choice
        if self._section is None:
            self.line = QLineEdit()
            self.line.textChanged.connect(self._measure)
            return self.line
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self.area.setMinimumHeight(self.area.fontMetrics().lineSpacing() * _LINES + 14)
        self.area.textChanged.connect(self._measure)
        return self.area

    def _build_source(self, section: Field) -> QVBoxLayout:
        column = QVBoxLayout()
        name = self.tr("Trong phiếu: {name}").format(name=section.label.strip(" -:"))
        head = label(name, "quiet")
        column.addWidget(head)
        self.source = QPlainTextEdit()
        self.source.setObjectName(f"text:{section.key}")
        self.source.setAccessibleName(name)
        self.source.setReadOnly(True)
        self.source.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.source.setTabChangesFocus(True)
        self.source.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column.addWidget(self.source)
        self._made += [head, self.source]
        return column

    def _offer_proposer(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        taken = button(self.tr("&Lấy tên bên đề xuất"), self._take_proposer, picture="copy")
        taken.setObjectName("button:take-proposer")
        row.addWidget(taken)
        row.addStretch(1)
        column.addLayout(row)
        self._made.append(taken)

    @Slot()
    def _take_proposer(self) -> None:
        self.line.setText(self._proposer)

    def take_away(self) -> None:
        """Make room for the fields of another form."""
        for widget in self._made:
            widget.deleteLater()
        self.deleteLater()

    def show_line(self, proposal: Proposal) -> None:
        """Show the line of a phiếu."""
        self.kept = proposal.text(self._field.key)
        self._proposer = proposal.text("proposer_name")
        found = from_section(proposal, self._field, self._form)
        self._offered = found.text if found.condensed and not self.kept else ""
        if self._field.kind is FieldKind.CHOICE:
            self.choice.setCurrentIndex(max(self.choice.findData(self.kept), 0))
        elif self._section is None:
            self.line.setText(self.kept)
        else:
            whole = value_text(proposal.get(self._section.key), self._section)
            self.source.setPlainText(whole or self.tr("(trống)"))
            self.area.setPlaceholderText(
                self.tr("Để trống thì bảng lấy nguyên mục của phiếu.")
                if not found.condensed
                else self.tr("Để trống thì bảng lấy đoạn đầu và ghi «(rút gọn từ phiếu)».")
            )
            self.area.setPlainText(self.kept or self._offered)
        self._measure()

    @property
    def text(self) -> str:
        """What the line is to say."""
        if self._field.kind is FieldKind.CHOICE:
            return str(self.choice.currentData())
        typed = self.line.text() if self._section is None else self.area.toPlainText()
        return clean_text(typed).text.strip()

    @property
    def changed(self) -> bool:
        """Whether a person wrote something else than is kept."""
        return self.text not in (self.kept, self._offered or self.kept)

    @property
    def draft(self) -> bool:
        """Whether the text is what the program cut, as nobody has changed it."""
        return bool(self._offered) and self.text == clean_text(self._offered).text.strip()

    def settle(self) -> None:
        """Take what a person wrote for what is kept."""
        if self.changed:
            self.kept, self._offered = self.text, ""

    @Slot()
    def _measure(self) -> None:
        """Say how long the text is, and whether it is the program's."""
        if self._field.kind is FieldKind.CHOICE:
            return
        most = self._field.suggested_length or CONDENSED_LENGTH
        count = len(self.text)
        told = self.tr("{count}/{most} ký tự").format(count=count, most=most)
        if self.draft:
            told = self.tr("phần mềm cắt · {told}").format(told=told)
        self.meter.setText(told)
        set_role(self.meter, "warning" if count > most or self.draft else "quiet")
