"""The page «Đơn vị»: who proposes and who signs, filled once and used in every new phiếu."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from ncs_desktop.domain.checks import check
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.bundle.inputs import SENDER_SETTING
from ncs_desktop.ui.bundle.sender_form import SenderForm
from ncs_desktop.ui.proposals.desk import PROFILE_SETTING
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.field_frame import FieldFrame
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.scroll import scrolled
from ncs_desktop.work.assistant import sender_from_json, sender_to_json
from ncs_desktop.work.drafts import PROFILE_KEYS, missing_call

if TYPE_CHECKING:
    from ncs_desktop.domain.dossier import Sender
    from ncs_desktop.store.store import Store

_SAVE_AFTER_MS = 800
_FORM = "a1-dxnv"


_SENDER_LINES = {"proposer_name": "name", "proposer_address": "address"}
"""Who proposes usually also sends: these lines of section X fill those of the sender."""


class ProfilePage(QWidget):
    """Fields of section X and of the sender, saved by themselves; doubts are said beside them."""

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page:profile")
        self._services = services
        self._values: FrozenDict = EMPTY
        self._frames: dict[str, FieldFrame] = {}
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SAVE_AFTER_MS)
        self._soon.timeout.connect(self.save)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(label(self.tr("Đơn vị"), "title"))
        note = self.tr("Điền một lần; mỗi phiếu mới lấy sẵn những dòng này vào mục X.")
        outer.addWidget(label(note, "quiet"))
        holder = QWidget()
        holder.setMaximumWidth(760)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(12)
        column.addWidget(self._proposer_card())
        column.addWidget(self._sender_card())
        column.addStretch(1)
        outer.addWidget(scrolled(holder), 1)
        self._saved = label(role="quiet")
        outer.addWidget(self._saved)

    def _proposer_card(self) -> QFrame:
        card, column = _card(self.tr("Tổ chức, cá nhân đề xuất"))
        form = self._form = self._services.catalog.latest_form(_FORM)
        for key in PROFILE_KEYS:
            field = form.find(key)
            if field is not None:
                frame = FieldFrame(field, None, field.label.rstrip(": "))
                frame.edited.connect(self._on_edited)
                frame.set_decidable(False)
                self._frames[key] = frame
                column.addWidget(frame)
        return card

    def _sender_card(self) -> QFrame:
        card, column = _card(self.tr("Bên gửi và người ký công văn"))
        self._sender = SenderForm()
        self._sender.edited.connect(self._start_saving)
        column.addWidget(self._sender)
        return card

    @Slot(object)
    def _show(self, kept: tuple[Any, Any]) -> None:
        profile, sender = kept
        if isinstance(profile, dict):
            self._values = FrozenDict(profile)
        shown = Proposal("", "", "", "", self._values)
        for key, frame in self._frames.items():
            frame.show_proposal(shown)
            if self._values.get(key):
                frame.visit()
        self._check()
        if isinstance(sender, dict):
            self._sender.show_sender(sender_from_json(sender))
        for key, name in _SENDER_LINES.items():
            self._sender.follow(name, "", str(self._values.get(key) or ""))

    @Slot(str, object)
    def _on_edited(self, key: str, value: object) -> None:
        if key in _SENDER_LINES:
            before = str(self._values.get(key) or "")
            self._sender.follow(_SENDER_LINES[key], before, str(value or ""))
        self._values = FrozenDict({**self._values, key: value})
        self._start_saving()

    @Slot()
    def _start_saving(self) -> None:
        self._saved.setText(self.tr("Đang lưu…"))
        self._soon.start()

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """A field that was left may be told what is wrong with it."""
        for frame in self._frames.values():
            if old is not None and now is not None and frame.isAncestorOf(old):
                frame.visit()

    def _check(self) -> int:
        """Say at each filled field what the phiếu would say there; return at how many."""
        filled = {key: value for key, value in self._values.items() if value}
        asked = Proposal("", self._form.id, self._form.version, "", FrozenDict(filled))
        call = missing_call(self._services.catalog, asked)
        found = check(asked, self._form, call, None, self._services.now())
        told = 0
        for key, frame in self._frames.items():
            said = next((item for item in found if item.field == key and key in filled), None)
            if said is None or said.severity is Severity.INFO:
                frame.show_finding(None, "")
                continue
            told += 1
            gentle = replace(said, severity=Severity.WARNING)
            frame.show_finding(gentle, self._services.messages.finding(said))
        return told

    @Slot()
    def save(self) -> None:
        """Keep what is typed."""
        task = self._services.store.ask(partial(_write, self._values, self._sender.value))
        task.done.connect(self._on_saved)
        task.failed.connect(self.failed)

    def showEvent(self, event: Any) -> None:
        """Show what is kept now; a frozen phiếu may have filled it meanwhile."""
        super().showEvent(event)
        if event.spontaneous() or self._soon.isActive():
            return
        task = self._services.store.ask(_read)
        task.done.connect(self._show)
        task.failed.connect(self.failed)

    def hideEvent(self, event: Any) -> None:
        """Keep what is typed before the page is left."""
        if self._soon.isActive():
            self._soon.stop()
            self.save()
        super().hideEvent(event)

    @Slot(object)
    def _on_saved(self, _result: object) -> None:
        count = self._check()
        text = self.tr("Đã lưu.")
        if count:
            text += " " + self.tr("Có {count} dòng nên xem lại.").format(count=count)
        self._saved.setText(text)


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(18, 14, 18, 16)
    column.addWidget(label(title, "heading"))
    return card, column


def _read(store: Store) -> tuple[object, object]:
    return store.setting(PROFILE_SETTING), store.setting(SENDER_SETTING)


def _write(profile: FrozenDict, sender: Sender, store: Store) -> None:
    store.set_setting(PROFILE_SETTING, profile)
    store.set_setting(SENDER_SETTING, sender_to_json(sender))
