"""The document as both writers set it: texts cleaned, spacing settled, separators in place.

Word, LibreOffice and we disagree on where two paragraphs' spacing collapses and what happens to it
at the top of a page. So the space between two texts is moved below the first of them, where all
three treat it alike. Word also demands a paragraph behind a last
table and for a page break to stand on: a line of 1 pt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ncs_desktop.documents.page import Cell, Document, Element, Format, Grid, PageBreak, Text
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.text import clean_text

SEPARATOR = Text((), Format(style="Ngăn", size=1.0, line_height=1.0))
"""The line of 1 pt that stands between two tables, ends a body or cell, carries a page break."""

_TAB = "    "


def prepare(document: Document) -> Document:
    """Return ``document`` cleaned and ready for any writer; doing so twice changes nothing."""
    furniture = replace(
        document.furniture,
        footer=_clean(document.furniture.footer),
        watermark=_clean(document.furniture.watermark),
    )
    return replace(
        document,
        title=_clean(document.title),
        body=_prepare_elements(document.body, True),
        furniture=furniture,
    )


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return clean_text(text).text.replace("\t", _TAB)


def _prepare_elements(elements: Iterable[Element], body: bool = False) -> tuple[Element, ...]:
    done: list[Element] = []
    for element in elements:
        previous = done[-1] if done else None
        if isinstance(element, Text):
            done.append(_settle(done, _prepare_text(element)))
            continue
        if isinstance(element, PageBreak):
            if isinstance(previous, PageBreak | None):
                continue
        elif isinstance(previous, PageBreak) or (
            isinstance(element, Grid) and isinstance(previous, Grid)
        ):
            done.append(_separator(previous))
        done.append(_prepare_grid(element) if isinstance(element, Grid) else element)
    if not (isinstance(done[-1], Text) if done else body):
        if body and done:
            done[-1] = _bound(done[-1])
        done.append(SEPARATOR)
    return tuple(done)


def _separator(previous: Element | None) -> Text:
    """Return the line below ``previous``, which stays with what follows where that does."""
    bound = isinstance(previous, Grid) and previous.rows[-1:] and previous.rows[-1].keep_with_next
    return replace(SEPARATOR, format=replace(SEPARATOR.format, keep_with_next=bool(bound)))


def _bound(element: Element) -> Element:
    """Return the last ``element`` kept with the line below it, which fills no page of its own."""
    if not isinstance(element, Grid) or not element.rows or element.rows[-1].may_split:
        return element
    last = replace(element.rows[-1], keep_with_next=True)
    return replace(element, rows=(*element.rows[:-1], last))


def _prepare_text(text: Text) -> Text:
    runs = tuple(run.with_text(_clean(run.text)) for run in text.runs if run.text)
    if text.leader and not runs and not text.marker:
        runs = (Run(" "),)
    return Text(runs, text.format, _clean(text.marker), text.leader, text.anchor)


def _settle(done: list[Element], text: Text) -> Text:
    """Move the space above ``text`` below the text before it."""
    before = text.format.before
    previous = done[-1] if done else None
    if not before or not isinstance(previous, Text):
        return text
    done[-1] = replace(
        previous, format=replace(previous.format, after=previous.format.after + before)
    )
    return replace(text, format=replace(text.format, before=0.0))


def _prepare_grid(grid: Grid) -> Grid:
    rows = tuple(
        replace(
            row,
            cells=tuple(
                Cell(_prepare_elements(cell.content), cell.columns, cell.rows) for cell in row.cells
            ),
        )
        for row in grid.rows
    )
    return replace(grid, rows=rows)
