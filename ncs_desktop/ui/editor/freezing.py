"""What a person sees of freezing: leaving a frozen revision is said, with the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ncs_desktop.work.kept import is_scan

if TYPE_CHECKING:
    from ncs_desktop.ui.editor.view import EditorView


class Freezing(QObject):
    """Belongs to one editor page; head, preview and scans follow the state of its session."""

    def __init__(self, page: EditorView) -> None:
        super().__init__(page)
        self._page = page
        page.session.revision_started.connect(self._on_left)
        page.session.frozen_again.connect(self._on_back)
        page.papers.frozen.connect(self._on_frozen)
        page.head.show_frozen(page.session.control_code)

    @Slot(str)
    def _on_frozen(self, code: str) -> None:
        self._page.session.mark_frozen(code)
        self._page.head.show_frozen(self._page.session.control_code)
        self._page.preview.refresh()

    @Slot(int)
    def _on_left(self, number: int) -> None:
        page, left = self._page, self._page.session.left
        assert left is not None
        page.head.show_frozen("")
        scanned = any(
            is_scan(file.role) and file.revision == left.revision for file in page.kept.files
        )
        kept = (
            self.tr("Bản đã chốt lần {old} và bản quét đã ký vẫn được giữ nguyên;")
            if scanned
            else self.tr("Bản đã chốt lần {old} vẫn được giữ nguyên;")
        )
        going_on = self.tr("từ đây bạn đang sửa bản mới, lần {number}, phải chốt, in và ký lại.")
        back = self.tr("Trở lại bản đã chốt (lần {old})").format(old=left.revision)
        page.notice.say(
            f"{kept} {going_on}".format(old=left.revision, number=number),
            actions=((back, page.session.return_to_frozen),),
        )

    @Slot(str)
    def _on_back(self, code: str) -> None:
        """The scans of this revision count again: once the store knows, they are read anew."""
        page = self._page
        page.head.show_frozen(code)
        page.session.save()
        page.kept.load()
        page.preview.refresh()
        text = self.tr("Phiếu trở lại đúng bản đã chốt lần {number}, mã kiểm soát {code}.")
        page.notice.clear()
        page.notice.say_in_passing(text.format(number=page.session.proposal.revision, code=code))
