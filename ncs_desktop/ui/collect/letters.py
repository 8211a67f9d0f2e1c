"""The letter that asks for supplement, drafted beside the window and issued by the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import Act
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.supplement import Point

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.supplement import Asked


@dataclass(frozen=True)
class Drafted:
    """What a letter is to be drafted from."""

    store: Path
    call: str
    proposal_id: str
    points: Sequence[Point]
    sender: Sender
    until: date | None
    act: Act


def draft_letter(catalog: Catalog, wanted: Drafted) -> tuple[Asked, bytes]:
    """Return the request with its letter, and the letter as PDF."""
    from ncs_desktop.documents.letter import compose_letter  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415
    from ncs_desktop.store.store import Store  # noqa: PLC0415
    from ncs_desktop.work.supplement import draft  # noqa: PLC0415

    with Store.open(wanted.store) as store:
        asked = draft(
            store,
            catalog,
            wanted.call,
            wanted.proposal_id,
            wanted.points,
            sender=wanted.sender,
            act=wanted.act,
            until=wanted.until,
        )
    return asked, write_pdf([compose_letter(asked.letter)]).content


def issue_letter(asked: Asked, folder: Path, act: Act, store: Store) -> list[Path]:
    """Write letter and request file, and record that they were issued."""
    from ncs_desktop.work.supplement import issue  # noqa: PLC0415

    return issue(store, asked, folder, act)
