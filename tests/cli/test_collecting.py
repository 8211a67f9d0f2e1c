"""collect: one folder in, one table that adds up out; exit codes; nothing half-written."""

import json
import multiprocessing
import subprocess
import sys
from dataclasses import replace
from uuid import UUID

import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.cli.main import run
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.store import Store
from ncs_desktop.work.prepare import form_files
from tests.factories import make_proposal
from tests.work.hostile import hostile_files

CALL = ("--call", "an-giang-2026", "--now", "2025-08-05T09:00")
OUTPUTS = {
    "bang-tong-hop.xlsx",
    "bang-tong-hop.docx",
    "bang-tong-hop.pdf",
    "ket-qua-nhap.xlsx",
    "report.json",
}
SENDER = {"kind": "agency", "name": "Sở KH&CN tỉnh An Giang", "place": "An Giang"}


def task(number, **values):
    proposal = make_proposal(title=f"Nhiệm vụ thứ {number}", **values)
    return replace(proposal, id=str(UUID(int=number)))


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NCS_DESKTOP_HOME", str(tmp_path / "nha"))


@pytest.fixture
def received(tmp_path):
    folder = tmp_path / "Hồ sơ đã nhận"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.json").write_bytes(write_proposal(task(number)))
    return folder


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_a_clean_folder_gives_every_file_and_exit_0(received, tmp_path, capsys):
    out = tmp_path / "kết quả"
    assert run(["collect", str(received), "--to", str(out), *CALL]) == 0
    shown = capsys.readouterr()
    assert names(out) == OUTPUTS
    assert "2 phiếu, tổng 9.700.000.000 đồng" in shown.out
    assert shown.err == ""


def test_json_is_the_report_that_is_written(received, tmp_path, capsys):
    out = tmp_path / "ra"
    assert run(["collect", str(received), "--to", str(out), "--json", *CALL]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((out / "report.json").read_text("utf-8"))
    assert printed["proposals"] == 2
    assert printed["budget"]["total"] == 9_700_000_000


def test_the_order_file_ranks_and_a_line_for_nobody_is_said(received, tmp_path, capsys):
    order, out = received / "thứ tự.txt", tmp_path / "ra"
    order.write_text("2. Nhiệm vụ thứ 2\nKhông có\n", encoding="utf-8")
    given = ["collect", str(received), "--to", str(out), "--order", str(order), *CALL]
    assert run(given) == 0
    assert "Không có" in capsys.readouterr().err
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert [UUID(item).int for item in report["order"]] == [2, 1]
    assert len(report["inputs"]) == 2


def test_an_order_line_of_several_proposals_asks_for_the_code(received, tmp_path, capsys):
    like = replace(task(2, proposer_name="Viện khác"), id=task(4).id)
    (received / "4.json").write_bytes(write_proposal(like))
    order = tmp_path / "order.txt"
    order.write_text("Nhiệm vụ thứ 2\nNhiệm vụ thứ 1\nNhiệm vụ thứ 1\n", encoding="utf-8")
    given = ["collect", str(received), "--to", str(tmp_path / "ra"), "--order", str(order), *CALL]
    assert run(given) == 0
    told = capsys.readouterr().err
    assert "«Nhiệm vụ thứ 2» của tệp thứ tự ứng với 2 phiếu" in told
    assert "«Nhiệm vụ thứ 1» của tệp thứ tự lặp lại" in told


def test_rejected_files_and_errors_are_exit_1_and_named(received, tmp_path, capsys):
    for name, (content, _) in hostile_files().items():
        (received / name).write_bytes(content)
    out = received / "ra"
    assert run(["collect", str(received), "--to", str(out), *CALL]) == 1
    told = capsys.readouterr().err
    assert all(name in told for name in hostile_files())
    assert "Traceback" not in told
    assert names(out) == OUTPUTS
    (received / "3.json").write_bytes(write_proposal(task(3, urgency="")))
    assert run(["collect", str(received / "3.json"), "--to", str(out), *CALL]) == 1
    assert "lỗi trong các phiếu" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "points"), [("a4", (842, 595)), ("A3", (1191, 842))])
def test_the_table_is_for_the_paper_that_is_asked_for(received, tmp_path, asked, points):
    import docx
    import openpyxl
    import pypdf

    out = tmp_path / "ra"
    assert run(["collect", str(received), "--to", str(out), "--paper", asked, *CALL]) == 0
    box = pypdf.PdfReader(out / "bang-tong-hop.pdf").pages[0].mediabox
    assert (round(box.width), round(box.height)) == points
    section = docx.Document(out / "bang-tong-hop.docx").sections[0]
    assert (round(section.page_width.pt), round(section.page_height.pt)) == points
    setup = openpyxl.load_workbook(out / "bang-tong-hop.xlsx").worksheets[0].page_setup
    assert (int(setup.paperSize), setup.orientation) == (8 if points[1] == 842 else 9, "landscape")


def test_a_paper_that_is_none_is_exit_2_before_anything_is_read(received, tmp_path, capsys):
    out = tmp_path / "ra"
    assert run(["collect", str(received), "--to", str(out), "--paper", "a5", *CALL]) == 2
    assert "a5" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", None])
def test_where_nothing_can_be_read_nothing_is_written(tmp_path, capsys, content):
    path, out = tmp_path / "a.json", tmp_path / "ra" / "sâu"
    if content is not None:
        path.write_bytes(content)
    assert run(["collect", str(path), "--to", str(out), *CALL]) == 2
    assert str(path) in capsys.readouterr().err
    assert not out.parent.exists()


def test_an_unknown_call_or_a_file_as_folder_is_exit_2(received, tmp_path, capsys):
    out = tmp_path / "ra"
    assert run(["collect", str(received), "--to", str(out), "--call", "sao-hoa"]) == 2
    assert not out.exists()
    out.write_bytes(b"x")
    assert run(["collect", str(received), "--to", str(out), *CALL]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_bad_time_of_receipt_names_its_own_option(received, tmp_path, capsys):
    given = ["collect", str(received), "--to", str(tmp_path / "ra"), "--received", "hôm qua"]
    assert run([*given, *CALL]) == 2
    told = capsys.readouterr().err
    assert "--received" in told
    assert "--now" not in told


def test_the_store_is_touched_only_when_named_and_takes_nothing_twice(received, tmp_path, capsys):
    out, store = tmp_path / "ra", tmp_path / "kho.sqlite"
    given = ["collect", str(received), "--to", str(out), "--store", str(store), "--json", *CALL]
    assert run(given) == 0
    assert {item["result"] for item in json.loads(capsys.readouterr().out)["inputs"]} == {"new"}
    assert run(given) == 0
    report = json.loads(capsys.readouterr().out)
    assert {item["result"] for item in report["inputs"]} == {"same"}
    assert report["proposals"] == 2


def test_with_a_sender_the_dossier_is_made_and_collected_again(received, tmp_path, capsys):
    out, sender = tmp_path / "ra", tmp_path / "sở.json"
    sender.write_text(json.dumps(SENDER), encoding="utf-8")
    given = ["collect", str(received), "--to", str(out), "--sender", str(sender), *CALL]
    assert run(given) == 0
    dossier = out / "ho-so-tong-hop.zip"
    assert names(out) == {*OUTPUTS, dossier.name}
    assert run(["verify", str(dossier)]) == 0
    assert run(["collect", str(dossier), "--to", str(tmp_path / "bộ"), "--json", *CALL]) == 0
    first, second = (
        json.loads((folder / "report.json").read_text("utf-8")) for folder in (out, tmp_path / "bộ")
    )
    assert first["budget"] == second["budget"]
    assert first["order"] == second["order"]
    bytes_once = dossier.read_bytes()
    assert run(given) == 0
    assert dossier.read_bytes() == bytes_once


def test_errors_stand_against_the_dossier_until_a_reason_is_given(received, tmp_path, capsys):
    (received / "3.json").write_bytes(write_proposal(task(3, urgency="")))
    out, sender = tmp_path / "ra", tmp_path / "sở.json"
    sender.write_text(json.dumps(SENDER), encoding="utf-8")
    given = ["collect", str(received), "--to", str(out), "--sender", str(sender), *CALL]
    assert run(given) == 1
    assert "--allow-errors" in capsys.readouterr().err
    assert names(out) == OUTPUTS
    assert run([*given, "--allow-errors", "Đơn vị sẽ bổ sung"]) == 1
    assert "ho-so-tong-hop.zip" in names(out)


def test_word_files_are_collected_checked_exported_and_imported(tmp_path, capsys):
    catalog = Catalog.load()
    path = tmp_path / "phiếu.docx"
    path.write_bytes(form_files(catalog, make_proposal(), ["docx"], draft=False)["docx"])
    out, store = tmp_path / "ra", tmp_path / "kho.sqlite"
    run(["collect", str(path), "--to", str(out), "--json", *CALL])
    report = json.loads(capsys.readouterr().out)
    assert report["budget"]["total"] == 4_850_000_000
    assert report["inputs"][0]["unplaced"] == []
    run(["check", str(path), "--json", *CALL])
    assert json.loads(capsys.readouterr().out)[0]["input"] == str(path)
    assert run(["export", str(path), "--to", str(out), "--format", "json", "--draft"]) == 0
    capsys.readouterr()
    written = json.loads(next(out.glob("phieu-*.json")).read_text("utf-8"))
    assert written["values"]["title"] == make_proposal().title
    assert run(["import", str(path), "--store", str(store), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["result"] == "new"
    assert run(["import", str(path), "--store", str(store), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["result"] == "same"


def test_stopping_by_ctrl_c_keeps_what_was_read_and_the_rest_comes_next_time(
    received, tmp_path, capsys, monkeypatch
):
    def stopped(self, items, total, label):
        yield from list(items)[:1]
        raise KeyboardInterrupt

    store, out = tmp_path / "kho.db", tmp_path / "ra"
    command = ["collect", str(received), "--to", str(out), *CALL, "--store", str(store)]
    with monkeypatch.context() as patch:
        patch.setattr("ncs_desktop.cli.common.Context.progress", stopped)
        assert run(command) == 2
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert not out.exists()
    assert multiprocessing.active_children() == []
    with Store.open(store) as opened:
        assert len(opened.summaries()) <= 1
    assert run(["doctor", "--store", str(store)]) == 0
    assert run(command) == 0
    assert json.loads((out / "report.json").read_text("utf-8"))["proposals"] == 2


def test_two_at_once_on_one_store_keep_what_both_read(received, tmp_path):
    store = tmp_path / "kho.db"
    folders = [tmp_path / "trái", tmp_path / "phải"]
    for number, folder in enumerate(folders, 1):
        folder.mkdir()
        (folder / "x.json").write_bytes((received / f"{number}.json").read_bytes())
        (folder / "y.json").write_bytes(write_proposal(task(10 + number)))
    commands = [
        [sys.executable, "-m", "ncs_desktop", "collect", str(folder), "--to", str(folder / "ra"),
         *CALL, "--store", str(store)]
        for folder in folders
    ]  # fmt: skip
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    assert [process.wait(120) for process in running] == [0, 0]
    with Store.open(store) as opened:
        assert len(opened.summaries()) == 4
