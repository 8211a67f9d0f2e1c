from dataclasses import replace
from pathlib import Path

import pytest

from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.exchange.proposal_json import Loaded
from ncs_desktop.store.lock import WindowLock
from ncs_desktop.store.records import Outcome
from ncs_desktop.store.store import Store
from ncs_desktop.work import keep
from ncs_desktop.work.inputs import Read
from tests.factories import NOW, make_proposal


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "Kho" / "ncs.sqlite") as opened:
        yield opened


def proposal_called(word):
    return replace(make_proposal(title=word), id=f"{word:0>36}")


def read(path):
    """Give one proposal for each word of the file's name, a problem for «hong»."""
    if path.name == "hong":
        raise InputProblem("proposal.empty", file=str(path))
    return Read(tuple(Loaded(proposal_called(word), str(path)) for word in path.name.split()))


def test_a_bad_file_stops_no_other(store):
    files = [Path("a"), Path("hong"), Path("a b")]
    results = list(keep.take_in(lambda: store, files, read, NOW))
    assert [(result.source, result.outcome) for result in results] == [
        ("a", Outcome.NEW),
        ("hong", None),
        ("a b", Outcome.SAME),
        ("a b", Outcome.NEW),
    ]
    assert results[1].problem.code == "proposal.empty"
    assert len(store.summaries()) == 2


def test_bad_input_alone_opens_no_store():
    def open_store():
        raise AssertionError("opened")

    [result] = keep.take_in(open_store, [Path("hong")], read, NOW)
    assert result.outcome is None


def test_stopping_between_two_files_keeps_the_first(store):
    results = keep.take_in(lambda: store, [Path("a"), Path("b")], read, NOW)
    next(results)
    results.close()
    assert [line.title for line in store.summaries()] == ["a"]


def test_a_proposal_is_picked_by_id_or_title(store):
    list(keep.take_in(lambda: store, [Path("mot hai")], read, NOW))
    assert keep.pick(store, "MỘT").title == "mot"
    assert keep.pick(store, proposal_called("hai").id).title == "hai"
    with pytest.raises(InputProblem) as caught:
        keep.pick(store, "ba")
    assert caught.value.code == "keep.not_found"
    with pytest.raises(InputProblem) as caught:
        keep.pick(store, "0000")
    assert caught.value.code == "keep.ambiguous"
    assert caught.value.params["count"] == 2


def test_show_gives_all_that_belongs_to_it(store):
    list(keep.take_in(lambda: store, [Path("mot")], read, NOW))
    one = proposal_called("mot")
    store.attach(one.id, "attachment", "a.pdf", b"a", NOW)
    found = keep.show(store, one.id)
    assert found.proposal == one
    assert [version.origin for version in found.history] == ["import"]
    assert [attachment.original_name for attachment in found.attachments] == ["a.pdf"]


def test_restore_waits_for_no_open_window(store, tmp_path):
    list(keep.take_in(lambda: store, [Path("mot")], read, NOW))
    target = tmp_path / "a.ncsbackup"
    assert keep.backup(store.path, target, NOW).proposals == 1
    with WindowLock(store.path):
        with pytest.raises(EnvironmentProblem) as caught:
            keep.restore(target, store.path, NOW)
        assert caught.value.code == "store.second_window"
        store.close()
        assert keep.restore(target, store.path, NOW, locked=True).proposals == 1
    assert keep.restore(target, store.path, NOW).proposals == 1
    assert keep.examine(store.path) == []


def test_a_safety_copy_is_made_once_a_day(store):
    list(keep.take_in(lambda: store, [Path("mot")], read, NOW))
    made = keep.daily_backup(store.path, NOW)
    assert made.path.parent == store.path.parent / "backups"
    assert keep.daily_backup(store.path, NOW) is None
    assert keep.daily_backup(store.path, NOW.replace(day=6)) is not None
