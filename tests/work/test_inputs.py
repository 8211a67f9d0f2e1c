"""Reading what a person points at: files, folders, and what is no proposal at all."""

import json
import shutil
from dataclasses import replace
from uuid import UUID

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.exchange.archive import read_archive, write_archive
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.paths import data_folder
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.inputs import input_files, note_text, read_file, read_input
from tests.factories import NOW, make_proposal
from tests.work.hostile import OLE

SAMPLES = data_folder("resources") / "samples"


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


def test_a_folder_is_read_in_the_order_of_its_names(catalog):
    loaded = read_input(SAMPLES, catalog)
    assert [item.source for item in loaded] == sorted(item.source for item in loaded)
    assert {item.proposal.call for item in loaded} == set(catalog.calls)


def test_lock_files_other_files_and_inner_folders_are_left_alone(tmp_path, catalog):
    sample = next(SAMPLES.glob("*.json"))
    shutil.copy(sample, tmp_path / "Phiếu.JSON")
    for name in ("~$phieu.json", ".~lock.phieu.json#", ".an.json", "ghi-chu.txt"):
        (tmp_path / name).write_bytes(b"x")
    inner = tmp_path / "trong.json"
    inner.mkdir()
    assert input_files(tmp_path) == [tmp_path / "Phiếu.JSON"]
    assert len(read_input(tmp_path, catalog)) == 1


def test_an_empty_folder_and_a_missing_file_are_told_apart(tmp_path, catalog):
    with pytest.raises(InputProblem) as caught:
        read_input(tmp_path, catalog)
    assert caught.value.code == "input.empty_folder"
    with pytest.raises(EnvironmentProblem) as missing:
        read_input(tmp_path / "khong-co.json", catalog)
    assert missing.value.code == "file.missing"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.json", b"", "proposal.empty"),
        ("a.json", b"%PDF-1.7 ...", "input.pdf"),
        ("a.docx", write_archive({"word/document.xml": b"<x/>"}), "docx.not_word"),
        ("a.xlsx", write_archive({"xl/workbook.xml": b"<x/>"}), "input.office"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "input.old_word"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "input.old_word"),
        ("a.rtf", b"{\\rtf1 phieu}", "input.rtf"),
        ("a.doc", b"khong phai Word", "input.damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "input.office"),
        ("a.eml", b"From: a@vidu.example\r\n\r\nkhong kem gi", "input.no_attachment"),
        ("a.eml", b"khong phai thu", "mail.not_mail"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "mail.damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "input.picture"),
        ("winmail.dat", b"\x78\x9f\x3e\x22....", "input.tnef"),
        ("a.zip", b"", "input.damaged"),
        ("a.zip", write_archive({"a.txt": b"x"}), "bundle.no_manifest"),
        ("a.zip", write_archive({"a.txt": b"x"})[:-4], "archive.truncated"),
        ("a.json", b'{"format": "khac"}', "proposal.other_format"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00", "input.packed"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00", "input.packed"),
        ("a.tif", b"II*\x00", "input.picture"),
        ("a.heic", b"\0\0\0\x18ftypheic", "input.picture"),
        ("a.pdf", b"khong phai PDF", "input.damaged"),
    ],
)
def test_what_is_no_proposal_is_refused_by_its_content(tmp_path, catalog, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputProblem) as caught:
        read_input(path, catalog)
    assert caught.value.code == code
    assert caught.value.params["file"] == str(path)


def test_an_unknown_call_or_form_is_named_with_its_file(tmp_path, catalog):
    path = tmp_path / "phieu.ncs"
    tree = json.loads(write_proposal(make_proposal()))
    path.write_text(json.dumps({**tree, "call": "sao-hoa-2099"}), encoding="utf-8")
    with pytest.raises(InputProblem) as caught:
        read_input(path, catalog)
    assert caught.value.code == "input.unknown_call"
    assert caught.value.params == {"file": str(path), "call": "sao-hoa-2099"}
    assert read_input(path, catalog, any_call=True)[0].proposal.call == "sao-hoa-2099"
    path.write_text(json.dumps({**tree, "form_version": "tt99"}), encoding="utf-8")
    with pytest.raises(InputProblem) as caught:
        read_input(path, catalog)
    assert caught.value.params == {"file": str(path), "form": "a1-dxnv@tt99"}


def test_a_bundle_changed_on_its_way_is_read_with_what_differs(catalog, tmp_path):
    whole = make_bundle(
        catalog, [make_proposal()], make_proposal().call, None, (), now=NOW, allow_errors="thử"
    )
    files = read_archive(whole.content, "bo-nop.zip")
    data = next(name for name in files if name.endswith("du-lieu.json"))
    amount = b"4850000000"
    assert amount in files[data]
    changed = {**files, data: files[data].replace(amount, b"4850000001")}
    path = tmp_path / "bo-nop.zip"
    path.write_bytes(write_archive(changed))
    (loaded,) = read_file(path, catalog)
    assert loaded.altered
    assert {note.message for note in loaded.notes} >= {"bundle.changed"}
    path.write_bytes(whole.content)
    (intact,) = read_file(path, catalog)
    assert not intact.altered
    assert intact.notes == ()


def test_what_differs_in_a_bundle_of_many_is_told_once(catalog, tmp_path):
    many = [replace(make_proposal(title=f"Nhiệm vụ {n}"), id=str(UUID(int=n))) for n in (1, 2, 3)]
    made = make_bundle(catalog, many, many[0].call, None, (), now=NOW, allow_errors="thử")
    files = read_archive(made.content, "bo-nop.zip")
    data = [name for name in files if name.endswith("du-lieu.json")][1]
    path = tmp_path / "bo-nop.zip"
    path.write_bytes(write_archive({**files, data: files[data].replace(b"Nhi", b"nhi")}))
    found = read_file(path, catalog)
    assert [item.altered for item in found] == [True, True, True]
    told = [note for item in found for note in item.notes]
    assert len(told) == len(set(told))
    assert "bundle.changed" in {note.message for note in told}


def test_what_cannot_be_read_beside_a_proposal_says_what_to_ask_for(catalog, tmp_path):
    path = tmp_path / "goi.zip"
    files = {"a.json": write_proposal(make_proposal()), "b.doc": OLE}
    path.write_bytes(write_archive(files))
    [loaded] = read_file(path, catalog)
    [note] = loaded.notes
    assert note.message == "input.old_word"
    assert "xin bản .docx" in note_text(note, Messages.load())
