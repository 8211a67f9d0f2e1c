"""Commands from data to paper: check, export, print-set."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ncs_desktop.cli.common import CONTENT_ERRORS, FINE, Context, add_shared
from ncs_desktop.cli.reporting import load_inputs, report_findings, say_notes, say_stopped
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.proposal_json import Loaded
from ncs_desktop.files import atomic_write, make_folder
from ncs_desktop.work.inputs import note_text
from ncs_desktop.work.paper_notes import law_notes, unprintable_notes
from ncs_desktop.work.prepare import Checked, check_proposal, export_blank, export_forms

Subparsers = Any
"""argparse keeps the type of its subparsers private."""


def add_commands(subparsers: Subparsers) -> None:
    """Add this module's commands to the command line."""
    check = subparsers.add_parser("check", help="kiểm tra phiếu theo quy tắc của đợt")
    check.add_argument("inputs", nargs="+", metavar="PHIẾU", help="phiếu, bộ nộp hoặc thư mục")
    check.add_argument("--call", metavar="MÃ_ĐỢT", help="kiểm tra theo đợt này")
    add_shared(check, now=True)
    check.set_defaults(run=run_check)

    export = subparsers.add_parser("export", help="xuất phiếu ra Word, PDF, dữ liệu")
    export.add_argument("inputs", nargs="*", metavar="PHIẾU", help="phiếu, bộ nộp hoặc thư mục")
    export.add_argument("--to", required=True, metavar="THƯ_MỤC", help="thư mục nhận tệp")
    export.add_argument(
        "--format",
        default="docx,pdf",
        metavar="ĐỊNH_DẠNG",
        help="một hoặc nhiều trong docx,pdf,json",
    )
    export.add_argument("--draft", action="store_true", help="xuất bản nháp, kể cả khi còn lỗi")
    export.add_argument("--blank", metavar="MẪU", help="xuất mẫu trống, ví dụ a1-dxnv")
    add_shared(export, now=True)
    export.set_defaults(run=run_export)

    printed = subparsers.add_parser("print-set", help="lập bộ in ký thành một tệp PDF")
    printed.add_argument("inputs", nargs="+", metavar="PHIẾU", help="phiếu, bộ nộp hoặc thư mục")
    printed.add_argument("--to", required=True, metavar="TỆP.pdf", help="tệp PDF cần ghi")
    printed.add_argument("--call", required=True, metavar="MÃ_ĐỢT", help="đợt đề xuất")
    printed.add_argument("--sender", metavar="TỆP.json", help="tệp JSON về bên gửi")
    printed.add_argument("--draft", action="store_true", help="in bản nháp, kể cả khi còn lỗi")
    printed.add_argument("--allow-errors", metavar="LÝ_DO", help="vẫn lập khi còn lỗi, kèm lý do")
    add_shared(printed, now=True)
    printed.set_defaults(run=run_print_set)


def run_check(args: argparse.Namespace, context: Context) -> int:
    """Check every proposal; exit 1 where errors are found."""
    loaded = load_inputs(args.inputs, context, any_call=bool(args.call), call_id=args.call)
    checked = _check(loaded, args.call, context)
    calls = (context.catalog.call(args.call or item.proposal.call) for item in loaded)
    say_notes(law_notes(calls), context)
    context.give(report_findings(loaded, checked, context))
    altered = any(item.altered for item in loaded)
    return CONTENT_ERRORS if altered or any(item.errors for item in checked) else FINE


def _check(loaded: list[Loaded], call_id: str | None, context: Context) -> list[Checked]:
    label = context.messages.text("report.checking")
    return [
        check_proposal(context.catalog, item.proposal, context.now, item.dossier, call_id)
        for item in context.progress(loaded, len(loaded), label)
    ]


def run_export(args: argparse.Namespace, context: Context) -> int:
    """Write the forms; without ``--draft`` errors mean exit 1 and nothing written."""
    formats = list(dict.fromkeys(name.strip() for name in args.format.split(",") if name.strip()))
    folder = Path(args.to)
    if args.blank:
        written = [
            path
            for paths in export_blank(context.catalog, args.blank, folder, formats)
            for path in paths
        ]
        return _report_written(written, context)
    loaded = load_inputs(args.inputs, context)
    if not loaded:
        raise InputProblem("prepare.no_export")
    say_notes(unprintable_notes(item.proposal for item in loaded), context)
    if not args.draft and not _may_be_signed(loaded, context):
        return CONTENT_ERRORS
    proposals = [item.proposal for item in loaded]
    exported = export_forms(context.catalog, proposals, folder, formats, draft=args.draft)
    label = context.messages.text("report.exporting")
    files = [path for paths in context.progress(exported, len(loaded), label) for path in paths]
    return _report_written(files, context)


def _may_be_signed(loaded: list[Loaded], context: Context) -> bool:
    """Whether no proposal has an error; where one has, say which and that nothing is written."""
    checked = _check([_alone(item) for item in loaded], None, context)
    if not any(item.errors for item in checked):
        return True
    findings = report_findings(loaded, checked, context)
    say_stopped(checked, "way_draft", context)
    context.give({"files": [], "inputs": findings})
    return False


def _alone(loaded: Loaded) -> Loaded:
    """The proposal without the dossier it came in: a form is exported for itself."""
    return Loaded(loaded.proposal, loaded.source)


def _report_written(files: list[Path], context: Context) -> int:
    for path in files:
        context.say(context.messages.text("report.written", path=path))
    context.give({"files": [str(path) for path in files], "inputs": []})
    return FINE


def run_print_set(args: argparse.Namespace, context: Context) -> int:
    """Write the print set; errors mean exit 1 and nothing written, unless it is a draft."""
    from ncs_desktop.work.bundling import print_set, read_sender_file  # noqa: PLC0415

    loaded = load_inputs(args.inputs, context, call_id=args.call)
    label = context.messages.text("report.composing")
    result = print_set(
        context.catalog,
        [item.proposal for item in loaded],
        args.call,
        read_sender_file(Path(args.sender)) if args.sender else None,
        now=context.now,
        draft=args.draft,
        allow_errors=args.allow_errors,
        watch=lambda papers: context.progress(papers, len(papers), label),
    )
    findings = report_findings(loaded, result.checked, context)
    if result.pdf is None:
        say_stopped(result.checked, "way_draft", context)
        context.give({"file": None, "papers": [], "inputs": findings})
        return CONTENT_ERRORS
    path = Path(args.to)
    make_folder(path.parent)
    atomic_write(path, result.pdf.content)
    say_notes(result.warnings, context)
    text, pages = context.messages.text, sum(item.pages for item in result.papers)
    for item in result.papers:
        paper = {"pages": item.pages, "name": item.name, "signer": item.signer}
        context.say("  " + text("report.paper", **paper))
    context.say(text("report.print_set", path=path, papers=len(result.papers), pages=pages))
    papers: list[dict[str, Any]] = [
        {"name": item.name, "pages": item.pages, "signer": item.signer, "control_code": item.code}
        for item in result.papers
    ]
    warnings = [note_text(note, context.messages) for note in result.warnings]
    shown: dict[str, Any] = {"file": str(path), "pages": pages, "papers": papers}
    context.give({**shown, "inputs": findings, "warnings": warnings})
    return FINE
