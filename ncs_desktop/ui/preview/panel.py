"""The tab «Xem trước»: the real PDF, kept at its place while it is refreshed."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QToolBar, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.layout_process import Layout
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.icons import icon
from ncs_desktop.ui.widgets.labels import label

REFRESH_AFTER_MS = 60
_ZOOM_STEP = 1.25


class PreviewPanel(QWidget):
    """Shows the session's phiếu as it will be printed; ``laid_out(pages)`` for the page meter."""

    laid_out = Signal(int)
    failed = Signal(object)

    def __init__(
        self, session: EditingSession, worker: LayoutWorker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._wanted = 0
        self.layout_shown: Layout | None = None
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._build()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_AFTER_MS)
        self._soon.timeout.connect(self.refresh)
        session.changed.connect(self._on_changed)
        session.replaced.connect(self.refresh)
        worker.laid_out.connect(self._on_laid_out)
        worker.failed.connect(self._on_failed)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        bar = QToolBar()
        bar.setIconSize(QSize(18, 18))
        for name, text, act in (
            ("minus", self.tr("Thu nhỏ"), self._zoom_out),
            ("add", self.tr("Phóng to"), self._zoom_in),
            ("fit-width", self.tr("Vừa bề ngang"), self._fit_width),
        ):
            action = QAction(icon(name), text, self)
            action.triggered.connect(act)
            bar.addAction(action)
        self._pages = label(role="quiet")
        self._pages.setWordWrap(False)
        bar.addWidget(self._pages)
        self._view = QPdfView(self)
        self._view.setObjectName("view:preview")
        self._view.setAccessibleName(self.tr("Bản xem trước của phiếu"))
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocument(self._document)
        column.addWidget(bar)
        column.addWidget(self._view, 1)

    @property
    def page_count(self) -> int:
        """Number of pages now shown."""
        return self._document.pageCount()

    @Slot(str)
    def _on_changed(self, _key: str) -> None:
        self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Ask for a new layout of the phiếu as it now stands."""
        session = self._session
        self._wanted = self._worker.request(session.proposal, draft=not session.frozen)

    @Slot(int, object)
    def _on_laid_out(self, number: int, layout: Layout) -> None:
        if number != self._wanted:
            return
        self.layout_shown = layout
        bar = self._view.verticalScrollBar()
        place = bar.value()
        buffer = QBuffer(self)
        buffer.setData(QByteArray(layout.content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        bar.setValue(place)
        self._pages.setText(self.tr("{count} trang").format(count=layout.pages))
        self.laid_out.emit(layout.pages)

    @Slot(int, object)
    def _on_failed(self, number: int, problem: NcsError) -> None:
        if number == self._wanted:
            self.failed.emit(problem)

    @Slot()
    def _zoom_in(self) -> None:
        self._zoom(_ZOOM_STEP)

    @Slot()
    def _zoom_out(self) -> None:
        self._zoom(1 / _ZOOM_STEP)

    def _zoom(self, factor: float) -> None:
        if self._view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            size = self._document.pagePointSize(0)
            resolution = self._view.logicalDpiX() / 72
            width = max(size.width() * resolution, 1)
            self._view.setZoomFactor(self._view.viewport().width() / width)
            self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(self._view.zoomFactor() * factor, 0.25), 6))

    @Slot()
    def _fit_width(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def show_field(self, key: str) -> None:
        """Scroll to where ``key`` stands on paper."""
        if self.layout_shown is None:
            return
        for anchor, page, top_mm in self.layout_shown.anchors:
            if anchor == key:
                self._view.pageNavigator().jump(page, QPoint(0, int(top_mm / 25.4 * 72)), 0)
                return
