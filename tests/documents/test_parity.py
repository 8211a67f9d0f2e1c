"""Our PDF and the .docx laid out by LibreOffice break lines into the same pages.

``NCS_PARITY_DOCUMENTS=200 pytest tests/documents/test_parity.py`` compares more documents.
Known causes of the rare difference: a style that changes inside a word wider than its line; a
table head taller than half a page; half a point of border where a table row ends a page.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ncs_desktop.documents.write_docx import write_docx
from ncs_desktop.documents.write_pdf import write_pdf

from .parity_cases import parity_document
from .reading import convert_by_libreoffice, page_lines, tool

COUNT = int(os.environ.get("NCS_PARITY_DOCUMENTS", "40"))


@pytest.mark.libreoffice
def test_pages_start_and_end_alike(tmp_path: Path) -> None:
    tool("soffice")
    ours, words = [], []
    for seed in range(COUNT):
        document = parity_document(seed)
        ours.append(tmp_path / f"{seed}.pdf")
        words.append(tmp_path / f"{seed}.docx")
        ours[-1].write_bytes(write_pdf([document]).content)
        words[-1].write_bytes(write_docx(document))
    theirs = convert_by_libreoffice(words, tmp_path)
    differences = [
        f"{mine.name}: {difference}"
        for mine, other in zip(ours, theirs, strict=True)
        if (difference := _difference(page_lines(mine), page_lines(other)))
    ]
    print(*differences, sep="\n")
    assert len(differences) <= COUNT * 0.05, differences


def _difference(ours: list[list[str]], theirs: list[list[str]]) -> str:
    if len(ours) != len(theirs):
        return f"{len(ours)} pages, LibreOffice has {len(theirs)}"
    for number, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1):
        if _ends(mine) != _ends(other):
            return f"page {number}: {_ends(mine)}, LibreOffice has {_ends(other)}"
    return ""


def _ends(lines: list[str]) -> tuple[str, ...]:
    """Return first and last word of the body and of all, blanks that justification adds aside."""
    body = [line for line in lines if "A1-7KQ2-M9XD-r1" not in line] or lines
    return tuple(line.replace(" ", "") for line in (lines[0], body[-1], lines[-1]))
