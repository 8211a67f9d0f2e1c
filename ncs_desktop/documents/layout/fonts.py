"""The four faces of Liberation Serif (metrics of Times New Roman) and their character widths."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase.ttfonts import TTFont

from ncs_desktop.paths import data_folder

UNITS = 120
"""Units of width in a point."""

REPLACEMENT = "□"
"""Drawn in place of a character the font lacks; the text layer keeps the real one."""

_ALIKE = {0x2011: 0x2010, 0x2610: 0x25A1}
"""Characters the font lacks and those that look the same: unbreakable hyphen, empty box."""
_NAMES = {
    (False, False): "Regular",
    (True, False): "Bold",
    (False, True): "Italic",
    (True, True): "BoldItalic",
}
_WORDS_REMEMBERED, _LONGEST_REMEMBERED = 20_000, 60
_INVISIBLE_CATEGORIES = ("Cf", "Cc", "Co", "Cs")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face: its name, its slant and its font object."""

    name: str
    italic: bool
    font: TTFont

    def has(self, character: str) -> bool:
        """Whether the font can draw ``character``."""
        return ord(character) in self.font.face.charToGlyph and not is_invisible(character)

    def advance(self, character: str) -> float:
        """Return the character's width in thousandths of the size; the replacement's if missing."""
        if is_invisible(character):
            return 0.0
        code = ord(character) if self.has(character) else ord(REPLACEMENT)
        return float(self.font.face.charWidths[code])


class Scale:
    """A face at one size: widths in whole units of 1/120 pt, rounded glyph by glyph.

    LibreOffice measures a .docx on a device of 8,640 dots per inch; counting in the same dots
    makes our lines break where its lines break, to the last of them.
    """

    def __init__(self, of: Face, size: float) -> None:
        self.face, self.size = of, size
        self._characters: dict[str, int] = {}
        self._words: dict[str, int] = {}

    def units(self, text: str) -> int:
        """Return the width of ``text``."""
        width = self._words.get(text)
        if width is None and len(text) > _LONGEST_REMEMBERED:
            return sum(map(self._character, text))
        if width is None:
            if len(self._words) > _WORDS_REMEMBERED:
                self._words.clear()
            width = self._words[text] = sum(map(self._character, text))
        return width

    def _character(self, character: str) -> int:
        width = self._characters.get(character)
        if width is None:
            exact = self.face.advance(character) * self.size * UNITS / 1000
            width = self._characters[character] = int(exact + 0.5)
        return width


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
    font = TTFont(f"LiberationSerif-{name}", str(path), asciiReadable=False, shapable=False)
    for missing, alike in _ALIKE.items():
        font.face.charToGlyph[missing] = font.face.charToGlyph[alike]
        font.face.charWidths[missing] = font.face.charWidths[alike]
    return Face(name, italic, font)


@cache
def scale(bold: bool, italic: bool, size: float) -> Scale:
    """Return a face at a size; every caller shares its remembered widths."""
    return Scale(face(bold, italic), size)
