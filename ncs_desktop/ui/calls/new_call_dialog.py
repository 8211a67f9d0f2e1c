"""A new call from an old one: its year, its title, its deadline with the exact meaning."""

from __future__ import annotations

from PySide6.QtCore import QDate, QTime, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.call import Call, DeadlineRule
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.calls.words import deadline_rules
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import label, make_default
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.quiet import QuietComboBox, QuietDateEdit, QuietSpinBox, QuietTimeEdit
from ncs_desktop.ui.widgets.room import lines_high, open_at
from ncs_desktop.work.calls import derive_call, make_deadline, next_year, require_new_title


class NewCallDialog(QDialog):
    """Asks what differs from the old call; ``made(call)`` when it is accepted."""

    made = Signal(object)

    def __init__(self, services: Services, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._old = call
        self.setObjectName("dialog:new-call")
        self.setWindowTitle(self.tr("Đợt mới từ đợt cũ"))
        open_at(self, 560, 0)
        column = QVBoxLayout(self)
        self.notice = Notice()
        column.addWidget(self.notice)
        text = self.tr("Nơi nhận, hồ sơ, ưu tiên và quy tắc lấy theo: {title}")
        column.addWidget(label(text.format(title=call.title), "quiet"))
        column.addLayout(self._build_rows())
        self._meaning = label(role="quiet")
        column.addWidget(self._meaning)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton(self.tr("Tạo đợt"), QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        make_default(go)
        self._show_year()
        self._show_rule()

    def _build_rows(self) -> QFormLayout:
        rows = QFormLayout()
        now = self._services.now()
        self._year = QuietSpinBox()
        self._year.setObjectName("field:call.plan_year")
        self._year.setRange(2000, 2100)
        self._year.setValue(max(self._old.plan_year, now.year) + 1)
        self._year.valueChanged.connect(self._show_year)
        self._title = QPlainTextEdit()
        self._title.setObjectName("field:call.title")
        self._title.setTabChangesFocus(True)
        lines_high(self._title, 3)
        self._rule = QuietComboBox()
        self._rule.setObjectName("field:call.rule")
        for rule, text in deadline_rules():
            self._rule.addItem(text, rule)
        self._rule.currentIndexChanged.connect(self._show_rule)
        self._day = QuietDateEdit()
        self._day.setDate(QDate(now.year, now.month, now.day).addMonths(1))
        self._day.setObjectName("field:call.day")
        self._day.setDisplayFormat("dd/MM/yyyy")
        self._day.setCalendarPopup(True)
        self._day.dateChanged.connect(self._show_rule)
        self._time = QuietTimeEdit()
        self._time.setTime(QTime(17, 0))
        self._time.setObjectName("field:call.time")
        self._time.setDisplayFormat("HH:mm")
        self._time.timeChanged.connect(self._show_rule)
        for text, control in (
            (self.tr("Năm kế hoạch"), self._year),
            (self.tr("Tên đợt"), self._title),
            (self.tr("Hạn nộp ghi là"), self._rule),
            (self.tr("Ngày"), self._day),
            (self.tr("Giờ"), self._time),
        ):
            control.setAccessibleName(text)
            rows.addRow(label(text), control)
        return rows

    @Slot()
    def _show_year(self) -> None:
        title, self._id = next_year(self._services.catalog, self._old, self._year.value())
        self._title.setPlainText(title)

    def _is_timed(self) -> bool:
        return DeadlineRule(self._rule.currentData()).to_the_minute

    def _moment(self) -> str:
        day = self._day.date().toString("yyyy-MM-dd")
        return f"{day}T{self._time.time().toString('HH:mm')}" if self._is_timed() else day

    @Slot()
    def _show_rule(self) -> None:
        self._time.setEnabled(self._is_timed())
        try:
            deadline = make_deadline(self._moment(), str(self._rule.currentData()))
        except NcsError as problem:
            self._meaning.setText(self._services.sentence(problem))
            return
        text = self.tr("Hạn ghi «{words}»; ngày làm việc cuối cùng còn kịp là {day}.").format(
            words=deadline.text, day=f"{deadline.last_working_day:%d/%m/%Y}"
        )
        self._meaning.setText(text)

    def accept(self) -> None:
        """Make the call and close, or say what is wrong."""
        try:
            title = " ".join(clean_text(self._title.toPlainText()).text.split())
            require_new_title(self._services.catalog, title)
            deadline = make_deadline(self._moment(), str(self._rule.currentData()))
            call = derive_call(
                self._old,
                year=self._year.value(),
                deadline=deadline,
                today=self._services.now().date(),
                call_id=self._id,
                title=title,
            )
        except NcsError as problem:
            self.notice.say(self._services.sentence(problem), problem=True)
            return
        self.made.emit(call)
        super().accept()
