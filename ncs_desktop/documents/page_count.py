"""How many pages a PDF from elsewhere has, read from its tree of pages; nothing is drawn.

The count stands in the root of that tree, in a plain object or in a packed stream of objects. A
file signed after it was written repeats objects; the last one of a number is the one that holds.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b(.*?)(endobj|stream\r?\n)", re.DOTALL)
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_TREE = re.compile(rb"/Type\s*/Pages\b")
_COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
_BRACKET = re.compile(rb"<<|>>")
_MOST_PACKED = 16 * 2**20
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n")


def page_count(content: bytes) -> int | None:
    """Return the pages of a PDF, 1 for a photographed page; None where they cannot be told."""
    if content.startswith(_PICTURES):
        return 1
    if not content.startswith(b"%PDF-"):
        return None
    trees: dict[bytes, int] = {}
    for place, text in _objects(content):
        count = _COUNT.search(text)
        if _TREE.search(text) and count:
            trees[place] = int(count[1])
    return max(trees.values(), default=0) or None


def _objects(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield every dictionary with what names it: the object's number, or its own words."""
    for found in _OBJECT.finditer(content):
        number, text = found[1], found[2]
        if found[3] != b"endobj" and _PACKED.search(text):
            for inner in _dictionaries(_unpacked(content, found.end())):
                yield inner, inner
        else:
            yield number, text


def _unpacked(content: bytes, start: int) -> bytes:
    try:
        packed = content[start : content.find(b"endstream", start)]
        return zlib.decompressobj().decompress(packed, _MOST_PACKED)
    except zlib.error:
        return b""


def _dictionaries(text: bytes) -> Iterator[bytes]:
    depth = start = 0
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == b"<<":
            start = start if depth else bracket.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield text[start : bracket.end()]
