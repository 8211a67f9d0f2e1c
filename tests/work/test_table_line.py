"""What an officer writes into a line of the official table: the phiếu itself stays as it came."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from ncs_desktop.domain.desk import Order
from ncs_desktop.domain.supplement import Point
from ncs_desktop.domain.table_line import carried_over, line_fields, unshortened, with_line
from ncs_desktop.exchange.bundle import read_bundle
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store import versions
from ncs_desktop.store.desk_rows import count_version, entry_row
from ncs_desktop.store.records import to_body
from ncs_desktop.work import desk as desk_work
from ncs_desktop.work.bundling import verify_bundle
from ncs_desktop.work.collect import collect
from ncs_desktop.work.collected_files import summary_of
from ncs_desktop.work.desk_import import DeskCheck, dossier_of
from ncs_desktop.work.desk_papers import export_dossier, export_trail, table_files
from ncs_desktop.work.desk_report import desk_collection
from ncs_desktop.work.supplement import draft
from tests.factories import NOW
from tests.work.test_collect import put, task
from tests.work.test_desk import (  # noqa: F401
    ACT,
    CALL,
    SENDER,
    bring,
    catalog,
    inbox_folder,
    seat,
    store,
)

LONG = "Nâng cao năng suất của doanh nghiệp chế biến trong tỉnh. " * 12
SHORT = "Nâng cao năng suất chế biến."
LINE = {
    "lead_organization": "Viện Năng suất",
    "task_kind": "training",
    "summary_objectives": SHORT,
    "summary_note": "Mô hình điểm",
}


@pytest.fixture
def one(catalog, store, inbox_folder):  # noqa: F811
    [found] = seat(catalog, store, inbox_folder, task(1, objectives=LONG, lead_organization=""))
    return found


def sheet(store, catalog):  # noqa: F811
    content = dict(table_files(store.desk, catalog, CALL, sender=SENDER))["bang-tong-hop.xlsx"]
    rows = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return next(row for row in rows if row[1] == "Nhiệm vụ số 1")


def test_the_table_follows_and_the_phieu_stays_as_it_came(catalog, store, one):  # noqa: F811
    before = store.load(one)
    assert sheet(store, catalog)[2] in (None, "")
    assert "rút gọn từ phiếu" in sheet(store, catalog)[3]
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    row = sheet(store, catalog)
    assert (row[2], row[3], row[10]) == ("Viện Năng suất", SHORT, "Mô hình điểm")
    [entry] = store.desk.entries(CALL)
    assert (entry.lead_organization, entry.task_kind) == ("Viện Năng suất", "training")
    assert (entry.resubmitted, entry.latest) == (False, 1)
    assert store.load(one) == before
    counted = store.desk.counted(CALL, one)
    assert (counted.values, counted.table_line) == (before.values, LINE)
    assert counted.control_code() == before.control_code()


def test_the_trail_tells_old_and_new_and_why_in_words(catalog, store, one, tmp_path):  # noqa: F811
    desk_work.write_line(store, catalog, CALL, one, {"lead_organization": "Viện A"}, act=ACT)
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    row = store.desk.trail(CALL)[-1]
    assert row.action == "line_written"
    assert ("lead_organization", "Viện A", "Viện Năng suất") in row.detail["changes"]
    path = tmp_path / "nhat-ky.xlsx"
    export_trail(store.desk, catalog, CALL, path, ACT)
    cells = [cell for line in openpyxl.load_workbook(path).worksheets[0].values for cell in line]
    told = next(cell for cell in cells if isinstance(cell, str) and "Viện Năng suất" in cell)
    assert "Tổ chức chủ trì thực hiện «Viện A» → «Viện Năng suất»" in told


def test_the_same_again_is_no_act_and_the_way_back_is_one(catalog, store, one):  # noqa: F811
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    acts = len(store.desk.trail(CALL))
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    assert len(store.desk.trail(CALL)) == acts
    desk_work.write_line(store, catalog, CALL, one, dict.fromkeys(LINE, ""), act=ACT)
    assert len(store.desk.trail(CALL)) == acts + 1
    assert store.desk.entries(CALL)[0].lead_organization == ""
    assert "rút gọn từ phiếu" in sheet(store, catalog)[3]


def test_a_resubmission_keeps_what_still_holds(catalog, store, one, inbox_folder):  # noqa: F811
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    newer = task(1, revision=2, objectives=LONG + "Thêm.", lead_organization="")
    bring(catalog, store, put(inbox_folder, "v2.json", newer))
    [entry] = store.desk.entries(CALL)
    assert entry.resubmitted
    shown = desk_work.compare_resubmission(store, catalog, CALL, one).differences
    assert "lead_organization" not in {field.key for field in shown.fields}
    desk_work.settle(store, catalog, entry, ACT, accept=True)
    counted = store.desk.counted(CALL, one).in_table()
    assert (counted.revision, counted.text("lead_organization")) == (2, "Viện Năng suất")
    assert counted.text("summary_objectives") == ""
    desk_work.reopen(store, catalog, entry, ACT)
    [again] = store.desk.entries(CALL)
    assert again.resubmitted
    assert store.desk.counted(CALL, one).table_line["summary_objectives"] == SHORT


def test_only_what_came_is_reported_as_versions(catalog, store, one, inbox_folder):  # noqa: F811
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    newer = task(1, revision=2, title="Tên mới", lead_organization="")
    bring(catalog, store, put(inbox_folder, "v2.json", newer))
    found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, NOW).updates
    assert [(update.old.revision, update.new.revision) for update in found] == [(1, 2)]


def test_the_same_file_again_is_known_and_its_dossier_is_found(catalog, store, inbox_folder):  # noqa: F811
    from ncs_desktop.work.bundling import make_bundle

    made = make_bundle(catalog, [task(1)], CALL, SENDER, [], now=NOW, allow_errors="thử")
    path = put(inbox_folder, "ho-so.zip", made.content)
    bring(catalog, store, path)
    found = store.desk.entries(CALL)[0].proposal_id
    for line in ({"lead_organization": "Viện A"}, LINE):
        desk_work.write_line(store, catalog, CALL, found, line, act=ACT)
    digest = store.desk.counted(CALL, found).digest
    assert dossier_of(store, catalog, CALL, digest) is not None
    bring(catalog, store, path)
    assert store.desk.entries(CALL)[0].lead_organization == "Viện Năng suất"


def test_which_lines_still_need_a_short_text(catalog):  # noqa: F811
    long = task(1, objectives=LONG)
    form = catalog.form_of(long)
    assert [field.key for field in line_fields(form)] == [
        "lead_organization",
        "task_kind",
        "summary_objectives",
        "summary_contents",
        "summary_results",
        "summary_note",
    ]
    assert unshortened(long, form) == ("summary_objectives",)
    assert not unshortened(long.with_value("summary_objectives", SHORT), form)
    assert not unshortened(task(1), form)
    assert carried_over(long, long, form) == long


def forwarded(catalog, store, path):  # noqa: F811
    export_dossier(store, catalog, CALL, path, replace(ACT, why="Đã rà soát"), sender=SENDER)
    return path


def test_what_is_forwarded_bears_the_code_of_the_signed_paper_and_the_line(
    catalog,  # noqa: F811
    store,  # noqa: F811
    one,
    tmp_path,
):
    sent = store.load(one)
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    path = forwarded(catalog, store, tmp_path / "ho-so.zip")
    bundle = read_bundle(path.read_bytes(), path.name)
    [entry] = bundle.manifest.proposals
    assert (entry.digest, entry.control_code) == (sent.digest, sent.control_code())
    [paper] = (name for name in bundle.files if name.endswith("phieu-a1-dxnv.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(bundle.files[paper])).pages)
    assert sent.control_code() in text
    assert verify_bundle(path.read_bytes(), path.name, catalog).differences == ()
    found = collect(catalog, [path], CALL, now=NOW)
    [row] = summary_of(found, catalog).rows
    assert (row.text("lead_organization"), row.text("objectives")) == ("Viện Năng suất", SHORT)
    assert row.text("note") == "Mô hình điểm"
    assert "C11" not in {finding.code for finding in found.arrivals[0].checked.findings}


def test_a_line_that_comes_with_the_same_content_is_taken_where_none_is_written(
    catalog,  # noqa: F811
    store,  # noqa: F811
    one,
    inbox_folder,  # noqa: F811
):
    lined = with_line(store.load(one), LINE)
    bring(catalog, store, put(inbox_folder, "so.json", lined))
    assert store.desk.receipts(CALL)[-1].result == "same"
    assert store.desk.counted(CALL, one).table_line == LINE
    [entry] = store.desk.entries(CALL)
    assert (entry.lead_organization, entry.resubmitted) == ("Viện Năng suất", False)
    acts = [row.action for row in store.desk.trail(CALL)]
    assert acts.count("line_written") == 1
    other = with_line(lined, {"lead_organization": "Viện khác"})
    bring(catalog, store, put(inbox_folder, "so-2.json", other))
    bring(catalog, store, put(inbox_folder, "goc.json", write_proposal(store.load(one)) + b"\n"))
    assert store.desk.counted(CALL, one).table_line == LINE
    assert [row.action for row in store.desk.trail(CALL)].count("line_written") == 1


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_one_collection_takes_the_line_from_whichever_file_has_it(catalog, tmp_path, order):  # noqa: F811
    plain = task(1, lead_organization="")
    for name, proposal in zip(order, (plain, with_line(plain, LINE)), strict=True):
        put(tmp_path, f"{name}.json", proposal)
    found = collect(catalog, [tmp_path], CALL, now=NOW)
    assert [item.result for item in found.inputs] == ["new", "same"]
    assert found.arrivals[0].source.endswith("a.json")
    said = [note.message for note in found.inputs[1].reasons]
    assert said == ["collect.same_content_line" if order == "ab" else "collect.same_content"]
    [row] = summary_of(found, catalog).rows
    assert row.text("lead_organization") == "Viện Năng suất"
    assert found.arrivals[0].proposal.digest == plain.digest


def test_a_store_that_holds_the_line_in_a_copy_of_the_values_goes_on(
    catalog,  # noqa: F811
    store,  # noqa: F811
    one,
    tmp_path,
):
    sent = store.load(one)
    with store._writing() as connection:
        kept = sent.with_value("lead_organization", "Viện cũ").with_value("summary_note", "Cũ")
        versions.insert_version(
            connection, kept, to_body(kept), NOW, sent.digest, origin=versions.IMPORT, number=2
        )
        check = DeskCheck(catalog, CALL, NOW)
        count_version(connection, entry_row(connection, CALL, one), 2, check)
    line = {"lead_organization": "Viện cũ", "summary_note": "Cũ"}
    for counted in (store.desk.counted(CALL, one), *store.desk.counted_all(CALL)):
        assert (counted.digest, counted.table_line) == (sent.digest, line)
    assert store.desk.came(one) == [sent]
    bundle = read_bundle(forwarded(catalog, store, tmp_path / "a.zip").read_bytes(), "a.zip")
    assert bundle.manifest.proposals[0].digest == sent.digest
    desk_work.write_line(store, catalog, CALL, one, {"lead_organization": ""}, act=ACT)
    assert store.desk.counted(CALL, one).table_line == {"summary_note": "Cũ"}
    desk_work.write_line(store, catalog, CALL, one, {"summary_note": ""}, act=ACT)
    assert store.desk.entries(CALL)[0].number == 1
    assert store.desk.version(one, 2).table_line == line


def test_a_text_of_the_sender_is_emptied_in_the_table_alone(catalog, store, inbox_folder):  # noqa: F811
    [found] = seat(catalog, store, inbox_folder, task(1, summary_note="Của bên gửi"))
    desk_work.write_line(store, catalog, CALL, found, {"summary_note": ""}, act=ACT)
    assert sheet(store, catalog)[10] in (None, "")
    assert store.desk.counted(CALL, found).text("summary_note") == "Của bên gửi"
    desk_work.write_line(store, catalog, CALL, found, {"summary_note": "Của bên gửi"}, act=ACT)
    assert store.desk.counted(CALL, found).table_line == {}


def test_a_request_asks_about_what_came_without_the_line(catalog, store, one):  # noqa: F811
    desk_work.write_line(store, catalog, CALL, one, LINE, act=ACT)
    point = Point("1", "Nêu rõ hơn.", "urgency")
    asked = draft(store, catalog, CALL, one, [point], sender=SENDER, act=ACT)
    assert asked.request.digest == store.load(one).digest
    assert "table_line" not in asked.request.data
