"""A person's own calls: made from an old one, received as a file, handed on as a file.

Every shipped call is past, so the first real work of a year starts here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from ncs_desktop.catalog import (
    CALL_FILE_LIMIT,
    OWN_CALL_SUFFIX,
    Catalog,
    call_table,
    is_identifier,
    read_call,
    read_edited_call,
    require_known_form,
    write_call,
)
from ncs_desktop.domain.call import VIETNAM, Call, Deadline, DeadlineRule
from ncs_desktop.domain.contacts import is_email
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import FrozenDict, JsonValue
from ncs_desktop.domain.text import fold
from ncs_desktop.files import atomic_write, explain_os_error, make_folder, read_bytes

LETTER_SOURCES = "letter_sources"
"""The phrase that lists the letters behind one call; a new call has letters of its own."""
DERIVED_FROM = "derived_from"
_WORDS = {
    DeadlineRule.INCLUSIVE_DAY: "chậm nhất vào ngày",
    DeadlineRule.EXCLUSIVE_DAY: "trước ngày",
    DeadlineRule.INCLUSIVE_MINUTE: "chậm nhất là",
    DeadlineRule.EXCLUSIVE_MINUTE: "trước",
}


def make_deadline(text: str, rule: str | None = None, stage: str = "") -> Deadline:
    """Return the deadline typed as ``2026-08-10`` or ``2026-08-10T16:00``, in Vietnam's time.

    ``rule`` is the value of a DeadlineRule; without one the day, or the minute, is still in time.
    The deadline's words are those the calls use.
    """
    text = text.strip()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputProblem("call.bad_deadline", text=text) from None
    if at.tzinfo is not None:
        at = at.astimezone(VIETNAM).replace(tzinfo=None)
    at = at.replace(second=0, microsecond=0)
    has_time = len(text) > len("2026-08-10")
    usual = DeadlineRule.INCLUSIVE_MINUTE if has_time else DeadlineRule.INCLUSIVE_DAY
    if rule is not None and rule not in {item.value for item in DeadlineRule}:
        raise InputProblem("call.bad_rule", rule=rule, rules=[item.value for item in DeadlineRule])
    kind = usual if rule is None else DeadlineRule(rule)
    if has_time is not (kind.to_the_minute):
        code = "call.deadline_needs_no_time" if has_time else "call.deadline_needs_time"
        raise InputProblem(code, rule=kind.value)
    return Deadline(stage, kind, at, deadline_words(kind, at))


def deadline_words(rule: DeadlineRule, at: datetime) -> str:
    """Return a deadline in the calls' own words: ``chậm nhất là 16h00 ngày 26/3/2024``."""
    day = f"{at.day}/{at.month}/{at.year}"
    if rule.to_the_minute:
        return f"{_WORDS[rule]} {at.hour:02}h{at.minute:02} ngày {day}"
    return f"{_WORDS[rule]} {day}"


def derive_call(
    call: Call,
    *,
    year: int,
    deadline: Deadline,
    today: date,
    call_id: str | None = None,
    title: str | None = None,
) -> Call:
    """Return a new call of ``year`` from an old one, to be looked through by a person.

    Authority, dossier, accepted forms, priorities and weights of the rules stay; the plan year
    changes where the old one is named; the old letters and the later deadlines of the chain are
    not known for the new year and are left out. ``today`` becomes the date of its data and the day
    by which rules about places and agencies judge.
    """
    if not 2000 <= year <= 2100:
        raise InputProblem("call.bad_year", year=year)
    old = call.plan_year
    new_id = call_id or _next_id(call, year)
    if not is_identifier(new_id):
        raise InputProblem("call.bad_id", call=new_id)
    first = call.deadline
    stage = deadline.stage or (first.stage if first else "")
    words = deadline.text or deadline_words(deadline.rule, deadline.at)
    return replace(
        call,
        id=new_id,
        title=title or _next_title(call, year),
        plan_year=year,
        issued=today,
        deadlines=(replace(deadline, stage=stage, text=words),),
        phrases=_other_phrases(call.phrases, old, year),
        data_date=today,
        source="",
        own=True,
        extra=FrozenDict({**call.extra, DERIVED_FROM: call.id}),
    )


def next_year(catalog: Catalog, call: Call, year: int) -> tuple[str, str]:
    """Return the title a call made from ``call`` gets, and an id that no call here has yet."""
    first = _next_id(call, year)
    numbers = (f"{first}-{number}" for number in count(2))
    return _next_title(call, year), next(
        name for name in chain((first,), numbers) if name not in catalog.calls
    )


def require_new_title(catalog: Catalog, title: str) -> None:
    """Raise InputProblem where a call of the same name is here: no person could tell them apart."""
    if any(fold(call.title) == fold(title) for call in catalog.calls.values()):
        raise InputProblem("call.same_title", title=title)


def _next_title(call: Call, year: int) -> str:
    return _other_year(call.title, call.plan_year, year, f"{call.title} ({year})")


def _next_id(call: Call, year: int) -> str:
    return _other_year(call.id, call.plan_year, year, f"{call.id}-{year}")


def _other_year(text: str, old: int, new: int, otherwise: str) -> str:
    """Return ``text`` with the old plan year replaced; where it names none, ``otherwise``."""
    changed, found = re.subn(rf"(?<!\d){old}(?!\d)", str(new), text)
    return changed if found else otherwise


def _other_phrases(phrases: Mapping[str, JsonValue], old: int, new: int) -> FrozenDict:
    """Return the phrases of another year; lists of documents are quoted and never rewritten."""
    return FrozenDict(
        {
            name: re.sub(rf"năm {old}(?!\d)", f"năm {new}", value)
            if isinstance(value, str)
            else value
            for name, value in phrases.items()
            if name != LETTER_SOURCES
        }
    )


def save_own_call(catalog: Catalog, call: Call, folder: Path, *, replace_old: bool = False) -> Path:
    """Keep a call among a person's own and return its file.

    Raises InputProblem where its id is a shipped call's, or an own one's and not ``replace_old``.
    """
    path = folder / f"{call.id}{OWN_CALL_SUFFIX}"
    require_own_id(catalog, call.id)
    if (call.id in catalog.calls or path.exists()) and not replace_old:
        raise InputProblem("call.exists", call=call.id)
    make_folder(folder)
    atomic_write(path, write_call(call))
    return path


def require_own_id(catalog: Catalog, call_id: str) -> None:
    """Raise InputProblem where a shipped call has this id, or no file could."""
    if not is_identifier(call_id):
        raise InputProblem("call.bad_id", call=call_id)
    known = catalog.calls.get(call_id)
    if known is not None and not known.own:
        raise InputProblem("call.shipped", call=call_id)


def import_call(catalog: Catalog, path: Path, folder: Path, *, replace_old: bool = False) -> Call:
    """Take a call file someone sent into a person's own calls; the same call again is no clash."""
    call = read_call(read_bytes(path, CALL_FILE_LIMIT), str(path), catalog.rules)
    require_known_form(call, catalog.forms, str(path))
    known = catalog.calls.get(call.id)
    if known is None or write_call(known) != write_call(call):
        save_own_call(catalog, call, folder, replace_old=replace_old)
    return call


def export_call(call: Call, target: Path) -> None:
    """Write the call as one file to hand on."""
    atomic_write(target, write_call(call))


def edited_call(catalog: Catalog, call: Call, changes: Mapping[str, Any]) -> Call:
    """Return one's own ``call`` with ``changes``, keys as in its file; what is not named stays.

    Read by the reader of call files. Raises InputProblem whose ``key`` says where a mistake is.
    """
    require_own_id(catalog, call.id)
    made = read_edited_call({**call_table(call), **changes}, catalog.rules)
    if made.authority.email and not is_email(made.authority.email):
        email = made.authority.email
        raise InputProblem("call_form.bad_email", key="authority.email", reason=email)
    if fold(made.title) != fold(call.title):
        require_new_title(catalog, made.title)
    require_known_form(made, catalog.forms, made.title)
    return made


def delete_own_call(catalog: Catalog, call: Call, folder: Path, used: int) -> None:
    """Remove one's own call, of which ``used`` phiếu are on this machine: refused where any is."""
    require_own_id(catalog, call.id)
    if used:
        raise InputProblem("call_form.used", title=call.title, count=used)
    path = folder / f"{call.id}{OWN_CALL_SUFFIX}"
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise explain_os_error(error, path) from error


def said_anew(before: Mapping[str, Any], deadline: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``deadline`` with words of its own where it has none, or those of an earlier day.

    Both as a call's file holds them; words a person wrote are theirs.
    """
    words = _usual_words(deadline)
    if deadline.get("text") in ("", None, _usual_words(before)):
        return {**deadline, "text": words}
    return dict(deadline)


def _usual_words(deadline: Mapping[str, Any]) -> str:
    if not deadline.get("at"):
        return ""
    at = datetime.fromisoformat(deadline["at"])
    return deadline_words(DeadlineRule(deadline["rule"]), at)
