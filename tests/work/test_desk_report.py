"""The report of the desk says what the command line's does: files, versions, text without place."""

from datetime import datetime, timedelta

import openpyxl
import pytest

from ncs_desktop.catalog import Messages
from ncs_desktop.documents.import_report import import_workbook
from ncs_desktop.documents.write_xlsx import write_xlsx
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.desk import Channel, Order, Status
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.work.collected_files import import_report
from ncs_desktop.work.desk import settle
from ncs_desktop.work.desk_import import bring_in
from ncs_desktop.work.desk_report import desk_collection
from tests.work.test_collect import mail, put, task
from tests.work.test_desk import ACT, CALL, catalog, store  # noqa: F401


@pytest.fixture
def collection(store, catalog, tmp_path):  # noqa: F811
    first = put(tmp_path, "1.json", task(1, **{"budget.total": 1_000_000_000}))
    second = put(
        tmp_path, "2.json", task(1, revision=2, title="Đã sửa", **{"budget.total": 1_250_000_000})
    )
    list(bring_in(catalog, store, [first, second], CALL, ACT))
    return desk_collection(store, catalog, CALL, Order.DEPARTMENT, ACT.at)


def test_a_resubmission_stands_there_with_its_words_and_its_money(collection, catalog):  # noqa: F811
    (update,) = collection.updates
    assert (update.old.revision, update.new.revision) == (1, 2)
    assert (update.old.source, update.new.source) == ("1.json", "2.json")
    lines = import_report(collection, catalog, Messages.load()).differences
    assert {line.versions for line in lines} == {"Lần sửa 1 → lần sửa 2"}
    assert 250_000_000 in {line.delta for line in lines}
    assert any("Đã sửa" in line.new for line in lines)


def test_it_is_written_into_the_workbook(collection, catalog, tmp_path):  # noqa: F811
    path = tmp_path / "ra.xlsx"
    path.write_bytes(
        write_xlsx(
            import_workbook(
                import_report(collection, catalog, Messages.load()), Messages.load().text
            )
        )
    )
    book = openpyxl.load_workbook(path)
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert any("Lần sửa 1 → lần sửa 2" in cell for cell in cells)


def test_every_file_that_brought_nothing_new_says_why(store, catalog, tmp_path):  # noqa: F811
    store.take_in([task(4)], ACT.at)
    same = write_proposal(task(1))
    second = task(1, revision=2, title="Gửi lại")
    given = {
        "a.json": task(1),
        "b.json": same + b"\n",
        "c.json": same,
        "d.json": second,
        "e.json": task(4),
        "f.json": task(2, revision=3),
        "g.json": task(2, title="Bản cũ"),
        "h.json": task(4, revision=2, title="Khác"),
    }
    files = [put(tmp_path, name, content) for name, content in given.items()]
    list(bring_in(catalog, store, files, CALL, ACT))

    def told():
        found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, ACT.at)
        return {
            line.source: line.reason
            for line in import_report(found, catalog, Messages.load(), kept=True).inputs
        }

    one, four = f"Phiếu «{task(1).title}»", f"Phiếu «{task(4).title}»"
    resent = "Phiếu «Gửi lại» là bản gửi lại của phiếu trong «a.json»."
    assert told() == {
        "a.json": "",
        "b.json": f"{one} có nội dung giống hệt phiếu trong «a.json» nên chỉ tính một lần.",
        "c.json": "Giống hệt tệp «a.json» nên chỉ tính một lần.",
        "d.json": f"{resent} Bản được tính là bản trong «a.json».",
        "e.json": f"{four} đã có trong kho, không có gì mới.",
        "f.json": "",
        "g.json": "Phiếu «Bản cũ» cũ hơn bản đã có, được giữ để đối chiếu."
        " Bản được tính là bản trong «f.json».",
        "h.json": "Phiếu «Khác» là bản gửi lại của phiếu đã có trong kho.",
    }
    [entry] = [it for it in store.desk.entries(CALL) if it.proposal_id == task(1).id]
    settle(store, catalog, entry, ACT, accept=True)
    assert told()["d.json"] == f"{resent} Bản này được tính."


def test_what_is_written_after_the_deadline_calls_nothing_late_for_that(store, catalog, tmp_path):  # noqa: F811
    """The table tells lateness by the time of receipt, in a column of its own."""
    sent = mail(("p.json", write_proposal(task(1))), received="09 Aug 2025 10:00:00 +0700")
    list(bring_in(catalog, store, [put(tmp_path, "thu.eml", sent)], CALL, ACT))
    after = ACT.at + timedelta(days=90)
    found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, after)
    told = import_report(found, catalog, Messages.load(), kept=True)
    assert [line.lateness for line in told.inputs] == ["Trong hạn"]
    assert not [line.code for line in told.findings if line.code.startswith("T")]
    [entry] = store.desk.entries(CALL)
    points = entry.points
    assert told.inputs[0].findings == points.errors + points.warnings + points.infos


def test_a_phieu_that_failed_is_still_in_the_file_it_came_in(store, catalog, tmp_path):  # noqa: F811
    files = [put(tmp_path, f"{number}.json", task(number)) for number in (1, 2)]
    list(bring_in(catalog, store, files, CALL, ACT))
    store.desk.set_status(CALL, task(1).id, Status.FAILED, ACT)
    found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, ACT.at)
    assert [len(item.arrivals) for item in found.inputs] == [1, 1]
    assert [one.id for one in found.arrivals] == [task(2).id]


def test_an_enclosure_is_called_one(store, catalog, tmp_path):  # noqa: F811
    letter = mail(("phieu.json", write_proposal(task(1))), ("ban-ky.pdf", b"%PDF-1.4"))
    list(bring_in(catalog, store, [put(tmp_path, "thư.eml", letter)], CALL, ACT))
    found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, ACT.at)
    lines = import_report(found, catalog, Messages.load()).inputs
    assert sorted(line.result for line in lines) == ["Mới", "Tệp kèm theo"]


def test_a_file_tells_the_time_that_the_officer_wrote_of_its_phieu(store, catalog, tmp_path):  # noqa: F811
    """The window and the sheet of the orders have it: the record of what came in has it too."""
    files = [put(tmp_path, "a.json", task(1)), put(tmp_path, "b.json", task(2))]
    files += [put(tmp_path, "c.json", task(1, revision=2, title="Gửi lại"))]
    list(bring_in(catalog, store, files, CALL, ACT))
    at = datetime(2025, 8, 12, 9, 0, tzinfo=VIETNAM)
    store.desk.set_received(CALL, task(1).id, at, Channel.PAPER, ACT)
    found = desk_collection(store, catalog, CALL, Order.DEPARTMENT, ACT.at)
    lines = import_report(found, catalog, Messages.load(), kept=True).inputs
    assert [(line.received, line.lateness) for line in lines] == [
        ("09:00 12/08/2025", "Quá hạn"),
        ("", ""),
        ("", ""),
    ]
