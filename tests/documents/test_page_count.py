"""Counting the pages of a PDF that came from elsewhere."""

import io
import zlib

import pypdf
import pytest
from PIL import Image

from ncs_desktop.documents.page_count import page_count
from ncs_desktop.documents.scan_page import scans_to_pdf


def picture(kind="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("pages", [1, 3, 25])
def test_pages_are_those_pypdf_finds(pages):
    ours = scans_to_pdf([("trang.png", picture())] * pages)
    writer, buffer = pypdf.PdfWriter(clone_from=io.BytesIO(ours)), io.BytesIO()
    writer.write(buffer)
    assert len(pypdf.PdfReader(io.BytesIO(ours)).pages) == pages
    assert page_count(ours) == page_count(buffer.getvalue()) == pages


def test_a_tree_in_a_packed_stream_is_found_and_an_outline_is_none():
    inner = zlib.compress(
        b"1 0 2 80 <</Type /Outlines /Count 9>> "
        b"<</Type/Pages /Resources <</Font <</F1 5 0 R>>>> /Kids [3 0 R] /Count 4>>"
    )
    packed = b"%PDF-1.5\n7 0 obj\n<</Type/ObjStm/N 2/First 10>>stream\n" + inner + b"\nendstream"
    assert page_count(packed) == 4


def test_the_last_writing_of_an_object_holds():
    first = b"%PDF-1.4\n2 0 obj <</Type /Pages /Count 5>> endobj\n"
    assert page_count(first + b"2 0 obj <</Type /Pages /Count 3>> endobj\n") == 3


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"%PDF-1.7 x", b"%PDF-1.5\n1 0 obj <</Type/ObjStm>>stream\nx"]
)
def test_what_cannot_be_told_is_not_guessed(content):
    assert page_count(content) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photograph_is_one_page(kind):
    assert page_count(picture(kind)) == 1
