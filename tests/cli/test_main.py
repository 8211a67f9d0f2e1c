"""The command line as a whole: it speaks Vietnamese, and a wrong word is one sentence."""

import re

import pytest

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
