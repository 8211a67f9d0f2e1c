"""What the list's commands do: read, make, copy, bin and take in phiếu, all through the store."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.supplement import SupplementRequest
from ncs_desktop.ui.proposals.incoming import Incoming, Taken
from ncs_desktop.ui.proposals.page import ProposalsPage
from ncs_desktop.ui.proposals.samples import clear_samples, lay_out_samples, sample_ids
from ncs_desktop.ui.proposals.told import IS_CALL, Told
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.exchange.proposal_json import Note
    from ncs_desktop.store.records import Frozen, Listed
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.word_sources import WordSource

PROFILE_SETTING = "profile"


@dataclass(frozen=True, slots=True)
class Opened:
    """A phiếu taken from the store, with its frozen revisions and the number of the open one.

    ``asked`` is the last request for supplement that came in for it, ``answered`` whether a person
    said that it is done. ``word`` is the Word file it was read from, ``notes`` are
    those of a reading just now.
    """

    proposal: Proposal
    frozen: Sequence[Frozen] = ()
    open_revision: int = 1
    copied: bool = False
    asked: SupplementRequest | None = None
    answered: bool = False
    word: WordSource | None = None
    notes: tuple[Note, ...] = ()


class ProposalsDesk(QObject):
    """Stands behind the list; ``opened`` hands a phiếu on to the editor."""

    opened = Signal(object)
    told = Signal(str)
    offered = Signal(str, object)
    """What was done, and actions that follow from it: pairs of label and what it does."""
    call_came = Signal(object)
    """The path of a call file among what was taken in."""
    warned = Signal(str, object)
    """Not everything could be done, and actions that follow from it."""
    failed = Signal(object)
    listed = Signal()
    binned = Signal()

    def __init__(self, services: Services, page: ProposalsPage, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._page = page
        self._window = window
        self._waiting: Callable[[], object] | None = None
        self.incoming = Incoming(services, self)
        self.incoming.kept.connect(self._on_kept)
        self.incoming.taken.connect(self._on_taken_in)
        self.incoming.failed.connect(self.failed)
        self.opened.connect(self._on_opened)
        page.new_wanted.connect(self.ask_new)
        page.open_wanted.connect(self.open)
        page.duplicate_wanted.connect(self.ask_duplicate)
        page.trash_wanted.connect(self.trash)
        page.import_wanted.connect(self.ask_import)
        page.bin_wanted.connect(self.show_bin)
        page.sample_wanted.connect(self.take_sample)
        page.sample_unwanted.connect(self.remove_sample)
        page.bundle_wanted.connect(self.bundle)

    @Slot()
    def refresh(self) -> None:
        """Read the list anew."""
        task = self._services.store.ask(_summaries)
        task.done.connect(self._on_listed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_listed(self, read: tuple[Sequence[Listed], Mapping[str, str]]) -> None:
        lines, copied = read
        self._page.show_lines(lines, copied)
        self._page.offer_sample_removal(any(line.id in sample_ids() for line in lines))
        self.listed.emit()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        """What is open is what the list's commands are about afterwards."""
        self._page.go_to(opened.proposal.id)

    @Slot(str)
    def open(self, proposal_id: str, notes: tuple[Note, ...] = ()) -> None:
        """Read one phiếu and hand it to the editor, with ``notes`` where it was just read."""
        task = self._services.store.ask(partial(_load, proposal_id, notes))
        task.done.connect(self.opened)
        task.failed.connect(self.failed)

    def _once_ready(self, act: Callable[[], object]) -> None:
        """Do ``act`` now, or as soon as store and catalogue are there; the last wish counts."""
        if self._services.ready:
            act()
        else:
            self._waiting = act

    def catch_up(self) -> None:
        """Do what was asked for during the start."""
        act, self._waiting = self._waiting, None
        if act is not None:
            act()

    @Slot()
    def ask_new(self) -> None:
        """Ask for the call, then begin a phiếu."""
        self._once_ready(partial(self._ask_call, ""))

    @Slot(str)
    def ask_duplicate(self, proposal_id: str) -> None:
        """Ask for the call, then begin a phiếu from an old one."""
        self._ask_call(proposal_id)

    def _ask_call(self, source: str) -> None:
        from ncs_desktop.ui.proposals.new_dialog import NewDialog  # noqa: PLC0415

        dialog = NewDialog(
            self._services.catalog,
            self._services.now(),
            source=source,
            source_name=self._page.model.name_of(source),
            parent=self._window,
        )
        dialog.chosen.connect(self._begin)
        dialog.open()

    @Slot(str)
    def begin(self, call_id: str) -> None:
        """Begin a phiếu for the call."""
        self._begin(call_id, "")

    @Slot(str, str)
    def _begin(self, call_id: str, source: str) -> None:
        new_id = str(uuid.uuid4())
        now = self._services.now()
        request = partial(_make, self._services.catalog, (call_id, source, new_id), now)
        task = self._services.store.ask(request)
        task.done.connect(self._on_made)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_made(self, opened: Opened) -> None:
        self.opened.emit(opened)
        self.refresh()

    @Slot(str)
    def trash(self, proposal_id: str) -> None:
        """Put a phiếu into the bin; it can be taken out again, so nothing is asked."""
        name = self._page.model.name_of(proposal_id)
        request = partial(_trash, proposal_id, name, self._services.now())
        task = self._services.store.ask(request)
        task.done.connect(self._on_trashed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_trashed(self, put_away: tuple[str, str]) -> None:
        proposal_id, name = put_away
        text = self.tr("Đã bỏ phiếu {name} vào thùng rác.").format(name=name)
        self.offered.emit(text, ((self.tr("Lấy lại"), partial(self.restore, proposal_id, name)),))
        self.binned.emit()
        self.refresh()

    def restore(self, proposal_id: str, name: str, _checked: bool = False) -> None:
        """Take a phiếu out of the bin again."""
        task = self._services.store.ask(partial(_restore, proposal_id, name, self._services.now()))
        task.done.connect(self._on_restored)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_restored(self, restored: tuple[str, str]) -> None:
        proposal_id, name = restored
        self._page.go_to(proposal_id)
        self.told.emit(self.tr("Đã lấy lại phiếu {name} từ thùng rác.").format(name=name))
        self.binned.emit()
        self.refresh()

    @Slot(str)
    def _on_purged(self, name: str) -> None:
        self.told.emit(self.tr("Đã xóa hẳn phiếu {name}.").format(name=name))

    @Slot()
    def show_bin(self) -> None:
        """Open the bin."""
        from ncs_desktop.ui.proposals.bin_dialog import BinDialog  # noqa: PLC0415

        dialog = BinDialog(self._services, self._page.model, self._window)
        dialog.restore_wanted.connect(self.restore)
        dialog.purged.connect(self._on_purged)
        self.listed.connect(dialog.read)
        dialog.failed.connect(self.failed)
        dialog.open()

    @Slot()
    def ask_import(self) -> None:
        """Ask for files and take them in."""
        self._once_ready(self._ask_files)

    def _ask_files(self) -> None:
        kinds = self.tr("Phiếu và hồ sơ (*.json *.ncs *.zip *.docx *.eml *.msg)")
        paths = self._services.open_files(self._window, self.tr("Nhập tệp"), kinds)
        self.take_in(paths)

    @Slot()
    def take_sample(self) -> None:
        """Put the shipped sample phiếu into the list."""
        self._once_ready(self._lay_out_samples)

    def _lay_out_samples(self) -> None:
        request = partial(lay_out_samples, self._services.catalog, self._services.now())
        task = self._services.store.ask(request)
        task.done.connect(self._on_samples_there)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_samples_there(self, count: int) -> None:
        text = self.tr(
            "Đã mở {count} phiếu mẫu, đánh dấu «mẫu» trong danh sách;"
            " đây chỉ là dữ liệu để xem thử."
        )
        self.offered.emit(
            text.format(count=count), ((self.tr("Bỏ dữ liệu mẫu"), self.remove_sample),)
        )
        self.refresh()

    @Slot()
    def remove_sample(self) -> None:
        """Put every sample phiếu into the bin; nothing is asked, all can be taken out again."""
        task = self._services.store.ask(partial(clear_samples, self._services.now()))
        task.done.connect(self._on_samples_removed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_samples_removed(self, _result: object) -> None:
        text = self.tr("Đã bỏ dữ liệu mẫu vào thùng rác; phiếu của bạn vẫn còn nguyên.")
        self.told.emit(text)
        self.refresh()

    @Slot(list, bool)
    def bundle(self, proposal_ids: list[str], print_set: bool) -> None:
        """Open the assistant for the chosen phiếu, which must be of one call."""
        task = self._services.store.ask(partial(_load_all, tuple(proposal_ids)))
        task.done.connect(partial(self._open_assistant, print_set))
        task.failed.connect(self.failed)

    def _open_assistant(self, print_set: bool, proposals: list[Proposal]) -> None:
        from ncs_desktop.ui.bundle.dialog import BundleDialog  # noqa: PLC0415

        first = proposals[0]
        try:
            call = self._services.catalog.call(first.call)
            for item in proposals:
                if item.call != first.call:
                    raise InputProblem(
                        "prepare.other_call",
                        title=item.title,
                        call=self._services.catalog.call_title(item.call),
                        expected=call.short_title,
                    )
        except InputProblem as problem:
            self.failed.emit(problem)
            return
        dialog = BundleDialog(
            self._services, proposals, call, print_set=print_set, parent=self._window
        )
        dialog.finished.connect(self.refresh)
        dialog.open()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take files into the store, each whole or not at all."""
        self._once_ready(partial(self.incoming.begin, tuple(paths)))

    @Slot()
    def _on_kept(self) -> None:
        if self._page.isVisible():
            self.refresh()

    @Slot(object)
    def _on_taken_in(self, taken: Taken) -> None:
        self.refresh()
        calls, told = [], Told(self._services, taken, self._window)
        for item in taken.outcomes:
            if item.problem is not None and item.problem.code == IS_CALL:
                calls.append(Path(item.source))
        for path in calls:
            self.call_came.emit(path)
        if told.only is not None:
            self.open(told.only.id, told.notes)
        elif told.text:
            (self.warned if told.rejected else self.offered).emit(told.text, told.actions)


def _summaries(store: Store) -> tuple[list[Listed], dict[str, str]]:
    from ncs_desktop.work.drafts import copied_titles  # noqa: PLC0415

    lines = store.summaries(own=True)
    try:
        return lines, copied_titles(store)
    except EnvironmentProblem:  # a mark that cannot be read hides no list
        return lines, {}


def _load(proposal_id: str, notes: tuple[Note, ...], store: Store) -> Opened:
    from ncs_desktop.work.supplement import asked_of, is_done  # noqa: PLC0415
    from ncs_desktop.work.word_sources import source_of  # noqa: PLC0415

    asked = asked_of(store, proposal_id)
    done = asked is not None and is_done(store, asked)
    return Opened(
        store.load(proposal_id),
        store.frozen_revisions(proposal_id),
        store.open_revision(proposal_id),
        asked=asked,
        answered=done,
        word=source_of(store, proposal_id),
        notes=notes,
    )


def _make(catalog: Catalog, wanted: tuple[str, str, str], now: datetime, store: Store) -> Opened:
    from ncs_desktop.work.drafts import copy_proposal, keep_copy, new_proposal  # noqa: PLC0415

    call_id, source, new_id = wanted
    call = catalog.call(call_id)
    form = catalog.form(call.accepts[0])
    if source:
        copied = copy_proposal(store.load(source), form, call, new_id)
        return Opened(keep_copy(store, copied, now), copied=True)
    profile = store.setting(PROFILE_SETTING)
    made = new_proposal(form, call, new_id, profile if isinstance(profile, dict) else {})
    return Opened(store.save(made, now).proposal)


def _load_all(proposal_ids: tuple[str, ...], store: Store) -> list[Proposal]:
    return [store.load(proposal_id) for proposal_id in proposal_ids]


def _restore(proposal_id: str, name: str, now: datetime, store: Store) -> tuple[str, str]:
    from ncs_desktop.ui.collect.data import officer  # noqa: PLC0415

    store.restore(proposal_id, now, who=officer(store))
    return proposal_id, name


def _trash(proposal_id: str, name: str, now: datetime, store: Store) -> tuple[str, str]:
    from ncs_desktop.ui.collect.data import officer  # noqa: PLC0415

    store.trash(proposal_id, now, who=officer(store))
    return proposal_id, name
