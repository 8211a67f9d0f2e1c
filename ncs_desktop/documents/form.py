"""The proposal form on paper: any Form, blank or with the values of a Proposal.

Headings, guidance and labels come from the form's data and are printed verbatim; an empty field is
drawn as the dotted lines of the official form. The signature block never stands alone on a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ncs_desktop.documents.compose_blocks import BlockStyle, compose_blocks
from ncs_desktop.documents.compose_common import (
    POINTS_PER_MM,
    SIGNING_ROOM,
    anchored,
    bind_to_next,
    line,
    one_line,
    side_by_side,
    text_width,
)
from ncs_desktop.documents.page import (
    Align,
    Document,
    Element,
    Format,
    Furniture,
    PageNumbers,
    Paper,
    Text,
)
from ncs_desktop.domain.blocks import (
    Block,
    Blocks,
    ListItem,
    Paragraph,
    Run,
    blocks_from_text,
)
from ncs_desktop.domain.form import FieldKind, Form, FormLine, HeadLine, LinePart, Section
from ncs_desktop.domain.money import format_dong, sentence_in_words
from ncs_desktop.domain.proposal import Proposal, lookup

DRAFT_MARK = "BẢN NHÁP"
DRAFT_FOOTER = "Bản nháp, chưa chốt để ký"
CODE_FOOTER = "Mã kiểm soát: {code}"
NONE = "Không"
"""Stands for an optional list that is empty, where nothing more is to be written."""
YEAR = "{plan_year}"
YEAR_BLANK = "……….. "
"""The leader of the official form's year line: «năm……….. )»."""
PART_GAP = 2.5
"""Between two parts of one line, mm."""
LINE_FACTOR = 17 / 13
"""Exact line height over type size: 17 pt for the form's 13 pt."""


def compose_form(
    form: Form, proposal: Proposal | None, *, draft: bool, control_code: str = ""
) -> Document:
    """Return the form as a document; without a proposal it is the blank form to fill by hand.

    A draft carries a watermark and no control code. Amounts that the two other amounts determine
    are printed, as Budget.completed tells. In a form to be signed an optional list that is empty
    says «Không», so that nothing can be written in afterwards.
    """
    page = _FormPage(form, proposal, Paper(), final=proposal is not None and not draft)
    title = f"{form.title}: {proposal.title}" if proposal and proposal.title else form.title
    return Document(
        one_line(title),
        tuple(page.elements()),
        page.paper,
        _furniture(proposal, draft, control_code),
        "" if draft else control_code,
    )


def _furniture(proposal: Proposal | None, draft: bool, control_code: str) -> Furniture:
    if draft:
        return Furniture(PageNumbers.FOOTER_OF_TOTAL, DRAFT_FOOTER, DRAFT_MARK)
    if proposal is None:
        return Furniture()
    footer = CODE_FOOTER.format(code=control_code) if control_code else ""
    return Furniture(PageNumbers.FOOTER_OF_TOTAL, footer)


@dataclass(frozen=True)
class _FormPage:
    """One form being set; a value object so that its parts need no long argument lists."""

    form: Form
    proposal: Proposal | None
    paper: Paper
    final: bool = False

    def elements(self) -> Iterator[Element]:
        yield from self._head()
        body: list[Element] = []
        for section in self.form.sections:
            body.extend(self._section(section))
        yield from bind_to_next(body)
        yield self._signature()

    def _format(self, style: str = "Nội dung", **changes: object) -> Format:
        size = self.form.page_size_pt
        plain = Format(style, Align.JUSTIFY, size, round(size * LINE_FACTOR, 1))
        return replace(plain, **changes)  # type: ignore[arg-type]

    def _head(self) -> Iterator[Text]:
        for index, head in enumerate(self.form.head):
            starts_title = index > 0 and self.form.head[index - 1].align != head.align
            ends_head = index == len(self.form.head) - 1
            format = self._format(
                "Đầu phiếu",
                align=Align(head.align),
                before=10.0 if starts_title else 0.0,
                after=8.0 if ends_head else 0.0,
                keep_with_next=True,
            )
            anchor = "plan_year" if YEAR in head.text else None
            yield line(
                self._head_text(head), format, bold=head.bold, italic=head.italic, anchor=anchor
            )

    def _head_text(self, head: HeadLine) -> str:
        year = self.proposal.plan_year if self.proposal else None
        if year is None:
            return head.text.replace(f" {YEAR}", YEAR_BLANK).replace(YEAR, YEAR_BLANK)
        return head.text.replace(YEAR, str(year))

    def _section(self, section: Section) -> Iterator[Element]:
        runs = [Run(section.title, bold=True)]
        if section.guidance:
            runs.append(Run(f" {section.guidance}", italic=True))
        align = Align.JUSTIFY if section.guidance else Align.LEFT
        format = self._format("Đề mục", align=align, before=4.0, after=3.0, keep_with_next=True)
        yield Text(tuple(runs), format, anchor=section.number)
        first = self._first_width(section)
        for printed in section.lines[:-1]:
            short = not printed.blank_lines and len(printed.parts) == 1
            composed = tuple(self._line(printed, first))
            yield from bind_to_next(composed) if short else composed
        yield from self._line(section.lines[-1], first)

    def _line(self, printed: FormLine, first: float) -> Iterator[Element]:
        if printed.blank_lines:
            yield from self._value_below(printed)
        elif len(printed.parts) == 1:
            yield self._inline(printed.parts[0])
        else:
            yield self._parts(printed.parts, first)

    def _first_width(self, section: Section) -> float:
        """Return how wide the first of two parts stands, mm: the same on all lines of a section.

        A little over half, as on the official form, unless the second part needs more room.
        """
        lines = [printed.parts for printed in section.lines if len(printed.parts) == 2]
        whole = self.paper.text_width
        sizes = [[self._natural_width(part) for part in parts] for parts in lines]
        left = max((size[0] for size in sizes), default=0.0)
        right = max((size[1] + PART_GAP for size in sizes), default=0.0)
        first = min(whole * 0.52, max(whole - right, min(left, whole * 0.52)))
        return round(max(first, whole * 0.3), 1)

    def _natural_width(self, part: LinePart) -> float:
        return text_width(f"{part.label} {self._inline_value(part)}", self.form.page_size_pt) + 1.0

    def _value_below(self, printed: FormLine) -> Iterator[Element]:
        for part in printed.parts:
            if part.label:
                format = self._format("Nhãn", align=Align.LEFT, after=2.0, keep_with_next=True)
                yield line(part.label, format)
            if part.field:
                value = self._blocks(part.field)
                style = BlockStyle(
                    self._format(after=4.0, first_indent=10.0), self.paper.text_width
                )
                if not value and self._says_none(part.field):
                    value = (Paragraph((Run(NONE),)),)
                composed = compose_blocks(value, style) or self._dotted(printed.blank_lines)
                yield from anchored(composed, part.field)

    def _says_none(self, key: str) -> bool:
        """Whether an empty list is an answer: to be signed, with nothing left to write in."""
        field = self.form.find(key)
        listed = field is not None and field.kind is FieldKind.TEXT_LIST
        return self.final and listed and not (field is None or field.required)

    def _stays_empty(self, key: str) -> bool:
        """Whether a person proposing for himself has nothing to write here."""
        person = self.proposal is not None and self.proposal.text("proposer_kind") == "individual"
        return self.final and person and key == "contact_position"

    def _dotted(self, count: int) -> tuple[Text, ...]:
        return tuple(
            Text((), self._format("Dòng chấm", after=2.0), leader=True) for _ in range(count)
        )

    def _inline(self, part: LinePart, indent: float = 0.0) -> Text:
        value = self._inline_value(part)
        format = self._format("Nhãn", align=Align.LEFT, after=3.0, left_indent=indent)
        if part.field is None:
            return line(part.label, replace(format, keep_with_next=True))
        label = f"{part.label.rstrip()} " if part.label else ""
        leader = not value and not self._stays_empty(part.field)
        return replace(line(f"{label}{value}", format, anchor=part.field), leader=leader)

    def _parts(self, parts: tuple[LinePart, ...], first: float) -> Element:
        others = round((self.paper.text_width - first) / (len(parts) - 1), 1)
        widths = (first, *(others for _ in parts[1:]))
        indents = (0.0, *(PART_GAP for _ in parts[1:]))
        cells = [[self._inline(part, gap)] for part, gap in zip(parts, indents, strict=True)]
        return side_by_side(widths, *cells)

    def _inline_value(self, part: LinePart) -> str:
        if self.proposal is None or part.field is None:
            return ""
        amount = self._amount(part.field)
        if amount is None:
            return one_line("\n".join(self._texts(part.field)))
        shown = f"{format_dong(amount)} đồng"
        return f"{shown} (Bằng chữ: {sentence_in_words(amount)})" if part.with_words else shown

    def _amount(self, key: str) -> int | None:
        field = self.form.find(key)
        if self.proposal is None or field is None or field.kind is not FieldKind.MONEY:
            return None
        amount = self.proposal.amount(key)
        if amount is None and key.startswith("budget."):
            derived = getattr(self.proposal.budget.completed(), key.removeprefix("budget."), None)
            return derived if isinstance(derived, int) else None
        return amount

    def _texts(self, key: str) -> tuple[str, ...]:
        """Return a field's value as texts, whatever its kind; empty ones are left out."""
        if self.proposal is None:
            return ()
        value = lookup(self.proposal.values, key)
        if isinstance(value, bool) or value is None:
            return ()
        if isinstance(value, str | int | float):
            return (str(value),) if str(value).strip() else ()
        return tuple(text for text in self.proposal.texts(key) if text.strip())

    def _blocks(self, key: str) -> Blocks:
        field = self.form.find(key)
        if self.proposal is None or field is None:
            return ()
        if field.kind is FieldKind.BLOCKS:
            return self.proposal.blocks(key)
        if field.kind is FieldKind.TEXT_LIST:
            return tuple(_listed(text) for text in self._texts(key))
        return tuple(
            Paragraph((Run(text),)) for value in self._texts(key) for text in value.split("\n")
        )

    def _signature(self) -> Element:
        """Return the block at the right half: its lines, then room for signature and seal."""
        size = self.form.page_size_pt
        format = self._format("Chữ ký", align=Align.CENTER)
        lines = [
            line(head.text, format, bold=head.bold, italic=head.italic)
            for head in self.form.signature
        ]
        if lines:
            lines[0] = replace(lines[0], format=replace(format, before=12.0))
        height = (12.0 + len(lines) * round(size * LINE_FACTOR, 1)) / POINTS_PER_MM + SIGNING_ROOM
        half = self.paper.text_width / 2
        return side_by_side((half, half), (), lines, minimum_height=height)


def _listed(text: str) -> Block:
    first = blocks_from_text(text.strip())[0]
    if isinstance(first, ListItem):
        return replace(first, runs=(Run(text.strip()[len(first.marker) + 1 :]),))
    return ListItem((Run(text),))
