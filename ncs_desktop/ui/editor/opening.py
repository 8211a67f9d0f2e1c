"""From a stored phiếu to its editor; a phiếu whose call is not here opens all the same."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ncs_desktop.domain.call import Authority, Call
from ncs_desktop.ui.editor.asked import AskedPoints
from ncs_desktop.ui.editor.page import EditorPage
from ncs_desktop.ui.editor.session import EditingSession

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.domain.proposal import Proposal
    from ncs_desktop.domain.supplement import SupplementRequest
    from ncs_desktop.ui.proposals.desk import Opened
    from ncs_desktop.ui.services import Services


def make_editor(services: Services, opened: Opened) -> EditorPage:
    """Return the editor of ``opened``.

    Raises InputProblem where the catalogue does not know its form.
    """
    catalog, proposal = services.catalog, opened.proposal
    form = catalog.form_of(proposal)
    call = catalog.calls.get(proposal.call)
    session = EditingSession(
        services,
        proposal,
        form,
        call or missing_call(catalog, proposal),
        frozen=bool(opened.control_code),
    )
    editor = EditorPage(services, session)
    editor.head.show_frozen(opened.control_code)
    if opened.copied:
        editor.marks.mark_copied()
        editor.notice.say(
            editor.tr("Phiếu mới lấy từ phiếu cũ: năm, thời gian và kinh phí cần điền lại.")
        )
    if opened.asked is not None:
        _show_asked(services, editor, opened.asked)
    if call is None:
        editor.notice.say(
            editor.tr(
                "Máy này chưa có đợt «{call}» của phiếu nên điểm kiểm tra theo mức chung;"
                " hãy mở tệp đợt ở trang «Đợt đề xuất»."
            ).format(call=proposal.call)
        )
    return editor


def _show_asked(services: Services, editor: EditorPage, request: SupplementRequest) -> None:
    """Put what is asked of the phiếu above the form and begin at the first field of it."""
    from ncs_desktop.work.supplement import forget_request  # noqa: PLC0415

    asked = AskedPoints(request)
    asked.wanted.connect(editor.jump_to)
    forget = partial(forget_request, proposal_id=request.proposal_id)
    asked.done.connect(partial(services.store.ask, forget))
    editor.show_above(asked)
    editor.begins_at = next(iter(request.fields), "")


def missing_call(catalog: Catalog, proposal: Proposal) -> Call:
    """Return a call that asks nothing of its own, every rule at its usual weight."""
    return Call(
        id=proposal.call,
        title=proposal.call,
        plan_year=proposal.plan_year or 0,
        issued=date.min,
        authority=Authority(""),
        deadlines=(),
        accepts=(proposal.form_id,),
        recipe={},
        priorities=(),
        severities={code: rule.severity for code, rule in catalog.rules.items()},
    )
