"""The command line as a whole: it speaks Vietnamese, and a wrong word is one sentence."""

import os
import re
import subprocess
import sys

import pytest

from ncs_desktop.cli.common import Context
from ncs_desktop.cli.main import run

ENGLISH = re.compile(r"\b(usage|argument|required|invalid|choose|options|show this)\b")


@pytest.mark.parametrize(
    "arguments",
    [
        ["bundle"],
        ["xyz"],
        ["check", "--foo", "a.json"],
        ["export", "a.json", "--to"],
        ["verify", "a.zip", "b.zip", "--json=1"],
    ],
)
def test_a_wrong_word_is_one_vietnamese_sentence_and_exit_2(arguments, capsys):
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith("Lệnh chưa đúng (")
    assert not ENGLISH.search(told.err)


@pytest.mark.parametrize("arguments", [["--help"], ["bundle", "--help"], ["check", "--help"]])
def test_help_is_vietnamese(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 0
    assert not ENGLISH.search(capsys.readouterr().out)


def test_a_count_cut_short_leaves_its_line_before_anything_is_said(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    context = Context()
    counted = context.progress(["a", "b", "c"], 3, "Đang đọc")
    next(counted)
    context.fail("cli.cancelled")
    assert capsys.readouterr().err.startswith("\rĐang đọc 1/3\nĐã dừng")


def test_a_log_of_both_streams_keeps_their_order():
    code = (
        "from ncs_desktop.cli.common import Context\n"
        "context = Context()\n"
        "for number in range(4):\n"
        "    (context.warn if number % 2 else context.say)(str(number))\n"
    )
    held_back = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=held_back,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    assert told.stdout.split() == [b"0", b"1", b"2", b"3"]
