"""Chốt bản ký: recording in a store which revisions were bundled under which control code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.work.prepare import control_code


def freeze_in_store(
    store_path: Path,
    catalog: Catalog,
    proposals: Sequence[Proposal],
    *,
    now: datetime,
    reason: str | None,
) -> list[Note]:
    """Take ``proposals`` into the store and freeze them; return a note for each that differs.

    A proposal of which the store already holds another current version is left as it is there:
    what was bundled stays known by its control code only.
    """
    from ncs_desktop.store.store import Store  # noqa: PLC0415  (SQLAlchemy only when asked for)

    notes = []
    with Store.open(store_path) as store:
        store.take_in(proposals, now)
        for proposal in proposals:
            code = control_code(catalog.form_of(proposal), proposal)
            kept = store.load(proposal.id)
            if (kept.digest, kept.revision) == (proposal.digest, proposal.revision):
                store.freeze(proposal.id, now, reason, code.partition("-")[0])
            else:
                params = FrozenDict({"title": proposal.title, "code": code})
                notes.append(Note("prepare.store_differs", params))
    return notes
