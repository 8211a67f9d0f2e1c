"""What is opened and must be closed: one way to say so for stores, workers and inboxes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """Stands in a ``with`` block and closes itself at the end of it, also after an error."""

    @abstractmethod
    def close(self) -> None:
        """Give back what is held; closing twice is fine."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
