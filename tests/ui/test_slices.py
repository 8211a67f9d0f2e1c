"""Work in slices: what is quick is done at once, the rest between events, the newest wins."""

import itertools

import pytest

from ncs_desktop.ui.background.slices import Slices


@pytest.fixture
def slices(qapp):
    """Every look at the clock tells a second more, so that each slice is one step."""
    return Slices(clock=itertools.count().__next__)


def noting(done, name, count):
    for step in range(count):
        done.append((name, step))
        yield
    done.append((name, "end"))


def test_quick_work_is_done_on_return(qapp):
    done = []
    slices = Slices(clock=lambda: 0.0)
    slices.run(noting(done, "a", 3))
    assert done[-1] == ("a", "end")
    assert not slices.busy


def test_long_work_leaves_room_for_events(qtbot, slices):
    done = []
    slices.run(noting(done, "a", 3))
    assert done == [("a", 0)]
    assert slices.busy
    qtbot.waitUntil(lambda: not slices.busy)
    assert done == [("a", 0), ("a", 1), ("a", 2), ("a", "end")]


def test_newer_work_takes_the_place_of_older(qtbot, slices):
    done = []
    slices.run(noting(done, "a", 5))
    slices.run(noting(done, "b", 2))
    qtbot.waitUntil(lambda: not slices.busy)
    assert done == [("a", 0), ("b", 0), ("b", 1), ("b", "end")]


def test_work_may_ask_for_newer_work_from_within(qtbot, slices):
    done = []

    def asking():
        slices.run(noting(done, "b", 1))
        yield
        done.append("never")

    slices.run(asking())
    qtbot.waitUntil(lambda: not slices.busy)
    assert done == [("b", 0), ("b", "end")]


def test_what_is_left_can_be_done_at_once(slices):
    done = []
    slices.run(noting(done, "a", 3))
    slices.finish()
    assert done[-1] == ("a", "end")
    assert not slices.busy
    slices.finish()
