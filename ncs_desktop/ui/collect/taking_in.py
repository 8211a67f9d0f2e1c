"""Files on their way in: how far it is, what came of it, and what was cut short the last time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from ncs_desktop.domain.desk import Channel
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.ui.collect import requests
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.file_lines import FileLine, FilesOfImport
from ncs_desktop.ui.collect.import_view import FilesView
from ncs_desktop.ui.collect.jobs import Imported
from ncs_desktop.ui.collect.process import Progress
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.progress_strip import ProgressStrip

_NOTED_EVERY_S = 2.0


def left_over(cut_short: JsonValue) -> tuple[str, list[Path]]:
    """Return how far an import came that was cut short, in words, and its files; "" none was."""
    if not isinstance(cut_short, Mapping):
        return "", []
    paths = [Path(str(path)) for path in cut_short["paths"]]  # type: ignore[union-attr]
    if not cut_short["total"]:
        return QCoreApplication.translate("TakingIn", "Lần nhập trước chưa xong."), paths
    how_far = QCoreApplication.translate(
        "TakingIn", "Lần nhập trước dừng ở {finished}/{total} tệp, còn {left} tệp chưa nhập."
    )
    left = int(str(cut_short["total"])) - int(str(cut_short["finished"]))
    return how_far.format(left=left, **cut_short), paths


class TakingIn(QObject):
    """``earlier`` when there are imports before, ``go_on_wanted(paths)`` of one cut short."""

    told = Signal(str)
    earlier = Signal()
    finished = Signal()
    go_on_wanted = Signal(object)

    def __init__(
        self,
        services: Services,
        desk: CollectDesk,
        files: FilesView,
        strip: ProgressStrip,
        notice: Notice,
    ) -> None:
        super().__init__(files)
        self._services, self._desk, self._files = services, desk, files
        self._strip, self._notice = strip, notice
        self._paths: tuple[Path, ...] = ()
        self._call = ""
        self._noted_at = 0.0
        self._finished = self._total = 0
        desk.began.connect(strip.begin)
        desk.progressed.connect(self._on_progress)
        desk.ended.connect(strip.hide)
        desk.imported.connect(self._on_imported)
        desk.earlier.connect(self._on_earlier)
        strip.stop_wanted.connect(self._on_stop)

    def begin(self, paths: Sequence[Path]) -> None:
        """Bring files and folders to the desk."""
        if self._desk.job is None:
            self._notice.clear()  # an offer to go on with these files, or what was done before
            self._files.begin(self._services.now())
            self._paths, self._call = tuple(paths), self._desk.call
            self._finished = self._total = 0
            self.note()
        self._desk.bring_in(paths, Channel.OTHER)

    @property
    def unfinished(self) -> str:
        """What closing the window would cut short, in words; "" where nothing is being done."""
        if self._desk.job is None:
            return ""
        if not self._paths:
            return self.tr("Đang ghi tệp. Nếu dừng, các tệp chưa ghi xong sẽ không có.")
        text = self.tr("Đang nhập tệp.")
        if self._total:
            text = self.tr("Đang nhập tệp, xong {finished}/{total}.")
        stopped = self.tr(
            "Nếu dừng, các tệp đã nhập được giữ nguyên; lần mở sau chương trình hỏi để nhập tiếp"
            " phần còn lại."
        )
        return f"{text.format(finished=self._finished, total=self._total)} {stopped}"

    def note(self) -> None:
        """Keep how far it is, so that the next start can tell where it was cut short."""
        if not self._paths:
            return
        self._noted_at = time.monotonic()
        paths = [str(path.absolute()) for path in self._paths]
        kept: JsonValue = {"paths": paths, "finished": self._finished, "total": self._total}
        self._services.store.ask(partial(requests.note_import, self._call, kept))

    def _forget(self, call: str) -> None:
        self._services.store.ask(partial(requests.note_import, call, None))

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self._strip.show_progress(progress.finished, progress.total, progress.text)
        self._files.add([item for item in progress.items if isinstance(item, FileLine)])
        self._finished, self._total = progress.finished, progress.total
        if time.monotonic() - self._noted_at > _NOTED_EVERY_S:
            self.note()

    @Slot()
    def _on_stop(self) -> None:
        self._strip.show_stopping()
        self._desk.stop()

    @Slot(object)
    def _on_imported(self, imported: Imported) -> None:
        if not self._services.closed:
            self._forget(self._call)
        self._paths = ()
        text = self._files.summary
        if not imported.total:
            text = self._services.messages.text("collect.no_files")
        elif imported.finished < imported.total:
            text = self.tr("Đã dừng sau {finished}/{total} tệp: {text}").format(
                finished=imported.finished,
                total=imported.total,
                text=text or self.tr("chưa nhận tệp nào."),
            )
        shown = text == self._files.summary and self._files.needing  # above the files, kept up
        self.told.emit("" if shown else text)
        self.finished.emit()

    @Slot(object, object)
    def _on_earlier(self, imports: Sequence[FilesOfImport], cut_short: JsonValue) -> None:
        """Show what came in before, and offer to go on with what was cut short."""
        self._files.show_earlier(imports)
        if imports:
            self.earlier.emit()
        text, paths = left_over(cut_short)
        if not text or self._desk.job is not None:
            return
        forget = partial(self._leave, self._desk.call)
        self._notice.say(
            text,
            actions=(
                (self.tr("Nhập tiếp"), partial(self._go_on, paths)),
                (self.tr("Bỏ qua"), forget),
            ),
        )

    def _go_on(self, paths: list[Path]) -> None:
        self.go_on_wanted.emit(paths)

    def _leave(self, call: str) -> None:
        self._notice.clear()
        self._forget(call)
