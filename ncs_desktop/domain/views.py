"""What an officer wants to see of the desk: all, one status, what is wrong with something."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from enum import StrEnum

from ncs_desktop.domain.call import Deadline
from ncs_desktop.domain.desk import DeskEntry, Status


class View(StrEnum):
    """Which entries are shown: mới nhận, cần bổ sung, đạt, không đạt, and so on."""

    ALL = "all"
    RESUBMITTED = "resubmitted"
    NEW = "new"
    NEEDS_SUPPLEMENT = "needs_supplement"
    PASSED = "passed"
    FAILED = "failed"
    ERRORS = "errors"
    LATE = "late"
    ALIKE = "alike"
    UNEVEN = "uneven"
    DOUBTFUL = "doubtful"
    CUT = "cut"


_STATUSES: Mapping[View, Status] = {
    View.NEW: Status.NEW,
    View.NEEDS_SUPPLEMENT: Status.NEEDS_SUPPLEMENT,
    View.PASSED: Status.PASSED,
    View.FAILED: Status.FAILED,
}


def chooser(
    view: View,
    deadline: Deadline | None,
    alike: Container[str],
    doubtful: Container[str],
    cut: Container[str] = (),
) -> Callable[[DeskEntry], bool]:
    """Return whether an entry belongs to ``view``; ``alike`` are the ids that look alike.

    ``doubtful`` are the ids read from a Word form that nobody has compared with it yet, ``cut``
    those of which the table shows a text that the program cut.
    """
    if view in _STATUSES:
        wanted = _STATUSES[view]
        return lambda entry: entry.status is wanted
    tests: Mapping[View, Callable[[DeskEntry], bool]] = {
        View.RESUBMITTED: lambda entry: entry.resubmitted,
        View.ERRORS: lambda entry: entry.points.errors > 0,
        View.LATE: lambda entry: entry.is_late(deadline) is True,
        View.ALIKE: lambda entry: entry.proposal_id in alike,
        View.DOUBTFUL: lambda entry: entry.proposal_id in doubtful,
        View.CUT: lambda entry: entry.proposed and entry.proposal_id in cut,
        View.UNEVEN: lambda entry: entry.proposed and entry.budget.completed().unsourced != 0,
    }
    return tests.get(view, lambda _entry: True)
