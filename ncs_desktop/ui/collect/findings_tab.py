"""Beside the table: what the checks say of the chosen phiếu, each point to be ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from ncs_desktop.domain.call import shown_moment
from ncs_desktop.domain.desk import Channel, Order
from ncs_desktop.domain.findings import Finding, Severity, accepted, standing
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.cell_texts import ACCEPTED
from ncs_desktop.ui.collect.detail import Beside, Detail
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.scroll import scrolled_column
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

_SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.INFO: "i"}
_ORDER = tuple(_SIGNS)


def _weight(found: Finding) -> int:
    """Errors first, then warnings; within each the order of the form stays."""
    return _ORDER.index(found.severity) if found.severity in _ORDER else len(_ORDER)


class FindingsTab(QWidget):
    """Where the phiếu came from, and its findings; ticked ones go into a request."""

    supplement_wanted = Signal()
    review_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._detail: Detail | None = None
        self._pointed = ""
        column = scrolled_column(self)
        column.setContentsMargins(8, 8, 0, 0)
        self._title = label(role="heading")
        self._from = label(role="quiet")
        column.addWidget(self._title)
        column.addWidget(self._from)
        self._review = button(self.tr("Đối chiếu bản đọc từ Word…"), self._on_review)
        self._review.setObjectName("button:review-current")
        column.addWidget(self._review)
        self._review.hide()
        self.list = QListWidget()
        self.list.setObjectName("list:desk-findings")
        self.list.setAccessibleName(self.tr("Điểm kiểm tra thấy; đánh dấu điểm cần bổ sung"))
        self.list.setItemDelegate(WrapDelegate(self.list))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        self._ask = button(
            self.tr("Yêu cầu bổ sung\ncác điểm đã đánh dấu…"), self.supplement_wanted.emit
        )
        self._ask.setObjectName("button:supplement")
        row.addWidget(self._ask)
        row.addStretch(1)
        column.addLayout(row)

    @property
    def ticked(self) -> list[Finding]:
        """The findings that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def point_at(self, code: str) -> None:
        """Choose the finding of a rule, now or as soon as its phiếu is shown."""
        self._pointed = code
        for row in range(self.list.count()):
            found = self.list.item(row).data(Qt.ItemDataRole.UserRole)
            if found is not None and found.code == code:
                self.list.setCurrentRow(row)
                return

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [it for it in self.points if it.severity is Severity.ERROR]

    @property
    def points(self) -> list[Finding]:
        """The errors, then the warnings."""
        found = standing(self._detail.findings) if self._detail is not None else ()
        return sorted((it for it in found if it.severity is not Severity.INFO), key=_weight)

    def show_detail(self, detail: Detail) -> None:
        """Show one phiếu; ticks stay while it is the same version."""
        before = self._detail
        kept: set[tuple[str, str | None]] = set()
        if before is not None and before.proposal.digest == detail.proposal.digest:
            kept = {(found.code, found.field) for found in self.ticked}
        self._detail = detail
        self._title.setText(detail.entry.title or self.tr("(chưa có tên)"))
        self._from.setText("\n".join(self._sources(detail)))
        self._review.setVisible(bool(detail.word))
        self._review.setText(
            self.tr("Đối chiếu bản đọc từ Word…") if detail.doubtful else self.tr("Đối chiếu lại…")
        )
        self.list.clear()
        live, waived = standing(detail.findings), accepted(detail.findings)
        for found in sorted(live, key=_weight):
            self._add(found, kept)
        if not live:
            self._head(self.tr("Không thấy điểm nào cần sửa."))
        if waived:
            self._head(self.tr("Người nộp đã chấp nhận, kèm lý do:"))
        for found in sorted(waived, key=_weight):
            self._add(found, kept)
        if before is None or before.proposal.id != detail.proposal.id:
            self.list.scrollToTop()  # the gravest stands first
        if self._pointed:
            self.point_at(self._pointed)
            self._pointed = ""

    def _head(self, text: str) -> None:
        """Add words that are no point."""
        head = QListWidgetItem(text)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.list.addItem(head)

    def _add(self, found: Finding, kept: set[tuple[str, str | None]]) -> None:
        """Add a point to be ticked; one that the sender accepted is quiet and has its reason."""
        colours = theme.current()
        inks = {Severity.ERROR: colours.error, Severity.WARNING: colours.warning}
        said = self._services.messages.finding_at_desk(found)
        text, ink = f"{_SIGNS.get(found.severity, '')} {said}", inks.get(found.severity)
        if found.waived is not None:
            told = self.tr("{sign} {said}\nLý do của người nộp: {why}")
            text = told.format(sign=ACCEPTED, said=said, why=found.waived)
            ink = colours.quiet
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, found)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        ticked = (found.code, found.field) in kept
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        if ink is not None:
            item.setForeground(QColor(ink))
        self.list.addItem(item)

    def _sources(self, detail: Detail) -> list[str]:
        entry = detail.entry
        lines = [self.tr("Đơn vị: {name}").format(name=entry.proposer_name)]
        if entry.channel is not Channel.OTHER:
            how = self._services.messages.text(f"desk.channel.{entry.channel}")
            lines.append(self.tr("Nhận bằng: {how}").format(how=how))
        said = entry.received_at
        if said is not None and said not in {receipt.received_at for receipt in detail.receipts}:
            lines.append(self.tr("Đã ghi nhận lúc: {when}").format(when=shown_moment(said)))
        unknown = self.tr("chưa rõ thời điểm nhận") if said is None else ""
        for receipt in detail.receipts:
            when = shown_moment(receipt.received_at) if receipt.received_at else unknown
            name = f"{receipt.name} ({when})" if when else receipt.name
            told = self.tr("Tệp: {name}")
            if detail.came_in_versions and detail.proposal.digest in detail.digests(receipt):
                told = self.tr("Tệp: {name}, là bản được tính")
            lines.append(told.format(name=name))
        lines += map(self._beside, detail.beside)
        if entry.status_reason:
            lines.append(self.tr("Lý do trạng thái: {why}").format(why=entry.status_reason))
        for order, told in (
            (Order.DEPARTMENT, self.tr("Lý do thứ tự của Sở: {why}")),
            (Order.COUNCIL, self.tr("Lý do thứ tự của hội đồng: {why}")),
        ):
            if entry.reason_of(order):
                lines.append(told.format(why=entry.reason_of(order)))
        return lines

    def _beside(self, file: Beside) -> str:
        """Say of a file that came along whether it goes on with the phiếu, and why not."""
        if file.why is None and not file.shared:
            return self.tr("Đi kèm trong {input}: {name}").format(input=file.input, name=file.name)
        told = self.tr("Đi kèm trong {input}, không vào bộ hồ sơ xuất: {name}")
        text = told.format(input=file.input, name=file.name)
        return f"{text}. {self._services.messages.error(file.why)}" if file.why else text

    def _on_review(self) -> None:
        if self._detail is not None and self._detail.word:
            self.review_wanted.emit(self._detail.doubtful or self._detail.word)
