"""Reads and writes calls: shipped ones in TOML, a person's own as ``ncs-call`` JSON, same keys."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ncs_desktop.catalog.forms import first_repeated
from ncs_desktop.catalog.papers import Rule
from ncs_desktop.catalog.reader import Reader, read_toml
from ncs_desktop.domain.call import Authority, Call, Deadline, DeadlineRule, Priority, RecipeItem
from ncs_desktop.domain.dossier import ROLES, SENDER_KINDS
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.text import clean_text

CALL_FORMAT, CALL_VERSION = "ncs-call", 1
CALL_FILE_LIMIT = 2 * 2**20
"""A call file holds a few pages of text; bytes."""
_DEPTH_LIMIT = 30
_NEED = re.compile(r"required|optional|required_for:[a-z][a-z0-9_]*")


def read_shipped_call(path: Path, rules: Mapping[str, Rule]) -> Call:
    """Return the call in the TOML file ``path``; CatalogProblem on any mistake or unknown key."""
    reader = read_toml(path)
    call = _read(reader, rules, strict=True)
    if call.extra:
        key = _first_key(call.extra)
        raise reader.mistake("unknown_key", key, key)
    if call.id != path.stem:
        raise reader.mistake("wrong_name", "id", call.id)
    return call


def _first_key(left: Mapping[str, Any]) -> str:
    name, value = next(iter(left.items()))
    return f"{name}.{_first_key(value)}" if isinstance(value, Mapping) and value else name


def read_call(content: bytes, name: str, rules: Mapping[str, Rule]) -> Call:
    """Return the call in an ``ncs-call`` file called ``name``; unknown keys are kept.

    Raises InputProblem with one sentence for anything that is not such a file.
    """
    table = _read_json(content, name)
    if table.get("format") != CALL_FORMAT:
        raise InputProblem("call.not_a_call", path=name)
    version = table.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputProblem("call.not_a_call", path=name)
    if version > CALL_VERSION:
        raise InputProblem("call.newer_version", path=name, version=version)
    body = {key: value for key, value in table.items() if key not in ("format", "version")}
    return _read(Reader(body, name, problem=InputProblem, area="call"), rules, strict=False)


def read_edited_call(table: Mapping[str, Any], rules: Mapping[str, Rule]) -> Call:
    """Return the call a person wrote, read as its file would be.

    Raises InputProblem with a code of ``call_form`` and the ``key`` the mistake is at.
    """
    clean = _cleaned(dict(table), _DEPTH_LIMIT)
    return _read(Reader(clean, "", problem=InputProblem, area="call_form"), rules, strict=False)


def call_table(call: Call) -> dict[str, Any]:
    """Return the call as the table its file holds, what this version does not know included."""
    table: dict[str, Any] = json.loads(write_call(call))
    return {key: value for key, value in table.items() if key not in ("format", "version")}


def _read_json(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > CALL_FILE_LIMIT:
        raise InputProblem("file.too_large", path=name, limit_mb=CALL_FILE_LIMIT // 2**20)
    try:
        table = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=lambda pairs: _object(pairs, name),
            parse_float=_finite,
            parse_constant=_finite,
        )
        return dict(_cleaned(table, _DEPTH_LIMIT))
    except (ValueError, TypeError, RecursionError) as error:
        raise InputProblem("call.not_a_call", path=name) from error


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        clean = clean_text(key).text
        if clean in found:
            raise InputProblem("call.duplicate", path=name, key=clean, reason=clean)
        found[clean] = value
    return found


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def _cleaned(value: Any, depth: int) -> Any:
    """Return ``value`` with every text in NFC and fit for paper; ValueError if nested deeper."""
    if depth == 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return clean_text(value).text
    if isinstance(value, dict):
        return {key: _cleaned(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, depth - 1) for item in value]
    return value


def _read(reader: Reader, rules: Mapping[str, Rule], *, strict: bool) -> Call:
    call = Call(
        id=reader.identifier("id"),
        title=reader.text("title"),
        plan_year=_year(reader),
        issued=reader.day("issued"),  # type: ignore[arg-type]
        authority=_authority(reader.table("authority")),
        deadlines=tuple(_deadline(item) for item in reader.tables("deadlines", required=True)),
        accepts=_accepts(reader),
        recipe=_recipe(reader.table("recipe")),
        priorities=_priorities(reader),
        severities=_severities(reader, rules, strict=strict),
        options=reader.json("options"),
        phrases=reader.json("phrases"),
        universities=reader.texts("universities"),
        data_date=reader.day("data_date", None),
        source=reader.text("source", ""),
        own=not strict,
        extra=reader.rest(),
    )
    _check_phrases(reader, call)
    return call


def _year(reader: Reader) -> int:
    year: int = reader.integer("plan_year")
    if not 2000 <= year <= 2100:
        raise reader.mistake("bad_value", "plan_year", year)
    return year


def _accepts(reader: Reader) -> tuple[str, ...]:
    accepts = reader.texts("accepts")
    if not accepts:
        raise reader.mistake("missing_key", "accepts", "texts")
    return accepts


def _authority(reader: Reader) -> Authority:
    return Authority(
        name=reader.text("name"),
        parent=reader.text("parent", ""),
        address=reader.text("address", ""),
        unit=reader.text("unit", ""),
        email=reader.text("email", ""),
        formats=reader.texts("formats"),
        place=reader.text("place", ""),
    )


def _deadline(reader: Reader) -> Deadline:
    rule = reader.choice("rule", DeadlineRule)
    return Deadline(
        stage=reader.text("stage"),
        rule=rule,
        at=reader.moment("at", with_time=rule.to_the_minute),
        text=reader.text("text", ""),
        source=reader.text("source", ""),
    )


def _recipe(reader: Reader) -> dict[str, tuple[RecipeItem, ...]]:
    recipe = {}
    for kind in SENDER_KINDS:
        if reader.has(kind):
            recipe[kind] = tuple(_recipe_item(item) for item in reader.tables(kind))
    if not recipe:
        raise reader.mistake("missing_key", SENDER_KINDS[0], "tables")
    return recipe


def _recipe_item(reader: Reader) -> RecipeItem:
    need = reader.text("need")
    if not _NEED.fullmatch(need):
        raise reader.mistake("bad_value", "need", need)
    return RecipeItem(
        role=reader.one_of("role", ROLES),
        need=need,
        text=reader.text("text"),
        formats=reader.texts("formats"),
    )


def _priorities(reader: Reader) -> tuple[Priority, ...]:
    priorities = tuple(
        Priority(item.text("id"), item.text("text")) for item in reader.tables("priorities")
    )
    repeated = first_repeated(tuple(priority.id for priority in priorities))
    if repeated is not None:
        raise reader.mistake("duplicate", "priorities", repeated)
    return priorities


def _severities(reader: Reader, rules: Mapping[str, Rule], *, strict: bool) -> dict[str, Severity]:
    """Return the weight of every rule: the default, or what the call says instead."""
    weights = {code: rule.severity for code, rule in rules.items()}
    own = reader.table("severities", required=False)
    for code in own.names():
        if strict and code not in rules:
            raise own.mistake("unknown_rule", code, code)
        weights[code] = own.choice(code, Severity)
    return weights


def _check_phrases(reader: Reader, call: Call) -> None:
    for name, value in call.phrases.items():
        lines = value if isinstance(value, tuple) else (value,)
        if not all(isinstance(line, str) for line in lines):
            raise reader.mistake("wrong_type", f"phrases.{name}", "text")


def write_call(call: Call) -> bytes:
    """Return the call as an ``ncs-call`` file; what this version does not know goes back in."""
    body = {
        "format": CALL_FORMAT,
        "version": CALL_VERSION,
        "id": call.id,
        "title": call.title,
        "plan_year": call.plan_year,
        "issued": call.issued.isoformat(),
        "authority": _filled(call.authority, "name", "parent", "unit", "address", "email", "place")
        | _formats(call.authority.formats),
        "deadlines": [
            {"stage": item.stage, "rule": item.rule.value, "at": _written(item)}
            | _filled(item, "text", "source")
            for item in call.deadlines
        ],
        "accepts": list(call.accepts),
        "recipe": {kind: [_item(item) for item in items] for kind, items in call.recipe.items()},
        "priorities": [{"id": item.id, "text": item.text} for item in call.priorities],
        "severities": {code: severity.value for code, severity in call.severities.items()},
        "options": call.options,
        "phrases": call.phrases,
    }
    if call.universities:
        body["universities"] = list(call.universities)
    if call.data_date is not None:
        body["data_date"] = call.data_date.isoformat()
    if call.source:
        body["source"] = call.source
    merged = _merged(body, call.extra)
    return (json.dumps(merged, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _filled(source: object, *names: str) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names if getattr(source, name)}


def _formats(formats: tuple[str, ...]) -> dict[str, Any]:
    return {"formats": list(formats)} if formats else {}


def _item(item: RecipeItem) -> dict[str, Any]:
    return _filled(item, "role", "need", "text") | _formats(item.formats)


def _written(deadline: Deadline) -> str:
    at: datetime = deadline.at
    if deadline.rule.to_the_minute:
        return at.replace(tzinfo=None).isoformat(timespec="minutes")
    return at.date().isoformat()


def _merged(body: Any, extra: Any) -> Any:
    """Return ``body`` with the unknown keys of ``extra`` put back where they stood."""
    if isinstance(body, Mapping) and isinstance(extra, Mapping):
        both = {key: _merged(value, extra.get(key)) for key, value in body.items()}
        return both | {key: value for key, value in extra.items() if key not in body}
    if isinstance(body, list) and isinstance(extra, Mapping):
        return [_merged(item, extra.get(str(index))) for index, item in enumerate(body)]
    return body
