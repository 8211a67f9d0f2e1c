"""How a composer asks for the words that it prints: by key, for wording is data."""

from __future__ import annotations

from typing import Protocol


class Words(Protocol):
    """Returns the sentence of a key with its params filled in; KeyError if there is none.

    Those of our own sheets stand in ``resources/messages/vi/papers.toml``.
    """

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the sentence ``key``."""
