"""What stays at hand of a proposal that came in, and what is read back from the disk."""

from __future__ import annotations

import gc
import weakref

from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.work.arrivals import Shelf
from ncs_desktop.work.prepare import Checked
from tests.factories import NOW, make_proposal


def put(shelf, number, **values):
    proposal = make_proposal(**values)
    finding = Finding("F01", Severity.ERROR, "title", "F01.blank")
    loaded = Loaded(proposal, f"{number}.json", (Note("input.doubtful"),), unplaced=("thừa",))
    checked = Checked(proposal, (finding,))
    return shelf.put(f"{number}.json", loaded, checked, when=NOW, number=number), loaded, checked


def test_what_lies_on_the_shelf_reads_back_as_it_was_put_in_any_order():
    shelf = Shelf()
    kept = [put(shelf, number, title=f"Nhiệm vụ {number}") for number in range(5)]
    for arrival, loaded, checked in reversed(kept):
        assert (arrival.loaded, arrival.checked) == (loaded, checked)
        assert arrival.proposal == loaded.proposal
        assert arrival.title == loaded.proposal.title
        assert arrival.digest == loaded.proposal.digest
        assert (arrival.errors, arrival.waived, arrival.findings) == (1, 0, 1)


def test_the_text_is_not_held_and_the_file_goes_with_the_last_arrival():
    shelf = Shelf()
    gone = weakref.ref(shelf)
    arrival, loaded, checked = put(shelf, 1)
    text = weakref.ref(loaded.proposal)
    del shelf, loaded, checked
    gc.collect()
    assert text() is None
    assert arrival.proposal.title
    del arrival
    gc.collect()
    assert gone() is None
