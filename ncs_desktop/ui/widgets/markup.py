"""Tags and text of pasted HTML, read in one pass whose time grows with the length only.

The standard library's parser takes minutes on 200 KB of hostile markup and raises on some; a paste
must do neither. What browsers do not show (comments, scripts, styles) does not come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_NEVER_SHOWN = ("script", "style", "title", "xml", "template", "noscript", "iframe", "svg")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>")
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)([^<>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s=/>\"']++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>\"']++))?+")
_LONGEST_TAG = 20_000


class Piece(NamedTuple):
    """A stretch of text, or a tag with its attributes (lower-case names, unescaped values)."""

    kind: Literal["text", "open", "close", "dropped"]
    name: str
    attributes: dict[str, str]


def pieces(html: str) -> Iterator[Piece]:
    """Yield tags and unescaped texts of ``html`` in order.

    ``dropped`` names an element whose content is never shown. A quote that is never closed does not
    swallow the words behind it.
    """
    at, missing, tag = 0, set[str](), _TAG
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            start = len(html)
        if start > at:
            yield Piece("text", unescape(html[at:start]), {})
        if start == len(html):
            return
        found = tag.match(html, start)
        if found is None and tag is _TAG and html[start + 1 : start + 2].isalpha():
            tag = _PLAIN_TAG  # a quote is open to the very end: from here on none is trusted
            found = tag.match(html, start)
        if found is None:
            at = _past_declaration(html, start, missing)
            if at == start:
                yield Piece("text", "<", {})
                at += 1
            continue
        yield _tag(found)
        at = found.end()
        name = found[2].lower()
        if name in _NEVER_SHOWN and not found[1]:
            at = _past_element(html, at, name, missing)


def _tag(found: re.Match[str]) -> Piece:
    name = found[2].lower()
    if found[1]:
        return Piece("close", name, {})
    if name in _NEVER_SHOWN:
        return Piece("dropped", name, {})
    body = found[3][:_LONGEST_TAG]
    attributes: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(body):
        value = (attribute[2] or "").strip("\"'")
        attributes.setdefault(attribute[1].lower(), unescape(value))
    return Piece("open", name, attributes)


def _past_declaration(html: str, start: int, missing: set[str]) -> int:
    """Return where to go on after a comment or declaration; ``start`` if it is none."""
    if html.startswith("<!--", start):
        if html.startswith(("<!-->", "<!--->"), start):
            return html.find(">", start) + 1
        return _find(html, "-->", start + 4, missing)
    if html.startswith(("<!", "<?", "</"), start) and start + 2 < len(html):
        return _find(html, ">", start + 2, missing)
    return start


def _find(html: str, end: str, at: int, missing: set[str]) -> int:
    """Return the place behind the next ``end``; where there is none, behind what opened it."""
    place = -1 if end in missing else html.find(end, at)
    if place < 0:
        missing.add(end)
        return at
    return place + len(end)


def _past_element(html: str, at: int, name: str, missing: set[str]) -> int:
    """Return the place of the end tag of an element that is never shown, if it has one."""
    if name in missing:
        return at
    found = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(html, at)
    if found is None:
        missing.add(name)
        return at
    return found.start()
