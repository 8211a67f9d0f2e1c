"""Which of the four budget figures a person typed, and what the others follow from; no Qt.

Any two of total, state budget, counterpart and counterpart % give the rest. Typed amounts are never
changed: where they do not add up, the difference is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.money import complete_budget, counterpart_percent, read_percent
from ncs_desktop.domain.proposal import Budget

AMOUNTS = ("total", "state_budget", "counterpart")
PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The figures in đồng, the typed percentage, and the keys a person typed."""

    budget: Budget = field(default_factory=Budget)
    percent: Decimal | None = None
    typed: frozenset[str] = frozenset()
    unread: FrozenDict = EMPTY
    """What was typed and is no figure yet, by key; the share too, while it makes no amounts."""

    @classmethod
    def of(cls, budget: Budget, unread: Mapping[str, str] = EMPTY) -> BudgetState:
        """Start from stored figures: every stored amount counts as typed."""
        typed = frozenset(key for key in AMOUNTS if getattr(budget, key) is not None)
        made = cls(budget, None, typed, FrozenDict(unread))
        share = read_percent(made.unread.get(PERCENT, ""))
        if share is None or counterpart_percent(budget) is not None:
            return made
        return replace(made, percent=share, typed=typed | {PERCENT})

    def with_amount(self, key: str, amount: int | str | None) -> BudgetState:
        """Return the state after a person typed ``amount``, no amount (str), or nothing (None)."""
        typed = self.typed | {key} if isinstance(amount, int) else self.typed - {key}
        if len(typed) > 2:
            typed -= {PERCENT}
        amounts = {**self._amounts(), key: amount if isinstance(amount, int) else None}
        unread = _with(self.unread, key, amount)
        made = replace(self, budget=_budget(amounts, unread), typed=typed, unread=unread)
        return made._completed()

    def with_percent(self, text: str) -> BudgetState:
        """Return the state after a person typed ``text`` as the counterpart's share of the total.

        What is no share, or belongs to no amount yet, is kept as it was typed.
        """
        percent, kept = read_percent(text), [key for key in AMOUNTS if key in self.typed]
        typed = kept if percent is None else [*kept[:1], PERCENT]
        unread = _with(self.unread, PERCENT, text if text.strip() else None)
        made = replace(self, percent=percent, typed=frozenset(typed), unread=unread)
        return made._completed(typed_percent=percent is None)

    def _completed(self, *, typed_percent: bool = False) -> BudgetState:
        amounts = self._amounts()
        given = _budget({key: amounts[key] for key in AMOUNTS if key in self.typed}, self.unread)
        share = self.percent if PERCENT in self.typed else None
        budget, unread = complete_budget(given, share), self.unread
        if counterpart_percent(budget) is not None and not typed_percent:
            unread = _with(unread, PERCENT, None)
        return replace(self, budget=budget, percent=share, unread=unread)

    def _amounts(self) -> dict[str, int | None]:
        return {key: getattr(self.budget, key) for key in AMOUNTS}

    def shown(self, key: str) -> int | str | None:
        """Return what stands at the amount or share ``key``: đồng, or the text that is none."""
        text = self.unread.get(key)
        return text if isinstance(text, str) else getattr(self.budget, key, None)

    @property
    def odd_percent(self) -> str:
        """What was typed as the share and is no share of 0 to 100; empty where there is nothing."""
        text = self.unread.get(PERCENT)
        return text if isinstance(text, str) and read_percent(text) is None else ""

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


def _with(unread: FrozenDict, key: str, typed: int | str | None) -> FrozenDict:
    kept = {name: text for name, text in unread.items() if name != key}
    return FrozenDict(kept | {key: typed}) if isinstance(typed, str) else FrozenDict(kept)


def _budget(amounts: Mapping[str, int | None], unread: Mapping[str, str]) -> Budget:
    total, state, counterpart = (amounts.get(key) for key in AMOUNTS)
    return Budget(total, state, counterpart, frozenset(unread) & frozenset(AMOUNTS))
