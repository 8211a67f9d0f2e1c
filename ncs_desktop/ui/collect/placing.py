"""Putting text into a field of a phiếu, by the rules of that field: added to it, or instead."""

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
        before = proposal.texts(field.key)
        return proposal.with_value(field.key, (*before, *_lines(text)))
    if field.kind is FieldKind.TEXT:
        text = f"{proposal.text(field.key)} {text}"
    return replaced(proposal, field, text)


def replaced(proposal: Proposal, field: Field, text: str) -> Proposal:
    """Return ``proposal`` with ``text`` in the place of what stood in ``field``; "" empties it.

    Raises NcsError where the text is no amount of money that can be read in one way.
    """
    text = clean_text(text).text.strip()
    if not text:
        return proposal.with_value(field.key, None)
    if field.kind is FieldKind.BLOCKS:
        return proposal.with_value(field.key, value_from_blocks(blocks_from_text(text)))
    if field.kind is FieldKind.TEXT_LIST:
        return proposal.with_value(field.key, _lines(text))
    if field.kind is FieldKind.MONEY:
        return proposal.with_value(field.key, parse_money(text))
    return proposal.with_value(field.key, " ".join(text.split()))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(str.strip, text.split("\n")) if line)
