"""The tab «Kiểm tra»: every finding in one list; choosing one leads to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.checks import CONFIRMABLE
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.ui import theme
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

_FIELD = int(Qt.ItemDataRole.UserRole)
_FINDING = _FIELD + 1
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class FindingsPanel(QWidget):
    """Findings, errors first; the same words as at the field."""

    chosen = Signal(str)
    confirm_wanted = Signal(str)
    accept_wanted = Signal(object)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 8)
        self._summary = label()
        self._summary.setObjectName("label:findings")
        self._list = QListWidget()
        self._list.setObjectName("list:findings")
        self._list.setAccessibleName(self.tr("Các điểm cần xem"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setIconSize(QSize(16, 16))
        self._hint = label(
            self.tr("Bấm đúp hoặc Enter để tới chỗ cần sửa; F8 tới điểm kế."), "quiet"
        )
        for widget in (self._summary, self._list, self._hint):
            column.addWidget(widget)
        self._list.itemActivated.connect(self._on_item)
        self._list.itemDoubleClicked.connect(self._on_item)
        self._position = -1
        column.addLayout(self._build_buttons())
        self._list.currentItemChanged.connect(self._refresh_buttons)

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._confirm = button(self.tr("Xác nhận đã xem"), self._on_confirm, role="primary")
        self._confirm.setObjectName("button:confirm")
        self._accept = button(self.tr("Chấp nhận, ghi lý do…"), self._on_accept)
        self._accept.setObjectName("button:accept")
        row.addWidget(self._confirm)
        row.addWidget(self._accept)
        self._refresh_buttons()
        return row

    @property
    def current(self) -> Finding | None:
        """The chosen finding."""
        item = self._list.currentItem()
        found = None if item is None else item.data(_FINDING)
        return found if isinstance(found, Finding) else None

    @Slot()
    def _refresh_buttons(self) -> None:
        finding = self.current
        confirmable = finding is not None and finding.code in CONFIRMABLE
        self._confirm.setVisible(confirmable)
        self._accept.setVisible(
            finding is not None
            and finding.waived is None
            and not confirmable
            and finding.severity is not Severity.INFO
        )

    @Slot()
    def _on_confirm(self) -> None:
        if self.current is not None:
            self.confirm_wanted.emit(self.current.code)

    @Slot()
    def _on_accept(self) -> None:
        if self.current is not None:
            self.accept_wanted.emit(self.current)

    def show_findings(self, findings: Sequence[Finding], untold: int = 0) -> None:
        """Replace the list, keeping the chosen line; ``untold`` more wait to be asked for."""
        chosen = self.current
        self._list.clear()
        self._position = -1
        for finding in sorted(findings, key=_weight):
            self._list.addItem(self._item(finding))
        self._keep_chosen(chosen)
        self._summary.setText(self._counted(findings, untold))
        self._hint.setVisible(bool(findings))

    def _keep_chosen(self, chosen: Finding | None) -> None:
        """Stay at the chosen finding, so that F8 goes on from there."""
        for row in range(self._list.count()):
            if chosen is not None and self._list.item(row).data(_FINDING) == chosen:
                self._list.setCurrentRow(row)
                self._position = row

    def _item(self, finding: Finding) -> QListWidgetItem:
        colours = theme.current()
        word, colour = {
            Severity.ERROR: (self.tr("Lỗi"), colours.error),
            Severity.WARNING: (self.tr("Cảnh báo"), colours.warning),
        }.get(finding.severity, (self.tr("Lưu ý"), colours.text))
        text = self._messages.finding(finding)
        if finding.waived is not None:
            word = self.tr("Đã chấp nhận")
            text = self.tr("{text} Lý do: {reason}").format(text=text, reason=finding.waived)
            colour = colours.quiet
        elif finding.code in CONFIRMABLE:
            text = self.tr("{text} Chọn dòng này rồi bấm «Xác nhận đã xem».").format(text=text)
        item = QListWidgetItem(f"{word} {finding.code}: {text}")
        item.setForeground(QColor(colour))
        item.setData(_FIELD, finding.field or "")
        item.setData(_FINDING, finding)
        return item

    def _counted(self, findings: Sequence[Finding], untold: int) -> str:
        rest = self.tr("Các mục chưa điền chưa được kiểm tra; bấm «Kiểm tra» (F7) để xem tất cả.")
        if not findings:
            return rest if untold else self.tr("Không còn điểm nào cần xem.")
        live = [finding for finding in findings if finding.waived is None]
        counts = {
            kind: sum(finding.severity is kind for finding in live)
            for kind in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        }
        text = self.tr("{errors} lỗi · {warnings} cảnh báo · {notes} lưu ý").format(
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.INFO],
        )
        return f"{text}\n{rest}" if untold else text

    @Slot(QListWidgetItem)
    def _on_item(self, item: QListWidgetItem) -> None:
        self._position = self._list.row(item)
        self.chosen.emit(item.data(_FIELD))

    def go_on(self, step: int) -> None:
        """Lead to the next finding (``step`` 1) or the one before (-1)."""
        count = self._list.count()
        if count:
            start = self._position if self._position >= 0 or step > 0 else 0
            self._position = (start + step) % count
            self._list.setCurrentRow(self._position)
            self._on_item(self._list.item(self._position))


def _weight(finding: Finding) -> tuple[bool, int]:
    return (finding.waived is not None, _ORDER.get(finding.severity, 3))
