"""The officer's desk: every file has its receipt, a person decides, both orders reach the table."""

import contextlib
import io
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.desk import Act, Channel, Decision, Order, Result, Status, totals
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.supplement import Point
from ncs_desktop.exchange.archive import write_archive
from ncs_desktop.exchange.bundle import CONTENTS_NAME, read_bundle
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from ncs_desktop.work import desk as desk_work
from ncs_desktop.work import supplement
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.collected_files import import_report
from ncs_desktop.work.desk_import import (
    DeskCheck,
    bring_in,
    files_to_bring,
    keep_as_file,
    needs_review,
    original,
)
from ncs_desktop.work.desk_papers import (
    export_dossier,
    export_table,
    export_trail,
    order_lines,
    table_files,
)
from ncs_desktop.work.desk_report import desk_collection
from ncs_desktop.work.papers import Attached, commitment_scan
from ncs_desktop.work.prepare import form_files
from ncs_desktop.work.received import Inbox
from tests.factories import NOW
from tests.work.hostile import OLE
from tests.work.test_collect import PDF, mail, put, task

CALL = "an-giang-2026"
ACT = Act("Trần Thị Bích", NOW)
SENDER = Sender(
    "agency", "Sở Khoa học và Công nghệ", "UBND tỉnh An Giang", "", "An Giang", "GIÁM ĐỐC"
)


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "Kho của Ánh" / "ncs.sqlite") as opened:
        yield opened


@pytest.fixture
def inbox_folder(tmp_path):
    folder = tmp_path / "Hồ sơ gửi đến"
    folder.mkdir()
    return folder


def bring(catalog, store, *paths, **options):
    files = files_to_bring(paths)
    return list(bring_in(catalog, store, files, CALL, options.pop("act", ACT), **options))


def seat(catalog, store, folder, *proposals):
    """Bring proposals in, one file each; return the ids in order."""
    for number, proposal in enumerate(proposals):
        put(folder, f"{number:03}.json", proposal)
    bring(catalog, store, folder)
    return [proposal.id for proposal in proposals]


def state(store):
    """Everything the desk shows, without what only tells when it was imported."""
    desk = store.desk
    return (
        sorted((one.name, one.result, one.sha256) for one in desk.receipts(CALL)),
        sorted((one.proposal_id, one.title, one.budget.total) for one in desk.entries(CALL)),
    )


def mixed(folder):
    """Twelve files, three of which cannot be used, one that comes twice."""
    for number in range(1, 7):
        put(folder, f"{number}.json", task(number))
    put(folder, "thu.eml", mail(("phieu.json", write_proposal(task(7))), ("ban-ky.pdf", PDF)))
    zipped = {"a.json": write_proposal(task(8)), "b.json": write_proposal(task(9))}
    put(folder, "nen.zip", write_archive(zipped))
    put(folder, "hong.zip", b"PK\x03\x04 khong phai zip")
    put(folder, "anh.pdf", PDF)
    put(folder, "nam-khac.json", replace(task(10, plan_year=2024), call="nam-dinh-2024"))
    put(folder, "trung.json", task(1))


def test_every_file_has_its_result_and_a_bad_one_stops_no_other(catalog, store, inbox_folder):
    mixed(inbox_folder)
    brought = {one.path.name: one for one in bring(catalog, store, inbox_folder)}
    assert {name for name, one in brought.items() if one.result is Result.REJECTED} == {
        "hong.zip",
        "anh.pdf",
        "nam-khac.json",
    }
    assert brought["trung.json"].known
    assert [one.result for one in brought["nen.zip"].receipts] == [Result.NEW, Result.NEW]
    entries = store.desk.entries(CALL)
    assert {UUID(entry.proposal_id).int for entry in entries} == set(range(1, 10))
    assert totals(entries).budget.total == 9 * 4_850_000_000
    [reason] = brought["nam-khac.json"].receipts[0].remarks
    text = Messages.load().text(reason.message, **reason.params)
    assert catalog.call_title("nam-dinh-2024") in text
    assert not {"nam-dinh-2024", CALL} & set(text.replace("«", " ").replace("»", " ").split())
    [seventh] = [entry for entry in entries if UUID(entry.proposal_id).int == 7]
    assert seventh.received_at == datetime(2025, 8, 9, 23, 59, tzinfo=VIETNAM)
    assert seventh.is_late(catalog.call(CALL).deadline) is False


def test_the_same_files_again_bring_nothing_new(catalog, store, inbox_folder):
    mixed(inbox_folder)
    bring(catalog, store, inbox_folder)
    before, acts = state(store), len(store.desk.trail())
    again = bring(catalog, store, inbox_folder, act=replace(ACT, at=NOW + timedelta(1)))
    assert {one.result for one in again} == {Result.SAME, Result.REJECTED}
    told = Counter(receipt.result for one in again for receipt in one.receipts)
    assert told[Result.NEW] == 0
    assert told.total() == len(before[0])
    assert state(store) == before
    assert len(store.desk.trail()) == acts


def test_cancelling_anywhere_leaves_what_was_yielded_and_the_rest_comes_later(
    catalog, tmp_path, inbox_folder
):
    mixed(inbox_folder)
    files = files_to_bring([inbox_folder])
    with Store.open(tmp_path / "lien-mach" / "ncs.sqlite") as whole:
        bring(catalog, whole, inbox_folder)
        expected = state(whole)
    for stop in range(1, len(files) + 1):
        path = tmp_path / f"dung-{stop}" / "ncs.sqlite"
        with Store.open(path) as store:
            running = bring_in(catalog, store, files, CALL, ACT)
            seen = [next(running) for _ in range(stop)]
            running.close()
            told = sum(len(one.receipts) for one in seen)
            assert len(store.desk.receipts(CALL)) == told
            bring(catalog, store, inbox_folder)
            assert state(store) == expected
        assert diagnose(path) == []


class Crash(BaseException):
    """The power goes."""


def test_a_crash_at_random_moments_of_an_import_loses_and_doubles_nothing(
    catalog, tmp_path, inbox_folder, monkeypatch
):
    mixed(inbox_folder)
    files = files_to_bring([inbox_folder])
    path = tmp_path / "kho" / "ncs.sqlite"
    generator = random.Random(1322)
    with Store.open(tmp_path / "lien-mach" / "ncs.sqlite") as whole:
        bring(catalog, whole, inbox_folder)
        expected = state(whole)
    for _ in range(12):
        with Store.open(path) as store:
            left = [generator.randrange(3, 120)]
            execute = store._engine.dialect.do_execute

            def dying(*arguments, left=left, execute=execute):
                left[0] -= 1
                if left[0] < 0:
                    raise Crash
                return execute(*arguments)

            monkeypatch.setattr(store._engine.dialect, "do_execute", dying)
            with contextlib.suppress(Crash):
                list(bring_in(catalog, store, files, CALL, ACT))
            left[0] = 10**9
        assert diagnose(path) == []
    with Store.open(path) as store:
        bring(catalog, store, inbox_folder)
        assert state(store) == expected


def test_a_status_that_refuses_needs_a_reason(catalog, store, inbox_folder):
    [one] = seat(catalog, store, inbox_folder, task(1))
    with pytest.raises(InputProblem) as caught:
        desk_work.set_status(store.desk, CALL, one, Status.FAILED, ACT)
    assert caught.value.code == "desk.reason_needed"
    desk_work.set_status(store.desk, CALL, one, Status.PASSED, ACT)
    desk_work.set_status(store.desk, CALL, one, Status.FAILED, replace(ACT, why="Trùng đề tài"))
    assert store.desk.entries(CALL)[0].status_reason == "Trùng đề tài"


def test_what_looks_alike_is_suggested_until_a_person_decides(catalog, store, inbox_folder):
    first = task(1, title="Xây dựng mô hình điểm Lean", proposer_name="Công ty Mê Kông")
    again = task(2, title="Xây dựng mô hình điểm về Lean", proposer_name="Công ty Mê Kông")
    ids = seat(catalog, store, inbox_folder, first, again, task(3, urgency="Khác", contents="x"))
    assert (ids[0], ids[1]) in desk_work.suggestions(store.desk, CALL)
    found = desk_work.compare_pair(store.desk, catalog, CALL, ids[0], ids[1])
    assert "title" in {field.key for field in found.differences.fields}
    desk_work.decide(store.desk, CALL, (ids[1], ids[0]), Decision.REPLACES, ACT)
    assert (ids[0], ids[1]) not in desk_work.suggestions(store.desk, CALL)
    assert totals(store.desk.entries(CALL)).count == 2
    with pytest.raises(InputProblem) as caught:
        desk_work.decide(store.desk, CALL, (ids[0], ids[1]), Decision.REPLACES, ACT)
    assert caught.value.code == "desk.circle"
    with pytest.raises(InputProblem):
        desk_work.decide(store.desk, CALL, (ids[0], ids[0]), Decision.DIFFERENT, ACT)
    assert len(store.desk.entries(CALL)) == 3


def test_a_resubmission_is_compared_and_counted_when_accepted(catalog, store, inbox_folder):
    seat(catalog, store, inbox_folder, task(1))
    put(inbox_folder, "v2.json", task(1, 2, **{"budget.total": 5_000_000_000}))
    bring(catalog, store, inbox_folder)
    [entry] = store.desk.entries(CALL)
    assert entry.resubmitted
    found = desk_work.compare_resubmission(store, catalog, CALL, entry.proposal_id)
    assert found.differences.budget.total == 150_000_000
    desk_work.settle(store, catalog, entry, ACT, accept=False)
    [kept] = store.desk.entries(CALL)
    assert (kept.budget.total, kept.resubmitted) == (4_850_000_000, False)
    desk_work.settle(store, catalog, entry, ACT, accept=True)
    [counted] = store.desk.entries(CALL)
    assert (counted.budget.total, counted.revision) == (5_000_000_000, 2)
    assert "M01" in counted.findings
    assert desk_work.recheck(store, catalog, CALL, ACT) == 0


def test_the_original_is_found_inside_what_it_came_in(catalog, store, inbox_folder):
    content = write_proposal(task(1))
    put(inbox_folder, "thu.eml", mail(("nen.zip", write_archive({"phieu.json": content}))))
    put(inbox_folder, "rieng.json", task(2))
    bring(catalog, store, inbox_folder, channel=Channel.EMAIL)
    with Inbox(catalog) as inbox:
        found = {one.name: original(store, one, inbox) for one in store.desk.receipts(CALL)}
        [first, *_] = store.desk.receipts(CALL)
        with pytest.raises(InputProblem):
            original(store, replace(first, sha256="0" * 64), inbox)
    assert found == {
        "thu.eml/nen.zip/phieu.json": content,
        "rieng.json": write_proposal(task(2)),
    }
    assert not any(needs_review(one) for one in store.desk.receipts(CALL))


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def test_both_orders_and_their_reasons_are_in_the_exported_table(
    catalog, store, inbox_folder, tmp_path
):
    ids = seat(catalog, store, inbox_folder, *(task(number) for number in range(1, 5)))
    why = replace(ACT, why="Sẵn sàng triển khai")
    store.desk.place(CALL, ids[2], Order.DEPARTMENT, ids[0], why)
    voted = replace(ACT, why="9/9 phiếu")
    store.desk.place(CALL, ids[3], Order.COUNCIL, None, voted)
    desk_work.set_status(store.desk, CALL, ids[0], Status.FAILED, replace(ACT, why="=1+1"))
    files = export_table(store.desk, catalog, CALL, tmp_path / "Kết quả", ACT, sender=SENDER)
    assert [path.suffix for path in files] == [".xlsx", ".docx", ".pdf"]
    book = sheets(files[0].read_bytes())
    assert book.sheetnames == ["Bảng tổng hợp", "Số liệu (đồng)", "Thứ tự và lý do"]
    rows = list(book["Thứ tự và lý do"].iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:-1]] == [
        (1, None, "Nhiệm vụ số 3"),
        (None, None, "Nhiệm vụ số 1"),
        (2, None, "Nhiệm vụ số 2"),
        (3, 1, "Nhiệm vụ số 4"),
    ]
    assert rows[0][7] == "Nhận bằng"
    assert rows[1][7] == "Khác"
    assert rows[1][9] == "Sẵn sàng triển khai"
    assert rows[4][10] == "9/9 phiếu"
    assert (rows[2][5], rows[2][11]) == ("Không đạt", "=1+1")
    assert rows[-1][4] == 3 * 4_850_000_000
    data = list(book["Số liệu (đồng)"].iter_rows(values_only=True))
    assert [row[1] for row in data[1:-1]] == ["Nhiệm vụ số 3", "Nhiệm vụ số 2", "Nhiệm vụ số 4"]
    assert data[-1][3] == rows[-1][4]
    council = dict(table_files(store.desk, catalog, CALL, order=Order.COUNCIL))
    data = list(sheets(council["bang-tong-hop.xlsx"])["Số liệu (đồng)"].values)
    assert data[1][1] == "Nhiệm vụ số 4"
    assert store.desk.trail()[-1].action == "exported"


def test_an_empty_desk_has_nothing_to_send(catalog, store):
    with pytest.raises(InputProblem) as caught:
        list(table_files(store.desk, catalog, CALL))
    assert caught.value.code == "desk.nothing_to_send"
    assert order_lines(store.desk, catalog, CALL) == []


def test_every_act_has_its_words_in_the_exported_trail(catalog, store, inbox_folder, tmp_path):
    ids = seat(catalog, store, inbox_folder, task(1), task(2))
    desk = store.desk
    first = replace(ACT, who="", why="Cấp thiết hơn")
    desk.place(CALL, ids[1], Order.DEPARTMENT, ids[0], first)
    desk.adopt_order(CALL, ACT)
    desk.unplace(CALL, ids[0], ACT)
    desk.set_received(CALL, ids[0], NOW, Channel.USB, ACT)
    desk.set_reason(CALL, ids[0], Order.DEPARTMENT, replace(ACT, why="Ghi thêm"))
    desk_work.decide(desk, CALL, (ids[0], ids[1]), Decision.DIFFERENT, ACT)
    desk_work.set_status(desk, CALL, ids[0], Status.PASSED, ACT)
    desk_work.settle(store, catalog, desk.entries(CALL)[0], ACT, accept=True)
    desk.review(desk.receipts(CALL)[0].id, [], ACT, lambda _: {})
    path = tmp_path / "nhat-ky.xlsx"
    count = export_trail(desk, catalog, CALL, path, ACT)
    [sheet] = sheets(path.read_bytes()).worksheets
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert count == len(rows) == 11
    assert [row[0] for row in rows] == list(range(1, 12))
    assert {row[2] for row in rows} == {"Trần Thị Bích", "(chưa ghi tên)"}
    assert (rows[2][3], rows[2][4], rows[2][5]) == (
        "Xếp thứ tự",
        "Nhiệm vụ số 2",
        "Cấp thiết hơn",
    )
    last = "không phiếu nào (cuối bảng)"
    assert rows[2][6] == f"đứng trước: Nhiệm vụ số 1; trước đó đứng trước: {last}; thứ tự: của Sở"
    assert all(CALL not in str(cell) for row in rows for cell in row)
    known = Messages.load().sentences
    keys = {f"desk.detail.{key}" for row in desk.trail() for key in row.detail}
    assert keys <= set(known)
    assert {f"desk.action.{row.action}" for row in desk.trail()} <= set(known)


def test_the_exported_trail_speaks_as_the_window_does(catalog, store, tmp_path):
    sent = mail(("ban ky.pdf", b"%PDF-1.7 quet"), ("p.json", write_proposal(task(1))))
    path = put(tmp_path, "FW_nop.eml", sent)
    [brought] = bring_in(catalog, store, [path], CALL, ACT)
    bring(catalog, store, put(tmp_path, "hong.docx", b"khong phai Word"))
    [one] = [entry.proposal_id for entry in store.desk.entries(CALL)]
    desk_work.set_status(store.desk, CALL, one, Status.NEW, replace(ACT, why="Xem lại"))
    scan = next(item for item in brought.receipts if item.name.endswith("pdf"))
    keep_as_file(catalog, store, (path, scan.sha256), CALL, ACT)
    kept = next(item for item in store.desk.receipts(CALL) if item.name.endswith("pdf"))
    store.desk.review(kept.id, [], ACT, lambda _: {})
    export_trail(store.desk, catalog, CALL, tmp_path / "nhat-ky.xlsx", ACT)
    [sheet] = sheets((tmp_path / "nhat-ky.xlsx").read_bytes()).worksheets
    told = [(row[4], row[6] or "") for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert told[0][0] == "FW_nop.eml"
    assert "p.json, trong FW_nop.eml: Mới" in told[0][1]
    assert told[1] == ("hong.docx", "tệp: hong.docx: Không đọc được")
    assert told[-1][0] == "ban ky.pdf, trong FW_nop.eml"
    words = " ".join(detail for _, detail in told)
    assert "trạng thái: Mới nhận" in words
    assert "phiếu đã sửa" not in words


def test_the_exported_trail_tells_what_was_before(catalog, store, inbox_folder, tmp_path):
    one, two = seat(catalog, store, inbox_folder, task(1), task(2))
    desk_work.set_status(store.desk, CALL, one, Status.PASSED, ACT)
    desk_work.set_status(store.desk, CALL, one, Status.FAILED, replace(ACT, why="Trùng"))
    store.desk.place(CALL, one, Order.DEPARTMENT, None, ACT)
    store.desk.place(CALL, two, Order.COUNCIL, None, ACT)
    store.desk.set_received(CALL, one, NOW, Channel.PAPER, ACT)
    store.desk.set_received(CALL, one, None, Channel.USB, ACT)
    export_trail(store.desk, catalog, CALL, tmp_path / "nhat-ky.xlsx", ACT)
    [sheet] = sheets((tmp_path / "nhat-ky.xlsx").read_bytes()).worksheets
    told = [row[6] for row in sheet.iter_rows(min_row=4, values_only=True)]
    nothing = "không phiếu nào (cuối bảng)"
    assert told == [
        "trước đó: Mới nhận; trạng thái: Đạt",
        "trước đó: Đạt; trạng thái: Không đạt",
        f"đứng trước: {nothing}; trước đó đứng trước: Nhiệm vụ số 2; thứ tự: của Sở",
        f"đứng trước: {nothing}; thứ tự: của hội đồng",
        "cách nhận: Bản giấy; trước đó nhận bằng: Khác; trước đó nhận lúc: không rõ; "
        "nhận lúc: 09:00 05/08/2025",
        "cách nhận: USB; trước đó nhận bằng: Bản giấy; "
        "trước đó nhận lúc: 09:00 05/08/2025; nhận lúc: không rõ",
    ]


def test_the_exported_trail_tells_times_of_the_wall_clock_and_points_in_words(
    catalog, store, inbox_folder, tmp_path
):
    [one] = seat(catalog, store, inbox_folder, task(1))
    store.desk.set_received(CALL, one, NOW, Channel.PAPER, ACT)
    points = [Point("1", "Nêu rõ mục tiêu", "objectives"), Point("2", "Gửi bản quét")]
    asked = supplement.draft(store, catalog, CALL, one, points, sender=SENDER, act=ACT)
    supplement.issue(store, asked, tmp_path, ACT)
    store.desk.judge(asked.request.id, "2", True, ACT)
    path = tmp_path / "nhat-ky.xlsx"
    export_trail(store.desk, catalog, CALL, path, ACT)
    [sheet] = sheets(path.read_bytes()).worksheets
    told = [row[6] for row in sheet.iter_rows(min_row=3, values_only=True)]
    told_now = "cách nhận: Bản giấy; trước đó nhận bằng: Khác"
    assert told[0] == f"{told_now}; trước đó nhận lúc: không rõ; nhận lúc: 09:00 05/08/2025"
    assert told[1].endswith("các điểm: Nêu rõ mục tiêu, Gửi bản quét")
    assert "điểm: Gửi bản quét" in told[2]


def test_the_first_receipt_counts_in_whatever_order_files_are_read(catalog, store, tmp_path):
    def bring_mail(proposal, day):
        told = f"{day} Aug 2025 10:00:00 +0700"
        sent = mail(("p.json", write_proposal(proposal)), received=told)
        list(bring_in(catalog, store, [put(tmp_path, f"{day}.eml", sent)], CALL, ACT))
        return {it.title: (it.received_at, it.channel) for it in store.desk.entries(CALL)}

    def at(day):
        return datetime(2025, 8, day, 10, tzinfo=VIETNAM)

    [one] = seat(catalog, store, tmp_path, task(1))
    title = task(1).title
    later = task(1, revision=2, duration="30 tháng")
    assert bring_mail(later, 11)[title] == (None, Channel.OTHER)
    assert bring_mail(task(1), 9)[title] == (at(9), Channel.EMAIL)
    assert bring_mail(task(1), 8)[title] == (at(8), Channel.EMAIL)
    assert bring_mail(task(1), 12)[title] == (at(8), Channel.EMAIL)
    store.desk.set_received(CALL, one, NOW, Channel.PAPER, ACT)
    assert bring_mail(task(1), 1)[title] == (NOW, Channel.PAPER)


def test_a_file_kept_for_typing_has_one_record_and_the_files_beside_it_keep_theirs(
    catalog, store, tmp_path
):
    held = {"b.doc": OLE, "c.pdf": b"%PDF-1.7 quet", "d.rtf": b"{\\rtf1}"}
    path = put(tmp_path, "goi.zip", write_archive(held))
    [brought] = bring_in(catalog, store, [path], CALL, ACT)
    by_name = {receipt.name: receipt for receipt in brought.receipts}
    for name in ("goi.zip/c.pdf", "goi.zip/b.doc"):
        assert keep_as_file(catalog, store, (path, by_name[name].sha256), CALL, ACT).name == name
    assert {one.name: one.result for one in store.desk.receipts(CALL)} == {
        "goi.zip/b.doc": Result.NEW,
        "goi.zip/c.pdf": Result.NEW,
        "goi.zip/d.rtf": Result.REJECTED,
    }
    assert len(store.desk.receipts(CALL)) == 3
    with Inbox(catalog, CALL) as inbox:
        contents = {original(store, one, inbox) for one in store.desk.receipts(CALL)[:2]}
    assert contents == {held["b.doc"], held["c.pdf"]}


def test_a_file_kept_for_typing_is_in_when_it_comes_again(catalog, store, tmp_path):
    path = put(tmp_path, "thu.eml", mail(("quet.pdf", b"%PDF-1.7")))
    [brought] = bring_in(catalog, store, [path], CALL, ACT)
    keep_as_file(catalog, store, (path, brought.receipts[0].sha256), CALL, ACT)
    packed = put(tmp_path, "goi.zip", write_archive({"quet.pdf": b"%PDF-1.7"}))
    for again, said in ((path, "desk.kept"), (packed, "desk.kept_before")):
        [brought] = bring_in(catalog, store, [again], CALL, ACT)
        assert brought.result is Result.SAME
        assert [remark.message for remark in brought.receipts[0].remarks] == [said]
    assert all(receipt.result is not Result.REJECTED for receipt in store.desk.receipts(CALL))
    assert len(store.desk.entries(CALL)) == 1


def test_what_came_by_mail_within_a_zip_came_by_mail(catalog, store, tmp_path):
    sent = mail(("p.json", write_proposal(task(1))))
    packed = {"thu.eml": sent, "b.json": write_proposal(task(2))}
    path = put(tmp_path, "goi.zip", write_archive(packed))
    [brought] = bring_in(catalog, store, [path], CALL, ACT, channel=Channel.USB)
    came = [Channel.EMAIL, Channel.USB]
    assert [receipt.channel for receipt in brought.receipts] == came
    assert [entry.channel for entry in store.desk.entries(CALL)] == came


def test_a_file_kept_for_typing_came_the_way_its_refusal_tells(catalog, store, tmp_path):
    put(tmp_path, "a.pdf", b"%PDF-1.7 mot")
    list(bring_in(catalog, store, [tmp_path / "a.pdf"], CALL, ACT, channel=Channel.PAPER))
    letter = mail(("quet.pdf", b"%PDF-1.7 mot"))
    packed = write_archive({"quet.pdf": b"%PDF-1.7 hai"})
    for name, content in (("thu.eml", letter), ("goi.zip", packed)):
        path = put(tmp_path, name, content)
        [brought] = bring_in(catalog, store, [path], CALL, ACT, channel=Channel.USB)
        [refused] = brought.receipts
        kept = keep_as_file(catalog, store, (path, refused.sha256), CALL, ACT)
        assert (kept.channel, kept.received_at) == (refused.channel, refused.received_at)
    assert [entry.channel for entry in store.desk.entries(CALL)] == [Channel.EMAIL, Channel.USB]


def test_the_dossier_for_the_ministry_holds_scans_and_what_is_proposed(
    catalog, store, inbox_folder
):
    scan = PDF + b"da ky"
    committed = task(1).commitments[0].organization
    attached = Attached("khảo sát.pdf", PDF, task(1).id)
    made = make_bundle(
        catalog,
        [task(1)],
        CALL,
        None,
        [attached],
        now=NOW,
        allow_errors="thử",
        scans={task(1).id: scan, commitment_scan(task(1).id, committed): PDF + b"ck"},
    )
    put(inbox_folder, "bo-nop.zip", made.content)
    put(inbox_folder, "hai.json", task(2, **{"budget.total": 1_000_000}))
    put(inbox_folder, "loai.json", task(3))
    bring(catalog, store, inbox_folder)
    desk_work.set_status(
        store.desk, CALL, task(3).id, Status.FAILED, replace(ACT, why="Không đúng phạm vi")
    )
    act = replace(ACT, why="Đã thống nhất")
    held = inbox_folder / "held.zip"
    held.mkdir()
    with pytest.raises(EnvironmentProblem):
        export_dossier(store, catalog, CALL, held, act, sender=SENDER)
    assert store.desk.trail()[-1].action == "status"
    path = inbox_folder / "ra" / "x.zip"
    export_dossier(store, catalog, CALL, path, act, sender=SENDER)
    bundle = read_bundle(path.read_bytes(), "x.zip")
    assert {entry.id for entry in bundle.manifest.proposals} == {task(1).id, task(2).id}
    assert scan in bundle.files.values()
    assert PDF + b"ck" in bundle.files.values()
    assert len(bundle.manifest.of_role("signed_scan")) == 2
    assert "khảo sát.pdf" in {entry.original_name for entry in bundle.manifest.files}
    assert store.desk.trail()[-1].action == "forwarded"
    assert store.desk.trail()[-1].why == "Đã thống nhất"
    sheet = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(bundle.files[CONTENTS_NAME])).pages
    )
    assert "Nơi nhận: Ủy ban nhân dân tỉnh An Giang" in sheet
    assert ACT.who in " ".join(sheet.split())


def test_budgets_that_lack_an_amount_are_counted_as_such(catalog, store, inbox_folder):
    seat(catalog, store, inbox_folder, task(1), task(2, budget={"total": 5, "state_budget": None}))
    found = totals(store.desk.entries(CALL))
    assert found.incomplete == 1
    assert found.budget == Budget(4_850_000_005, 2_900_000_000, 1_950_000_000)


def test_a_doubtful_word_file_waits_for_review_with_its_source(catalog, store, inbox_folder):
    content = form_files(catalog, task(1), ["docx"], draft=False)["docx"]
    document = docx.Document(io.BytesIO(content))
    document.paragraphs[0].insert_paragraph_before("Ghi chú ngoài mẫu của đơn vị gửi kèm.")
    written = io.BytesIO()
    document.save(written)
    put(inbox_folder, "phieu.docx", written.getvalue())
    [brought] = bring(catalog, store, inbox_folder)
    [receipt] = brought.receipts
    assert needs_review(receipt)
    [unplaced] = [one for one in receipt.remarks if one.message == "input.unplaced"]
    assert any("ngoài mẫu" in text for text in unplaced.params["texts"])
    with Inbox(catalog) as inbox:
        assert original(store, receipt, inbox) == written.getvalue()
    [entry] = store.desk.entries(CALL)
    corrected = store.desk.counted(CALL, entry.proposal_id).with_value("title", "Đã đối chiếu")
    check = DeskCheck(catalog, CALL, NOW)
    store.desk.review(receipt.id, [corrected], ACT, check)
    assert not needs_review(store.desk.receipts(CALL)[0])
    assert store.desk.entries(CALL)[0].title == "Đã đối chiếu"
    told = desk_collection(store, catalog, CALL, Order.DEPARTMENT, NOW)
    changes = import_report(told, catalog, Messages.load()).differences
    said = "Sở sửa bản đọc từ «phieu.docx» sau khi đối chiếu với bản gốc"
    assert {line.versions for line in changes} == {said}


def test_a_zip_with_a_file_of_no_use_brings_nothing_new_the_second_time(
    catalog, store, inbox_folder
):
    files = {f"{n}.json": write_proposal(task(n)) for n in (1, 2, 3)} | {"thu.txt": b"ghi"}
    files["hong.docx"] = b"khong phai Word"
    put(inbox_folder, "ba.zip", write_archive(files))
    first, again = (bring(catalog, store, inbox_folder)[0].receipts for _ in range(2))
    assert Counter(receipt.result for receipt in first)[Result.NEW] == 3
    assert Counter(receipt.result for receipt in again)[Result.NEW] == 0
    assert [receipt.name for receipt in again] == [receipt.name for receipt in first]
