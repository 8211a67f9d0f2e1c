"""Files for human eyes only: kept with an empty phiếu, once, and never over what was typed in."""

from functools import partial

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import write_archive
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.records import Outcome
from ncs_desktop.store.store import Store
from ncs_desktop.work.inputs import read_whole
from ncs_desktop.work.keep import take_in
from ncs_desktop.work.unread import keep_unread, keeper, may_be_kept
from tests.factories import NOW
from tests.work.hostile import OLE
from tests.work.test_collect import mail, put, task

CALL = "an-giang-2026"
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage"


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "kho.db") as opened:
        yield opened


@pytest.mark.parametrize("name", ["phiếu cũ.doc", "khóa.docx", "quét.pdf", "ảnh.jpg"])
def test_a_file_is_kept_with_an_empty_phieu(store, catalog, name):
    proposal, outcome = keep_unread(store, catalog, CALL, f"thư.eml/{name}", LOCKED, now=NOW)
    assert outcome is Outcome.NEW
    assert store.load(proposal.id) == proposal
    assert proposal.title == ""
    assert proposal.plan_year == catalog.call(CALL).plan_year
    assert proposal.texts("enclosures") == (name.rpartition(".")[0],)
    [kept] = store.attachments(proposal.id)
    assert (kept.original_name, kept.role) == (name, "attachment")
    assert store.content(kept.sha256) == LOCKED


def test_the_same_file_again_leaves_what_was_typed_in(store, catalog):
    proposal, _ = keep_unread(store, catalog, CALL, "a.pdf", b"%PDF-1", now=NOW)
    typed = proposal.with_value("title", "Trồng chè")
    store.save(typed, NOW)
    again, outcome = keep_unread(store, catalog, CALL, "b.pdf", b"%PDF-1", now=NOW)
    assert (again, outcome) == (typed, Outcome.SAME)
    assert len(store.attachments(proposal.id)) == 1


def test_one_in_the_bin_is_not_begun_again(store, catalog):
    proposal, _ = keep_unread(store, catalog, CALL, "a.pdf", b"%PDF-1", now=NOW)
    store.trash(proposal.id, NOW)
    assert keep_unread(store, catalog, CALL, "a.pdf", b"%PDF-1", now=NOW)[1] is Outcome.SAME


def test_what_lies_in_a_mail_or_a_zip_is_kept_each_with_its_phieu(store, catalog, tmp_path):
    scans = {"mot.pdf": b"%PDF-1.7 mot", "cu.doc": OLE, "ghi.txt": b"x"}
    keep = keeper(lambda: store, catalog, CALL, NOW)
    problem = InputProblem("input.pdf", file="mot.pdf")
    for name, content in (
        ("goi.zip", write_archive(scans)),
        ("thu.eml", mail(("ba.pdf", b"%PDF-1.7 ba"))),
    ):
        taken = keep(put(tmp_path, name, content), problem)
        assert taken.outcome is Outcome.NEW
        assert {note.message for note in taken.notes} == {"keep.unread"}
    names = {store.attachments(line.id)[0].original_name for line in store.summaries()}
    assert names == {"mot.pdf", "cu.doc", "ba.pdf"}


def test_what_lies_beside_a_phieu_and_only_a_person_can_read_is_kept_too(store, catalog, tmp_path):
    sent = {"phieu.json": write_proposal(task(1)), "quet.pdf": b"%PDF-1.7", "ghi.txt": b"x"}
    zipped = put(tmp_path, "goi.zip", write_archive({**sent, "cu.doc": OLE}))
    mailed = put(tmp_path, "thu.eml", mail(*{**sent, "khoa.docx": LOCKED}.items()))
    read, keep = partial(read_whole, catalog=catalog), keeper(lambda: store, catalog, CALL, NOW)
    for known in (False, True):
        found = list(take_in(lambda: store, [zipped, mailed], read, NOW, keep))
        assert [it.outcome for it in found] == [
            Outcome.SAME if known else Outcome.NEW,
            Outcome.SAME if known else Outcome.NEW,
            Outcome.SAME,
            Outcome.SAME if known else Outcome.NEW,
        ]
        kept = [it.params["file"] for one in (1, 3) for it in found[one].notes]
        assert kept == ["goi.zip/cu.doc", "thu.eml/khoa.docx"]
    files = [it.original_name for one in store.summaries() for it in store.attachments(one.id)]
    assert sorted(files) == ["cu.doc", "khoa.docx"]
    assert len(list(take_in(lambda: store, [zipped], read, NOW))) == 1


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"")])
def test_what_may_not_be_enclosed_begins_no_phieu(store, catalog, name, content):
    with pytest.raises(InputProblem):
        keep_unread(store, catalog, CALL, name, content, now=NOW)
    assert store.summaries() == []


def test_hostile_and_damaged_files_are_not_among_them():
    assert may_be_kept(InputProblem("input.old_word", file="a"))
    assert not may_be_kept(InputProblem("archive.truncated", file="a"))
