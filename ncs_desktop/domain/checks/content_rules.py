"""C rules: does the proposal fit the programme and the call? C04 needs the dossier.

Source: «Yêu cầu chung» and «Các nội dung trọng tâm, ưu tiên» of the calls; Quyết định 1322/QĐ-TTg.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncs_desktop.domain.checks.citations import cites_decision_1322
from ncs_desktop.domain.checks.inputs import (
    CURRICULUM,
    PILOT_MODEL,
    STANDARDS,
    Hit,
    Inputs,
    Rule,
    hit,
)
from ncs_desktop.domain.dossier import COMMITMENT
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.letters import CO_FUND
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Commitment, lookup
from ncs_desktop.domain.text import fold

MINIMUM_UNIVERSITIES = 3
_STANDARD_CODE = re.compile(r"\b(?:TCVN|QCVN|ISO|IEC)\b[\s/A-Z-]{0,12}\d")
_KEY_PRODUCTS = re.compile(r"chủ lực|trọng điểm|ocop", re.IGNORECASE)


def _decision_1322(inputs: Inputs) -> Iterator[Hit]:
    text = inputs.text("urgency")
    if inputs.has("urgency") and not cites_decision_1322(text):
        message = "programme_only" if "1322" in text else "missing"
        yield hit("urgency", message, place=inputs.place("urgency"))


def _confirm(code: str) -> Rule:
    """A point only a person can confirm, in the call's own words where it has them."""

    def check(inputs: Inputs) -> Iterator[Hit]:
        words = lookup(inputs.call.options, f"confirmations.{code}")
        if isinstance(words, str) and words:
            yield hit(None, "quote", quote=words.rstrip(" .;"))
        else:
            yield hit(None, "confirm", authority=inputs.call.authority.name)

    return check


def commitments_asked(inputs: Inputs) -> bool:
    """Whether a task of this kind comes with other enterprises' commitments in this call."""
    needs = {"required", f"required_for:{inputs.task_kind}"}
    return inputs.task_kind == PILOT_MODEL or any(
        item.role == COMMITMENT and item.need in needs
        for items in inputs.call.recipe.values()
        for item in items
    )


def _co_funding(item: Commitment, place: str, number: int) -> Iterator[Hit]:
    """What is promised and the sum beside it belong together."""
    shown: dict[str, str | int] = {"place": place, "number": number}
    if not item.scope:
        yield hit("commitments", "scope", Severity.WARNING, **shown)
    elif item.amount and CO_FUND not in item.scope:
        amount = format_dong(item.amount)
        yield hit("commitments", "unticked", Severity.WARNING, amount=amount, **shown)
    elif not (item.amount or item.amount_unread) and CO_FUND in item.scope:
        yield hit("commitments", "unfunded", Severity.WARNING, **shown)


def _commitments(inputs: Inputs) -> Iterator[Hit]:
    place = inputs.place("commitments")
    if not inputs.commitments:
        if commitments_asked(inputs):
            pilot = inputs.task_kind == PILOT_MODEL
            yield hit("commitments", PILOT_MODEL if pilot else "missing", place=place)
        return
    for number, item in enumerate(inputs.commitments, 1):
        if not item.organization.strip():
            yield hit("commitments", "nameless", place=place, number=number)
        yield from _co_funding(item, place, number)
    yield from _named_twice(inputs, place)


def _named_twice(inputs: Inputs, place: str) -> Iterator[Hit]:
    """Of each name that stands there more than once, its second place is meant."""
    places: dict[str, list[int]] = {}
    for number, item in enumerate(inputs.commitments, 1):
        if name := fold(item.organization).strip():
            places.setdefault(name, []).append(number)
    for first, *others in places.values():
        if others:
            yield hit(
                "commitments",
                "twice",
                Severity.WARNING,
                place=place,
                name=inputs.commitments[first - 1].organization.strip(),
                times=1 + len(others),
                number=others[0],
            )


def _universities(inputs: Inputs) -> Iterator[Hit]:
    if inputs.task_kind != CURRICULUM:
        return
    wanted = inputs.call.options.get("minimum_universities", MINIMUM_UNIVERSITIES)
    count = len({fold(name) for name in inputs.proposal.texts("universities") if name.strip()})
    if count < wanted:
        place = inputs.place("universities")
        yield hit("universities", "few", place=place, count=count, wanted=wanted)
    if not inputs.has("university_field"):
        yield hit("university_field", "field", place=inputs.place("university_field"))


def _priorities(inputs: Inputs) -> Iterator[Hit]:
    known = {priority.id for priority in inputs.call.priorities}
    chosen = inputs.proposal.texts("priorities")
    place, year = inputs.place("priorities"), str(inputs.call.plan_year)
    if known and not chosen:
        yield hit("priorities", "none", place=place, year=year)
    for name in chosen if known else ():
        if name not in known:
            yield hit("priorities", "unknown", place=place, year=year, name=name)


def _key_products(inputs: Inputs) -> Iterator[Hit]:
    if inputs.task_kind in (PILOT_MODEL, "business_support"):
        texts = (inputs.text(key) for key in ("title", "urgency", "objectives", "contents"))
        if not any(_KEY_PRODUCTS.search(text) for text in texts):
            yield hit("urgency", "tag", at_most=Severity.INFO, place=inputs.place("urgency"))


def _route(inputs: Inputs) -> Iterator[Hit]:
    if inputs.call.authority.name:
        yield hit(None, "route", at_most=Severity.INFO, authority=inputs.call.authority.name)


def _standard_codes(inputs: Inputs) -> Iterator[Hit]:
    if inputs.task_kind == STANDARDS:
        texts = (inputs.text(key) for key in ("title", "objectives", "contents", "results"))
        if not any(_STANDARD_CODE.search(text) for text in texts):
            yield hit("contents", "code", at_most=Severity.INFO, place=inputs.place("contents"))


def _lead_organization(inputs: Inputs) -> Iterator[Hit]:
    if inputs.form.find("lead_organization") and not inputs.has("lead_organization"):
        yield hit("lead_organization", "missing", place=inputs.place("lead_organization"))


RULES: dict[str, Rule] = {
    "C01": _decision_1322,
    "C02": _confirm("C02"),
    "C03": _confirm("C03"),
    "C05": _commitments,
    "C06": _universities,
    "C07": _priorities,
    "C08": _key_products,
    "C09": _route,
    "C10": _standard_codes,
    "C11": _lead_organization,
}
