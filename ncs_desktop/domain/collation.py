"""Vietnamese order of words, titles and names, the same on every system.

Letters ``a ă â b c d đ e ê … o ô ơ … u ư … y``, foreign letters among them; then the tones: none,
huyền, hỏi, ngã, sắc, nặng; a space is lower than any letter. Tones decide only between texts whose
letters are equal, as ICU's Vietnamese rules have it.
"""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

from ncs_desktop.domain.text import nfc

Key: TypeAlias = tuple[str, str, str]

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_LETTERS = {
    **dict.fromkeys((*range(0x7B, 0x89),), " "),
    **dict(zip(map(ord, "–—“”‘’«»…\u00a0"), '--""\'\'"". ', strict=True)),
}
_LETTER_TONES: dict[int, str] = {}


def _fill_tables() -> None:
    for index, letter in enumerate(_ALPHABET):
        for tone, mark in enumerate(("", *_TONES)):
            composed = unicodedata.normalize("NFC", letter + mark)
            if len(composed) == 1:
                for form in {composed, composed.upper()}:
                    _LETTERS[ord(form)] = chr(ord("a") + index)
                    _LETTER_TONES[ord(form)] = str(tone)


_fill_tables()


def collation_key(text: str) -> Key:
    """Return the sort key of ``text``: letters, then tones, then the text itself."""
    text = nfc(text)
    tones = "".join(_LETTER_TONES.get(ord(letter), "0") for letter in text)
    return text.translate(_LETTERS), tones, text.swapcase()
