"""One call as a person reads it: office, deadline, dossier, priorities, and how fresh it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.form import Form
from ncs_desktop.ui.calls.words import countdown, law_note
from ncs_desktop.ui.widgets.labels import label


class CallDetails(QWidget):
    """Read-only view of a call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 8, 8)
        self._title = label(role="title")
        self._law = label(role="warning")
        self._column.addWidget(self._title)
        self._column.addWidget(self._law)
        self._parts = {}
        for name, title in (
            ("deadline", self.tr("Hạn nộp")),
            ("office", self.tr("Nơi nhận hồ sơ")),
            ("recipe", self.tr("Hồ sơ của tổ chức, doanh nghiệp")),
            ("agency", self.tr("Hồ sơ của cơ quan nhà nước")),
            ("priorities", self.tr("Định hướng ưu tiên")),
            ("form", self.tr("Mẫu phiếu")),
            ("source", self.tr("Nguồn và ngày của dữ liệu")),
        ):
            head, text = label(title, "heading"), label()
            self._parts[name] = (head, text)
            self._column.addSpacing(6)
            self._column.addWidget(head)
            self._column.addWidget(text)
        self._column.addStretch(1)

    def show_call(self, call: Call, now: datetime, form: Form | None) -> None:
        """Show ``call``."""
        self._title.setText(call.title)
        note = law_note(call)
        self._law.setText(note)
        self._law.setVisible(bool(note))
        office = call.authority
        lines = (office.unit, office.name, office.address, office.email)
        texts = {
            "deadline": "\n".join([countdown(call, now), *self._later(call)]),
            "office": "\n".join(line for line in lines if line),
            "recipe": self._recipe(call, "organization"),
            "agency": self._recipe(call, "agency"),
            "priorities": "\n".join(f"• {item.text}" for item in call.priorities),
            "form": form.legal_source if form is not None else "",
            "source": self._source(call),
        }
        for name, (head, text) in self._parts.items():
            text.setText(texts[name])
            head.setVisible(bool(texts[name]))
            text.setVisible(bool(texts[name]))

    def _later(self, call: Call) -> list[str]:
        return [f"{item.stage}: {item.text}" for item in call.deadlines[1:] if item.text]

    def _recipe(self, call: Call, kind: str) -> str:
        return "\n".join(f"• {item.text}" for item in call.recipe_for(kind))

    def _source(self, call: Call) -> str:
        day = f"{call.data_date:%d/%m/%Y}" if call.data_date else ""
        return " · ".join(part for part in (call.source, day) if part)
