"""When a phiếu was received: the first receipt of a content counts; where unknown it is asked."""

from datetime import datetime

import pytest

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.desk import Channel
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.ui.collect.file_lines import earlier_imports, lines_of
from ncs_desktop.work.desk_import import bring_in
from tests.work.test_collect import mail, put, task
from tests.work.test_desk import ACT, CALL, catalog, store  # noqa: F401


def letter(folder, day, proposal):
    told = f"{day:02} Aug 2025 10:00:00 +0700"
    sent = mail(("p.json", write_proposal(proposal)), received=told)
    return put(folder, f"{day}.eml", sent)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_late_copy_does_not_tell_when_the_first_came(catalog, store, tmp_path, order):  # noqa: F811
    """In whatever order they are read: the phiếu is not late for having been sent once more."""
    files = [put(tmp_path, "p.json", task(1)), letter(tmp_path, 26, task(1))]
    brought = list(bring_in(catalog, store, [files[at] for at in order], CALL, ACT))
    lines = [line for item in brought for line in lines_of(item, Messages.load())]
    assert {one for line in lines for one in line.undated} == {task(1).id}
    [entry] = store.desk.entries(CALL)
    assert (entry.received_at, entry.is_late(catalog.call(CALL).deadline)) == (None, None)
    assert entry.channel is Channel.OTHER
    at = datetime(2025, 8, 9, 10, tzinfo=VIETNAM)
    list(bring_in(catalog, store, [letter(tmp_path, 9, task(1))], CALL, ACT))
    [entry] = store.desk.entries(CALL)
    assert (entry.received_at, entry.channel) == (at, Channel.EMAIL)


def test_what_a_person_wrote_stays_beside_a_copy_of_unknown_time(catalog, store, tmp_path):  # noqa: F811
    list(bring_in(catalog, store, [letter(tmp_path, 26, task(1))], CALL, ACT))
    at = datetime(2025, 8, 27, 9, tzinfo=VIETNAM)
    store.desk.set_received(CALL, task(1).id, at, Channel.PAPER, ACT)
    list(bring_in(catalog, store, [put(tmp_path, "p.json", task(1))], CALL, ACT))
    [entry] = store.desk.entries(CALL)
    assert (entry.received_at, entry.channel) == (at, Channel.PAPER)


def test_another_version_of_unknown_time_leaves_the_time_of_the_first(catalog, store, tmp_path):  # noqa: F811
    list(bring_in(catalog, store, [letter(tmp_path, 26, task(1))], CALL, ACT))
    newer = put(tmp_path, "p2.json", task(1, revision=2, title="Gửi lại"))
    list(bring_in(catalog, store, [newer], CALL, ACT))
    [entry] = store.desk.entries(CALL)
    assert entry.received_at == datetime(2025, 8, 26, 10, tzinfo=VIETNAM)


def test_a_phieu_that_is_in_already_names_the_file_it_came_in(catalog, store, tmp_path):  # noqa: F811
    files = [put(tmp_path, "p.json", task(1)), letter(tmp_path, 26, task(1))]
    brought = list(bring_in(catalog, store, files, CALL, ACT))
    first: dict[tuple[str, str], str] = {}
    told = [line.reason for item in brought for line in lines_of(item, Messages.load(), first)]
    assert "giống hệt phiếu trong «p.json»" in told[1]
    [kept] = earlier_imports(CALL, Messages.load(), store)
    assert sorted(line.reason for line in kept.lines) == sorted(told)
