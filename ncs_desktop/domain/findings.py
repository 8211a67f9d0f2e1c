"""What a check found: a code, a severity, a place, and what to fill its sentence with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ncs_desktop.domain.json_tree import EMPTY, FrozenDict


class Severity(StrEnum):
    """How much a finding weighs in one call; ``off`` means the rule is not asked there."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    ``message`` is the key of its sentence in ``resources/messages`` (``F06.phone``), ``params``
    fill it; ``field`` is a key such as ``budget.total``, None for the dossier as a whole;
    ``waived`` holds the reason where a person accepted the finding.
    """

    code: str
    severity: Severity
    field: str | None
    message: str
    params: FrozenDict = EMPTY
    waived: str | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """How many findings of each weight there are; ``accepted`` by a person is none of them."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    accepted: int = 0

    def __add__(self, other: Points) -> Points:
        """Return what both count."""
        return Points(
            self.errors + other.errors,
            self.warnings + other.warnings,
            self.infos + other.infos,
            self.accepted + other.accepted,
        )

    @property
    def count(self) -> int:
        """All of them that stand."""
        return self.errors + self.warnings + self.infos

    @property
    def worst(self) -> Severity | None:
        """The weight of the heaviest one; None where there is none."""
        if self.errors:
            return Severity.ERROR
        if self.warnings:
            return Severity.WARNING
        return Severity.INFO if self.infos else None


def standing(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings nobody accepted, each once: what lists show and what is counted."""
    return list(dict.fromkeys(finding for finding in findings if finding.waived is None))


def accepted(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings a person accepted with a reason, each once."""
    return list(dict.fromkeys(finding for finding in findings if finding.waived is not None))


_ONE = {
    Severity.ERROR: Points(errors=1),
    Severity.WARNING: Points(warnings=1),
    Severity.INFO: Points(infos=1),
}


def points_by_rule(findings: Iterable[Finding]) -> dict[str, Points]:
    """Return how many findings each rule has, in the order of codes."""
    found: dict[str, Points] = {}
    for finding in dict.fromkeys(findings):
        one = _ONE[finding.severity] if finding.waived is None else Points(accepted=1)
        found[finding.code] = found.get(finding.code, Points()) + one
    return dict(sorted(found.items()))


def open_points(findings: Iterable[Finding]) -> list[Finding]:
    """Return what is wrong or to be looked at and not accepted, the errors first, each once."""
    open_ones = standing(findings)
    return [
        finding
        for severity in (Severity.ERROR, Severity.WARNING)
        for finding in open_ones
        if finding.severity is severity
    ]


def count_errors(findings: Iterable[Finding]) -> int:
    """Number of errors that nobody accepted with a reason."""
    return sum(
        finding.severity is Severity.ERROR and finding.waived is None for finding in findings
    )
