"""The checks: every rule of the catalogue, run over one proposal.

Each rule is a small generator in one of the modules beside this one, known by its code; how much it
weighs is data of the call. This module is the one place that turns what a rule saw into a Finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.checks import (
    content_rules,
    deadline_rules,
    dossier_rules,
    form_rules,
    language_rules,
    letter_rules,
    money_rules,
)
from ncs_desktop.domain.checks.inputs import Hit, Inputs, Rule
from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.proposal import Proposal

__all__ = ["CONFIRMABLE", "RULES", "check", "confirmed_points"]

_MODULES = (
    form_rules,
    money_rules,
    content_rules,
    dossier_rules,
    deadline_rules,
    language_rules,
    letter_rules,
)
RULES: Mapping[str, Rule] = MappingProxyType(
    dict(sorted(item for module in _MODULES for item in module.RULES.items()))
)
"""Every rule by its code."""

CONFIRMABLE = frozenset({"C02", "C03", "F08"})
"""Points that a person confirms by a tick; once confirmed they are not asked again."""

_WEIGHT = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0, Severity.OFF: -1}


def check(
    proposal: Proposal, form: Form, call: Call, dossier: Dossier | None, now: datetime
) -> list[Finding]:
    """Return what is wrong or worth knowing, in the order of the form's fields, then of the codes.

    Findings about the dossier as a whole have no field and come last. Rules that need the dossier
    are silent where ``dossier`` is None; what an office wrote for its table counts. ``now`` without
    a time zone is Vietnam's wall clock.
    """
    inputs = Inputs(proposal.in_table(), form, call, dossier, now)
    reasons = {waiver.code: waiver.reason for waiver in proposal.waivers}
    findings = [
        _finding(code, seen, severity, reasons.get(code))
        for code, rule in RULES.items()
        if (severity := call.severity(code)) is not Severity.OFF
        and not _is_confirmed(proposal, code)
        for seen in rule(inputs)
    ]
    order = {field.key: index for index, field in enumerate(form.fields)}
    last = len(order)
    return sorted(
        findings,
        key=lambda finding: (
            last + 1 if finding.field is None else order.get(finding.field, last),
            finding.code,
        ),
    )


def confirmed_points(proposal: Proposal, form: Form, call: Call, now: datetime) -> list[Finding]:
    """Return the points that ``check`` does not ask since a person confirmed them.

    Each is ``Severity.OFF``: it is shown so that it can be taken back, and counted nowhere.
    """
    inputs = Inputs(proposal.in_table(), form, call, None, now)
    return [
        _finding(code, seen, Severity.OFF, None)
        for code in sorted(CONFIRMABLE)
        if _is_confirmed(proposal, code) and call.severity(code) is not Severity.OFF
        for seen in RULES[code](inputs)
    ]


def _is_confirmed(proposal: Proposal, code: str) -> bool:
    return code in CONFIRMABLE and proposal.confirmations.get(code) is True


def _finding(code: str, seen: Hit, severity: Severity, reason: str | None) -> Finding:
    return Finding(
        code,
        min(severity, seen.at_most, key=_WEIGHT.__getitem__),
        seen.field,
        f"{code}.{seen.message}",
        seen.params,
        reason or None,
    )
