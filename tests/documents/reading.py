"""Reading finished files back: words of a PDF by place, PDFs that LibreOffice makes of a .docx."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="[\d.-]+" yMax="([\d.-]+)">(.*?)</word>'
)


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


def page_lines(pdf: Path) -> list[list[str]]:
    """Return the lines of every page from top to bottom; dotted leaders are left out."""
    done = subprocess.run(
        [tool("pdftotext"), "-bbox", str(pdf), "-"], capture_output=True, check=True
    )
    pages = re.findall(r"<page [^>]*>(.*?)</page>", done.stdout.decode(), re.DOTALL)
    return [_lines(_WORD.findall(page)) for page in pages]


def _lines(words: list[tuple[str, str, str]]) -> list[str]:
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for x, y, word in sorted(words, key=lambda word: (float(word[1]), float(word[0]))):
        shown = html.unescape(word).strip(".")
        if not shown:
            continue
        if not rows or float(y) - rows[-1][0] > 4:
            rows.append((float(y), []))
        rows[-1][1].append((float(x), shown))
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
