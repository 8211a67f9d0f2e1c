"""What the officer is asked about the chosen lines: reasons, times of receipt, outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from ncs_desktop.domain.desk import Channel, DeskEntry, Status
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.model import DeskModel
from ncs_desktop.ui.collect.table import DeskTable
from ncs_desktop.ui.services import Services

_KINDS = "*.zip *.docx *.docm *.dotx *.json *.ncs *.eml *.msg"
_NEED_A_REASON = (Status.NEEDS_SUPPLEMENT, Status.FAILED)


class Asking(QObject):
    """Opens the dialogs over the page; ``answered`` when one is closed.

    ``chosen(paths)`` are to be taken in, ``review_wanted(id)`` where a reading is to be compared.
    """

    told = Signal(str)
    answered = Signal()
    chosen = Signal(object)
    review_wanted = Signal(str)
    cut_wanted = Signal()

    def __init__(
        self, services: Services, desk: CollectDesk, table: DeskTable, page: QWidget
    ) -> None:
        super().__init__(page)
        self._services, self._desk, self._table, self._page = services, desk, table, page
        self._model: DeskModel = table.desk_model

    def connect_commands(self, commands: Mapping[str, QAction]) -> None:
        """Let the commands of the bar ask."""
        for name, act in (
            ("import", self.files),
            ("import-folder", self.folder),
            ("rank-reason", self.rank_reason),
            ("line", self.line),
            ("export-table", self.output),
            ("received", self.received),
            ("bin", self.put_away),
        ):
            commands[name].triggered.connect(act)
        self._table.doubleClicked.connect(self.line)

    def _entry(self) -> DeskEntry | None:
        index = self._table.currentIndex()
        return self._model.entry(index.row()) if index.isValid() else None

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self.answered)
        dialog.open()

    @Slot()
    def files(self) -> None:
        """Ask for files to take in."""
        kinds = self.tr("Hồ sơ, phiếu, thư ({kinds})").format(kinds=_KINDS)
        self.chosen.emit(self._services.open_files(self._page, self.tr("Nhập tệp"), kinds))

    @Slot()
    def folder(self) -> None:
        """Ask for a folder to take in with every file in it."""
        folder = self._services.open_folder(self._page, self.tr("Nhập thư mục"))
        self.chosen.emit([folder] if folder else [])

    @Slot()
    def rank_reason(self) -> None:
        """Ask why the current line stands where it does."""
        entry = self._entry()
        if entry is None:
            return
        order = self._model.order
        kept = entry.reason_of(order)
        text = self.tr("Vì sao «{title}» đứng ở vị trí này?").format(title=entry.title)
        if kept:
            text = self.tr("{text}\nXóa hết chữ là bỏ lý do.").format(text=text)
        why = self._services.ask.other_reason(self._page, self.tr("Lý do thứ tự"), text, kept)
        if why is not None and why != kept:
            self._desk.set_reason(entry, order, why)
        self.answered.emit()

    @Slot(object)
    def status(self, status: Status) -> None:
        """Give the chosen lines a status; two of them need a reason."""
        chosen = [self._model.entry(row) for row in self._table.rows]
        name = self._services.messages.text(f"desk.status.{status}")
        why = ""
        if status in _NEED_A_REASON:
            text = self.tr("Lý do (ghi vào bảng và nhật ký):")
            kept = {one.status_reason for one in chosen if one.status is status}
            said = kept.pop() if len(kept) == 1 else ""
            why = self._services.ask.reason(self._page, name, text, kept=said)
        if chosen and (why or status not in _NEED_A_REASON):
            self._desk.set_status(chosen, status, why)
            text, what = self.tr("Đã ghi «{status}» cho {what}."), self._named(chosen)
            back = partial(self._desk.put_status_back, chosen)
            self._desk.deeds.add(text.format(status=name, what=what), back)
        self.answered.emit()

    def _named(self, entries: Sequence[DeskEntry]) -> str:
        if len(entries) == 1:
            return f"«{entries[0].title}»"
        return self.tr("{count} phiếu").format(count=len(entries))

    @Slot()
    def put_away(self) -> None:
        """Put the chosen lines into the bin, with the reason why they are not to be here."""
        chosen = [self._model.entry(row) for row in self._table.rows]
        if not chosen:
            return
        what = self._named(chosen)
        text = self.tr("Vì sao bỏ {what} khỏi bảng? (ghi vào nhật ký; lấy lại được):")
        title = self.tr("Bỏ vào thùng rác")
        why = self._services.ask.reason(self._page, title, text.format(what=what))
        if why:
            ids = [entry.proposal_id for entry in chosen]
            self._desk.put_away(ids, why)
            told = self.tr("Đã bỏ {what} vào thùng rác.").format(what=what)
            self._desk.deeds.add(told, partial(self._desk.take_back, ids))
        self.answered.emit()

    @Slot()
    def received(self) -> None:
        """Ask when the chosen lines were received."""
        chosen = [self._model.entry(row).proposal_id for row in self._table.rows]
        self.received_of(chosen)

    @Slot(object)
    def received_of(self, ids: Sequence[str]) -> None:
        """Ask when the phiếu of these ids were received; one answer for all of them."""
        from ncs_desktop.ui.collect.received_dialog import ReceivedDialog  # noqa: PLC0415

        services = self._services
        found = (self._model.find_entry(proposal_id) for proposal_id in ids)
        entries = [entry for entry in found if entry is not None]
        if not entries:
            return
        call = services.catalog.call(self._desk.call)
        dialog = ReceivedDialog(services.messages, services.now(), entries, call, self._page)
        dialog.told.connect(partial(self._desk.set_received, entries))
        self._open(dialog)

    @Slot(object, object)
    def channel_of(self, ids: Sequence[str], channel: Channel) -> None:
        """Keep how the phiếu of these ids came, which was chosen beside their files."""
        found = (self._model.find_entry(proposal_id) for proposal_id in ids)
        entries = [entry for entry in found if entry is not None]
        if entries:
            self._desk.set_channel(entries, channel)

    @Slot()
    def line(self) -> None:
        """Let the officer write what the official table says of the current line, and others."""
        from ncs_desktop.ui.collect.line_dialog import LineDialog  # noqa: PLC0415

        entries, row = self._model.shown_entries(), self._table.currentIndex().row()
        if row < 0:
            return
        dialog = LineDialog(self._services, self._desk, entries, row, self._page)
        dialog.shown.connect(self._go_along)
        self._open(dialog)

    @Slot(str)
    def _go_along(self, proposal_id: str) -> None:
        """Show behind the dialog the line that it shows."""
        row = self._model.row_of(proposal_id)
        if row is not None:
            self._table.selectRow(row)

    @Slot()
    def output(self) -> None:
        """Ask what is to leave the desk."""
        from ncs_desktop.ui.collect.output_dialog import OutputDialog  # noqa: PLC0415

        dialog = OutputDialog(self._services, self._desk, self._model.order, self._page)
        dialog.told.connect(self.told)
        dialog.review_wanted.connect(self.review_wanted)
        dialog.cut_wanted.connect(self.cut_wanted)
        self._open(dialog)
