"""Where a line may end: the rules of Unicode's line breaking (UAX #14) that LibreOffice follows.

Only the classes that occur in Vietnamese office text are told apart; everything else is a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSING = ")]}»”’!?:;,./…%"
_OPENING = "([{«“‘"
_NO_SPACE_BREAK_BEFORE = frozenset(")]}!?:;,./»")
_INNER = re.compile(
    "[-\u2010\u2012\u2013\u2014\u200b/|\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]"
)
_WORD = re.compile(r"[^ \n]* *\n?")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def split_words(text: str) -> Iterator[str]:
    """Cut ``text`` into pieces a line may end behind; each holds its trailing spaces."""
    held = ""
    plain = not _INNER.search(text)
    for piece in _WORD.findall(text):
        if not piece:
            continue
        if held[-1:] not in ("", "\n") and piece[0] in _NO_SPACE_BREAK_BEFORE:
            held += piece
            continue
        if held:
            if plain:
                yield held
            else:
                yield from _split_inside(held)
        held = piece
    if held:
        yield from _split_inside(held)


def _split_inside(word: str) -> Iterator[str]:
    if not _INNER.search(word):
        yield word
        return
    start = 0
    for index in range(1, len(word)):
        if _may_break(word[index - 1], word[index]):
            yield word[start:index]
            start = index
    yield word[start:]


def _may_break(left: str, right: str) -> bool:
    if right in " \n" or left in " \n" or right in _CLOSING or right in "-\u2010\u2013":
        return False
    if left == "-":
        return not right.isdigit()
    if left in "\u2010\u2012\u2013\u2014\u200b|":
        return True
    return bool(_WIDE.match(left) or _WIDE.match(right)) and left not in _OPENING
