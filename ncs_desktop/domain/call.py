"""A call for proposals (đợt đề xuất): year, authority, deadlines, dossier, priorities, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam's time: UTC+7 all year, no daylight saving."""

NEW_LAW = date(2025, 10, 1)
"""Luật 93/2025/QH15 is in force from this day; the form may not be current law after it."""


def shown_moment(at: datetime) -> str:
    """Return a moment as window and papers show it, by Vietnam's clock: ``09:00 08/08/2025``."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def moment_words(text: str) -> str:
    """Return an ISO 8601 moment as a person reads it in Vietnam; as written where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return shown_moment(at.replace(tzinfo=VIETNAM) if at.tzinfo is None else at)


class DeadlineRule(StrEnum):
    """How a deadline's words are read.

    ``inclusive_day`` "chậm nhất vào ngày", ``inclusive_minute`` "chậm nhất là 16h00 ngày",
    ``exclusive_day`` "trước ngày", ``exclusive_minute`` "trước 17h00 ngày".
    """

    INCLUSIVE_DAY = "inclusive_day"
    INCLUSIVE_MINUTE = "inclusive_minute"
    EXCLUSIVE_DAY = "exclusive_day"
    EXCLUSIVE_MINUTE = "exclusive_minute"

    @property
    def to_the_minute(self) -> bool:
        """Whether the deadline names an hour, not only a day."""
        return self in (DeadlineRule.INCLUSIVE_MINUTE, DeadlineRule.EXCLUSIVE_MINUTE)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of the chain; ``at`` is wall-clock time in Vietnam, ``text`` its own words."""

    stage: str
    rule: DeadlineRule
    at: datetime
    text: str = ""
    source: str = ""

    @property
    def end(self) -> datetime:
        """The first moment that is late."""
        at = self.at.replace(tzinfo=VIETNAM) if self.at.tzinfo is None else self.at
        day = datetime.combine(at.date(), time(), VIETNAM)
        if self.rule is DeadlineRule.INCLUSIVE_DAY:
            return day + timedelta(days=1)
        if self.rule is DeadlineRule.EXCLUSIVE_DAY:
            return day
        if self.rule is DeadlineRule.INCLUSIVE_MINUTE:
            return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
        return at.replace(second=0, microsecond=0)

    def is_late(self, moment: datetime) -> bool:
        """Whether something received at ``moment`` (time zone aware) is late."""
        return moment >= self.end

    @property
    def last_working_day(self) -> date:
        """The last Monday-to-Friday day on which it is safe to hand over."""
        day = (self.end - timedelta(microseconds=1)).date()
        while day.weekday() >= 5:
            day -= timedelta(days=1)
        return day


@dataclass(frozen=True, slots=True)
class Authority:
    """The office that receives the dossier; offices only, never persons."""

    name: str
    parent: str = ""
    address: str = ""
    unit: str = ""
    email: str = ""
    formats: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority of the call, its text verbatim."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RecipeItem:
    """One document the call asks for: ``role`` as in a bundle, ``text`` verbatim.

    ``need`` is ``required``, ``optional`` or ``required_for:<task_kind>``.
    """

    role: str
    need: str
    text: str
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call for proposals.

    ``severities`` holds every rule's weight, ``options`` figures such as ``minimum_universities``,
    ``phrases`` the words its letters and table use, ``extra`` keys this version does not know.
    """

    id: str
    title: str
    plan_year: int
    issued: date
    authority: Authority
    deadlines: tuple[Deadline, ...]
    accepts: tuple[str, ...]
    recipe: Mapping[str, tuple[RecipeItem, ...]]
    priorities: tuple[Priority, ...]
    severities: Mapping[str, Severity]
    options: FrozenDict = EMPTY
    phrases: FrozenDict = EMPTY
    universities: tuple[str, ...] = ()
    """Schools the call names: offered where a phiếu asks for schools, never required."""
    data_date: date | None = None
    source: str = ""
    own: bool = False
    extra: FrozenDict = EMPTY

    @property
    def deadline(self) -> Deadline | None:
        """The deadline for handing over to the authority: the first of the chain."""
        return self.deadlines[0] if self.deadlines else None

    @property
    def short_title(self) -> str:
        """A name for a column: ``An Giang · 2026``; a title without «:» stays whole."""
        head, colon, _rest = self.title.partition(":")
        return f"{head.strip()} · {self.plan_year}" if colon else self.title

    @property
    def after_new_law(self) -> bool:
        """Whether it came, or plans for a year that is decided on, after Luật 93/2025/QH15."""
        return self.issued >= NEW_LAW or self.plan_year > NEW_LAW.year + 1

    def severity(self, code: str) -> Severity:
        """How much rule ``code`` weighs in this call."""
        return self.severities.get(code, Severity.WARNING)

    def recipe_for(self, sender_kind: str) -> tuple[RecipeItem, ...]:
        """What the call asks of a sender: ``agency``, ``organization`` or ``individual``."""
        return self.recipe.get(sender_kind, ())

    def asks_for(self, role: str, sender_kind: str) -> bool:
        """Whether documents of ``role`` are asked of this kind of sender at all."""
        return any(item.role == role for item in self.recipe_for(sender_kind))
