"""The four faces of Liberation Serif (metrics of Times New Roman) and their character widths."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache

from reportlab.pdfbase.ttfonts import TTFont

from ncs_desktop.paths import data_folder

REPLACEMENT = "□"
"""Drawn in place of a character the font lacks; the text layer keeps the real one."""

_NAMES = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}
_WORDS_REMEMBERED = 20_000
_INVISIBLE_CATEGORIES = ("Cf", "Cc", "Co", "Cs")


@dataclass(slots=True, eq=False)
class Face:
    """One face: its font object and the widths of characters and words in 1/1000 of the size."""

    name: str
    font: TTFont
    characters: dict[str, float] = field(default_factory=dict)
    words: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """Return the width of ``text`` in thousandths of the font size."""
        width = self.words.get(text)
        if width is None:
            if len(self.words) > _WORDS_REMEMBERED:
                self.words.clear()
            width = self.words[text] = sum(map(self.character_width, text))
        return width

    def character_width(self, character: str) -> float:
        """Return the width of one character, of the replacement where the font lacks it."""
        width = self.characters.get(character)
        if width is None:
            width = self.characters[character] = self._measure(character)
        return width

    def _measure(self, character: str) -> float:
        if is_invisible(character):
            return 0.0
        code = ord(character) if self.has(character) else ord(REPLACEMENT)
        return float(self.font.face.charWidths[code])

    def has(self, character: str) -> bool:
        """Whether the font can draw ``character``."""
        return ord(character) in self.font.face.charToGlyph and not is_invisible(character)


@cache
def is_invisible(character: str) -> bool:
    """Whether ``character`` leaves no mark on paper: joiners, variation selectors, controls."""
    if character in "\u00a0 ":
        return False
    return (
        unicodedata.category(character) in _INVISIBLE_CATEGORIES
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


@cache
def face(bold: bool, italic: bool) -> Face:
    """Return a face, read from ``resources/fonts`` once per process."""
    name = _NAMES[bold, italic]
    path = data_folder("resources") / "fonts" / f"LiberationSerif-{name}.ttf"
    return Face(
        name, TTFont(f"LiberationSerif-{name}", str(path), asciiReadable=False, shapable=False)
    )
