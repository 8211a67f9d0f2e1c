"""The Word file a phiếu was read from stays with it and goes nowhere else."""

import io

import docx
import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.store.store import Store
from ncs_desktop.work import word_sources
from ncs_desktop.work.inputs import read_whole
from ncs_desktop.work.keep import take_in
from ncs_desktop.work.kept import kept_files
from ncs_desktop.work.prepare import form_files
from tests.factories import NOW, make_proposal

LOOSE = "Ghi chú ngoài mẫu của đơn vị gửi kèm."


def word_with_loose_text(catalog, **values):
    """A filled form with a paragraph that belongs to none of its sections."""
    content = form_files(catalog, make_proposal(**values), ["docx"], draft=False)["docx"]
    document = docx.Document(io.BytesIO(content))
    document.paragraphs[0].insert_paragraph_before(LOOSE)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def word(catalog, tmp_path):
    path = tmp_path / "đơn vị Ánh.docx"
    path.write_bytes(word_with_loose_text(catalog))
    return path


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "kho" / "ncs.sqlite") as opened:
        yield opened


def bring(store, catalog, path):
    [taken] = take_in(lambda: store, [path], lambda one: read_whole(one, catalog), NOW)
    return taken.proposal


def test_the_file_its_loose_text_and_its_notes_are_kept(store, catalog, word):
    proposal = bring(store, catalog, word)
    source = word_sources.source_of(store, proposal.id)
    assert source.name == "đơn vị Ánh.docx"
    assert store.content(source.sha256) == word.read_bytes()
    assert LOOSE in source.unplaced
    assert "input.unplaced" in [note.message for note in source.notes]
    assert not source.looked_at


def test_it_is_no_enclosure(store, catalog, word):
    proposal = bring(store, catalog, word)
    assert [item.role for item in store.attachments(proposal.id)] == ["word_source"]
    assert kept_files(store, [proposal]) == []


def test_the_same_file_again_does_not_ask_again(store, catalog, word):
    proposal = bring(store, catalog, word)
    word_sources.mark_looked_at(store, proposal.id)
    bring(store, catalog, word)
    assert word_sources.source_of(store, proposal.id).looked_at
    assert len(store.attachments(proposal.id)) == 1


def test_a_phieu_of_our_own_has_none_and_deleting_it_forgets(store, catalog, word):
    own = store.save(make_proposal(), NOW).proposal
    assert word_sources.source_of(store, own.id) is None
    word_sources.mark_looked_at(store, own.id)
    proposal = bring(store, catalog, word)
    store.trash(proposal.id, NOW)
    store.purge(proposal.id)
    assert word_sources.source_of(store, proposal.id) is None
    with pytest.raises(InputProblem):
        store.load(proposal.id)
