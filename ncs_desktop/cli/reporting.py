"""How commands tell a person and a program what was read and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ncs_desktop.cli.common import Context
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.work.inputs import note_text, read_inputs
from ncs_desktop.work.prepare import Checked


def load_inputs(
    paths: Iterable[str], context: Context, *, any_call: bool = False, call_id: str | None = None
) -> list[Loaded]:
    """Read every INPUT in the given order and say what was dropped or doubtful in reading.

    ``call_id`` is the call of Word files, which name none.
    """
    files = [Path(path) for path in paths]
    found = read_inputs(files, context.catalog, any_call=any_call, call_id=call_id)
    for loaded in found:
        say_notes(loaded.notes, context)
    return found


def say_notes(notes: Iterable[Note], context: Context) -> None:
    """Print notes on stderr, one a line."""
    for note in notes:
        context.warn(note_text(note, context.messages))


def say_findings(source: str, checked: Checked, context: Context) -> None:
    """Print one proposal's findings for a person."""
    text = context.messages.text
    title = checked.proposal.title or text("report.untitled")
    context.say(text("report.heading", file=source, title=title))
    for finding in checked.findings:
        line = f"  {text(f'report.{finding.severity}')} {finding.code}: "
        line += context.messages.finding(finding)
        if finding.waived:
            line += " " + text("report.waived", reason=finding.waived)
        context.say(line)
    counts = {
        name: sum(item.severity is severity for item in checked.findings)
        for name, severity in (("warnings", Severity.WARNING), ("infos", Severity.INFO))
    }
    waived = sum(bool(item.waived) for item in checked.findings if item.severity is Severity.ERROR)
    key = "report.counts_waived" if waived else "report.counts"
    context.say("  " + text(key, errors=checked.errors, waived=waived, **counts))


def findings_json(source: str, checked: Checked, context: Context) -> dict[str, Any]:
    """Return one proposal's findings for a program."""
    return {
        "input": source,
        "findings": [_finding_json(finding, context) for finding in checked.findings],
    }


def _finding_json(finding: Finding, context: Context) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "message": context.messages.finding(finding),
    }
    if finding.waived:
        shown["waived"] = finding.waived
    return shown


def report_findings(
    loaded: Sequence[Loaded], checked: Sequence[Checked], context: Context
) -> list[dict[str, Any]]:
    """Print the findings of every proposal and return them for ``--json``."""
    for item, result in zip(loaded, checked, strict=True):
        say_findings(item.source, result, context)
    return [
        findings_json(item.source, result, context)
        for item, result in zip(loaded, checked, strict=True)
    ]


def say_stopped(checked: Iterable[Checked], way: str, context: Context) -> None:
    """Say that nothing was written, and which way is open."""
    errors = sum(item.errors for item in checked)
    text = context.messages.text
    context.warn(text("report.stopped", errors=errors, way=text(f"report.{way}")))
