"""What the page asks of the store; every function runs in the store's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ncs_desktop.domain.desk import Act, Channel, Decision, DeskEntry, Order, Status
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import table_text
from ncs_desktop.domain.table_line import unshortened
from ncs_desktop.ui.collect.cell_texts import SECTIONS
from ncs_desktop.ui.collect.data import (
    CALL_SETTING,
    OFFICE_SETTING,
    OFFICER_SETTING,
    PAPER_SETTING,
    order_setting,
)
from ncs_desktop.ui.collect.file_lines import FilesOfImport, earlier_imports

if TYPE_CHECKING:
    from ncs_desktop.catalog import Catalog, Messages
    from ncs_desktop.store.store import Store

Counted = tuple[str, int]
"""A phiếu by its id, and the number of its version that counts."""
Receptions = Mapping[str, tuple[datetime | None, Channel]]
"""When and how proposals were received, by id."""


def place(call: str, order: Order, move: tuple[str, str | None], act: Act, store: Store) -> None:
    """Put a proposal before another (None: last) in one of the orders."""
    store.desk.place(call, move[0], order, move[1], act)


def unplace(call: str, proposal_id: str, act: Act, store: Store) -> None:
    """Take a proposal out of the council's order."""
    store.desk.unplace(call, proposal_id, act)


def set_reason(call: str, proposal_id: str, order: Order, act: Act, store: Store) -> None:
    """Keep the reason of a rank."""
    store.desk.set_reason(call, proposal_id, order, act)


def adopt_order(call: str, act: Act, store: Store) -> dict[str, int | None]:
    """Begin the council's order with the department's; return the places it had before."""
    return store.desk.adopt_order(call, act)


def put_order_back(call: str, places: Mapping[str, int | None], act: Act, store: Store) -> None:
    """Give the council's order the places again that it had before."""
    store.desk.put_order_back(call, places, act)


def set_status(call: str, wanted: Mapping[str, tuple[Status, str]], act: Act, store: Store) -> None:
    """Say of several proposals how far they are, and why."""
    from ncs_desktop.work import desk  # noqa: PLC0415

    for proposal_id, (status, why) in wanted.items():
        desk.set_status(store.desk, call, proposal_id, status, replace(act, why=why))


def set_received(call: str, wanted: Receptions, act: Act, store: Store) -> None:
    """Say when (None: not known) and how proposals were received."""
    for proposal_id, received in wanted.items():
        store.desk.set_received(call, proposal_id, *received, act)


def decide(
    call: str, pair: tuple[str, str], decision: Decision | None, act: Act, store: Store
) -> None:
    """Keep what a person said of two proposals that look alike."""
    from ncs_desktop.work import desk  # noqa: PLC0415

    desk.decide(store.desk, call, pair, decision, act)


def settle(catalog: Catalog, entry: DeskEntry, act: Act, accept: bool, store: Store) -> None:
    """Say of a resubmission whether it counts."""
    from ncs_desktop.work import desk  # noqa: PLC0415

    desk.settle(store, catalog, entry, act, accept=accept)


def reopen(catalog: Catalog, entry: DeskEntry, act: Act, store: Store) -> None:
    """Take back what was said of a resubmission."""
    from ncs_desktop.work import desk  # noqa: PLC0415

    desk.reopen(store, catalog, entry, act)


def put_away(ids: Sequence[str], act: Act, store: Store) -> None:
    """Put proposals into the bin."""
    for proposal_id in ids:
        store.trash(proposal_id, act.at, who=act.who, why=act.why)


def take_back(ids: Sequence[str], act: Act, store: Store) -> None:
    """Take proposals out of the bin, each to its old place."""
    for proposal_id in ids:
        store.restore(proposal_id, act.at, who=act.who)


@dataclass(frozen=True, slots=True)
class Line:
    """A phiếu as the table has it; ``number`` counts among those that were asked for."""

    number: int
    proposal: Proposal


def line(
    call: str, ids: Sequence[str], catalog: Catalog, only_open: bool, store: Store
) -> Line | None:
    """Return the first of ``ids``; with ``only_open`` the first that still needs a short text."""
    for number, proposal_id in enumerate(ids):
        found = store.desk.counted(call, proposal_id).in_table()
        if not only_open or unshortened(found, catalog.form_of(found)):
            return Line(number, found)
    return None


def still_cut(call: str, catalog: Catalog, store: Store) -> frozenset[str]:
    """Return the ids of the phiếu of which the table shows a text that the program cut."""
    counted = store.desk.counted_all(call)
    return frozenset(one.id for one in counted if unshortened(one, catalog.form_of(one)))


def line_texts(
    wanted: Sequence[Counted], catalog: Catalog, store: Store
) -> dict[Counted, dict[str, str]]:
    """Return what the official table says by section of phiếu in the version that counts."""
    found = {}
    for counted in wanted:
        proposal = store.desk.version(*counted)
        form = catalog.form_of(proposal)
        found[counted] = {key: table_text(proposal, key, form) for key in SECTIONS.values()}
    return found


def write_line(
    catalog: Catalog,
    call: str,
    line: tuple[str, Mapping[str, str]],
    act: Act,
    store: Store,
) -> None:
    """Write texts by key into the line that a phiếu has in the table."""
    from ncs_desktop.work import desk  # noqa: PLC0415

    desk.write_line(store, catalog, call, *line, act=act)


def judge(request_id: str, point: str, met: bool | None, act: Act, store: Store) -> None:
    """Keep what the officer says of one point."""
    store.desk.judge(request_id, point, met, act)


def remember_call(call: str, store: Store) -> None:
    """Remember which call the officer works at."""
    store.set_setting(CALL_SETTING, call)


def remember_officer(name: str, call: str, act: Act, store: Store) -> None:
    """Remember who works at the desk, for the audit trail, which tells of the change too."""
    before = str(store.setting(OFFICER_SETTING) or act.who)
    store.set_setting(OFFICER_SETTING, name)
    if before != name:
        detail = {"who": name, "earlier_who": before}
        store.desk.note("officer", call, call, replace(act, who=act.who or name), detail)


def remember_office(sender: Sender, store: Store) -> None:
    """Remember who sends what leaves the desk."""
    from ncs_desktop.work.assistant import sender_to_json  # noqa: PLC0415

    store.set_setting(OFFICE_SETTING, sender_to_json(sender))


def remember_paper(paper: str, store: Store) -> None:
    """Remember on which paper the table is printed here."""
    store.set_setting(PAPER_SETTING, paper)


def remember_order(call: str, order: Order, store: Store) -> None:
    """Remember in which order the desk of a call is shown."""
    store.set_setting(order_setting(call), order.value)


def remembered_call(store: Store) -> object:
    """Return the call the officer worked at last."""
    return store.setting(CALL_SETTING)


def note_import(call: str, how_far: JsonValue, store: Store) -> None:
    """Keep how far the import of a call is; None when it is over."""
    store.set_setting(f"desk_import:{call}", how_far)


def cut_short(store: Store) -> JsonValue:
    """Return how far an import came that was cut, of the call the officer worked at last."""
    return store.setting(f"desk_import:{store.setting(CALL_SETTING)}")


def earlier(call: str, messages: Messages, store: Store) -> tuple[list[FilesOfImport], JsonValue]:
    """Return the imports of a call before, newest first, and how far one came that was cut."""
    return earlier_imports(call, messages, store), store.setting(f"desk_import:{call}")
