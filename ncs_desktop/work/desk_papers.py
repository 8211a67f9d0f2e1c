"""What leaves the officer's desk: the table with both orders, the audit trail, the dossier."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import shown_moment
from ncs_desktop.domain.desk import Act, DeskEntry, Order, Result, placed_first, ranks
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import build_summary
from ncs_desktop.exchange.proposal_json import Loaded
from ncs_desktop.exchange.request_file import read_request
from ncs_desktop.files import atomic_write, make_folder
from ncs_desktop.store.desk import Desk
from ncs_desktop.store.desk_records import AuditRow, Receipt
from ncs_desktop.store.store import Store
from ncs_desktop.work.arrivals import Arrival, Shelf
from ncs_desktop.work.bundling import BundleResult, Watch
from ncs_desktop.work.collect import Collection
from ncs_desktop.work.collected_files import TABLE_STEM
from ncs_desktop.work.desk_import import desk_check
from ncs_desktop.work.fates import is_damaged
from ncs_desktop.work.forwarding import Enclosures, forward
from ncs_desktop.work.gone_along import gone_along, owners
from ncs_desktop.work.prepare import Checked
from ncs_desktop.work.received import Inbox, Piece

if TYPE_CHECKING:
    from ncs_desktop.documents.desk_report import OrderLine

Write = Callable[[Path, bytes], None]
"""How a finished file comes to its place."""

_WORDED = ("status", "channel", "decision")
"""Details of an act whose words are those of the window."""
_MOST_OF_A_CHANGE = 300
"""Characters of an old or new text that the printed trail shows."""


def proposed(desk: Desk, call_id: str, order: Order = Order.DEPARTMENT) -> list[Proposal]:
    """Return what goes to the office above, in one of the orders: counted and not failed.

    What the council has not ranked follows in the department's order. Raises InputProblem
    ``desk.nothing_to_send`` where there is none.
    """
    entries = placed_first(desk.entries(call_id, order), desk.entries(call_id))
    by_id = {proposal.id: proposal for proposal in desk.counted_all(call_id)}
    found = [by_id[entry.proposal_id] for entry in entries if entry.proposed]
    if not found:
        raise InputProblem("desk.nothing_to_send")
    return found


def table_files(
    desk: Desk,
    catalog: Catalog,
    call_id: str,
    *,
    sender: Sender | None = None,
    order: Order = Order.DEPARTMENT,
    paper: str = "A4",
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the official table: as workbook with both orders, Word and PDF.

    All are for ``paper`` A4 or A3, landscape.
    """
    from ncs_desktop.documents.desk_report import with_orders  # noqa: PLC0415
    from ncs_desktop.documents.summary import SummaryHeading, compose_summary  # noqa: PLC0415
    from ncs_desktop.documents.summary_sheet import summary_workbook  # noqa: PLC0415
    from ncs_desktop.documents.write_docx import write_docx  # noqa: PLC0415
    from ncs_desktop.documents.write_pdf import write_pdf  # noqa: PLC0415
    from ncs_desktop.documents.write_xlsx import write_xlsx  # noqa: PLC0415

    call, layout = catalog.call(call_id), catalog.summary_layout()
    proposals = proposed(desk, call_id, order)
    table = build_summary(proposals, call, catalog.form_of(proposals[0]))
    authority = call.authority
    heading = SummaryHeading(authority.name, authority.parent, authority.place, paper)
    if sender is not None:
        place = sender.place or authority.place
        heading = SummaryHeading(sender.name, sender.parent, place, paper)
    document = compose_summary(table, layout, heading)
    workbook = summary_workbook(table, layout, heading)
    lines = order_lines(desk, catalog, call_id)
    yield f"{TABLE_STEM}.xlsx", write_xlsx(with_orders(workbook, lines, Messages.load().text))
    yield f"{TABLE_STEM}.docx", write_docx(document)
    yield f"{TABLE_STEM}.pdf", write_pdf([document]).content


def export_table(
    desk: Desk,
    catalog: Catalog,
    call_id: str,
    folder: Path,
    act: Act,
    *,
    sender: Sender | None = None,
    order: Order = Order.DEPARTMENT,
    paper: str = "A4",
    write: Write = atomic_write,
) -> list[Path]:
    """Write the official table into ``folder`` and note it in the trail; return the files."""
    files = list(table_files(desk, catalog, call_id, sender=sender, order=order, paper=paper))
    make_folder(folder)
    for name, content in files:
        write(folder / name, content)
    detail = {"files": [name for name, _ in files], "order": order.value}
    desk.note("exported", call_id, call_id, act, detail)
    return [folder / name for name, _ in files]


def order_lines(desk: Desk, catalog: Catalog, call_id: str) -> list[OrderLine]:
    """Return every proposal on the desk with its rank in both orders and the reasons."""
    entries = desk.entries(call_id)
    rank = ranks(entries).get
    council_rank = ranks(desk.entries(call_id, Order.COUNCIL)).get
    writer = _Lines(catalog, call_id)
    return [
        writer.order_line(entry, rank(entry.proposal_id), council_rank(entry.proposal_id))
        for entry in entries
    ]


class _Lines:
    """The words of the desk's papers."""

    def __init__(self, catalog: Catalog, call_id: str) -> None:
        self._deadline = catalog.call(call_id).deadline
        self._text = Messages.load().text

    def order_line(self, entry: DeskEntry, rank: int | None, council_rank: int | None) -> OrderLine:
        """Return the line of one proposal; a replaced one says so in place of its status."""
        from ncs_desktop.documents.desk_report import OrderLine  # noqa: PLC0415

        late = entry.is_late(self._deadline)
        key = f"desk.status.{entry.status}" if entry.counted else "desk.replaced"
        return OrderLine(
            rank,
            council_rank,
            entry.title,
            entry.proposer_name,
            entry.budget,
            self._text(key),
            _moment(entry.received_at),
            self._text(f"desk.channel.{entry.channel}"),
            "" if late is None else self._text("collect.late" if late else "collect.in_time"),
            entry.rank_reason,
            entry.council_reason,
            entry.status_reason,
            entry.proposed,
        )


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else shown_moment(moment)


def export_trail(
    desk: Desk,
    catalog: Catalog,
    call_id: str,
    path: Path,
    act: Act,
    *,
    write: Write = atomic_write,
) -> int:
    """Write the audit trail of a call as a workbook to ``path``; return how many acts it holds."""
    from ncs_desktop.documents.desk_report import TrailLine, trail_workbook  # noqa: PLC0415
    from ncs_desktop.documents.write_xlsx import write_xlsx  # noqa: PLC0415

    messages = Messages.load()
    titles = {entry.proposal_id: entry.title for entry in desk.entries(call_id, binned=True)}
    everything = desk.receipts(call_id)
    receipts = [receipt for receipt in everything if not receipt.copy]
    names = {receipt.input_sha256: receipt.name.partition("/")[0] for receipt in receipts}
    names |= {receipt.id: _inside(receipt.name, messages) for receipt in receipts}
    damaged = {(one.input_sha256, one.name) for one in everything if _is_damaged(one)}
    titles[call_id] = catalog.call(call_id).short_title
    titles |= {
        request.id: messages.text("desk.request", at=_moment(request.asked_at))
        for request in desk.requests(call_id)
    }
    asked = {
        request.id: {it.id: it.words for it in read_request(request.body, request.id).points}
        for request in desk.requests(call_id)
    }
    labels = _labels(catalog)
    rows = desk.trail(call_id)
    lines = [
        TrailLine(
            row.number,
            _moment(row.at),
            row.who or messages.text("desk.nobody"),
            messages.text(f"desk.action.{row.action}"),
            titles.get(row.subject) or names.get(row.subject) or row.subject,
            row.why,
            _detail(_plain(row, asked, damaged, messages), titles, labels, messages),
            row.seal,
        )
        for row in rows
    ]
    content = write_xlsx(trail_workbook(messages.text("desk.trail_title"), lines, messages.text))
    make_folder(path.parent)
    write(path, content)
    desk.note("trail_exported", call_id, call_id, act, {"file": path.name})
    return len(lines)


def _labels(catalog: Catalog) -> dict[str, str]:
    """Return the names of all fields and, behind «key=», of what can be chosen in them."""
    fields = [field for form in catalog.forms.values() for field in form.fields]
    labels = {field.key: field.label.strip(" -:") for field in fields}
    return labels | {f"{field.key}={it.id}": it.label for field in fields for it in field.options}


def _is_damaged(receipt: Receipt) -> bool:
    codes = {remark.message for remark in receipt.remarks}
    return receipt.result is Result.REJECTED and is_damaged(codes)


def _inside(name: str, messages: Messages) -> str:
    """Return the name of a file and, where it came in an e-mail or a zip, that one's name."""
    whole, _, inner = name.partition("/")
    return messages.text("desk.inside", file=inner, input=whole) if inner else whole


def _plain(
    row: AuditRow,
    asked: Mapping[str, Mapping[str, str]],
    damaged: Container[tuple[str, str]],
    messages: Messages,
) -> Mapping[str, Any]:
    """Return details without what is empty, with times of the clock on the wall.

    Of a request it is told what was asked, of files what became of each in the window's words.
    """

    def fate_of(name: str, result: str) -> str:
        found = "damaged" if (row.subject, name) in damaged else result
        return f"{_inside(name, messages)}: {messages.text(f'collect.result.{found}')}"

    told = {key: value for key, value in row.detail.items() if value not in ((), "")}
    if row.action == "ranked":
        told |= {key: told[key] or "last" for key in ("before", "earlier_before") if key in told}
    if row.action == "received":
        told["files"] = tuple(fate_of(*file) for file in row.detail["files"])
    for key in {"received_at", "earlier_received_at"}.intersection(told):
        told[key] = _moment(datetime.fromisoformat(told[key])) if told[key] else "unknown"
    words = asked.get(str(told.get("request")), {})
    if "point" in told:
        told["point"] = words.get(told["point"], told["point"])
    elif words:
        told["points"] = tuple(words.values())
    return told


def _detail(
    detail: Mapping[str, Any],
    titles: Mapping[str, str],
    labels: Mapping[str, str],
    messages: Messages,
) -> str:
    """Return the details of an act as a person reads them: titles for ids, words for codes."""

    def shown(key: str, value: Any) -> str:
        if isinstance(value, tuple):
            return ", ".join(shown(key, one) for one in value)
        text = str(value)
        word = key.removeprefix("earlier_")
        known = messages.sentences.get(f"desk.{word if word in _WORDED else 'value'}.{text}")
        return titles.get(text) or known or messages.sentences.get(f"desk.value.{text}", text)

    def change(key: str, old: str, new: str) -> str:
        texts = (_cut(labels.get(f"{key}={text}", text)) for text in (old, new))
        return "{} «{}» → «{}»".format(labels.get(key, key), *texts)

    told = [
        f"{messages.sentences.get(f'desk.detail.{key}', key)}: {shown(key, value)}"
        for key, value in detail.items()
        if key != "changes"
    ]
    return "; ".join([*told, *(change(*found) for found in detail.get("changes", ()))])


def _cut(text: str) -> str:
    """Return the beginning of a long text; the trail itself keeps the whole of it."""
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= _MOST_OF_A_CHANGE else f"{tidy[:_MOST_OF_A_CHANGE]}…"


def export_dossier(
    store: Store,
    catalog: Catalog,
    call_id: str,
    path: Path,
    act: Act,
    *,
    sender: Sender,
    order: Order = Order.DEPARTMENT,
    watch: Watch = iter,
    write: Write = atomic_write,
) -> BundleResult:
    """Write the whole dossier for the office above, under the office's own letter, to ``path``.

    Scans and enclosures that came in bundles go along, and what came in an e-mail or a zip with a
    single phiếu. Errors of content stand against it unless
    ``act.why`` gives the reason; then nothing is written. The trail tells only of what was.
    """
    proposals = proposed(store.desk, call_id, order)
    collection = Collection(catalog.call(call_id), (), tuple(_arrivals(proposals)))
    with tempfile.TemporaryDirectory(prefix="ncs-") as folder:
        enclosures = Enclosures(Path(folder))
        _put_aside(store, catalog, call_id, enclosures)
        result = forward(
            collection,
            catalog,
            sender,
            enclosures,
            now=act.at,
            allow_errors=act.why.strip() or None,
            allowed_by=act.who,
            watch=watch,
            check=desk_check(store, catalog, call_id, act.at).checked,
        )
    if result.content is not None:
        make_folder(path.parent)
        write(path, result.content)
        detail = {"proposals": [proposal.id for proposal in proposals], "order": order.value}
        store.desk.note("forwarded", call_id, call_id, act, detail)
    return result


def _arrivals(proposals: Sequence[Proposal]) -> Iterator[Arrival]:
    shelf = Shelf()
    for number, proposal in enumerate(proposals, 1):
        loaded = Loaded(proposal, proposal.title)
        checked = Checked(proposal, ())
        yield shelf.put(proposal.title, loaded, checked, when=None, number=number)


def _put_aside(store: Store, catalog: Catalog, call_id: str, enclosures: Enclosures) -> None:
    """Take scans and attachments out of what came in, the earliest first."""
    seen: set[str] = set()
    receipts = store.desk.receipts(call_id)
    known = owners(receipts)
    with Inbox(catalog, call_id) as inbox:
        for receipt in receipts:
            if receipt.content is None or receipt.content in seen:
                continue
            seen.add(receipt.content)
            name = receipt.name.partition("/")[0]
            if name.lower().endswith((".zip", ".eml", ".msg")):
                arrived = list(inbox.open(Piece(name, store.content(receipt.content))))
                for received in arrived:
                    if received.bundle is not None:
                        enclosures.keep(received.bundle)
                for proposal, file in gone_along(receipt.content, arrived, known):
                    enclosures.keep_beside(proposal, file)
