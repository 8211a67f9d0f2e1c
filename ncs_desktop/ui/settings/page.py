"""The page «Thiết lập»: where the data lie, safety copies, and the size of letters."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.ui import zoom
from ncs_desktop.ui.saving import Saving
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.settings.restoring import ask_restore, restored_sentence
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.scroll import scrolled

if TYPE_CHECKING:
    from ncs_desktop.store.backup import Restored


class SettingsPage(QWidget):
    """Few settings; ``restored`` after a safety copy was put back."""

    told = Signal(str)
    failed = Signal(object)
    restored = Signal()
    sample_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page:settings")
        self._services = services
        holder = QWidget()
        holder.setMaximumWidth(800)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(holder))
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Thiết lập"), "title"))
        column.addWidget(self._zoom_card())
        column.addWidget(self._store_card())
        column.addWidget(self._sample_card())
        column.addWidget(self._help_card())
        column.addStretch(1)

    def _card(self, title: str, text: str) -> tuple[QFrame, QVBoxLayout, QHBoxLayout]:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 14, 18, 16)
        column.addWidget(label(title, "heading"))
        column.addWidget(label(text, "quiet"))
        row = QHBoxLayout()
        column.addLayout(row)
        return card, column, row

    def _zoom_card(self) -> QFrame:
        text = self.tr(
            "Phóng to, thu nhỏ toàn bộ chữ; cũng có thể bấm Ctrl và phím + hoặc −."
            " Nền sáng hay nền tối theo thiết lập màu của máy."
        )
        card, _column, row = self._card(self.tr("Cỡ chữ"), text)
        row.addWidget(button(self.tr("Nhỏ hơn"), zoom.smaller, picture="minus"))
        row.addWidget(button(self.tr("Vừa"), zoom.usual))
        row.addWidget(button(self.tr("Lớn hơn"), zoom.larger, picture="add"))
        zoomed = label(zoom.words())
        zoomed.setObjectName("label:zoom")
        zoomed.setWordWrap(False)
        row.addWidget(zoomed)
        row.addStretch(1)
        return card

    def changeEvent(self, event: QEvent) -> None:
        """Say how large letters are, by whatever key or button they were changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            for shown in self.findChildren(QLabel, "label:zoom"):
                shown.setText(zoom.words())

    def _store_card(self) -> QFrame:
        folder = self._services.store.path.parent
        text = self.tr("Mọi phiếu nằm trong thư mục: {folder}").format(folder=folder)
        card, _column, row = self._card(self.tr("Dữ liệu và bản sao lưu"), text)
        row.addWidget(button(self.tr("Mở thư mục"), self._open_folder, picture="folder"))
        backup = button(self.tr("Sao lưu…"), self._on_backup, picture="export")
        backup.setObjectName("button:backup")
        restore = button(self.tr("Khôi phục…"), self._on_restore, picture="import")
        restore.setObjectName("button:restore-backup")
        row.addWidget(backup)
        row.addWidget(restore)
        row.addStretch(1)
        return card

    def _help_card(self) -> QFrame:
        text = self.tr(
            "Gói hỗ trợ là tệp chẩn đoán để gửi người giúp bạn; trong đó không có nội dung phiếu."
        )
        card, _column, row = self._card(self.tr("Hướng dẫn và hỗ trợ"), text)
        guide = button(self.tr("Hướng dẫn (F1)"), self._show_guide)
        support = button(self.tr("Gói hỗ trợ…"), self._make_support, picture="export")
        support.setObjectName("button:support")
        row.addWidget(guide)
        row.addWidget(support)
        row.addStretch(1)
        return card

    def _sample_card(self) -> QFrame:
        text = self.tr("Vài phiếu điền sẵn để xem thử, có chữ «mẫu»; bỏ đi bằng một lần bấm.")
        card, _column, row = self._card(self.tr("Dữ liệu mẫu"), text)
        samples = button(self.tr("Mở dữ liệu mẫu"), self.sample_wanted.emit, picture="sample")
        samples.setObjectName("button:samples")
        row.addWidget(samples)
        row.addStretch(1)
        return card

    @Slot()
    def _show_guide(self) -> None:
        from ncs_desktop.ui.guide.dialog import show_guide  # noqa: PLC0415

        show_guide(self.window())

    @Slot()
    def _make_support(self) -> None:
        from ncs_desktop.ui.settings.support import make_support_package  # noqa: PLC0415

        make_support_package(self._services, self, self.told.emit, self.failed.emit)

    @Slot()
    def _open_folder(self) -> None:
        self._services.open_path(self._services.store.path.parent)

    @Slot()
    def _on_backup(self) -> None:
        now = self._services.now()
        name = f"sao-luu-{now:%Y-%m-%d}.ncsbackup"
        kinds = self.tr("Bản sao lưu (*.ncsbackup)")
        work = partial(_backup, self._services.store.path, now)
        saving = Saving(self._services, self, (self.tr("Sao lưu"), name, kinds), work)
        saving.done.connect(self._on_backed_up)
        saving.failed.connect(self.failed)
        saving.begin()

    @Slot(object)
    def _on_backed_up(self, target: object) -> None:
        self.told.emit(self.tr("Đã sao lưu vào {target}.").format(target=target))

    @Slot()
    def _on_restore(self) -> None:
        try:
            task = ask_restore(self._services, self)
        except InputProblem as problem:
            self.failed.emit(problem)
            return
        if task is not None:
            task.done.connect(self._on_restored)
            task.failed.connect(self.failed)

    @Slot(object)
    def _on_restored(self, restored: Restored) -> None:
        self.told.emit(restored_sentence(restored))
        self.restored.emit()


def _backup(path: Path, now: object, target: Path, _task: object) -> Path:
    from ncs_desktop.work.keep import backup  # noqa: PLC0415

    backup(path, target, now)  # type: ignore[arg-type]
    return target
