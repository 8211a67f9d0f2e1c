"""The demo command: the whole job on the shipped samples, so that a newcomer sees every paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ncs_desktop.cli.bundles import bundle_json, say_bundle, say_verified
from ncs_desktop.cli.common import FINE, Context, add_shared
from ncs_desktop.cli.papers import Subparsers
from ncs_desktop.cli.reporting import report_findings, say_stopped
from ncs_desktop.exchange.proposal_json import Loaded
from ncs_desktop.files import atomic_write, make_folder
from ncs_desktop.paths import data_folder
from ncs_desktop.work.bundling import make_bundle, print_set
from ncs_desktop.work.collect import collect
from ncs_desktop.work.collected_files import collected_files
from ncs_desktop.work.inputs import read_input
from ncs_desktop.work.prepare import Checked, check_proposal, export_forms

_FORMS, _PRINTS, _BUNDLES, _TABLES = "1-phieu", "2-bo-in-ky", "3-bo-nop", "4-tong-hop"


def add_commands(subparsers: Subparsers) -> None:
    """Add this module's command to the command line."""
    demo = subparsers.add_parser("demo", help="làm thử trọn công việc trên hồ sơ mẫu")
    demo.add_argument("--to", required=True, metavar="THƯ_MỤC", help="thư mục nhận kết quả")
    add_shared(demo, now=True)
    demo.set_defaults(run=run_demo)


def run_demo(args: argparse.Namespace, context: Context) -> int:
    """Check, export, print, bundle, verify and collect the samples; faulty ones stay drafts."""
    folder = Path(args.to)
    text = context.messages.text
    context.say(text("report.demo", path=folder))
    loaded = [
        Loaded(item.proposal, Path(item.source).name, item.notes)
        for item in read_input(data_folder("resources") / "samples", context.catalog)
    ]
    checked = [check_proposal(context.catalog, item.proposal, context.now) for item in loaded]
    findings = report_findings(loaded, checked, context)
    good = [item for item in checked if not item.errors]
    faulty = [item for item in checked if item.errors]
    files = _export(good, folder / _FORMS, context, draft=False)
    if faulty:
        context.say(text("report.demo_draft"))
        files += _export(faulty, folder / _FORMS, context, draft=True)
    bundles = [_hand_over(call, good, folder, context) for call in _calls(good)]
    shown = {"forms": _FORMS, "prints": _PRINTS, "bundles": _BUNDLES, "tables": _TABLES}
    context.say(text("report.demo_done", **{key: folder / name for key, name in shown.items()}))
    context.give({"folder": str(folder), "files": files, "bundles": bundles, "inputs": findings})
    return FINE


def _calls(checked: list[Checked]) -> list[str]:
    return list(dict.fromkeys(item.proposal.call for item in checked))


def _export(checked: list[Checked], folder: Path, context: Context, *, draft: bool) -> list[str]:
    proposals = [item.proposal for item in checked]
    formats = ("docx", "pdf", "json")
    written = export_forms(context.catalog, proposals, folder, formats, draft=draft)
    label = context.messages.text("report.exporting")
    return [
        str(path) for paths in context.progress(written, len(proposals), label) for path in paths
    ]


def _hand_over(call_id: str, good: list[Checked], folder: Path, context: Context) -> dict[str, Any]:
    """Write print set and bundle of one call; verify and collect it as the receiver would."""
    proposals = [item.proposal for item in good if item.proposal.call == call_id]
    text = context.messages.text
    prints = folder / _PRINTS / f"bo-in-ky-{call_id}.pdf"
    printed = print_set(context.catalog, proposals, call_id, None, now=context.now)
    make_folder(prints.parent)
    if printed.pdf is not None:
        atomic_write(prints, printed.pdf.content)
        pages = sum(item.pages for item in printed.papers)
        papers = len(printed.papers)
        context.say(text("report.print_set", path=prints, papers=papers, pages=pages))
    path = folder / _BUNDLES / f"bo-nop-{call_id}.zip"
    result = make_bundle(context.catalog, proposals, call_id, None, (), now=context.now)
    if result.content is None:
        say_stopped(result.checked, "way_reason", context)
        return {"file": None, "call": call_id}
    make_folder(path.parent)
    atomic_write(path, result.content)
    say_bundle(path, result, context)
    shown = bundle_json(path, result, context)
    differences = say_verified(path, context)
    tables = _consolidate(path, call_id, folder / _TABLES / call_id, context)
    return {**shown, "differences": differences, "tables": tables}


def _consolidate(bundle: Path, call_id: str, folder: Path, context: Context) -> list[str]:
    """Collect the bundle as the office that receives it would; return the files it gets."""
    collection = collect(context.catalog, [bundle], call_id, now=context.now)
    make_folder(folder)
    written = []
    for name, content in collected_files(collection, context.catalog, None):
        atomic_write(folder / name, content)
        context.say(context.messages.text("collect.written", path=folder / name))
        written.append(str(folder / name))
    return written
