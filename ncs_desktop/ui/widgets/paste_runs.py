"""One line of pasted text into blocks: blanks as a browser shows them, runs of one style joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from ncs_desktop.domain.blocks import Block, ListItem, Paragraph, Run, blocks_from_text
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.paste_look import Look

Inline: TypeAlias = tuple[str, Look]
_BLANKS = re.compile("[ \t\n\r\f\u00a0]{2,}|[\t\n\r\f]")
_LITERAL_BREAK = re.compile("\r\n|[\r\n]")
BREAK = "\v"
"""Stands for ``<br>`` while a line is put together."""


def blocks_of_line(line: Iterable[Inline], marker: str | None, level: int) -> Iterator[Block]:
    """Yield the blocks of one paragraph of markup.

    A list item keeps its line breaks; elsewhere each line is a paragraph of its own, and a line
    that begins with a marker is an item.
    """
    lines = list(_lines(line))
    if marker is not None:
        runs: list[Run] = []
        for number, found in enumerate(lines):
            runs += [Run("\n"), *found] if number else found
        yield ListItem(joined(runs), marker, level)
        return
    for found in lines:
        yield marked(joined(found))


def marked(runs: tuple[Run, ...]) -> Block:
    """Return a paragraph, or a list item where the text begins with a marker."""
    text = "".join(run.text for run in runs)
    read = blocks_from_text(text)
    if len(read) != 1 or not isinstance(read[0], ListItem):
        return Paragraph(runs)
    item = read[0]
    return ListItem(_without(runs, len(item.marker) + 1), item.marker, item.level)


def _without(runs: tuple[Run, ...], count: int) -> tuple[Run, ...]:
    kept = []
    for run in runs:
        if count < len(run.text):
            kept.append(replace(run, text=run.text[count:]))
        count = max(count - len(run.text), 0)
    return tuple(kept)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return ``runs`` with neighbours of one style joined."""
    texts: list[list[str]] = []
    styles: list[Run] = []
    for run in runs:
        style = replace(run, text="")
        if styles and styles[-1] == style:
            texts[-1].append(run.text)
        else:
            styles.append(style)
            texts.append([run.text])
    return tuple(
        replace(style, text="".join(parts)) for style, parts in zip(styles, texts, strict=True)
    )


def _lines(line: Iterable[Inline]) -> Iterator[list[Run]]:
    current: list[Run] = []
    for text, look in line:
        shown = _LITERAL_BREAK.sub(BREAK, text) if look.literal else text
        for number, part in enumerate(shown.split(BREAK)):
            if number:
                yield from _tidied(current)
                current = []
            if part:
                current.append(_run(part, look))
    yield from _tidied(current)


def _run(text: str, look: Look) -> Run:
    return Run(
        text,
        bold=look.bold,
        italic=look.italic,
        underline=look.underline,
        superscript=look.superscript,
        subscript=look.subscript,
    )


def _tidied(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield the line with blanks collapsed, nothing where it is blank."""
    made: list[Run] = []
    blank_before = True
    for run in runs:
        text = clean_text(_BLANKS.sub(" ", run.text)).text
        if blank_before:
            text = text.lstrip(" \u00a0")
        if text:
            blank_before = text[-1] == " "
            made.append(replace(run, text=text))
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
        yield made
