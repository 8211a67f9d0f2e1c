"""Proposals as JSON files: read with every type checked, written so that nothing is lost.

What a file says and this version does not know stays in the proposal and is written back.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.form import FieldKind, Form
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, freeze
from ncs_desktop.domain.proposal import Proposal, Waiver, id_from_digest
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.value_types import (
    LINE,
    check_confirmations,
    check_line,
    check_values,
    check_waivers,
    wrong,
)

FORMAT, VERSION = "ncs-proposal", 1
SIZE_LIMIT = 20 * 2**20
"""Largest proposal file read, in bytes."""
_DEPTH_LIMIT = 64
_KNOWN = (
    "format",
    "version",
    "id",
    "revision",
    "form",
    "form_version",
    "call",
    "values",
    "confirmations",
    "waivers",
    LINE,
)
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know that is no finding: a message key and what fills it."""

    message: str
    params: FrozenDict = EMPTY


@dataclass(frozen=True)
class Loaded:
    """A proposal read from outside: from which file, with which notes.

    ``dossier`` is what it came with, where it came in a bundle; ``unplaced`` is text of a Word file
    that stands in no field («chưa xếp vào mục nào»). ``altered`` says that the bundle it came in is
    not as it was packed; the notes name what differs.
    """

    proposal: Proposal
    source: str
    notes: tuple[Note, ...] = ()
    dossier: Dossier | None = None
    unplaced: tuple[str, ...] = ()
    altered: bool = False


def read_proposal(content: bytes, name: str, form_lookup: Callable[[str], Form]) -> Loaded:
    """Read a proposal file; ``form_lookup`` finds its form by ``id@version``.

    Raises InputProblem naming ``name``, the key and what was expected there.
    """
    tree = read_json_object(content, name)
    check_format(tree, name, FORMAT, VERSION)
    for key in ("form", "form_version", "call"):
        if not isinstance(tree.get(key), str) or not tree[key]:
            raise wrong(name, key, "text")
    form = form_lookup(clean_text(f"{tree['form']}@{tree['form_version']}").text)
    texts = [field.key for field in form.fields if field.kind is FieldKind.TEXT]
    single = {*texts, *(f"{LINE}.{key}" for key in texts)}
    tree, notes = _cleaned(tree, name, single)
    values = tree.get("values")
    if not isinstance(values, Mapping):
        raise wrong(name, "values", "object")
    check_values(values, form, name)
    proposal = Proposal(
        id=_read_id(tree, name),
        form=tree["form"],
        form_version=tree["form_version"],
        call=tree["call"],
        values=FrozenDict(values),
        revision=_read_revision(tree, name),
        confirmations=freeze(check_confirmations(tree.get("confirmations"), name)),
        waivers=tuple(map(waiver_from_json, check_waivers(tree.get("waivers"), name))),
        extra=freeze({key: value for key, value in tree.items() if key not in _KNOWN}),
        table_line=freeze(check_line(tree.get(LINE), form, name)),
    )
    if not proposal.id:
        proposal = replace(proposal, id=id_from_digest(proposal.digest))
    return Loaded(proposal, name, notes)


def read_json_object(content: bytes, name: str) -> dict[str, Any]:
    """Read a JSON object strictly: no repeated key, no NaN, no endless nesting.

    UTF-8, with or without a byte order mark, and UTF-16 with one are understood.
    """
    if len(content) > SIZE_LIMIT:
        raise InputProblem("proposal.too_large", file=name, limit_mb=SIZE_LIMIT // 2**20)
    text = _decoded(content, name)
    if not text.strip():
        raise InputProblem("proposal.empty", file=name)
    try:
        tree = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, name),
            parse_constant=lambda constant: _refuse_number(constant, name),
            parse_float=lambda digits: _finite(digits, name),
        )
    except json.JSONDecodeError as error:
        raise InputProblem("proposal.not_json", file=name, line=error.lineno) from error
    except (RecursionError, ValueError) as error:
        raise InputProblem("proposal.not_readable", file=name) from error
    _check_depth(tree, name)
    if not isinstance(tree, dict):
        raise InputProblem("proposal.other_format", file=name)
    return tree


def check_format(tree: Mapping[str, Any], name: str, expected: str, version: int) -> None:
    """Raise InputProblem unless ``tree`` says it is ``expected`` in a version we know."""
    if tree.get("format") == "ncs-call" != expected:
        raise InputProblem("proposal.is_call", file=name)
    if tree.get("format") == "ncs-supplement-request" != expected:
        raise InputProblem("supplement.is_request", file=name)
    if tree.get("format") != expected:
        raise InputProblem("proposal.other_format", file=name)
    found = tree.get("version")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise wrong(name, "version", "positive")
    if found > version:
        raise InputProblem("proposal.newer", file=name, version=found)


def write_proposal(proposal: Proposal) -> bytes:
    """Return the file of ``proposal``: the same proposal always gives the same bytes."""
    tree: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "id": proposal.id,
        "revision": proposal.revision,
        "form": proposal.form,
        "form_version": proposal.form_version,
        "call": proposal.call,
        "values": proposal.values,
    }
    if proposal.confirmations:
        tree["confirmations"] = proposal.confirmations
    if proposal.waivers:
        tree["waivers"] = [waiver_to_json(waiver) for waiver in proposal.waivers]
    if proposal.table_line:
        tree[LINE] = proposal.table_line
    tree.update(proposal.extra)
    return write_json(tree)


def waiver_to_json(waiver: Waiver) -> dict[str, Any]:
    """Return the JSON of one accepted finding."""
    known = {"code": waiver.code, "reason": waiver.reason, "at": waiver.at, "by": waiver.by}
    return {**waiver.extra, **known}


def waiver_from_json(item: Mapping[str, Any]) -> Waiver:
    """Return the accepted finding that ``item``, already checked, holds."""
    known = ("code", "reason", "at", "by")
    code, reason, at, by = (item.get(key) or "" for key in known)
    extra = freeze({key: value for key, value in item.items() if key not in known})
    return Waiver(code, reason, at, by, extra)


def write_json(tree: Mapping[str, Any]) -> bytes:
    """Return ``tree`` as indented UTF-8 JSON with a final line break."""
    return (json.dumps(tree, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def _decoded(content: bytes, name: str) -> str:
    encoding = next((found for mark, found in _ENCODINGS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputProblem("proposal.not_text", file=name) from error


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        clean = key if key.isascii() and key.isprintable() else clean_text(key).text
        if clean in found:
            raise InputProblem("proposal.duplicate_key", file=name, key=clean)
        found[clean] = value
    return found


def _refuse_number(constant: str, name: str) -> None:
    raise InputProblem("proposal.bad_number", file=name, number=constant)


def _finite(digits: str, name: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise InputProblem("proposal.bad_number", file=name, number=digits[:20])
    return number


def _check_depth(tree: object, name: str) -> None:
    level: list[object] = [tree]
    for _ in range(_DEPTH_LIMIT):
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        if not below:
            return
        level = below
    raise InputProblem("proposal.too_deep", file=name)


def _cleaned(
    tree: dict[str, Any], name: str, single: Collection[str]
) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """Return ``tree`` with every string fit for paper, and a note for each place that changed.

    In a field of ``single`` a vertical tab, which Word uses for a break inside a line, is a space.
    """
    notes: list[Note] = []

    def clean(value: Any, key: str) -> Any:
        if isinstance(value, str):
            cleaned = clean_text(value.replace("\v", " ") if key in single else value)
            if cleaned.dropped:
                params = FrozenDict({"file": name, "key": key, "count": cleaned.dropped})
                notes.append(Note("notes.dropped", params))
            return cleaned.text
        if isinstance(value, dict):
            prefix = "" if key in ("", "values") else f"{key}."
            return {inner: clean(item, f"{prefix}{inner}") for inner, item in value.items()}
        if isinstance(value, list):
            return [clean(item, f"{key}[{index}]") for index, item in enumerate(value)]
        return value

    return clean(tree, ""), tuple(notes)


def _read_id(tree: Mapping[str, Any], name: str) -> str:
    """Return the id as uuid text, empty where the file has none."""
    value = tree.get("id")
    if value is None:
        return ""
    try:
        return str(uuid.UUID(value))
    except (ValueError, TypeError, AttributeError) as error:
        raise wrong(name, "id", "uuid") from error


def _read_revision(tree: Mapping[str, Any], name: str) -> int:
    value = tree.get("revision", 1)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 10**6:
        raise wrong(name, "revision", "positive")
    return value
