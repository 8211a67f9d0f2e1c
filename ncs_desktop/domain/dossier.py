"""The dossier (hồ sơ) at hand: who sends it, which proposals in which order, which documents."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.proposal import Proposal

SENDER_KINDS = ("agency", "organization", "individual")
LETTER, SUMMARY, FORM, DATA = "letter", "summary", "form", "data"
SIGNED_SCAN, COMMITMENT, ATTACHMENT, CONTENTS = (
    "signed_scan",
    "commitment",
    "attachment",
    "contents",
)
ROLES = (LETTER, SUMMARY, FORM, DATA, SIGNED_SCAN, COMMITMENT, ATTACHMENT, CONTENTS)

SIGNED_PAPERS = (FORM, COMMITMENT, LETTER, SUMMARY)
"""What is signed and scanned, in the order in which a person is told of it."""


def has_drafted(roles: Collection[str]) -> bool:
    """Whether there are letters among papers of these ``roles``: their wording is suggested."""
    return LETTER in roles or COMMITMENT in roles


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the dossier and signs its letter."""

    kind: str = "organization"
    name: str = ""
    parent: str = ""
    address: str = ""
    place: str = ""
    signer_title: str = ""
    signer_name: str = ""


@dataclass(frozen=True, slots=True)
class DossierFile:
    """One document of the dossier, planned or present.

    ``name`` is what a person calls it (for an attachment its original file name), ``formats`` the
    kinds of file it comes in, ``proposal_id`` the proposal it belongs to (None: the whole dossier),
    ``organization`` whose commitment it is, ``scan_of`` the role of the paper a signed scan shows.
    """

    role: str
    name: str
    formats: tuple[str, ...] = ()
    proposal_id: str | None = None
    organization: str = ""
    scan_of: str = ""


@dataclass(frozen=True)
class Dossier:
    """Everything that is handed over together; ``proposals`` stand in their ranked order."""

    sender: Sender
    proposals: tuple[Proposal, ...]
    files: tuple[DossierFile, ...] = ()
    order_confirmed: bool = False
    letter: Letter | None = None

    def of_role(self, role: str, proposal_id: str | None = None) -> tuple[DossierFile, ...]:
        """Return the documents of ``role``, of one proposal where ``proposal_id`` is given."""
        return tuple(
            item
            for item in self.files
            if item.role == role and (proposal_id is None or item.proposal_id == proposal_id)
        )
