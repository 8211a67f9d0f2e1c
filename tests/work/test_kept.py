"""Scans and enclosures stay with their phiếu in the store, and come back out of a bundle."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.exchange.bundle import read_bundle
from ncs_desktop.store.backup import backup, restore_backup
from ncs_desktop.store.store import Store
from ncs_desktop.work import keep as keeping
from ncs_desktop.work import kept
from ncs_desktop.work.bundling import make_bundle, verify_bundle
from ncs_desktop.work.inputs import read_whole
from ncs_desktop.work.papers import Attached, commitment_scan
from tests.factories import NOW, make_proposal

FIRST = make_proposal()
SECOND = replace(
    make_proposal(title="Đào tạo cán bộ năng suất"), id="00000000-0000-4000-8000-000000000002"
)
SCAN = Attached("bản ký.pdf", b"%PDF-1.7 signed", FIRST.id)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "Kho của Ánh" / "ncs.sqlite") as opened:
        for proposal in (FIRST, SECOND):
            opened.save(proposal, NOW)
        yield opened


def _names(store, *proposals, role=None):
    found = kept.kept_files(store, proposals or (FIRST,))
    return [item.name for item in found if role in (None, item.role)]


def test_the_same_file_twice_is_one(store):
    file = Attached("báo giá.pdf", b"%PDF-1.7 a", FIRST.id)
    for _ in range(2):
        kept.keep(store, (FIRST,), [file], kept.OWN_FILE, LATER)
    kept.keep(store, (FIRST,), [replace(file, content=b"%PDF-1.7 b")], kept.OWN_FILE, LATER)
    assert _names(store) == ["báo giá.pdf", "báo giá.pdf"]


def test_a_new_scan_takes_the_place_of_the_old_which_can_be_put_back(store):
    kept.keep(store, (FIRST,), [SCAN], kept.SCAN, NOW)
    [old] = kept.kept_files(store, (FIRST,))
    kept.keep(store, (FIRST,), [replace(SCAN, content=b"%PDF-2")], kept.SCAN, LATER)
    [new] = kept.kept_files(store, (FIRST,))
    assert new.sha256 != old.sha256
    store.put_back(old.id)
    assert {item.id for item in kept.kept_files(store, (FIRST,))} == {old.id, new.id}


def test_a_scan_of_an_older_revision_is_outdated_until_a_person_says_otherwise(store):
    store.freeze(FIRST.id, NOW, None)
    kept.keep(store, (FIRST,), [SCAN], kept.SCAN, LATER)
    kept.keep(store, (FIRST,), [Attached("kèm.pdf", b"%PDF-1 x", FIRST.id)], kept.OWN_FILE, LATER)
    assert not any(item.outdated for item in kept.kept_files(store, (FIRST,)))
    store.save(replace(FIRST, revision=2), LATER + timedelta(seconds=1))
    found = {item.role: item for item in kept.kept_files(store, (FIRST,))}
    assert (found[kept.SCAN].outdated, found[kept.SCAN].revision) == (True, 1)
    assert not found[kept.OWN_FILE].outdated
    kept.use_for_current(store, found[kept.SCAN], LATER + timedelta(minutes=1))
    [scan] = [item for item in kept.kept_files(store, (FIRST,)) if item.role == kept.SCAN]
    assert (scan.outdated, scan.revision) == (False, 2)


def test_a_scan_is_outdated_once_the_same_revision_was_edited(store):
    kept.keep(store, (FIRST,), [SCAN], kept.SCAN, LATER)
    store.save(FIRST.with_value("title", "Tên khác"), LATER + timedelta(seconds=1))
    [scan] = kept.kept_files(store, (FIRST,))
    assert scan.outdated
    kept.keep(store, (FIRST,), [SCAN], kept.SCAN, LATER + timedelta(minutes=1))
    [scan] = kept.kept_files(store, (FIRST,))
    assert not scan.outdated


def test_papers_of_the_whole_dossier_are_found_from_every_dossier_of_theirs(store):
    both = (FIRST, SECOND)
    kept.keep(store, both, [Attached("công văn.pdf", b"%PDF-1 cv")], kept.LETTER_SCANNED, LATER)
    kept.keep(store, both, [Attached("khác hẳn.pdf", b"%PDF-1 k")], kept.OWN_FILE, LATER)
    assert _names(store, SECOND, FIRST) == ["công văn.pdf", "khác hẳn.pdf"]
    roles = {item.role for item in kept.kept_files(store, both)}
    assert roles == {kept.LETTER_SCANNED, kept.SHARED_FILE}


@pytest.mark.parametrize(
    ("name", "content", "role", "code"),
    [
        ("a.docx", b"PK\x03\x04", kept.SCAN, "scan.kind"),
        ("a.exe", b"MZ", kept.OWN_FILE, "prepare.attachment_type"),
        ("a.pdf", b"", kept.OWN_FILE, "prepare.attachment_empty"),
        ("a.pdf", b"MZ", kept.SCAN, "prepare.attachment_content"),
        ("a.pdf", None, kept.SCAN, "file.missing"),
    ],
)
def test_what_cannot_be_kept_is_refused(tmp_path, name, content, role, code):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NcsError) as caught:
        kept.read_to_keep([path], role)
    assert caught.value.code == code


def test_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "to.pdf"
    with path.open("wb") as file:
        file.truncate(51 * 2**20)
    monkeypatch.setattr(kept, "read_bytes", None)
    with pytest.raises(NcsError) as caught:
        kept.read_to_keep([path], kept.OWN_FILE)
    assert caught.value.code == "prepare.attachment_size"


def test_photographs_of_the_pages_become_one_scan(tmp_path):
    paths = [tmp_path / f"trang {number}.jpg" for number in (1, 2, 3)]
    for path in paths:
        Image.new("RGB", (300, 400), "white").save(path)
    made = kept.read_to_keep(paths, kept.SCAN)
    assert made.name == "trang 1 (+2).pdf"
    assert made.content.count(b"/Type /Page\n") == 3


@pytest.mark.parametrize(
    "name", ["ự" * 120 + ".pdf", "📎 tài liệu 📎.pdf", "Bản  quét\n(1).PDF", "😀.pdf"]
)
def test_unusual_names_go_through_bundle_and_import(store, tmp_path, catalog, name):
    kept.keep(store, (FIRST,), [Attached(name, b"%PDF-1 n", FIRST.id)], kept.OWN_FILE, LATER)
    [file] = kept.kept_files(store, (FIRST,))
    item = Attached(file.name, store.content(file.sha256), FIRST.id)
    made = _bundle(catalog, (FIRST,), [item, item], {})
    with Store.open(tmp_path / "khác" / "ncs.sqlite") as other:
        list(_import(other, tmp_path, made.content, catalog))
        [again] = kept.kept_files(other, (FIRST,))
    assert again.name == " ".join(name.split())


def _bundle(catalog, proposals, attachments, scans):
    return make_bundle(
        catalog,
        proposals,
        FIRST.call,
        None,
        attachments,
        now=NOW,
        scans=scans,
        allow_errors="thử",
    )


def _import(store, tmp_path, content, catalog):
    path = tmp_path / "bộ nộp.zip"
    path.write_bytes(content)
    return keeping.take_in(lambda: store, [path], lambda one: read_whole(one, catalog), LATER)


def test_an_imported_bundle_gives_its_scans_and_files_back(tmp_path, catalog):
    files = [
        Attached("báo giá.pdf", b"%PDF-1 own", FIRST.id),
        Attached("quyết định.pdf", b"%PDF-1 all"),
    ]
    scans = {FIRST.id: b"%PDF-1 signed", "": b"%PDF-1 letter", "summary": b"%PDF-1 table"}
    made = _bundle(catalog, (FIRST, SECOND), files, scans)
    assert verify_bundle(made.content, "bộ nộp.zip", catalog).differences == ()
    with Store.open(tmp_path / "Kho" / "ncs.sqlite") as store:
        for _ in range(2):
            list(_import(store, tmp_path, made.content, catalog))
        found = kept.kept_files(store, (FIRST, SECOND))
        given = {(item.role, item.proposal_id, store.content(item.sha256)) for item in found}
        store.save(replace(FIRST, revision=2), LATER + timedelta(seconds=1))
        assert [item.outdated for item in kept.kept_files(store, (FIRST,))].count(True) == 3
    assert len(found) == 5
    assert not any(item.outdated for item in found)
    assert given == {
        (kept.SCAN, FIRST.id, b"%PDF-1 signed"),
        (kept.LETTER_SCANNED, FIRST.id, b"%PDF-1 letter"),
        (kept.SUMMARY_SCANNED, FIRST.id, b"%PDF-1 table"),
        (kept.OWN_FILE, FIRST.id, b"%PDF-1 own"),
        (kept.SHARED_FILE, FIRST.id, b"%PDF-1 all"),
    }
    assert read_bundle(made.content, "a").manifest.of_role("signed_scan")


def _commitments(*names):
    return [{"organization": name, "scope": ["cooperate"], "amount": None} for name in names]


def test_signed_commitments_go_through_bundle_and_import_under_their_enterprise(tmp_path, catalog):
    names = ("Công ty Đá Kỳ", "Hợp tác xã Hòn Sóc", "Công ty Đá Kỳ")
    phieu = FIRST.with_value("commitments", _commitments(*names))
    scans = {commitment_scan(phieu.id, name): f"%PDF-1 {name}".encode() for name in names}
    made = _bundle(catalog, (phieu,), (), scans)
    assert verify_bundle(made.content, "bộ nộp.zip", catalog).differences == ()
    folder = made.manifest.proposals[0].folder.rpartition("/")[2]
    packed = {item.path: item.original_name for item in made.manifest.of_role("signed_scan")}
    assert packed == {
        f"4-van-ban-cam-ket/{folder}/cam-ket-01-cong-ty-da-ky.pdf": (
            "Bản quét cam kết đã ký của Công ty Đá Kỳ"
        ),
        f"4-van-ban-cam-ket/{folder}/cam-ket-02-hop-tac-xa-hon-soc-da-ky.pdf": (
            "Bản quét cam kết đã ký của Hợp tác xã Hòn Sóc"
        ),
    }
    with Store.open(tmp_path / "Kho" / "ncs.sqlite") as store:
        list(_import(store, tmp_path, made.content, catalog))
        found = kept.kept_files(store, (phieu,))
        given = {item.organization: store.content(item.sha256) for item in found}
        assert {kept.owner_of(item) for item in found} == set(scans)
    assert given == {name: f"%PDF-1 {name}".encode() for name in names}
    assert all(kept.is_scan(item.role) and not item.outdated for item in found)


def test_one_enterprise_has_one_signed_commitment_and_another_its_own(store):
    first, second = kept.commitment_role("Công ty A"), kept.commitment_role("Công ty B")
    for role, content in ((first, b"%PDF-1"), (second, b"%PDF-2"), (first, b"%PDF-3")):
        kept.keep(store, (FIRST,), [replace(SCAN, content=content)], role, LATER)
    found = kept.kept_files(store, (FIRST,))
    given = {item.organization: store.content(item.sha256) for item in found}
    assert given == {"Công ty A": b"%PDF-3", "Công ty B": b"%PDF-2"}


def test_a_commitment_nobody_names_any_more_stays_a_file_of_the_phieu(tmp_path, catalog):
    scans = {commitment_scan(FIRST.id, "Công ty TNHH Thủy sản Hòn Sóc"): b"%PDF-1 ck"}
    made = _bundle(catalog, (FIRST,), (), scans)
    with Store.open(tmp_path / "Kho" / "ncs.sqlite") as store:
        store.save(replace(FIRST, revision=2).with_value("commitments", []), NOW)
        list(_import(store, tmp_path, made.content, catalog))
        [file] = kept.kept_files(store, (FIRST,))
    assert (file.role, file.organization) == (kept.OWN_FILE, "")


def test_kept_files_survive_safety_copy_and_restore(store, tmp_path):
    kept.keep(store, (FIRST,), [SCAN], kept.SCAN, LATER)
    copy = tmp_path / "a.ncsbackup"
    backup(store.path, copy, NOW)
    restore_backup(copy, tmp_path / "máy mới" / "ncs.sqlite", NOW)
    with Store.open(tmp_path / "máy mới" / "ncs.sqlite") as other:
        [scan] = kept.kept_files(other, (FIRST,))
        assert other.content(scan.sha256) == SCAN.content
        assert not scan.outdated


def test_what_settings_hold_of_a_phieu_goes_with_it(store):
    for key in (f"assistant:{FIRST.id}:", f"assistant:{FIRST.id}:{SECOND.id}:", "sender"):
        store.set_setting(key, "x")
    store.trash(FIRST.id, NOW)
    store.purge(FIRST.id)
    assert store.setting(f"assistant:{FIRST.id}:{SECOND.id}:") is None
    assert store.setting("sender") == "x"
