"""The tab «Xem trước»: the real PDF, kept at its place while it is refreshed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QMouseEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QToolBar, QVBoxLayout, QWidget

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.layout_process import Layout
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.widgets.labels import label
from ncs_desktop.ui.widgets.pdf_pages import PdfPages

REFRESH_AFTER_MS = 30
"""Quiet time after what was told last; a section is told some time after its last key."""
_MM_PER_POINT = 25.4 / 72
_ZOOM_STEP = 1.25


class PageView(PdfPages):
    """The pages under each other; ``clicked(page, mm from its top)`` for a click on one."""

    clicked = Signal(int, float)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where on paper the click was."""
        super().mouseReleaseEvent(event)
        place = self.place_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self.clicked.emit(*place)

    def place_at(self, at: QPoint) -> tuple[int, float] | None:
        """Return page and distance from its top (mm) at a point of the viewport."""
        document = self.document()
        top = float(self.documentMargins().top())
        wanted = at.y() + self.verticalScrollBar().value()
        for page in range(document.pageCount()):
            points = document.pagePointSize(page)
            height = points.height() * self._pixels_per_point(points.width())
            if top <= wanted < top + height:
                return page, (wanted - top) / height * points.height() * _MM_PER_POINT
            top += height + self.pageSpacing()
        return None

    def _pixels_per_point(self, width: float) -> float:
        if self.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            margins = self.documentMargins()
            room = self.viewport().width() - margins.left() - margins.right()
            return room / max(width, 1.0)
        resolution = QGuiApplication.primaryScreen().logicalDotsPerInch() / 72
        return float(resolution * self.zoomFactor())


class PreviewPanel(QWidget):
    """Shows the session's phiếu as it will be printed; ``laid_out(pages)`` for the page meter.

    ``field_clicked(key)`` names the field or section that stands where a person clicked.
    """

    laid_out = Signal(int)
    field_clicked = Signal(str)
    failed = Signal(object)

    def __init__(
        self, session: EditingSession, worker: LayoutWorker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._wanted = 0
        self._told = ""
        self._clicking = False
        self.layout_shown: Layout | None = None
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
        set_icon_size(bar, 18)
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
        self._view = PageView(self)
        self._view.clicked.connect(self._on_clicked)
        self._view.setToolTip(self.tr("Bấm vào trang để tới mục ấy trong phiếu"))
        self._view.setObjectName("view:preview")
        self._view.setAccessibleName(self.tr("Bản xem trước của phiếu"))
        column.addWidget(bar)
        column.addWidget(self._view, 1)

    @property
    def page_count(self) -> int:
        """Number of pages now shown."""
        return self._view.document().pageCount()

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
        self._told = ""
        self._view.show_pdf(layout.content)
        self._pages.setText(self.tr("{count} trang").format(count=layout.pages))
        self.laid_out.emit(layout.pages)

    @Slot(int, object)
    def _on_failed(self, number: int, problem: NcsError) -> None:
        if number == self._wanted and problem.code != self._told:
            self._told = problem.code
            self.failed.emit(problem)

    @Slot()
    def _zoom_in(self) -> None:
        self._zoom(_ZOOM_STEP)

    @Slot()
    def _zoom_out(self) -> None:
        self._zoom(1 / _ZOOM_STEP)

    def _zoom(self, factor: float) -> None:
        if self._view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            size = self._view.document().pagePointSize(0)
            resolution = self._view.logicalDpiX() / 72
            width = max(size.width() * resolution, 1)
            self._view.setZoomFactor(self._view.viewport().width() / width)
            self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(self._view.zoomFactor() * factor, 0.25), 6))

    @Slot()
    def _fit_width(self) -> None:
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    @Slot(int, float)
    def _on_clicked(self, page: int, top_mm: float) -> None:
        if self.layout_shown is None:
            return
        before = [
            (at_page, at_mm, key)
            for key, at_page, at_mm in self.layout_shown.anchors
            if (at_page, at_mm) <= (page, top_mm)
        ]
        if before:
            self._clicking = True
            self.field_clicked.emit(max(before)[2])
            self._clicking = False

    def show_field(self, key: str) -> None:
        """Scroll to where ``key`` stands on paper."""
        if self.layout_shown is None or self._clicking:
            return
        for anchor, page, top_mm in self.layout_shown.anchors:
            if anchor == key:
                self._view.pageNavigator().jump(page, QPoint(0, int(top_mm / 25.4 * 72)), 0)
                return
