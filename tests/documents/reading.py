"""Reading finished files back: words of a PDF by place, PDFs that LibreOffice makes of a .docx."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">(.*?)</word>'
)


class Placed(NamedTuple):
    """A word of a page, and where it begins and ends from the page's left and top, pt."""

    left: float
    top: float
    bottom: float
    word: str


def tool(name: str) -> str:
    """Return the path of a program, or skip the test that needs it."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def pdf_text(content: bytes) -> str:
    """Return the text layer as a search or a copy sees it, pages ended by form feeds."""
    done = subprocess.run(
        [tool("pdftotext"), "-", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()


def page_words(pdf: Path) -> list[list[Placed]]:
    """Return the words of every page."""
    done = subprocess.run(
        [tool("pdftotext"), "-bbox", str(pdf), "-"], capture_output=True, check=True
    )
    pages = re.findall(r"<page [^>]*>(.*?)</page>", done.stdout.decode(), re.DOTALL)
    return [
        [
            Placed(float(x), float(top), float(bottom), html.unescape(word))
            for x, top, bottom, word in _WORD.findall(page)
        ]
        for page in pages
    ]


def page_lines(pdf: Path) -> list[list[str]]:
    """Return the lines of every page from top to bottom; dotted leaders are left out."""
    return [_lines(words) for words in page_words(pdf)]


def _lines(words: list[Placed]) -> list[str]:
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for placed in sorted(words, key=lambda word: (word.bottom, word.left)):
        shown = placed.word.strip(".")
        if not shown:
            continue
        if not rows or placed.bottom - rows[-1][0] > 4:
            rows.append((placed.bottom, []))
        rows[-1][1].append((placed.left, shown))
    return [" ".join(word for _, word in sorted(row)) for _, row in rows]


def convert_by_libreoffice(files: Sequence[Path], folder: Path) -> list[Path]:
    """Return the PDFs LibreOffice makes of ``files``, all in one run."""
    target = folder / "libreoffice"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            tool("soffice"),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(target),
            *map(str, files),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return [target / f"{file.stem}.pdf" for file in files]
