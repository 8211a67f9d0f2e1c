"""The commands ``forms``, ``calls`` and ``schema``."""

import argparse
import json

import pytest

from ncs_desktop.cli import catalogue
from ncs_desktop.cli.common import CONTENT_ERRORS, FAILED, FINE, Context
from ncs_desktop.domain.errors import NcsError

NOW = ["--now", "2025-08-05T09:00"]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run one command line and return its exit code, output and error output."""
    monkeypatch.setenv("NCS_DESKTOP_HOME", str(tmp_path / "Nhà"))

    def run_command(*arguments):
        parser = argparse.ArgumentParser()
        catalogue.add_commands(parser.add_subparsers())
        parsed = parser.parse_args(list(arguments))
        context = Context()
        context.configure(parsed)
        try:
            code = parsed.run(parsed, context)
        except NcsError as problem:
            code = context.fail(problem.code, **problem.params)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run_command


def derive(run, *more, source="an-giang-2026", year="2027", deadline="2026-08-10"):
    return run("calls", "--from", source, "--year", year, "--deadline", deadline, *more)


def test_forms_are_listed_with_what_is_not_known(run):
    code, out, err = run("forms")
    assert (code, err) == (FINE, "")
    assert "a1-dxnv@tt15-2022" in out
    assert "Chưa biết" in out


def test_forms_as_json(run):
    code, out, _ = run("forms", "--json")
    forms = {item["full_id"]: item for item in json.loads(out)}
    assert code == FINE
    assert forms["a1-dxnv@tt15-2022"]["effective_from"] == "2022-12-01"
    assert forms["a1-dxnv@tt07-2024"]["effective_from"] is None


def test_calls_say_what_is_still_open(run):
    code, out, _ = run("calls", *NOW)
    assert code == FINE
    assert "trước ngày 10 tháng 8 năm 2025; nên nộp chậm nhất ngày 08/08/2025" in out
    assert out.count("đã quá hạn") == 3
    assert "21/11/2026" in out


def test_calls_as_json(run):
    code, out, _ = run("calls", "--json", *NOW)
    calls = {item["call"]: item for item in json.loads(out)}
    assert code == FINE
    assert list(calls) == ["an-giang-2026", "binh-phuoc-2025", "nam-dinh-2024"]
    deadline = calls["an-giang-2026"]["deadlines"][0]
    assert deadline["late"] is False
    assert deadline["late_from"] == "2025-08-10T00:00:00+07:00"
    assert [item["late"] for item in calls["nam-dinh-2024"]["deadlines"]] == [True, True]


def test_a_new_call_is_made_sent_and_taken_in(run, tmp_path):
    file = str(tmp_path / "Đợt 2027.ncs")
    code, out, err = derive(run, "--deadline-rule", "exclusive_day", "--to", file)
    assert (code, err) == (FINE, "")
    assert "an-giang-2027" in out
    assert "an-giang-2027" not in run("calls")[1]
    code, out, _ = run("calls", "--import", file, "--json")
    assert code == FINE
    assert json.loads(out)["call"] == "an-giang-2027"
    assert "Đợt của riêng bạn" in run("calls")[1]
    copy = tmp_path / "bản sao.ncs"
    assert run("calls", "--export", "an-giang-2027", "--to", str(copy))[0] == FINE
    assert copy.read_bytes() == (tmp_path / "Đợt 2027.ncs").read_bytes()


def test_without_a_target_the_new_call_is_kept(run):
    assert derive(run, "--id", "can-tho-2027", "--title", "Cần Thơ")[0] == FINE
    calls = {item["call"]: item for item in json.loads(run("calls", "--json")[1])}
    assert calls["can-tho-2027"]["own"] is True
    assert calls["can-tho-2027"]["title"] == "Cần Thơ"
    code, _, err = derive(run, "--id", "can-tho-2027")
    assert code == FAILED
    assert "can-tho-2027" in err
    assert derive(run, "--id", "can-tho-2027", "--replace")[0] == FINE


def test_a_new_call_carries_the_day_in_vietnam(run, tmp_path):
    file = tmp_path / "x.ncs"
    derive(run, "--to", str(file), "--now", "2026-05-31T20:00:00+00:00")
    assert json.loads(file.read_text(encoding="utf-8"))["data_date"] == "2026-06-01"


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--export", "an-giang-2026"], "--to"),
        (["--export", "khong-co", "--to", "x"], "khong-co"),
        (["--export", "an-giang-2026", "--import", "x"], "một việc"),
        (["--from", "an-giang-2026"], "--year"),
        (["--from", "an-giang-2026", "--year", "2027"], "--deadline"),
        (["--from", "x", "--year", "2027", "--deadline", "2026-08-10"], "«x»"),
        (["--from", "an-giang-2026", "--year", "hai", "--deadline", "2026-08-10"], "«hai»"),
        (["--from", "an-giang-2026", "--year", "2026", "--deadline", "2026-08-10"], "có sẵn"),
        (["--from", "an-giang-2026", "--year", "2027", "--deadline", "10/8"], "«10/8»"),
        (["--import", "không có.ncs"], "không có.ncs"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, tmp_path, monkeypatch, arguments, part):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("calls", *arguments)
    assert (code, out) == (FAILED, "")
    assert part in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_bad_own_call_is_told_beside_the_list(run, tmp_path):
    folder = tmp_path / "Nhà" / "calls"
    folder.mkdir(parents=True)
    (folder / "hỏng.ncs").write_text("{", encoding="utf-8")
    code, out, err = run("calls")
    assert code == CONTENT_ERRORS
    assert "an-giang-2026" in out
    assert "hỏng.ncs" in err


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "a1-dxnv@tt15-2022", "--json"]])
def test_the_schema_is_json_of_the_form(run, arguments):
    code, out, _ = run(*arguments)
    assert code == FINE
    schema = json.loads(out)
    assert "$schema" in schema
    assert "title" in schema["properties"]["values"]["properties"]


def test_the_schema_of_an_unknown_form_is_refused(run):
    code, _, err = run("schema", "z9")
    assert code == FAILED
    assert "z9" in err
