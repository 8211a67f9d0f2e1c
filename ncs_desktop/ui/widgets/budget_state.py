"""Which of the four budget figures a person typed, and what the others follow from; no Qt.

Any two of total, state budget, counterpart and counterpart % give the rest. What is shown follows
from what was typed alone, in whatever order. An amount typed since the phiếu was opened is never
changed by another amount: where they do not add up, the difference is shown.

Nothing stored says which amounts were typed once. Where the three opened ones agree and one is
changed, one that nobody touched since follows: the state budget, which is what the rest goes to;
else the total, their sum; the counterpart last, for others committed to it in writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.money import complete_budget, counterpart_percent, read_percent
from ncs_desktop.domain.proposal import Budget

AMOUNTS = ("total", "state_budget", "counterpart")
PERCENT = "percent"
_FOLLOWS = ("state_budget", "total", "counterpart")


@dataclass(frozen=True, slots=True)
class BudgetState:
    """What was typed, beside three agreeing amounts that were there before."""

    typed: FrozenDict = EMPTY
    """What a person typed by key: đồng, or a text that is no amount yet."""
    share: str = ""
    """The counterpart's share as typed, until another amount is typed in its stead."""
    opened: Budget | None = None
    """The three amounts as they were opened, where they agree."""
    emptied: frozenset[str] = frozenset()

    @classmethod
    def of(cls, budget: Budget, unread: Mapping[str, str] = EMPTY) -> BudgetState:
        """Start from stored figures: amounts that agree are there, any others count as typed."""
        share, texts = (
            unread.get(PERCENT, ""),
            {key: unread[key] for key in AMOUNTS if key in unread},
        )
        if read_percent(share) is not None and counterpart_percent(budget) is not None:
            share = ""
        amounts = {key: getattr(budget, key) for key in AMOUNTS}
        there = {key: amount for key, amount in amounts.items() if amount is not None}
        if len(there) == len(AMOUNTS) and not texts and not budget.unsourced:
            return cls(share=share, opened=budget)
        return cls(FrozenDict(there | texts), share)

    def with_amount(self, key: str, amount: int | str | None) -> BudgetState:
        """Return the state after a person typed ``amount``, no amount (str), or nothing (None).

        An amount typed beside the one that the share belongs to takes the place of the share.
        """
        made, base = self, self._base
        if base is not None and key != base and amount is not None:
            share = "" if isinstance(amount, int) else self.share
            made = BudgetState(FrozenDict({base: self._there[base]}), share)
        others = {name: value for name, value in made.typed.items() if name != key}
        if amount is None:
            return replace(made, typed=FrozenDict(others), emptied=made.emptied | {key})
        return replace(made, typed=FrozenDict(others | {key: amount}), emptied=made.emptied - {key})

    def with_percent(self, text: str) -> BudgetState:
        """Return the state after a person typed ``text`` as the counterpart's share of the total.

        What is no share, or belongs to no amount yet, is kept as it was typed.
        """
        return replace(self, share=text if text.strip() else "")

    @property
    def _there(self) -> dict[str, int]:
        """Amounts that were typed, and opened ones that nobody touched."""
        found = {key: value for key, value in self.typed.items() if isinstance(value, int)}
        return self._untouched | found

    @property
    def _untouched(self) -> dict[str, int]:
        if self.opened is None:
            return {}
        left = [key for key in AMOUNTS if key not in self.typed and key not in self.emptied]
        return {key: getattr(self.opened, key) for key in left}

    @property
    def _texts(self) -> dict[str, str]:
        return {key: value for key, value in self.typed.items() if isinstance(value, str)}

    @property
    def _base(self) -> str | None:
        """The one amount that a typed share belongs to."""
        if self.percent is None:
            return None
        typed = [key for key in AMOUNTS if isinstance(self.typed.get(key), int)]
        return next(iter([*typed, *(key for key in self._untouched if key == "total")]), None)

    @property
    def _given(self) -> dict[str, int]:
        """The amounts that the others follow from."""
        there, base = self._there, self._base
        if self._texts:
            return there
        if self.percent is not None:
            return {} if base is None else {base: there[base]}
        if len(there) == len(AMOUNTS) and _budget(there).unsourced:
            follows = next((key for key in _FOLLOWS if key in self._untouched), None)
            given = {key: amount for key, amount in there.items() if key != follows}
            if follows is not None and getattr(_budget(given).completed(), follows) is not None:
                return given
        return there

    @property
    def percent(self) -> Decimal | None:
        """The typed share, where it is one."""
        return read_percent(self.share) if self.share else None

    @property
    def budget(self) -> Budget:
        """The three figures in đồng."""
        return complete_budget(_budget(self._given, self._texts), self.percent)

    @property
    def unread(self) -> FrozenDict:
        """What was typed and is no figure yet, by key; the share too, while it makes no amounts."""
        idle = self.share and (self.percent is None or counterpart_percent(self.budget) is None)
        return FrozenDict(self._texts | ({PERCENT: self.share} if idle else {}))

    def shown(self, key: str) -> int | str | None:
        """Return what stands at the amount or share ``key``: đồng, or the text that is none."""
        text = self.unread.get(key)
        return text if isinstance(text, str) else getattr(self.budget, key, None)

    @property
    def odd_percent(self) -> str:
        """What was typed as the share and is no share of 0 to 100; empty where there is nothing."""
        return self.share if self.percent is None else ""

    @property
    def computed(self) -> frozenset[str]:
        """Amounts that follow from others."""
        budget, given = self.budget, self._given
        return frozenset(
            key for key in AMOUNTS if key not in given and getattr(budget, key) is not None
        )

    @property
    def replaced(self) -> dict[str, int]:
        """Amounts in đồng that stood where another one follows now, by key."""
        there, budget = self._there, self.budget
        return {
            key: there[key]
            for key in AMOUNTS
            if key in self.computed and there.get(key, getattr(budget, key)) != getattr(budget, key)
        }

    @property
    def difference(self) -> int:
        """Total minus its two parts, in đồng; 0 where a figure is missing."""
        budget = self.budget
        missing = None in (budget.total, budget.state_budget, budget.counterpart)
        return 0 if missing else budget.unsourced


def _budget(amounts: Mapping[str, int], texts: Mapping[str, str] = EMPTY) -> Budget:
    total, state, counterpart = (amounts.get(key) for key in AMOUNTS)
    return Budget(total, state, counterpart, frozenset(texts))
