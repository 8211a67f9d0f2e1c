"""What the list's commands do: read, make, copy, bin and take in phiếu, all through the store."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.supplement import SupplementRequest
from ncs_desktop.paths import data_folder
from ncs_desktop.ui.proposals.page import ProposalsPage
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.records import Listed
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.keep import TakenIn

PROFILE_SETTING = "profile"


@dataclass(frozen=True, slots=True)
class Opened:
    """A phiếu taken from the store, with its control code where the revision is frozen.

    ``asked`` is the request for supplement that came in for it and is not yet done.
    """

    proposal: Proposal
    control_code: str = ""
    copied: bool = False
    asked: SupplementRequest | None = None


class ProposalsDesk(QObject):
    """Stands behind the list; ``opened`` hands a phiếu on to the editor."""

    opened = Signal(object)
    told = Signal(str)
    trashed = Signal(str)
    """The id of a phiếu that was put into the bin."""
    call_came = Signal(object)
    """The path of a call file among what was taken in."""
    failed = Signal(object)
    listed = Signal()

    def __init__(self, services: Services, page: ProposalsPage, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._page = page
        self._window = window
        self._samples_listed: list[str] = []
        self._waiting: Callable[[], object] | None = None
        page.new_wanted.connect(self.ask_new)
        page.open_wanted.connect(self.open)
        page.duplicate_wanted.connect(self.ask_duplicate)
        page.trash_wanted.connect(self.trash)
        page.import_wanted.connect(self.ask_import)
        page.bin_wanted.connect(self.show_bin)
        page.sample_wanted.connect(self.take_sample)
        page.sample_unwanted.connect(self.remove_sample)
        page.bundle_wanted.connect(self.bundle)

    def refresh(self) -> None:
        """Read the list anew."""
        task = self._services.store.ask(_summaries)
        task.done.connect(self._on_listed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_listed(self, lines: Sequence[Listed]) -> None:
        self._page.show_lines(lines)
        self._samples_listed = [line.id for line in lines if line.id in sample_ids()]
        self._page.offer_sample_removal(bool(self._samples_listed))
        self.listed.emit()

    @Slot(str)
    def open(self, proposal_id: str) -> None:
        """Read one phiếu and hand it to the editor."""
        task = self._services.store.ask(partial(_load, proposal_id))
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
            self._services.catalog, self._services.now(), source=source, parent=self._window
        )
        dialog.chosen.connect(self._begin)
        dialog.open()

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
        request = partial(_trash, proposal_id, self._services.now())
        task = self._services.store.ask(request)
        task.done.connect(self._on_trashed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_trashed(self, proposal_id: str) -> None:
        self.trashed.emit(proposal_id)
        self.refresh()

    def restore(self, proposal_id: str) -> None:
        """Take a phiếu out of the bin again."""
        task = self._services.store.ask(partial(_restore, proposal_id))
        task.done.connect(self._on_restored)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_restored(self, _result: object) -> None:
        self.told.emit(self.tr("Đã lấy lại phiếu từ thùng rác."))
        self.refresh()

    @Slot()
    def show_bin(self) -> None:
        """Open the bin."""
        from ncs_desktop.ui.proposals.bin_dialog import BinDialog  # noqa: PLC0415

        dialog = BinDialog(self._services, self._window)
        dialog.finished.connect(self._on_bin_closed)
        dialog.failed.connect(self.failed)
        dialog.open()

    @Slot(int)
    def _on_bin_closed(self, _code: int) -> None:
        self.refresh()

    @Slot()
    def ask_import(self) -> None:
        """Ask for files and take them in."""
        self._once_ready(self._ask_files)

    def _ask_files(self) -> None:
        kinds = self.tr("Phiếu và hồ sơ (*.json *.ncs *.zip)")
        paths = self._services.open_files(self._window, self.tr("Nhập tệp"), kinds)
        self.take_in(paths)

    @Slot()
    def take_sample(self) -> None:
        """Take in the shipped sample phiếu."""
        samples = sorted((data_folder("resources") / "samples").glob("*.json"))
        self._once_ready(partial(self.take_in, samples))

    @Slot()
    def remove_sample(self) -> None:
        """Put every sample phiếu into the bin; nothing is asked, all can be taken out again."""
        request = partial(_trash_all, tuple(self._samples_listed), self._services.now())
        task = self._services.store.ask(request)
        task.done.connect(self._on_samples_removed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_samples_removed(self, _result: object) -> None:
        self.told.emit(self.tr("Đã bỏ dữ liệu mẫu vào thùng rác."))
        self.refresh()

    @Slot(list)
    def bundle(self, proposal_ids: list[str]) -> None:
        """Open the assistant for the chosen phiếu, which must be of one call."""
        task = self._services.store.ask(partial(_load_all, tuple(proposal_ids)))
        task.done.connect(self._on_loaded)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_loaded(self, proposals: list[Proposal]) -> None:
        from ncs_desktop.ui.bundle.dialog import BundleDialog  # noqa: PLC0415

        first = proposals[0]
        try:
            call = self._services.catalog.call(first.call)
            for item in proposals:
                if item.call != first.call:
                    raise InputProblem(
                        "prepare.other_call", title=item.title, call=item.call, expected=first.call
                    )
        except InputProblem as problem:
            self.failed.emit(problem)
            return
        dialog = BundleDialog(self._services, proposals, call, print_set=False, parent=self._window)
        dialog.finished.connect(self._on_bin_closed)
        dialog.open()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take files into the store, each whole or not at all."""
        if not paths:
            return
        request = partial(_take_in, self._services.catalog, tuple(paths), self._services.now())
        task = self._services.store.ask(request)
        task.done.connect(self._on_taken_in)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_taken_in(self, outcomes: Sequence[TakenIn]) -> None:
        rejected = [item for item in outcomes if item.problem is not None]
        taken = [item for item in outcomes if item.proposal is not None]
        self.refresh()
        problem = rejected[0].problem if rejected else None
        if problem is not None and problem.code == "proposal.is_call":
            self.call_came.emit(Path(str(problem.params["file"])))
        elif problem is not None:
            self.failed.emit(problem)
        elif len(taken) == 1 and taken[0].proposal is not None:
            self.open(taken[0].proposal.id)
        if taken:
            dropped = sum(len(item.notes) for item in taken)
            text = self.tr("Đã nhập {count} phiếu.").format(count=len(taken))
            if dropped:
                text += " " + self.tr("Có {count} lưu ý khi đọc.").format(count=dropped)
            if not rejected:
                self.told.emit(text)


def _summaries(store: Store) -> list[Listed]:
    return store.summaries()


def _load(proposal_id: str, store: Store) -> Opened:
    from ncs_desktop.work.supplement import asked_of  # noqa: PLC0415

    frozen = store.frozen(proposal_id)
    asked = asked_of(store, proposal_id)
    return Opened(store.load(proposal_id), frozen.control_code if frozen else "", asked=asked)


def _make(catalog: Catalog, wanted: tuple[str, str, str], now: datetime, store: Store) -> Opened:
    from ncs_desktop.work.drafts import copy_proposal, new_proposal  # noqa: PLC0415

    call_id, source, new_id = wanted
    call = catalog.call(call_id)
    form = catalog.form(call.accepts[0])
    if source:
        made = copy_proposal(store.load(source), form, call, new_id)
    else:
        profile = store.setting(PROFILE_SETTING)
        made = new_proposal(form, call, new_id, profile if isinstance(profile, dict) else {})
    return Opened(store.save(made, now).proposal, copied=bool(source))


def _load_all(proposal_ids: tuple[str, ...], store: Store) -> list[Proposal]:
    return [store.load(proposal_id) for proposal_id in proposal_ids]


def _trash_all(proposal_ids: tuple[str, ...], now: datetime, store: Store) -> None:
    for proposal_id in proposal_ids:
        store.trash(proposal_id, now)


@lru_cache(maxsize=1)
def sample_ids() -> frozenset[str]:
    """Return the ids of the shipped sample phiếu."""
    files = (data_folder("resources") / "samples").glob("*.json")
    read = (json.loads(path.read_text(encoding="utf-8")) for path in files)
    return frozenset(str(item.get("id")) for item in read)


def _restore(proposal_id: str, store: Store) -> None:
    store.restore(proposal_id)


def _trash(proposal_id: str, now: datetime, store: Store) -> str:
    store.trash(proposal_id, now)
    return proposal_id


def _take_in(
    catalog: Catalog, paths: tuple[Path, ...], now: datetime, store: Store
) -> list[TakenIn]:
    from ncs_desktop.work.inputs import input_files, read_whole  # noqa: PLC0415
    from ncs_desktop.work.keep import take_in  # noqa: PLC0415
    from ncs_desktop.work.supplement import keep_request  # noqa: PLC0415

    files = [file for path in paths for file in input_files(path)]
    keep = partial(keep_request, store, catalog, now)
    return list(take_in(lambda: store, files, lambda path: read_whole(path, catalog), now, keep))
