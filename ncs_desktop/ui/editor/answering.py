"""Answering a request for supplement in the editor: the points, when it is done, what next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ncs_desktop.domain.dates import short_date
from ncs_desktop.domain.supplement import Point, SupplementRequest
from ncs_desktop.ui.editor.asked import AskedPoints
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.ui.editor.page import EditorPage


class Answering(QObject):
    """Keeps the strip of points above the form until a person says that all is answered.

    Points that still look open are told first; it can be taken back, and leads on to the bundle.
    """

    def __init__(
        self, services: Services, editor: EditorPage, request: SupplementRequest, *, done: bool
    ) -> None:
        super().__init__(editor)
        self._services, self._editor, self._request = services, editor, request
        self.points = AskedPoints(request)
        self.points.setVisible(not done)
        self.points.wanted.connect(editor.jump_to)
        self.points.done_wanted.connect(self._on_done_wanted)
        editor.show_above(self.points)
        editor.head.show_until(request.until)
        if not done:
            editor.begins_at = next(iter(request.fields), "")

    @Slot()
    def _on_done_wanted(self) -> None:
        from ncs_desktop.work.supplement import unanswered  # noqa: PLC0415

        self._editor.save_now()
        services, proposal = self._services, self._editor.session.proposal
        work = partial(unanswered, services.catalog, self._request, proposal, services.now())
        task = services.background.run(work)
        task.done.connect(self._on_looked)
        task.failed.connect(self._editor.show_problem)

    @Slot(object)
    def _on_looked(self, points: Sequence[Point]) -> None:
        """Ask where points still look open; a person may know better than the program."""
        if points:
            text = self.tr("Còn {count} điểm chưa thấy sửa hoặc phần mềm vẫn nhắc:")
            yes = self.tr("Vẫn coi là đã xong")
            words = [" ".join(point.words.split()) for point in points]
            title = self.tr("Đã bổ sung xong")
            text = text.format(count=len(points))
            if not self._services.ask.confirm(self._editor, title, text, yes, words):
                return
        self._mark(done=True)
        papers = self._editor.papers
        freeze = ((self.tr("Chốt bản ký…"), papers.freeze),)
        self._editor.notice.say(
            self._next_step(),
            actions=(
                (self.tr("Hoàn tác"), self._take_back),
                *(() if self._editor.session.frozen else freeze),
                (self.tr("Bộ nộp…"), papers.bundle),
            ),
        )

    def _next_step(self) -> str:
        agency = self._request.agency or self.tr("cơ quan tiếp nhận")
        if self._request.until is None:
            text = self.tr("Đã bổ sung xong. Tiếp theo: chốt, in ký, lập bộ nộp gửi lại {agency}.")
            return text.format(agency=agency)
        text = self.tr(
            "Đã bổ sung xong. Tiếp theo: chốt, in ký, lập bộ nộp gửi lại {agency} trước ngày {day}."
        )
        return text.format(agency=agency, day=short_date(self._request.until))

    @Slot()
    def _take_back(self) -> None:
        self._editor.notice.clear()
        self._mark(done=False)

    def _mark(self, *, done: bool) -> None:
        from ncs_desktop.work.supplement import mark_done  # noqa: PLC0415

        self.points.setVisible(not done)
        mark = partial(mark_done, proposal_id=self._request.proposal_id, done=done)
        self._services.store.ask(mark).failed.connect(self._editor.show_problem)
