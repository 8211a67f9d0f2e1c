"""Putting text that found no place into a field of a phiếu, by the rules of that field."""

from __future__ import annotations

from ncs_desktop.domain.blocks import blocks_from_text, value_from_blocks
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.money import parse_money
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import clean_text

_PLACEABLE = (
    FieldKind.TEXT,
    FieldKind.BLOCKS,
    FieldKind.MONEY,
    FieldKind.DURATION,
    FieldKind.PHONE,
    FieldKind.EMAIL,
    FieldKind.TEXT_LIST,
)


def placeable(form: Form) -> tuple[Field, ...]:
    """Return the printed fields that take text."""
    return tuple(field for field in form.fields if field.kind in _PLACEABLE and field.printed)


def placed(proposal: Proposal, field: Field, text: str) -> Proposal:
    """Return ``proposal`` with ``text`` in ``field``: long texts and lists grow, others change.

    Raises NcsError where the text is no amount of money that can be read in one way.
    """
    text = clean_text(text).text.strip()
    if field.kind is FieldKind.BLOCKS:
        blocks = (*proposal.blocks(field.key), *blocks_from_text(text))
        return proposal.with_value(field.key, value_from_blocks(blocks))
    if field.kind is FieldKind.TEXT_LIST:
        lines = (line.strip() for line in text.split("\n"))
        return proposal.with_value(
            field.key, (*proposal.texts(field.key), *(line for line in lines if line))
        )
    if field.kind is FieldKind.MONEY:
        return proposal.with_value(field.key, parse_money(text))
    line = " ".join(text.split())
    before = proposal.text(field.key) if field.kind is FieldKind.TEXT else ""
    return proposal.with_value(field.key, f"{before} {line}".strip())
