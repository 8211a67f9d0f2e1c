"""Which of the four budget figures a person typed, and what the others follow from; no Qt.

Any two of total, state budget, counterpart and counterpart % give the rest. Typed amounts are never
changed: where they do not add up, the difference is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from ncs_desktop.domain.money import complete_budget
from ncs_desktop.domain.proposal import Budget

AMOUNTS = ("total", "state_budget", "counterpart")
PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The figures in đồng, the typed percentage, and the keys a person typed."""

    budget: Budget = field(default_factory=Budget)
    percent: Decimal | None = None
    typed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, budget: Budget) -> BudgetState:
        """Start from stored figures: every stored amount counts as typed."""
        typed = frozenset(key for key in AMOUNTS if getattr(budget, key) is not None)
        return cls(budget, None, typed)

    def with_amount(self, key: str, amount: int | None) -> BudgetState:
        """Return the state after a person typed ``amount``, or emptied the line (None)."""
        typed = self.typed - {key} if amount is None else self.typed | {key}
        if len(typed) > 2:
            typed -= {PERCENT}
        return replace(self, budget=replace(self.budget, **{key: amount}), typed=typed)._completed()

    def with_percent(self, percent: Decimal | None) -> BudgetState:
        """Return the state after a person typed the counterpart's share of the total."""
        kept = [key for key in AMOUNTS if key in self.typed]
        if percent is None:
            return replace(self, percent=None, typed=frozenset(kept))._completed()
        return replace(self, percent=percent, typed=frozenset([*kept[:1], PERCENT]))._completed()

    def _completed(self) -> BudgetState:
        given = Budget(
            **{key: getattr(self.budget, key) if key in self.typed else None for key in AMOUNTS}
        )
        share = self.percent if PERCENT in self.typed else None
        return replace(self, budget=complete_budget(given, share), percent=share)

    @property
    def computed(self) -> frozenset[str]:
        """Amounts that follow from the typed ones."""
        return frozenset(
            key
            for key in AMOUNTS
            if key not in self.typed and getattr(self.budget, key) is not None
        )

    @property
    def difference(self) -> int:
        """Total minus its two parts, in đồng; 0 where a figure is missing."""
        total, state, counterpart = (getattr(self.budget, key) for key in AMOUNTS)
        if total is None or state is None or counterpart is None:
            return 0
        return int(total - state - counterpart)
