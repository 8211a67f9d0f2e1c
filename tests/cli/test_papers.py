"""check, export, print-set, bundle, verify, demo: exit codes, JSON, and nothing half-written."""

import json
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ncs_desktop.cli.main import run
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.paths import data_folder
from tests.factories import make_proposal

NOW = "2025-08-05T09:00"
SAMPLES = data_folder("resources") / "samples"


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("NCS_DESKTOP_HOME", str(tmp_path / "nha"))


@pytest.fixture
def phieu(tmp_path):
    """A complete proposal in a folder whose name has spaces and diacritics."""
    path = tmp_path / "Hồ sơ của Ánh" / "phiếu.json"
    path.parent.mkdir()
    path.write_bytes(write_proposal(make_proposal()))
    return path


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "con-thieu.json"
    path.write_bytes(write_proposal(make_proposal(contents="", title="Phiếu còn thiếu")))
    return path


def call(*arguments):
    return run([str(argument) for argument in arguments])


def test_check_says_fine_or_which_errors(phieu, faulty, capsys):
    assert call("check", phieu, "--now", NOW) == 0
    assert "0 lỗi" in capsys.readouterr().out
    assert call("check", phieu, faulty, "--now", NOW) == 1
    assert "LỖI F01" in capsys.readouterr().out


def test_check_gives_json_in_the_agreed_shape(phieu, faulty, capsys):
    assert call("check", faulty, phieu, "--now", NOW, "--json") == 1
    first, second = json.loads(capsys.readouterr().out)
    assert first["input"] == str(faulty)
    assert second["input"] == str(phieu)
    (error,) = [item for item in first["findings"] if item["severity"] == "error"]
    assert set(error) == {"code", "severity", "field", "message"}
    assert (error["code"], error["field"]) == ("F01", "contents")


def test_check_by_another_call(phieu):
    assert call("check", phieu, "--call", "binh-phuoc-2025", "--now", NOW) in (0, 1)
    assert call("check", phieu, "--call", "khong-co") == 2


def test_what_reading_dropped_is_said(tmp_path, capsys):
    path = tmp_path / "a.json"
    path.write_bytes(write_proposal(make_proposal(title="Tên\u0007 nhiệm vụ")))
    call("check", path, "--now", NOW)
    assert "đã bỏ 1 ký tự" in capsys.readouterr().err


def test_export_writes_the_asked_formats(phieu, tmp_path, capsys):
    folder = tmp_path / "Kết quả"
    assert (
        call("export", phieu, "--to", folder, "--format", "pdf,json", "--now", NOW, "--json") == 0
    )
    files = [Path(name) for name in json.loads(capsys.readouterr().out)["files"]]
    assert sorted(path.suffix for path in files) == [".json", ".pdf"]
    assert sorted(files) == sorted(folder.iterdir())


def test_export_of_errors_writes_nothing_but_a_draft_does(faulty, tmp_path, capsys):
    folder = tmp_path / "ra"
    assert call("export", faulty, "--to", folder, "--now", NOW) == 1
    assert not folder.exists()
    assert "--draft" in capsys.readouterr().err
    assert call("export", faulty, "--to", folder, "--draft", "--now", NOW) == 0
    assert {path.suffix for path in folder.iterdir()} == {".docx", ".pdf"}


def test_export_of_the_blank_form(tmp_path):
    assert call("export", "--blank", "a1-dxnv", "--to", tmp_path / "mau") == 0
    assert len(list((tmp_path / "mau").iterdir())) == 2
    assert call("export", "--blank", "b9", "--to", tmp_path / "mau") == 2
    assert call("export", "--to", tmp_path / "mau") == 2


def test_print_set(phieu, faulty, tmp_path, capsys):
    target = tmp_path / "bo-in-ky.pdf"
    options = ("--to", target, "--call", "an-giang-2026", "--now", NOW)
    assert call("print-set", faulty, *options) == 1
    assert not target.exists()
    capsys.readouterr()
    assert call("print-set", phieu, *options, "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["pages"] == sum(paper["pages"] for paper in shown["papers"])
    first = target.read_bytes()
    assert call("print-set", phieu, *options) == 0
    assert target.read_bytes() == first


def test_bundle_twice_is_the_same_and_verifies(phieu, tmp_path):
    one, two = tmp_path / "1.zip", tmp_path / "2.zip"
    for target in (one, two):
        assert call("bundle", phieu, "--to", target, "--call", "an-giang-2026", "--now", NOW) == 0
    assert one.read_bytes() == two.read_bytes()
    assert call("verify", one) == 0


def test_bundle_with_sender_attachment_scan_and_reason(faulty, tmp_path, capsys):
    sender = tmp_path / "ben-gui.json"
    sender.write_text('{"kind": "agency", "name": "Sở Công Thương"}', encoding="utf-8")
    for name in ("Tài liệu.pdf", "quét.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 noi dung")
    target = tmp_path / "x.zip"
    arguments = ["bundle", faulty, "--to", target, "--call", "an-giang-2026", "--now", NOW]
    arguments += ["--sender", sender, "--attach", tmp_path / "Tài liệu.pdf"]
    arguments += ["--scan", tmp_path / "quét.pdf"]
    assert call(*arguments) == 1
    assert not target.exists()
    assert call(*arguments, "--allow-errors", "Sở đã đồng ý") == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["sender"]["name"] == "Sở Công Thương"
    assert manifest["proposals"][0]["waivers"][0]["reason"] == "Sở đã đồng ý"
    names = {entry["role"]: entry["original_name"] for entry in manifest["files"]}
    assert names["attachment"] == "Tài liệu.pdf"
    assert "signed_scan" in names
    capsys.readouterr()
    assert call("check", target, "--now", NOW) == 0
    assert "đã chấp nhận: Sở đã đồng ý" in capsys.readouterr().out


def test_bundle_freezes_the_revision_in_a_store_that_is_named(phieu, tmp_path, capsys):
    store = tmp_path / "kho.sqlite"
    options = ["--to", tmp_path / "x.zip", "--call", "an-giang-2026", "--now", NOW]
    assert call("bundle", phieu, *options) == 0
    assert not store.exists()
    assert call("bundle", phieu, *options, "--store", store) == 0
    assert call("bundle", phieu, *options, "--store", store) == 0
    capsys.readouterr()
    assert call("list", "--store", store, "--json") == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert kept["control_code"] == make_proposal().control_code()


def test_a_store_with_another_version_is_left_alone_and_said(phieu, tmp_path, capsys):
    store = tmp_path / "kho.sqlite"
    newer = tmp_path / "moi.json"
    newer.write_bytes(write_proposal(replace(make_proposal(title="Bản mới hơn"), revision=2)))
    assert call("import", newer, "--store", store) == 0
    options = ["--to", tmp_path / "x.zip", "--call", "an-giang-2026", "--now", NOW]
    assert call("bundle", phieu, *options, "--store", store) == 0
    assert "Kho đang giữ một bản khác" in capsys.readouterr().err
    assert call("list", "--store", store, "--json") == 0
    (kept,) = json.loads(capsys.readouterr().out)
    assert not kept["control_code"]


def test_a_changed_dong_inside_a_bundle_is_named(phieu, tmp_path, capsys):
    target = tmp_path / "x.zip"
    call("bundle", phieu, "--to", target, "--call", "an-giang-2026", "--now", NOW)
    changed = tmp_path / "sua.zip"
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("du-lieu.json"):
                content = content.replace(b"4850000000", b"4850000001")
            new.writestr(entry, content)
    capsys.readouterr()
    assert call("verify", changed) == 1
    shown = capsys.readouterr().out
    assert "du-lieu.json" in shown
    assert "mã kiểm soát" in shown
    assert make_proposal().title in shown


def test_an_input_of_another_call_is_refused(phieu, tmp_path, capsys):
    target = tmp_path / "x.zip"
    assert call("bundle", phieu, "--to", target, "--call", "nam-dinh-2024", "--now", NOW) == 2
    assert "An Giang · 2026" in capsys.readouterr().err
    assert not target.exists()


def bad_inputs(folder):
    """The bad input of every day: what to write, and what the sentence must name."""
    good = json.loads(write_proposal(make_proposal()))
    wrong = json.loads(write_proposal(make_proposal()))
    wrong["values"]["budget"]["total"] = "4,85 tỷ"
    return {
        "mat.json": None,
        "rong.json": b"",
        "gia.json": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 ...",
        "khac.json": b'{"name": "package", "version": "1.0.0"}',
        "kieu.json": json.dumps(wrong).encode(),
        "mau.json": json.dumps({**good, "form": "b7-la"}).encode(),
        "dot.json": json.dumps({**good, "call": "sao-hoa-2099"}).encode(),
        "moi.json": json.dumps({**good, "version": 2}).encode(),
        "zip.zip": b"PK\x03\x04 hong",
    }


@pytest.mark.parametrize("name", list(bad_inputs(None)))
@pytest.mark.parametrize("command", ["check", "export", "print-set", "bundle"])
def test_bad_input_is_one_sentence_and_nothing_is_written(command, name, tmp_path, capsys):
    path, content = tmp_path / name, bad_inputs(tmp_path)[name]
    if content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    options = {
        "check": [],
        "export": ["--to", tmp_path / "ra"],
        "print-set": ["--to", tmp_path / "ra.pdf", "--call", "an-giang-2026"],
        "bundle": ["--to", tmp_path / "ra.zip", "--call", "an-giang-2026"],
    }[command]
    assert call(command, path, *options, "--now", NOW) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert path.name in shown.err
    assert "Traceback" not in shown.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["export", "{phieu}", "--to", "{ra}", "--format", "odt"],
        ["bundle", "{phieu}", "--to", "{ra}", "--call", "sao-hoa-2099"],
        ["bundle", "{phieu}", "--to", "{ra}", "--call", "an-giang-2026", "--sender", "{mat}"],
        ["bundle", "{phieu}", "--to", "{ra}", "--call", "an-giang-2026", "--attach", "{mat}"],
        ["verify", "{mat}"],
        ["verify", "{phieu}"],
        ["check", "{phieu}", "--now", "hôm qua"],
    ],
)
def test_bad_arguments_are_one_sentence(arguments, phieu, tmp_path, capsys):
    names = {"phieu": phieu, "ra": tmp_path / "ra", "mat": tmp_path / "mat.json"}
    assert call(*(argument.format(**names) for argument in arguments)) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "ra").exists()


def test_a_folder_that_is_a_file_is_one_sentence(phieu, tmp_path, capsys):
    blocked = tmp_path / "tep"
    blocked.write_bytes(b"x")
    for command in (
        ["export", phieu, "--to", blocked],
        ["export", phieu, "--to", blocked / "trong"],
        ["bundle", phieu, "--to", blocked / "x.zip", "--call", "an-giang-2026"],
    ):
        assert call(*command, "--now", NOW) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert blocked.read_bytes() == b"x"


def test_checking_imports_nothing_heavy(phieu, monkeypatch):
    import subprocess

    code = (
        "import sys; from ncs_desktop.cli.main import run\n"
        f"assert run(['check', {str(phieu)!r}, '--now', {NOW!r}]) == 0\n"
        "heavy = {'reportlab', 'docx', 'openpyxl', 'lxml', 'PySide6', 'sqlalchemy'}\n"
        "found = heavy & {name.partition('.')[0] for name in sys.modules}\n"
        "assert not found, found\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr


def test_a_folder_of_inputs_is_exported_whole(tmp_path):
    folder = tmp_path / "vao"
    shutil.copytree(SAMPLES, folder)
    assert call("export", folder, "--to", tmp_path / "ra", "--format", "json", "--draft") == 0
    assert len(list((tmp_path / "ra").iterdir())) == len(list(SAMPLES.glob("*.json")))


LONG = "\n".join(f"{number}. Việc thứ {number} của nhiệm vụ này." for number in range(1, 60))


def written(path, **values):
    path.write_bytes(write_proposal(make_proposal(**values)))
    return path


def test_what_the_table_leaves_out_is_said(tmp_path, capsys):
    sender = tmp_path / "ben-gui.json"
    sender.write_text('{"kind": "agency", "name": "Sở Công Thương"}', encoding="utf-8")
    long = written(tmp_path / "dai.json", contents=LONG)
    options = ("--call", "an-giang-2026", "--sender", sender, "--now", NOW)
    assert call("bundle", long, "--to", tmp_path / "x.zip", *options) == 0
    assert "«Nội dung chính (bản gọn cho bảng tổng hợp)»" in capsys.readouterr().err
    assert call("print-set", long, "--to", tmp_path / "x.pdf", *options) == 0
    assert "«Nội dung chính (bản gọn cho bảng tổng hợp)»" in capsys.readouterr().err


def test_characters_that_print_as_boxes_are_said(tmp_path, capsys):
    path = written(tmp_path / "a.json", objectives="- Giảm 15% hao hụt \U0001f600")
    assert call("check", path, "--now", NOW) == 0
    assert "Cảnh báo F01" in capsys.readouterr().out
    assert call("export", path, "--to", tmp_path / "ra", "--draft", "--now", NOW) == 0
    assert "\U0001f600" in capsys.readouterr().err


def test_a_call_after_the_new_law_is_said_to_be_so(phieu, tmp_path, capsys):
    made = ("--from", "an-giang-2026", "--year", "2027", "--deadline", "2026-08-10")
    assert call("calls", *made, "--id", "moi-2027", "--now", "2026-06-01") == 0
    path = tmp_path / "moi.json"
    path.write_bytes(write_proposal(replace(make_proposal(plan_year=2027), call="moi-2027")))
    capsys.readouterr()
    assert call("calls", "--now", "2026-06-01") == 0
    assert "01/10/2025" in capsys.readouterr().out
    for command in (
        ["check", path],
        ["bundle", path, "--to", tmp_path / "x.zip", "--call", "moi-2027", "--allow-errors", "thử"],
        ["print-set", path, "--to", tmp_path / "x.pdf", "--call", "moi-2027", "--draft"],
    ):
        call(*command, "--now", "2026-06-01")
        errors = capsys.readouterr().err
        assert "01/10/2025" in errors, command
        assert "01/06/2026" in errors, command
    assert call("check", phieu, "--now", NOW) == 0
    assert "01/10/2025" not in capsys.readouterr().err


def test_accepted_errors_are_counted(faulty, tmp_path, capsys):
    options = ("--to", tmp_path / "x.zip", "--call", "an-giang-2026", "--now", NOW)
    assert call("bundle", faulty, *options, "--allow-errors", "   ") == 1
    assert call("bundle", faulty, *options, "--allow-errors", "Sở đồng ý") == 0
    assert "0 lỗi, 1 lỗi đã chấp nhận có lý do" in capsys.readouterr().out


def test_where_writing_fails_the_folder_is_named(phieu, tmp_path, capsys):
    blocked = tmp_path / "tep"
    blocked.write_bytes(b"x")
    for target in (blocked, blocked / "trong"):
        assert call("export", phieu, "--to", target, "--now", NOW) == 2
        assert capsys.readouterr().err == (
            f"«{blocked}» là tệp, không phải thư mục; hãy chọn thư mục khác.\n"
        )


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has /proc")
def test_a_place_where_nothing_can_be_made_is_said(phieu, capsys):
    assert call("export", phieu, "--to", "/proc/ncs-ra", "--now", NOW) == 2
    assert capsys.readouterr().err.startswith("Không tạo được «/proc/ncs-ra»")


def test_export_without_a_proposal_speaks_of_export(tmp_path, capsys):
    assert call("export", "--to", tmp_path / "ra") == 2
    assert capsys.readouterr().err.startswith("Không có phiếu nào để xuất")


def test_help_is_vietnamese_throughout(capsys):
    for command in ("check", "export", "print-set", "bundle", "verify", "demo", "collect", "calls"):
        with pytest.raises(SystemExit):
            run([command, "--help"])
        shown = capsys.readouterr().out
        for word in ("INPUT", "DIR", "FILE", "LIST", "ISO ", " ID"):
            assert word not in shown, (command, word)
