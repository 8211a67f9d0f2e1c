"""Finding entries of the desk as a person types, in parts that leave room for other work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import contains

from ncs_desktop.domain.desk import DeskEntry
from ncs_desktop.domain.text import fold

_PART = 2000
"""Entries looked through between two parts: some 0.3 ms."""
_MOST_STEPS = 16


@dataclass(frozen=True, slots=True)
class _Step:
    """What a text has left: the places of the entries and their folded texts."""

    wanted: str
    places: Sequence[int]
    texts: list[str]


class Finder:
    """Finds entries by text: case, marks and i/y do not matter; every word must be there.

    What the text so far has left is looked through again, not the whole table; a letter taken
    back costs nothing.
    """

    def __init__(self, entries: Sequence[DeskEntry]) -> None:
        texts = [entry.search for entry in entries]
        self._steps = [_Step("", range(len(texts)), texts)]

    def find(self, text: str) -> Sequence[int]:
        """Return the places of the entries that hold every word of ``text``, in order."""
        for _part in self.search(text):
            pass
        return self._steps[-1].places

    def search(self, text: str) -> Iterator[None]:
        """Look for ``text`` in parts; after the last one ``find`` knows the answer.

        A search that is not wanted any more is simply left; it leaves no trace.
        """
        wanted = fold(text)
        while not wanted.startswith(self._steps[-1].wanted):
            self._steps.pop()
        step = self._steps[-1]
        if wanted == step.wanted:
            return
        known = set(step.wanted.split())
        words = [word for word in wanted.split() if word not in known]
        places: list[int] = []
        texts: list[str] = []
        for start in range(0, len(step.texts), _PART):
            part, held = step.places[start : start + _PART], step.texts[start : start + _PART]
            for word in words:
                holds = list(map(contains, held, repeat(word)))
                if not all(holds):
                    part, held = list(compress(part, holds)), list(compress(held, holds))
            places += part
            texts += held
            yield
        self._steps.append(_Step(wanted, places, texts))
        del self._steps[1:-_MOST_STEPS]

    def move(self, start: int, end: int) -> None:
        """Follow an entry that was put from one place to another."""
        texts = self._steps[0].texts
        texts.insert(end, texts.pop(start))
        del self._steps[1:]
