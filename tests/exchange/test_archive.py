"""The gate for zips from outside: each kind of hostile or broken file, refused by its own code."""

import contextlib
import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import USUAL, Limits, open_archive, read_archive, write_archive


def make_zip(*entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(content, limits=USUAL):
    with pytest.raises(InputProblem) as caught:
        read_archive(content, "tep.zip", limits)
    assert caught.value.params["file"] == "tep.zip"
    return caught.value.code


def central(content):
    return content.index(b"PK\x01\x02")


def patched(content, at, new):
    return content[:at] + new + content[at + len(new) :]


def test_a_plain_zip_is_read_in_its_own_order_without_folders():
    content = make_zip(("b/", b""), ("b/hai.txt", b"2" * 5000), ("a.txt", b"1"))
    assert list(read_archive(content, "x").items()) == [("b/hai.txt", b"2" * 5000), ("a.txt", b"1")]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_of_many_pieces_is_hashed_and_read_without_being_held(method):
    noise = hashlib.shake_128(b"1").digest(700_001)
    archive = open_archive(make_zip(("a", noise), ("b", b""), method=method), "x")
    assert archive.hashes == {
        "a": hashlib.sha256(noise).hexdigest(),
        "b": hashlib.sha256(b"").hexdigest(),
    }
    assert (archive["a"], archive.size("a")) == (noise, 700_001)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_damage_late_in_a_file_of_many_pieces_is_found(method):
    content = make_zip(("a", hashlib.shake_128(b"1").digest(700_001)), method=method)
    with pytest.raises(InputProblem, match="checksum"):
        _ = open_archive(patched(content, 600_000, b"\x00\x01\x02\x03"), "x").hashes


def test_vietnamese_names_and_data_descriptors_are_read():
    class Unseekable(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

        def seek(self, *_):
            raise OSError

    buffer = Unseekable()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Phiếu số 1.json", b"{}" * 100)
    assert read_archive(buffer.getvalue(), "x") == {"Phiếu số 1.json": b"{}" * 100}


@pytest.mark.parametrize(
    ("encoded", "shown"),
    [
        ("Phiếu đề xuất.json".encode(), "Phiếu đề xuất.json"),
        ("Phiê\u0301u đê\u0300 xuâ\u0301t.json".encode("cp1258"), "Phiếu đề xuất.json"),
        ("café.json".encode("cp437"), "café.json"),
    ],
)
def test_names_of_zips_that_do_not_say_their_encoding_are_read(encoded, shown):
    content = make_zip(("?" * len(encoded), b"1")).replace(b"?" * len(encoded), encoded)
    assert list(read_archive(content, "x")) == [shown]


def test_the_unicode_name_beside_an_old_one_counts_where_it_is_of_that_one():
    name = "Phiếu.json".encode()
    for crc, shown in ((zlib.crc32(b"Phi.json"), "Phiếu.json"), (1, "Phi.json")):
        entry = zipfile.ZipInfo("Phi.json")
        extra = b"\x01" + crc.to_bytes(4, "little") + name
        entry.extra = struct.pack("<2H", 0x7075, len(extra)) + extra
        assert list(read_archive(make_zip((entry, b"1")), "x")) == [shown]


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "a/../../x", "/etc/passwd", "C:/x", "C:x", "a//b", "./x", "a\x01b"),
        *(
            "..\\x",
            "a\\..\\..\\x",
            "a/..\\x",
            "\\x",
            "\\\\may\\x",
            "C:\\x",
            "a\\\\b",
            "a/\\b",
            ".\\x",
        ),
    ],
)
def test_a_name_that_could_leave_its_folder_is_refused(name):
    plain = make_zip(("?" * len(name), b"x"))
    content = plain.replace(b"?" * len(name), name.encode())
    assert refusal(content) == "archive.name"


def back_slashed(*entries):
    """Return a zip with names as given; on Windows Python's own writer would turn them."""
    plain = make_zip(*((name.replace("\\", "|"), content) for name, content in entries))
    return plain.replace(b"|", b"\\")


def test_backslashes_of_old_windows_zippers_part_folders():
    content = back_slashed(("Hồ sơ\\", b""), ("Hồ sơ\\một\\phiếu.json", b"1"), ("hai.json", b"2"))
    expected = {"Hồ sơ/một/phiếu.json": b"1", "hai.json": b"2"}
    assert read_archive(content, "x") == expected


def test_names_equal_but_for_their_separator_are_refused():
    assert refusal(back_slashed(("a\\b", b"1"), ("a/b", b"2"))) == "archive.duplicate"


def test_an_overlap_bomb_is_refused():
    kernel = make_zip(("a", b"\0" * 1_000_000))
    start, end = central(kernel), kernel.index(b"PK\x05\x06")
    entry = kernel[start:end]
    twice = entry + patched(entry, entry.index(b"a", 46), b"b")
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(twice), start, 0)
    assert refusal(kernel[:start] + twice + tail) in {"archive.overlap", "archive.damaged"}
    same_name = entry + entry
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(same_name), start, 0)
    assert refusal(kernel[:start] + same_name + tail) == "archive.duplicate"


def test_entries_quoting_one_another_are_refused():
    """The other overlap bomb: an entry's data hold the next entry's header and data."""
    inner = make_zip(("b", b"xyz"), method=zipfile.ZIP_STORED)
    local = inner[: central(inner)]
    outer = make_zip(("a", local), ("b", b"xyz"), method=zipfile.ZIP_STORED)
    second = outer.index(b"PK\x01\x02", central(outer) + 4)
    quoted = outer.index(local)
    assert refusal(patched(outer, second + 42, struct.pack("<L", quoted))) == "archive.overlap"


def test_a_bomb_is_refused_by_its_ratio_before_it_is_inflated():
    assert refusal(make_zip(("a", b"\0" * 3_000_000))) == "archive.ratio"


def test_an_entry_that_lies_about_its_size_is_not_inflated_beyond_it():
    content = make_zip(("a", b"\0" * 900_000))
    lying = patched(content, central(content) + 24, struct.pack("<L", 10))
    assert refusal(lying) == "archive.checksum"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_other_than_store_and_deflate_are_refused(method):
    assert refusal(make_zip(("a", b"\0" * 10_000), method=method)) == "archive.method"


def test_encrypted_entries_are_refused():
    content = make_zip(("a", b"x"))
    assert refusal(patched(content, central(content) + 8, b"\x01")) == "archive.encrypted"
    assert refusal(patched(content, 6, b"\x01")) == "archive.encrypted"


def test_a_wrong_checksum_is_refused():
    content = make_zip(("a", b"x"))
    assert refusal(patched(content, central(content) + 16, b"abcd")) == "archive.checksum"
    stored = make_zip(("a", b"hello"), method=zipfile.ZIP_STORED)
    assert refusal(stored.replace(b"hello", b"hallo")) == "archive.checksum"


def test_cut_and_padded_files_are_refused():
    content = make_zip(("a", b"x" * 100))
    assert refusal(content[:-1]) in {"archive.truncated", "archive.extra_bytes"}
    assert refusal(content[: len(content) // 2]) == "archive.truncated"
    assert refusal(content + b"\0") == "archive.extra_bytes"
    assert refusal(b"MZ" + content) == "archive.not_zip"
    assert refusal(b"") == "archive.not_zip"
    assert refusal(b"%PDF-1.7") == "archive.not_zip"


def test_names_equal_but_for_case_or_composition_are_refused():
    assert refusal(make_zip(("Đơn.txt", b""), ("đơn.TXT", b""))) == "archive.duplicate"
    assert refusal(make_zip(("\u1ebf", b""), ("e\u0302\u0301", b""))) == "archive.duplicate"


def test_links_are_refused():
    entry = zipfile.ZipInfo("a")
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    assert refusal(make_zip((entry, b"/etc/passwd"))) == "archive.link"


def test_zip64_is_refused():
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w") as archive,
        archive.open("a", "w", force_zip64=True) as file,
    ):
        file.write(b"x")
    content = buffer.getvalue()
    end = content.rindex(b"PK\x05\x06")
    assert refusal(patched(content, end + 16, b"\xff\xff\xff\xff")) == "archive.zip64"
    plain = make_zip(("a", b"x"))
    at = central(plain)
    assert refusal(patched(plain, at + 20, b"\xff" * 4)) == "archive.zip64"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(content=10), "archive.too_large"),
        (Limits(entries=1), "archive.entries"),
        (Limits(part=50), "archive.part"),
        (Limits(total=150), "archive.total"),
    ],
)
def test_each_limit_has_its_own_sentence(limits, code):
    assert refusal(make_zip(("a", b"x" * 100), ("b", b"y" * 100)), limits) == code


@given(st.data())
def test_a_damaged_zip_is_read_whole_or_refused(data):
    content = make_zip(("a.txt", b"noi dung " * 20), ("b.txt", b"khac"))
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputProblem):
        files = read_archive(patched(content, at, bytes([byte])), "x")
        assert list(files.values()) == [b"noi dung " * 20, b"khac"]


@given(st.dictionaries(st.from_regex(r"[a-z0-9-]{1,12}\.bin", fullmatch=True), st.binary()))
def test_what_is_written_reads_back_and_is_the_same_twice(files):
    content = write_archive(files)
    assert content == write_archive(dict(files))
    if files:
        assert read_archive(content, "x") == files


def test_the_writer_leaves_no_trace_of_time_or_system():
    with zipfile.ZipFile(io.BytesIO(write_archive({"b": b"1", "a": b"2"}))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["b", "a"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.flag_bits, entry.extra) for entry in entries} == {
        (3, 0, b"")
    }
    assert zlib.crc32(b"1") == entries[0].CRC


def test_the_writer_takes_ascii_names_only():
    with pytest.raises(ValueError, match="ASCII"):
        write_archive({"phiếu": b""})


def test_an_entry_whose_two_headers_disagree_is_refused():
    """Two readers would see two different files."""
    content = make_zip(("that.txt", b"x"))
    assert refusal(content.replace(b"that.txt", b"gia0.txt", 1)) == "archive.damaged"
    assert refusal(patched(content, 8, b"\x00")) == "archive.damaged"
