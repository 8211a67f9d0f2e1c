"""Verify: every edit that the bundle itself can betray is named, and the right part is blamed."""

import hashlib
import json
from dataclasses import replace

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import read_archive, write_archive
from ncs_desktop.exchange.manifest import is_sealed
from ncs_desktop.work.bundling import make_bundle, read_sender_file, verify_bundle
from tests.factories import NOW, make_proposal

FIRST = make_proposal()
SECOND = replace(
    make_proposal(title="Đào tạo chuyên gia năng suất", task_kind="training", commitments=[]),
    id="22222222-2222-4222-8222-222222222222",
)
MANIFEST = "manifest.json"
FOLDER = "3-phieu-de-xuat/01-xay-dung-mo-hinh-diem-ap-dung-iso-9001"
OTHER = "3-phieu-de-xuat/02-dao-tao-chuyen-gia-nang-suat"


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="module")
def files(catalog):
    sender = Sender("organization", "Công ty Mê Kông", place="An Giang")
    made = make_bundle(catalog, [FIRST, SECOND], "an-giang-2026", sender, (), now=NOW)
    return read_archive(made.content, "x")


def edited(files, edit, *, sealed=False):
    """The bundle with its manifest edited; without ``sealed`` the digest of itself is left out."""
    files = dict(files)
    manifest = json.loads(files[MANIFEST])
    if not sealed:
        del manifest["manifest_digest"]
    edit(manifest, files)
    for entry in manifest["files"]:
        if entry["path"] in files and entry.pop("refresh", False):
            entry["sha256"] = hashlib.sha256(files[entry["path"]]).hexdigest()
            entry["size"] = len(files[entry["path"]])
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False).encode()
    return write_archive(files)


def found(catalog, content):
    messages = Messages.load()
    result = verify_bundle(content, "x.zip", catalog).differences
    assert all(messages.text(item.message, **item.params) for item in result)
    return [(item.message, item.path) for item in result]


def set_entry(index, **changes):
    return lambda manifest, _files: manifest["proposals"][index].update(changes)


def set_role(manifest, _files):
    manifest["files"][1]["role"] = "attachment"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda m, _: m["proposals"].pop(), ["bundle.unlisted_proposal"]),
        (set_entry(0, title="Tên khác"), ["bundle.title"]),
        (lambda m, _: m.update(call="nam-dinh-2024"), ["bundle.call", "bundle.call"]),
        (lambda m, _: m["proposals"].reverse(), ["bundle.order", "bundle.order"]),
        (set_role, ["bundle.role"]),
        (set_entry(0, digest="0" * 64), ["bundle.manifest_code"]),
        (set_entry(0, control_code="A1-0000-0000-r1"), ["bundle.manifest_code"]),
        (set_entry(0, revision=2), ["bundle.manifest_revision"]),
        (set_entry(0, id="33333333-3333-4333-8333-333333333333"), ["bundle.manifest_id"]),
        (
            set_entry(0, waivers=[{"code": "F01", "reason": "x", "at": "", "by": ""}]),
            ["bundle.waivers"],
        ),
    ],
)
def test_an_edit_of_the_manifest_alone_is_laid_to_the_manifest(catalog, files, edit, expected):
    assert found(catalog, edited(files, edit)) == [(code, MANIFEST) for code in expected]


def test_the_digest_of_the_manifest_betrays_what_nothing_else_does(catalog, files):
    def edit(manifest, _files):
        manifest["sender"]["name"] = "Công ty Khác"

    assert found(catalog, edited(files, edit)) == []
    assert found(catalog, edited(files, edit, sealed=True)) == [
        ("bundle.manifest_changed", MANIFEST)
    ]
    assert is_sealed(files[MANIFEST], "x") is True
    assert verify_bundle(edited(files, lambda *_: None), "x", catalog).sealed is None


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_form_laid_over_another_is_named(catalog, files, suffix):
    path = f"{FOLDER}/phieu-a1-dxnv.{suffix}"

    def edit(manifest, content):
        content[path] = content[f"{OTHER}/phieu-a1-dxnv.{suffix}"]
        for entry in manifest["files"]:
            entry["refresh"] = entry["path"] == path

    assert found(catalog, edited(files, edit)) == [("bundle.paper", path)]


def test_data_changed_with_digest_and_hash_is_still_not_what_the_papers_say(catalog, files):
    changed = FIRST.with_value("budget.total", 1)
    path = f"{FOLDER}/du-lieu.json"

    def edit(manifest, content):
        content[path] = content[path].replace(b"4850000000", b"1")
        manifest["proposals"][0]["digest"] = changed.digest
        for entry in manifest["files"]:
            entry["refresh"] = entry["path"] == path

    assert found(catalog, edited(files, edit)) == [("bundle.control_code", path)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, "bundle.newer"),
        ({"format": "khac"}, "bundle.other_format"),
        ({"format": "ncs-call"}, "bundle.other_format"),
    ],
)
def test_a_bundle_of_another_program_is_refused_by_its_right_name(catalog, files, changes, code):
    content = edited(files, lambda manifest, _files: manifest.update(changes))
    with pytest.raises(InputProblem) as caught:
        verify_bundle(content, "x.zip", catalog)
    assert caught.value.code == code
    sentence = Messages.load().error(caught.value)
    assert "ộ nộp" in sentence
    assert "phiếu" not in sentence


@pytest.mark.parametrize("reason", ["", "  ", "\u00a0\n", "\u200b", "..."])
def test_a_reason_without_a_word_is_none(catalog, reason):
    faulty = make_proposal(contents="")
    made = make_bundle(catalog, [faulty], faulty.call, None, (), now=NOW, allow_errors=reason)
    assert made.content is None
    assert made.checked[0].errors == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"kind": "agency"}', "prepare.sender_name"),
        ('{"kind": "agency", "name": "  "}', "prepare.sender_name"),
        ('{"kind": "vua", "name": "Sở"}', "proposal.expected.choice"),
        ("[]", "prepare.sender_file"),
        ("{", "prepare.sender_json"),
        ("", "prepare.sender_file"),
    ],
)
def test_a_sender_file_says_what_is_wrong_with_it(tmp_path, content, code):
    path = tmp_path / "ben-gui.json"
    path.write_text(content, "utf-8")
    with pytest.raises(InputProblem) as caught:
        read_sender_file(path)
    assert caught.value.code == code
    sentence = Messages.load().error(caught.value)
    assert "phiếu" not in sentence
