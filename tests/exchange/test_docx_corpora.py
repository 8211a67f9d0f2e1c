"""Public Word files not made for us: none crashes the reader, none loses a word."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from ncs_desktop.domain.blocks import Table
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.docx_reader import read_parts
from ncs_desktop.exchange.wordml import Package, tag

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FILES = sorted(path for path in CORPORA.rglob("*") if path.suffix in {".docx", ".dotx", ".docm"})
PARTS = ("header", "footer", "footnotes", "endnotes", "comments")


def _letters(text):
    text = clean_text(text).text
    return Counter(character for character in text if not character.isspace())


def _texts(blocks):
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _texts(cell)
        else:
            yield from (run.text for run in block.runs)


def _source(parts):
    package = Package(parts)
    main = next(package.related("", "officeDocument"))
    names = [main, *(name for kind in PARTS for name in set(package.related(main, kind)))]
    counted = Counter()
    for name in names:
        for item in package.root(name).iter():
            if tag(item) in {"w:t", "w:delText"}:
                counted += _letters(item.text or "")
    return counted


@pytest.mark.skipif(not FILES, reason="the public corpora are not at hand")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_word_is_accounted_for(path):
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError):
        pytest.skip("not a readable zip: refused at the gate")
    try:
        document = read_parts(parts)
    except InputProblem:
        return
    found = Counter()
    for story in document.stories:
        for text in _texts(story.blocks):
            found += _letters(text)
    for item in document.dropped:
        found += _letters(item.text)
    missing = _source(parts) - found
    if document.remarks.get("docx.legacy_font"):
        assert sum(missing.values()) <= sum(found.values())
    else:
        assert not missing
