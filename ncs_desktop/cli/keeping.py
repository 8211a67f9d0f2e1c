"""The commands about the store: import, list, show, backup, restore, doctor."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ncs_desktop.cli.common import CONTENT_ERRORS, FAILED, FINE, Context, add_shared
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem, NcsError
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.money import format_dong

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from ncs_desktop.domain.proposal import Proposal
    from ncs_desktop.store.records import Listed, Problem, Version
    from ncs_desktop.store.store import Store
    from ncs_desktop.work.keep import Shown, TakenIn

_SHORT_ID = 8


def add_commands(commands: _SubParsersAction[Any]) -> None:
    """Add this module's commands to the command line."""
    taken = commands.add_parser("import", help="đưa phiếu vào kho")
    taken.add_argument("inputs", nargs="+", metavar="TỆP", help="phiếu, bộ nộp hoặc thư mục")
    taken.add_argument(
        "--keep-unread",
        metavar="MÃ_ĐỢT",
        help="tệp .doc, có mật khẩu, PDF, ảnh: giữ kèm một phiếu trống của đợt này để gõ lại",
    )
    listed = commands.add_parser("list", help="liệt kê phiếu trong kho")
    listed.add_argument("--trashed", action="store_true", help="liệt kê thùng rác")
    shown = commands.add_parser("show", help="xem một phiếu trong kho")
    shown.add_argument("id", metavar="MÃ", help="mã, phần đầu của mã, hoặc đúng tên nhiệm vụ")
    kept = commands.add_parser("backup", help="sao lưu toàn bộ kho vào một tệp")
    kept.add_argument("--to", required=True, metavar="TỆP", help="tệp sao lưu (.ncsbackup)")
    restored = commands.add_parser("restore", help="khôi phục kho từ tệp sao lưu")
    restored.add_argument("file", metavar="TỆP", help="tệp sao lưu")
    examined = commands.add_parser("doctor", help="kiểm tra kho và nói rõ chỗ hỏng")
    timed = {taken: _import, kept: _backup, restored: _restore}
    for parser, run in {**timed, listed: _list, shown: _show, examined: _doctor}.items():
        add_shared(parser, now=parser in timed, store=True)
        parser.set_defaults(run=run)


def _import(parsed: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.store.store import Store  # noqa: PLC0415
    from ncs_desktop.work.inputs import read_whole  # noqa: PLC0415
    from ncs_desktop.work.keep import take_in  # noqa: PLC0415
    from ncs_desktop.work.received import Inbox  # noqa: PLC0415
    from ncs_desktop.work.unread import keeper  # noqa: PLC0415

    files, results = _input_files(parsed.inputs)
    shown = context.progress(files, len(files), context.messages.text("keep.importing"))
    with ExitStack() as stack:
        inbox = stack.enter_context(Inbox(context.catalog))
        read = partial(read_whole, catalog=context.catalog, inbox=inbox)
        store = cache(lambda: stack.enter_context(Store.open(context.store_path)))
        call_id, now = parsed.keep_unread, context.now
        keep_file = keeper(store, context.catalog, call_id, now) if call_id else None
        results += take_in(store, shown, read, now, keep_file)
    for result in results:
        _tell_taken_in(result, context)
    context.give([_taken_in_json(result, context) for result in results])
    rejected = sum(result.outcome is None for result in results)
    if rejected == len(results):
        return FAILED
    return CONTENT_ERRORS if rejected else FINE


def _input_files(names: Sequence[str]) -> tuple[list[Path], list[TakenIn]]:
    """Return the files to read, and a result for each input that leads to none."""
    from ncs_desktop.work.inputs import input_files  # noqa: PLC0415
    from ncs_desktop.work.keep import TakenIn  # noqa: PLC0415

    files: list[Path] = []
    rejected: list[TakenIn] = []
    for name in names:
        try:
            files += input_files(Path(name))
        except NcsError as problem:
            rejected.append(TakenIn(name, None, problem=problem))
    return files, rejected


def _tell_taken_in(result: TakenIn, context: Context) -> None:
    from ncs_desktop.work.inputs import note_text  # noqa: PLC0415

    (context.say if result.problem is None else context.warn)(_sentence(result, context))
    for note in result.notes:
        context.say("  " + note_text(note, context.messages))


def _sentence(result: TakenIn, context: Context) -> str:
    """Say what became of an input, or of a proposal in it."""
    messages, conflict = context.messages, result.conflict
    if result.problem is not None:
        return messages.error(result.problem)
    title = result.proposal.title if result.proposal else ""
    shown = {"title": title or messages.text("keep.untitled"), "file": result.source}
    if conflict is not None:
        return messages.text(conflict.message, **conflict.params, **shown)
    return messages.text(f"keep.{result.outcome}", **shown)


def _taken_in_json(result: TakenIn, context: Context) -> dict[str, Any]:
    from ncs_desktop.work.inputs import note_text  # noqa: PLC0415

    proposal = result.proposal
    explained = result.problem is not None or result.conflict is not None
    return {
        "input": result.source,
        "result": str(result.outcome or "rejected"),
        "reason": _sentence(result, context) if explained else None,
        "id": proposal.id if proposal else None,
        "title": proposal.title if proposal else None,
        "notes": [note_text(note, context.messages) for note in result.notes],
    }


def _list(parsed: argparse.Namespace, context: Context) -> int:
    with _existing(context) as store:
        lines = store.summaries(trashed=parsed.trashed) if store else []
    context.give([_line_json(line) for line in lines])
    if not lines:
        context.say(context.messages.text("keep.empty_bin" if parsed.trashed else "keep.empty"))
    for line in lines:
        context.say(_line_text(line, context))
    return FINE


def _line_text(line: Listed, context: Context) -> str:
    if line.damaged:
        return context.messages.text("keep.line_damaged", id=line.id[:_SHORT_ID])
    return context.messages.text(
        "keep.line",
        id=line.id[:_SHORT_ID],
        title=line.title,
        proposer=line.proposer_name,
        call=line.call,
        revision=line.revision,
        total="…" if line.total is None else format_dong(line.total),
    )


def _line_json(line: Listed) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "form": line.form,
        "call": line.call,
        "revision": line.revision,
        "saved_at": None if line.damaged else line.saved_at.isoformat(),
        "trashed_at": line.trashed_at.isoformat() if line.trashed_at else None,
        "frozen": line.frozen,
        "control_code": line.control_code,
        "proposer_name": line.proposer_name,
        "budget": {
            "total": line.total,
            "state_budget": line.state_budget,
            "counterpart": line.counterpart,
        },
        "damaged": line.damaged,
    }


def _show(parsed: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.keep import show  # noqa: PLC0415
    from ncs_desktop.work.word_sources import ROLE  # noqa: PLC0415

    with _existing(context) as store:
        if store is None:
            raise InputProblem("keep.not_found", text=parsed.id)
        found = show(store, parsed.id)
    context.give(_shown_json(found))
    context.say(_line_text(found.line, context))
    for label, text in _values(found.proposal, context):
        context.say(f"{label}: {text}")
    for version in found.history:
        context.say(_version_text(version, context))
    for attachment in found.attachments:
        key = "keep.word" if attachment.role == ROLE else "keep.attachment"
        context.say(context.messages.text(key, name=attachment.original_name))
    for text in found.word.unplaced if found.word else ():
        context.say(context.messages.text("keep.unplaced", text=text))
    return FINE


def _version_text(version: Version, context: Context) -> str:
    saved = version.saved_at.astimezone(VIETNAM)
    key = "keep.version_frozen" if version.frozen else "keep.version"
    return context.messages.text(
        key,
        number=version.number,
        revision=version.revision,
        time=f"{saved:%H:%M:%S %d/%m/%Y}",
        code=version.control_code,
    )


def _values(proposal: Proposal, context: Context) -> Iterator[tuple[str, str]]:
    """Yield label and text of every field that holds something, in the form's order."""
    form = context.catalog.forms.get(proposal.form_id)
    for field in form.fields if form else ():
        text = _value_text(field, proposal)
        if text:
            yield field.label.rstrip(": "), text


def _value_text(field: Field, proposal: Proposal) -> str:
    value = proposal.get(field.key)
    if value is None:
        return ""
    if field.kind is FieldKind.BLOCKS:
        return proposal.plain(field.key)
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return _dong(value)
    if field.kind is FieldKind.COMMITMENTS:
        return "; ".join(
            item.organization
            if item.amount is None
            else f"{item.organization}: {_dong(item.amount)}"
            for item in proposal.commitments
        )
    labels = {option.id: option.label for option in field.options}
    items = value if isinstance(value, tuple) else (value,)
    return "; ".join(labels.get(str(item), str(item)) for item in items)


def _dong(amount: int) -> str:
    return f"{format_dong(amount)} đồng"


def _shown_json(found: Shown) -> dict[str, Any]:
    from ncs_desktop.exchange.proposal_json import write_proposal  # noqa: PLC0415

    return {
        **_line_json(found.line),
        "proposal": json.loads(write_proposal(found.proposal)),
        "history": [
            {
                "id": version.id,
                "number": version.number,
                "revision": version.revision,
                "digest": version.digest,
                "origin": version.origin,
                "saved_at": version.saved_at.isoformat(),
                "control_code": version.control_code,
                "current": version.current,
            }
            for version in found.history
        ],
        "attachments": [
            {
                "id": attachment.id,
                "role": attachment.role,
                "original_name": attachment.original_name,
                "size": attachment.size,
                "sha256": attachment.sha256,
            }
            for attachment in found.attachments
        ],
        "unplaced": list(found.word.unplaced) if found.word else [],
    }


def _backup(parsed: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.keep import backup  # noqa: PLC0415

    if _no_store_yet(context):
        return context.fail("keep.no_store", path=context.store_path)
    made = backup(context.store_path, Path(parsed.to), context.now)
    context.give(
        {
            "path": str(made.path),
            "proposals": made.proposals,
            "contents": made.contents,
            "problems": _problems_json(made.problems, context),
        }
    )
    context.say(
        context.messages.text(
            "keep.backed_up", path=made.path, proposals=made.proposals, contents=made.contents
        )
    )
    return _tell_problems(made.problems, context)


def _restore(parsed: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.keep import restore  # noqa: PLC0415

    done = restore(Path(parsed.file), context.store_path, context.now)
    context.give(
        {
            "store": str(done.path),
            "proposals": done.proposals,
            "contents": done.contents,
            "put_aside": str(done.put_aside) if done.put_aside else None,
            "problems": _problems_json(done.problems, context),
        }
    )
    context.say(context.messages.text("keep.restored", path=done.path, proposals=done.proposals))
    if done.put_aside:
        context.say(context.messages.text("keep.put_aside", path=done.put_aside))
    return _tell_problems(done.problems, context)


def _doctor(_parsed: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.keep import examine  # noqa: PLC0415

    if _no_store_yet(context):
        context.give({"store": str(context.store_path), "problems": []})
        context.say(context.messages.text("keep.no_store", path=context.store_path))
        return FINE
    problems = examine(context.store_path)
    context.give({"store": str(context.store_path), "problems": _problems_json(problems, context)})
    if not problems:
        context.say(context.messages.text("keep.healthy", path=context.store_path))
    return _tell_problems(problems, context)


def _no_store_yet(context: Context) -> bool:
    """Whether nothing was ever kept; a store that was named and is missing is a mistake."""
    return not context.store_named and not context.store_path.exists()


def _problems_json(problems: Sequence[Problem], context: Context) -> list[dict[str, Any]]:
    return [
        {"code": problem.code, "message": context.messages.text(problem.code, **problem.params)}
        for problem in problems
    ]


def _tell_problems(problems: Sequence[Problem], context: Context) -> int:
    for problem in problems:
        context.say(context.messages.text(problem.code, **problem.params))
    return CONTENT_ERRORS if problems else FINE


@contextmanager
def _existing(context: Context) -> Iterator[Store | None]:
    """Open the store to look into it; None where the usual one is not there yet."""
    from ncs_desktop.store.store import Store  # noqa: PLC0415

    path = context.store_path
    if path.exists():
        with Store.open(path) as store:
            yield store
    elif context.store_named:
        raise EnvironmentProblem("file.missing", path=path)
    else:
        yield None
