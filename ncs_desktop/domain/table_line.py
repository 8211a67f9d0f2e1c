"""A line of the official table as an officer writes it: what no section of the form fills.

The sender's own values are never touched by it: see ``Proposal.table_line``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ncs_desktop.domain.form import Field, Form
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal, is_line_key
from ncs_desktop.domain.summary import SummaryText, read_text

_SHORT = "summary_"


def line_fields(form: Form) -> tuple[Field, ...]:
    """Return the fields of the line, in the order of the form."""
    return tuple(field for field in form.fields if is_line_key(field.key))


def is_short_text(key: str) -> bool:
    """Whether a value is written for the table alone, of this one task: a section, the remarks."""
    return key.startswith(_SHORT)


def section_of(field: Field, form: Form) -> Field | None:
    """Return the section that a short text stands for, None where it stands for none."""
    key = field.key.removeprefix(_SHORT)
    return form.find(key) if key != field.key else None


def from_section(proposal: Proposal, field: Field, form: Form) -> SummaryText:
    """Return what the table takes from the section as long as nothing shorter is written."""
    section = section_of(field, form)
    return SummaryText() if section is None else read_text(proposal, section)


def unshortened(proposal: Proposal, form: Form) -> tuple[str, ...]:
    """Return the keys of the short texts nobody has written though their section is cut."""
    shown = proposal.in_table()
    return tuple(
        field.key
        for field in line_fields(form)
        if from_section(shown, field, form).condensed and not shown.text(field.key).strip()
    )


def with_line(proposal: Proposal, texts: Mapping[str, str]) -> Proposal:
    """Return ``proposal`` with ``texts`` of its line by key; what it says itself needs no line."""
    line = {
        key: text
        for key, text in {**proposal.table_line, **texts}.items()
        if key not in texts or text != proposal.text(key)
    }
    return replace(proposal, table_line=FrozenDict(sorted(line.items())))


def carried_over(old: Proposal, new: Proposal, form: Form) -> Proposal:
    """Return the newer version with what stood in the line of the old one and still holds.

    That is what the newer one leaves empty; a short text only where its section is the same.
    """
    before, after = old.in_table(), new.in_table()
    texts = {}
    for field in line_fields(form):
        section = section_of(field, form)
        holds = section is None or old.get(section.key) == new.get(section.key)
        if holds and before.text(field.key) and not after.text(field.key):
            texts[field.key] = before.text(field.key)
    return with_line(new, texts)
