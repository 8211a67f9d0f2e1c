"""Letters in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I (parts IV and V).

Number and date stay blank: they are given after signing (Điều 15). A sender without a superior
body has only its own name at the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ncs_desktop.documents.compose_blocks import BlockStyle, compose_blocks
from ncs_desktop.documents.compose_common import (
    POINTS_PER_MM,
    SIGNING_ROOM,
    balanced,
    bind_to_next,
    centered,
    line,
    one_line,
    side_by_side,
    text_width,
)
from ncs_desktop.documents.layout.lines import break_lines
from ncs_desktop.documents.layout.pages import lay_out
from ncs_desktop.documents.layout.prepare import prepare
from ncs_desktop.documents.layout.units import points
from ncs_desktop.documents.page import (
    Align,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    PageNumbers,
    Paper,
    Rule,
    Text,
)
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.dates import blank_date_line
from ncs_desktop.domain.letter import MOTTO, NATION, Letter

HEAD_SHARE = 67.9 / (67.9 + 95.3)
"""The left column of the head, as in the decree's own sample of a công văn."""
SIGNATURE_SHARE = 61.9 / (61.9 + 102.5)
BODY_SIZE, BODY_LINE, BODY_AFTER = 14.0, 18.0, 6.0
TIGHT_LINE = 17.0
"""Line height (pt) of a letter that so saves a page; the decree asks for single spacing, 16.1."""
FIRST_INDENT = 12.7
END_MARK = "./."
FIRST_RECIPIENT, LAST_RECIPIENT = "Như trên", "Lưu: VT"
NUMBER_ROOM = "\u00a0" * 10
DRAFT_TITLE = "{title} (bản dự thảo do phần mềm gợi ý)"
_END = re.compile(r"[\s.;,/]*$")


def compose_letter(letter: Letter) -> Document:
    """Return the letter as a document; whose draft it is stands only in the file's title.

    One that runs over its page by little is set tighter, rather than leave the page white and two
    lines with the signature on another.
    """
    usual = _composed(letter, BODY_LINE)
    pages = _pages(usual)
    if pages == 1:
        return usual
    tight = _composed(letter, TIGHT_LINE)
    return tight if _pages(tight) < pages else usual


def _pages(document: Document) -> int:
    return len(lay_out(prepare(document)))


def _composed(letter: Letter, line_height: float) -> Document:
    paper = Paper()
    body = [*_addressees(letter, paper, line_height), *_body(letter, paper, line_height)]
    elements = (
        letter_head(letter, paper.text_width),
        *_kind_title(letter, paper),
        *_bound_to_signature(body, paper),
        _signature(letter, paper),
    )
    title = one_line(letter.subject or letter.kind_title)
    title = DRAFT_TITLE.format(title=title) if letter.note else title
    return Document(title, elements, paper, Furniture(PageNumbers.TOP_CENTER))


def letter_head(letter: Letter, width: float) -> Grid:
    """Return the head: agency, number and subject at the left; nation, motto, date at the right."""
    left = round(width * HEAD_SHARE, 1)
    right = round(width - left, 1)
    number = f"Số:{NUMBER_ROOM}{letter.number_symbol or '/……………'}"
    below_left = [line(number, centered(13, 17))]
    if letter.subject and not letter.kind_title:
        subject = balanced(_subject(letter.subject), 12, left)
        below_left.append(line(subject, centered(12, 15, before=6)))
    date = line(blank_date_line(letter.place, None), centered(13, 17), italic=True)
    agency = agency_lines(letter.parent, letter.agency, left)
    upper = side_by_side((left, right), agency, national_lines())
    lower = side_by_side((left, right), below_left, [date])
    return replace(upper, rows=(replace(upper.rows[0], keep_with_next=True), *lower.rows))


def agency_lines(parent: str, agency: str, width: float) -> tuple[Element, ...]:
    """Return the sender's name, its superior above it, and the rule under a third of the line."""
    lines: list[Element] = []
    if parent.strip():
        lines.append(line(balanced(parent.upper(), 12, width), centered(12, 15)))
    name = balanced(agency.upper(), 12, width, bold=True)
    lines.append(line(name, centered(12, 15), bold=True))
    length = max(text_width(part, 12, bold=True) for part in name.split("\n")) * 0.42
    return (*lines, Rule(round(max(length, 10.0), 1)))


def national_lines(motto_size: float = 13.0) -> tuple[Element, ...]:
    """Return Quốc hiệu, Tiêu ngữ and the rule as long as the motto."""
    return (
        line(NATION, centered(12, 15), bold=True),
        line(MOTTO, centered(motto_size, 17), bold=True),
        Rule(round(text_width(MOTTO, motto_size, bold=True), 1)),
    )


def _subject(subject: str) -> str:
    subject = one_line(subject)
    return subject if subject.lower().startswith("v/v") else f"V/v {subject}"


def _kind_title(letter: Letter, paper: Paper) -> Iterator[Element]:
    if not letter.kind_title:
        return
    yield line(one_line(letter.kind_title).upper(), centered(14, 19, before=16), bold=True)
    if letter.subject:
        subject = balanced(letter.subject, 14, paper.text_width, bold=True)
        yield line(subject, centered(14, 19), bold=True)
        length = max(text_width(part, 14, bold=True) for part in subject.split("\n")) * 0.4
        yield Rule(round(length, 1))


def _addressees(letter: Letter, paper: Paper, line_height: float) -> Iterator[Text]:
    """One addressee stands on the line of «Kính gửi:»; several below it, dashes under the colon."""
    names = [_END.sub("", one_line(name)) for name in letter.addressees if name.strip()]
    plain = Format("Kính gửi", Align.LEFT, BODY_SIZE, line_height, keep_with_next=True)
    if len(names) == 1:
        text = f"Kính gửi: {names[0]}"
        wide = text_width(text, BODY_SIZE) > paper.text_width
        format = replace(plain, align=Align.CENTER, before=14.0, after=12.0)
        if wide:
            indent = text_width("Kính gửi: ", BODY_SIZE)
            format = replace(format, align=Align.LEFT, left_indent=indent, first_indent=-indent)
            yield Text((Run(names[0]),), format, "Kính gửi:")
        else:
            yield line(text, format)
    elif names:
        indent = 22.0
        yield line("Kính gửi:", replace(plain, before=14.0, left_indent=indent))
        colon = indent + text_width("Kính gửi", BODY_SIZE)
        item = replace(plain, left_indent=colon + 4.0, first_indent=-4.0)
        for index, name in enumerate(names):
            last = index == len(names) - 1
            format = replace(item, after=12.0) if last else item
            yield Text((Run(f"{name}{'.' if last else ';'}"),), format, "-")


def _body(letter: Letter, paper: Paper, line_height: float) -> tuple[Element, ...]:
    format = Format(
        "Nội dung", Align.JUSTIFY, BODY_SIZE, line_height, 0.0, BODY_AFTER, 0.0, FIRST_INDENT
    )
    style = BlockStyle(format, paper.text_width, list_indent=None)
    return _with_end_mark(compose_blocks(letter.body, style))


def _with_end_mark(elements: Sequence[Element]) -> tuple[Element, ...]:
    """Return ``elements`` whose last paragraph ends with «./.»."""
    *before, last = elements or (Text(),)
    if not isinstance(last, Text) or not last.runs:
        return tuple(elements)
    text = _END.sub("", last.runs[-1].text)
    runs = (*last.runs[:-1], replace(last.runs[-1], text=text + END_MARK))
    return (*before, replace(last, runs=runs))


def _bound_to_signature(body: Sequence[Element], paper: Paper) -> tuple[Element, ...]:
    """Return ``body`` whose end, two lines or rows at least, stays with the signature below it.

    More would leave the page above white where the signature finds no room on it.
    """
    last = body[-1] if body else None
    lines = len(break_lines(last, points(paper.text_width))) if isinstance(last, Text) else 1
    return bind_to_next(body, 1 if lines > 1 else 2)


def _signature(letter: Letter, paper: Paper) -> Grid:
    """Return «Nơi nhận» at the left; title, room to sign and name at the right."""
    left = round(paper.text_width * SIGNATURE_SHARE, 1)
    right = round(paper.text_width - left, 1)
    titles = [one_line(part) for part in letter.signer_title.split("\n") if part.strip()]
    signer = [_signer_line(title) for title in titles]
    room = SIGNING_ROOM * POINTS_PER_MM
    if signer:
        signer[0] = replace(signer[0], format=replace(signer[0].format, before=6.0))
    name = one_line(letter.signer_name)
    if name:
        signer.append(line(name, centered(14, 18, before=room), bold=True))
    height = (6 + 18 * (len(titles) + 1) + room) / POINTS_PER_MM
    recipients = tuple(_recipients(letter))
    return side_by_side((left, right), recipients, signer, minimum_height=round(height, 1))


def _signer_line(title: str) -> Text:
    """Return a line of the signer's office; a note in brackets is set as a note."""
    if title.startswith("("):
        return line(title, centered(13, 18), italic=True)
    return line(title.upper(), centered(14, 18), bold=True)


def _recipients(letter: Letter) -> Iterator[Text]:
    names = [
        _END.sub("", one_line(name)).lstrip("- ") for name in letter.recipients if name.strip()
    ]
    if not names:
        return
    head = Format("Nơi nhận", Align.LEFT, 12, 15, 6.0, keep_with_next=True)
    yield line("Nơi nhận:", head, bold=True, italic=True)
    item = replace(
        head, size=11.0, line_height=13.5, before=0.0, left_indent=2.5, first_indent=-2.5
    )
    kept = [name for name in names if not name.startswith("Lưu")]
    filed = [name for name in names if name.startswith("Lưu")] or [LAST_RECIPIENT]
    for name in kept:
        yield Text((Run(f"{name};"),), item, "-")
    yield Text((Run(f"{filed[-1]}."),), item, "-")
