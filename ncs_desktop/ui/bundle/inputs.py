"""The assistant's questions: rank, sender, what the call asks for, letters, files, scans, reason.

What is chosen and edited here is kept in the store for the next time the same phiếu are opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dossier import SUMMARY, Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.bundle.checklist import Checklist
from ncs_desktop.ui.bundle.files_list import FilesList
from ncs_desktop.ui.bundle.job import Order, findings_of, plan, shortened
from ncs_desktop.ui.bundle.kept import Kept
from ncs_desktop.ui.bundle.letters_list import LettersList
from ncs_desktop.ui.bundle.rank import RankList
from ncs_desktop.ui.bundle.scans import ScansList
from ncs_desktop.ui.bundle.sender_form import TEXTS, SenderForm
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.room import lines_high
from ncs_desktop.work.assistant import (
    Choices,
    from_json,
    sender_from_json,
    sender_to_json,
    setting_key,
    to_json,
)
from ncs_desktop.work.bundling import sender_of

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store

SENDER_SETTING = "sender"
_KEEP_AFTER_MS = 600


class BundleInputs(QWidget):
    """Everything a person chooses; ``planned(possible)`` after every change."""

    planned = Signal(bool)
    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        proposals: Sequence[Proposal],
        call: Call,
        *,
        print_set: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._given = tuple(proposals)
        self._call = call
        self._print_set = print_set
        self._known = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        self.kept = Kept(services, proposals, self)
        self._build()
        self.sender_form.show_sender(sender_of(self._given[0], call))
        self.plan()
        key = setting_key([item.id for item in self._given])
        task = services.store.ask(partial(read_choices, key))
        task.done.connect(self._on_known)
        task.failed.connect(self.failed)
        self.kept.load()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.rank = RankList(self._given)
        if len(self._given) > 1:
            self._part(self.tr("Thứ tự ưu tiên"), self.rank)
        self.sender_form = SenderForm()
        self._part(self.tr("Bên gửi"), self.sender_form)
        self.checklist = Checklist(self._call, print_set=self._print_set)
        self._part(self.tr("Hồ sơ đợt này cần"), self.checklist)
        self.letters = LettersList(self._services)
        self._part(self.tr("Văn bản kèm theo, soạn sẵn từ phiếu"), self.letters)
        self.files = FilesList(self._services, self.kept)
        self.scans = ScansList(self._services, self.kept, self._given)
        if not self._print_set:
            self._part(self.tr("Bản quét giấy tờ đã ký (nếu có)"), self.scans)
            self._part(self.tr("Tệp gửi kèm"), self.files)
        for changed in (self.rank.changed, self.sender_form.edited, self.kept.changed):
            changed.connect(self.plan)
        for changed in (self.rank.changed, self.sender_form.edited, self.letters.changed):
            changed.connect(self._soon.start)
        self._reason_head = label(self.tr("Lý do vẫn làm khi còn lỗi"), "heading")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("field:reason")
        self.reason.setAccessibleName(self.tr("Lý do vẫn làm khi còn lỗi"))
        self.reason.setTabChangesFocus(True)
        lines_high(self.reason, 3)
        for widget in (self._reason_head, self.reason):
            self._column.addWidget(widget)
            widget.hide()

    def _part(self, title: str, widget: QWidget) -> None:
        self._column.addSpacing(6)
        self._column.addWidget(label(title, "heading"))
        self._column.addWidget(widget)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The phiếu in their rank."""
        return self.rank.proposals

    @property
    def order(self) -> Order:
        """What is asked for as it now stands."""
        return Order(
            self.proposals,
            self.sender_form.value,
            self._services.store.path,
            self.letters.letters,
            self.kept.enclosed,
            self.kept.valid_scans,
            self.reason.toPlainText().strip() or None,
            self._print_set,
        )

    def ask_reason(self) -> None:
        """Show where the reason is written."""
        self._reason_head.show()
        self.reason.show()
        self.reason.setFocus()

    @Slot(object)
    def _on_known(self, known: tuple[object, Choices]) -> None:
        """Show what was chosen for these phiếu before, else the sender used last."""
        _last, choices = known
        self.sender_form.show_sender(known_sender(known, self.sender_form.value))
        self.rank.show_order(choices.order)
        self.letters.show_edited(choices.letters)
        self._known = True
        self.plan()

    @Slot()
    def keep(self) -> None:
        """Keep what is chosen; before the earlier choices are known nothing is overwritten."""
        self._soon.stop()
        if not self._known:
            return
        ids = tuple(item.id for item in self.proposals)
        choices = Choices(self.sender_form.value, ids, self.letters.edited)
        task = self._services.store.ask(partial(_keep_choices, setting_key(ids), choices))
        task.failed.connect(self.failed)

    def close_down(self) -> None:
        """Keep at once what waits to be kept."""
        if self._soon.isActive():
            self.keep()

    @Slot()
    def plan(self) -> None:
        """Draft the letters and tick the list for what is chosen now."""
        sender, catalog = self.sender_form.value, self._services.catalog
        try:
            letters, dossier = plan(
                catalog, self.proposals, sender, self.kept.enclosed, self.kept.valid_scans
            )
        except NcsError as problem:
            self.planned.emit(False)
            self.failed.emit(problem)
            return
        self.letters.show_letters(letters, sender, self.rank.names)
        self.scans.show_order(self.rank.names)
        self.checklist.show_dossier(dossier)
        sentences = shortened(
            catalog, self._call, dossier.sender, dossier.proposals, self._services.messages
        )
        self.checklist.show_shortened(sentences)
        self.scans.ask_table(bool(dossier.of_role(SUMMARY)))
        work = partial(findings_of, catalog, dossier, self._services.now())
        self._services.background.run(work).done.connect(self._on_checked)
        self.planned.emit(True)

    @Slot(object)
    def _on_checked(self, findings: list[Finding]) -> None:
        self.checklist.show_findings(findings, self._services.messages)

    def keep_sender(self) -> None:
        """Keep the sender as the one to begin with in other dossiers too."""
        self._services.store.ask(partial(_keep_sender, self.sender_form.value))


def read_choices(key: str, store: Store) -> tuple[object, Choices]:
    """Return the sender used last, and what was chosen for the dossier ``key``."""
    return store.setting(SENDER_SETTING), from_json(store.setting(key))


def known_sender(known: tuple[object, Choices], guessed: Sender) -> Sender:
    """Return who sends a dossier: chosen for it before, else the sender used last, else a guess.

    The sender used last is taken where it bears the name of ``guessed``, or that has none.
    """
    last, choices = known
    if choices.sender is not None or not isinstance(last, dict):
        return choices.sender or guessed
    kept = sender_from_json(last)
    texts = {name: getattr(kept, name) or getattr(guessed, name) for name in TEXTS}
    same = texts["name"] == guessed.name or not guessed.name
    return Sender(kind=kept.kind, **texts) if same else guessed


def _keep_choices(key: str, choices: Choices, store: Store) -> None:
    store.set_setting(key, to_json(choices))


def _keep_sender(sender: Sender, store: Store) -> None:
    store.set_setting(SENDER_SETTING, sender_to_json(sender))
