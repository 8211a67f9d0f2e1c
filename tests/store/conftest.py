"""An open store in a folder such as people have, and ways to damage a closed one."""

from dataclasses import replace
from uuid import UUID

import pytest

from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal


@pytest.fixture
def store_path(tmp_path):
    return tmp_path / "Hồ sơ của Ánh" / "ncs.sqlite"


@pytest.fixture
def store(store_path):
    with Store.open(store_path) as opened:
        yield opened


@pytest.fixture
def numbered():
    """Give proposal number ``n``: its own id and title."""

    def make(number, **values):
        proposal = make_proposal(**{"title": f"Nhiệm vụ số {number}", **values})
        return replace(proposal, id=str(UUID(int=number)))

    return make


@pytest.fixture
def filled(store_path, numbered):
    """A closed store of twelve proposals, one frozen, one with a scan, one in the bin."""
    with Store.open(store_path) as store:
        for number in range(1, 13):
            store.save(numbered(number), NOW)
        store.freeze(numbered(1).id, NOW, "Chấp nhận thiếu chức vụ")
        store.attach(numbered(2).id, "signed_scan", "Bản ký.pdf", b"%PDF scan", NOW)
        store.trash(numbered(3).id, NOW)
        store.set_setting("profile", {"name": "Công ty Mê Kông"})
    return store_path
