"""Letters drafted from data: the công văn of the sender and the commitments of others.

The wording is a template's, the figures come from the proposals; what nobody has typed becomes a
dotted blank, number and date are always blank. A placeholder that stands alone in a paragraph of
the template and has several values becomes one list item per value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ncs_desktop.domain.blocks import Block, Blocks, ListItem, Paragraph, Run, blocks_from_text
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dates import BLANK
from ncs_desktop.domain.dossier import (
    COMMITMENT,
    CONTENTS,
    DATA,
    LETTER,
    SIGNED_SCAN,
    DossierFile,
    Sender,
)
from ncs_desktop.domain.letter import Letter, LetterTemplate, fill
from ncs_desktop.domain.money import format_dong, sentence_in_words
from ncs_desktop.domain.proposal import Budget, Commitment, Proposal
from ncs_desktop.domain.summary import INCOMPLETE, UNEVEN, add_up
from ncs_desktop.domain.text import words

NOT_ENCLOSED = (LETTER, DATA, CONTENTS, SIGNED_SCAN)
"""Roles that are not documents of their own in the letter's list."""
CO_FUND = "co_fund"
_PARENTHESIS = re.compile(r"\s*\([^(){}]*\{(\w+)\}\)")
_RANK_CLAUSE = ", sắp xếp theo thứ tự ưu tiên"
"""In the template of the letter; one task has no order."""
RANKED = ("titles", "points")
"""Lists whose order is a rank: their items are numbered."""
INDIVIDUAL_SIGNER = "NGƯỜI ĐỀ XUẤT"
_DEPUTY = re.compile(
    r"\s*(Phó\s+(?!Giáo sư)((?:(?!phụ trách|điều hành|thường trực).)+))", re.IGNORECASE
)


def draft_proposal_letter(
    template: LetterTemplate,
    sender: Sender,
    proposals: Sequence[Proposal],
    call: Call,
    files: Iterable[DossierFile],
) -> Letter:
    """Return the sender's letter for ``proposals`` in their ranked order.

    The sums are those of the summary table it encloses, in the same words where one is incomplete.
    """
    total, incomplete = add_up(proposal.budget.completed() for proposal in proposals)
    if len(proposals) == 1:
        total, incomplete = proposals[0].budget.completed(), 0
    context = {
        **call_context(call),
        "agency": sender.name,
        "organization": sender.name,
        "address": sender.address,
        "count": f"{len(proposals):02d}",
        **_money_context(total.total, total.state_budget, total.counterpart),
    }
    lists = {
        "titles": tuple(proposal.title or BLANK for proposal in proposals),
        "enclosures": tuple(_enclosed(files)),
        "letter_sources": _phrases(call, "letter_sources"),
        "legal_basis": _phrases(call, "legal_basis"),
    }
    return letter_from(
        _counted(template if len(proposals) > 1 else _unranked(template), incomplete, total),
        context,
        lists,
        parent=sender.parent,
        agency=sender.name,
        place=sender.place,
        signer_title=signing_title(sender) or _untitled(sender),
        signer_name=sender.signer_name,
    )


def draft_commitment_letter(
    template: LetterTemplate, proposal: Proposal, commitment: Commitment, call: Call
) -> Letter:
    """Return the letter an enterprise signs: its need and what it commits to."""
    budget = proposal.budget.completed()
    amount = commitment.amount
    context = {
        **call_context(call),
        **_money_context(budget.total, budget.state_budget, budget.counterpart),
        "title": proposal.title,
        "proposer": proposal.text("proposer_name"),
        "agency": commitment.organization,
        "organization": commitment.organization,
        "address": commitment.address,
        "representative": commitment.representative,
        "position": commitment.position,
        "amount": "" if amount is None else format_dong(amount),
        "amount_words": "" if amount is None else sentence_in_words(amount),
    }
    lists = {
        "scope": tuple(template.scopes.get(part, part) for part in commitment.scope),
        "letter_sources": _phrases(call, "letter_sources"),
        "legal_basis": _phrases(call, "legal_basis"),
    }
    return letter_from(
        _without_amount(template) if _funds_nothing(commitment) else template,
        context,
        lists,
        parent="",
        agency=commitment.organization,
        place="",
        signer_title=commitment.position,
        signer_name=commitment.representative,
    )


def is_own_commitment(proposal: Proposal, commitment: Commitment) -> bool:
    """Whether the one who commits is the proposer; spelling of case and marks does not matter."""
    return words(commitment.organization) == words(proposal.text("proposer_name"))


def signing_title(sender: Sender) -> str:
    """Return the signer's office as it is printed above the signature.

    A deputy of an agency signs for its head: «KT. GIÁM ĐỐC» stands above «PHÓ GIÁM ĐỐC»
    (NĐ 30/2020/NĐ-CP, Phụ lục I). Lines a person gave, and titles that say more, stay.
    """
    found = _DEPUTY.fullmatch(sender.signer_title) if sender.kind == "agency" else None
    if found is None:
        return sender.signer_title
    title, head = (" ".join(part.split()) for part in found.groups())
    return f"KT. {head}\n{title}"


def _untitled(sender: Sender) -> str:
    """Return how a person without an office signs; an office's title is left to the template."""
    return INDIVIDUAL_SIGNER if sender.kind == "individual" else ""


def _funds_nothing(commitment: Commitment) -> bool:
    return bool(commitment.scope) and CO_FUND not in commitment.scope and not commitment.amount


def _unranked(template: LetterTemplate) -> LetterTemplate:
    body = tuple(paragraph.replace(_RANK_CLAUSE, "") for paragraph in template.body)
    return replace(template, body=body)


def _counted(template: LetterTemplate, incomplete: int, total: Budget) -> LetterTemplate:
    """Return ``template`` that says beside the sums why they do not add up.

    Of some tasks an amount is missing, or the forms state amounts that disagree.
    """
    note = ""
    if incomplete:
        said = INCOMPLETE.format(count=f"{incomplete:02d}")
        note = f" ({said[0].lower()}{said[1:]})."
    apart = 0
    if None not in (total.total, total.state_budget, total.counterpart):
        apart = (total.total or 0) - (total.state_budget or 0) - (total.counterpart or 0)
    if apart:
        than = "lớn" if apart > 0 else "nhỏ"
        note = f"{note or '.'} {UNEVEN.format(than=than, amount=format_dong(abs(apart)))}."
    if not note:
        return template
    body = tuple(
        f"{text.rstrip('.')}{note}" if "{total}" in text else text for text in template.body
    )
    return replace(template, body=body)


def _without_amount(template: LetterTemplate) -> LetterTemplate:
    """Return ``template`` without the paragraphs about money nobody commits."""
    body = tuple(paragraph for paragraph in template.body if "{amount}" not in paragraph)
    return replace(template, body=body)


def letter_from(
    template: LetterTemplate,
    context: Mapping[str, str],
    lists: Mapping[str, tuple[str, ...]],
    *,
    parent: str,
    agency: str,
    place: str,
    signer_title: str,
    signer_name: str,
) -> Letter:
    """Return the letter ``template`` makes of ``context`` and ``lists``, as yet without a number.

    A list that stands alone in a paragraph becomes its items, elsewhere they are joined by «; ».
    """
    whole = {**{key: "; ".join(items) for key, items in lists.items()}, **context}
    title = signer_title or "\n".join(fill(part, whole) for part in template.signer)
    return Letter(
        template=template.id,
        parent=parent,
        agency=agency,
        number_symbol="",
        place=place,
        subject=fill(template.subject, whole),
        kind_title=fill(template.kind_title, whole),
        addressees=tuple(fill(name, whole) for name in template.addressees),
        body=tuple(_body(template.body, whole, lists)),
        recipients=tuple(fill(name, whole) for name in template.recipients),
        signer_title=title,
        signer_name=signer_name,
        note=template.note,
    )


def _body(
    paragraphs: Iterable[str], context: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]
) -> Iterator[Block]:
    empty = {name for name, items in lists.items() if not items}
    for written in paragraphs:
        paragraph = _without_empty(written, empty)
        name = paragraph.strip().lstrip("-").strip().rstrip(";.")
        items = lists.get(name[1:-1]) if name[:1] == "{" and name[-1:] == "}" else None
        if items is None:
            yield from _filled(blocks_from_text(paragraph), context)
        else:
            yield from _items(items or (BLANK,), ranked=name[1:-1] in RANKED)


def _without_empty(paragraph: str, empty: Collection[str]) -> str:
    """Leave out a parenthesis that would hold nothing but a list without items."""
    return _PARENTHESIS.sub(lambda found: "" if found[1] in empty else found[0], paragraph)


def _filled(blocks: Blocks, context: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph | ListItem):
            yield replace(block, runs=tuple(Run(fill(run.text, context)) for run in block.runs))


def _items(items: Sequence[str], *, ranked: bool) -> Iterator[ListItem]:
    for number, item in enumerate(items, 1):
        end = "." if number == len(items) else ";"
        yield ListItem((Run(item.rstrip(" .;,") + end),), f"{number}." if ranked else "-")


def call_context(call: Call) -> dict[str, str]:
    """Return what every letter of a call may say of it."""
    phrases = {key: value for key, value in call.phrases.items() if isinstance(value, str)}
    return {
        **phrases,
        "call_title": call.title,
        "plan_year": str(call.plan_year),
        "authority": call.authority.name,
        "authority_parent": call.authority.parent,
    }


def _phrases(call: Call, key: str) -> tuple[str, ...]:
    value = call.phrases.get(key)
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value or () if isinstance(item, str))


def _money_context(total: int | None, state: int | None, counterpart: int | None) -> dict[str, str]:
    shown = {"total": total, "state_budget": state, "counterpart": counterpart}
    context = {key: "" if value is None else format_dong(value) for key, value in shown.items()}
    return {**context, "total_words": "" if total is None else sentence_in_words(total)}


def _enclosed(files: Iterable[DossierFile]) -> list[str]:
    """Return a line for each document, once for each proposal it belongs to."""
    lines = {}
    for item in files:
        if item.role not in NOT_ENCLOSED:
            of = item.organization if item.role == COMMITMENT else ""
            name = f"{item.name} của {of}" if of and of not in item.name else item.name
            lines[item.proposal_id, name] = name
    return list(lines.values())
