"""Markers of list items: what is printed for a number, a letter or a bullet of another program."""

from __future__ import annotations

import re

_BULLET = re.compile("[-–—•●○▪■□◦‣·*§ØüqvoþÞ\u25a0-\u25ff\uf000-\uf0ff]")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STYLES = {
    "a": "a",
    "lower-alpha": "a",
    "lower-latin": "a",
    "A": "A",
    "upper-alpha": "A",
    "upper-latin": "A",
    "i": "i",
    "lower-roman": "i",
    "I": "I",
    "upper-roman": "I",
}


def bullet(level: int) -> str:
    """Return our bullet of a level: ``-`` and ``+`` in turn, as official letters do."""
    return "+" if level % 2 == 0 else "-"


def counted_marker(number: int, style: str) -> str:
    """Return the marker of the item ``number`` of a list numbered in an HTML or CSS ``style``."""
    kind = _STYLES.get(style, "1")
    if kind in "aA" and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter})" if kind == "a" else f"{letter.upper()}."
    if kind in "iI" and 1 <= number < 40:
        shown = _roman(number)
        return f"{shown}." if kind == "i" else f"{shown.upper()}."
    return f"{number}."


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        made += letters * count
    return made


def shown_marker(found: str, level: int) -> str:
    """Return the marker to print for what another program drew before an item."""
    mark = " ".join(found.split())
    if mark in ("-", "+"):
        return mark
    if not mark or _BULLET.fullmatch(mark):
        return bullet(level)
    return mark
