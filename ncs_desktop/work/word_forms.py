"""A form filled in Word becomes a proposal; what was doubtful in reading it becomes notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Proposal, id_from_digest
from ncs_desktop.domain.text import fold
from ncs_desktop.exchange.proposal_json import Loaded, Note
from ncs_desktop.work.isolation import Isolation

if TYPE_CHECKING:
    from ncs_desktop.exchange.filled_form import FilledForm

SURE = 0.8
"""A field read with less confidence is to be looked at by a person."""
FORM_ID = "a1-dxnv"
_FEWEST, _ENOUGH = 3, 6
"""Headings of the form that make one without a title: with and without a sender told."""
_SENDER = {"proposer_name", "proposer_address", "contact_name", "contact_phone", "contact_email"}


@dataclass(frozen=True)
class WordReading:
    """What a Word file gave: the form read, the reader's remarks, tracked deletions left out."""

    filled: FilledForm
    remarks: Mapping[str, int]
    deleted: int


def read_word(content: bytes, name: str, form: Form) -> WordReading:
    """Read a Word file as ``form``; for the worker process, since the file is not to be trusted."""
    from ncs_desktop.exchange.docx_reader import read_docx  # noqa: PLC0415

    document = read_docx(content, name)
    from ncs_desktop.exchange.filled_form import read_filled_form  # noqa: PLC0415

    deleted = sum(item.reason == "deleted" for item in document.dropped)
    return WordReading(read_filled_form(document, form), dict(document.remarks), deleted)


def load_word(
    content: bytes, name: str, catalog: Catalog, call_id: str | None, worker: Isolation
) -> Loaded:
    """Return the proposal in a Word file, which names no call: ``call_id``, else by its year.

    Its id follows from its content, so that the same file is the same proposal again.
    """
    asked = catalog.call(call_id) if call_id else None
    form = form_for(catalog, asked)
    reading = worker.run(name, read_word, content, name, form)
    found = _sections(reading.filled, form)
    if not _is_form(reading.filled, found, catalog):
        raise InputProblem("input.no_form", file=name, found=found, count=len(form.sections))
    year = reading.filled.values.get("plan_year")
    call = asked or _call_of_year(catalog, year, name)
    form = form_for(catalog, call)
    values = reading.filled.values
    proposal = Proposal("", form.id, form.version, call.id, values)
    proposal = replace(proposal, id=id_from_digest(proposal.digest))
    notes = tuple(_notes(reading, name, form))
    if asked is None:
        notes = (Note("input.call_by_year", FrozenDict(file=name, call=call.short_title)), *notes)
    return Loaded(proposal, name, notes, None, reading.filled.unplaced)


def _sections(filled: FilledForm, form: Form) -> int:
    """Return of how many sections the headings were found."""
    codes = [remark.code for remark in filled.remarks]
    return 0 if "filled.no_form" in codes else len(form.sections) - codes.count("filled.missing")


def _is_form(filled: FilledForm, found: int, catalog: Catalog) -> bool:
    """Whether a file is a phiếu, of which ``found`` headings were found.

    A letter, a commitment, a summary table name some of them; what seems a title there is the
    national heading, or the head of the next column. Their amounts would count as one more task.
    """
    table = catalog.summary_layout()
    title = fold(str(filled.values.get("title", "")))
    others = {fold(column.heading) for column in table.columns}
    if title and title not in others and not any(fold(it) in title for it in table.right_head):
        return True
    told = _SENDER & filled.values.keys()
    return found >= (_FEWEST if told else _ENOUGH)


def form_for(catalog: Catalog, call: Call | None) -> Form:
    """Return the form that ``call`` accepts first, the newest one where there is no call."""
    accepted = call.accepts if call else ()
    known = [catalog.forms[full_id] for full_id in accepted if full_id in catalog.forms]
    return known[0] if known else catalog.latest_form(FORM_ID)


def _call_of_year(catalog: Catalog, year: object, name: str) -> Call:
    """Return the call of the year in the form's head, else the newest; of several the newest."""
    calls = sorted(catalog.calls.values(), key=lambda call: (call.plan_year, call.issued))
    if not calls:
        raise InputProblem("input.no_call", file=name)
    return next((call for call in reversed(calls) if call.plan_year == year), calls[-1])


def _notes(reading: WordReading, name: str, form: Form) -> Iterator[Note]:
    filled = reading.filled
    if filled.unplaced:
        yield Note("input.unplaced", FrozenDict(file=name, count=len(filled.unplaced)))
    doubtful = [
        f"{_label(form, item.key)}: «{item.snippet}»" if item.snippet else _label(form, item.key)
        for item in filled.fields
        if item.confidence < SURE
    ]
    if doubtful:
        yield Note("input.doubtful", FrozenDict(file=name, fields=tuple(doubtful)))
    if reading.deleted:
        yield Note("input.deleted", FrozenDict(file=name, count=reading.deleted))
    for code, count in reading.remarks.items():
        yield Note(code, FrozenDict(place=f"«{name}»", file=name, count=count))
    for remark in filled.remarks:
        yield Note(remark.code, FrozenDict({"place": f"«{name}»", **remark.params}))
    for item in filled.fields:
        place = f"«{name}», {_label(form, item.key)}"
        for remark in item.remarks:
            yield Note(remark.code, FrozenDict({"place": place, **remark.params}))


def _label(form: Form, key: str) -> str:
    field = form.find(key)
    return field.label.strip(" -:") if field else key
