"""What can go wrong, as codes: the sentence a person reads stands in ``resources/messages``."""

from __future__ import annotations


class NcsError(Exception):
    """A foreseen problem: ``code`` names the sentence, ``params`` fill it.

    Every sentence says what happened, to which file, and what to do. Anything that is not an
    NcsError is a fault of ours and is reported as such, never shown as a traceback.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, object] = params

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.code}({shown})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.params))


def _rebuild(kind: type[NcsError], code: str, params: dict[str, object]) -> NcsError:
    return kind(code, **params)


class InputProblem(NcsError):
    """A file or argument from outside cannot be used as it is."""


class EnvironmentProblem(NcsError):
    """The computer stands in the way: disk full, read-only, locked by another program."""


class CatalogProblem(NcsError):
    """A form, call or message file of the catalogue is wrong: names file, key and reason."""
