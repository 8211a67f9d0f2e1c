"""TỜ ĐẦU BỘ IN KÝ: what lies in the stack to print, how many pages each, and who signs it.

It is a help of ours for the person at the printer, not an official form, and is not handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ncs_desktop.documents.compose_common import (
    PLAIN,
    centered,
    line,
    one_line,
    shared_width,
    table_cell,
    table_header,
    with_total,
)
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Furniture,
    Grid,
    Paper,
    Row,
    Text,
)
from ncs_desktop.documents.words import Words
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dossier import LETTER, SIGNED_PAPERS, has_drafted


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One paper of the stack: ``signer`` says who signs and stamps, ``code`` its control code."""

    name: str
    pages: int
    signer: str
    code: str = ""


def compose_cover(
    call: Call,
    papers: Sequence[CoverLine],
    words: Words,
    *,
    draft: bool = False,
    signed: Sequence[str] = SIGNED_PAPERS,
) -> Document:
    """Return the sheet that lies on top of the print set.

    ``signed`` are the kinds of paper in it that come back as scans.
    """
    paper = Paper(left=25.0)
    facts = [words("cover.call", title=call.title)]
    if call.deadline and call.deadline.text:
        facts.append(words("cover.deadline", text=call.deadline.text))
    kinds = ", ".join(words(f"cover.kind.{role}") for role in signed)
    hints = (
        *(("drafted",) if has_drafted(signed) else ()),
        "print",
        "sign" if LETTER in signed else "sign_forms",
        "scan",
    )
    elements: list[Element] = [
        line(words("cover.title"), centered(14, 19), bold=True),
        line(words("cover.subtitle"), replace(centered(11, 14), after=8.0), italic=True),
        *(line(one_line(fact), PLAIN) for fact in facts),
        line("", replace(PLAIN, size=6.0, line_height=6.0, after=0.0)),
        _papers(papers, paper.text_width, words),
        *(_hint(words(f"cover.hint.{key}", kinds=kinds)) for key in hints),
    ]
    furniture = Furniture(watermark=words("cover.draft") if draft else "")
    title = words("cover.document", title=one_line(call.title))
    return Document(title, tuple(elements), paper, furniture)


def _hint(text: str) -> Text:
    return Text((Run(text),), replace(PLAIN, before=3.0, left_indent=6.0, first_indent=-6.0), "-")


def _papers(papers: Sequence[CoverLine], width: float, words: Words) -> Grid:
    keys = ("number", "paper", "pages", "signer")
    rows = [table_header(words(f"cover.column.{key}") for key in keys)]
    for number, item in enumerate(papers, 1):
        code = words("cover.code", code=item.code) if item.code else ""
        rows.append(
            Row(
                (
                    table_cell(str(number), Align.CENTER),
                    table_cell(f"{item.name}\n{code}"),
                    table_cell(str(item.pages), Align.CENTER),
                    table_cell(item.signer),
                )
            )
        )
    total = str(sum(item.pages for item in papers))
    label = table_cell(words("cover.all_pages"), Align.RIGHT, bold=True, columns=2)
    total_row = Row((label, table_cell(total, Align.CENTER, bold=True), Cell()))
    return Grid(shared_width(width, 0.08, 0.50, 0.12, 0.30), with_total(rows, total_row), 1)
