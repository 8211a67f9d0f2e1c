"""Collecting: every file has its fate, every proposal is counted once, every đồng is there."""

import io
import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

import openpyxl
import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.differences import Change, FieldDifference, word_pieces
from ncs_desktop.domain.dossier import ATTACHMENT, Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.proposal import Waiver
from ncs_desktop.exchange.archive import read_archive, write_archive
from ncs_desktop.exchange.bundle import PackedFile, PackedProposal, pack, read_bundle
from ncs_desktop.exchange.proposal_json import Note, write_proposal
from ncs_desktop.store.store import Store
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.collect import Result, collect
from ncs_desktop.work.collected_files import (
    _only,
    collected_files,
    import_report,
    marked,
    reasons_text,
    report_json,
)
from ncs_desktop.work.forwarding import Enclosures, forward
from ncs_desktop.work.papers import Attached
from ncs_desktop.work.prepare import check_proposal
from ncs_desktop.work.ranking import Doubt
from tests.factories import NOW, make_proposal
from tests.work.hostile import OLE, hostile_files, make_docx

CALL = "an-giang-2026"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


def task(number, revision=1, **values):
    given = {"title": f"Nhiệm vụ số {number}", "proposer_name": f"Công ty {number}", **values}
    return replace(make_proposal(**given), id=str(UUID(int=number)), revision=revision)


def put(folder, name, proposal):
    path = folder / name
    path.write_bytes(proposal if isinstance(proposal, bytes) else write_proposal(proposal))
    return path


def gather(catalog, *paths, **options):
    return collect(catalog, paths, CALL, now=NOW, **options)


def fates(collection):
    return {item.source.rpartition("/")[2]: item.result.value for item in collection.inputs}


def codes(collection):
    return {
        item.source.rpartition("/")[2]: [note.message for note in item.reasons]
        for item in collection.inputs
    }


def numbers(collection):
    return [UUID(item.id).int for item in collection.proposals]


def mail(*files, received="Sat, 09 Aug 2025 23:59:00 +0700"):
    message = EmailMessage()
    message["From"] = "a@vidu.example"
    message["Received"] = f"by vidu.example; {received}"
    message.set_content("Kính gửi Sở")
    for name, content in files:
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()


def test_what_is_sent_twice_counts_once(tmp_path, catalog):
    first = put(tmp_path, "a.json", task(1))
    put(tmp_path, "b.json", first.read_bytes())
    put(tmp_path, "c.json", first.read_bytes() + b"\n")
    found = gather(catalog, tmp_path)
    assert fates(found) == {"a.json": "new", "b.json": "same", "c.json": "same"}
    assert codes(found)["b.json"] == ["collect.same_file"]
    assert codes(found)["c.json"] == ["collect.same_content"]
    assert numbers(found) == [1]


def test_a_bundle_packed_again_is_the_same_file_and_a_changed_one_is_not(tmp_path, catalog):
    scan = PackedFile("4-van-ban-cam-ket/01-a/dinh-kem-01.pdf", ATTACHMENT, PDF, "quét.pdf")
    item = task(1)
    packed = [PackedProposal(item, "01-a", item.control_code())]
    content, _ = pack(CALL, Sender(name="Công ty"), packed, [scan], NOW)
    files = read_archive(content, "x")
    put(tmp_path, "a.zip", content)
    put(tmp_path, "b.zip", write_archive(dict(reversed(files.items()))))
    put(tmp_path, "c.zip", write_archive({**files, scan.path: PDF + b" "}))
    found = gather(catalog, tmp_path)
    assert fates(found) == {"a.zip": "new", "b.zip": "same", "c.zip": "same"}
    assert codes(found)["b.zip"] == ["collect.same_file"]
    assert codes(found)["c.zip"] == ["collect.same_content"]
    notes = [note.message for note in found.inputs[2].arrivals[0].loaded.notes]
    assert "bundle.size" in notes


def test_a_copy_is_not_the_one_that_counts_and_lists_its_proposals_too(tmp_path, catalog):
    content = write_proposal(task(1))
    for name in ("d00 (1).json", "d00.json", "d00 - Copy.json", "d00 - Bản sao (2).json"):
        put(tmp_path, name, content)
    put(tmp_path, "Copy of d01.json", write_proposal(task(2)))
    put(tmp_path, "d01.json", write_proposal(task(2)) + b"\n")
    put(tmp_path, "d02 (3).json", write_proposal(task(3)))
    found = gather(catalog, tmp_path)
    kept = [arrival.source.rpartition("/")[2] for arrival in found.arrivals]
    assert kept == ["d00.json", "d01.json", "d02 (3).json"]
    report = report_json(found, catalog, Messages.load())
    assert [item["proposals"][0]["id"] for item in report["inputs"]] == [
        task(number).id for number in (1, 1, 1, 1, 2, 2, 3)
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_no_line_can_show_are_cleaned_and_still_read(tmp_path, catalog):
    put(tmp_path, "một\nhai\u202egpj\x1b[31m.json", task(1))
    (tmp_path / "x\ny.pdf").write_bytes(PDF)
    found = gather(catalog, tmp_path)
    assert fates(found) == {"một haigpj[31m.json": "new", "x y.pdf": "rejected"}
    report = json.dumps(report_json(found, catalog, Messages.load()), ensure_ascii=False)
    assert not any(mark in report for mark in ("\u202e", "\x1b", "\\u001b", "\\n"))


def test_a_plain_text_is_told_to_be_no_form(tmp_path, catalog):
    put(tmp_path, "ghi chú.TXT", "Việc cần làm".encode())
    assert codes(gather(catalog, tmp_path)) == {"ghi chú.TXT": ["input.text"]}


@pytest.mark.parametrize("names", [("a.json", "b.json"), ("b.json", "a.json")])
def test_the_newest_revision_counts_in_whatever_order_they_come(tmp_path, catalog, names):
    old, new = names
    put(tmp_path, old, task(1))
    put(tmp_path, new, task(1, 2, **{"budget.total": 4_860_000_000}))
    put(tmp_path, "c.json", task(2))
    found = gather(catalog, tmp_path)
    assert fates(found) == {old: "new", new: "updated", "c.json": "new"}
    assert sorted(numbers(found)) == [1, 2]
    assert {item.revision for item in found.proposals if item.id == task(1).id} == {2}
    assert [(item.old.proposal.revision, item.new.proposal.revision) for item in found.updates] == [
        (1, 2)
    ]


@pytest.mark.parametrize("titles", [("Tên cũ", "Tên mới"), ("Tên mới", "Tên cũ")])
def test_of_two_contents_of_one_revision_the_first_read_counts_and_both_are_told(
    tmp_path, catalog, titles
):
    put(tmp_path, "a.json", task(1, title=titles[0]))
    put(tmp_path, "b.json", task(1, title=titles[1]))
    found = gather(catalog, tmp_path)
    assert fates(found) == {"a.json": "new", "b.json": "updated"}
    told = {"a.json": ["collect.conflict_counted"], "b.json": ["collect.conflict"]}
    assert codes(found) == told
    assert [item.title for item in found.proposals] == [titles[0]]
    changes = import_report(found, catalog, Messages.load()).differences
    assert all("chưa rõ bản nào trước" in line.versions for line in changes)
    assert "Tên nhiệm vụ" in {line.field for line in changes}


def test_three_contents_of_one_revision_are_all_kept_and_the_counted_one_is_current(
    tmp_path, catalog
):
    inputs = tmp_path / "in"
    inputs.mkdir()
    titles = ["Một", "Hai", "Ba"]
    for title, name in zip(titles, "abc", strict=True):
        put(inputs, f"{name}.json", task(1, title=title))
    with Store.open(tmp_path / "ncs.sqlite") as store:
        for _ in range(2):
            found = gather(catalog, inputs, open_store=lambda: store)
            assert [item.title for item in found.proposals] == ["Một"]
            assert store.load(task(1).id).title == "Một"
            kept = {store.version(item.id).title for item in store.history(task(1).id)}
            assert kept == {*titles}
        assert {*fates(found).values()} == {"same"}


def test_another_content_of_a_revision_in_the_store_is_told_and_both_are_kept(tmp_path, catalog):
    with Store.open(tmp_path / "ncs.sqlite") as store:
        for title, name in (("Một", "a.json"), ("Hai", "b.json"), ("Ba", "c.json")):
            (tmp_path / title).mkdir()
            put(tmp_path / title, name, task(1, title=title))
            found = gather(catalog, tmp_path / title, open_store=lambda: store)
            told = [] if title == "Một" else ["collect.conflict_in_store"]
            assert codes(found) == {name: told}
            assert store.load(task(1).id).title == title
        titles = [store.version(item.id).title for item in store.history(task(1).id)]
        assert titles == ["Ba", "Hai", "Một"]


@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1)])
def test_of_two_contents_of_one_revision_the_later_received_counts(
    tmp_path, catalog, first, second
):
    for name, day in (("a", first), ("b", second)):
        content = write_proposal(task(1, title=f"Nhận ngày {day}"))
        sent = mail((f"{name}.json", content), received=f"0{day} Aug 2025 09:00:00 +0000")
        put(tmp_path, f"{name}.eml", sent)
    found = gather(catalog, tmp_path)
    assert [item.title for item in found.proposals] == ["Nhận ngày 2"]
    (update,) = found.updates
    assert (update.old.proposal.title, update.ordered) == ("Nhận ngày 1", True)
    report = report_json(found, catalog, Messages.load())
    assert report["inputs"][0]["received"] == f"2025-08-0{first}T16:00:00+07:00"


def test_similar_proposals_both_count_and_are_marked(tmp_path, catalog):
    put(tmp_path, "a.json", task(1, title="Mô hình điểm năng suất xanh", proposer_name="Cty An"))
    put(tmp_path, "b.json", task(2, title="Mô hình điểm về năng suất xanh", proposer_name="CTY AN"))
    found = gather(catalog, tmp_path)
    assert numbers(found) == [1, 2]
    assert found.alike == {task(1).id: (task(2).id,), task(2).id: (task(1).id,)}


def test_an_order_ranks_the_table(tmp_path, catalog):
    for number in (1, 2, 3):
        put(tmp_path, f"{number}.json", task(number))
    found = gather(catalog, tmp_path, order=["nhiem vu so 3", task(1).id, "khác"])
    assert numbers(found) == [3, 1, 2]
    assert found.order_doubts == (Doubt("khác", 0),)


def test_another_year_is_refused_and_another_call_of_the_year_is_counted(tmp_path, catalog):
    put(tmp_path, "a.json", replace(task(1), call="binh-phuoc-2025"))
    put(tmp_path, "b.json", replace(task(2), call="tinh-khac-2026"))
    found = gather(catalog, tmp_path)
    assert fates(found) == {"a.json": "rejected", "b.json": "new"}
    assert codes(found) == {"a.json": ["collect.other_call"], "b.json": ["collect.call_differs"]}


def test_an_email_gives_its_attachments_and_the_time_of_receipt(tmp_path, catalog):
    inner = write_archive({"trong/hai.json": write_proposal(task(2))})
    files = [("một.json", write_proposal(task(1))), ("goi.zip", inner), ("quet.pdf", PDF)]
    put(tmp_path, "dung-han.eml", mail(*files))
    late = mail(("ba.json", write_proposal(task(3))), received="Sun, 10 Aug 2025 00:00:00 +0700")
    put(tmp_path, "qua-han.eml", late)
    put(tmp_path, "tu-tay.json", task(4))
    typed = datetime(2025, 8, 11, 8, 0, tzinfo=VIETNAM)
    found = gather(catalog, tmp_path, received=typed)
    assert {item.source.rpartition("/")[2]: item.late for item in found.inputs} == {
        "một.json": False,
        "hai.json": False,
        "ba.json": True,
        "tu-tay.json": True,
    }
    assert numbers(found) == [1, 2, 3, 4]
    assert [name.rpartition("/")[2] for name in found.beside] == ["quet.pdf"]


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("gap", [b"", b"\n"])
def test_of_copies_the_one_received_first_counts_whatever_is_read_first(
    tmp_path, catalog, kept, gap
):
    content = write_proposal(task(1))
    days = {"a": 12, "b": 9, "c": 8, "d": 11}
    for name, day in days.items():
        told = f"{day:02} Aug 2025 10:00:00 +0700"
        copy = content + (gap if name != "a" else b"")
        put(tmp_path, f"{name}.eml", mail((f"{name}.json", copy), received=told))
    with Store.open(tmp_path.parent / f"{tmp_path.name}.sqlite") as store:
        found = gather(catalog, tmp_path, open_store=(lambda: store) if kept else None)
        again = gather(catalog, tmp_path, open_store=(lambda: store) if kept else None)
    assert fates(found) == {"a.json": "same", "b.json": "same", "c.json": "new", "d.json": "same"}
    assert {item.source.rpartition("/")[2]: item.late for item in found.inputs} == {
        f"{name}.json": day > 9 for name, day in days.items()
    }
    [counted] = found.arrivals
    assert counted.when == datetime(2025, 8, 8, 10, tzinfo=VIETNAM)
    assert counted.source.endswith("c.eml/c.json")
    assert "T05" not in {finding.code for finding in counted.checked.findings}
    told = [reasons_text(item.reasons, Messages.load()) for item in found.inputs]
    assert [".eml" in text for text in told] == [True, True, False, True]
    assert set(fates(again).values()) == ({"same"} if kept else {"same", "new"})
    [counted] = again.arrivals
    assert "T05" not in {finding.code for finding in counted.checked.findings}


def test_a_copy_whose_time_is_known_counts_before_one_of_which_nobody_knows_it(tmp_path, catalog):
    content = write_proposal(task(1))
    put(tmp_path, "a.json", content)
    put(tmp_path, "b.eml", mail(("b.json", content), received="08 Aug 2025 10:00:00 +0700"))
    late = datetime(2025, 8, 20, tzinfo=VIETNAM)
    found = collect(catalog, [tmp_path], CALL, now=late)
    assert fates(found) == {"a.json": "same", "b.json": "new"}
    assert "T05" not in {finding.code for finding in found.arrivals[0].checked.findings}


def letter(text="Kính gửi: Sở Khoa học và Công nghệ"):
    return make_docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def test_a_letter_in_the_mail_or_zip_of_one_phieu_goes_along_with_it(tmp_path, catalog):
    one = [("cong-van.docx", letter()), ("phieu.json", write_proposal(task(1)))]
    put(tmp_path, "mot.eml", mail(*one, ("quet.pdf", PDF)))
    inner = write_archive({"trong/phieu.json": write_proposal(task(2))})
    put(tmp_path, "hai.zip", write_archive({"cong-van.docx": letter(), "phieu.zip": inner}))
    found = gather(catalog, tmp_path)
    assert numbers(found) == [2, 1]
    assert found.rejected == ()
    assert sorted(name.rpartition("/")[2] for name in found.beside) == [
        "cong-van.docx",
        "cong-van.docx",
        "quet.pdf",
    ]


def test_a_letter_among_several_phieu_or_alone_is_refused(tmp_path, catalog):
    """It may be one more phiếu, so badly made that it was not known."""
    several = {f"{number}.json": write_proposal(task(number)) for number in (1, 2)}
    put(tmp_path, "a.zip", write_archive({**several, "cong-van.docx": letter()}))
    put(tmp_path, "b.eml", mail(("cong-van.docx", letter())))
    put(tmp_path, "c.docx", letter())
    put(tmp_path, "d.json", task(3))
    found = gather(catalog, tmp_path)
    assert [item.source.rpartition("/")[2] for item in found.rejected] == [
        "cong-van.docx",
        "cong-van.docx",
        "c.docx",
    ]
    assert {note.message for it in found.rejected for note in it.reasons} == {"input.no_form"}


def test_zips_in_zips_have_an_end(tmp_path, catalog):
    content = write_proposal(task(1))
    for name in ("a.json", "b.zip", "c.zip", "d.zip", "e.zip"):
        content = write_archive({name: content})
    put(tmp_path, "f.zip", content)
    found = gather(catalog, tmp_path)
    assert [note.message for item in found.inputs for note in item.reasons] == ["input.too_deep"]


def test_a_mail_in_a_zip_in_a_mail_is_read(tmp_path, catalog):
    inner = mail(("phieu.json", write_proposal(task(1))))
    put(tmp_path, "thu.eml", mail(("goi.zip", write_archive({"thu.eml": inner}))))
    assert numbers(gather(catalog, tmp_path)) == [1]


def test_a_zip_of_scans_alone_says_of_each_what_to_ask_for(tmp_path, catalog):
    files = {"phieu.pdf": b"%PDF-1.7", "phieu.doc": OLE, "ky.jpg": b"\xff\xd8\xff"}
    put(tmp_path, "goi.zip", write_archive(files))
    found = gather(catalog, tmp_path)
    codes = [note.message for item in found.inputs for note in item.reasons]
    assert sorted(codes) == ["input.old_word", "input.pdf", "input.picture"]


def test_folders_inside_are_read_and_what_is_ours_is_not(tmp_path, catalog):
    inner = tmp_path / "Sở Công Thương"
    results = tmp_path / "kết quả"
    for folder in (inner, results):
        folder.mkdir()
        put(folder, "a.json", task(len(folder.name)))
    put(tmp_path, "~$a.docx", b"x")
    put(inner, "Thumbs.db", b"x")
    found = gather(catalog, tmp_path, leave_out=[results])
    assert [item.source for item in found.inputs] == [str(inner / "a.json")]


def test_stopping_early_collects_what_was_read_and_the_store_is_whole(tmp_path, catalog):
    for number in range(1, 6):
        put(tmp_path, f"{number}.json", task(number))
    with Store.open(tmp_path / "kho" / "ncs.sqlite") as store:
        found = gather(
            catalog,
            *sorted(tmp_path.glob("*.json")),
            open_store=lambda: store,
            watch=lambda files: files[:2],
        )
        assert numbers(found) == [1, 2]
        assert len(store.summaries()) == 2
        again = gather(catalog, *sorted(tmp_path.glob("*.json")), open_store=lambda: store)
    assert [item.result for item in again.inputs] == [Result.SAME] * 2 + [Result.NEW] * 3
    assert numbers(again) == [1, 2, 3, 4, 5]


def test_a_later_revision_in_the_store_is_the_one_that_counts(tmp_path, catalog):
    path = put(tmp_path, "a.json", task(1, 2))
    with Store.open(tmp_path / "kho" / "ncs.sqlite") as store:
        store.save(task(1, 3, title="Bản mới nhất"), NOW)
        found = gather(catalog, path, open_store=lambda: store)
    assert codes(found) == {"a.json": ["collect.older_than_store"]}
    assert [item.title for item in found.proposals] == ["Bản mới nhất"]


def test_a_revision_newer_than_the_store_updates_it(tmp_path, catalog):
    path = put(tmp_path, "a.json", task(1, 2, title="Bản mới"))
    with Store.open(tmp_path / "kho" / "ncs.sqlite") as store:
        store.save(task(1), NOW)
        found = gather(catalog, path, open_store=lambda: store)
        assert store.load(task(1).id).title == "Bản mới"
    assert fates(found) == {"a.json": "updated"}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory, catalog):
    """300 proposals among broken and hostile files, and what became of them."""
    folder = tmp_path_factory.mktemp("Hồ sơ đã nhận")
    good = []
    for number in range(1, 301):
        total = 1_000_000_000 + number * 1_234_567
        budget = {"total": total, "state_budget": total - number, "counterpart": number}
        good.append(put(folder, f"phiếu {number:03}.json", task(number, budget=budget)))
    bad = hostile_files()
    for name, (content, _) in bad.items():
        put(folder, name, content)
    store = folder.parent / "kho" / "ncs.sqlite"
    with Store.open(store) as kept:
        first = gather(catalog, folder, open_store=lambda: kept)
        again = gather(catalog, folder, open_store=lambda: kept)
    return good, bad, first, again


def test_among_hostile_files_all_good_ones_are_in_and_each_bad_one_is_named(crowd):
    good, bad, found, _ = crowd
    assert len(found.proposals) == len(good)
    refused = {item.source.rpartition("/")[2]: item.reasons[0].message for item in found.rejected}
    assert refused.keys() == bad.keys()
    messages = Messages.load()
    for item in found.rejected:
        name = item.source.rpartition("/")[2]
        assert item.reasons[0].message in bad[name][1], name
        assert name in messages.text(item.reasons[0].message, **item.reasons[0].params)


def test_the_totals_are_those_of_the_files_to_the_dong(crowd, catalog):
    good, _, found, _ = crowd
    budgets = [json.loads(path.read_text("utf-8"))["values"]["budget"] for path in good]
    keys = ("total", "state_budget", "counterpart")
    expected = [sum(budget[key] for budget in budgets) for key in keys]
    files = dict(collected_files(found, catalog, None))
    book = openpyxl.load_workbook(io.BytesIO(files["bang-tong-hop.xlsx"]), data_only=True)
    millions = {row[0].value: [cell.value for cell in row[7:10]] for row in book.worksheets[0].rows}
    assert [round(value * 1_000_000) for value in millions["Tổng cộng"]] == expected
    body = [
        row for key, row in millions.items() if isinstance(key, int | str) and str(key).isdigit()
    ]
    assert len(body) == len(good)
    assert [round(sum(column) * 1_000_000) for column in zip(*body, strict=True)] == expected
    assert [json.loads(files["report.json"])["budget"][key] for key in keys] == expected
    assert files.keys() == {
        "bang-tong-hop.xlsx",
        "bang-tong-hop.docx",
        "bang-tong-hop.pdf",
        "ket-qua-nhap.xlsx",
        "report.json",
    }


def test_collected_again_into_the_same_store_nothing_is_new(crowd):
    good, _bad, first, again = crowd
    results = [item.result for item in again.inputs]
    assert results.count(Result.NEW) == results.count(Result.UPDATED) == 0
    assert results.count(Result.SAME) == len(good)
    assert again.proposals == first.proposals


def test_the_report_says_what_the_contract_says(tmp_path, catalog):
    put(tmp_path, "a.json", task(1))
    put(tmp_path, "b.json", task(1, 2, **{"budget.total": 4_860_000_000, "title": "Tên đã sửa"}))
    put(tmp_path, "c.pdf", PDF)
    found = gather(catalog, tmp_path)
    report = report_json(found, catalog, Messages.load())
    assert report["proposals"] == 1
    assert report["budget"] == {
        "total": 4_860_000_000,
        "state_budget": 2_900_000_000,
        "counterpart": 1_950_000_000,
    }
    assert [item["result"] for item in report["inputs"]] == ["new", "updated", "rejected"]
    assert report["inputs"][1]["proposals"] == [
        {"id": task(1).id, "title": "Tên đã sửa", "revision": 2, "possible_duplicate_of": []}
    ]
    assert report["inputs"][1]["findings"] >= 1
    assert "c.pdf" in report["inputs"][2]["reason"]
    assert report["inputs"][0]["unplaced"] == []


def test_the_workbook_of_the_import_shows_fates_and_changes(tmp_path, catalog):
    put(tmp_path, "a.json", task(1))
    put(tmp_path, "b.json", task(1, 2, **{"budget.total": 4_860_000_000, "title": "=1+1"}))
    put(tmp_path, "c.pdf", PDF)
    files = dict(collected_files(gather(catalog, tmp_path), catalog, None))
    book = openpyxl.load_workbook(io.BytesIO(files["ket-qua-nhap.xlsx"]))
    assert book.sheetnames == [
        "Tệp đã nhận",
        "Phiếu được tính",
        "Điểm kiểm tra",
        "Khác biệt",
        "Chưa xếp vào mục",
    ]
    changes = [[cell.value for cell in row] for row in book["Khác biệt"].iter_rows(min_row=2)]
    by_field = {row[2]: row for row in changes}
    assert by_field["Tổng kinh phí thực hiện nhiệm vụ"][6] == 10_000_000
    assert by_field["Tên nhiệm vụ"][5] == "[-Nhiệm vụ số 1-][+=1+1+]"
    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    assert all(str(cell.value).startswith("=ROUND(SUM(") for cell in cells if cell.data_type == "f")


def test_the_workbook_of_the_import_speaks_to_the_office_that_received(tmp_path, catalog):
    put(tmp_path, "a.json", task(1))
    files = dict(collected_files(gather(catalog, tmp_path), catalog, None))
    book = openpyxl.load_workbook(io.BytesIO(files["ket-qua-nhap.xlsx"]))
    told = {row[2]: row[5] for row in book["Điểm kiểm tra"].iter_rows(values_only=True)}
    assert "đánh dấu xác nhận" not in told["F08"]
    assert "hãy xem bản giấy hoặc bản quét" in told["F08"]


def test_errors_the_sender_accepted_are_counted_and_told_for_themselves(tmp_path, catalog):
    first = check_proposal(catalog, task(1, urgency=""), NOW).findings
    code = next(item.code for item in first if item.severity is Severity.ERROR)
    errors = [item for item in first if item.severity is Severity.ERROR]
    waiver = Waiver(code, "chờ văn bản của huyện", "2025-08-05T09:00:00+07:00", "Trần Văn B")
    put(tmp_path, "a.json", replace(task(1, urgency=""), waivers=(waiver,)))
    found = gather(catalog, tmp_path)
    waived = sum(item.code == code for item in errors)
    assert (found.errors, found.waived) == (len(errors) - waived, waived)
    report = report_json(found, catalog, Messages.load())
    assert report["inputs"][0]["waived"] == waived
    files = dict(collected_files(found, catalog, None))
    book = openpyxl.load_workbook(io.BytesIO(files["ket-qua-nhap.xlsx"]))
    header, row = list(book["Phiếu được tính"].iter_rows(values_only=True))[:2]
    assert dict(zip(header, row, strict=True))["Lỗi đã chấp nhận"] == waived
    told = [row[5] for row in book["Điểm kiểm tra"].iter_rows(values_only=True) if row[2] == code]
    shown = "Đã chấp nhận: chờ văn bản của huyện (Trần Văn B, 09:00 05/08/2025)."
    assert told
    assert all(text.endswith(shown) for text in told)


def test_a_text_changed_in_many_places_is_shown_from_its_beginning():
    old = " ".join(f"cũ{n} giữ{n}" for n in range(60))
    new = " ".join(f"mới{n} giữ{n}" for n in range(60))
    field = FieldDifference("contents", "Nội dung", old, new, word_pieces(old, new))
    shown = _only(field, Change.ADDED)
    assert shown.startswith("mới0 giữ0 mới1")
    assert shown.endswith("…")
    assert len(shown) < 170


def test_a_sentence_stands_once_in_a_cell():
    note = Note("desk.known")
    assert reasons_text([note, note], Messages.load()).count("đã được nhận") == 1


def test_of_long_texts_only_the_words_beside_a_change_are_shown():
    before, after = (" ".join(f"{letter}{n}" for n in range(50)) for letter in "ab")
    text = marked(word_pieces(f"{before} cũ {after}", f"{before} mới {after}"))
    assert "a49 [-cũ-][+mới+] b0" in text
    assert len(text) < 120
    assert marked(word_pieces("một cũ hai", "một mới hai")) == "một [-cũ-][+mới+] hai"


AGENCY = Sender("agency", "Sở KH&CN tỉnh An Giang", "UBND tỉnh", "", "An Giang", "GIÁM ĐỐC", "")


def test_the_dossier_for_the_office_above_can_be_collected_again(tmp_path, catalog):
    scans = {task(1).id: PDF}
    attached = [Attached("Cam kết đã ký.pdf", PDF + b"2", task(1).id)]
    bundle = make_bundle(catalog, [task(1)], CALL, None, attached, now=NOW, scans=scans).content
    folder = tmp_path / "nhận"
    folder.mkdir()
    put(folder, "bộ nộp.zip", bundle)
    put(folder, "lẻ.json", replace(task(2), call="tinh-khac-2026"))
    enclosures = Enclosures(tmp_path)
    found = gather(catalog, folder, keep=enclosures.keep, order=[task(2).id])
    result = forward(
        found, catalog, AGENCY, enclosures, now=NOW, allow_errors="Sở đã rà soát hồ sơ"
    )
    dossier = read_bundle(result.content, "x.zip")
    assert dossier.manifest.sender == AGENCY
    assert [UUID(item.id).int for item in dossier.manifest.proposals] == [2, 1]
    roles = [item.role for item in dossier.manifest.files]
    assert roles.count("signed_scan") == roles.count("attachment") == 1
    assert roles.count("summary") == 3
    assert roles.count("letter") == 2
    path = put(tmp_path, "ho-so.zip", result.content)
    again = gather(catalog, path)
    assert [item.digest for item in again.proposals] == [item.digest for item in found.proposals]


def test_an_office_that_names_no_place_writes_from_that_of_the_call(tmp_path, catalog):
    path = put(tmp_path, "a.json", task(1))
    found = gather(catalog, path)
    sender = replace(AGENCY, place="")
    result = forward(
        found, catalog, sender, Enclosures(tmp_path), now=NOW, allow_errors="Sở đã rà soát"
    )
    dossier = read_bundle(result.content, "x.zip")
    letters = [entry.path for entry in dossier.manifest.files if entry.role == "letter"]
    content = next(dossier.files[name] for name in letters if name.endswith(".docx"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = re.sub("<[^>]+>", "", archive.read("word/document.xml").decode("utf-8"))
    assert "An Giang, ngày" in text


def test_errors_stand_against_the_dossier(tmp_path, catalog):
    path = put(tmp_path, "a.json", task(1, urgency=""))
    found = gather(catalog, path)
    assert found.errors
    result = forward(found, catalog, AGENCY, Enclosures(tmp_path), now=NOW)
    assert result.content is None


def test_an_unknown_call_is_said_before_anything_is_read(catalog):
    with pytest.raises(InputProblem) as caught:
        collect(catalog, [], "sao-hoa", now=NOW)
    assert caught.value.code == "call.unknown"
