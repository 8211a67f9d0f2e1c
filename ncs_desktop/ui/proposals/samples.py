"""The shipped sample phiếu: which they are, and putting them into the list."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ncs_desktop.paths import data_folder

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store


def sample_files() -> list[Path]:
    """Return the files of the shipped sample phiếu."""
    return sorted((data_folder("resources") / "samples").glob("*.json"))


@lru_cache(maxsize=1)
def sample_ids() -> frozenset[str]:
    """Return the ids of the shipped sample phiếu."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sample_files())
    return frozenset(str(item.get("id")) for item in read)


def lay_out_samples(catalog: Catalog, now: datetime, store: Store) -> int:
    """Put every sample into the list, also one that lies in the bin; return how many."""
    from ncs_desktop.work.inputs import read_whole  # noqa: PLC0415
    from ncs_desktop.work.keep import take_in  # noqa: PLC0415

    taken = take_in(lambda: store, sample_files(), lambda path: read_whole(path, catalog), now)
    count = sum(item.proposal is not None for item in taken)
    for line in store.summaries(trashed=True):
        if line.id in sample_ids():
            store.restore(line.id, now)
    return count


def clear_samples(now: datetime, store: Store) -> int:
    """Put every sample of the list into the bin; return how many."""
    listed = [line.id for line in store.summaries() if line.id in sample_ids()]
    for proposal_id in listed:
        store.trash(proposal_id, now)
    return len(listed)
