"""What a person should know before signing papers, beside what the checks find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.form import Form
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.printable import unprintable
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import SummaryLayout, SummaryTable
from ncs_desktop.exchange.proposal_json import Note

if TYPE_CHECKING:
    from ncs_desktop.work.papers import Submission

_SHOWN = 10


def law_notes(calls: Iterable[Call]) -> Iterator[Note]:
    """Yield a reminder for every call after the new law, with the day of our data."""
    for call in {call.id: call for call in calls}.values():
        if call.after_new_law:
            day = f"{call.data_date:%d/%m/%Y}" if call.data_date else ""
            key = "call.new_law" if day else "call.new_law_undated"
            yield Note(key, FrozenDict({"call": call.short_title, "date": day}))


def unprintable_notes(proposals: Iterable[Proposal]) -> Iterator[Note]:
    """Yield a warning for every proposal with characters that paper shows as □."""
    for proposal in proposals:
        odd = unprintable("".join(_strings(proposal.values)))
        if odd:
            shown = {"title": proposal.title, "characters": " ".join(odd[:_SHOWN])}
            yield Note("prepare.unprintable", FrozenDict(shown))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def scan_notes(
    proposals: Iterable[Proposal], scans: Mapping[str, bytes], pages: Mapping[str, int]
) -> Iterator[Note]:
    """Yield a warning for forms without a signed scan, and for scans shorter than their form.

    ``scans`` and ``pages`` (of the forms) are by proposal id.
    """
    from ncs_desktop.documents.page_count import page_count  # noqa: PLC0415

    unsigned = []
    for proposal in proposals:
        if proposal.id not in scans:
            unsigned.append(proposal)
            continue
        found, wanted = page_count(scans[proposal.id]), pages[proposal.id]
        if found is not None and found < wanted:
            shown = {"title": proposal.title, "found": found, "pages": wanted}
            yield Note("prepare.scan_pages", FrozenDict(shown))
    if len(unsigned) == 1:
        yield Note("prepare.no_scan", FrozenDict({"title": unsigned[0].title}))
    elif unsigned:
        yield Note("prepare.no_scans", FrozenDict({"count": len(unsigned)}))


def condensed_columns(table: SummaryTable, layout: SummaryLayout) -> dict[str, str]:
    """Return the columns in which a text was shortened: key of the section and heading."""
    keys = {key for row in table.rows for key in row.condensed}
    return {column.key: column.heading for column in layout.columns if column.key in keys}


def summary_notes(submission: Submission) -> Iterator[Note]:
    """Yield a warning where the table that goes along prints less than the phiếu say."""
    if submission.has_summary:
        layout = submission.catalog.summary_layout()
        forms = [submission.catalog.form_of(item) for item in submission.proposals]
        yield from condensed_notes(submission.summary_table, layout, forms)


def condensed_notes(
    table: SummaryTable, layout: SummaryLayout, forms: Iterable[Form]
) -> Iterator[Note]:
    """Yield a warning where the summary table prints less than the phiếu says.

    The fields for a short text are called as in the first of ``forms`` that has them.
    """
    columns = condensed_columns(table, layout)
    if columns:
        shown = {
            "count": sum(bool(row.condensed) for row in table.rows),
            "columns": "; ".join(columns.values()),
            "fields": ", ".join(f"«{_label(f'summary_{key}', forms)}»" for key in columns),
        }
        yield Note("prepare.condensed", FrozenDict(shown))


def _label(key: str, forms: Iterable[Form]) -> str:
    found = (form.find(key) for form in forms)
    return next((field.label for field in found if field is not None), key)
