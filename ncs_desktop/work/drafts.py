"""Beginning a phiếu: a new one for a call, or one made from an older one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ncs_desktop.domain.call import Authority, Call
from ncs_desktop.domain.form import FieldKind, Form
from ncs_desktop.domain.json_tree import EMPTY, freeze
from ncs_desktop.domain.proposal import (
    BUDGET_KEYS,
    PERCENT_KEY,
    Proposal,
    without_numbers,
)
from ncs_desktop.domain.table_line import is_short_text
from ncs_desktop.store.records import list_columns

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store

PROFILE_KEYS = (
    "proposer_kind",
    "proposer_name",
    "proposer_address",
    "contact_name",
    "contact_position",
    "contact_phone",
    "contact_email",
)
"""Fields of section X that a person's profile fills."""
_COPIED = "copied:"
_FIGURES = tuple(key.partition(".")[2] for key in (*BUDGET_KEYS, PERCENT_KEY))


def new_proposal(
    form: Form, call: Call, new_id: str, profile: Mapping[str, Any] = EMPTY
) -> Proposal:
    """Return an empty proposal for ``call``, section X filled from the person's profile."""
    values: dict[str, Any] = {"plan_year": call.plan_year}
    for key in PROFILE_KEYS:
        if form.find(key) is not None and profile.get(key):
            values[key] = profile[key]
    return Proposal(new_id, form.id, form.version, call.id, freeze(values))


def copy_proposal(old: Proposal, form: Form, call: Call, new_id: str) -> Proposal:
    """Return a new proposal made from ``old`` for ``call``.

    What belongs to the old year is emptied, so that nothing old is handed in by mistake: money,
    duration, the amounts of commitments, and the texts of the table's line that stand for sections
    to be rewritten; accepted findings and confirmations are not taken over.
    """
    values: dict[str, Any] = {**old.with_typed("plan_year", call.plan_year).values}
    if "budget" in values:
        values["budget"] = _emptied(values["budget"], *_FIGURES)
    for field in form.fields_of_kind(FieldKind.DURATION):
        values.pop(field.key, None)
    values = {key: value for key, value in values.items() if not is_short_text(key)}
    if isinstance(values.get("commitments"), tuple):
        values["commitments"] = tuple(_emptied(item, "amount") for item in values["commitments"])
    return Proposal(new_id, form.id, form.version, call.id, freeze(values), extra=old.extra)


def keep_copy(store: Store, made: Proposal, now: datetime) -> Proposal:
    """Keep what ``copy_proposal`` made, and under which name it came from an older one."""
    kept = store.save(made, now).proposal
    store.set_setting(f"{_COPIED}{kept.id}:title", list_columns(kept)["title"])
    return kept


def copied_titles(store: Store) -> dict[str, str]:
    """Return by id the title, as lists show it, each copy had when it was made."""
    kept = store.settings(_COPIED)
    return {key.split(":")[1]: title for key, title in kept.items() if isinstance(title, str)}


def missing_call(catalog: Catalog, proposal: Proposal, title: str = "") -> Call:
    """Return a call that asks nothing of its own, every rule at its usual weight.

    It stands in for the call of ``proposal`` where this machine has none.
    """
    return Call(
        id=proposal.call,
        title=title,
        plan_year=proposal.plan_year or 0,
        issued=date.min,
        authority=Authority(""),
        deadlines=(),
        accepts=(proposal.form_id,),
        recipe={},
        priorities=(),
        severities={code: rule.severity for code, rule in catalog.rules.items()},
    )


def _emptied(item: Any, *keys: str) -> Any:
    return without_numbers(item, *keys) if isinstance(item, Mapping) else item
