"""Work leaves the window's thread and its outcome comes back into it, in order."""

import threading

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.ui.background.threads import Background
from tests.factories import make_proposal


def test_result_arrives_in_the_window_thread(qtbot, services):
    places = []
    task = services.background.run(threading.get_ident)
    task.done.connect(lambda result: places.append((result, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(places))
    worked, told = places[0]
    assert told == threading.get_ident() != worked


def test_foreseen_problem_is_handed_on_and_a_fault_becomes_a_sentence(qtbot, services, caplog):
    def refuse():
        raise InputProblem("input.unknown_call", file="x", call="y")

    with qtbot.waitSignal(services.background.run(refuse).failed) as failed:
        pass
    assert failed.args[0].code == "input.unknown_call"
    with qtbot.waitSignal(services.background.run(lambda: 1 // 0).failed) as failed:
        pass
    assert services.sentence(failed.args[0]).startswith("Chương trình gặp lỗi")


def test_cancelled_work_tells_nothing(qtbot, qapp):
    crew = Background()
    go_on, told = threading.Event(), []
    task = crew.run_long(lambda _task: go_on.wait(5))
    task.done.connect(told.append)
    task.cancel()
    go_on.set()
    with qtbot.waitSignal(crew.run(lambda: "next").done):
        pass
    crew.close()
    assert told == []


def test_what_arrives_after_closing_is_not_delivered(qtbot, qapp):
    background = Background()
    heard = []
    background.run(lambda: "late").done.connect(heard.append)
    background.close()
    qapp.sendPostedEvents()
    qapp.processEvents()
    assert heard == []


def test_progress_is_reported(qtbot, services):
    task = services.background.run_long(lambda task: task.report(1, 2, "một"))
    with qtbot.waitSignal(task.progressed) as progress:
        pass
    assert progress.args == [1, 2, "một"]


def test_store_serves_in_order(qtbot, open_store):
    order = []
    tasks = [open_store.ask(lambda _store, n=n: n) for n in range(20)]
    for task in tasks:
        task.done.connect(order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_second_window_on_one_store_is_told_so(qtbot, services, open_store):
    from ncs_desktop.ui.background.threads import StoreWorker

    other = StoreWorker(open_store.path)
    with qtbot.waitSignal(other.open().failed) as failed:
        pass
    other.close()
    assert failed.args[0].code == "store.second_window"


def test_layout_process_answers_the_newest_request_and_survives_a_kill(qtbot, services):
    worker = services.layout
    first = make_proposal()
    with qtbot.waitSignal(worker.laid_out, timeout=20_000) as answer:
        number = worker.request(first, draft=True)
    assert answer.args[0] == number
    assert answer.args[1].content.startswith(b"%PDF")
    worker._process.kill()
    with qtbot.waitSignal(worker.laid_out, timeout=20_000) as answer:
        for _ in range(5):
            number = worker.request(first.with_value("title", "Tên khác"), draft=True)
    assert answer.args[0] <= number
    if answer.args[0] < number:
        with qtbot.waitSignal(worker.laid_out, timeout=20_000) as answer:
            pass
    assert answer.args[0] == number
