"""From a stored phiếu to its editor; a phiếu whose call is not here opens all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ncs_desktop.ui.editor.answering import Answering
from ncs_desktop.ui.editor.page import EditorPage
from ncs_desktop.ui.editor.reading import Reading
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.work.drafts import missing_call

if TYPE_CHECKING:
    from ncs_desktop.ui.proposals.desk import Opened
    from ncs_desktop.ui.services import Services


def make_editor(services: Services, opened: Opened) -> EditorPage:
    """Return the editor of ``opened``.

    Raises InputProblem where the catalogue does not know its form.
    """
    catalog, proposal = services.catalog, opened.proposal
    form = catalog.form_of(proposal)
    call = catalog.calls.get(proposal.call)
    title = QCoreApplication.translate("Opening", "Đợt chưa có trên máy này")
    session = EditingSession(
        services,
        proposal,
        form,
        call or missing_call(catalog, proposal, title),
        codes={(item.revision, item.digest): item.control_code for item in opened.frozen},
        open_revision=opened.open_revision,
    )
    editor = EditorPage(services, session)
    if opened.copied:
        editor.marks.mark_copied()
        what = (
            editor.tr("thời gian, kinh phí và số tiền đối ứng trong các cam kết")
            if proposal.commitments
            else editor.tr("thời gian và kinh phí")
        )
        text = editor.tr(
            "Phiếu mới lấy từ phiếu cũ, phiếu cũ giữ nguyên: năm đã theo đợt này;"
            " {what} cần điền lại, lời viết riêng cho bảng tổng hợp để trống."
        )
        editor.notice.say(text.format(what=what))
    if opened.word is not None or opened.notes:
        Reading(services, editor, opened.word, opened.notes)
    if opened.asked is not None:
        Answering(services, editor, opened.asked, done=opened.answered)
    if call is None:
        editor.notice.say(
            editor.tr(
                "Máy này chưa có đợt của phiếu nên điểm kiểm tra theo mức chung;"
                " hãy mở tệp đợt ở trang «Đợt đề xuất»."
            )
        )
    return editor
