"""Behind the page: reads the desk of a call and carries out what the officer decides."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ncs_desktop.domain.desk import Act, Channel, Decision, DeskEntry, Order, Status
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.collect import jobs, requests
from ncs_desktop.ui.collect.data import DeskData, load_desk
from ncs_desktop.ui.collect.deeds import Deeds
from ncs_desktop.ui.collect.file_lines import FileLine, FilesOfImport, has_path
from ncs_desktop.ui.collect.process import Job, Progress, Stopped, Work
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store

_REFRESH_EVERY_S = 4.0
_GONE = ("file.missing", "desk.file_changed")
"""Why a file cannot be kept from where it was."""


class CollectDesk(QObject):
    """The desk of one call; every change is asked of the store, then everything is read anew."""

    loaded = Signal(object)
    alike = Signal(object)
    failed = Signal(object)
    told = Signal(str)
    began = Signal(str)
    progressed = Signal(object)
    ended = Signal()
    returned = Signal(str)
    imported = Signal(object)
    kept = Signal(object, object)
    earlier = Signal(object, object)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.call = ""
        self.order: Order | None = None
        self.data = DeskData("")
        self.job: Job | None = None
        self.deeds = Deeds(self)
        self.failed.connect(self.deeds.forget)
        self._changes = self._looks = 0
        self._read_at = 0.0
        self._rechecked: set[str] = set()

    # --- reading ----------------------------------------------------------------------------

    def open_call(self, call_id: str) -> None:
        """Read the desk of a call and look for likenesses."""
        self.call, self.order = call_id, None
        self.deeds.forget()
        self.services.store.ask(partial(requests.remember_call, call_id))
        self.refresh()
        earlier = partial(requests.earlier, call_id, self.services.messages)
        task = self.services.store.ask(earlier)
        task.done.connect(partial(self._on_earlier, call_id))
        task.failed.connect(self.failed)
        self._look_for_alike()

    def _on_earlier(self, call_id: str, earlier: tuple[list[FilesOfImport], JsonValue]) -> None:
        if call_id == self.call:
            self.earlier.emit(*earlier)

    def show_order(self, order: Order) -> None:
        """Read the desk in one of the orders, now and when it is opened again."""
        self.order = order
        self.services.store.ask(partial(requests.remember_order, self.call, order))
        self.refresh()

    def refresh(self) -> None:
        """Read the desk anew."""
        if self.services.closed:
            return
        task = self.services.store.ask(partial(load_desk, self.call, self.order))
        task.done.connect(partial(self._on_loaded, self._changes))
        task.failed.connect(self.failed)

    def _on_loaded(self, changes: int, data: DeskData) -> None:
        if data.call != self.call or self.order not in (None, data.order):
            return
        if changes != self._changes:
            self.refresh()
            return
        self.data, self.order = data, data.order
        self.loaded.emit(data)
        if data.uncounted and self.job is None and data.call not in self._rechecked:
            self._rechecked.add(data.call)
            quiet = Job(self.services, partial(jobs.recheck, data.call, self.act()), self)
            quiet.done.connect(self._on_changed)
            quiet.failed.connect(self.failed)

    def _look_for_alike(self) -> None:
        if self.job is not None or self.services.closed:
            return
        quiet = Job(self.services, partial(jobs.find_alike, self.call), self)
        self._looks += 1
        quiet.done.connect(partial(self._on_alike, self._looks))
        quiet.failed.connect(self.failed)

    def _on_alike(self, look: int, pairs: jobs.Pairs | Stopped) -> None:
        """Tell what looks alike, unless something newer was found meanwhile."""
        if look == self._looks and not isinstance(pairs, Stopped):
            self.alike.emit(pairs)

    @Slot(str)
    def set_who(self, name: str) -> None:
        """Remember who works at this desk."""
        self._change(partial(requests.remember_officer, name, self.call, self.act()))

    # --- changing ---------------------------------------------------------------------------

    def act(self, why: str = "") -> Act:
        """Return what goes into the audit trail with an act of now."""
        return Act(self.data.who, self.services.now(), why)

    def _change(self, request: Callable[[Store], object], *, quiet: bool = False) -> Task:
        self._changes += 1
        task = self.services.store.ask(request)
        task.failed.connect(self._on_change_failed)
        if not quiet:
            task.done.connect(self._on_changed)
        return task

    @Slot(object)
    def _on_changed(self, _nothing: object) -> None:
        self.refresh()

    @Slot(object)
    def _on_change_failed(self, problem: NcsError) -> None:
        self.failed.emit(problem)
        self.refresh()

    def place(self, proposal_id: str, order: Order, before: str | None) -> None:
        """Keep where a line was put; the table shows it already."""
        self._change(
            partial(requests.place, self.call, order, (proposal_id, before), self.act()), quiet=True
        )

    def put_back(self, proposal_id: str, order: Order, before: str | None) -> None:
        """Put a line back to where it stood, before another."""
        move = (proposal_id, before)
        self._change(partial(requests.place, self.call, order, move, self.act()))

    def take_into_council(self, proposal_id: str, before: str | None = None, why: str = "") -> None:
        """Put a proposal into the council's order before another, at its end where that is None."""
        move = (proposal_id, before)
        self._change(partial(requests.place, self.call, Order.COUNCIL, move, self.act(why)))

    def take_out_of_council(self, proposal_id: str) -> None:
        """Take a proposal out of the council's order."""
        self._change(partial(requests.unplace, self.call, proposal_id, self.act()))

    def set_reason(self, entry: DeskEntry, order: Order, why: str) -> None:
        """Keep the reason of a rank."""

        def keep(reason: str) -> None:
            act = self.act(reason)
            self._change(partial(requests.set_reason, self.call, entry.proposal_id, order, act))

        keep(why)
        done = (
            self.tr("Đã ghi lý do thứ tự của «{title}».")
            if why
            else self.tr("Đã bỏ lý do thứ tự của «{title}».")
        )
        back = partial(keep, entry.reason_of(order))
        self.deeds.add(done.format(title=entry.title), back)

    def write_line(
        self, entry: DeskEntry, texts: Mapping[str, str], before: Mapping[str, str], why: str
    ) -> None:
        """Write texts into the line of a phiếu in the table, where ``before`` stood."""
        catalog = self.services.catalog

        def keep(wanted: Mapping[str, str], reason: str = "") -> None:
            line = (entry.proposal_id, wanted)
            self._change(partial(requests.write_line, catalog, self.call, line, self.act(reason)))

        keep(texts, why)
        text = self.tr("Đã sửa dòng trong bảng của «{title}».").format(title=entry.title)
        self.deeds.add(text, partial(keep, before))

    def adopt_order(self) -> None:
        """Begin the council's order with the department's."""
        task = self._change(partial(requests.adopt_order, self.call, self.act()))
        task.done.connect(partial(self._on_adopted, self.call))

    def _on_adopted(self, call: str, places: Mapping[str, int | None]) -> None:
        """Offer the way back to the order the council had."""
        if call == self.call:
            text = self.tr("Đã lấy thứ tự của Sở làm thứ tự của hội đồng.")
            self.deeds.add(text, partial(self._put_order_back, places))

    def _put_order_back(self, places: Mapping[str, int | None]) -> None:
        self._change(partial(requests.put_order_back, self.call, places, self.act()))

    def set_status(self, entries: Sequence[DeskEntry], status: Status, why: str) -> None:
        """Say of proposals how far they are."""
        wanted = {entry.proposal_id: (status, why) for entry in entries}
        self._change(partial(requests.set_status, self.call, wanted, self.act()))

    def put_status_back(self, entries: Sequence[DeskEntry]) -> None:
        """Give proposals the status again that they show in ``entries``."""
        wanted = {entry.proposal_id: (entry.status, entry.status_reason) for entry in entries}
        self._change(partial(requests.set_status, self.call, wanted, self.act()))

    def put_away(self, ids: Sequence[str], why: str) -> None:
        """Put proposals into the bin; they keep their places."""
        self._change(partial(requests.put_away, ids, self.act(why)))
        self._look_for_alike()

    def take_back(self, ids: Sequence[str]) -> None:
        """Take proposals out of the bin."""
        self._change(partial(requests.take_back, ids, self.act()))
        self.returned.emit(ids[0])
        self._look_for_alike()

    def set_received(self, entries: Sequence[DeskEntry], at: datetime, channel: Channel) -> None:
        """Say when and how proposals were received."""
        text = self.tr("Đã ghi thời điểm nhận của {count} phiếu.")
        self._receive(entries, {entry.proposal_id: (at, channel) for entry in entries}, text)

    def set_channel(self, entries: Sequence[DeskEntry], channel: Channel) -> None:
        """Say how proposals were received; what is known of the time stays."""
        text = self.tr("Đã ghi cách nhận của {count} phiếu.")
        wanted = {entry.proposal_id: (entry.received_at, channel) for entry in entries}
        self._receive(entries, wanted, text)

    def _receive(
        self, entries: Sequence[DeskEntry], wanted: requests.Receptions, text: str
    ) -> None:
        def keep(receptions: requests.Receptions) -> None:
            self._change(partial(requests.set_received, self.call, receptions, self.act()))

        keep(wanted)
        before = {entry.proposal_id: (entry.received_at, entry.channel) for entry in entries}
        self.deeds.add(text.format(count=len(entries)), partial(keep, before))

    def decide(self, pair: tuple[str, str], decision: Decision | None, why: str = "") -> None:
        """Say of two proposals whether they are one task."""
        self._change(partial(requests.decide, self.call, pair, decision, self.act(why)))
        self._look_for_alike()

    def settle(self, entry: DeskEntry, *, accept: bool, why: str = "") -> None:
        """Say of a resubmission whether it counts."""
        catalog = self.services.catalog
        self._change(partial(requests.settle, catalog, entry, self.act(why), accept))

    def reopen(self, entry: DeskEntry) -> None:
        """Take back what was said of a resubmission: all is as ``entry`` shows it."""
        self._change(partial(requests.reopen, self.services.catalog, entry, self.act()))

    def judge(self, request_id: str, point: str, met: bool | None, why: str = "") -> None:
        """Say whether a point of a request is met."""
        self._change(partial(requests.judge, request_id, point, met, self.act(why)))

    # --- long work --------------------------------------------------------------------------

    def bring_in(self, paths: Sequence[Path], channel: Channel) -> None:
        """Bring files and folders to the desk, one after the other."""
        order = jobs.Import(tuple(paths), self.call, self.act(), channel)
        job = self._start(partial(jobs.import_files, order), self.tr("Đang đọc các tệp…"))
        if job is not None:
            job.done.connect(self._on_imported)

    def keep_file(self, line: FileLine) -> None:
        """Keep a file of which nothing can be read beside an empty phiếu."""
        if not has_path(line.keep):
            return
        work = partial(jobs.keep_file, self.call, self.act(), line.keep)
        job = self._start(work, self.tr("Đang giữ tệp {name}…").format(name=line.name))
        if job is not None:
            job.done.connect(partial(self._on_kept, line))
            job.failed.connect(partial(self._on_not_kept, line))

    def _on_not_kept(self, line: FileLine, problem: NcsError) -> None:
        """Show that a file cannot be kept from where it was; the problem itself is told already."""
        if line.keep is not None and problem.code in _GONE:
            self.kept.emit(line, replace(line, keep=(None, line.keep[1])))

    def _on_kept(self, line: FileLine, kept: FileLine | Stopped) -> None:
        """Tell that a file is kept; taken back, its empty phiếu goes into the bin."""
        if isinstance(kept, Stopped):
            return
        self.kept.emit(line, kept)
        why = self.tr("Hoàn tác việc giữ tệp")
        text = self.tr("Đã giữ tệp «{name}» kèm một phiếu trống; hoàn tác thì phiếu vào thùng rác.")
        back = partial(self.put_away, (kept.proposal_id,), why)
        self.deeds.add(text.format(name=line.name), back)

    def remember_office(self, sender: Sender) -> None:
        """Remember who sends what leaves the desk, so that it is asked once."""
        if sender != self.data.sender:
            self._change(partial(requests.remember_office, sender))

    def remember_paper(self, paper: str) -> None:
        """Remember on which paper the table is printed here."""
        if paper != self.data.paper:
            self._change(partial(requests.remember_paper, paper))

    def write_output(self, output: jobs.Output) -> Job | None:
        """Write what leaves the desk."""
        if output.sender is not None:
            self.remember_office(output.sender)
        self.remember_paper(output.paper)
        return self._start(partial(jobs.write_output, output), self.tr("Đang lập các tệp…"))

    def _start(self, work: Work, text: str) -> Job | None:
        """Start a long job, one at a time."""
        if self.job is not None:
            self.told.emit(self.tr("Hãy chờ việc đang làm xong, hoặc bấm «Dừng»."))
            return None
        job = Job(self.services, work, self)
        self.job = job
        self._read_at = time.monotonic()
        job.progressed.connect(self._on_job_progressed)
        job.done.connect(self._on_job_end)
        job.failed.connect(self._on_job_failed)
        self.began.emit(text)
        return job

    @Slot(object)
    def _on_job_progressed(self, progress: Progress) -> None:
        """Hand the progress on; show now and then what has come in already."""
        self.progressed.emit(progress)
        now = time.monotonic()
        if now - self._read_at > _REFRESH_EVERY_S and progress.items:
            self._read_at = now
            self.refresh()

    def stop(self) -> None:
        """Ask the running job to end."""
        if self.job is not None:
            self.job.stop()

    @Slot(object)
    def _on_job_end(self, _result: object) -> None:
        self.job = None
        self.ended.emit()
        self.refresh()

    @Slot(object)
    def _on_job_failed(self, problem: NcsError) -> None:
        self.job = None
        self.ended.emit()
        self.failed.emit(problem)
        self.refresh()

    @Slot(object)
    def _on_imported(self, imported: jobs.Imported | Stopped) -> None:
        self._looks += 1
        self.deeds.forget()
        if isinstance(imported, Stopped):
            imported = jobs.Imported(imported.finished, imported.total)
        if imported.alike is None:
            self._look_for_alike()
        else:
            self.alike.emit(imported.alike)
        self.imported.emit(imported)
