"""What the computer can do to a store: full disk, other programs, flipped bits."""

import contextlib
import random
import sqlite3
import sys

import pytest

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.store import connection as connections
from ncs_desktop.store.connection import connect
from ncs_desktop.store.diagnosis import diagnose
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
from tests.store.test_migrate import content

FLIPS = 400


def code_of(call, *arguments):
    with pytest.raises(EnvironmentProblem) as caught:
        call(*arguments)
    return caught.value.code


def flip(path, position, bit):
    whole = bytearray(path.read_bytes())
    whole[position] ^= 1 << bit
    path.write_bytes(whole)


def test_flipped_bits_are_found_and_block_nothing_else(filled):
    """Each flip is found, or changes nothing a person stored; the list always comes."""
    whole, original = filled.read_bytes(), content(filled)
    generator = random.Random(1322)
    found = harmless = 0
    for _ in range(FLIPS):
        filled.write_bytes(whole)
        flip(filled, generator.randrange(len(whole)), generator.randrange(8))
        with contextlib.suppress(EnvironmentProblem):
            if diagnose(filled):
                with Store.open(filled) as store:
                    lines = store.summaries()
                assert len(lines) >= 10
                for line in lines:
                    assert isinstance(line.title + line.search, str)
                    assert isinstance(line.revision + (line.total or 0), int)
            else:
                assert content(filled) == original
                harmless += 1
                continue
        found += 1
    assert found + harmless == FLIPS
    assert found > FLIPS / 6  # tables without rows are pages in which a bit says nothing


def test_a_damaged_record_is_named_and_hides_no_other(filled, numbered):
    body = b"Khao sat hien trang"
    connection = sqlite3.connect(filled)
    connection.execute("UPDATE versions SET body = ? WHERE proposal_id = ?", (body, numbered(5).id))
    connection.commit()
    connection.close()
    [problem] = diagnose(filled)
    assert problem.code == "store.problem.versions"
    assert problem.params["title"] == "Nhiệm vụ số 5"
    with Store.open(filled) as store:
        assert len(store.summaries()) == 11
        assert code_of(store.load, numbered(5).id) == "store.record_damaged"
        assert store.load(numbered(6).id) == numbered(6)
        assert store.save(numbered(5), NOW).changed
        assert store.load(numbered(5).id) == numbered(5)


def test_an_unreadable_line_is_listed_as_damaged(filled, numbered):
    connection = sqlite3.connect(filled)
    connection.execute(
        "UPDATE proposals SET title = CAST(x'ff61' AS TEXT) WHERE id = ?", (numbered(5).id,)
    )
    connection.commit()
    connection.close()
    with Store.open(filled) as store:
        lines = store.summaries()
        assert [line.id for line in lines if line.damaged] == [numbered(5).id]
        assert len(lines) == 11
        assert len(store.summaries(trashed=True)) == 1
        store.save(numbered(5, title="Lưu lại"), NOW)
        assert not any(line.damaged for line in store.summaries())
    assert diagnose(filled) == []


def test_a_line_of_another_type_is_listed_as_damaged(filled, numbered):
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')')")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(filled)
    connection.execute("UPDATE proposals SET total = 'hai' WHERE id = ?", (numbered(5).id,))
    connection.execute("UPDATE proposals SET title = x'00' WHERE id = ?", (numbered(6).id,))
    connection.commit()
    connection.close()
    with Store.open(filled) as store:
        damaged = {line.id for line in store.summaries() if line.damaged}
    assert damaged == {numbered(5).id, numbered(6).id}


def test_missing_and_changed_contents_are_named(filled):
    [path] = (filled.parent / "content").iterdir()
    path.write_bytes(b"khac")
    assert [problem.code for problem in diagnose(filled)] == ["store.problem.content_damaged"]
    path.unlink()
    [problem] = diagnose(filled)
    assert problem.code == "store.problem.content_missing"
    assert problem.params["name"] == "Bản ký.pdf"


@pytest.mark.parametrize("text", [b"khong phai kho" * 100, b"SQLite format 3\x00" + b"x" * 5000])
def test_what_is_no_store_is_refused_and_untouched(store_path, text):
    store_path.parent.mkdir(parents=True)
    store_path.write_bytes(text)
    assert code_of(Store.open, store_path) == "store.damaged"
    assert [problem.code for problem in diagnose(store_path)] == ["store.problem.file"]
    assert store_path.read_bytes() == text


def test_a_database_of_another_program_is_refused(store_path):
    store_path.parent.mkdir(parents=True)
    connection = sqlite3.connect(store_path)
    connection.execute("CREATE TABLE khac (a)")
    connection.close()
    assert code_of(Store.open, store_path) == "store.foreign"


@pytest.mark.parametrize("share", [0.03, 0.3, 0.9])
def test_a_truncated_store_is_found(filled, share):
    whole = filled.read_bytes()
    filled.write_bytes(whole[: int(len(whole) * share)])
    assert diagnose(filled)


def test_a_folder_is_no_store(tmp_path):
    assert code_of(Store.open, tmp_path) == "file.is_folder"
    assert code_of(diagnose, tmp_path / "chua-co.sqlite") == "file.missing"


def test_another_program_that_holds_the_store_is_waited_for_then_named(filled, monkeypatch):
    monkeypatch.setattr(connections, "BUSY_MILLISECONDS", 50)
    with Store.open(filled) as store:
        other = connect(filled)
        other.execute("BEGIN EXCLUSIVE")
        try:
            assert code_of(store.save, make_proposal(), NOW) == "store.locked"
            assert code_of(store.summaries) == "store.locked"
            assert code_of(Store.open, filled) == "store.locked"
            assert code_of(diagnose, filled) == "store.locked"
        finally:
            other.close()
        assert store.save(make_proposal(), NOW).changed


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_full_disk_keeps_the_old_version(filled, numbered):
    import resource

    old = content(filled)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store.open(filled) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (filled.stat().st_size, hard))
        try:
            large = numbered(1, urgency="dài " * 100_000)
            assert code_of(store.take_in, [large], NOW) == "store.write_failed"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert store.load(numbered(1).id) == numbered(1)
        assert content(filled) == old
        store.take_in([large], NOW)
    assert diagnose(filled) == []


def test_a_full_database_says_that_the_disk_is_full(filled, numbered):
    with Store.open(filled) as store, store._engine.connect() as pinned:
        pages = pinned.exec_driver_sql("PRAGMA page_count").scalar()
        pinned.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        pinned.rollback()
        pinned.close()
        assert code_of(store.take_in, [numbered(99, urgency="d" * 10**6)], NOW) == "file.disk_full"
        assert len(store.summaries()) == 11


def test_a_read_only_store_can_be_read(filled, monkeypatch, numbered):
    def read_only(path):
        connection = connect(path)
        connection.execute("PRAGMA query_only=ON")
        return connection

    monkeypatch.setattr("ncs_desktop.store.schema.connect", read_only)
    with Store.open(filled) as store:
        assert len(store.summaries()) == 11
        assert code_of(store.save, numbered(50), NOW) == "file.no_permission"


def test_every_connection_is_in_the_safe_modes(store):
    with store._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
        assert found == {
            "journal_mode": "truncate",
            "synchronous": 3,
            "foreign_keys": 1,
            "trusted_schema": 0,
        }
        assert connection.exec_driver_sql("PRAGMA cell_size_check").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET body = x'00' WHERE proposal_id = :one",
        "UPDATE frozen SET reason = 'khác'",
        "DELETE FROM versions",
        "UPDATE proposals SET number = 99",
        "INSERT INTO settings VALUES ('a', NULL, 'b')",
        "UPDATE proposals SET revision = 'hai'",
        "UPDATE versions SET origin = 'khác' WHERE number = 1",
    ],
)
def test_the_schema_itself_refuses_what_must_never_be(filled, numbered, statement):
    connection = connect(filled)
    try:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement, {"one": numbered(1).id})
    finally:
        connection.close()
