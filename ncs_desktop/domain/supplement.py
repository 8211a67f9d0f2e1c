"""Requests for supplement (yêu cầu bổ sung): what an officer asks of one phiếu, and what was done.

The program says what it can see: whether a field changed and whether its finding is gone. Whether
a point in free words is met, a person decides; a person may also overrule the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.dates import BLANK, short_date
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.letter import Letter, LetterTemplate
from ncs_desktop.domain.letters import call_context, letter_from, signing_title
from ncs_desktop.domain.proposal import Proposal

NEED_DOSSIER = ("D", "F07", "C04")
"""Codes, or their first letter, of the rules that are silent without a dossier."""
_BIDDING = re.compile(r"\b[Hh]ãy\b")
REQUEST_KEY = "supplement_request"
"""Key beside a proposal's values that names the request it answers."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point: the officer's ``words``, about ``field`` (None: the whole), for finding ``code``.

    ``code`` is empty where the point is in free words only; ``extra`` holds keys of a later
    version.
    """

    id: str
    words: str
    field: str | None = None
    code: str = ""
    extra: FrozenDict = EMPTY


@dataclass(frozen=True)
class SupplementRequest:
    """What is asked of one proposal in one version; ``created`` is an ISO 8601 moment.

    ``data`` is the proposal file as it was received, so that an office without it can open it;
    ``about`` and ``extra`` hold keys of a later version.
    """

    id: str
    call: str
    proposal_id: str
    revision: int
    digest: str
    title: str
    points: tuple[Point, ...]
    created: str
    agency: str = ""
    until: date | None = None
    data: FrozenDict = EMPTY
    about: FrozenDict = EMPTY
    extra: FrozenDict = EMPTY

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields to open, each once, in the order of the points."""
        return tuple(dict.fromkeys(point.field for point in self.points if point.field))


def answering(proposal: Proposal, request: SupplementRequest) -> Proposal:
    """Return ``proposal`` marked as the answer to ``request``; its digest stays the same."""
    return replace(proposal, extra=proposal.extra.with_items({REQUEST_KEY: request.id}))


def answers(proposal: Proposal, request_id: str) -> bool:
    """Whether ``proposal`` says that it answers the request."""
    return proposal.extra.get(REQUEST_KEY) == request_id


@dataclass(frozen=True, slots=True)
class PointState:
    """How far a point is: whether its field changed and its finding is gone (None: no finding).

    ``met`` is what the officer said, else what the program can tell (``seen``); None where neither
    is known.
    """

    point: Point
    changed: bool
    gone: bool | None
    met: bool | None
    seen: bool | None = None

    @property
    def overruled(self) -> bool:
        """Whether the officer said otherwise than the program."""
        return self.seen is not None and self.met is not self.seen


def assess(
    request: SupplementRequest,
    old: Proposal,
    new: Proposal,
    findings: Sequence[Finding],
    verdicts: Mapping[str, bool] = EMPTY,
    *,
    with_dossier: bool = True,
) -> tuple[PointState, ...]:
    """Return how far each point is in ``new``, in which the checks found ``findings``.

    A finding the sender accepted with a reason is not gone; whether one is that needs a dossier is
    known only where the checks were run ``with_dossier``. Where a rule has but a hint left, which
    may be about something else, and for a point about the dossier as a whole, which changes no
    field of the phiếu, a person decides.
    """
    found = {(one.code, one.field) for one in findings}
    grave = {(one.code, one.field) for one in findings if one.severity is not Severity.INFO}
    states = []
    for point in request.points:
        place = (point.code, point.field)
        known = point.code and (with_dossier or not point.code.startswith(NEED_DOSSIER))
        hinted = place in found and place not in grave
        gone = place not in grave if known and not hinted else None
        states.append(_state(point, _changed(point, old, new), gone, verdicts.get(point.id)))
    return tuple(states)


def _state(point: Point, changed: bool, gone: bool | None, verdict: bool | None) -> PointState:
    seen = changed and gone if gone is not None and point.field is not None else None
    return PointState(point, changed, gone, seen if verdict is None else verdict, seen)


def _changed(point: Point, old: Proposal, new: Proposal) -> bool:
    """Whether the field of a point differs, or what it is one part of (an amount of the budget)."""
    if point.field is None:
        return old.digest != new.digest
    key = point.field.partition(".")[0]
    return old.get(key) != new.get(key)


def draft_supplement_letter(
    template: LetterTemplate,
    sender: Sender,
    request: SupplementRequest,
    proposal: Proposal,
    *,
    call: Call,
    places: Mapping[str, str],
) -> Letter:
    """Return the letter that asks for the points; ``places`` names the fields as the form does."""
    context = {
        **call_context(call),
        "agency": sender.name,
        "organization": proposal.text("proposer_name") or BLANK,
        "title": proposal.title or BLANK,
        "until": short_date(request.until) if request.until else "",
    }
    return letter_from(
        template,
        context,
        {"points": tuple(_lines(request.points, places))},
        parent=sender.parent,
        agency=sender.name,
        place=sender.place,
        signer_title=signing_title(sender),
        signer_name=sender.signer_name,
    )


def official(sentence: str) -> str:
    """Return what a check says in the wording of a letter: it asks («đề nghị») and bids not."""
    return _BIDDING.sub(lambda found: "đề nghị" if found[0][0].islower() else "Đề nghị", sentence)


def _lines(points: Iterable[Point], places: Mapping[str, str]) -> Iterator[str]:
    """Yield each point on one line; a finding's sentence names its place itself."""
    for point in points:
        words = " ".join(point.words.split())
        place = "" if point.code or not point.field else places.get(point.field, "")
        yield f"Mục {place}: {words}" if place else words
