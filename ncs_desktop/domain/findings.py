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


def open_points(findings: Iterable[Finding]) -> list[Finding]:
    """Return what is wrong or to be looked at and not accepted, the errors first, each once."""
    standing = dict.fromkeys(finding for finding in findings if finding.waived is None)
    return [
        finding
        for severity in (Severity.ERROR, Severity.WARNING)
        for finding in standing
        if finding.severity is severity
    ]


def count_errors(findings: Iterable[Finding]) -> int:
    """Number of errors that nobody accepted with a reason."""
    return sum(
        finding.severity is Severity.ERROR and finding.waived is None for finding in findings
    )
