"""The desk in the store: what came in once is in once, every act leaves its row of the trail."""

import hashlib
import itertools
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ncs_desktop.domain.desk import Act, Channel, Decision, Order, Remark, Result, Status
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Points
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.store.backup import backup, restore_backup
from ncs_desktop.store.connection import connect
from ncs_desktop.store.desk_records import Admission, Incoming, RequestRecord
from ncs_desktop.store.desk_rows import change_entry, entry_row
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.glance import glance
from ncs_desktop.store.migrate import shipped
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
from tests.store.test_migrate import FIXTURES, content, crash_everywhere

CALL = "an-giang-2026"
ACT = Act("Trần Thị Bích", NOW)
PROJECT = Path(__file__).resolve().parents[2]


def check(proposal):
    return {"F01": Points(errors=1)} if proposal.text("duration") == "" else {}


def admission(*proposals, data=None, **changes):
    data = data or "".join(proposal.digest for proposal in proposals).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    item = Incoming("thu.eml", sha256, proposals, received_at=NOW - timedelta(days=1))
    return replace(Admission(CALL, sha256, (item,), data, Channel.EMAIL), **changes)


def refused(data, code="input.pdf"):
    sha256 = hashlib.sha256(data).hexdigest()
    remark = Remark(code, FrozenDict(file="a.pdf"))
    return Admission(CALL, sha256, (Incoming("a.pdf", sha256, (), (remark,), True),), data)


@pytest.fixture
def desk(store):
    return store.desk


@pytest.fixture
def seated(desk, numbered):
    """Give the desk five proposals; return their ids in order."""
    for number in range(1, 6):
        desk.admit(admission(numbered(number)), ACT, check)
    return [numbered(number).id for number in range(1, 6)]


def ids(desk, order=Order.DEPARTMENT):
    return [entry.proposal_id for entry in desk.entries(CALL, order)]


def actions(desk):
    return [row.action for row in desk.trail(CALL)]


def test_what_comes_in_is_on_the_desk_with_its_receipt(desk, store, numbered):
    proposal = numbered(1, duration="")
    [receipt] = desk.admit(admission(proposal), ACT, check)
    [entry] = desk.entries(CALL)
    assert (receipt.result, receipt.name, receipt.channel) == (
        Result.NEW,
        "thu.eml",
        Channel.EMAIL,
    )
    assert store.content(receipt.content) == proposal.digest.encode()
    assert entry.title == "Nhiệm vụ số 1"
    assert entry.budget == proposal.budget
    assert entry.findings == {"F01": Points(errors=1)}
    assert entry.received_at == NOW - timedelta(days=1)
    assert (entry.status, entry.resubmitted, entry.counted) == (Status.NEW, False, True)
    assert desk.counted(CALL, proposal.id) == proposal
    assert desk.receipts(CALL) == [receipt]
    [row] = desk.trail(CALL)
    assert (row.who, row.action, row.at) == ("Trần Thị Bích", "received", NOW)


def test_the_same_input_again_changes_nothing(desk, store_path, numbered):
    first = desk.admit(admission(numbered(1)), ACT, check)
    before = content(store_path)
    again = desk.admit(admission(numbered(1)), replace(ACT, at=NOW + timedelta(1)), check)
    assert again == first
    assert content(store_path) == before


def test_a_rejected_input_is_tried_again_and_its_receipt_gives_way(desk, store_path, numbered):
    data = b"%PDF-"
    desk.admit(refused(data), ACT, check)
    before = content(store_path)
    desk.admit(refused(data), ACT, check)
    assert content(store_path) == before
    desk.admit(refused(data, "input.damaged"), ACT, check)
    [receipt] = desk.receipts(CALL)
    assert receipt.remarks[0].message == "input.damaged"
    assert receipt.content is None
    desk.admit(admission(numbered(1), data=data), ACT, check)
    [receipt] = desk.receipts(CALL)
    assert receipt.result is Result.NEW


def test_a_resubmission_waits_for_a_person(desk, store, seated, numbered):
    newer = replace(numbered(2, title="Nhiệm vụ đã sửa"), revision=2)
    [receipt] = desk.admit(admission(newer), ACT, check)
    assert receipt.result is Result.UPDATED
    entry = desk.entries(CALL)[1]
    assert (entry.title, entry.resubmitted, entry.number, entry.latest) == (
        "Nhiệm vụ số 2",
        True,
        1,
        2,
    )
    desk.settle(CALL, newer.id, 1, replace(ACT, why="Bản mới gửi nhầm"), check)
    entry = desk.entries(CALL)[1]
    assert (entry.title, entry.resubmitted) == ("Nhiệm vụ số 2", False)
    desk.settle(CALL, newer.id, 2, ACT, check)
    entry = desk.entries(CALL)[1]
    assert (entry.title, entry.revision, entry.number) == ("Nhiệm vụ đã sửa", 2, 2)
    assert desk.counted(CALL, newer.id) == newer
    assert len(store.history(newer.id)) == 2


def test_a_counted_version_stays_however_it_is_edited_afterwards(desk, store, seated, numbered):
    own = numbered(1, title="Cán bộ sửa lỗi đánh máy")
    store.save(own, NOW)
    number = store.history(own.id)[0].number
    desk.settle(CALL, own.id, number, ACT, check)
    for day in range(100):
        store.save(numbered(1, title=f"Sửa tiếp {day}"), NOW + timedelta(days=day, seconds=5))
    assert desk.counted(CALL, own.id) == own


def test_a_status_has_its_reason_and_its_row_of_the_trail(desk, seated):
    act = replace(ACT, why="Thiếu văn bản cam kết")
    desk.set_status(CALL, seated[0], Status.FAILED, act)
    entry = desk.entries(CALL)[0]
    assert (entry.status, entry.status_reason) == (Status.FAILED, "Thiếu văn bản cam kết")
    assert not entry.proposed
    desk.set_status(CALL, seated[0], Status.FAILED, act)
    assert actions(desk)[-1:] == ["status"]
    assert actions(desk).count("status") == 1
    assert desk.trail(CALL)[-1].why == "Thiếu văn bản cam kết"


def test_the_two_orders_are_kept_apart_with_their_reasons(desk, seated):
    first, second, third, *_ = seated
    desk.place(CALL, third, Order.DEPARTMENT, first, replace(ACT, why="Sẵn sàng triển khai"))
    desk.place(CALL, second, Order.COUNCIL, None, ACT)
    desk.place(CALL, first, Order.COUNCIL, second, replace(ACT, why="Hội đồng bỏ phiếu 7/9"))
    assert ids(desk)[:3] == [third, first, second]
    assert ids(desk, Order.COUNCIL) == [first, second]
    found = {entry.proposal_id: entry for entry in desk.entries(CALL)}
    assert found[third].rank_reason == "Sẵn sàng triển khai"
    assert found[first].council_reason == "Hội đồng bỏ phiếu 7/9"
    assert not found[third].council_ranked
    desk.unplace(CALL, second, ACT)
    assert ids(desk, Order.COUNCIL) == [first]
    before = desk.adopt_order(CALL, ACT)
    assert ids(desk, Order.COUNCIL) == ids(desk)
    desk.put_order_back(CALL, before, ACT)
    assert ids(desk, Order.COUNCIL) == [first]
    assert [row.action for row in desk.trail(CALL)][-2:] == ["order_adopted", "order_put_back"]


def test_a_place_before_one_that_is_not_ranked_is_refused(desk, seated):
    with pytest.raises(InputProblem) as caught:
        desk.place(CALL, seated[0], Order.COUNCIL, seated[1], ACT)
    assert caught.value.code == "desk.not_ranked"


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4)), max_size=30))
def test_a_place_moves_one_and_keeps_the_order_of_the_others(desk, seated, moves):
    expected = ids(desk)
    for moved, before in moves:
        if moved == before:
            continue
        target = None if before is None else seated[before]
        desk.place(CALL, seated[moved], Order.DEPARTMENT, target, ACT)
        expected.remove(seated[moved])
        expected.insert(len(expected) if target is None else expected.index(target), seated[moved])
        assert ids(desk) == expected


def test_room_between_two_places_never_runs_out(desk, seated):
    first, second, third, *_ = seated
    for _ in range(15):
        desk.place(CALL, second, Order.DEPARTMENT, third, ACT)
        desk.place(CALL, first, Order.DEPARTMENT, third, ACT)
    assert ids(desk)[:3] == [second, first, third]


def test_decisions_are_seen_from_both_and_can_be_taken_back(desk, seated):
    first, second, *_ = seated
    desk.decide(CALL, second, first, Decision.REPLACES, replace(ACT, why="Gửi lại"))
    old, new, *_ = desk.entries(CALL)
    assert (old.decisions, old.counted) == ({second: Decision.REPLACED}, False)
    assert (new.decisions, new.counted) == ({first: Decision.REPLACES}, True)
    desk.decide(CALL, second, first, None, ACT)
    assert all(entry.counted and not entry.decisions for entry in desk.entries(CALL))


def test_a_doubtful_reading_is_reviewed_and_its_correction_counts(desk, numbered):
    [receipt] = desk.admit(admission(numbered(1)), ACT, check)
    corrected = numbered(1, title="Nhiệm vụ đọc đúng")
    desk.review(receipt.id, [corrected], ACT, check)
    [entry] = desk.entries(CALL)
    assert (entry.title, entry.resubmitted) == ("Nhiệm vụ đọc đúng", False)
    assert desk.receipts(CALL)[0].reviewed_at == NOW


def test_time_of_receipt_is_typed_where_no_file_tells_it(desk, numbered):
    item = admission(numbered(1))
    desk.admit(replace(item, files=(replace(item.files[0], received_at=None),)), ACT, check)
    assert desk.entries(CALL)[0].received_at is None
    desk.set_received(CALL, numbered(1).id, NOW, Channel.PAPER, ACT)
    [entry] = desk.entries(CALL)
    assert (entry.received_at, entry.channel) == (NOW, Channel.PAPER)


def test_rules_that_changed_are_looked_at_again(desk, seated):
    assert not desk.recheck(CALL, seated[0], check)
    assert desk.recheck(CALL, seated[0], lambda _: {"M01": Points(warnings=2, accepted=1)})
    assert desk.entries(CALL)[0].findings == {"M01": Points(warnings=2, accepted=1)}


def test_a_store_of_the_time_of_one_finding_a_rule_says_so_until_counted(desk, seated):
    old = {"findings": '{"F06":"error","M01":"warning"}'}
    with desk._writing() as connection:
        change_entry(connection, entry_row(connection, CALL, seated[1]), old)
    assert desk.uncounted(CALL) == [seated[1]]
    assert desk.entries(CALL)[1].points == Points(errors=1, warnings=1)
    assert desk.recheck(CALL, seated[1], lambda _: {"F06": Points(errors=3)})
    assert desk.uncounted(CALL) == []
    assert desk.entries(CALL)[1].points == Points(errors=3)


def test_requests_and_verdicts_are_kept(desk, seated):
    asked = RequestRecord("1" * 36, CALL, seated[0], 1, NOW, b'{"a": 1}', {})
    desk.ask(asked, replace(ACT, why="Thiếu kinh phí"))
    desk.judge(asked.id, "1", True, ACT)
    desk.judge(asked.id, "2", False, ACT)
    desk.judge(asked.id, "2", None, ACT)
    assert desk.requests(CALL, seated[0]) == [replace(asked, verdicts={"1": True})]
    assert desk.requests(CALL, seated[1]) == []
    assert desk.entries(CALL)[0].status is Status.NEEDS_SUPPLEMENT


def test_what_is_on_the_desk_is_not_purged(desk, store, seated):
    store.trash(seated[0], NOW)
    with pytest.raises(InputProblem) as caught:
        store.purge(seated[0])
    assert caught.value.code == "store.on_desk"


def test_what_lies_in_the_bin_counts_for_nothing_and_comes_back_to_its_place(desk, store, seated):
    desk.place(CALL, seated[3], Order.COUNCIL, None, ACT)
    desk.decide(CALL, seated[0], seated[2], Decision.REPLACES, ACT)
    before = desk.entries(CALL)
    assert not before[2].counted
    store.trash(seated[0], NOW, who="Bích", why="Gửi nhầm Sở")
    store.trash(seated[3], NOW)
    shown = desk.entries(CALL)
    assert [entry.proposal_id for entry in shown] == [seated[1], seated[2], seated[4]]
    assert all(entry.counted for entry in shown)
    assert [proposal.id for proposal in desk.counted_all(CALL)] == [
        one.proposal_id for one in shown
    ]
    assert len(desk.counted_all(CALL, counted_only=True)) == 3
    assert desk.entries(CALL, Order.COUNCIL) == []
    assert len(desk.entries(CALL, binned=True)) == 5
    assert store.seats(seated[3]) == {CALL: 3}
    for proposal_id in (seated[0], seated[3]):
        store.restore(proposal_id, NOW, who="Bích")
    assert desk.entries(CALL) == before
    acts = [(row.action, row.subject, row.who, row.why) for row in desk.trail(CALL)]
    assert acts[-4] == ("binned", seated[0], "Bích", "Gửi nhầm Sở")
    assert acts[-1] == ("unbinned", seated[3], "Bích", "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET why = 'khác'",
        "DELETE FROM audit WHERE number = 2",
        "INSERT INTO audit SELECT 99, at, who, action, call, subject, why, detail, seal, seal"
        " FROM audit WHERE number = 5",
        "INSERT INTO audit SELECT 6, at, who, action, call, subject, why, detail, previous, seal"
        " FROM audit WHERE number = 5",
        "UPDATE desk_entries SET status = 'xong'",
        "UPDATE desk_entries SET number = 99",
        "UPDATE receipts SET channel = 'fax'",
        "DELETE FROM proposals",
    ],
)
def test_the_schema_itself_guards_the_desk(seated, store_path, statement):
    connection = connect(store_path)
    try:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM audit WHERE number = 2", "store.problem.trail"),
        ("UPDATE audit SET why = 'khác' WHERE number = 2", "store.problem.audit"),
    ],
)
def test_a_trail_changed_by_other_means_is_found(desk, seated, store_path, statement, code):
    assert diagnose(store_path) == []
    connection = sqlite3.connect(store_path)
    for name in ("audit_never_changes", "audit_is_never_shortened"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert [problem.code for problem in diagnose(store_path)] == [code]


def test_a_safety_copy_holds_the_desk_and_its_originals(desk, seated, store, store_path, tmp_path):
    made = backup(store_path, tmp_path / "sao-luu.ncsbackup", NOW)
    assert made.contents == 5
    restore_backup(made.path, tmp_path / "khac" / "ncs.sqlite", NOW)
    with Store.open(tmp_path / "khac" / "ncs.sqlite") as other:
        assert other.desk.entries(CALL) == desk.entries(CALL)
        assert other.content(desk.receipts(CALL)[0].content)


@pytest.fixture
def first_release(tmp_path):
    """The store of the first schema, as it was released."""
    return shutil.copytree(FIXTURES / "v1", tmp_path / "v1") / "ncs.sqlite"


def test_a_store_of_the_first_schema_gets_a_desk_or_stays_as_it_was(first_release, monkeypatch):
    old, crashes = content(first_release), 0
    for _ in crash_everywhere(first_release, shipped(), monkeypatch):
        crashes += 1
        now = content(first_release)
        assert now == old or set(now) > set(old)
    assert crashes > len(shipped()[1].statements)
    now = content(first_release)
    assert {name: now[name] for name in old} == old
    assert {name for name in now if name not in old and now[name] == []} == {
        "receipts",
        "desk_entries",
        "supplement_requests",
        "audit",
    }
    assert diagnose(first_release) == []
    assert content(first_release.with_name("ncs.before-v2.sqlite")) == old


def test_a_proposal_of_the_first_schema_takes_its_place_on_the_desk(first_release):
    assert diagnose(first_release) == []
    with Store.open(first_release) as store:
        [receipt] = store.desk.admit(admission(make_proposal()), ACT, check)
        assert receipt.result is Result.SAME
        assert len(store.desk.entries(CALL)) == 1


def test_a_copy_of_the_first_schema_is_restored(first_release, tmp_path):
    made = backup(first_release, tmp_path / "cu.ncsbackup", NOW)
    assert (made.contents, made.problems) == (1, ())
    target = tmp_path / "moi" / "ncs.sqlite"
    restore_backup(made.path, target, NOW)
    with Store.open(target) as store:
        assert len(store.summaries()) == 1


class Crash(BaseException):
    """The power goes."""


def dying_after(execute, statements):
    count = itertools.count()

    def dying(*arguments):
        if next(count) >= statements:
            raise Crash
        return execute(*arguments)

    return dying


def test_a_crash_at_any_statement_of_an_admission_leaves_all_or_nothing(
    store_path, numbered, monkeypatch
):
    Store.open(store_path).close()
    empty, both = content(store_path), admission(numbered(1), numbered(2))
    for left in range(1, 200):
        with Store.open(store_path) as store:
            dialect = store._engine.dialect
            monkeypatch.setattr(dialect, "do_execute", dying_after(dialect.do_execute, left))
            try:
                store.desk.admit(both, ACT, check)
            except Crash:
                pass
            else:
                break
        assert content(store_path) == empty
    else:
        raise AssertionError("never finished")
    assert left > 10
    with Store.open(store_path) as store:
        assert len(store.desk.entries(CALL)) == 2
    assert diagnose(store_path) == []


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from ncs_desktop.store.store import Store
from tests.factories import make_proposal
from tests.store.test_desk import ACT, admission, check
with Store.open(Path(sys.argv[1])) as store:
    for number in range(1, 600):
        one = replace(make_proposal(title=f"Nhiệm vụ số {number}"), id=str(UUID(int=number)))
        store.desk.admit(admission(one), ACT, check)
        print(number, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 6, 17])
def test_a_killed_import_goes_on_where_it_stopped(store_path, numbered, acknowledged):
    command = [sys.executable, "-c", WRITER, str(store_path)]
    pipe = {"stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=PROJECT, **pipe) as writer:
        for _ in range(acknowledged):
            assert writer.stdout.readline()
        writer.kill()
    assert diagnose(store_path) == []
    with Store.open(store_path) as store:
        before = len(store.desk.receipts(CALL))
        assert acknowledged <= before < 600
        for number in range(1, 31):
            store.desk.admit(admission(numbered(number)), ACT, check)
        assert len(store.desk.receipts(CALL)) == max(before, 30)
        assert len(store.desk.entries(CALL)) == max(before, 30)
        assert len(store.desk.trail(CALL)) == max(before, 30)
    assert diagnose(store_path) == []


def test_the_desk_of_the_second_release_opens(tmp_path):
    path = shutil.copytree(FIXTURES / "v2", tmp_path / "v2") / "ncs.sqlite"
    with Store.open(path) as store:
        [entry] = store.desk.entries(CALL)
        assert (entry.status, entry.status_reason) == (Status.PASSED, "Đủ hồ sơ")
        assert [row.action for row in store.desk.trail()] == ["received", "status"]
        assert store.content(store.desk.receipts(CALL)[0].content)
    assert diagnose(path) == []


def test_what_was_only_received_is_no_line_of_the_own_list(store, desk, numbered):
    received, both, written = (numbered(number) for number in (1, 2, 3))
    store.save(both, NOW)
    store.save(written, NOW)
    desk.admit(admission(received, both), ACT, check)
    assert {line.id for line in store.summaries()} == {received.id, both.id, written.id}
    assert {line.id for line in store.summaries(own=True)} == {both.id, written.id}
    assert {line.id for line in glance(store.path)} == {both.id, written.id}
    changed = replace(received, values=received.values.with_items({"duration": "6 tháng"}))
    store.save(changed, NOW + timedelta(hours=1))
    assert received.id in {line.id for line in store.summaries(own=True)}
