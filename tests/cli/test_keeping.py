"""The store through the command line: sentences, JSON, exit codes."""

import json
import re
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.cli.main import run
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.paths import default_store
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
from tests.work.test_word_sources import LOOSE, word_with_loose_text

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NCS_DESKTOP_HOME", str(tmp_path / "Dữ liệu"))


@pytest.fixture
def phieu(tmp_path):
    """Write a proposal into a file and give its path."""

    def write(name="phiếu.json", **values):
        path = tmp_path / name
        path.write_bytes(write_proposal(make_proposal(**values)))
        return str(path)

    return write


@pytest.fixture
def give(capsys):
    """Run a command; give its exit code, its JSON and what it said on stderr."""

    def run_json(*arguments):
        code = run([*arguments, "--json"])
        output = capsys.readouterr()
        return code, json.loads(output.out) if output.out else None, output.err

    return run_json


def test_import_then_list_then_show(phieu, give):
    code, [result], _ = give("import", phieu())
    assert (code, result["result"], result["id"]) == (0, "new", make_proposal().id)
    code, [line], _ = give("list")
    assert code == 0
    assert line["title"] == make_proposal().title
    assert line["budget"]["total"] == 4_850_000_000
    code, shown, _ = give("show", make_proposal().id[:8])
    assert code == 0
    assert shown["proposal"]["values"]["title"] == make_proposal().title
    assert [version["origin"] for version in shown["history"]] == ["import"]
    assert give("show", make_proposal().title)[1] == shown


def test_a_word_file_stays_with_its_phieu_and_nothing_of_it_is_lost(give, capsys, tmp_path):
    path = tmp_path / "đơn vị Ánh.docx"
    path.write_bytes(word_with_loose_text(Catalog.load()))
    code, [result], _ = give("import", str(path))
    assert code == 0
    _, shown, _ = give("show", result["id"])
    assert [(one["role"], one["original_name"]) for one in shown["attachments"]] == [
        ("word_source", "đơn vị Ánh.docx")
    ]
    assert LOOSE in shown["unplaced"]
    run(["show", result["id"]])
    said = capsys.readouterr().out
    assert "Tệp Word gốc: đơn vị Ánh.docx" in said
    assert f"Chưa xếp vào mục nào: {LOOSE}" in said


def test_import_again_is_same_and_a_change_is_updated(phieu, give):
    give("import", phieu())
    assert give("import", phieu())[1][0]["result"] == "same"
    assert give("import", phieu(title="Tên đã sửa"))[1][0]["result"] == "updated"
    assert give("import", phieu())[1][0]["result"] == "same"
    assert [line["title"] for line in give("list")[1]] == ["Tên đã sửa"]


def test_other_content_of_the_same_revision_is_said_to_be_that(phieu, give, capsys, tmp_path):
    newer = tmp_path / "mới.json"
    newer.write_bytes(write_proposal(replace(make_proposal(title="Lần hai"), revision=2)))
    give("import", phieu())
    assert give("import", phieu(title="Tên đã sửa"))[1][0]["result"] == "updated"
    assert run(["import", phieu(title="Tên sửa nữa"), str(newer)]) == 0
    first, second = capsys.readouterr().out.strip().splitlines()
    assert "cùng mã và cùng lần sửa 1" in first
    assert "bản trước còn ở «Các bản đã lưu» của phiếu, hãy so lại hai bản" in first
    assert second.startswith("Đã cập nhật phiếu")


def test_other_content_than_a_frozen_revision_is_said_to_be_the_next(phieu, give):
    give("import", phieu())
    with Store.open(default_store()) as store:
        store.freeze(make_proposal().id, NOW, None)
    [result] = give("import", phieu(title="Tên đã sửa"))[1]
    assert "bản đã chốt giữ nguyên, bản vừa nhập được cất thành lần sửa 2" in result["reason"]
    assert give("import", phieu())[1][0]["reason"] is None


def test_one_bad_input_stops_no_other(phieu, give, tmp_path):
    bad = tmp_path / "trống.json"
    bad.write_bytes(b"")
    code, results, errors = give("import", str(bad), phieu(), str(tmp_path / "không có.json"))
    assert code == 1
    assert sorted(result["result"] for result in results) == ["new", "rejected", "rejected"]
    assert len(errors.strip().splitlines()) == 2


def test_bad_input_alone_is_exit_2_and_makes_no_store(give, tmp_path):
    code, _, errors = give("import", str(tmp_path / "không có.json"))
    assert code == 2
    assert len(errors.strip().splitlines()) == 1
    assert not (tmp_path / "Dữ liệu").exists()


def test_a_folder_is_read_whole(phieu, give, tmp_path):
    phieu("một.json")
    (tmp_path / "~$hai.docx").write_bytes(b"khoa cua Word")
    code, results, _ = give("import", str(tmp_path))
    assert code == 0
    assert [result["result"] for result in results] == ["new"]


def test_people_get_sentences(phieu, capsys):
    assert run(["list"]) == 0
    assert "Chưa có phiếu" in capsys.readouterr().out
    run(["import", phieu()])
    run(["list"])
    run(["show", make_proposal().title])
    output = capsys.readouterr().out
    assert "Đã thêm phiếu" in output
    assert "4.850.000.000 đồng" in output
    assert "Bản 1: lần sửa 1" in output
    assert "Giảm tối thiểu 15%" in output
    assert run(["list", "--trashed"]) == 0
    assert "Thùng rác trống" in capsys.readouterr().out


def test_unknown_names_and_stores_are_one_sentence(give, tmp_path):
    for arguments in (
        ("show", "không có"),
        ("list", "--store", str(tmp_path / "chưa có.sqlite")),
        ("doctor", "--store", str(tmp_path / "chưa có.sqlite")),
        ("backup", "--to", str(tmp_path / "a.ncsbackup")),
        ("restore", str(tmp_path / "a.ncsbackup")),
    ):
        code, _, errors = give(*arguments)
        assert code == 2, arguments
        assert len(errors.strip().splitlines()) == 1
    assert list(tmp_path.glob("**/*.sqlite")) == []


def test_backup_restore_and_doctor(phieu, give, tmp_path):
    give("import", phieu())
    target = tmp_path / "Sao lưu" / "kho.ncsbackup"
    code, made, _ = give("backup", "--to", str(target))
    assert (code, made["proposals"], made["problems"]) == (0, 1, [])
    give("import", phieu(title="Sửa sau khi sao lưu"))
    code, done, _ = give("restore", str(target))
    assert (code, done["proposals"]) == (0, 1)
    assert Path(done["put_aside"]).exists()
    assert give("list")[1][0]["title"] == make_proposal().title
    assert give("doctor")[:2] == (0, {"store": done["store"], "problems": []})


def test_doctor_names_what_is_wrong(phieu, give, tmp_path):
    store = tmp_path / "kho.sqlite"
    give("import", phieu(), "--store", str(store))
    connection = sqlite3.connect(store)
    connection.execute("UPDATE versions SET body = x'7b7d'")
    connection.commit()
    connection.close()
    code, found, _ = give("doctor", "--store", str(store))
    assert code == 1
    assert found["problems"][0]["code"] == "store.problem.versions"
    assert make_proposal().title in found["problems"][0]["message"]
    code, _, errors = give("show", make_proposal().id, "--store", str(store))
    assert code == 2
    assert "hỏng" in errors


def test_the_store_is_imported_only_where_it_is_needed():
    script = (
        "import sys; from ncs_desktop.cli.main import build_parser; build_parser();"
        "print([name for name in sys.modules if name.startswith(('sqlalchemy', 'filelock'))])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, check=True
    )
    assert found.stdout.strip() == b"[]"


def test_every_code_of_the_store_has_its_sentence():
    folders = [PROJECT / "ncs_desktop" / "store", PROJECT / "ncs_desktop" / "work"]
    sources = [path for folder in folders for path in folder.glob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'"((?:store|keep|file)\.[a-z_.]+)"', text))
    tables = ("proposals", "versions", "frozen", "attachments", "settings")
    codes |= {f"store.problem.{table}" for table in tables}
    assert len(codes) > 25
    assert codes <= set(Messages.load().sentences)


def test_a_proposal_of_an_unknown_form_is_still_shown(give, tmp_path):
    from ncs_desktop.store.store import Store
    from tests.factories import NOW

    strange = Proposal(make_proposal().id, "khac", "v9", "dot-khac")
    with Store.open(tmp_path / "kho.sqlite") as store:
        store.save(strange, NOW)
    code, shown, _ = give("show", strange.id, "--store", str(tmp_path / "kho.sqlite"))
    assert code == 0
    assert shown["form"] == "khac@v9"


def test_before_the_first_import_there_is_no_store_and_that_is_said(capsys, tmp_path):
    assert run(["doctor"]) == 0
    assert capsys.readouterr().out.startswith("Chưa có kho dữ liệu")
    target = tmp_path / "a.ncsbackup"
    assert run(["backup", "--to", str(target)]) == 2
    assert capsys.readouterr().err.startswith("Chưa có kho dữ liệu")
    assert not target.exists()


def test_amounts_are_shown_with_their_unit(phieu, capsys):
    run(["import", phieu()])
    capsys.readouterr()
    run(["show", make_proposal().id[:8]])
    shown = capsys.readouterr().out
    assert "4.850.000.000 đồng" in shown
    assert "Công ty TNHH Thủy sản Hòn Sóc: 1.950.000.000 đồng" in shown


def test_files_that_cannot_be_read_are_kept_with_an_empty_phieu_where_asked(give, tmp_path):
    names = {"phiếu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "quét.pdf": b"%PDF-1.7 ..."}
    paths = []
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
        paths.append(str(tmp_path / name))
    code, results, _ = give("import", *paths)
    assert code == 2
    assert all(item["result"] == "rejected" for item in results)
    code, results, _ = give("import", *paths, "--keep-unread", "an-giang-2026")
    assert code == 0
    assert [item["result"] for item in results] == ["new", "new"]
    assert all("phiếu trống" in item["notes"][0] for item in results)
    for item, name in zip(results, names, strict=True):
        _, shown, _ = give("show", item["id"])
        assert [kept["original_name"] for kept in shown["attachments"]] == [name]
    _, again, _ = give("import", *paths, "--keep-unread", "an-giang-2026")
    assert [item["result"] for item in again] == ["same", "same"]


def test_an_unknown_call_to_keep_files_for_is_one_sentence(give, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 ...")
    code, _, said = give("import", str(tmp_path / "a.pdf"), "--keep-unread", "khong-co")
    assert code == 2
    assert len(said.strip().splitlines()) == 1


def test_import_of_a_bundle_keeps_its_scan_and_files(phieu, give, tmp_path):
    for name in ("bản ký.pdf", "báo giá.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 " + name.encode())
    bundle, call = tmp_path / "bộ nộp.zip", make_proposal().call
    files = ("--scan", str(tmp_path / "bản ký.pdf"), "--attach", str(tmp_path / "báo giá.pdf"))
    made = ("--call", call, "--to", str(bundle), "--allow-errors", "thử", *files)
    assert give("bundle", phieu(), *made)[0] == 0
    for _ in range(2):
        assert give("import", str(bundle))[0] == 0
    _, shown, _ = give("show", make_proposal().id)
    kept = {item["role"]: item["original_name"] for item in shown["attachments"]}
    assert kept == {"signed_scan": "da-ky.pdf", "attachment": "báo giá.pdf"}
    assert len(shown["attachments"]) == 2
