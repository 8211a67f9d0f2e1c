"""Finding text without case and diacritics, at its place in the original.

Folds each character on its own, so that every folded letter knows where it came from; what
``domain.text.fold`` decides by neighbours (``kỹ`` = ``kĩ``) is decided on the folded whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ncs_desktop.domain.text import without_marks

_VOWEL_Y = re.compile(r"(?<![aeou])y|(?<=qu)y")


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    if letter.isspace():
        return " "
    return without_marks(without_marks(letter).casefold())


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return ``text`` folded, and for each of its letters the place in ``text``."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in letter.lower() if letter.isascii() and letter > " " else _folded(letter):
            if part == " " and letters and letters[-1] == " ":
                continue
            letters.append(part)
            places.append(place)
    return _VOWEL_Y.sub("i", "".join(letters)), places


def find_folded(haystack: str, needle: str) -> list[tuple[int, int]]:
    """Return the places (start, end) in ``haystack`` that read like ``needle``, left to right.

    Case, diacritics and the number of blanks do not count; marks that follow their letter (NFD)
    belong to it. Places do not overlap; an empty needle is nowhere.
    """
    wanted = " ".join(_fold_with_places(needle)[0].split())
    if not wanted:
        return []
    text, places = _fold_with_places(haystack)
    found = []
    at = text.find(wanted)
    while at >= 0:
        end = places[at + len(wanted) - 1] + 1
        while end < len(haystack) and not _folded(haystack[end]):
            end += 1
        found.append((places[at], end))
        at = text.find(wanted, at + len(wanted))
    return found
