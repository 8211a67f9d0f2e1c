"""What the dossier will say of a phiếu, told while the phiếu can still be edited.

A commitment makes a letter, an enclosure a file: whether section X.4 lists them is known before
anything is frozen, and asking afterwards would mean unlocking what was just locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.checks import check
from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.domain.findings import Finding
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.work.bundling import sender_of
from ncs_desktop.work.kept import SHARED_FILE, KeptFile
from ncs_desktop.work.papers import Attached, Submission

OF_DOSSIER = "D"
"""Begins the codes of rules that judge a dossier as a whole; they are told where one is made."""


def attached(files: Sequence[KeptFile]) -> tuple[Attached, ...]:
    """Return kept enclosures by name, without their content, as a dossier lists them."""
    return tuple(
        Attached(item.name, b"", None if item.role == SHARED_FILE else item.proposal_id)
        for item in files
    )


def check_ahead(
    catalog: Catalog,
    proposal: Proposal,
    call: Call,
    enclosed: Sequence[KeptFile],
    now: datetime,
) -> list[Finding]:
    """Check a phiếu together with what would go along with it: its commitments and enclosures.

    The sender's address is the proposer's until a person says otherwise, and is checked there.
    """
    sender = replace(sender_of(proposal, call), address="")
    submission = Submission(catalog, call, sender, (proposal,), attachments=attached(enclosed))
    dossier = Dossier(sender, (proposal,), submission.planned_files, order_confirmed=True)
    findings = check(proposal, catalog.form_of(proposal), call, dossier, now)
    return [finding for finding in findings if not finding.code.startswith(OF_DOSSIER)]
