"""Scans of the signed papers: one line each, shown small; PDF, or photographs of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.bundle.kept import Kept, local_files, size_words
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label, set_role
from ncs_desktop.work.kept import LETTER_SCANNED, SCAN, SUMMARY_SCANNED, commitment_role
from ncs_desktop.work.papers import signed_commitments

_SIZE = QSize(60, 84)
_CHOOSE = {
    SCAN: "button:scan",
    LETTER_SCANNED: "button:letter-scan",
    SUMMARY_SCANNED: "button:summary-scan",
}


class ScanRow(QFrame):
    """One signed paper; files can be dropped on it."""

    def __init__(self, services: Services, kept: Kept, paper: str, place: tuple[str, str]) -> None:
        super().__init__()
        self._services, self._kept = services, kept
        self._role, self._proposal_id = self.place = place
        self._shown = ""
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.picture, self._state = QLabel(), label()
        self.picture.setFixedSize(_SIZE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.hide()
        self._paper = label()
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self._paper)
        words.addWidget(self._state)
        words.addStretch(1)
        self._pick = button(self.tr("Chọn…"), self._choose, picture="folder")
        self._pick.setObjectName(_CHOOSE.get(self._role, "button:commitment-scan"))
        self._use = button(self.tr("Vẫn dùng"), self._use_it)
        self._use.setObjectName("button:use-scan")
        self._drop = button(self.tr("Bỏ"), self._remove, picture="remove")
        self._drop.setObjectName("button:remove-scan")
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        for made in (self._use, self._pick, self._drop):
            row.addWidget(made)
        self.name(paper)
        self.refresh()

    def name(self, paper: str, of: str = "") -> None:
        """Call the paper ``paper``; to ear also ``of`` which phiếu, which eyes see above it."""
        self._paper.setText(paper)
        title = ", ".join(filter(None, (paper, of)))
        for widget, text in (
            (self.picture, self.tr("Ảnh thu nhỏ bản quét của {title}")),
            (self._pick, self.tr("Chọn bản quét của {title}")),
            (self._use, self.tr("Vẫn dùng bản quét của {title}")),
            (self._drop, self.tr("Bỏ bản quét của {title}")),
        ):
            widget.setAccessibleName(text.format(title=title))

    def refresh(self) -> None:
        """Show what is kept."""
        file = self._kept.scan_of(self._role, self._proposal_id)
        self._drop.setEnabled(file is not None)
        self._use.setVisible(file is not None and file.outdated)
        if file is None:
            self._shown = ""
            self.picture.hide()
            set_role(self._state, "quiet")
            self._state.setText(self.tr("chưa có bản quét; kéo thả vào đây hoặc bấm «Chọn…»"))
            return
        text = f"{file.name} ({size_words(file.size)})"
        if file.outdated:
            text += self.tr(
                ": của bản lần {revision}, phiếu đã sửa sau đó nên không đưa vào bộ nộp; hãy ký,"
                " quét bản mới, hoặc bấm «Vẫn dùng» nếu tờ đã ký đúng với phiếu hiện nay."
            ).format(revision=file.revision)
        set_role(self._state, "warning" if file.outdated else "good")
        self._state.setText(text)
        if file.sha256 != self._shown:
            self._shown = file.sha256
            work = partial(small_picture, self._services.store.path, file.sha256)
            self._services.background.run(work).done.connect(self._on_picture)

    @Slot(object)
    def _on_picture(self, picture: QImage) -> None:
        self.picture.setPixmap(QPixmap.fromImage(picture))
        self.picture.setVisible(bool(self._shown) and not picture.isNull())

    @Slot()
    def _choose(self) -> None:
        title = self.tr("Chọn bản quét đã ký")
        kinds = self.tr("Bản quét (*.pdf *.jpg *.jpeg *.png)")
        self._take(self._services.open_files(self, title, kinds))

    def _take(self, paths: Sequence[Path]) -> None:
        self._kept.add(paths, self._role, self._proposal_id or None)

    @Slot()
    def _remove(self) -> None:
        file = self._kept.scan_of(self._role, self._proposal_id)
        if file is not None:
            self._kept.remove(file)

    @Slot()
    def _use_it(self) -> None:
        file = self._kept.scan_of(self._role, self._proposal_id)
        if file is not None:
            self._kept.use(file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped as this paper's scan."""
        self._take(local_files(event.mimeData()))
        event.acceptProposedAction()


class ScansList(QWidget):
    """One line for each phiếu and each commitment to it, for the letter, for the table if asked.

    Several phiếu stand in their rank, numbered, each with its commitments below it.
    A scan of the commitment of somebody whom the phiếu does not name any more keeps a line.
    """

    def __init__(
        self,
        services: Services,
        kept: Kept,
        proposals: Sequence[Proposal],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._services, self._kept, self._column = services, kept, column
        self._table_asked = False
        self.rows: list[ScanRow] = []
        self._papers: dict[tuple[str, str], str] = {}
        self._names: Mapping[str, str] = {}
        for item in proposals:
            named = services.messages.text("paper.form", title=item.title)
            self._add(named if item.title else self.tr("Phiếu chưa có tên"), (SCAN, item.id))
            for name in signed_commitments(item).values():
                text = self.tr("Cam kết của {name}").format(name=name)
                self._add(text, (commitment_role(name), item.id))
        self._add(self.tr("Công văn đề xuất"), (LETTER_SCANNED, ""))
        self._table = self._add(self.tr("Bảng tổng hợp"), (SUMMARY_SCANNED, ""))
        kept.changed.connect(self._show_table)
        kept.changed.connect(self._show_strangers)
        self._show_table()

    def _add(self, paper: str, place: tuple[str, str]) -> ScanRow:
        row = ScanRow(self._services, self._kept, paper, place)
        self._papers[place] = paper
        self.rows.append(row)
        self._column.addWidget(row)
        self._kept.changed.connect(row.refresh)
        return row

    def show_order(self, names: Mapping[str, str]) -> None:
        """Show the phiếu in their rank; ``names`` call them by id, with their number."""
        if len(names) > 1 and names != self._names:
            self._names = dict(names)
            self._arrange()

    def _arrange(self) -> None:
        ranks = {proposal_id: rank for rank, proposal_id in enumerate(self._names)}
        self.rows.sort(key=lambda row: ranks.get(row.place[1], len(ranks)))
        below = self.fontMetrics().horizontalAdvance("0. ")
        before: QWidget | None = None
        for row in self.rows:
            role, proposal_id = row.place
            paper, of = self._papers[row.place], self._names.get(proposal_id, "")
            row.name(f"{ranks[proposal_id] + 1}. {paper}" if role == SCAN else paper, of)
            row.setContentsMargins(below if of and role != SCAN else 0, 0, 0, 0)
            self._column.addWidget(row)
            for made in row.findChildren(QPushButton):
                if before is not None:
                    self.setTabOrder(before, made)
                before = made

    def ask_table(self, asked: bool) -> None:
        """Say whether this dossier holds the summary table, which is then signed too."""
        self._table_asked = asked
        self._show_table()

    @Slot()
    def _show_table(self) -> None:
        there = self._kept.scan_of(SUMMARY_SCANNED, "") is not None
        self._table.setVisible(self._table_asked or there)

    @Slot()
    def _show_strangers(self) -> None:
        for file in self._kept.files:
            if file.organization and (file.role, file.proposal_id) not in self._papers:
                text = self.tr("Cam kết của {name} (phiếu không còn nêu, không đưa vào bộ nộp)")
                self._add(text.format(name=file.organization), (file.role, file.proposal_id))
                if self._names:
                    self._arrange()


def small_picture(store_path: Path, sha256: str) -> QImage:
    """Return the first page of a kept scan small; a null picture where it cannot be read."""
    from ncs_desktop.store.content import content_folder  # noqa: PLC0415

    path = content_folder(store_path) / sha256
    document = QPdfDocument()
    if document.load(str(path)) is QPdfDocument.Error.None_ and document.pageCount():
        points = document.pagePointSize(0).scaled(_SIZE, Qt.AspectRatioMode.KeepAspectRatio)
        return document.render(0, points.toSize())
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    reader.setScaledSize(reader.size().scaled(_SIZE, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
