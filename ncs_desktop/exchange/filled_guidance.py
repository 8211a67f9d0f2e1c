"""Guidance that a form prints under its headings, told from what a person wrote there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ncs_desktop.exchange.filled_anchors import overlap
from ncs_desktop.exchange.filled_known import Known
from ncs_desktop.exchange.filled_lines import Line, folded_words, without_edges
from ncs_desktop.exchange.filled_money import declared_unit
from ncs_desktop.exchange.filled_words import INSTRUCTIONS

_ADDED = re.compile(r"\s*(?:\([^()\d]*\)|/[A-Za-z ,&-]+)[\s:.]*")
_SHORT_ADDED, _LONG_GUIDANCE = 8, 12
_BRACKET_LINES = 14


def take_guidance(
    lines: Sequence[Line], known: frozenset[tuple[str, str]], form: Known
) -> tuple[list[Line], list[Line], list[Line]]:
    """Return printed guidance at the beginning, what only looks like it, and what follows.

    Guidance that this form does not have is told from a value by its figures, and by standing on
    the line of the heading.
    """
    taken: list[Line] = []
    beside: list[Line] = []
    rest, on_heading = list(lines), True
    if _is_added_to_heading(rest):
        taken.append(rest.pop(0))
    taken += [line for line in rest[1:] if _is_guidance(line, known, form)]
    rest = [*rest[:1], *(line for line in rest[1:] if not _is_guidance(line, known, form))]
    while rest and rest[0].table is None:
        if rest[0].blank and not rest[0].text.strip(" ("):
            rest.pop(0)
            on_heading = False
            continue
        bracket = _bracket(rest)
        if bracket is None:
            if len(folded_words(rest[0].text)) < 4 or overlap(rest[0].text, known) < 0.8:
                break
            taken.append(rest.pop(0))
            on_heading = False
            continue
        text, index, end = bracket
        printed = overlap(text, known) >= 0.6 or (_instructs(text) and form.all_of(text))
        figures = any(word.isdigit() for word in folded_words(text))
        if not printed and (not _instructs(text) or (figures and not on_heading)):
            break
        (taken if printed else beside).extend([*rest[:index], rest[index].part(0, end)])
        remainder = without_edges(rest[index].part(end), ":.;,")
        rest = [replace(remainder, marker=""), *rest[index + 1 :]]
    return taken, beside, rest


def _is_guidance(line: Line, known: frozenset[tuple[str, str]], form: Known) -> bool:
    """Whether ``line`` is nothing but printed guidance, wherever in the section it stands."""
    text = line.text.strip()
    if line.table is not None or not (text.startswith("(") and text.endswith(")")):
        return False
    long = len(folded_words(text)) >= _LONG_GUIDANCE
    return long and overlap(text, known) >= 0.9 and form.all_of(text)


def _is_added_to_heading(lines: Sequence[Line]) -> bool:
    """Whether the line of the heading goes on with an addition to it, such as a translation.

    A short bracket without figures, or words behind a stroke, where the value stands below.
    """
    first = lines[0] if lines else Line()
    below = any(not line.blank for line in lines[1:])
    short = 0 < len(folded_words(first.text)) <= _SHORT_ADDED
    added = below and short and _ADDED.fullmatch(first.text) is not None
    return added and not declared_unit([first.text])


def _bracket(lines: Sequence[Line]) -> tuple[str, int, int] | None:
    """Return the text in brackets that ``lines`` begin with, the line and place of its end."""
    if not lines[0].text.lstrip(" :.\t\u00a0").startswith("("):
        return None
    depth, inside = 0, ""
    for index, line in enumerate(lines[:_BRACKET_LINES]):
        if line.table is not None:
            return None
        for place, letter in enumerate(line.text):
            depth += (letter == "(") - (letter == ")")
            if letter == ")" and depth <= 0:
                return f"{inside} {line.text[: place + 1]}", index, place + 1
        inside += f" {line.text}"
    return None


def _instructs(text: str) -> bool:
    words = " ".join(folded_words(text))
    return any(words == start or words.startswith(f"{start} ") for start in INSTRUCTIONS)
