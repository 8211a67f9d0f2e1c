"""One way to start a process beside this one, to talk to it and to end it."""

import contextlib
import os
import signal
import sys

import pytest

from ncs_desktop.work.other_process import OtherProcess


def echo(requests, answers, word):
    """Answer every request with ``word`` and the request, until nobody asks."""
    with contextlib.suppress(EOFError):
        while True:
            answers.send((word, requests.recv()))


def linger(requests, answers):
    """Wait for a request that never comes, then say so."""
    with contextlib.suppress(EOFError):
        requests.recv()
    answers.send("ended by itself")


def test_it_answers_what_it_is_asked():
    with OtherProcess(echo, "đã nghe") as other:
        other.requests.send(1)
        assert other.answers.recv() == ("đã nghe", 1)
        assert other.alive
    assert not other.alive


def test_closing_ends_it_whatever_it_does_and_may_be_repeated():
    other = OtherProcess(linger)
    other.close()
    other.close()
    other.kill()
    assert not other.alive


def test_whoever_asks_or_waits_for_one_killed_before_its_first_line_is_told():
    with OtherProcess(linger) as other:
        other.kill()
        with pytest.raises(BrokenPipeError):
            other.requests.send(b"0" * 1_000_000)
        with pytest.raises(EOFError):
            other.answers.recv()


def test_with_patience_it_ends_by_itself():
    other = OtherProcess(linger)
    process = other._process
    codes = []
    join = process.join

    def joined(*arguments):
        join(*arguments)
        codes.append(process.exitcode)

    process.join = joined
    other.close(30)
    assert codes[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no way to interrupt one process there")
def test_it_hears_no_interrupt_from_its_first_moment_on():
    with OtherProcess(echo, "đã nghe") as other:
        os.kill(other._process.pid, signal.SIGINT)
        other.requests.send(1)
        assert other.answers.recv() == ("đã nghe", 1)
        os.kill(other._process.pid, signal.SIGINT)
        other.requests.send(2)
        assert other.answers.recv() == ("đã nghe", 2)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
