"""Asking for supplement: the points, until when, who signs; the letter as it will be printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.dates import parse_date
from ncs_desktop.domain.desk import Act, DeskEntry
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.proposal import is_line_key
from ncs_desktop.domain.supplement import Point, official
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.bundle.sender_form import SenderForm
from ncs_desktop.ui.collect.beside import Beside
from ncs_desktop.ui.collect.desk import CollectDesk
from ncs_desktop.ui.collect.letters import Drafted, draft_letter, issue_letter
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.ui.widgets.pdf_pages import PdfPages
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.room import open_at
from ncs_desktop.ui.widgets.scroll import scrolled_column
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

if TYPE_CHECKING:
    from ncs_desktop.work.supplement import Asked

_REFRESH_MS = 400
_LETTERS = 32
"""The printed letter beside the points is at least so many letters «n» of the window wide."""
_KEY = Qt.ItemDataRole.UserRole


def _of_the_phieu(finding: Finding) -> bool:
    """Whether the enterprise can answer a finding: its phiếu has the field."""
    return not (finding.field and is_line_key(finding.field))


class SupplementDialog(QDialog):
    """Points on the left, letter on the right; ``issued`` when letter and request were written."""

    issued = Signal()

    def __init__(
        self,
        services: Services,
        desk: CollectDesk,
        entry: DeskEntry,
        findings: Sequence[Finding],
        parent: QWidget | None = None,
        *,
        offered: Sequence[Finding] = (),
    ) -> None:
        super().__init__(parent)
        self._services, self._desk, self._entry = services, desk, entry
        self._drafted: Asked | None = None
        self._asked = 0
        self.setObjectName("dialog:supplement")
        self.setWindowTitle(self.tr("Yêu cầu bổ sung: {title}").format(title=entry.title))
        open_at(self, 1140, 720)
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REFRESH_MS)
        self._soon.timeout.connect(self._refresh)
        for finding in findings:
            self._add_finding(finding, ticked=True)
        for finding in offered:
            self._add_finding(finding, ticked=False)
        if not any(map(_of_the_phieu, findings)):
            self._add("", None, "")
        self.sender_form.show_sender(desk.data.sender or self._office())
        self.points.itemChanged.connect(self._on_edited)
        self.until.textEdited.connect(self._on_edited)
        self.sender_form.edited.connect(self._on_edited)
        self._refresh()

    def _office(self) -> Sender:
        """Return the office of the call as the sender, until a person says otherwise."""
        authority = self._services.catalog.call(self._desk.call).authority
        return Sender(
            "agency", authority.name, authority.parent, authority.address, authority.place
        )

    # --- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        self.notice = Notice()
        column.addWidget(self.notice)
        self._letter = PdfPages(self)
        self._letter.setObjectName("view:letter")
        self._letter.setAccessibleName(self.tr("Bản xem trước công văn"))
        self._letter.setMinimumWidth(_LETTERS * self.fontMetrics().horizontalAdvance("n"))
        splitter = Beside(self._build_left(), self._letter, (600, 540), lines=5)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        column.addWidget(splitter, 1)
        text = self.tr(
            "Công văn để trống số và ngày; tệp Word còn sửa được. Tệp .ncs gửi kèm để đơn vị mở"
            " đúng các mục cần bổ sung."
        )
        column.addWidget(label(text, "quiet"))
        close = button(self.tr("Đóng"), self.reject)
        self.go = button(self.tr("Lập công văn và tệp yêu cầu…"), self._on_go, role="primary")
        self.go.setObjectName("button:issue")
        self.go.setEnabled(False)
        column.addLayout(FlowLayout((close, self.go), right=True))

    def _build_left(self) -> QWidget:
        holder = QWidget()
        column = scrolled_column(holder)
        column.addWidget(label(self.tr("Các điểm cần bổ sung (bấm F2 để sửa chữ)"), "heading"))
        text = self.tr("Chưa có điểm nào: đánh dấu điểm cần hỏi, hoặc ghi điểm mới ở dòng trống.")
        self._hint = label(text, "warning")
        self._hint.setObjectName("label:no-point")
        room = self._hint.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the points below stay where the mouse is
        self._hint.setSizePolicy(room)
        column.addWidget(self._hint)
        self.points = QListWidget()
        self.points.setObjectName("list:supplement-points")
        self.points.setAccessibleName(self.tr("Các điểm cần bổ sung"))
        self.points.setItemDelegate(WrapDelegate(self.points))
        self.points.setAlternatingRowColors(True)
        self.points.setMinimumHeight(200)
        column.addWidget(self.points, 1)
        row = QHBoxLayout()
        self.field = QuietComboBox()
        self.field.setObjectName("field:supplement.field")
        self.field.setAccessibleName(self.tr("Điểm mới ở mục"))
        self.field.setMinimumContentsLength(18)
        self.field.addItem(self.tr("Cả hồ sơ"), "")
        proposal_form = self._services.catalog.latest_form("a1-dxnv")
        for section in proposal_form.sections:
            if section.field_keys:
                self.field.addItem(section.title, section.field_keys[0])
        row.addWidget(self.field, 1)
        add = button(self.tr("Thêm điểm"), self._on_add, picture="add")
        add.setObjectName("button:add-point")
        row.addWidget(add)
        remove = button(self.tr("Bỏ điểm"), self._on_remove, picture="remove")
        remove.setObjectName("button:remove-point")
        row.addWidget(remove)
        column.addLayout(row)
        column.addWidget(label(self.tr("Bổ sung trước ngày"), "heading"))
        self.until = QLineEdit()
        self.until.setObjectName("field:supplement.until")
        self.until.setAccessibleName(self.tr("Bổ sung trước ngày"))
        self.until.setPlaceholderText(self.tr("ví dụ 20/8/2026, có thể để trống"))
        column.addWidget(self.until)
        column.addWidget(label(self.tr("Bên ký công văn"), "heading"))
        self.sender_form = SenderForm()
        column.addWidget(self.sender_form)
        return holder

    # --- points -----------------------------------------------------------------------------

    def _add(self, words: str, field: str | None, code: str, *, ticked: bool = True) -> None:
        item = QListWidgetItem(words)
        item.setData(_KEY, (field, code))
        usable = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(item.flags() | usable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.points.addItem(item)
        self.points.setCurrentItem(item)

    def _add_finding(self, finding: Finding, *, ticked: bool) -> None:
        """Offer a finding as a letter words it; what only the table has is the office's own."""
        if _of_the_phieu(finding):
            words = official(self._services.messages.finding(finding))
            self._add(words, finding.field, finding.code, ticked=ticked)
        elif ticked:
            text = self.tr(
                "Điểm chỉ có ở bảng tổng hợp thì Sở ghi ở «Sửa dòng trong bảng», không đưa vào"
                " công văn."
            )
            self.notice.say(text)

    @Slot()
    def _on_add(self) -> None:
        self._add("", self.field.currentData() or None, "")
        self.points.editItem(self.points.currentItem())

    @Slot()
    def _on_remove(self) -> None:
        if self.points.currentRow() >= 0:
            self.points.takeItem(self.points.currentRow())
            self._on_edited()

    @property
    def wanted(self) -> tuple[Point, ...]:
        """The ticked points with words in them, as they now read."""
        found: list[Point] = []
        for row in range(self.points.count()):
            item = self.points.item(row)
            words = clean_text(item.text()).text.strip()
            if words and item.checkState() is Qt.CheckState.Checked:
                field, code = item.data(_KEY)
                found.append(Point(str(len(found) + 1), words, field, code))
        return tuple(found)

    # --- the letter -------------------------------------------------------------------------

    @Slot()
    def _on_edited(self, _what: object = None) -> None:
        self.go.setEnabled(False)
        self._soon.start()

    def _act(self) -> Act:
        count = len(self.wanted)
        return self._desk.act(self.tr("Đã yêu cầu bổ sung {count} điểm").format(count=count))

    @Slot()
    def _refresh(self) -> None:
        self._hint.setVisible(not self.wanted)
        if not self.wanted:
            self.go.setEnabled(False)
            return
        text = self.until.text().strip()
        until = parse_date(text) if text else None
        if text and until is None:
            self.notice.say(
                self.tr("Ngày «{text}» chưa đúng; hãy ghi như 20/8/2026.").format(text=text),
                problem=True,
            )
            return
        self._asked += 1
        services = self._services
        wanted = Drafted(
            services.store.path,
            self._desk.call,
            self._entry.proposal_id,
            self.wanted,
            self.sender_form.value,
            until,
            self._act(),
        )
        task = services.background.run(partial(draft_letter, services.catalog, wanted))
        task.done.connect(partial(self._on_drafted, self._asked))
        task.failed.connect(self._on_failed)

    def _on_drafted(self, number: int, drafted: tuple[Asked, bytes]) -> None:
        if number != self._asked:
            return
        self._drafted, content = drafted
        self._letter.show_pdf(content)
        self.notice.clear()
        self.go.setEnabled(True)

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self.notice.say(self._services.sentence(problem), problem=True)

    @Slot()
    def _on_go(self) -> None:
        folder = self._services.save_folder(self, self.tr("Ghi công văn và tệp yêu cầu vào"))
        if folder is None or self._drafted is None:
            return
        self.go.setEnabled(False)
        self._desk.remember_office(self.sender_form.value)
        request = partial(issue_letter, self._drafted, folder, self._act())
        task = self._services.store.ask(request)
        task.done.connect(self._on_issued)
        task.failed.connect(self._on_not_issued)

    @Slot(object)
    def _on_not_issued(self, problem: NcsError) -> None:
        """Say why nothing was issued; a file open in Word, or a full disk: another folder."""
        self.go.setEnabled(True)
        another = ((self.tr("Chọn thư mục khác…"), self._on_go),)
        actions = another if isinstance(problem, EnvironmentProblem) else ()
        self.notice.say(self._services.sentence(problem), problem=True, actions=actions)

    @Slot(object)
    def _on_issued(self, paths: Sequence[Path]) -> None:
        self.issued.emit()
        names = ", ".join(path.name for path in paths)
        folder = paths[0].parent
        self.notice.say(
            self.tr("Đã ghi {names}").format(names=names),
            actions=((self.tr("Mở thư mục"), partial(self._services.open_path, folder)),),
        )
