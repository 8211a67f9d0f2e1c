"""T rules: until when, and is it late? Times are Vietnam's (UTC+7).

T01–T04 tell the limit, one per way of writing a deadline; T05 tells that it has passed and blocks
nothing, since no call names a sanction; T07 looks at the chain department → ministry.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from ncs_desktop.domain.call import VIETNAM, Deadline, DeadlineRule
from ncs_desktop.domain.checks.inputs import Hit, Inputs, Rule, hit
from ncs_desktop.domain.dates import clock, short_date
from ncs_desktop.domain.findings import Severity


def _words(deadline: Deadline) -> str:
    """The deadline in the call's own words, or its last moment where the call kept none."""
    last = (deadline.end - timedelta(minutes=1)).astimezone(VIETNAM)
    words = deadline.text or f"{clock(last)} {short_date(last.date())}"
    return words[0].lower() + words[1:]


def _limit(rule: DeadlineRule) -> Rule:
    def check(inputs: Inputs) -> Iterator[Hit]:
        deadline = inputs.call.deadline
        if deadline is None or deadline.rule is not rule or deadline.is_late(inputs.moment):
            return
        left = deadline.end - inputs.moment
        yield hit(
            None,
            "weekend" if inputs.moment.date() > deadline.last_working_day else "open",
            at_most=Severity.INFO,
            limit=_words(deadline),
            last_day=short_date(deadline.last_working_day),
            days=left.days,
            hours=left.seconds // 3600,
        )

    return check


def _late(inputs: Inputs) -> Iterator[Hit]:
    deadline = inputs.call.deadline
    if deadline is not None and deadline.is_late(inputs.moment):
        days = (inputs.moment - deadline.end).days
        yield hit(
            None,
            "late" if days else "just",
            at_most=Severity.WARNING,
            limit=_words(deadline),
            days=days,
            authority=inputs.call.authority.name,
        )


def _chain(inputs: Inputs) -> Iterator[Hit]:
    for first, second in pairwise(inputs.call.deadlines):
        if first.end > second.end:
            yield hit(None, "reversed", first=_words(first), second=_words(second))


RULES: dict[str, Rule] = {
    "T01": _limit(DeadlineRule.INCLUSIVE_DAY),
    "T02": _limit(DeadlineRule.INCLUSIVE_MINUTE),
    "T03": _limit(DeadlineRule.EXCLUSIVE_DAY),
    "T04": _limit(DeadlineRule.EXCLUSIVE_MINUTE),
    "T05": _late,
    "T07": _chain,
}
