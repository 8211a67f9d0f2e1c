"""What an officer writes into a line of the official table: the phiếu itself stays as it came."""

import openpyxl
import pytest

from ncs_desktop.domain.desk import Order
from ncs_desktop.domain.table_line import carried_over, line_fields, unshortened
from ncs_desktop.work import desk as desk_work
from ncs_desktop.work.desk_import import dossier_of
from ncs_desktop.work.desk_papers import export_trail, table_files
from ncs_desktop.work.desk_report import desk_collection
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
    import io

    content = dict(table_files(store.desk, catalog, CALL, sender=SENDER))["bang-tong-hop.xlsx"]
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
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
    assert {key: counted.get(key) for key in before.values if key not in LINE} == {
        key: value for key, value in before.values.items() if key not in LINE
    }
    assert counted.revision == before.revision


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
    counted = store.desk.counted(CALL, one)
    assert (counted.revision, counted.text("lead_organization")) == (2, "Viện Năng suất")
    assert counted.text("summary_objectives") == ""
    desk_work.reopen(store, catalog, entry, ACT)
    [again] = store.desk.entries(CALL)
    assert again.resubmitted
    assert store.desk.counted(CALL, one).text("summary_objectives") == SHORT


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
    assert unshortened(long, form)
    assert not unshortened(long.with_value("summary_objectives", SHORT), form)
    assert not unshortened(task(1), form)
    assert carried_over(long, long, form) == long
