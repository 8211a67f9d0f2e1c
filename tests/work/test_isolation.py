"""The worker process: its work comes back, and no file can hold up or fell the program."""

import ctypes
import os
import time

import pytest

from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.work import isolation
from ncs_desktop.work.isolation import Isolation


def double(number):
    return 2 * number


def worker_id():
    return os.getpid()


def refuse(name):
    raise InputProblem("input.damaged", file=name)


def wait(seconds):
    time.sleep(seconds)


def swallow(size):
    return len(bytearray(size))


def fall_over():
    os._exit(3)


def fault():
    raise ZeroDivisionError


@pytest.fixture(scope="module")
def worker():
    with Isolation() as worker:
        yield worker


def code_of(worker, *call):
    with pytest.raises(InputProblem) as caught:
        worker.run("tệp.docx", *call)
    assert caught.value.params["file"] == "tệp.docx"
    return caught.value.code


def test_work_is_done_elsewhere_by_one_process(worker):
    assert worker.run("a", double, 21) == 42
    first = worker.run("a", worker_id)
    assert first != os.getpid()
    assert worker.run("b", worker_id) == first


def test_a_foreseen_problem_comes_back_and_the_worker_lives(worker):
    before = worker.run("a", worker_id)
    assert code_of(worker, refuse, "tệp.docx") == "input.damaged"
    assert worker.run("a", worker_id) == before


def test_too_much_memory_is_refused_and_the_next_file_read(worker):
    assert code_of(worker, swallow, 700 * 2**20) == "isolation.memory"
    assert worker.run("b", double, 2) == 4


@pytest.mark.parametrize("task", [fall_over, fault])
def test_a_worker_that_falls_over_is_replaced(worker, task):
    assert code_of(worker, task) == "isolation.crashed"
    assert worker.run("b", double, 2) == 4


def test_too_much_time_is_cut_off():
    with Isolation(seconds=1.0) as worker:
        start = time.monotonic()
        assert code_of(worker, wait, 60) == "isolation.too_slow"
        assert time.monotonic() - start < 50


def test_a_worker_that_cannot_start_is_told(monkeypatch):
    monkeypatch.setattr(isolation, "_READY", b"another")
    with Isolation() as worker, pytest.raises(EnvironmentProblem) as caught:
        worker.run("a", double, 1)
    assert caught.value.code == "isolation.no_worker"


def test_closing_ends_the_process_and_may_be_repeated():
    worker = Isolation()
    process_id = worker.run("a", worker_id)
    worker.close()
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


class Kernel:
    """Stands for Windows' kernel32 and writes down what it is asked."""

    JOB, PROCESS = 40, -1

    def __init__(self):
        self.asked = []
        for name in (
            *("CreateJobObjectW", "GetCurrentProcess"),
            *("SetInformationJobObject", "AssignProcessToJobObject"),
        ):
            setattr(self, name, self._function(name))

    def _function(self, name):
        answers = {"CreateJobObjectW": self.JOB, "GetCurrentProcess": self.PROCESS}

        def asked(*arguments):
            self.asked.append((name, arguments))
            return answers.get(name, 1)

        return asked


def test_windows_caps_the_memory_of_the_process_by_a_job_object(monkeypatch):
    kernel = Kernel()
    monkeypatch.setattr(ctypes, "WinDLL", lambda name: kernel, raising=False)
    monkeypatch.setattr(isolation.sys, "platform", "win32")
    isolation.limit_memory(512 * 2**20)
    made, told, _, assigned = kernel.asked
    assert made == ("CreateJobObjectW", (None, None))
    assert assigned == ("AssignProcessToJobObject", (Kernel.JOB, Kernel.PROCESS))
    job, kind, limits, size = told[1]
    assert (told[0], job, kind, size) == ("SetInformationJobObject", Kernel.JOB, 9, 144)
    # As <winnt.h> lays out JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64 bits.
    content = bytes(limits._obj)
    assert int.from_bytes(content[16:20], "little") == 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    assert int.from_bytes(content[112:120], "little") == 512 * 2**20
    assert not any(content[20:112])
    assert not any(content[120:])
