"""Bundles: packed the same twice, read back through the gate, every change named."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import read_archive, write_archive
from ncs_desktop.exchange.bundle import (
    PackedFile,
    PackedProposal,
    pack,
    read_bundle,
    read_bundle_proposals,
)
from ncs_desktop.exchange.verifying import verify
from tests.exchange.test_proposal_json import lookup
from tests.factories import make_proposal

NOW = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)
SENDER = Sender("organization", "Công ty Mê Kông", "", "Long Xuyên", "An Giang", "Giám đốc", "")
FIRST = make_proposal()
SECOND = replace(make_proposal(title="Phiếu thứ hai"), id="11111111-1111-4111-8111-111111111111")
DATA = "3-phieu-de-xuat/01-mo-hinh/du-lieu.json"


def make_bundle(**changes):
    proposals = [
        PackedProposal(FIRST, "01-mo-hinh", FIRST.control_code()),
        PackedProposal(SECOND, "02-thu-hai", SECOND.control_code()),
    ]
    files = [
        PackedFile("DANH-MUC-HO-SO.pdf", "contents", b"%PDF danh muc"),
        PackedFile("1-cong-van-de-xuat.docx", "letter", b"cong van"),
        PackedFile("1-cong-van-de-xuat.pdf", "letter", b"%PDF cong van"),
        PackedFile(
            "4-van-ban-cam-ket/01-mo-hinh/cam-ket-01.pdf",
            "commitment",
            b"%PDF cam ket",
            "Văn bản cam kết của Công ty TNHH Thủy sản Hòn Sóc",
        ),
    ]
    return pack("an-giang-2026", SENDER, proposals, files, NOW, **changes)


def changed(edit):
    """The bundle with its files edited by somebody, zipped again."""
    files = read_archive(make_bundle()[0], "x")
    edit(files)
    return read_bundle(write_archive(files), "x.zip")


def messages(bundle):
    return [(item.message, item.path) for item in verify(bundle, lookup)]


def test_the_same_input_gives_the_same_bytes():
    assert make_bundle()[0] == make_bundle()[0]


def test_a_bundle_reads_back_as_it_was_packed_and_has_no_difference():
    content, manifest = make_bundle()
    bundle = read_bundle(content, "x.zip")
    assert bundle.manifest == manifest
    assert manifest.sender == SENDER
    assert manifest.created == "2025-08-05T09:00:00+07:00"
    assert next(iter(bundle.hashes)) == "DANH-MUC-HO-SO.pdf"
    assert verify(bundle, lookup) == []


def test_the_proposals_come_back_in_order_with_their_dossier():
    loaded = read_bundle_proposals(read_bundle(make_bundle()[0], "x.zip"), lookup)
    assert [item.proposal for item in loaded] == [FIRST, SECOND]
    assert loaded[0].source == f"x.zip/{DATA}"
    dossier = loaded[0].dossier
    assert dossier.sender == SENDER
    assert dossier.order_confirmed
    (letter,) = dossier.of_role("letter")
    assert letter.formats == ("docx", "pdf")
    (commitment,) = dossier.of_role("commitment")
    assert commitment.proposal_id == FIRST.id
    assert commitment.organization == "Công ty TNHH Thủy sản Hòn Sóc"


def test_one_changed_dong_is_named_by_file_title_and_control_code():
    def edit(files):
        files[DATA] = files[DATA].replace(b"4850000000", b"4850000001")

    bundle = changed(edit)
    assert messages(bundle) == [("bundle.changed", DATA), ("bundle.digest", DATA)]
    difference = verify(bundle, lookup)[1]
    assert difference.params["title"] == FIRST.title
    assert difference.params["listed"] == FIRST.control_code()
    assert difference.params["found"] != FIRST.control_code()


def test_a_change_covered_up_in_the_manifest_still_differs_from_the_control_code():
    def edit(files):
        files[DATA] = files[DATA].replace(b"4850000000", b"4850000001")
        manifest = json.loads(files["manifest.json"])
        entry = manifest["proposals"][0]
        new = read_bundle_proposals(read_bundle(write_archive(files), "x"), lookup)[0].proposal
        entry["digest"] = new.digest
        files["manifest.json"] = json.dumps(manifest).encode()

    assert ("bundle.control_code", DATA) in messages(changed(edit))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda files: files.pop("1-cong-van-de-xuat.pdf"), "bundle.missing"),
        (lambda files: files.update({"la.txt": b"x"}), "bundle.extra"),
        (
            lambda files: files.update({"1-cong-van-de-xuat.pdf": b"dai hon rat nhieu"}),
            "bundle.size",
        ),
        (
            lambda files: files.update({"1-cong-van-de-xuat.pdf": b"%PDF cong vam"}),
            "bundle.changed",
        ),
    ],
)
def test_each_kind_of_change_is_named(edit, expected):
    assert [message for message, _ in messages(changed(edit))] == [expected]


def test_missing_and_unreadable_data_are_named():
    found = messages(changed(lambda files: files.pop(DATA)))
    assert ("bundle.missing_proposal", DATA) in found
    found = messages(changed(lambda files: files.update({DATA: b"{"})))
    assert ("bundle.unreadable_proposal", DATA) in found


def test_another_revision_in_the_data_is_named():
    def edit(files):
        files[DATA] = files[DATA].replace(b'"revision": 1', b'"revision": 2')

    assert ("bundle.identity", DATA) in messages(changed(edit))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "khac"}, "bundle.other_format"),
        ({"version": 2}, "bundle.newer"),
        ({"version": 0}, "proposal.expected.positive"),
        ({"sender": []}, "proposal.expected.object"),
        ({"sender": {"kind": "vua"}}, "proposal.expected.choice"),
        ({"files": {}}, "proposal.expected.list"),
        ({"files": [1]}, "proposal.expected.object"),
        ({"files": [{"path": "a", "size": -1, "sha256": "", "role": "data"}]}, None),
        ({"proposals": [{"id": "x"}]}, "proposal.expected.text"),
    ],
)
def test_a_malformed_manifest_is_refused_with_its_key(change, code):
    def edit(files):
        files["manifest.json"] = json.dumps(
            {**json.loads(files["manifest.json"]), **change}
        ).encode()

    with pytest.raises(InputProblem) as caught:
        changed(edit)
    assert caught.value.code == (code or "proposal.expected.count")
    assert caught.value.params["file"] == "x.zip/manifest.json"


def test_a_zip_without_a_manifest_is_no_bundle():
    with pytest.raises(InputProblem) as caught:
        read_bundle(write_archive({"a.txt": b"x"}), "x.zip")
    assert caught.value.code == "bundle.no_manifest"


def test_unknown_manifest_keys_are_kept():
    bundle = changed(
        lambda files: files.update(
            {"manifest.json": files["manifest.json"].replace(b"{", b'{"la": 1,', 1)}
        )
    )
    assert bundle.manifest.extra == {"la": 1}
