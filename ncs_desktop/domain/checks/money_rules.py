"""M rules: section IX adds up and agrees with the commitments.

Amounts are integer đồng. M07 needs the dossier and stands in dossier_rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from ncs_desktop.domain.checks.inputs import PILOT_MODEL, Hit, Inputs, Rule, hit
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.money import format_dong, format_million
from ncs_desktop.domain.proposal import BUDGET_KEYS

MILLION = 1_000_000


def _typed(inputs: Inputs) -> Iterator[tuple[str, int]]:
    for key in BUDGET_KEYS:
        amount = inputs.proposal.amount(key)
        if amount is not None:
            yield key, amount


def _sum(inputs: Inputs) -> Iterator[Hit]:
    for key, amount in _typed(inputs):
        if amount < 0:
            yield hit(key, "negative", place=inputs.place(key), amount=format_dong(amount))
    for number, item in enumerate(inputs.commitments, 1):
        if item.amount is not None and item.amount < 0:
            yield hit(
                "commitments",
                "negative_commitment",
                place=inputs.place("commitments"),
                number=number,
                amount=format_dong(item.amount),
            )
    budget, place = inputs.proposal.budget, inputs.place("budget.total")
    total, state, counterpart = budget.total, budget.state_budget, budget.counterpart
    if total is not None and state is not None and counterpart is not None:
        parts = state + counterpart
        if parts != total:
            yield hit(
                "budget.total",
                "sum",
                place=place,
                total=format_dong(total),
                parts=format_dong(parts),
                difference=format_dong(abs(total - parts)),
            )
    if budget.completed().total == 0:
        yield hit("budget.total", "zero", place=place)


def _table_figures(inputs: Inputs) -> Iterator[Hit]:
    """The table prints triệu đồng exactly, with up to six decimals: odd đồng deserve a look."""
    for key, amount in _typed(inputs):
        if amount > 0 and amount % 1000:
            yield hit(
                key,
                "odd",
                at_most=Severity.WARNING,
                place=inputs.place(key),
                amount=format_dong(amount),
                million=format_million(amount),
            )


def _unit(inputs: Inputs) -> Iterator[Hit]:
    """The paper form names no unit, so a figure meant in triệu đồng may be typed as đồng."""
    for key, amount in _typed(inputs):
        if 0 < amount < MILLION:
            yield hit(
                key,
                "unit",
                at_most=Severity.WARNING,
                place=inputs.place(key),
                amount=format_dong(amount),
            )


def _commitments_cover(inputs: Inputs) -> Iterator[Hit]:
    amounts = [item.amount for item in inputs.commitments if item.amount is not None]
    declared = inputs.proposal.budget.completed().counterpart
    if amounts and declared is not None and sum(amounts) < declared:
        blank = (number for number, item in enumerate(inputs.commitments, 1) if not item.amount)
        yield hit(
            "commitments",
            "short",
            place=inputs.place("commitments"),
            committed=format_dong(sum(amounts)),
            declared=format_dong(declared),
            difference=format_dong(declared - sum(amounts)),
            number=next(blank, len(inputs.commitments)),
        )


def _pilot_counterpart(inputs: Inputs) -> Iterator[Hit]:
    if inputs.task_kind == PILOT_MODEL and inputs.proposal.budget.completed().counterpart == 0:
        yield hit("budget.counterpart", "none", place=inputs.place("budget.counterpart"))


RULES: dict[str, Rule] = {
    "M01": _sum,
    "M02": _table_figures,
    "M03": _unit,
    "M04": _commitments_cover,
    "M05": _pilot_counterpart,
}
