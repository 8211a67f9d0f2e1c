"""Lengths: millimetres of the page model become points, on the grid of Word's twips."""

from __future__ import annotations

from ncs_desktop.documents.page import Paper

MM = 72 / 25.4
"""Points in a millimetre."""


def points(millimetres: float) -> float:
    """Return a length in pt, rounded to Word's unit, the twip (1/20 pt)."""
    return round(millimetres * 1440 / 25.4) / 20


def twips(length: float) -> int:
    """Return ``length`` pt in twips."""
    return round(length * 20)


def text_width(paper: Paper) -> float:
    """Return the width of the text area in pt, as Word reckons it from paper and margins."""
    return points(paper.width) - points(paper.left) - points(paper.right)


def text_height(paper: Paper) -> float:
    """Return the height of the text area in pt."""
    return points(paper.height) - points(paper.top) - points(paper.bottom)
