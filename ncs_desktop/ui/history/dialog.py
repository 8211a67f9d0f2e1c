"""The dialog «Các bản đã lưu»: versions on the left, what differs from now on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.history.difference_view import DifferenceView
from ncs_desktop.ui.history.source import Comparison, HistorySource, SessionHistory
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

if TYPE_CHECKING:
    from ncs_desktop.store.records import Version


class HistoryDialog(QDialog):
    """Lists kept versions; ``restored`` after going back to one, which asks nothing."""

    restored = Signal()

    def __init__(self, source: HistorySource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._comparison: Comparison | None = None
        self.setObjectName("dialog:history")
        self.setWindowTitle(self.tr("Các bản đã lưu"))
        open_at(self, 940, 560)
        self._build()
        self._list.currentItemChanged.connect(self._on_chosen)
        source.list_versions(self._show_versions)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(10)
        explained = self.tr(
            "Chữ [−gạch đỏ] có trong bản cũ, nay không còn; chữ [+gạch chân xanh] là chữ mới thêm."
        )
        column.addWidget(label(explained, "quiet"))
        self._list = QListWidget()
        self._list.setObjectName("list:versions")
        self._list.setAccessibleName(self.tr("Các bản đã lưu"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        self._view = DifferenceView()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._list)
        splitter.addWidget(self._view)
        splitter.setSizes([280, 640])
        splitter.setStretchFactor(1, 1)
        column.addWidget(splitter, 1)
        row = QHBoxLayout()
        self._restore = button(self.tr("Khôi phục bản này"), self._on_restore, picture="restore")
        self._restore.setObjectName("button:restore-version")
        self._restore.setEnabled(False)
        row.addWidget(self._restore)
        kept = self.tr("Bản đang có vẫn được giữ trong danh sách này.")
        row.addWidget(label(kept, "quiet"), 1)
        row.addWidget(button(self.tr("Đóng"), self.reject))
        column.addLayout(row)

    @Slot(object)
    def _show_versions(self, versions: Sequence[Version]) -> None:
        if not isValid(self):
            return
        self._list.clear()
        for version in versions:
            item = QListWidgetItem(self._words(version))
            item.setData(Qt.ItemDataRole.UserRole, version.id)
            self._list.addItem(item)
        if len(versions) < 2:
            self._view.say(self.tr("Phiếu này mới có một bản; chưa có bản cũ để so."))
        older = next((row for row, item in enumerate(versions) if not item.current), 0)
        self._list.setCurrentRow(older)
        self._list.setFocus()

    def _words(self, version: Version) -> str:
        when = version.saved_at.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y")
        lines = [self.tr("{when} · lần {number}").format(when=when, number=version.revision)]
        if version.current:
            lines.append(self.tr("bản hiện tại"))
        if version.control_code is not None:
            lines.append(self.tr("đã chốt ký {code}").format(code=version.control_code))
        if version.origin == "import":
            lines.append(self.tr("nhận từ tệp"))
        return "\n".join(lines)

    @Slot()
    def _on_chosen(self) -> None:
        self._comparison = None
        self._restore.setEnabled(False)
        chosen = self._chosen()
        if chosen:
            self._view.say(self.tr("Đang so…"))
            self._source.compare(chosen, self._show_comparison)

    def _chosen(self) -> str:
        item = self._list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    @Slot(object)
    def _show_comparison(self, comparison: Comparison) -> None:
        if not isValid(self) or comparison.version_id != self._chosen():
            return  # the dialog was closed while the versions were compared
        self._comparison = comparison
        self._view.show_differences(comparison.differences)
        self._restore.setEnabled(bool(comparison.differences.fields))

    @Slot()
    def _on_restore(self) -> None:
        if self._comparison is not None:
            self._source.restore(self._comparison.proposal)
            self.restored.emit()
            self.accept()


class _Undo:
    """Takes a restore back: the phiếu as it was before becomes the newest revision again."""

    def __init__(self, source: HistorySource, before: Proposal, notice: Notice) -> None:
        self._source, self._before, self._notice = source, before, notice

    def __call__(self) -> None:
        self._source.restore(self._before)
        self._notice.clear()


def show_history(
    services: Services,
    session: EditingSession,
    notice: Notice,
    fail: Callable[[object], object],
    parent: QWidget,
) -> HistoryDialog:
    """Open the dialog for the phiếu being edited; a restore can be taken back in ``notice``."""
    source = SessionHistory(services, session, session)
    source.failed.connect(fail)
    dialog = HistoryDialog(source, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    was_frozen = session.frozen
    undo = _Undo(source, session.proposal, notice)

    def say() -> None:
        done = notice.tr("Đã khôi phục bản cũ thành bản mới nhất.")
        if was_frozen:
            left = notice.tr("Phiếu không còn là bản đã chốt; muốn nộp thì chốt, in và ký lại.")
            done = f"{done} {left}"
        if session.frozen:
            done = notice.tr(
                "Phiếu trở lại đúng bản đã chốt lần {number}, mã kiểm soát {code}."
            ).format(number=session.proposal.revision, code=session.control_code)
        notice.say(
            done,
            actions=((notice.tr("Hoàn tác"), undo),),
        )

    dialog.restored.connect(say)
    dialog.open()
    return dialog
