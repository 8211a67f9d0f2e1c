"""What a person did to a phiếu, step by step, so that it can be taken back across fields.

The model a person sees: each Ctrl+Z takes back one word, one paste or one answer, the newest first,
in whatever field it was made, and the page leads there. Proposals are immutable, so a step is just
the phiếu before and after. A locked revision begins a new list: nothing reaches behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.text import changed_part

_MOST_KEPT = 2000
_LONGEST_WORD = 24
"""Letters that change at once or in one step; more is a paste and a step of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step; ``group`` is the field's key up to its first dot, empty for the whole phiếu."""

    group: str
    before: Proposal
    after: Proposal


def goes_on(before: str, now: str, after: str) -> bool:
    """Whether typing from ``now`` to ``after`` goes on with the word begun at ``before``.

    Tabs stand between the cells of a table: rows and columns are no typing.
    """
    start, gone, come = changed_part(now, after)
    if (not gone and not come) or "\t" in gone + come:
        return False
    _start, all_gone, all_come = changed_part(before, after)
    longest = max(len(part) for part in (gone, come, all_gone, all_come))
    begins_word = come[:1].isspace() and not now[:start][-1:].isspace()
    return longest <= _LONGEST_WORD and not begins_word


class UndoList:
    """Steps taken and steps taken back."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def last(self) -> Change | None:
        """The newest step, which typing may go on with."""
        return self._done[-1] if self._done else None

    @property
    def count(self) -> int:
        """How many steps can be taken back."""
        return len(self._done)

    def clear(self) -> None:
        """Forget everything: the phiếu as it stands is where taking back ends."""
        self._done.clear()
        self._undone.clear()

    def note(self, change: Change, *, joins: bool = False) -> None:
        """Remember a step; with ``joins`` it goes on with the last one of the same field.

        A field brought back to what it was leaves no step behind.
        """
        self._undone.clear()
        last = self.last
        if joins and last is not None and last.group == change.group:
            change = replace(change, before=last.before)
            self._done.pop()
        if change.before != change.after:
            self._done.append(change)
        del self._done[:-_MOST_KEPT]

    def undo(self) -> Change | None:
        """Return the last step and count it as taken back."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Change | None:
        """Return the step taken back last and count it as taken again."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
