"""The command of an office that receives: collect."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ncs_desktop.cli.common import CONTENT_ERRORS, FINE, Context, add_shared, read_moment
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.domain.money import format_dong
from ncs_desktop.files import atomic_write, make_folder

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from ncs_desktop.domain.dossier import Sender
    from ncs_desktop.work.collect import Collected, Collection
    from ncs_desktop.work.forwarding import Enclosures

_PAPERS = ("A4", "A3")
_DOUBTS = {0: "collect.order_unknown", 1: "collect.order_repeated"}


def add_commands(commands: _SubParsersAction[Any]) -> None:
    """Add this module's commands to the command line."""
    parser = commands.add_parser("collect", help="tổng hợp hồ sơ đã nhận thành bảng tổng hợp")
    parser.add_argument("inputs", nargs="+", metavar="ĐẦU_VÀO", help="tệp đã nhận hoặc thư mục")
    parser.add_argument("--call", required=True, metavar="MÃ_ĐỢT", help="đợt đề xuất")
    parser.add_argument("--to", required=True, metavar="THƯ_MỤC", help="thư mục nhận kết quả")
    parser.add_argument("--order", metavar="TỆP", help="thứ tự: mỗi dòng một mã hoặc tên nhiệm vụ")
    parser.add_argument(
        "--sender", metavar="TỆP.json", help="tệp JSON về cơ quan tổng hợp: lập hồ sơ"
    )
    parser.add_argument(
        "--received", metavar="THỜI_ĐIỂM", help="thời điểm nhận các tệp không ghi rõ"
    )
    parser.add_argument(
        "--paper", default="a4", metavar="a4|a3", help="khổ giấy ngang của bảng tổng hợp"
    )
    parser.add_argument("--allow-errors", metavar="LÝ_DO", help="vẫn lập hồ sơ khi còn lỗi")
    add_shared(parser, now=True, store=True)
    parser.set_defaults(run=run_collect)


def run_collect(args: argparse.Namespace, context: Context) -> int:
    """Collect everything; exit 1 where an input was rejected or a proposal has errors."""
    from ncs_desktop.work.bundling import read_sender_file  # noqa: PLC0415
    from ncs_desktop.work.collected_files import collected_files, report_json  # noqa: PLC0415

    folder, paper = Path(args.to), args.paper.upper()
    if paper not in _PAPERS:
        raise InputProblem("collect.unknown_paper", paper=args.paper)
    sender = read_sender_file(Path(args.sender)) if args.sender else None
    with _put_aside(sender) as enclosures, _result_folder(folder):
        collection = _collect(args, context, enclosures)
        _say_inputs(collection, context)
        context.give(report_json(collection, context.catalog, context.messages))
        if not collection.arrivals:
            code = "collect.nothing" if collection.inputs else "collect.no_files"
            return context.fail(code, call=collection.call.short_title)
        files = list(collected_files(collection, context.catalog, sender, paper))
        failed = False
        if sender is not None and enclosures is not None:
            dossier = _dossier(args, collection, sender, enclosures, context)
            failed = dossier is None
            files += dossier or []
        for name, content in files:
            atomic_write(folder / name, content)
            context.say(context.messages.text("collect.written", path=folder / name))
    _say_totals(collection, context)
    altered = any(arrival.altered for arrival in collection.arrivals)
    wrong = failed or altered or collection.errors or collection.rejected
    return CONTENT_ERRORS if wrong else FINE


@contextmanager
def _result_folder(folder: Path) -> Iterator[None]:
    """Make the folder before hours of reading; take it away again where nothing came of it."""
    if folder.is_file():
        raise EnvironmentProblem("collect.not_folder", path=folder)
    missing = [item for item in (folder, *folder.parents) if not item.exists()]
    make_folder(folder)
    try:
        yield
    finally:
        for item in missing:
            if any(item.iterdir()):
                break
            item.rmdir()


@contextmanager
def _put_aside(sender: Sender | None) -> Iterator[Enclosures | None]:
    """Give a place for scans and attachments while reading, where a dossier is to be made."""
    from ncs_desktop.work.forwarding import Enclosures  # noqa: PLC0415

    if sender is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="ncs-") as folder:
        yield Enclosures(Path(folder))


def _collect(
    args: argparse.Namespace, context: Context, enclosures: Enclosures | None
) -> Collection:
    from ncs_desktop.store.store import Store  # noqa: PLC0415
    from ncs_desktop.work.collect import collect  # noqa: PLC0415
    from ncs_desktop.work.ranking import read_order  # noqa: PLC0415

    own = [Path(name) for name in (args.to, args.order, args.sender, args.store) if name]
    label = context.messages.text("collect.reading")
    order = read_order(Path(args.order)) if args.order else ()
    with ExitStack() as stack:
        store = cache(lambda: stack.enter_context(Store.open(context.store_path)))
        collection = collect(
            context.catalog,
            [Path(name) for name in args.inputs],
            args.call,
            now=context.now,
            order=order,
            open_store=store if context.store_named else None,
            received=read_moment(args.received, "--received") if args.received else None,
            leave_out=own,
            keep=enclosures.keep if enclosures is not None else None,
            watch=lambda files: context.progress(files, len(files), label),
        )
    for doubt in collection.order_doubts:
        code = _DOUBTS.get(doubt.matches, "collect.order_ambiguous")
        context.warn(context.messages.text(code, line=doubt.line, count=doubt.matches))
    return collection


def _dossier(
    args: argparse.Namespace,
    collection: Collection,
    sender: Sender,
    enclosures: Enclosures,
    context: Context,
) -> list[tuple[str, bytes]] | None:
    """Return the dossier for the office above; None where something stands against it."""
    from ncs_desktop.work.forwarding import DOSSIER_NAME, forward  # noqa: PLC0415

    text = context.messages.text
    label = text("report.composing")
    try:
        result = forward(
            collection,
            context.catalog,
            sender,
            enclosures,
            now=context.now,
            allow_errors=args.allow_errors,
            watch=lambda papers: context.progress(papers, len(papers), label),
        )
    except InputProblem as problem:
        context.warn(text("collect.dossier_failed", reason=context.messages.error(problem)))
        return None
    if result.content is None:
        errors = sum(item.errors for item in result.checked)
        context.warn(text("collect.dossier_errors", count=errors))
        return None
    return [(DOSSIER_NAME, result.content)]


def _say_inputs(collection: Collection, context: Context) -> None:
    from ncs_desktop.work.collected_files import reasons_text  # noqa: PLC0415

    for item in collection.inputs:
        reason = reasons_text(item.reasons, context.messages)
        line = _input_line(item, context)
        if item in collection.rejected:
            context.warn(f"{line}. {reason}")
        else:
            context.say(f"{line}. {reason}".rstrip(". "))


def _input_line(item: Collected, context: Context) -> str:
    shown = context.messages.text(f"collect.result.{item.result}")
    line = context.messages.text("collect.line", result=shown, file=item.source)
    if item.late:
        line += f" ({context.messages.text('collect.late').lower()})"
    return line


def _say_totals(collection: Collection, context: Context) -> None:
    from ncs_desktop.cli.reporting import say_notes  # noqa: PLC0415
    from ncs_desktop.work.collected_files import summary_of  # noqa: PLC0415
    from ncs_desktop.work.fates import tally_of, tally_text  # noqa: PLC0415
    from ncs_desktop.work.paper_notes import condensed_notes  # noqa: PLC0415

    text = context.messages.text
    table = summary_of(collection, context.catalog)
    layout = context.catalog.summary_layout()
    forms = [context.catalog.form_of(item) for item in collection.proposals]
    say_notes(condensed_notes(table, layout, forms), context)
    names = ("total", "state_budget", "counterpart")
    amounts = {name: format_dong(getattr(table.total, name) or 0) for name in names}
    context.say(tally_text(tally_of(collection), context.messages))
    context.say(text("collect.done", proposals=len(collection.arrivals), **amounts))
    lines: Sequence[tuple[str, int]] = (
        ("collect.incomplete", table.incomplete),
        ("collect.alike", len(collection.alike)),
        ("collect.errors", collection.errors),
        ("collect.waived", collection.waived),
    )
    for code, count in lines:
        if count:
            context.say(text(code, count=count))
