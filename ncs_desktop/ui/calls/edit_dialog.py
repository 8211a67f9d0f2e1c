"""The form of one's own call: everything its file holds, checked by the reader of call files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ncs_desktop.catalog import call_table
from ncs_desktop.domain.call import Call, DeadlineRule
from ncs_desktop.domain.checks.content_rules import MINIMUM_UNIVERSITIES
from ncs_desktop.domain.dossier import ROLES, SENDER_KINDS
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.ui.calls.boxes import (
    Box,
    ChoiceBox,
    Choices,
    DayBox,
    FormatsBox,
    LineBox,
    LinesBox,
    NumberBox,
    TextBox,
    TicksBox,
)
from ncs_desktop.ui.calls.items import DeadlineItem, Items, paper_item, priority_item
from ncs_desktop.ui.calls.words import deadline_rules, roles, senders, severities
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.scroll import scrolled
from ncs_desktop.work.calls import DERIVED_FROM, edited_call

_SCHOOLS = "minimum_universities"
_NEW_PAPER = {"role": "form", "need": "required", "text": ""}


class EditCallDialog(QDialog):
    """``made(call)`` with the call as it was written, once nothing is wrong with it."""

    made = Signal(object)

    def __init__(self, services: Services, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._call = services, call
        self._table = call_table(call)
        self._boxes: dict[str, Box] = {}
        self._lists: dict[str, Items] = {}
        self.setObjectName("dialog:edit-call")
        self.setWindowTitle(self.tr("Sửa đợt"))
        column = QVBoxLayout(self)
        self._tabs = QTabWidget()
        for title, page in (
            (self.tr("Chung"), self._general()),
            (self.tr("Nơi nhận"), self._office()),
            (self.tr("Hạn nộp"), self._deadlines()),
            (self.tr("Hồ sơ"), self._dossier()),
            (self.tr("Ưu tiên"), self._priorities()),
            (self.tr("Trường"), self._schools()),
            (self.tr("Quy tắc kiểm tra"), self._rules()),
        ):
            page.addStretch(1)
            holder = QWidget()
            holder.setLayout(page)
            self._tabs.addTab(scrolled(holder), title)
        column.addWidget(self._tabs, 1)
        self.notice = Notice()
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("Thôi"), self.reject))
        go = button(self.tr("Lưu"), self.accept, role="primary")
        go.setObjectName("button:save-call")
        row.addWidget(go)
        column.addLayout(row)
        open_at(self, 760, 680)

    def _page(self, *boxes: tuple[str, Box]) -> QVBoxLayout:
        """Return a page of boxes, each by the place in the file it stands for, filled."""
        column = QVBoxLayout()
        column.setSpacing(10)
        for place, box in boxes:
            value: Any = self._table
            for part in place.split("."):
                value = value.get(part) if isinstance(value, dict) else None
            if value is not None:
                box.show_value(value)
            self._boxes[place] = box
            column.addWidget(box)
        return column

    def _list(self, made: Items, value: Sequence[Any]) -> Items:
        made.show_value(value)
        self._lists[made.key] = made
        return made

    def _general(self) -> QVBoxLayout:
        forms = [(name, form.legal_source) for name, form in self._services.catalog.forms.items()]
        return self._page(
            ("title", TextBox("title", self.tr("Tên đợt"))),
            ("plan_year", NumberBox("plan_year", self.tr("Năm kế hoạch"), 2000, 2100)),
            ("issued", DayBox("issued", self.tr("Ngày của công văn"))),
            ("accepts", TicksBox("accepts", self.tr("Mẫu phiếu được nhận"), forms)),
            ("source", LineBox("source", self.tr("Nguồn (số, ký hiệu công văn)"))),
        )

    def _office(self) -> QVBoxLayout:
        kinds = self.tr("Ví dụ: docx, pdf; để trống nếu công văn không nói.")
        return self._page(
            ("authority.name", LineBox("name", self.tr("Cơ quan nhận hồ sơ"))),
            ("authority.parent", LineBox("parent", self.tr("Cơ quan cấp trên"))),
            ("authority.unit", LineBox("unit", self.tr("Phòng, ban nhận"))),
            ("authority.address", LineBox("address", self.tr("Địa chỉ"))),
            ("authority.email", LineBox("email", self.tr("Thư điện tử nhận bản mềm"))),
            ("authority.place", LineBox("place", self.tr("Địa danh ghi trên công văn"))),
            ("authority.formats", FormatsBox("formats", self.tr("Bản mềm dạng"), kinds)),
        )

    def _deadlines(self) -> QVBoxLayout:
        column = QVBoxLayout()
        text = self.tr("Mốc đầu tiên là hạn nộp cho nơi nhận; các mốc sau đi theo thứ tự.")
        column.addWidget(label(text, "quiet"))
        make = partial(DeadlineItem, rules=deadline_rules())
        made = Items("deadlines", self.tr("Thêm mốc hạn"), make, self._fresh_deadline)
        column.addWidget(self._list(made, self._table["deadlines"]))
        return column

    def _fresh_deadline(self, number: int) -> dict[str, Any]:
        """Return a deadline of today; its stage is that of the call this one was made from."""
        old = self._services.catalog.calls.get(str(self._call.extra.get(DERIVED_FROM, "")))
        chain = old.deadlines if old is not None else ()
        return {
            "stage": chain[number].stage if number < len(chain) else "",
            "rule": DeadlineRule.INCLUSIVE_DAY.value,
            "at": self._services.now().date().isoformat(),
        }

    def _dossier(self) -> QVBoxLayout:
        column = QVBoxLayout()
        kinds = self._options("task_kind")
        needs = [("required", self.tr("bắt buộc")), ("optional", self.tr("nếu có"))]
        only = self.tr("bắt buộc với: {kind}")
        needs += [(f"required_for:{kind}", only.format(kind=words)) for kind, words in kinds]
        words = (
            self.tr("Loại giấy tờ"),
            self.tr("Bắt buộc hay không"),
            self.tr("Nguyên văn yêu cầu, số bản"),
            self.tr("Dạng tệp"),
        )
        make = partial(paper_item, roles=roles(ROLES), needs=needs, words=words)
        for kind, name in senders(SENDER_KINDS):
            column.addWidget(label(name, "heading"))
            made = Items(
                f"recipe.{kind}", self.tr("Thêm giấy tờ"), make, lambda _number: _NEW_PAPER
            )
            column.addWidget(self._list(made, self._table["recipe"].get(kind, [])))
        return column

    def _priorities(self) -> QVBoxLayout:
        column = QVBoxLayout()
        words = self.tr("Nhóm nội dung"), self.tr("Nguyên văn trong công văn")
        kinds = self._options("priorities")
        make = partial(priority_item, kinds=kinds, words=words)
        made = Items(
            "priorities", self.tr("Thêm nội dung ưu tiên"), make, lambda _number: {"text": ""}
        )
        column.addWidget(self._list(made, self._table["priorities"]))
        return column

    def _schools(self) -> QVBoxLayout:
        text = self.tr("Mỗi dòng một trường; người lập phiếu chọn ở đây hoặc ghi trường khác.")
        least = self.tr("Số trường tối thiểu của một nhiệm vụ học phần, môn học")
        number = NumberBox(_SCHOOLS, least, 0, 99)
        number.show_value(MINIMUM_UNIVERSITIES)
        return self._page(
            ("universities", LinesBox("universities", self.tr("Các trường của đợt"), text)),
            (f"options.{_SCHOOLS}", number),
        )

    def _rules(self) -> QVBoxLayout:
        rules = self._services.catalog.rules
        return self._page(
            *(
                (f"severities.{code}", ChoiceBox(code, f"{code}. {rule.title}", severities()))
                for code, rule in rules.items()
            )
        )

    def _options(self, key: str) -> Choices:
        """Return what the forms the call takes offer at ``key``."""
        found: dict[str, str] = {}
        for name in self._call.accepts:
            form = self._services.catalog.forms.get(name)
            field = form.find(key) if form is not None else None
            found |= {option.id: option.label for option in field.options} if field else {}
        return list(found.items())

    def _written(self) -> dict[str, Any]:
        table: dict[str, Any] = {}
        values = [(place, box.value()) for place, box in self._boxes.items()]
        values += [(place, made.value()) for place, made in self._lists.items()]
        for place, value in values:
            first, _dot, below = place.partition(".")
            if not below:
                table[first] = value
                continue
            table.setdefault(first, dict(self._table.get(first) or {}))[below] = value
        recipe = table["recipe"]
        table["recipe"] = {kind: papers for kind, papers in recipe.items() if papers}
        return table

    def accept(self) -> None:
        """Close with the call, or say at its box what is wrong and lead there."""
        places = self._places()
        for box in places.values():
            box.say("")
        self.notice.clear()
        try:
            call = edited_call(self._services.catalog, self._call, self._written())
        except InputProblem as problem:
            self._say(places, problem)
            return
        self.made.emit(call)
        super().accept()

    def _places(self) -> dict[str, Box | Items]:
        places: dict[str, Box | Items] = {**self._boxes, **self._lists}
        for made in self._lists.values():
            places.update(made.boxes)
        return places

    def _say(self, places: dict[str, Box | Items], problem: InputProblem) -> None:
        key = "title" if problem.code == "call.same_title" else str(problem.params.get("key", ""))
        sentence = self._services.sentence(problem)
        box = places.get(key)
        if box is None:
            self.notice.say(sentence, problem=True)
            return
        box.say(sentence)
        pages = [self._tabs.widget(index) for index in range(self._tabs.count())]
        shown = next(page for page in pages if page is not None and page.isAncestorOf(box))
        self._tabs.setCurrentWidget(shown)
        box.setFocus()
        text = self.tr("Chưa lưu: có chỗ cần ghi lại, ở thẻ «{tab}».")
        tab = self._tabs.tabText(self._tabs.currentIndex()).replace("&", "")
        self.notice.say(text.format(tab=tab), problem=True)
