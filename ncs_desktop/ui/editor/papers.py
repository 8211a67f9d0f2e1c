"""From the editor to paper: print, export, freeze for signature, print set, bundle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.domain.findings import Finding, count_errors, open_points
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.table_line import unshortened
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.files import atomic_write
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.editor.checker import Checker
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.saving import Saving
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.finding_line import counted
from ncs_desktop.work.prepare import export_forms, file_stem, form_pdf

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.records import Frozen
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.assistant import Choices


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    paths: tuple[Path, ...]


class Papers(QObject):
    """Commands of the editor that end on paper or in a file."""

    told = Signal(str)
    wrote = Signal(str, list)
    """A sentence and the files that were written."""
    failed = Signal(object)
    frozen = Signal(str)
    field_wanted = Signal(str)
    """The field that is to be filled in rather than to go on."""
    handled = Signal()
    """Scans and enclosures may have been added or taken off."""

    def __init__(
        self, services: Services, session: EditingSession, checker: Checker, page: QWidget
    ) -> None:
        super().__init__(page)
        self._services = services
        self._checker = checker
        self._session = session
        self._page = page
        self._formats: list[str] = []
        self._short: tuple[str, ...] = ()

    def _current(self) -> Proposal:
        flush = getattr(self._page, "flush", None)
        if flush is not None:
            flush()
        return self._session.proposal

    def _watch(self, task: Task | Saving, done: object) -> None:
        task.done.connect(done)
        task.failed.connect(self.failed)

    @Slot()
    def save_copy(self) -> None:
        """Write the phiếu as a file elsewhere, for when the store cannot be written."""
        proposal = self._current()
        title, kinds = self.tr("Lưu bản sao của phiếu"), self.tr("Phiếu (*.ncs *.json)")
        question = title, f"{file_stem(proposal)}.ncs", kinds
        write = partial(_write_copy, write_proposal(proposal))
        saving = Saving(self._services, self._page, question, write)
        self._watch(saving, self._on_copy_saved)
        saving.begin()

    @Slot(object)
    def _on_copy_saved(self, _result: object) -> None:
        self.told.emit(self.tr("Đã lưu bản sao của phiếu."))

    @Slot()
    def print_form(self) -> None:
        """Print the phiếu: a draft with its mark, a frozen revision with its control code."""
        draft = not self._session.frozen
        work = partial(form_pdf, self._services.catalog, self._current(), draft=draft)
        self._watch(self._services.background.run(work), self._on_printable)

    @Slot(object)
    def _on_printable(self, pdf: object) -> None:
        from ncs_desktop.ui.preview.printing import Printing  # noqa: PLC0415

        content: bytes = pdf.content  # type: ignore[attr-defined]
        title = self._session.proposal.title
        folder = self._services.folders.last
        printing = Printing(content, title, self._services.ask, self._page, folder)
        printing.printed.connect(self._on_printed)
        printing.stopped.connect(self._on_print_stopped)
        printing.failed.connect(self.failed)

    @Slot(int, object)
    def _on_printed(self, pages: int, target: Path | None) -> None:
        from ncs_desktop.ui.preview.printing import sent_sentence  # noqa: PLC0415

        if target is not None:
            self._services.folders.last = target.parent
        self.wrote.emit(sent_sentence(pages, target), [target] if target else [])

    @Slot(int)
    def _on_print_stopped(self, pages: int) -> None:
        from ncs_desktop.ui.preview.printing import stopped_sentence  # noqa: PLC0415

        self.told.emit(stopped_sentence(pages))

    @Slot()
    def export(self) -> None:
        """Ask for formats and folder, then write the phiếu there."""
        from ncs_desktop.ui.editor.export_dialog import ExportDialog  # noqa: PLC0415

        dialog = ExportDialog(self._services, draft=not self._session.frozen, parent=self._page)
        dialog.chosen.connect(self._export)
        dialog.open()

    @Slot(object, list)
    def _export(self, folder: Path, formats: list[str]) -> None:
        self._services.folders.last = folder
        draft = not self._session.frozen
        work = partial(_export_one, self._services.catalog, self._current(), folder, formats, draft)
        task = self._services.background.run(work)
        task.done.connect(self._on_exported)
        task.failed.connect(self._on_export_failed)
        self._formats = formats

    @Slot(object)
    def _on_export_failed(self, problem: NcsError) -> None:
        """Say what stood in the way and offer another folder; a file may be open in Word."""
        if not isinstance(problem, EnvironmentProblem):
            self.failed.emit(problem)
            return
        title, another = self.tr("Xuất phiếu"), self.tr("Chọn thư mục khác…")
        sentence = self._services.sentence(problem)
        if self._services.ask.confirm(self._page, title, sentence, another):
            folder = self._services.save_folder(self._page, title)
            if folder is not None:
                self._export(folder, self._formats)
                return
        self.failed.emit(problem)

    @Slot(object)
    def _on_exported(self, exported: Exported) -> None:
        names = ", ".join(path.name for path in exported.paths)
        folder = exported.paths[0].parent if exported.paths else Path()
        text = self.tr("Đã ghi {names} vào {folder}.").format(names=names, folder=folder)
        self.wrote.emit(text, list(exported.paths))

    @Slot()
    def freeze(self) -> None:
        """Check once more, then freeze the revision; of a frozen one, begin the next.

        What says again what was frozen before is that revision, and gets no second code.
        """
        if self._session.frozen:
            self._unfreeze()
            return
        proposal, alike = self._current(), self._session.frozen_alike
        if alike is not None:  # the same words have their code and their signatures
            self._session.restore(alike)
            return
        from ncs_desktop.ui.bundle.inputs import read_choices  # noqa: PLC0415
        from ncs_desktop.work.assistant import setting_key  # noqa: PLC0415

        request = partial(read_choices, setting_key([proposal.id]))
        self._watch(self._services.store.ask(request), self._on_sender_known)

    @Slot(object)
    def _on_sender_known(self, known: tuple[object, Choices]) -> None:
        """Find what the table would print shortened: afterwards a short text is a new revision."""
        from ncs_desktop.ui.bundle.inputs import known_sender  # noqa: PLC0415
        from ncs_desktop.ui.bundle.job import shortened  # noqa: PLC0415
        from ncs_desktop.work.bundling import sender_of  # noqa: PLC0415

        services, call, proposal = self._services, self._session.call, self._session.proposal
        sender = known_sender(known, sender_of(proposal, call))
        self._short = shortened(services.catalog, call, sender, [proposal], services.messages)
        work = self._checker.work(proposal)
        self._watch(services.background.run(work), self._on_checked_for_freeze)

    @Slot(object)
    def _on_checked_for_freeze(self, findings: list[Finding]) -> None:
        reason = None
        ask, title = self._services.ask, self.tr("Chốt bản ký")
        standing = open_points(findings)
        points = [self._services.messages.finding(finding) for finding in standing]
        points += self._short
        costs = self.tr(" Ghi bản gọn cho bảng tổng hợp sau khi chốt cũng tạo bản mới.")
        costs = costs if self._short else ""
        if count_errors(standing):
            text = self.tr(
                "Phiếu còn {points}. Nếu vẫn chốt, hãy ghi lý do; lý do được giữ trong hồ sơ."
            ).format(points=counted(standing))
            reason = ask.reason(self._page, title, f"{text}{costs}", points)
            if not reason:
                self.told.emit(self.tr("Chưa chốt: hãy sửa các lỗi hoặc ghi lý do."))
                return
        else:
            text = self.tr(
                "Bản này sẽ được giữ nguyên và in kèm mã kiểm soát. Sửa tiếp sẽ tạo bản mới."
            )
            text = f"{text}{costs}"
            if standing:
                left = self.tr("Phiếu không có lỗi, còn {points}; muốn sửa thì sửa trước khi chốt:")
                text = f"{text} {left.format(points=counted(standing))}"
            proposal, form = self._session.proposal, self._session.form
            unwritten = unshortened(proposal, form) if self._short else ()
            no = self.tr("Tới chỗ ghi bản ngắn") if unwritten else ""
            if not ask.confirm(self._page, title, text, self.tr("Chốt"), points, no=no):
                if unwritten:
                    self.field_wanted.emit(unwritten[0])
                return
        self._session.save()
        form = self._session.form
        request = partial(_freeze, self._session.proposal.id, self._services.now(), reason, form.id)
        self._watch(self._services.store.ask(request), self._on_frozen)

    @Slot(object)
    def _on_frozen(self, frozen: Frozen) -> None:
        self.frozen.emit(frozen.control_code)
        self.told.emit(
            self.tr("Đã chốt bản ký, mã kiểm soát {code}.").format(code=frozen.control_code)
        )

    def _unfreeze(self) -> None:
        revision = self._session.proposal.revision
        text = self.tr(
            "Bản lần {old} đã chốt vẫn được giữ nguyên cùng mã kiểm soát của nó, xem lại ở «Các bản"
            " đã lưu». Từ đây bạn sửa bản mới, lần {new}: phải chốt, in và ký lại; bản quét đã ký"
            " của lần {old} không tính cho lần {new}."
        ).format(old=revision, new=revision + 1)
        title = self.tr("Bỏ chốt")
        if self._services.ask.confirm(self._page, title, text, self.tr("Bỏ chốt")):
            self._session.begin_revision()

    @Slot()
    def scans(self) -> None:
        """Open the scans of the signed papers and the enclosures of this phiếu."""
        from ncs_desktop.ui.bundle.scans_dialog import ScansDialog  # noqa: PLC0415

        proposal = self._current()
        self._session.save()
        dialog = ScansDialog(self._services, [proposal], self._page)
        dialog.finished.connect(self.handled)
        dialog.open()

    @Slot()
    def print_set(self) -> None:
        """Open the assistant at the set to print, sign and stamp."""
        self._open_bundle(print_set=True)

    @Slot()
    def bundle(self) -> None:
        """Open the assistant for the bundle to hand over."""
        self._open_bundle(print_set=False)

    def _open_bundle(self, *, print_set: bool) -> None:
        from ncs_desktop.ui.bundle.dialog import BundleDialog  # noqa: PLC0415

        proposal = self._current()
        self._session.save()
        dialog = BundleDialog(
            self._services, [proposal], self._session.call, print_set=print_set, parent=self._page
        )
        dialog.told.connect(self.told)
        dialog.frozen.connect(self.frozen)
        dialog.finished.connect(self.handled)
        dialog.open()


def _write_copy(content: bytes, target: Path, _task: object) -> None:
    atomic_write(target, content)


def _export_one(
    catalog: Catalog, proposal: Proposal, folder: Path, formats: list[str], draft: bool
) -> Exported:
    written = export_forms(catalog, [proposal], folder, formats, draft=draft)
    return Exported(tuple(path for paths in written for path in paths))


def _freeze(
    proposal_id: str, now: datetime, reason: str | None, form_id: str, store: Store
) -> Frozen:
    return store.freeze(proposal_id, now, reason, form_id.partition("-")[0].upper())
