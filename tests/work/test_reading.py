"""Reading many files: another process helps, and what comes out never depends on it."""

import io
import os

import docx
import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.exchange.archive import write_archive
from ncs_desktop.exchange.bundle import PackedProposal, pack
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.work import reading
from ncs_desktop.work.collect import collect
from ncs_desktop.work.reading import Reading, open_file
from tests.factories import NOW
from tests.work.test_collect import CALL, PDF, mail, put, task


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def soon(monkeypatch):
    """The other process is started for two files, and waited for before the second is read."""
    monkeypatch.setattr(reading, "MANY", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    helped = Reading._is_helped

    def waiting(self, index):
        if index and self._helper is not None and not self._begun:
            self._helper.answers.poll(30)
        return bool(index) and helped(self, index)

    monkeypatch.setattr(Reading, "_is_helped", waiting)


def bundle(number):
    item = task(number)
    packed = [PackedProposal(item, "01-a", item.control_code())]
    return pack(CALL, Sender(name="Công ty"), packed, [], NOW)[0]


def word():
    document = docx.Document()
    document.add_paragraph("Không phải phiếu")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def files(tmp_path):
    letter = mail(("tờ khai.json", b"{}"), ("ảnh.pdf", PDF))
    contents = {
        "1.zip": bundle(1),
        "2.zip": bundle(2),
        "3.zip": b"PK\x03\x04",
        "4.eml": letter,
        "5.docx": word(),
        "6.zip": bundle(1),
        "7.zip": write_archive({"a.json": write_proposal(task(3)), "b.docx": word()}),
        "8 lỗi.json": b"{",
    }
    found = [put(tmp_path, name, content) for name, content in contents.items()]
    return [*found, tmp_path / "9 mất.json"]


def told(catalog, files, **options):
    with Reading(catalog, CALL, files, NOW, **options) as every:
        return [[told_of(one) for one in arrived] for arrived in every]


def told_of(one):
    problem = one.problem and (one.problem.code, one.problem.params)
    notes = [(item.proposal, item.notes, item.dossier) for item in one.loaded]
    return one.name, notes, problem, one.when, one.beside, one.identity


@pytest.mark.usefixtures("soon")
def test_the_other_process_tells_what_this_one_would(catalog, files):
    here = told(catalog, files, here=True)
    assert [len(arrived) for arrived in here] == [1, 1, 1, 2, 1, 1, 2, 1, 1]
    assert told(catalog, files) == here


@pytest.mark.usefixtures("soon")
def test_it_reads_from_where_this_one_leaves_off_and_leaves_word_and_mail_alone(
    catalog, files, monkeypatch
):
    opened = []

    def watched(inbox, path, received):
        opened.append(path.name)
        return open_file(inbox, path, received)

    monkeypatch.setattr(reading, "open_file", watched)
    told(catalog, files)
    assert opened == ["1.zip", "4.eml", "5.docx", "7.zip"]


@pytest.mark.usefixtures("soon")
def test_what_it_has_not_told_when_it_ends_is_read_here(catalog, files):
    here = told(catalog, files, here=True)
    with Reading(catalog, CALL, files, NOW) as every:
        arrivals = iter(every)
        found = [[told_of(one) for one in next(arrivals)]]
        every._helper.kill()
        found += [[told_of(one) for one in arrived] for arrived in arrivals]
    assert found == here


@pytest.mark.usefixtures("soon")
def test_it_ends_with_the_reading_wherever_that_stops(catalog, files):
    with Reading(catalog, CALL, files * 50, NOW) as every:
        helper = every._helper
        next(iter(every))
        assert helper.alive
    assert not helper.alive
    assert reading.Reading(catalog, CALL, files[:1])._helper is None


@pytest.mark.usefixtures("soon")
def test_scans_are_put_aside_by_this_one(catalog, files):
    kept = []
    found = collect(catalog, files, CALL, now=NOW, keep=kept.append)
    assert [one.name.rpartition("/")[2] for one in kept] == ["1.zip", "2.zip"]
    assert len(found.arrivals) == 3


def test_one_core_reads_alone(catalog, files, monkeypatch):
    monkeypatch.setattr(reading, "MANY", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with Reading(catalog, CALL, files) as every:
        assert every._helper is None
