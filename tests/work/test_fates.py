"""The counts of received files add up, and are the same in window, workbook and terminal."""

import io
from datetime import timedelta

import openpyxl
import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.desk import Act, Order, Result
from ncs_desktop.store.store import Store
from ncs_desktop.ui.collect.file_lines import earlier_imports, lines_of
from ncs_desktop.ui.collect.import_view import fate
from ncs_desktop.work.collect import collect
from ncs_desktop.work.collected_files import collected_files
from ncs_desktop.work.desk_import import bring_in, files_to_bring, needs_review
from ncs_desktop.work.desk_report import desk_collection
from ncs_desktop.work.fates import Fate, Tally, tally_of, tally_text
from tests.factories import NOW
from tests.work.test_collect import mail, put, task

CALL = task(1).call

EXPECTED = Tally(
    6,
    {Fate.NEW: 3, Fate.UPDATED: 1, Fate.SAME: 1, Fate.REFUSED: 1, Fate.DAMAGED: 1},
    3,
)
SENTENCE = (
    "6 tệp, mở thư và tệp nén ra là 7: 3 mới, 1 bản mới của phiếu đã có, 1 đã có, 1 không nhận,"
    " 1 không đọc được. Các tệp nhận được có 3 phiếu khác nhau."
)


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def inbox(tmp_path):
    """Six files: two in one e-mail, one sent again, one copied, one picture, one broken."""
    folder = tmp_path / "Hồ sơ"
    folder.mkdir()
    put(folder, "1.json", task(1))
    again = put(folder, "1b.json", task(1, revision=2, title="Đã sửa"))
    put(folder, "1c.json", again.read_bytes())
    two = [("2.json", put(tmp_path, "x", task(2)).read_bytes())]
    two.append(("3.json", put(tmp_path, "y", task(3)).read_bytes()))
    put(folder, "thư.eml", mail(*two))
    put(folder, "ảnh.jpg", b"\xff\xd8\xff\xe0 JFIF")
    put(folder, "hỏng.docx", b"PK\x03\x04 cut")
    return folder


def counts(tally):
    return {kind: count for kind, count in tally.fates.items() if count}


def test_the_terminal_counts_every_file_once(inbox, catalog):
    tally = tally_of(collect(catalog, [inbox], CALL, now=NOW))
    assert (tally.inputs, counts(tally), tally.proposals) == (
        EXPECTED.inputs,
        EXPECTED.fates,
        EXPECTED.proposals,
    )
    assert tally_text(tally, Messages.load()) == SENTENCE


def test_the_window_counts_the_same(inbox, catalog, tmp_path):
    messages = Messages.load()
    with Store.open(tmp_path / "s.sqlite") as store:
        brought = bring_in(catalog, store, files_to_bring([inbox]), CALL, Act("A", NOW))
        lines = [line for item in brought for line in lines_of(item, messages)]
        kept = desk_collection(store, catalog, CALL, Order.DEPARTMENT, NOW)
    assert sum(line.first for line in lines) == EXPECTED.inputs
    fates = [fate(line) for line in lines]
    assert {kind: fates.count(kind) for kind in set(fates)} == EXPECTED.fates
    assert tally_text(tally_of(kept), messages) == SENTENCE


def test_copies_are_noted_once_however_often_they_come(inbox, catalog, tmp_path):
    """Of a phiếu, of a picture, under another name and under the same one in another folder."""
    messages = Messages.load()
    other = inbox / "Gửi lại"
    other.mkdir()
    for name in ("1c.json", "ảnh.jpg", "thư.eml"):
        put(other, name, (inbox / name).read_bytes())
    put(inbox, "ảnh 2.jpg", (inbox / "ảnh.jpg").read_bytes())
    files = files_to_bring([inbox])
    with Store.open(tmp_path / "s.sqlite") as store:
        lines = []
        for item in bring_in(catalog, store, files, CALL, Act("A", NOW)):
            lines += lines_of(item, messages)
        noted = store.desk.receipts(CALL)
        told = tally_of(desk_collection(store, catalog, CALL, Order.DEPARTMENT, NOW))
        for _ in range(2):
            again = list(bring_in(catalog, store, files, CALL, Act("A", NOW + timedelta(days=1))))
            assert not any(one.result is Result.NEW for item in again for one in item.receipts)
            assert store.desk.receipts(CALL) == noted
        (earlier,) = earlier_imports(CALL, messages, store)
    fates = [fate(line) for line in lines]
    assert told.inputs == sum(line.first for line in lines) == len(files)
    assert {kind: fates.count(kind) for kind in set(fates)} == counts(told)
    assert sorted((line.name, fate(line), line.reason, line.first) for line in lines) == sorted(
        (line.name, fate(line), line.reason, line.first) for line in earlier.lines
    )
    copied = [line.reason for line in lines if line.name == "1c.json"]
    assert copied == ["Giống hệt tệp «1b.json» nên chỉ tính một lần."] * 2


def test_a_copy_waits_for_no_comparison_and_names_no_source(inbox, catalog, tmp_path):
    with Store.open(tmp_path / "s.sqlite") as store:
        list(bring_in(catalog, store, files_to_bring([inbox]), CALL, Act("A", NOW)))
        found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, NOW)
        copy = next(one for one in store.desk.receipts(CALL) if one.copy)
    assert (copy.name, copy.content) == ("1c.json", None)
    assert not needs_review(copy)
    assert "1c.json" not in {arrival.source for arrival in found.arrivals}


def test_the_workbook_ends_with_the_sentence(inbox, catalog):
    collection = collect(catalog, [inbox], CALL, now=NOW)
    content = dict(collected_files(collection, catalog, None))["ket-qua-nhap.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.cell(sheet.max_row, 1).value == SENTENCE
