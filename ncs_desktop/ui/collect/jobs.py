"""The jobs of the officer's page, done in a process of their own; see ``process.py``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ncs_desktop.domain.desk import Act, Channel, Order
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.json_tree import JsonValue
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.files import KeepingWriter, make_folder
from ncs_desktop.ui.collect.file_lines import FileLine, file_line, lines_of, note_paths
from ncs_desktop.ui.collect.process import JobContext
from ncs_desktop.ui.collect.review_draft import draft_setting

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """The end of an import: how many files were looked at of all, what looks alike now.

    ``alike`` is None where the import was stopped before that was known.
    """

    finished: int
    total: int
    alike: Pairs | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What is to be brought in, for which call, by whom, how it came."""

    paths: tuple[Path, ...]
    call: str
    act: Act
    channel: Channel


def import_files(order: Import, context: JobContext) -> Imported:
    """Bring files to the desk, one transaction each; stops between two of them."""
    from ncs_desktop.work.desk import suggestions  # noqa: PLC0415
    from ncs_desktop.work.desk_import import bring_in, files_to_bring  # noqa: PLC0415
    from ncs_desktop.work.desk_report import origins  # noqa: PLC0415

    files = files_to_bring(order.paths)
    brought = bring_in(
        context.catalog, context.store, files, order.call, order.act, channel=order.channel
    )
    first = origins(context.store.desk.receipts(order.call))
    finished, total = 0, len(files)
    if files:
        context.tell(0, total, files[0].name)
    lines: list[FileLine] = []
    for item in brought:
        finished += 1
        following = files[finished].name if finished < total else ""
        made = lines_of(item, context.messages, first)
        lines += [line for line in made if line.keep is not None]
        context.tell(finished, total, following, *made)
        if context.stopped:
            brought.close()  # type: ignore[attr-defined]
            break
    note_paths(order.call, lines, context.store)
    if context.stopped:
        return Imported(finished, total)
    context.tell(total, total, context.messages.text("desk.looking_for_alike"))
    return Imported(finished, total, tuple(suggestions(context.store.desk, order.call)))


def keep_file(call: str, act: Act, file: tuple[Path, str], context: JobContext) -> FileLine:
    """Keep a file, of which ``file`` is the path of the input and its SHA-256, for a call."""
    from ncs_desktop.work.desk_import import keep_as_file  # noqa: PLC0415

    receipt = keep_as_file(context.catalog, context.store, file, call, act)
    return file_line(receipt, context.messages, file[0])


def recheck(call_id: str, act: Act, context: JobContext) -> int:
    """Count anew the findings of what was checked before they were counted."""
    from ncs_desktop.work import desk  # noqa: PLC0415

    return desk.recheck(context.store, context.catalog, call_id, act)


def find_alike(call_id: str, context: JobContext) -> Pairs:
    """Return the pairs that look alike and of which nobody has said anything."""
    from ncs_desktop.work.desk import suggestions  # noqa: PLC0415

    return tuple(suggestions(context.store.desk, call_id))


@dataclass(frozen=True, slots=True)
class ReadText:
    """One field as it was read out of a Word file."""

    key: str
    label: str
    text: str
    confidence: float
    remarks: str
    source: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A Word file beside what was read of it: its text, the fields, what found no place.

    A file kept beside an empty phiếu has no text; ``original`` are its bytes either way. ``draft``
    is what a person corrected before and has not accepted.
    """

    name: str
    proposal: Proposal
    source: str
    fields: tuple[ReadText, ...]
    unplaced: tuple[str, ...]
    original: bytes = b""
    draft: JsonValue = None


def read_source(call_id: str, receipt_id: str, context: JobContext) -> SourceReading:
    """Read the original of a receipt again, to be compared by a person."""
    from ncs_desktop.domain.blocks import plain_text  # noqa: PLC0415
    from ncs_desktop.domain.differences import value_text  # noqa: PLC0415
    from ncs_desktop.domain.errors import InputProblem  # noqa: PLC0415
    from ncs_desktop.exchange.docx_reader import read_docx  # noqa: PLC0415
    from ncs_desktop.work.desk_import import is_kept, original  # noqa: PLC0415
    from ncs_desktop.work.received import Inbox  # noqa: PLC0415
    from ncs_desktop.work.word_forms import read_word  # noqa: PLC0415

    receipts = context.store.desk.receipts(call_id)
    receipt = next((item for item in receipts if item.id == receipt_id), None)
    if receipt is None or not receipt.proposals:
        raise InputProblem("desk.unknown_receipt", id=receipt_id)
    proposal = context.store.desk.counted(call_id, str(receipt.proposals[0]["id"]))
    form = context.catalog.form_of(proposal)
    name = receipt.name
    draft = context.store.setting(draft_setting(proposal.id, receipt_id))
    with Inbox(context.catalog, call_id) as inbox:
        content = original(context.store, receipt, inbox)
        if is_kept(receipt):
            return SourceReading(name, proposal, "", (), (), content, draft)
        reading = inbox.worker.run(name, read_word, content, name, form)
        document = inbox.worker.run(name, read_docx, content, name)
    source = "\n\n".join(plain_text(story.blocks) for story in document.stories)
    fields = tuple(
        ReadText(
            item.key,
            field.label.strip(" -:"),
            value_text(item.value, field),
            item.confidence,
            " ".join(context.messages.text(note.code, **note.params) for note in item.remarks),
            item.source,
            item.alternatives,
        )
        for item in reading.filled.fields
        if (field := form.find(item.key)) is not None
    )
    return SourceReading(name, proposal, source, fields, reading.filled.unplaced, content, draft)


@dataclass(frozen=True, slots=True)
class Output:
    """What is to leave the desk: which papers, in whose order, into which folder.

    ``act.why`` is the reason to hand on a dossier that still has errors, ``paper`` (A4, A3) what
    the table is printed on.
    """

    call: str
    folder: Path
    act: Act
    order: Order = Order.DEPARTMENT
    sender: Sender | None = None
    paper: str = "A4"
    table: bool = True
    report: bool = False
    trail: bool = False
    dossier: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written; ``errors`` stand against the dossier where it was asked for in vain.

    ``failed`` are the sentences of what else could not be written; the rest was, unless a person
    ``stopped`` the writing. ``elsewhere`` are the papers (names of ``Output``'s switches) that
    another folder may take: here a file is open in Word, or the folder cannot be written.
    ``kept`` are the files that stood there before and were set aside under another name.
    """

    paths: tuple[Path, ...]
    errors: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    stopped: bool = False
    elsewhere: tuple[str, ...] = ()
    kept: tuple[Path, ...] = ()


DOSSIER_NAME, TRAIL_NAME = "ho-so-tong-hop.zip", "nhat-ky-xu-ly.xlsx"
_Made = tuple[Sequence[Path], tuple[str, ...]]
"""What was written, and what is to be said of it; of nothing written, what stands against it."""
_Part = Callable[[Output, JobContext, KeepingWriter], _Made]


def write_output(output: Output, context: JobContext) -> Written:
    """Write the papers asked for, each whole; what stands against one of them stops no other."""
    parts = [(paper, *_PARTS[paper]) for paper in _PARTS if getattr(output, paper)]
    paths: list[Path] = []
    errors: tuple[str, ...] = ()
    failed: list[str] = []
    elsewhere: list[str] = []
    writer = KeepingWriter()
    make_folder(output.folder)
    stopped = False
    for step, (paper, name, write) in enumerate(parts):
        if stopped := context.stopped:
            break
        context.tell(step, len(parts), name)
        try:
            made, against = write(output, context, writer)
        except NcsError as problem:
            failed.append(context.messages.error(problem))
            if isinstance(problem, EnvironmentProblem):
                elsewhere.append(paper)
        else:
            paths += made
            failed += against if made else ()
            errors += () if made else against
            context.tell(step + 1, len(parts), name, *made)
    return Written(
        tuple(paths), errors, tuple(failed), stopped, tuple(elsewhere), tuple(writer.kept)
    )


def _write_table(output: Output, context: JobContext, writer: KeepingWriter) -> _Made:
    from ncs_desktop.work.desk_papers import export_table  # noqa: PLC0415

    made = export_table(
        context.store.desk,
        context.catalog,
        output.call,
        output.folder,
        output.act,
        sender=output.sender,
        order=output.order,
        paper=output.paper,
        write=writer.write,
    )
    return made, ()


def _write_trail(output: Output, context: JobContext, writer: KeepingWriter) -> _Made:
    from ncs_desktop.work.desk_papers import export_trail  # noqa: PLC0415

    path = output.folder / TRAIL_NAME
    desk, catalog = context.store.desk, context.catalog
    export_trail(desk, catalog, output.call, path, output.act, write=writer.write)
    return [path], ()


def _write_dossier(output: Output, context: JobContext, writer: KeepingWriter) -> _Made:
    from ncs_desktop.work.desk_papers import export_dossier  # noqa: PLC0415
    from ncs_desktop.work.forwarding import LEFT_OUT  # noqa: PLC0415

    path = output.folder / DOSSIER_NAME
    made = export_dossier(
        context.store,
        context.catalog,
        output.call,
        path,
        output.act,
        sender=output.sender or Sender(),
        order=output.order,
        write=writer.write,
    )
    if made.content is None:
        errors = tuple(
            f"{checked.proposal.title}: {context.messages.finding(finding)}"
            for checked in made.checked
            for finding in checked.findings
            if finding.severity is Severity.ERROR and finding.waived is None
        )
        return [], errors
    left = (note for note in made.warnings if note.message == LEFT_OUT)
    return [path], tuple(context.messages.text(note.message, **note.params) for note in left)


def _write_report(output: Output, context: JobContext, writer: KeepingWriter) -> _Made:
    """Write what came in, with reasons, findings and differences, and the same as JSON."""
    from ncs_desktop.documents.import_report import import_workbook  # noqa: PLC0415
    from ncs_desktop.documents.write_xlsx import write_xlsx  # noqa: PLC0415
    from ncs_desktop.work.collected_files import (  # noqa: PLC0415
        JSON_NAME,
        REPORT_NAME,
        import_report,
        report_json,
    )
    from ncs_desktop.work.desk_report import desk_collection  # noqa: PLC0415

    catalog, messages = context.catalog, context.messages
    collection = desk_collection(context.store, catalog, output.call, output.order, output.act.at)
    workbook = import_workbook(
        import_report(collection, catalog, messages, kept=True), messages.text
    )
    report = json.dumps(report_json(collection, catalog, messages), ensure_ascii=False, indent=2)
    contents = {
        REPORT_NAME: write_xlsx(workbook),
        JSON_NAME: (report + "\n").encode("utf-8"),
    }
    for name, content in contents.items():
        writer.write(output.folder / name, content)
    detail = {"files": tuple(contents), "order": output.order.value}
    context.store.desk.note("reported", output.call, output.call, output.act, detail)
    return [output.folder / name for name in contents], ()


_PARTS: dict[str, tuple[str, _Part]] = {
    "table": ("bang-tong-hop", _write_table),
    "report": ("ket-qua-nhap.xlsx", _write_report),
    "dossier": (DOSSIER_NAME, _write_dossier),
    "trail": (TRAIL_NAME, _write_trail),
}
"""What can be written: the switch of ``Output``, the name shown, and who writes it."""
