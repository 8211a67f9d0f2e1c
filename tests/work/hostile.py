"""Broken and hostile files as an office may get them, made on the spot; each with its code."""

import io
import json
import struct
import zipfile

from ncs_desktop.exchange.archive import write_archive
from ncs_desktop.exchange.proposal_json import write_proposal
from tests.factories import make_proposal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_zip(*entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def make_docx(body, declaration=""):
    """Return a .docx whose body is ``body`` (XML); ``declaration`` goes before the root."""
    document = f"{declaration}<w:document {_W}><w:body>{body}</w:body></w:document>"
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return make_zip(("[Content_Types].xml", kinds), ("word/document.xml", document))


def patched(content, at, new):
    return content[:at] + new + content[at + len(new) :]


def _escaping():
    return make_zip(("??/x.json", b"{}")).replace(b"??/", b"../")


def _overlapping():
    kernel = make_zip(("a", b"\0" * 1_000_000))
    start, end = kernel.index(b"PK\x01\x02"), kernel.index(b"PK\x05\x06")
    entry = kernel[start:end]
    twice = entry + patched(entry, entry.index(b"a", 46), b"b")
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(twice), start, 0)
    return kernel[:start] + twice + tail


def _wrong_sum():
    content = make_zip(("a.json", b"{}" * 50), method=zipfile.ZIP_STORED)
    return patched(content, content.index(b"{}"), b"[]")


def _encrypted():
    content = make_zip(("a.json", b"{}"))
    return patched(content, content.index(b"PK\x01\x02") + 8, b"\x01")


def _dtd_in_utf16():
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "lol">]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    return make_zip(("word/document.xml", text.encode("utf-16")))


def _wrong_type():
    tree = json.loads(write_proposal(make_proposal()))
    tree["values"]["budget"]["total"] = "nhiều"
    return json.dumps(tree).encode()


def hostile_files():
    """Return name → (content, codes of which one is expected)."""
    good = write_proposal(make_proposal())
    return {
        "thoat-thu-muc.zip": (_escaping(), {"archive.name"}),
        "bom-chong-lan.zip": (_overlapping(), {"archive.overlap", "archive.damaged"}),
        "bom-bzip2.zip": (
            make_zip(("a", b"\0" * 10**6), method=zipfile.ZIP_BZIP2),
            {"archive.method"},
        ),
        "bom-nen.zip": (make_zip(("a", b"\0" * 5 * 10**6)), {"archive.ratio"}),
        "cut.zip": (make_zip(("a.json", good))[:-30], {"archive.truncated"}),
        "sai-crc.zip": (_wrong_sum(), {"archive.checksum"}),
        "ma-hoa.zip": (_encrypted(), {"archive.encrypted"}),
        "mat-khau.docx": (OLE + b"\0" * 600, {"input.old_word"}),
        "dtd-utf16.docx": (_dtd_in_utf16(), {"docx.dtd"}),
        "cut.docx": (make_docx("<w:p/>")[:-40], {"archive.truncated"}),
        "xml-hong.docx": (make_docx("<w:p>"), {"docx.damaged"}),
        "pdf-doi-ten.json": (b"%PDF-1.7\n%...", {"input.pdf"}),
        "sai-kieu.json": (_wrong_type(), {"proposal.wrong_type", "proposal.expected.amount"}),
        "chuong-trinh-khac.json": (b'{"name": "khac"}', {"proposal.other_format"}),
        "trong.json": (b"", {"proposal.empty"}),
        "anh.jpg": (b"\xff\xd8\xff\xe0....", {"input.picture"}),
        "bang-tinh.xlsx": (make_zip(("xl/workbook.xml", b"<x/>")), {"input.office"}),
        "bo-khong-bang-ke.zip": (write_archive({"a.txt": b"x"}), {"bundle.no_manifest"}),
    }
