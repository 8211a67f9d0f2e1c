"""Which words are the form's own: what else stands in a heading, label or guidance is the sender's.

Words of the form are not shown to anybody, so nothing that a person wrote may pass as one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ncs_desktop.exchange.filled_anchors import pairs_of
from ncs_desktop.exchange.filled_lines import Line, Token, tokens_of
from ncs_desktop.exchange.filled_words import (
    ABBREVIATIONS,
    FUNCTION_WORDS,
    GUIDANCE_WORDS,
    INSTRUCTIONS,
)

_SHORT = 15
"""Most words of a bracket that belongs to the sender as a whole."""
_GAP = 2
"""Known words between two foreign ones that belong to what the sender wrote."""


class Known:
    """The words of a form and which of them stand side by side in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        own = [*texts, *INSTRUCTIONS]
        self._pairs = {pair for text in own for pair in pairs_of(text)}
        self._words = {token.word for text in own for token in tokens_of(text)}
        alone = {words[0].word for text in own if len(words := tokens_of(text)) == 1}
        self._alone = {*alone, *ABBREVIATIONS, *FUNCTION_WORDS, *GUIDANCE_WORDS}

    def all_of(self, text: str) -> bool:
        """Whether every word of ``text`` is one of the form."""
        return all(token.word in self._words | self._alone for token in tokens_of(text))

    def split(self, line: Line) -> Iterator[tuple[bool, Line]]:
        """Yield the parts of ``line``, each with whether it is the form's own."""
        place = 0
        for low, high in self._foreign(line):
            yield True, line.part(place, low)
            yield False, line.part(low, high)
            place = high
        yield True, line.part(place)

    def _foreign(self, line: Line) -> list[tuple[int, int]]:
        """Return the places that the form does not have; a short bracket with one goes whole."""
        stretches: list[tuple[int, int]] = []
        for index, token in enumerate(line.tokens):
            if self._own(line.tokens, index):
                continue
            start, end = self._bracket(line, token)
            between = (
                line.tokens if not stretches else tokens_of(line.text[stretches[-1][1] : start])
            )
            if stretches and len(between) <= _GAP:
                stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
            else:
                stretches.append((start, end))
        return stretches

    def _own(self, tokens: tuple[Token, ...], index: int) -> bool:
        words = [token.word for token in tokens]
        word = words[index]
        if word in self._alone:
            return True
        if word.isdigit() and all(item in self._alone or item.isdigit() for item in words[:index]):
            return True
        return tuple(words[index - 1 : index + 1]) in self._pairs or (
            tuple(words[index : index + 2]) in self._pairs
        )

    def _bracket(self, line: Line, token: Token) -> tuple[int, int]:
        """Return where ``token`` stands, or the short bracket around it."""
        low = line.text.rfind("(", 0, token.start)
        high = line.text.find(")", token.end)
        whole = line.text[low : high + 1]
        if low < 0 or high < 0 or ")" in whole[:-1] or len(tokens_of(whole)) > _SHORT:
            return token.start, token.end
        return low, high + 1
