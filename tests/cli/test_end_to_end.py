"""The whole job through the command line, and the demo that shows it."""

import json
import zipfile
from pathlib import Path

import pytest

from ncs_desktop.cli.main import run
from ncs_desktop.paths import data_folder

SAMPLE = data_folder("resources") / "samples" / "an-giang-2026-truy-xuat-lua-gao.json"
NAMING_THE_INPUT = ("report.json", "ket-qua-nhap.xlsx")
NOW = ["--now", "2025-08-05T09:00"]


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NCS_DESKTOP_HOME", str(tmp_path / "nha"))


def test_from_data_to_a_bundle_that_another_office_reads(tmp_path, capsys):
    work = tmp_path / "Nguyễn Ánh" / "Hồ sơ"
    prints, bundle = work / "bộ in ký.pdf", work / "bộ nộp.zip"
    call = ["--call", "an-giang-2026"]
    assert run(["check", str(SAMPLE), *NOW]) == 0
    assert run(["export", str(SAMPLE), "--to", str(work / "phiếu"), *NOW]) == 0
    assert run(["print-set", str(SAMPLE), "--to", str(prints), *call, *NOW]) == 0
    assert run(["bundle", str(SAMPLE), "--to", str(bundle), *call, *NOW]) == 0
    assert run(["verify", str(bundle)]) == 0
    capsys.readouterr()
    assert run(["check", str(bundle), *NOW, "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    codes = {finding["code"] for finding in report["findings"]}
    assert "D06" in codes
    assert "D04" not in codes
    assert run(["export", str(bundle), "--to", str(work / "lại"), "--format", "json", *NOW]) == 0
    (again,) = (work / "lại").iterdir()
    assert json.loads(again.read_bytes())["values"] == json.loads(SAMPLE.read_bytes())["values"]


def test_the_demo_does_the_whole_job_and_says_where_things_lie(tmp_path, capsys):
    folder = tmp_path / "thử"
    assert run(["demo", "--to", str(folder), *NOW]) == 0
    shown = capsys.readouterr().out
    for name in ("1-phieu", "2-bo-in-ky", "3-bo-nop", "4-tong-hop"):
        assert str(folder / name) in shown
    bundles = sorted((folder / "3-bo-nop").iterdir())
    assert len(bundles) == len(list((folder / "2-bo-in-ky").iterdir())) == 3
    for bundle in bundles:
        with zipfile.ZipFile(bundle) as archive:
            assert archive.testzip() is None
        assert run(["verify", str(bundle)]) == 0
    forms = {path.suffix for path in (folder / "1-phieu").iterdir()}
    assert forms == {".docx", ".pdf", ".json"}


def test_the_demo_ends_with_a_table_that_adds_up(tmp_path, capsys):
    folder = tmp_path / "thử"
    assert run(["demo", "--to", str(folder), *NOW, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    for bundle in shown["bundles"]:
        call = Path(bundle["file"]).stem.removeprefix("bo-nop-")
        tables = sorted((folder / "4-tong-hop" / call).iterdir())
        assert [str(path) for path in tables] == sorted(bundle["tables"])
        assert {path.suffix for path in tables} == {".xlsx", ".docx", ".pdf", ".json"}
        report = json.loads((folder / "4-tong-hop" / call / "report.json").read_bytes())
        with zipfile.ZipFile(bundle["file"]) as archive:
            data = [name for name in archive.namelist() if name.endswith("du-lieu.json")]
            budgets = [json.loads(archive.read(name))["values"]["budget"] for name in data]
        assert report["proposals"] == len(budgets)
        assert report["budget"]["total"] == sum(budget["total"] for budget in budgets)


def test_the_demo_twice_gives_the_same_bytes(tmp_path, capsys):
    for name in ("a", "b"):
        assert run(["demo", "--to", str(tmp_path / name), *NOW, "--json"]) == 0
        json.loads(capsys.readouterr().out)
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*.*")
            if path.name not in NAMING_THE_INPUT
        }
        for name in ("a", "b")
    )
    assert one == two
