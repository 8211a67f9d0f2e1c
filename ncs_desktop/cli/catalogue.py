"""Commands about the catalogue: ``forms``, ``calls`` and ``schema``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, TypeAlias

from ncs_desktop.cli.common import CONTENT_ERRORS, FINE, Context, add_shared
from ncs_desktop.domain.call import VIETNAM, Call, Deadline, DeadlineRule
from ncs_desktop.domain.form import Form
from ncs_desktop.paths import own_calls_folder

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_DEFAULT_FORM = "a1-dxnv"


def add_commands(commands: Commands) -> None:
    """Add ``forms``, ``calls`` and ``schema``."""
    forms = commands.add_parser("forms", help="các mẫu phiếu chương trình biết")
    add_shared(forms)
    forms.set_defaults(run=list_forms)
    _add_calls(commands)
    schema = commands.add_parser("schema", help="JSON Schema của dữ liệu một phiếu")
    schema.add_argument("form", nargs="?", metavar="MẪU", help="ví dụ a1-dxnv@tt15-2022")
    add_shared(schema)
    schema.set_defaults(run=print_schema)


def _add_calls(commands: Commands) -> None:
    calls = commands.add_parser("calls", help="các đợt đề xuất: xem, gửi đi, nhập vào, lập đợt mới")
    calls.add_argument("--export", metavar="MÃ_ĐỢT", help="ghi một đợt ra tệp --to để gửi đi")
    calls.add_argument("--import", dest="import_file", metavar="TỆP", help="nhập tệp đợt Sở gửi")
    calls.add_argument("--from", dest="from_call", metavar="MÃ_ĐỢT", help="lập đợt mới từ đợt này")
    calls.add_argument("--to", metavar="TỆP.ncs", help="tệp đợt sẽ ghi")
    calls.add_argument("--year", metavar="NĂM", help="năm kế hoạch của đợt mới")
    calls.add_argument("--deadline", metavar="HẠN", help="2026-08-10 hoặc 2026-08-10T16:00")
    calls.add_argument("--deadline-rule", metavar="QUY_TẮC", help=_rules_help())
    calls.add_argument("--id", metavar="MÃ", help="mã của đợt mới, ví dụ an-giang-2027")
    calls.add_argument("--title", metavar="TÊN", help="tên của đợt mới")
    calls.add_argument("--replace", action="store_true", help="thay đợt của bạn có cùng mã")
    add_shared(calls, now=True)
    calls.set_defaults(run=run_calls)


def _rules_help() -> str:
    rules = ", ".join(rule.value for rule in DeadlineRule)
    return f"hạn tính cả ngày, phút ấy (inclusive) hay không (exclusive): {rules}"


def list_forms(arguments: argparse.Namespace, context: Context) -> int:
    """List the forms with their legal source and what is not known of them."""
    for form in context.catalog.forms.values():
        context.say(context.messages.text("form.list.title", form=form.full_id, title=form.title))
        context.say(context.messages.text("form.list.source", source=form.legal_source))
        if form.note:
            context.say(context.messages.text("form.list.note", note=form.note))
    context.give([_form_json(form) for form in context.catalog.forms.values()])
    return FINE


def _form_json(form: Form) -> dict[str, Any]:
    return {
        "form": form.id,
        "form_version": form.version,
        "full_id": form.full_id,
        "code": form.code,
        "title": form.title,
        "legal_source": form.legal_source,
        "effective_from": _iso(form.effective_from),
        "effective_to": _iso(form.effective_to),
        "note": form.note,
    }


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def run_calls(arguments: argparse.Namespace, context: Context) -> int:
    """List the calls, or do the one thing that was asked of them."""
    asked = [arguments.export, arguments.import_file, arguments.from_call]
    if sum(item is not None for item in asked) > 1:
        return context.fail("call.choose_one")
    if arguments.export is not None:
        return _export(arguments, context)
    if arguments.import_file is not None:
        return _import(arguments, context)
    if arguments.from_call is not None:
        return _derive(arguments, context)
    return _list_calls(context)


def _list_calls(context: Context) -> int:
    from ncs_desktop.work.paper_notes import law_notes  # noqa: PLC0415

    catalog = context.catalog
    for call in catalog.calls.values():
        _say_call(call, context)
        for note in law_notes([call]):
            context.say("  " + context.messages.text(note.message, **note.params))
    context.give([_call_json(call, context) for call in catalog.calls.values()])
    for problem in catalog.problems:
        context.warn(context.messages.error(problem))
    return CONTENT_ERRORS if catalog.problems else FINE


def _say_call(call: Call, context: Context) -> None:
    text = context.messages.text
    context.say(text("call.list.title", call=call.id, title=call.title))
    for deadline in call.deadlines:
        late = deadline.is_late(context.now)
        context.say(
            text(
                "call.list.deadline_late" if late else "call.list.deadline_open",
                stage=deadline.stage,
                text=deadline.text,
                safe=f"{deadline.last_working_day:%d/%m/%Y}",
            )
        )
    if call.own:
        context.say(text("call.list.own"))
    if call.data_date:
        context.say(text("call.list.data_date", date=f"{call.data_date:%d/%m/%Y}"))


def _call_json(call: Call, context: Context) -> dict[str, Any]:
    return {
        "call": call.id,
        "title": call.title,
        "plan_year": call.plan_year,
        "authority": call.authority.name,
        "accepts": list(call.accepts),
        "own": call.own,
        "data_date": _iso(call.data_date),
        "after_new_law": call.after_new_law,
        "deadlines": [_deadline_json(deadline, context) for deadline in call.deadlines],
    }


def _deadline_json(deadline: Deadline, context: Context) -> dict[str, Any]:
    return {
        "stage": deadline.stage,
        "rule": deadline.rule.value,
        "text": deadline.text,
        "late_from": deadline.end.isoformat(),
        "last_working_day": deadline.last_working_day.isoformat(),
        "late": deadline.is_late(context.now),
    }


def _export(arguments: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.calls import export_call  # noqa: PLC0415  (only this command needs it)

    if arguments.to is None:
        return context.fail("call.export_needs_to")
    call = context.catalog.call(arguments.export)
    export_call(call, Path(arguments.to))
    return _done(context, "call.exported", call, Path(arguments.to))


def _import(arguments: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.calls import import_call  # noqa: PLC0415

    path, folder = Path(arguments.import_file), own_calls_folder()
    call = import_call(context.catalog, path, folder, replace_old=arguments.replace)
    return _done(context, "call.imported", call, folder)


def _derive(arguments: argparse.Namespace, context: Context) -> int:
    from ncs_desktop.work.calls import (  # noqa: PLC0415
        derive_call,
        export_call,
        make_deadline,
        require_own_id,
        save_own_call,
    )

    if arguments.year is None or arguments.deadline is None:
        return context.fail("call.from_needs")
    if not arguments.year.isdecimal():
        return context.fail("call.bad_year", year=arguments.year)
    call = derive_call(
        context.catalog.call(arguments.from_call),
        year=int(arguments.year),
        deadline=make_deadline(arguments.deadline, arguments.deadline_rule),
        today=context.now.astimezone(VIETNAM).date(),
        call_id=arguments.id,
        title=arguments.title,
    )
    require_own_id(context.catalog, call.id)
    if arguments.to is None:
        folder = own_calls_folder()
        path = save_own_call(context.catalog, call, folder, replace_old=arguments.replace)
    else:
        path = Path(arguments.to)
        export_call(call, path)
    return _done(context, "call.made", call, path)


def _done(context: Context, message: str, call: Call, path: Path) -> int:
    context.say(context.messages.text(message, call=call.id, title=call.title, path=path))
    context.give({"call": call.id, "title": call.title, "path": str(path)})
    return FINE


def print_schema(arguments: argparse.Namespace, context: Context) -> int:
    """Print the JSON Schema of a form's data; it is JSON with or without ``--json``."""
    from ncs_desktop.exchange.schema import proposal_schema  # noqa: PLC0415

    catalog = context.catalog
    form = catalog.form(arguments.form) if arguments.form else catalog.latest_form(_DEFAULT_FORM)
    print(json.dumps(proposal_schema(form), ensure_ascii=False, indent=2))
    return FINE
