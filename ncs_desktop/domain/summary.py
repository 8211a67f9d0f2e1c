"""The summary table (bảng tổng hợp) that ranks the proposals of one call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ncs_desktop.domain.blocks import Blocks, Table, plain_text
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.proposal import Budget, Proposal
from ncs_desktop.domain.summary_rows import row_lines


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """One leaf column: ``group`` is the heading it shares with its neighbours, or None.

    ``width_share`` is its part of the table's width (the shares of a layout add up to 1), ``kind``
    is ``text`` or ``money`` (triệu đồng).
    """

    key: str
    heading: str
    group: str | None = None
    width_share: float = 0.1
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class SummaryLayout:
    """The official table as data, read from ``forms/tables``.

    ``left_head`` is what the template prints where the sending agency's name belongs,
    ``right_head`` the national heading as the template spells it; ``title`` and ``footer`` may hold
    ``{verb}`` and ``{plan_year}``; the footer's first line is the place and date, left blank.
    ``footer_of_others`` stands where the sender is none of the bodies the official footer names.
    """

    id: str
    left_head: str
    right_head: tuple[str, ...]
    title: tuple[str, ...]
    columns: tuple[SummaryColumn, ...]
    footer: tuple[str, ...]
    footer_of_others: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


INCOMPLETE = "Chưa cộng số liệu còn thiếu của {count} nhiệm vụ"
"""Stands beside sums that lack an amount, in the table and in the letter."""
UNEVEN = (
    "Tổng kinh phí {than} hơn hai nguồn cộng lại {amount} đồng, do số liệu ghi trên phiếu chưa đủ"
    " hoặc chưa khớp"
)
"""Follows sums of which the total is not that of both sources."""
NOTE = "note"
"""Key of the remarks column, which no section of the form fills."""
CONDENSED = " (rút gọn từ phiếu)"
"""Stands after a text that says less than the section it comes from."""
CONDENSED_LENGTH = 240
"""Longest text (characters) taken from a section as it stands.

Some ten lines of its column, so that a page of the table holds several tasks.
"""
_SENTENCE_END = re.compile(r"(?<=[.!?;…])(?<!^\d\.)(?<!^\d\d\.)\s+")
"""Where a sentence ends; the number that begins a list item is none."""


@dataclass(frozen=True, slots=True)
class SummaryText:
    """The text of one cell; ``condensed`` where something of the section was left out."""

    text: str = ""
    condensed: bool = False


@dataclass(frozen=True)
class SummaryRow:
    """One ranked proposal: texts by field key, amounts in đồng with the derived one filled in."""

    proposal_id: str
    rank: int
    texts: Mapping[str, SummaryText]
    budget: Budget

    def text(self, key: str) -> str:
        """Return the text of a column, empty where the form has no such field."""
        found = self.texts.get(key)
        if found is None:
            return ""
        return f"{found.text}{CONDENSED}" if found.condensed else found.text

    @property
    def condensed(self) -> tuple[str, ...]:
        """Keys of the fields whose text was shortened."""
        return tuple(key for key, text in self.texts.items() if text.condensed)


@dataclass(frozen=True)
class SummaryTable:
    """The rows in their ranked order and the sums of the amounts that are known, in đồng.

    ``incomplete`` counts the rows that lack an amount, so that a sum is never taken for complete.
    """

    rows: tuple[SummaryRow, ...]
    total: Budget
    incomplete: int
    plan_year: int
    verb: str


def build_summary(proposals: Iterable[Proposal], call: Call, form: Form) -> SummaryTable:
    """Return the table of ``proposals``, which stand in their ranked order.

    A text comes from ``summary_<key>`` where a person wrote one, else from the field itself,
    condensed where it is long.
    """
    rows = tuple(_row(proposal, rank, form) for rank, proposal in enumerate(proposals, 1))
    total, incomplete = add_up(row.budget for row in rows)
    verb = call.phrases.get("verb")
    shown = verb if isinstance(verb, str) else f"bắt đầu thực hiện từ năm {call.plan_year}"
    return SummaryTable(rows, total, incomplete, call.plan_year, shown)


def add_up(budgets: Iterable[Budget]) -> tuple[Budget, int]:
    """Return the sum of the amounts that are known, and how many budgets lack one."""
    total = state = counterpart = incomplete = 0
    for budget in budgets:
        total += budget.total or 0
        state += budget.state_budget or 0
        counterpart += budget.counterpart or 0
        incomplete += None in (budget.total, budget.state_budget, budget.counterpart)
    return Budget(total, state, counterpart), incomplete


def _row(proposal: Proposal, rank: int, form: Form) -> SummaryRow:
    proposal = proposal.in_table()
    texts = {field.key: _text(proposal, field) for field in form.fields if field.kind in _READERS}
    texts[NOTE] = SummaryText(proposal.text("summary_note").strip())
    return SummaryRow(proposal.id, rank, texts, proposal.budget.completed())


def _text(proposal: Proposal, field: Field) -> SummaryText:
    short = proposal.text(f"summary_{field.key}").strip()
    return SummaryText(short) if short else read_text(proposal, field)


def table_text(proposal: Proposal, key: str, form: Form) -> str:
    """Return what the table says in the column of a section."""
    field = form.find(key)
    if field is None or field.kind not in _READERS:
        return ""
    found = _text(proposal.in_table(), field)
    return f"{found.text}{CONDENSED}" if found.condensed else found.text


def read_text(proposal: Proposal, field: Field) -> SummaryText:
    """Return what the table takes from a section of the form, condensed where it is long."""
    reader = _READERS.get(field.kind)
    return SummaryText() if reader is None else reader(proposal, field)


def _from_text(proposal: Proposal, field: Field) -> SummaryText:
    return SummaryText("\n".join(_visible(proposal.text(field.key).split("\n"))))


def _from_list(proposal: Proposal, field: Field) -> SummaryText:
    return SummaryText("\n".join(_visible(proposal.texts(field.key))))


def _from_choice(proposal: Proposal, field: Field) -> SummaryText:
    labels = {option.id: option.label for option in field.options}
    answer = proposal.text(field.key)
    return SummaryText(labels.get(answer, answer))


def _from_blocks(proposal: Proposal, field: Field) -> SummaryText:
    return condense(proposal.blocks(field.key))


_READERS: Mapping[FieldKind, Callable[[Proposal, Field], SummaryText]] = {
    FieldKind.TEXT: _from_text,
    FieldKind.DURATION: _from_text,
    FieldKind.BLOCKS: _from_blocks,
    FieldKind.TEXT_LIST: _from_list,
    FieldKind.CHOICE: _from_choice,
}


def _visible(lines: Iterable[str]) -> Iterator[str]:
    return (tidy for tidy in (" ".join(text.split()) for text in lines) if tidy)


def condense(blocks: Blocks, limit: int = CONDENSED_LENGTH) -> SummaryText:
    """Return the text of a section: whole when short, else its first lines and sentences.

    A row of a table becomes one line (``row_lines``). What was cut ends with
    «…», never in the middle of a word.
    """
    lines = list(_visible(_lines(blocks)))
    whole = "\n".join(lines)
    if len(whole) <= limit:
        return SummaryText(whole)
    kept: list[str] = []
    room = limit
    for line in lines:
        if len(line) > room:
            break
        kept.append(line)
        room -= len(line) + 1
    part = _first_sentences(lines[len(kept)], room)
    if part or not kept:
        kept.append(part or lines[0].split()[0])
    return SummaryText("\n".join(kept).rstrip(" .;,:…") + "…", condensed=True)


def _first_sentences(text: str, limit: int) -> str:
    """Return the sentences of ``text`` that fit; where not one fits, its first words."""
    shown = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{shown} {sentence}".strip()
        if len(longer) > limit:
            break
        shown = longer
    if shown or limit < CONDENSED_LENGTH // 3:
        return shown
    return text[: text.rfind(" ", 0, limit) + 1].strip()


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from row_lines(block)
        else:
            yield plain_text((block,))
