"""The supplement loop: asked, opened at the enterprise, answered, matched, judged."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.desk import Act, Decision, Status
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.supplement import Point, answers
from ncs_desktop.domain.text import slug
from ncs_desktop.exchange.request_file import read_request, write_request
from ncs_desktop.store.store import Store
from ncs_desktop.work import desk as desk_work
from ncs_desktop.work import supplement
from ncs_desktop.work.desk_import import bring_in
from ncs_desktop.work.inputs import read_whole
from ncs_desktop.work.keep import take_in
from ncs_desktop.work.prepare import check_proposal
from tests.factories import NOW
from tests.work.test_collect import put, task
from tests.work.test_desk import CALL, SENDER

ACT = Act("Trần Thị Bích", NOW, "Thiếu điện thoại")
LATER = replace(ACT, at=NOW + timedelta(days=3))
ASKED = task(1, contact_phone="12")


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def department(tmp_path, catalog):
    """The desk with the proposal that lacks a telephone number."""
    with Store.open(tmp_path / "so" / "ncs.sqlite") as store:
        list(bring_in(catalog, store, [put(tmp_path, "v1.json", ASKED)], CALL, ACT))
        yield store


@pytest.fixture
def enterprise(tmp_path):
    with Store.open(tmp_path / "doanh-nghiep" / "ncs.sqlite") as store:
        yield store


def ask(department, catalog, folder):
    findings = [
        found for found in check_proposal(catalog, ASKED, NOW).findings if found.code == "F06"
    ]
    assert findings
    finding = findings[0]
    points = (
        Point("1", Messages.load().finding(finding), finding.field, finding.code),
        Point("2", "Nêu rõ địa chỉ", "application_sites"),
    )
    asked = supplement.draft(
        department,
        catalog,
        CALL,
        ASKED.id,
        points,
        sender=SENDER,
        act=ACT,
        until=date(2025, 8, 20),
    )
    return asked, supplement.issue(department, asked, folder, ACT)


def request_file(files):
    return next(path for path in files if path.suffix == ".ncs")


def test_asking_writes_letter_and_request_and_marks_the_proposal(department, catalog, tmp_path):
    asked, files = ask(department, catalog, tmp_path / "Gửi đi")
    assert [path.suffix for path in files] == [".docx", ".pdf", ".ncs"]
    assert all(path.stat().st_size for path in files)
    [record] = department.desk.requests(CALL)
    assert request_file(files).read_bytes() == record.body
    assert read_request(record.body, "x") == asked.request
    [entry] = department.desk.entries(CALL)
    assert (entry.status, entry.status_reason) == (Status.NEEDS_SUPPLEMENT, "Thiếu điện thoại")
    assert department.desk.trail()[-1].action == "supplement_asked"
    assert asked.request.points[-1].words == "Nêu rõ địa chỉ"
    assert asked.request.points[0].field == "contact_phone"


def test_the_files_say_whose_they_are_and_replace_none(department, catalog, tmp_path):
    _, files = ask(department, catalog, tmp_path)
    name = request_file(files).name
    whose = slug(ASKED.text("proposer_name"), 32)
    about = slug(ASKED.title, 32)
    assert name == f"yeu-cau-bo-sung-{whose}-{about}-{NOW:%Y-%m-%d}.ncs"
    assert max(len(path.name) for path in files) < 130
    again, more = ask(department, catalog, tmp_path)
    assert not {*files} & {*more}
    assert request_file(more).stem.endswith(again.request.id[:8])


def test_what_cannot_be_written_is_not_recorded(department, catalog, tmp_path):
    (tmp_path / "tep").write_bytes(b"")
    with pytest.raises(EnvironmentProblem):
        ask(department, catalog, tmp_path / "tep")
    assert department.desk.requests(CALL) == []
    assert department.desk.entries(CALL)[0].status is Status.NEW


def test_nothing_to_ask_is_refused(department, catalog):
    with pytest.raises(InputProblem) as caught:
        supplement.draft(department, catalog, CALL, ASKED.id, (), sender=SENDER, act=ACT)
    assert caught.value.code == "supplement.no_point"


def test_the_enterprise_opens_its_own_phieu_at_the_fields(
    department, enterprise, catalog, tmp_path
):
    enterprise.save(ASKED, NOW)
    _, files = ask(department, catalog, tmp_path)
    opened = supplement.open_request(request_file(files), enterprise, catalog)
    assert (opened.own, opened.exact) == (True, True)
    assert opened.request.fields == ("contact_phone", "application_sites")
    assert opened.request.points[-1].words == "Nêu rõ địa chỉ"
    assert answers(opened.proposal, opened.request.id)
    enterprise.save(ASKED.with_value("title", "Đã sửa từ trước"), NOW)
    assert not supplement.open_request(request_file(files), enterprise, catalog).exact


def test_an_office_without_the_phieu_opens_the_one_in_the_request(
    department, enterprise, catalog, tmp_path
):
    asked, files = ask(department, catalog, tmp_path)
    opened = supplement.open_request(request_file(files), enterprise, catalog)
    assert (opened.own, opened.exact) == (False, True)
    assert opened.proposal.values == ASKED.values
    bare = write_request(replace(asked.request, data={}))
    with pytest.raises(InputProblem) as caught:
        supplement.open_request(put(tmp_path, "tran.ncs", bare), enterprise, catalog)
    assert caught.value.code == "supplement.no_proposal"


def kept(department, enterprise, catalog, folder):
    """Return what became of the request file at the enterprise, and the file."""
    _, files = ask(department, catalog, folder)
    path = request_file(files)
    keep = partial(supplement.keep_request, enterprise, catalog, NOW)
    return next(
        take_in(lambda: enterprise, [path], lambda one: read_whole(one, catalog), NOW, keep)
    )


@pytest.mark.parametrize("where", ["own", "binned", "elsewhere"])
def test_a_request_file_brings_its_phieu_and_what_is_asked(
    department, enterprise, catalog, tmp_path, where
):
    if where != "elsewhere":
        enterprise.save(ASKED, NOW)
    if where == "binned":
        enterprise.trash(ASKED.id, NOW)
    taken = kept(department, enterprise, catalog, tmp_path)
    assert (taken.problem, taken.proposal.id, taken.notes) == (None, ASKED.id, ())
    assert [line.id for line in enterprise.summaries()] == [ASKED.id]
    asked = supplement.asked_of(enterprise, ASKED.id)
    assert asked.points[-1].words == "Nêu rõ địa chỉ"
    assert not supplement.is_done(enterprise, asked)
    supplement.mark_done(enterprise, ASKED.id, done=True)
    assert supplement.is_done(enterprise, asked)
    assert not supplement.is_done(enterprise, replace(asked, id="another"))
    assert supplement.answer_until(enterprise, [ASKED.id, "x"]) == date(2025, 8, 20)
    supplement.mark_done(enterprise, ASKED.id, done=False)
    assert not supplement.is_done(enterprise, asked)


def test_points_that_look_open_are_told(department, catalog, tmp_path):
    asked, _ = ask(department, catalog, tmp_path)

    def still_open(proposal, request=asked.request):
        points = supplement.unanswered(catalog, request, proposal, NOW)
        return [point.id for point in points]

    assert still_open(ASKED) == ["1", "2"]
    mended = ASKED.with_value("contact_phone", "0296 3 123 456")
    assert still_open(mended) == ["2"]
    assert still_open(mended.with_value("application_sites", "Xã Tri Tôn")) == []
    assert still_open(ASKED.with_value("contact_phone", "13")) == ["1", "2"]
    assert still_open(mended, replace(asked.request, data={})) == ["1", "2"]


@pytest.mark.parametrize("where", ["own", "frozen", "elsewhere"])
def test_the_answer_is_a_higher_revision_than_the_one_asked_about(
    department, enterprise, catalog, tmp_path, where
):
    if where != "elsewhere":
        enterprise.save(ASKED, NOW)
    if where == "frozen":
        enterprise.freeze(ASKED.id, NOW, None, "A1")
    kept(department, enterprise, catalog, tmp_path)
    request_id = supplement.asked_of(enterprise, ASKED.id).id
    answer = enterprise.load(ASKED.id)
    assert (answer.revision, answer.digest) == (ASKED.revision + 1, ASKED.digest)
    assert answers(answer, request_id)
    assert enterprise.frozen(ASKED.id) is None
    assert [line.revision for line in enterprise.history(ASKED.id)] == [2, 1]


def test_a_later_revision_or_the_same_request_again_begins_no_other(
    department, enterprise, catalog, tmp_path
):
    enterprise.save(replace(ASKED, revision=4), NOW)
    kept(department, enterprise, catalog, tmp_path)
    assert enterprise.load(ASKED.id).revision == 4
    _, files = ask(department, catalog, tmp_path)
    told = InputProblem("supplement.is_request", file="x")
    supplement.keep_request(enterprise, catalog, NOW, request_file(files), told)
    assert enterprise.load(ASKED.id).revision == 4


def test_a_phieu_changed_since_is_told(department, enterprise, catalog, tmp_path):
    enterprise.save(ASKED.with_value("title", "Đã sửa từ trước"), NOW)
    taken = kept(department, enterprise, catalog, tmp_path)
    assert [note.message for note in taken.notes] == ["supplement.other_version"]


def test_what_is_asked_goes_with_its_phieu(department, enterprise, catalog, tmp_path):
    enterprise.save(ASKED, NOW)
    kept(department, enterprise, catalog, tmp_path)
    enterprise.trash(ASKED.id, NOW)
    supplement.mark_done(enterprise, ASKED.id, done=True)
    request = supplement.asked_of(enterprise, ASKED.id)
    enterprise.purge(ASKED.id)
    assert supplement.asked_of(enterprise, ASKED.id) is None
    assert not supplement.is_done(enterprise, request)


def test_a_file_that_is_no_request_stays_refused(enterprise, catalog, tmp_path):
    refused = InputProblem("input.damaged", file="x")
    path = put(tmp_path, "x.json", b"{")
    assert supplement.keep_request(enterprise, catalog, NOW, path, refused) is None
    taken = supplement.keep_request(
        enterprise, catalog, NOW, path, InputProblem("supplement.is_request", file="x")
    )
    assert taken.problem is not None


def bring_back(department, catalog, folder, proposal):
    return list(bring_in(catalog, department, [put(folder, "v2.json", proposal)], CALL, LATER))


def test_the_answer_is_matched_and_each_point_shown_as_met_or_not(department, catalog, tmp_path):
    ask(department, catalog, tmp_path)
    [record] = department.desk.requests(CALL)
    assert supplement.find_return(department, catalog, record, LATER) is None
    new = replace(ASKED.with_value("contact_phone", "0296 3 123 456"), revision=2)
    bring_back(department, catalog, tmp_path, new)
    found = supplement.find_return(department, catalog, record, LATER)
    assert found.same_id
    assert found.new.revision == 2
    phone, sites = found.states
    assert (phone.changed, phone.gone, phone.met) == (True, True, True)
    assert (sites.changed, sites.gone, sites.met) == (False, None, None)
    assert not found.met
    assert [field.key for field in found.differences.fields] == ["contact_phone"]
    department.desk.judge(record.id, sites.point.id, True, LATER)
    [record] = department.desk.requests(CALL)
    assert supplement.find_return(department, catalog, record, LATER).met
    [entry] = department.desk.entries(CALL)
    assert entry.resubmitted
    desk_work.settle(department, catalog, entry, LATER, accept=True)
    [entry] = department.desk.entries(CALL)
    assert entry.revision == 2
    assert "F06" not in entry.findings
    assert supplement.find_return(department, catalog, record, LATER).old == ASKED


def test_what_the_desk_corrects_itself_is_no_answer(department, catalog, tmp_path):
    ask(department, catalog, tmp_path)
    [record] = department.desk.requests(CALL)
    [receipt] = department.desk.receipts(CALL)
    read_again = ASKED.with_value("contact_phone", "0296 3 123 456")
    between = replace(ACT, at=NOW + timedelta(days=1))
    department.desk.review(receipt.id, [read_again], between, lambda _: {})
    assert supplement.find_return(department, catalog, record, LATER) is None
    sent = replace(read_again.with_value("application_sites", "An Giang"), revision=2)
    bring_back(department, catalog, tmp_path, sent)
    assert supplement.find_return(department, catalog, record, LATER).new.revision == 2


def test_what_lay_undecided_when_it_was_asked_is_no_answer(department, catalog, tmp_path):
    waiting = replace(ASKED.with_value("duration", "30 tháng"), revision=2)
    earlier = replace(ACT, at=NOW - timedelta(days=1))
    path = put(tmp_path, "v2.json", waiting)
    list(bring_in(catalog, department, [path], CALL, earlier))
    ask(department, catalog, tmp_path)
    [record] = department.desk.requests(CALL)
    assert supplement.find_return(department, catalog, record, LATER) is None
    bring_back(department, catalog, tmp_path, replace(waiting, revision=3))
    assert supplement.find_return(department, catalog, record, LATER).new.revision == 3


def test_a_change_that_mends_nothing_is_not_met(department, catalog, tmp_path):
    ask(department, catalog, tmp_path)
    bring_back(
        department, catalog, tmp_path, replace(ASKED.with_value("contact_phone", "13"), revision=2)
    )
    [record] = department.desk.requests(CALL)
    found = supplement.find_return(department, catalog, record, LATER)
    assert (found.states[0].changed, found.states[0].met) == (True, False)


def test_an_answer_under_another_id_is_matched_by_the_request_it_names(
    department, enterprise, catalog, tmp_path
):
    _, files = ask(department, catalog, tmp_path)
    opened = supplement.open_request(request_file(files), enterprise, catalog)
    other = replace(opened.proposal.with_value("contact_phone", "0296 3 123 456"), id=task(9).id)
    bring_back(department, catalog, tmp_path, other)
    [record] = department.desk.requests(CALL)
    found = supplement.find_return(department, catalog, record, LATER)
    assert not found.same_id
    assert found.new.id == task(9).id
    assert found.states[0].met is True


def test_an_answer_that_names_no_request_is_matched_once_a_person_says_it_replaces(
    department, catalog, tmp_path
):
    ask(department, catalog, tmp_path)
    word = replace(ASKED.with_value("contact_phone", "0296 3 123 456"), id=task(9).id)
    bring_back(department, catalog, tmp_path, word)
    [record] = department.desk.requests(CALL)
    assert supplement.find_return(department, catalog, record, LATER) is None
    desk_work.decide(department.desk, CALL, (ASKED.id, word.id), Decision.REPLACED, LATER)
    found = supplement.find_return(department, catalog, record, LATER)
    assert (found.new.id, found.same_id) == (word.id, False)
    assert found.states[0].met is True


def test_the_last_of_several_answers_counts_whatever_its_title(department, catalog, tmp_path):
    ask(department, catalog, tmp_path)
    first = replace(ASKED.with_value("contact_phone", "13"), revision=2)
    bring_back(department, catalog, tmp_path, first)
    mended = first.with_value("contact_phone", "0296 3 123 456").with_value("title", "Tên mới")
    bring_back(department, catalog, tmp_path, replace(mended, revision=3))
    [record] = department.desk.requests(CALL)
    found = supplement.find_return(department, catalog, record, LATER)
    assert (found.new.revision, found.new.title, found.states[0].met) == (3, "Tên mới", True)
