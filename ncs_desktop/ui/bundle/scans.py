"""Scans of the signed phiếu: one file each, shown small; PDF, JPG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label

_SIZE = QSize(60, 84)


class ScansList(QWidget):
    """One line a phiếu."""

    changed = Signal()

    def __init__(
        self, services: Services, proposals: Sequence[Proposal], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._paths: dict[str, Path] = {}
        self._pictures: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for proposal in proposals:
            column.addWidget(self._row(proposal))

    def _row(self, proposal: Proposal) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        picture, name = QLabel(), label(self._none(), "quiet")
        picture.setFixedSize(_SIZE)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setAccessibleName(self.tr("Ảnh thu nhỏ của bản quét"))
        picture.hide()
        words = QVBoxLayout()
        words.addWidget(label(proposal.title or self.tr("Phiếu chưa có tên")))
        words.addWidget(name)
        self._pictures[proposal.id], self._names[proposal.id] = picture, name
        choose = button(self.tr("Chọn…"), partial(self._choose, proposal.id), picture="folder")
        choose.setObjectName("button:scan")
        choose.setAccessibleName(self.tr("Chọn bản quét của {title}").format(title=proposal.title))
        drop = button(self.tr("Bỏ"), partial(self._set, proposal.id, None), picture="remove")
        drop.setAccessibleName(self.tr("Bỏ bản quét của {title}").format(title=proposal.title))
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(choose)
        row.addWidget(drop)
        return holder

    def _none(self) -> str:
        return self.tr("chưa có bản quét")

    @property
    def paths(self) -> dict[str, Path]:
        """The chosen scans by the id of their phiếu."""
        return dict(self._paths)

    def _choose(self, proposal_id: str) -> None:
        title, kinds = (
            self.tr("Chọn bản quét đã ký"),
            self.tr("Bản quét (*.pdf *.jpg *.jpeg *.png)"),
        )
        chosen = self._services.ask.open_files(self, title, kinds)
        if chosen:
            self._set(proposal_id, chosen[0])

    def _set(self, proposal_id: str, path: Path | None, _checked: bool = False) -> None:
        picture = self._pictures[proposal_id]
        if path is None:
            self._paths.pop(proposal_id, None)
        else:
            self._paths[proposal_id] = path
            picture.setPixmap(thumbnail(path))
        picture.setVisible(path is not None)
        self._names[proposal_id].setText(self._none() if path is None else path.name)
        self.changed.emit()


def thumbnail(path: Path) -> QPixmap:
    """Return the first page of ``path`` small; nothing where it cannot be read."""
    if path.suffix.lower() == ".pdf":
        document = QPdfDocument()
        document.load(str(path))
        if not document.pageCount():
            return QPixmap()
        points = document.pagePointSize(0).scaled(_SIZE, Qt.AspectRatioMode.KeepAspectRatio)
        return QPixmap.fromImage(document.render(0, points.toSize()))
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setScaledSize(reader.size().scaled(_SIZE, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
