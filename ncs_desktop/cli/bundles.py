"""Commands for handing over: bundle, verify."""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from ncs_desktop.cli.common import CONTENT_ERRORS, FINE, Context, add_shared
from ncs_desktop.cli.papers import Subparsers
from ncs_desktop.cli.reporting import load_inputs, report_findings, say_notes, say_stopped
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import USUAL
from ncs_desktop.exchange.proposal_json import Note
from ncs_desktop.files import atomic_write, make_folder, read_bytes
from ncs_desktop.work.attachments import SIZE_LIMIT, assign
from ncs_desktop.work.bundling import BundleResult, make_bundle, read_sender_file, verify_bundle
from ncs_desktop.work.freezing import freeze_in_store
from ncs_desktop.work.prepare import reason_given


def add_commands(subparsers: Subparsers) -> None:
    """Add this module's commands to the command line."""
    bundle = subparsers.add_parser("bundle", help="đóng bộ nộp thành một tệp zip")
    bundle.add_argument("inputs", nargs="+", metavar="PHIẾU", help="phiếu, theo thứ tự ưu tiên")
    bundle.add_argument("--to", required=True, metavar="TỆP.zip", help="tệp zip cần ghi")
    bundle.add_argument("--call", required=True, metavar="MÃ_ĐỢT", help="đợt đề xuất")
    bundle.add_argument("--sender", metavar="TỆP.json", help="tệp JSON về bên gửi")
    bundle.add_argument("--attach", nargs="+", default=[], metavar="TỆP", help="tệp gửi kèm")
    bundle.add_argument(
        "--scan",
        nargs="+",
        default=[],
        metavar="TỆP.pdf",
        help="bản quét đã ký, theo thứ tự phiếu",
    )
    bundle.add_argument("--allow-errors", metavar="LÝ_DO", help="vẫn đóng khi còn lỗi, kèm lý do")
    add_shared(bundle, now=True, store=True)
    bundle.set_defaults(run=run_bundle)

    verify = subparsers.add_parser("verify", help="so bộ nộp với bảng kê của nó, chỉ ra chỗ đã đổi")
    verify.add_argument("file", metavar="TỆP.zip", help="bộ nộp")
    add_shared(verify)
    verify.set_defaults(run=run_verify)


def run_bundle(args: argparse.Namespace, context: Context) -> int:
    """Write the bundle; errors mean exit 1 and nothing written, unless a reason is given."""
    loaded = load_inputs(args.inputs, context, call_id=args.call)
    proposals = [item.proposal for item in loaded]
    if len(args.scan) > len(proposals):
        raise InputProblem("prepare.scan_without_proposal")
    attached = [(Path(name).name, read_bytes(Path(name), SIZE_LIMIT)) for name in args.attach]
    scans = {
        proposal.id: read_bytes(Path(name), SIZE_LIMIT)
        for proposal, name in zip(proposals, args.scan, strict=False)
    }
    label = context.messages.text("report.composing")
    result = make_bundle(
        context.catalog,
        proposals,
        args.call,
        read_sender_file(Path(args.sender)) if args.sender else None,
        assign(attached, proposals),
        now=context.now,
        allow_errors=args.allow_errors,
        scans=scans,
        watch=lambda papers: context.progress(papers, len(papers), label),
    )
    findings = report_findings(loaded, result.checked, context)
    if result.content is None:
        say_stopped(result.checked, "way_reason", context)
        context.give({"file": None, "inputs": findings})
        return CONTENT_ERRORS
    path = Path(args.to)
    make_folder(path.parent)
    atomic_write(path, result.content)
    if context.store_named:
        result = replace(result, warnings=(*result.warnings, *_freeze(args, result, context)))
    say_bundle(path, result, context)
    context.give({**bundle_json(path, result, context), "inputs": findings})
    return FINE


def _freeze(args: argparse.Namespace, result: BundleResult, context: Context) -> list[Note]:
    """Record the bundled revisions as frozen in the store that was named."""
    proposals = [item.proposal for item in result.checked]
    reason = reason_given(args.allow_errors) or None
    return freeze_in_store(
        context.store_path, context.catalog, proposals, now=context.now, reason=reason
    )


def say_bundle(path: Path, result: BundleResult, context: Context) -> None:
    """Say where the bundle lies, which codes stand on its papers, and what to mind."""
    if result.manifest is None:
        return
    text = context.messages.text
    say_notes(result.warnings, context)
    for item in result.manifest.proposals:
        context.say("  " + text("report.code", code=item.control_code, title=item.title))
    counts = {"files": len(result.manifest.files), "proposals": len(result.manifest.proposals)}
    context.say(text("report.bundle", path=path, **counts))


def bundle_json(path: Path, result: BundleResult, context: Context) -> dict[str, Any]:
    """Return the same for a program."""
    content, manifest = result.content or b"", result.manifest
    text = context.messages.text
    return {
        "file": str(path),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "proposals": [
            {"id": item.id, "revision": item.revision, "control_code": item.control_code}
            for item in (manifest.proposals if manifest else ())
        ],
        "warnings": [text(note.message, **note.params) for note in result.warnings],
    }


def run_verify(args: argparse.Namespace, context: Context) -> int:
    """Compare a bundle with its manifest; exit 1 where something was changed."""
    path = Path(args.file)
    differences = say_verified(path, context)
    context.give({"file": str(path), "differences": differences})
    return CONTENT_ERRORS if differences else FINE


def say_verified(path: Path, context: Context) -> list[dict[str, str]]:
    """Verify the bundle at ``path``, say what differs, and return it for a program."""
    verified = verify_bundle(read_bytes(path, USUAL.content), str(path), context.catalog)
    text = context.messages.text
    differences = [
        {"path": item.path, "code": item.message, "message": text(item.message, **item.params)}
        for item in verified.differences
    ]
    for item in differences:
        context.say("  " + item["message"])
    if differences:
        context.say(text("report.differs", path=path, count=len(differences)))
    else:
        counts = {"files": verified.files, "proposals": verified.proposals}
        key = "report.verified" if verified.sealed else "report.verified_less"
        context.say(text(key, path=path, **counts))
    return differences
