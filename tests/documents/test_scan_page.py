"""Pictures of signed papers become one PDF page; anything else is refused by name."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from ncs_desktop.documents.scan_page import scan_to_pdf
from ncs_desktop.domain.errors import InputProblem


def _picture(kind, size=(600, 800)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(600, 800), (800, 600)])
def test_picture_fills_one_a4_page(kind, size):
    content = _picture(kind, size)
    made = scan_to_pdf(content, "quét Ánh.jpg")
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 1
    sides = sorted((float(pages[0].mediabox.width), float(pages[0].mediabox.height)))
    assert sides == pytest.approx([595.28, 841.89], abs=0.1)
    assert (pages[0].mediabox.width > pages[0].mediabox.height) == (size[0] > size[1])
    assert made == scan_to_pdf(content, "quét Ánh.jpg")


def test_pdf_stays_as_it_is():
    assert scan_to_pdf(b"%PDF-1.4 x", "a.pdf") == b"%PDF-1.4 x"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90", "scan.kind"),
        (b"\xff\xd8\xff rest", "scan.unreadable"),
        (_picture("PNG")[:60], "scan.unreadable"),
    ],
)
def test_other_files_are_refused_by_name(content, code):
    with pytest.raises(InputProblem) as caught:
        scan_to_pdf(content, "giấy tờ.png")
    assert caught.value.code == code
    assert caught.value.params["name"] == "giấy tờ.png"
