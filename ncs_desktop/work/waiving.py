"""Errors of content sent with a reason: each is written down as a waiver, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.proposal import Proposal, Waiver
from ncs_desktop.work.prepare import Checked

if TYPE_CHECKING:
    from ncs_desktop.work.papers import Submission


def excused(
    submission: Submission, checked: Sequence[Checked], reason: str, now: datetime, by: str
) -> Submission:
    """Return ``submission`` with every error of ``checked`` waived by ``by``, else its signer."""
    who = by or submission.sender.signer_name or submission.sender.name
    frozen = tuple(_with_waivers(item, reason, now, who) for item in checked)
    return replace(submission, proposals=frozen)


def _with_waivers(checked: Checked, reason: str, now: datetime, by: str) -> Proposal:
    codes = dict.fromkeys(
        finding.code
        for finding in checked.findings
        if finding.severity is Severity.ERROR and finding.waived is None
    )
    at = now.isoformat(timespec="seconds")
    waivers = tuple(Waiver(code, reason, at, by) for code in codes)
    return replace(checked.proposal, waivers=(*checked.proposal.waivers, *waivers))
