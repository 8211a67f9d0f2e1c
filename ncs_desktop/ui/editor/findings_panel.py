"""The tab «Kiểm tra»: every finding in one list; choosing one leads to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.ui import theme
from ncs_desktop.ui.editor.checker import spot_of
from ncs_desktop.ui.icons import set_icon_size
from ncs_desktop.ui.widgets.decision import DecisionButton, decision_of
from ncs_desktop.ui.widgets.finding_line import code_words
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.wrap_delegate import BELOW, WrapDelegate

_FIELD = int(Qt.ItemDataRole.UserRole)
_FINDING = _FIELD + 1
_ROOMY = 12  # lines from which the hint below the list has room too
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class FindingsPanel(QWidget):
    """Findings, errors first; the same words as at the field."""

    chosen = Signal(str)
    decide_wanted = Signal(object)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._shown: tuple[tuple[Finding, str], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 8)
        self._summary = label()
        self._summary.setObjectName("label:findings")
        self._list = QListWidget()
        self._list.setObjectName("list:findings")
        self._list.setAccessibleName(self.tr("Các điểm cần xem"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        set_icon_size(self._list, 16)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.verticalScrollBar().setSingleStep(20)
        self._hint = label(
            self.tr("Bấm đúp hoặc Enter: tới chỗ cần sửa; F8: điểm tiếp theo."), "quiet"
        )
        for widget in (self._summary, self._list, self._hint):
            column.addWidget(widget)
        self.setFocusProxy(self._list)
        self._list.itemActivated.connect(self._on_item)
        self._list.itemDoubleClicked.connect(self._on_item)
        self._list.currentItemChanged.connect(self._on_current)
        self._position = -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where few lines have room, they are the findings' own."""
        super().resizeEvent(event)
        self._show_hint()

    def _show_hint(self) -> None:
        roomy = self.height() > _ROOMY * self.fontMetrics().lineSpacing()
        self._hint.setVisible(roomy and self._list.count() > 0)

    @property
    def current(self) -> Finding | None:
        """The chosen finding."""
        item = self._list.currentItem()
        found = None if item is None else item.data(_FINDING)
        return found if isinstance(found, Finding) else None

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current(self, now: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        """Only the button of the chosen line is reached by Tab, right after the list."""
        if before is not None and (left := self._decide_of(before)) is not None:
            left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if now is not None and (reached := self._decide_of(now)) is not None:
            reached.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setTabOrder(self._list, reached)

    @Slot(object)
    def _on_decide(self, finding: Finding) -> None:
        """The line decided about is the one a person is at."""
        self._keep_chosen(finding)
        self.decide_wanted.emit(finding)

    def _decide_of(self, item: QListWidgetItem) -> DecisionButton | None:
        holder = self._list.itemWidget(item)
        return None if holder is None else holder.findChild(DecisionButton)

    def show_findings(self, findings: Sequence[Finding], untold: int = 0) -> None:
        """Replace the list, keeping the chosen line; ``untold`` more wait to be asked for."""
        self._summary.setText(self._counted(findings, untold))
        wanted = tuple(
            (finding, self._messages.finding(finding)) for finding in sorted(findings, key=_weight)
        )
        if wanted != self._shown:
            self._shown = wanted
            self._fill()
            self._show_hint()

    def _fill(self) -> None:
        """Fill the list; it stays where it was scrolled to, and keys stay at their line."""
        chosen, row = self.current, self._list.currentRow()
        scrolled = self._list.verticalScrollBar().value()
        focused = QApplication.focusWidget()
        held = focused is not None and (focused is self._list or self._list.isAncestorOf(focused))
        self._list.clear()
        self._position = -1
        for finding, text in self._shown:
            self._add(finding, text)
        self._keep_chosen(chosen)
        if row >= 0 and self._list.currentRow() < 0:
            self._list.setCurrentRow(min(row, self._list.count() - 1))
        self._list.doItemsLayout()
        self._list.verticalScrollBar().setValue(scrolled)
        if held:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, finding: Finding, text: str) -> None:
        item = self._item(finding, text)
        self._list.addItem(item)
        if decision_of(finding) is None:
            return
        decide = DecisionButton()
        decide.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        decide.wanted.connect(self._on_decide)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(6, 0, 6, 6)
        column.addStretch(1)
        column.addWidget(decide, 0, Qt.AlignmentFlag.AlignLeft)
        decide.show_finding(finding, text)
        item.setData(BELOW, decide.sizeHint().height() + 6)
        self._list.setItemWidget(item, holder)

    def _keep_chosen(self, chosen: Finding | None) -> None:
        """Stay at the chosen finding, so that F8 goes on from there."""
        for row in range(self._list.count()):
            if chosen is not None and self._list.item(row).data(_FINDING) == chosen:
                self._list.setCurrentRow(row)
                self._position = row

    def _item(self, finding: Finding, text: str) -> QListWidgetItem:
        colours = theme.current()
        word, colour = {
            Severity.ERROR: (self.tr("Lỗi"), colours.error),
            Severity.WARNING: (self.tr("Cảnh báo"), colours.warning),
        }.get(finding.severity, (self.tr("Lưu ý"), colours.text))
        if finding.waived is not None:
            word = self.tr("Đã chấp nhận")
            text = self.tr("{text} Lý do: {reason}").format(text=text, reason=finding.waived)
            colour = colours.quiet
        elif finding.severity is Severity.OFF:
            word, colour = self.tr("Đã xác nhận"), colours.quiet
        item = QListWidgetItem(f"{word}: {text}")
        item.setForeground(QColor(colour))
        item.setToolTip(code_words(finding))
        item.setData(_FIELD, spot_of(finding))
        item.setData(_FINDING, finding)
        return item

    def changeEvent(self, event: QEvent) -> None:
        """Colour the lines anew in another theme, make room where letters grow."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fill()

    def _counted(self, findings: Sequence[Finding], untold: int) -> str:
        rest = self.tr("Các mục chưa điền chưa được kiểm tra; bấm «Kiểm tra» (F7) để xem tất cả.")
        live = [finding for finding in findings if not _is_settled(finding)]
        if not live:
            return rest if untold else self.tr("Không còn điểm nào cần xem.")
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


def _is_settled(finding: Finding) -> bool:
    """Whether a person accepted or confirmed it: it stands below the open ones."""
    return finding.waived is not None or finding.severity is Severity.OFF


def _weight(finding: Finding) -> tuple[bool, int]:
    return (_is_settled(finding), _ORDER.get(finding.severity, 3))
