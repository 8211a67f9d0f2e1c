"""What a person did to a phiếu, field by field, so that it can be taken back across fields.

The model a person sees: Ctrl+Z takes back inside the text field first; when that field has nothing
left to take back, the last change elsewhere is taken back and the page leads to it. Proposals are
immutable, so a change is just the phiếu before and after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ncs_desktop.domain.proposal import Proposal

_MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One step; ``group`` is the field's key up to its first dot, empty for the whole phiếu."""

    group: str
    before: Proposal
    after: Proposal


class UndoList:
    """Steps taken and steps taken back."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def note(self, change: Change, *, joins: bool = False) -> None:
        """Remember a step; with ``joins`` typing on in one field stays one step.

        A field brought back to what it was leaves no step behind.
        """
        self._undone.clear()
        last = self._done[-1] if self._done else None
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
