"""What an office keeps of a collection: the official table, the report on what came in, JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import VIETNAM, shown_moment
from ncs_desktop.domain.differences import Change, FieldDifference, Piece, compare
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.form import FieldKind, Form
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import SummaryTable, build_summary
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.work.collect import Collected, Collection
from ncs_desktop.work.fates import tally_of, tally_text
from ncs_desktop.work.inputs import note_text
from ncs_desktop.work.prepare import control_code
from ncs_desktop.work.received import BESIDE
from ncs_desktop.work.versions import Update

if TYPE_CHECKING:
    from ncs_desktop.documents.import_report import (
        DifferenceLine,
        FindingLine,
        ImportReport,
        InputLine,
        ProposalLine,
        UnplacedLine,
    )

TABLE_STEM, REPORT_NAME, JSON_NAME = "bang-tong-hop", "ket-qua-nhap.xlsx", "report.json"
_SHORT, _BESIDE, _FEW = 160, 9, 3
_MARKS = {Change.KEPT: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "[+{}+]"}


def summary_of(collection: Collection, catalog: Catalog) -> SummaryTable:
    """Return the official table of the counted proposals in their rank."""
    form = _form(collection, catalog)
    return build_summary(collection.proposals, collection.call, form)


def _form(collection: Collection, catalog: Catalog) -> Form:
    return catalog.form_of(collection.proposals[0])


def collected_files(
    collection: Collection, catalog: Catalog, sender: Sender | None, paper: str = "A4"
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file an office gets; ``sender`` heads the table.

    The table is for ``paper`` A4 or A3, landscape.
    """
    from ncs_desktop.documents.import_report import import_workbook  # noqa: PLC0415
    from ncs_desktop.documents.summary import SummaryHeading, compose_summary  # noqa: PLC0415
    from ncs_desktop.documents.summary_sheet import summary_workbook  # noqa: PLC0415
    from ncs_desktop.documents.write_docx import write_docx  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415
    from ncs_desktop.documents.write_xlsx import write_xlsx  # noqa: PLC0415

    messages = Messages.load()
    authority = collection.call.authority
    heading = SummaryHeading(authority.name, authority.parent, authority.place, paper)
    if sender is not None:
        place = sender.place or authority.place
        heading = SummaryHeading(sender.name, sender.parent, place, paper)
    table, layout = summary_of(collection, catalog), catalog.summary_layout()
    document = compose_summary(table, layout, heading)
    yield f"{TABLE_STEM}.xlsx", write_xlsx(summary_workbook(table, layout, heading))
    yield f"{TABLE_STEM}.docx", write_docx(document)
    yield f"{TABLE_STEM}.pdf", write_pdf([document]).content
    told = import_report(collection, catalog, messages)
    yield REPORT_NAME, write_xlsx(import_workbook(told, messages.text))
    report = json.dumps(report_json(collection, catalog, messages), ensure_ascii=False, indent=2)
    yield JSON_NAME, (report + "\n").encode("utf-8")


def report_json(collection: Collection, catalog: Catalog, messages: Messages) -> dict[str, Any]:
    """Return what ``report.json`` says: totals in đồng, and the fate of every input."""
    budget = {"total": 0, "state_budget": 0, "counterpart": 0}
    if collection.arrivals:
        total = summary_of(collection, catalog).total
        budget = {key: getattr(total, key) or 0 for key in budget}
    return {
        "proposals": len(collection.arrivals),
        "budget": budget,
        "call": collection.call.id,
        "order": [arrival.id for arrival in collection.arrivals],
        "inputs": [_input_json(item, collection, messages) for item in collection.inputs],
        "beside": list(collection.beside),
    }


def _input_json(item: Collected, collection: Collection, messages: Messages) -> dict[str, Any]:
    return {
        "input": item.source,
        "result": item.result.value,
        "reason": reasons_text(item.reasons, messages) or None,
        "received": item.when.astimezone(VIETNAM).isoformat() if item.when else None,
        "late": item.late,
        "proposals": [
            {
                "id": arrival.id,
                "title": arrival.title,
                "revision": arrival.revision,
                "possible_duplicate_of": list(collection.alike.get(arrival.id, ())),
            }
            for arrival in item.arrivals
        ],
        "findings": sum(arrival.findings for arrival in item.arrivals),
        "errors": sum(arrival.errors for arrival in item.arrivals),
        "waived": sum(arrival.waived for arrival in item.arrivals),
        "notes": [
            note_text(note, messages) for arrival in item.arrivals for note in arrival.loaded.notes
        ],
        "unplaced": [text for arrival in item.arrivals for text in arrival.loaded.unplaced],
    }


def reasons_text(reasons: Iterable[Note], messages: Messages) -> str:
    """Return the sentences of ``reasons``, one after the other."""
    sentences = (messages.text(note.message, **note.params) for note in reasons)
    return " ".join(dict.fromkeys(sentences))


def import_report(
    collection: Collection, catalog: Catalog, messages: Messages, *, kept: bool = False
) -> ImportReport:
    """Return the rows of ``ket-qua-nhap.xlsx``; ``kept`` where they come from the desk's record."""
    from ncs_desktop.documents.import_report import ImportReport  # noqa: PLC0415

    writer = _Lines(collection, catalog, messages)
    told = tally_text(tally_of(collection), messages)
    return ImportReport(
        tuple(writer.inputs()),
        tuple(writer.proposals()),
        tuple(writer.findings()),
        tuple(writer.differences()),
        tuple(writer.unplaced()),
        f"{told} {messages.text('collect.tally.kept')}" if kept else told,
    )


class _Lines:
    """The rows of the report, in the words of the person who reads it."""

    def __init__(self, collection: Collection, catalog: Catalog, messages: Messages) -> None:
        self.collection, self.catalog, self.messages = collection, catalog, messages

    def inputs(self) -> Iterator[InputLine]:
        from ncs_desktop.documents.import_report import InputLine  # noqa: PLC0415

        for item in self.collection.inputs:
            yield InputLine(
                item.source,
                self._result(item),
                reasons_text(item.reasons, self.messages),
                _moment(item.when),
                "" if item.late is None else self._lateness(item.late),
                len(item.arrivals),
                sum(arrival.findings for arrival in item.arrivals),
            )
        beside = self.messages.text("collect.result.beside")
        for name in self.collection.beside:
            yield InputLine(name, beside, self.messages.text("collect.beside", file=name))

    def _result(self, item: Collected) -> str:
        beside = any(note.message == BESIDE for note in item.reasons)
        return self.messages.text(f"collect.result.{'beside' if beside else item.result}")

    def _lateness(self, late: bool) -> str:
        return self.messages.text("collect.late" if late else "collect.in_time")

    def proposals(self) -> Iterator[ProposalLine]:
        from ncs_desktop.documents.import_report import ProposalLine  # noqa: PLC0415

        ranks = {item.id: rank for rank, item in enumerate(self.collection.arrivals, 1)}
        for arrival in self.collection.arrivals:
            proposal = arrival.proposal
            others = self.collection.alike.get(proposal.id, ())
            form = self.catalog.form_of(proposal)
            yield ProposalLine(
                ranks[proposal.id],
                proposal.title,
                proposal.text("proposer_name"),
                control_code(form, proposal),
                proposal.budget.completed(),
                arrival.source,
                arrival.errors,
                arrival.waived,
                sum(item.severity is Severity.WARNING for item in arrival.checked.findings),
                self.messages.text("collect.ranks", ranks=_ranks(others, ranks)) if others else "",
            )

    def findings(self) -> Iterator[FindingLine]:
        from ncs_desktop.documents.import_report import FindingLine  # noqa: PLC0415

        for rank, arrival in enumerate(self.collection.arrivals, 1):
            checked = arrival.checked
            form = self.catalog.form_of(checked.proposal)
            for index, finding in enumerate(checked.findings):
                yield FindingLine(
                    rank,
                    "" if index else arrival.title,
                    finding.code,
                    self.messages.text(f"collect.severity.{finding.severity}"),
                    _label(finding, form),
                    self._said(finding, checked.proposal),
                )

    def _said(self, finding: Finding, proposal: Proposal) -> str:
        """Return the sentence of a finding, and who accepted it and why where somebody did."""
        sentence = self.messages.finding_at_desk(finding)
        waiver = next((it for it in reversed(proposal.waivers) if it.code == finding.code), None)
        if finding.waived is None or waiver is None:
            return sentence
        by = waiver.by or self.messages.text("collect.waived_by_nobody")
        code = "collect.waived_at" if waiver.at else "collect.waived_by"
        at = _waived_at(waiver.at)
        return f"{sentence} {self.messages.text(code, reason=finding.waived, by=by, at=at)}"

    def differences(self) -> Iterator[DifferenceLine]:
        for update in self.collection.updates:
            words = self._versions(update)
            yield from self._changes(update.old.proposal, update.new.proposal, words)
        by_id = {item.id: item for item in self.collection.proposals}
        ranks = {proposal_id: rank for rank, proposal_id in enumerate(by_id, 1)}
        for first, others in self.collection.alike.items():
            second = next((other for other in others if ranks[other] > ranks[first]), None)
            if second is not None:
                numbers = {"first": ranks[first], "second": ranks[second]}
                words = self.messages.text("collect.pair", **numbers)
                yield from self._changes(by_id[first], by_id[second], words)

    def _versions(self, update: Update) -> str:
        old, new = update.old, update.new
        if old.revision != new.revision:
            revisions = {"old": old.revision, "new": new.revision}
            return self.messages.text("collect.versions", **revisions)
        if old.source == new.source:
            return self.messages.text("collect.corrected", name=old.source)
        code = "collect.contents" if update.ordered else "collect.contents_unordered"
        names = {"old": old.source, "new": new.source}
        return self.messages.text(code, revision=new.revision, **names)

    def _changes(self, old: Proposal, new: Proposal, versions: str) -> Iterator[DifferenceLine]:
        from ncs_desktop.documents.import_report import DifferenceLine  # noqa: PLC0415

        form = self.catalog.form_of(new)
        for field in compare(old, new, form).fields:
            yield DifferenceLine(
                new.title,
                versions,
                field.label,
                _only(field, Change.REMOVED),
                _only(field, Change.ADDED),
                marked(field.pieces),
                _delta(field, old, new, form),
            )

    def unplaced(self) -> Iterator[UnplacedLine]:
        from ncs_desktop.documents.import_report import UnplacedLine  # noqa: PLC0415

        for item in self.collection.inputs:
            for loaded in (arrival.loaded for arrival in item.arrivals):
                yield from (UnplacedLine(item.source, text) for text in loaded.unplaced)
                for note in loaded.notes:
                    yield UnplacedLine(item.source, note_text(note, self.messages))


def _moment(moment: datetime | None) -> str:
    return shown_moment(moment) if moment else ""


def _waived_at(text: str) -> str:
    """Return the moment of a waiver as a person reads it; as written where it is none."""
    try:
        return _moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def _ranks(others: Sequence[str], ranks: dict[str, int]) -> str:
    return ", ".join(str(ranks[other]) for other in others)


def _label(finding: Finding, form: Form) -> str:
    field = form.find(finding.field) if finding.field else None
    return field.label.strip(" -:") if field else finding.field or ""


def marked(pieces: Sequence[Piece]) -> str:
    """Return a text with its changes marked; of what was kept only the words beside a change."""
    last = len(pieces) - 1
    shown = (
        _beside(piece.text, index > 0, index < last) if piece.change is Change.KEPT else piece.text
        for index, piece in enumerate(pieces)
    )
    return "".join(
        _MARKS[piece.change].format(text) for piece, text in zip(pieces, shown, strict=True)
    )


def _beside(text: str, after: bool, before: bool) -> str:
    """Return the first words where a change stands before them, the last where one follows."""
    words = text.split(" ")
    if len(words) <= 2 * _BESIDE:
        return text
    start = " ".join(words[:_BESIDE]) if after else ""
    end = " ".join(words[-_BESIDE:]) if before else ""
    return f"{start}…{end}"


def _only(field: FieldDifference, change: Change) -> str:
    """Return the words that went or came; an amount or a short text is shown whole.

    Of a text changed in many places the words alone make no sense: its beginning is shown.
    """
    whole = field.old if change is Change.REMOVED else field.new
    if len(whole) <= _SHORT:
        return whole
    changed = [piece.text.strip() for piece in field.pieces if piece.change is change]
    if len(changed) > _FEW:
        return f"{whole[:_SHORT].rpartition(' ')[0]}…"
    return " … ".join(changed)


def _delta(field: FieldDifference, old: Proposal, new: Proposal, form: Form) -> int | None:
    """Return by how many đồng an amount differs, the implied amounts filled in."""
    known = form.find(field.key)
    if known is None or known.kind is not FieldKind.MONEY:
        return None
    name = field.key.rpartition(".")[2]
    before = getattr(old.budget.completed(), name, None)
    after = getattr(new.budget.completed(), name, None)
    return None if before is None or after is None else after - before
