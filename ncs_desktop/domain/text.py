"""Text at every border: one normal form, no character that breaks a file, folding for search.

Everything here is called on every keystroke, over sections of 50,000 characters, so the common
case (nothing to do) costs one scan.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_PLANE_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSEEN = "\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
"""Spaces without width and marks that turn the direction of writing: signed unseen."""
_NEVER = f"\x00-\x08\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_UNSEEN}{_PLANE_ENDS}"
_ILLEGAL = re.compile(f"[\x0e-\x1f{_NEVER}]+")
_ODD = re.compile(f"[\x0b-\x1f\u2028\u2029{_NEVER}]")

_MARKS = re.compile("[\u0300-\u036f]+")
_VOWEL_Y = re.compile(r"y(?<![aeou]y)|y(?<=quy)")
_BARRED = (("đ", "d"), ("ð", "d"), ("Đ", "D"), ("Ð", "D"))
_WORD = re.compile(r"[^\W_]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")

_RESERVED_NAMES = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text ready for any file, and how many characters had to be dropped for that."""

    text: str
    dropped: int = 0


def nfc(text: str) -> str:
    """Return ``text`` in NFC, the form of TCVN 6909:2001; macOS and old Word files bring NFD."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_text(text: str) -> Cleaned:
    r"""Return ``text`` in NFC with ``\n`` line ends and without characters no file can carry.

    Dropped and counted: control characters but tab and line end, lone surrogates, noncharacters,
    spaces without width, marks of writing direction. XML 1.0 forbids most of them; the rest have no
    shape on paper. Emoji and their joiners, no-break spaces and soft hyphens stay.
    """
    if text.replace("\n", "").replace("\t", "").isprintable() or _ODD.search(text) is None:
        return Cleaned(nfc(text))
    broken = _LINE_BREAK.sub("\n", text)
    kept = _ILLEGAL.sub("", broken)
    return Cleaned(nfc(kept), len(broken) - len(kept))


def without_marks(text: str) -> str:
    """Return ``text`` without tone and vowel marks, đ as d; letter case stays."""
    if text.isascii():
        return text
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    for barred, letter in _BARRED:
        plain = plain.replace(barred, letter)
    return plain


def fold(text: str) -> str:
    """Return what search compares: no case, no marks, one space between words.

    Both ways of writing a tone (``hoà``, ``hòa``) come out equal, and so do ``i`` and ``y`` where
    they are the syllable's only vowel (``kĩ``/``kỹ``, ``quí``/``quý``) or begin it (``iêu``); after
    another vowel they make different words (``tai``, ``tay``) and stay.
    """
    plain = without_marks(without_marks(text).casefold())
    return " ".join(_VOWEL_Y.sub("i", plain).split())


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, punctuation left out."""
    return list(chain.from_iterable(map(_words_between_spaces, nfc(text).split())))


@lru_cache(maxsize=2**13)
def _words_between_spaces(piece: str) -> tuple[str, ...]:
    return tuple(filter(None, map(fold_word, _WORD.findall(piece))))


@lru_cache(maxsize=2**13)
def fold_word(word: str) -> str:
    """Fold one word; Vietnamese has few syllables, and a text repeats them."""
    return fold(word)


def slug(text: str, limit: int = 60) -> str:
    """Return a file name part of ``a-z0-9-``: at most ``limit`` long, never empty or reserved.

    It is cut at a word's end where there is one, and is a valid name on Windows too.
    """
    plain = _NOT_SLUG.sub("-", without_marks(text).lower()).strip("-")
    if len(plain) > limit:
        cut = plain[: limit + 1].rpartition("-")[0]
        plain = cut or plain[:limit]
    if plain in _RESERVED_NAMES:
        plain = f"phieu-{plain}"
    return (plain or "phieu")[:limit].strip("-")


def changed_part(before: str, after: str) -> tuple[int, str, str]:
    """Return where two texts begin to differ, what went from there and what came."""
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    return start, before[start : len(before) - end], after[start : len(after) - end]


def _same(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike; halving, since texts are long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low
