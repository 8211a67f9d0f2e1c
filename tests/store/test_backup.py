import json
import sys
import zipfile
from datetime import timedelta

import pytest

from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.store import backup as backups
from ncs_desktop.store.backup import automatic_backup, backup, restore_backup
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from tests.factories import NOW
from tests.store.test_migrate import content


@pytest.fixture
def copy(filled, tmp_path):
    target = tmp_path / "USB của tôi" / "kho.ncsbackup"
    backup(filled, target, NOW)
    return target


def rewrite(path, change):
    """Write the safety copy again with ``change(name, content)`` in place of each content."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, whole in files.items():
            archive.writestr(name, change(name, whole))


def test_a_safety_copy_rehearsed_on_another_machine(copy, filled, tmp_path):
    elsewhere = tmp_path / "Máy khác" / "ncs.sqlite"
    done = restore_backup(copy, elsewhere, NOW)
    assert (done.proposals, done.contents, done.put_aside, done.problems) == (12, 1, None, ())
    assert content(elsewhere) == content(filled)
    assert diagnose(elsewhere) == []
    with Store.open(elsewhere) as store:
        [scan] = store.attachments("00000000-0000-0000-0000-000000000002")
        assert store.content(scan.sha256) == b"%PDF scan"


def test_a_copy_is_made_while_the_window_writes(filled, tmp_path, numbered):
    with Store.open(filled) as store:
        store.save(numbered(20), NOW)
        made = backup(filled, tmp_path / "a.ncsbackup", NOW)
        store.save(numbered(21), NOW)
    assert made.proposals == 13


def test_the_replaced_store_is_kept(copy, filled, numbered):
    with Store.open(filled) as store:
        store.save(numbered(30), NOW)
    done = restore_backup(copy, filled, NOW)
    with Store.open(filled) as store:
        assert len(store.summaries()) == 11
    with Store.open(done.put_aside) as store:
        assert len(store.summaries()) == 12
    again = restore_backup(copy, filled, NOW)
    assert again.put_aside not in (None, done.put_aside)


def test_a_ruined_store_is_put_aside_as_it_is(copy, filled, monkeypatch):
    def refuse(path):
        raise EnvironmentProblem("store.damaged", path=path)

    monkeypatch.setattr(backups, "connect", refuse)
    ruin = b"SQLite format 3\x00" + b"x" * 9000
    filled.write_bytes(ruin)
    filled.with_name("ncs.sqlite-journal").write_bytes(b"nhat ky cu")
    done = restore_backup(copy, filled, NOW)
    assert done.put_aside.read_bytes() == ruin
    aside_journal = done.put_aside.with_name(done.put_aside.name + "-journal")
    assert aside_journal.read_bytes() == b"nhat ky cu"
    with Store.open(filled) as store:
        assert len(store.summaries()) == 11
    assert diagnose(filled) == []


def damage_content(name, whole):
    return b"khac" if name.startswith("content/") else whole


def damage_store(name, whole):
    return whole[:-1] if name == "ncs.sqlite" else whole


def escape(name, whole):
    return whole.replace(b"content/", b"../../c/") if name == "manifest.json" else whole


def of_another_program(name, whole):
    return whole.replace(b"ncs-backup", b"other") if name == "manifest.json" else whole


def newer(name, whole):
    if name != "manifest.json":
        return whole
    return json.dumps({**json.loads(whole), "version": 99})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (damage_content, "store.backup_damaged"),
        (damage_store, "store.backup_damaged"),
        (escape, "store.not_a_backup"),
        (of_another_program, "store.not_a_backup"),
        (newer, "store.newer_backup"),
    ],
)
def test_a_bad_copy_is_refused_and_changes_nothing(copy, filled, change, code):
    rewrite(copy, change)
    before = {path: path.read_bytes() for path in filled.parent.rglob("*") if path.is_file()}
    with pytest.raises(InputProblem) as caught:
        restore_backup(copy, filled, NOW)
    assert caught.value.code == code
    after = {path: path.read_bytes() for path in filled.parent.rglob("*") if path.is_file()}
    assert after == before
    assert not list(filled.parent.parent.rglob("c/*"))


@pytest.mark.parametrize("whole", [b"", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_copy_is_refused(filled, tmp_path, whole):
    other = tmp_path / "tệp.ncsbackup"
    other.write_bytes(whole)
    with pytest.raises(InputProblem) as caught:
        restore_backup(other, filled, NOW)
    assert caught.value.code == "store.not_a_backup"


@pytest.mark.parametrize("entry", ["manifest.json", "ncs.sqlite"])
def test_a_copy_packed_in_a_way_nobody_knows_is_refused(copy, filled, entry):
    with zipfile.ZipFile(copy) as archive:
        place = archive.getinfo(entry).header_offset
    packed = bytearray(copy.read_bytes())
    listed = packed.index(b"PK\x01\x02")
    while packed[listed + 46 : listed + 46 + len(entry)] != entry.encode():
        listed = packed.index(b"PK\x01\x02", listed + 1)
    packed[place + 8 : place + 10] = packed[listed + 10 : listed + 12] = b"\x63\x00"
    copy.write_bytes(packed)
    before = content(filled)
    with pytest.raises(InputProblem) as caught:
        restore_backup(copy, filled, NOW)
    damaged = {"manifest.json": "store.not_a_backup", "ncs.sqlite": "store.backup_damaged"}
    assert caught.value.code == damaged[entry]
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert content(filled) == before


def test_a_truncated_copy_is_refused(copy, filled):
    copy.write_bytes(copy.read_bytes()[:-30])
    with pytest.raises(InputProblem):
        restore_backup(copy, filled, NOW)


def test_a_sick_store_never_replaces_a_good_copy(copy, filled):
    good = copy.read_bytes()
    next((filled.parent / "content").iterdir()).unlink()
    with pytest.raises(EnvironmentProblem) as caught:
        backup(filled, copy, NOW)
    assert caught.value.code == "store.sick_backup"
    assert copy.read_bytes() == good
    made = backup(filled, copy.with_name("khac.ncsbackup"), NOW)
    assert [problem.code for problem in made.problems] == ["store.problem.content_missing"]
    assert (made.proposals, made.contents) == (12, 0)


def test_a_failed_copy_leaves_the_old_one_and_no_litter(copy, filled, monkeypatch):
    good = copy.read_bytes()

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_copy", full)
    with pytest.raises(EnvironmentProblem) as caught:
        backup(filled, copy, NOW)
    assert caught.value.code == "file.disk_full"
    assert copy.read_bytes() == good
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_no_room_names_the_copy_and_not_the_store(filled, tmp_path):
    import resource

    target = tmp_path / "USB" / "kho.ncsbackup"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(EnvironmentProblem) as caught:
            backup(filled, target, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code == "file.write_failed"
    assert caught.value.params["path"] == target
    assert list(target.parent.iterdir()) == []


def test_no_store_no_copy(tmp_path):
    with pytest.raises(EnvironmentProblem) as caught:
        backup(tmp_path / "khong-co.sqlite", tmp_path / "a.ncsbackup", NOW)
    assert caught.value.code == "file.missing"
    assert list(tmp_path.iterdir()) == []


def test_automatic_copies_are_thinned_unless_the_store_is_sick(filled, tmp_path):
    folder = tmp_path / "Sao lưu"
    for day in range(20):
        automatic_backup(filled, folder, NOW + timedelta(days=day))
    assert len(list(folder.iterdir())) == 13
    assert automatic_backup(filled, folder, NOW + timedelta(days=19, hours=2)) is None
    (folder / "của tôi.ncsbackup").write_bytes(b"a")
    (folder / "ncs-99999999-999999.ncsbackup").write_bytes(b"a")
    next((filled.parent / "content").iterdir()).unlink()
    for day in range(20, 25):
        automatic_backup(filled, folder, NOW + timedelta(days=day))
    assert len(list(folder.iterdir())) == 20
